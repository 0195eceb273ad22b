"""A canvas on which everything says what it is, and its faces."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from foreign_pages.editions import HEIGHT, WIDTH, Edition
from foreign_pages.inks import Ink

FONTS: Final = Path(__file__).resolve().parents[2] / "fonts"
FACES: Final = {
    "sans": "source-sans/SourceSans3-Regular.ttf",
    "sans-italic": "source-sans/SourceSans3-It.ttf",
    "sans-semibold": "source-sans/SourceSans3-Semibold.ttf",
    "subhead": "source-serif/SourceSerif4Subhead-Regular.ttf",
    "display": "source-serif/SourceSerif4Display-Regular.ttf",
    "display-semibold": "source-serif/SourceSerif4Display-Semibold.ttf",
}


def register_faces() -> None:
    """Makes the faces known to ReportLab; before any canvas."""
    for name, path in FACES.items():
        registerFont(TTFont(name, FONTS / path))


class Element:
    """A node of the structure tree; it takes its place there when the first thing in it is drawn."""

    def __init__(self, role: str, parent: "Element | None" = None, **entries: Any) -> None:
        self.role = role
        self.parent = parent
        self.entries = entries
        self.kids: list[Element | int] = []
        self.page = 0
        self.note: int | None = None

    def take(self, kid: "Element | int") -> None:
        """Adds an element, or a piece of its page by its number there."""
        if not self.kids and self.parent:
            self.parent.take(self)
        self.kids.append(kid)


class TaggedCanvas(Canvas):
    """An A4 canvas that says of everything on it what it is, and whose file carries no clock and no font but its own.

    Each page has the list of its pieces of content by the element that they belong to. All is drawn from the lower
    left corner of the finished page, whatever its bleed.
    """

    def __init__(self, edition: Edition, title: str, subject: str) -> None:
        self.edition = edition
        self.file = BytesIO()
        self.document = Element("Document")
        self.pieces: defaultdict[int, list[Element]] = defaultdict(list)
        size = (WIDTH + 2 * edition.bleed, HEIGHT + 2 * edition.bleed)
        super().__init__(self.file, size, invariant=1, initialFontName="sans", lang="en")  # type: ignore[arg-type]
        self.setTitle(title)
        self.setSubject(subject)
        self.setAuthor("Offprint")
        self.setCreator("draw_foreign_pages.py")
        self.setProducer("ReportLab and pypdf")
        self.setKeywords("specimen")

    @contextmanager
    def page(self) -> Iterator[None]:
        """What is drawn now is on one page."""
        if self.edition.bleed:
            self.translate(self.edition.bleed, self.edition.bleed)
        yield
        self.showPage()

    def in_file(self, *places: float) -> tuple[float, ...]:
        """Places on the finished page as the file counts them: from the corner of its bleed."""
        return tuple(place + self.edition.bleed for place in places)

    def ink(self, ink: Ink) -> None:
        """What is drawn now has this colour."""
        if self.edition.press:
            self.setOverprintMask(1)  # a plate of which it takes nothing is left as it is
            self.setFillOverprint(ink.overprints)
        self.setFillColor(ink.on_press if self.edition.press else ink.on_screen)

    @contextmanager
    def tagged(self, element: Element, line: Any = None) -> Iterator[None]:
        """What is drawn now, on the page or in a line of text, belongs to the element."""
        element.page = self.getPageNumber() - 1
        pieces, code = self.pieces[element.page], (line or self)._code
        element.take(len(pieces))
        code.append(f"/{element.role} <</MCID {len(pieces)}>> BDC")
        pieces.append(element)
        yield
        code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "/Type /Layout") -> Iterator[None]:
        """What is drawn now is for the eye only."""
        inside: Any = self
        inside._code.append(f"/Artifact <<{kind}>> BDC")
        yield
        inside._code.append("EMC")

    def bar(self, ink: Ink, x: float, y: float, width: float, height: float) -> None:
        """A rule or a ground of one colour."""
        with self.artifact():
            self.ink(ink)
            self.rect(x, y, width, height, stroke=0, fill=1)

    def ground(self, ink: Ink) -> None:
        """The whole page and its bleed in one colour."""
        bleed = self.edition.bleed
        self.bar(ink, 0 - bleed, 0 - bleed, WIDTH + 2 * bleed, HEIGHT + 2 * bleed)

    def link(self, element: Element, place: tuple[float, ...], **target: Any) -> None:
        """An annotation over what is already drawn in the element."""
        inside: Any = self
        element.note = len(inside._annotationrefs)
        entries = {
            "Type": PDFName("Annot"),
            "Subtype": PDFName("Link"),
            "Rect": PDFArray(self.in_file(*place)),
        }
        inside._addAnnotation(PDFDictionary({**entries, "F": 4, "Border": "[0 0 0]", **target}))


def spaced(
    canvas: Canvas, x: float, y: float, text: str, face: str, size: float, tracking: float
) -> None:
    """A line of text with a little more room between its letters; tracking in em."""
    line = canvas.beginText(x, y)
    line.setFont(face, size)
    line.setCharSpace(tracking * size)
    line.textOut(text)
    line.setCharSpace(0)
    canvas.drawText(line)


def flush_right(
    canvas: Canvas, x: float, y: float, text: str, face: str, size: float, after: str = ""
) -> None:
    """A line of text that ends at x; what comes after it, a space, does not count."""
    canvas.setFont(face, size)
    canvas.drawString(x - stringWidth(text, face, size), y, text + after)

"""The pages of the specimen issue that were "made elsewhere": its covers, an almanac in another style, and leaves.

`python sources/draw_foreign_pages.py FOLDER` writes cover.pdf (one page), calendar.pdf (two pages) and leaves.pdf
(an advertisement, a page for notes, the back cover) into FOLDER. The almanac has what a binder must not lose: named
destinations, an outline, a link from page to page and a link to the web. All files are PDF/A-3a and PDF/UA-1, so
that an issue that takes them in can be so as a whole.

The same pages for the press are in cover-press.pdf and so on: PDF/X-4, PDF/A-2a and PDF/UA-1, with 3 mm of bleed, in
the four process inks, and outside the cover a fifth of its own, Petrol. Nothing on them can be clicked.

It needs ReportLab, pypdf, Pillow and the fonts of this repository; the same versions of all give the same bytes.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color, HexColor
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

ROOT: Final = Path(__file__).resolve().parents[1]
FONTS: Final = ROOT / "fonts"
PROFILES: Final = ROOT / "layout" / "plates" / "profiles"

MM: Final = 72 / 25.4
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM

FACES: Final = {
    "sans": "source-sans/SourceSans3-Regular.ttf",
    "sans-italic": "source-sans/SourceSans3-It.ttf",
    "sans-semibold": "source-sans/SourceSans3-Semibold.ttf",
    "subhead": "source-serif/SourceSerif4Subhead-Regular.ttf",
    "display": "source-serif/SourceSerif4Display-Regular.ttf",
    "display-semibold": "source-serif/SourceSerif4Display-Semibold.ttf",
}

TAGLINE: Final = (
    "Analysis, interviews and reports related",
    "to international cooperation in Geneva",
)

ARTICLES: Final = (
    ("en", "Social media", ("Anti-Personnel", "Mine Ban", "Convention")),
    ("en", "Small type", ("The Hyphen", "Has a Word")),
    ("en", "Workshop", ("One Paragraph,", "One Decision")),
    ("fr", "Typographie", ("L’espace que", "personne ne voit")),
)
"""Language, kicker and title of each interview in the issue, the titles broken for sense."""

ALMANAC: Final = """
January
3 1991 The Unicode Consortium is incorporated in California.
17 1706 Benjamin Franklin, printer, is born in Boston.
February
3 1468 Johann Gutenberg dies in Mainz.
6 1515 Aldus Manutius, printer of the first italics, dies in Venice.
March
1 1999 The Anti-Personnel Mine Ban Convention enters into force.
24 1478 Geneva’s first dated book, _Le Livre des saints anges_, bears this day in its colophon.
April
2 1902 Jan Tschichold is born in Leipzig.
10 1710 The Statute of Anne comes into force. The law now knows authors as well as booksellers.
May
11 1854 Ottmar Mergenthaler, inventor of the Linotype, is born in Hachtel.
24 1928 Adrian Frutiger is born in Unterseen.
June
8 1637 Descartes’s _Discours de la méthode_ is finished at the press in Leiden.
15 1993 Adobe presents Acrobat, and with it the Portable Document Format.
July
1 2008 PDF becomes an international standard, ISO 32000-1.
3 1886 The *New York Tribune* is the first paper to be set on the Linotype.
August
6 1991 From CERN, near Geneva, the World Wide Web is announced.
14 1457 The Mainz Psalter is finished, the first book to print its own date.
September
7 1559 Robert Estienne, once the king’s printer in Paris, dies in Geneva.
18 1997 The Mine Ban Convention is adopted in Oslo.
October
1 2005 ISO 19005-1 is published: PDF/A, the file for archives.
3 1896 William Morris dies, in the year of the Kelmscott Chaucer.
November
18 1477 William Caxton completes the *Dictes or Sayengis* at Westminster.
29 1814 *The Times* is printed by steam, and tells its readers that they are holding the proof.
December
3 1997 The Mine Ban Convention is opened for signature in Ottawa.
21 1913 The *New York World* prints the first crossword.
"""
"""Two dates a month: day, year and what happened; italics between asterisks, French ones between underscores."""

# --- for the screen and for the press ---


@dataclass(frozen=True)
class Ink:
    """A colour: how a screen shows it, and what a press prints it with.

    `cmyk` are shares of 1; where a spot ink is named they are how it looks in full, and `density` is how much of it
    is printed.
    """

    srgb: str
    cmyk: tuple[float, float, float, float]
    spot: str = ""
    density: float = 1.0

    @property
    def on_screen(self) -> Color:
        """Its light."""
        return HexColor(self.srgb)

    @property
    def on_press(self) -> CMYKColor:
        """Its share of each plate."""
        if not self.spot:
            return CMYKColor(*self.cmyk)
        return CMYKColorSep(*self.cmyk, spotName=self.spot, density=self.density)

    @property
    def overprints(self) -> bool:
        """Whether what lies below it is printed too: under black alone, where a gap would show and a mixture not."""
        return not self.spot and self.cmyk == (0, 0, 0, 1)


OWN_INK: Final = (0.8, 0.25, 0.4, 0.6)
"""How the ink Petrol looks on coated paper: within 5 units of CIELAB of its light, as are its tints."""

INK: Final = Ink("#1A1A1A", (0, 0, 0, 1))
QUIET: Final = Ink("#555555", (0, 0, 0, 0.8))
RED: Final = Ink("#9E1B32", (0, 1, 0.6, 0.38))
PETROL: Final = Ink("#0E4F55", OWN_INK, "Petrol")
MIST: Final = Ink("#E9F0EE", OWN_INK, "Petrol", 0.08)
LINE: Final = Ink("#9DB9B6", OWN_INK, "Petrol", 0.35)
PAPER: Final = Ink("#FFFFFF", (0, 0, 0, 0))
PENCIL: Final = Ink("#BDBDBD", (0, 0, 0, 0.3))


@dataclass(frozen=True)
class Edition:
    """What the files for one use have of their own; `bleed` in points, `part` that of ISO 19005."""

    suffix: str
    header: str
    bleed: float
    press: bool
    part: int
    profile: str
    channels: int
    condition: dict[str, str]
    intents: tuple[str, ...]
    info: dict[str, str]


SCREEN: Final = Edition(
    suffix="",
    header="%PDF-1.7",
    bleed=0,
    press=False,
    part=3,
    profile="sRGB.icc",
    channels=3,
    condition={
        "/OutputConditionIdentifier": "sRGB IEC61966-2.1",
        "/Info": "sRGB IEC61966-2.1",
    },
    intents=("/GTS_PDFA1",),
    info={},
)
PRESS: Final = Edition(
    suffix="-press",
    header="%PDF-1.6",  # ISO 15930-7 knows no later one
    bleed=3 * MM,
    press=True,
    part=2,
    profile="FOGRA39L_coated.icc",
    channels=4,
    condition={
        "/OutputConditionIdentifier": "FOGRA39",
        "/RegistryName": "http://www.color.org",
        "/Info": "Coated FOGRA39 (ISO 12647-2:2004)",
    },
    intents=("/GTS_PDFX", "/GTS_PDFA1"),
    info={"/GTS_PDFXVersion": "PDF/X-4", "/Trapped": "/False"},
)

# --- what is drawn, and what it means ---


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


# --- the cover ---

LEFT: Final = 18 * MM
RIGHT: Final = WIDTH - 18 * MM

KERNS: Final = {"vi": -0.012, "ie": -0.004, "ew": -0.006}
"""Pairs of the large word that stand too far apart, in em."""

COMPOSITION: Final = (
    "The word “interview” in very large letters, broken after “inter”; its hyphen hangs."
)


def word_width(word: str, face: str, size: float) -> float:
    """The width of a word with its kerns."""
    pairs = (word[i : i + 2] for i in range(len(word) - 1))
    return stringWidth(word, face, size) + size * sum(KERNS.get(pair, 0.0) for pair in pairs)


def large_word(canvas: Canvas, x: float, y: float, word: str, size: float) -> None:
    """A word with its kerns, as one piece of text."""
    line = canvas.beginText(x, y)
    line.setFont("display", size)
    for index, letter in enumerate(word):
        line.setCharSpace(size * KERNS.get(word[index : index + 2], 0.0))
        line.textOut(letter)
    line.setCharSpace(0)
    canvas.drawText(line)


def draw_masthead(canvas: TaggedCanvas) -> None:
    """Name, tagline, number and date over a rule in red."""
    canvas.ink(RED)
    canvas.setFont("display-semibold", 84)
    with canvas.tagged(Element("H1", canvas.document)):
        canvas.drawString(LEFT - 2.4, HEIGHT - 39 * MM, "Focus")
    canvas.ink(QUIET)
    with canvas.tagged(Element("P", canvas.document)):
        first, second = TAGLINE
        flush_right(canvas, RIGHT, HEIGHT - 39 * MM + 12.5, first, "sans", 9, after=" ")
        flush_right(canvas, RIGHT, HEIGHT - 39 * MM, second, "sans", 9)
    canvas.bar(RED, LEFT, HEIGHT - 45 * MM, RIGHT - LEFT, 2)
    canvas.setFont("sans-semibold", 9)
    with canvas.tagged(Element("P", canvas.document)):
        canvas.drawString(LEFT, HEIGHT - 51.5 * MM, "Number 0")
    canvas.ink(QUIET)
    canvas.setFont("sans", 9)
    with canvas.tagged(Element("P", canvas.document)):
        canvas.drawString(LEFT + 42, HEIGHT - 51.5 * MM, "A specimen issue")
    with canvas.tagged(Element("P", canvas.document)):
        flush_right(canvas, RIGHT, HEIGHT - 51.5 * MM, "November 2026", "sans", 9)


def draw_composition(canvas: TaggedCanvas) -> None:
    """The word of this publication, broken where it may be broken; the hyphen hangs, and leaves the page."""
    size = 100 * (RIGHT - LEFT) / word_width("inter", "display", 100)
    first = HEIGHT - 131 * MM
    right = WIDTH + canvas.edition.bleed
    box = canvas.in_file(LEFT, first - 0.82 * size, right, first + 0.72 * size)
    layout = {"/O": "/Layout", "/Placement": "/Block", "/BBox": box}
    with canvas.tagged(Element("Figure", canvas.document, Alt=COMPOSITION, A=layout)):
        canvas.ink(INK)
        large_word(canvas, LEFT - 0.02 * size, first, "inter", size)
        large_word(canvas, LEFT - 0.01 * size, first - 0.80 * size, "view", size)
        canvas.ink(RED)
        canvas.setFont("display", size)
        canvas.drawString(RIGHT - 0.01 * size, first, "-")


def draw_contents(canvas: TaggedCanvas) -> None:
    """The four articles in a row at the foot."""
    column = (RIGHT - LEFT + 6 * MM) / len(ARTICLES)
    top = 44 * MM
    articles = Element("L", canvas.document)
    for index, (language, kicker, title) in enumerate(ARTICLES):
        body = Element("LBody", Element("LI", articles, Lang=language))
        x = LEFT + index * column
        canvas.bar(RED, x, top + 14, column - 6 * MM, 0.75)
        with canvas.tagged(Element("P", body)):
            spaced(canvas, x, top, kicker.upper(), "sans-semibold", 7.5, 0.08)
        canvas.ink(INK)
        canvas.setFont("subhead", 13.5)
        with canvas.tagged(Element("P", body)):
            for number, line in enumerate(title, 1):
                end = " " if number < len(title) else ""
                canvas.drawString(x, top - 2.25 - number * 16.5, line + end)


def draw_cover(edition: Edition) -> TaggedCanvas:
    """One page: masthead, composition, articles."""
    canvas = TaggedCanvas(edition, "Focus, number 0", "Cover of a specimen issue")
    with canvas.page():
        draw_masthead(canvas)
        draw_composition(canvas)
        draw_contents(canvas)
    return canvas


# --- the almanac ---

EDGE: Final = 22 * MM
TEXT_LEFT: Final = 76 * MM
TEXT_RIGHT: Final = WIDTH - 18 * MM
TOP: Final = HEIGHT - 72 * MM
MONTH: Final = 30 * MM
"""From one month's head to the next."""

Word = tuple[Element, str, str]
"""A word with the element that it belongs to and its face."""


def mixed_line(canvas: TaggedCanvas, y: float, words: list[Word], size: float) -> None:
    """Words of several faces and elements on one line."""
    line = canvas.beginText(TEXT_LEFT, y)
    for element, run in groupby(words, key=itemgetter(0)):
        with canvas.tagged(element, line):
            for _, face, word in run:
                line.setFont(face, size)
                line.textOut(word)
    canvas.drawText(line)


def faced_words(text: str, paragraph: Element) -> Iterator[Word]:
    """The words of a text, those between asterisks or underscores in italics, the latter in a French span."""
    mark, element = "", paragraph
    for word in text.split():
        if word[0] in "*_":
            mark = word[0]
            element = Element("Span", paragraph, Lang="fr") if mark == "_" else paragraph
        yield element, "sans-italic" if mark else "sans", word.replace("*", "").replace("_", "")
        if mark and mark in word[1:]:
            mark, element = "", paragraph


def draw_text(
    canvas: TaggedCanvas, y: float, text: str, paragraph: Element, size: float, leading: float
) -> float:
    """A ragged paragraph in the wide column; returns the baseline of its last line."""
    line: list[Word] = []
    used = 0.0
    for element, face, word in faced_words(text, paragraph):
        width = stringWidth(word, face, size)
        if line and used + width > TEXT_RIGHT - TEXT_LEFT:
            mixed_line(canvas, y, line, size)
            line, used, y = [], 0.0, y - leading
        line.append((element, face, f"{word} "))
        used += width + stringWidth(" ", face, size)
    mixed_line(canvas, y, line, size)
    return y


def read_almanac(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """Day, year and event of each date, by month."""
    months: dict[str, list[tuple[str, str, str]]] = {}
    for line in text.strip().splitlines():
        if line[0].isdigit():
            day, year, event = line.split(" ", 2)
            months[next(reversed(months))].append((day, year, event))
        else:
            months[line] = []
    return months


def draw_month(canvas: TaggedCanvas, y: float, name: str, days: list[tuple[str, str, str]]) -> None:
    """A month's name at the left, its days in the column, under a thin rule."""
    canvas.bar(LINE, EDGE, y + 17, TEXT_RIGHT - EDGE, 0.6)
    canvas.ink(PETROL)
    canvas.setFont("sans-semibold", 15)
    with canvas.tagged(Element("H2", canvas.document)):
        canvas.drawString(EDGE, y, name)
    dates = Element("L", canvas.document)
    for day, year, event in days:
        item = Element("LI", dates)
        canvas.ink(PETROL)
        with canvas.tagged(Element("Lbl", item)):
            flush_right(canvas, TEXT_LEFT - 15 * MM, y, day, "sans-semibold", 11.5, after=" ")
            flush_right(canvas, TEXT_LEFT - 4.5 * MM, y, year, "sans", 11.5)
        canvas.ink(INK)
        y = draw_text(canvas, y, event, Element("LBody", item), 11.5, 14.5) - 21


def draw_link(canvas: TaggedCanvas, y: float, text: str, *, name: str = "", url: str = "") -> None:
    """A line of text, underlined, that leads to a named destination or to the web; on paper it only says so."""
    canvas.ink(PETROL)
    canvas.setFont("sans-semibold", 10)
    width = stringWidth(text, "sans-semibold", 10)
    paragraph = Element("P", canvas.document)
    link = paragraph if canvas.edition.press else Element("Link", paragraph)
    with canvas.tagged(link):
        canvas.drawString(TEXT_LEFT, y, text)
    canvas.bar(PETROL, TEXT_LEFT, y - 2.4, width, 0.6)
    if canvas.edition.press:  # ISO 15930-7 wants no annotation on what is printed
        return
    place = (TEXT_LEFT, y - 4, TEXT_LEFT + width, y + 10)
    web = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(url)})
    target = {"A": web} if url else {"Dest": PDFString(name)}
    canvas.link(link, place, Contents=PDFString(text), **target)


def name_destinations(canvas: Canvas, names: tuple[str, ...]) -> None:
    """Writes bookmarks into the file's name tree, as other programs do and ReportLab does not."""
    inside: Any = canvas
    pairs = [part for name in names for part in (PDFString(name), inside._bookmarkReference(name))]
    leaf = PDFDictionary({"Names": PDFArray(pairs)})
    inside._doc.Catalog.Names = PDFDictionary({"Dests": leaf})


def draw_half(canvas: TaggedCanvas, number: int, name: str, title: str) -> None:
    """One page of the almanac with its destination and its outline entry; its heading is of the first level."""
    canvas.ground(MIST)
    left, top = canvas.in_file(0, HEIGHT)
    canvas.bookmarkPage(name, fit="XYZ", left=left, top=top, zoom=0)
    canvas.addOutlineEntry(title, name, level=0)
    canvas.ink(PETROL)
    header = canvas.artifact("/Type /Pagination /Subtype /Header /Attached [/Top]")
    with header if number else canvas.tagged(Element("P", canvas.document)):
        spaced(canvas, EDGE, HEIGHT - 30 * MM, "A PRINTER’S ALMANAC", "sans-semibold", 9, 0.14)
    canvas.setFont("sans", 34)
    with canvas.tagged(Element("H1", canvas.document)):
        canvas.drawString(EDGE - 2, HEIGHT - 46 * MM, title)
    months = list(read_almanac(ALMANAC).items())
    for index, (month, days) in enumerate(months[6 * number : 6 * number + 6]):
        draw_month(canvas, TOP - index * MONTH, month, days)


def draw_calendar(edition: Edition) -> TaggedCanvas:
    """Two pages: twelve months of dates for the wall of a composing room."""
    canvas = TaggedCanvas(edition, "A Printer’s Almanac", "Dates for the wall of a composing room")
    foot = TOP - 6 * MONTH + 4
    with canvas.page():
        draw_half(canvas, 0, "january", "January to June")
        draw_link(canvas, foot, "July to December", name="july")
    with canvas.page():
        draw_half(canvas, 1, "july", "July to December")
        web = "Early books of Geneva, page by page: www.e-rara.ch"
        draw_link(canvas, foot, web, url="https://www.e-rara.ch/")
    name_destinations(canvas, ("january", "july"))
    return canvas


# --- the leaves ---

ADVERTISED: Final = ("A question,", "an answer,", "a page.")
INVITATION: Final = (
    "Focus prints conversations. Send us one:",
    "a question costs a line, an answer what it is worth.",
)
IMPRINT: Final = ("Number 0, November 2026", "A specimen issue, set by Offprint from plain text")
RULED: Final = 9 * MM


def draw_lines(
    canvas: TaggedCanvas, x: float, y: float, lines: tuple[str, ...], leading: float, role: str
) -> None:
    """Lines of one text in the face and ink that are set."""
    with canvas.tagged(Element(role, canvas.document)):
        for number, line in enumerate(lines, 1):
            end = " " if number < len(lines) else ""
            canvas.drawString(x, y - (number - 1) * leading, line + end)


def draw_advertisement(canvas: TaggedCanvas) -> None:
    """What the newsletter says of itself, on a ground of one ink."""
    canvas.ground(PETROL)
    canvas.ink(PAPER)
    with canvas.tagged(Element("P", canvas.document)):
        spaced(canvas, EDGE, HEIGHT - 30 * MM, "ADVERTISEMENT", "sans-semibold", 9, 0.14)
    canvas.setFont("display", 76)
    draw_lines(canvas, EDGE - 4, HEIGHT - 92 * MM, ADVERTISED, 84, "H1")
    canvas.setFont("subhead", 16)
    draw_lines(canvas, EDGE, 48 * MM, INVITATION, 22, "P")


def draw_notes(canvas: TaggedCanvas) -> None:
    """Room to write, ruled."""
    canvas.ink(RED)
    canvas.setFont("display", 34)
    draw_lines(canvas, LEFT - 2, HEIGHT - 46 * MM, ("Notes",), 0, "H1")
    rows = int((HEIGHT - 94 * MM) / RULED)
    for row in range(rows + 1):
        canvas.bar(PENCIL, LEFT, HEIGHT - 66 * MM - row * RULED, RIGHT - LEFT, 0.5)


def draw_back(canvas: TaggedCanvas) -> None:
    """The hyphen that left the front cover, and the imprint."""
    size = 100 * (RIGHT - LEFT) / word_width("inter", "display", 100)
    canvas.ground(RED)
    canvas.ink(PAPER)
    y = HEIGHT - 131 * MM
    box = canvas.in_file(LEFT, y, LEFT + 0.4 * size, y + 0.4 * size)
    layout = {"/O": "/Layout", "/Placement": "/Block", "/BBox": box}
    with canvas.tagged(Element("Figure", canvas.document, Alt="A large hyphen.", A=layout)):
        canvas.setFont("display", size)
        canvas.drawString(LEFT - 0.04 * size, y, "-")
    canvas.setFont("display-semibold", 30)
    draw_lines(canvas, LEFT - 1, 50 * MM, ("Focus",), 0, "P")
    canvas.setFont("sans", 10)
    draw_lines(canvas, LEFT, 40 * MM, IMPRINT, 14, "P")


def draw_leaves(edition: Edition) -> TaggedCanvas:
    """Three pages that stand apart in the issue."""
    canvas = TaggedCanvas(edition, "Leaves of Focus, number 0", "Pages of a specimen issue")
    for draw in (draw_advertisement, draw_notes, draw_back):
        with canvas.page():
            draw(canvas)
    return canvas


# --- the file ---

XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>2000-01-01T00:00:00+00:00</xmp:CreateDate>
<xmp:ModifyDate>2000-01-01T00:00:00+00:00</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>{print_job}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
"""The metadata; its dates are those that ReportLab writes into files without a clock."""

PRINT_JOB: Final = """
<rdf:Description rdf:about=""
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<xmp:MetadataDate>2000-01-01T00:00:00+00:00</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{name}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>"""
"""What ISO 15930-7 asks for beside."""

SCHEMA: Final = """<rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>{title}</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>{space}</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>{name}</pdfaProperty:name>
    <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>{description}</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""

UA_SCHEMA: Final = SCHEMA.format(
    title="PDF/UA identification",
    space="http://www.aiim.org/pdfua/ns/id/",
    prefix="pdfuaid",
    name="part",
    kind="Integer",
    description="Part of ISO 14289 to which the file conforms",
)
X_SCHEMA: Final = SCHEMA.format(
    title="PDF/X identification",
    space="http://www.npes.org/pdfx/ns/id/",
    prefix="pdfxid",
    name="GTS_PDFXVersion",
    kind="Text",
    description="Part of ISO 15930 to which the file conforms",
)
TRAPPED_SCHEMA: Final = SCHEMA.format(
    title="Adobe PDF",
    space="http://ns.adobe.com/pdf/1.3/",
    prefix="pdf",
    name="Trapped",
    kind="Boolean",
    description="Whether the file has been trapped",
)
"""Properties that PDF/A does not know and wants described."""


def as_pdf(value: Any) -> PdfObject:
    """Python's values as those of a PDF; text that begins with a slash is a name."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): as_pdf(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return ArrayObject(map(as_pdf, value))
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    kinds = {bool: BooleanObject, int: NumberObject, float: FloatObject}
    return kinds[type(value)](value)


def stream(data: bytes, **entries: Any) -> DecodedStreamObject:
    """Data as an object of a PDF."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(as_pdf({f"/{key}": value for key, value in entries.items()}))
    return made


def metadata(edition: Edition, told: dict[str, str], key: bytes) -> bytes:
    """What the file says of itself; the key names it."""
    schemas = UA_SCHEMA + (X_SCHEMA + TRAPPED_SCHEMA if edition.press else "")
    print_job = PRINT_JOB.format(name=UUID(bytes=key)) if edition.press else ""
    more = {"part": edition.part, "schemas": schemas, "print_job": print_job}
    return XMP.format_map({**told, **more}).encode()


def add_boxes(page: Any, bleed: float) -> None:
    """Says where the page is cut: what lies outside is bleed, and the sheet ends with it."""
    trim = (bleed, bleed, bleed + WIDTH, bleed + HEIGHT)
    page.update(as_pdf({"/BleedBox": page["/MediaBox"], "/TrimBox": trim}))


def output_intents(file: PdfWriter, edition: Edition) -> list[dict[str, Any]]:
    """What the colours are meant for, as each standard wants it told; all share one profile."""
    data = (PROFILES / edition.profile).read_bytes()
    profile = file._add_object(stream(data, N=edition.channels))
    told = {**edition.condition, "/DestOutputProfile": profile}
    return [{"/S": intent, **told} for intent in edition.intents]


def add_structure(file: PdfWriter, canvas: TaggedCanvas) -> IndirectObject:
    """The tree of all elements, and for each piece of a page and each link the element that it belongs to."""
    root = file._add_object(DictionaryObject())
    places: dict[Element, IndirectObject] = {}
    links: list[Any] = []

    def add(element: Element, parent: IndirectObject) -> IndirectObject:
        page = file.pages[element.page]
        entries = {f"/{key}": value for key, value in element.entries.items()}
        entries |= {"/S": f"/{element.role}", "/P": parent, "/Pg": page.indirect_reference}
        here = places[element] = file._add_object(as_pdf(entries))
        kids: list[Any] = [add(k, here) if isinstance(k, Element) else k for k in element.kids]
        if element.note is not None:
            note = page["/Annots"][element.note]
            note.get_object()[NameObject("/StructParent")] = as_pdf(len(file.pages) + len(links))
            links.append(here)
            kids.append({"/Type": "/OBJR", "/Obj": note})
        here.get_object()[NameObject("/K")] = as_pdf(kids)
        return here

    document = add(canvas.document, root)
    pieces = [[places[element] for element in page] for page in canvas.pieces.values()]
    numbers = [part for pair in enumerate(pieces + links) for part in pair]
    tree = {"/Nums": numbers}
    entries = {"/Type": "/StructTreeRoot", "/K": [document], "/ParentTree": tree}
    root.get_object().update(as_pdf({**entries, "/ParentTreeNextKey": len(pieces) + len(links)}))
    return root


def save(canvas: TaggedCanvas, path: Path) -> None:
    """Writes the file with all that its standards ask for and ReportLab does not write."""
    canvas.save()
    edition, key = canvas.edition, hashlib.sha256(canvas.file.getvalue()).digest()[:16]
    file = PdfWriter(clone_from=PdfReader(canvas.file))
    file.pdf_header = edition.header
    for number, page in enumerate(file.pages):
        page.update(as_pdf({"/StructParents": number, "/Tabs": "/S"}))
        del page["/Trans"]  # empty
        if edition.press:
            add_boxes(page, edition.bleed)
    told = {key[1:].lower(): escape(str(value)) for key, value in file.metadata.items()}
    file._info.get_object().update(as_pdf(edition.info))
    intents = output_intents(file, edition)
    entries = {
        "/Metadata": file._add_object(
            stream(metadata(edition, told, key), Type="/Metadata", Subtype="/XML")
        ),
        "/OutputIntents": intents,
        "/StructTreeRoot": add_structure(file, canvas),
        "/MarkInfo": {"/Marked": True},
        "/ViewerPreferences": {"/DisplayDocTitle": True},
    }
    file.root_object.update(as_pdf(entries))
    file._ID = ArrayObject([ByteStringObject(key)] * 2)
    file.write(path)


def main(folder: Path) -> None:
    """Draws all six files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in FACES.items():
        registerFont(TTFont(name, FONTS / path))
    for edition in (SCREEN, PRESS):
        save(draw_cover(edition), folder / f"cover{edition.suffix}.pdf")
        save(draw_calendar(edition), folder / f"calendar{edition.suffix}.pdf")
        save(draw_leaves(edition), folder / f"leaves{edition.suffix}.pdf")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python sources/draw_foreign_pages.py OUTPUT_FOLDER")
    main(Path(sys.argv[1]))

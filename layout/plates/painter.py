"""Pages to PDF: reads the seam's values and writes them through ReportLab's canvas, deciding nothing."""

from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

from msgspec import Struct
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from layout.house.brand import Brand
from layout.house.faces import Face
from layout.makeup.page import Anchor, Image, Link, Mark, Page, Pages, Rule, Run, Tint
from layout.plates.edition import Edition
from layout.plates.fonts import PaintedFont
from layout.plates.metadata import About, Info, identifier
from layout.plates.pictures import image_object

rl_config.useA85 = 0  # binary streams: a quarter smaller than ASCII85
rl_config.pdfMultiLine = 0


class Part(Struct, frozen=True):
    """Pages that belong together; `prefix` keeps their named places apart from other parts'."""

    pages: Pages
    prefix: str = ""


def paint(
    parts: Sequence[Part],
    brand: Brand,
    edition: Edition,
    about: About,
    key: str = "",
    outline: bool = True,
) -> bytes:
    """One PDF of all parts, fonts and pictures once each.

    `key` is the file's identifier: 32 hexadecimal digits of what it was made from, or '' for one from
    its content. `outline` writes bookmarks and page labels.
    """
    painter = _Painter(brand, edition, about)
    for part in parts:
        for page in part.pages.pages:
            painter.page(page, part.prefix, outline)
        if outline:
            painter.outline(part)
    return painter.finish(key)


class _Canvas(Canvas):
    """ReportLab's canvas without the Helvetica that it would set up on every page."""

    def _make_preamble(self) -> None:
        self._preamble = ""


def _canvas(language: str, version: tuple[int, int]) -> Any:
    """A canvas, of no type: a painter of glyphs works with attributes that ReportLab's stubs leave out."""
    return _Canvas(BytesIO(), invariant=1, pageCompression=1, lang=language, pdfVersion=version)


class _Painter:
    """One document while it is being painted."""

    def __init__(self, brand: Brand, edition: Edition, about: About) -> None:
        self.brand = brand
        self.edition = edition
        self.canvas = _canvas(about.language, edition.version)
        self.document = self.canvas._doc
        self.document.info = Info(about)
        self.document.Catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        self.fonts: dict[Face, PaintedFont] = {}
        self.pictures: dict[tuple[str, float, float], tuple[str, int, int]] = {}
        self.stored: dict[bytes, str] = {}
        self.content: list[bytes] = [repr(about).encode()]
        self.colour, self.spread, self.wide = "", "0.0000", "100.000"
        self.labelled: tuple[int, int] | None = None
        self.count = 0

    def page(self, page: Page, prefix: str, outline: bool) -> None:
        """Paint one page."""
        canvas = self.canvas
        canvas.setPageSize((page.width, page.height))
        self.colour, self.spread, self.wide = "", "0.0000", "100.000"
        code: list[str] = canvas._code
        for mark in page.marks:
            self._mark(mark, code, prefix)
        self.content.append("\n".join(code).encode())
        if outline:
            self._label(page.folio)
        self.count += 1
        canvas.showPage()

    def _label(self, folio: int) -> None:
        """A page label wherever the folios do not simply go on."""
        if self.labelled is None or folio - self.labelled[1] != self.count - self.labelled[0]:
            self.canvas.addPageLabel(self.count, style="ARABIC", start=folio)
            self.labelled = (self.count, folio)

    def _mark(self, mark: Mark, code: list[str], prefix: str) -> None:
        if isinstance(mark, Run):
            self._run(mark, code)
        elif isinstance(mark, Rule):
            self._fill(mark.colour, code)
            code.append(
                f"{mark.x:.3f} {mark.y - mark.weight / 2:.3f} {mark.width:.3f} {mark.weight:.3f} re f"
            )
        elif isinstance(mark, Tint):
            self._fill(mark.colour, code)
            code.append(f"{mark.x:.3f} {mark.y:.3f} {mark.width:.3f} {mark.height:.3f} re f")
        elif isinstance(mark, Image):
            self._image(mark, code)
        elif isinstance(mark, Link):
            if self.edition.links:
                self._link(mark, prefix)
        else:
            self.canvas.bookmarkPage(prefix + mark.name, fit="XYZ", left=0, top=mark.y, zoom=0)

    def _fill(self, colour: str, code: list[str]) -> None:
        if colour != self.colour:
            red, green, blue = (
                int(self.brand.colours[colour].srgb[i : i + 2], 16) / 255 for i in (1, 3, 5)
            )
            code.append(f"{red:.4g} {green:.4g} {blue:.4g} rg")
            self.colour = colour

    def _run(self, run: Run, code: list[str]) -> None:
        """One text object: the words' codes with kerns between, justified by numbers after the spaces."""
        font = self.fonts.get(run.face)
        if font is None:
            font = self.fonts[run.face] = PaintedFont(run.face, f"F{len(self.fonts) + 1}")
        before = len(code)
        self._fill(run.colour, code)
        size, scale = run.size, run.scale
        # Horizontal scaling widens all that follows it, letterspace and numbers too (ISO 32000-1, 9.4.4).
        gap = f"{-run.stretch * 1000 / (size * scale):.2f}" if abs(run.stretch) > 1e-4 else ""
        parts = []
        for piece in run.pieces:
            parts.append(font.fragment(piece, size))
            if gap and piece.is_space:
                parts.append(gap)
        state = ""
        spread, wide = f"{run.tracking / scale:.4f}", f"{100 * scale:.3f}"
        if spread != self.spread:
            state, self.spread = f" {spread} Tc", spread
        if wide != self.wide:
            state, self.wide = f"{state} {wide} Tz", wide
        text = "".join(parts).replace("><", "")
        show = f"/{font.name} {size:g} Tf{state}"
        if run.joined and before and code[before - 1].endswith(" ET"):
            # One text object for a line: what reads the file need not guess whether a gap is a space.
            colour = f" {code.pop()}" if len(code) > before else ""
            code[-1] = f"{code[-1][:-3]}{colour} {show} [{text}]TJ ET"
        else:
            code.append(f"BT {show} {run.x:.3f} {run.y:.3f} Td [{text}]TJ ET")

    def _image(self, image: Image, code: list[str]) -> None:
        """A picture that covers its box, cropped about the centre."""
        key = (image.path, image.width, image.height)
        if key not in self.pictures:
            stream, wide, high = image_object(image.path, image.width, image.height)
            self.pictures[key] = (self._stored(stream, wide, high), wide, high)
        name, wide, high = self.pictures[key]
        scale = max(image.width / wide, image.height / high)
        width, height = wide * scale, high * scale
        x, y = image.x + (image.width - width) / 2, image.y + (image.height - height) / 2
        box = f"{image.x:.3f} {image.y:.3f} {image.width:.3f} {image.height:.3f} re W n"
        matrix = f"{width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm"
        code.append(f"q {box} {matrix} /{pdfdoc.xObjectName(name)} Do Q")
        if name not in self.canvas._formsinuse:
            self.canvas._formsinuse.append(name)
        self.canvas._currentPageHasImages = 1

    def _stored(self, stream: pdfdoc.PDFStream, wide: int, high: int) -> str:
        """The name of an image in the file; the same pixels are there once, in whatever sizes they are placed."""
        key = sha256(f"{wide} {high} ".encode() + stream.content).digest()
        name = self.stored.get(key)
        if name is None:
            name = self.stored[key] = f"P{len(self.stored) + 1}"
            self.document.Reference(stream, pdfdoc.xObjectName(name))
            self.content.append(key)
        return name

    def _link(self, link: Link, prefix: str) -> None:
        """A link annotation with its words as contents; it is printed with the page (flag 4)."""
        box = (link.x, link.y, link.x + link.width, link.y + link.height)
        if link.target.startswith("#"):
            self.canvas.linkAbsolute(
                link.text, prefix + link.target[1:], box, F=4, Border="[0 0 0]"
            )
        else:
            self.canvas.linkURL(
                link.target, box, Contents=pdfdoc.PDFString(link.text), F=4, Border="[0 0 0]"
            )

    def outline(self, part: Part) -> None:
        """A part's bookmarks in the order of reading: the sidebar comes last, wherever it stands."""
        marks = (mark for page in part.pages.pages for mark in page.marks)
        anchors = [mark for mark in marks if isinstance(mark, Anchor) and mark.title]
        for anchor in sorted(anchors, key=lambda anchor: anchor.element):
            self.canvas.addOutlineEntry(
                anchor.title, part.prefix + anchor.name, anchor.level, closed=anchor.level > 0
            )

    def finish(self, key: str) -> bytes:
        """The whole file: fonts as they were used, an identifier made from the content."""
        fonts = self.document.idToObject["BasicFonts"].dict
        for font in self.fonts.values():
            fonts[font.name] = font.reference(self.document)
        self.document._ID = identifier(self.content, key)
        data: bytes = self.canvas.getpdfdata()
        return data

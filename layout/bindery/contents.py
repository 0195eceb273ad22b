"""The table of contents: sections, titles with who speaks, leaders and folios, on as many pages as it needs."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from layout.makeup.furniture import Banner, Furniture
from layout.makeup.mirror import mirrored
from layout.makeup.page import HEADER, LAYOUT, Anchor, Element, Link, Mark, Page, Pages, Run
from layout.manuscript.text import Span
from layout.setting.front import masthead
from layout.setting.galley import Box, Galley, Mast, Tree, shifted, stack
from layout.setting.hyphens import hyphenator
from layout.setting.looks import Looks, TypeCase
from layout.setting.paragraph import Setter

FOLIO_ROOM = 0.12
"""The share of the width that is kept for leaders and folios beside a title."""

FIGURES = ("onum", "lnum", "pnum", "tnum")
"""Features that say what figures look like."""

DOT = 2.2
"""From one dot of a leader to the next, in dots' widths."""


class Listed(Struct, frozen=True):
    """A line of the contents: a section has no target; it is not `numbered` where no folio is printed."""

    title: str
    kicker: str = ""
    numbered: bool = False
    target: str = ""
    section: bool = False
    language: str = ""
    """Of title and kicker, where it is not that of the contents."""


class Row(Struct, frozen=True):
    """A line that is set: where its folio goes, from its right end at `width` on; negative `y` is down."""

    box: Box
    numbered: bool = False
    width: float = 0.0
    y: float = 0.0
    element: int = LAYOUT


class Contents:
    """The pages of one table of contents, set once: folios come last, and no number of pages depends on them."""

    def __init__(
        self, title: str, rows: Sequence[Listed], case: TypeCase, banner: Banner, language: str
    ) -> None:
        self.title = title
        self.case, self.language = case, language
        self.brand = case.brand
        self.leading = self.brand.grid.leading
        self.tree = Tree(language)
        self.setter = Setter(case.looks(language), hyphenator)
        self.folios = Setter(self._looks_of_folios(), hyphenator)
        mast = Mast(masthead(self.tree, case.brand), HEADER, self.tree.add("dateline"))
        galley = Galley((), Box(0, ()), (), None, (), (), title, language, "", "", mast)
        self.furniture = Furniture(galley, case, self.setter, banner)
        self.head, self.head_lines = self._head()
        self.element = self.whole = self.tree.add("contents")
        self.rows = [self._section(row) if row.section else self._entry(row) for row in rows]
        self.sheets = self._sheets()

    def _head(self) -> tuple[list[Mark], int]:
        element = self.tree.add("contents-title")
        style = self.brand.styles["contents_title"]
        lines = self.setter.set_spans(
            [Span(self.title)], "contents_title", self.brand.type_width, element, balance=True
        )
        marks, _ = stack(lines, style.leading, -style.leading * self.brand.grid.drop)
        marks.insert(0, Anchor(0.0, 0.0, "contents", "", 0, element))
        return marks, ceil(len(lines) * style.leading / self.leading - 1e-6) + 1

    def _looks_of_folios(self) -> Looks:
        """Those of the entries, with figures that stand below each other."""
        features = self.brand.styles["contents_entry"].features
        kept = [tag for tag in features if tag not in FIGURES]
        looks = self.setter.looks
        return looks.changed("contents_entry", features=(*kept, *self.brand.figures.contents))

    def _section(self, row: Listed) -> Row:
        """A section's name on whole grid lines."""
        section = self.tree.add("section", self.whole)
        element = self.tree.add("entry-kicker", section)
        self.element = self.tree.add("section-entries", section)
        lines = self.setter.set_spans(
            [Span(row.title)], "contents_section", self.brand.type_width, element
        )
        marks, _ = stack(lines, self.leading, -(1 + self.brand.grid.drop) * self.leading)
        return Row(Box(len(lines) + 1, tuple(marks)))

    def _entry(self, row: Listed) -> Row:
        """A title over its kicker on whole grid lines."""
        entry = self.tree.add("entry", self.element, language=row.language)
        element = self.tree.add("entry-kicker", entry)
        if row.target:
            element = self.tree.add("entry-link", self.tree.add("reference", entry))
        width, style = self.brand.type_width, self.brand.styles["contents_entry"]
        lines = self.setter.set_spans(
            [Span(row.title)], "contents_entry", width * (1 - FOLIO_ROOM), element
        )
        y = -style.leading * self.brand.grid.drop
        marks, below = stack(lines, style.leading, y)
        last = below + style.leading
        if row.kicker:
            below_title = self.tree.add("entry-kicker", entry)
            kicker = self.setter.set_spans(
                [Span(row.kicker)], "contents_kicker", width * (1 - FOLIO_ROOM), below_title
            )
            leading = self.brand.styles["contents_kicker"].leading
            more, below = stack(kicker, leading, last - leading)
            marks += more
        height = ceil((-below - style.leading * 0.24) / self.leading)
        if row.target:
            marks.append(
                Link(
                    0.0,
                    -height * self.leading,
                    width,
                    height * self.leading,
                    row.target,
                    row.title,
                    element,
                )
            )
        box = Box(height + 1, tuple(marks))
        return Row(box, row.numbered, lines[-1].width, last, element)

    def _folio(self, folio: str, row: Row) -> list[Mark]:
        """The folio at the right edge, and dots to it on a common rhythm so that they stand in columns."""
        width, start, y, element = self.brand.type_width, row.width, row.y, row.element
        # A space for those who hear it: nothing else stands between the title and its folio.
        look = self.setter.looks.look("contents_entry")
        space = look.shaper.shape(" ")
        gap = Run(start, y, look.face, look.size, look.colour, (space,), element)
        number = self.folios.set_spans(
            [Span(self.furniture.labels.number(folio))], "contents_entry", width, element
        )[0]
        look = self.setter.looks.look("contents_kicker")
        dot = look.shaper.shape(".")
        step = look.width(dot) * DOT
        first = ceil((start + step) / step)
        last = int((width - number.width - step) / step)
        dots: list[Mark] = [
            Run(n * step, y, look.face, look.size, "hairline", (dot,), LAYOUT)
            for n in range(first, last)
        ]
        return [gap, *dots, *shifted(number.marks, width - number.width, y)]

    @property
    def count(self) -> int:
        """How many pages the contents take."""
        return len(self.sheets)

    def _sheets(self) -> list[list[tuple[int, int]]]:
        """Rows on pages, by their numbers, each with its grid line: a section is never the last row of one."""
        sheets: list[list[tuple[int, int]]] = [[]]
        line = self.furniture.mast_lines + self.head_lines
        heights = [row.box.height for row in self.rows]
        for number, height in enumerate(heights):
            follows = heights[number + 1] if number + 1 < len(heights) and height == 2 else 0
            if line + height + follows > self.brand.lines + 1 and sheets[-1]:
                sheets.append([])
                line = 0
            sheets[-1].append((number, line))
            line += height
        return sheets

    def pages(self, folio: int, recto: bool, folios: Sequence[str]) -> Pages:
        """The pages from `folio` on; `folios` are those of what is listed, row by row."""
        pages: list[Page] = []
        for number, sheet in enumerate(self.sheets):
            side = recto if number % 2 == 0 else not recto
            x, top = self.furniture.left(side), self.furniture.top
            marks: list[Mark] = []
            if number == 0:
                marks += self.furniture.opening(side)
                marks += shifted(self.head, x, top - self.furniture.mast_lines * self.leading)
            else:
                marks += self.furniture.running_head(side)
            for which, line in sheet:
                row = self.rows[which]
                numbers = self._folio(folios[which], row) if row.numbered else []
                marks += shifted([*row.box.marks, *numbers], x, top - line * self.leading)
            marks += self.furniture.foot(folio + number, side, folio, False)
            pages.append(
                Page(self.brand.width, self.brand.height, folio + number, side, tuple(marks))
            )
        return mirrored(Pages(tuple(pages), tuple(self.tree.elements)), self.language)


def folio_page(folio: str, recto: bool, case: TypeCase, language: str) -> Pages:
    """An empty page of ours with nothing but a folio, to be laid over a page made elsewhere."""
    setter = Setter(case.looks(language), hyphenator)
    furniture = Furniture(
        Galley((), Box(0, ()), (), None, (), (), "", language, "", "", Mast()),
        case,
        setter,
        Banner(""),
    )
    marks = furniture.folio_mark(folio, recto)
    page = Page(case.brand.width, case.brand.height, 0, recto, tuple(marks))
    return mirrored(Pages((page,), (Element("document", -1),)), language)

"""The galley to pages: columns on the grid, the sidebar beside its text, the last page level.

Everything is counted in grid lines until a mark is placed; folio, side and last page come last.
"""

from collections.abc import Sequence

from msgspec import Struct

from layout.ground.problems import Place, refuse
from layout.makeup.columns import Column
from layout.makeup.costs import THIN
from layout.makeup.furniture import Banner, Furniture
from layout.makeup.page import Page, Pages
from layout.makeup.plan import Planner
from layout.makeup.sidebar import SidebarBoxes
from layout.makeup.ways import Draft, Room, TooTall, spread
from layout.setting.galley import Block, Galley, shifted
from layout.setting.hyphens import hyphenator
from layout.setting.looks import TypeCase
from layout.setting.marks import Mark
from layout.setting.paragraph import Setter


class Plan(Struct, frozen=True):
    """How a galley goes on pages, before folios: it is the same wherever the interview opens."""

    drafts: tuple[Draft, ...]
    blocks: tuple[Block, ...]
    full: int
    """Grid lines of a full page, all columns together."""

    def settle(self) -> None:
        """Draw the lines of the settings that were chosen, and let go of all others."""
        chosen: dict[int, int] = {}
        for draft in self.drafts:
            for column in draft.columns:
                chosen |= {piece.unit: piece.setting for piece in column.placed}
        for number, block in enumerate(self.blocks):
            for which, setting in enumerate(block.settings):
                setting.settle(chosen.get(number) == which)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.drafts)

    @property
    def last_lines(self) -> int:
        """Grid lines of text on the last page."""
        return _text_lines(self.drafts[-1])

    @property
    def text_lines(self) -> int:
        """Grid lines of text on all pages."""
        return sum(map(_text_lines, self.drafts))

    @property
    def uneven(self) -> int:
        """By how many grid lines the columns of the last page differ, its boxes counted."""
        return spread(self.drafts[-1])

    @property
    def excused(self) -> bool:
        """Whether the last page cannot be level: a few lines alone, or fewer than the sidebar beside them."""
        text = self.last_lines
        boxes = [box.height for box, column, _ in self.drafts[-1].boxes if column >= 0]
        return text < max(boxes, default=0) or (self.pages == 1 and text < THIN)

    @property
    def lines_in_all(self) -> int:
        """Grid lines that the pages take: full ones but for the last, of which what stands on it."""
        return self.full * (self.pages - 1) + _lines(self.drafts[-1])

    def lines_over(self, pages: int) -> int:
        """How many lines of text and boxes stand after so many pages."""
        return sum(_lines(draft) for draft in self.drafts[pages:])

    def lines_short(self, pages: int) -> int:
        """How many lines more would open the last of so many pages."""
        missing = pages - 1 - self.pages
        return max(1, self.full - _lines(self.drafts[-1])) + missing * self.full


def plan(
    galley: Galley, case: TypeCase, banner: Banner, file: str = "", *, quick: bool = False
) -> Plan:
    """Which lines of a galley stand on which page; raises `Refused` where a box fits no column.

    A `quick` plan has the pages that a good one has, nearly always, and may be less even.
    """
    return _MakeUp(galley, case, 1, banner, file, True).plan(quick=quick)


def make_up(
    galley: Galley,
    case: TypeCase,
    first_folio: int,
    banner: Banner,
    file: str = "",
    recto: bool | None = None,
    planned: Plan | None = None,
) -> Pages:
    """Place a galley on pages that begin at `first_folio`; raises `Refused` where a box fits no column.

    `recto` says on which side the first page lies; odd folios lie on the right if nothing else is said.
    """
    side = first_folio % 2 == 1 if recto is None else recto
    maker = _MakeUp(galley, case, first_folio, banner, file, side)
    return maker.pages(planned or maker.plan())


class _MakeUp:
    def __init__(
        self,
        galley: Galley,
        case: TypeCase,
        first_folio: int,
        banner: Banner,
        file: str,
        recto: bool,
    ) -> None:
        self.galley, self.brand, self.file = galley, case.brand, file
        self.recto = recto
        self.first_folio = first_folio
        looks = case.looks(galley.language)
        self.furniture = Furniture(galley, case, Setter(looks, hyphenator), banner, file)
        self.leading = self.brand.grid.leading
        self.blocks: Sequence[Block] = galley.blocks
        text = looks.look("text")
        self.cap_height = text.face.cap_height * text.unit

    def plan(self, *, quick: bool = False) -> Plan:
        """The cheapest way to fill pages."""
        sidebar = None
        if self.galley.sidebar is not None:
            sidebar = SidebarBoxes(self.galley.sidebar, self.brand, self.cap_height)
        planner = Planner(self.galley.blocks, self.brand, sidebar, self.furniture.closing_lines)
        try:
            other = Room(0, self.brand.lines, False)
            drafts = planner.drafts(self._first_room(), other, quick=quick)
        except TooTall as error:
            raise self._too_tall(int(error.args[0])) from None
        return Plan(
            tuple(drafts), tuple(planner.blocks), self.brand.lines * self.brand.columns.count
        )

    def pages(self, planned: Plan) -> Pages:
        """All pages, then their furniture."""
        self.blocks = planned.blocks
        pages = [
            self._page(draft, number, self.first_folio + number)
            for number, draft in enumerate(planned.drafts)
        ]
        return Pages(tuple(pages), self.galley.elements)

    def _too_tall(self, number: int) -> Exception:
        if number < 0:
            message = "an account of the sidebar is deeper than a column"
            return refuse(Place(self.file, 0), message, "shorten its text")
        block = self.galley.blocks[min(number, len(self.galley.blocks) - 1)]
        height = block.box.height if block.box is not None else len(block.lines)
        marks = block.box.marks if block.box is not None else block.lines[0]
        element = max((mark.element for mark in marks), default=0)
        place = Place(self.file, self.galley.elements[max(element, 0)].line)
        message = f"this takes {height} lines of the grid and a column has {self.brand.lines}"
        return refuse(place, message, "shorten it or part it in two")

    def _first_room(self) -> Room:
        """The first grid line and the number of lines that the first page has for columns."""
        head = self.galley.head
        top = self.furniture.mast_lines + head.height + self.brand.head.below
        room = self.brand.lines - top - self.furniture.first_foot_lines
        if room < 0:
            line = next(it.line for it in self.galley.elements if it.role == "title")
            place = Place(self.file, line)
            raise refuse(
                place,
                f"title, standfirst and disclaimer are {-room} lines too deep for the first page",
                "shorten one of them, or give the brand a smaller last title step",
            )
        return Room(top, room, True)

    def _page(self, draft: Draft, number: int, folio: int) -> Page:
        """A draft with its marks placed and its furniture round it."""
        recto = self.recto if number % 2 == 0 else not self.recto
        x = self.furniture.left(recto)
        top = self.furniture.top
        marks: list[Mark] = []
        if number == 0:
            marks += self.furniture.opening(recto)
            depth = self.furniture.mast_lines
            marks += shifted(self.galley.head.marks, x, top - depth * self.leading)
        else:
            marks += self.furniture.running_head(recto)
        step = self.brand.measure + self.brand.alley
        # In the order of reading: boxes over the columns, the columns, what stands beside or below them.
        high = [box for box in draft.boxes if box[1] < 0 and box[2] < min(draft.tops)]
        for box, _, line in high:
            marks += shifted(box.marks, x, top - line * self.leading)
        for column, (filled, first) in enumerate(zip(draft.columns, draft.tops, strict=True)):
            marks += self._column(filled, x + column * step, top - first * self.leading)
        for box, column, line in (box for box in draft.boxes if box not in high):
            marks += shifted(box.marks, x + max(column, 0) * step, top - line * self.leading)
        marks += self.furniture.foot(folio, recto, self.first_folio, draft.last)
        return Page(self.brand.width, self.brand.height, folio, recto, tuple(marks))

    def _column(self, column: Column, x: float, top: float) -> list[Mark]:
        """The marks of one column: lines hang from their baselines, boxes from their tops."""
        marks: list[Mark] = []
        drop = self.brand.grid.drop
        for piece in column.placed:
            block = self.blocks[piece.unit]
            if block.box is not None:
                marks += shifted(block.box.marks, x, top - piece.line * self.leading)
                continue
            lines = block.rows(piece.setting)[piece.first : piece.end]
            for number, line in enumerate(lines, piece.line):
                marks += shifted(line, x, top - (number + drop) * self.leading)
        return marks


def _text_lines(draft: Draft) -> int:
    """Grid lines of text on a page."""
    return sum(column.used for column in draft.columns)


def _lines(draft: Draft) -> int:
    """Grid lines of text and of boxes on a page."""
    return _text_lines(draft) + sum(box.height for box, _, _ in draft.boxes)

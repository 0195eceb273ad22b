"""The galley to pages: columns on the grid, the sidebar beside its text, the last page level.

Everything is counted in grid lines until a mark is placed; folio, side and last page come last.
"""

from collections.abc import Sequence

from msgspec import Struct

from layout.ground.problems import Place, refuse
from layout.makeup.columns import Column
from layout.makeup.costs import THIN
from layout.makeup.furniture import Banner, Furniture
from layout.makeup.mirror import mirrored
from layout.makeup.page import Page, Pages
from layout.makeup.parting import Gap, Parted, Spot, spots_of
from layout.makeup.plan import Planner
from layout.makeup.sidebar import SidebarBoxes
from layout.makeup.ways import Draft, Room, Rooms, TooTall, spread
from layout.setting.galley import Block, Galley, shifted
from layout.setting.hyphens import hyphenator
from layout.setting.looks import TypeCase
from layout.setting.marks import Mark
from layout.setting.paragraph import Setter


class Plan(Struct, frozen=True):
    """How a galley goes on pages, before folios: it is the same wherever the interview opens.

    `parted` are the numbers of pages after which room was kept for other pages to stand between.
    """

    drafts: tuple[Draft, ...]
    blocks: tuple[Block, ...]
    full: int
    """Grid lines of a full page, all columns together."""
    parted: frozenset[int] = frozenset()

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
    galley: Galley,
    case: TypeCase,
    banner: Banner,
    file: str = "",
    *,
    quick: bool = False,
    parted: frozenset[int] = frozenset(),
) -> Plan:
    """Which lines of a galley stand on which page; raises `Refused` where a box fits no column.

    A `quick` plan has the pages that a good one has, nearly always, and may be less even. After the pages with
    the numbers `parted`, from 1, others will stand.
    """
    return _MakeUp(galley, case, 1, banner, file, True).plan(parted, quick=quick)


def make_up(
    galley: Galley,
    case: TypeCase,
    first_folio: int,
    banner: Banner,
    file: str = "",
    recto: bool | None = None,
    planned: Plan | None = None,
    gaps: Sequence[Gap] = (),
) -> Pages:
    """Place a galley on pages that begin at `first_folio`; raises `Refused` where a box fits no column.

    `recto` says on which side the first page lies; odd folios lie on the right if nothing else is said. Other
    pages stand in the `gaps`, which are those that the galley was `planned` for.
    """
    side = first_folio % 2 == 1 if recto is None else recto
    maker = _MakeUp(galley, case, first_folio, banner, file, side)
    parted = frozenset(gap.after for gap in gaps)
    return maker.pages(planned or maker.plan(parted), gaps)


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

    def plan(self, parted: frozenset[int], *, quick: bool = False) -> Plan:
        """The cheapest way to fill pages."""
        sidebar = None
        if self.galley.sidebar is not None:
            sidebar = SidebarBoxes(self.galley.sidebar, self.brand, self.cap_height)
        planner = Planner(self.galley.blocks, self.brand, sidebar, self.furniture.closing_lines)
        try:
            drafts = planner.drafts(self._rooms(parted), quick=quick)
        except TooTall as error:
            raise self._too_tall(int(error.args[0])) from None
        full = self.brand.lines * self.brand.columns.count
        return Plan(tuple(drafts), tuple(planner.blocks), full, parted)

    def pages(self, planned: Plan, gaps: Sequence[Gap]) -> Pages:
        """All pages, then their furniture, then where a page is not followed by the next; at last their direction."""
        self.blocks = planned.blocks
        spots = spots_of(planned.pages, self.first_folio, self.recto, gaps)
        drafts = enumerate(zip(planned.drafts, spots, strict=True))
        made = tuple([self._page(draft, number, spot) for number, (draft, spot) in drafts])
        pages = Pages(made, self.galley.elements)
        if gaps:
            rooms = self._rooms(planned.parted)
            pages = Parted(self.furniture, rooms, planned.drafts, self.blocks).joined(pages)
        return mirrored(pages, self.galley.language)

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

    def _rooms(self, parted: frozenset[int]) -> Rooms:
        """The first grid line and the number of lines that pages have for columns."""
        head = self.galley.head
        top = self.furniture.mast_lines + head.height + self.brand.head.below
        lines = self.brand.lines - top - self.furniture.first_foot_lines
        rooms = Rooms(Room(top, lines, True), Room(0, self.brand.lines, False), parted)
        room = rooms.at(0).lines
        if room < 0:
            line = next(it.line for it in self.galley.elements if it.role == "title")
            place = Place(self.file, line)
            raise refuse(
                place,
                f"title, standfirst and disclaimer are {-room} lines too deep for the first page",
                "shorten one of them, or give the brand a smaller last title step",
            )
        return rooms

    def _page(self, draft: Draft, number: int, spot: Spot) -> Page:
        """A draft with its marks placed and its furniture round it."""
        folio, recto = spot.folio, self.furniture.side(spot.recto)
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
        return Page(self.brand.width, self.brand.height, folio, spot.recto, tuple(marks))

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

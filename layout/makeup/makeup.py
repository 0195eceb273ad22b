"""The galley to pages: columns on the grid, the sidebar beside its text, the last page level.

Everything is counted in grid lines until a mark is placed; folio, side and last page come last.
"""

from collections.abc import Sequence

from msgspec import Struct

from layout.ground.problems import Place, refuse
from layout.makeup.columns import Column, Flow, slots_of
from layout.makeup.furniture import Banner, Furniture
from layout.makeup.page import Page, Pages
from layout.makeup.sidebar import SidebarBoxes
from layout.setting.galley import Box, Galley, shifted
from layout.setting.hyphens import hyphenator
from layout.setting.looks import TypeCase
from layout.setting.marks import Mark
from layout.setting.paragraph import Setter

AIR = 1
"""Grid lines between a box over all columns and the text."""

THIN = 12
"""A last page with fewer lines of text looks forgotten."""


class Draft(Struct, frozen=True):
    """One page before its folio: what stands where, in grid lines from the type area's top."""

    columns: tuple[Column, ...]
    tops: tuple[int, ...]
    boxes: tuple[tuple[Box, int, int], ...]
    """(box, column or -1 for all, grid line)."""
    row: int
    last: bool


def make_up(
    galley: Galley,
    case: TypeCase,
    first_folio: int,
    banner: Banner,
    file: str = "",
    recto: bool | None = None,
) -> Pages:
    """Place a galley on pages that begin at `first_folio`; raises `Refused` where a box fits no column.

    `recto` says on which side the first page lies; odd folios lie on the right if nothing else is said.
    """
    side = first_folio % 2 == 1 if recto is None else recto
    return _MakeUp(galley, case, first_folio, banner, file, side).pages()


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
        self.furniture = Furniture(galley, case, Setter(looks, hyphenator), banner)
        self.leading = self.brand.grid.leading
        self.count = self.brand.columns.count
        self.flow = Flow(slots_of(galley.blocks), self.brand.lines)
        text = looks.look("text")
        self.sidebar: SidebarBoxes | None = None
        if galley.sidebar is not None:
            self.sidebar = SidebarBoxes(
                galley.sidebar, self.brand, text.face.cap_height * text.unit
            )
        self.rows = len(galley.sidebar.rows) if galley.sidebar is not None else 0
        self.closing = self.furniture.closing_lines

    def pages(self) -> Pages:
        """All pages, then their furniture."""
        drafts = self._drafts()
        if self.sidebar is not None and not self.flow.pointed and len(drafts) > 1:
            drafts = self._earlier(drafts)
        pages = [
            self._page(draft, number, self.first_folio + number)
            for number, draft in enumerate(drafts)
        ]
        return Pages(tuple(pages), self.galley.elements)

    def _drafts(self) -> list[Draft]:
        drafts: list[Draft] = []
        start, row, waiting = 0, 0, ()  # type: int, int, tuple[int, ...]
        while True:
            try:
                draft = self._draft(start, row, waiting, not drafts)
            except OverflowError as error:
                raise self._too_tall(int(error.args[0])) from None
            moved = (draft.columns[-1].end, draft.row, draft.columns[-1].waiting)
            if drafts and moved == (start, row, waiting) and not draft.last:
                raise self._too_tall(waiting[0] if waiting else start)
            drafts.append(draft)
            start, row, waiting = moved
            if draft.last:
                return drafts

    def _earlier(self, drafts: list[Draft]) -> list[Draft]:
        """A sidebar that no text points to goes a page forward where that gives the last page more to hold."""
        if _text_lines(drafts[-1]) >= THIN:
            return drafts
        before = drafts[-3].columns[-1].end if len(drafts) > 2 else 0
        end, self.flow.anchor = self.flow.anchor, before
        tried = self._drafts()
        self.flow.anchor = end
        return (
            tried
            if len(tried) == len(drafts) and _text_lines(tried[-1]) > _text_lines(drafts[-1])
            else drafts
        )

    def _too_tall(self, slot: int) -> Exception:
        height = self.flow.slots[slot].height if slot < len(self.flow.slots) else 0
        element = max((m.element for m in self.flow.slots[slot].marks), default=0) if height else 0
        place = Place(self.file, self.galley.elements[max(element, 0)].line)
        message = f"this takes {height} lines of the grid and a column has {self.brand.lines}"
        return refuse(place, message, "shorten it or part it in two")

    def _room(self, first: bool) -> tuple[int, int]:
        """The first grid line and the number of lines that a page has for columns."""
        if not first:
            return 0, self.brand.lines
        head = self.galley.head
        top = self.furniture.mast_lines + head.height + self.brand.head.below
        room = self.brand.lines - top - self.furniture.first_foot_lines
        if room < 0:
            place = Place(self.file, self.galley.elements[1].line)
            raise refuse(
                place,
                f"title, standfirst and disclaimer are {-room} lines too deep for the first page",
                "shorten one of them, or give the brand a smaller last title step",
            )
        return top, room

    def _draft(self, start: int, row: int, waiting: tuple[int, ...], first: bool) -> Draft:
        """One page; boxes over all columns that fall on it are drawn to its head, or on page one to its foot."""
        top, room = self._room(first)
        slots = self.flow.slots
        wide = [n for n in waiting if slots[n].wide]
        narrow = tuple(n for n in waiting if not slots[n].wide)
        while wide and sum(slots[n].height + AIR for n in wide) > room:
            narrow = (*narrow, wide.pop())
        draft = self._with(start, row, narrow, wide, top, room, first)
        while True:
            fresh = [n for n in draft.columns[-1].waiting if slots[n].wide and n not in narrow]
            if not fresh or sum(slots[n].height + AIR for n in (*wide, fresh[0])) > room:
                return draft
            tried = self._with(start, row, narrow, [*wide, fresh[0]], top, room, first)
            if fresh[0] >= tried.columns[-1].end:
                return draft
            wide.append(fresh[0])
            draft = tried

    def _with(
        self,
        start: int,
        row: int,
        waiting: tuple[int, ...],
        wide: Sequence[int],
        top: int,
        room: int,
        first: bool,
    ) -> Draft:
        """A page with these boxes over all columns: the last page if everything fits, else a full one."""
        slots = self.flow.slots
        depth = sum(slots[n].height + AIR for n in wide)
        boxes: list[tuple[Box, int, int]] = []
        line = top + room - depth + AIR if first else top
        for number in wide:
            boxes.append((Box(slots[number].height, slots[number].marks), -1, line))
            line += slots[number].height + AIR
        text_top = top if first else top + depth
        self.flow.taken = set(wide)
        # At the foot of an only page they stand on the colophon.
        raised = self.closing if first else 0
        over = [(box, column, at - raised) for box, column, at in boxes]
        found = self._last(start, row, waiting, text_top, room - depth, over)
        if found is None:
            found = self._full(start, row, waiting, text_top, room - depth, boxes)
        return found

    def _last(
        self,
        start: int,
        row: int,
        waiting: tuple[int, ...],
        top: int,
        room: int,
        boxes: list[tuple[Box, int, int]],
    ) -> Draft | None:
        """Everything that is left, in columns as short as can be and level, over the colophon; None if too much."""
        room -= self.closing
        box, deep = None, 0
        if self.sidebar is not None and row < self.rows:
            found = self.sidebar.box(row, room)
            alone = start >= len(self.flow.slots) and not waiting
            if alone or found is None or found[1] < self.rows:
                return None
            box = found[0]
            deep = box.height + (self.brand.sidebar.above if start < len(self.flow.slots) else 0)
        slots = enumerate(self.flow.slots[start:], start)
        left = deep + sum(s.height + s.before for n, s in slots if n not in self.flow.taken)
        if left > (room + 12) * self.count:
            return None
        best: tuple[int, int, list[Column]] | None = None
        for lines in range(max(deep, left // self.count - 12, 0), room + 1):
            heights = [lines] * (self.count - 1) + [lines - deep]
            columns = self.flow.columns(start, heights, waiting)
            if columns[-1].end < len(self.flow.slots) or columns[-1].waiting:
                continue
            used = [c.used for c in columns]
            used[-1] += deep if used[-1] or box is None else box.height
            uneven = max(used) - min(used)
            if best is None or uneven < best[0]:
                best = (uneven, max(used), columns)
            if lines >= best[1] + 3 or uneven == 0:
                break
        if best is None:
            return None
        columns = best[2]
        tops = (top,) * self.count
        if box is not None:
            at_head = self.brand.sidebar.place == "head" or not columns[-1].used
            line = top if at_head else top + best[1] - box.height
            boxes = [*boxes, (box, self.count - 1, line)]
            tops = self._tops(top, deep if at_head else 0)
        return Draft(tuple(columns), tops, tuple(boxes), self.rows, True)

    def _tops(self, top: int, deep: int) -> tuple[int, ...]:
        """Where the columns begin on a page whose last one is `deep` lines lower."""
        return (top,) * (self.count - 1) + (top + deep,)

    def _full(
        self,
        start: int,
        row: int,
        waiting: tuple[int, ...],
        top: int,
        room: int,
        boxes: list[tuple[Box, int, int]],
    ) -> Draft:
        """A page that others follow; the sidebar stands on it if its text does."""
        heights = [room] * self.count
        if start >= len(self.flow.slots) and not waiting:
            return self._boxes_only(start, row, top, room, boxes)
        plain = self.flow.level(start, heights, waiting)
        if self.sidebar is not None and row < self.rows and self.flow.anchor < plain[-1].end:
            beside = self._beside(start, row, waiting, top, room, boxes)
            if beside is not None:
                return beside
        if plain[-1].end >= len(self.flow.slots) and not plain[-1].waiting and (row >= self.rows):
            # All the text fits, but not over the colophon: leave some lines for it to stand under.
            heights = [max(0, room - self.closing)] * self.count
            plain = self.flow.level(start, heights, waiting)
        return Draft(tuple(plain), (top,) * self.count, tuple(boxes), row, False)

    def _beside(
        self,
        start: int,
        row: int,
        waiting: tuple[int, ...],
        top: int,
        room: int,
        boxes: list[tuple[Box, int, int]],
    ) -> Draft | None:
        """A full page with a box of the sidebar in its last column, if its text is here still.

        A box that goes on elsewhere has the column to itself.
        """
        assert self.sidebar is not None
        found = self.sidebar.box(row, room)
        if found is None:
            return None
        box, end = found
        deep = box.height + self.brand.sidebar.above
        left = max(0, room - deep) if end >= self.rows else 0
        heights = [room] * (self.count - 1) + [left]
        columns = self.flow.level(start, heights, waiting)
        if self.flow.anchor >= columns[-1].end and self.flow.anchor >= start:
            return None
        at_head = self.brand.sidebar.place == "head" or not left
        line = top if at_head else top + room - box.height
        tops = self._tops(top, deep if at_head else 0)
        return Draft(tuple(columns), tops, (*boxes, (box, self.count - 1, line)), end, False)

    def _boxes_only(
        self, start: int, row: int, top: int, room: int, boxes: list[tuple[Box, int, int]]
    ) -> Draft:
        """A page after the text's end, its columns full of what is left of the sidebar, or level."""
        placed, end = self._boxed(row, room - self.closing)
        if end >= self.rows:
            lower = (self._boxed(row, lines) for lines in range(1, room - self.closing))
            placed, end = next((found for found in lower if found[1] >= end), (placed, end))
        if not placed and not boxes:
            place = Place(self.file, 0)
            raise refuse(
                place, "an account of the sidebar is deeper than a column", "shorten its text"
            )
        empty = tuple(Column((), start, 0, ()) for _ in range(self.count))
        all_boxes = (*boxes, *((box, column, top) for column, box in enumerate(placed)))
        return Draft(empty, (top,) * self.count, all_boxes, end, end >= self.rows)

    def _boxed(self, row: int, room: int) -> tuple[list[Box], int]:
        """The sidebar from `row` on in a box of at most `room` lines in every column, and the row after."""
        assert self.sidebar is not None
        placed: list[Box] = []
        for _ in range(self.count):
            found = self.sidebar.box(row, room) if row < self.rows else None
            if found is not None:
                placed.append(found[0])
                row = found[1]
        return placed, row

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
        for number, line in column.placed:
            slot = self.flow.slots[number]
            y = top - line * self.leading
            marks += shifted(slot.marks, x, y if slot.boxed else y - drop * self.leading)
        return marks


def _text_lines(draft: Draft) -> int:
    """How many grid lines of the flow stand on a page."""
    return sum(column.used for column in draft.columns)

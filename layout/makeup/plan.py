"""Pages before their folios: which lines and boxes stand in which column, all pages weighed together.

A way leads page by page from the first unit of the flow to its end. From each page a few of the cheapest
ways go on; where the flow may end, its last page is tried in several heights until its columns are level.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from layout.house.brand import Brand
from layout.makeup.columns import KEPT, UNBOUNDED, Start, Unit, units_of
from layout.makeup.costs import (
    BAD,
    CHOICE,
    DEEPER,
    DEEPER_COST,
    EARLIER,
    FULL_BOUND,
    GOOD,
    LOWER,
    POOR,
    SLACK,
    STUB,
    THOROUGH,
    TRIES,
)
from layout.makeup.flow import Flow
from layout.makeup.lastpage import LastPage
from layout.makeup.placing import Placer
from layout.makeup.sidebar import SidebarBoxes
from layout.makeup.ways import (
    Draft,
    Room,
    Rooms,
    TooTall,
    Way,
    best_of_each_kind,
    cost_of,
    dearer,
    faults,
    led,
    narrow,
    near_uneven,
    pages_of,
)
from layout.setting.galley import Block, Box


class Planner:
    """Plans the pages of one galley."""

    def __init__(
        self,
        blocks: Sequence[Block],
        brand: Brand,
        sidebar: SidebarBoxes | None,
        closing: int,
    ) -> None:
        self.blocks = blocks
        self.units: list[Unit] = units_of(blocks)
        self.brand, self.sidebar, self.closing = brand, sidebar, closing
        self.placer = Placer(blocks, self.units, brand, closing)
        self.count = brand.columns.count
        self.other = brand.lines
        self.thorough = self.desperate = False
        self.flow = Flow(self.units)
        self.last = LastPage(self.flow, self.placer, sidebar, self.count, closing)
        self.rows = self.last.rows
        anchors = [n for n, unit in enumerate(self.units) if unit.anchor]
        self.anchor = anchors[0] if anchors else -1

    def drafts(self, rooms: Rooms, *, quick: bool = False) -> list[Draft]:
        """The cheapest plan; a poor one is looked for again among more pages, then with other settings of the text.

        A `quick` one is taken as it is. Raises `TooTall`.
        """
        way = self._plan(rooms)
        if quick:
            return list(pages_of(way))
        if faults(way) > POOR:
            self.thorough = True
            way = min(way, self._plan(rooms), key=cost_of)
        uneven = near_uneven(list(pages_of(way)))
        if uneven:
            blocks = [b.varied() if n in uneven else b for n, b in enumerate(self.blocks)]
            varied = Planner(blocks, self.brand, self.sidebar, self.closing)
            varied.thorough = True
            better = varied._plan(rooms)
            if better.cost < way.cost:
                self.blocks, way = blocks, better
        return list(pages_of(way))

    def _plan(self, rooms: Rooms) -> Way:
        """The cheapest way through all pages."""
        self.other = rooms.other.lines
        if self.sidebar is not None and self.anchor < 0:
            kept = 2 if rooms.parted else 0
            whole = self.sidebar.box(0, self.other - self.closing - kept)
            if whole is None or whole[1] < self.rows:
                # Too long for one box: it begins where the text ends.
                self.anchor = len(self.units) - 1
        best = self._search(rooms)
        if best is None and not self.thorough:
            # The few ways of a first look may all lead nowhere.
            self.thorough = True
            best = self._search(rooms)
        if not self.desperate and (best is None or best.cost > BAD):
            # No level end is to be had: a page that is not level may do better than one more.
            self.desperate = True
            uneven = self._plan(rooms)
            self.desperate = False
            best = min(best or uneven, uneven, key=cost_of)
        assert best is not None
        return best

    def _search(self, rooms: Rooms) -> Way | None:
        """The cheapest way that is found page by page."""
        ways = [Way(0.0, Start(0.0, 0, 0, 0, ()), 0, False, None)]
        best: Way | None = None
        number, tried = 0, 0
        while ways:
            room = rooms.at(number)
            onward: list[Way] = []
            for group in self._groups(ways):
                for way in self.last.endings(group, room, self.desperate):
                    if best is None or way.cost < best.cost:
                        best = way
                onward += self._onward(group, room)
            number += 1
            if best is not None:
                tried += 1
                if tried > 1 or best.cost - best.excused < GOOD * number:
                    break
                onward = [way for way in onward if way.cost < best.cost]
            elif not onward:
                if not self.desperate:
                    break
                raise TooTall(self._tallest(ways))
            ways = best_of_each_kind(onward)
        return best

    def _tallest(self, ways: Sequence[Way]) -> int:
        start = ways[0].start
        return start.waiting[0] if start.waiting else start.unit

    def _groups(self, ways: Iterable[Way]) -> Iterator[list[Way]]:
        """Ways that a page may be filled from in one step: those with like boxes to place."""

        def kind(way: Way) -> tuple[Any, ...]:
            return way.row, way.ending, way.start.waiting, self.flow.ended(way.start)

        ordered = sorted(ways, key=lambda way: (kind(way), way.start))
        for _, group in groupby(ordered, kind):
            yield list(group)

    # --- a page that others follow ---

    def _onward(self, group: Sequence[Way], room: Room) -> list[Way]:
        """The ways to fill this page and go on: with a box of the sidebar where it belongs here."""
        way = group[0]
        if way.ending:
            return []
        if self.flow.ended(way.start):
            return self._rows_onward(way, room)
        if self.sidebar is None or way.row >= self.rows:
            return self._filled(group, room, [None])
        if self.anchor >= 0:
            plain = self._filled(group, room, [None])
            if not plain or self._passed(plain[0].start):
                return self._beside(group, room) or plain
            return plain
        with_box: list[Way] = []
        rest = self.flow.rest(way.start, self.flow.least_tails, ())
        # Only the page before the last may have the sidebar in its stead.
        if rest <= (room.lines + self.other) * self.count and (
            self.thorough or self._stubbed(way, room)
        ):
            with_box = [
                dearer(w, EARLIER)._replace(ending=True, excused=w.excused + EARLIER)
                for w in self._beside(group, room)
                if w.row >= self.rows
            ]
        if with_box and not self.thorough:
            return with_box
        return self._filled(group, room, [None]) + with_box

    def _stubbed(self, way: Way, room: Room) -> bool:
        """Whether so little text would be left after this page that the sidebar had better stand here."""
        assert self.sidebar is not None
        left = self.flow.rest(way.start, self.flow.tails, ()) - room.lines * self.count
        found = self.sidebar.box(way.row, self.other)
        return found is not None and left < (1 + STUB) * found[0].height

    def _passed(self, start: Start) -> bool:
        """Whether the text that the sidebar belongs to stands before a start."""
        return start.unit > self.anchor or (start.unit == self.anchor and start.line > 0)

    def _beside(self, group: Sequence[Way], room: Room) -> list[Way]:
        """Full pages with a box of the sidebar in the last column; one that goes on elsewhere has it to itself."""
        assert self.sidebar is not None
        late = self._passed(group[0].start)
        lines = room.lines - self.placer.depth(self._heads(group[0].start, room))
        boxes: list[tuple[Box, int]] = []
        for more in range(DEEPER + 1):
            found = self.sidebar.box(group[0].row, lines, more)
            if found is not None and (not boxes or found[0] is not boxes[-1][0]):
                boxes.append(found)
        ways = self._filled(group, room, boxes)
        ways = [way for way in ways if late or self.anchor < 0 or self._passed(way.start)]
        return sorted(ways, key=cost_of)[:KEPT]

    def _filled(
        self, group: Sequence[Way], room: Room, sidebars: Sequence[tuple[Box, int] | None]
    ) -> list[Way]:
        """Full pages; boxes over all columns that fall on them are drawn to their heads, or on page one to the foot.

        Of `sidebars` (boxes with the next row, or None for no box), each deeper than the last, any may stand there.
        """
        start = group[0].start
        wide = self._heads(start, room)
        narrow = [n for n in start.waiting if n not in wide]
        found = self._full(group, room, wide, sidebars)
        if not found:
            # Boxes wait for one over all columns that comes first, and the page would stand empty.
            ahead = self.flow.wide[bisect_left(self.flow.wide, start.unit) :][:1]
            if ahead and self.placer.depth([*wide, *ahead]) <= room.lines:
                wide += ahead
                found = self._full(group, room, wide, sidebars)
                found = [way for way in found if way.start.unit > ahead[0]]
        while found:
            waiting = found[0].start.waiting
            fresh = [n for n in waiting if self.units[n].wide and n not in narrow]
            if not fresh or self.placer.depth([*wide, fresh[0]]) > room.lines:
                break
            tried = self._full(group, room, [*wide, fresh[0]], sidebars)
            tried = [way for way in tried if way.start.unit > fresh[0]]
            if not tried:
                break
            wide.append(fresh[0])
            found = tried
        return found

    def _heads(self, start: Start, room: Room) -> list[int]:
        """The boxes over all columns that wait and find room on a page."""
        wide = [n for n in start.waiting if self.units[n].wide]
        while wide and self.placer.depth(wide) > room.lines:
            wide.pop()
        return wide

    def _full(
        self,
        group: Sequence[Way],
        room: Room,
        wide: Sequence[int],
        sidebars: Sequence[tuple[Box, int] | None],
    ) -> list[Way]:
        """Full pages with these boxes over all columns, cheapest first; lower ones where no full one is level."""
        depth = self.placer.depth(wide)
        lines = room.lines - depth
        found: list[Way] = []
        begun = min(way.cost for way in group)
        for lower, short, airy, floor in TRIES:
            if lower >= lines:
                break
            for more, sidebar in enumerate(sidebars):
                if self._enough(found, begun + SLACK + floor + more * DEEPER_COST):
                    break
                pages = self._try(group, room, wide, sidebar, lines - lower, short, airy=airy)
                found += [dearer(way, lower * LOWER + more * DEEPER_COST) for way in pages]
        if not found:
            # All that is left may fit, but not over the colophon: some of it stands under it on a page of its own.
            for height in (lines, min(lines, max(1, lines - self.closing - 1))):
                for sidebar in sidebars[:1]:
                    found = self._try(group, room, wide, sidebar, height, height)
                    found = found or self._try(
                        group, room, wide, sidebar, height, height, lawless=True
                    )
                if found:
                    break
        return sorted(found, key=cost_of)[:KEPT]

    def _enough(self, found: Sequence[Way], floor: float) -> bool:
        """Whether some ways are cheaper than what else could be found, and enough to choose from later."""
        if not found or min([way.cost for way in found]) > floor:
            return False
        choice = len({way.start[1:] for way in found})
        return choice >= (THOROUGH if self.thorough else CHOICE)

    def _try(
        self,
        group: Sequence[Way],
        room: Room,
        wide: Sequence[int],
        sidebar: tuple[Box, int] | None,
        lines: int,
        short: int,
        *,
        airy: int = 1,
        lawless: bool = False,
    ) -> list[Way]:
        """Pages whose columns are `lines` high; none where the sidebar's box is higher."""
        if sidebar is not None and sidebar[0].height > lines:
            return []
        heights = [lines] * self.count
        box, row = sidebar if sidebar is not None else (None, group[0].row)
        if box is not None:
            deep = self.placer.deep(box)
            heights[-1] = max(0, lines - deep) if row >= self.rows else 0
        starts = {narrow(way.start, wide): way for way in group}
        filler = self.flow.fill(
            list(starts),
            heights,
            taken=frozenset(wide),
            short=short,
            airy=airy,
            lawless=lawless,
            bound=UNBOUNDED if short else min([way.cost for way in group]) + FULL_BOUND,
        )
        found = []
        pages = filler.pages()
        ended = filler.last()
        if ended is not None and row < self.rows:
            pages.append(ended)  # what is left of the sidebar stands on pages of its own
        for filled in pages:
            way = starts[filled.start]
            if not any(c.placed for c in filled.columns) and not wide and sidebar is None:
                continue
            draft = self.placer.draft(filled.columns, room, wide, box, lines, last=False)
            found.append(led(way, draft, filled.next, row, filled.next.cost - filled.start.cost))
        return found

    # --- pages after the text's end ---

    def _rows_onward(self, way: Way, room: Room) -> list[Way]:
        """A page full of what is left of the sidebar."""
        if self.sidebar is None or way.row >= self.rows:
            return []
        draft, end = self.placer.rows_only(self.sidebar, way.row, room)
        if end >= self.rows or end == way.row:
            return []
        return [led(way, draft, way.start, end, 0.0)]

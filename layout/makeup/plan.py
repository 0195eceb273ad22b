"""Pages before their folios: which lines and boxes stand in which column, all pages weighed together.

A way leads page by page from the first unit of the flow to its end. From each page a few of the cheapest
ways go on; where the flow may end, its last page is tried in several heights until its columns are level.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any

from layout.house.brand import Brand
from layout.makeup.columns import KEPT, UNBOUNDED, Filled, Filler, Start, Unit, units_of
from layout.makeup.costs import (
    BAD,
    BOXES_ALONE,
    CHOICE,
    DEEPER,
    DEEPER_COST,
    EARLIER,
    EVEN,
    FORGOTTEN,
    FULL_BOUND,
    GOOD,
    LAST_BOUND,
    LAST_TRIES,
    LOWER,
    POOR,
    REACH,
    SLACK,
    STUB,
    THIN,
    THOROUGH,
    TRIES,
)
from layout.makeup.placing import Placer
from layout.makeup.sidebar import SidebarBoxes
from layout.makeup.ways import (
    Draft,
    Room,
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
        self._fillers: dict[tuple[Any, ...], Filler] = {}
        self.rows = len(sidebar.rows) if sidebar is not None else 0
        heights = [(u.counts[0] if u.counts else u.height) + u.before for u in self.units]
        least = [min(u.counts, default=u.height) for u in self.units]
        self.tails = [0, *accumulate(reversed(heights))][::-1]
        """Grid lines from each unit to the end as they are best set."""
        self.least_tails = [0, *accumulate(reversed(least))][::-1]
        self.wide = [n for n, unit in enumerate(self.units) if unit.wide]
        anchors = [n for n, unit in enumerate(self.units) if unit.anchor]
        self.anchor = anchors[0] if anchors else -1

    def drafts(self, first: Room, other: Room, *, quick: bool = False) -> list[Draft]:
        """The cheapest plan; a poor one is looked for again among more pages, then with other settings of the text.

        A `quick` one is taken as it is. Raises `TooTall`.
        """
        way = self._plan(first, other)
        if quick:
            return list(pages_of(way))
        if faults(way) > POOR:
            self.thorough = True
            way = min(way, self._plan(first, other), key=cost_of)
        uneven = near_uneven(list(pages_of(way)))
        if uneven:
            blocks = [b.varied() if n in uneven else b for n, b in enumerate(self.blocks)]
            varied = Planner(blocks, self.brand, self.sidebar, self.closing)
            varied.thorough = True
            better = varied._plan(first, other)
            if better.cost < way.cost:
                self.blocks, way = blocks, better
        return list(pages_of(way))

    def _plan(self, first: Room, other: Room) -> Way:
        """The cheapest way through all pages."""
        self.other = other.lines
        if self.sidebar is not None and self.anchor < 0:
            whole = self.sidebar.box(0, other.lines - self.closing)
            if whole is None or whole[1] < self.rows:
                # Too long for one box: it begins where the text ends.
                self.anchor = len(self.units) - 1
        best = self._search(first, other)
        if best is None and not self.thorough:
            # The few ways of a first look may all lead nowhere.
            self.thorough = True
            best = self._search(first, other)
        if not self.desperate and (best is None or best.cost > BAD):
            # No level end is to be had: a page that is not level may do better than one more.
            self.desperate = True
            uneven = self._plan(first, other)
            self.desperate = False
            best = min(best or uneven, uneven, key=cost_of)
        assert best is not None
        return best

    def _search(self, first: Room, other: Room) -> Way | None:
        """The cheapest way that is found page by page."""
        ways = [Way(0.0, Start(0.0, 0, 0, 0, ()), 0, False, None)]
        best: Way | None = None
        number, tried = 0, 0
        while ways:
            room = other if number else first
            onward: list[Way] = []
            for group in self._groups(ways):
                for way in self._endings(group, room):
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
            return way.row, way.ending, way.start.waiting, self._ended(way.start)

        ordered = sorted(ways, key=lambda way: (kind(way), way.start))
        for _, group in groupby(ordered, kind):
            yield list(group)

    def _ended(self, start: Start) -> bool:
        return start.unit >= len(self.units) and not start.waiting

    # --- the last page ---

    def _endings(self, group: Sequence[Way], room: Room) -> Iterator[Way]:
        """The cheapest way to end on this page, if there is one."""
        row, start = group[0].row, group[0].start
        lines = room.lines - self.closing
        if self._ended(start):
            yield from self._boxes_last(group[0], room)
            return
        wide = [n for n in start.waiting if self.units[n].wide]
        wide += self.wide[bisect_left(self.wide, start.unit) :]
        depth = self.placer.depth(wide)
        best: tuple[float, Way, Filled, int, Box | None] | None = None
        last: Box | None = None
        for more in range(DEEPER + 1):
            box, deep = None, 0
            if self.sidebar is not None and row < self.rows:
                found = self.sidebar.box(row, lines - depth, more)
                if found is None or found[1] < self.rows:
                    return
                if more and found[0] is last:
                    break  # its gaps give no more
                last = found[0]
                box, deep = found[0], self.placer.deep(found[0])
            level = self._level(group, wide, lines - depth, deep)
            if level is not None:
                cost = level[1].next.cost + more * DEEPER_COST + self._looks(level[1], room, deep)
                if best is None or cost < best[0]:
                    best = (cost, *level, box)
            if box is None or (best is not None and best[0] < start.cost + GOOD / 4):
                break
        if best is None:
            return
        yield self._last(best, wide, room)

    def _boxes_last(self, way: Way, room: Room) -> Iterator[Way]:
        """A last page of what is left of the sidebar."""
        if self.sidebar is not None and way.row < self.rows:
            draft, end = self.placer.rows_only(self.sidebar, way.row, room)
            if end >= self.rows:
                yield led(way, draft, way.start, end, BOXES_ALONE)

    def _last(
        self, best: tuple[float, Way, Filled, int, Box | None], wide: Sequence[int], room: Room
    ) -> Way:
        """A way that ends with a last page: (its cost, the way before, what it is filled with, its height, a box)."""
        cost, way, filled, height, box = best
        foot = max(height, box.height) if box is not None else height
        draft = self.placer.draft(filled.columns, room, wide, box, foot, last=True)
        last = led(way, draft, filled.next, self.rows, cost - filled.start.cost)
        return last._replace(excused=last.excused + self._thin(filled, room))

    def _looks(self, filled: Filled, room: Room, deep: int) -> float:
        """What a last page costs that looks forgotten: a few lines alone, or under a box."""
        cost = self._thin(filled, room)
        if deep and filled.columns[-1].used < STUB * filled.columns[0].used:
            cost += FORGOTTEN
        return cost

    def _thin(self, filled: Filled, room: Room) -> float:
        """What a last page costs that has a few lines of text."""
        few = not room.first and sum(column.used for column in filled.columns) < THIN
        return FORGOTTEN if few else 0.0

    def _level(
        self, group: Sequence[Way], wide: Sequence[int], room: int, deep: int
    ) -> tuple[Way, Filled, int] | None:
        """The rest of the flow in level columns: the cheapest of the heights that may hold it."""
        starts = {way.start: way for way in group}
        rests = [self._rest(start, self.tails, wide) for start in starts]
        least = min([self._rest(start, self.least_tails, wide) for start in starts])
        if least + deep > room * self.count:
            return None
        lowest = -(-(min(rests) + deep) // self.count)
        highest = -(-(max(rests) + deep) // self.count)
        begun = min([start.cost for start in starts])
        heights = sorted(
            range(max(deep, min(lowest - 2, room), 0), min(room, highest + REACH) + 1),
            key=lambda height: (height < lowest, abs(height - lowest)),
        )
        best: tuple[Way, Filled, int] | None = None
        for short, airy, floor in LAST_TRIES:
            if best is not None and best[1].next.cost <= begun + floor:
                break
            for height in heights:
                bound = best[1].next.cost if best is not None else UNBOUNDED
                if short < 2:
                    bound = min(bound, begun + LAST_BOUND)
                filled = self._ended_in(starts, height, deep, wide, short, airy, bound)
                if filled is not None:
                    best = (starts[filled.start], filled, height)
                    if filled.next.cost < begun + EVEN:
                        break
        if best is None and self.desperate:
            heights = [*range(min(room, highest + REACH), room, REACH), room]
            return self._uneven(starts, heights, deep, wide)
        return best

    def _uneven(
        self, starts: dict[Start, Way], heights: Sequence[int], deep: int, wide: Sequence[int]
    ) -> tuple[Way, Filled, int] | None:
        """Where nothing is level: whatever holds the rest."""
        for height in heights:
            filled = self._ended_in(starts, height, deep, wide, height, 1, UNBOUNDED)
            if filled is not None:
                used = [column.used for column in filled.columns]
                return starts[filled.start], filled, max([*used[:-1], used[-1] + deep])
        return None

    def _ended_in(
        self,
        starts: Iterable[Start],
        height: int,
        deep: int,
        wide: Sequence[int],
        short: int,
        airy: int,
        bound: float,
    ) -> Filled | None:
        """The flow ended in columns of one height, the last one over or under `deep` lines of a box."""
        heights = [height] * (self.count - 1) + [max(0, height - deep)]
        filler = self._fill(
            [narrow(start, wide) for start in starts],
            heights,
            taken=frozenset(wide),
            short=short,
            closing=True,
            airy=airy,
            bound=bound,
        )
        filled = filler.last()
        if filled is None:
            return None
        # The start as it was, the boxes that were drawn to the page's head included.
        begun = next(s for s in starts if narrow(s, wide) == filled.start)
        return filled._replace(start=begun)

    def _fill(self, starts: Sequence[Start], heights: Sequence[int], **how: Any) -> Filler:
        """Columns filled from these starts; what was filled once for a first look is there for the second."""
        key = (tuple(starts), tuple(heights), *how.items())
        filler = self._fillers.get(key)
        if filler is None:
            filler = self._fillers[key] = Filler(self.units, heights, **how)
            filler.run(starts)
        return filler

    def _rest(self, start: Start, tails: Sequence[int], wide: Sequence[int]) -> int:
        """Grid lines that are left from a start on, boxes over all columns not counted."""
        units = self.units
        boxes = sum(units[n].height for n in start.waiting if not units[n].wide)
        over = sum(units[n].height for n in wide if n >= start.unit)
        return max(0, tails[start.unit] - start.line + boxes - over)

    # --- a page that others follow ---

    def _onward(self, group: Sequence[Way], room: Room) -> list[Way]:
        """The ways to fill this page and go on: with a box of the sidebar where it belongs here."""
        way = group[0]
        if way.ending:
            return []
        if self._ended(way.start):
            return self._rows_onward(way, room)
        if self.sidebar is None or way.row >= self.rows:
            return self._filled(group, room, [None])
        if self.anchor >= 0:
            plain = self._filled(group, room, [None])
            if not plain or self._passed(plain[0].start):
                return self._beside(group, room) or plain
            return plain
        with_box: list[Way] = []
        rest = self._rest(way.start, self.least_tails, ())
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
        left = self._rest(way.start, self.tails, ()) - room.lines * self.count
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
            ahead = self.wide[bisect_left(self.wide, start.unit) :][:1]
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
        filler = self._fill(
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

"""The last page: the rest of the flow in columns that end level, the sidebar's box with them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from layout.makeup.columns import UNBOUNDED, Filled, Start
from layout.makeup.costs import (
    BOXES_ALONE,
    DEEPER,
    DEEPER_COST,
    EVEN,
    FORGOTTEN,
    GOOD,
    LAST_BOUND,
    LAST_TRIES,
    REACH,
    STUB,
    THIN,
)  # fmt: skip
from layout.makeup.flow import Flow
from layout.makeup.placing import Placer
from layout.makeup.sidebar import SidebarBoxes
from layout.makeup.ways import Room, Way, led, narrow
from layout.setting.galley import Box


class LastPage:
    """Ends the flow of one galley; `closing` grid lines of its page are the colophon's."""

    def __init__(
        self, flow: Flow, placer: Placer, sidebar: SidebarBoxes | None, count: int, closing: int
    ) -> None:
        self.flow, self.placer, self.sidebar = flow, placer, sidebar
        self.count, self.closing = count, closing
        self.rows = len(sidebar.rows) if sidebar is not None else 0

    def endings(self, group: Sequence[Way], room: Room, desperate: bool) -> Iterator[Way]:
        """The cheapest way to end on this page, if there is one; a `desperate` one need not be level."""
        row, start = group[0].row, group[0].start
        lines = room.lines - self.closing
        if self.flow.ended(start):
            yield from self._boxes_last(group[0], room)
            return
        wide = [n for n in start.waiting if self.flow.units[n].wide]
        wide += self.flow.wide[bisect_left(self.flow.wide, start.unit) :]
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
            level = self._level(group, wide, lines - depth, deep, desperate)
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
        self, group: Sequence[Way], wide: Sequence[int], room: int, deep: int, desperate: bool
    ) -> tuple[Way, Filled, int] | None:
        """The rest of the flow in level columns: the cheapest of the heights that may hold it."""
        starts = {way.start: way for way in group}
        rests = [self.flow.rest(start, self.flow.tails, wide) for start in starts]
        least = min([self.flow.rest(start, self.flow.least_tails, wide) for start in starts])
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
        if best is None and desperate:
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
        filler = self.flow.fill(
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

"""Total-fit line breaking: numbers in, break indexes out; no text, no fonts, no pages.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and
Experience 11 (1981), 1119-1184, reprinted in Digital Typography (1999), chapter 3. A paragraph is a row
of boxes, glue and penalties; a line may end at glue that follows a box, or at a penalty under INFINITE.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

INFINITE = 10_000.0
"""A penalty of this or more forbids a break; its negative forces one."""

FILL = 1e7
"""Stretch that swallows any gap, for the end of a paragraph."""

SKIPPING = 10.0
"""Up to this tolerance it pays to skip the breaks that no line can be stretched to."""

EPSILON = 1e-6
"""Lengths closer than this are equal: a line may be that much too long, in points."""


class Demerits(NamedTuple):
    """What makes a line worse, in the units of the paper (p. 1128); the defaults are TeX's."""

    line: float = 10.0
    consecutive_hyphens: float = 10_000.0
    fitness_gap: float = 10_000.0
    last_hyphen: float = 5_000.0


USUAL = Demerits()


class Breaks(NamedTuple):
    """Where lines end: item indexes, one adjustment ratio a line, and the paragraph's total demerits."""

    positions: tuple[int, ...]
    ratios: tuple[float, ...]
    demerits: float


_Node = tuple[float, float, float, float, int, bool, int, int, float, Any]
"""A feasible break: sums of width, stretch and shrink at the next line's start, demerits so far, fitness class,
whether flagged, line number, item, its line's ratio, and the node before. A plain tuple: millions are made."""

_ROOT: _Node = (0.0, 0.0, 0.0, 0.0, 1, False, 0, 0, 0.0, None)


class Items:
    """A paragraph as boxes, glue and penalties, in parallel lists with running sums.

    `widths[i]`, `stretches[i]` and `shrinks[i]` are totals of the items before item i.
    """

    __slots__ = ("boxes", "breaks", "flags", "penalties", "shrinks", "stretches", "widths")

    def __init__(self) -> None:
        self.widths = [0.0]
        self.stretches = [0.0]
        self.shrinks = [0.0]
        self.boxes: list[bool] = []
        self.breaks: list[int] = []
        self.penalties: dict[int, tuple[float, float]] = {}
        self.flags: set[int] = set()

    @classmethod
    def of(
        cls,
        widths: Sequence[float],
        stretches: Sequence[float],
        shrinks: Sequence[float],
        boxes: list[bool],
        breaks: list[int],
        penalties: dict[int, tuple[float, float]],
        flags: set[int],
    ) -> "Items":
        """The same from lists with one entry an item: for callers who fill lists faster than methods."""
        items = cls()
        items.widths = [0.0, *accumulate(widths)]
        items.stretches = [0.0, *accumulate(stretches)]
        items.shrinks = [0.0, *accumulate(shrinks)]
        items.boxes, items.breaks = boxes, breaks
        items.penalties, items.flags = penalties, flags
        return items

    def __len__(self) -> int:
        return len(self.boxes)

    def box(self, width: float) -> None:
        """Something that is set whole."""
        self.widths.append(self.widths[-1] + width)
        self.stretches.append(self.stretches[-1])
        self.shrinks.append(self.shrinks[-1])
        self.boxes.append(True)

    def glue(self, width: float, stretch: float, shrink: float) -> None:
        """Space, which may stretch and shrink; a break is legal here after a box."""
        if self.boxes and self.boxes[-1]:
            self.breaks.append(len(self.boxes))
        self.widths.append(self.widths[-1] + width)
        self.stretches.append(self.stretches[-1] + stretch)
        self.shrinks.append(self.shrinks[-1] + shrink)
        self.boxes.append(False)

    def penalty(self, width: float, penalty: float, *, flagged: bool = False) -> None:
        """A place to break at a price; `width` is what then appears, such as a hyphen's."""
        index = len(self.boxes)
        if penalty < INFINITE:
            self.breaks.append(index)
        self.penalties[index] = (width, penalty)
        if flagged:
            self.flags.add(index)
        self.widths.append(self.widths[-1])
        self.stretches.append(self.stretches[-1])
        self.shrinks.append(self.shrinks[-1])
        self.boxes.append(False)

    def finish(self, stretch: float = FILL) -> None:
        """End the paragraph: no break before the last glue, which fills its line (p. 1126)."""
        self.penalty(0, INFINITE)
        self.glue(0, stretch, 0)
        self.penalty(0, -INFINITE, flagged=False)

    def after(self, position: int) -> int:
        """The item the next line starts with after a break: glue and penalties vanish (p. 1126)."""
        index, end = position, len(self.boxes)
        while index < end and not self.boxes[index]:
            forced = index in self.penalties and self.penalties[index][1] <= -INFINITE
            if forced and index > position:
                break
            index += 1
        return index


def break_lines(
    items: Items,
    measures: Sequence[float],
    tolerance: float,
    demerits: Demerits = USUAL,
    background: float = 0.0,
    dearest: float = INFINITE,
) -> Breaks | None:
    """The breaks with the fewest demerits among lines stretched at most `tolerance`; None where there are none.

    `measures` are the lines' widths, the last one repeated. `background` is stretch that every line has
    besides its glue: it sets ragged text (where spaces do not stretch) and the emergency pass of a
    paragraph that nothing else can save. Breaks with a penalty over `dearest` are left out; with 0 only
    glue and forced breaks end lines. No line is ever longer than its measure.
    """
    breaker = _Breaker(items, measures, tolerance, demerits, background)
    breaks = items.breaks
    if dearest < INFINITE:
        penalties = items.penalties
        breaks = [b for b in breaks if b not in penalties or penalties[b][1] <= dearest]
    active: list[_Node] = [_ROOT]
    index, count, oldest = 0, len(breaks), _ROOT
    index = breaker.reach(oldest, breaks, 0)
    while index < count:
        position = breaks[index]
        added = breaker.extend(position, active)
        if position in items.penalties and items.penalties[position][1] <= -INFINITE:
            active = added
        elif added:
            active += added
        if not active:
            return None
        index += 1
        if active[0] is not oldest:
            oldest = active[0]
            index = breaker.reach(oldest, breaks, index)
    return _trace(min(active, key=lambda node: node[3]))


class _Breaker:
    """What stays the same while one paragraph is broken."""

    __slots__ = (
        "background",
        "demerits",
        "forced",
        "items",
        "last",
        "measures",
        "reaches",
        "shortest",
        "tolerance",
        "uniform",
    )

    def __init__(
        self,
        items: Items,
        measures: Sequence[float],
        tolerance: float,
        demerits: Demerits,
        background: float,
    ) -> None:
        self.items, self.measures, self.tolerance = items, measures, tolerance
        self.demerits, self.background = demerits, background
        self.uniform = len(measures) == 1
        self.last = len(items.boxes) - 1
        self.forced = [i for i, (_, penalty) in items.penalties.items() if penalty <= -INFINITE]
        self.reaches: list[float] | None = None
        self.shortest = 0.0
        if self.uniform and tolerance <= SKIPPING:
            # As wide as the items before each one can be: what cannot fill a line need not be tried.
            hyphen = max([width for width, _ in items.penalties.values()], default=0.0)
            self.shortest = measures[0] - tolerance * background - hyphen
            self.reaches = [
                w + tolerance * s for w, s in zip(items.widths, items.stretches, strict=True)
            ]

    def reach(self, oldest: _Node, breaks: Sequence[int], index: int) -> int:
        """The first break from `index` on that the oldest node could fill a line to, or a forced one before it."""
        if self.reaches is None:
            return index
        least = self.shortest + oldest[0] + self.tolerance * oldest[1]
        item = bisect_left(self.reaches, least - EPSILON)
        forced = bisect_left(self.forced, breaks[index]) if index < len(breaks) else 0
        if forced < len(self.forced):
            item = min(item, self.forced[forced])
        return max(index, bisect_left(breaks, item))

    def extend(self, position: int, active: list[_Node]) -> list[_Node]:
        """The best ways to end a line at `position`, one a fitness class; drops nodes that are too far back."""
        items, tolerance, uniform = self.items, self.tolerance, self.uniform
        extra, penalty = items.penalties.get(position, _FREE)
        width = items.widths[position] + extra
        stretch = items.stretches[position] + self.background
        shrink = items.shrinks[position]
        measure = self.measures[0]
        best: dict[int, tuple[float, float, _Node]] = {}
        dead = 0
        for node in active:
            if not uniform:
                measure = self.measures[min(node[6], len(self.measures) - 1)]
            gap = measure - width + node[0]
            if gap < 0:
                give = shrink - node[2]
                if -gap > give + EPSILON:
                    # Too long even without the hyphen: it will be too long at every later break as well.
                    dead += -gap - extra > give + EPSILON
                    continue
                ratio = gap / give if give > 0 else 0.0
                fitness = 1 if ratio >= -0.5 else 0
            else:
                room = stretch - node[1]
                ratio = gap / room if room > 0 else (0.0 if gap <= EPSILON else INFINITE)
                if ratio > tolerance:
                    if uniform:
                        break  # later starts leave shorter lines still
                    continue
                fitness = 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
            cost = self._cost(ratio, penalty, fitness, position, node)
            key = fitness if uniform else fitness + 4 * node[6]
            if key not in best or cost < best[key][0]:
                best[key] = (cost, ratio, node)
        if dead:
            self._drop(active, dead, position)
        return self._nodes(position, best) if best else []

    def _cost(
        self, ratio: float, penalty: float, fitness: int, position: int, node: _Node
    ) -> float:
        """The demerits of a line and all before it (p. 1128)."""
        demerits = self.demerits
        cost = demerits.line + 100 * abs(ratio) ** 3
        if penalty > 0:
            cost = (cost + penalty) ** 2
        elif penalty > -INFINITE:
            cost = cost * cost - penalty * penalty
        else:
            cost = cost * cost
        if node[5]:
            if position in self.items.flags:
                cost += demerits.consecutive_hyphens
            elif position == self.last:
                cost += demerits.last_hyphen
        if abs(fitness - node[4]) > 1:
            cost += demerits.fitness_gap
        return cost + node[3]

    def _nodes(self, position: int, best: dict[int, tuple[float, float, _Node]]) -> list[_Node]:
        """The nodes of one break, by fitness class."""
        items = self.items
        after = items.after(position)
        width, stretch, shrink = items.widths[after], items.stretches[after], items.shrinks[after]
        flagged = position in items.flags
        return [
            (width, stretch, shrink, cost, key % 4, flagged, node[6] + 1, position, ratio, node)
            for key, (cost, ratio, node) in sorted(best.items())
        ]

    def _drop(self, active: list[_Node], dead: int, position: int) -> None:
        """Remove the nodes from which no line can reach `position` any more."""
        if self.uniform:
            del active[:dead]  # the farthest back stand first
            return
        width, shrink = self.items.widths[position], self.items.shrinks[position]
        measures, last = self.measures, len(self.measures) - 1
        active[:] = [
            n for n in active if width - n[0] - shrink + n[2] <= measures[min(n[6], last)] + EPSILON
        ]


_FREE = (0.0, 0.0)


def _trace(node: _Node) -> Breaks:
    """Read the chosen breaks back from the last one."""
    total = node[3]
    positions, ratios = [], []
    step: _Node | None = node
    while step is not None and step[9] is not None:
        positions.append(step[7])
        ratios.append(step[8])
        step = step[9]
    return Breaks(tuple(reversed(positions)), tuple(reversed(ratios)), total)

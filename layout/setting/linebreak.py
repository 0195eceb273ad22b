"""Total-fit line breaking: numbers in, break indexes out; no text, no fonts, no pages.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and
Experience 11 (1981), 1119-1184, reprinted in Digital Typography (1999), chapter 3. A paragraph is a row
of boxes, glue and penalties; a line may end at glue that follows a box, or at a penalty under INFINITE.

Beyond the paper: boxes may stretch and shrink as well (expansion and letterspacing, Thành 2000,
"Micro-typographic extensions to the TeX typesetting system"), what hangs over a line's ends is not
counted, and two lines are judged together where white stands under white or a word under itself. All
that is off unless `Demerits` and `Items` ask for it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any, NamedTuple

from layout.setting.items import INFINITE, Items

SKIPPING = 10.0
"""Up to this tolerance it pays to skip the breaks that no line can be stretched to."""

EPSILON = 1e-6
"""Lengths closer than this are equal: a line may be that much too long, in points."""

CELLS = 2.0
"""Cells a point in the picture of a line's spaces, one bit each."""

CORE = 0b111
"""The middle of a space in cells: two cores meet where two spaces overlap by about half a space of text."""

CROWD = 8
"""So many ways to end one line are kept where lines are judged in pairs."""


class Demerits(NamedTuple):
    """What makes a line worse, in the units of the paper (p. 1128); the defaults are TeX's.

    `exponent` is the power of the ratio (the paper's 3). `white` is for each cell of a space under a
    space, `river` for each such cell under which a third goes on; `stack` for a word under itself at either
    end of two lines. A last line narrower than `least` (points) costs `runt`.
    """

    line: float = 10.0
    consecutive_hyphens: float = 10_000.0
    fitness_gap: float = 10_000.0
    last_hyphen: float = 5_000.0
    exponent: float = 3.0
    white: float = 0.0
    river: float = 0.0
    stack: float = 0.0
    runt: float = 0.0
    least: float = 0.0
    apart: bool = False
    """Whether a penalty is squared by itself, as TeX's program has it, and not with the line's badness."""
    tightest: float = 1.0
    """How far below nought a line's ratio may fall; at 1 the items' `limits` are heeded, where there are any."""


USUAL = Demerits()


class Breaks(NamedTuple):
    """Where lines end: item indexes, one adjustment ratio a line, and the paragraph's total demerits."""

    positions: tuple[int, ...]
    ratios: tuple[float, ...]
    demerits: float


class _Node(NamedTuple):
    """One way to end a line: demerits so far, the line's fitness class and number, its break and ratio.

    `spaces` is the picture of its spaces, `under` that of those which stand under others; `first` and
    `last` are its outer words.
    """

    demerits: float
    fitness: int
    line: int
    position: int
    ratio: float
    before: Any
    spaces: int
    under: int
    first: str
    last: str


_ROOT = _Node(0.0, 1, 0, 0, 0.0, None, 0, 0, "", "")


class _Start:
    """A place where a line may begin: sums of width, stretch and shrink there, and the ways to get to it."""

    __slots__ = ("first", "flagged", "item", "line", "nodes", "shrink", "stretch", "width")

    def __init__(
        self,
        width: float,
        stretch: float,
        shrink: float,
        item: int,
        flagged: bool,
        line: int,
        nodes: list[_Node],
    ) -> None:
        self.width, self.stretch, self.shrink = width, stretch, shrink
        self.item, self.flagged, self.line, self.nodes = item, flagged, line, nodes
        self.first: str | None = None


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
    breaker = _Breaker(items, measures, tolerance, demerits, background, counted=False)
    found = breaker.run(_cheap(items, dearest))
    return _trace(min(found, key=_demerits)) if found else None


def all_lengths(
    items: Items,
    measures: Sequence[float],
    tolerance: float,
    demerits: Demerits = USUAL,
    dearest: float = INFINITE,
) -> list[Breaks]:
    """The best breaks for each number of lines that the tolerance allows, fewest demerits first."""
    breaker = _Breaker(items, measures, tolerance, demerits, 0.0, counted=True)
    best: dict[int, _Node] = {}
    for node in breaker.run(_cheap(items, dearest)):
        if node.line not in best or node.demerits < best[node.line].demerits:
            best[node.line] = node
    return [_trace(node) for node in sorted(best.values(), key=_demerits)]


def one_line(items: Items, measure: float, tolerance: float, background: float) -> Breaks | None:
    """What `break_lines` finds for ragged text that has room in one line; None where it must be asked.

    Of two lines the first alone would be worse: it is shorter, and has less to stretch by. That is not so where
    spaces give, ends hang over or a hyphen is wider than what stands after it; and a line may be forced to end.
    """
    last = len(items.boxes) - 1
    gap, room = measure - items.widths[last], items.stretches[last] + background
    if gap < 0 or background <= 0 or items.shrinks[last] or items.starts or items.ends:
        return None
    if any([width or penalty < 0 for width, penalty in items.penalties.values()][:-1]):
        return None
    ratio = gap / room
    if ratio > tolerance:
        return None
    total = (USUAL.line + 100 * ratio**USUAL.exponent) ** 2
    return Breaks((last,), (ratio,), total + (USUAL.fitness_gap if ratio > 1 else 0.0))


def _demerits(node: _Node) -> float:
    return node.demerits


def _cheap(items: Items, dearest: float) -> Sequence[int]:
    """The breaks whose penalty is at most `dearest`."""
    if dearest >= INFINITE:
        return items.breaks
    penalties = items.penalties
    return [b for b in items.breaks if b not in penalties or penalties[b][1] <= dearest]


class _Breaker:
    """What stays the same while one paragraph is broken."""

    __slots__ = (
        "background", "centres", "counted", "demerits", "ended", "forced", "give", "items", "last", "measures", "pairs",
        "reaches", "shortest", "tolerance", "uniform",
    )  # fmt: skip

    def __init__(
        self,
        items: Items,
        measures: Sequence[float],
        tolerance: float,
        demerits: Demerits,
        background: float,
        *,
        counted: bool,
    ) -> None:
        self.items, self.measures, self.tolerance = items, measures, tolerance
        self.demerits, self.background, self.counted = demerits, background, counted
        self.uniform = len(measures) == 1
        self.pairs = bool(demerits.white or demerits.river or demerits.stack)
        self.last = len(items.boxes) - 1
        self.ended = -1, ""
        """The break that was last asked for the word before it, and that word."""
        self.forced = [i for i, (_, penalty) in items.penalties.items() if penalty <= -INFINITE]
        self.reaches: list[float] | None = None
        self.shortest = 0.0
        if self.pairs:
            # Twice the middle of each space, and how it moves with the ratio of its line.
            widths, stretches, shrinks = items.widths, items.stretches, items.shrinks
            self.centres = [widths[i] + widths[i + 1] for i in items.spaces]
            self.give = (
                [stretches[i] + stretches[i + 1] for i in items.spaces],
                [shrinks[i] + shrinks[i + 1] for i in items.spaces],
            )
        if self.uniform and tolerance <= SKIPPING:
            # As wide as the items before each one can be: what cannot fill a line need not be tried.
            hyphen = max([width for width, _ in items.penalties.values()], default=0.0)
            self.shortest = measures[0] - tolerance * background - hyphen
            self.reaches = [
                w + tolerance * s for w, s in zip(items.widths, items.stretches, strict=True)
            ]

    def run(self, breaks: Sequence[int]) -> list[_Node]:
        """The ways to end the last line; none where no breaks hold the tolerance."""
        penalties = self.items.penalties
        oldest = self._start(0, False, 0, [_ROOT])
        active = [oldest]
        index, count = self._reach(oldest, breaks, 0), len(breaks)
        while index < count:
            position = breaks[index]
            nodes = self._extend(position, active)
            forced = position in penalties and penalties[position][1] <= -INFINITE
            if position == self.last:
                return nodes
            if forced:
                active = []
            if nodes:
                active += self._begin(position, nodes)
            if not active:
                return []
            index += 1
            if active[0] is not oldest:
                oldest = active[0]
                index = self._reach(oldest, breaks, index)
        return []

    def _reach(self, oldest: _Start, breaks: Sequence[int], index: int) -> int:
        """The first break from `index` on that the oldest start could fill a line to, or a forced one before it."""
        if self.reaches is None:
            return index
        least = self.shortest + oldest.width + self.tolerance * oldest.stretch
        item = bisect_left(self.reaches, least - EPSILON)
        forced = bisect_left(self.forced, breaks[index]) if index < len(breaks) else 0
        if forced < len(self.forced):
            item = min(item, self.forced[forced])
        return max(index, bisect_left(breaks, item))

    def _start(self, item: int, flagged: bool, line: int, nodes: list[_Node]) -> _Start:
        items = self.items
        width = items.widths[item] + items.starts.get(item, 0.0)
        return _Start(width, items.stretches[item], items.shrinks[item], item, flagged, line, nodes)

    def _begin(self, position: int, nodes: list[_Node]) -> list[_Start]:
        """The start after a break; where measures differ, one for each line number."""
        item, flagged = self.items.after(position), position in self.items.flags
        if self.uniform:
            return [self._start(item, flagged, 0, nodes)]
        by_line: dict[int, list[_Node]] = {}
        for node in nodes:
            by_line.setdefault(node.line, []).append(node)
        return [self._start(item, flagged, line, some) for line, some in sorted(by_line.items())]

    def _extend(self, position: int, active: list[_Start]) -> list[_Node]:
        """The best ways to end a line at `position`; drops starts that are too far back."""
        items, tolerance, uniform = self.items, self.tolerance, self.uniform
        extra, penalty = items.penalties.get(position, _FREE)
        width = items.widths[position] + extra - items.ends.get(position, 0.0)
        stretch = items.stretches[position] + self.background
        shrink = items.shrinks[position]
        measure, tightest = self.measures[0], self.demerits.tightest
        limits = items.limits if tightest == 1 else None
        limit = limits[position] if limits else 0.0
        best: dict[int, _Node] = {}
        dead: list[_Start] = []
        for start in active:
            if not uniform:
                measure = self.measures[min(start.line, len(self.measures) - 1)]
            gap = measure - width + start.width
            if gap < 0:
                give = shrink - start.shrink
                most = limit - limits[start.item] if limits else give * tightest
                if -gap > most + EPSILON:
                    # Too long even without the hyphen: it will be too long at every later break as well.
                    if -gap - extra > most + EPSILON:
                        dead.append(start)
                    continue
                ratio = gap / give if give > 0 else 0.0
                fitness = 1 if ratio >= -0.5 else 0
            else:
                room = stretch - start.stretch
                ratio = gap / room if room > 0 else (0.0 if gap <= EPSILON else INFINITE)
                if ratio > tolerance:
                    if uniform:
                        break  # later starts leave shorter lines still
                    continue
                fitness = 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
            self._join(position, start, ratio, fitness, penalty, measure - gap, best)
        if dead:
            if uniform:
                del active[: len(dead)]  # the farthest back stand first
            else:
                active[:] = [start for start in active if start not in dead]
        return self._kept(best)

    def _kept(self, best: dict[int, _Node]) -> list[_Node]:
        """So many of the ways to end a line as are followed."""
        if len(best) <= CROWD:
            return list(best.values())
        if self.counted:
            return sorted(best.values(), key=lambda n: (n.line, n.demerits))
        return sorted(best.values(), key=_demerits)[:CROWD]

    def _join(
        self,
        position: int,
        start: _Start,
        ratio: float,
        fitness: int,
        penalty: float,
        natural: float,
        best: dict[int, _Node],
    ) -> None:
        """Set a line after each way to get to its start; keep the best of each kind."""
        demerits, items = self.demerits, self.items
        cost = self._own_cost(position, start, ratio, penalty, natural)
        first = last = ""
        spaces = 0
        pairs = self.pairs
        if pairs:
            spaces = self._picture(start, position, ratio)
            if items.words is not None:
                if start.first is None:
                    start.first = items.words(start.item, True)
                if self.ended[0] != position:
                    self.ended = position, items.words(position, False)
                first, last = start.first, self.ended[1]
        opening = "" if start.flagged else first
        gap, whole = demerits.fitness_gap, self.counted or not self.uniform
        for node in start.nodes:
            total = node.demerits + cost
            if abs(fitness - node.fitness) > 1:
                total += gap
            under = 0
            if pairs and node.line:
                under = spaces & node.spaces
                total += self._pair_cost(node, spaces, under, opening, last)
            # Judged in pairs, lines from different starts are different ways; else their class is enough.
            key = start.item if pairs else fitness
            if whole:
                key = key * 10_000 + node.line
            kept = best.get(key)
            if kept is None or total < kept.demerits:
                under = (under | under << 2 | under >> 2) & spaces
                best[key] = _Node(
                    total, fitness, node.line + 1, position, ratio, node, spaces, under, first, last
                )

    def _own_cost(
        self, position: int, start: _Start, ratio: float, penalty: float, natural: float
    ) -> float:
        """The demerits of a line by itself."""
        demerits = self.demerits
        cost: float = demerits.line + 100 * abs(ratio) ** demerits.exponent
        if penalty > 0:
            cost = cost * cost + penalty * penalty if demerits.apart else (cost + penalty) ** 2
        elif penalty > -INFINITE:
            cost = cost * cost - penalty * penalty
        else:
            cost = cost * cost
        if start.flagged:
            if position in self.items.flags:
                cost += demerits.consecutive_hyphens
            elif position == self.last:
                cost += demerits.last_hyphen
        if start.item and natural < demerits.least and position == self.last:
            cost += demerits.runt
        return cost

    def _pair_cost(self, above: _Node, spaces: int, under: int, first: str, last: str) -> float:
        """What a line costs below another: for its spaces that stand `under` spaces, and for words under themselves."""
        demerits = self.demerits
        cost = 0.0
        if under:
            cost = demerits.white * under.bit_count()
            if above.under:
                cost += demerits.river * (spaces & above.under).bit_count()
        if first and first == above.first:
            cost += demerits.stack
        if last and last == above.last:
            cost += demerits.stack
        return cost

    def _picture(self, start: _Start, position: int, ratio: float) -> int:
        """A line's spaces as bits: where each stands once the line is stretched or shrunk to its measure."""
        spaces = self.items.spaces
        low, high = bisect_left(spaces, start.item), bisect_left(spaces, position)
        if ratio >= 0:
            give, origin = self.give[0], 2 * (start.width + ratio * start.stretch)
        else:
            give, origin = self.give[1], 2 * (start.width + ratio * start.shrink)
        origin -= 2 * MARGIN
        picture = 0
        for centre, share in zip(self.centres[low:high], give[low:high], strict=True):
            picture |= CORE << int((centre + ratio * share - origin) * (CELLS / 2))
        return picture


MARGIN = 40.0
"""Points to the left of a line that its picture has room for: what hangs over must not fall out of it."""

_FREE = (0.0, 0.0)


def _trace(node: _Node) -> Breaks:
    """Read the chosen breaks back from the last one."""
    total = node.demerits
    positions, ratios = [], []
    step: _Node | None = node
    while step is not None and step.before is not None:
        positions.append(step.position)
        ratios.append(step.ratio)
        step = step.before
    return Breaks(tuple(reversed(positions)), tuple(reversed(ratios)), total)

"""The flow cut into the columns of a page: every good setting of every paragraph weighed at once.

After M. F. Plass, "Optimal Pagination Techniques for Automatic Typesetting Systems" (Stanford, 1981),
and the optimum-fit breaking of lines: states are ways to have filled the page so far, in grid lines;
each unit of the flow leads from states to states; the cheapest way to each is kept. A column never
begins with a paragraph's last line nor ends with its first, a question keeps at least the beginning of
its answer, and a column that is not full costs more than any good setting does.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec import Struct

from layout.setting.galley import Block

TOGETHER = 2
"""Lines of a paragraph that stay together at a column's foot and head: no orphan, no widow."""

SHORT = (0.0, 120_000.0, 350_000.0)
"""What a column costs that ends one or two lines short, in demerits of lines; only in need it ends shorter."""

SHORTER = 400_000.0
"""For each further line that it is short."""

UNEVEN = 1_500.0
"""What the one line costs by which columns of a last page may differ: more in the first than in the last."""

HYPHEN_AT_FOOT, HYPHEN_AT_TURN = 24_000.0, 30_000.0
"""A word that goes on in the next column, and over the page."""

AIR = (20_000.0, 30_000.0)
"""One more grid line of air: over a heading or a box, over a question."""

LARGE_AT_FOOT = 150_000.0
"""A pull quote or a like box as the last of a column: it belongs inside the text."""

PUT_OFF = 5_000.0
"""A box that could stand where it falls and goes to the next column's head."""

ILLEGAL = 3_000_000.0
"""A break that nothing allows, where there is no other: text taller than a column."""

UNBOUNDED = float("inf")

KEPT = 6
"""Ways to fill a page that are followed on to the next."""


class Unit(Struct, frozen=True, gc=False):
    """One block of the flow as make-up sees it: heights and air in grid lines, costs in demerits.

    Text has a number of lines, a cost and the lines with hyphens for each of its settings; its first
    `together` lines stay in one column. A box has a `height`. `stretches` says what more air above may
    cost, None that there is none to be had.
    """

    counts: tuple[int, ...] = ()
    costs: tuple[float, ...] = ()
    hyphens: tuple[frozenset[int], ...] = ()
    height: int = 0
    before: int = 0
    after: int = 0
    together: int = TOGETHER
    keep: bool = False
    floats: bool = False
    wide: bool = False
    large: bool = False
    anchor: bool = False
    stretches: float | None = None


class Piece(NamedTuple):
    """What stands in a column: lines `first` to `end` of a unit in one of its settings, from grid line `line` on."""

    unit: int
    setting: int
    first: int
    end: int
    line: int


class Column(Struct, frozen=True):
    """A filled column and how many lines of it are used."""

    placed: tuple[Piece, ...]
    used: int


class Start(NamedTuple):
    """Where a page begins: the cost so far, a unit with its setting and line, and boxes that wait."""

    cost: float
    unit: int
    setting: int
    line: int
    waiting: tuple[int, ...]


class Filled(NamedTuple):
    """One way to fill a page: its columns, and where the next page would begin."""

    columns: tuple[Column, ...]
    start: Start
    """The way it began."""
    next: Start


_State = tuple[float, int, int, int, tuple[int, ...], Any, Start]
"""A page filled so far: its cost, the column and the lines of it that are used, the unit placed last (-1 for none
in this column), boxes put off, what was placed, and the start. A plain tuple: thousands are made a page; what was
placed is one as well, of what was placed before, the column, and a `Piece`."""


def units_of(blocks: Sequence[Block]) -> list[Unit]:
    """The flow of a galley as units."""
    return [_unit(block) for block in blocks]


def _unit(block: Block) -> Unit:
    if block.box is not None:
        return Unit(
            height=block.box.height,
            before=block.before,
            after=block.after,
            keep=block.keep,
            floats=block.floats,
            wide=block.wide,
            large=block.large,
            anchor=block.anchor,
            stretches=AIR[0],
        )
    return Unit(
        counts=tuple([s.count for s in block.settings]),
        costs=tuple([s.cost for s in block.settings]),
        hyphens=tuple([s.hyphens for s in block.settings]),
        before=block.before,
        after=block.after,
        together=max(TOGETHER, block.together),
        keep=block.keep,
        anchor=block.anchor,
        stretches=AIR[1] if block.before else None,
    )


class Reach(NamedTuple):
    """The lines that units take from each to the last: at least, and at most but for air that grows; see `reach_of`.

    A column's head takes up to `lead` lines less, and `trail` may stand over the first of them.
    """

    least: tuple[int, ...]
    most: tuple[int, ...]
    lead: int
    trail: int


def reach_of(units: Sequence[Unit]) -> Reach:
    """The lines that units take; boxes that float may stand elsewhere and take none at least."""
    least = [0 if u.floats else min(u.counts, default=u.height) + u.before for u in units]
    most = [max(u.counts, default=u.height) + u.before + u.after for u in units]
    lead = max([u.before for u in units], default=0)
    trail = max([u.after for u in units], default=0)
    return Reach(_tails(least), _tails(most), lead, trail)


def _tails(lines: Sequence[int]) -> tuple[int, ...]:
    return tuple([0, *accumulate(reversed(lines))][::-1])


class Filler:
    """Fills the columns of one page: `heights` in grid lines, from any of several starts.

    Columns may end up to `short` lines short; where the page is `closing` the flow is to end on it, its columns may
    differ by a line, and no other end is looked for; air over headings and questions may grow by `airy` lines;
    `lawless` allows any break, where there is no other way. What costs `bound` or more is not followed.
    """

    def __init__(
        self,
        units: Sequence[Unit],
        heights: Sequence[int],
        *,
        taken: frozenset[int] = frozenset(),
        short: int = 2,
        closing: bool = False,
        airy: int = 1,
        lawless: bool = False,
        bound: float = UNBOUNDED,
        reach: Reach | None = None,
    ) -> None:
        self.units, self.heights, self.taken = units, heights, taken
        self.short, self.closing, self.airy, self.lawless = short, closing, airy, lawless
        self.bound = bound
        self.exact = False
        self.reach = reach or reach_of(units)
        self.below = [sum(heights[column + 1 :]) for column in range(len(heights))]
        self.ends: dict[tuple[int, int, int, tuple[int, ...]], _State] = {}
        self.done: _State | None = None
        self.pending: dict[int, dict[tuple[int, int, int, tuple[int, ...]], _State]] = {}

    def run(self, starts: Iterable[Start]) -> None:
        """Follow all starts to the ends of the page and of the flow."""
        starts = list(starts)
        number, count = min(start.unit for start in starts), len(self.units)
        self.exact = self.bound - min(start.cost for start in starts) <= SHORT[1]
        for start in starts:
            state: _State = (start.cost, -1, 0, -1, start.waiting, None, start)
            opened = self._next_column(state, start.unit, start.setting, start.line)
            if opened is None:
                continue
            if start.line:
                self._text(opened, start.unit, start.setting, start.line)
            else:
                self._enter(opened, start.unit)
        while number < count and self.pending:
            states = self.pending.pop(number, {}).values()
            for state in self._hopeful(states, number) if self.closing else states:
                self._place(state, number)
            number += 1
        for state in self.pending.pop(count, {}).values():
            self._finish(state)

    def _hopeful(self, states: Iterable[_State], number: int) -> list[_State]:
        """The states before a unit of a closing page from which the flow may end on it, by lines that are left.

        All must have room, and where the bound allows no column two lines short, the columns must have text enough but
        for a line each. A state without hope leads to none that has some: the others stay in their order, and with
        them what is taken of two that cost the same.
        """
        reach = self.reach
        most = reach.most[number] + reach.trail + self.airy * (len(self.units) - number)
        found = []
        for state in states:
            column, waiting = state[1], state[4]
            heads = len(self.heights) - column
            room = self.heights[column] - state[2] + self.below[column]
            if reach.least[number] - heads * reach.lead > room:
                continue
            over = room - heads - most
            if over > 0 and self.exact and over > self._depth(waiting):
                continue
            found.append(state)
        return found

    def _depth(self, waiting: Iterable[int]) -> int:
        """The most lines that boxes may take, with their air."""
        units = self.units
        return sum([units[n].height + units[n].before + units[n].after for n in waiting])

    def _enter(self, state: _State, number: int) -> None:
        """A state that comes to a unit, if it is the cheapest of its kind."""
        cost = state[0]
        if cost >= self.bound:
            return
        states = self.pending.get(number)
        if states is None:
            states = self.pending[number] = {}
        key = state[1:5]
        kept = states.get(key)
        if kept is None or cost < kept[0]:
            states[key] = state

    def _air(self, state: _State, unit: Unit) -> int:
        """Grid lines of air over the next unit: none at a column's head."""
        if not state[2]:
            return 0
        below = self.units[state[3]].after if state[3] >= 0 else 0
        return max(unit.before, below)

    def _place(self, state: _State, number: int) -> None:
        """All ways to place a unit after a state."""
        unit = self.units[number]
        if number in self.taken:
            self._enter(state, number + 1)
            return
        cost, column, used, last, waiting, trail, start = state
        if unit.floats and (unit.wide or waiting):
            put_off = (cost, column, used, last, (*waiting, number), trail, start)
            self._enter(put_off, number + 1)
            return
        self._place_here(state, number, unit)
        if unit.floats:
            fits = used + self._air(state, unit) + unit.height <= self.heights[column]
            cost += PUT_OFF if fits else 0.0
            put_off = (cost, column, used, last, (*waiting, number), trail, start)
            self._enter(put_off, number + 1)
        elif (
            (used or not self.heights[column])
            and self.heights[column] - used <= self.short
            and (self.lawless or last < 0 or not self.units[last].keep)
        ):
            opened = self._next_column(state, number, 0, 0)
            while opened is not None and not self.heights[opened[1]]:
                opened = self._next_column(opened, number, 0, 0)
            if opened is not None:
                self._place_here(opened, number, unit)

    def _place_here(self, state: _State, number: int, unit: Unit) -> None:
        """A unit in the present column, with its own air or a line more."""
        if unit.counts:
            self._texts(state, number, unit)
            return
        cost, column, used, _, waiting, trail, start = state
        air = self._air(state, unit)
        room = self.heights[column]
        for more in range(self._more(air, unit) + 1):
            at = used + air + more
            if more:
                cost += more * (unit.stretches or 0.0)
            if at + unit.height <= room:
                placed = (trail, column, number, 0, 0, 1, at)
                below = (cost, column, at + unit.height, number, waiting, placed, start)
                self._enter(below, number + 1)

    def _more(self, air: int, unit: Unit) -> int:
        """So many lines may the air over a unit grow."""
        return self.airy if air and unit.stretches is not None else 0

    def _texts(self, state: _State, number: int, unit: Unit) -> None:
        """The same of a text, in each of its settings. Nearly all time goes here: only what is kept is made."""
        cost, column, used, last, waiting, trail, start = state
        air, room = self._air(state, unit), self.heights[column]
        bound, short = self.bound, self.short
        states = self.pending.get(number + 1)
        if states is None:
            states = self.pending[number + 1] = {}
        for more in range(self._more(air, unit) + 1):
            at = used + air + more
            if at >= room:
                break
            if more:
                cost += more * (unit.stretches or 0.0)
            for setting, count in enumerate(unit.counts):
                price, end = cost + unit.costs[setting], at + count
                if end <= room:
                    key = (column, end, number, waiting)
                    kept = states.get(key)
                    if price < bound and (kept is None or price < kept[0]):
                        placed = (trail, column, number, setting, 0, count, at)
                        states[key] = (price, column, end, number, waiting, placed, start)
                if room - end < short:
                    lower = (price, column, at, last, waiting, trail, start)
                    self._part(lower, number, setting, 0)

    def _text(self, state: _State, number: int, setting: int, first: int) -> None:
        """Lines of a text from `first` on, at a column's head: all that are left, and parted again."""
        cost, column, used, last, waiting, trail, start = state
        count = self.units[number].counts[setting]
        if used and last >= 0:
            used += self.units[last].after  # it goes on under boxes that waited for this column
        room, rest = self.heights[column] - used, count - first
        if room < min(rest, TOGETHER):  # boxes have the column to themselves
            self._pass_over(state, number, setting, first)
            return
        if rest <= room:
            placed = (trail, column, number, setting, first, count, used)
            self._enter((cost, column, used + rest, number, waiting, placed, start), number + 1)
        if room - rest < self.short:
            self._part((cost, column, used, last, waiting, trail, start), number, setting, first)

    def _part(self, state: _State, number: int, setting: int, first: int) -> None:
        """Lines of a text from `first` on, parted at every place where the column may end."""
        cost, column, used, _, waiting, trail, start = state
        unit = self.units[number]
        room, rest = self.heights[column] - used, unit.counts[setting] - first
        head = TOGETHER if first else unit.together
        least = 1 if self.lawless else TOGETHER
        for lines in range(min(room, rest - least), max(least, room - self.short) - 1, -1):
            end, extra = first + lines, 0.0
            if end - 1 in unit.hyphens[setting]:
                turns = column + 1 == len(self.heights)
                extra = HYPHEN_AT_TURN if turns else HYPHEN_AT_FOOT
            if lines < head or rest - lines < TOGETHER:
                if not self.lawless:
                    continue
                extra += ILLEGAL
            placed = (trail, column, number, setting, first, end, used)
            parted = (cost + extra, column, used + lines, -1, waiting, placed, start)
            opened = self._next_column(parted, number, setting, end)
            if opened is not None:
                self._text(opened, number, setting, end)

    def _pass_over(self, state: _State, number: int, setting: int, first: int) -> None:
        """A text goes on in the column after one that has no room for it."""
        opened = self._next_column(state, number, setting, first)
        if opened is not None:
            self._text(opened, number, setting, first)

    def _next_column(self, state: _State, unit: int, setting: int, line: int) -> _State | None:
        """The state at the head of the next column, boxes that waited placed; a page's end is noted and is None."""
        cost, column, used, last, waiting, trail, start = state
        if column >= 0:
            lacking = self.heights[column] - used
            if lacking > self.short:
                return None
            if lacking:
                cost += _unevenness(lacking) * 4 if self.closing else _shortness(lacking)
            if last >= 0:
                cost += ILLEGAL * self.units[last].keep + LARGE_AT_FOOT * self.units[last].large
        if cost >= self.bound:
            return None
        column += 1
        if column == len(self.heights):
            key = (unit, setting, line, waiting)
            kept = self.ends.get(key)
            if kept is None or cost < kept[0]:
                self.ends[key] = (cost, column, used, last, waiting, trail, start)
            return None
        opened = (cost, column, 0, -1, waiting, trail, start)
        return self._floats(opened) if waiting else opened

    def _floats(self, state: _State) -> _State:
        """Boxes that wait, at a column's head: in their order, as many as there is room for."""
        cost, column, used, last, waiting, trail, start = state
        left = list(waiting)
        while left and not self.units[left[0]].wide:
            unit = self.units[left[0]]
            below = self.units[last].after if last >= 0 else 0
            air = max(unit.before, below) if used else 0
            if used + air + unit.height > self.heights[column]:
                break
            trail = (trail, column, left[0], 0, 0, 1, used + air)
            used += air + unit.height
            last = left.pop(0)
        return cost, column, used, last, tuple(left), trail, start

    def _finish(self, state: _State) -> None:
        """The flow ends: columns that are left hold boxes that still wait, or nothing."""
        cost, column, used, last, waiting, trail, start = state
        lacking = 0.0
        if waiting and last >= 0 and self.units[last].keep and not self.units[waiting[0]].wide:
            lacking += ILLEGAL
        while waiting and column + 1 < len(self.heights):
            lacking += _unevenness(self.heights[column] - used)
            column += 1
            _, _, used, last, waiting, trail, _ = self._floats(
                (cost, column, 0, -1, waiting, trail, start)
            )
        if waiting:
            key = (len(self.units), 0, 0, waiting)
            old = self.ends.get(key)
            if old is None or cost < old[0]:
                self.ends[key] = (cost, column, used, last, waiting, trail, start)
            return
        cost += lacking + _unevenness(self.heights[column] - used)
        for height in self.heights[column + 1 :]:
            cost += _unevenness(height)
        if cost < self.bound and (self.done is None or cost < self.done[0]):
            self.done = (cost, column, used, last, waiting, trail, start)

    def pages(self) -> list[Filled]:
        """The ways to fill the whole page, cheapest first, with where each goes on."""
        ends = [(Start(state[0], *key), state) for key, state in self.ends.items()]
        cheapest = sorted(ends, key=itemgetter(0))[:KEPT]
        return [Filled(self._columns(it), it[6], following) for following, it in cheapest]

    def last(self) -> Filled | None:
        """The cheapest way to end the flow on this page; None where there is none."""
        state = self.done
        if state is None:
            return None
        end = Start(state[0], len(self.units), 0, 0, ())
        return Filled(self._columns(state), state[6], end)

    def _columns(self, state: _State) -> tuple[Column, ...]:
        """What was placed, by column."""
        placed: list[list[Piece]] = [[] for _ in self.heights]
        trail = state[5]
        while trail is not None:
            trail, column, *piece = trail
            placed[column].append(Piece(*piece))
        return tuple([Column(tuple(reversed(p)), self._used(p)) for p in placed])

    def _used(self, pieces: Sequence[Piece]) -> int:
        if not pieces:
            return 0
        last = pieces[0]
        unit = self.units[last.unit]
        return last.line + (last.end - last.first if unit.counts else unit.height)


def _shortness(lines: int) -> float:
    """What a column costs that is so many lines short."""
    return SHORT[lines] if lines < len(SHORT) else SHORT[-1] + SHORTER * (lines - len(SHORT) + 1)


def _unevenness(lines: int) -> float:
    """The same of a column of the last page, where one line does no harm."""
    return _shortness(lines - 1) + lines * UNEVEN if lines > 0 else 0.0

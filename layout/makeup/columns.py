"""The flow cut into the columns of a page: every good setting of every paragraph weighed at once.

After M. F. Plass, "Optimal Pagination Techniques for Automatic Typesetting Systems" (Stanford, 1981),
and the optimum-fit breaking of lines: states are ways to have filled the page so far, in grid lines;
each unit of the flow leads from states to states; the cheapest way to each is kept. A column never
begins with a paragraph's last line nor ends with its first, a question keeps at least the beginning of
its answer, and a column that is not full costs more than any good setting does.
"""

from collections.abc import Iterable, Iterator, Sequence
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

HYPHEN_AT_FOOT, HYPHEN_AT_TURN = 8_000.0, 30_000.0
"""A word that goes on in the next column, and over the page."""

AIR = (20_000.0, 30_000.0)
"""One more grid line of air: over a heading or a box, over a question."""

LARGE_AT_FOOT = 150_000.0
"""A pull quote or a like box as the last of a column: it belongs inside the text."""

PUT_OFF = 5_000.0
"""A box that could stand where it falls and goes to the next column's head."""

ILLEGAL = 3_000_000.0
"""A break that nothing allows, where there is no other: text taller than a column."""

KEPT = 10
"""Ways to fill a page that are followed on to the next."""


class Unit(Struct, frozen=True, gc=False):
    """One block of the flow as make-up sees it: heights and air in grid lines, costs in demerits.

    Text has a number of lines, a cost and the lines with hyphens for each of its settings; a box has a
    `height`. `stretches` says what more air above may cost, None that there is none to be had.
    """

    counts: tuple[int, ...] = ()
    costs: tuple[float, ...] = ()
    hyphens: tuple[frozenset[int], ...] = ()
    height: int = 0
    before: int = 0
    after: int = 0
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


class _State(NamedTuple):
    """A page filled so far: column and lines used, the unit placed last, boxes put off, and what was placed."""

    cost: float
    column: int
    used: int
    last: int
    waiting: tuple[int, ...]
    trail: Any
    start: Start


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
        keep=block.keep,
        anchor=block.anchor,
        stretches=AIR[1] if block.before else None,
    )


class Filler:
    """Fills the columns of one page: `heights` in grid lines, from any of several starts."""

    def __init__(
        self,
        units: Sequence[Unit],
        heights: Sequence[int],
        *,
        taken: frozenset[int] = frozenset(),
        short: int = 2,
        closing: bool = False,
        lawless: bool = False,
    ) -> None:
        self.units, self.heights, self.taken = units, heights, taken
        self.short = short
        """How many lines a column may end short: more in a second try."""
        self.closing = closing
        """Whether the flow is to end here: columns of a last page may differ by a line."""
        self.lawless = lawless
        self.ends: dict[tuple[int, int, int, tuple[int, ...]], _State] = {}
        self.done: dict[tuple[int, int], _State] = {}
        self.pending: list[dict[tuple[int, int, int, tuple[int, ...]], _State]] = []
        self.base = 0

    def run(self, starts: Iterable[Start]) -> None:
        """Follow all starts to the ends of the page and of the flow."""
        starts = list(starts)
        self.base = min(start.unit for start in starts)
        count = len(self.units)
        self.pending = [{} for _ in range(count - self.base + 1)]
        for start in starts:
            state = _State(start.cost, -1, 0, -1, start.waiting, None, start)
            for opened in self._next_column(state, start.unit, start.setting, start.line):
                if start.line:
                    self._text(opened, start.unit, start.setting, start.line, 0.0)
                else:
                    self._enter(opened, start.unit)
        for number in range(self.base, count):
            states, self.pending[number - self.base] = self.pending[number - self.base], {}
            for state in states.values():
                self._place(state, number)
        for state in self.pending[count - self.base].values():
            self._finish(state)

    def _enter(self, state: _State, number: int) -> None:
        """A state that comes to a unit, if it is the cheapest of its kind."""
        states = self.pending[number - self.base]
        key = (state.column, state.used, state.last, state.waiting)
        kept = states.get(key)
        if kept is None or state.cost < kept.cost:
            states[key] = state

    def _air(self, state: _State, unit: Unit) -> int:
        """Grid lines of air over the next unit: none at a column's head."""
        if not state.used:
            return 0
        below = self.units[state.last].after if state.last >= 0 else 0
        return max(unit.before, below)

    def _held(self, state: _State) -> bool:
        return state.last >= 0 and self.units[state.last].keep

    def _place(self, state: _State, number: int) -> None:
        """All ways to place a unit after a state."""
        unit = self.units[number]
        if number in self.taken:
            self._enter(state, number + 1)
            return
        if unit.floats and (unit.wide or state.waiting):
            self._enter(state._replace(waiting=(*state.waiting, number)), number + 1)
            return
        self._place_here(state, number, unit)
        if unit.floats:
            cost = state.cost + (PUT_OFF if self._fits(state, unit) else 0.0)
            self._enter(state._replace(cost=cost, waiting=(*state.waiting, number)), number + 1)
        elif state.used and (not self._held(state) or self.lawless):
            for opened in self._next_column(state, number, 0, 0):
                self._place_here(opened, number, unit)

    def _fits(self, state: _State, unit: Unit) -> bool:
        return state.used + self._air(state, unit) + unit.height <= self.heights[state.column]

    def _place_here(self, state: _State, number: int, unit: Unit) -> None:
        """A unit in the present column, with its own air or a line more."""
        air = self._air(state, unit)
        room = self.heights[state.column]
        extras = (
            ((0, 0.0),) if not air or unit.stretches is None else ((0, 0.0), (1, unit.stretches))
        )
        for more, cost in extras:
            used = state.used + air + more
            if unit.counts:
                lower = state._replace(used=used, cost=state.cost + cost)
                for setting in range(len(unit.counts)):
                    self._text(lower, number, setting, 0, unit.costs[setting])
            elif used + unit.height <= room:
                piece = Piece(number, 0, 0, 1, used)
                self._enter(
                    state._replace(
                        cost=state.cost + cost,
                        used=used + unit.height,
                        last=number,
                        trail=(state.trail, state.column, piece),
                    ),
                    number + 1,
                )

    def _text(self, state: _State, number: int, setting: int, first: int, cost: float) -> None:
        """Lines of a text from `first` on: whole, and parted at every place where the column may end."""
        unit = self.units[number]
        count = unit.counts[setting]
        if first and state.used:
            # It goes on under boxes that waited for this column.
            state = state._replace(used=state.used + self.units[state.last].after)
        room = self.heights[state.column] - state.used
        cost += state.cost
        rest = count - first
        if rest <= room:
            piece = Piece(number, setting, first, count, state.used)
            self._enter(
                state._replace(
                    cost=cost,
                    used=state.used + rest,
                    last=number,
                    trail=(state.trail, state.column, piece),
                ),
                number + 1,
            )
        least = 1 if self.lawless else TOGETHER
        for lines in range(min(room, rest - least), max(least, room - self.short) - 1, -1):
            end = first + lines
            piece = Piece(number, setting, first, end, state.used)
            extra = 0.0
            if end - 1 in unit.hyphens[setting]:
                last = state.column + 1 == len(self.heights)
                extra = HYPHEN_AT_TURN if last else HYPHEN_AT_FOOT
            if lines < TOGETHER or rest - lines < TOGETHER:
                extra += ILLEGAL
            parted = state._replace(
                cost=cost + extra,
                used=state.used + lines,
                last=-1,
                trail=(state.trail, state.column, piece),
            )
            for opened in self._next_column(parted, number, setting, end):
                self._text(opened, number, setting, end, 0.0)

    def _next_column(self, state: _State, unit: int, setting: int, line: int) -> Iterator[_State]:
        """The state at the head of the next column, boxes that waited placed; a page's end is noted and yields none."""
        cost = state.cost
        if state.column >= 0:
            lacking = self.heights[state.column] - state.used
            if lacking > self.short:
                return
            cost += _unevenness(lacking) * 4 if self.closing else _shortness(lacking)
            if self._held(state):
                cost += ILLEGAL
            if state.last >= 0 and self.units[state.last].large:
                cost += LARGE_AT_FOOT
        column = state.column + 1
        if column == len(self.heights):
            key = (unit, setting, line, state.waiting)
            kept = self.ends.get(key)
            if kept is None or cost < kept.cost:
                self.ends[key] = state._replace(cost=cost)
            return
        yield self._floats(state._replace(cost=cost, column=column, used=0, last=-1))

    def _floats(self, state: _State) -> _State:
        """Boxes that wait, at a column's head: in their order, as many as there is room for."""
        waiting = list(state.waiting)
        if not waiting or self.units[waiting[0]].wide:
            return state
        room = self.heights[state.column]
        trail, used, last = state.trail, state.used, state.last
        while waiting and not self.units[waiting[0]].wide:
            unit = self.units[waiting[0]]
            below = self.units[last].after if last >= 0 else 0
            air = max(unit.before, below) if used else 0
            if used + air + unit.height > room:
                break
            trail = (trail, state.column, Piece(waiting[0], 0, 0, 1, used + air))
            used += air + unit.height
            last = waiting.pop(0)
        return state._replace(used=used, last=last, waiting=tuple(waiting), trail=trail)

    def _finish(self, state: _State) -> None:
        """The flow ends: columns that are left hold boxes that still wait, or nothing."""
        lacking = 0.0
        if state.waiting and self._held(state) and not self.units[state.waiting[0]].wide:
            lacking += ILLEGAL
        while state.waiting and state.column + 1 < len(self.heights):
            lacking += _unevenness(self.heights[state.column] - state.used)
            state = self._floats(state._replace(column=state.column + 1, used=0, last=-1))
        if state.waiting:
            key = (len(self.units), 0, 0, state.waiting)
            old = self.ends.get(key)
            if old is None or state.cost < old.cost:
                self.ends[key] = state
            return
        cost = state.cost + lacking
        for column in range(state.column, len(self.heights)):
            used = state.used if column == state.column else 0
            cost += _unevenness(self.heights[column] - used)
        kept = self.done.get((0, 0))
        if kept is None or cost < kept.cost:
            self.done[0, 0] = state._replace(cost=cost)

    def pages(self) -> list[Filled]:
        """The ways to fill the whole page, cheapest first, with where each goes on."""
        found = [
            Filled(self._columns(state), state.start, Start(state.cost, *key))
            for key, state in self.ends.items()
        ]
        return sorted(found, key=lambda f: f.next)[:KEPT]

    def last(self) -> Filled | None:
        """The cheapest way to end the flow on this page; None where there is none."""
        state = self.done.get((0, 0))
        if state is None:
            return None
        end = Start(state.cost, len(self.units), 0, 0, ())
        return Filled(self._columns(state), state.start, end)

    def _columns(self, state: _State) -> tuple[Column, ...]:
        """What was placed, by column."""
        placed: list[list[Piece]] = [[] for _ in self.heights]
        trail = state.trail
        while trail is not None:
            trail, column, piece = trail
            placed[column].append(piece)
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

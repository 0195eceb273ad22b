"""Things of two pages that belong together: the same thing in the same place, but for rounding."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Generic, TypeVar

from layout.bindery.diff.reflow import PLACE
from layout.bindery.preflight.press.geometry import Box, is_there, meet

T = TypeVar("T")

DIMENSION: Final = 0.05
"""Points by which the sides of things may differ: rules have a tenth of a point."""
CELL: Final = 2.0
"""Points of the grid in which things are looked for."""
MOST_NEAR: Final = 64
"""Things in one place that are compared with each other."""


class Grid(Generic[T]):
    """Things by a key and the corners of their boxes; each is taken once."""

    def __init__(self, things: Iterable[tuple[int, Hashable, Box]]) -> None:
        self.cells: dict[tuple[Hashable, int, int], list[int]] = defaultdict(list)
        for number, key, box in things:
            self.cells[key, *_cell(box)].append(number)

    def take(self, key: Hashable, box: Box, fits: Callable[[int], bool]) -> int | None:
        """The first thing with that key near a place that fits, or None."""
        across, up = _cell(box)
        for x in (across, across - 1, across + 1):
            for y in (up, up - 1, up + 1):
                numbers = self.cells.get((key, x, y), [])
                for number in numbers[:MOST_NEAR]:
                    if fits(number):
                        numbers.remove(number)
                        return number
        return None


def _cell(box: Box) -> tuple[int, int]:
    return int(box[0] // CELL), int(box[1] // CELL)


def same_place(one: Box, two: Box) -> bool:
    """Whether two boxes are in one place and of one size."""
    return abs(one[0] - two[0]) <= PLACE and abs(one[1] - two[1]) <= PLACE and same_size(one, two)


def same_size(one: Box, two: Box) -> bool:
    """Whether two boxes are as wide and as high."""
    wide = (one[2] - one[0]) - (two[2] - two[0])
    high = (one[3] - one[1]) - (two[3] - two[1])
    return abs(wide) <= DIMENSION and abs(high) <= DIMENSION


def same_shape(one: bytes, two: bytes) -> bool:
    """Whether two rows of points are the same drawing, wherever it stands."""
    if one == two:
        return True
    if len(one) != len(two):
        return False
    mine, theirs = array("f", one), array("f", two)
    return all(_is_shifted(mine[side::2], theirs[side::2]) for side in (0, 1))


def _is_shifted(mine: Sequence[float], theirs: Sequence[float]) -> bool:
    shift = theirs[0] - mine[0]
    return all(
        abs(there - here - shift) <= 2 * DIMENSION for here, there in zip(mine, theirs, strict=True)
    )


def shared(one: Box, two: Box) -> float:
    """The share of both boxes together that is in both; boxes that are lines count as a point wide."""
    both = meet(one, two)
    if not is_there(both):
        return 0.0
    common = _area(both)
    return common / (_area(one) + _area(two) - common)


def _area(box: Box) -> float:
    return max(box[2] - box[0], 1.0) * max(box[3] - box[1], 1.0)


def exactly(
    mine: Sequence[T], theirs: Sequence[T], key: Callable[[T], Hashable]
) -> tuple[list[int], list[int]]:
    """The places of things that are not in both, taken one for one."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for j, thing in enumerate(theirs):
        waiting[key(thing)].append(j)
    left = []
    for i, thing in enumerate(mine):
        found = waiting.get(key(thing))
        if found:
            found.pop()
        else:
            left.append(i)
    return left, sorted(j for rest in waiting.values() for j in rest)

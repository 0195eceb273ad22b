"""Ways through the pages of an interview: what a planner follows, compares and hands on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from layout.makeup.columns import KEPT, Column, Start
from layout.setting.galley import Box


class Draft(Struct, frozen=True):
    """One page before its folio: what stands where, in grid lines from the type area's top."""

    columns: tuple[Column, ...]
    tops: tuple[int, ...]
    boxes: tuple[tuple[Box, int, int], ...]
    """(box, column or -1 for all, grid line)."""
    last: bool


class Room(NamedTuple):
    """The first grid line and the number of lines that a page has for columns, and whether it is the first page."""

    top: int
    lines: int
    first: bool


class Rooms(Struct, frozen=True):
    """The rooms of all pages: of the first, and of any other.

    `parted` are numbers of pages, from 1, that other pages follow: at the foot of each, and at the head of the
    next, a grid line is kept for the words that say so.
    """

    first: Room
    other: Room
    parted: frozenset[int] = frozenset()

    def at(self, number: int) -> Room:
        """The room of the page with index `number`, from 0."""
        room = self.other if number else self.first
        head, foot = number in self.parted, number + 1 in self.parted
        return room._replace(top=room.top + head, lines=room.lines - head - foot)


class Way(NamedTuple):
    """A way to have made up the pages so far."""

    cost: float
    start: Start
    row: int
    """The next row of the sidebar."""
    ending: bool
    """Whether the next page must be the last."""
    pages: Any
    """(the pages before, the last one of them), or None."""
    excused: float = 0.0
    """What of the cost no further look would save: the text is as long as it is."""


class TooTall(Exception):
    """Raised when a unit fits no column; its argument is the unit's number, or -1 for an account of the sidebar."""


def cost_of(way: Way) -> float:
    """What a way costs, to order ways by."""
    return way.cost


def best_of_each_kind(ways: Iterable[Way]) -> list[Way]:
    """The cheapest ways that must end next, which may prove to have no room, and the cheapest of the others."""
    ordered = sorted(ways, key=cost_of)
    free, bound = ([way for way in ordered if way.ending is kind] for kind in (False, True))
    return free[:KEPT] + bound[:KEPT]


def narrow(start: Start, wide: Sequence[int]) -> Start:
    """A start whose boxes over all columns stand on the page already."""
    if not start.waiting:
        return start
    return start._replace(waiting=tuple([n for n in start.waiting if n not in wide]))


def spread(draft: Draft) -> int:
    """By how many grid lines the columns of a page differ at their feet, their boxes counted."""
    feet = [top + column.used for column, top in zip(draft.columns, draft.tops, strict=True)]
    for box, column, line in draft.boxes:
        if column >= 0:
            feet[column] = max(feet[column], line + box.height)
    return max(feet) - min(feet)


def near_uneven(drafts: Sequence[Draft]) -> set[int]:
    """The units on pages whose columns end on different lines, and on the pages before them."""
    found: set[int] = set()
    for number, draft in enumerate(drafts):
        if spread(draft) > (1 if draft.last else 0):
            for page in drafts[max(0, number - 1) : number + 1]:
                found |= {piece.unit for column in page.columns for piece in column.placed}
    return found


def faults(way: Way) -> float:
    """What two pages of a plan cost, but for what cannot be helped: of a long one the mean."""
    return (way.cost - way.excused) / max(1.0, len(list(pages_of(way))) / 2)


def dearer(way: Way, cost: float) -> Way:
    """A way that costs more."""
    return way._replace(cost=way.cost + cost, start=way.start._replace(cost=way.start.cost + cost))


def led(way: Way, draft: Draft, start: Start, row: int, cost: float) -> Way:
    """A way with a page more."""
    total = way.cost + cost
    return Way(total, start._replace(cost=total), row, False, (way.pages, draft), way.excused)


def pages_of(way: Way) -> Iterator[Draft]:
    """The pages of a way from the first on."""
    pages = way.pages
    found: list[Draft] = []
    while pages is not None:
        pages, draft = pages
        found.append(draft)
    return reversed(found)

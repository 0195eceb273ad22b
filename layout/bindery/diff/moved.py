"""Words that stand elsewhere in the other file: taken out in one place and put in in another."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.diff.align import Part

ROW: Final = 4
"""So many words in a row are the same words elsewhere; fewer may stand there by chance."""

At = tuple[int, int]
"""A part, and the place of a word in it."""


class Left(Struct, frozen=True):
    """What is left of all parts once words that belong together are taken out: moved words, and the rest.

    `moved` are pairs of places in A and B; `mine` and `theirs` the places of those moved, to be passed over.
    """

    moved: tuple[tuple[At, At], ...]
    mine: frozenset[At]
    theirs: frozenset[At]


def find_moved(parts: Sequence[Part]) -> Left:
    """Rows of words that one file has in another place than the other."""
    keys = [[it.key for it in part.theirs] for part in parts]
    where: dict[tuple[str, ...], At | None] = {}
    free: set[At] = set()
    for number, part in enumerate(parts):
        runs = list(_runs(len(part.theirs), {j for _, j in part.pairs}))
        free |= {(number, at) for run in runs for at in run}
        for run in runs:
            for at in run[: max(0, len(run) - ROW + 1)]:
                row = tuple(keys[number][at : at + ROW])
                where[row] = None if row in where else (number, at)
    return _taken(parts, where, free)


def _taken(parts: Sequence[Part], where: dict[tuple[str, ...], At | None], free: set[At]) -> Left:
    found: list[tuple[At, At]] = []
    for number, part in enumerate(parts):
        keys = [it.key for it in part.mine]
        for run in _runs(len(part.mine), {i for i, _ in part.pairs}):
            at, end = run.start, run.stop
            while at + ROW <= end:
                place = where.get(tuple(keys[at : at + ROW]))
                length = 0
                if place is not None:
                    other, there = place
                    theirs = parts[other].theirs
                    while (
                        at + length < end
                        and (other, there + length) in free
                        and keys[at + length] == theirs[there + length].key
                    ):
                        length += 1
                if place is None or length < ROW:
                    at += 1
                    continue
                pairs = [((number, at + n), (place[0], place[1] + n)) for n in range(length)]
                free.difference_update(pair[1] for pair in pairs)
                found += pairs
                at += length
    return Left(tuple(found), frozenset(a for a, _ in found), frozenset(b for _, b in found))


def _runs(count: int, taken: set[int]) -> Iterator[range]:
    """Stretches of places that are not taken."""
    start = 0
    for at in [*sorted(taken), count]:
        if start < at:
            yield range(start, at)
        start = at + 1

"""What two sequences have in common, in order: the longest common subsequence, exact for parts of a fair size.

Where two sequences are too long for that, items in a row that stand once in each are held fast first (patience,
B. Cohen), and the parts between them are compared. A part that is too long and has no such items counts as new.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from typing import Final

EXACT: Final = 1 << 24
"""Pairs of items of a part that is compared exactly at once."""
MOST: Final = 1 << 28
"""Pairs of items of a part without anything to hold fast: 32 MiB of bits."""
CHANCE: Final = 3
"""So few items between two changes of more than twice as many are the same by chance."""
ROWS: Final = (4, 2, 1)
"""Items in a row that are held fast."""

Pair = tuple[int, int]


def in_common(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """The places of items in both sequences that belong together, rising in both."""
    found: list[Pair] = []
    stack = [(0, len(a), 0, len(b))]
    while stack:
        start, stop, begin, end = stack.pop()
        while start < stop and begin < end and a[start] == b[begin]:
            found.append((start, begin))
            start, begin = start + 1, begin + 1
        while start < stop and begin < end and a[stop - 1] == b[end - 1]:
            stop, end = stop - 1, end - 1
            found.append((stop, end))
        if start == stop or begin == end:
            continue
        size = (stop - start) * (end - begin)
        fast = _held(a, b, (start, stop, begin, end)) if size > EXACT else []
        if fast:
            stack += _between(fast, start, stop, begin, end)
            found += fast
        elif size <= MOST:
            found += [(start + i, begin + j) for i, j in longest(a[start:stop], b[begin:end])]
    return sorted(found)


def _between(
    fast: Sequence[Pair], start: int, stop: int, begin: int, end: int
) -> Iterator[tuple[int, int, int, int]]:
    for i, j in fast:
        if start < i and begin < j:
            yield start, i, begin, j
        start, begin = i + 1, j + 1
    if start < stop and begin < end:
        yield start, stop, begin, end


def _held(
    a: Sequence[Hashable], b: Sequence[Hashable], part: tuple[int, int, int, int]
) -> list[Pair]:
    """Beginnings of the same few items in a row that stand once in each part, rising in both."""
    start, stop, begin, end = part
    for row in ROWS:
        once = _once(a, start, stop, row)
        other = _once(b, begin, end, row)
        pairs = [(at, other[key]) for key, at in once.items() if key in other]
        if pairs:
            return rising(sorted(pairs))
    return []


def _once(items: Sequence[Hashable], start: int, stop: int, row: int) -> dict[Hashable, int]:
    """Where rows of items are that stand once in a part."""
    found: dict[Hashable, int] = {}
    for at in range(start, stop - row + 1):
        key = tuple(items[at : at + row])
        found[key] = -1 if key in found else at
    return {key: at for key, at in found.items() if at >= 0}


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Of pairs that rise in their first numbers, as many as possible that rise in both."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [at]
        before.append(ends[place - 1] if place else -1)
    found: list[Pair] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def longest(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """The longest common subsequence by rows of bits (H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004).

    A bit of a row that is 0 says that the subsequence grows by one there.
    """
    where: dict[Hashable, int] = {}
    for at, item in enumerate(b):
        where[item] = where.get(item, 0) | 1 << at
    full = (1 << len(b)) - 1
    row, rows = full, []
    for item in a:
        same = row & where.get(item, 0)
        row = ((row + same) | (row - same)) & full
        rows.append(row)
    found: list[Pair] = []
    i, j = len(a), len(b)
    while i and j:
        if rows[i - 1] >> (j - 1) & 1:
            j -= 1
            continue
        i -= 1
        if i and not rows[i - 1] >> (j - 1) & 1:
            continue
        j -= 1
        found.append((i, j))
    return found[::-1]


def drop_chance(pairs: Sequence[Pair], mine: int, theirs: int) -> list[Pair]:
    """Pairs without those that are a few items between two larger changes, and the same by chance."""
    runs: list[list[Pair]] = []
    for pair in pairs:
        if runs and (runs[-1][-1][0] + 1, runs[-1][-1][1] + 1) == pair:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    kept: list[Pair] = []
    for at, run in enumerate(runs):
        above = kept[-1] if kept else (-1, -1)
        below = runs[at + 1][0] if at + 1 < len(runs) else (mine, theirs)
        before = max(run[0][0] - above[0], run[0][1] - above[1]) - 1
        after = max(below[0] - run[-1][0], below[1] - run[-1][1]) - 1
        if len(run) > CHANCE or 2 * len(run) >= min(before, after):
            kept += run
    return kept

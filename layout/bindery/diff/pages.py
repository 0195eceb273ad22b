"""Which page belongs to which: by the words they share, then by their order."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from layout.bindery.diff.align import Part
from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import PagePair
from layout.bindery.diff.sequence import Pair

PICTURE = 20
"""A picture speaks for two pages as so many words do."""


def pair_pages(a: Content, b: Content, parts: Sequence[Part]) -> dict[int, int]:
    """The page of B that belongs to a page of A, for all that have one."""
    found: dict[int, int] = {}
    for part in parts:
        if part.a is not None and part.b is not None:
            votes = _votes(a, b, part)
            ranges = (part.a.start, part.a.stop, part.b.start, part.b.stop)
            found.update(_filled(heaviest(votes), ranges))
    return found


def _votes(a: Content, b: Content, part: Part) -> Counter[Pair]:
    votes: Counter[Pair] = Counter()
    for i, j in part.pairs:
        mine, theirs = a.words[part.mine[i].words[0]], b.words[part.theirs[j].words[0]]
        votes[mine.page, theirs.page] += 1
    assert part.a is not None
    assert part.b is not None
    where: dict[str, int] = {}
    for page in range(part.b.start, part.b.stop):
        for picture in b.pages[page].pictures:
            where.setdefault(picture.shows, page)
    for page in range(part.a.start, part.a.stop):
        for picture in a.pages[page].pictures:
            if picture.shows in where:
                votes[page, where[picture.shows]] += PICTURE
    return votes


def heaviest(votes: Mapping[Pair, int]) -> list[Pair]:
    """Pairs that rise in both numbers, with the most votes together."""
    order = sorted(votes)
    rank = {j: at for at, j in enumerate(sorted({j for _, j in order}), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(rank) + 1)
    before: list[int] = []
    best = (0, -1)
    waiting: list[tuple[int, tuple[int, int]]] = []
    last = -1
    for at, (i, j) in enumerate(order):
        if i != last:  # pairs of one page do not build on each other
            _raise(tree, waiting)
            waiting, last = [], i
        under = _most(tree, rank[j] - 1)
        before.append(under[1])
        score = (under[0] + votes[i, j], at)
        waiting.append((rank[j], score))
        best = max(best, score, key=lambda it: it[0])
    found: list[Pair] = []
    at = best[1]
    while at >= 0:
        found.append(order[at])
        at = before[at]
    return found[::-1]


def _raise(tree: list[tuple[int, int]], scores: Sequence[tuple[int, tuple[int, int]]]) -> None:
    """Put scores into a tree of the most up to each rank (P. Fenwick, 1994)."""
    for rank, score in scores:
        at = rank
        while at < len(tree):
            if score[0] > tree[at][0]:
                tree[at] = score
            at += at & -at


def _most(tree: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank:
        if tree[rank][0] > found[0]:
            found = tree[rank]
        rank -= rank & -rank
    return found


def _filled(pairs: Sequence[Pair], ranges: tuple[int, int, int, int]) -> Iterator[Pair]:
    """These pairs, and pages between them in their order: those that share nothing may still be one page."""
    start, stop, begin, end = ranges
    for i, j in [*pairs, (stop, end)]:
        yield from zip(range(start, i), range(begin, j), strict=False)
        if i < stop:
            yield i, j
        start, begin = i + 1, j + 1


def side_by_side(pairs: Mapping[int, int], mine: int, theirs: int) -> tuple[PagePair, ...]:
    """All pages once, in the order of A; those of B alone stand after the page before them."""
    taken = set(pairs.values())
    found: list[PagePair] = []
    done: set[int] = set()

    def alone(start: int) -> None:
        for j in range(start, theirs):
            if j in taken or j in done:
                break
            done.add(j)
            found.append(PagePair(None, j))

    alone(0)
    for i in range(mine):
        j = pairs.get(i)
        found.append(PagePair(i, j))
        if j is not None:
            alone(j + 1)
    return tuple(found)

"""Words in the order of the other file, where both show the same lines and only paint them in another order."""

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from layout.bindery.diff.content import Content, Word

BELOW = 1e6
"""Points that are more than any page has."""
COLUMN = 100.0
"""Points by which lines of one column may begin beside each other."""
CELL = 0.5
"""Points in which lines are looked for."""

Key = tuple[str, int, int, int]


def orders(a: Content, b: Content, pages: Mapping[int, int]) -> dict[int, list[int]]:
    """For pages of B that are painted in another order than their partners: their words in the order of A."""
    found: dict[int, list[int]] = {}
    for i, j in pages.items():
        mine, theirs = _lines(a, i), _lines(b, j)
        rank = {key: at for at, key in enumerate(_once(mine))}
        keys = set(_once(theirs)) & set(rank)
        ranks = [rank[key] for key, _ in theirs if key in keys]
        if any(one > two for one, two in pairwise(ranks)):
            found[j] = _ordered(b, theirs, {key: rank[key] for key in keys})
    return found


def _lines(content: Content, page: int) -> list[tuple[Key, list[int]]]:
    """The lines of a page: what they say and where, and their words."""
    numbers = range(*content.pages[page].words)
    found = []
    for _, line in groupby(numbers, key=lambda number: content.words[number].line):
        each = list(line)
        word = content.words[each[0]]
        text = " ".join(content.words[number].text for number in each)
        found.append(((text, round(word.across / CELL), round(word.along / CELL), word.turn), each))
    return found


def _once(lines: Sequence[tuple[Key, list[int]]]) -> list[Key]:
    """The lines that stand once on a page."""
    counts: dict[Key, int] = {}
    for key, _ in lines:
        counts[key] = counts.get(key, 0) + 1
    return [key for key, _ in lines if counts[key] == 1]


def _ordered(
    content: Content, lines: Sequence[tuple[Key, list[int]]], rank: Mapping[Key, int]
) -> list[int]:
    """Lines by their ranks; those without one stand after the line above them."""
    known = [(content.words[numbers[0]], rank[key]) for key, numbers in lines if key in rank]
    placed: list[tuple[int, float, list[int]]] = []
    for key, numbers in lines:
        word = content.words[numbers[0]]
        if key in rank:
            placed.append((rank[key], 0.0, numbers))
        else:
            placed.append((_above(word, known), -word.across, numbers))
    placed.sort(key=lambda it: (it[0], it[1] and it[1] + BELOW))
    return [number for _, _, numbers in placed for number in numbers]


def _above(word: Word, known: Sequence[tuple[Word, int]]) -> int:
    """The rank of the next line above a word in its column, -1 for none."""
    best = (BELOW, -1)
    for other, rank in known:
        is_column = abs(other.along - word.along) <= COLUMN and other.turn == word.turn
        away = other.across - word.across
        if is_column and 0 < away < best[0]:
            best = (away, rank)
    return best[1]

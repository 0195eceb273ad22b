"""Sequences in common: held to the plain dynamic programme, in all sizes."""

import itertools
import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.bindery.diff import sequence
from layout.bindery.diff.sequence import drop_chance, in_common, longest, rising

ITEMS = st.lists(st.integers(0, 3), max_size=14)


def length(a, b) -> int:
    """The length of the longest common subsequence, by the textbook (Wagner and Fischer, 1974)."""
    rows = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, one in enumerate(a):
        for j, two in enumerate(b):
            rows[i + 1][j + 1] = (
                rows[i][j] + 1 if one == two else max(rows[i][j + 1], rows[i + 1][j])
            )
    return rows[-1][-1]


def is_common(a, b, pairs) -> bool:
    rise = all(one[0] < two[0] and one[1] < two[1] for one, two in itertools.pairwise(pairs))
    return rise and all(a[i] == b[j] for i, j in pairs)


def test_nothing_in_common():
    assert in_common("abc", "xyz") == in_common("", "abc") == in_common("abc", "") == []


def test_one_word_among_others():
    assert in_common(["the", "old", "lamp"], ["the", "new", "lamp"]) == [(0, 0), (2, 2)]


@given(ITEMS, ITEMS)
def test_it_is_the_longest(a, b):
    pairs = in_common(a, b)
    assert is_common(a, b, pairs) and len(pairs) == length(a, b)
    assert len(longest(a, b)) == length(a, b)


@given(ITEMS, ITEMS)
def test_long_sequences_are_parted_where_items_stand_once(a, b):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sequence, "EXACT", 4)
        pairs = in_common(a, b)
    assert is_common(a, b, pairs)


def test_a_part_that_is_too_long_counts_as_new(monkeypatch):
    monkeypatch.setattr(sequence, "EXACT", 4)
    monkeypatch.setattr(sequence, "MOST", 8)
    assert in_common("xabababy", "xbbaabby") == [(0, 0), (6, 6), (7, 7)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_rising_pairs_are_as_many_as_can_be(pairs):
    pairs = sorted({i: (i, j) for i, j in pairs}.values())
    kept = rising(pairs)
    assert all(one < two for (_, one), (_, two) in itertools.pairwise(kept))
    best = 0
    for mask in range(1 << len(pairs)):
        some = [j for n, (_, j) in enumerate(pairs) if mask >> n & 1]
        if all(one < two for one, two in itertools.pairwise(some)):
            best = max(best, len(some))
    assert len(kept) == best


def test_words_that_are_the_same_by_chance_go():
    # “a” is all that two sentences of eight words share, in their middle.
    assert drop_chance([(4, 4)], 9, 9) == []
    assert drop_chance([(0, 0), (2, 2)], 3, 3) == [(0, 0), (2, 2)]


@pytest.mark.slow
def test_a_hundred_thousand_words_take_seconds():
    rng = random.Random(7)
    a = [rng.randrange(8000) for _ in range(100_000)]
    b = [it if rng.random() > 0.3 else rng.randrange(8000) for it in a]
    start = process_time()
    assert len(in_common(a, b)) > 65_000
    assert process_time() - start < 5

"""The published examples first (Digital Typography, chapter 3), then properties against brute force."""

import random
from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest

from layout.setting.items import INFINITE, Items
from layout.setting.linebreak import CELLS, Demerits, all_lengths, break_lines

FROG = (
    "In olden times when wish-ing still helped one, there lived a king whose daugh-ters were all beau-ti-ful; and the "
    "young-est was so beau-ti-ful that the sun it-self, which has seen so much, was aston-ished when-ever it shone in "
    "her face. Close by the king’s castle lay a great dark for-est, and un-der an old lime=tree in the for-est was a "
    "well, and when the day was very warm, the king’s child went out into the for-est and sat down by the side of the "
    "cool foun-tain; and when she was bored she took a golden ball, and threw it up on high and caught it; and this "
    "ball was her favor-ite play-thing."
)
"""The Frog King; `-` marks a discretionary hyphen, `=` the one real hyphen."""

SMALL = dict(zip("abcdefghijklmnopqrstuvwxyz", (9, 10, 8, 10, 8, 6, 9, 10, 5, 6, 10, 5, 15, 10, 9, 10, 10, 7, 7, 7, 10, 9, 13, 10, 10, 8)))  # fmt: skip
"""Widths in machine units of 1/18 em (p. 75)."""
WIDTHS = SMALL | {"C": 13, "I": 6, "-": 6, ",": 5, ";": 5, ".": 5, "’": 5}
SPACES = {",": (6, 4, 2), ";": (6, 4, 1), ".": (8, 6, 1)}
"""Glue after a mark (p. 77); after anything else (6, 3, 2)."""

PAPER = Demerits(line=1, consecutive_hyphens=3000, fitness_gap=3000, last_hyphen=3000)


def frog(ragged: int = 0) -> tuple[Items, list[str]]:
    """The paragraph as items, and the text of each item."""
    items, texts = Items(), []

    def add_box(text: str) -> None:
        items.box(sum(WIDTHS[c] for c in text))
        texts.append(text)

    for number, word in enumerate(FROG.split(" ")):
        if number:
            items.glue(*SPACES.get(FROG.split(" ")[number - 1][-1], (6, 3, 2)))
            texts.append(" ")
        pieces = word.replace("=", "-=").split("-")
        for k, piece in enumerate(pieces):
            if piece.startswith("="):
                items.box(WIDTHS["-"])
                texts.append("-")
                items.penalty(0, 50, flagged=True)
                texts.append("")
                piece = piece[1:]
            elif k:
                items.penalty(WIDTHS["-"], 50, flagged=True)
                texts.append("\u00ad")
            add_box(piece)
    items.finish()
    return items, [*texts, "", "", ""]


def lines_of(texts: list[str], positions: tuple[int, ...]) -> list[str]:
    lines, start = [], 0
    for end in positions:
        line = "".join(texts[start:end]).replace("\u00ad", "").strip()
        lines.append(line + ("-" if texts[end] == "\u00ad" else ""))
        start = end
    return lines


def test_the_frog_king_in_narrow_lines_gives_the_printed_breaks_and_ratios() -> None:
    items, texts = frog()
    breaks = break_lines(items, [372, 390], 1.0, PAPER)  # an indent of 18 units: p. 78
    assert breaks is not None
    assert lines_of(texts, breaks.positions) == [
        "In olden times when wishing still helped one,",
        "there lived a king whose daughters were all beau-",
        "tiful; and the youngest was so beautiful that the",
        "sun itself, which has seen so much, was aston-",
        "ished whenever it shone in her face. Close by the",
        "king’s castle lay a great dark forest, and under an",
        "old lime-tree in the forest was a well, and when",
        "the day was very warm, the king’s child went out",
        "into the forest and sat down by the side of the",
        "cool fountain; and when she was bored she took a",
        "golden ball, and threw it up on high and caught",
        "it; and this ball was her favorite plaything.",
    ]
    printed = [0.857, 0.0, 0.28, 1.0, 0.067, -0.278, 0.536, -0.167, 0.7, -0.176, 0.357]
    assert [round(r, 3) for r in breaks.ratios[:-1]] == printed


def test_the_frog_king_in_wide_lines_gives_the_printed_breaks_and_ratios() -> None:
    items, texts = frog()
    breaks = break_lines(items, [482, 500], 1.0, PAPER)  # p. 81
    assert breaks is not None
    assert (
        lines_of(texts, breaks.positions)[3]
        == "astonished whenever it shone in her face. Close by the king’s"
    )
    printed = [0.774, 0.179, 0.629, 0.545, 0.0, 0.079, 0.282, 0.294, 0.575]
    assert [round(r, 3) for r in breaks.ratios[:-1]] == printed


def test_uniform_and_varied_measures_agree_where_they_say_the_same() -> None:
    items, _ = frog()
    assert break_lines(items, [450], 2.0) == break_lines(items, [450, 450], 2.0)


def test_no_fit_within_tolerance_is_none_and_background_saves_it() -> None:
    items, _ = frog()
    assert break_lines(items, [100], 1.0, PAPER) is None
    saved = break_lines(items, [100], INFINITE, PAPER, background=20)
    assert saved is not None


def test_a_forced_break_ends_its_line() -> None:
    items = Items()
    items.box(10)
    items.finish()
    items.box(30)
    items.finish()
    breaks = break_lines(items, [50], 1.0)
    assert breaks is not None and len(breaks.positions) == 2


def soup(seed: int, words: int) -> Items:
    r = random.Random(seed)
    items = Items()
    for k in range(words):
        if k:
            items.glue(3, 1.5, 1)
        items.box(r.uniform(4, 30))
        if r.random() < 0.3:
            items.penalty(3, 50, flagged=True)
            items.box(r.uniform(4, 20))
    items.finish()
    return items


def breakings(items: Items) -> Iterator[tuple[int, ...]]:
    """Every set of legal breaks."""
    for count in range(len(items.breaks)):
        for chosen in combinations(items.breaks[:-1], count):
            yield (*chosen, items.breaks[-1])


def price(items: Items, ends: tuple[int, ...], measure: float, tolerance: float, d: Demerits) -> float | None:  # fmt: skip
    """The demerits of some breaks, line by line as the rules say; None where a line does not fit."""
    total, start, fitness, flagged = 0.0, 0, 1, False
    above: list[tuple[list[int], str, str]] = []
    for number, b in enumerate(ends):
        extra, penalty = items.penalties.get(b, (0.0, 0.0))
        natural = items.widths[b] - items.widths[start] + extra
        gap = measure - natural + items.starts.get(start, 0.0) + items.ends.get(b, 0.0)
        sums = items.stretches if gap >= 0 else items.shrinks
        give = sums[b] - sums[start]
        ratio = gap / give if give else (0.0 if abs(gap) < 1e-9 else INFINITE)
        if ratio < -d.tightest - 1e-9 or ratio > tolerance:
            return None
        kind = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
        cost = d.line + 100 * abs(ratio) ** d.exponent
        if d.apart:
            total += cost**2 + max(penalty, 0) ** 2
        else:
            total += (cost + max(penalty, 0)) ** 2
        flag, final = b in items.flags, b == ends[-1]
        total += d.consecutive_hyphens * (flagged and flag) + d.last_hyphen * (flagged and final)
        total += d.fitness_gap * (abs(kind - fitness) > 1)
        total += d.runt * (final and number > 0 and natural - extra_hang(items, start, b) < d.least)
        here = (cells(items, start, b, ratio), *outer(items, start, b))
        total += pair_price(here, above, d, flagged)
        above.append(here)
        start, fitness, flagged = items.after(b), kind, flag
    return total


def extra_hang(items: Items, start: int, b: int) -> float:
    """A line's width is what it takes of its measure: without what hangs."""
    return items.starts.get(start, 0.0) + items.ends.get(b, 0.0)


def outer(items: Items, start: int, b: int) -> tuple[str, str]:
    return (items.words(start, True), items.words(b, False)) if items.words else ("", "")


def cells(items: Items, start: int, b: int, ratio: float) -> list[int]:
    """The cells of a line's spaces, three about the middle of each, half a point a cell."""
    give = items.stretches if ratio >= 0 else items.shrinks
    found = []
    for space in items.spaces:
        if start <= space < b:
            left, right = (
                items.widths[n] - items.widths[start] - items.starts.get(start, 0.0) + ratio * (give[n] - give[start])
                for n in (space, space + 1)
            )  # fmt: skip
            middle = int((left + right) / 2 * CELLS + 1000) - 1000
            found += [middle, middle + 1, middle + 2]
    return found


def pair_price(here: tuple, above: list, d: Demerits, flagged: bool) -> float:
    """What a line costs under those above it: white under white, a word under itself."""
    if not above:
        return 0.0
    spaces, first, last = here
    whites, over_first, over_last = above[-1]
    shared = set(spaces) & set(whites)
    total = d.white * len(shared)
    if shared and len(above) > 1:
        # A river goes on where the cells that two lines share, or those next to them, are a third one's.
        upper = set(whites) & set(above[-2][0])
        flow = {c + n for c in upper for n in (-2, 0, 2)} & set(whites)
        total += d.river * len(set(spaces) & flow)
    total += d.stack * bool(first and first == over_first and not flagged)
    total += d.stack * bool(last and last == over_last)
    return total


def brute_force(items: Items, measure: float, tolerance: float, d: Demerits) -> float | None:
    """The fewest demerits over every set of legal breaks, by trying them all."""
    found = [price(items, ends, measure, tolerance, d) for ends in breakings(items)]
    return min([cost for cost in found if cost is not None], default=None)


@pytest.mark.parametrize("seed", range(40))
def test_the_breaks_are_the_best_there_are(seed: int) -> None:
    items = soup(seed, 9)
    for tolerance in (1.0, 3.0):
        expected = brute_force(items, 60, tolerance, Demerits())
        found = break_lines(items, [60], tolerance)
        assert (found is None) == (expected is None)
        if found is not None and expected is not None:
            assert found.demerits == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(20))
def test_no_line_is_longer_than_its_measure(seed: int) -> None:
    items = soup(seed, 200)
    found = break_lines(items, [64], INFINITE, background=10)
    assert found is not None
    assert min(found.ratios) >= -1 - 1e-9
    assert found.positions[-1] == len(items) - 1


# --- beyond the paper ---


def verse(seed: int, words: int = 9, *, hanging: bool = False) -> Items:
    """Few words, all alike in width: their spaces stand under each other, and words under themselves."""
    r = random.Random(seed)
    items, texts = Items(), {}
    for k in range(words):
        if k:
            items.spaces.append(len(items))
            items.glue(4.01, 3, 2)
        if hanging and r.random() < 0.4:
            items.starts[len(items)] = 1.5
        texts[len(items)] = r.choice(("one", "two", "six"))
        items.box(r.choice((9.03, 10.11, 12.07)))
        if hanging and r.random() < 0.4:
            items.ends[len(items)] = 2.0
        if r.random() < 0.2:
            items.penalty(3, 50, flagged=True)
            items.box(r.uniform(4, 12))
    items.finish()

    def outer(item: int, first: bool) -> str:
        found = sorted(n for n in texts if (n >= item if first else n < item))
        return texts[found[0 if first else -1]] if found else ""

    items.words = outer
    return items


GREY = Demerits(
    line=10, consecutive_hyphens=600, fitness_gap=200, last_hyphen=0, exponent=1.5, apart=True
)
PAIRS = {
    "white": {"white": 60_000.0},
    "river": {"white": 40.0, "river": 900_000.0},
    "stack": {"stack": 400_000.0},
    "all": {"white": 6_000.0, "river": 90_000.0, "stack": 40_000.0, "runt": 50_000.0, "least": 14.0, "tightest": 1.3},
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("hanging", [False, True])
def test_lines_judged_in_pairs_are_the_best_there_are(name, hanging):
    """Rivers go back over three lines, which the breaker does not always see: it may miss the best there, not more."""
    demerits, changed, missed = GREY._replace(**PAIRS[name]), 0, 0
    for seed in range(40):
        items = verse(seed, 11, hanging=hanging)
        found = break_lines(items, [40], 6.0, demerits)
        expected = brute_force(items, 40, 6.0, demerits)
        assert (found is None) == (expected is None)
        if found is None or expected is None:
            continue
        assert found.demerits == pytest.approx(price(items, found.positions, 40, 6.0, demerits))
        if demerits.river:
            missed += found.demerits > expected + 1e-6
        else:
            assert found.demerits == pytest.approx(expected)
        plain = break_lines(items, [40], 6.0, GREY)
        changed += plain is not None and plain.positions != found.positions
    assert changed > 0
    assert missed <= 2


def test_a_word_under_itself_moves_a_break():
    plain = break_lines(STACKED, [40], 4.0, GREY)
    moved = break_lines(STACKED, [40], 4.0, GREY._replace(stack=1e6))
    assert plain is not None and moved is not None
    assert stacks(STACKED, plain.positions) > stacks(STACKED, moved.positions) == 0


def stacks(items: Items, ends: tuple[int, ...]) -> int:
    starts = [0, *map(items.after, ends[:-1])]
    lines = [outer(items, start, end) for start, end in zip(starts, ends, strict=True)]
    return sum((a[0] == b[0]) + (a[1] == b[1]) for a, b in pairwise(lines))


def stacked() -> Items:
    for seed in range(200):
        items = verse(seed)
        plain = break_lines(items, [40], 4.0, GREY)
        other = break_lines(items, [40], 4.0, GREY._replace(stack=1e6))
        if plain and other and stacks(items, plain.positions) and not stacks(items, other.positions):  # fmt: skip
            return items
    raise AssertionError("no paragraph has a word under itself that a break could move")


STACKED = stacked()


@pytest.mark.parametrize("seed", range(20))
def test_every_number_of_lines_has_its_best_breaks(seed):
    items, measure = (verse(seed), 36) if seed % 2 else (soup(seed, 9), 60)
    for demerits in (Demerits(), GREY):
        every: dict[int, float] = {}
        for ends in breakings(items):
            cost = price(items, ends, measure, 4.0, demerits)
            if cost is not None:
                every[len(ends)] = min(cost, every.get(len(ends), cost))
        found = all_lengths(items, [measure], 4.0, demerits)
        assert {len(b.positions): pytest.approx(b.demerits) for b in found} == every
        assert [b.demerits for b in found] == sorted(b.demerits for b in found)
        best = break_lines(items, [measure], 4.0, demerits)
        assert (best is None) == (not found)
        if best is not None:
            assert best.demerits == pytest.approx(found[0].demerits)


def test_some_paragraphs_can_be_set_in_several_lengths():
    counts = [len(all_lengths(verse(seed), [36], 4.0)) for seed in range(20)]
    assert max(counts) > 1


def test_lines_shrink_no_further_than_the_tightest():
    items = Items()
    items.box(20)
    items.glue(5, 1, 2)
    items.box(20)
    items.finish()
    for tightest, measure, fits in ((1.0, 43.0, True), (1.0, 42.9, False), (1.5, 42.0, True), (1.5, 41.9, False)):  # fmt: skip
        demerits = Demerits(tightest=tightest)
        found = break_lines(items, [measure], 2.0, demerits)
        assert (found is not None and len(found.positions) == 1) == fits


def test_what_hangs_over_a_lines_ends_is_not_counted():
    items = Items()
    items.box(20)
    items.glue(5, 1, 0)
    items.box(20)
    items.finish()
    items.starts[0], items.ends[len(items) - 1] = 1.0, 2.0
    assert break_lines(items, [42], 2.0) is not None
    assert break_lines(items, [41.9], 2.0) is None


def test_a_short_last_line_costs_unless_it_is_the_only_one():
    items = Items()
    items.box(12)
    items.finish()
    (only,) = all_lengths(items, [40], 2.0, Demerits(runt=1e6, least=20))
    assert only.demerits < 1e6

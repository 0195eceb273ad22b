"""The published examples first (Digital Typography, chapter 3), then properties against brute force."""

import random
from itertools import combinations

import pytest

from layout.setting.linebreak import INFINITE, Demerits, Items, break_lines

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


def brute_force(items: Items, measure: float, tolerance: float, d: Demerits) -> float | None:
    """The fewest demerits over every set of legal breaks, by trying them all."""
    end, best = items.breaks[-1], None
    for count in range(len(items.breaks)):
        for chosen in combinations(items.breaks[:-1], count):
            total, start, fitness, flagged = 0.0, 0, 1, False
            for b in (*chosen, end):
                extra, penalty = items.penalties.get(b, (0.0, 0.0))
                gap = measure - (items.widths[b] - items.widths[start] + extra)
                give = (items.stretches if gap >= 0 else items.shrinks)[b] - (items.stretches if gap >= 0 else items.shrinks)[start]  # fmt: skip
                ratio = gap / give if give else (0.0 if abs(gap) < 1e-9 else INFINITE)
                if ratio < -1 or ratio > tolerance:
                    break
                kind = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
                cost = (d.line + 100 * abs(ratio) ** 3 + max(penalty, 0)) ** 2
                flag = b in items.flags
                cost += d.consecutive_hyphens * (flagged and flag) + d.last_hyphen * (
                    flagged and b == end
                )
                cost += d.fitness_gap * (abs(kind - fitness) > 1)
                total, start, fitness, flagged = total + cost, items.after(b), kind, flag
            else:
                best = total if best is None else min(best, total)
    return best


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

"""How one line takes up what it lacks, and what hangs over its ends."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from setting_samples import SHY, focus, hangs, length, look, right_end, runs, set_text

from layout.house.brand import Brand, Justification
from layout.house.protrusion import DEFAULT
from layout.manuscript.text import Span
from layout.setting.fit import TIGHTEST, Fit, fit_line
from layout.setting.hyphens import hyphenator
from layout.setting.looks import Looks
from layout.setting.paragraph import Setter

GIVE = Justification(
    tight=0.9, tightest=0.8, loose=1.1, loosest=1.4, expansion=0.02, most_expansion=0.04, tracking=0.01, most_tracking=0.02, protrusion=1
)  # fmt: skip
SPACES, LETTERS, PAIRS = 20.0, 200.0, 400.0
FLEX = 0.02 * LETTERS + 0.01 * PAIRS
"""What letters of such a line give at their first limits, in points: 8."""


def fit(gap: float, **changes: float) -> Fit:
    return fit_line(gap, SPACES, LETTERS, PAIRS, replace(GIVE, **changes))


def filled(fit: Fit, spaces: float = SPACES, letters: float = LETTERS, pairs: float = PAIRS) -> float:  # fmt: skip
    return (fit.space - 1) * spaces + (fit.scale - 1) * letters + fit.tracking * pairs


# --- shares ---


def test_a_line_that_lacks_nothing_stays_as_it_is():
    assert fit(0.0) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0, -0.1, -0.5, -1.0])
def test_up_to_the_limits_all_give_in_one_proportion(share):
    found = fit(share * (0.1 * SPACES + FLEX))
    assert found == pytest.approx((1 + 0.1 * share, 1 + 0.02 * share, 0.01 * share))


def test_what_is_over_is_the_spaces():
    found = fit(0.3 * SPACES + FLEX)
    assert found == pytest.approx((1.3, 1.02, 0.01))


def test_letters_give_more_only_where_spaces_would_be_looser_than_the_loosest():
    assert fit(0.39 * SPACES + FLEX) == pytest.approx((1.39, 1.02, 0.01))
    beyond = fit(0.4 * SPACES + FLEX + 4)
    assert 1.02 < beyond.scale < 1.04
    assert 0.01 < beyond.tracking < 0.02
    assert 1.35 < beyond.space <= 1.4


def test_letters_never_give_more_than_their_last_limits():
    found = fit(100.0)
    assert found.scale == pytest.approx(1.04)
    assert found.tracking == pytest.approx(0.02)
    assert filled(found) == pytest.approx(100)


def test_no_space_is_narrower_than_the_tightest_as_long_as_letters_give():
    found = fit(-0.15 * SPACES - FLEX)
    assert found == pytest.approx((0.85, 0.98, -0.01))
    found = fit(-0.4 * SPACES - FLEX)
    assert found.space == pytest.approx(TIGHTEST)
    assert found.scale < 0.98
    assert filled(found) == pytest.approx(-0.4 * SPACES - FLEX)


def test_a_line_without_spaces_keeps_to_its_measure_all_the_same():
    found = fit_line(-9.0, 0.0, LETTERS, PAIRS, GIVE)
    assert found.space == 1.0
    assert filled(found, 0.0) == pytest.approx(-9.0)


def test_and_is_not_stretched_beyond_the_limits():
    found = fit_line(50.0, 0.0, LETTERS, PAIRS, GIVE)
    assert found == pytest.approx((1.0, 1.02, 0.01))


def test_letters_that_do_not_give_leave_all_to_the_spaces():
    rigid = {"expansion": 0, "most_expansion": 0, "tracking": 0, "most_tracking": 0}
    for gap in (-3.0, 1.0, 30.0):
        assert fit(gap, **rigid) == pytest.approx((1 + gap / SPACES, 1.0, 0.0))


def test_a_line_of_nothing_has_nothing_to_give():
    assert fit_line(5.0, 0.0, 0.0, 0.0, GIVE) == (1.0, 1.0, 0.0)


@given(st.floats(-15, 60), st.floats(1, 60), st.floats(1, 300), st.floats(0, 600))
@example(-10.0, 2.2, 235.0, 450.0)
def test_the_shares_fill_the_gap_and_each_keeps_to_its_limits(gap, spaces, letters, pairs):
    found = fit_line(gap, spaces, letters, pairs, GIVE)
    assert filled(found, spaces, letters, pairs) == pytest.approx(gap, abs=1e-6)
    if gap >= 0:
        assert 1 <= found.scale <= 1.04 + 1e-9
        assert 0 <= found.tracking <= 0.02 + 1e-9
        if found.scale > 1.02 + 1e-9 or found.tracking > 0.01 + 1e-9:
            assert found.space >= 1.3
    else:
        assert found.scale <= 1 and found.tracking <= 0
        if found.scale < 0.98 - 1e-9:
            assert found.space == pytest.approx(TIGHTEST)


# --- on paper ---


def test_a_line_of_many_pieces_fills_its_measure():
    """Between looks that touch stands letterspace as it does inside a word."""
    for parts in (["in", "ter", "nation", "al"], list("disarmament")):
        word = [Span(part, emphasis=number % 2 == 1) for number, part in enumerate(parts)]
        spans = [span for n in range(30) for span in ([Span(" ")] if n else []) + word]
        lines = set_text(spans, 200)
        assert any(run.scale != 1 for line in lines for run in runs(line))
        for line in lines[:-1]:
            assert right_end(line) == pytest.approx(200 + hangs(line)[1], abs=0.01)
            for before, run in zip(runs(line), runs(line)[1:], strict=False):
                assert run.joined
                assert before.x + length(before) == pytest.approx(run.x)


# --- what hangs ---


def branded(brand: Brand) -> Looks:
    return Looks(brand, "en")


def test_stops_hyphens_and_quotes_hang_and_letters_hardly():
    text = look("text")
    for sign in ".,-\u2010":
        left, right = text.hang(sign)
        assert left == 0
        assert right > 0.5 * text.measure(sign)
    for sign in "“”‘’„«»":
        assert min(text.hang(sign)) >= 0.3 * text.measure(sign) - 1e-9
    for sign in "ATVWYo":
        assert 0 < max(text.hang(sign)) <= 0.05 * text.measure(sign)
    for sign in "Hnil8":
        assert text.hang(sign) == (0, 0)


@pytest.mark.parametrize(("marked", "bare"), [("À", "A"), ("Ö", "O"), ("ÿ", "y"), ("é", "e"), ("õ", "o"), ("Ť", "T")])  # fmt: skip
def test_letters_with_marks_hang_like_bare_ones(marked, bare):
    text = look("text")
    found = [share / text.measure(marked) for share in text.hang(marked)]
    assert found == pytest.approx([share / text.measure(bare) for share in text.hang(bare)])
    assert max(found) > 0


def test_a_font_of_a_brand_may_have_a_table_of_its_own():
    fonts = {**focus().fonts, "text": replace(focus().fonts["text"], protrusion={".": (0, 1000), "H": (500, 0)})}  # fmt: skip
    text = branded(replace(focus(), fonts=fonts)).look("text")
    assert text.hang(".") == pytest.approx((0, text.measure(".")))
    assert text.hang("H") == pytest.approx((text.measure("H") / 2, 0))
    assert text.hang(",")[1] == pytest.approx(DEFAULT[","][1] / 1000 * text.measure(","))
    assert branded(focus()).look("text").hang("H") == (0, 0)


@pytest.mark.parametrize("share", [0.0, 0.5, 2.0])
def test_the_brand_says_how_far_signs_hang(share):
    justification = replace(focus().justification, protrusion=share)
    looks = branded(replace(focus(), justification=justification))
    plain, other = look("text").hang("."), looks.look("text").hang(".")
    assert other == pytest.approx((share * plain[0], share * plain[1]))
    if not share:
        lines = Setter(looks, hyphenator).set_spans([Span("“In, or. out - " * 40)], "text", 200, 7)
        assert {runs(line)[0].x for line in lines} == {0.0}
        assert all(right_end(line) == pytest.approx(200, abs=0.01) for line in lines[:-1])


def test_lines_begin_and_end_outside_by_what_hangs():
    lines = set_text("“Quoted,” as he said to others, and over - and again. " * 40, 171)
    text = look("text")
    whole = [line for before, line in pairwise(lines) if runs(before)[-1].text.endswith(" ")]
    firsts = {runs(line)[0].text[0]: runs(line)[0].x for line in whole}
    assert len(firsts) > 1
    for sign, x in firsts.items():
        assert x == pytest.approx(-text.hang(sign)[0])
    ends = {runs(line)[-1].text.rstrip()[-1]: right_end(line) for line in lines[:-1]}
    assert len(ends) > 1
    for sign, end in ends.items():
        hang = text.hang(text.shaper.hyphen if sign == SHY else sign)[1]
        assert end == pytest.approx(171 + hang, abs=0.01)


def test_ragged_text_does_not_hang():
    lines = set_text("“Quoted,” he said. " * 9, 171, "question")
    assert {runs(line)[0].x for line in lines} == {0.0}

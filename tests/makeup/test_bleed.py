"""Bleed: what touches the trim goes beyond it, and nothing else moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from layout.makeup.bleed import TOUCH, bled
from layout.makeup.page import Element, Image, Link, Page, Pages, Rule, Tint

WIDTH, HEIGHT, BLEED = 200.0, 300.0, 8.5


def page_of(*marks) -> Pages:
    return Pages((Page(WIDTH, HEIGHT, 1, True, marks),), (Element("document", -1),))


def through(mark):
    (found,) = bled(page_of(mark), BLEED).pages[0].marks
    return found


@pytest.mark.parametrize(
    ("box", "wanted"),
    [
        ((20, 20, 50, 50), (20, 20, 50, 50)),
        ((0, 20, 50, 50), (-BLEED, 20, 50 + BLEED, 50)),
        ((150, 20, 50, 50), (150, 20, 50 + BLEED, 50)),
        ((20, 0, 50, 50), (20, -BLEED, 50, 50 + BLEED)),
        ((20, 250, 50, 50), (20, 250, 50, 50 + BLEED)),
        ((0, 0, WIDTH, HEIGHT), (-BLEED, -BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED)),
        ((-20, 0, 50, 50), (-20, -BLEED, 50, 50 + BLEED)),
    ],
)
def test_a_box_goes_beyond_the_edges_it_touches(box, wanted):
    tint = through(Tint(*box, "tint"))
    assert (tint.x, tint.y, tint.width, tint.height) == pytest.approx(wanted)
    image = through(Image(*box, "a.png", 0))
    assert (image.x, image.y, image.width, image.height) == pytest.approx(wanted)


def test_a_rule_at_the_head_becomes_a_bar_over_it():
    rule = through(Rule(0, HEIGHT - 1, WIDTH, 2, "brand"))
    assert (rule.x, rule.width) == pytest.approx((-BLEED, WIDTH + 2 * BLEED))
    assert (rule.y - rule.weight / 2, rule.y + rule.weight / 2) == pytest.approx((HEIGHT - 2, HEIGHT + BLEED))  # fmt: skip


def test_what_does_not_touch_is_the_same_value():
    page = page_of(Tint(20, 20, 50, 50, "tint"), Link(0, 0, 10, 10, "#a", "a", 0))
    assert bled(page, BLEED).pages[0] is page.pages[0]


@given(st.floats(-50, 250), st.floats(0, 300), st.floats(0, 20))
def test_nothing_is_ever_smaller_and_no_bleed_is_short(x, width, bleed):
    tint = Tint(x, 40, width, 50, "tint")
    found = bled(page_of(tint), bleed).pages[0].marks[0]
    assert found.x <= x and found.x + found.width >= x + width - 1e-9
    assert replace(found, x=x, width=width) == tint
    if x < TOUCH:
        assert found.x <= -bleed
    if x + width > WIDTH - TOUCH:
        assert found.x + found.width >= WIDTH + bleed - 1e-9

"""Contrast against the numbers that WCAG and its readers publish."""

import pytest

from layout.house.colour import contrast, luminance


@pytest.mark.parametrize(("srgb", "expected"), [("#000000", 0.0), ("#FFFFFF", 1.0), ("#FF0000", 0.2126), ("#00ff00", 0.7152), ("#0000FF", 0.0722)])  # fmt: skip
def test_primaries_have_the_weights_of_the_definition(srgb, expected):
    assert luminance(srgb) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),  # fails 1.4.3 by a hair
        ("#767676", "#FFFFFF", 4.54),  # the palest grey that passes
        ("#949494", "#FFFFFF", 3.03),
        ("#0000FF", "#FFFFFF", 8.59),
        ("#FF0000", "#FFFFFF", 4.00),
    ],
)
def test_published_ratios(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_a_colour_does_not_show_on_itself():
    assert contrast("#9E1B32", "#9E1B32") == 1.0

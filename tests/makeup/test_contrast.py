"""Words on their ground as they are painted: everybody can tell the one from the other."""

import pytest
from reprints import SAMPLES, SOURCES, marks, reprint, right, role, roles_above, runs, sample

from layout.house.brands import MIN_CONTRAST
from layout.house.colour import contrast
from layout.makeup.page import Page, Run, Tint

PAPER = "#ffffff"


def under(page: Page, run: Run) -> Tint | None:
    """The tint that a run stands on, the last one painted; it holds all of the run or nothing of it."""
    found = None
    low, high = run.y + run.face.descender * run.size / 1000, run.y + 0.7 * run.size
    for tint in marks(page, Tint):
        beside = right(run) <= tint.x or run.x >= tint.x + tint.width
        if beside or high <= tint.y or low >= tint.y + tint.height:
            continue
        assert tint.x <= run.x and right(run) <= tint.x + tint.width + 0.01
        assert tint.y <= low + 0.01 and high <= tint.y + tint.height + 0.01
        found = tint
    return found


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_run_stands_out_from_what_is_under_it(name, inside):
    """WCAG 2.2, 1.4.3: furniture too, and whatever its size."""
    printed = reprint(SOURCES / f"{name}.yaml", inside=True) if inside else sample(name)
    colours = printed.brand.colours
    for page in printed.pages.pages:
        for run in runs(page):
            tint = under(page, run)
            ground = colours[tint.colour].srgb if tint is not None else PAPER
            found = contrast(colours[run.colour].srgb, ground)
            assert found >= MIN_CONTRAST, (run.text, run.colour, ground, role(printed.pages, run))


def test_the_words_of_a_sidebar_stand_on_its_tint():
    """And nothing else does: the test above looks at two grounds."""
    printed = sample("mine-ban-convention")
    (page,) = printed.pages.pages
    on, beside = set(), set()
    for run in runs(page):
        above = roles_above(printed.pages, run) or [""]
        (beside if under(page, run) is None else on).add("sidebar" in above)
    assert (on, beside) == ({True}, {False})

"""Sheets as they are seen: every page is all there, as large as it was, the right way up."""

import pytest
from bindery_samples import needs
from PIL import ImageChops, ImageStat
from sheet_samples import WAYS, booklet, cut_out, imposed, placed, rendered, separated, trimmed

pytestmark = [needs("gs")]

SCHEMES = {
    "saddle": {"scheme": "saddle"},
    "signatures of eight": {"scheme": "perfect", "signature": 8},
    "work and turn": {"scheme": "work-and-turn", "signature": 8},
    "n-up": {"scheme": "n-up", "up": (3, 2)},
    "bound on the right": {"scheme": "perfect", "signature": 8, "binding": "right"},
}


def distance(one, other) -> float:
    """How far two pictures are apart, 0 to 255, in the mean."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


@pytest.fixture(scope="module")
def originals(tool, tmp_path_factory):
    """Eight pages, each put into the file in another way, as they are seen without imposition."""
    data = booklet(len(WAYS), WAYS)
    return data, rendered(tool, tmp_path_factory.mktemp("originals"), "page", trimmed(data))


def test_the_samples_look_alike_but_for_their_numbers(originals):
    _, pages = originals
    assert len({page.size for page in pages}) == 1
    for one in pages[1:]:
        assert 0.5 < distance(pages[0], one) < 20


@pytest.mark.parametrize("name", SCHEMES)
def test_each_page_on_its_sheet_looks_as_it_did(name, originals, tool, tmp_path):
    data, pages = originals
    plan, sheets = imposed(data, **SCHEMES[name])
    seen = rendered(tool, tmp_path, "seen", cut_out(plan, sheets))
    assert len(seen) == len(pages)
    for number, (before, after) in enumerate(zip(pages, seen), 1):
        assert distance(before, after) < 0.5, f"page {number}"
    # and each differs from all others, so that none can stand for another
    for number, after in enumerate(seen):
        others = [before for at, before in enumerate(pages) if at != number]
        assert all(distance(before, after) > 1 for before in others)


def test_with_creep_a_page_is_moved_and_cut_in_the_spine_alone(originals, tool, tmp_path):
    data, pages = originals
    plan, sheets = imposed(data, creep=10.0)
    seen = rendered(tool, tmp_path, "seen", cut_out(plan, sheets))
    shift = {it.page: (it.creep, it.slot.spine) for _, it in placed(plan)}
    assert sorted({creep for creep, _ in shift.values()}) == [0.0, 10.0]
    for number, (before, after) in enumerate(zip(pages, seen)):
        creep, spine = shift[number]
        width, height = before.size
        cut = round(2 * creep) + 1
        box = (cut, 0, width, height) if spine == "left" else (0, 0, width - cut, height)
        assert distance(before.crop(box), after.crop(box)) < 0.5
        if creep:
            assert distance(before, after) > 0.5


def test_bleed_is_painted_where_it_has_room(originals, tool, tmp_path):
    plan, sheets = imposed(originals[0], scheme="n-up", up=(2, 2), marks=())
    seen = rendered(tool, tmp_path, "sheet", sheets, 72)[0]
    first = placed(plan)[0][1]
    x, y = first.trim.left, plan.frame.height - first.trim.top
    assert seen.getpixel((round(x) - 4, round(y) + 40)) != (255, 255, 255)
    assert seen.getpixel((round(x) - 12, round(y) + 40)) == (255, 255, 255)


def test_a_sheet_prints_with_the_inks_of_its_pages(originals, tmp_path):
    data, _ = originals
    plan, sheets = imposed(data, scheme="n-up", up=(1, 1))
    before = separated(tmp_path, "before", trimmed(data))
    after = separated(tmp_path, "after", cut_out(plan, sheets))
    assert set(before) == set(after) == {"Cyan", "Magenta", "Yellow", "Black", "Offprint Red"}
    for ink in before:
        assert distance(before[ink], after[ink]) < 0.5, ink
    whole = separated(tmp_path, "whole", sheets)
    edge = round(plan.frame.block.left - plan.frame.reach)
    left = [plate.crop((0, 0, edge, plate.height)) for plate in whole.values()]
    assert all(plate.getextrema()[0] < 128 for plate in left)  # registration on each plate

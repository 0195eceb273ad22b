"""Pages that are written from the right: everything changes sides, and the binding with it."""

import pytest
from msgspec.structs import replace

from layout.makeup.page import FOLIO, HEADER, Image, Run, Tint
from layout.makeup.proof import prove
from layout.setting.looks import TypeCase
from tests.reprints import house, reprint, source

ANSWER = (
    "\u05d0\u05e0\u05d7\u05e0\u05d5 \u05db\u05d5\u05ea\u05d1\u05d9\u05dd \u05dc\u05db\u05dc \u05de\u05d9 \u05e9\u05e9\u05d5\u05d0\u05dc. "
    * 60
)
TITLE = "\u05e9\u05d9\u05d7\u05d4 \u05e2\u05dd \u05d3\u05e0\u05d4"
KEYS = {
    "language": "he",
    "title": TITLE,
    "interview": [{"question": f"{TITLE}?", "answer": ANSWER}] * 5,
    "accounts": {"entries": [{"handle": "@dana", "name": TITLE}]},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reprint(source(tmp_path_factory.mktemp("mirror"), **KEYS))


def runs(page, *elements):
    return [m for m in page.marks if isinstance(m, Run) and (not elements or m.element in elements)]


def test_the_sidebar_stands_left_and_the_text_begins_right(made):
    page, brand = made.pages.pages[0], made.brand
    marks = [mark for it in made.pages.pages for mark in it.marks]
    (tint,) = (mark for mark in marks if isinstance(mark, Tint) and mark.width > 50)
    assert tint.x + tint.width / 2 < brand.width / 2
    (title,) = (i for i, it in enumerate(made.pages.elements) if it.role == "title")
    assert max(m.x + m.advance for m in runs(page, title)) == pytest.approx(
        brand.width - house().brand.margins.inner * 72 / 25.4, abs=1.0
    )


def test_odd_pages_are_bound_at_the_right(made):
    margins = replace(made.brand.margins, inner=22.0, outer=16.0)
    case = TypeCase(replace(made.brand, margins=margins))
    first, second = reprint(made.file, case).pages.pages[:2]
    inner, outer = (it * 72 / 25.4 for it in (margins.inner, margins.outer))
    for page, right in ((first, inner), (second, outer)):
        edge = max(m.x + m.advance for m in runs(page) if m.element >= 0 and m.element != HEADER)
        assert edge == pytest.approx(page.width - right, abs=2.5)


def test_folios_stand_outside(made):
    first, second = made.pages.pages[:2]
    (one,), (two,) = runs(first, FOLIO), runs(second, FOLIO)
    assert one.x < first.width / 2 < two.x


def test_no_page_of_ours_lies_outside_its_trim_and_nothing_is_lost(made):
    for page in made.pages.pages:
        for mark in runs(page):
            assert mark.x > 0
            assert mark.x + mark.advance < page.width
    prove(reprint(made.file).interview, made.pages)


def test_text_from_the_left_is_not_touched(tmp_path):
    page = reprint(source(tmp_path)).pages.pages[0]
    (folio,) = runs(page, FOLIO)
    assert folio.x > page.width / 2
    assert not any(mark.rtl for mark in runs(page))
    assert not any(isinstance(mark, Image) for mark in page.marks)


def test_inside_an_issue_that_is_bound_left_the_margins_are_the_issues(tmp_path):
    here = reprint(source(tmp_path, **KEYS), inside=True, turned=True).pages.pages[0]
    inner = house().brand.margins.inner * 72 / 25.4
    text = [m for m in runs(here) if m.element > 0]
    assert min(m.x for m in text) == pytest.approx(inner, abs=20.0)
    (folio,) = runs(here, FOLIO)
    assert folio.x > here.width / 2

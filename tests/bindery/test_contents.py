"""The table of contents: folios whose figures stand below each other."""

import re
from itertools import pairwise

import pytest
from msgspec.structs import replace
from reprints import house, runs

from layout.bindery.contents import Contents, Listed
from layout.house.brand import Brand
from layout.makeup.furniture import Banner
from layout.setting.looks import TypeCase


def folios(brand: Brand) -> dict[str, float]:
    """How wide each folio is, in ems."""
    numbers = ("11", "47", "90")
    rows = [Listed(f"Talk {n}", numbered=True, target="#a") for n in numbers]
    contents = Contents("Contents", rows, TypeCase(brand), Banner("Focus"), "en")
    (page,) = contents.pages(1, True, numbers).pages
    return {
        run.text: sum(piece.width for piece in run.pieces) / 1000
        for run in runs(page)
        if run.text in ("11", "47", "90")
    }


def test_folios_are_tabular_and_as_the_brand_says():
    brand = house().brand
    widths = folios(brand)
    assert widths.keys() == {"11", "47", "90"} and len(set(widths.values())) == 1
    proportional = replace(brand, figures=replace(brand.figures, contents=("onum", "pnum")))
    assert len(set(folios(proportional).values())) == 3


def test_the_titles_keep_the_figures_of_their_style():
    looks = house().looks("en")
    rows = [Listed("Talk", numbered=True, target="#a")]
    contents = Contents("Contents", rows, house(), Banner("Focus"), "en")
    assert looks.look("contents_entry").shaper.features == {"onum": True, "pnum": True}
    assert contents.folios.looks.look("contents_entry").shaper.features == {"lnum": True, "tnum": True}  # fmt: skip


def listed(count: int) -> list[Listed]:
    """So many entries in sections of seven, titles of one line to several."""
    rows: list[Listed] = []
    for number in range(count):
        if number % 7 == 0:
            rows.append(Listed(f"Section {number // 7}", section=True))
        title = f"Talk {number} " + "about much and more " * (number % 11)
        rows.append(Listed(title, "Kicker" * (number % 3), True, f"#a{number}"))
    return rows


@pytest.mark.parametrize("count", [0, 1, 20, 100, 300])
def test_it_takes_as_many_pages_as_its_rows_need_whatever_the_folios_are(count):
    rows = listed(count)
    contents = Contents("Contents", rows, house(), Banner("Focus"), "en")
    made = [contents.pages(1, True, [folio] * len(rows)) for folio in ("1", "98765")]
    assert [len(pages.pages) for pages in made] == [contents.count] * 2
    said = ["".join(run.text for page in pages.pages for run in runs(page)) for pages in made]
    assert all(re.search(rf"Talk {number}(?!\d)", said[0]) for number in range(count))
    assert said[1].count("98765") == count


@pytest.mark.parametrize("count", [20, 100, 300])
def test_no_row_leaves_its_page_and_no_section_ends_one(count):
    brand = house().brand
    rows = listed(count)
    contents = Contents("Contents", rows, house(), Banner("Focus"), "en")
    assert [which for sheet in contents.sheets for which, _ in sheet] == list(range(len(rows)))
    for sheet in contents.sheets:
        for (one, line), (_, following) in pairwise(sheet):
            assert line + contents.rows[one].box.height == following
        last, line = sheet[-1]
        assert line + contents.rows[last].box.height <= brand.lines + 1
        assert not rows[last].section
    for sheet, following in pairwise(contents.sheets):
        last, line = sheet[-1]
        used = line + contents.rows[last].box.height
        more = sum(contents.rows[which].box.height for which, _ in following[:2])
        assert used + more > brand.lines + 1

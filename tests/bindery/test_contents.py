"""The table of contents: folios whose figures stand below each other."""

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

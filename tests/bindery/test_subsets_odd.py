"""Fonts and content as hardly anyone writes them: pages look and read the same when their faces are joined, or stay."""

import subprocess
from pathlib import Path
from typing import Any

import font_samples
import pikepdf
import pytest
from bindery_samples import check, needs, opened, saved, texts
from font_samples import shown, words, written
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from layout.bindery.foreign import Opened
from layout.bindery.merge import merge
from layout.bindery.subsets.glyphs import NOTHING, Glyph, Outlines, Program

pytestmark = [needs("pdftoppm"), needs("mutool")]
TEXT, OTHER = "Hello World", "Yellow brick"


def pictures(pdf: bytes, folder: Path) -> list[Image.Image]:
    """All pages as poppler and MuPDF show them."""
    path = folder / "shown.pdf"
    path.write_bytes(pdf)
    poppler = ["pdftoppm", "-r", "50", "-png", str(path), str(folder / "a")]
    mupdf = ["mutool", "draw", "-q", "-r", "50", "-o", str(folder / "b-%d.png"), str(path)]
    for command in (poppler, mupdf):
        subprocess.run(command, check=False, capture_output=True)
    return [Image.open(each).convert("RGB").copy() for each in sorted(folder.glob("?-*.png"))]


def joined(folder: Path, *paths: str, sound: bool = True) -> int:
    """How many fonts two files have together, once it is seen that their pages are the same."""
    made, plain = merge(paths[0], paths[1:]).pdf, pikepdf.new()
    if sound:
        check(made, folder)
    for path in paths:
        plain.pages.extend(pikepdf.open(path).pages)
    apart = saved(plain)
    pairs = zip(pictures(made, folder), pictures(apart, folder), strict=True)
    assert all(ImageChops.difference(a, b).getbbox() is None for a, b in pairs)
    assert texts(made, folder) == texts(apart, folder)
    return len({page.Resources.Font.F1.objgen for page in opened(made).pages})


ONE = (
    "widths_of_all_codes", "characters_without_glyphs", "blanks_in_characters", "codes_of_one_byte",
)  # fmt: skip
TWO = (
    "no_characters", "an_empty_map", "characters_by_name", "form_in_fonts_of_the_page", "form_in_a_form",
    "glyphs_in_fonts_of_the_page", "pattern_without_resources", "mask_without_resources",
)  # fmt: skip
"""Changes after which the second file's page still gets the face of the first, and those that keep its own."""


@pytest.mark.parametrize("change", [*ONE, *TWO, "no_widths"])
def test_the_first_file_may_be_odd(change, tmp_path):
    odd = written(tmp_path, "odd", TEXT, getattr(font_samples, change))
    joined(tmp_path, odd, written(tmp_path, "plain", OTHER))


@pytest.mark.parametrize("change", [*ONE, *TWO, "no_widths"])
def test_the_second_file_may_be_odd(change, tmp_path):
    odd = written(tmp_path, "odd", TEXT, getattr(font_samples, change))
    count = joined(tmp_path, written(tmp_path, "plain", OTHER), odd)
    assert count == (2 if change in TWO else 1)


@pytest.mark.parametrize("listed", ["l", "Hel"])
def test_codes_that_a_font_does_not_list_keep_glyph_and_width(listed, tmp_path):
    """They are as wide as the default, and no code of another file takes their place."""
    odd = written(tmp_path, "odd", TEXT, listed=listed)
    assert joined(tmp_path, odd, written(tmp_path, "plain", OTHER)) == 1
    assert joined(tmp_path, written(tmp_path, "plain", OTHER), odd) == 1


@pytest.mark.parametrize("code", [b"<0000>", b"<FFFE>"])
def test_codes_without_a_glyph_take_their_room(code, tmp_path):
    def content(glyphs: dict[str, int]) -> bytes:
        return words("Hello")(glyphs).replace(b"Td ", b"Td " + code + b" Tj ")

    odd = written(tmp_path, "odd", TEXT, content=content)
    joined(tmp_path, odd, written(tmp_path, "plain", OTHER))
    joined(tmp_path, written(tmp_path, "plain", OTHER), odd)


def test_sparse_codes_are_joined(tmp_path):
    """Glyphs at the numbers of the whole face."""
    odd = written(tmp_path, "odd", TEXT, retained=True)
    assert joined(tmp_path, odd, written(tmp_path, "plain", OTHER)) == 1
    assert joined(tmp_path, written(tmp_path, "plain", OTHER), odd) == 1


BROKEN = {
    "an end of a dictionary alone": b">> BT /F1 24 Tf 40 200 Td %s Tj ET",
    "a dictionary without an end": b"/Span <</E (a) BDC BT /F1 24 Tf 40 200 Td %s Tj ET EMC",
    "no blank after a number": b"BT /F1 24 Tf 40 200 Td (\\0\\1) Tj /F1 24.Tf %s Tj ET",
    "a font that is not there": b"BT /F1 24 Tf /F9 24 Tf 40 200 Td %s Tj ET",
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_content_stays_as_it_is(case, tmp_path):
    odd = written(tmp_path, "odd", TEXT, content=lambda it: BROKEN[case] % shown(it, "Hello"))
    assert joined(tmp_path, written(tmp_path, "plain", OTHER), odd, sound=False) == 2


def test_the_box_of_a_face_holds_the_glyphs_of_all_its_subsets(tmp_path):
    def small(_: Any, font: Any, __: Any) -> None:
        font.DescendantFonts[0].FontDescriptor.FontBBox = Array([-300, 0, 10, 2000])

    one, other = written(tmp_path, "one", TEXT, small), written(tmp_path, "other", OTHER)
    whole = opened(merge(one, [other]).pdf)
    descriptor = whole.pages[1].Resources.Font.F1.DescendantFonts[0].FontDescriptor
    assert [int(each) for each in descriptor.FontBBox] == [-300, -300, 1200, 2000]


def test_a_glyph_that_looks_like_the_missing_one_is_not_the_missing_one():
    """PDF/UA forbids text in number 0; in a face of one width an empty one is the space."""
    data, glyphs, _ = font_samples.program(TEXT, False)
    outlines = Outlines(data)
    missing, space = outlines.glyph(0), outlines.glyph(glyphs[" "])
    program = Program(missing)
    alike = Glyph(missing.advance, missing.bearing, missing.outline)
    assert program.number(missing) == 0 and program.number(alike) == 1
    assert program.number(space) == program.number(space) == 2


def test_a_program_has_no_more_glyphs_than_can_be_numbered():
    program = Program(NOTHING)
    for n in range(1, 65535):
        program.number(Glyph(n, 0, b""))
    with pytest.raises(OverflowError):
        program.number(Glyph(0, 1, b""))


def test_a_page_that_paints_many_forms_many_times_is_looked_at_once(tmp_path, monkeypatch):
    """Forms are unpacked by their number, not by that of the pages that may paint them."""
    many = 40

    def forms(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
        fonts = pdf.pages[0].Resources.Font
        each = {
            f"/X{n}": font_samples.form(pdf, b"0 0 %d 9 re f" % n, Resources=Dictionary())
            for n in range(many)
        }
        for _ in range(many - 1):
            pdf.pages.append(pdf.pages[0])
        for page in pdf.pages:
            page.Resources = Dictionary(Font=fonts, XObject=Dictionary(each))

    one, other = written(tmp_path, "one", TEXT), written(tmp_path, "other", OTHER, forms)
    count, plain = 0, Opened.data_of

    def counted(self: Opened, stream: Any) -> bytes:
        nonlocal count
        count += stream.get("/Subtype") == Name.Form
        return plain(self, stream)

    monkeypatch.setattr(Opened, "data_of", counted)
    merge(one, [other])
    assert 0 < count <= 5 * many


def test_pages_that_share_tables_of_resources_still_do(tmp_path):
    """A table that many pages have in common is written once, however many forms are in it."""
    many = 40

    def shared(pdf: Any, font: Any, glyphs: dict[str, int]) -> None:
        content, fonts = pdf.pages[0].Contents.read_bytes(), pdf.pages[0].Resources.Font
        each = {
            f"/X{n}": font_samples.form(pdf, content, Resources=Dictionary(Font=fonts))
            for n in range(many)
        }
        table = pdf.make_indirect(Dictionary(each))
        for _ in range(many - 1):
            pdf.pages.append(pdf.pages[0])
        for page in pdf.pages:
            page.Resources = Dictionary(Font=fonts, XObject=table)

    one, other = written(tmp_path, "one", TEXT), written(tmp_path, "other", OTHER, shared)
    whole = opened(merge(one, [other]).pdf)
    pages = whole.pages[1:]
    assert len({page.Resources.XObject.objgen for page in pages}) == 1
    assert (
        pages[0].Resources.XObject.X7.Resources.Font.F1.objgen == pages[0].Resources.Font.F1.objgen
    )

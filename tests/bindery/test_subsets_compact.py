"""Fonts with compact programs in files that are put together: one font for all subsets of a face, glyphs as they were."""

import io
import random
import subprocess
from pathlib import Path

import pikepdf
import pytest
from bindery_samples import check, needs, opened, saved, texts
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from made_fonts import LETTERS, compact_reprints
from PIL import Image, ImageChops

from layout.bindery.foreign import open_bytes
from layout.bindery.merge import merge
from layout.bindery.preflight.cff import Compact, without_subroutines
from layout.bindery.subsets.compact import CompactOutlines, CompactProgram
from layout.bindery.subsets.joining import Joining
from layout.desk.cli import main
from layout.desk.verify import verify
from layout.ground.problems import Place

WORDS = ("កខគឃង កឃខ", "ចឆជឈញ គឃង ក", "ដឋឌឍណ ចង")


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Reprints with words in a compact face that was found on the system."""
    return compact_reprints(tmp_path_factory.mktemp("compact"), WORDS)


def compact_fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The fonts of all pages with compact programs, each once."""
    found = {}
    for page in pdf.pages:
        for each in page.Resources.Font.values():
            if each.DescendantFonts[0].Subtype == "/CIDFontType0":
                found[each.objgen] = each
    return list(found.values())


def program(each: pikepdf.Object) -> bytes:
    return each.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()


def program_bytes(each: pikepdf.Object) -> bytes:
    """The program as it is packed."""
    return each.DescendantFonts[0].FontDescriptor.FontFile3.read_raw_bytes()


def apart(paths: list[str]) -> bytes:
    """The same pages, each with its own fonts."""
    whole = pikepdf.new()
    for path in paths:
        whole.pages.extend(pikepdf.open(path).pages)
    return saved(whole)


def pictures(pdf: bytes, folder: Path, command: list[str]) -> list[Image.Image]:
    folder.mkdir()
    (folder / "shown.pdf").write_bytes(pdf)
    subprocess.run([it.format(folder) for it in command], check=True, capture_output=True)
    return [Image.open(each).convert("L").copy() for each in sorted(folder.glob("p-*.png"))]


POPPLER = ["pdftoppm", "-r", "60", "-png", "{}/shown.pdf", "{}/p"]
MUPDF = ["mutool", "draw", "-q", "-r", "60", "-o", "{}/p-%d.png", "{}/shown.pdf"]


@needs("pdftoppm")
@needs("mutool")
def test_merged_files_look_and_read_as_they_did_with_the_face_once(three, tmp_path):
    whole, plain = merge(three[0], three[1:]).pdf, apart(three)
    check(whole, tmp_path)
    assert [len(compact_fonts(opened(it))) for it in (whole, plain)] == [1, 3]
    assert texts(whole, tmp_path) == texts(plain, tmp_path)
    assert all(any(word in said for said in texts(whole, tmp_path)) for word in ("កខគឃង", "ចឆជឈញ"))
    for name, command in (("poppler", POPPLER), ("mupdf", MUPDF)):
        one = pictures(whole, tmp_path / name, command)
        other = pictures(plain, tmp_path / f"{name}-apart", command)
        assert len(one) == 3
        for a, b in zip(one, other, strict=True):
            assert ImageChops.difference(a, b).getbbox() is None and a.getextrema()[0] < 50


def test_each_code_shows_the_glyph_that_it_showed(three):
    """FontTools draws the outlines; texts tell which code is which."""
    whole = opened(merge(three[0], three[1:]).pdf)
    (each,) = compact_fonts(whole)
    joined = shown(each)
    assert len(joined) >= 13
    for path in three:
        alone = opened(Path(path).read_bytes())
        (each,) = compact_fonts(alone)
        for text, drawn in shown(each).items():
            assert joined[text] == drawn, text


def shown(each: pikepdf.Object) -> dict[str, object]:
    """Outline, width in the program and width in the PDF of what stands for each text."""
    from layout.bindery.preflight.cmaps import CMap

    cids = CMap(each.Encoding.read_bytes()).cids
    said = CMap(each.ToUnicode.read_bytes()).texts
    read, inner = Compact(program(each)), each.DescendantFonts[0]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(program(each)), None)
    names, strings = fonts[0].charset, fonts[0].CharStrings
    widths, row = {}, list(inner.W)
    for first, listed in zip(row[::2], row[1::2], strict=True):
        widths.update(enumerate(map(float, listed), int(first)))
    found = {}
    for code, cid in cids.items():
        glyph = read.glyph_of[cid]
        pen = RecordingPen()
        strings[names[glyph]].draw(pen)
        assert widths[cid] == pytest.approx(read.width(glyph), abs=0.01)
        found[said[code]] = (pen.value, widths[cid])
    return found


def test_the_box_is_that_of_the_face_in_short_numbers(three):
    """FreeType takes a negative number of four bytes for a large one, and glyphs then stand on whole pixels."""
    pdf = opened(merge(three[0], three[1:]).pdf)
    (each,) = compact_fonts(pdf)
    read = Compact(program(each))
    assert read.top[5] == [50, -300, 1150, 700]
    assert read.operands[5] == bytes.fromhex("1c0032 1cfed4 1c047e 1c02bc")


def test_the_pages_of_the_first_file_are_not_touched(three):
    one, whole = opened(Path(three[0]).read_bytes()), opened(merge(three[0], three[1:]).pdf)
    assert whole.pages[0].Contents.read_raw_bytes() == one.pages[0].Contents.read_raw_bytes()


def test_the_same_bytes_twice_and_once_more(three, tmp_path):
    assert merge(three[0], three[1:]) == merge(three[0], three[1:])
    (tmp_path / "a.pdf").write_bytes(merge(three[0], three[1:2]).pdf)
    (tmp_path / "b.pdf").write_bytes(merge(three[1], three[2:]).pdf)
    again = merge(str(tmp_path / "a.pdf"), [str(tmp_path / "b.pdf")]).pdf
    assert len(compact_fonts(opened(again))) == 1


def test_what_was_merged_is_proved_and_keeps_its_claims(three, tmp_path):
    path = str(tmp_path / "whole.pdf")
    assert main(["merge", *three, "-o", path]) == 0
    assert b"<pdfaid:part>3" in Path(path).read_bytes()
    assert main(["preflight", path, "--quiet"]) == 0
    folder = str(Path(three[0]).parent / "fonts")
    assert verify(path, [folder]).status == "same pages"


# --- left alone ---


def with_subroutines() -> bytes:
    """A program as other writers have it."""
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((100, 100))
    pen.closePath()
    from fontTools.fontBuilder import FontBuilder

    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCFF("Made", {}, {".notdef": pen.getCharString()}, {})
    cff = builder.font["CFF "].cff
    from fontTools.misc.psCharStrings import T2CharString

    cff.GlobalSubrs.append(T2CharString(program=["return"], globalSubrs=cff.GlobalSubrs))
    return builder.font["CFF "].compile(builder.font)


def test_a_program_with_subroutines_is_not_taken():
    assert not without_subroutines(Compact(with_subroutines()))
    with pytest.raises(ValueError, match="subroutines"):
        CompactOutlines(with_subroutines())


@pytest.mark.parametrize(
    ("code", "composed"),
    [
        (b"\x8b\x8b\x8b\x8b\x0e", True),
        (b"\x8b\x0e", False),
        (b"\x8b\x8b\x01\x8b\x8b\x13\xe0\x8b\x15\x0e", False),
        (b"\x8b\x8b\x05", True),
        (b"\x8b\x8b\x0c\x0a\x0e", True),
    ],
    ids=["four", "plain", "masked", "without an end", "arithmetic"],
)
def test_a_glyph_of_two_others_is_told(code, composed):
    from layout.bindery.preflight.cff import _is_composed

    assert _is_composed(code) == composed


def edited(path: str, change, folder: Path) -> str:
    pdf = pikepdf.open(path)
    (each,) = [it for it in pdf.pages[0].Resources.Font.values() if "/FontFile3" in it.DescendantFonts[0].FontDescriptor]  # fmt: skip
    change(each)
    pdf.save(folder / "edited.pdf")
    return str(folder / "edited.pdf")


def vertical(each):
    each.Encoding.write(each.Encoding.read_bytes().replace(b"/WMode 0", b"/WMode 1"))


def built_on_another(each):
    each.Encoding.write(b"/Other usecmap\n" + each.Encoding.read_bytes())


def one_byte(each):
    each.Encoding.write(each.Encoding.read_bytes().replace(b"<0000><FFFF>", b"<00><FF>"))


def other_program(each):
    each.DescendantFonts[0].FontDescriptor.FontFile3.write(b"no program")


def subroutines(each):
    each.DescendantFonts[0].FontDescriptor.FontFile3.write(with_subroutines())


@pytest.mark.parametrize(
    "change", [vertical, built_on_another, one_byte, other_program, subroutines]
)
def test_what_cannot_be_told_keeps_its_font(change, three, tmp_path):
    other = edited(three[1], change, tmp_path)
    files = [open_bytes(Path(it).read_bytes(), Place(it), it) for it in (three[0], other)]
    names = {str(key.name) for key in Joining(files)._keys.values()}
    assert "Made" not in names and names
    merge(three[0], [other])


def test_a_damaged_program_is_left_alone(three):
    pdf = opened(Path(three[0]).read_bytes())
    data = program(compact_fonts(pdf)[0])
    from layout.bindery.subsets.subset import READING

    taken = 0
    for cut in range(4, len(data), 7):
        try:
            outlines = CompactOutlines(data[:cut])
            for number in range(outlines.count):
                outlines.glyph(number, 0.0)
            taken += 1
        except READING:
            pass
    assert taken < len(data) // 7
    outlines = CompactOutlines(data)
    with pytest.raises(ValueError, match="another missing glyph"):
        CompactProgram(outlines.glyph(0, 500.0)).number(outlines.glyph(0, 501.0))


# --- what it is worth ---


def test_ten_files_take_hardly_more_bytes_than_one_with_all_their_words(tmp_path):
    """A font for each file would be several times as large."""
    chance = random.Random(7)
    words = ["".join(chance.choices(LETTERS, k=90)) for _ in range(10)]
    paths = compact_reprints(tmp_path, words)
    one, many = (
        sum(len(program_bytes(it)) for it in compact_fonts(pdf))
        for pdf in (opened(merge(paths[0], paths[1:]).pdf), opened(apart(paths)))
    )
    assert one < 0.2 * many, (one, many)

"""One font for all subsets of a face: glyphs as they were, pages that look and read the same, few bytes."""

import json
import re
import subprocess
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import uharfbuzz as hb
from bindery_samples import ROOT, by_name, check, drawn, needs, opened, save, saved, texts
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops
from reprints import reprint, source

from layout.bindery.foreign import open_bytes
from layout.bindery.merge import merge
from layout.bindery.subsets.glyphs import Glyph, Outlines, Program
from layout.bindery.subsets.joining import Joining
from layout.bindery.subsets.subset import READING
from layout.desk.cli import main
from layout.ground.problems import Place

SERIF = Path(ROOT, "fonts", "source-serif", "SourceSerif4-Regular.ttf")
WORDS = ("A quick brown fox", "jumps over the lazy dog", "École, Größe, señor; ‘quoted’ 0123")


# --- glyphs ---


def subset(text: str) -> bytes:
    """The face with what a text needs, as HarfBuzz cuts it."""
    face = hb.Face(hb.Blob.from_file_path(str(SERIF)))
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(map(ord, text))
    return bytes(hb.subset(face, wanted).blob.data)


def outline(font: TTFont, name: str) -> list[Any]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.value


@cache
def original() -> TTFont:
    return TTFont(SERIF)


@pytest.mark.parametrize("text", WORDS)
def test_glyphs_of_a_program_written_anew_are_those_of_the_face(text):
    """FontTools reads them; accents are composites of others."""
    data = subset(text)
    characters = TTFont(BytesIO(data))
    order, cmap = characters.getGlyphOrder(), characters.getBestCmap()
    outlines = Outlines(data)
    program = Program(outlines.glyph(0))
    placed = {
        code: program.number(outlines.glyph(order.index(name))) for code, name in cmap.items()
    }
    written = TTFont(BytesIO(program.written([outlines])), checkChecksums=2)
    names, face = written.getGlyphOrder(), original().getBestCmap()
    for code, number in placed.items():
        assert outline(written, names[number]) == outline(original(), face[code]), chr(code)
        assert written["hmtx"][names[number]] == original()["hmtx"][face[code]]


def test_glyphs_of_two_programs_are_one_where_they_are_the_same():
    one, other = Outlines(subset("abc")), Outlines(subset("bcd"))
    program = Program(one.glyph(0))
    numbers = [
        program.number(each.glyph(n)) for each in (one, other) for n in range(1, each.font.glyphs)
    ]
    assert one.kin == other.kin
    assert len(set(numbers)) == 4 and len(numbers) == 6
    whole = TTFont(BytesIO(program.written([one, other])), checkChecksums=2)
    assert whole["maxp"].numGlyphs == 5
    assert whole["maxp"].maxPoints == max(it["maxp"].maxPoints for it in map(TTFont, map(BytesIO, (subset("abc"), subset("bcd")))))  # fmt: skip


def test_a_program_of_blanks_alone_can_be_read_again():
    outlines = Outlines(subset(" "))
    program = Program(Glyph(500, 0, b"", is_missing=True))
    program.number(outlines.glyph(1))
    again = Outlines(program.written([outlines]))
    assert again.glyph(1) == outlines.glyph(1) and not again.glyph(1).outline


def test_a_program_that_is_damaged_raises_what_a_reader_expects():
    data = subset("abc")
    for cut in range(12, len(data), len(data) // 30):
        with suppress(*READING):
            outlines = Outlines(data[:cut])
            for number in range(outlines.font.glyphs):
                outlines.glyph(number)


# --- files ---


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> list[str]:
    """Reprints in the same faces with different words."""
    folder = tmp_path_factory.mktemp("three")
    found = []
    for n, words in enumerate(WORDS):
        entry = [{"question": f"Question {n}?", "answer": f"*{words}* and **more** of `it`."}]
        made = reprint(source(folder, f"{n}.yaml", title=f"Title {words}", interview=entry))
        found.append(save(folder, f"{n}.pdf", made.pdf))
    return found


def fonts(pdf: bytes, folder: Path) -> list[str]:
    """The fonts of a file without their tags, as poppler lists them; all embedded subsets with characters."""
    path = save(folder, "fonts.pdf", pdf)
    shown = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout
    rows = [re.split(r"\s{2,}|\s(?=yes|no)", row.strip()) for row in shown.splitlines()[2:]]
    assert all(
        row[-4:-1] == ["yes", "yes", "yes"] or "yes yes yes" in " ".join(row) for row in rows
    )
    return sorted(re.sub(r"^[A-Z]{6}\+", "", row[0]) for row in rows)


def pictures(pdf: bytes, folder: Path, name: str) -> list[Image.Image]:
    path = save(folder, f"{name}.pdf", pdf)
    subprocess.run(["pdftoppm", "-r", "60", "-png", path, str(folder / name)], check=True)
    return [Image.open(each) for each in sorted(folder.glob(f"{name}-*.png"))]


def look_the_same(one: bytes, other: bytes, folder: Path) -> bool:
    each = zip(pictures(one, folder, "one"), pictures(other, folder, "other"), strict=True)
    return all(ImageChops.difference(a, b).getbbox() is None for a, b in each)


def appended(paths: list[str]) -> bytes:
    """The same pages, each with its own fonts."""
    whole = pikepdf.new()
    for path in paths:
        whole.pages.extend(pikepdf.open(path).pages)
    return saved(whole)


@needs("pdffonts")
@needs("pdftoppm")
def test_merged_reprints_look_and_read_as_they_did_with_each_face_once(three, tmp_path):
    made = merge(three[0], three[1:]).pdf
    check(made, tmp_path)
    names = fonts(made, tmp_path)
    assert len(names) == len(set(names)) >= 4
    plain = appended(three)
    assert len(fonts(plain, tmp_path)) == 3 * len(names)
    assert look_the_same(made, plain, tmp_path)
    assert texts(made, tmp_path) == texts(plain, tmp_path)
    assert len(made) < 0.6 * len(plain)


def test_the_pages_of_the_first_file_are_not_touched(three):
    one, whole = opened(Path(three[0]).read_bytes()), opened(merge(three[0], three[1:]).pdf)
    assert whole.pages[0].Contents.read_raw_bytes() == one.pages[0].Contents.read_raw_bytes()


def test_the_same_bytes_twice(three):
    assert merge(three[0], three[1:]) == merge(three[0], three[1:])


@needs("pdffonts")
def test_merging_what_was_merged_gives_one_font_again(three, tmp_path):
    first = save(tmp_path, "first.pdf", merge(three[0], three[1:2]).pdf)
    second = save(tmp_path, "second.pdf", merge(three[1], three[2:]).pdf)
    names = fonts(merge(first, [second]).pdf, tmp_path)
    assert len(names) == len(set(names))


def edited(path: str, change: Any, folder: Path, name: str = "edited.pdf") -> str:
    pdf = pikepdf.open(path)
    change(pdf)
    return save(folder, name, saved(pdf))


def joined(paths: list[str], folder: Path) -> tuple[list[str], bytes]:
    made = merge(paths[0], paths[1:]).pdf
    check(made, folder)
    assert look_the_same(made, appended(paths), folder)
    assert texts(made, folder) == texts(appended(paths), folder)
    return fonts(made, folder), made


def told(form: Any, **entries: Any) -> None:
    """Say that a stream is a form."""
    for key, value in {"Type": Name.XObject, "Subtype": Name.Form, **entries}.items():
        form[f"/{key}"] = value


def with_form(pdf: Any) -> None:
    """The page's content in a form, as other programs have it."""
    page = pdf.pages[0]
    form = pdf.make_stream(page.Contents.read_bytes())
    told(form, BBox=page.MediaBox, Resources=page.Resources)
    page.Contents = pdf.make_stream(b"/Fm Do")
    page.Resources = Dictionary(XObject=Dictionary(Fm=form))


def in_two_streams(pdf: Any) -> None:
    data = pdf.pages[0].Contents.read_bytes()
    at = data.index(b"]TJ") + 3
    pdf.pages[0].Contents = Array([pdf.make_stream(data[:at]), pdf.make_stream(data[at:])])


def in_parentheses(pdf: Any) -> None:
    """Strings as other programs write them, with all the escapes there are."""

    def literal(found: re.Match[bytes]) -> bytes:
        return b"(" + b"".join(b"\\%03o" % byte for byte in bytes.fromhex(found[1].decode())) + b")"

    data = pdf.pages[0].Contents.read_bytes()
    pdf.pages[0].Contents = pdf.make_stream(re.sub(rb"(?<!<)<([0-9A-F]+)>(?!>)", literal, data))


def ranges_of_characters(pdf: Any) -> None:
    """ToUnicode as other programs write it."""
    for font in pdf.pages[0].Resources.Font.values():
        data = font.ToUnicode.read_bytes()
        data = re.sub(rb"<(....)><(.+?)>", rb"<\1> <\1> <\2>", data).replace(b"bfchar", b"bfrange")
        font.ToUnicode.write(data.replace(b"<0000> <0000> <FFFF>", b"<0000><FFFF>"))


FOREIGN = {
    it.__name__: it for it in (with_form, in_two_streams, in_parentheses, ranges_of_characters)
}


@needs("pdffonts")
@needs("pdftoppm")
@pytest.mark.parametrize("case", FOREIGN)
def test_pages_as_other_programs_write_them_are_joined_too(case, three, tmp_path):
    other = edited(three[1], FOREIGN[case], tmp_path)
    names, _ = joined([three[0], other], tmp_path)
    assert len(names) == len(set(names))


def font_in_a_state(pdf: Any) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.values()))
    pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(Font=[font, 9]))


def form_without_resources(pdf: Any) -> None:
    form = pdf.make_stream(pdf.pages[0].Contents.read_bytes())
    told(form, BBox=pdf.pages[0].MediaBox)
    pdf.pages[0].Contents = pdf.make_stream(b"/Fm Do")
    pdf.pages[0].Resources.XObject = Dictionary(Fm=form)


def form_in_the_font_of_the_page(pdf: Any) -> None:
    """It names no font before it shows text, so it shows it in the page's."""
    data = pdf.pages[0].Contents.read_bytes()
    name, size, code = re.search(rb"/(F\d+) ([\d.]+) Tf.*?<([0-9A-F]{4})", data, re.DOTALL).groups()
    form = pdf.make_stream(b"BT 50 50 Td <%s> Tj ET" % code)
    told(form, BBox=[0, 0, 99, 99], Resources=Dictionary())
    pdf.pages[0].Contents = pdf.make_stream(data + b" /%s %s Tf /Fm Do" % (name, size))
    pdf.pages[0].Resources.XObject = Dictionary(Fm=form)


def inline_picture(pdf: Any) -> None:
    picture = b" BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
    pdf.pages[0].Contents = pdf.make_stream(pdf.pages[0].Contents.read_bytes() + picture)


LEFT = {it.__name__: it for it in (font_in_a_state, form_without_resources, form_in_the_font_of_the_page, inline_picture)}  # fmt: skip


@needs("pdffonts")
@needs("pdftoppm")
@pytest.mark.parametrize("case", LEFT)
def test_a_page_whose_fonts_cannot_be_told_keeps_them(case, three, tmp_path):
    other = edited(three[1], LEFT[case], tmp_path)
    names, _ = joined([three[0], other], tmp_path)
    assert len(names) > len(set(names))


def other_widths(pdf: Any) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.DescendantFonts[0].FontDescriptor.Ascent = 999


def other_program(pdf: Any) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.DescendantFonts[0].FontDescriptor.FontFile2.write(b"no program")


def vertical(pdf: Any) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        font.DescendantFonts[0].W2 = Array([1, Array([1000, 500, 880])])


@pytest.mark.parametrize("change", [other_widths, other_program, vertical])
def test_another_face_of_the_same_name_is_not_the_same_face(change, three, tmp_path):
    other = edited(three[1], change, tmp_path)
    files = [open_bytes(Path(path).read_bytes(), Place(path), path) for path in (three[0], other)]
    assert not Joining(files)._keys
    assert Joining([*files, open_bytes(Path(three[2]).read_bytes(), Place("c"), "c")])._keys


def test_a_font_that_comes_once_is_as_it_was(three, tmp_path):
    host = save(tmp_path, "host.pdf", by_name(drawn("host", 2)))
    one, whole = opened(Path(three[0]).read_bytes()), opened(merge(host, three[:1]).pdf)
    assert whole.pages[2].Contents.read_raw_bytes() == one.pages[0].Contents.read_raw_bytes()


def test_thirty_reprints_take_hardly_more_bytes_than_one_issue(tmp_path):
    """At most 1.3 times; with a font for each file it is six times."""
    folder = tmp_path / "sources"
    text = (Path(ROOT) / "README.md").read_text(encoding="utf-8")
    words = re.findall(r"[A-Za-z]{3,}", text)
    names = []
    for n in range(30):
        said = [" ".join(words[(n * 31 + k * 67) % 300 :][:60]) for k in range(5)]
        entries = [{"question": f"What is {it[:20]}?", "answer": f"{it}."} for it in said]
        names.append(source(folder, f"{n:02}.yaml", title=f"Number {n}", interview=entries).name)
    issue = {"format": 1, "title": "All", "contents": [{"interview": name} for name in names]}
    (folder / "issue.yaml").write_text(json.dumps(issue))
    out = tmp_path / "out"
    assert main(["build", str(folder), "-o", str(out), "--quiet", "--jobs", "1"]) == 0
    paths = [str(out / name.replace(".yaml", ".pdf")) for name in names]
    merged = merge(paths[0], paths[1:], keep_claims=True).pdf
    native = (out / "issue.pdf").read_bytes()
    assert len(opened(merged).pages) == len(opened(native).pages) == 30
    assert len(merged) <= 1.3 * len(native)
    assert len(appended(paths)) > 3 * len(native)

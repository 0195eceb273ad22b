"""Faces inside a PDF: codes, subsets, widths, and what every code stands for."""

import re

import pytest
import uharfbuzz as hb
from msgspec.structs import replace
from readback import blocks, fonts, glyphs, opened, shown, to_unicode, walked, widths
from reprints import SAMPLES, SOURCES, house, reprint, runs, sample, source

from layout.plates import fonts as fonts_module
from layout.plates.cmap import BLOCK
from layout.plates.fonts import OFTEN, PaintedFont, _subset, _to_unicode
from layout.setting.shaping import Shaper


@pytest.fixture
def face():
    return house().looks("en").look("text").face


@pytest.fixture
def painted(face):
    return PaintedFont(face, "F1")


@pytest.fixture
def shape(face):
    return Shaper(face, (), "en").shape


# --- codes ---


def test_codes_are_given_in_the_order_of_painting(painted, shape):
    codes = re.findall(r"[0-9A-F]{4}", painted.fragment(shape("abba"), 10))
    assert codes == ["0001", "0002", "0002", "0001"]


def test_codes_do_not_depend_on_what_other_documents_painted(face, painted, shape):
    """Numbers of glyphs are the process's, codes the document's."""
    PaintedFont(face, "F1").fragment(shape("zebra"), 10)
    codes = re.findall(r"[0-9A-F]{4}", painted.fragment(shape("abba"), 10))
    assert codes == ["0001", "0002", "0002", "0001"]
    assert [text for _, text in painted.codes] == ["a", "b"]


def test_a_face_that_is_asked_for_often_gives_the_same_subsets(face, monkeypatch):
    glyphs = {glyph for glyph, _ in Shaper(face, (), "en").shape("office").pairs}
    monkeypatch.setattr("layout.plates.fonts._PREPARED", {})
    first = _subset(face, glyphs)
    monkeypatch.setattr("layout.plates.fonts._ASKED", {face: OFTEN})
    assert _subset(face, glyphs) == first
    assert fonts_module._PREPARED


def test_a_code_is_a_glyph_with_what_it_stands_for(face, painted):
    """The hyphen's glyph stands for a hyphen and for a soft one: two codes of one glyph."""
    shaper = Shaper(face, (), "en")
    painted.fragment(shaper.shape("re\u2010"), 10)
    painted.fragment(shaper.hyphenated("re"), 10)
    pairs = [pair for pair in painted.codes if pair[1] in ("\u2010", "\u00ad")]
    assert len(pairs) == 2
    assert len({glyph for glyph, _ in pairs}) == 1


def test_a_small_capital_stands_for_its_letter(face, painted):
    painted.fragment(Shaper(face, (), "en").shape("a"), 10)
    painted.fragment(Shaper(face, ("smcp",), "en").shape("a"), 10)
    assert [text for _, text in painted.codes] == ["a", "a"]
    assert len({glyph for glyph, _ in painted.codes}) == 2


def test_a_ligature_stands_for_its_letters(painted, shape):
    painted.fragment(shape("office"), 10)
    texts = [text for _, text in painted.codes]
    assert "".join(texts) == "office"
    assert any(len(text) > 1 for text in texts)


def test_kerns_are_numbers_between_codes(painted, shape):
    fragment = painted.fragment(shape("AVAV"), 10)
    assert re.fullmatch(r"<0001>\d+(\.\d+)?<0002>\d+(\.\d+)?<0001>\d+(\.\d+)?<0002>", fragment)


def test_glyphs_off_their_places_move_up_and_back(face, painted):
    """The accent of a b, were it a letter of its own: by numbers and a text rise, which is undone."""
    apart = replace(Shaper(face, (), "en").shape("b\u0302a"), groups=None)
    fragment = painted.fragment(apart, 20)
    moved = re.fullmatch(
        r" 0<0001>0 ]TJ 1\.000 Ts\[ (\d+)<0002>-(\d+) ]TJ 0 Ts\[ 0<0003>0 ", fragment
    )
    assert moved and moved[1] == moved[2]


# --- what codes stand for ---


def test_to_unicode_is_in_blocks_of_a_hundred():
    rows = _to_unicode([(n, n, chr(0x100 + n)) for n in range(1, 251)])
    assert re.findall(rb"(\d+) beginbfchar", rows) == [b"100", b"100", b"50"]


def test_characters_beyond_the_first_plane_are_surrogates():
    assert b"<0001><D835DC65>" in _to_unicode([(1, 7, "\U0001d465")])
    assert b"<0001><006600660069>" in _to_unicode([(1, 7, "ffi")])


def test_a_glyph_that_only_ends_a_character_is_a_soft_hyphen():
    """Each code that is used must say something (ISO 14289-1, 7.21.7); what it says goes with the soft hyphens."""
    assert b"<0002><00AD>" in _to_unicode([(1, 7, "ab"), (2, 8, "")])


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_every_run_reads_as_it_was_set_where_it_was_placed(name, inside):
    """From the file's codes back to characters: just what make-up placed, on the spot, and nothing besides."""
    printed = reprint(SOURCES / f"{name}.yaml", inside=True) if inside else sample(name)
    for page, placed in zip(opened(printed.pdf).pages, printed.pages.pages, strict=True):
        pieces = [piece for piece in walked(page) if piece.operator == "TJ"]
        for run in runs(placed):
            text, at = "", run.x
            while text != run.text:  # the ends of a word over two lines are painted together
                piece = next(
                    it for it in pieces if abs(it.x - at) < 0.05 and abs(it.y - run.y) < 0.05
                )
                pieces.remove(piece)
                text, at = text + piece.text, piece.end
                assert run.text.startswith(text)
        assert not pieces


def test_blocks_announce_their_lines():
    sections = [blocks(font) for font in fonts(opened(sample("one-paragraph").pdf)).values()]
    assert all(count == lines <= BLOCK for section in sections for count, lines in section)


def test_a_character_beyond_the_first_plane_comes_back(tmp_path):
    """U+1F12F, the copyleft sign, which the text face has."""
    answer = "All wrongs reserved \U0001f12f here."
    printed = reprint(source(tmp_path, interview=[{"question": "Whose?", "answer": answer}]))
    file = opened(printed.pdf)
    texts = {key: to_unicode(font) for key, font in fonts(file).items()}
    assert answer in "".join(shown(file.pages[0], texts))


# --- the font files ---


def embedded(font) -> hb.Font:
    data = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    return hb.Font(hb.Face(hb.Blob(data)))


def test_the_file_states_the_widths_that_the_font_has():
    for font in fonts(opened(sample("one-paragraph").pdf)).values():
        inside = embedded(font)
        scale = 1000 / inside.face.upem
        for code, width in widths(font).items():
            advance = inside.get_glyph_h_advance(glyphs(font)[code]) * scale
            assert width == pytest.approx(advance, abs=0.01)


def test_each_code_leads_to_the_glyph_that_was_shaped():
    """Renumbered as they are, glyphs keep their outlines: compared by their extents."""
    printed = sample("why-hyphens")
    for font in fonts(opened(printed.pdf)).values():
        inside, known = embedded(font), glyphs(font)
        name = str(font.BaseFont).partition("+")[2]
        run = next(run for run in runs(printed.pages.pages[0]) if run.face.name == name)
        by_text: dict[str, set] = {}
        for other in runs(printed.pages.pages[0]):
            if other.face is run.face:
                for piece in other.pieces:
                    for glyph, text in piece.pairs:
                        by_text.setdefault(text, set()).add(glyph)
        for code, text in to_unicode(font).items():
            extents = inside.get_glyph_extents(known[code])
            wanted = [run.face.font.get_glyph_extents(glyph) for glyph in by_text[text]]
            assert tuple(extents) in [tuple(each) for each in wanted]


def test_a_subset_is_a_small_part_of_its_font(face):
    """Glyphs that are painted, .notdef, and the parts that accented letters are composed of."""
    font = next(f for f in fonts(opened(sample("why-hyphens").pdf)).values() if "4-Regular" in str(f.BaseFont))  # fmt: skip
    used = set(glyphs(font)) | {0}
    assert len(used) <= embedded(font).face.glyph_count <= len(used) + 30
    assert len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < len(face.blob.data) / 4  # fmt: skip


def test_font_files_say_their_length_and_leave_out_what_a_pdf_does_not_read():
    for font in fonts(opened(sample("why-hyphens").pdf)).values():
        file = font.DescendantFonts[0].FontDescriptor.FontFile2
        assert int(file.Length1) == len(file.read_bytes())
        assert not {"GSUB", "GPOS", "name", "cmap"} & set(embedded(font).face.table_tags)
        assert {"glyf", "loca", "head", "hhea", "hmtx", "maxp"} <= set(
            embedded(font).face.table_tags
        )


def tags(pdf: bytes) -> dict[str, str]:
    names = [str(font.BaseFont).lstrip("/") for font in fonts(opened(pdf)).values()]
    return {name[7:]: name[:6] for name in names}


def test_tags_are_six_capitals_made_from_the_content():
    first, second = tags(sample("why-hyphens").pdf), tags(sample("one-paragraph").pdf)
    assert all(re.fullmatch("[A-Z]{6}", tag) for tag in [*first.values(), *second.values()])
    assert len(set(first.values())) == len(first)
    same = {name for name in first.keys() & second.keys() if first[name] == second[name]}
    assert same == {"SourceSerif4Display-Semibold"}, "both have just the masthead in it"
    assert tags(sample("why-hyphens").pdf) == first


def test_base_fonts_and_descriptors_agree_on_the_name():
    for font in fonts(opened(sample("why-hyphens").pdf)).values():
        descendant = font.DescendantFonts[0]
        assert font.BaseFont == descendant.BaseFont == descendant.FontDescriptor.FontName


def test_italics_say_so():
    for font in fonts(opened(sample("one-paragraph").pdf)).values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        italic = str(font.BaseFont).endswith("It")
        assert bool(int(descriptor.Flags) & 64) == italic == (float(descriptor.ItalicAngle) < 0)
        assert int(descriptor.Flags) & 4 and not int(descriptor.Flags) & 32


@pytest.mark.parametrize("name", SAMPLES)
def test_every_font_is_embedded_with_unicode(tool, tmp_path, name):
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample(name).pdf)
    rows = tool("pdffonts", path).splitlines()[2:]
    assert len(rows) == len(fonts(opened(sample(name).pdf)))
    for row in rows:
        assert "CID TrueType" in row and "Identity-H" in row
        assert re.search(r" yes yes yes +\d+ +0$", row), row


@pytest.mark.parametrize("name", SAMPLES)
def test_no_font_of_the_readers_is_named(name):
    """ReportLab would set up Helvetica on every page; here it does not occur at all."""
    assert not [
        thing for thing in opened(sample(name).pdf).objects if b"Helvetica" in thing.unparse()
    ]


def test_a_font_may_have_more_codes_than_a_byte_numbers(tmp_path):
    face = house().looks("en").look("text").face
    letters = "".join(chr(c) for c in range(0xA1, 0x500) if chr(c).isalpha() and face.has(chr(c)))
    answer = " ".join(letters[i : i + 8] for i in range(0, len(letters), 8))
    printed = reprint(source(tmp_path, interview=[{"question": "All?", "answer": answer}]))
    file = opened(printed.pdf)
    texts = {key: to_unicode(font) for key, font in fonts(file).items()}
    assert max(len(codes) for codes in texts.values()) > 256
    assert answer in "".join(shown(file.pages[0], texts)).replace("\u00ad", "")

"""Letters of several glyphs inside a PDF: one glyph each, which draws what HarfBuzz places, and one code."""

import io
import os
import re
import zlib

import pytest
import uharfbuzz as hb
from msgspec.structs import replace

from layout.ground.problems import Place
from layout.house.companions import chain, system_folders
from layout.house.faces import open_face
from layout.house.fontfiles import fonts_folder
from layout.plates.composites import is_blank
from layout.plates.document import Document, Stream
from layout.plates.fonts import PaintedFont, first_place
from layout.plates.outlines import with_composites
from layout.setting.marks import Shaped
from layout.setting.shaping import SOFT_HYPHEN, Shaper

ttlib = pytest.importorskip("fontTools.ttLib")
cfflib = pytest.importorskip("fontTools.cffLib")
pens = pytest.importorskip("fontTools.pens.recordingPen")

WORDS = {
    "Deva": "किं क्षत्रिय स्वतन्त्रता श्री र्क्ति", "Beng": "তাঁদের কৌ স্বাধীনভাবে", "Taml": "கொ கோ ஸ்ரீ பிறக்கின்றனர்",
    "Thai": "ที่ น้ำ ปู่ ญู", "Khmr": "ខ្ញុំ ស្ត្រី ក្រោម", "Hebr": "בְּרֵאשִׁית הַשָּׁמַיִם",
    "Arab": "كُتِبَ السَّلَام عليكم",
}  # fmt: skip


RTL = ("Hebr", "Arab")


def face_of(script):
    path = next(iter(chain(script, "en", "serif", "regular")), None)
    if path is None:
        pytest.skip(f"no font of the script {script} is installed")
    return open_face(path, Place(path))


def shaped(script):
    """Words in one face, in the order of reading."""
    shaper = Shaper(face_of(script), (), "en")
    shaper = shaper.turned if script in RTL else shaper
    return shaper.face, [shaper.shape(word) for word in WORDS[script].split()]


def written(painted):
    """The streams of a font in a file by what they are, and all text of its objects."""
    document = Document((1, 7))
    painted.write(document)
    items = list(document.idToObject.values())
    streams = [(item.text, zlib.decompress(item.data)) for item in items if isinstance(item, Stream)]  # fmt: skip
    return streams, " ".join([item.text for item in items if item.text])


def program(painted):
    return next(data for text, data in written(painted)[0] if "/Length1" in text or "Type0C" in text)  # fmt: skip


def drawn(font, glyph):
    pen = pens.RecordingPen()
    font.draw_glyph_with_pen(glyph, pen)
    return pen.value


def placed(font, word):
    """What HarfBuzz draws of a word, point by point, with the pen moved as it says."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    pen = pens.RecordingPen()
    x = 0
    from fontTools.pens.transformPen import TransformPen

    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions):
        font.draw_glyph_with_pen(
            info.codepoint, TransformPen(pen, (1, 0, 0, 1, x + at.x_offset, at.y_offset))
        )
        x += at.x_advance
    return pen.value, x


def shown(painted, piece):
    """A word in a content stream, and where the pen begins, in font units."""
    if not piece.rtl:
        return painted.fragment(piece, 10), 0.0
    start = piece.width + first_place(painted.face, [piece])
    return painted.leftward([piece], 10, 0.0, 0.0), start / painted.face.scale


def steps(fragment):
    """Codes and numbers of a TJ array."""
    assert "Ts" not in fragment
    for codes, number in re.findall(r"<([0-9A-F]+)>|(-?[\d.]+)", fragment):
        yield from [float(number)] if number else re.findall("....", codes)


def contours(value):
    """What is drawn, whatever is drawn first."""
    found = []
    for step in value:
        if step[0] == "moveTo":
            found.append([])
        found[-1].append(step)
    return sorted(found)


def painted_word(painted, piece):
    """What the codes of a word draw with the font in the file, as a program that reads it would."""
    from fontTools.pens.transformPen import TransformPen

    fragment, x = shown(painted, piece)
    streams, _ = written(painted)
    font = hb.Font(hb.Face(hb.Blob(program(painted))))
    mapping = next(data for text, data in streams if not text and data[:2] == b"\0\0")
    pen = pens.RecordingPen()
    for step in steps(fragment):
        if isinstance(step, float):
            x -= step / painted.face.scale
        else:
            at = 2 * int(step, 16)
            glyph = int.from_bytes(mapping[at : at + 2], "big")
            font.draw_glyph_with_pen(glyph, TransformPen(pen, (1, 0, 0, 1, round(x), 0)))
            x += font.get_glyph_h_advance(glyph)
    return pen.value, x


@pytest.mark.parametrize("script", WORDS)
def test_the_letters_of_a_word_draw_what_harfbuzz_places(script):
    """The same outlines, point by point."""
    face, pieces = shaped(script)
    assert any(count > 1 for piece in pieces for count, _ in piece.groups or ())
    for piece in pieces:
        painted = PaintedFont(face, "F1")
        outlines, end = painted_word(painted, piece)
        wanted, width = placed(face.font, piece.text)
        assert contours(outlines) == contours(wanted), piece.text
        assert piece.rtl or (outlines == wanted and end == pytest.approx(width, abs=0.5))


def test_a_part_off_its_place_would_be_seen(monkeypatch):
    """The control of the one above."""
    from layout.plates import composites

    real = composites.letter_of

    def moved(*arguments):
        glyph, reach = real(*arguments)
        return glyph if isinstance(glyph, int) else tuple((g, x, y + 1) for g, x, y in glyph), reach

    monkeypatch.setattr(composites, "letter_of", moved)
    face, pieces = shaped("Deva")
    assert painted_word(PaintedFont(face, "F1"), pieces[0])[0] != placed(face.font, pieces[0].text)[0]  # fmt: skip


@pytest.mark.parametrize("script", WORDS)
def test_each_code_says_whole_letters_and_together_they_say_the_text(script):
    face, pieces = shaped(script)
    for piece in pieces:
        painted = PaintedFont(face, "F1")
        fragment, _ = shown(painted, piece)
        texts = {code: text for (_, text), code in painted.codes.items()}
        said = [texts[code] for code in steps(fragment) if isinstance(code, str)]
        assert "".join(said) == piece.text and all(said)
        # From the right each character has a code; blank ones take no letterspace.
        assert len(said) == (len(piece.text) if piece.rtl else piece.letters)


def test_without_groups_some_glyph_says_nothing():
    """The control of the one above: what the groups are for."""
    face, pieces = shaped("Deva")
    painted = PaintedFont(face, "F1")
    painted.fragment(replace(pieces[0], groups=None), 10)
    assert "" in [text for _, text in painted.codes]
    assert any(SOFT_HYPHEN.encode("utf-16-be").hex().upper().encode() + b">" in data for _, data in written(painted)[0])  # fmt: skip


def test_what_is_said_after_a_letter_from_the_right_stands_on_its_left():
    """For programs that sort by places; and no letterspace goes before it."""
    face, (piece, _) = shaped("Hebr")
    painted = PaintedFont(face, "F1")
    pairs, kerns, shifts = painted.joined(piece, leftward=True)
    blanks = [number for number, (glyph, _) in enumerate(pairs) if is_blank(glyph)]
    assert len(blanks) == len(piece.text) - piece.letters > 3
    assert all(kerns[at] == 0 and shifts[at][0] < 0 for at in blanks)
    for tracking in (0.0, 50.0):
        fragment = painted.leftward([piece], 10, tracking, 0.0)
        moves = [step for step in steps(fragment) if isinstance(step, float)]
        assert sum(moves) == pytest.approx(sum_of(painted, pairs, kerns, tracking), abs=2)


def sum_of(painted, pairs, kerns, tracking):
    """How far left all numbers of a word lead: its width and that of what was painted, but for its two ends."""
    natural = [painted._natural(glyph) for glyph, _ in pairs]
    letters = sum(not is_blank(glyph) for glyph, _ in pairs)
    wide = sum(natural) - sum(kerns)
    return sum(natural[:-1]) + wide - (natural[0] - kerns[0]) + tracking * (letters - 1)


@pytest.mark.parametrize("script", WORDS)
def test_the_font_file_states_what_fonttools_finds_in_it(script):
    face, pieces = shaped(script)
    painted = PaintedFont(face, "F1")
    for piece in pieces:
        shown(painted, piece)
    data = program(painted)
    stated = ttlib.TTFont(io.BytesIO(data), checkChecksums=2)
    counted = ttlib.TTFont(io.BytesIO(data))
    counted["maxp"].recalc(counted)
    made = [text for text in stated.getGlyphOrder() if stated["glyf"][text].isComposite()]
    assert len(made) >= sum(not isinstance(glyph, int) for glyph, _ in painted.codes)
    for key in ("maxCompositePoints", "maxCompositeContours", "maxComponentElements", "maxComponentDepth"):  # fmt: skip
        assert getattr(stated["maxp"], key) >= getattr(counted["maxp"], key) > 0, key
    assert stated["maxp"].numGlyphs == len(stated["hmtx"].metrics) == len(stated.getGlyphOrder())
    assert stated["hhea"].advanceWidthMax >= max(it for it, _ in stated["hmtx"].metrics.values())
    for name in made:
        glyph = stated["glyf"][name]
        box = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
        assert stated["hmtx"][name][1] == glyph.xMin
        glyph.recalcBounds(stated["glyf"])
        assert box == pytest.approx((glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax), abs=1)
        head = stated["head"]
        assert head.xMin <= box[0] and head.yMin <= box[1] and box[2] <= head.xMax and box[3] <= head.yMax  # fmt: skip


def test_the_widths_in_the_file_are_those_of_the_font():
    face, pieces = shaped("Deva")
    painted = PaintedFont(face, "F1")
    for piece in pieces:
        painted.fragment(piece, 10)
    streams, texts = written(painted)
    font = hb.Font(hb.Face(hb.Blob(program(painted))))
    mapping = next(data for text, data in streams if not text and data[:2] == b"\0\0")
    widths = re.search(r"/W\[1\[([^\]]*)\]", texts)[1].split()
    assert len(widths) == len(painted.codes)
    for code, width in enumerate(widths, 1):
        glyph = int.from_bytes(mapping[2 * code : 2 * code + 2], "big")
        assert float(width) == pytest.approx(font.get_glyph_h_advance(glyph) * face.scale, abs=0.01)


def test_the_same_words_give_the_same_bytes():
    face, pieces = shaped("Beng")
    found = []
    for _ in range(2):
        painted = PaintedFont(face, "F1")
        for piece in pieces:
            painted.fragment(piece, 10)
        found.append(program(painted))
    assert found[0] == found[1]


def test_a_composite_of_composites_is_deeper():
    """And each glyph that was there before is as it was."""
    data = program(one_painted("Deva"))
    before = hb.Font(hb.Face(hb.Blob(data)))
    count = before.face.glyph_count
    parts = ((count - 1, 10, 20), (1, 0, 0))
    more = with_composites(data, {parts: 777, ((count, 5, 5),): 7})
    after = hb.Font(hb.Face(hb.Blob(more)))
    assert after.face.glyph_count == count + 2
    assert [drawn(after, glyph) for glyph in range(count)] == [drawn(before, glyph) for glyph in range(count)]  # fmt: skip
    assert after.get_glyph_h_advance(count) == 777 and after.get_glyph_h_advance(count + 1) == 7
    stated = ttlib.TTFont(io.BytesIO(more))["maxp"]
    font = ttlib.TTFont(io.BytesIO(more))
    font["maxp"].recalc(font)
    assert stated.maxComponentDepth == font["maxp"].maxComponentDepth > deepest(data)
    assert stated.maxCompositePoints >= font["maxp"].maxCompositePoints


def deepest(data):
    return ttlib.TTFont(io.BytesIO(data))["maxp"].maxComponentDepth


def one_painted(script):
    face, pieces = shaped(script)
    painted = PaintedFont(face, "F1")
    painted.fragment(pieces[0], 10)
    return painted


def test_a_file_beyond_the_reach_of_short_places_gets_long_ones():
    """The whole font, repeated until places no longer fit two bytes (OpenType, loca)."""
    path = os.path.join(fonts_folder(), "noto", "NotoSerifDevanagari-Regular.ttf")
    with open(path, "rb") as file:
        data = file.read()
    letters = {tuple((10, n, m) for m in range(120)): n for n in range(400)}
    font = ttlib.TTFont(io.BytesIO(with_composites(data, letters)), checkChecksums=2)
    assert font["head"].indexToLocFormat == 1
    assert len(font["glyf"][font.getGlyphOrder()[-1]].components) == 120


def test_tables_for_lines_from_above_do_not_list_too_few_glyphs():
    """They are gone where glyphs are added."""
    font = ttlib.TTFont(os.path.join(fonts_folder(), "noto", "NotoSerifThai-Regular.ttf"))
    font["vmtx"] = ttlib.newTable("vmtx")
    font["vmtx"].metrics = dict.fromkeys(font.getGlyphOrder(), (1000, 0))
    font["vhea"] = ttlib.newTable("vhea")
    font["vhea"].__dict__ = {**font["hhea"].__dict__, "tableTag": "vhea", "tableVersion": 0x00010000, "numberOfVMetrics": 1, "advanceHeightMax": 1000, "minTopSideBearing": 0, "minBottomSideBearing": 0, "yMaxExtent": 0, "reserved0": 0, "reserved1": 0, "reserved2": 0, "reserved3": 0, "reserved4": 0, "caretOffset": 0}  # fmt: skip
    out = io.BytesIO()
    font.save(out)
    assert "vmtx" in ttlib.TTFont(io.BytesIO(out.getvalue()))
    assert "vmtx" not in ttlib.TTFont(io.BytesIO(with_composites(out.getvalue(), {((5, 0, 0),): 9})))  # fmt: skip


@pytest.mark.parametrize("kind", ["by name", "by CID"])
def test_letters_of_postscript_outlines_are_charstrings(kind):
    """By name: a face that Ghostscript brings; by CID: one of those for Chinese."""
    face = postscript() if kind == "by name" else face_of("Hans")
    if not face.compact:
        pytest.skip("no font with PostScript outlines by CID is installed")
    base, mark = (face.font.get_nominal_glyph(ord(sign)) for sign in "b\u00b4")
    kerns = 0.0, face.advance(mark)
    piece = Shaped("b\u0301", 0.0, ((base, "b"), (mark, "\u0301")), kerns, (None, (-400.0, 150.0)), groups=((2, "b\u0301"),))  # fmt: skip
    painted = PaintedFont(face, "F1")
    assert re.fullmatch("<0001>", painted.fragment(piece, 10))
    ((letter, text),) = painted.codes
    assert text == piece.text
    streams, texts = written(painted)
    inside = cfflib.CFFFontSet()
    inside.decompile(io.BytesIO(next(data for kind, data in streams if "Type0C" in kind)), None)
    top = inside[0]
    assert hasattr(top, "ROS") == (kind == "by CID")
    pen, number = pens.RecordingPen(), len(top.charset) - 1
    string = top.CharStrings[top.charset[number]]
    string.draw(pen)
    wanted = []
    for glyph, x, y in letter:
        moved = drawn(face.font, glyph)
        wanted += [(op, tuple((a + x, b + y) for a, b in points)) for op, points in moved]
    assert strokes(pen.value) == strokes(wanted)
    width = round(face.advance(base))
    cid = int(top.charset[number][3:]) if hasattr(top, "ROS") else number
    assert string.width == width and f"{cid}[{width}]" in texts


def postscript():
    for folder in system_folders():
        for at, _, files in sorted(os.walk(folder)):
            if "C059-Roman.otf" in files:
                return open_face(os.path.join(at, "C059-Roman.otf"), Place(""))
    pytest.skip("no font with PostScript outlines is installed")


def strokes(value):
    """What is drawn, without what only closes a contour."""
    return [(op, points) for op, points in value if op in ("moveTo", "curveTo")]

"""Faces against fontTools, which reads the same files in its own way."""

import os

import pytest

from layout.ground.problems import Place, Refused
from layout.house.faces import open_face
from layout.house.fontfiles import fonts_folder

fonttools = pytest.importorskip("fontTools.ttLib")

FILES = sorted(
    os.path.join(folder, file)
    for folder, _, files in os.walk(fonts_folder())
    for file in files
    if file.endswith(".ttf")
)


@pytest.mark.parametrize("path", FILES, ids=os.path.basename)
def test_metrics_names_and_coverage_are_those_of_the_file(path):
    face, font = open_face(path, Place(path)), fonttools.TTFont(path)
    scale = 1000 / font["head"].unitsPerEm
    head, os2 = font["head"], font["OS/2"]
    assert face.name == font["name"].getDebugName(6)
    if os2.sxHeight:  # some faces without Latin say nothing; HarfBuzz then measures or estimates
        assert face.cap_height == pytest.approx(os2.sCapHeight * scale)
        assert face.x_height == pytest.approx(os2.sxHeight * scale)
    assert face.box == (head.xMin, head.yMin, head.xMax, head.yMax)
    assert face.angle == pytest.approx(font["post"].italicAngle)
    assert face.ascender >= face.cap_height > face.x_height >= 0 > face.descender
    assert face.x_height > 0 or not face.has("x")
    glyphs, cmap = font.getGlyphOrder(), font.getBestCmap()
    for index in range(0, len(glyphs), 97):
        assert face.advance(index) == pytest.approx(font["hmtx"][glyphs[index]][0] * scale)
    assert all(face.has(c) == (ord(c) in cmap) for c in "aßﬁœ\u2010Ж漢😀\u0301")


@pytest.mark.parametrize("path", FILES, ids=os.path.basename)
def test_features_are_the_tags_of_the_substitutions(path):
    records = fonttools.TTFont(path)["GSUB"].table.FeatureList.FeatureRecord
    assert open_face(path, Place(path)).features == {record.FeatureTag for record in records}


def test_a_file_is_opened_once_a_process():
    assert open_face(FILES[0], Place("a")) is open_face(FILES[0], Place("b"))


@pytest.mark.parametrize("data", [b"", b"not a font at all", b"\0\1\0\0" + b"\0" * 60], ids=["empty", "text", "truncated"])  # fmt: skip
def test_what_is_no_font_is_refused(tmp_path, data):
    path = tmp_path / "no.ttf"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        open_face(str(path), Place("brand.yaml", 3, 5))
    problem = refused.value.problems[0]
    assert "no.ttf" in problem.message and problem.place.line == 3


def test_a_font_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot open the font"):
        open_face(str(tmp_path / "none.ttf"), Place("brand.yaml"))


@pytest.mark.parametrize(("rights", "allowed"), [(0, True), (4, True), (8, True), (2, False), (0x104, False), (0x200, False)])  # fmt: skip
def test_postscript_outlines_are_read_where_the_licence_lets_them(tmp_path, rights, allowed):
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.t2CharStringPen import T2CharStringPen

    pen = T2CharStringPen(500, None)
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupCFF("Outlines", {}, {".notdef": pen.getCharString()}, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Outlines", "styleName": "Regular"})
    builder.setupOS2(fsType=rights)
    builder.setupPost()
    builder.save(tmp_path / "outlines.otf")
    path = str(tmp_path / "outlines.otf")
    if allowed:
        assert open_face(path, Place("brand.yaml")).compact
        return
    with pytest.raises(Refused, match=r"the licence of .*outlines\.otf forbids") as refused:
        open_face(path, Place("brand.yaml"))
    assert "Open Font License" in refused.value.problems[0].hint

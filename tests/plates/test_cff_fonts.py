"""Faces with PostScript outlines inside a PDF: every code leads to the glyph that was shaped."""

import io
import os
import re
import zlib
from pathlib import Path

import pytest

from layout.bindery.preflight.cff import Compact
from layout.bindery.preflight.cmaps import CMap
from layout.ground.problems import Place
from layout.house.companions import system_folders
from layout.house.faces import open_face
from layout.house.fontfiles import split_index
from layout.plates.document import Document, Stream
from layout.plates.fonts import SYSTEM, PaintedFont
from layout.setting.shaping import Shaper


def named():
    """A name-keyed face, such as Ghostscript brings with it."""
    for folder in system_folders():
        for parent, _, files in sorted(os.walk(folder)):
            if "C059-Roman.otf" in files:
                return os.path.join(parent, "C059-Roman.otf")
    return None


FACES = {
    "by name": (named(), "Office, field: AVAV!"),
    "by CID": (
        str(Path(__file__).parents[1] / "fonts" / "NotoSerifSC-Regular.otf"),
        "国永字AVAVあ가",
    ),
}


def test_a_number_after_the_path_is_a_face_of_a_collection(tmp_path):
    assert split_index("a.ttc#2") == ("a.ttc", 2)
    assert split_index("a#b.ttf") == ("a#b.ttf", 0)
    (tmp_path / "odd#1").touch()
    assert split_index(str(tmp_path / "odd#1")) == (str(tmp_path / "odd#1"), 0)


@pytest.mark.parametrize("twice", [False, True], ids=["once", "twice"])
@pytest.mark.parametrize("kind", FACES)
def test_codes_lead_by_cids_to_the_glyphs_shaped(kind, twice):
    """Codes are CIDs, but where a program has none, or a glyph stands for two texts: there a CMap is between."""
    path, text = FACES[kind]
    if path is None or not open_face(path, Place(path)).compact:
        pytest.skip(f"no font with PostScript outlines {kind} is installed")
    face = open_face(path, Place(path))
    painted = PaintedFont(face, "F1")
    painted.fragment(Shaper(face, (), "en").shape(text), 10)
    if twice:
        painted.code((face.font.get_nominal_glyph(ord("A")), "B"))
    document = Document((1, 7))
    painted.write(document)
    items = list(document.idToObject.values())
    streams = {item.text.split("/")[2]: zlib.decompress(item.data) for item in items if isinstance(item, Stream) and item.text}  # fmt: skip
    listed = next(item.text for item in items if "/CIDFontType0/" in item.text)
    widths = {int(cid): float(width) for cid, width in re.findall(r"(\d+)\[([\d.]+)\]", listed)}
    program, cids = Compact(streams["CIDFontType0C"]), None
    assert SYSTEM in listed
    font = next(item.text for item in items if "/Subtype/Type0" in item.text)
    assert (
        ("/Encoding/Identity-H" in font)
        == ("CMap" not in streams)
        == (kind == "by CID" and not twice)
    )
    if "CMap" in streams:
        assert b"/WMode 0 def" in streams["CMap"] and b"/Ordering (Identity)" in streams["CMap"]
        encoding = next(item.text for item in items if "/Type/CMap" in item.text)
        assert "/WMode 0" in encoding and SYSTEM in encoding
        cids = CMap(streams["CMap"]).cids
    assert program.is_cid == (kind == "by CID")
    outlines = drawn(streams["CIDFontType0C"])
    assert len(painted.codes) > 5
    for (glyph, _), code in painted.codes.items():
        cid = int(code, 16) if cids is None else cids[int(code, 16)]
        inside = program.glyph_of[cid]
        assert glyph and inside
        assert program.width(inside) == pytest.approx(face.advance(glyph), abs=0.01)
        assert widths[cid] == pytest.approx(face.advance(glyph), abs=0.01)
        assert outlines[inside] == drawn(bytes(face.face.reference_table("CFF ").data), glyph)[glyph]  # fmt: skip


def drawn(program, only=None):
    """The boxes of glyphs as fontTools draws them, in the program's order."""
    font = pytest.importorskip("fontTools.cffLib").CFFFontSet()
    font.decompile(io.BytesIO(program), None)
    strings = font[0].CharStrings
    return {
        number: strings[name].calcBounds(None)
        for number, name in enumerate(font[0].charset)
        if only in (None, number)
    }

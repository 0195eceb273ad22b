"""Faces that are found for a script: named in the manifest, proved by `verify`, passed over where they cannot be used."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from reprints import source

pytest.importorskip("fontTools")

from made_fonts import KHMER, collection, font

from layout.desk.cli import main
from layout.desk.provenance import MANIFEST, Asked, identity, is_font
from layout.desk.verify import verify
from layout.ground.problems import Refused
from layout.house import companions

SERIF, SANS = "NotoSerifKhmer-Regular.ttf", "NotoSansKhmer-Regular.ttf"
CJK = "NotoSerifCJK-Regular.ttc"


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A folder of OFFPRINT_FONTS, one that stands for the system's, and one of sources."""
    for name in ("own", "system", "texts"):
        (tmp_path / name).mkdir()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("OFFPRINT_FONTS", str(tmp_path / "own"))
    monkeypatch.setattr(companions, "system_folders", lambda: (str(tmp_path / "system"),))
    forget()
    yield tmp_path
    forget()


def forget():
    """Look into the folders again, as another process would."""
    companions._chain.cache_clear()
    companions._files.cache_clear()
    companions.opened.cache_clear()


def build(places: Path, text: str = KHMER, *options: str, **keys: str) -> int:
    said = [{"question": "Who?", "answer": f"It is {text}."}]
    written = source(places / "texts", interview=said, **keys)
    return main(["build", str(written), "-o", str(places / "made.pdf"), *options])


def inside(places: Path) -> tuple[dict, str]:
    """The manifest of what was built, and its identifier."""
    with pikepdf.open(places / "made.pdf") as pdf:
        (record,) = (it.EF.F.read_bytes() for it in pdf.Root.AF if str(it.UF) == MANIFEST)
        return json.loads(record), bytes(pdf.trailer.ID[0]).hex().upper()


# --- named ---


@pytest.mark.parametrize(("folder", "house"), [("own/deep", "@offprint-fonts"), ("system/deep", "@system")])  # fmt: skip
def test_a_face_that_was_found_is_named_with_its_hash_and_no_path(places, folder, house):
    path = font(places / folder / SERIF)
    assert build(places) == 0
    record, key = inside(places)
    assert record["fonts"][f"{house}/{SERIF}"] == sha256(path.read_bytes()).hexdigest()
    assert str(places) not in json.dumps(record)
    digests = {name: bytes.fromhex(it) for name, it in (record["files"] | record["fonts"]).items()}
    digests |= {f"@offprint/{name}": bytes.fromhex(it) for name, it in record["profiles"].items()}
    assert identity(Asked(), digests) == key


def test_a_face_of_a_collection_is_named_with_its_number(places):
    path = collection(places / "system" / CJK, ["あ", "가", "国永", "國", "國"])
    assert build(places, "国永") == 0
    digest = sha256(path.read_bytes()).hexdigest()
    assert inside(places)[0]["fonts"][f"@system/{CJK}#2"] == digest
    with pikepdf.open(places / "made.pdf") as pdf:
        assert not [it for it in pdf.Root.AF if "ttc" in str(it.UF)], "fonts are not carried"
    assert verify(str(places / "made.pdf")).status == "same"


def test_what_was_found_and_not_needed_is_not_named(places):
    font(places / "own" / SERIF)
    assert build(places, "a reader") == 0
    assert not [it for it in inside(places)[0]["fonts"] if "Khmer" in it]


def test_a_source_in_a_batch_is_not_said_to_have_the_faces_of_the_one_before(places):
    font(places / "own" / SERIF)
    one = source(places / "texts", "a.yaml", title=KHMER)
    two = source(places / "texts", "b.yaml")
    assert main(["build", str(one), str(two), "-o", str(places), "--jobs", "1", "--quiet"]) == 0
    (places / "b.pdf").rename(places / "made.pdf")
    assert not [it for it in inside(places)[0]["fonts"] if "Khmer" in it]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a.TTF", True), ("@system/a.ttc#2", True), ("a.ttc", True), ("a.png", False), ("a.png#2", False)],
)  # fmt: skip
def test_a_font_is_told_by_its_name(name, wanted):
    assert is_font(name) == wanted


# --- up to date ---


@pytest.mark.parametrize("folder", ["own", "system"])
def test_a_file_is_current_until_a_face_of_it_changes(places, capsys, folder):
    font(places / folder / SERIF)
    said = []
    for height in (700, 700, 500):
        font(places / folder / SERIF, height=height)
        forget()
        assert build(places, KHMER, "--json") == 0
        said.append(json.loads(capsys.readouterr().out)["status"])
    assert said == ["built", "current", "built"]


def test_a_face_that_comes_before_those_of_the_program_is_noticed(places, capsys):
    assert build(places, "क", "--json") == 0
    font(places / "own" / "NotoSerifDevanagari-Regular.ttf", "क")
    forget()
    assert build(places, "क", "--json") == 0
    assert build(places, "क", "--json") == 0
    said = [json.loads(line)["status"] for line in capsys.readouterr().out.splitlines()]
    assert said == ["built", "built", "current"]
    assert "@offprint-fonts/NotoSerifDevanagari-Regular.ttf" in inside(places)[0]["fonts"]


def test_make_is_told_of_it(places):
    path = font(places / "own" / SERIF)
    assert build(places, KHMER, "--depfile", str(places / "made.d")) == 0
    assert os.path.relpath(path) in (places / "made.d").read_text()


# --- verify ---


@pytest.mark.parametrize("folder", ["own", "system"])
def test_the_same_face_gives_the_same_file_whatever_else_is_there(places, folder):
    """A face that would be better is no part of what the file was made with."""
    font(places / folder / SANS)
    assert build(places) == 0
    font(places / "own" / SERIF, height=300)
    forget()
    assert verify(str(places / "made.pdf")).status == "same"


def test_it_is_found_by_its_bytes_in_a_folder_that_is_given(places):
    path = font(places / "system" / SERIF)
    assert build(places) == 0
    (places / "kept").mkdir()
    path.rename(places / "kept" / "renamed.ttf")
    forget()
    with pytest.raises(Refused, match=f"the system's font {SERIF} is not here") as refused:
        verify(str(places / "made.pdf"))
    assert "--fonts" in refused.value.problems[0].hint
    assert verify(str(places / "made.pdf"), [str(places / "kept")]).status == "same"


@pytest.mark.parametrize(("folder", "said"), [("own", f"the font {SERIF} of OFFPRINT_FONTS"), ("system", f"the system's font {SERIF}")])  # fmt: skip
def test_another_face_of_that_name_is_told(places, folder, said, capsys):
    font(places / folder / SERIF)
    assert build(places) == 0
    font(places / folder / SERIF, height=500)
    forget()
    assert main(["verify", str(places / "made.pdf")]) == 1
    told = capsys.readouterr()
    assert "differs" in told.out
    assert f"it cannot be made again here: {said} is another one here" in told.err


# --- passed over ---


def torn(path: Path) -> Path:
    font(path)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def without(path: Path, table: str) -> Path:
    from fontTools.ttLib import TTFont

    font(path)
    made = TTFont(path)
    del made[table]
    made.save(path)
    return path


def bitmaps(path: Path) -> Path:
    """A font whose outlines are there and empty."""
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    font(path)
    made = TTFont(path)
    made.recalcBBoxes = False
    glyphs, places = (DefaultTable(it) for it in ("glyf", "loca"))
    glyphs.data, places.data = b"", b"\0\0" * (made["maxp"].numGlyphs + 1)
    made["glyf"], made["loca"] = glyphs, places
    made.save(path)
    return path


def text(path: Path) -> Path:
    path.write_text("not a font at all")
    return path


UNUSABLE = {
    "forbidden": (lambda path: font(path, rights=2), "forbids its embedding"),
    "bitmaps only": (lambda path: font(path, rights=0x200), "forbids its embedding"),
    "torn": (torn, "is damaged: its end is missing"),
    "no outlines": (lambda path: without(path, "glyf"), "is no TrueType or OpenType font"),
    "empty outlines": (bitmaps, "is no TrueType or OpenType font"),
    "text": (text, "is no TrueType or OpenType font"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_a_face_that_cannot_be_used_is_passed_over_and_told_once(places, kind, capsys):
    spoilt, why = UNUSABLE[kind]
    path = spoilt(places / "system" / SERIF)
    font(places / "system" / SANS)
    assert build(places) == 0
    said = capsys.readouterr().err
    assert said.count("passed over") == 1 and why in said and f"{path}: note: passed over: " in said
    record = inside(places)[0]
    assert [it for it in record["fonts"] if "Khmer" in it] == [f"@system/{SANS}"]
    assert verify(str(places / "made.pdf")).status == "same"


def test_so_is_one_in_a_folder_of_the_variable(places, capsys):
    font(places / "own" / SERIF, rights=2)
    font(places / "system" / SERIF)
    assert build(places) == 0
    assert f"{places / 'own' / SERIF}: note: passed over: the licence of" in capsys.readouterr().err
    assert f"@system/{SERIF}" in inside(places)[0]["fonts"]


def test_where_nothing_is_left_the_error_says_what_was_passed_over(places, capsys):
    font(places / "system" / SERIF, rights=2)
    text(places / "system" / SANS)
    assert build(places) == 1
    said = capsys.readouterr().err
    assert "interview.yaml:" in said and "has no glyph for ក (U+1780 KHMER LETTER KA); passed over: " in said  # fmt: skip
    assert f"{SERIF} forbids its embedding" in said and f"{SANS} is no TrueType" in said
    assert "fonts-noto-core" in said


@pytest.mark.parametrize("key", ["regular: own.ttf", "regular: source-serif/SourceSerif4-Regular.ttf, fallback: [own.ttf]"])  # fmt: skip
@pytest.mark.parametrize("kind", UNUSABLE)
def test_one_that_the_brand_names_is_an_error(places, key, kind, capsys):
    spoilt, why = UNUSABLE[kind]
    (places / "texts/brands").mkdir()
    spoilt(places / "texts/brands/own.ttf")
    font(places / "system" / SERIF)
    (places / "texts/brands/mine.yaml").write_text(f"name: mine\nfonts: {{text: {{{key}}}}}\n")
    assert build(places, brand="mine") == 1
    assert why in capsys.readouterr().err


def test_in_a_batch_it_is_told_once(places, capsys):
    font(places / "system" / SERIF, rights=2)
    font(places / "system" / SANS)
    files = [str(source(places / "texts", f"{name}.yaml", title=KHMER)) for name in "abc"]
    assert main(["build", *files, "-o", str(places), "--jobs", "1"]) == 0
    assert capsys.readouterr().err.count("passed over") == 1

"""Faces of collections in a brand's file: named by number, told where there is no such face."""

import pytest

pytest.importorskip("fontTools")

from house_samples import focus
from made_fonts import collection, font
from reprints import source

from layout.desk.cli import main
from layout.desk.verify import verify
from layout.ground.problems import Place
from layout.house.brands import brand_schema
from layout.house.faces import open_face


@pytest.fixture
def brands(shelf):
    collection(shelf.folder / "brands" / "many.ttc", ["あ", "가", "国永"])
    font(shelf.folder / "brands" / "one.ttf", "国永")
    return shelf


def test_a_face_is_named_by_its_number(brands):
    family = brands.read(
        'fonts: {text: {regular: many.ttc#2, fallback: ["many.ttc#1"], optical: [{from: 20, italic: many.ttc#0}]}}\n'
    ).fonts["text"]
    path = str(brands.folder / "brands" / "many.ttc")
    assert (family.regular, family.fallback) == (f"{path}#2", (f"{path}#1",))
    assert family.file("italic", 30) == f"{path}#0"
    for face, character in ((family.regular, "国"), (family.fallback[0], "가")):
        assert open_face(face, Place(face)).has(character)


def test_without_a_number_it_is_the_first(brands):
    face = brands.read("fonts: {text: {regular: many.ttc}}\n").fonts["text"].regular
    assert open_face(face, Place(face)).has("あ")


def test_a_file_with_a_number_sign_in_its_name_is_that_file(brands):
    font(brands.folder / "brands" / "odd.ttc#7", "国")
    face = brands.read('fonts: {text: {regular: "odd.ttc#7"}}\n').fonts["text"].regular
    assert open_face(face, Place(face)).has("国")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("many.ttc#3", "1:25 `many.ttc#3`: the collection has no face #3 | name one from #0 to #2"),
        ("one.ttf#0", "1:25 `one.ttf#0`: the file is one font and no collection | leave `#0` out"),
        ("none.ttc#0", "1:25 there is no font file `none.ttc#0` |"),
        ("many.ttc#99999999999999999999", "1:25 there is no font file `many.ttc#99999999999999999999` |"),
        ("many.ttc#two", "1:25 there is no font file `many.ttc#two` |"),
        ("../out.ttc#0", "1:25 there is no font file `../out.ttc#0` |"),
    ],
)  # fmt: skip
def test_what_is_no_face_is_told_where_it_is_written(brands, name, expected):
    collection(brands.folder / "out.ttc", ["国"])
    (fault,) = brands.faults(f"fonts: {{text: {{regular: {name}}}}}\n")
    assert fault.startswith(expected)


def test_so_it_is_of_a_fallback(brands):
    fault = brands.faults(
        f'fonts: {{text: {{regular: {focus().fonts["text"].regular}, fallback: ["many.ttc#9"]}}}}\n'
    )
    assert any("`many.ttc#9`: the collection has no face #9" in it for it in fault)


@pytest.mark.parametrize("family", ['{regular: "many.ttc#2"}', '{fallback: ["many.ttc#2"]}'])
def test_a_file_made_with_one_is_proved(brands, family, tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    collection(brands.folder / "brands" / "many.ttc", ["あ", "가", "国永" + "Iitsno.W?"])
    brands.put("brands/own.yaml", f"name: own\nfonts: {{text: {family}}}\n")
    said = [{"question": "Who?", "answer": "It is 国永. No."}]
    written = source(tmp_path, brand="own", interview=said)
    assert main(["build", str(written), "-o", str(tmp_path / "a.pdf"), "--quiet"]) == 0
    found = verify(str(tmp_path / "a.pdf"), [str(brands.folder / "brands")])
    assert found.status == "same"
    data = (tmp_path / "a.pdf").read_bytes()
    assert main(["build", str(written), "-o", str(tmp_path / "a.pdf"), "--quiet"]) == 0
    assert (tmp_path / "a.pdf").read_bytes() == data


def test_the_schema_says_so():
    schema = brand_schema()
    regular = schema["$defs"]["Family"]["properties"]["regular"]
    assert "ttc#2" in regular["description"]

"""Files inside a file: named, dated, summed, and byte for byte what they were."""

from hashlib import md5
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image
from pypdf import PdfReader
from readback import opened
from reprints import reprint, sample, source

from layout.plates.attachments import MEDIA_TYPES, Attachment
from layout.plates.edition import EDITIONS
from layout.plates.metadata import About
from layout.plates.painter import Part, paint


def jpeg() -> bytes:
    data = BytesIO()
    Image.new("RGB", (64, 64), "red").save(data, "JPEG")
    return data.getvalue()


FILES = [
    Attachment("source.yaml", b"title: T\n" * 200, "the source"),
    Attachment("images/a.jpg", jpeg(), "a picture"),
    Attachment("brands/Été.yaml", "name: été\n".encode(), "its brand"),
    Attachment("b.dat", bytes(range(256)), "data (raw)", "Data"),
    Attachment("empty.yml", b"", "nothing"),
]


def carrying(*attachments: Attachment, date: str = "") -> bytes:
    printed = sample("why-hyphens")
    about = About("T", date=date)
    return paint([Part(printed.pages)], printed.brand, EDITIONS["digital"], about, attachments=attachments)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    return opened(carrying(*FILES, date="2012-06")).Root


def test_without_files_nothing_is_said_of_any(tmp_path):
    root = opened(reprint(source(tmp_path)).pdf).Root
    assert "/AF" not in root and "/Names" not in root


def test_the_catalogue_names_the_files_in_the_order_given(catalogue):
    """Associated with the whole document (ISO 19005-3, 6.8)."""
    assert [str(it.UF) for it in catalogue.AF] == [it.name for it in FILES]
    assert [str(it.F) for it in catalogue.AF] == [it.name for it in FILES]
    assert [str(it.Desc) for it in catalogue.AF] == [it.description for it in FILES]


def test_each_says_what_it_is_to_the_document(catalogue):
    found = [str(it.AFRelationship)[1:] for it in catalogue.AF]
    assert found == [it.relation for it in FILES]
    assert all(str(it.Type) == "/Filespec" for it in catalogue.AF)


def test_names_in_the_tree_are_in_the_order_of_their_bytes(catalogue):
    """Readers look names up by halving (7.9.6): UTF-16 with its mark comes after plain letters."""
    rows = list(catalogue.Names.EmbeddedFiles.Names)
    keys = [bytes(key) for key in rows[::2]]
    assert keys == sorted(keys) and len(set(keys)) == len(FILES)
    assert [str(key) for key in rows[::2]] == [str(it.UF) for it in rows[1::2]]
    assert {it.objgen for it in rows[1::2]} == {it.objgen for it in catalogue.AF}


def test_each_file_is_what_it_was(catalogue):
    for specification, file in zip(catalogue.AF, FILES, strict=True):
        stream = specification.EF.UF
        assert stream.objgen == specification.EF.F.objgen
        assert stream.read_bytes() == file.data
        assert int(stream.Params.Size) == len(file.data)
        assert bytes(stream.Params.CheckSum) == md5(file.data).digest()


def test_another_reader_finds_them_by_their_names():
    found = PdfReader(BytesIO(carrying(*FILES)), strict=True).attachments
    assert {name: parts[0] for name, parts in found.items()} == {it.name: it.data for it in FILES}


def test_the_media_type_is_told_by_the_names_end(catalogue):
    found = [str(it.EF.F.Subtype)[1:] for it in catalogue.AF]
    assert found == ["application/yaml", "image/jpeg", "application/yaml", "application/octet-stream", "application/yaml"]  # fmt: skip
    assert all(end.startswith(".") and "/" in media for end, media in MEDIA_TYPES.items())


def test_what_is_packed_already_is_not_packed_again(catalogue):
    yaml, picture, *_ = (it.EF.F for it in catalogue.AF)
    assert yaml.Filter == "/FlateDecode" and len(yaml.read_raw_bytes()) < len(FILES[0].data) / 10
    assert "/Filter" not in picture and picture.read_raw_bytes() == FILES[1].data


@pytest.mark.parametrize(("date", "written"), [("2012-06", "D:20120601000000Z"), ("", None)])
def test_dated_files_bear_the_date_of_the_document_and_no_others(date, written):
    files = [replace(it, dated=it.relation == "Data") for it in FILES]
    for specification in opened(carrying(*files, date=date)).Root.AF:
        found = specification.EF.F.Params.get("/ModDate")
        is_dated = specification.AFRelationship == "/Data"
        assert (found if found is None else str(found)) == (written if is_dated else None)


def test_a_name_of_bytes_that_are_no_text_is_written_out():
    """Linux file names are bytes; what cannot be read is still one name, in both places."""
    root = opened(carrying(Attachment("caf\udce9.yaml", b"", "it"))).Root
    assert str(root.AF[0].UF) == str(root.Names.EmbeddedFiles.Names[0]) == "caf\\udce9.yaml"


def test_the_same_files_are_the_same_bytes():
    assert carrying(*FILES) == carrying(*FILES)

"""The file under construction: objects in object streams, and cross-references that lead to each of them."""

import re
import zlib
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from math import ceil

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from readback import opened
from reprints import sample

from layout.plates.crossrefs import PACKED, ROW
from layout.plates.document import Document, Item, Stream, references, text_string

IDENTITY = "0123456789ABCDEF0123456789ABCDEF"
MANY = 2 * PACKED + 37


def written(texts: Sequence[str] = (), streams: Sequence[bytes] = (), deflate: bool = True) -> bytes:  # fmt: skip
    """A file of one empty page whose catalogue leads to objects with these texts, and to streams."""
    document = Document((1, 7))
    root, pages = Item(document), Item(document)
    page = Item(document, f"<</Type/Page/Parent {pages.ref}/MediaBox[0 0 9 9]/Resources<<>>>>")
    pages.text = f"<</Type/Pages/Count 1/Kids[{page.ref}]>>"
    found: list[Item] = [Item(document, text) for text in texts]
    found += [Stream(document, content, deflate=deflate) for content in streams]
    root.text = f"<</Type/Catalog/Pages {pages.ref}/Found{references(found)}>>"
    return document.written(root, Item(document, "<</Title(T)>>"), IDENTITY)


def containers(pdf: bytes) -> list[pikepdf.Object]:
    """The object streams of a file, found past the cross-references."""
    heads = re.findall(rb"<<(/Type/ObjStm[^>]*)>>\nstream", pdf)
    return [pikepdf.Object.parse(b"<<" + head + b">>") for head in heads]


def rows(pdf: bytes) -> list[tuple[int, int, int]]:
    """The cross-reference stream, unpacked by hand: type, place, index of each object (7.5.8.3)."""
    at = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    data = zlib.decompress(pdf[pdf.index(b"stream\n", at) + 7 :])
    above, found = bytes(ROW), []
    for start in range(0, len(data), ROW + 1):
        assert data[start] == 2  # each is written as what it differs in from the one above
        differences = data[start + 1 : start + 1 + ROW]
        above = bytes((a + b) & 255 for a, b in zip(above, differences, strict=True))
        found.append(
            (above[0], int.from_bytes(above[1:5], "big"), int.from_bytes(above[5:], "big"))
        )
    return found


# --- text strings ---


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "(plain)"),
        ("(a\\b)", "(\\(a\\\\b\\))"),
        ("é", "<FEFF00E9>"),
        ("a\nb", "<FEFF0061000A0062>"),
        ("\U0001f600", "<FEFFD83DDE00>"),
        ("", "()"),
    ],
)
def test_a_text_is_as_it_is_or_in_utf_16(text, shown):
    assert text_string(text) == shown


@given(st.text())
def test_any_text_is_read_back(text):
    assert str(pikepdf.Object.parse(text_string(text).encode("ascii"))) == text


def test_half_a_pair_is_written_out():
    """A file's name may hold bytes that are no UTF-8: Python keeps them as halves of pairs."""
    assert str(pikepdf.Object.parse(text_string("caf\udce9").encode())) == "caf\\udce9"


# --- objects ---


def test_an_objects_text_may_come_after_its_number():
    document = Document((1, 7))
    first, second = Item(document), Item(document)
    first.text = f"[{second.ref}]"
    assert (first.ref, second.ref, first.text) == ("1 0 R", "2 0 R", "[2 0 R]")


@pytest.mark.parametrize("count", [0, 1, PACKED - 5, PACKED, MANY])
def test_every_object_is_read_back(count):
    pdf = written([str(number) for number in range(count)])
    assert [int(it) for it in opened(pdf).Root.Found] == list(range(count))
    read = PdfReader(BytesIO(pdf), strict=True)
    assert [int(it) for it in read.trailer["/Root"]["/Found"]] == list(range(count))
    assert len(read.pages) == len(opened(pdf).pages) == 1


def test_so_many_objects_are_in_one_object_stream():
    pdf = written(["null"] * MANY)
    sizes = [int(it.N) for it in containers(pdf)]
    assert len(sizes) == ceil((MANY + 4) / PACKED)
    assert sizes == [PACKED] * (len(sizes) - 1) + [(MANY + 4) % PACKED]


@pytest.mark.parametrize("deflate", [True, False])
def test_streams_are_read_back(deflate):
    contents = [b"", b"\x00\xff\r\n", b"endstream", bytes(range(256)) * 9]
    pdf = written(streams=contents, deflate=deflate)
    assert [it.read_bytes() for it in opened(pdf).Root.Found] == contents
    assert [bytes(it.read_raw_bytes()) == data for it, data in zip(opened(pdf).Root.Found, contents, strict=True)] == [not deflate] * 4  # fmt: skip
    found = PdfReader(BytesIO(pdf), strict=True).trailer["/Root"]["/Found"]
    assert [it.get_object().get_data() for it in found] == contents


def test_only_streams_stand_outside_of_object_streams():
    pdf = written(["7"] * 9, [b"plain"], deflate=False)
    kinds = re.findall(rb"\d+ 0 obj\n<<(/Type/\w+)?.*>>\nstream\n", pdf)
    assert kinds == [b"", b"/Type/ObjStm", b"/Type/XRef"]
    assert pdf.count(b" obj\n") == 3


# --- cross-references ---


def test_the_references_lead_to_each_object():
    pdf = written(["null"] * MANY, [b"a stream"])
    found = rows(pdf)
    assert found[0] == (0, 0, 65535)
    streams = {number for number, (kind, _, _) in enumerate(found) if kind == 1}
    for number in streams:
        assert pdf.startswith(b"%d 0 obj\n" % number, found[number][1])
    packed = [(place, index) for kind, place, index in found if kind == 2]
    assert len(packed) == len(set(packed)) == MANY + 4
    assert {place for place, _ in packed} < streams
    assert 1 + len(streams) + len(packed) == len(found)


def test_the_head_and_the_trailer_say_what_they_must():
    pdf = written()
    assert pdf.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in pdf[10:14])
    assert pdf.endswith(b"%%EOF\n")
    trailer = opened(pdf).trailer
    identity, seal = (bytes(half).hex().upper() for half in trailer.ID)
    blank = pdf.replace(seal.encode(), b"0" * 32)
    assert (identity, seal) == (IDENTITY, sha256(blank).hexdigest()[:32].upper())
    assert (str(trailer.Info.Title), str(trailer.Root.Type)) == ("T", "/Catalog")
    assert int(trailer.Size) == len(rows(pdf))


def test_qpdf_finds_nothing_wrong(tool, tmp_path):
    path = tmp_path / "made.pdf"
    path.write_bytes(written([text_string("é")] * MANY, [b"data", b""]))
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path)


def test_the_same_objects_are_the_same_bytes():
    assert written(["1", "2"], [b"data"]) == written(["1", "2"], [b"data"])
    assert written(["1", "2"], [b"data"]) != written(["2", "1"], [b"data"])


def test_a_sample_is_whole_to_a_strict_reader():
    """Every object of a finished file, resolved one by one, and none that nothing has filled."""
    read = PdfReader(BytesIO(sample("one-paragraph").pdf), strict=True)
    found = [read.get_object(number) for number in range(1, int(read.trailer["/Size"]))]
    assert len(found) > 200
    assert not [number for number, thing in enumerate(found, 1) if thing is None]


@pytest.mark.parametrize("name", ["one-paragraph", "mine-ban-convention"])
def test_a_file_holds_nothing_that_nothing_leads_to(name):
    """Every place where a question begins once was an object, though only bookmarks lead there, by themselves."""
    file = opened(sample(name).pdf)
    led_to = {it.objgen for it in (file.trailer.Root, file.trailer.Info)}
    for thing in file.objects:
        entries = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        inner = entries.unparse(resolved=True)
        led_to |= {(int(number), 0) for number in re.findall(rb"(\d+) 0 R", inner)}
    kinds = ("/ObjStm", "/XRef")
    there = {
        it.objgen
        for it in file.objects
        if not (isinstance(it, pikepdf.Stream) and it.get("/Type") in kinds)
    }
    assert there - led_to == set()

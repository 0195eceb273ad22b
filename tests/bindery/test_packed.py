"""Values and object streams: one pass gives what pypdf gives, and what is damaged is never read in part."""

import zlib
from io import BytesIO
from typing import Any

import pytest
from bindery_samples import drawn, opened, saved
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from layout.bindery.body import Body, dictionary
from layout.bindery.filedata import from_bytes
from layout.bindery.foreign import open_bytes
from layout.bindery.packed import unpacked
from layout.bindery.reader import Reader
from layout.bindery.values import Broken
from layout.ground.problems import Place


def stream(*values: bytes, gap: bytes = b"\n", **entries: int) -> StreamObject:
    """An object stream of values as they are written, numbered from 7 on."""
    places, body = [], b""
    for number, value in enumerate(values, 7):
        places.append(b"%d %d" % (number, len(body)))
        body += value + gap
    head = b" ".join(places) + b"\n"
    made = StreamObject()
    made.update(
        {
            NameObject("/N"): NumberObject(entries.get("N", len(values))),
            NameObject("/First"): NumberObject(entries.get("First", len(head))),
        }
    )
    made._data = head + body
    return made


READER = Reader(from_bytes(drawn("a")))


def read(*values: bytes, **entries: int) -> dict[int, Any]:
    made = stream(*values, **entries)
    return unpacked(made, made._data, READER, set(range(99)))


def test_each_kind_of_value():
    found = read(
        b"/Name", b"12", b"-0.5", b"(a\\(b\\)\\\\)", b"<4142 >", b"<414>", b"true", b"null",
        b"[1 2 0 R/A(b)<</C/D>>]", b"<< /K 3 0 R /L [ ] >>", b"()", b"<>", b".5", b"+7",
    )  # fmt: skip
    values = list(found.values())
    assert list(found) == list(range(7, 21))
    assert values[:3] == ["/Name", 12, -0.5]
    assert [bytes(it.original_bytes) for it in values[3:6]] == [b"a(b)\\", b"AB", b"A@"]
    assert values[6].value is True and values[7] is not None
    assert values[8][1].idnum == 2 and values[8][4] == {"/C": "/D"}
    assert values[9].raw_get("/K").idnum == 3 and values[9]["/L"] == []
    assert (values[12], values[13]) == (0.5, 7)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"/A#20B", "/A B"),
        (b"/A#", "/A#"),
        (b"/", "/"),
        (b"0000000012", 12),
        (b"-12.", -12),
        (b"%one\r12", 12),
        (b"12%", 12),
        (b"[1%]\n]", [1]),
        (b"<</A%>>\n1>>", {"/A": 1}),
    ],
)
def test_what_is_rare_is_read_too(written, value):
    assert read(written)[7] == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (b"(a(b)c)", b"a(b)c"),
        (b"(a\\)b)", b"a)b"),
        (b"(a\\\\)", b"a\\"),
        (b"(\\n\\r\\t\\b\\f)", b"\n\r\t\b\f"),
        (b"(\\101\\7\\0538)", b"A\x07+8"),
        (b"(\\777)", b"\xff"),
        (b"(\\x)", b"x"),
        (b"(a\\\nb\\\r\nc)", b"abc"),
        (b"(a\rb\r\nc\nd)", b"a\nb\nc\nd"),
        (b"<41 4\n2 4>", b"AB@"),
        (b"(" + b"x" * 100_000 + b")", b"x" * 100_000),
    ],
)
def test_strings_are_read_as_the_standard_says(written, value):
    """ISO 32000-1, 7.3.4.2, and its table 3."""
    assert bytes(read(written)[7].original_bytes) == value


ODD = {
    "a key twice": (b"<</A 1/A 2>>", {"/A": 2}),
    "a sign twice": (b"[--5 1]", [-5, 1]),
    "a number of two points": (b"[1.2.3 1]", None),
    "a key without a value": (b"<</A>>", None),
    "a key that is no name": (b"<<(A) 1>>", None),
    "brackets that do not close": (b"[1 2", None),
    "brackets that cross": (b"[<<]>>", None),
    "a closing bracket alone": (b"]", None),
    "a word": (b"<</A 1 /B what /C 2>>", None),
    "a string without an end": (b"(a", None),
    "a string of other digits": (b"<</A <4g> /B 1>>", None),
    "too deep": (b"[" * 101 + b"]" * 101, None),
    "too large": (b"[" + b"9" * 400 + b".0]", None),
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_is_read_whole_or_not_at_all(case):
    written, value = ODD[case]
    if value is None:
        with pytest.raises(Broken):
            read(written)
    else:
        assert read(written)[7] == value


@pytest.mark.parametrize("entries", [{"N": -1}, {"N": 10**9}, {"First": 10**6}, {"First": 2}])
def test_a_head_that_lies_is_refused(entries):
    with pytest.raises(Broken):
        read(b"1", b"2", **entries)


def test_objects_may_be_wanted_or_not_and_odd_ones_end_where_the_next_begins():
    made = stream(b"1", b"[1 null% x]\n]", b"nullx", b"3")
    assert list(unpacked(made, made._data, READER, {8, 9, 10}).values())[2] == 3


PLAIN = st.recursive(
    st.one_of(
        st.integers(-(10**9), 10**9).map(NumberObject),
        st.from_regex(r"[A-Za-z0-9_.+-]{1,8}", fullmatch=True).map(lambda it: NameObject(f"/{it}")),
        st.binary(max_size=12).map(ByteStringObject),
        st.tuples(st.integers(1, 99), st.just(0)).map(lambda it: IndirectObject(*it, None)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(ArrayObject),
        st.dictionaries(st.from_regex(r"/[A-Z][a-z]{0,5}", fullmatch=True), inner, max_size=4).map(
            dictionary
        ),
    ),
    max_leaves=12,
)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, of one kind, and written alike."""
    if type(one) is not type(other):
        return False
    if isinstance(one, IndirectObject):
        return (one.idnum, one.generation) == (other.idnum, other.generation)
    if isinstance(one, DictionaryObject):
        return list(one) == list(other) and all(
            same(dict.get(one, key), dict.get(other, key)) for key in one
        )
    if isinstance(one, ArrayObject):
        return len(one) == len(other) and all(map(same, list.__iter__(one), list.__iter__(other)))
    if isinstance(one, TextStringObject | ByteStringObject):
        return one == other and one.original_bytes == other.original_bytes
    return bool(one == other)


@given(st.lists(PLAIN, min_size=1, max_size=6))
def test_what_we_write_is_read_as_pypdf_reads_it(values):
    body = Body()
    references = [body.add(ArrayObject([value])) for value in values]
    pages = body.add(dictionary({"/Type": NameObject("/Pages"), "/Kids": ArrayObject(), "/Count": NumberObject(0)}))  # fmt: skip
    root = body.add(dictionary({"/Type": NameObject("/Catalog"), "/Pages": pages}))
    pdf = body.written(root, None)
    ours, theirs = Reader(from_bytes(pdf)), PdfReader(BytesIO(pdf))
    for reference in references:
        assert same(ours.get_object(reference), theirs.get_object(reference.idnum))


def test_of_an_object_that_an_update_replaced_the_later_one_counts():
    """The object stream still has the old one."""
    pdf = saved(opened(drawn("a")), object_stream_mode=_generate())
    reader = PdfReader(BytesIO(pdf))
    number = reader.trailer.raw_get("/Root").idnum
    start = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    pages = reader.root_object.raw_get("/Pages")
    at = len(pdf)
    update = b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R/New true>>\nendobj\n" % (number, pages.idnum)
    row = bytes((1,)) + at.to_bytes(4, "big") + bytes((0,))
    table = zlib.compress(row)
    head = b"<</Type/XRef/Size %d/W[1 4 1]/Index[%d 1]/Prev %d/Root %d 0 R/Filter/FlateDecode/Length %d>>" % (
        len(reader.xref_objStm) + 99, number, start, number, len(table))  # fmt: skip
    xref = at + len(update)
    pdf += update + b"999 0 obj\n" + head + b"\nstream\n" + table + b"\nendstream\nendobj\n"
    pdf += b"startxref\n%d\n%%%%EOF\n" % xref
    assert "/New" in open_bytes(pdf, Place("a"), "a.pdf").root


def _generate() -> Any:
    import pikepdf

    return pikepdf.ObjectStreamMode.generate

"""Objects of object streams: one pass gives what pypdf gives, and leaves to it what is not plain."""

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
from layout.bindery.foreign import open_bytes
from layout.bindery.packed import Reader, unpacked
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


def read(*values: bytes, **entries: int) -> dict[int, Any] | None:
    return unpacked(stream(*values, **entries), None)


def test_each_kind_of_value():
    found = read(
        b"/Name", b"12", b"-0.5", b"(a\\(b\\)\\\\)", b"<4142 >".replace(b" ", b""), b"<414>", b"true", b"null",
        b"[1 2 0 R/A(b)<</C/D>>]", b"<< /K 3 0 R /L [ ] >>", b"()", b"<>", b".5", b"+7",
    )  # fmt: skip
    assert found is not None
    values = list(found.values())
    assert list(found) == list(range(7, 21))
    assert values[:3] == ["/Name", 12, -0.5]
    assert [bytes(it.original_bytes) for it in values[3:6]] == [b"a(b)\\", b"AB", b"A@"]
    assert values[6].value is True and values[7] is not None
    assert values[8][1].idnum == 2 and values[8][4] == {"/C": "/D"}
    assert values[9].raw_get("/K").idnum == 3 and values[9]["/L"] == []
    assert (values[12], values[13]) == (0.5, 7)


ODD = {
    "a name with an escape": b"[/A#20B]",
    "a string with other escapes": b"(a\\n)",
    "a string with an end of line": b"(a\rb)",
    "parentheses in each other": b"(a(b))",
    "a comment": b"[1 % one\n]",
    "a key twice": b"<</A 1/A 2>>",
    "a key without a value": b"<</A>>",
    "a key that is no name": b"<<(A) 1>>",
    "brackets that do not close": b"[1 2",
    "brackets that cross": b"[<<]>>",
    "a closing bracket alone": b"]",
    "no value": b"",
    "a word": b"endobj",
    "a number of two points": b"1.2.3",
    "a point": b".",
    "too deep": b"[" * 101 + b"]" * 101,
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_not_plain_is_left_to_pypdf(case):
    assert read(b"1", ODD[case]) is None


@pytest.mark.parametrize(
    "entries", [{"N": -1}, {"N": 3}, {"N": 10**9}, {"First": 0}, {"First": 10**6}, {"First": 2}]
)
def test_a_head_that_lies_is_left_to_pypdf(entries):
    assert read(b"1", b"2", **entries) is None


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
    ours, theirs = Reader(BytesIO(pdf)), PdfReader(BytesIO(pdf))
    for reference in references:
        assert same(ours.get_object(reference.idnum), theirs.get_object(reference.idnum))


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

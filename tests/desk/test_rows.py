"""Rows of a catalogue: what is written is read again, by programs that know the formats."""

import csv
import io
import json
import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.desk.rows import HEADER, Row, Source, csv_of, json_of, path_of, record, rows_in, written
from layout.ground.problems import Refused

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SIGNS = st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r",
        "'=1",
        "''-",
        "'Twas",
        "＝1",
        'a,"b"',
        "a\nb",
        "",
    ]
)
FORMULAS = tuple("=+-@\t\r＝＋－＠")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))


def exact(field: str) -> str:
    """A field as it was: docs/catalogue.md says how to have it back."""
    return field[1:] if field.startswith("'") and field.lstrip("'").startswith(FORMULAS) else field


def test_a_record_ends_in_cr_lf_and_quotes_only_where_it_must():
    assert record(("a", "b,c", 'd"e', "f\ng", "", "é")) == 'a,"b,c","d""e","f\ng",,é\r\n'.encode()


@pytest.mark.parametrize("field", ["=1", "+1", "-1", "@a", "\tx", "\rx", "＝1", "＋", "－", "＠"])
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(field):
    assert read(record((field,))) == [[f"'{field}"]]


@pytest.mark.parametrize("field", ["a=1", "'Twas", "1-2", " =1", "‐1", ""])
def test_nothing_else_has_one(field):
    assert read(record((field, "x"))) == [[field, "x"]]


@given(st.lists(st.tuples(*[TEXTS | SIGNS] * 3), max_size=4))
def test_csv_gives_back_every_text(rows):
    found = read(b"".join(map(record, rows)))
    assert [tuple(map(exact, row)) for row in found] == rows
    assert not [field for row in found for field in row if field.startswith(FORMULAS)]


@given(TEXTS | SIGNS, st.lists(TEXTS), TEXTS)
def test_a_row_is_the_same_in_both_files(title, people, remark):
    row = Row(
        "a.pdf", title, tuple(people), "2012", ("en",), 2, 9, "ab", (Source("a", "c"),), (), remark
    )
    assert list(rows_in(io.BytesIO(json_of(row)), "a")) == [row]
    [fields] = read(csv_of(row))
    record_of = dict(zip(HEADER, map(exact, fields), strict=True))
    assert record_of["title"] == title
    assert record_of["people"] == "; ".join(people)
    assert (record_of["pages"], record_of["bytes"], record_of["source"]) == ("2", "9", "a")
    assert (record_of["source_sha256"], record_of["remark"]) == ("c", remark)


@given(st.binary(min_size=1).filter(lambda name: b"/" not in name and b"\0" not in name))
def test_any_name_of_a_file_is_one_line_of_text_and_found_again(name):
    path = os.fsdecode(b"folder/x" + name)
    text = written(path)
    assert len(text.encode().splitlines()) == len(text.splitlines()) == 1
    assert path_of(text) == path


def test_names_as_bagit_writes_them():
    assert written("a\nb/100%.pdf") == "a%0Ab/100%25.pdf"
    assert written(os.fsdecode(b"\xff.pdf")) == "%FF.pdf"
    assert written("é, ü.pdf") == "é, ü.pdf"


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../a.pdf", "a/../../b", "a//b", "%2E%2E/a", "a%00b", "./a"]
)
def test_no_row_leads_out_of_its_folder(path):
    assert path_of(path) is None
    with pytest.raises(Refused, match="c:1: error: this is no row of a catalogue"):
        list(rows_in(io.BytesIO(json.dumps({"path": path}).encode()), "c"))


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[]", b"\xff", b'{"path":"a","pages":"2"}', b'{"path":"a"']
)
def test_what_is_no_row_is_named_with_its_line(line):
    data = b'{"path":"a.pdf"}\n' + line + b"\n"
    with pytest.raises(Refused, match="c:2: error"):
        list(rows_in(io.BytesIO(data), "c"))


@given(st.binary(max_size=60))
def test_whatever_is_in_the_file_it_is_a_row_or_refused(data):
    with suppress(Refused):
        assert all(isinstance(row, Row) for row in rows_in(io.BytesIO(data), "c"))

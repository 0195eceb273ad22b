"""A row of a catalogue, and the two ways in which it is written: CSV and JSON Lines.

JSON Lines say it exactly. CSV (RFC 4180, UTF-8, no byte order mark) is for spreadsheets: lists are one
text, and no field is taken for a formula.
"""

import csv
import os
import re
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO, Final
from urllib.parse import unquote_to_bytes

import msgspec
from msgspec import Struct

from layout.ground.problems import Place, refuse

NAMES: Final = ("catalogue.csv", "catalogue.jsonl")
"""The files of a catalogue."""

HEADER: Final = (
    "path", "title", "people", "date", "language", "pages", "bytes", "sha256", "source", "source_sha256",
    "conformance", "remark",
)  # fmt: skip
"""The first line of the CSV file."""

AND: Final = "; "
"""Between what is a list in JSON."""

_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What spreadsheets take for a formula at the head of a field, full-width signs too. With the apostrophes before
it, so that taking away one of them gives what was there."""

_ODD: Final = re.compile(r"[%\0-\x1f\x7f\x85\u2028\u2029\udc80-\udcff]")
"""What is percent-encoded in paths: the sign itself, whatever ends a line, and bytes that are no UTF-8."""


class Source(Struct, frozen=True):
    """What a PDF was typeset from: its name, and the sha-256 of the file that the PDF carries."""

    name: str
    sha256: str


class Row(Struct, frozen=True):
    """One PDF of a folder: where it is, what it says of itself, and what its bytes are.

    `path` is relative to the folder, with slashes, as `written` gives it. `pages` is None where the file cannot
    be opened; `sha256` is "" where it cannot be read. `remark` is why something is not there.
    """

    path: str
    title: str = ""
    people: tuple[str, ...] = ()
    date: str = ""
    languages: tuple[str, ...] = ()
    pages: int | None = None
    bytes: int | None = None
    sha256: str = ""
    sources: tuple[Source, ...] = ()
    conformance: tuple[str, ...] = ()
    remark: str = ""


def written(path: str) -> str:
    """A path as text on one line; percent-encoded as in BagIt (RFC 8493, 2.1.3), so that `path_of` leads back."""
    slashes = path.replace(os.sep, "/")
    return _ODD.sub(lambda odd: "".join(f"%{byte:02X}" for byte in os.fsencode(odd[0])), slashes)


def path_of(text: str) -> str | None:
    """The path that a row names; None for one that leads out of its folder."""
    path = os.fsdecode(unquote_to_bytes(text))
    parts = path.split("/")
    is_inside = "\0" not in path and not {"", ".", ".."}.intersection(parts)
    return os.path.join(*parts) if is_inside else None


def json_of(row: Row) -> bytes:
    """A row as a line of JSON."""
    return msgspec.json.encode(row) + b"\n"


def csv_of(row: Row) -> bytes:
    """A row as a record of CSV."""
    sources = [source.name for source in row.sources], [source.sha256 for source in row.sources]
    counts = ["" if it is None else str(it) for it in (row.pages, row.bytes)]
    return record((
        row.path, row.title, AND.join(row.people), row.date, AND.join(row.languages), *counts, row.sha256,
        *map(AND.join, sources), AND.join(row.conformance), row.remark,
    ))  # fmt: skip


def record(fields: tuple[str, ...]) -> bytes:
    """Fields as one record, CR LF at its end; one that a spreadsheet would run has an apostrophe before it."""
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(map(_harmless, fields))
    return line.getvalue().encode()


def _harmless(field: str) -> str:
    return f"'{field}" if _FORMULA.match(field) else field


def rows_in(file: BinaryIO, name: str) -> Iterator[Row]:
    """The rows of JSON Lines, one after the other; raises `Refused` with its line for what is none."""
    for number, line in enumerate(file, 1):
        try:
            row = msgspec.json.decode(line, type=Row)
        except (msgspec.MsgspecError, ValueError):
            row = None
        if row is None or path_of(row.path) is None:
            message = "this is no row of a catalogue"
            hint = "take the catalogue from a copy, or write it anew"
            raise refuse(Place(name, number), message, hint)
        yield row

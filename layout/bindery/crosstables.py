"""Where the objects of a file are: read from its cross-reference tables, or found where these are lost.

ISO 32000-1, 7.5.4 to 7.5.8. What is said later in the life of a file, which is read first, holds.
"""

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
)

from layout.bindery.values import BLANK, Broken, Odd, Values

if TYPE_CHECKING:
    from layout.bindery.reader import Reader

HEAD = 64
"""Bytes in which the first words of an object stand, blanks before them."""
LONGEST = 40
"""Bytes of the first words of an object that are found anywhere."""
ENTRIES = 1 << 20
"""Entries of all tables of the smallest file; larger ones have one more for each byte."""
SPAN = 1 << 18
"""Bytes of a large file in which a table is looked for first."""
WIDEST = 8
"""Bytes of a number in a cross-reference stream."""
TRAILER = ("/Root", "/Encrypt", "/Info", "/ID", "/Size", "/Prev")
"""What a cross-reference stream says in place of a trailer (table 17)."""

OBJECT = re.compile(
    rb"(?<![0-9])([0-9]{1,10})[ \n\r\t\f\0]{1,12}([0-9]{1,5})[ \n\r\t\f\0]{1,12}obj"
)
START = re.compile(rb"startxref" + BLANK + rb"*([0-9]{1,12})")
TABLE = re.compile(rb"xref|" + OBJECT.pattern)
_SECTION = re.compile(BLANK + rb"*([0-9]{1,10})" + BLANK + rb"+([0-9]{1,10})" + BLANK + rb"*")
_ENTRY = re.compile(BLANK + rb"*([0-9]{1,10})" + BLANK + rb"+([0-9]{1,5})" + BLANK + rb"+([nf])")
_TRAILER = re.compile(BLANK + rb"*(?:%[^\r\n]*[\r\n]+" + BLANK + rb"*)*trailer")
_ANYWHERE = re.compile(rb"trailer|/(?:ObjStm|XRef|Catalog)(?![A-Za-z])")

Entry = tuple[int, int, int] | None
"""Generation and place, or -1, an object stream and the place in it; None for a free object."""


class Found(Struct):
    """What tables say: entries by the numbers of objects, and a trailer."""

    entries: dict[int, Entry]
    trailer: DictionaryObject

    def add(self, other: "Found") -> None:
        """Take in what was said before; what is there holds."""
        for number, entry in other.entries.items():
            self.entries.setdefault(number, entry)
        for key, value in other.trailer.items():
            self.trailer.setdefault(key, value)


def read_tables(reader: "Reader") -> Found:
    """What the tables of a file say; raises `Broken`, `Odd` or whatever pypdf does where they are damaged."""
    file, found = reader.file, Found({}, DictionaryObject())
    start = file.match(START, file.last(b"startxref"), HEAD)
    place: Any = int(start[1]) if start else -1
    seen: set[int] = set()
    while place not in seen:
        seen.add(place)
        section = _section(reader, place)
        found.add(section)
        if len(found.entries) > ENTRIES + file.size:
            raise Broken("its cross-reference tables list more objects than it can have")
        before = section.trailer.get("/Prev")
        # Some programs write /Prev 0 for none.
        if not isinstance(before, NumberObject) or before <= 0:
            break
        place = int(before)
    return found


def _section(reader: "Reader", place: int) -> Found:
    """One table with its trailer, or one cross-reference stream."""
    if not 0 <= place < reader.file.size:
        raise Broken("its cross-reference table is missing")
    size = reader.file.size
    for data, start, end in reader.file.windows(place, size, SPAN):
        begun = re.compile(BLANK + rb"{0,32}xref").match(data, start, end)
        if begun is None:
            break
        try:
            entries, at = _entries(data, begun.end(), end)
            found = Found(entries, _dictionary(reader, data, at, end))
        except (Odd, Broken):
            if end - start == size - place:
                raise
            continue
        hidden = found.trailer.get("/XRefStm")
        if isinstance(hidden, NumberObject):
            _add_hidden(found, _stream(reader, int(hidden)))
        return found
    return _stream(reader, place)


def _add_hidden(found: Found, other: Found) -> None:
    """Objects that a file for old and new readers lists in a stream are free in its table (7.5.8.4)."""
    for number, entry in other.entries.items():
        if found.entries.get(number) is None:
            found.entries[number] = entry


def _entries(data: bytes, at: int, end: int) -> tuple[dict[int, Entry], int]:
    """The entries of a table, and where its trailer begins; its counts may lie."""
    entries: dict[int, Entry] = {}
    while not (trailer := _TRAILER.match(data, at, end)):
        section = _SECTION.match(data, at, end)
        if section is None:
            raise Broken("its cross-reference table is damaged")
        first, count, at = int(section[1]), int(section[2]), section.end()
        for number in range(first, first + count):
            entry = _ENTRY.match(data, at, end)
            if entry is None:
                break
            at, generation = entry.end(), int(entry[2])
            if number == first == 1 and entry[3] == b"f" and generation == 65535:
                return _entries_from(data, section.start(), end, first)
            known = entry[3] == b"n" and int(entry[1]) > 0
            entries.setdefault(number, (generation, int(entry[1]), 0) if known else None)
    return entries, trailer.end()


def _entries_from(data: bytes, at: int, end: int, first: int) -> tuple[dict[int, Entry], int]:
    """The same for a table whose first object, the head of the free ones, is not said to be 0."""
    entries: dict[int, Entry] = {}
    section = _SECTION.match(data, at, end)
    assert section
    at, number = section.end(), 0
    while (entry := _ENTRY.match(data, at, end)) is not None:
        known = entry[3] == b"n"
        entries[number] = (int(entry[2]), int(entry[1]), 0) if known else None
        at, number = entry.end(), number + 1
    trailer = _TRAILER.match(data, at, end)
    if trailer is None:
        raise Broken("its cross-reference table is damaged")
    return entries, trailer.end()


def _dictionary(reader: "Reader", data: bytes, at: int, end: int) -> DictionaryObject:
    found = Values(data, reader, reader.room, end).value(at)
    if not isinstance(found, DictionaryObject):
        raise Broken("its trailer is missing")
    return found


def _stream(reader: "Reader", place: int) -> Found:
    """A cross-reference stream (7.5.8.2)."""
    head = reader.file.match(OBJECT, place, HEAD)
    stream = reader.read(place, (int(head[1]), int(head[2]))) if head else None
    if not isinstance(stream, StreamObject) or stream.get("/Type") != "/XRef":
        raise Broken("its cross-reference table is missing")
    trailer = DictionaryObject({NameObject(k): v for k, v in stream.items() if k in TRAILER})
    return Found(_rows(reader, stream), trailer)


def _rows(reader: "Reader", stream: StreamObject) -> dict[int, Entry]:
    widths = [int(each) for each in _numbers(stream, "/W")]
    if len(widths) < 3 or not all(0 <= each <= WIDEST for each in widths) or not sum(widths[:3]):
        raise Broken("its cross-reference stream does not say how wide its rows are")
    size = stream.get("/Size")
    spans = _numbers(stream, "/Index") or [0, size if isinstance(size, NumberObject) else 0]
    data, width = reader.data_of(stream), sum(widths)
    left = min(len(data) // width, ENTRIES + reader.file.size)
    one, two = widths[0], widths[0] + widths[1]
    three, at = two + widths[2], 0
    entries: dict[int, Entry] = {}
    for first, count in zip(spans[::2], spans[1::2], strict=False):
        count = max(0, min(int(count), left))
        left -= count
        for number in range(int(first), int(first) + count):
            row = data[at : at + width]
            at += width
            kind = int.from_bytes(row[:one], "big") if one else 1
            second, third = (int.from_bytes(it, "big") for it in (row[one:two], row[two:three]))
            if kind == 1:
                entries.setdefault(number, (third, second, 0))
            else:
                entries.setdefault(number, (-1, second, third) if kind == 2 else None)
    return entries


def _numbers(holder: DictionaryObject, key: str) -> list[Any]:
    value = holder.get(key)
    value = value.get_object() if isinstance(value, IndirectObject) else value
    each = list.__iter__(value) if isinstance(value, ArrayObject) else ()
    return [it for it in each if isinstance(it, NumberObject)]


# --- where all tables are lost ---


class Scan:
    """A file looked through for objects: of two with one number the later one holds."""

    def __init__(self, reader: "Reader") -> None:
        self._reader, file = reader, reader.file
        self.places: dict[tuple[int, int], int] = {}
        starts: list[int] = []
        numbers: list[tuple[int, int]] = []
        for place, found in file.all(OBJECT, LONGEST):
            key = (int(found[1]), int(found[2]))
            self.places[key] = place
            starts.append(place)
            numbers.append(key)
        self._starts, self._numbers = starts, numbers
        self.trailer = DictionaryObject()
        self.streams: list[int] = []
        """The object streams, in order."""
        self._catalogue: tuple[int, int] | None = None

    def look(self) -> None:
        """Find trailers, object streams and the catalogue."""
        for place, word in self._reader.file.all(_ANYWHERE, LONGEST):
            if word[0] == b"trailer":
                self._merge(self._after(place + len(word[0])))
                continue
            at = bisect_right(self._starts, place) - 1
            if at < 0 or self.places[self._numbers[at]] != self._starts[at]:
                continue
            number = self._numbers[at]
            if word[0] == b"/Catalog":
                self._catalogue = number
            elif word[0] == b"/ObjStm":
                self.streams.append(number[0])
            else:
                self._merge(self._entries(self._starts[at], number))
        # Without any trailer nobody can tell whether the file is encrypted.
        if self.trailer and "/Root" not in self.trailer and self._catalogue is not None:
            root = IndirectObject(*self._catalogue, self._reader)
            self.trailer[NameObject("/Root")] = root

    def _merge(self, said: Any) -> None:
        if isinstance(said, DictionaryObject):
            for key in TRAILER:
                if key in said and key != "/Prev":
                    self.trailer[NameObject(key)] = dict.get(said, key)

    def _after(self, place: int) -> Any:
        """The dictionary behind the word trailer, or None."""
        try:
            return _dictionary(self._reader, self._reader.file.at(place, SPAN), 0, SPAN)
        except (Odd, Broken):
            return None

    def _entries(self, place: int, key: tuple[int, int]) -> Any:
        try:
            found = self._reader.read(place, key)
        except Exception:  # an object that is damaged says nothing of the file
            return None
        return found if isinstance(found, StreamObject) else None

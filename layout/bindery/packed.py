"""The objects of an object stream (ISO 32000-1, 7.5.7), read in one pass.

pypdf reads them byte by byte, which took half of the time of a merge (`make bench`). Here one regular
expression finds the tokens of plain PDF; where a stream holds anything else, pypdf reads it.
"""

import re
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    create_string_object,
)

DEEPEST = 100
"""Arrays and dictionaries in each other; deeper ones are pypdf's to refuse."""
MOST = 1 << 24
"""Bytes of an object stream; larger ones are pypdf's to limit."""

_TOKEN = re.compile(
    rb"[ \n\r\t\f\0]*(?:"
    rb"(/[^ \n\r\t\f\0()<>\[\]{}/%#]*)"  # 1: a name without escapes
    rb"|([0-9]{1,9}) ([0-9]{1,5}) R(?![^ \n\r\t\f\0()<>\[\]{}/%])"  # 2, 3: a reference
    rb"|([+-]?[0-9]{1,18})(?![^ \n\r\t\f\0()<>\[\]/])"  # 4: a whole number
    rb"|([+-]?[0-9]{0,9}\.[0-9]{0,9})(?![^ \n\r\t\f\0()<>\[\]/])"  # 5: a real number
    rb"|\(((?:[^()\\\r]|\\[()\\])*)\)"  # 6: a string, its parentheses escaped
    rb"|<([0-9A-Fa-f]*)>"  # 7: a string in hexadecimal digits
    rb"|(<<)|(>>)|(\[)|(\])"  # 8 to 11
    rb"|(true|false|null)(?![^ \n\r\t\f\0()<>\[\]/])"  # 12
    rb")"
)
NAME, NUMBER, GENERATION, WHOLE, REAL, LITERAL, HEX, OPEN, CLOSE, BEGIN, END, WORD = range(1, 13)
OPENING = frozenset((OPEN, BEGIN))
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_WORDS: dict[bytes, Any] = {
    b"true": BooleanObject(True),
    b"false": BooleanObject(False),
    b"null": NullObject(),
}


class _Odd(Exception):
    """Raised for what is no plain PDF."""


class Reader(PdfReader):
    """pypdf's reader; it asks for an object stream's objects once, when the first of them is wanted."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._unpacked = set[int]()
        super().__init__(*arguments, **named)

    def _handle_encryption(self, password: object) -> None:
        """Leave that to `locked.unlock`: pypdf would try the empty password by itself."""

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        holder = self.xref_objStm[indirect_reference.idnum][0]
        if holder not in self._unpacked:
            self._unpacked.add(holder)
            packed = self.get_object(holder)
            found = unpacked(packed, self) if isinstance(packed, StreamObject) else None
            for number, value in (found or {}).items():
                if self.xref_objStm.get(number, (None,))[0] == holder:
                    self.resolved_objects.setdefault((0, number), value)
        known = self.resolved_objects.get((0, indirect_reference.idnum))
        return super()._get_object_from_stream(indirect_reference) if known is None else known


def unpacked(stream: StreamObject, reader: Any) -> dict[int, Any] | None:
    """The objects of a stream by their numbers; None where pypdf has to read it."""
    count, first = dict.get(stream, "/N"), dict.get(stream, "/First")
    if not isinstance(count, NumberObject) or not isinstance(first, NumberObject):
        return None
    data = stream.get_data()
    if len(data) > MOST or not 0 < first <= len(data) or not 0 <= count <= first:
        return None
    places = data[:first].split()
    if len(places) != 2 * count or not all(map(bytes.isdigit, places)):
        return None
    plain = _Plain(data, reader)
    found: dict[int, Any] = {}
    try:
        for number, place in zip(places[::2], places[1::2], strict=True):
            found.setdefault(int(number), plain.value(first + int(place)))
    except _Odd:
        return None
    return found


class _Plain:
    """Reads values from the bytes of one object stream; equal names and references are one value."""

    def __init__(self, data: bytes, reader: Any) -> None:
        self._data, self._reader = data, reader
        self._known: dict[bytes, Any] = {}

    def value(self, at: int) -> Any:
        """The value that begins at a byte; raises `_Odd`."""
        data, match, known = self._data, _TOKEN.match, self._known
        stack: list[tuple[int, list[Any]]] = []
        items: list[Any] = []
        while True:
            found = match(data, at)
            if found is None:
                raise _Odd
            at, kind = found.end(), found.lastindex or 0
            if not OPEN <= kind <= END:
                made = known.get(found[0])
                if made is None:
                    made = self._scalar(found, kind)
            elif kind in OPENING:
                stack.append((kind, items))
                items = []
                if len(stack) > DEEPEST:
                    raise _Odd
                continue
            else:
                if not stack:
                    raise _Odd
                opening, outer = stack.pop()
                made = _made(opening, kind, items)
                items = outer
            if not stack:
                return made
            items.append(made)

    def _scalar(self, found: re.Match[bytes], kind: int | None) -> Any:
        if kind == LITERAL:
            raw = found[LITERAL]
            return create_string_object(_ESCAPE.sub(rb"\1", raw) if b"\\" in raw else raw)
        if kind == HEX:
            digits = found[HEX]
            return create_string_object(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        key = found[0].lstrip(b" \n\r\t\f\0")
        made = self._known[found[0]] = self._plain(found, kind, key)
        return made

    def _plain(self, found: re.Match[bytes], kind: int | None, key: bytes) -> Any:
        if kind == NAME:
            return NameObject(key.decode("latin-1"))
        if kind == GENERATION:
            return IndirectObject(int(found[NUMBER]), int(found[GENERATION]), self._reader)
        if kind == WHOLE:
            return NumberObject(int(key))
        if kind == REAL:
            if len(key.strip(b"+-")) < 2:
                raise _Odd
            return FloatObject(key.decode())
        return _WORDS[key]


def _made(opening: int, closing: int, items: list[Any]) -> Any:
    """An array or a dictionary of what stands between its brackets."""
    if opening == BEGIN and closing == END:
        return ArrayObject(items)
    made = DictionaryObject()
    dict.update(made, zip(items[::2], items[1::2], strict=False))
    # A key twice, one without a value, or one that is no name: pypdf knows what to make of it.
    sound = opening == OPEN and closing == CLOSE and 2 * len(made) == len(items)
    if not sound or not all(isinstance(key, NameObject) for key in made):
        raise _Odd
    return made

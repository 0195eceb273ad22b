"""PDF values (ISO 32000-1, 7.3) read from bytes without recursion and in time linear in them.

pypdf reads byte by byte, which took half of the time of a merge (`make bench`). Here one regular
expression finds the tokens; what it does not know is `Odd`, and pypdf's to make something of.
"""

import re
from typing import Any

from pypdf.errors import PdfReadError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    create_string_object,
)

DEEPEST = 100
"""Arrays and dictionaries in each other; real files have a dozen."""
LONG = 1 << 16
"""Bytes from which on a string is no text: pypdf looks at each byte of one."""
BLANK = rb"[ \n\r\t\f\0]"
_REGULAR = rb"[^ \n\r\t\f\0()<>\[\]{}/%]"
_TOKEN = re.compile(
    rb"(?:[ \n\r\t\f\0]++|%[^\r\n]*+)*+(?:"
    rb"(/[^ \n\r\t\f\0()<>\[\]{}/%#]*+)(?!\#)"  # 1: a name without escapes
    rb"|([0-9]{1,10}+)[ \n\r\t\f\0]++([0-9]{1,5}+)[ \n\r\t\f\0]++R(?!" + _REGULAR + rb")"  # 2, 3: a reference
    rb"|([+-]{0,9}+[0-9]{1,18}+)(?!" + _REGULAR + rb")"  # 4: a whole number
    rb"|([+-]{0,9}+[0-9]*+\.[0-9]*+)(?!" + _REGULAR + rb")"  # 5: a real number
    rb"|\(([^()\\\r]*+)\)"  # 6: a string without escapes
    rb"|<([0-9A-Fa-f \n\r\t\f\0]*+)>"  # 7: a string in hexadecimal digits
    rb"|(<<)|(>>)|(\[)|(\])"  # 8 to 11
    rb"|(true|false|null)(?!" + _REGULAR + rb")"  # 12
    rb"|(\()"  # 13: where a string with escapes begins
    rb"|(/" + _REGULAR + rb"*+)"  # 14: a name with escapes
    rb")"
)  # fmt: skip
NAME, NUMBER, GENERATION, WHOLE, REAL, LITERAL, HEX = range(1, 8)
OPEN, CLOSE, BEGIN, END, WORD, STRING, ESCAPED = range(8, 15)
OPENING = frozenset((OPEN, BEGIN))
BLANKS = b" \n\r\t\f\0"
_PARTS = re.compile(rb"[()]|\\[\s\S]?")
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|[\s\S]?)|\r\n?")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_SIGNS |= dict.fromkeys((b"\n", b"\r", b"\r\n"), b"")
_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
_WORDS: dict[bytes, Any] = {
    b"true": BooleanObject(True),
    b"false": BooleanObject(False),
    b"null": NullObject(),
}


class Odd(Exception):
    """Raised for what is no plain PDF."""


class Short(Odd):
    """Raised for what goes on behind the last byte."""


class Broken(PdfReadError):
    """Raised for what cannot be read, in words that go on after "cut short or damaged"."""


class Room:
    """How many arrays and dictionaries may still be read from a file."""

    def __init__(self, left: int) -> None:
        self.left = left


class Values:
    """Reads values from bytes, up to `end`; equal names, numbers and references are one value."""

    def __init__(self, data: bytes, reader: Any, room: Room, end: int | None = None) -> None:
        self._data, self._reader, self._room = data, reader, room
        self._end = len(data) if end is None else end
        self._known: dict[bytes, Any] = {}
        self.at = 0
        """Where the value that was read last ends."""

    def value(self, at: int) -> Any:
        """The value that begins at a byte; raises `Odd`, or `Broken` where there are too many or too deep ones."""
        data, match, known, end = self._data, _TOKEN.match, self._known, self._end
        stack: list[tuple[int, list[Any]]] = []
        items: list[Any] = []
        while True:
            found = match(data, at, end)
            if found is None:
                raise Odd if data[at:end].strip(BLANKS) else Short
            at, kind = found.end(), found.lastindex or 0
            if not OPEN <= kind <= END:
                made = known.get(found[0])
                if made is None:
                    made, at = self._scalar(found, kind, at)
            elif kind in OPENING:
                stack.append((kind, items))
                items = []
                if len(stack) > DEEPEST:
                    how = f"more than {DEEPEST} arrays and dictionaries stand in each other"
                    raise Broken(how)
                continue
            else:
                if not stack:
                    raise Odd
                opening, outer = stack.pop()
                made = _made(opening, kind, items)
                self._count()
                items = outer
            if not stack:
                self.at = at
                return made
            items.append(made)

    def _count(self) -> None:
        self._room.left -= 1
        if self._room.left < 0:
            raise Broken("it holds more objects than its size allows")

    def _scalar(self, found: re.Match[bytes], kind: int, at: int) -> tuple[Any, int]:
        """A value that is no array and no dictionary, and where it ends."""
        if kind == STRING:
            raw, at = self._string(at)
            return _text(raw), at
        if kind == LITERAL:
            return _text(found[LITERAL]), at
        if kind == HEX:
            digits = found[HEX].translate(None, BLANKS)
            return _text(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())), at
        made = self._known[found[0]] = self._plain(found, kind)
        return made, at

    def _string(self, at: int) -> tuple[bytes, int]:
        """A string in parentheses (7.3.4.2) from behind its first one on, and where it ends."""
        depth, start = 1, at
        for part in _PARTS.finditer(self._data, at, self._end):
            sign = part[0]
            depth += (sign == b"(") - (sign == b")")
            if not depth:
                return _ESCAPE.sub(_byte, self._data[start : part.start()]), part.end()
        raise Short

    def _plain(self, found: re.Match[bytes], kind: int) -> Any:
        if kind == NAME:
            return NameObject(found[NAME].decode("latin-1"))
        if kind == GENERATION:
            return IndirectObject(int(found[NUMBER]), int(found[GENERATION]), self._reader)
        if kind == WHOLE:
            return NumberObject(int(_signed(found[WHOLE])))
        if kind == REAL:
            if len(found[REAL].strip(b"+-")) < 2 or len(found[REAL]) > LONG:
                raise Odd
            return _real(_signed(found[REAL]))
        if kind == ESCAPED:
            plain = _NUMBERED.sub(lambda it: bytes.fromhex(it[1].decode()), found[ESCAPED])
            return NameObject(plain.decode("latin-1"))
        return _WORDS[found[WORD]]


def _signed(digits: bytes) -> bytes:
    """A number with one sign, the first, as viewers have it; some programs write two."""
    return digits[:1] + digits.lstrip(b"+-") if digits[1:2] in (b"+", b"-") else digits


def _real(digits: bytes) -> FloatObject:
    made = FloatObject(digits.decode())
    if abs(made) > LARGEST:
        raise Broken("it holds a number that nobody can read")
    return made


LARGEST = 3.403e38
"""What a real number may be (ISO 32000-1, table C.1)."""


def _text(raw: bytes) -> Any:
    return create_string_object(raw) if len(raw) < LONG else ByteStringObject(raw)


def _byte(found: re.Match[bytes]) -> bytes:
    """What stands for an escape, or for an end of line."""
    sign = found[1]
    if sign is None:
        return b"\n"
    if sign.isdigit() and sign < b"8":
        return bytes((int(sign, 8) & 255,))
    return _SIGNS.get(sign, sign)


def _made(opening: int, closing: int, items: list[Any]) -> Any:
    """An array or a dictionary of what stands between its brackets."""
    if opening == BEGIN and closing == END:
        return ArrayObject(items)
    keys = items[::2]
    # A key without a value, or one that is no name: pypdf knows what to make of it.
    sound = opening == OPEN and closing == CLOSE and 2 * len(keys) == len(items)
    if not sound or not all(isinstance(key, NameObject) for key in keys):
        raise Odd
    made = DictionaryObject()
    dict.update(made, zip(keys, items[1::2], strict=True))  # of a key that stands twice, the later
    return made

"""Content streams to operators and their operands (ISO 32000-1, 7.8.2), as fast as one pattern goes.

Names become str with their solidus, strings `Text`, arrays and dictionaries lists and dicts; numbers
stay as they are written, since most of them are never looked at. An array of nothing but numbers and
hexadecimal strings stays in one piece, `Row`: nearly all text is shown by such arrays.
"""

import re
from collections.abc import Callable, Generator, Iterator
from typing import Any, Final

_TOKEN: Final = re.compile(
    rb"""
    [\0\t\n\f\r ]++ | %[^\r\n]*+
    | ([A-Za-z'"*][A-Za-z0-9'"*]*+)                            # 1 operator
    | ([+-]*+(?:[0-9]++\.?[0-9]*+|\.[0-9]*+)(?:-[0-9]*+)?)     # 2 number
    | (/[^\0\t\n\f\r ()<>\[\]{}/%]*+)                           # 3 name
    | (\[(?:[0-9.+\-\t\n\f\r ]++|<[0-9A-Fa-f\t\n\f\r ]*+>)*+\])  # 4 row
    | <([^<>]*+)>                                              # 5 hexadecimal string
    | \(((?:[^()\\]++|\\.)*+)\)                                # 6 string without parentheses
    | (<<|>>|[\[\]])                                           # 7 bracket
    | (\()                                                     # 8 any other string
    | ([^\0\t\n\f\r ()<>\[\]{}/%]++|.)                         # 9 what cannot be there
    """,
    re.VERBOSE | re.DOTALL,
)
_OPERATOR, _NUMBER, _NAME, _ROW, _HEX_STRING, _STRING, _BRACKET, _PARENTHESIS, _WRONG = range(1, 10)
_WORDS: Final = (b"true", b"false", b"null", b"BI")
_PLAIN: Final = frozenset(range(32, 127)) | frozenset(b"\0\t\n\f\r")
"""Bytes of a content stream outside strings and images."""
_HEX: Final = re.compile(rb"<([^>]*)>")
_ESCAPE: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
_ESCAPED: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ENDS: Final = (b"\n", b"\r", b"\r\n")
_NAME_CODE: Final = re.compile("#([0-9A-Fa-f]{2})")
_PAREN: Final = re.compile(rb"\\.|[()]", re.DOTALL)
_END_OF_IMAGE: Final = re.compile(rb"(?<=[\0\t\n\f\r ])EI(?=[\0\t\n\f\r ]|$)|EI(?=[\n\r ]+Q\b)")
_CHANNELS: Final = {
    "/G": 1,
    "/DeviceGray": 1,
    "/RGB": 3,
    "/DeviceRGB": 3,
    "/CMYK": 4,
    "/DeviceCMYK": 4,
}

Operation = tuple[bytes, list[Any]]


class Text(bytes):
    """A string."""


class Odd(Text):
    """A hexadecimal string that is not well written."""


class Row(bytes):
    """An array of numbers and hexadecimal strings, as it is written."""


def row_text(row: Row) -> tuple[bytes, bool]:
    """The strings of a row together, and whether each is of whole bytes."""
    pieces = _HEX.findall(row)
    try:
        return bytes.fromhex(b"".join(pieces).decode()), not any(len(each) & 1 for each in pieces)
    except ValueError:
        whole = [hex_text(each) for each in pieces]
        return b"".join(found for found, _ in whole), all(even for _, even in whole)


def hex_text(digits: bytes) -> tuple[bytes, bool]:
    """A hexadecimal string (7.3.4.3), and whether it is well written."""
    kept = re.sub(rb"[^0-9A-Fa-f]", b"", digits)
    clean = not len(kept) & 1 and not digits.translate(None, b"0123456789ABCDEFabcdef\0\t\n\f\r ")
    return bytes.fromhex((kept + b"0" * (len(kept) & 1)).decode()), clean


def _hex_string(digits: bytes) -> Text:
    text, clean = hex_text(digits)
    return Text(text) if clean else Odd(text)


def plain_text(escaped: bytes) -> bytes:
    """A string without its escapes (7.3.4.2)."""
    if b"\\" not in escaped:
        return escaped
    return _ESCAPE.sub(_unescaped, escaped)


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes((int(found[1], 8) & 255,))
    return b"" if found[2] in _ENDS else _ESCAPED.get(found[2], found[2])


def plain_name(name: bytes) -> str:
    """A name as pypdf reads it in `foreign.reading`: Latin-1, number signs resolved."""
    text = name.decode("latin-1")
    return _NAME_CODE.sub(lambda code: chr(int(code[1], 16)), text) if "#" in text else text


def operations(data: bytes) -> Iterator[Operation]:
    """Each operator with its operands; an inline image comes as `EI` with its dictionary.

    What is no token of a content stream comes as an operator.

    The list of operands is used again for the next operator: take out of it what is to stay.
    """
    reader, position = _Reader(data), 0
    while position < len(data):
        position = yield from reader.run(position)


class _Reader:
    """The place in a content stream between two runs of the pattern."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.operands: list[Any] = []
        self.open: list[tuple[bytes, list[Any]]] = []

    def run(self, position: int) -> Generator[Operation, None, int]:
        """Operators up to an inline image or a string with parentheses; where to go on."""
        for found in _TOKEN.finditer(self.data, position):
            kind = found.lastindex
            if kind == _NUMBER:
                self.operands.append(found[_NUMBER])
            elif kind == _OPERATOR:
                operator = found[_OPERATOR]
                if operator == b"ID" and b"BI" in self.operands:
                    image = _pairs(self.operands[self.operands.index(b"BI") + 1 :])
                    yield b"EI", [image]
                    self.operands, self.open = [], []
                    return self._after_image(found.end() + 1, image)
                if operator in _WORDS or self.open:
                    self.operands.append(operator)
                    continue
                yield operator, self.operands
                self.operands.clear()
            elif kind == _PARENTHESIS:
                return self._nested(found.end())
            elif kind == _WRONG:
                yield found[_WRONG], []
            elif kind is not None:
                self._operand(kind, found[kind])
        return len(self.data)

    def _operand(self, kind: int, token: bytes) -> None:
        if kind == _BRACKET:
            self._bracket(token)
        else:
            self.operands.append(_VALUES[kind](token))

    def _bracket(self, token: bytes) -> None:
        if token in (b"[", b"<<"):
            self.open.append((token, self.operands))
            self.operands = []
        elif self.open:
            opening, outer = self.open.pop()
            outer.append(self.operands if opening == b"[" else _pairs(self.operands))
            self.operands = outer

    def _nested(self, start: int) -> int:
        depth = 1
        for found in _PAREN.finditer(self.data, start):
            depth += {b"(": 1, b")": -1}.get(found[0], 0)
            if not depth:
                self.operands.append(Text(plain_text(self.data[start : found.start()])))
                return found.end()
        return len(self.data)

    def _after_image(self, start: int, image: dict[str, Any]) -> int:
        """Where an inline image ends: by its size if it is not packed, else by what follows it."""
        position = start + (_raw_size(image) or 0)
        while found := _END_OF_IMAGE.search(self.data, position):
            if all(byte in _PLAIN for byte in self.data[found.end() : found.end() + 24]):
                return found.end()
            position = found.end()
        return len(self.data)


def _pairs(values: list[Any]) -> dict[str, Any]:
    keys = (key if isinstance(key, str) else repr(key) for key in values[::2])
    return dict(zip(keys, values[1::2], strict=False))


def _raw_size(image: dict[str, Any]) -> int | None:
    """Bytes of an image without a filter in a space of the device (8.9.7), or None."""
    try:
        if "/F" in image or "/Filter" in image:
            return None
        wide, high = (
            int(image.get(a) or image[b]) for a, b in (("/W", "/Width"), ("/H", "/Height"))
        )
        if b"true" in (image.get("/IM"), image.get("/ImageMask")):
            return high * ((wide + 7) // 8)
        bits = int(image.get("/BPC") or image["/BitsPerComponent"])
        return high * ((wide * bits * _CHANNELS[image.get("/CS") or image["/ColorSpace"]] + 7) // 8)
    except (KeyError, TypeError, ValueError):
        return None


_VALUES: Final[dict[int, Callable[[bytes], Any]]] = {
    _NAME: plain_name,
    _ROW: Row,
    _HEX_STRING: _hex_string,
    _STRING: lambda escaped: Text(plain_text(escaped)),
}

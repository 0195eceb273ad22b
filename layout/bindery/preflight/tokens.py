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

LONGEST_NAME: Final = 127
LONGEST_STRING: Final = 32767
LARGEST: Final = (1 << 31) - 1
LARGEST_REAL: Final = 3.403e38
SMALLEST_REAL: Final = 1.175e-38
"""ISO 32000-1, annex C, as ISO 19005-3, 6.1.13 has it."""
MOST_OPERANDS: Final = 1 << 20
"""Operands of one operator, or values of one array: more are not borne."""
DEEPEST: Final = 512
"""Nested arrays and dictionaries."""
_SAFE_DIGITS: Final = 9
"""A number that is written in so many characters is within its limits."""
_FAR: Final = re.compile(rb"[\[>\t\n\f\r +.\-][0-9]{10}|<[^>]{65535}")
"""What a row may only have if it goes beyond a limit, and seldom has otherwise."""
_IN_ROW: Final = re.compile(rb"<([^>]*)>|([0-9.+\-]+)")
_DIGITS: Final = re.compile(rb"([+-]*)([0-9]*)(\.?)([0-9]*)")

Operation = tuple[bytes, list[Any]]
Report = Callable[[str, object], None]
"""Takes the rule that an operand breaks, and what to say of it."""


class Crowded(Exception):
    """Raised where an operator has more operands than can be borne."""


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


def row_pieces(row: Row) -> Iterator[bytes | float]:
    """The strings and numbers of a row, in their order; what is no number is 0."""
    for found in _IN_ROW.finditer(row):
        if found[2]:
            yield number_of(found[2])
        else:
            yield hex_text(found[1])[0]


def number_of(token: Any) -> float:
    """An operand as a number, or 0."""
    try:
        return float(token)
    except (TypeError, ValueError):
        return 0.0


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


def is_far(token: bytes) -> bool:
    """Whether a number is beyond the limits, as it is written."""
    found = _DIGITS.match(token)
    assert found
    sign, whole, point, part = found.groups()
    if point:
        value = float(b"%b.%b" % (whole or b"0", part or b"0"))
        return value > LARGEST_REAL or 0 < value < SMALLEST_REAL
    whole = whole.lstrip(b"0")
    return len(whole) > 10 or int(whole or b"0") > LARGEST + (b"-" in sign)


def operations(data: bytes, report: Report | None = None) -> Iterator[Operation]:
    """Each operator with its operands; an inline image comes as `EI` with its dictionary and its data.

    The data end with the operator itself, before which blanks may stand.

    What is no token of a content stream comes as an operator.

    The list of operands is used again for the next operator: take out of it what is to stay. What
    is beyond the limits of numbers, names and strings, or no whole hexadecimal string, is reported,
    wherever it stands; but for the hexadecimal strings of a row that is an operand: see `row_text`.
    """
    reader, position = _Reader(data, report), 0
    while position < len(data):
        position = yield from reader.run(position)


class _Reader:
    """The place in a content stream between two runs of the pattern."""

    def __init__(self, data: bytes, report: Report | None) -> None:
        self.data, self.report = data, report
        self.operands: list[Any] = []
        self.open: list[tuple[bytes, list[Any]]] = []

    def run(self, position: int) -> Generator[Operation, None, int]:
        """Operators up to an inline image or a string with parentheses; where to go on."""
        for found in _TOKEN.finditer(self.data, position):
            kind = found.lastindex
            if kind == _NUMBER:
                number = found[_NUMBER]
                operands = self.operands
                operands.append(number)
                if len(number) > _SAFE_DIGITS or len(operands) > MOST_OPERANDS:
                    self._number(number)
            elif kind == _OPERATOR:
                operator = found[_OPERATOR]
                if operator == b"ID" and b"BI" in self.operands:
                    image = _pairs(self.operands[self.operands.index(b"BI") + 1 :])
                    end = self._after_image(found.end() + 1, image)
                    yield b"EI", [image, Text(self.data[found.end() + 1 : end])]
                    self.operands, self.open = [], []
                    return end
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
            return
        value = _VALUES[kind](token)
        self.operands.append(value)
        if len(self.operands) > MOST_OPERANDS:
            raise Crowded
        if kind == _ROW:
            if self.open or _FAR.search(token):
                self._row(token)
        elif len(token) > LONGEST_NAME or isinstance(value, Odd):
            self._judge(value)

    def _number(self, token: bytes) -> None:
        if len(self.operands) > MOST_OPERANDS:
            raise Crowded
        if self.report and is_far(token):
            self.report("limit-number", token.decode())

    def _judge(self, value: Any) -> None:
        """Name or string: whether it is too long, or not whole."""
        if not self.report:
            return
        if isinstance(value, Odd):
            self.report("hex-string", "in the content")
        if isinstance(value, str):
            if len(value) > LONGEST_NAME + 1:  # its solidus is no part of it
                self.report("limit-name", value)
        elif len(value) > LONGEST_STRING:
            self.report("limit-string", f"{len(value)} bytes")

    def _row(self, row: bytes) -> None:
        """The numbers and strings of a row, one by one; strings of an operand are told of elsewhere."""
        for found in _IN_ROW.finditer(row) if self.report else ():
            if found[2]:
                self._number(found[2])
            else:
                value = _hex_string(found[1])
                self._judge(value if self.open else Text(value))

    def _bracket(self, token: bytes) -> None:
        if token in (b"[", b"<<"):
            self.open.append((token, self.operands))
            if len(self.open) > DEEPEST:
                raise Crowded
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
                text = Text(plain_text(self.data[start : found.start()]))
                self.operands.append(text)
                self._judge(text)
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

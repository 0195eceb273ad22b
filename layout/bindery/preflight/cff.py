"""Compact font programs (Adobe technical notes 5176 and 5177): which glyphs there are, and their widths."""

import struct
from functools import cached_property
from itertools import pairwise
from typing import Final

_CHARSET, _CHAR_STRINGS, _PRIVATE, _FD_ARRAY, _FD_SELECT, _ROS = 15, 17, 18, 1236, 1237, 1230
_MATRIX: Final = 1207
_DEFAULT_WIDTH, _NOMINAL_WIDTH, _SUBRS = 20, 21, 19
_STEMS: Final = (1, 3, 18, 23)
_MASKS: Final = (19, 20)
_MOVES: Final = {21: 2, 22: 1, 4: 1}
_END: Final = 14
_ESCAPE: Final = 12
_FLEXES: Final = (34, 35, 36, 37)
_HALVES: Final = "0123456789.EE -"
"""What the halves of a byte of a real number say; 12 is E with a minus."""

Dict = dict[int, list[float]]


class Compact:
    """A CFF program; raises ValueError, IndexError or struct.error where it cannot be read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        _, at = _index(data, data[2])
        tops, at = _index(data, at)
        _, at = _index(data, at)
        self.globals, _ = _index(data, at)
        self.top = _dictionary(tops[0])
        self.operands = _operands(tops[0])
        """The bytes of each operator's operands in the top dictionary."""
        self.strings, _ = _index(data, int(self.top[_CHAR_STRINGS][0]))
        self.is_cid = _ROS in self.top

    @property
    def glyphs(self) -> int:
        """How many glyphs there are."""
        return len(self.strings)

    @cached_property
    def glyph_of(self) -> dict[int, int]:
        """Glyphs by CID; a program without CIDs has glyphs in their place (ISO 32000-1, 9.7.4.2)."""
        if not self.is_cid:
            return {glyph: glyph for glyph in range(self.glyphs)}
        return {cid: glyph for glyph, cid in enumerate(self._charset())}

    def _charset(self) -> list[int]:
        at = int(self.top.get(_CHARSET, [0])[0])
        if at <= 2:
            return list(range(self.glyphs))
        kind, found = self.data[at], [0]
        at += 1
        while len(found) < self.glyphs:
            first = struct.unpack_from(">H", self.data, at)[0]
            more = 0
            if kind:
                more = struct.unpack_from(">B" if kind == 1 else ">H", self.data, at + 2)[0]
            found += range(first, first + more + 1)
            at += (2, 3, 4)[kind]
        return found[: self.glyphs]

    @cached_property
    def _privates(self) -> list[tuple[float, float, list[bytes], float]]:
        """Of each font dictionary: default and nominal width, subroutines, units in thousandths."""
        tops = [self.top]
        if _FD_ARRAY in self.top:
            tops = [_dictionary(each) for each in _index(self.data, int(self.top[_FD_ARRAY][0]))[0]]
        return [self._private(each) for each in tops]

    @cached_property
    def font_operands(self) -> list[dict[int, bytes]]:
        """The bytes of each operator's operands in the font dictionaries of a program with CIDs."""
        fonts, _ = _index(self.data, int(self.top[_FD_ARRAY][0]))
        return [_operands(each) for each in fonts]

    @cached_property
    def private_bytes(self) -> list[bytes]:
        """The private dictionary of each font dictionary, or of the only one."""
        fonts = [self.top]
        if _FD_ARRAY in self.top:
            fonts = [_dictionary(it) for it in _index(self.data, int(self.top[_FD_ARRAY][0]))[0]]
        places = [[int(it) for it in font.get(_PRIVATE, [0, 0])] for font in fonts]
        return [self.data[at : at + size] for size, at in places]

    def font_of(self, glyph: int) -> int:
        """The number of a glyph's font dictionary."""
        return self._fonts[glyph] if self._fonts else 0

    def _private(self, font: Dict) -> tuple[float, float, list[bytes], float]:
        size, offset = (int(each) for each in font.get(_PRIVATE, [0, 0]))
        private = _dictionary(self.data[offset : offset + size])
        subroutines: list[bytes] = []
        if _SUBRS in private:
            subroutines, _ = _index(self.data, offset + int(private[_SUBRS][0]))
        matrix = font.get(_MATRIX) or [0.001]
        outer = self.top.get(_MATRIX) if font is not self.top else None
        scale = matrix[0] * (outer[0] if outer else 1) * 1000
        if outer and _MATRIX not in font:
            scale = outer[0] * 1000
        default = private.get(_DEFAULT_WIDTH, [0])[0]
        return default, private.get(_NOMINAL_WIDTH, [0])[0], subroutines, scale

    @cached_property
    def _fonts(self) -> list[int] | None:
        """The font dictionary of each glyph, or None where there is but one."""
        if _FD_SELECT not in self.top:
            return None
        at = int(self.top[_FD_SELECT][0])
        if self.data[at] == 0:
            return list(self.data[at + 1 : at + 1 + self.glyphs])
        count, found = struct.unpack_from(">H", self.data, at + 1)[0], [0] * self.glyphs
        for n in range(count):
            first, font, last = struct.unpack_from(">HBH", self.data, at + 3 + 3 * n)
            found[first:last] = [font] * (min(last, self.glyphs) - first)
        return found

    def width(self, glyph: int) -> float | None:
        """The advance of a glyph in thousandths of an em, or None where it cannot be told."""
        if not 0 <= glyph < self.glyphs:
            return None
        font = self._fonts[glyph] if self._fonts else 0
        default, nominal, subroutines, scale = self._privates[font]
        first = _Charstring(self.globals, subroutines).width(self.strings[glyph])
        return (default if first is None else nominal + first) * scale


def without_subroutines(program: Compact) -> bool:
    """Whether charstrings say all by themselves: no subroutines, nor in a program by names accents out of others."""
    if program.globals or any(_SUBRS in _dictionary(each) for each in program.private_bytes):
        return False
    return program.is_cid or not any(map(_is_composed, program.strings))


def _is_composed(code: bytes) -> bool:
    """Whether a charstring ends by making a glyph of two others (technical note 5177, endchar); also if unclear."""
    at = count = stems = 0
    while at < len(code):
        byte = code[at]
        if byte >= 32 or byte == 28:
            _, at = _operand(code, at)
            count += 1
            continue
        at += 1
        if byte == _END:
            return count >= 4
        if byte in _STEMS or byte in _MASKS:
            stems += count // 2
        if byte in _MASKS:
            at += (stems + 7) // 8
        elif byte == _ESCAPE:
            if code[at] not in _FLEXES:
                return True
            at += 1
        count = 0
    return True


class _Charstring:
    """Runs a charstring up to the operator that clears its stack: an odd operand is the width."""

    def __init__(self, outer: list[bytes], inner: list[bytes]) -> None:
        self.routines = {29: outer, 10: inner}
        self.stack: list[float] = []
        self.done = False
        self.found: float | None = None

    def width(self, code: bytes) -> float | None:
        """The width's difference from the nominal one, or None for the default."""
        self._run(code, 0)
        return self.found

    def _run(self, code: bytes, depth: int) -> None:
        at = 0
        while at < len(code) and not self.done and depth <= 10:
            byte = code[at]
            if byte >= 32 or byte == 28:
                value, at = _operand(code, at)
                self.stack.append(value)
                continue
            at += 1
            if byte in self.routines:
                routines = self.routines[byte]
                bias = 107 if len(routines) < 1240 else 1131 if len(routines) < 33900 else 32768
                self._run(routines[int(self.stack.pop()) + bias], depth + 1)
            elif byte == 11:
                return
            else:
                self._clear(byte)

    def _clear(self, operator: int) -> None:
        self.done = True
        count = len(self.stack)
        if operator in _STEMS or operator in _MASKS:
            odd = count % 2 == 1
        elif operator in _MOVES:
            odd = count > _MOVES[operator]
        else:
            odd = operator == _END and count in (1, 5)
        self.found = self.stack[0] if odd else None


def _operand(code: bytes, at: int) -> tuple[float, int]:
    byte = code[at]
    if byte == 28:
        return struct.unpack_from(">h", code, at + 1)[0], at + 3
    if byte == 255:
        return struct.unpack_from(">i", code, at + 1)[0] / 65536, at + 5
    if byte <= 246:
        return byte - 139, at + 1
    if byte <= 250:
        return (byte - 247) * 256 + code[at + 1] + 108, at + 2
    return -(byte - 251) * 256 - code[at + 1] - 108, at + 2


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The items of an INDEX, and where it ends."""
    count = struct.unpack_from(">H", data, at)[0]
    if not count:
        return [], at + 2
    size = data[at + 2]
    places = [
        int.from_bytes(data[at + 3 + size * n : at + 3 + size * (n + 1)], "big") for n in range(count + 1)
    ]  # fmt: skip
    base = at + 2 + size * (count + 1)
    items = [data[base + a : base + b] for a, b in pairwise(places)]
    return items, base + places[-1]


def _operands(data: bytes) -> dict[int, bytes]:
    """Of each operator of a DICT its operands as they stand there."""
    found: dict[int, bytes] = {}
    at = start = 0
    while at < len(data):
        byte, end = data[at], at
        if byte <= 21:
            at += 1
            if byte == 12:
                byte, at = 1200 + data[at], at + 1
            found[byte] = data[start:end]
            start = at
        elif byte == 29:
            at += 5
        elif byte == 30:
            _, at = _real(data, at + 1)
        else:
            _, at = _operand(data, at)
    return found


def _dictionary(data: bytes) -> Dict:
    found: Dict = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte <= 21:
            at += 1
            if byte == 12:
                byte, at = 1200 + data[at], at + 1
            found[byte] = operands
            operands = []
        elif byte == 29:
            operands.append(struct.unpack_from(">i", data, at + 1)[0])
            at += 5
        elif byte == 30:
            value, at = _real(data, at + 1)
            operands.append(value)
        else:
            value, at = _operand(data, at)
            operands.append(value)
    return found


def _real(data: bytes, at: int) -> tuple[float, int]:
    digits = ""
    while at < len(data):
        for half in (data[at] >> 4, data[at] & 15):
            if half == 15:
                return float(digits or 0), at + 1
            digits += "E-" if half == 12 else _HALVES[half]
        at += 1
    raise ValueError("a real number without end")

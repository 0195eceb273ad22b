"""Glyphs of compact programs (CFF, Adobe technical note 5176): taken out of subsets, put into a program of their own.

Only programs without subroutines are taken: a charstring then says the same wherever it stands. The glyphs of the new
one have CIDs in order, and each keeps the private dictionary that its hints and width are read with.
"""

import math
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.preflight.cff import Compact, without_subroutines
from layout.bindery.subsets.glyphs import MOST

_MATRIX, _BOX = 1207, 5
_FONTS: Final = 256
"""Font dictionaries that a format of FDSelect can tell apart."""
_LONG: Final = b"\x1d"
"""What begins a whole number of four bytes in a dictionary."""
_ADOBE, _IDENTITY, _NAME = 391, 392, 393
"""The first strings of a program's own have these numbers."""


class Charstring(Struct, frozen=True):
    """A glyph whatever its number is: its charstring, the private dictionary and matrix that belong to it, as bytes.

    `width` is what the PDF says, in thousandths of an em: such a font has one for each CID. The missing one
    (`is_missing`, number 0) is no other's equal.
    """

    code: bytes
    private: bytes
    matrix: bytes
    width: float
    is_missing: bool = False


class CompactKin(Struct, frozen=True):
    """What the subsets of one face have in common: the matrix of the whole program, as bytes."""

    matrix: bytes


class CompactOutlines:
    """The glyphs of one program; raises ValueError, IndexError or struct.error where it cannot be taken."""

    def __init__(self, data: bytes) -> None:
        self.program = Compact(data)
        if not without_subroutines(self.program):
            raise ValueError("subroutines")
        self._privates = self.program.private_bytes
        top = self.program.operands
        self._matrices = [b""]
        if self.program.is_cid:
            self._matrices = [each.get(_MATRIX, b"") for each in self.program.font_operands]
        self.kin = CompactKin(top.get(_MATRIX, b""))
        if not self.program.is_cid and self.kin.matrix:
            raise ValueError("a matrix that may be read in two ways in a program with CIDs")

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return self.program.glyphs

    def number_of(self, cid: int) -> int:
        """The glyph of a CID, the missing one for a CID that the program has not (ISO 32000-1, 9.7.4.2)."""
        return self.program.glyph_of.get(cid, 0)

    def glyph(self, number: int, width: float) -> Charstring:
        """A glyph by its number, with its width in the PDF."""
        font = self.program.font_of(number)
        code = self.program.strings[number]
        return Charstring(code, self._privates[font], self._matrices[font], width, not number)

    @property
    def box(self) -> list[float]:
        """What holds all glyphs, in the program's units; zeros where that is not said."""
        found = self.program.top.get(_BOX, [])
        return found if len(found) == 4 and all(map(math.isfinite, found)) else [0.0] * 4


class CompactProgram:
    """A program under construction; `numbers` tells the glyph and CID of each, 0 is the missing one."""

    def __init__(self, missing: Charstring) -> None:
        self.glyphs: list[Charstring] = [missing]
        self.numbers: dict[Charstring, int] = {missing: 0}
        self._fonts: dict[tuple[bytes, bytes], int] = {}
        self._take(missing)

    def _take(self, glyph: Charstring) -> None:
        self._fonts.setdefault((glyph.private, glyph.matrix), len(self._fonts))
        if len(self._fonts) > _FONTS:
            raise OverflowError

    def number(self, glyph: Charstring) -> int:
        """The number of a glyph, which is taken in.

        Raises OverflowError for one too many, ValueError for another missing one: it cannot have a second number.
        """
        found = self.numbers.get(glyph)
        if found is None:
            if glyph.is_missing:
                raise ValueError("another missing glyph")
            if len(self.glyphs) >= MOST:
                raise OverflowError
            self._take(glyph)
            found = self.numbers[glyph] = len(self.glyphs)
            self.glyphs.append(glyph)
        return found

    def written(self, like: Sequence[CompactOutlines], name: str) -> bytes:
        """The program, called by a PostScript `name`, with the matrix of the first subset it is `like`."""
        said = name.encode("latin-1", "replace")
        head = b"\1\0\4\4" + _index([said])
        strings = _index([b"Adobe", b"Identity", said]) + _index([])
        count = len(self.glyphs)
        size = len(_index([self._top(like, 0, 0, 0, 0)]))
        at = len(head) + size + len(strings)
        charset = b"\0" if count == 1 else b"\2" + _short(1) + _short(count - 2)
        select = b"\0" + bytes([self._fonts[it.private, it.matrix] for it in self.glyphs])
        codes = _index([it.code for it in self.glyphs])
        places = [at, at + len(charset), at + len(charset) + len(select)]
        fonts = self._font_array(places[-1] + len(codes))
        top = self._top(like, places[0], places[1], places[2], places[2] + len(codes))
        return head + _index([top]) + strings + charset + select + codes + fonts

    def _top(
        self, like: Sequence[CompactOutlines], charset: int, select: int, codes: int, fonts: int
    ) -> bytes:
        """The top dictionary; offsets from the program's start."""
        lefts, bottoms, rights, tops = zip(*[each.box for each in like], strict=True)
        least = math.floor(min(lefts)), math.floor(min(bottoms))
        box = [*least, math.ceil(max(rights)), math.ceil(max(tops))]
        if not all(-0x8000 <= edge < 0x8000 for edge in box):
            box = [0, 0, 0, 0]  # says nothing
        # Readers take a negative number of four bytes for a large one, so that these have two.
        edges = b"".join([b"\x1c" + edge.to_bytes(2, "big", signed=True) for edge in box])
        matrix = like[0].kin.matrix
        return b"".join(
            [
                _entry(1230, _ADOBE, _IDENTITY, 0),
                matrix + _operator(_MATRIX) if matrix else b"",
                edges + _operator(_BOX),
                _entry(1234, len(self.glyphs)),
                _entry(15, charset),
                _entry(1237, select),
                _entry(17, codes),
                _entry(1236, fonts),
            ]
        )

    def _font_array(self, at: int) -> bytes:
        """The font dictionaries from an offset on, and behind them the private ones."""
        sizes = [len(private) for private, _ in self._fonts]
        at += len(_index([self._font(matrix, 0, 0) for _, matrix in self._fonts]))
        starts = [at + sum(sizes[:n]) for n in range(len(sizes))]
        made = [
            self._font(matrix, size, start)
            for (_, matrix), size, start in zip(self._fonts, sizes, starts, strict=True)
        ]
        return _index(made) + b"".join([private for private, _ in self._fonts])

    @staticmethod
    def _font(matrix: bytes, size: int, start: int) -> bytes:
        said = matrix + _operator(_MATRIX) if matrix else b""
        return _entry(1238, _NAME) + said + _entry(18, size, start)


def _entry(operator: int, *operands: int) -> bytes:
    """An entry of a dictionary with whole numbers, each as long as any (clause 4)."""
    numbers = [_LONG + operand.to_bytes(4, "big", signed=True) for operand in operands]
    return b"".join(numbers) + _operator(operator)


def _operator(number: int) -> bytes:
    return bytes((12, number - 1200)) if number >= 1200 else bytes((number,))


def _short(number: int) -> bytes:
    return number.to_bytes(2, "big")


def _index(items: Sequence[bytes]) -> bytes:
    """An INDEX (clause 5)."""
    if not items:
        return b"\0\0"
    at, places = 1, [1]
    for item in items:
        at += len(item)
        places.append(at)
    size = (at.bit_length() + 7) // 8
    offsets = b"".join([place.to_bytes(size, "big") for place in places])
    return _short(len(items)) + bytes((size,)) + offsets + b"".join(items)

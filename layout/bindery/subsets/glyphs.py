"""Glyphs of TrueType programs (ISO 14496-22): taken out of subsets, put into a program of their own."""

import struct
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from msgspec import Struct

from layout.bindery.preflight.sfnt import Sfnt

WORDS, SCALE, MORE, TWO_SCALES, MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
"""Flags of a component (glyf, composite glyph description)."""
DEEPEST: Final = 8
"""Composites in composites; real faces have one or two."""
MOST_PARTS: Final = 256
"""Glyphs of which one is made, each as often as it stands in it; real ones have two or three."""
MAXIMA: Final = ">13H"
"""What maxp says of the largest of all glyphs, from byte 6 on."""
MOST: Final = 0xFFFF
"""Glyphs of a program (maxp)."""
CHECKSUM: Final = 0xB1B0AFBA
"""What the sum of all words of a program is taken from (head, checkSumAdjustment)."""


class Glyph(Struct, frozen=True):
    """A glyph whatever its number is: advance and left bearing in the face's units, and its outline.

    In a composite's outline the numbers of its `parts` are 0; each stands at an offset in it. The missing
    one (`is_missing`, number 0) is no other's equal: text may not show it (ISO 14289-1, 7.21.8).
    """

    advance: int
    bearing: int
    outline: bytes
    parts: tuple[tuple[int, "Glyph"], ...] = ()
    is_missing: bool = False


NOTHING: Final = Glyph(0, 0, b"")
"""What is shown where a program has no such glyph."""


class Kin(Struct, frozen=True):
    """What the subsets of one face have in common, and other faces hardly have."""

    units: int
    flags: int
    heights: bytes
    hints: tuple[bytes, bytes, bytes]


class Outlines:
    """The glyphs of one program; raises ValueError, IndexError or struct.error where it cannot be read."""

    def __init__(self, data: bytes) -> None:
        font = self.font = Sfnt(data)
        head = font.table(b"head")
        form = ">%dI" if struct.unpack_from(">h", head, 50)[0] else ">%dH"
        size, table = (4 if form == ">%dI" else 2), font.table(b"loca")
        count = font.glyphs
        if b"glyf" not in font.tables or len(table) < size * (count + 1):
            raise ValueError("no outlines")
        places = struct.unpack_from(form % (count + 1), table)
        self._places = places if size == 4 else tuple(2 * place for place in places)
        self._outlines = font.table(b"glyf")
        self._read_metrics(count)
        self._known: dict[int, Glyph] = {}
        self._weights: dict[int, int] = {}
        flags, units = struct.unpack_from(">HH", head, 16)
        hints = (font.table(b"cvt "), font.table(b"fpgm"), font.table(b"prep"))
        self.kin = Kin(units, flags, font.table(b"hhea")[4:10], hints)

    @property
    def count(self) -> int:
        """How many glyphs there are."""
        return self.font.glyphs

    def _read_metrics(self, count: int) -> None:
        table = self.font.table(b"hmtx")
        full = struct.unpack_from(">H", self.font.table(b"hhea"), 34)[0]
        long = struct.unpack_from(">" + "Hh" * full, table)
        rest = struct.unpack_from(f">{count - full}h", table, 4 * full) if count > full else ()
        self._advances = long[::2] + (long[-2],) * len(rest)
        self._bearings = long[1::2] + rest

    @property
    def maxima(self) -> tuple[int, ...]:
        """What maxp says of the largest of all glyphs; none of them in a table of version 0.5."""
        table = self.font.table(b"maxp")
        return struct.unpack_from(MAXIMA, table, 6) if len(table) >= 32 else (0,) * 13

    def glyph(self, number: int, depth: int = 0) -> Glyph:
        """A glyph by its number."""
        found = self._known.get(number)
        if found is None:
            if depth > DEEPEST:
                raise ValueError("composites in a circle")
            outline = self._outlines[self._places[number] : self._places[number + 1]]
            outline += bytes(-len(outline) % 4)  # however a program aligns its glyphs
            parts: tuple[tuple[int, Glyph], ...] = ()
            if outline[:1] >= b"\x80":
                offsets = list(islice(_components(outline), MOST_PARTS + 1))
                parts = tuple([(at, self.glyph(part, depth + 1)) for at, part in offsets])
                self._weights[number] = len(parts) + sum(
                    self._weights.get(part, 0) for _, part in offsets
                )
                if self._weights[number] > MOST_PARTS:
                    raise ValueError("too many components")
                for at, _ in offsets:
                    outline = outline[:at] + b"\0\0" + outline[at + 2 :]
            found = Glyph(
                self._advances[number],
                self._bearings[number],
                outline,
                parts,
                is_missing=not number,
            )
            self._known[number] = found
        return found


def _components(outline: bytes) -> Iterable[tuple[int, int]]:
    """Where the number of each component of a composite stands, and which it is."""
    at, flags = 10, MORE
    while flags & MORE:
        flags, number = struct.unpack_from(">HH", outline, at)
        yield at + 2, number
        at += 8 if flags & WORDS else 6
        at += 2 if flags & SCALE else 4 if flags & TWO_SCALES else 8 if flags & MATRIX else 0


class Program:
    """A TrueType program under construction; `numbers` tells where each glyph is, 0 is the missing one."""

    def __init__(self, missing: Glyph) -> None:
        self.glyphs: list[Glyph] = [missing]
        self.numbers: dict[Glyph, int] = {missing: 0}

    def number(self, glyph: Glyph) -> int:
        """The number of a glyph, which is taken in with its components; raises OverflowError for one too many."""
        found = self.numbers.get(glyph)
        if found is None:
            for _, part in glyph.parts:
                self.number(part)
            if len(self.glyphs) >= MOST:
                raise OverflowError
            found = self.numbers[glyph] = len(self.glyphs)
            self.glyphs.append(glyph)
        return found

    def written(self, like: Sequence[Outlines]) -> bytes:
        """The program, with the tables that all glyphs share as they are in the first subset it is `like`."""
        font, count = like[0].font, len(self.glyphs)
        outlines = [self._outline(glyph) for glyph in self.glyphs]
        ends = [0]
        for outline in outlines:
            ends.append(ends[-1] + len(outline))
        advances = [glyph.advance for glyph in self.glyphs]
        head, hhea = bytearray(font.table(b"head")), bytearray(font.table(b"hhea"))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">4h", head, 36, *_box(each.font.table(b"head") for each in like))
        struct.pack_into(">hh", head, 50, 1, 0)
        struct.pack_into(">H", hhea, 10, max(advances))
        struct.pack_into(">H", hhea, 34, count)
        maxima = [max(each) for each in zip(*[each.maxima for each in like], strict=True)]
        tables = {
            b"cvt ": font.table(b"cvt "),
            b"fpgm": font.table(b"fpgm"),
            b"glyf": b"".join(outlines) or b"\0",  # blanks alone are outlines too
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": b"".join([struct.pack(">Hh", it.advance, it.bearing) for it in self.glyphs]),
            b"loca": struct.pack(f">{count + 1}I", *ends),
            b"maxp": struct.pack(">IH", 0x10000, count) + struct.pack(MAXIMA, *maxima),
            b"prep": font.table(b"prep"),
        }
        return sfnt({tag: table for tag, table in tables.items() if table})

    def _outline(self, glyph: Glyph) -> bytes:
        made = bytearray(glyph.outline)
        for at, part in glyph.parts:
            struct.pack_into(">H", made, at, self.numbers[part])
        return bytes(made)


def _box(heads: Iterable[bytes]) -> tuple[int, int, int, int]:
    """The box of all glyphs."""
    lefts, bottoms, rights, tops = zip(*[struct.unpack_from(">4h", it, 36) for it in heads], strict=True)  # fmt: skip
    return min(lefts), min(bottoms), max(rights), max(tops)


def sfnt(tables: dict[bytes, bytes]) -> bytes:
    """Tables as a TrueType program (the organization of an OpenType font)."""
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x10000, count, search, power, 16 * count - search)
    at, body, sums, places = 12 + 16 * count, b"", 0, {}
    for tag, table in sorted(tables.items()):
        total = _sum(table)
        directory += struct.pack(">4sIII", tag, total, at, len(table))
        places[tag] = at
        padded = table + bytes(-len(table) % 4)
        body, at, sums = body + padded, at + len(padded), sums + total
    whole = bytearray(directory + body)
    adjusted = (CHECKSUM - sums - _sum(directory)) & 0xFFFFFFFF
    struct.pack_into(">I", whole, places[b"head"] + 8, adjusted)
    return bytes(whole)


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF

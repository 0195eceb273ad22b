"""Composite glyphs written into a TrueType file (OpenType: glyf, loca, hmtx, hhea, maxp, head).

By hand because a text in Hindi needs it in each of its fonts, and fontTools takes far longer to be imported than
all of this to be done: a page of six scripts was a sixth slower with it.
"""

import sys
from array import array
from collections.abc import Mapping, Sequence
from struct import pack, pack_into, unpack_from
from typing import Final

Parts = tuple[tuple[int, int, int], ...]
"""The glyphs of a letter, each with how far right and up it stands from the letter's origin, in font units."""

VERTICAL: Final = ("VORG", "vhea", "vmtx")
"""Tables that list each glyph for lines from above, which no page has: they go where glyphs are added."""

_WORDS, _OFFSETS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x2, 0x8, 0x20, 0x40, 0x80
"""Flags of a component."""

_MAGIC: Final = 0xB1B0AFBA
"""What the checksum of a whole file is subtracted from (OpenType, head)."""

_SHORT: Final = 0x1FFFE
"""The last place in `glyf` that a short `loca` can name."""


def with_composites(data: bytes, letters: Mapping[Parts, int]) -> bytes:
    """The file with a glyph more for each of `letters`, after all others; the values are widths in font units.

    Parts are glyphs of the file, composites or not.
    """
    font = _Outlines(data)
    for parts, width in letters.items():
        font.add(parts, width)
    return font.written()


class _Outlines:
    """The tables of a file as far as a glyph more changes them."""

    def __init__(self, data: bytes) -> None:
        self.version, count = unpack_from(">IH", data)
        self.tables: dict[bytes, bytearray] = {}
        for at in range(12, 12 + 16 * count, 16):
            tag, _, start, length = unpack_from(">4sIII", data, at)
            if tag.decode() not in VERTICAL:
                self.tables[tag] = bytearray(data[start : start + length])
        self.glyf, self.head = self.tables[b"glyf"], self.tables[b"head"]
        self.hhea, self.most = self.tables[b"hhea"], self.tables[b"maxp"]
        is_long = unpack_from(">h", self.head, 50)[0]
        self.places = _numbers("I" if is_long else "H", self.tables[b"loca"])
        if not is_long:
            self.places = array("I", [place * 2 for place in self.places])
        self.metrics = self._metrics()

    def _metrics(self) -> list[tuple[int, int]]:
        """Advance and left side bearing of each glyph: the last ones share an advance."""
        hmtx, full = self.tables[b"hmtx"], unpack_from(">H", self.hhea, 34)[0]
        found = [unpack_from(">Hh", hmtx, 4 * number) for number in range(full)]
        rest = len(self.places) - 1 - full
        bearings = unpack_from(f">{rest}h", hmtx, 4 * full)
        return [(a, b) for a, b in found] + [(found[-1][0], bearing) for bearing in bearings]

    def add(self, parts: Parts, width: int) -> None:
        """One glyph of parts; an empty one of none."""
        if not parts:
            self.places.append(len(self.glyf))
            self.metrics.append((width, 0))
            return
        record, boxes = b"", []
        for number, (glyph, x, up) in enumerate(parts, 1):
            _, left, low, right, high = self._header(glyph)
            # By itself a glyph is moved to its side bearing; as a component it is not.
            across = x + self.metrics[glyph][1] - left
            boxes.append((left + across, low + up, right + across, high + up))
            flags = _WORDS | _OFFSETS | (_MORE if number < len(parts) else 0)
            record += pack(">HHhh", flags, glyph, across, up)
        lefts, lows, rights, highs = zip(*boxes, strict=True)
        box = min(lefts), min(lows), max(rights), max(highs)
        self.glyf += bytes(-len(self.glyf) % 2) + pack(">hhhhh", -1, *box) + record
        self.places[-1] = len(self.glyf) - len(record) - 10
        self.places.append(len(self.glyf))
        self.metrics.append((width, box[0]))
        self._enlarge(box, parts)

    def _enlarge(self, box: Sequence[int], parts: Parts) -> None:
        """The box of all glyphs, and the most of what a composite has."""
        old = unpack_from(">4h", self.head, 36)
        lows, highs = map(min, box[:2], old[:2]), map(max, box[2:], old[2:])
        pack_into(">4h", self.head, 36, *lows, *highs)
        points, contours, depth = self._counts(len(self.places) - 2)
        for at, value in ((10, points), (12, contours), (28, len(parts)), (30, depth)):
            pack_into(">H", self.most, at, max(value, unpack_from(">H", self.most, at)[0]))

    def _header(self, glyph: int) -> tuple[int, ...]:
        """How many contours a glyph has, -1 for a composite, and its box; zeros for an empty one."""
        start, end = self.places[glyph : glyph + 2]
        return unpack_from(">5h", self.glyf, start) if start < end else (0, 0, 0, 0, 0)

    def _counts(self, glyph: int) -> tuple[int, int, int]:
        """The points, contours and depth of a glyph: 0 deep is a simple one."""
        contours, start = self._header(glyph)[0], self.places[glyph]
        if contours >= 0:
            ends = start + 10 + 2 * (contours - 1)
            return (unpack_from(">H", self.glyf, ends)[0] + 1 if contours else 0), contours, 0
        counts = [self._counts(part) for part in self._components(start + 10)]
        points, lines, depths = zip(*counts, strict=True)
        return sum(points), sum(lines), 1 + max(depths)

    def _components(self, at: int) -> list[int]:
        found, flags = [], _MORE
        while flags & _MORE:
            flags, glyph = unpack_from(">HH", self.glyf, at)
            found.append(glyph)
            at += 8 if flags & _WORDS else 6
            at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        return found

    def written(self) -> bytes:
        """The file."""
        is_long = self.places[-1] > _SHORT
        count = len(self.metrics)
        pack_into(">h", self.head, 50, is_long)
        pack_into(">I", self.head, 8, 0)
        pack_into(">H", self.most, 4, count)
        pack_into(">H", self.hhea, 34, count)
        pack_into(">H", self.hhea, 10, max(advance for advance, _ in self.metrics))
        flat = [number for metric in self.metrics for number in metric]
        self.tables[b"hmtx"] = bytearray(pack(">" + "Hh" * count, *flat))
        places = self.places if is_long else [place // 2 for place in self.places]
        self.tables[b"loca"] = bytearray(pack(f">{count + 1}{'I' if is_long else 'H'}", *places))
        return self._file()

    def _file(self) -> bytes:
        """The tables behind their directory, in the order of their tags, with checksums (OpenType, font file)."""
        count = len(self.tables)
        power = count.bit_length() - 1
        search = 16 << power
        directory = pack(">IHHHH", self.version, count, search, power, 16 * count - search)
        body, start = bytearray(), 12 + 16 * count
        for tag, table in sorted(self.tables.items()):
            at = start + len(body)
            if tag == b"head":
                adjusted = at + 8
            padded = table + bytes(-len(table) % 4)
            directory += pack(">4sIII", tag, _checksum(padded), at, len(table))
            body += padded
        file = bytearray(directory) + body
        pack_into(">I", file, adjusted, (_MAGIC - _checksum(file)) & 0xFFFFFFFF)
        return bytes(file)


def _numbers(kind: str, data: bytes | bytearray) -> "array[int]":
    """Numbers of two or four bytes, the highest first."""
    found = array(kind, bytes(data))
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _checksum(data: bytes | bytearray) -> int:
    return sum(_numbers("I", data)) & 0xFFFFFFFF

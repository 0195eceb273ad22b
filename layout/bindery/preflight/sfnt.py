"""TrueType and OpenType programs, as far as a PDF must agree with them (ISO 14496-22)."""

import struct
from functools import cached_property
from typing import Final

from layout.bindery.preflight.cff import Compact

_HEADS: Final = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf")
_LARGEST_CMAP: Final = 1 << 17


class Sfnt:
    """A font program; raises ValueError or struct.error where it cannot be read."""

    def __init__(self, data: bytes) -> None:
        if data[:4] not in _HEADS:
            raise ValueError("no TrueType program")
        start = int.from_bytes(data[12:16], "big") if data[:4] == b"ttcf" else 0
        count = int.from_bytes(data[start + 4 : start + 6], "big")
        self.data = data
        self.tables: dict[bytes, tuple[int, int]] = {}
        for at in range(start + 12, start + 12 + 16 * count, 16):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, at)
            self.tables[tag] = (offset, length)

    def table(self, tag: bytes) -> bytes:
        """The bytes of a table, none where it is missing."""
        offset, length = self.tables.get(tag, (0, 0))
        return self.data[offset : offset + length]

    @cached_property
    def glyphs(self) -> int:
        """How many glyphs there are."""
        found: int = struct.unpack_from(">H", self.table(b"maxp"), 4)[0]
        return found

    @cached_property
    def scale(self) -> float:
        """Thousandths of an em in one unit."""
        return 1000.0 / float(struct.unpack_from(">H", self.table(b"head"), 18)[0] or 1000)

    @cached_property
    def _advances(self) -> tuple[int, ...]:
        count = struct.unpack_from(">H", self.table(b"hhea"), 34)[0]
        table = self.table(b"hmtx")
        count = min(count, len(table) // 4)
        return struct.unpack(">" + "Hxx" * count, table[: 4 * count])

    def width(self, glyph: int) -> float | None:
        """The advance of a glyph in thousandths of an em; the last one goes on for all that follow."""
        if not self._advances:
            return None
        return self._advances[min(glyph, len(self._advances) - 1)] * self.scale

    @cached_property
    def compact(self) -> Compact | None:
        """The outlines in CFF, if there are any."""
        return Compact(self.table(b"CFF ")) if b"CFF " in self.tables else None

    @cached_property
    def has_names(self) -> bool:
        """Whether glyphs can be found by name (post, format 2)."""
        return self.table(b"post")[:4] == b"\0\2\0\0"

    @cached_property
    def cmaps(self) -> dict[tuple[int, int], int]:
        """Where each subtable of the character map begins, by platform and encoding."""
        table = self.table(b"cmap")
        count = int.from_bytes(table[2:4], "big")
        records = (struct.unpack_from(">HHI", table, 4 + 8 * n) for n in range(count))
        return {(platform, encoding): offset for platform, encoding, offset in records}

    def characters(self, platform: int, encoding: int) -> dict[int, int]:
        """A subtable as glyphs by character; formats 0, 4, 6 and 12."""
        if (platform, encoding) not in self.cmaps:
            return {}
        table = self.table(b"cmap")[self.cmaps[platform, encoding] :]
        kind = int.from_bytes(table[:2], "big")
        if kind == 0:
            return dict(enumerate(table[6:262]))
        if kind == 6:
            first, count = struct.unpack_from(">HH", table, 6)
            return dict(enumerate(struct.unpack_from(f">{count}H", table, 10), first))
        if kind == 4:
            return _segments(table)
        return _groups(table) if kind == 12 else {}


def _segments(table: bytes) -> dict[int, int]:
    count = struct.unpack_from(">H", table, 6)[0] // 2
    form = f">{count}H"
    ends = struct.unpack_from(form, table, 14)
    starts = struct.unpack_from(form, table, 16 + 2 * count)
    deltas = struct.unpack_from(form, table, 16 + 4 * count)
    at = 16 + 6 * count
    offsets = struct.unpack_from(form, table, at)
    found: dict[int, int] = {}
    left = _LARGEST_CMAP
    for n in range(count):
        left -= max(0, ends[n] - starts[n])
        if left < 0:
            raise ValueError("a character map of segments that lie over each other")
        for character in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = character
            if offsets[n]:
                place = at + 2 * n + offsets[n] + 2 * (character - starts[n])
                glyph = int.from_bytes(table[place : place + 2], "big")
            if glyph or not offsets[n]:
                found[character] = (glyph + deltas[n]) & 0xFFFF
    return found


def _groups(table: bytes) -> dict[int, int]:
    count = struct.unpack_from(">I", table, 12)[0]
    found: dict[int, int] = {}
    for n in range(min(count, _LARGEST_CMAP)):
        first, last, glyph = struct.unpack_from(">III", table, 16 + 12 * n)
        if last - first > _LARGEST_CMAP or len(found) > _LARGEST_CMAP:
            break
        found.update(
            zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
        )
    return found

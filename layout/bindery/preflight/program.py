"""The font program of a descriptor (ISO 32000-1, 9.9), whatever its kind."""

import struct
from typing import Final

from msgspec import Struct
from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.cff import Compact
from layout.bindery.preflight.sfnt import Sfnt

FILES: Final = ("/FontFile", "/FontFile2", "/FontFile3")
KINDS: Final = ("Type1C", "CIDFontType0C", "OpenType")
"""What a program in /FontFile3 may be (ISO 32000-1, table 126)."""
SYMBOLIC: Final = 4
"""A flag of a descriptor (table 123)."""


class Program(Struct, frozen=True):
    """A program as it could be read: `sfnt`, `compact`, or neither for Type 1, which is taken on trust."""

    embedded: bool = False
    sfnt: Sfnt | None = None
    compact: Compact | None = None
    fault: str = ""

    def width(self, glyph: int) -> float | None:
        """The advance of a glyph in thousandths of an em, or None where it cannot be told."""
        if self.compact is not None:
            return self.compact.width(glyph)
        return self.sfnt.width(glyph) if self.sfnt is not None else None

    @property
    def glyphs(self) -> int | None:
        """How many glyphs there are, or None where that cannot be told."""
        if self.compact is not None:
            return self.compact.glyphs
        return self.sfnt.glyphs if self.sfnt is not None else None


def read_program(case: Case, descriptor: DictionaryObject) -> Program:
    """The program in a font descriptor."""
    key = next((each for each in FILES if case.stream(descriptor, each) is not None), "")
    if not key:
        return Program()
    stream = case.stream(descriptor, key)
    assert stream is not None
    if key == "/FontFile3" and case.name(stream, "/Subtype") not in KINDS:
        return Program(True, fault=f"it is of kind {case.name(stream, '/Subtype') or 'none'}")
    if key == "/FontFile":
        return Program(True)
    return case.once(f"program {key}", stream, lambda: _read(case, key, stream))


def _read(case: Case, key: str, stream: StreamObject) -> Program:
    try:
        data = case.unpacked(stream)
        if key == "/FontFile2" or data[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
            sfnt = Sfnt(data)
            return Program(sfnt.glyphs >= 0, sfnt, sfnt.compact)
        return Program(True, compact=Compact(data))
    except (ValueError, IndexError, KeyError, struct.error):
        return Program(True, fault="it is damaged")

"""Composite fonts (ISO 32000-1, 9.7): codes to CIDs to glyphs, with the widths stated for them."""

from functools import cached_property
from typing import Any, Final

from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.cmaps import (
    IDENTITY,
    LARGEST_CID,
    PREDEFINED,
    CMap,
    cmap_of,
    ordering_of,
)
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.program import Program, read_program

COLLECTIONS: Final = ("GB1", "CNS1", "Japan1", "Korea1")
"""Adobe's character collections, whose CIDs lead to characters by themselves (9.10.2)."""
_MOST_WIDTHS: Final = 1 << 17


class Composite:
    """A Type 0 font and its descendant."""

    def __init__(self, case: Case, font: DictionaryObject) -> None:
        self.case, self.font = case, font
        descendants = case.array(font, "/DescendantFonts")
        descendant = case.resolve(descendants[0]) if descendants else None
        self.inner = descendant if isinstance(descendant, DictionaryObject) else DictionaryObject()
        self.kind = case.name(self.inner, "/Subtype")
        self.name = case.name(font, "/BaseFont") or case.name(self.inner, "/BaseFont")
        self.encoding = case.name(font, "/Encoding")
        self.cmap_stream = case.stream(font, "/Encoding")
        self.program: Program = read_program(case, case.dictionary(self.inner, "/FontDescriptor"))

    @cached_property
    def cmap(self) -> CMap | None:
        """The embedded encoding, if there is one."""
        return cmap_of(self.case, self.cmap_stream) if self.cmap_stream is not None else None

    @property
    def size(self) -> int:
        """Bytes of a code, or 0 where they differ or are not known here."""
        if self.encoding in IDENTITY:
            return 2
        lengths = self.cmap.lengths if self.cmap and not self.cmap.uses else set()
        return next(iter(lengths)) if len(lengths) == 1 else 0

    @cached_property
    def reads_by_itself(self) -> bool:
        """Whether characters are known without ToUnicode."""
        system = self.case.dictionary(self.inner, "/CIDSystemInfo")
        ordering = self.case.text(system, "/Ordering")
        return ordering in COLLECTIONS or (
            self.encoding in PREDEFINED and self.encoding not in IDENTITY
        )

    def text(self, _code: int) -> str | None:
        """What a code stands for without ToUnicode; None where that is not for us to say."""
        return None if self.reads_by_itself else ""

    def cid(self, code: int) -> int:
        """The CID of a code."""
        return code if self.cmap is None else self.cmap.cids.get(code, 0)

    def glyph(self, code: int) -> int | None:
        """The glyph of a code, 0 for none, or None where that cannot be told."""
        cid = self.cid(code)
        if self.program.compact is not None and self.kind == "CIDFontType0":
            return self.program.compact.glyph_of.get(cid, 0)
        if self.kind != "CIDFontType2" or self.program.sfnt is None:
            return None
        if self._glyphs is None:
            return cid if self.case.item(self.inner, "/CIDToGIDMap") == "/Identity" else None
        return int.from_bytes(self._glyphs[2 * cid : 2 * cid + 2], "big")

    @cached_property
    def _glyphs(self) -> bytes | None:
        stream = self.case.stream(self.inner, "/CIDToGIDMap")
        return self.case.unpacked(stream) if stream is not None else None

    def stated(self, code: int) -> float | None:
        """The width stated for a code, in thousandths of an em."""
        default = self.case.item(self.inner, "/DW")
        return self._widths.get(self.cid(code), float(default) if default is not None else 1000.0)

    def real(self, _code: int, glyph: int | None) -> float | None:
        """The width in the program, in thousandths of an em, or None where it cannot be told."""
        return None if glyph is None else self.program.width(glyph)

    @cached_property
    def _widths(self) -> dict[int, float]:
        """The array /W (9.7.4.3)."""
        found: dict[int, float] = {}
        values = [self.case.resolve(each) for each in self.case.array(self.inner, "/W")]
        at = 0
        while at + 1 < len(values) and len(found) < _MOST_WIDTHS:
            first, second = values[at], values[at + 1]
            if isinstance(second, ArrayObject):
                widths = (float(self.case.resolve(each)) for each in list.__iter__(second))
                found.update(enumerate(widths, int(first)))
                at += 2
            elif at + 2 < len(values):
                for cid in range(int(first), min(int(second), int(first) + 0xFFFF) + 1):
                    found[cid] = float(values[at + 2])
                at += 3
            else:
                break
        return found

    def check(self, where: Where) -> None:
        """How the font is put together."""
        case = self.case
        if self.kind not in ("CIDFontType0", "CIDFontType2"):
            case.add("font-type", where, f"{self.name}, descendant {self.kind or 'none'}")
        self._check_encoding(where)
        if self.kind == "CIDFontType2" and self.program.embedded:
            value = case.item(self.inner, "/CIDToGIDMap")
            if value != "/Identity" and not isinstance(value, StreamObject):
                case.add("cid-to-gid", where, self.name)

    def _check_encoding(self, where: Where) -> None:
        """The encoding is known or embedded, and of the font's collection (6.2.11.3)."""
        case, system = self.case, self.case.dictionary(self.inner, "/CIDSystemInfo")
        if self.cmap is not None and self.cmap_stream is not None:
            if (case.number(self.cmap_stream, "/WMode") or 0) != self.cmap.mode:
                case.add("cmap", where, f"{self.name}, two writing modes")
            if self.cmap.largest > LARGEST_CID:
                case.add("limit-number", where, f"CID {self.cmap.largest} of {self.name}")
            used = self.cmap.uses or case.name(self.cmap_stream, "/UseCMap")
            if used and used not in PREDEFINED:
                case.add("cmap", where, f"{self.name} builds on {used}")
            theirs = case.dictionary(self.cmap_stream, "/CIDSystemInfo")
            if not self._same(system, theirs):
                case.add("cid-system", where, self.name)
        elif self.encoding not in PREDEFINED:
            case.add("cmap", where, f"{self.name}, {self.encoding or 'none'}")
        elif case.text(system, "/Ordering") != ordering_of(self.encoding) != "":
            case.add("cid-system", where, self.name)

    def _same(self, mine: Any, theirs: Any) -> bool:
        case = self.case
        same = all(
            case.text(mine, key) == case.text(theirs, key) != ""
            for key in ("/Registry", "/Ordering")
        )
        return same and (case.number(mine, "/Supplement") or 0) <= (
            case.number(theirs, "/Supplement") or 0
        )

    def check_codes(self, codes: set[int], where: Where) -> None:
        """A list of CIDs in a subset has every CID that is used (6.2.11.4.2)."""
        stream = self.case.stream(self.case.dictionary(self.inner, "/FontDescriptor"), "/CIDSet")
        if stream is None:
            return
        bits = self.case.unpacked(stream)
        for cid in map(self.cid, codes):
            if cid // 8 >= len(bits) or not bits[cid // 8] >> (7 - cid % 8) & 1:
                self.case.add("cid-set", where, self.name)
                return

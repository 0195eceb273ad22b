"""Simple fonts (ISO 32000-1, 9.6): codes of one byte to glyphs and characters."""

from functools import cached_property
from typing import Any, Final

from pypdf.generic import DictionaryObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.encodings import BASES, Encoding
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.program import SYMBOLIC, Program, read_program
from layout.bindery.preflight.tokens import operations

_STANDARD: Final = (
    "Times-Roman Times-Bold Times-Italic Times-BoldItalic Helvetica Helvetica-Bold Helvetica-Oblique "
    "Helvetica-BoldOblique Courier Courier-Bold Courier-Oblique Courier-BoldOblique Symbol ZapfDingbats"
)
STANDARD: Final = frozenset(_STANDARD.split())
"""The fonts that need no widths (9.6.2.2)."""
KINDS: Final = ("Type1", "MMType1", "TrueType", "Type3")


class Simple:
    """A font of one-byte codes."""

    size = 1

    def __init__(self, case: Case, font: DictionaryObject) -> None:
        self.case, self.font = case, font
        self.kind = case.name(font, "/Subtype")
        self.name = case.name(font, "/BaseFont") or case.name(font, "/Name")
        self.descriptor = case.dictionary(font, "/FontDescriptor")
        self.symbolic = bool((case.number(self.descriptor, "/Flags") or 0) & SYMBOLIC)
        self.encoding = Encoding(case, font, self.symbolic)
        self.program: Program = read_program(case, self.descriptor)
        self.first = case.number(font, "/FirstChar")
        self.last = case.number(font, "/LastChar")
        self.widths = case.array(font, "/Widths")

    def text(self, code: int) -> str | None:
        """What a code stands for without ToUnicode; None where that is not for us to say."""
        found = self.encoding.text(code)
        if found is None and self.kind == "TrueType" and self.symbolic:
            return ""
        return found

    def glyph(self, code: int) -> int | None:
        """The glyph of a code in a TrueType program (9.6.6.4), or None where that cannot be told."""
        sfnt = self.program.sfnt
        if self.kind != "TrueType" or sfnt is None or sfnt.compact is not None:
            return None
        if self.symbolic or not self.encoding.is_there:
            return self._symbols.get(code, 0) if self._symbols else None
        text = self.encoding.text(code)
        if not text or len(text) > 1 or not self._characters:
            return None
        found = self._characters.get(ord(text))
        return found if found is not None or sfnt.has_names else 0

    @cached_property
    def _symbols(self) -> dict[int, int]:
        sfnt = self.program.sfnt
        assert sfnt is not None
        high = sfnt.characters(3, 0)
        if high:
            return {
                code & 0xFF: glyph
                for code, glyph in high.items()
                if code < 0x100 or code >> 8 == min(high) >> 8
            }
        return sfnt.characters(1, 0)

    @cached_property
    def _characters(self) -> dict[int, int]:
        sfnt = self.program.sfnt
        assert sfnt is not None
        return sfnt.characters(3, 1) or sfnt.characters(0, 3)

    def stated(self, code: int) -> float | None:
        """The width stated for a code, in thousandths of an em."""
        if self.first is None:
            return None
        if 0 <= code - self.first < len(self.widths):
            return float(self.case.resolve(self.widths[code - self.first]))
        return float(self.case.item(self.descriptor, "/MissingWidth") or 0)

    def real(self, code: int, glyph: int | None) -> float | None:
        """The width in the program, in the units of the stated one, or None where it cannot be told."""
        if self.kind == "Type3":
            return self._procedure_width(code)
        return None if glyph is None else self.program.width(glyph)

    def _procedure_width(self, code: int) -> float | None:
        """What the content of a Type 3 glyph begins with (9.6.5): d0 or d1, after its width."""
        procedures = self.case.dictionary(self.font, "/CharProcs")
        stream = self.case.stream(procedures, f"/{self.encoding.names.get(code, '')}")
        for operator, operands in (
            operations(self.case.unpacked(stream)) if stream is not None else ()
        ):
            return float(operands[0]) if operator in (b"d0", b"d1") and operands else None
        return None

    def check(self, where: Where) -> None:
        """How the font is put together."""
        case = self.case
        if self.kind not in KINDS:
            case.add("font-type", where, self.kind or "none")
        elif self.kind != "Type3" and not case.name(self.font, "/BaseFont"):
            case.add("font-type", where, "it has no name")
        standard = self.name in STANDARD and not self.program.embedded
        wanted = (self.last or 0) - (self.first or 0) + 1
        if not standard and (None in (self.first, self.last) or len(self.widths) != wanted):
            case.add("font-widths", where, self.name)
        if self.kind == "TrueType":
            self._check_encoding(where)

    def _check_encoding(self, where: Where) -> None:
        """A TrueType font is symbolic and has no encoding, or has one of two (6.2.11.6)."""
        case, sfnt = self.case, self.program.sfnt
        if self.symbolic and self.encoding.is_there:
            case.add("font-symbolic", where, f"{self.name} is symbolic and encoded")
        if not self.symbolic and self.encoding.base not in BASES[:2]:
            case.add("font-symbolic", where, f"{self.name}, {self.encoding.base or 'none'}")
        elif not self.symbolic and self.encoding.names and not self.encoding.is_known:
            case.add("font-symbolic", where, f"{self.name} has names that nobody knows")
        if sfnt is None:
            return
        maps: dict[Any, int] = sfnt.cmaps
        if self.symbolic and len(maps) != 1 and (3, 0) not in maps:
            case.add("font-symbolic", where, f"{self.name} has {len(maps)} character maps")
        if not self.symbolic and not (set(maps) - {(3, 0)}):
            case.add("font-symbolic", where, f"{self.name} has no character map")

    def check_codes(self, codes: set[int], where: Where) -> None:
        """Nothing more to say of codes."""

"""The letters of a font as they are shown: for each code its characters, and its width in ems."""

import re
from functools import cached_property
from typing import Any, Final

from pypdf._codecs import charset_encoding
from pypdf._codecs.core_font_metrics import CORE_FONT_METRICS

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.cmaps import cmap_of
from layout.bindery.preflight.composite import Composite
from layout.bindery.preflight.content import FontUse
from layout.bindery.preflight.simple import Simple

UNKNOWN: Final = 0xF0000
"""Codes whose characters nobody tells stand for themselves, from here on: they can still be compared."""
_SUBSET: Final = re.compile(r"[A-Z]{6}\+")
_UNICODE: Final = re.compile(r"Uni.*(UCS2|UTF16)")
_LIGATURES: Final = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
}  # fmt: skip
_WIDTH: Final = 0.5
"""Of a letter of which nothing is known, in ems."""


class Letters(dict[int, tuple[str, float]]):
    """The letters of one font, looked up once each."""

    def __init__(self, case: Case, use: FontUse) -> None:
        super().__init__()
        entries = use.entries
        self.case = case
        self.is_composite = case.name(entries, "/Subtype") == "Type0"
        self.font = Composite(case, entries) if self.is_composite else Simple(case, entries)
        stream = case.stream(entries, "/ToUnicode")
        self.texts = cmap_of(case, stream).texts if stream is not None else {}
        self.size = (self.font.size or 2) if self.is_composite else 1
        self.face = _SUBSET.sub("", self.font.name, count=1) or "a font without a name"
        self.is_vertical = self.is_composite and case.name(entries, "/Encoding").endswith("-V")
        self.scale = self._scale(entries)
        self.unknown = False
        """Whether it has shown anything that has no characters."""

    def _scale(self, entries: Any) -> float:
        """A width in the font's own units to ems (9.6.5)."""
        if self.case.name(entries, "/Subtype") != "Type3":
            return 0.001
        matrix = self.case.array(entries, "/FontMatrix")
        first = self.case.resolve(matrix[0]) if matrix else None
        return abs(float(first)) if isinstance(first, int | float) else 0.001

    def __missing__(self, code: int) -> tuple[str, float]:
        found = self[code] = self._text(code), self._width(code)
        return found

    def codes(self, shown: bytes) -> Any:
        """The codes in a string."""
        if self.size == 1:
            return shown
        size = self.size
        starts = range(0, len(shown) - size + 1, size)
        return [int.from_bytes(shown[at : at + size], "big") for at in starts]

    def _text(self, code: int) -> str:
        text = self.texts.get(code)
        if text is None:
            text = self.font.text(code)
            if text is None:
                text = self._own(code)
        if not text and code not in self.texts:
            self.unknown = True
            return chr(UNKNOWN + code % 0xFFFE)
        return text.translate(_LIGATURES) if not text.isascii() else text

    def _own(self, code: int) -> str:
        """What a font's own encoding says, as far as it is known without the program."""
        if self.is_composite:
            named = self.case.name(self.font.font, "/Encoding")
            is_unicode = _UNICODE.match(named) and not 0xD800 <= code < 0xE000 and code < 0x110000
            return chr(code) if is_unicode else ""
        table: Any = charset_encoding.get(f"/{self._core}", charset_encoding["/StandardEncoding"])
        text = str(table[code]) if code < len(table) else ""
        return "" if text == "\0" else text

    @property
    def _core(self) -> str:
        return {"Symbol": "Symbol", "ZapfDingbats": "ZapfDingbats"}.get(
            self.face, "StandardEncoding"
        )

    @cached_property
    def _metrics(self) -> dict[str, float]:
        """The widths of one of the fonts that need none in the file (9.6.2.2), by character."""
        found = CORE_FONT_METRICS.get(self.face)
        return dict(found.character_widths) if found is not None else {}

    def _width(self, code: int) -> float:
        stated = self.font.stated(code)
        if stated is None and self._metrics:
            text = self._text(code)
            return self._metrics.get(text, self._metrics.get("default", 500)) / 1000
        return _WIDTH if stated is None else stated * self.scale

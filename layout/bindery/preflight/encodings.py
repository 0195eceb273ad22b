"""The encodings of simple fonts (ISO 32000-1, 9.6.6): codes to names of glyphs, and to characters."""

import re
from typing import Any, Final

from pypdf._codecs import adobe_glyphs, charset_encoding
from pypdf.generic import DictionaryObject, NameObject

from layout.bindery.preflight.case import Case

BASES: Final = ("WinAnsiEncoding", "MacRomanEncoding", "StandardEncoding")
_BY_NUMBER: Final = re.compile(r"uni([0-9A-F]{4})+|u([0-9A-F]{4,6})")


class Encoding:
    """How a simple font is encoded: `base` is the named encoding, or "" for the font's own."""

    def __init__(self, case: Case, font: DictionaryObject, symbolic: bool) -> None:
        value = case.item(font, "/Encoding")
        self.base = (
            value[1:] if isinstance(value, NameObject) else case.name(value, "/BaseEncoding")
        )
        self.names: dict[int, str] = {}
        self.is_there = value is not None
        if not self.base and not symbolic and self.is_there:
            self.base = "StandardEncoding"
        code = 0
        for each in map(case.resolve, case.array(value, "/Differences")):
            if isinstance(each, NameObject):
                self.names[code] = each[1:]
                code += 1
            elif isinstance(each, int):
                code = int(each)

    def text(self, code: int) -> str | None:
        """The characters of a code; "" for none, None where the font's own encoding decides."""
        if code in self.names:
            return characters_of(self.names[code])
        if self.base in BASES:
            found: Any = charset_encoding[f"/{self.base}"]
            text = str(found[code]) if code < len(found) else ""
            return "" if text == "\0" else text
        return None

    @property
    def is_known(self) -> bool:
        """Whether every name that differs from the base is in the Adobe Glyph List."""
        return all(name == ".notdef" or characters_of(name) for name in self.names.values())


def characters_of(name: str) -> str:
    """What a name of a glyph stands for by the Adobe Glyph List, or ""."""
    if name == ".notdef":
        return ""
    stem = name.partition(".")[0]
    if found := adobe_glyphs.get(f"/{stem}"):
        return str(found)
    match = _BY_NUMBER.fullmatch(stem)
    if not match:
        return ""
    digits = stem[3:] if match[1] else match[2]
    step = 4 if match[1] else len(digits)
    numbers = [int(digits[at : at + step], 16) for at in range(0, len(digits), step)]
    return "".join(chr(each) for each in numbers if each < 0x110000)

"""Fonts in use: embedded, whole, of the stated widths, and with every character readable (6.2.11)."""

from collections.abc import Iterator
from typing import Final

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.cmaps import cmap_of
from layout.bindery.preflight.composite import Composite
from layout.bindery.preflight.content import FontUse, Shown
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.simple import Simple
from layout.bindery.preflight.tree import Tree

NEAR: Final = 1.0
"""Thousandths of an em by which a width and the program's may differ (6.2.11.5)."""
MOST_SAID: Final = 4
"""Codes named in one finding."""
NO_CHARACTERS: Final = "\0\ufeff\ufffe"
"""What no character may be said to be (6.2.11.7.2)."""
_PRIVATE: Final = ((0xE000, 0xF8FF), (0xF0000, 0xFFFFD), (0x100000, 0x10FFFD))

Places = dict[int, Shown]
"""Codes, and where each is shown first."""


def check_font(case: Case, tree: Tree, use: FontUse) -> None:
    """A font that shows text."""
    if not use.shown:
        return
    _Checked(case, tree, use).check()


class _Checked:
    """A font while it is being looked at."""

    def __init__(self, case: Case, tree: Tree, use: FontUse) -> None:
        self.case, self.tree, self.use = case, tree, use
        self.is_composite = case.name(use.entries, "/Subtype") == "Type0"
        self.font = Composite(case, use.entries) if self.is_composite else Simple(case, use.entries)
        stream = case.stream(use.entries, "/ToUnicode")
        self.texts = cmap_of(case, stream).texts if stream is not None else None
        self.where = Where(next(iter(use.shown)).page or use.page)

    def check(self) -> None:
        """All of it."""
        font, case = self.font, self.case
        font.check(self.where)
        painted = any(not place.invisible for place in self.use.shown)
        if font.program.fault:
            case.add("font-file", self.where, f"{font.name}, {font.program.fault}")
        elif not font.program.embedded and painted and font.kind != "Type3":
            case.add("font-embedded", self._at(next(iter(self.use.shown))), font.name)
        if not font.size:
            return
        shown: Places = {}
        seen: Places = {}
        bare: Places = {}
        for place, codes in self._codes():
            for code in codes:
                shown.setdefault(code, place)
                if not place.invisible:
                    seen.setdefault(code, place)
                if not place.replaced:
                    bare.setdefault(code, place)
        self._readable(shown, bare)
        if (font.program.embedded and not font.program.fault) or font.kind == "Type3":
            self._glyphs(shown, seen)
            font.check_codes(set(shown), self.where)

    def _codes(self) -> Iterator[tuple[Shown, set[int]]]:
        size = self.font.size
        for place, pieces in self.use.shown.items():
            data = b"".join(pieces)
            if size == 1:
                yield place, set(data)
            else:
                starts = range(0, len(data) - size + 1, size)
                yield place, {int.from_bytes(data[at : at + size], "big") for at in starts}

    def _at(self, place: Shown) -> Where:
        element = self.tree.elements[place.element] if place.element >= 0 else None
        return self.tree.where(element, place.page)

    def _report(self, key: str, codes: list[int], places: Places) -> None:
        if not codes:
            return
        digits = 2 * self.font.size
        listed = " ".join(f"{code:0{digits}X}" for code in codes[:MOST_SAID])
        more = " …" if len(codes) > MOST_SAID else ""
        where = self._at(places[codes[0]])
        self.case.add(key, where, f"{self.font.name}, code {listed}{more}")

    def _text(self, code: int) -> str | None:
        if self.texts is not None and code in self.texts:
            return self.texts[code]
        return self.font.text(code)

    def _readable(self, shown: Places, bare: Places) -> None:
        """Each code stands for characters, and for real ones (6.2.11.7)."""
        texts = {code: self._text(code) for code in sorted(shown)}
        # A code may well stand for nothing where it is said to, such as the second half of a pair.
        said = self.texts or {}
        unknown = [code for code, text in texts.items() if text == "" and code not in said]
        self._report("to-unicode", unknown, shown)
        wrong = [
            code
            for code, text in texts.items()
            if text and any(each in NO_CHARACTERS for each in text)
        ]
        self._report("to-unicode-value", wrong, shown)
        private = [
            code
            for code, text in texts.items()
            if code in bare and text and any(map(_is_private, text))
        ]
        self._report("private-use", private, bare)

    def _glyphs(self, shown: Places, seen: Places) -> None:
        """Each code has a glyph, of the stated width (6.2.11.4.1, 6.2.11.5, 6.2.11.8)."""
        font, program = self.font, self.font.program
        glyphs = {code: font.glyph(code) for code in sorted(shown)}
        self._report("notdef", [code for code, glyph in glyphs.items() if glyph == 0], shown)
        count = program.glyphs
        missing, uneven = [], []
        for code, glyph in glyphs.items():
            if glyph == 0 or code not in seen:
                continue
            if count is not None and glyph is not None and glyph >= count:
                missing.append(code)
                continue
            real, stated = font.real(code, glyph), font.stated(code)
            if real is not None and stated is not None and abs(real - stated) > NEAR:
                uneven.append(code)
        self._report("glyph-missing", missing, seen)
        self._report("glyph-width", uneven, seen)


def _is_private(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _PRIVATE)

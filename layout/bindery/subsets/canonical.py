"""Content as it is whatever codes its fonts have: each string as the glyphs and characters that it shows."""

from collections.abc import Sequence
from hashlib import sha256

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.foreign import Opened
from layout.bindery.subsets.once import Once
from layout.bindery.subsets.recode import Recoder, Strings, Unclear
from layout.bindery.subsets.subset import READING, FaceKey, Subset, subset_of
from layout.bindery.unpacking import Damaged

DIGITS = 32
"""Hexadecimal digits that tell what a code shows: as many as nobody finds two alike of."""


class Canonical:
    """The content of one file's pages and forms."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._strings = Once[_Shown | None]()

    def content(
        self, streams: Sequence[StreamObject], resources: DictionaryObject
    ) -> tuple[list[bytes], dict[str, FaceKey]] | None:
        """Streams without their codes, and the faces by the names of their fonts; None where that cannot be told.

        Call it inside `reading()`.
        """
        fonts = self._opened.item(resources, "/Font")
        if not isinstance(fonts, DictionaryObject):
            return None
        found = {name: each for name in fonts if (each := self._shown(fonts, name)) is not None}
        if not found:
            return None
        recoder = Recoder({name[1:].encode("latin-1"): found.get(name) for name in fonts})
        try:
            made = [recoder.recoded(self._opened.data_of(each)) for each in streams]
        except (Unclear, Damaged):
            return None
        return made, {name: each.key for name, each in found.items()}

    def _shown(self, fonts: DictionaryObject, name: str) -> "_Shown | None":
        font = self._opened.item(fonts, name)
        if not isinstance(font, DictionaryObject):
            return None
        return self._strings.of(lambda: _shown(self._opened, font), font)


def _shown(opened: Opened, font: DictionaryObject) -> "_Shown | None":
    subset = subset_of(opened, font)
    return _Shown(subset) if subset is not None else None


class _Shown(Strings):
    """From strings of a subset to what they show."""

    def __init__(self, subset: Subset) -> None:
        super().__init__()
        self.key = subset.key
        self._subset = subset
        self._codes: dict[bytes, bytes] = {}

    def __missing__(self, digits: bytes) -> bytes:
        plain = b"".join(digits.split())
        if len(plain) % 4:
            raise Unclear
        each = [self._code(plain[at : at + 4].upper()) for at in range(0, len(plain), 4)]
        made = self[digits] = b"<" + b"".join(each) + b">"
        return made

    def _code(self, digits: bytes) -> bytes:
        found = self._codes.get(digits)
        if found is None:
            try:
                shown = self._subset.shown(int(digits, 16))
            except READING:
                raise Unclear from None
            found = sha256(repr(shown).encode()).hexdigest()[:DIGITS].encode()
            self._codes[digits] = found
        return found

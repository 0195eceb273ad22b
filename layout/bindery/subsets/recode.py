"""Content streams (ISO 32000-1, 7.8.2) with the strings of some fonts in other codes, all else as it is."""

import re
from collections.abc import Mapping
from typing import Final

Strings = dict[bytes, bytes]
"""From the hexadecimal digits of a string to what stands in its place, with brackets; may fill itself."""

_NAME: Final = rb"[^\s\0()<>\[\]{}/%]"
_TOKEN: Final = re.compile(
    rb"(<<)|(>>)"  # 1, 2
    rb"|<([0-9A-Fa-f\s\0]*)>"  # 3: a string in hexadecimal digits
    rb"|\(((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*)\)"  # 4: a string in parentheses
    rb"|%[^\r\n]*"
    rb"|/(" + _NAME + rb"+)[\s\0]+[-+]?[0-9.]+[\s\0]+Tf(?!" + _NAME + rb")"  # 5
    rb"|(?<![^\s\0\]>)}])(q|Q|BI)(?!" + _NAME + rb")"  # 6
    rb"|Tf(?!" + _NAME + rb")"
    rb"|[()<>]"
)
OPEN, CLOSE, HEX, LITERAL, FONT, WORD = range(1, 7)
_ESCAPE: Final = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|[\s\S]))")
_ESCAPED: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}


class _Unknown(Strings):
    """Strings in a font that cannot be told."""

    def __missing__(self, digits: bytes) -> bytes:
        raise Unclear


_UNKNOWN: Final = _Unknown()


class Unclear(Exception):
    """Raised for content of which it cannot be told in which font each string is shown."""


class Recoder:
    """One page's or form's content, stream by stream: the font goes on from one to the next.

    `fonts` has what to do with strings by the names of all fonts: None where they stay.
    """

    def __init__(self, fonts: Mapping[bytes, Strings | None]) -> None:
        self._fonts = fonts
        self._strings: Strings | None = _UNKNOWN
        self._stack: list[Strings | None] = []
        self._depth = 0

    def recoded(self, content: bytes) -> bytes:
        """The content in other codes; raises `Unclear`."""
        made = _TOKEN.sub(self._token, content)
        if self._depth:  # a dictionary without an end
            raise Unclear
        return made

    def _token(self, found: re.Match[bytes]) -> bytes:
        kind = found.lastindex
        if kind == HEX:
            strings = self._strings
            return found[0] if strings is None or self._depth else strings[found[HEX]]
        if kind == LITERAL:
            strings = self._strings
            return found[0] if strings is None or self._depth else strings[_digits(found[LITERAL])]
        if kind == FONT:
            # A font that is not among the resources may be looked for elsewhere, or the one before stays.
            self._strings = self._fonts.get(found[FONT], _UNKNOWN)
            if b"#" in found[FONT] or self._depth:
                raise Unclear
        elif kind == WORD:
            self._word(found[WORD])
        elif kind == OPEN:
            self._depth += 1
        elif kind == CLOSE:
            self._depth -= 1
            if self._depth < 0:
                raise Unclear
        elif found[0][:1] != b"%":  # a bracket that is alone, or a font that is not named plainly
            raise Unclear
        return found[0]

    def _word(self, word: bytes) -> None:
        if word == b"q":
            self._stack.append(self._strings)
        elif word == b"Q":
            self._strings = self._stack.pop() if self._stack else _UNKNOWN
        else:  # an inline picture, whose data may be anything
            raise Unclear


def _digits(literal: bytes) -> bytes:
    """A string in parentheses as hexadecimal digits (7.3.4.2)."""
    if b"\r" in literal:
        literal = literal.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _ESCAPE.sub(_byte, literal).hex().upper().encode()


def _byte(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes((int(found[1], 8) & 255,))
    return _ESCAPED.get(found[2], found[2])

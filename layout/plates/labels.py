"""What a viewer calls the pages (ISO 32000-1, 12.4.2): values, apart from their writers."""

from typing import Literal

from msgspec import Struct

Style = Literal["arabic", "roman", "Roman", "letters", "Letters", "none"]

STYLES: dict[Style, str] = {
    "arabic": "/D",
    "roman": "/r",
    "Roman": "/R",
    "letters": "/a",
    "Letters": "/A",
}
"""The names of numbering styles (table 159)."""


class Label(Struct, frozen=True):
    """How pages are labelled from the one with index `start` (from 0) on: `prefix`, then a number."""

    start: int
    style: Style = "arabic"
    prefix: str = ""
    first: int = 1


def roman(number: int) -> str:
    """A number in small roman numerals."""
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        text += letters * (number // value)
        number %= value
    return text

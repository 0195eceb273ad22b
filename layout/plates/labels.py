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

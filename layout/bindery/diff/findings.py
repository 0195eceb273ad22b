"""What differs between two files: one value for each thing, with its places in both."""

from typing import Final, Literal

from msgspec import Struct

from layout.bindery.preflight.press.geometry import Box

Kind = Literal[
    "article", "words", "reflow", "type", "colour", "picture", "drawing", "link", "note", "page", "document", "file",
    "unread",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = (
    "article", "words", "reflow", "type", "colour", "picture", "drawing", "link", "note", "page", "document", "file",
    "unread",
)  # fmt: skip
"""All kinds, in the order in which they are counted."""


class Spot(Struct, frozen=True):
    """A place in one file: the index of a page from 0, and boxes on it; one without width is between words."""

    page: int
    boxes: tuple[Box, ...] = ()


class Finding(Struct, frozen=True):
    """One difference: `message` is a sentence without its end; `a` and `b` are its places, the first one first.

    `old` and `new` are what stands in A and in B; `before` and `after` the words around, as far as there are any.
    """

    kind: Kind
    change: str
    message: str
    article: str = ""
    a: tuple[Spot, ...] = ()
    b: tuple[Spot, ...] = ()
    old: str = ""
    new: str = ""
    before: str = ""
    after: str = ""


class PagePair(Struct, frozen=True):
    """Pages that stand side by side, by their indexes; None where a page has no partner."""

    a: int | None
    b: int | None


class Comparison(Struct, frozen=True):
    """What came of comparing two files; `notes` are what could not be compared as it should be, in words."""

    findings: tuple[Finding, ...]
    pages: tuple[PagePair, ...]
    notes: tuple[str, ...] = ()

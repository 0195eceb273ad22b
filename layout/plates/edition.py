"""Editions as a table of rows: what one differs in from another is data here and nowhere a branch."""

import os
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from layout.house.brand import Brand

PROFILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "profiles")

PROFILE = os.path.join(PROFILES, "sRGB.icc")
"""The output intent of what is painted in sRGB."""

COATED = os.path.join(PROFILES, "FOGRA39L_coated.icc")
"""That of what is painted in inks, where a brand names no other: offset on coated paper, ISO 12647-2:2004."""


class Edition(Struct, frozen=True):
    """One kind of finished file: its name, what its file name ends in, and what it holds.

    `tagged` files have a structure tree, and claim level A of PDF/A-`part` and PDF/UA-1; `sources` says that
    they carry what they were made from. What is in `inks` has bleed, and claims PDF/X-4 as well.
    `resolution` is that of pictures in pixels to an inch; one of more than `most` is made smaller, None for
    what the brand says.
    """

    name: str
    suffix: str
    version: tuple[int, int]
    links: bool
    tagged: bool
    sources: bool
    part: int = 3
    inks: bool = False
    resolution: float | None = None
    most: float | None = None

    @property
    def profiles(self) -> tuple[str, ...]:
        """What preflight holds its files to before they may claim that."""
        return ("press", "press-archive") if self.inks else ("digital",)

    @property
    def standards(self) -> tuple[str, ...]:
        """What its files claim, if they are tagged."""
        names = (f"PDF/A-{self.part}a", "PDF/UA-1")
        return (*names, "PDF/X-4") if self.inks else names

    @property
    def claims(self) -> str:
        """The same in words."""
        return in_words(self.standards)


def in_words(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


EDITIONS = {
    "digital": Edition("digital", "", (1, 7), True, True, True, resolution=200, most=250),
    "press": Edition("press", "-press", (1, 6), False, True, False, part=2, inks=True),
}
"""All editions by name."""


class Intent(Struct, frozen=True):
    """What the colours of a file are meant for (ISO 32000-1, 14.11.5): a profile and the name of its condition."""

    path: str
    condition: str
    info: str
    registry: str = ""

    @property
    def profile(self) -> bytes:
        """The ICC profile."""
        return bytes_of(self.path)


SCREEN = Intent(PROFILE, "sRGB", "sRGB IEC61966-2.1")

REGISTRY = "http://www.color.org"
"""Where the names of printing conditions are kept (ISO 15930-7)."""


def intent_of(edition: Edition, brand: Brand) -> Intent:
    """The output intent of a brand's pages in an edition."""
    if not edition.inks:
        return SCREEN
    press = brand.press
    if press.profile is None:
        condition = press.condition or "FOGRA39"
        return Intent(
            COATED, condition, "Offset printing on coated paper (ISO 12647-2:2004)", REGISTRY
        )
    stem = os.path.splitext(os.path.basename(press.profile))[0]
    if press.condition is None:
        return Intent(press.profile, "Custom", stem)
    return Intent(press.profile, press.condition, stem, REGISTRY)


@cache
def bytes_of(path: str) -> bytes:
    """A profile's bytes."""
    with open(path, "rb") as file:
        return file.read()


@cache
def deflated_of(path: str) -> bytes:
    """A profile's bytes, packed once for all files of a process: that takes longer than a page of text."""
    import zlib

    return zlib.compress(bytes_of(path))

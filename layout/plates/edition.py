"""Editions as a table of rows: what one differs in from another is data here and nowhere a branch."""

import os
from functools import cache

from msgspec import Struct

PROFILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "profiles", "sRGB.icc")
"""The output intent of what is painted in sRGB."""


class Edition(Struct, frozen=True):
    """One kind of finished file: its name, what its file name ends in, and what it holds.

    `tagged` files have a structure tree, and claim PDF/A-3a and PDF/UA-1; `sources` says that they carry what
    they were made from.
    """

    name: str
    suffix: str
    version: tuple[int, int]
    links: bool
    tagged: bool
    sources: bool


EDITIONS = {"digital": Edition("digital", "", (1, 7), True, True, True)}
"""All editions by name. The press edition is the next row: CMYK, no links, PDF 1.6."""


@cache
def profile_bytes() -> bytes:
    """The sRGB profile of digital editions."""
    with open(PROFILE, "rb") as file:
        return file.read()

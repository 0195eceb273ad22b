"""What lines are made of: atoms with their glyphs, and the parts of words that lines end inside."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from layout.setting.marks import Shaped
from layout.setting.shaping import SOFT_HYPHEN
from layout.setting.words import Atom


class Sign(Struct, frozen=True, gc=False):
    """A square of colour that follows the last word: sizes in points."""

    gap: float
    size: float
    colour: str


Piece = tuple[Atom | Sign, Shaped | None, float]
"""An atom with its glyphs, or a sign with none, and its natural width in points."""


class Cut(NamedTuple):
    """A place inside a word where a line may end: the word, the atom in it, the index in its text."""

    unit: int
    atom: int
    offset: int
    hyphen: bool


def parted(
    unit: Sequence[Atom], begin: Cut | None, stop: Cut | None, loose: Mapping[int, Sequence[int]]
) -> Iterator[Piece]:
    """The pieces of a word from one cut to another; `loose` are the places in its atoms where glyphs stay apart."""
    for place, atom in enumerate(unit):
        if (begin is not None and place < begin.atom) or (stop is not None and place > stop.atom):
            continue
        left = begin.offset if begin is not None and place == begin.atom else 0
        right = stop.offset if stop is not None and place == stop.atom else len(atom.text)
        if right <= left:
            continue
        edges = [left, *(i for i in loose.get(place, ()) if left < i < right), right]
        hyphened = stop is not None and stop.hyphen and place == stop.atom
        for a, b in pairwise(edges):
            text = atom.text[a:b]
            if hyphened and b == right:
                shaped = atom.look.shaper.hyphenated(text.rstrip(SOFT_HYPHEN))
                yield atom, shaped, atom.look.width(shaped)
            else:
                yield (atom, *atom.look.glyphs(text))

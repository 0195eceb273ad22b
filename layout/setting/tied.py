"""Spaces at which no line may end, in languages that have such: words on both sides of one become one word.

What was typed stays: only how wide a space is painted may change, as in French (Lexique des règles
typographiques en usage à l'Imprimerie nationale, "Ponctuation": a thin space before ; ! ? and a word space
before : and inside guillemets).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from layout.setting.language import thin_spaces
from layout.setting.looks import Looks
from layout.setting.words import BREAK, NO_BREAK_SPACE, SPACE, Atom, Word, space_between

CODE = "code"


def tied(words: list[Word], pattern: re.Pattern[str], looks: Looks) -> list[Word]:
    """The words of a text with those that the `pattern` ties by an ordinary space as one word each.

    The space is an atom of its own; where the language has it thin, in a look whose spaces are.
    """
    text, gaps = _text_of(words)
    held = {found.start() for found in pattern.finditer(text)}
    thin = thin_spaces(looks.language)
    narrow = {found.start() for found in thin.finditer(text)} if thin is not None else set()
    joined: list[Word] = []
    at = 0
    for word, gap in zip(words, gaps, strict=True):
        size = sum([len(atom.text) for atom in word])
        word = _thinned(word, at + gap, narrow, looks) if NO_BREAK_SPACE in text else word
        if gap and at in held and not _typed_code(joined[-1][-1], word[0]):
            space = space_between(joined[-1][-1], word[0])
            look = looks.thin(space.look) if at in narrow else space.look
            joined[-1] = [*joined[-1], replace(space, look=look, text=SPACE), *word]
        else:
            joined.append(word)
        at += gap + size
    return joined


def _text_of(words: list[Word]) -> tuple[str, list[int]]:
    """The text of words, and of each the number of spaces before it: one or none."""
    gaps = [0] if words else []
    for before, word in pairwise(words):
        parted = word[0].tight or BREAK in (before[0].text, word[0].text)
        gaps.append(0 if parted else 1)
    bits = (SPACE * gap + "".join([a.text for a in w]) for gap, w in zip(gaps, words, strict=True))
    return "".join(bits), gaps


def _thinned(word: Word, at: int, narrow: set[int], looks: Looks) -> Word:
    """A word with the tied spaces thin that are to be: those which begin at the indexes `narrow`."""
    if len(word) < 2:
        return word
    return [
        replace(atom, look=looks.thin(atom.look))
        if atom.text == NO_BREAK_SPACE and start in narrow and not _typed_code(atom, atom)
        else atom
        for atom, start in _starts(word, at)
    ]


def _starts(word: Word, at: int) -> Iterator[tuple[Atom, int]]:
    for atom in word:
        yield atom, at
        at += len(atom.text)


def _typed_code(before: Atom, after: Atom) -> bool:
    """Whether a space stands in code, where every character has its width."""
    return CODE in (before.look.role, after.look.role)

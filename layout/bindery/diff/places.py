"""Where words stand: boxes on pages, one for each stretch of a line."""

from collections.abc import Iterable, Sequence

from layout.bindery.diff.content import Content, Word
from layout.bindery.diff.findings import Spot
from layout.bindery.diff.tokens import Token
from layout.bindery.preflight.press.geometry import Box, join

CARET = 0.0
"""The width of a box that is a place between words."""


def spots_of(content: Content, tokens: Sequence[Token]) -> tuple[Spot, ...]:
    """The places of words, in their order, with a box for each line."""
    return spots(content.words[number] for token in tokens for number in token.words)


def spots(words: Iterable[Word]) -> tuple[Spot, ...]:
    """The same of the pieces of words."""
    found: list[tuple[int, int, Box]] = []
    for word in words:
        if found and found[-1][:2] == (word.page, word.line):
            found[-1] = (word.page, word.line, join(found[-1][2], word.box))
        else:
            found.append((word.page, word.line, word.box))
    pages: dict[int, list[Box]] = {}
    for page, _, box in found:
        pages.setdefault(page, []).append(box)
    return tuple(Spot(page, tuple(boxes)) for page, boxes in pages.items())


def caret(content: Content, token: Token, after: bool) -> tuple[Spot, ...]:
    """The place after a word, or before it."""
    word = content.words[token.words[-1 if after else 0]]
    left, bottom, right, top = word.box
    if word.turn in (90, 270):
        up = top if after == (word.turn == 90) else bottom
        return (Spot(word.page, ((left, up, right, up + CARET),)),)
    across = right if after == (word.turn != 180) else left
    return (Spot(word.page, ((across, bottom, across + CARET, top),)),)


def merged(words: Iterable[Word], drawn: Iterable[Spot]) -> tuple[Spot, ...]:
    """The places of words and of drawings together, page by page."""
    pages: dict[int, list[Box]] = {}
    for spot in (*spots(words), *drawn):
        pages.setdefault(spot.page, []).extend(spot.boxes)
    return tuple(Spot(page, tuple(pages[page])) for page in sorted(pages))

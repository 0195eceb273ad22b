"""The direction of a text: its own level, and the level of each character, addresses and handles kept whole (UAX 9)."""

import re
from collections.abc import Sequence
from unicodedata import bidirectional

from layout.manuscript.text import Span
from layout.setting.unicode import levels
from layout.setting.words import BREAK, is_typed

_FROM_THE_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""What may have a level that is not the paragraph's own, in text from the left: such letters, and what orders text."""

_TOKENS = re.compile(r"[^\s(\[{«“‘\"']\S*[^\s.,;:!?)\]}»”’\"'\u060c\u061b\u061f\u06d4\u05be]")
"""What stands between spaces, without the marks of the sentence around it."""

ISOLATE, ISOLATED = "\u2068", "\u2069"
"""FSI and PDI: what is between them is one thing to the text around it, in the direction of its first letter."""

_WORDS = re.compile(r"\S+")

MOST = 0.75
"""A paragraph with a greater share of words of the other direction than its document's has that direction."""


def base_of(text: str, rtl: bool) -> int:
    """The level of a paragraph in a document: the document's own, but for a text whose words are of the other.

    Who writes a paragraph in Arabic may begin it with an English name, so the first letter does not decide (as rule
    P2 would have it): three of four words do.
    """
    sides = [side for side in map(_side, _WORDS.findall(text)) if side is not None]
    others = sides.count(not rtl)
    return int(rtl if others <= MOST * len(sides) else not rtl)


def _side(word: str) -> bool | None:
    """Whether a word is written from the right, by its first letter; None where it has none (UAX 9, table 4)."""
    for character in word:
        kind = bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return None


def levels_of(spans: Sequence[Span], rtl: bool, part: bool = False) -> list[int] | None:
    """The embedding level of each character of a paragraph; None where all are set from the left.

    Code, links, handles and addresses are each isolated: no sign at their ends is drawn away by the text around them.
    What is only `part` of a paragraph has the document's direction.
    """
    text = "".join([span.text for span in spans])
    if not rtl and not _FROM_THE_RIGHT.search(text):
        return None
    given, kept = "", []
    for piece in _parts(spans):
        apart = piece.code or piece.href or is_typed(piece.text)
        kept += [len(given) + bool(apart) + at for at in range(len(piece.text))]
        given += f"{ISOLATE}{piece.text}{ISOLATED}" if apart else piece.text
    found = levels(given, int(rtl) if part else base_of(text, rtl))
    return [found[at] for at in kept]


def _parts(spans: Sequence[Span]) -> list[Span]:
    """Spans, parted where something that was typed as it stands begins or ends; neighbours of one link are one."""
    parts: list[Span] = []
    for span in spans:
        whole = span.code or span.href or span.text == BREAK
        if whole and span.href and parts and parts[-1].href == span.href:
            parts[-1] = Span(parts[-1].text + span.text, href=span.href)
            continue
        at = 0
        for found in _TOKENS.finditer("" if whole else span.text):
            if is_typed(found.group()):
                parts += [Span(span.text[at : found.start()]), Span(found.group())]
                at = found.end()
        parts.append(Span(span.text[at:], href=span.href, code=span.code))
    return [part for part in parts if part.text]

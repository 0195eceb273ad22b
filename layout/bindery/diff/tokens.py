"""Words as a reader takes them: those that a line's end parts are one word again, as the other file has it."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import Final

from msgspec import Struct

from layout.bindery.diff.content import Content, Word

SOFT: Final = "\u00ad"
"""The hyphen that is there because the line ends."""
HYPHENS: Final = "-\u2010"
"""Hyphens that may be there because the line ends."""
LEADERS: Final = ".·…_"
"""Signs that lead across a page in a row."""
LONGEST_ROW: Final = 4
"""So many of them in one piece are no text yet."""
FOLIO: Final = "\0folio"
"""What stands for a page's own number: it is another on another page, and nothing has changed."""
MOST_BREAKS: Final = 5
"""Ends of lines in one place that are tried in all ways."""


class Token(Struct, frozen=True):
    """A word with the pieces it is painted in, by their numbers in the file; `key` is what it is compared by."""

    text: str
    key: str
    words: tuple[int, ...]


def clean(text: str) -> str:
    """Letters in their composed form, without soft hyphens inside a line."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.replace(SOFT, ""))


def vocabulary(contents: Iterable[Content]) -> frozenset[str]:
    """The words that stand whole on a line anywhere."""
    found: set[str] = set()
    for content in contents:
        words = content.words
        for at, word in enumerate(words):
            if not (_ends_line(words, at) and word.text[-1] in HYPHENS + SOFT):
                found.add(_bare(clean(word.text)))
    return frozenset(found)


def tokens_of(content: Content, numbers: Sequence[int], known: Collection[str]) -> list[Token]:
    """The words with these numbers, in this order; `known` are words that stand whole somewhere."""
    made: list[Token] = []
    numbers = [number for at, number in enumerate(numbers) if not _is_leader(content, numbers, at)]
    at = 0
    while at < len(numbers):
        pieces, text = [numbers[at]], content.words[numbers[at]].text
        while at + 1 < len(numbers):
            joined = _joined(content, text, numbers[at], numbers[at + 1], known)
            if joined is None:
                break
            at += 1
            pieces.append(numbers[at])
            text = joined
        text = clean(text)
        word = content.words[pieces[0]]
        made.append(Token(text, FOLIO if _is_folio(content, word) else text, tuple(pieces)))
        at += 1
    return made


def _is_leader(content: Content, numbers: Sequence[int], at: int) -> bool:
    """Whether a sign is one of a row that leads across the page to a number."""
    word = content.words[numbers[at]]
    if word.text[0] not in LEADERS or word.text.strip(word.text[0]):
        return False
    around = [content.words[numbers[n]] for n in (at - 1, at + 1) if 0 <= n < len(numbers)]
    is_row = any(it.line == word.line and it.text == word.text for it in around)
    return is_row or len(word.text) > LONGEST_ROW


def _joined(
    content: Content, text: str, number: int, after: int, known: Collection[str]
) -> str | None:
    """Two pieces as one word, or None where they are two."""
    word, follower = content.words[number], content.words[after]
    if word.line == follower.line or word.spaced or word.furniture != follower.furniture:
        return None
    rest = follower.text
    if text[-1] == SOFT:
        return text[:-1] + rest
    if text[-1] not in HYPHENS or len(text) < 2:
        return None
    stem = clean(text[:-1])
    # A word that is parted twice is looked for without its second hyphen.
    end = clean(rest.rstrip(SOFT + HYPHENS))
    if _bare(stem + end) in known:
        return text[:-1] + rest
    if _bare(f"{stem}-{end}") in known or not (stem[-1].isalpha() and end[:1].islower()):
        return text + rest if end[:1].isalnum() else None
    return text[:-1] + rest


def _bare(text: str) -> str:
    """A word without the signs around it, in small letters."""
    return text.strip(".,;:!?()[]{}«»‹›„“”‚‘’\"'…").casefold()


def _ends_line(words: Sequence[Word], at: int) -> bool:
    return at + 1 == len(words) or words[at].line != words[at + 1].line


def _is_folio(content: Content, word: Word) -> bool:
    page = word.page
    return word.furniture and word.text in (content.pages[page].label, str(page + 1))


def read_alike(
    mine: tuple[Content, Sequence[Token]], theirs: tuple[Content, Sequence[Token]]
) -> bool:
    """Whether two runs of words may be the same text, parted by the ends of lines in other ways."""
    one, two = ([*_readings(*each)] for each in (mine, theirs))
    return not set(one).isdisjoint(two)


def _readings(content: Content, tokens: Sequence[Token]) -> Iterator[str]:
    """All texts that a reader may take words for: where a line ends nobody sees whether there is a space."""
    parts: list[str] = []
    joints: list[tuple[str, ...]] = []
    for at, token in enumerate(tokens):
        pieces = [content.words[number] for number in token.words]
        for n, word in enumerate(pieces):
            is_last = n + 1 == len(pieces)
            parts.append(
                clean(word.text) if not word.text.endswith(SOFT) else clean(word.text[:-1])
            )
            if is_last and at + 1 == len(tokens):
                break
            follower = content.words[tokens[at + 1].words[0]] if is_last else pieces[n + 1]
            joints.append(_joints(word, follower))
    if sum(len(each) > 1 for each in joints) > MOST_BREAKS:
        yield " ".join(token.text for token in tokens)
        return
    for chosen in product(*joints):
        text = parts[0] if parts else ""
        for joint, part in zip(chosen, parts[1:], strict=True):
            text = (
                (text[:-1] if joint == "drop" else text)
                + ("" if joint in ("drop", "") else joint)
                + part
            )
        yield text


def _joints(word: Word, follower: Word) -> tuple[str, ...]:
    """What may stand between two pieces: nothing, a space, or nothing and no hyphen either."""
    if word.line == follower.line or word.spaced:
        return (" ",)
    if word.text[-1] == SOFT:
        return ("",)
    return (" ", "", "drop") if word.text[-1] in HYPHENS else (" ", "")

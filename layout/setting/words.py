"""Words and the places where they may be broken: addresses, dashes, syllables, and in need any letter."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple
from unicodedata import combining

from msgspec import Struct

from layout.manuscript.text import Span
from layout.setting.capitals import acronyms, figures_with_capitals, is_acronym, may_hold_capitals
from layout.setting.hyphens import Hyphenator
from layout.setting.language import ties
from layout.setting.looks import Look, Looks
from layout.setting.marks import Shaped
from layout.setting.shaping import SOFT_HYPHEN

NAME, HARD_HYPHEN, ADDRESS, LETTER = 400.0, 600.0, 400.0, 2000.0
"""Penalties: at a hyphen in a name besides its price, after a real hyphen (extractors take it for a soft one),
inside an address, and between any two letters of a word that is wider than the measure."""

LONG = 60
"""Characters; no word of a language is longer."""

BREAK, SPACE, NO_BREAK_SPACE = "\n", " ", "\u00a0"

TIED = (SPACE, NO_BREAK_SPACE)
"""What an atom says that is a space inside a word."""

SPACES = " \t\n\r\f"
"""What parts words."""

TIGHT = (
    "\u0e00-\u0fff\u1000-\u109f\u1361\u1780-\u17ff\u19e0-\u19ff\u2e80-\ua4cf\ua9e0-\ua9ff\uaa60-\uaa7f\uac00-\ud7ff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
"""Ranges of characters of scripts that are written without spaces, or whose lines end at other places than these."""

_TOKENS = re.compile(f"[{SPACES}]+|[^{SPACES}]+")
_WORDS = re.compile(f"[^{SPACES}]+")
_TIED = re.compile("(\u00a0)")
_SOFT = re.compile("(?<=[^\u00ad])\u00ad+(?=[^\u00ad])")
_LETTERS = re.compile(r"[^\W\d_]+")
_MARKED_LETTERS = (
    "[\u0900-\u0963\u0971-\u0983\u0985-\u09e3\u0a01-\u0a65\u0a81-\u0ae5\u0b01-\u0b65\u0b82-\u0be5\u0c00-\u0c65\u0c80-\u0ce5\u0d00-\u0d65"
    "\u200c\u200d]+"
)
"""Words of India: their letters with marks and joiners, no figures. Compiled where there are such."""

_CLUSTERED = (
    ("\u0900", "\u109f"), ("\u1700", "\u1c7f"), ("\ua800", "\uabff"), ("\U00011000", "\U00011fff"),
)  # fmt: skip
"""The first and the last of letters of India and South East Asia."""

_ADDRESS = re.compile(
    r"^(?:[a-z][a-z0-9+.-]*://|www\.)|^\S+\.\S+/\S|^[^\s@]+@\S+\.\w", re.IGNORECASE
)
_HANDLE = re.compile(r"^[(\[«“\"']*[@#]\w")
_NAME = re.compile(r"[@#]\w|[^\W\d_]\.[^\W\d_]{2}")
"""A handle or a machine's name inside a word: whoever copies it from print would type a hyphen too."""
_AFTER_DASH = re.compile(
    r"(?<=[\w)][-\u2010])(?!(?<=[A-Z][-\u2010])\d)(?=\w{2})|(?<=[\u2013\u2014/])(?=[^\W\d]|[@#]\w)|(?<=\u200b)"
)
_ADDRESS_BREAKS = re.compile(r"(?<=[/:])(?=[^/])|(?=[.?&=_#%~+-])(?<=\w)|(?<=[@&=])")


class Atom(Struct, frozen=True, gc=False):
    """A word or a part of one in one look: characters between spaces, of one element, linked or not.

    The first atom of a word is `tight` where no space stands before it, and yet a line may end there. `level` is its
    embedding level, odd where it is written from the right; `lead` is that of the space before it (UAX 9).
    """

    look: Look
    text: str
    element: int
    href: str = ""
    tight: bool = False
    level: int = 0
    lead: int = 0


Word = list[Atom]


class Part(NamedTuple):
    """What of an atom is set whole: its width in the unbroken word, and how a line may end after it.

    `ends` is '' nowhere, '-' with a soft hyphen of width `hyphen`, '|' as it stands. A `loose` part is
    never joined to its neighbours again: its width was counted alone. Widths in points.
    """

    text: str
    width: float
    ends: str = ""
    penalty: float = 0.0
    hyphen: float = 0.0
    loose: bool = False


def words_of(
    spans: Iterable[Span],
    style: str,
    element: int,
    looks: Looks,
    elements: Sequence[int] | None = None,
    part: bool = False,
) -> list[Word]:
    """Characters as words of one or more atoms; a hard break and a tied space are atoms of their own.

    All belong to one `element`, unless `elements` names one for each span. They are a paragraph, or only `part` of one.
    What the language ties by an ordinary space is one word with that in it.
    """
    words = _words_of(tuple(spans), style, element, looks, elements, part)
    pattern = ties(looks.language)
    if pattern is None:
        return words
    from layout.setting.tied import tied

    return tied(words, pattern, looks)


def _words_of(
    spans: tuple[Span, ...],
    style: str,
    element: int,
    looks: Looks,
    elements: Sequence[int] | None,
    part: bool,
) -> list[Word]:
    """Words between spaces that are no ties."""
    own = elements or [element] * len(spans)
    if looks.rtl or not all(looks.of_span(style, span).face.sets(span.text) for span in spans):
        from layout.setting.mixed import mixed_words

        return mixed_words(spans, style, own, looks, part)
    if len(spans) == 1 and spans[0].text != BREAK and NO_BREAK_SPACE not in spans[0].text:
        look, href = looks.of_span(style, spans[0]), spans[0].href
        element = own[0]
        if not _minds_capitals(look) or not may_hold_capitals(spans[0].text):
            return [[Atom(look, token, element, href)] for token in _WORDS.findall(spans[0].text)]
        return [
            [Atom(plain_look(look, token), token, element, href)]
            for token in _WORDS.findall(spans[0].text)
        ]
    words: list[Word] = []
    joined = False
    for span, element in zip(spans, own, strict=True):
        if span.text == BREAK:
            words.append([Atom(looks.look(style), BREAK, element)])
            joined = False
            continue
        look, href = looks.of_span(style, span), span.href
        plain = not _minds_capitals(look) or not may_hold_capitals(span.text)
        for token in _TOKENS.findall(span.text):
            if token[0] in " \t\n\r\f":
                joined = False
                continue
            if NO_BREAK_SPACE in token:
                parts = [part for part in _TIED.split(token) if part]
            else:
                parts = [token]
            atoms = [
                Atom(look if plain else plain_look(look, part), part, element, href)
                for part in parts
            ]
            if joined:
                words[-1] += atoms
            else:
                words.append(atoms)
            joined = True
    return words


def space_between(before: Atom, after: Atom) -> Atom:
    """An atom with the look, element and address of the space between two words; it may be the first of them.

    The narrower of their spaces stands there: that of code belongs inside code.
    """
    narrow = after.look.space < before.look.space
    if before.level or after.level:
        look = (after if narrow else before).look.at(after.lead)
        same = before.href == after.href and before.element == after.element
        side = before if same or not before.href else after
        return Atom(look, SPACE, side.element, before.href if same else "", False, after.lead)
    # Two links side by side may lead to the same place, and are two all the same.
    one = before.href == after.href and (before.element == after.element or not before.href)
    if one and not narrow:
        return before
    side = after if narrow else before
    if not one:  # a space beside a link is no part of it
        side = before if after.href else after
    look = after.look if narrow else before.look
    return Atom(look, SPACE, side.element, before.href if one else "")


def _minds_capitals(look: Look) -> bool:
    return look.lining is not None or look.small is not None


def plain_look(look: Look, word: str) -> Look:
    """The look of one word of a text; what is typed as it stands, such as an address, keeps its capitals."""
    if not may_hold_capitals(word):
        return look
    small = look.small.shaper.small if look.small is not None else None
    if small is not None and not is_typed(word) and acronyms(word, small[0]):
        return look.small or look
    if look.lining is not None and figures_with_capitals(word):
        return look.lining
    return look


def is_typed(word: str) -> bool:
    """Whether a word is an address, a handle or the name of a machine: typed as it stands."""
    return bool(_ADDRESS.match(word) or _HANDLE.match(word) or _NAME.search(word))


def parts_of(look: Look, text: str, hyphenator: Hyphenator) -> tuple[Part, ...]:
    """A text at its sensible places; the widths add up to that of the whole. Kept with the look."""
    parts = look.parts.get(text)
    if parts is None:
        cuts = _cuts(look, text, hyphenator) if len(text) > 3 and not _HANDLE.match(text) else []
        parts = look.parts[text] = tuple(_measured(look, text, cuts))
    return parts


Cut = tuple[int, str, float]
"""Index, how a line ends there, and at what penalty."""


def _cuts(look: Look, text: str, hyphenator: Hyphenator) -> list[Cut]:
    if _ADDRESS.match(text):
        return [
            (m.start(), "|", ADDRESS)
            for m in _ADDRESS_BREAKS.finditer(text)
            if 0 < m.start() < len(text)
        ]
    if SOFT_HYPHEN in text:
        return [(m.end(), "-", hyphenator.price) for m in _SOFT.finditer(text)]
    cuts: list[Cut] = []
    if not text.isalpha():
        cuts = [
            (m.start(), "|", HARD_HYPHEN)
            for m in _AFTER_DASH.finditer(text)
            if 0 < m.start() < len(text)
        ]
    if look.hyphenate and not _NAME.search(text):
        if _is_clustered(text):
            return sorted([*cuts, *_clustered_cuts(text, hyphenator)])
        for m in _LETTERS.finditer(text):
            if not is_acronym(m.group()):
                price = hyphenator.price
                cuts += [(m.start() + p, "-", price) for p in hyphenator.points(m.group())]
    return sorted(cuts)


def _is_clustered(text: str) -> bool:
    """Whether several letters of a text may make one cluster, inside which no hyphen stands."""
    if text.isascii() or max(text) < _CLUSTERED[0][0]:
        return False
    return any(first <= it <= last for it in text for first, last in _CLUSTERED)


def _clustered_cuts(text: str, hyphenator: Hyphenator) -> Iterable[Cut]:
    """Hyphens between the clusters of words whose vowels are marks; two clusters at least stay together."""
    from layout.setting.unicode import clusters

    for m in re.finditer(_MARKED_LETTERS, text):
        ends = clusters(m.group())[1:-2]
        for point in hyphenator.points(m.group()):
            if point in ends:
                yield m.start() + point, "-", hyphenator.price


def _measured(look: Look, text: str, cuts: Sequence[Cut]) -> Iterable[Part]:
    """Parts whose widths are those of their letters in the whole word, kerns across the cuts included.

    Once a line ends at a cut its two pieces are shaped anew; what that changes is a kern, and the line's
    spaces take it up.
    """
    edges = _edges(look, look.shaper.shape(text)) if cuts else {}
    hyphen = look.measure(look.shaper.hyphen) if cuts else 0.0
    before, start = 0.0, 0
    for index, ends, penalty in cuts:
        reach = edges.get(index)
        if reach is None:  # inside a ligature
            reach = look.measure(text[:index])
        yield Part(text[start:index], reach - before, ends, penalty, hyphen if ends == "-" else 0.0)
        before, start = reach, index
    yield Part(text[start:], look.measure(text) - before)


def _edges(look: Look, shaped: Shaped) -> dict[int, float]:
    """How far a word reaches after each of its characters that ends a glyph."""
    edges: dict[int, float] = {}
    index, reach = 0, 0.0
    spaces = _spaces(look, shaped)
    for (glyph, text), kern, space in zip(shaped.pairs, shaped.kerns, spaces, strict=True):
        index += len(text)
        reach += (look.face.advance(glyph) - kern) * look.unit * look.wide + space
        edges[index] = reach
    return edges


def _spaces(look: Look, shaped: Shaped) -> Iterable[float]:
    """The letterspace after each glyph: none inside a group of them."""
    if shaped.groups is None:
        return repeat(look.tracking, len(shaped.pairs))
    return [
        look.tracking if last else 0.0
        for count, _ in shaped.groups
        for last in (*repeat(False, count - 1), True)
    ]


def letters_of(look: Look, part: Part) -> list[Part]:
    """A part that no line could hold, letter by letter; marks stay with their letters."""
    whole = look.script or _is_clustered(part.text)
    letters = _clusters(part.text) if whole else _marked(part.text)
    parts = [Part(letter, look.measure(letter), "|", LETTER, 0.0, True) for letter in letters]
    last = parts[-1]._replace(ends=part.ends, penalty=part.penalty, hyphen=part.hyphen)
    return [*parts[:-1], last]


def _clusters(text: str) -> list[str]:
    """The letters of a script whose marks are no matter of combining classes alone."""
    from layout.setting.unicode import clusters

    return [text[start:end] for start, end in pairwise([0, *clusters(text)])]


def _marked(text: str) -> list[str]:
    letters: list[str] = []
    for character in text:
        if letters and (combining(character) or character == SOFT_HYPHEN):
            letters[-1] += character
        else:
            letters.append(character)
    return letters

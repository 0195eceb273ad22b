"""The door to ICU: direction, breaks, clusters and scripts of a text, as Unicode's annexes define them.

Text goes in and indexes of its characters come out. ICU counts UTF-16 units; here every index counts
code points. Loading ICU takes a cold start's time: import this module only where a text needs it.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any
from unicodedata import category

import icu

from layout.setting.language import primary

COMMON, INHERITED = "Zyyy", "Zinh"
_UNRESOLVED = frozenset((COMMON, INHERITED, "Zzzz"))
"""Scripts that say nothing; Zzzz is that of private use, which belongs to the text it stands in."""

_STRICT = frozenset(("ja", "zh"))
"""Languages whose small kana and iteration marks begin no line: kinsoku as books have it, CLDR's `lb=strict`."""

_LONE = re.compile("[\ud800-\udfff]")
_STACKED = re.compile(
    "[\u1039\u17d2\u1a60\u1b44](?=[\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u1a20-\u1a54\u1b05-\u1b33])"
)
"""A sign that puts the next letter below the one before: Indic_Conjunct_Break of Unicode 17, rule GB9c."""

_OPENS, _CLOSES = 1, 2
"""Values of the property Bidi_Paired_Bracket_Type."""


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of one paragraph (UAX 9) whose own level is `base`, 0 or 1.

    Overrides and isolates left open end with the paragraph. Controls that rule X9 takes out have the
    level of what is before them. Trailing spaces have the paragraph's level; those at the end of each
    line get it from whoever breaks the lines (rule L1).
    """
    if not text:
        return []
    bidi = icu.Bidi()
    units, _ = _units(text)
    held = icu.UnicodeString(units)  # ICU reads it again later and keeps no copy
    bidi.setPara(held, base)
    found = bidi.getLevels()
    if len(found) == len(text):
        return list(found)
    result, unit = [], 0
    for character in text:
        result.append(found[unit])
        unit += 1 + (character > "\uffff")
    return result


def visual(levels: Sequence[int]) -> list[int]:
    """The logical indexes of one line's characters, or runs, from left to right: rule L2 of UAX 9."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level & 1]
    if not odd:
        return order
    for least in range(max(levels), min(odd) - 1, -1):
        start = None
        for index, level in enumerate([*levels, -1]):
            if level >= least:
                start = index if start is None else start
            elif start is not None:
                order[start:index] = order[start:index][::-1]
                start = None
    return order


def line_breaks(text: str, language: str) -> list[int]:
    """Where a line may end (UAX 14) in a text of a BCP 47 `language`, without the start and the end.

    Spaces stand before the break, not after. Thai, Khmer, Lao and Burmese are parted into words by ICU's
    dictionaries. One tailoring: no break is inside a grapheme cluster, such as a space and the mark on it.
    """
    if len(text) < 2:
        return []
    lines = _lines(_locale(language))
    units, points = _units(text)
    lines.setText(units)
    found = [points(unit) for unit in lines][:-1]
    if found and not text.isascii():
        ends = set(clusters(text))
        found = [index for index in found if index in ends]
    return found


def clusters(text: str) -> list[int]:
    """The ends of a text's extended grapheme clusters (UAX 29), in order; the last is its length.

    Stacked consonants of Balinese, Burmese, Khmer and Tai Tham are one, as Unicode 17 has it and ICU 77 not yet.
    """
    if text.isascii() and "\r" not in text:
        return list(range(1, len(text) + 1))
    letters = _letters()
    units, points = _units(text)
    letters.setText(units)
    ends = [points(unit) for unit in letters]
    if _STACKED.search(text):
        inside = {found.end() for found in _STACKED.finditer(text)}
        ends = [end for end in ends if end not in inside]
    return ends


def capitals(word: str, language: str) -> tuple[str, list[int]]:
    """A word in the capitals of a BCP 47 `language`, and for each the index of the character it came from.

    Greek loses its accents there, Turkish keeps the dot of its i (Unicode's SpecialCasing and CLDR).
    """
    locale = icu.Locale(primary(language))
    shown = _upper(word, locale)
    origin: list[int] = []
    for index in range(len(word)):
        length = len(_upper(word[: index + 1], locale))
        origin += [index] * (length - len(origin))
    return shown, origin[: len(shown)]


def _upper(text: str, locale: Any) -> str:
    return str(icu.UnicodeString(text).toUpper(locale))


def script_runs(text: str) -> list[tuple[int, int, str]]:
    """A text's parts of one script each: (start, end, ISO 15924 code), one after the other (UAX 24).

    A cluster is never parted: its script is that of its first character that has one, so that a mark is
    always with its base. What is common to scripts goes with the text before it, at the start with what
    follows; a closing bracket goes with its opening one. A text that has no script is one run of 'Zyyy'.
    """
    runs: list[tuple[int, int, str]] = []
    brackets: list[tuple[str, str]] = []
    start, current = 0, COMMON
    begin = 0
    for end in clusters(text):
        script = _own_script(text[begin:end])
        kind, pair = _bracket(text[begin])
        if kind == _OPENS:
            brackets.append((pair, current))
        elif kind == _CLOSES and script == COMMON:
            script = _opened(brackets, text[begin])
        if script != COMMON and current not in (COMMON, script):
            runs.append((start, begin, current))
            start = begin
        current = script if script != COMMON else current
        begin = end
    if text:
        runs.append((start, len(text), current))
    return runs


def _own_script(cluster: str) -> str:
    """The first script that a cluster's characters name, but a mark's only on a base that has none."""
    for character in cluster:
        script = _script(character)
        if script not in _UNRESOLVED:
            return script
    return COMMON


def _opened(brackets: list[tuple[str, str]], closing: str) -> str:
    """The script in which a closing bracket was opened; brackets left open inside are forgotten."""
    closing = _canonical(closing)
    for place in range(len(brackets) - 1, -1, -1):
        if brackets[place][0] == closing:
            script = brackets[place][1]
            del brackets[place:]
            return script
    return COMMON


@lru_cache(4096)
def _script(character: str) -> str:
    return str(icu.Script.getScript(character).getShortName())


@lru_cache(4096)
def sharing(character: str, language: str) -> tuple[str, ...]:
    """The scripts that share a sign (UAX 24, Script_Extensions), that of the BCP 47 `language` first if it does."""
    codes = icu.Script.getScriptExtensions(character)
    scripts = [str(icu.Script(code).getShortName()) for code in codes]
    likely = icu.Locale(language)
    likely.addLikelySubtags()
    own = likely.getScript()
    return tuple(sorted({*scripts} - _UNRESOLVED, key=lambda script: (script != own, script)))


@lru_cache(4096)
def _bracket(character: str) -> tuple[int, str]:
    """What Bidi_Paired_Bracket_Type a character has, and its partner."""
    if category(character) not in ("Ps", "Pe"):
        return 0, ""
    kind = icu.Char.getIntPropertyValue(character, icu.UProperty.BIDI_PAIRED_BRACKET_TYPE)
    return kind, _canonical(icu.Char.getBidiPairedBracket(character)) if kind else ""


def _canonical(bracket: str) -> str:
    """The same bracket by the code it is normalised to: U+2329 and U+232A are U+3008 and U+3009 (BD16)."""
    return {"\u2329": "\u3008", "\u232a": "\u3009"}.get(bracket, bracket)


def _locale(language: str) -> str:
    own = primary(language)
    return f"{own}@lb=strict" if own in _STRICT else own


@cache
def _lines(locale: str) -> Any:
    return icu.BreakIterator.createLineInstance(icu.Locale(locale))


@cache
def _letters() -> Any:
    return icu.BreakIterator.createCharacterInstance(icu.Locale.getRoot())


def _units(text: str) -> tuple[str, Callable[[int], int]]:
    """A text as ICU may have it, and what tells the index of a character by that of its first unit.

    Halves of surrogate pairs, which no file can hold, count as U+FFFD: two would become one character.
    """
    if _LONE.search(text):
        text = _LONE.sub("\ufffd", text)
    if not text or max(text) <= "\uffff":
        return text, int
    table: list[int] = []
    for index, character in enumerate(text):
        table += (index, index) if character > "\uffff" else (index,)
    table.append(len(text))
    return text, table.__getitem__

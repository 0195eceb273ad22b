"""The language of words in another script than their text's: so that whoever hears a file hears them in it.

No source says it; a script says it where one language of newspapers is written in it, else only itself is known
(BCP 47, `und-Arab`). Latin words say nothing: they are in every text.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from unicodedata import category

import icu
from msgspec.structs import replace

from layout.manuscript.text import Span
from layout.setting.unicode import script_runs

LANGUAGES = {
    "Armn": "hy", "Geor": "ka", "Grek": "el", "Gujr": "gu", "Guru": "pa", "Hang": "ko", "Hebr": "he", "Hira": "ja",
    "Kana": "ja", "Khmr": "km", "Knda": "kn", "Laoo": "lo", "Mlym": "ml", "Mymr": "my", "Orya": "or", "Sinh": "si",
    "Taml": "ta", "Telu": "te", "Thai": "th", "Tibt": "bo",
}  # fmt: skip
"""Languages by the scripts that hardly another one is printed in."""

SILENT = frozenset(("Latn", "Zyyy", "Zinh", "Zzzz"))
"""Scripts of which no language is known."""

NO_LETTERS = "CNPSZ"
"""The first letters of the categories of what belongs to no word where it stands at its ends."""

_TOGETHER = {
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani",),
    "Hant": ("Hani",),
}
"""Scripts that ISO 15924 gives one code where a language is written in several."""


def spoken(spans: Sequence[Span], language: str) -> tuple[Span, ...]:
    """The spans of a text in a BCP 47 `language`, parted where words in the script of another begin or end."""
    own = _scripts(language)
    found: list[Span] = []
    for span in spans:
        found += [span] if span.language or span.code else _parted(span, own)
    return tuple(found)


def _parted(span: Span, own: frozenset[str]) -> Iterator[Span]:
    text, at = span.text, 0
    for start, end, script in script_runs(text):
        if script in own or script in SILENT:
            continue
        while end > start and category(text[end - 1])[0] in NO_LETTERS:
            end -= 1
        while end > start and category(text[start])[0] in NO_LETTERS:
            start += 1
        if end == start:
            continue
        if start > at:
            yield replace(span, text=text[at:start])
        language = LANGUAGES.get(script, f"und-{script}")
        yield replace(span, text=text[start:end], language=language)
        at = end
    if at < len(text):
        yield replace(span, text=text[at:]) if at else span


@cache
def _scripts(language: str) -> frozenset[str]:
    """The scripts that a language is written in (CLDR, likely subtags)."""
    locale = icu.Locale.forLanguageTag(language)
    locale.addLikelySubtags()
    script = str(locale.getScript())
    return frozenset(_TOGETHER.get(script, (script,)))

"""Plain quotes and apostrophes as the typographic ones of a language, for brands that want them.

Which mark a quote becomes is read from what stands on its two sides, over one paragraph, in one pass. markdown-it's
`smartquotes` leaves alone what has no partner, as each paragraph of a long quotation has but the last, and compares
each quote with all before it; a test holds the two together where both have an answer.
"""

import re
from operator import is_
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from layout.house.quotation import Quotation, quotation
from layout.manuscript.text import CodeBlock, Inline, Paragraph, Span

T = TypeVar("T")

UNTOUCHED = frozenset(("alt", "handle", "keywords", "url"))
"""Fields that are no running text: not printed, or typed as they stand."""

_PLAIN = re.compile("[\"']")
_ADDRESS = re.compile(
    r"""\b(?:[a-z][a-z0-9+.-]{0,30}://|www\.|mailto:)[^\s"]*[^\s"'.,;:!?)\]]""", re.IGNORECASE
)
_MEASURE = re.compile(r"""\d'\d{1,2}(?:[.,]\d+|[½¼¾])?"?(?!\d)|\d' \d{1,2}(?:[.,]\d+|[½¼¾])?\"""")
"""Feet and inches: 5'10"."""

_YEAR = r"(?<!\w)'(?=\d\ds?\b(?!'))"
"""The century that is left out: '68, the '90s."""

_LEFT_OUT = {
    "af": r"(?<!\w)'(?=n\b)",
    "de": r"(?<!\w)'(?=(?:s|n|ne|nen|nem|ner)\b)",
    "en": r"(?<!\w)'(?=(?:tis|twas|twere|twill|twould|em|til)\b)|(?<!\w)'(?=n'(?!\w))|(?<=(?<!\w)'n)'(?!\w)",
    "nl": r"(?<!\w)'(?=[tsnkmr]\b)",
}
"""Apostrophes that begin a word, by language."""

_BRACKETS = "([{¿¡«‹„‚「『《〈（［【“‘"
"""What a quote behind it opens after, besides white space."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015/="
"""What may stand before a quote that opens and before one that closes."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Letters beside which a quotation begins and ends without a space: East Asian, Thai, Lao, Burmese, Khmer."""


def quoted(record: T, language: str) -> T:
    """A record with typographic quotes in its running text.

    Code, addresses and handles stay as they are typed, and so does what no page shows.
    """
    return _turned_in(record, language)  # type: ignore[no-any-return]


def _turned_in(value: Any, language: str) -> Any:
    if isinstance(value, Inline | Paragraph):
        spans = turned_spans(value.spans, language)
        return value if spans == value.spans else replace(value, spans=spans)
    if isinstance(value, tuple):
        parts = tuple([_turned_in(part, language) for part in value])
        return value if all(map(is_, parts, value)) else parts
    if not isinstance(value, Struct) or isinstance(value, CodeBlock):
        return value
    fields = [it for it in value.__struct_fields__ if it not in UNTOUCHED]
    own = {it: getattr(value, it) for it in fields}
    new = {it: _turned_in(part, language) for it, part in own.items()}
    changed = {it: part for it, part in new.items() if part is not own[it]}
    return replace(value, **changed) if changed else value


def turned_spans(spans: tuple[Span, ...], language: str) -> tuple[Span, ...]:
    """The spans of one paragraph with typographic quotes: those of code and addresses stay."""
    if not any(_PLAIN.search(span.text) for span in spans):
        return spans
    # What stays is a letter to its neighbours, so that quotes around it are those around a word.
    seen = "".join(
        "x" * len(span.text) if span.code or span.text == span.href else span.text for span in spans
    )
    seen = _ADDRESS.sub(lambda found: "x" * len(found[0]), seen)
    pieces, end = turned(seen, language), 0
    found: list[Span] = []
    for span in spans:
        start, end = end, end + len(span.text)
        text = "".join(
            new if new != old else own
            for new, old, own in zip(pieces[start:end], seen[start:end], span.text, strict=True)
        )
        found.append(span if text == span.text else replace(span, text=text))
    return tuple(found)


def turned(text: str, language: str) -> list[str]:
    """A paragraph character by character, each plain quote as the mark that it stands for.

    What is no quotation and no apostrophe stays: feet and inches, a mark between two spaces.
    """
    left_out = _LEFT_OUT.get(language.partition("-")[0].lower())
    starts = re.compile(f"{_YEAR}|{left_out}" if left_out else _YEAR, re.IGNORECASE)
    reader = _Reader(text, quotation(language))
    held = {at for found in _MEASURE.finditer(text) for at in range(*found.span())}
    begins = {found.start() for found in starts.finditer(text)}
    for found in _PLAIN.finditer(text):
        at = found.start()
        if at in begins:
            reader.apostrophe(at)
        elif at not in held:
            reader.read(at)
    return reader.end()


class _Reader:
    """Reads the plain quotes of a paragraph from its start; keeps those that are open."""

    def __init__(self, text: str, marks: Quotation) -> None:
        self.text, self.marks = text, marks
        self.pieces = list(text)
        self.open: list[int] = []
        """Where the open quotes stand, the innermost last."""
        self.doubles = 0
        """How many of them are double."""
        self.stayed = (-1, "")
        """The last quote that is nothing of these, and the character before it."""
        self.beyond = 0
        """Where the run of quotes ends that was looked at last."""

    def read(self, at: int) -> None:
        """Open or close a quotation at a quote, or find an apostrophe; what is none of these stays."""
        sign = self.text[at]
        before, after = self._before(at), self._after(at)
        if _wordy(before) and _wordy(after):
            self._inside_a_word(at, before)
            return
        loose = before in _DASHES or _unspaced(before)
        opens = (before.isspace() or before in _BRACKETS or loose) and not after.isspace()
        closes = not (before.isspace() or before in _BRACKETS or _wordy(after))
        if closes and (not opens or self._is_open(sign)):
            self._close(at, before)
        elif opens:
            self.open.append(at)
            self.doubles += sign == '"'
        else:
            self.stayed = (at, before)

    def apostrophe(self, at: int) -> None:
        """An apostrophe stands here."""
        self.pieces[at] = self.marks.apostrophe

    def end(self) -> list[str]:
        """The paragraph as read; a double quote that is still open begins a quotation of several paragraphs."""
        while self.open:
            at = self.open.pop()
            if self.text[at] == '"':
                self.pieces[at] = self._pair()[0]
            else:
                self.apostrophe(at)
        return self.pieces

    def _inside_a_word(self, at: int, before: str) -> None:
        if self.text[at] == "'":
            self.apostrophe(at)
        elif self.doubles and self.marks.apostrophe != "'":
            self._close(at, before)

    def _close(self, at: int, before: str) -> None:
        if not self._is_open(self.text[at]):
            if self.text[at] == "'" and not before.isdigit():
                self.apostrophe(at)
            elif self.text[at] == '"' and not before.isdigit():
                self.pieces[at] = self.marks.outer[1]
            return
        if self.text[at] == "'":
            self.pieces[self.open.pop()], self.pieces[at] = self.marks.inner
            return
        while self.text[self.open[-1]] == "'":
            self.apostrophe(self.open.pop())
        began = self.open.pop()
        self.pieces[began], self.pieces[at] = self._pair()

    def _pair(self) -> tuple[str, str]:
        """The marks of the innermost double quote, which is taken from those that are open."""
        self.doubles -= 1
        return self.marks.inner if self.doubles % 2 else self.marks.outer

    def _is_open(self, sign: str) -> bool:
        if sign == '"':
            return self.doubles > 0
        return bool(self.open) and self.text[self.open[-1]] == "'"

    def _before(self, at: int) -> str:
        """The character before; a quote that opens is as good as a bracket."""
        if not at:
            return " "
        if at - 1 in self.open[-1:]:
            return "("
        if at - 1 == self.stayed[0]:
            return self.stayed[1]
        return self.text[at - 1]

    def _after(self, at: int) -> str:
        """The next character that is no quote."""
        if at >= self.beyond:
            found = _NO_QUOTE.search(self.text, at)
            self.beyond = found.start() if found else len(self.text)
        return self.text[self.beyond : self.beyond + 1] or " "


_NO_QUOTE = re.compile("[^\"'’”“‘„‚«»‹›「」『』]")


def _unspaced(character: str) -> bool:
    return bool(_UNSPACED.match(character))


def _wordy(character: str) -> bool:
    return character.isalnum() and not _unspaced(character)

"""CommonMark to blocks and spans: the library's tokens walked once, and a way round it for plain text.

Text in which no character could be markup is split into paragraphs without loading the library; what
the shortcut accepts, the library reads the same (a property test holds them together).
"""

import re
from functools import cache
from typing import Any, Final

from msgspec import Struct

from layout.ground.problems import Place
from layout.manuscript.reading import Reading
from layout.manuscript.text import Paragraph, Span

MAX_MARKUP: Final = 100_000
"""Characters of one text that holds markup; plain text may be longer."""

MAX_MARKUP_IN_FILE: Final = 2_000_000
"""Characters of all texts of a file that hold markup."""

NO_TEXT: Final = ("there is no text here", "write it, or take the key out")
SECOND_PARAGRAPH: Final = ("a second paragraph where one line is meant", "take the empty line out")

_MARKS: Final = re.compile(r"[\\`*\[<&\0\r]|(?<!\w)_|_(?!\w)")
"""Characters that may be inline markup; an underscore between letters is none."""

_LINE_STARTS: Final = frozenset("#>+-=~|")
_DIGITS: Final = "0123456789"


class Origin(Struct, frozen=True, gc=False):
    """Where a text was written: the place of its first line, and whether its lines are the file's lines."""

    file: str
    line: int
    column: int
    by_line: bool = False

    def place(self, line: int) -> Place:
        """The place of a line of the text, from 0; that of the text where lines cannot be told apart."""
        return Place(self.file, self.line + line if self.by_line else self.line, self.column)


SIDEBAR: Final = "#accounts"
"""The one address inside an interview: its sidebar."""

_POINTER: Final = re.compile(
    r"(?:(?P<before>[^\n].*[^\n])\n\n+)?\[(?P<label>[^\W_]+(?: [^\W_]+)*)\]\(#accounts\)\n?",
    re.DOTALL,
)


def read_blocks(text: str, origin: Origin, reading: Reading) -> Any:
    """The blocks of a CommonMark text as a tuple, or `INVALID` after problems were reported."""
    plain = plain_paragraphs(text)
    if plain is None:
        return _pointed(text, origin, reading) or _marked_up(text, origin, reading, inline=False)
    if not plain:
        return reading.report_at(origin.place(0), *NO_TEXT)
    return tuple([Paragraph((Span(words),), origin.place(line)) for line, words in plain])


def read_spans(text: str, origin: Origin, reading: Reading) -> Any:
    """The spans of CommonMark's inline part as a tuple, or `INVALID` after problems were reported."""
    plain = plain_paragraphs(text)
    if plain is None:
        return _marked_up(text, origin, reading, inline=True)
    if not plain:
        return reading.report_at(origin.place(0), *NO_TEXT)
    if len(plain) > 1:
        return reading.report_at(origin.place(plain[1][0]), *SECOND_PARAGRAPH)
    return (Span(plain[0][1]),)


def plain_paragraphs(text: str) -> list[tuple[int, str]] | None:
    """First line, from 0, and words of each paragraph; None where the text might hold markup."""
    if _MARKS.search(text):
        return None
    lines = text.split("\n")
    if any(map(_may_start_a_block, lines)):
        return None
    if len(lines) == 1:
        return [(0, text)] if text else []
    return _joined(lines)


def _pointed(text: str, origin: Origin, reading: Reading) -> tuple[Paragraph, ...]:
    """Plain paragraphs and after them one that is nothing but a link to the sidebar; empty for other texts.

    Nearly every interview with a sidebar has one such answer: it need not cost the library's start.
    """
    found = _POINTER.fullmatch(text)
    if found is None or SIDEBAR not in reading.targets:
        return ()
    before = found["before"] or ""
    plain = plain_paragraphs(before)
    if plain is None:
        return ()
    line = text.count("\n", 0, found.start("label"))
    pointer = Paragraph((Span(found["label"], href=SIDEBAR),), origin.place(line))
    return (*[Paragraph((Span(words),), origin.place(at)) for at, words in plain], pointer)


def _may_start_a_block(line: str) -> bool:
    if not line:
        return False
    first = line[0]
    if first == "#" and line.lstrip("#")[:1].isalnum():
        return line[-1].isspace()  # a tag; a heading has a space after its marks
    numbered = first in _DIGITS and line.lstrip(_DIGITS)[:1] in (".", ")")
    return numbered or first in _LINE_STARTS or first.isspace() or line[-1].isspace()


def _joined(lines: list[str]) -> list[tuple[int, str]]:
    paragraphs: list[tuple[int, str]] = []
    words: list[str] = []
    for number, line in enumerate([*lines, ""]):
        if line:
            words.append(line)
        elif words:
            paragraphs.append((number - len(words), " ".join(words)))
            words = []
    return paragraphs


def _marked_up(text: str, origin: Origin, reading: Reading, inline: bool) -> Any:
    reading.marked_up += len(text)
    if len(text) > MAX_MARKUP:
        message = f"a text with markup of more than {MAX_MARKUP} characters"
        return reading.report_at(origin.place(0), message, "split it into several entries")
    if reading.marked_up > MAX_MARKUP_IN_FILE:
        message = f"more than {MAX_MARKUP_IN_FILE} characters of text with markup in one file"
        return reading.report_at(origin.place(0), message, "split the file")
    from layout.manuscript.tokens import Walk

    definitions: dict[str, Any] = {}
    tokens = _parser().parse(text, definitions)
    walk = Walk(tokens, definitions, origin, reading)
    return walk.spans() if inline else walk.blocks()


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    # Links of every scheme must reach us, for those that are not allowed are errors and not text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser

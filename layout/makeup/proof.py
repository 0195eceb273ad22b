"""The proof read against the manuscript: every text of the interview stands on the pages, to the character."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from layout.ground.problems import Problem, Refused
from layout.makeup.page import Pages, Run, whole
from layout.manuscript.interview import Interview
from layout.manuscript.text import BlockQuote, CodeBlock, Inline, ListOfItems, Paragraph

UNPRINTED = ("keywords", "alt", "language", "format", "brand")
"""Fields that a page does not show: they go into the file's metadata and tags."""

OF_THEIR_OWN = ("speaker", "handle")
"""Roles of words inside a line that the source has as a text."""

OF_THE_HOUSE = ("masthead", "dateline", "jump")
"""Roles of words that are none of the source's: an interviewer may be called what the publication is."""


def bare(text: str) -> str:
    """A text without white space and soft hyphens, which setting is free to change."""
    return "".join(text.split()).replace("\u00ad", "").replace("\u200b", "")


def prove(interview: Interview, pages: Pages) -> None:
    """Compare what is to be said with what is placed; raises `Refused` for every text that is missing."""
    placed: dict[int, list[str]] = {}
    for page in pages.pages:
        for mark in page.marks:
            if isinstance(mark, Run) and mark.element >= 0:
                owner = whole(mark.element, pages.elements, OF_THEIR_OWN)
                placed.setdefault(owner, []).append(mark.text)
    left = Counter(
        bare("".join(parts))
        for element, parts in placed.items()
        if pages.elements[element].role not in OF_THE_HOUSE
    )
    missing: list[Inline | Paragraph | CodeBlock] = []
    composed: list[Inline | Paragraph | CodeBlock] = []
    for field, text in texts_of(interview):
        wanted = bare(text.text)
        if field not in _COMPOSED and left[wanted] > 0:
            left[wanted] -= 1
        elif wanted:
            (composed if field in _COMPOSED else missing).append(text)
    missing += _not_composed(composed, left, _house_lines(placed, pages))
    if missing:
        raise Refused([_lost(text) for text in sorted(missing, key=lambda text: text.place.line)])


def _house_lines(placed: dict[int, list[str]], pages: Pages) -> str:
    """The longer lines of the house in which words of the source stand."""
    roles = ("byline", "colophon", "speaker", "title")
    return " ".join(
        bare("".join(parts))
        for element, parts in placed.items()
        if pages.elements[element].role in roles
    )


def _not_composed(
    texts: list[Inline | Paragraph | CodeBlock], left: Counter[str], lines: str
) -> list[Inline | Paragraph | CodeBlock]:
    """Those that stand neither alone nor in a line of the house; each takes its place, the longest first."""
    missing = []
    for text in sorted(texts, key=lambda text: -len(bare(text.text))):
        wanted = bare(text.text)
        before, found, after = lines.partition(wanted)
        if left[wanted] > 0:
            left[wanted] -= 1
        elif found:
            lines = f"{before} {after}"
        else:
            missing.append(text)
    return missing


def _lost(text: Inline | Paragraph | CodeBlock) -> Problem:
    message = f"these words are on no page: {text.text[:60]!r}"
    return Problem(text.place, message, "this is a fault of the program: please report it")


_COMPOSED = frozenset(
    ("name", "role", "organisation", "handle", "interviewer", "publication", "publisher", "issue", "pages", "rights",
     "speaker")
)  # fmt: skip
"""Fields that are printed inside a longer line of the house."""


def texts_of(
    value: object, field: str = ""
) -> Iterator[tuple[str, Inline | Paragraph | CodeBlock]]:
    """Every text of a record that is to be printed, with the field it stands in, in order."""
    if isinstance(value, Inline | Paragraph | CodeBlock):
        yield field, value
    elif isinstance(value, ListOfItems):
        for item in value.items:
            yield from texts_of(item, field)
    elif isinstance(value, BlockQuote):
        yield from texts_of(value.blocks, field)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, field)
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name not in UNPRINTED:
                yield from texts_of(getattr(value, name), name if name != "blocks" else field)

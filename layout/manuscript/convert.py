"""What each kind of value asks of a node: the converters of the manuscript, and the records they read.

Another room that reads records of its own adds its converters to these:
`Records({**CONVERTERS, Colour: read_colour}, {})`.
"""

import os
from collections.abc import Callable
from typing import Any, Final

from msgspec import Meta

from layout.ground.problems import Place
from layout.manuscript.bounds import bounds_of
from layout.manuscript.interview import ENTRY_KINDS, Entry
from layout.manuscript.issue import PART_KINDS, PLACED_KINDS, Part, Placed
from layout.manuscript.markup import Origin, read_blocks, read_spans
from layout.manuscript.nodes import Node, Scalar
from layout.manuscript.plain import Converter, integer, text
from layout.manuscript.reading import INVALID, Reading
from layout.manuscript.records import Records
from layout.manuscript.text import File, Inline, LaterFile, PageNumber, Picture, Prose, Span, Words
from layout.manuscript.values import (
    ADDRESS,
    LANGUAGE,
    MAY_BE_EMPTY,
    MOST_PAGES,
    PAGE_RANGE,
    PUB_DATE,
    TEXT,
    Fault,
    address_fault,
    date_fault,
    language_fault,
    page_range_fault,
)

LONGEST_LINE: Final = 8_000
"""Characters of what is one line of thought: bookmarks and tags hold it as one string (ISO 19005-3, 6.1.13)."""


def _words_or_none(node: Node, key: str, reading: Reading) -> Any:
    found = text(node, key, reading)
    if found is INVALID or not isinstance(node, Scalar):
        return INVALID
    if len(found) > LONGEST_LINE:
        return _too_long(node, len(found), reading)
    line = found.rstrip("\n") if node.style in ("|", ">") else found
    if "\n" in line:
        return reading.report(
            node.line,
            node.column,
            "a line break where one line is meant",
            "write it on one line, or fold it with `>`",
        )
    return Words((Span(line),), Place(reading.file, node.line, node.column))


def _some_text(node: Node, key: str, reading: Reading) -> Any:
    found = text(node, key, reading)
    if found is not INVALID and not found.strip():
        hint = f"write it after `{key}:`, or take the key out" if key else "write it after `-`"
        return reading.report(node.line, node.column, "the text is empty", hint)
    return found


def _too_long(node: Node, length: int, reading: Reading) -> Any:
    message = (
        f"this has {length} characters, and {LONGEST_LINE} is the most for one line of thought"
    )
    return reading.report(
        node.line, node.column, message, "shorten it, or say it in an answer or a text"
    )


def _words(node: Node, key: str, reading: Reading) -> Any:
    return (
        INVALID if _some_text(node, key, reading) is INVALID else _words_or_none(node, key, reading)
    )


def _inline(node: Node, key: str, reading: Reading) -> Any:
    found = _some_text(node, key, reading)
    if found is INVALID or not isinstance(node, Scalar):
        return INVALID
    if len(found) > LONGEST_LINE:
        return _too_long(node, len(found), reading)
    spans = read_spans(found, _origin(node, reading), reading)
    return (
        INVALID if spans is INVALID else Inline(spans, Place(reading.file, node.line, node.column))
    )


def _prose(node: Node, key: str, reading: Reading) -> Any:
    found = _some_text(node, key, reading)
    if found is INVALID or not isinstance(node, Scalar):
        return INVALID
    blocks = read_blocks(found, _origin(node, reading), reading)
    return (
        INVALID if blocks is INVALID else Prose(blocks, Place(reading.file, node.line, node.column))
    )


def _origin(node: Scalar, reading: Reading) -> Origin:
    if node.content_column:
        return Origin(reading.file, node.line + 1, node.content_column, by_line=True)
    return Origin(reading.file, node.line, node.column)


def _checked(check: Callable[[str], Fault | None], *also: str) -> Converter:
    """A string kept as written, if `check` finds no fault; `also` names YAML's kinds taken as if in quotes."""

    def read(node: Node, key: str, reading: Reading) -> Any:
        plain = isinstance(node, Scalar) and node.tag in also
        found = node.text if plain and isinstance(node, Scalar) else _some_text(node, key, reading)
        if found is not INVALID and (fault := check(found)):
            return reading.report(node.line, node.column, *fault)
        return found

    return read


def _file(node: Node, key: str, reading: Reading) -> Any:
    from layout.manuscript import paths

    beside = os.path.dirname(os.path.abspath(reading.file))
    path = _found(node, key, reading, (beside, paths.tree_of(reading.file)))
    return INVALID if path is INVALID else File(path, Place(reading.file, node.line, node.column))


def _later_file(node: Node, key: str, reading: Reading) -> Any:
    """A file whose absence is told where it is needed; a name that no file may have is told at once."""
    from layout.manuscript import paths

    name = _some_text(node, key, reading)
    if name is INVALID:
        return INVALID
    beside = os.path.dirname(os.path.abspath(reading.file))
    path, fault = paths.find(name, reading.file, (beside, paths.tree_of(reading.file)))
    place = Place(reading.file, node.line, node.column)
    if fault and fault[0] != paths.ABSENT:
        return reading.report(node.line, node.column, *fault)
    return LaterFile(path or name, place, *(fault or ("", "")))


def _page_number(node: Node, key: str, reading: Reading) -> Any:
    found = integer(node, key, reading)
    if found is INVALID:
        return INVALID
    bounds = bounds_of(Meta(ge=1, le=MOST_PAGES))
    if bounds is not None and (fault := bounds(found)):
        return reading.report(node.line, node.column, *fault)
    return PageNumber(found, Place(reading.file, node.line, node.column))


def _picture(node: Node, key: str, reading: Reading) -> Any:
    path = _found(node, key, reading, (os.path.dirname(os.path.abspath(reading.file)),))
    if path is INVALID:
        return INVALID
    from layout.manuscript import pictures

    width, height, fault = pictures.measure(path)
    if fault:
        return reading.report(node.line, node.column, *fault)
    return Picture(path, Place(reading.file, node.line, node.column), width, height)


def _found(node: Node, key: str, reading: Reading, folders: tuple[str, ...]) -> Any:
    name = _some_text(node, key, reading)
    if name is INVALID:
        return INVALID
    from layout.manuscript import paths

    path, fault = paths.find(name, reading.file, folders)
    return reading.report(node.line, node.column, *fault) if fault else path


CONVERTERS: Final[dict[Any, Converter]] = {
    Words: _words,
    Inline: _inline,
    Prose: _prose,
    Picture: _picture,
    File: _file,
    LaterFile: _later_file,
    PageNumber: _page_number,
    MAY_BE_EMPTY: _words_or_none,
    TEXT: _some_text,
    LANGUAGE: _checked(language_fault),
    PUB_DATE: _checked(date_fault, "int", "timestamp", "float"),
    ADDRESS: _checked(address_fault),
    PAGE_RANGE: _checked(page_range_fault, "int"),
}
"""By type, or by the mark inside Annotated."""

RECORDS: Final = Records(CONVERTERS, {Entry: ENTRY_KINDS, Part: PART_KINDS, Placed: PLACED_KINDS})
"""Reads interviews and issues."""

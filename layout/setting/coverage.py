"""Characters that the brand's fonts do not have: named, placed, all of them at once."""

from collections.abc import Callable, Iterator
from typing import TypeVar
from unicodedata import category, name

from msgspec import Struct

from layout.ground.problems import Place, Problem, Refused
from layout.manuscript.interview import Interview
from layout.manuscript.text import BlockQuote, CodeBlock, Inline, ListOfItems, Paragraph
from layout.setting.looks import TypeCase
from layout.setting.shaping import MissingGlyph

T = TypeVar("T")

HINT = "take it out, or give the brand a font that has it: name the file under `fonts:`"


def covered(interview: Interview, case: TypeCase, work: Callable[[], T], file: str) -> T:
    """What `work` makes; raises `Refused` with every character that has no glyph where it meets one."""
    try:
        return work()
    except MissingGlyph as missing:
        problems = list(_missing(interview, case, file))
        if not problems:
            problems = [Problem(Place(file), _message(missing.character, missing.face.file), HINT)]
        raise Refused(problems) from None


def _missing(interview: Interview, case: TypeCase, file: str) -> Iterator[Problem]:
    """One problem for each character and line."""
    face = case.looks(interview.language).look("text").face
    seen: set[tuple[str, int]] = set()
    lines = _lines(file)
    for text in _texts(interview):
        for character in dict.fromkeys(text.text):
            if face.has(character) or category(character) in ("Cc", "Cf", "Zl", "Zp", "Zs"):
                continue
            place = _find(character, text.place, lines)
            if (character, place.line) not in seen:
                seen.add((character, place.line))
                yield Problem(place, _message(character, face.file), HINT)


def _message(character: str, file: str) -> str:
    return (
        f"{file} has no glyph for {character} (U+{ord(character):04X} {name(character, 'unnamed')})"
    )


def _find(character: str, place: Place, lines: list[str]) -> Place:
    """Where a character stands in its file: the first line from the text's own on that has it."""
    for number in range(max(place.line - 1, 0), len(lines)):
        column = lines[number].find(character)
        if column >= 0:
            return Place(place.file, number + 1, column + 1)
    return place


def _lines(file: str) -> list[str]:
    with open(file, encoding="utf-8-sig") as source:
        return source.read().split("\n")


def _texts(value: object) -> Iterator[Inline | Paragraph | CodeBlock]:
    """Every text of a record, in order."""
    if isinstance(value, Inline | Paragraph | CodeBlock):
        yield value
    elif isinstance(value, tuple | ListOfItems | BlockQuote):
        parts = (
            value
            if isinstance(value, tuple)
            else value.items
            if isinstance(value, ListOfItems)
            else value.blocks
        )
        for part in parts:
            yield from _texts(part)
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from _texts(getattr(value, field))

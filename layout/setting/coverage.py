"""Characters that the brand's fonts do not have: named, placed, all of them at once."""

from collections.abc import Callable, Iterator
from typing import TypeVar
from unicodedata import name

from msgspec import Struct

from layout.ground.problems import Place, Problem, Refused
from layout.manuscript import interview as records
from layout.manuscript.reading import in_file_order
from layout.manuscript.text import CodeBlock, Inline, Paragraph, Span
from layout.setting.looks import Look, Looks, TypeCase
from layout.setting.shaping import MissingGlyph

T = TypeVar("T")

HINT = "take it out, or give the brand a font that has it: name the file under `fonts:`"

PRINTED: dict[type[Struct], dict[str, str]] = {
    records.Interview: {
        "kicker": "kicker", "title": "title", "standfirst": "standfirst", "interviewer": "byline",
        "tagline": "tagline", "rights": "colophon", "disclaimer": "disclaimer",
    },
    records.Interviewee: {"name": "byline", "role": "byline", "organisation": "byline", "handle": "byline"},
    records.Portrait: {"credit": "credit"},
    records.Original: {"publication": "colophon", "publisher": "colophon", "issue": "colophon", "pages": "colophon"},
    records.Turn: {"question": "question", "answer": "text", "speaker": "speaker"},
    records.Heading: {"heading": "cross_head"},
    records.Narration: {"text": "narration"},
    records.PullQuote: {"pull_quote": "pull_quote", "attribution": "attribution"},
    records.Figure: {"caption": "caption", "credit": "credit"},
    records.Accounts: {"title": "sidebar_title", "intro": "sidebar_intro"},
    records.Account: {"handle": "handle", "name": "account_name", "about": "about"},
}  # fmt: skip
"""The style that each text is set in; what is not here is not printed."""


def covered(interview: records.Interview, case: TypeCase, work: Callable[[], T], file: str) -> T:
    """What `work` makes; raises `Refused` with every character that has no glyph where it meets one."""
    try:
        return work()
    except MissingGlyph as missing:
        problems = in_file_order(list(_missing(interview, case, file, missing.character)))
        if not problems:
            problems = [Problem(Place(file), _message(missing.character, missing.face.file), HINT)]
        raise Refused(problems) from None


def _missing(
    interview: records.Interview, case: TypeCase, file: str, met: str
) -> Iterator[Problem]:
    """One problem for each character and line; `met` is one that has no glyph for certain."""
    from layout.setting.mixed import passed_over

    looks = case.looks(interview.language)
    seen: set[tuple[str, int]] = set()
    lines = _lines(file)
    for text, place, style in _texts(interview, ""):
        for span in text:
            look = looks.of_span(style, span)
            if look.face.sets(span.text):
                continue
            for missing in _lacking(span.text, met, look, looks):
                at = _find(missing.character, place, lines)
                if (missing.character, at.line) not in seen:
                    seen.add((missing.character, at.line))
                    message = _message(missing.character, look.face.file)
                    passed = [problem.message for problem in passed_over(missing, look, looks)]
                    yield Problem(at, "; ".join((message, *passed)), _hint(missing.script))


def _lacking(text: str, met: str, look: Look, looks: Looks) -> list[MissingGlyph]:
    """What no face has of a text, `met` included, which is sure to have no glyph."""
    from layout.setting.mixed import missing_from

    found = missing_from(text, look, looks)
    known = {missing.character for missing in found}
    if met in text and met not in known and not look.face.has(met):
        found.append(MissingGlyph(met, look.face))
    return found


def _hint(script: str) -> str:
    """What to do about a character of a script."""
    from layout.house.companions import package_of

    package = package_of(script) if script else ""
    return f"install the fonts of the package {package}, or {HINT}" if package else HINT


def _message(character: str, file: str) -> str:
    shown = f"{character} " if character.isprintable() else ""
    return f"{file} has no glyph for {shown}(U+{ord(character):04X} {name(character, 'unnamed')})"


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


Text = tuple[tuple[Span, ...], Place, str]
"""Spans, where they begin, and the style they are set in."""


def _texts(value: object, style: str) -> Iterator[Text]:
    """Every text of a record that is printed."""
    if isinstance(value, Inline | Paragraph):
        if style:
            yield value.spans, value.place, style
    elif isinstance(value, CodeBlock):
        if style:
            yield (Span(value.text),), value.place, "code"
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, style)
    elif isinstance(value, Struct):
        styles = PRINTED.get(type(value))
        for field in value.__struct_fields__:
            inner = style if styles is None else styles.get(field, "")
            yield from _texts(getattr(value, field), inner)

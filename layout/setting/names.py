"""The interviewee's name where the text says it: found before setting, for brands that set it in small capitals."""

import re
from typing import Any

from msgspec.structs import replace

from layout.manuscript.interview import Figure, Interview, Narration, Turn
from layout.manuscript.text import BlockQuote, ListOfItems, Paragraph, Prose, Span

WAYS: dict[type, tuple[str, ...]] = {
    Interview: ("standfirst", "interview"),
    Turn: ("answer",),
    Narration: ("text",),
    Figure: ("caption",),
    Prose: ("blocks",),
    BlockQuote: ("blocks",),
    ListOfItems: ("items",),
}
"""Where running text is."""


def with_names_marked(interview: Interview) -> Interview:
    """The interview in which the whole name of who answers is a span of its own wherever running text has it.

    Nothing is marked in code, in addresses, or where the name is part of a longer word or handle.
    """
    person = interview.interviewee
    if person is None:
        return interview
    name = r"\s+".join(map(re.escape, person.name.text.split()))
    marked: Interview = _marked(interview, re.compile(rf"(?<![\w@#./-])({name})(?![\w@/]|\.\w)"))
    return marked


def _marked(value: Any, name: re.Pattern[str]) -> Any:
    if isinstance(value, tuple):
        return tuple([_marked(part, name) for part in value])
    if isinstance(value, Paragraph):
        return replace(value, spans=tuple([s for span in value.spans for s in _parts(span, name)]))
    ways = WAYS.get(type(value), ())
    return (
        replace(value, **{it: _marked(getattr(value, it), name) for it in ways}) if ways else value
    )


def _parts(span: Span, name: re.Pattern[str]) -> list[Span]:
    """A span parted where the name begins and ends."""
    if span.code:
        return [span]
    texts = name.split(span.text)
    parts = [replace(span, text=text, name=number % 2 == 1) for number, text in enumerate(texts)]
    return [part for part in parts if part.text] or [span]

"""Large type that stands ragged: an opening quotation mark hangs outside, so that the letters stand in line."""

from collections.abc import Sequence

from msgspec.structs import replace

from layout.manuscript.text import Span
from layout.setting.galley import shifted
from layout.setting.looks import Looks
from layout.setting.settings import SetLine

_MARKS = "\"'\u2018\u201a\u201b\u201c\u201e\u201f\u2039\u00ab\u203a\u00bb"
_FIXED = ("\u00a0", "\u202f", "\u2009")


def hang_of(spans: Sequence[Span], style: str, looks: Looks) -> float:
    """How far the mark that a text begins with hangs by its style, in points; 0.0 where none does."""
    own = looks.brand.styles[style]
    opening = _opening(spans[0].text) if spans and own.align == "left" else ""
    return own.hang * looks.of_span(style, spans[0]).measure(opening) if opening else 0.0


def _opening(text: str) -> str:
    """Quotation marks that a text begins with, in whatever language, and the fixed space after them."""
    end = len(text) - len(text.lstrip(_MARKS))
    spaced = text.startswith(_FIXED, end) or (
        text[end - 1 : end] in "\u00ab\u2039" and text[end : end + 1] == " "
    )
    return text[: end + 1] if end and spaced else text[:end]


def hung(lines: Sequence[SetLine], hang: float) -> list[SetLine]:
    """The lines with the first one that far outside."""
    return [_moved(line, -hang) for line in lines[:1]] + list(lines[1:]) if hang else list(lines)


def hung_inside(lines: Sequence[SetLine], hang: float) -> list[SetLine]:
    """The lines with all but the first that far in: for where there is no room outside."""
    return [*lines[:1], *(_moved(line, hang) for line in lines[1:])] if hang else list(lines)


def _moved(line: SetLine, x: float) -> SetLine:
    return replace(line, marks=shifted(line.marks, x, 0.0))

"""What the tests of setting share: type of the built-in brand, and lines measured from their runs alone."""

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from layout.house.brand import Brand
from layout.house.brands import read_brand
from layout.manuscript.text import Span
from layout.setting.hyphens import hyphenator
from layout.setting.looks import Look, Looks, TypeCase
from layout.setting.marks import Mark, Run, Tint
from layout.setting.paragraph import Setter
from layout.setting.settings import SetLine

SHY, NBSP, THIN, ZWSP = "\u00ad", "\u00a0", "\u202f", "\u200b"


@cache
def focus() -> Brand:
    return read_brand(None, "interview.yaml").brand


@cache
def case() -> TypeCase:
    return TypeCase(focus())


def looks(language: str = "en") -> Looks:
    return case().looks(language)


def look(style: str, **flags: bool) -> Look:
    return looks().look(style, **flags)


def setter(language: str = "en") -> Setter:
    return Setter(looks(language), hyphenator)


@cache
def setter_with(style: str, **changes) -> Setter:
    """A setter whose brand has one style changed."""
    styles = {**focus().styles, style: replace(focus().styles[style], **changes)}
    return Setter(Looks(replace(focus(), styles=styles), "en"), hyphenator)


def set_text(text: str | Sequence[Span], measure: float, style: str = "text", **options) -> list[SetLine]:  # fmt: skip
    spans = [Span(text)] if isinstance(text, str) else text
    return setter().set_spans(spans, style, measure, 7, **options)


def runs(line: SetLine | Sequence[Mark]) -> list[Run]:
    marks = line.marks if isinstance(line, SetLine) else line
    return [mark for mark in marks if isinstance(mark, Run)]


def text_of(lines: Sequence[SetLine]) -> str:
    """The characters as a reader of the page meets them: soft hyphens dropped, white space folded."""
    written = "".join(run.text for line in lines for run in runs(line))
    return " ".join(written.replace(SHY, "").split())


def line_texts(lines: Sequence[SetLine]) -> list[str]:
    """What each line says, its soft hyphen shown and its trailing space left out."""
    return ["".join(run.text for run in runs(line)).rstrip(" ") for line in lines]


def said(spans: str | Sequence[Span]) -> str:
    """The same of a source."""
    text = spans if isinstance(spans, str) else "".join(" " if s.text == "\n" else s.text for s in spans)  # fmt: skip
    return " ".join(text.replace(SHY, "").split())


def length(run: Run, pieces: Sequence | None = None) -> float:
    """How long a run is on paper: every piece, its tracking, and the stretch of its spaces."""
    return sum(
        piece.width * run.size / 1000 * run.scale + run.tracking * piece.letters + run.stretch * piece.is_space
        for piece in (run.pieces if pieces is None else pieces)
    )  # fmt: skip


def right_end(line: SetLine) -> float:
    """Where the last word of a line, or the sign after it, ends: the trailing space left out."""
    found = runs(line)
    if not found:
        return 0.0
    last = found[-1]
    pieces = last.pieces[:-1] if last.pieces[-1].text == " " else last.pieces
    signs = [mark.x + mark.width for mark in line.marks if isinstance(mark, Tint)]
    # Where letters give, none of the letterspace stands after the last one.
    spread = last.tracking if last.scale != 1 else 0.0
    return max(last.x + length(last, pieces) - spread, *signs, 0.0)


def hangs(line: SetLine) -> tuple[float, float]:
    """How far the first and the last sign of a line may hang over its ends."""
    found = runs(line)
    last = found[-1].text.rstrip(" ")[-1:]
    return hang(found[0], found[0].text[0])[0], hang(found[-1], last)[1]


def hang(run: Run, sign: str) -> tuple[float, float]:
    """The same of one sign in the look of a run."""
    for style in ("text", "narration"):
        for strong in (False, True):
            for emphasis in (False, True):
                candidate = look(style, strong=strong, emphasis=emphasis)
                if candidate.face is run.face and candidate.size == run.size:
                    return candidate.hang(candidate.shaper.hyphen if sign == SHY else sign)
    code = look("text", code=True)
    return code.hang(code.shaper.hyphen if sign == SHY else sign)

"""YAML's own complaints in plain English, each with the way out; loaded only when there is one.

The wordings matched are those of libyaml and of PyYAML's own scanner and parser, which differ.
"""

import re
from typing import Any, Final

from layout.manuscript.reading import quoted

Explained = tuple[int, int, str, str]
"""Line and column from 1 (0 where there is none), message, hint."""

_QUOTE_IT: Final = "put the text in quotes, or on lines of its own below `|`"
_LOOK: Final = "look at the indentation and the quotes around here"
_ALIGN: Final = "start the keys of one entry in the same column"
_TAB: Final = ("a tab in the indentation", "indent with spaces")

_KEY_AND_QUOTED: Final = re.compile(r"""^[\s-]*(?:[\w ]+:\s+)?(['"\[{])""")
_SECOND_COLON: Final = re.compile(r"^[\s-]*[^\s#].*?:\s.*\S")


def explain(error: Any, text: str) -> Explained:
    """Where and what is wrong by a `yaml.YAMLError` raised while `text` was parsed."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    mark: Any = getattr(error, "problem_mark", None)
    opened: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return 0, 0, f"this is not YAML: {problem}", ""
    for wording, describe in _DESCRIPTIONS:
        if wording in problem:
            mark = opened if wording in _AT_ITS_OPENING else mark
            line = _line(text, mark.line)
            return mark.line + 1, mark.column + 1, *describe(line, mark.column, context)
    return mark.line + 1, mark.column + 1, f"this is not YAML: {problem}", _LOOK


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number + 1)
    return lines[number] if number < len(lines) else ""


def _colon(line: str, column: int, context: str) -> tuple[str, str]:
    before = line[:column]
    if "\t" in before[: len(before) - len(before.lstrip())]:
        return _TAB
    if _SECOND_COLON.match(before):
        return "a second `: ` in one line", _QUOTE_IT
    return (
        "a key where the text above is still going on",
        f"{_ALIGN}; if this is text, put it below `|`",
    )


def _character(line: str, column: int, context: str) -> tuple[str, str]:
    character = line[column : column + 1]
    if character == "\t" or "\t" in line[: len(line) - len(line.lstrip())]:
        return _TAB
    shown = "a backtick" if character == "`" else quoted(character)
    text = line[column:].strip()
    plain = len(text) <= 30 and ": " not in text and not set(text) & set('"\\')
    return (
        f"a value cannot start with {shown}",
        f'put it in quotes: "{text}"' if plain else "put it in quotes",
    )


def _name(line: str, column: int, context: str) -> tuple[str, str]:
    mark = "&" if "anchor" in context else "*"
    return f"a value cannot start with `{mark}`", "put it in quotes"


def _end_of_quote(line: str, column: int, context: str) -> tuple[str, str]:
    quote = line[column : column + 1]
    return f"the text that starts with {quote} here never ends", f"close it with {quote}"


def _no_colon(line: str, column: int, context: str) -> tuple[str, str]:
    return "this line has no `: `", "indent it to continue the text above, or write `key: value`"


def _after_value(line: str, column: int, context: str) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _TAB
    found = _KEY_AND_QUOTED.match(line[:column])
    if found is None:
        return "this line is not indented like those around it", _ALIGN
    mark = found.group(1)
    if mark == "'":
        return "text after a closing '", "double a ' that belongs to the text: 'it''s'"
    if mark == '"':
        return 'text after a closing "', 'write \\" for a quote that belongs to the text'
    return (
        f"text after a closing {']' if mark == '[' else '}'}",
        f"text that starts with `{mark}` needs quotes",
    )


def _unclosed(line: str, column: int, context: str) -> tuple[str, str]:
    mark, closing = ("[", "]") if "sequence" in context else ("{", "}")
    return (
        f"the `{mark}` here is not closed",
        f"text that starts with `{mark}` needs quotes; otherwise add `{closing}`",
    )


def _dash(line: str, column: int, context: str) -> tuple[str, str]:
    return "expected another entry that starts with `- `", "indent what belongs to the entry above"


def _list_beside_key(line: str, column: int, context: str) -> tuple[str, str]:
    return (
        "a list cannot start beside its key",
        "put `- ` on a line of its own, or the text in quotes",
    )


def _escape(line: str, column: int, context: str) -> tuple[str, str]:
    start = column - (line[column - 1 : column] == "\\")  # PyYAML points behind the backslash
    return (
        f"{quoted(line[start : start + 2])} is no escape in double quotes",
        "write \\\\ for a backslash, or use single quotes",
    )


def _surrogate(line: str, column: int, context: str) -> tuple[str, str]:
    return "this escape is no character", "write the character itself"


def _tab(line: str, column: int, context: str) -> tuple[str, str]:
    return _TAB


def _nothing_there(line: str, column: int, context: str) -> tuple[str, str]:
    character = line[column : column + 1]
    if not character:
        return "a value is missing here", "write it, or take the key out"
    return f"a value cannot start with {quoted(character)}", "put it in quotes"


def _beside_bar(line: str, column: int, context: str) -> tuple[str, str]:
    return "text beside `|` or `>`", "start the text on the next line, or put it in quotes"


def _question_mark(line: str, column: int, context: str) -> tuple[str, str]:
    return "a value cannot start with `?` and a space", "put it in quotes"


def _tag(line: str, column: int, context: str) -> tuple[str, str]:
    return "a value cannot start with `!`", "put it in quotes"


_DESCRIPTIONS: Final = (
    ("mapping values are not allowed", _colon),
    ("cannot start any token", _character),
    ("expected alphabetic or numeric character", _name),
    ("unexpected end of stream", _end_of_quote),
    ("unexpected document", _end_of_quote),
    ("could not find expected ':'", _no_colon),
    ("did not find expected key", _after_value),
    ("expected <block end>", _after_value),
    ("did not find expected ',' or", _unclosed),
    ("expected ',' or", _unclosed),
    ("did not find expected '-' indicator", _dash),
    ("sequence entries are not allowed", _list_beside_key),
    ("unknown escape character", _escape),
    ("invalid Unicode character escape", _surrogate),
    ("tab character", _tab),
    ("did not find expected node content", _nothing_there),
    ("expected the node content", _nothing_there),
    ("expected comment or line break", _beside_bar),
    ("expected a comment or a line break", _beside_bar),
    ("expected chomping or indentation", _beside_bar),
    ("mapping keys are not allowed", _question_mark),
    ("expected tag URI", _tag),
    ("expected URI", _tag),
)  # fmt: skip

_AT_ITS_OPENING: Final = {
    "expected alphabetic or numeric character",
    "unexpected end of stream",
    "unexpected document",
    "could not find expected ':'",
    "did not find expected ',' or",
    "expected ',' or",
}
"""These are noticed long after the place that an editor must look at."""

"""The plain kinds of value: text, numbers, truth, one word of several; and how a wrong kind is reported."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from layout.manuscript.nodes import Node, Scalar, Sequence, value
from layout.manuscript.reading import INVALID, MAX_SHOWN, Reading, did_you_mean, quoted

Converter = Callable[[Node, str, Reading], Any]
"""From a node, its key (empty in a list) and the reading to a value, or to `INVALID` after a report."""

_FOUND: Final = {
    "str": "text", "int": "a number", "float": "a number", "bool": "a true/false value",
    "null": "nothing", "timestamp": "a date",
}  # fmt: skip

_WAYS_OUT: Final = {
    "a list": "start each entry on a line of its own with `- `",
    "keys and values": "write its keys on lines of their own below `{}`",
    "a true/false value": "write true or false",
}


def text(node: Node, key: str, reading: Reading) -> Any:
    """The characters of a text, which may be none; anything that YAML takes for something else is reported."""
    if node.__class__ is Scalar and node.tag == "str":
        return node.text
    return wrong(node, "text", key, reading)


def wrong(node: Node, expected: str, key: str, reading: Reading) -> Any:
    """Reports that a node is not what its key asks for, and returns `INVALID`."""
    if isinstance(node, Scalar) and node.tag == "broken":
        return INVALID
    found = kind_of(node)
    if isinstance(node, Scalar) and node.tag == "float":
        found = quoted(node.text)  # "expected a whole number, found a number" would say nothing
    return reading.report(
        node.line, node.column, f"expected {expected}, found {found}", _way_out(node, expected, key)
    )


def kind_of(node: Node) -> str:
    """What a node is, in an editor's words."""
    if isinstance(node, Scalar):
        return _FOUND.get(node.tag, "text")
    return "a list" if isinstance(node, Sequence) else "keys and values"


def listed(words: Iterable[str], last: str) -> str:
    """Words in a row: `` `a`, `b` or `c` `` where `last` is "or"."""
    *most, end = [f"`{word}`" for word in words]
    return f"{', '.join(most)} {last} {end}" if most else end


def _way_out(node: Node, expected: str, key: str) -> str:
    before = f"{key}:" if key else "-"
    if isinstance(node, Scalar) and node.tag == "null" and not node.text:
        return f"write it after `{before}`, or take the key out" if key else "write it after `-`"
    if expected == "text":
        return _as_text(node, before)
    if expected.endswith(" number") and isinstance(node, Scalar) and _resembles_number(node.text):
        return f"take the quotes away: `{before} {node.text}`" if node.style else ""
    if expected == "keys and values" and not key:
        return "write `key: value`"
    return _WAYS_OUT.get(expected, "").format(before)


def _as_text(node: Node, before: str) -> str:
    if not isinstance(node, Scalar):
        return "text that holds `: ` or starts with `[`, `{` or `- ` needs quotes"
    short = len(node.text) <= MAX_SHOWN
    return f'put it in quotes: `{before} "{node.text}"`' if short else "put it in quotes"


def _resembles_number(characters: str) -> bool:
    short = len(characters) <= MAX_SHOWN
    return short and characters.lstrip("+-").replace(".", "", 1).isdecimal()


def integer(node: Node, key: str, reading: Reading) -> Any:
    """A whole number."""
    return _constructed(node, ("int",), "a whole number", key, reading)


def truth(node: Node, key: str, reading: Reading) -> Any:
    """True or false."""
    return _constructed(node, ("bool",), "a true/false value", key, reading)


def number(node: Node, key: str, reading: Reading) -> Any:
    """A finite float, also where a whole number is written."""
    found = _constructed(node, ("int", "float"), "a number", key, reading)
    if found is INVALID:
        return INVALID
    try:
        finite = float(found)
    except OverflowError:
        finite = float("inf")
    if finite - finite != 0:  # infinite, or not a number
        return reading.report(node.line, node.column, "expected a finite number")
    return finite


def _constructed(
    node: Node, tags: tuple[str, ...], expected: str, key: str, reading: Reading
) -> Any:
    if not isinstance(node, Scalar) or node.tag not in tags:
        return wrong(node, expected, key, reading)
    try:
        return value(node)
    except ValueError:
        return reading.report(node.line, node.column, f"{quoted(node.text)} is not {expected}")


def choice(values: tuple[Any, ...]) -> Converter:
    """One of a few strings or whole numbers."""
    known = {str(value): value for value in values}
    tags = {str(value): type(value).__name__ for value in values}
    expected = listed(known, "or")

    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Scalar) or node.tag == "broken":
            return wrong(node, expected, key, reading)
        word = node.text
        if word not in known:
            shown = quoted(word) if word else "nothing"
            hint = did_you_mean(word, list(known)) if len(known) > 1 else ""
            return reading.report(
                node.line, node.column, f"expected {expected}, found {shown}", hint
            )
        if tags[word] != node.tag:
            change = "put it in quotes" if tags[word] == "str" else "take the quotes away"
            message = f"expected {expected}, found {kind_of(node)}"
            return reading.report(node.line, node.column, message, change)
        return known[word]

    return read

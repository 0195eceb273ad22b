"""YAML text to a small tree that remembers places: safe and bounded whatever the file holds.

The parser's events are taken one by one and nothing recurses, so no nesting can exhaust a stack.
Scalars resolve as PyYAML's safe loader resolves them (YAML 1.1); see `yaml.resolver`.
"""

from typing import Any, Final

import yaml
from msgspec import Struct

from layout.manuscript.nodes import CORE, MAX_NUMBER, Mapping, Node, Scalar, Sequence
from layout.manuscript.reading import Reading, code_point, quoted, unprintable

MAX_DEPTH: Final = 32
"""Levels of lists and mappings inside each other; format 1 needs five."""
MAX_ALIASES: Final = 1000
"""Aliases (`*name`) in one file."""
MAX_NODES: Final = 250_000
"""Values in one file, each counted as often as aliases repeat it."""

_SCALAR_TAGS: Final = {"str", "int", "float", "bool", "null", "timestamp"}
_RESOLVERS: Final[dict[str, Any]] = yaml.SafeLoader.yaml_implicit_resolvers
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(text: str, reading: Reading) -> Node | None:
    """The tree of a YAML text; None where it cannot be had. Problems go to `reading`."""
    builder = _Builder(text, reading)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return None
    except yaml.YAMLError as error:
        from layout.manuscript.syntax import explain

        reading.report(*explain(error, text))
        return None
    if builder.root is None or _is_nothing(builder.root):
        reading.report(1, 1, "the file is empty", "an interview starts with `format: 1`")
        return None
    return builder.root


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.tag == "null" and not node.text


class _Stop(Exception):
    """Raised when a problem was reported after which the rest of the file makes no sense."""


class _Open(Struct):
    """A collection that is being filled: `size` counts values within, `height` levels within."""

    node: Sequence | Mapping
    anchor: str | None
    size: int = 1
    height: int = 1
    key: Scalar | None = None
    merges: "list[Mapping] | None" = None


class _Builder:
    def __init__(self, text: str, reading: Reading) -> None:
        self.text = text
        self.reading = reading
        self.root: Node | None = None
        self.documents = 0
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int, int] | None] = {}
        self.aliases = 0
        self.nodes = 0
        self.lines: list[str] | None = None

    def take(self, event: Any) -> None:
        kind = event.__class__
        if kind is yaml.ScalarEvent:
            self.scalar(event)
        elif kind is yaml.MappingStartEvent:
            self.start(event, Mapping({}, *_start(event)), "map")
        elif kind is yaml.SequenceStartEvent:
            self.start(event, Sequence([], *_start(event)), "seq")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.end()
        elif kind is yaml.AliasEvent:
            self.alias(event)
        elif kind is yaml.DocumentStartEvent:
            self.document(event)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop(
                event,
                "a second document starts here",
                "a file holds one document: take out the line `---`",
            )

    def scalar(self, event: Any) -> None:
        text, style, mark = event.value, event.style or "", event.start_mark
        line, column = mark.line + 1, mark.column + 1
        if event.tag in (None, "!") and event.implicit[0]:
            tag = _resolve(text)
        else:
            tag = self.explicit_tag(event, _SCALAR_TAGS, "str")
        node = Scalar(text, tag, style, line, column)
        if style == '"' and (bad := next(unprintable(text), None)):
            message = f"the escaped character {code_point(bad[1])} cannot be printed"
            self.reading.report(line, column, message, "take the escape out")
            node.tag = "broken"
        elif style == "|":
            node.content_column = self.content_column(line)
        self.count(event, 1)
        if event.anchor is not None:
            self.remember(event, (node, 1, 0))
        self.add(node, 1, 0)

    def start(self, event: Any, node: Sequence | Mapping, tag: str) -> None:
        self.explicit_tag(event, {tag}, tag)
        self.count(event, 1)
        if len(self.open) >= MAX_DEPTH:
            self.too_deep(event)
        self.remember(event, None)
        self.open.append(_Open(node, event.anchor))

    def end(self) -> None:
        done = self.open.pop()
        if done.merges and isinstance(done.node, Mapping):
            own, done.node.pairs = done.node.pairs, {}
            for merged in done.merges:
                done.node.pairs.update(merged.pairs)
            done.node.pairs.update(own)
        if done.anchor is not None:
            self.anchors[done.anchor] = (done.node, done.size, done.height)
        self.add(done.node, done.size, done.height)

    def alias(self, event: Any) -> None:
        name = event.anchor
        if name not in self.anchors:
            shown = quoted("*" + name)
            self.stop(
                event,
                f"{shown} repeats nothing in this file",
                "text that starts with `*` needs quotes",
            )
        target = self.anchors[name]
        if target is None:
            self.stop(
                event, f"{quoted('*' + name)} stands inside what it repeats", "write the value out"
            )
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            self.stop(event, f"more than {MAX_ALIASES} aliases", "write the values out")
        assert target is not None
        node, size, height = target
        self.count(event, size)
        if len(self.open) + height > MAX_DEPTH:
            self.too_deep(event)
        self.add(node, size, height)

    def add(self, node: Node, size: int, height: int) -> None:
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        top.size += size
        if height >= top.height:
            top.height = height + 1
        parent = top.node
        if isinstance(parent, Sequence):
            parent.items.append(self.as_value(node))
        elif top.key is None:
            top.key = self.as_key(node)
        else:
            key, top.key = top.key, None
            self.pair(top, parent, key, node)

    def pair(self, top: _Open, mapping: Mapping, key: Scalar, node: Node) -> None:
        if key.tag == "merge":
            self.merge(top, node)
        elif key.tag == "broken":
            return
        elif (first := mapping.pairs.get(key.text)) is not None:
            message = f"the key {quoted(key.text)} appears twice"
            self.reading.report(
                key.line, key.column, message, f"the first one is in line {first[0].line}"
            )
        else:
            mapping.pairs[key.text] = (key, self.as_value(node))

    def merge(self, top: _Open, node: Node) -> None:
        nodes = node.items if isinstance(node, Sequence) else [node]
        found = [item for item in nodes if isinstance(item, Mapping)]
        if len(found) < len(nodes):
            self.reading.report(
                node.line,
                node.column,
                "`<<` takes in keys and values only",
                "name a mapping's anchor",
            )
        top.merges = (top.merges or []) + found[::-1]  # the first of a list wins, as in safe_load

    def as_key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            if node.tag == "value":  # a plain `=`: text where it is a key, as in safe_load
                node.tag = "str"
            return node
        self.reading.report(
            node.line,
            node.column,
            "a key must be a word",
            "text that starts with `{` or `[` needs quotes",
        )
        return Scalar("", "broken", "", node.line, node.column)

    def as_value(self, node: Node) -> Node:
        if isinstance(node, Scalar) and node.tag in ("value", "merge"):
            hint = f'put it in quotes: "{node.text}"'
            self.reading.report(
                node.line, node.column, f"`{node.text}` alone has a special meaning in YAML", hint
            )
            node.tag = "broken"
        return node

    def explicit_tag(self, event: Any, known: set[str], default: str) -> str:
        tag = event.tag
        if tag is None or tag == "!":
            return default
        short = tag.removeprefix(CORE)
        if short != tag and short in known:
            return str(short)
        shown = quoted("!!" + short if short != tag else tag)
        line, column = _start(event)
        self.reading.report(
            line,
            column,
            f"the tag {shown} is not known here",
            "text that starts with `!` needs quotes",
        )
        return "broken"

    def remember(self, event: Any, target: tuple[Node, int, int] | None) -> None:
        if event.anchor is None:
            return
        if event.anchor in self.anchors:
            self.stop(
                event,
                f"the anchor {quoted('&' + event.anchor)} appears twice",
                "give it another name",
            )
        self.anchors[event.anchor] = target

    def count(self, event: Any, size: int) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            self.stop(event, f"more than {MAX_NODES} values", "split the file")

    def too_deep(self, event: Any) -> None:
        self.stop(
            event,
            f"more than {MAX_DEPTH} levels inside each other",
            "text that starts with `[` or `{` needs quotes",
        )

    def stop(self, event: Any, message: str, hint: str) -> None:
        line, column = _start(event)
        self.reading.report(line, column, message, hint)
        raise _Stop

    def content_column(self, line: int) -> int:
        if self.lines is None:
            self.lines = self.text.split("\n")
        for number in range(line, len(self.lines)):
            content = self.lines[number]
            if text := content.lstrip(" \r"):
                return len(content) - len(text) + 1
        return 1


def _start(event: Any) -> tuple[int, int]:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _resolve(text: str) -> str:
    if len(text) > MAX_NUMBER:
        return "str"
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return str(tag).removeprefix(CORE)
    return "str"

"""A tree of YAML nodes to frozen records by their annotations, reporting every problem on the way.

`Records(converters, kinds).read(node, RecordType, reading) -> RecordType | None` is the whole of it. The
annotations it knows: str, int, float (which takes an int), bool, Literal, tuple[T, ...], tuple[T, U],
dict[str, T], T | None, other records, and Annotated with msgspec's Meta. Whatever else a field may be
comes with a converter: a function from a node, the key it stands under and the reading to a value or
`INVALID`, registered under the type itself or under a mark inside Annotated. No type is looked into
before a file needs it, and none twice.
"""

from collections.abc import Mapping as Table
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from layout.manuscript.bounds import Bounds, bounds_of
from layout.manuscript.nodes import Mapping, Node, Scalar, Sequence
from layout.manuscript.plain import (
    Converter,
    choice,
    integer,
    kind_of,
    listed,
    number,
    text,
    truth,
    wrong,
)
from layout.manuscript.reading import INVALID, Reading, did_you_mean, quoted

R = TypeVar("R", bound=Struct)


class Records:
    """Reads records: `converters` by type or mark; `kinds` by base type: which key marks which record."""

    def __init__(
        self, converters: Table[Any, Converter], kinds: Table[type, Table[str, type[Struct]]]
    ) -> None:
        self._converters = converters
        self._kinds = kinds
        self._made: dict[type, Converter] = {str: text, int: integer, float: number, bool: truth}
        self._fields: dict[type, tuple[dict[str, Converter], list[str]]] = {}

    def read(self, node: Node, record: type[R], reading: Reading) -> R | None:
        """The record that a node holds, or None when a problem of it was reported to `reading`."""
        found = self.converter(record)(node, "", reading)
        return None if found is INVALID else found

    def converter(self, kind: Any) -> Converter:
        """The converter of an annotation, made on first use; raises TypeError for one that is not known."""
        if isinstance(kind, type) and get_origin(kind) is None:
            if kind in self._converters:
                return self._converters[kind]
            if kind not in self._made:
                self._made[kind] = self._of_type(kind)
            return self._made[kind]
        return self._of_form(kind)

    def fields(self, record: type[Struct]) -> tuple[dict[str, Converter], list[str]]:
        """The converters of a record's keys, and the keys that must be there; made on first use."""
        if record not in self._fields:
            keys, forms = record.__struct_encode_fields__, _annotations(record)
            names = zip(keys, record.__struct_fields__, strict=True)
            table = {key: self.converter(forms[name]) for key, name in names}
            defaults = record.__struct_defaults__  # of the last fields
            defaults = (NODEFAULT,) * (len(keys) - len(defaults)) + defaults
            needed = zip(keys, defaults, strict=True)
            self._fields[record] = table, [key for key, it in needed if it is NODEFAULT]
        return self._fields[record]

    def _of_type(self, kind: type) -> Converter:
        if kind in self._kinds:
            return _one_of(self._kinds[kind], self)
        if issubclass(kind, Struct):
            return _record(kind, self)
        raise TypeError(f"no converter for {kind!r}")

    def _of_form(self, kind: Any) -> Converter:
        form, inner = get_origin(kind), get_args(kind)
        if form is Annotated:
            return self._annotated(inner[0], kind.__metadata__)
        if form is Literal:
            return choice(inner)
        if form is tuple:
            return (
                _list(self.converter(inner[0]))
                if inner[1:] == (...,)
                else _row(tuple(map(self.converter, inner)))
            )
        if form is dict and inner[0] is str:
            return _table(self.converter(inner[1]))
        if form in (Union, UnionType) and len(inner) == 2 and type(None) in inner:
            return _optional(self.converter(inner[inner[0] is type(None)]))
        raise TypeError(f"no converter for {kind!r}")

    def _annotated(self, kind: Any, notes: tuple[Any, ...]) -> Converter:
        for note in notes:
            if not isinstance(note, Meta) and note in self._converters:
                return self._converters[note]
        converter = self.converter(kind)
        for note in notes:
            if isinstance(note, Meta) and (bounds := bounds_of(note)):
                converter = _bounded(converter, bounds)
        return converter


def _annotations(record: type[Struct]) -> dict[str, Any]:
    """The annotations of a record's fields; msgspec would take each apart in case something in it is a name."""
    found: dict[str, Any] = {}
    for kind in reversed(record.__mro__):
        if issubclass(kind, Struct):
            found |= getattr(kind, "__annotations__", {})
    if any(isinstance(form, str) for form in found.values()):
        return {it.name: it.type for it in fields(record)}
    return found


def _optional(converter: Converter) -> Converter:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if node.__class__ is Scalar and node.tag == "null":
            return None
        return converter(node, key, reading)

    return read


def _list(converter: Converter) -> Converter:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Sequence):
            return wrong(node, "a list", key, reading)
        items = tuple([converter(item, "", reading) for item in node.items])
        return INVALID if any(item is INVALID for item in items) else items

    return read


def _row(converters: tuple[Converter, ...]) -> Converter:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Sequence):
            return wrong(node, "a list", key, reading)
        if len(node.items) != len(converters):
            message = f"expected {len(converters)} entries, found {len(node.items)}"
            return reading.report(node.line, node.column, message)
        items = tuple(
            [read(item, "", reading) for read, item in zip(converters, node.items, strict=True)]
        )
        return INVALID if any(item is INVALID for item in items) else items

    return read


def _table(converter: Converter) -> Converter:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Mapping):
            return wrong(node, "keys and values", key, reading)
        table = {}
        for name, (key_node, inner) in node.pairs.items():
            table[name] = converter(inner, name, reading)
            if key_node.tag not in ("str", "broken"):
                message = f"YAML takes the key {quoted(name)} for {kind_of(key_node)}"
                table[name] = reading.report(
                    key_node.line, key_node.column, message, f'put it in quotes: `"{name}":`'
                )
        return INVALID if any(item is INVALID for item in table.values()) else table

    return read


def _bounded(converter: Converter, bounds: Bounds) -> Converter:
    def read(node: Node, key: str, reading: Reading) -> Any:
        found = converter(node, key, reading)
        if found is not INVALID and found is not None and (fault := bounds(found)):
            return reading.report(node.line, node.column, *fault)
        return found

    return read


def _one_of(kinds: Table[str, type[Struct]], records: Records) -> Converter:
    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Mapping):
            return wrong(node, "keys and values", key, reading)
        marks = [mark for mark in kinds if mark in node.pairs]
        if len(marks) == 1:
            return records.converter(kinds[marks[0]])(node, key, reading)
        if marks:
            message = f"an entry with {listed(marks, 'and')} at once"
            return reading.report(node.line, node.column, message, "start a new entry with `- `")
        near = (did_you_mean(name, list(kinds)) for name in list(node.pairs)[:20])
        hint = next(filter(None, near), f"an entry has exactly one of {listed(kinds, 'and')}")
        return reading.report(
            node.line, node.column, f"an entry without {listed(kinds, 'or')}", hint
        )

    return read


def _record(record: type[Struct], records: Records) -> Converter:
    # A key may be a word that Python keeps for itself: its field then has another name.
    coded = zip(record.__struct_encode_fields__, record.__struct_fields__, strict=True)
    renamed = {key: name for key, name in coded if key != name}

    def read(node: Node, key: str, reading: Reading) -> Any:
        if not isinstance(node, Mapping):
            return wrong(node, "keys and values", key, reading)
        table, required = records.fields(record)
        before = len(reading.problems)
        values = {}
        for name, (key_node, inner) in node.pairs.items():
            if name in table:
                values[name] = table[name](inner, name, reading)
            else:
                _report_unknown(key_node, table, node, reading)
        for name in required:
            if name not in values:
                _report_missing(name, key, node, reading)
        sound = len(reading.problems) == before and INVALID not in values.values()
        if not sound:
            return INVALID
        for key_name in renamed.keys() & values.keys():
            values[renamed[key_name]] = values.pop(key_name)
        return record(**values)

    return read


def _report_unknown(key: Scalar, table: Table[str, Any], node: Mapping, reading: Reading) -> None:
    if key.tag == "broken":
        return
    free = [name for name in table if name not in node.pairs]
    hint = did_you_mean(key.text, free) or f"the keys known here are {', '.join(table)}"
    reading.report(key.line, key.column, f"unknown key {quoted(key.text)}", hint)


def _report_missing(name: str, key: str, node: Mapping, reading: Reading) -> None:
    where = f" in `{key}`" if key else ""
    reading.report(
        node.line, node.column, f"the key `{name}` is missing{where}", f"add a line `{name}: …`"
    )

"""The formats as JSON Schema 2020-12, made from the same records that the reader walks.

`schema_of(Record, title, forms, kinds)` makes the schema of any room's record. `forms` says how a type,
or a mark inside Annotated, is written in YAML where that is not what its fields say:
`{Words: Annotated[str, Meta(min_length=1)]}`.
"""

from collections.abc import Mapping as Table
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct, defstruct, field
from msgspec.json import schema_components
from msgspec.structs import FieldInfo, fields

from layout.manuscript.interview import ENTRY_KINDS, Entry, Interview
from layout.manuscript.issue import PART_KINDS, PLACED_KINDS, Issue, Part, Placed
from layout.manuscript.text import File, Inline, LaterFile, PageNumber, Picture, Prose, Words
from layout.manuscript.values import (
    ADDRESS,
    ADDRESS_PATTERN,
    DATE_PATTERN,
    LANGUAGE,
    LANGUAGE_PATTERN,
    MAY_BE_EMPTY,
    MOST_PAGES,
    PAGE_RANGE,
    PAGES_PATTERN,
    PUB_DATE,
    TEXT,
)

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]
Forms = Table[Any, Any]
Kinds = Table[type, Table[str, type[Struct]]]


def _text(description: str) -> Any:
    return Annotated[str, Meta(pattern=r"\S", description=description)]


FORMS: Final[Forms] = {
    Words: _text("plain text on one line"),
    Inline: _text("text with CommonMark's inline marks: *emphasis*, **strong**, `code`, links"),
    Prose: _text("CommonMark: paragraphs, lists, block quotes and the inline marks"),
    Picture: _text("the path of a JPEG or PNG file, relative to this file"),
    File: _text("the path of a file, relative to this file"),
    LaterFile: _text("the path of a file, relative to this file"),
    PageNumber: Annotated[int, Meta(ge=1, le=MOST_PAGES)],
    TEXT: _text("text"),
    MAY_BE_EMPTY: str,
    LANGUAGE: Annotated[str, Meta(pattern=LANGUAGE_PATTERN)],
    ADDRESS: Annotated[str, Meta(pattern=ADDRESS_PATTERN)],
    # YAML takes a bare year or page for a number; the reader takes it as it is written.
    PUB_DATE: Annotated[str, Meta(pattern=DATE_PATTERN)] | Annotated[int, Meta(ge=1000, le=9999)],
    PAGE_RANGE: Annotated[str, Meta(pattern=PAGES_PATTERN)]
    | Annotated[int, Meta(ge=1, le=MOST_PAGES)],
}
"""How the manuscript's types and marks are written."""

KINDS: Final[Kinds] = {Entry: ENTRY_KINDS, Part: PART_KINDS, Placed: PLACED_KINDS}
"""Types that stand for one of several records."""


def json_schema(kind: Literal["interview", "issue"]) -> Schema:
    """The schema of a source of this kind."""
    record: type[Struct] = Interview if kind == "interview" else Issue
    return schema_of(record, f"{record.__name__}, format 1")


def schema_of(
    record: type[Struct], title: str, forms: Forms = FORMS, kinds: Kinds = KINDS
) -> Schema:
    """The schema of a record: every field titled, described as in its annotation, and no other keys allowed."""
    plain = _Plain(forms, kinds)
    plain.record(record)
    _, components = schema_components(plain.made.values(), ref_template="#/$defs/{name}")
    definitions = dict(components)
    for definition in definitions.values():
        for name, written in definition.get("properties", {}).items():
            written.setdefault("title", name.replace("_", " "))
    for base in kinds.keys() & plain.made.keys():
        table = kinds[base]
        refs = [{"$ref": f"#/$defs/{kind.__name__}"} for kind in table.values()]
        definitions[base.__name__] = {"description": _doc(base), "anyOf": refs}
    root = definitions.pop(record.__name__)
    parts = _reachable(root, definitions)
    return {"$schema": DIALECT, **root, "title": title, "$defs": parts}


class _Plain:
    """Makes records whose fields are as they are written: msgspec describes those and not ours."""

    def __init__(self, forms: Forms, kinds: Kinds) -> None:
        self.forms = forms
        self.kinds = kinds
        self.made: dict[type, type[Struct]] = {}

    def record(self, record: type[Struct]) -> type[Struct]:
        if record not in self.made:
            for kind in self.kinds.get(record, {}).values():
                self.record(kind)
            self.made[record] = defstruct(
                record.__name__,
                [(it.encode_name, self.annotation(it.type), _default(it)) for it in fields(record)],
                namespace={"__doc__": _doc(record)},
                kw_only=True,
                forbid_unknown_fields=True,
            )
        return self.made[record]

    def annotation(self, kind: Any) -> Any:
        form, inner = get_origin(kind), get_args(kind)
        if form is Annotated:
            notes = kind.__metadata__
            marks = [note for note in notes if not isinstance(note, Meta) and note in self.forms]
            base = self.forms[marks[0]] if marks else self.annotation(inner[0])
            return Annotated[(base, *(note for note in notes if isinstance(note, Meta)))]
        if form in (Union, UnionType):
            return Union[tuple(map(self.annotation, inner))]  # noqa: UP007 - made at run time
        if form in (tuple, dict):
            return form[tuple(it if it is ... else self.annotation(it) for it in inner)]
        if kind in self.forms:
            return self.forms[kind]
        return self.record(kind) if isinstance(kind, type) and issubclass(kind, Struct) else kind


def _default(info: FieldInfo) -> Any:
    if info.default_factory is not NODEFAULT:
        return field(default_factory=info.default_factory)
    return field(default=info.default) if info.default is not NODEFAULT else NODEFAULT


def _reachable(root: Schema, definitions: dict[str, Schema]) -> dict[str, Schema]:
    """The definitions that the root refers to, and those that they refer to, by name."""
    found: dict[str, Schema] = {}
    waiting: list[Any] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix("#/$defs/")
            if name and name not in found:
                found[name] = definitions[name]
                waiting.append(definitions[name])
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return dict(sorted(found.items()))


def _doc(record: type[Struct]) -> str:
    return (record.__doc__ or "").split("\n", 1)[0]

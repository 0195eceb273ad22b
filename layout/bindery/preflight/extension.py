"""The extension schemas in XMP metadata, which describe what PDF/A-3 does not know (6.6.2.3.2, 6.6.2.3.3)."""

from typing import Any, Final

from layout.bindery.claims import EXTENSION, FIELD, PROPERTY, SCHEMA, TYPE
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import NOWHERE
from layout.bindery.preflight.schemas import Name, kind_of
from layout.bindery.preflight.xmp import Property, field, field_words, fields, items, value_of

Kinds = dict[Name, str]
"""Kinds of properties."""

_PARTS: Final = {
    SCHEMA: "schema namespaceURI prefix property valueType",
    PROPERTY: "name valueType category description",
    TYPE: "type namespaceURI prefix description field",
    FIELD: "name valueType description",
}
"""What descriptions consist of."""
_TEXTS: Final = {
    SCHEMA: ("schema", "namespaceURI", "prefix"),
    PROPERTY: ("name", "valueType", "category", "description"),
    TYPE: ("type", "namespaceURI", "prefix", "description"),
    FIELD: ("name", "valueType", "description"),
}
"""What they must have."""
_PREFIXES: Final = {
    SCHEMA: "pdfaSchema",
    PROPERTY: "pdfaProperty",
    TYPE: "pdfaType",
    FIELD: "pdfaField",
}


def described(case: Case, properties: list[Property]) -> Kinds:
    """The properties that extension schemas describe, with findings for what these lack."""
    found: Kinds = {}
    for each in properties:
        if each.space == EXTENSION and each.name == "schemas":
            if each.shape != "Bag" or each.prefix != "pdfaExtension":
                case.add(
                    "xmp-extension",
                    NOWHERE,
                    f"{each.prefix}:schemas is no bag pdfaExtension:schemas",
                )
            for schema in items(each.node):
                found |= _schema(case, schema)
    return found


def _schema(case: Case, schema: Any) -> Kinds:
    space = _texts(case, schema, SCHEMA, "a schema")["namespaceURI"]
    added = set()
    for each in _listed(case, schema, SCHEMA, "valueType", space):
        texts = _texts(case, each, TYPE, space)
        added.add(texts["type"].lower())
    for each in _listed(case, schema, SCHEMA, "valueType", space):
        for part in _listed(case, each, TYPE, "field", space):
            _kind(case, _texts(case, part, FIELD, space), added)
    found: Kinds = {}
    for each in _listed(case, schema, SCHEMA, "property", space):
        texts = _texts(case, each, PROPERTY, space)
        found[space, texts["name"]] = _kind(case, texts, added)
        if texts["category"] not in ("", "internal", "external"):
            case.add("xmp-extension", NOWHERE, f"{texts['name']} is {texts['category']}")
    return found


def _texts(case: Case, node: Any, space: str, of: str) -> dict[str, str]:
    """The texts of a description; all that must be there, and nothing else."""
    texts = {name: field_words(node, space, name) for name in _TEXTS[space]}
    of = texts.get("name") or texts.get("namespaceURI") or of
    for name in (name for name, text in texts.items() if not text):
        case.add("xmp-extension", NOWHERE, f"{of} lacks {_PREFIXES[space]}:{name}")
    for each in fields(node):
        if each.namespaceURI != space or each.localName not in _PARTS[space].split():
            case.add("xmp-extension", NOWHERE, f"{of} has {each.nodeName}")
        elif each.prefix != _PREFIXES[space]:
            case.add("xmp-extension", NOWHERE, f"{each.nodeName} of {of} is not {_PREFIXES[space]}")
    return texts


def _listed(case: Case, node: Any, space: str, name: str, of: str) -> list[Any]:
    """The items of a part that is a Seq."""
    found = field(node, space, name)
    if found is None:
        return []
    if value_of(found)[0] != "Seq":
        case.add("xmp-extension", NOWHERE, f"{found.nodeName} of {of} is no Seq")
    return items(found) if found.nodeType == found.ELEMENT_NODE else []


def _kind(case: Case, texts: dict[str, str], added: set[str]) -> str:
    """The kind a property or a field is said to be of; that of an added type is not looked at."""
    written = texts["valueType"].lower()
    kind = kind_of(written)
    if kind is None and written and written.rpartition(" ")[2] not in added:
        case.add("xmp-extension", NOWHERE, f"{texts['name']} is of the unknown type {written}")
    return kind or ""

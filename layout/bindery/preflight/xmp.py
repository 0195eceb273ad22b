"""An XMP packet (ISO 16684-1) to properties, and the extension schemas that describe some of them."""

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.parsers.expat import ExpatError

from msgspec import Struct

from layout.bindery.claims import DocumentType, packet_tree

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML: Final = "http://www.w3.org/XML/1998/namespace"
_XMLNS: Final = "http://www.w3.org/2000/xmlns/"

_PACKET: Final = re.compile(r"<\?xpacket\s+begin=([^?]*)\?>")


class Property(Struct, frozen=True):
    """A property: its namespace, prefix and name, the values it has, and the shape they have.

    The shape is `Alt`, `Bag`, `Seq`, `Struct` or `Text`.
    """

    space: str
    prefix: str
    name: str
    shape: str
    values: tuple[str, ...]
    node: Any


class Unreadable(ValueError):
    """Raised where a packet is no XMP that may be read."""


def read(packet: bytes) -> list[Property]:
    """The properties of a packet; document types and entities are not read at all."""
    try:
        tree = packet_tree(packet)
    except DocumentType as error:
        raise Unreadable("it has a document type") from error
    except (ExpatError, ValueError, LookupError, RecursionError) as error:
        raise Unreadable("it is no XML") from error
    roots = tree.getElementsByTagNameNS(RDF, "RDF")
    if not roots:
        raise Unreadable("it has no rdf:RDF")
    return [found for each in elements(roots[0]) for found in _described(each)]


def packet_attributes(packet: bytes) -> list[str]:
    """Of `bytes` and `encoding`, those the packet's header states."""
    found = _PACKET.search(packet.decode("utf-8", "replace"))
    return [
        name for name in ("bytes", "encoding") if found and re.search(rf"\b{name}\s*=", found[1])
    ]


def elements(node: Any) -> list[Any]:
    """The elements directly inside a node."""
    return [each for each in node.childNodes if each.nodeType == each.ELEMENT_NODE]


def words(node: Any) -> str:
    """The characters of a node."""
    if node.nodeType in (node.TEXT_NODE, node.CDATA_SECTION_NODE):
        return str(node.data)
    return "".join(words(each) for each in node.childNodes)


def _described(description: Any) -> Iterator[Property]:
    for attribute in _own(description):
        yield Property(
            attribute.namespaceURI, attribute.prefix or "", attribute.localName, "Text",
            (attribute.value,), attribute,
        )  # fmt: skip
    for element in elements(description):
        shape, values = value_of(element)
        yield Property(
            element.namespaceURI or "", element.prefix or "", element.localName, shape, values, element
        )  # fmt: skip


def _own(element: Any) -> Iterator[Any]:
    """The attributes of an element that are properties or fields, and not RDF's own."""
    for attribute in element.attributes.values():
        if attribute.namespaceURI not in (RDF, XML, _XMLNS, None):
            yield attribute


def fields(node: Any) -> Iterator[Any]:
    """The fields of a structure, elements and attributes."""
    if node.nodeType != node.ELEMENT_NODE:
        return
    yield from _own(node)
    for inner in elements(node):
        if inner.namespaceURI == RDF and inner.localName == "Description":
            yield from fields(inner)
        else:
            yield inner


def value_of(element: Any) -> tuple[str, tuple[str, ...]]:
    """The shape of a value and the strings in it."""
    if element.nodeType == element.ATTRIBUTE_NODE:
        return "Text", (str(element.value),)
    inner = elements(element)
    if (
        len(inner) == 1
        and inner[0].namespaceURI == RDF
        and inner[0].localName in ("Alt", "Bag", "Seq")
    ):
        return inner[0].localName, tuple(words(item).strip() for item in elements(inner[0]))
    is_resource = element.getAttributeNS(RDF, "parseType") == "Resource" or any(_own(element))
    if inner or is_resource or element.hasAttributeNS(RDF, "resource"):
        return ("Struct" if inner or is_resource else "Text"), ()
    return "Text", (words(element).strip(),)


def field(node: Any, space: str, name: str) -> Any:
    """A field of a structure: an element or an attribute, or None."""
    for each in elements(node):
        if each.namespaceURI == space and each.localName == name:
            return each
    for inner in elements(node):
        if inner.namespaceURI == RDF and inner.localName == "Description":
            return field(inner, space, name)
    return node.getAttributeNodeNS(space, name) if node.attributes else None


def items(node: Any) -> list[Any]:
    """The items of the array in a node."""
    return (
        [item for array in elements(node) for item in elements(array)] if node is not None else []
    )


def field_words(node: Any, space: str, name: str) -> str:
    """The characters of a field, or ""."""
    found = field(node, space, name)
    if found is None:
        return ""
    return str(found.value) if found.nodeType == found.ATTRIBUTE_NODE else words(found).strip()

"""What a file says of itself that no longer holds once pages made elsewhere stand in it.

A claim to a standard (PDF/A, PDF/UA, PDF/X, PDF/VT, PDF/E), tags that do not cover every page, an
output intent of some pages only and a signature are withdrawn; everything else is kept.
"""

from collections.abc import Iterator
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from msgspec import Struct
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from layout.bindery.body import Stream, dictionary
from layout.bindery.foreign import Opened
from layout.ground.problems import Problem

STANDARDS = {
    "http://www.aiim.org/pdfa/ns/id/": "PDF/A",
    "http://www.aiim.org/pdfua/ns/id/": "PDF/UA",
    "http://www.npes.org/pdfx/ns/id/": "PDF/X",
    "http://www.npes.org/pdfvt/ns/id/": "PDF/VT",
    "http://www.aiim.org/pdfe/ns/id/": "PDF/E",
    "http://pdfa.org/declarations/": "PDF declarations",
}
"""The namespaces whose properties claim a standard."""
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
"""Describes such properties to validators of PDF/A; of no use without them."""
CATALOGUE = {
    "/StructTreeRoot": "tags",
    "/MarkInfo": "tags",
    "/OutputIntents": "output intent",
    "/Perms": "signature",
    "/DSS": "signature",
    "/Legal": "signature",
}
"""Entries of the catalogue (ISO 32000-1, table 28) that speak for all pages."""
X_KEYS = ("/GTS_PDFXVersion", "/GTS_PDFXConformance")


class Bound(Struct, frozen=True):
    """A finished file, and a warning for each thing that could not come with it."""

    pdf: bytes
    notes: tuple[Problem, ...] = ()


def note(opened: Opened, message: str, hint: str = "") -> Problem:
    """A warning about one of the files."""
    return Problem(opened.place, message, hint, "warning")


def plain_metadata(opened: Opened) -> tuple[Stream | None, list[str]]:
    """The catalogue's XMP without claims, and the standards it claimed.

    A packet that claims nothing stays as it is, byte for byte; one that cannot be read is left out.
    """
    metadata = opened.item(opened.root, "/Metadata")
    if not isinstance(metadata, StreamObject):
        return None, []
    entries = {"/Type": NameObject("/Metadata"), "/Subtype": NameObject("/XML")}
    try:
        shown, claims = _without_claims(metadata.get_data())
    except (ExpatError, ValueError, PyPdfError):
        return None, []
    return Stream(dictionary(entries), shown), claims


def _without_claims(packet: bytes) -> tuple[bytes, list[str]]:
    if b"<!" in packet.replace(b"<!--", b""):
        raise ValueError("XMP has no document type and no entities")
    tree = minidom.parseString(packet.strip(b"\0"))  # noqa: S318  # expat, and no entities
    claims = set(_strip(tree.documentElement))
    if not claims:
        return packet, []
    return "".join(node.toxml() for node in tree.childNodes).encode(), sorted(claims)


def _strip(element: Any) -> Iterator[str]:
    """Take claims out from under an XML element, and tell what they are."""
    for key, space in [(each.name, each.namespaceURI) for each in element.attributes.values()]:
        if space in STANDARDS:
            element.removeAttribute(key)
            yield STANDARDS[space]
    for child in [each for each in element.childNodes if each.nodeType == each.ELEMENT_NODE]:
        space = child.namespaceURI
        if space in STANDARDS or space == EXTENSION:
            element.removeChild(child)
        else:
            yield from _strip(child)
        if space in STANDARDS:
            yield STANDARDS[space]


def plain_info(opened: Opened) -> tuple[DictionaryObject, list[str]]:
    """The document information without claims (14.3.3), and the standards it claimed."""
    info = opened.item(opened.reader.trailer, "/Info")
    if not isinstance(info, DictionaryObject):
        return DictionaryObject(), []
    kept = DictionaryObject({key: value for key, value in info.items() if key not in X_KEYS})
    return kept, ["PDF/X"] if len(kept) < len(info) else []


def main_notes(opened: Opened, claims: list[str], is_signed: bool) -> Iterator[Problem]:
    """What was withdrawn of the file that the others came into."""
    if claims:
        listed = " and ".join(sorted(set(claims)))
        hint = "check the new file before it goes where the standard is asked for"
        yield note(opened, f"{opened.name} claims {listed}; the new file does not", hint)
    lost = [CATALOGUE[key] for key in CATALOGUE if opened.item(opened.root, key) is not None]
    if is_signed:
        lost.append("signature")
    for each in dict.fromkeys(lost):
        yield note(opened, f"the {each} of {opened.name} cannot hold for all pages: left out")


def guest_notes(opened: Opened) -> Iterator[Problem]:
    """What did not come along from a file whose pages went into another."""
    form: Any = opened.item(opened.root, "/AcroForm")
    names: Any = opened.item(opened.root, "/Names")
    if opened.item(opened.root, "/StructTreeRoot") is not None:
        yield note(opened, f"the tags of {opened.name} are left out")
    if isinstance(form, DictionaryObject) and opened.item(form, "/Fields"):
        yield note(opened, f"the form fields of {opened.name} can be seen, but not filled in")
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        yield note(opened, f"the scripts of {opened.name} are left out")

"""What a file says of itself that no longer holds once pages made elsewhere stand in it.

A claim to a standard (PDF/A, PDF/UA, PDF/X, PDF/VT, PDF/E), an output intent of some pages only and
a signature are withdrawn; everything else is kept. Claims stand if whoever binds will check them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError, ParserCreate

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from layout.bindery.annots import Sorted
from layout.bindery.body import Stream, dictionary
from layout.bindery.foreign import Opened
from layout.bindery.tagtree import TagTree
from layout.bindery.unpacking import Damaged
from layout.ground.problems import Problem

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFX = "http://www.npes.org/pdfx/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
"""Describes properties to validators of PDF/A; of no use without them."""
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
TYPE = "http://www.aiim.org/pdfa/ns/type#"
FIELD = "http://www.aiim.org/pdfa/ns/field#"
STANDARDS = {
    PDFA: "PDF/A",
    PDFUA: "PDF/UA",
    PDFX: "PDF/X",
    "http://www.npes.org/pdfvt/ns/id/": "PDF/VT",
    "http://www.aiim.org/pdfe/ns/id/": "PDF/E",
    "http://pdfa.org/declarations/": "PDF declarations",
}
"""The namespaces whose properties claim a standard."""
SIGNED = ("/Perms", "/DSS", "/Legal")
"""Entries of the catalogue (ISO 32000-1, table 28) that speak of a signed file, byte for byte."""
X_KEYS = ("/GTS_PDFXVersion", "/GTS_PDFXConformance")


class Bound(Struct, frozen=True):
    """A finished file, and a warning for each thing that could not come with it."""

    pdf: bytes
    notes: tuple[Problem, ...] = ()


def note(opened: Opened, message: str, hint: str = "") -> Problem:
    """A warning about one of the files."""
    return Problem(opened.place, message, hint, "warning")


def plain_metadata(opened: Opened, kept: Sequence[str] = ()) -> tuple[Stream | None, list[str]]:
    """The catalogue's XMP without claims but for standards that are `kept`, and those it claimed besides.

    A packet that claims nothing stays as it is, byte for byte; one that cannot be read is left out.
    """
    metadata = opened.item(opened.root, "/Metadata")
    if not isinstance(metadata, StreamObject):
        return None, []
    entries = {"/Type": NameObject("/Metadata"), "/Subtype": NameObject("/XML")}
    try:
        shown, claims = _without_claims(opened.data_of(metadata), kept)
    except (ExpatError, ValueError, LookupError, RecursionError, Damaged):
        return None, []
    return Stream(dictionary(entries), shown), claims


LARGEST = 1 << 21
"""Bytes of a packet; real ones have some thousands."""
MOST = 20_000
"""Elements and attributes in one."""


class DocumentType(ValueError):
    """Raised where a packet has a document type: XMP has none, and no entities."""


def packet_tree(packet: bytes) -> Any:
    """An XMP packet as a document; raises DocumentType, or ExpatError and others where it is no XML.

    Expat itself tells where a document type begins, before any entity is taken in: a search for it
    would find those in comments and CDATA, and miss those in other encodings.
    """
    if len(packet) > LARGEST:
        raise ValueError("too large")
    data = packet.strip(b"\0 \t\r\n")
    left = MOST

    def count(_: str, attributes: Mapping[str, str]) -> None:
        nonlocal left
        left -= 1 + len(attributes)
        if left < 0:
            raise ValueError("too many elements")

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = count
    parser.Parse(data, True)
    return minidom.parseString(data)  # noqa: S318  # expat, and no entities


def stated(opened: Opened) -> frozenset[str]:
    """What a file claims in its XMP metadata, such as PDF/A-3a; nothing where that cannot be read.

    Call it inside `reading()`.
    """
    metadata = opened.item(opened.root, "/Metadata")
    if not isinstance(metadata, StreamObject):
        return frozenset()
    try:
        said = dict(_properties(packet_tree(opened.data_of(metadata)).documentElement))
    except (ExpatError, ValueError, LookupError, RecursionError, Damaged):
        return frozenset()
    part, level = said.get((PDFA, "part"), ""), said.get((PDFA, "conformance"), "")
    found = [f"PDF/A-{part}{level.lower()}"] if part else []
    found += [f"PDF/UA-{said[PDFUA, 'part']}"] if (PDFUA, "part") in said else []
    found += [said[PDFX, "GTS_PDFXVersion"]] if (PDFX, "GTS_PDFXVersion") in said else []
    others = {space for space, _ in said if space in STANDARDS} - {PDFA, PDFUA, PDFX}
    return frozenset([*found, *[STANDARDS[space] for space in others]])


def _properties(element: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """The properties under an element that claim standards, by namespace and name, with their values."""
    for each in element.attributes.values():
        if each.namespaceURI in STANDARDS:
            yield (each.namespaceURI, each.localName), each.value.strip()
    for child in [each for each in element.childNodes if each.nodeType == each.ELEMENT_NODE]:
        if child.namespaceURI in STANDARDS:
            text = "".join(it.data for it in child.childNodes if it.nodeType == it.TEXT_NODE)
            yield (child.namespaceURI, child.localName), text.strip()
        if child.namespaceURI != EXTENSION:
            yield from _properties(child)


def _refuse_document_type(*_: object) -> None:
    raise DocumentType


def _without_claims(packet: bytes, kept: Sequence[str]) -> tuple[bytes, list[str]]:
    tree = packet_tree(packet)
    left = {space: name for space, name in STANDARDS.items() if name not in kept}
    claims = set(_strip(tree.documentElement, left))
    if not claims:
        return packet, []
    return "".join(node.toxml() for node in tree.childNodes).encode(), sorted(claims)


def _strip(element: Any, standards: Mapping[str, str]) -> Iterator[str]:
    """Take claims to standards, by their namespaces, out from under an XML element, and tell what they are."""
    for key, space in [(each.name, each.namespaceURI) for each in element.attributes.values()]:
        if space in standards:
            element.removeAttribute(key)
            yield standards[space]
    for child in [each for each in element.childNodes if each.nodeType == each.ELEMENT_NODE]:
        space = child.namespaceURI
        if space in standards or space == EXTENSION:
            element.removeChild(child)
        else:
            yield from _strip(child, standards)
        if space in standards:
            yield standards[space]


def plain_info(opened: Opened) -> tuple[DictionaryObject, list[str]]:
    """The document information without claims (14.3.3), and the standards it claimed."""
    info = opened.item(opened.reader.trailer, "/Info")
    if not isinstance(info, DictionaryObject):
        return DictionaryObject(), []
    kept = DictionaryObject({key: value for key, value in info.items() if key not in X_KEYS})
    return kept, ["PDF/X"] if len(kept) < len(info) else []


def archive_intents(opened: Opened) -> dict[bytes, Any]:
    """The output intents for PDF/A, unresolved, by their profiles (14.11.5); none for one unreadable."""
    found: dict[bytes, Any] = {}
    intents = opened.item(opened.root, "/OutputIntents")
    for each in intents if isinstance(intents, ArrayObject) else ():
        entries = opened.resolve(each)
        if isinstance(entries, DictionaryObject) and opened.item(entries, "/S") == "/GTS_PDFA1":
            profile = opened.item(entries, "/DestOutputProfile")
            if isinstance(profile, StreamObject):
                found.setdefault(_decoded(opened, profile), each)
    found.pop(b"", None)
    return found


def _decoded(opened: Opened, stream: StreamObject) -> bytes:
    try:
        return opened.data_of(stream)
    except Damaged:
        return b""


def is_withdrawal(problem: Problem, opened: Opened) -> bool:
    """Whether a note says that a file's claims were withdrawn, without the reason."""
    return problem.message.startswith(f"{opened.name} claims ")


def main_notes(opened: Opened, claims: Sequence[str], lost: Sequence[str]) -> Iterator[Problem]:
    """What was withdrawn of the file that the others came into."""
    if claims:
        listed = " and ".join(sorted(set(claims)))
        hint = "check the new file before it goes where the standard is asked for"
        yield note(opened, f"{opened.name} claims {listed}; the new file does not", hint)
    for each in lost:
        yield note(opened, f"the {each} of {opened.name} cannot hold for all pages: left out")


def opened_notes(opened: Opened) -> Iterator[Problem]:
    """What a new file does not have of one whose objects came into it, whole as they are."""
    if opened.is_encrypted:
        hint = "encrypt it again, for instance with qpdf, where it must be"
        yield Problem(
            opened.place, f"{opened.name} is encrypted; the new file is not", hint, "note"
        )


def guest_notes(opened: Opened, signed: bool) -> Iterator[Problem]:
    """What did not come along from a file whose pages went into another; `signed` says that a signature did not."""
    if signed or any(key in opened.root for key in SIGNED):
        yield note(opened, f"the signature of {opened.name} cannot hold for all pages: left out")


def paper_notes(opened: Opened, pages: Mapping[int, Sorted]) -> Iterator[Problem]:
    """What became of the annotations of pages in a file that has none."""
    hint = "a file for the press has none"
    painted = sum(len(each.painted) for each in pages.values())
    if painted:
        what = "1 annotation" if painted == 1 else f"{painted} annotations"
        became = "is content of its page" if painted == 1 else "are content of their pages"
        message = f"{what} of {opened.name} {became} now, form fields included"
        yield Problem(opened.place, message, hint, "note")
    if any(each.gone for each in pages.values()):
        message = f"the links and other annotations of {opened.name} are left out"
        yield Problem(opened.place, message, hint, "note")
    bare = {page + 1: each.bare for page, each in sorted(pages.items()) if each.bare}
    if bare:
        count = sum(bare.values())
        what = "1 annotation" if count == 1 else f"{count} annotations"
        message = (
            f"{what} of {opened.name} cannot be printed, first on page {min(bare)}: no appearance"
        )
        yield note(
            opened, message, "fill in and save the file with a program that makes appearances"
        )


def tag_notes(opened: Opened, tree: TagTree, is_tagged: bool) -> Iterator[Problem]:
    """What the tags of a file could not give to the whole, which has tags or not (`is_tagged`)."""
    if tree.is_lost:
        yield note(opened, f"the tags of {opened.name} are left out")
    elif is_tagged and not tree.elements:
        hint = "export it again as tagged PDF (PDF/UA)"
        message = f"{opened.name} is not tagged: its pages say nothing to a screen reader"
        yield note(opened, message, hint)

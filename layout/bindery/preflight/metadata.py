"""The XMP metadata: what it claims, its title, and whether every property in it is known (6.6)."""

import re
from collections import Counter
from typing import Final

from pypdf.generic import StreamObject

from layout.bindery.claims import EXTENSION, PDFA, PDFUA
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.extension import Kinds, described
from layout.bindery.preflight.findings import NOWHERE
from layout.bindery.preflight.rules import LEVEL
from layout.bindery.preflight.schemas import DC, KINDS, PDF, XMP, fault_of
from layout.bindery.preflight.xmp import Property, Unreadable, packet_attributes, read

INFO: Final = (
    ("/Title", DC, "title"), ("/Author", DC, "creator"), ("/Subject", DC, "description"),
    ("/Keywords", PDF, "Keywords"), ("/Creator", XMP, "CreatorTool"), ("/Producer", PDF, "Producer"),
    ("/CreationDate", XMP, "CreateDate"), ("/ModDate", XMP, "ModifyDate"),
)  # fmt: skip
"""What the document information says again (ISO 19005-1, table 1, which the later parts build on)."""


def of_catalogue(case: Case) -> list[Property] | None:
    """The properties of the whole file, among them its title; None where they cannot be read."""
    stream = case.stream(case.root, "/Metadata")
    kind = case.name(stream, "/Type"), case.name(stream, "/Subtype")
    if stream is None or kind != ("Metadata", "XML"):
        case.add("metadata")
        return None
    properties = _properties(case, stream)
    if properties is None:
        return None
    title = _find(properties, DC, "title")
    if title is None or not any(title.values):
        case.add("title")
    return properties


def check_metadata(case: Case) -> None:
    """The catalogue's metadata stream."""
    properties = of_catalogue(case)
    if properties is None:
        return
    _claims(case, properties)
    case.described |= described(case, properties)
    _known(case, properties, case.described)
    _information(case, properties)


def check_packet(case: Case, stream: StreamObject, number: int) -> None:
    """The metadata of anything else (6.6.2.2); what the catalogue's describe is known here too."""
    of = f" in object {number}"
    properties = _properties(case, stream, of)
    if properties is not None:
        _known(case, properties, case.described | described(case, properties), of)


def _properties(case: Case, stream: StreamObject, of: str = "") -> list[Property] | None:
    """The properties of a packet that was not looked at before; None where it cannot be read."""
    packet = case.unpacked(stream)
    if not case.first("packets", packet):
        return None
    for name in packet_attributes(packet):
        case.add("metadata-packet", NOWHERE, f"{name}{of}")
    if not _is_utf8(packet):
        case.add("metadata-utf8")
        return None
    try:
        properties = read(packet)
    except Unreadable as fault:
        case.add("metadata-xml", NOWHERE, f"{fault}{of}")
        return None
    for (space, name), count in Counter((each.space, each.name) for each in properties).items():
        if count > 1 and space != EXTENSION:
            case.add("metadata-xml", NOWHERE, f"{name} stands there {count} times{of}")
    return properties


def _is_utf8(packet: bytes) -> bool:
    try:
        return "\0" not in packet.decode().rstrip("\0")
    except UnicodeDecodeError:
        return False


def _find(properties: list[Property], space: str, name: str) -> Property | None:
    return next((each for each in properties if each.space == space and each.name == name), None)


def _claims(case: Case, properties: list[Property]) -> None:
    part, level = value_of(properties, PDFA, "part"), value_of(properties, PDFA, "conformance")
    if not part:
        case.add("pdfa-claim")
    elif (part, level) != (str(case.profile.part), LEVEL):
        case.add("pdfa-part", NOWHERE, f"{part}{level.lower()}")
    part = value_of(properties, PDFUA, "part")
    if not part:
        case.add("ua-claim")
    elif part != "1":
        case.add("ua-part", NOWHERE, part)
    for each in properties:
        wanted = {PDFA: "pdfaid", PDFUA: "pdfuaid"}.get(each.space)
        if wanted and each.prefix != wanted:
            case.add("claim-prefix", NOWHERE, wanted)


def value_of(properties: list[Property], space: str, name: str) -> str:
    """The first value of a property, or ""."""
    found = _find(properties, space, name)
    return found.values[0] if found and found.values else ""


def _known(case: Case, properties: list[Property], known: Kinds, of: str = "") -> None:
    """Each property is predefined or described, and of its type (6.6.2.3)."""
    for each in properties:
        full, key = f"{each.prefix}:{each.name}", (each.space, each.name)
        if key not in KINDS and key not in known:
            case.add("xmp-undeclared", NOWHERE, f"{full}{of}")
        if fault := fault_of(each, known):
            case.add("xmp-type", NOWHERE, f"{full} {fault}{of}")


def _information(case: Case, properties: list[Property]) -> None:
    """The document information says nothing else than the metadata."""
    info = case.item(case.opened.reader.trailer, "/Info")
    for key, space, name in INFO:
        said = case.text(info, key).rstrip("\0").strip()
        found = _find(properties, space, name)
        if not said:
            continue
        values = found.values if found else ()
        same = _same_date(said, values) if name.endswith("Date") else said in _readings(values)
        if not same:
            case.add("info-differs", NOWHERE, key[1:])


def _readings(values: tuple[str, ...]) -> tuple[str, ...]:
    """The values of a property as one string, in the ways writers have."""
    return (*values[:1], ", ".join(values), "; ".join(values))


def _same_date(said: str, values: tuple[str, ...]) -> bool:
    """Whether D:YYYYMMDDHHmmSS and YYYY-MM-DDThh:mm:ss name one time, as far as both go and in their own zones."""
    mine = re.sub(
        r"\D",
        "",
        said.split("Z", maxsplit=1)[0].split("+", maxsplit=1)[0].split("-", maxsplit=1)[0],
    )
    theirs = (
        re.sub(r"\D", "", re.sub(r"(Z|[+-]\d\d:\d\d|\.\d+.*)$", "", values[0])) if values else ""
    )
    shorter = min(len(mine), len(theirs))
    return shorter >= 4 and mine[:shorter] == theirs[:shorter]

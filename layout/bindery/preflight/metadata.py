"""The XMP metadata: what it claims, its title, and whether every property in it is known (6.6)."""

import re
from collections import Counter
from typing import Final

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import NOWHERE
from layout.bindery.preflight.rules import LEVEL, PART
from layout.bindery.preflight.xmp import (
    EXTENSION,
    PROPERTY,
    SCHEMA,
    Property,
    Unreadable,
    field,
    field_words,
    items,
    packet_attributes,
    read,
)

PDFA: Final = "http://www.aiim.org/pdfa/ns/id/"
PDFUA: Final = "http://www.aiim.org/pdfua/ns/id/"
DC: Final = "http://purl.org/dc/elements/1.1/"
XMP: Final = "http://ns.adobe.com/xap/1.0/"
PDF: Final = "http://ns.adobe.com/pdf/1.3/"

PREDEFINED: Final = {
    DC: "contributor coverage creator date description format identifier language publisher relation rights source "
        "subject title type",
    XMP: "Advisory BaseURL CreateDate CreatorTool Identifier Label MetadataDate ModifyDate Nickname Rating Thumbnails",
    "http://ns.adobe.com/xap/1.0/rights/": "Certificate Marked Owner UsageTerms WebStatement",
    "http://ns.adobe.com/xap/1.0/mm/":
        "DerivedFrom DocumentID History Ingredients InstanceID LastURL ManagedFrom Manager ManageTo ManageUI "
        "ManagerVariant OriginalDocumentID Pantry RenditionClass RenditionOf RenditionParams SaveID VersionID Versions",
    "http://ns.adobe.com/xap/1.0/bj/": "JobRef",
    "http://ns.adobe.com/xap/1.0/t/pg/": "MaxPageSize NPages Fonts Colorants PlateNames",
    PDF: "Keywords PDFVersion Producer",
    "http://ns.adobe.com/photoshop/1.0/":
        "AuthorsPosition CaptionWriter Category City Country Credit DateCreated Headline Instructions Source State "
        "SupplementalCategories TransmissionReference Urgency",
    PDFA: "part amd corr conformance",
    EXTENSION: "schemas",
}  # fmt: skip
"""Properties of the XMP specification of 2005, which PDF/A-3 knows by itself (6.6.2.3.1)."""
WHOLE: Final = (
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "http://ns.adobe.com/camera-raw-settings/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://ns.adobe.com/exif/1.0/",
    "http://ns.adobe.com/exif/1.0/aux/",
)
"""Its namespaces of media, whose properties are not told apart here."""
SHAPES: Final = {
    (DC, "title"): "Alt", (DC, "description"): "Alt", (DC, "rights"): "Alt",
    (DC, "creator"): "Seq", (DC, "date"): "Seq",
    (DC, "subject"): "Bag", (DC, "contributor"): "Bag", (DC, "language"): "Bag", (DC, "publisher"): "Bag",
    (DC, "relation"): "Bag", (DC, "type"): "Bag",
    (DC, "format"): "Text", (DC, "identifier"): "Text", (DC, "source"): "Text", (DC, "coverage"): "Text",
    (PDF, "Keywords"): "Text", (PDF, "Producer"): "Text", (PDF, "PDFVersion"): "Text",
    (XMP, "CreatorTool"): "Text", (XMP, "CreateDate"): "Date", (XMP, "ModifyDate"): "Date",
    (XMP, "MetadataDate"): "Date",
}  # fmt: skip
_DATE: Final = re.compile(
    r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?", re.ASCII
)
INFO: Final = (
    ("/Title", DC, "title"), ("/Author", DC, "creator"), ("/Subject", DC, "description"),
    ("/Keywords", PDF, "Keywords"), ("/Creator", XMP, "CreatorTool"), ("/Producer", PDF, "Producer"),
    ("/CreationDate", XMP, "CreateDate"), ("/ModDate", XMP, "ModifyDate"),
)  # fmt: skip
"""What the document information says again (ISO 19005-1, table 1, which the later parts build on)."""
_FIELDS: Final = ("name", "valueType", "category", "description")


def check_metadata(case: Case) -> None:
    """The catalogue's metadata stream."""
    stream = case.stream(case.root, "/Metadata")
    kind = case.name(stream, "/Type"), case.name(stream, "/Subtype")
    if stream is None or kind != ("Metadata", "XML"):
        case.add("metadata")
        return
    packet = stream.get_data()
    for name in packet_attributes(packet):
        case.add("metadata-packet", NOWHERE, name)
    if not _is_utf8(packet):
        case.add("metadata-utf8")
        return
    try:
        properties = read(packet)
    except Unreadable as fault:
        case.add("metadata-xml", NOWHERE, fault)
        return
    for (space, name), count in Counter((each.space, each.name) for each in properties).items():
        if count > 1 and space != EXTENSION:
            case.add("metadata-xml", NOWHERE, f"{name} stands there {count} times")
    _claims(case, properties)
    title = _find(properties, DC, "title")
    if title is None or not any(title.values):
        case.add("title")
    _known(case, properties)
    _information(case, properties)


def _is_utf8(packet: bytes) -> bool:
    try:
        return "\0" not in packet.decode().rstrip("\0")
    except UnicodeDecodeError:
        return False


def _find(properties: list[Property], space: str, name: str) -> Property | None:
    return next((each for each in properties if each.space == space and each.name == name), None)


def _claims(case: Case, properties: list[Property]) -> None:
    part, level = _one(properties, PDFA, "part"), _one(properties, PDFA, "conformance")
    if not part:
        case.add("pdfa-claim")
    elif (part, level) != (str(PART), LEVEL):
        case.add("pdfa-part", NOWHERE, f"{part}{level.lower()}")
    part = _one(properties, PDFUA, "part")
    if not part:
        case.add("ua-claim")
    elif part != "1":
        case.add("ua-part", NOWHERE, part)
    for each in properties:
        wanted = {PDFA: "pdfaid", PDFUA: "pdfuaid"}.get(each.space)
        if wanted and each.prefix != wanted:
            case.add("claim-prefix", NOWHERE, wanted)


def _one(properties: list[Property], space: str, name: str) -> str:
    found = _find(properties, space, name)
    return found.values[0] if found and found.values else ""


def _known(case: Case, properties: list[Property]) -> None:
    """Each property is predefined or described, and of its type (6.6.2.3)."""
    described = set()
    for each in properties:
        if each.space == EXTENSION and each.name == "schemas":
            described |= _schemas(case, each)
    for each in properties:
        full = f"{each.prefix}:{each.name}"
        predefined = each.space in WHOLE or each.name in PREDEFINED.get(each.space, "").split()
        if not predefined and (each.space, each.name) not in described:
            case.add("xmp-undeclared", NOWHERE, full)
        shape = SHAPES.get((each.space, each.name))
        if shape == "Date":
            if each.shape != "Text" or not all(map(_DATE.fullmatch, each.values)):
                case.add("xmp-type", NOWHERE, f"{full} is no date")
        elif shape and each.shape != shape:
            case.add("xmp-type", NOWHERE, f"{full} is {each.shape}, not {shape}")


def _schemas(case: Case, extension: Property) -> set[tuple[str, str]]:
    """The properties that extension schemas describe, with findings for what these lack (6.6.2.3.3)."""
    described = set()
    if extension.shape != "Bag":
        case.add("xmp-extension", NOWHERE, "pdfaExtension:schemas is no bag")
    for schema in items(extension.node):
        space = field_words(schema, SCHEMA, "namespaceURI")
        for name in ("schema", "namespaceURI", "prefix"):
            if not field_words(schema, SCHEMA, name):
                case.add("xmp-extension", NOWHERE, f"{space or 'a schema'} lacks pdfaSchema:{name}")
        for each in items(field(schema, SCHEMA, "property")):
            texts = {name: field_words(each, PROPERTY, name) for name in _FIELDS}
            lacking = [name for name, text in texts.items() if not text]
            for name in lacking:
                case.add("xmp-extension", NOWHERE, f"{texts['name'] or space} lacks pdfaProperty:{name}")  # fmt: skip
            if texts["category"] not in ("", "internal", "external"):
                case.add("xmp-extension", NOWHERE, f"{texts['name']} is {texts['category']}")
            described.add((space, texts["name"]))
    return described


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

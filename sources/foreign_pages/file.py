"""The file: all that its standards ask for and ReportLab does not write."""

import hashlib
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from foreign_pages.canvas import Element, TaggedCanvas
from foreign_pages.editions import HEIGHT, WIDTH, Edition
from foreign_pages.metadata import metadata

PROFILES: Final = Path(__file__).resolve().parents[2] / "layout" / "plates" / "profiles"


def as_pdf(value: Any) -> PdfObject:
    """Python's values as those of a PDF; text that begins with a slash is a name."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, dict):
        return DictionaryObject({NameObject(key): as_pdf(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return ArrayObject(map(as_pdf, value))
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    kinds = {bool: BooleanObject, int: NumberObject, float: FloatObject}
    return kinds[type(value)](value)


def stream(data: bytes, **entries: Any) -> DecodedStreamObject:
    """Data as an object of a PDF."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(as_pdf({f"/{key}": value for key, value in entries.items()}))
    return made


def add_boxes(page: Any, bleed: float) -> None:
    """Says where the page is cut: what lies outside is bleed, and the sheet ends with it."""
    trim = (bleed, bleed, bleed + WIDTH, bleed + HEIGHT)
    page.update(as_pdf({"/BleedBox": page["/MediaBox"], "/TrimBox": trim}))


def output_intents(file: PdfWriter, edition: Edition) -> list[dict[str, Any]]:
    """What the colours are meant for, as each standard wants it told; all share one profile."""
    data = (PROFILES / edition.profile).read_bytes()
    profile = file._add_object(stream(data, N=edition.channels))
    told = {**edition.condition, "/DestOutputProfile": profile}
    return [{"/S": intent, **told} for intent in edition.intents]


def add_structure(file: PdfWriter, canvas: TaggedCanvas) -> IndirectObject:
    """The tree of all elements, and for each piece of a page and each link the element that it belongs to."""
    root = file._add_object(DictionaryObject())
    places: dict[Element, IndirectObject] = {}
    links: list[Any] = []

    def add(element: Element, parent: IndirectObject) -> IndirectObject:
        page = file.pages[element.page]
        entries = {f"/{key}": value for key, value in element.entries.items()}
        entries |= {"/S": f"/{element.role}", "/P": parent, "/Pg": page.indirect_reference}
        here = places[element] = file._add_object(as_pdf(entries))
        kids: list[Any] = [add(k, here) if isinstance(k, Element) else k for k in element.kids]
        if element.note is not None:
            note = page["/Annots"][element.note]
            note.get_object()[NameObject("/StructParent")] = as_pdf(len(file.pages) + len(links))
            links.append(here)
            kids.append({"/Type": "/OBJR", "/Obj": note})
        here.get_object()[NameObject("/K")] = as_pdf(kids)
        return here

    document = add(canvas.document, root)
    pieces = [[places[element] for element in page] for page in canvas.pieces.values()]
    numbers = [part for pair in enumerate(pieces + links) for part in pair]
    tree = {"/Nums": numbers}
    entries = {"/Type": "/StructTreeRoot", "/K": [document], "/ParentTree": tree}
    root.get_object().update(as_pdf({**entries, "/ParentTreeNextKey": len(pieces) + len(links)}))
    return root


def save(canvas: TaggedCanvas, path: Path) -> None:
    """Writes the file with all that its standards ask for and ReportLab does not write."""
    canvas.save()
    edition, key = canvas.edition, hashlib.sha256(canvas.file.getvalue()).digest()[:16]
    file = PdfWriter(clone_from=PdfReader(canvas.file))
    file.pdf_header = edition.header
    for number, page in enumerate(file.pages):
        page.update(as_pdf({"/StructParents": number, "/Tabs": "/S"}))
        del page["/Trans"]  # empty
        if edition.press:
            add_boxes(page, edition.bleed)
    told = {key[1:].lower(): escape(str(value)) for key, value in file.metadata.items()}
    file._info.get_object().update(as_pdf(edition.info))
    intents = output_intents(file, edition)
    entries = {
        "/Metadata": file._add_object(
            stream(metadata(edition, told, key), Type="/Metadata", Subtype="/XML")
        ),
        "/OutputIntents": intents,
        "/StructTreeRoot": add_structure(file, canvas),
        "/MarkInfo": {"/Marked": True},
        "/ViewerPreferences": {"/DisplayDocTitle": True},
    }
    file.root_object.update(as_pdf(entries))
    file._ID = ArrayObject([ByteStringObject(key)] * 2)
    file.write(path)

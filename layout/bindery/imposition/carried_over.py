"""What a sheet file takes over from the file whose pages it holds: layers, output intents, what it says of itself."""

from typing import Any

from msgspec import Struct
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from layout.bindery.body import Stream, dictionary
from layout.bindery.claims import (
    X_KEYS,
    main_notes,
    note,
    opened_notes,
    plain_info,
    plain_metadata,
)
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft
from layout.bindery.unpacking import Damaged
from layout.ground.problems import Problem

X4 = "PDF/X-4"
X_SPACE = "http://www.npes.org/pdfx/ns/id/"
UNSEEN = frozenset(("/Link", "/Popup", "/PrinterMark", "/TrapNet"))
"""Annotations that print nothing of the page's own."""


class CarriedOver(Struct, frozen=True):
    """Entries of the catalogue, the information dictionary's, and warnings for what cannot come along."""

    root: DictionaryObject
    info: DictionaryObject
    notes: tuple[Problem, ...]


def carried_over(graft: Graft) -> CarriedOver:
    """What goes into the new file; claims to PDF/X-4 stand, all others are withdrawn.

    Sheets are printed, never read: tags, links, outlines, labels and attached files stay behind.
    """
    opened = graft.opened
    with opened.reading():
        kept = ("PDF/X",) if keeps_x4(opened) else ()
        stream, claims = plain_metadata(opened, kept)
        info, more = plain_info(opened)
        if kept:
            info, more = _whole_info(opened), []
        unread = stream is None and opened.item(opened.root, "/Metadata") is not None
        notes = [*opened_notes(opened), *main_notes(opened, [*claims, *more], ()), *_seen(opened)]
        if unread:
            notes.append(
                note(opened, f"the XMP metadata of {opened.name} cannot be read: left out")
            )
        return CarriedOver(_root(graft, stream), graft.copy(info), tuple(notes))


def keeps_x4(opened: Opened) -> bool:
    """Whether a file claims PDF/X-4 in its XMP and has the CMYK intent that sheets need for it.

    The colour bar is in process inks, which under an intent for grey or RGB presses would be none.
    """
    return _claimed(opened) and any(_is_cmyk(opened, each) for each in _intents(opened))


def _claimed(opened: Opened) -> bool:
    from layout.bindery.preflight.xmp import Unreadable, read

    metadata = opened.item(opened.root, "/Metadata")
    if not isinstance(metadata, StreamObject):
        return False
    try:
        found = read(opened.data_of(metadata))
    except (Unreadable, Damaged):
        return False
    said = [it.values for it in found if (it.space, it.name) == (X_SPACE, "GTS_PDFXVersion")]
    return said == [(X4,)]


def _intents(opened: Opened) -> list[Any]:
    intents = opened.item(opened.root, "/OutputIntents")
    each = intents if isinstance(intents, ArrayObject) else ArrayObject()
    return [opened.resolve(value) for value in each]


def _is_cmyk(opened: Opened, intent: Any) -> bool:
    if not isinstance(intent, DictionaryObject) or opened.item(intent, "/S") != "/GTS_PDFX":
        return False
    profile = opened.item(intent, "/DestOutputProfile")
    return isinstance(profile, StreamObject) and opened.item(profile, "/N") == 4


def _whole_info(opened: Opened) -> DictionaryObject:
    """The information dictionary with its claim, which goes into both places (ISO 15930-7, 6.2)."""
    info = opened.item(opened.reader.trailer, "/Info")
    kept = DictionaryObject(info) if isinstance(info, DictionaryObject) else DictionaryObject()
    kept.pop(X_KEYS[1], None)
    return kept


def _root(graft: Graft, metadata: Stream | None) -> DictionaryObject:
    root = graft.opened.root
    return dictionary(
        {
            "/Type": NameObject("/Catalog"),
            "/OCProperties": graft.copy(dict.get(root, "/OCProperties")),
            "/OutputIntents": graft.copy(dict.get(root, "/OutputIntents")),
            "/Metadata": graft.body.add_stream(metadata) if metadata is not None else None,
            # A viewer that fits sheets to its printer's paper would spoil every measure.
            "/ViewerPreferences": dictionary({"/PrintScaling": NameObject("/None")}),
        }
    )


def _seen(opened: Opened) -> list[Problem]:
    """A warning of stamps, notes and form fields that would have been printed with their pages."""
    found: dict[int, int] = {}
    for number, leaf in enumerate(opened.pages, 1):
        annotations = opened.item(leaf.entries, "/Annots")
        each = annotations if isinstance(annotations, ArrayObject) else ArrayObject()
        count = sum(_is_seen(opened, opened.resolve(value)) for value in each)
        if count:
            found[number] = count
    if not found:
        return []
    first, total = next(iter(found)), sum(found.values())
    what = "1 annotation" if total == 1 else f"{total} annotations"
    where = f"page {first}" if len(found) == 1 else f"{len(found)} pages from page {first} on"
    hint = "sheets hold the content of pages only; flatten what is to be printed"
    return [note(opened, f"{what} on {where} of {opened.name}: left out", hint)]


def _is_seen(opened: Opened, annotation: Any) -> bool:
    if not isinstance(annotation, DictionaryObject):
        return False
    flags = opened.item(annotation, "/F") or 0
    is_printed = isinstance(flags, int) and flags & 4 and not flags & 2
    has_looks = opened.item(annotation, "/AP") is not None
    return bool(is_printed and has_looks and opened.item(annotation, "/Subtype") not in UNSEEN)

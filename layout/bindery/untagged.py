"""Pages without tags made artifacts (ISO 32000-1, 14.8.2.2), where an issue says that nobody has to hear them."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from layout.bindery.annots import HIDDEN, PRINT, flags_of
from layout.bindery.around import surround
from layout.bindery.body import dictionary, text
from layout.bindery.claims import note
from layout.bindery.graft import Graft
from layout.bindery.marking import has_marks, open_marks
from layout.bindery.names import key_of
from layout.bindery.tagtree import TagTree
from layout.ground.problems import Problem


def mark_untagged(
    graft: Graft,
    tree: TagTree,
    pages: Sequence[int],
    names: Mapping[int, str],
    notes: list[Problem],
) -> list[tuple[int, IndirectObject]]:
    """Make artifacts of settled pages; their links, which are to have tags, each with the index of its page.

    A file with tags keeps them, and so does a page with numbered content: `notes` get a warning. `names` are
    what pages of the file are called. Call it inside `reading()`.
    """
    opened, links, others = graft.opened, list[tuple[int, IndirectObject]](), 0
    if tree.is_live:
        notes.append(note(opened, f"{opened.name} is tagged: `untagged: artifact` does nothing"))
        return []
    for page in pages:
        entries = opened.pages[page].entries
        if has_marks(opened, entries):
            message = f"page {page + 1} of {opened.name} has numbered content without tags: it is no artifact"
            notes.append(note(opened, message, "export it again, with tags or without any"))
            continue
        opening, closing = open_marks(opened, entries)
        before, after = b"/Artifact BMC\n" * (opening + 1), b"EMC\n" * (closing + 1)
        if graft.body.get_object(graft.kept[page]).get("/Contents") is not None:
            surround(graft, page, before, after)
        graft.artifacts.add(page)
        found, left = _links(graft, page, names)
        links += [(page, link) for link in found]
        others += left
    notes += _told(graft, [page for page in pages if page in graft.artifacts], len(links), others)
    return links


def _told(graft: Graft, pages: Sequence[int], links: int, others: int) -> list[Problem]:
    """What was done, and what could not be done."""
    opened, told = graft.opened, []
    if pages:
        numbers = ", ".join(str(page + 1) for page in pages)
        some = f"page {numbers}" if len(pages) == 1 else f"pages {numbers}"
        tagged = f"; links with tags: {links}" if links else ""
        message = f"all content is an artifact on {some} of {opened.name}{tagged}"
        told.append(Problem(opened.place, message, "", "note"))
    if others:
        message = f"annotations of {opened.name} that are no links have no tags: {others}"
        told.append(note(opened, message, "export it again as tagged PDF (PDF/UA)"))
    return told


def _links(graft: Graft, page: int, names: Mapping[int, str]) -> tuple[list[IndirectObject], int]:
    """The links of a settled page, described, and how many annotations can be seen besides."""
    body, made = graft.body, graft.body.get_object(graft.kept[page])
    annotations = body.get_object(made.get("/Annots"))
    if not isinstance(annotations, ArrayObject) or not annotations:
        return [], 0
    links, others, new = list[IndirectObject](), 0, ArrayObject()
    for value, source in zip(annotations, graft.annotations(page) or (), strict=True):
        own = value if isinstance(value, IndirectObject) else body.add(value)
        new.append(own)
        entries, known = body.get_object(own), graft.opened.resolve(source)
        if not isinstance(entries, DictionaryObject) or not isinstance(known, DictionaryObject):
            continue
        kind = graft.opened.item(known, "/Subtype")
        if kind == "/Link":
            _describe(graft, entries, known, names)
            links.append(own)
        elif kind != "/Popup" and not flags_of(graft.opened, known) & HIDDEN:
            others += 1
    made.update(dictionary({"/Annots": new, "/Tabs": NameObject("/S")}))
    return links, others


def _describe(
    graft: Graft, link: DictionaryObject, source: DictionaryObject, names: Mapping[int, str]
) -> None:
    """Give a link a description if it has none, and let one that paints nothing print, as PDF/A wants it."""
    opened = graft.opened
    said = opened.item(source, "/Contents")
    if not (isinstance(said, TextStringObject) and said.strip()):
        target = _target(graft, source, names)
        link.update(dictionary({"/Contents": text(target) if target else None}))
    if "/F" not in source and "/AP" not in source and _has_no_border(graft, source):
        link.update(dictionary({"/F": NumberObject(PRINT)}))


def _target(graft: Graft, source: DictionaryObject, names: Mapping[int, str]) -> str:
    """In words where a link leads; '' for what cannot be told."""
    action = graft.opened.item(source, "/A")
    if isinstance(action, DictionaryObject):
        address = graft.opened.item(action, "/URI")
        if isinstance(address, TextStringObject | ByteStringObject):
            shown = unquote(key_of(address).decode("utf-8", "replace"))
            return shown.removeprefix("mailto:").removeprefix("tel:")
    page = graft.target(source)
    return names.get(page, "") if page is not None else ""


def _has_no_border(graft: Graft, source: DictionaryObject) -> bool:
    """Whether no line is drawn around a link (12.5.4): a width of 0; without any word of it, it is 1."""
    opened = graft.opened
    style, border = opened.item(source, "/BS"), opened.item(source, "/Border")
    width: Any = 1
    if isinstance(style, DictionaryObject):
        width = opened.item(style, "/W")
    elif isinstance(border, ArrayObject) and len(border) > 2:
        width = opened.resolve(border[2])
    return bool(width == 0)

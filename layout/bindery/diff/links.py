"""Where links lead, with the words they stand on, and what other annotations say."""

from collections.abc import Sequence
from typing import Any

from pypdf.generic import DictionaryObject

from layout.bindery.annots import field_entry
from layout.bindery.diff.content import Link, Note, Word
from layout.bindery.diff.tokens import LEADERS
from layout.bindery.graft import Graft
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.press.geometry import Box, Matrix, is_there, join, moved_box

UNSEEN = ("Popup", "PrinterMark", "TrapNet")
"""Annotations that say nothing themselves."""


def read_links(
    case: Case, graft: Graft, page: DictionaryObject, matrix: Matrix, words: Sequence[Word]
) -> tuple[tuple[Link, ...], tuple[Note, ...]]:
    """The links of a page, pieces of one joined, and its other annotations."""
    links: list[Link] = []
    notes: list[Note] = []
    for value in case.array(page, "/Annots"):
        entries = case.resolve(value)
        if not isinstance(entries, DictionaryObject):
            continue
        kind, box = case.name(entries, "/Subtype"), case.opened.box(entries, "/Rect")
        if box is None or kind in UNSEEN:
            continue
        place = moved_box(box, matrix)
        if kind == "Link":
            _add(links, _link(case, graft, entries, place, words))
        else:
            notes.append(
                Note(kind, case.text(entries, "/Contents") or _value(case, entries), place)
            )
    return tuple(links), tuple(notes)


def _value(case: Case, entries: DictionaryObject) -> str:
    """What stands in the field of a form."""
    found = field_entry(case.opened, entries, "/V")
    return str(found) if isinstance(found, str) else ""


def _add(links: list[Link], link: Link) -> None:
    """A link, which may be the rest of the one before it on another line."""
    last = links[-1] if links else None
    if last is not None and (last.target, last.page) == (link.target, link.page) != ("", -1):
        text = " ".join(filter(None, (last.text, link.text)))
        links[-1] = Link(text, join(last.box, link.box), link.target, link.page)
    else:
        links.append(link)


def _link(
    case: Case, graft: Graft, entries: DictionaryObject, place: Box, words: Sequence[Word]
) -> Link:
    on_it = [word.text for word in words if is_on(word.box, place)]
    text = " ".join(it for it in on_it if it.strip(LEADERS))
    page = graft.target(entries)
    if page is not None:
        return Link(text, place, "", page)
    return Link(text, place, _target(case, entries))


def _target(case: Case, entries: DictionaryObject) -> str:
    """Where a link leads outside the file, or what it does, in words."""
    action = case.dictionary(entries, "/A")
    kind = case.name(action, "/S")
    if kind == "URI":
        return case.text(action, "/URI") or str(case.item(action, "/URI") or "")
    if kind in ("GoToR", "Launch"):
        file: Any = case.item(action, "/F")
        name = case.text(file, "/UF") or case.text(file, "/F") if isinstance(file, dict) else file
        return f"the file {name}"
    if kind == "Named":
        return f"the action {case.name(action, '/N')}"
    return f"the action {kind}" if kind else "nowhere"


def is_on(box: Box, place: Box) -> bool:
    """Whether the middle of a box is on a place."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return is_there(place) and place[0] <= across <= place[2] and place[1] <= up <= place[3]

"""What annotations paint on a page: stamps, notes and the fields of forms are seen as content is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.press.geometry import IDENTITY, Box, Matrix, moved_box, times
from layout.bindery.preflight.press.run import matrix_of

if TYPE_CHECKING:
    from layout.bindery.diff.reader import Desk, Work

HIDDEN = 2 | 32
"""The flags of annotations that no screen shows (ISO 32000-1, table 165)."""
NO_LOOKS = ("Link", "Popup")
"""Annotations that paint nothing of their own, or only while somebody points at them."""


def paint_annotations(work: "Work", desk: "Desk", page: DictionaryObject, matrix: Matrix) -> None:
    """Read the appearances of a page's annotations, each where it stands."""
    from layout.bindery.diff.reader import Canvas, Reader

    for reference, form, fitted in appearances(work.case, page):
        state = Canvas(ctm=times(fitted, matrix))
        Reader(work, desk, DictionaryObject(), state).form(reference, form)
        work.words.finish()


def appearances(case: Case, page: DictionaryObject) -> Iterator[tuple[Any, StreamObject, Matrix]]:
    """The forms that annotations paint, with what refers to each and the matrix that puts it in its place."""
    for value in case.array(page, "/Annots"):
        entries = case.resolve(value)
        if not isinstance(entries, DictionaryObject):
            continue
        if case.name(entries, "/Subtype") in NO_LOOKS or (case.number(entries, "/F") or 0) & HIDDEN:
            continue
        reference, form = _appearance(case, entries)
        place = case.opened.box(entries, "/Rect")
        box = case.opened.box(form, "/BBox") if form is not None else None
        if form is not None and place is not None and box is not None:
            yield reference, form, _fitted(moved_box(box, matrix_of(case, form)), place)


def _appearance(case: Case, entries: DictionaryObject) -> tuple[Any, StreamObject | None]:
    """The normal appearance, in the state that the annotation is in (12.5.5)."""
    holder = case.dictionary(entries, "/AP")
    reference = dict.get(holder, "/N")
    found = case.resolve(reference)
    if isinstance(found, StreamObject):
        return reference, found
    if isinstance(found, DictionaryObject):
        reference = dict.get(found, f"/{case.name(entries, '/AS')}")
        state = case.resolve(reference)
        return reference, state if isinstance(state, StreamObject) else None
    return None, None


def _fitted(box: Box, place: Box) -> Matrix:
    """The matrix that brings one box to another (algorithm 8.1 of 12.5.5)."""
    wide, high = box[2] - box[0], box[3] - box[1]
    if not (wide and high):
        return IDENTITY
    across, up = (place[2] - place[0]) / wide, (place[3] - place[1]) / high
    return across, 0, 0, up, place[0] - box[0] * across, place[1] - box[1] * up

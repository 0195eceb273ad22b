"""What annotations paint on a page: stamps, notes and the fields of forms are seen as content is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, DictionaryObject

from layout.bindery.annots import HIDDEN, NO_VIEW, Painted, flags_of, look_of
from layout.bindery.flatten import placed
from layout.bindery.foreign import Opened
from layout.bindery.overlay import turn_of
from layout.bindery.preflight.press.geometry import Matrix, times

if TYPE_CHECKING:
    from layout.bindery.diff.reader import Desk, Work

NO_LOOKS = ("/Link", "/Popup")
"""Annotations that paint nothing of their own, or only while somebody points at them."""


def paint_annotations(work: "Work", desk: "Desk", page: DictionaryObject, matrix: Matrix) -> None:
    """Read the appearances of a page's annotations, each where it stands."""
    from layout.bindery.diff.reader import Canvas, Reader

    case = work.case
    fields = case.dictionary(case.dictionary(case.root, "/AcroForm"), "/DR")
    for annotation, fitted in appearances(case.opened, page):
        state = Canvas(ctm=times(fitted, matrix))
        Reader(work, desk, fields, state).form(annotation.look, case.resolve(annotation.look))
        work.words.finish()


def appearances(opened: Opened, page: DictionaryObject) -> Iterator[tuple[Painted, Matrix]]:
    """The annotations that paint something on the screen, with the matrix that puts each in its place."""
    found = opened.item(page, "/Annots")
    for value in found if isinstance(found, ArrayObject) else ():
        entries = opened.resolve(value)
        if not isinstance(entries, DictionaryObject):
            continue
        is_hidden = flags_of(opened, entries) & (HIDDEN | NO_VIEW)
        if is_hidden or opened.item(entries, "/Subtype") in NO_LOOKS:
            continue
        look = look_of(opened, entries)
        if look is not None:
            annotation = Painted(None, entries, look)
            matrix = placed(opened, annotation, turn_of(opened, page))
            if matrix is not None:
                yield annotation, matrix

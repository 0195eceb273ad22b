"""What tells one page from another: all that it shows, whatever its resources are called."""

from typing import Any

import pikepdf
import pytest
from bindery_samples import opened, saved
from pikepdf import Array, Dictionary, Name

from layout.bindery.carried import fingerprints
from layout.bindery.foreign import open_bytes
from layout.ground.problems import Place


def page(change: Any = None) -> bytes:
    """A page that paints a form by a name that is also a key of annotations, with a link to itself."""
    pdf = pikepdf.new()
    made = pdf.add_blank_page(page_size=(100, 100))
    form = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    made.Resources = Dictionary(
        XObject=Dictionary(P=form, Parent=form, D=form), ExtGState=Dictionary(G=Dictionary(LW=1))
    )
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=[made.obj, Name.Fit]
    )
    made.Annots = Array([pdf.make_indirect(link)])
    made.Contents = pdf.make_stream(b"/G gs /P Do /Parent Do /D Do")
    if change is not None:
        change(pdf, made)
    return saved(pdf)


def prints(data: bytes) -> list[bytes]:
    return fingerprints(open_bytes(data, Place("a.pdf"), "a.pdf"))


def other_form(name: str) -> Any:
    def change(pdf: Any, made: Any) -> None:
        form = pdf.make_stream(
            b"9 9 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]
        )
        made.Resources.XObject[name] = form

    return change


def dashed(pdf: Any, made: Any) -> None:
    made.Resources.ExtGState.G.D = Array([Array([2, 2]), 0])


def moved(pdf: Any, made: Any) -> None:
    made.Annots[0].Rect = Array([0, 0, 5, 5])


CHANGES = {
    "a form called /P": other_form("/P"),
    "a form called /Parent": other_form("/Parent"),
    "a form called /D": other_form("/D"),
    "a dash in a graphics state": dashed,
    "a link elsewhere": moved,
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_is_seen_is_told(case):
    assert prints(page(CHANGES[case])) != prints(page())


def test_what_ties_a_page_to_its_file_is_not():
    pdf = opened(page())
    pdf.add_blank_page()
    pdf.pages[0].Annots[0].Dest = Array([pdf.pages[1].obj, Name.Fit])
    pdf.pages[0].Annots[0].P = pdf.pages[0].obj
    assert prints(saved(pdf))[0] == prints(page())[0]

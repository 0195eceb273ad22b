"""Small PDFs that differ in one thing, and what is found to differ between two."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from bindery_samples import pikepdf, saved
from reportlab.pdfgen.canvas import Canvas

from layout.bindery.diff.compare import compare
from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import Comparison, Finding
from layout.bindery.diff.read import read_content
from layout.bindery.diff.settle import Read, settled
from layout.bindery.foreign import open_bytes
from layout.ground.problems import Place

SIZE = (300.0, 400.0)
LEADING = 14.0
TEXT = (
    "The tower keeps a lamp in its northern window so that every boat",
    "which comes home late may find the narrow way between the two rocks.",
    "Nobody has counted the boats for years but the lamp still burns",
    "because somebody climbs the stairs each evening with a can of oil.",
)


def pages(
    *texts: Sequence[str],
    more: Callable[[Canvas, int], None] | None = None,
    titles: Sequence[str | None] = (),
    font: str = "Helvetica",
    size: float = 9,
    at: tuple[float, float] = (40, 340),
    reverse: bool = False,
    title: str = "Sample",
) -> bytes:
    """A page for each text, a line for each of its strings; `titles` begin articles in the outline."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=SIZE, invariant=1)
    canvas.setTitle(title)
    for number, lines in enumerate(texts):
        places = [(at[1] - LEADING * n, line) for n, line in enumerate(lines)]
        for y, line in reversed(places) if reverse else places:
            canvas.setFont(font, size)
            canvas.drawString(at[0], y, line)
        if more:
            more(canvas, number)
        if number < len(titles) and titles[number] is not None:
            canvas.bookmarkPage(f"p{number}")
            canvas.addOutlineEntry(titles[number], f"p{number}", level=0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def content(data: bytes, name: str = "sample.pdf") -> Content:
    return read(data, name)[0]


def read(data: bytes, name: str = "sample.pdf") -> Read:
    return read_content(open_bytes(data, Place(name), name))


def compared(a: bytes, b: bytes) -> Comparison:
    return compare(*settled(read(a, "a.pdf"), read(b, "b.pdf")))


def found(a: bytes, b: bytes) -> list[Finding]:
    return list(compared(a, b).findings)


def brief(a: bytes, b: bytes) -> list[tuple[str, str, str, str]]:
    """Kind, change, old and new of all differences."""
    return [(it.kind, it.change, it.old, it.new) for it in found(a, b)]


def words(text: str) -> list[list[str]]:
    """A page of lines of a text, a few words each."""
    each = text.split()
    return [[" ".join(each[at : at + 6]) for at in range(0, len(each), 6)]]


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The same PDF after pikepdf changed something in it."""
    pdf = pikepdf.open(BytesIO(data))
    change(pdf)
    return saved(pdf)

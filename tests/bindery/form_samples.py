"""Small PDFs with forms, annotations and actions, and what is seen of them."""

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from bindery_samples import A4, drawn, opened, pikepdf, saved
from reportlab.pdfgen.canvas import Canvas

from layout.bindery.assemble import Foreign, OwnPages, assemble

Array, Dictionary, Name, String = pikepdf.Array, pikepdf.Dictionary, pikepdf.Name, pikepdf.String


def form(who: str = "Ada", pages: int = 1, tag: str = "form") -> bytes:
    """Pages with four filled fields on the first: who, yes, pick, side; on later ones who2, who3 …"""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    fields = canvas.acroForm
    for page in range(pages):
        canvas.drawString(72, 720, f"{tag} page {page + 1}")
        if page:
            fields.textfield(name=f"who{page + 1}", value=who, x=72, y=640, width=200, height=20)
        else:
            fields.textfield(name="who", value=who, x=72, y=640, width=200, height=20)
            fields.checkbox(name="yes", checked=True, x=72, y=600)
            fields.choice(
                name="pick", options=["one", "two"], value="two", x=72, y=560, width=120, height=20
            )
            fields.radio(name="side", value="left", selected=True, x=72, y=520)
            fields.radio(name="side", value="right", x=110, y=520)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The same PDF after a change by pikepdf."""
    pdf = opened(data)
    change(pdf)
    return saved(pdf)


def annotation(pdf: Any, kind: str, **entries: Any) -> Any:
    """An annotation on the first page, a red square unless `AP` is given; entries that are None are left out."""
    look = pdf.make_stream(
        b"1 0 0 rg 0 0 40 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 40, 40]
    )
    look.Resources = Dictionary()
    known = {"Rect": [300, 300, 340, 340], "F": 4, "AP": Dictionary(N=look), **entries}
    made = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}")))
    for key, value in known.items():
        if value is not None:
            made[f"/{key}"] = value
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", []), made])
    return made


def names(pdf: Any) -> dict[str, Any]:
    """Terminal fields by their fully qualified names; kids and parents are checked."""
    found: dict[str, Any] = {}
    stack = [(each, None, "") for each in pdf.Root.AcroForm.Fields]
    while stack:
        field, above, name = stack.pop()
        assert (above is None) == ("/Parent" not in field)
        assert above is None or field.Parent.objgen == above.objgen
        if "/T" in field:
            name = f"{name}.{field.T}" if name else str(field.T)
        kids = [each for each in field.get("/Kids", []) if "/T" in each]
        if not kids:
            assert name not in found
            found[name] = field
        stack += [(each, field, name) for each in kids]
    return found


def seen(pdf: bytes, folder: Path, page: int = 1, name: str = "seen") -> bytes:
    """A page as MuPDF shows it, annotations and all."""
    path, picture = folder / f"{name}.pdf", folder / f"{name}.ppm"
    path.write_bytes(pdf)
    command = [
        "mutool",
        "draw",
        "-q",
        "-r",
        "72",
        "-A",
        "0",
        "-o",
        str(picture),
        str(path),
        str(page),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return picture.read_bytes()


def put_between(path: str, **options: Any) -> Any:
    """The pages of a file in an issue of ours, between two pages of our own; a Foreign takes `options`."""
    bare = options.pop("bare", False)
    parts = [OwnPages(0), Foreign(path, **options), OwnPages(1)]
    return assemble(drawn("own", 2, links=False), parts, bare=bare)


def told(made: Any) -> list[str]:
    return [each.message for each in made.notes]

"""Small PDFs, and what readers other than pypdf make of them."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

pikepdf: Any = pytest.importorskip("pikepdf")

ROOT = str(Path(__file__).parents[2])
A4, LETTER = (595.0, 842.0), (612.0, 792.0)


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed")


def drawn(
    tag: str,
    pages: int = 2,
    size: tuple[float, float] = A4,
    title: str | None = None,
    on_page: Callable[[Canvas, int], None] | None = None,
    links: bool = True,
    labels: Sequence[tuple[int, str | None, str, int]] = (),
) -> bytes:
    """Pages "TAG page N", with an outline, and links from each to the next and to a site."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    if title:
        canvas.setTitle(title)
    for page in range(pages):
        canvas.drawString(72, 700, f"{tag} page {page + 1}")
        if links:
            canvas.bookmarkPage(f"p{page}")
            canvas.addOutlineEntry(f"{tag} {page}", f"p{page}", level=min(page, 1))
            canvas.linkRect("", f"p{(page + 1) % pages}", (72, 690, 200, 720))
            canvas.linkURL(f"https://example.org/{tag}", (72, 600, 200, 620))
        if on_page:
            on_page(canvas, page)
        canvas.showPage()
    for start, style, prefix, first in labels:
        canvas.addPageLabel(start, style, first, prefix or None)
    canvas.save()
    return out.getvalue()


def by_name(data: bytes, names: Sequence[str] = (), listed: bool = False) -> bytes:
    """The same PDF, with all links and outline entries by the names of pages, p0, p1… by default.

    ReportLab writes destinations themselves, also where it is given names.
    """
    pdf = opened(data)
    names = names or [f"p{n}" for n in range(len(pdf.pages))]
    known = {page.obj.objgen: name for page, name in zip(pdf.pages, names, strict=True)}
    spoken = (lambda name: pikepdf.Name(f"/{name}")) if listed else pikepdf.String
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/Dest" in each:
            each.Dest = spoken(known[each.Dest[0].objgen])
    goals = {
        name: pikepdf.Array([page.obj, pikepdf.Name.Fit])
        for page, name in zip(pdf.pages, names, strict=True)
    }
    if listed:
        pdf.Root.Dests = pikepdf.Dictionary({f"/{name}": goal for name, goal in goals.items()})
    else:
        tree = pikepdf.NameTree.new(pdf)
        for name, goal in goals.items():
            tree[name] = goal
        pdf.Root.Names = pikepdf.Dictionary(Dests=tree.obj)
    return saved(pdf)


def saved(pdf: Any, **options: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=True, **options)
    return out.getvalue()


def names_of(data: bytes) -> list[str]:
    """The names in the tree of destinations."""
    pdf = opened(data)
    return sorted(pikepdf.NameTree(pdf.Root.Names.Dests))


def raw(
    objects: dict[int, bytes], trailer: bytes = b"", header: bytes = b"%PDF-1.4", root: int = 1
) -> bytes:
    """A PDF of hand-written objects, with its cross-reference table."""
    out, offsets = bytearray(header + b"\n"), {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    size, start = max(objects) + 1, len(out)
    out += b"xref\n0 %d\n" % size
    for number in range(size):
        known = offsets.get(number)
        out += b"%010d %05d %c \n" % (known or 0, 0 if known else 65535, b"n" if known else b"f")
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\n" % (size, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), entries) + data + b"\nendstream"


def page(content: int, entries: bytes = b"/MediaBox [0 0 595 842]") -> bytes:
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return b"<< /Type /Page /Parent 2 0 R /Resources %s /Contents %d 0 R %s >>" % (
        font,
        content,
        entries,
    )


def words(text: str, x: int = 72, y: int = 700) -> bytes:
    return f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET".encode()


def simple(tag: str = "raw", pages: int = 1, catalogue: bytes = b"", **extra: bytes) -> bytes:
    """Hand-written pages "TAG page N": objects 10, 12, 14…; more objects as o5=b'…'."""
    numbers = [10 + 2 * n for n in range(pages)]
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
    }
    for n, number in enumerate(numbers, 1):
        objects[number] = page(number + 1)
        objects[number + 1] = stream(words(f"{tag} page {n}"))
    objects |= {int(key[1:]): value for key, value in extra.items() if key[0] == "o"}
    return raw(objects, extra.get("trailer", b""))


def save(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def texts(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page, as poppler has it."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True)
    return [each.strip() for each in shown.stdout.split("\f")[:-1]]


def check(pdf: bytes, folder: Path) -> None:
    """Qpdf finds nothing to say."""
    path = folder / "check.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(
        ["qpdf", "--check", str(path)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def opened(pdf: bytes) -> Any:
    return pikepdf.open(BytesIO(pdf))


def page_index(pdf: Any, target: Any) -> int | None:
    """The index of the page that a destination leads to, by pikepdf and ISO 32000-1 12.3.2."""
    if isinstance(target, pikepdf.Name):
        target = pdf.Root.Dests.get(str(target)) if "/Dests" in pdf.Root else None
    elif isinstance(target, pikepdf.String):
        # viewers look in both places
        tree = pdf.Root.Names.get("/Dests") if "/Names" in pdf.Root else None
        known = dict(pikepdf.NameTree(tree).items()) if tree is not None else {}
        listed = pdf.Root.get("/Dests")
        name = bytes(target).decode("latin-1")
        target = known.get(name, listed.get(f"/{name}") if listed is not None else None)
    if isinstance(target, pikepdf.Dictionary):
        target = target.D
    if target is None or not len(target):
        return None
    numbers = {each.obj.objgen: at for at, each in enumerate(pdf.pages)}
    return numbers.get(target[0].objgen)


def links(pdf_bytes: bytes) -> list[list[int | str | None]]:
    """Where the links of each page go: an index or an address."""
    pdf = opened(pdf_bytes)
    return [[_goal(pdf, each) for each in page.get("/Annots", [])] for page in pdf.pages]


def _goal(pdf: Any, holder: Any) -> int | str | None:
    if "/Dest" in holder:
        return page_index(pdf, holder.Dest)
    action = holder.get("/A")
    if action is None:
        return None
    return str(action.URI) if action.S == "/URI" else page_index(pdf, action.D)


def outline(pdf_bytes: bytes) -> list[tuple[int, str, int | str | None]]:
    """Level, title and goal of each entry; neighbours, parents and counts are checked."""
    pdf = opened(pdf_bytes)
    root = pdf.Root.get("/Outlines")
    found: list[tuple[int, str, int | str | None]] = []
    if root is not None:
        assert _walk(pdf, root, 0, found) == int(root.Count)
    return found


def _walk(pdf: Any, parent: Any, level: int, found: list[Any]) -> int:
    entry, before, visible = parent.get("/First"), None, 0
    while entry is not None:
        assert entry.Parent.objgen == parent.objgen
        assert (before is None) == ("/Prev" not in entry)
        found.append((level, str(entry.Title), _goal(pdf, entry)))
        inner = _walk(pdf, entry, level + 1, found)
        assert abs(int(entry.get("/Count", 0))) == inner
        visible += 1 + (inner if int(entry.get("/Count", 0)) > 0 else 0)
        before, entry = entry, entry.get("/Next")
    assert (before.objgen if before is not None else None) == (
        parent.Last.objgen if "/Last" in parent else None
    )
    return visible


def label_of(pdf_bytes: bytes) -> list[str]:
    return [each.label for each in opened(pdf_bytes).pages]


def glyph_at(pdf: bytes, folder: Path, glyph: str) -> tuple[float, float]:
    """Where a glyph of page 1 stands, from the lower left corner of the page as it is read."""
    path = folder / "placed.pdf"
    path.write_bytes(pdf)
    command = ["mutool", "draw", "-q", "-F", "stext", str(path), "1"]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    height = float(re.search('<page [^>]*height="([0-9.]+)"', shown)[1])
    ((x, y),) = re.findall(f'x="([-0-9.]+)" y="([-0-9.]+)" [^>]*c="{glyph}"', shown)
    return float(x), height - float(y)

"""Pages to impose that look different everywhere, in all the ways that a page can be put into a file."""

import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from bindery_samples import saved
from pikepdf import Array, Dictionary, Name
from PIL import Image

from layout.bindery.foreign import Opened, open_bytes
from layout.bindery.imposition.impose import impose
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.placing import Placed
from layout.bindery.imposition.plan import Plan, plan_of
from layout.ground.problems import Place
from layout.plates.printers_marks import separation

WIDTH, HEIGHT, BLEED, SLUG = 120, 170, 9, 14
"""Of a page as it is read, and of what is around it."""
WAYS = ("plain", "origin", "90", "180", "270", "unit", "parts", "unit 90")


def picture(number: int) -> str:
    """Marks in all corners, lines to the edges, ink in the bleed, a spot ink, and the number in bars."""
    bars = "".join(
        [f"{20 + 10 * bit} 60 6 {40 if number >> bit & 1 else 8} re f\n" for bit in range(8)]
    )
    return (
        f"0.1 0.0{number % 9} 0 0 k {-BLEED} {-BLEED} {WIDTH + 2 * BLEED} {HEIGHT + 2 * BLEED} re f\n"
        "1 0 0 0 k 0 0 12 12 re f 0 1 0 0 k 108 0 12 12 re f 0 0 1 0 k 0 158 12 12 re f\n"
        "0 0 0 1 k 1 w 0.5 0.5 119 169 re S 30 130 m 90 130 l 60 150 l f\n"
        f"/Ink cs 0.7 scn 80 20 20 25 re f 0 0 0 1 k\n{bars}"
    )


def booklet(count: int, ways: Sequence[str] = ("plain",), **entries: Any) -> bytes:
    """Pages that look alike but for their number, each in the next one of some ways."""
    pdf = pikepdf.new()
    ink = pdf.make_indirect(pikepdf.Object.parse(separation("Offprint Red", (0, 1, 1, 0)).encode()))
    for number in range(1, count + 1):
        way = ways[(number - 1) % len(ways)]
        _add(pdf, number, way, ink)
    pdf.Root.update(entries) if entries else None
    return saved(pdf)


def _add(pdf: Any, number: int, way: str, ink: Any) -> None:
    turn = next((int(it) for it in way.split() if it.isdecimal()), 0)
    unit = 2 if "unit" in way else 1
    x, y = (-300, 250) if way == "origin" else (SLUG, SLUG)
    wide, high = (HEIGHT, WIDTH) if turn in (90, 270) else (WIDTH, HEIGHT)
    # From the page as it is read to its own space, where it lies turned the other way round.
    turns = {
        0: "1 0 0 1 0 0",
        90: f"0 1 -1 0 {wide} 0",
        180: f"-1 0 0 -1 {wide} {high}",
        270: f"0 -1 1 0 0 {high}",
    }
    content = f"{1 / unit} 0 0 {1 / unit} {x} {y} cm {turns[turn]} cm\n{picture(number)}"
    box = [x, y, x + wide / unit, y + high / unit]
    grown = [[box[0] - by, box[1] - by, box[2] + by, box[3] + by] for by in (BLEED / unit, SLUG)]
    streams = [content.encode()]
    if way == "parts":
        cut = content.index("1 0 0 0 k")
        streams = [content[:cut].encode(), content[cut:].encode()]
    page = Dictionary(
        Type=Name.Page, MediaBox=Array(grown[1]), TrimBox=Array(box), BleedBox=Array(grown[0]),
        Resources=Dictionary(ColorSpace=Dictionary(Ink=ink)), Rotate=turn,
        Contents=Array([pdf.make_stream(each) for each in streams]),
    )  # fmt: skip
    if unit != 1:
        page.UserUnit = unit
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def opened(data: bytes, name: str = "sample.pdf") -> Opened:
    return open_bytes(data, Place(name), name)


def imposed(data: bytes, **wishes: Any) -> tuple[Plan, bytes]:
    file = opened(data)
    plan = plan_of(file, Job(**wishes))
    return plan, impose(file, plan).pdf


def placed(plan: Plan) -> list[tuple[int, Placed]]:
    """The index of a side among all, and a place on it, for every page."""
    sides = [side for sheet in plan.layout.sheets for side in sheet.sides]
    return [
        (at, it) for at, side in enumerate(sides) for it in plan.places(side) if it.page is not None
    ]


def cut_out(plan: Plan, sheets: bytes) -> bytes:
    """A PDF of each page as the sheets show it, in reading order: cut at its trim, and the right way up."""
    pdf, out = pikepdf.open(BytesIO(sheets)), pikepdf.new()
    for at, it in sorted(placed(plan), key=lambda found: found[1].page or 0):
        out.pages.append(pdf.pages[at])
        page, trim = out.pages[-1], it.trim
        page.MediaBox = Array([trim.left, trim.bottom, trim.right, trim.top])
        page.Rotate = 180 if it.slot.turned else 0
        page.TrimBox = page.BleedBox = page.MediaBox
    return saved(out)


def trimmed(data: bytes) -> bytes:
    """The same PDF, each page cut at its own trim."""
    pdf = pikepdf.open(BytesIO(data))
    for page in pdf.pages:
        page.MediaBox = page.BleedBox = page.TrimBox
    return saved(pdf)


def rendered(tool: Any, folder: Path, name: str, data: bytes, dpi: int = 144) -> list[Image.Image]:
    """All pages as Ghostscript shows them, which knows of /UserUnit."""
    (folder / f"{name}.pdf").write_bytes(data)
    tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", f"-r{dpi}",
         "-dGraphicsAlphaBits=4", "-sDEVICE=png16m", f"-sOutputFile={folder}/{name}-%03d.png",
         folder / f"{name}.pdf")  # fmt: skip
    return [Image.open(path).convert("RGB") for path in sorted(folder.glob(f"{name}-???.png"))]


def separated(folder: Path, name: str, data: bytes, dpi: int = 72) -> dict[str, Image.Image]:
    """The plates of the first page, by their inks."""
    (folder / f"{name}.pdf").write_bytes(data)
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dLastPage=1", "-sDEVICE=tiffsep", f"-r{dpi}",
               f"-sOutputFile={folder}/{name}.tif", str(folder / f"{name}.pdf")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return {
        path.stem.removeprefix(f"{name}(")[:-1]: Image.open(path).convert("L")
        for path in folder.glob(f"{name}(*).tif")
    }

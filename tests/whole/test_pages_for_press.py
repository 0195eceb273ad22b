"""The pages "made elsewhere", drawn for the press: the same pages, and nothing that a press could stumble over."""

import runpy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pikepdf import Name, Pdf
from PIL import Image, ImageChops, ImageCms
from reprints import ROOT, SOURCES

SCRIPT = str(SOURCES / "draw_foreign_pages.py")
NAMES = ("cover", "calendar")
PROFILES = ROOT / "layout" / "plates" / "profiles"
BLEED = 3 * 72 / 25.4
WIDTH, HEIGHT = 210 * 72 / 25.4, 297 * 72 / 25.4
PLATES = {
    "cover": {"Cyan", "Magenta", "Yellow", "Black"},
    "calendar": {"Cyan", "Magenta", "Yellow", "Black", "Petrol"},
}
RGB = {"rg", "RG", "g", "G", "sh", "Do", "BI"}
"""Operators that would bring another colour space than DeviceCMYK and the spot ink, or might."""


@pytest.fixture(scope="module")
def folder(shelf_of_sources: Path) -> Path:
    return shelf_of_sources / "issues"


@pytest.fixture(params=NAMES)
def press(request, folder) -> SimpleNamespace:
    """One file for the press, its name, and that of its twin for the screen."""
    path = folder / f"{request.param}-press.pdf"
    with Pdf.open(path) as pdf:
        twin = folder / f"{request.param}.pdf"
        yield SimpleNamespace(name=request.param, path=path, twin=twin, pdf=pdf)


def code(page: pikepdf.Page) -> list[tuple[str, list[object]]]:
    steps = pikepdf.parse_content_stream(page)
    return [(str(step.operator), list(step.operands)) for step in steps]


def test_the_same_versions_give_the_same_bytes(folder, tmp_path):
    runpy.run_path(SCRIPT)["main"](tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in folder.glob("*.pdf")
    }


def test_the_sheet_is_a4_with_its_bleed_and_no_more(press):
    for page in press.pdf.pages:
        left, bottom, right, top = map(float, page.TrimBox)
        assert [left, bottom] == pytest.approx([BLEED] * 2, abs=1e-3)
        assert [right - left, top - bottom] == pytest.approx([WIDTH, HEIGHT], abs=1e-3)
        assert page.MediaBox == page.BleedBox
        wanted = [0, 0, right + BLEED, top + BLEED]
        assert list(map(float, page.MediaBox)) == pytest.approx(wanted, abs=1e-3)


def test_nothing_can_be_clicked_or_opened(press):
    assert [page for page in press.pdf.pages if "/Annots" in page] == []
    assert not set(press.pdf.Root.keys()) & {"/AF", "/OpenAction", "/AA", "/AcroForm"}
    assert "/EmbeddedFiles" not in press.pdf.Root.get("/Names", {})
    found = [thing for thing in press.pdf.objects if isinstance(thing, pikepdf.Dictionary)]
    assert [thing for thing in found if thing.get("/S") in ("/Link", "/URI", "/GoTo")] == []


def test_both_standards_are_told_the_same_condition(press):
    first, second = press.pdf.Root.OutputIntents
    assert (first.S, second.S) == ("/GTS_PDFX", "/GTS_PDFA1")
    assert first.OutputConditionIdentifier == second.OutputConditionIdentifier == "FOGRA39"
    assert first.DestOutputProfile.objgen == second.DestOutputProfile.objgen
    profile = (PROFILES / "FOGRA39L_coated.icc").read_bytes()
    assert first.DestOutputProfile.read_bytes() == profile


def test_it_says_that_it_is_pdf_x_4(press):
    pdf, told = press.pdf, press.pdf.open_metadata()
    assert (pdf.pdf_version, pdf.docinfo.GTS_PDFXVersion) == ("1.6", "PDF/X-4")
    assert (pdf.docinfo.Trapped, told["pdf:Trapped"]) == (Name("/False"), "False")
    assert told["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
    assert told["xmpMM:DocumentID"].startswith("uuid:")
    assert (told["xmpMM:VersionID"], told["xmpMM:RenditionClass"]) == ("1", "default")
    assert told["xmp:MetadataDate"] == told["xmp:ModifyDate"] == told["xmp:CreateDate"]


def test_no_colour_is_one_of_a_screen(press):
    for page in press.pdf.pages:
        assert {operator for operator, _ in code(page)} & RGB == set()
        assert "/XObject" not in page.Resources
        for space in page.Resources.get("/ColorSpace", {}).values():
            assert [*space][:3] == [Name.Separation, Name.Petrol, Name.DeviceCMYK]


def test_black_alone_overprints(press):
    """What the overprint parameter is whenever a colour is taken up, by the colour."""
    found: dict[str, set[tuple[bool, int]]] = {}
    for page in press.pdf.pages:
        op, mode = False, 0
        for operator, operands in code(page):
            if operator == "gs":
                state = page.Resources.ExtGState[operands[0]]
                op, mode = bool(state.get("/op", op)), int(state.get("/OPM", mode))
            elif operator in ("k", "scn"):
                found.setdefault(" ".join(map(str, operands)), set()).add((op, mode))
    assert {colour for colour in found if (True, 1) in found[colour]} == {"0 0 0 1"}
    assert found.pop("0 0 0 1") == {(True, 1)}
    assert set().union(*found.values()) == {(False, 1)}


def test_the_spot_ink_has_one_definition(folder):
    with Pdf.open(folder / "calendar-press.pdf") as pdf:
        spaces = {page.Resources.ColorSpace.Petrol.objgen for page in pdf.pages}
    assert len(spaces) == 1


def test_coated_paper_looks_as_the_screen_does():
    """Within 5 units of CIELAB for the spot ink and its tints, 8 for the red, which is the brand's."""
    inks = runpy.run_path(str(SOURCES / "foreign_pages" / "inks.py"))
    lab = ImageCms.createProfile("LAB")
    how = {
        "renderingIntent": ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "flags": ImageCms.Flags.BLACKPOINTCOMPENSATION,
    }

    def look(mode: str, profile: str, colour: tuple[int, ...]) -> tuple[float, ...]:
        turn = ImageCms.buildTransform(str(PROFILES / profile), lab, mode, "LAB", **how)
        one = ImageCms.applyTransform(Image.new(mode, (1, 1), colour), turn).getpixel((0, 0))
        return one[0] / 2.55, one[1] - 128, one[2] - 128

    def distance(name: str) -> float:
        ink = inks[name]
        shares = tuple(round(255 * ink.density * share) for share in ink.cmyk)
        light = tuple(bytes.fromhex(ink.srgb[1:]))
        both = look("RGB", "sRGB.icc", light), look("CMYK", "FOGRA39L_coated.icc", shares)
        return sum((one - other) ** 2 for one, other in zip(*both)) ** 0.5

    found = {name: distance(name) for name in ("PETROL", "MIST", "LINE", "RED")}
    assert max(found["PETROL"], found["MIST"], found["LINE"]) < 5
    assert found["RED"] < 8


def test_the_figure_is_said_to_be_where_it_is_drawn(folder):
    def box(name: str) -> list[float]:
        with Pdf.open(folder / name) as pdf:
            [layout] = [thing.A for thing in pdf.objects if is_figure(thing)]
            return [float(value) for value in layout.BBox]

    left, bottom, _, top = box("cover.pdf")
    wanted = [left + BLEED, bottom + BLEED, WIDTH + 2 * BLEED, top + BLEED]
    assert box("cover-press.pdf") == pytest.approx(wanted, abs=1e-3)


def is_figure(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"


# --- what others see ---


def test_the_words_are_the_same_in_the_same_places(press, tool):
    """Only what a link makes of its text is gone."""
    assert tool("pdftotext", "-layout", press.path, "-") == tool(
        "pdftotext", "-layout", press.twin, "-"
    )

    def tree(path: Path) -> list[str]:
        links = ("Link (inline)", "Object ", "/BBox")
        lines = [line.strip() for line in tool("pdfinfo", "-struct-text", path).splitlines()]
        return [line for line in lines if not line.startswith(links)]

    assert tree(press.path) == tree(press.twin)


def test_qpdf_and_ghostscript_find_no_fault(press, tool):
    tool("qpdf", "--check", press.path)
    stops = ("-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage")
    assert tool("gs", "-q", "-dNOPAUSE", "-dBATCH", *stops, press.path) == ""


def test_every_font_is_embedded(press, tool):
    fonts = tool("pdffonts", press.path).splitlines()[2:]
    assert len(fonts) >= 3
    assert [font for font in fonts if font.split()[-5:-2] != ["yes"] * 3] == []


@pytest.fixture
def plates(tool, tmp_path) -> Callable[[Path], dict[str, Image.Image]]:
    """The plates of a file's first page, at 72 pixels to an inch, ink as light on black."""

    def separate(path: Path) -> dict[str, Image.Image]:
        out = tmp_path / "plate.tif"
        options = ("-q", "-dNOPAUSE", "-dBATCH", "-dLastPage=1", "-sDEVICE=tiffsep", "-r72")
        tool("gs", *options, f"-sOutputFile={out}", path)
        found = {each.stem[6:-1]: Image.open(each) for each in tmp_path.glob("plate(*).tif")}
        return {name: ImageChops.invert(plate.convert("L")) for name, plate in found.items()}

    return separate


def test_the_plates_are_those_of_its_inks(press, plates):
    found = plates(press.path)
    assert set(found) == PLATES[press.name]
    empty = {name for name, plate in found.items() if plate.getbbox() is None}
    assert empty == ({"Cyan", "Magenta", "Yellow"} if press.name == "calendar" else {"Cyan"})


MIST = round(255 * 0.08)
"""The almanac's ground on its plate."""


@pytest.mark.parametrize(
    ("name", "plate", "sides"),
    [
        ("cover", "Magenta", {"right": 255}),  # the hyphen
        ("calendar", "Petrol", dict.fromkeys(("left", "right", "head", "foot"), MIST)),
    ],
)
def test_what_touches_the_trim_goes_on_to_the_edge_of_the_sheet(folder, plates, name, plate, sides):
    found = plates(folder / f"{name}-press.pdf")[plate]
    width, height = found.size
    assert (width, height) == (612, 859)
    edges = {
        "left": (0, 0, 1, height),
        "right": (width - 1, 0, width, height),
        "head": (0, 0, width, 1),
        "foot": (0, height - 1, width, height),
    }
    inked = {side: found.crop(box).getextrema()[1] for side, box in edges.items()}
    assert {side: ink for side, ink in inked.items() if ink} == sides


def under_black(plates: dict[str, Image.Image]) -> int:
    """The least of the spot ink that is printed where black is printed in full."""
    black, petrol = plates["Black"], plates["Petrol"]
    where = black.point(lambda ink: 255 if ink == 255 else 0)
    assert where.getbbox()
    return next(ink for ink, count in enumerate(petrol.histogram(where)) if count)


def test_the_ground_goes_on_under_black_words(folder, plates):
    assert under_black(plates(folder / "calendar-press.pdf")) == MIST


def test_without_overprint_it_would_not(folder, plates, tmp_path):
    with Pdf.open(folder / "calendar-press.pdf") as pdf:
        for page in pdf.pages:
            for state in page.Resources.ExtGState.values():
                state.op = False
        pdf.save(tmp_path / "knocked-out.pdf")
    assert under_black(plates(tmp_path / "knocked-out.pdf")) == 0

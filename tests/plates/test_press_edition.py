"""The press edition of a page: its boxes, inks, claims and marks; the plates as Ghostscript parts them."""

import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops
from readback import content, opened
from reprints import SAMPLES, SOURCES, reprint, sample, source

from layout.house.brand import Colour
from layout.house.press import MARKS
from layout.makeup.page import Element, Page, Pages, Rule, Tint
from layout.plates.edition import COATED, EDITIONS
from layout.plates.frame import MARGIN
from layout.plates.metadata import About, about_interview
from layout.plates.painter import Part, paint
from layout.plates.palette import Palette
from layout.plates.slug import with_slug

PRESS, DIGITAL = EDITIONS["press"], EDITIONS["digital"]
BLEED = 3 / 25.4 * 72
PETROL = (0.92, 0.45, 0.48, 0.4)


@cache
def press(name: str) -> bytes:
    printed = sample(name)
    return paint([Part(printed.pages)], printed.brand, PRESS, about_interview(printed.interview))


def spotted(brand):
    """The brand with its colour and tint as one spot ink."""
    colours = {
        **brand.colours,
        "brand": Colour(srgb="#0E4F55", spot="Petrol (3)", cmyk=PETROL),
        "tint": Colour(srgb="#E7EDEE", spot="Petrol (3)", density=0.1),
    }
    return replace(brand, colours=colours)


def marked(brand, *marks: str):
    return replace(brand, press=replace(brand.press, marks=marks))


def painted(brand, *marks) -> bytes:
    page = Page(200, 100, 1, True, marks)
    pages = Pages((page,), (Element("document", -1),))
    return paint([Part(pages)], brand, PRESS, About("T", date="2026"))


def box(page, name: str) -> list[float]:
    return [float(edge) for edge in page[f"/{name}Box"]]


@pytest.fixture
def plates(tool, tmp_path):
    """The plates of a file's first page by their inks: 0 is no ink, 255 all of it."""

    def run(pdf: bytes, ppi: int = 72) -> dict[str, Image.Image]:
        (tmp_path / "a.pdf").write_bytes(pdf)
        arguments = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{ppi}"]
        tool("gs", *arguments, f"-sOutputFile={tmp_path}/p%d.tif", tmp_path / "a.pdf")
        return {
            path.name[3:-5]: ImageChops.invert(Image.open(path).convert("L"))
            for path in sorted(tmp_path.glob("p1(*).tif"))
        }

    return run


# --- the file ---


def test_the_boxes_lie_in_each_other():
    for page in opened(press(SAMPLES[0])).pages:
        width, height = 210 / 25.4 * 72, 297 / 25.4 * 72
        assert box(page, "Trim") == pytest.approx([BLEED, BLEED, BLEED + width, BLEED + height], abs=1e-3)  # fmt: skip
        assert box(page, "Bleed") == box(page, "Media")
        assert box(page, "Media") == pytest.approx([0, 0, 2 * BLEED + width, 2 * BLEED + height], abs=1e-3)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_a_press_file_has_no_annotations_and_no_attachments(name):
    file = opened(press(name))
    assert file.pdf_version == "1.6"
    assert not any("/Annots" in page or "/Tabs" in page for page in file.pages)
    assert not {"/AF", "/Names", "/AcroForm", "/OpenAction"} & set(file.Root.keys())
    roles = {str(thing.get("/S")) for thing in file.objects if hasattr(thing, "keys") and thing.get("/P") is not None}  # fmt: skip
    assert "/Link" not in roles and "/P" in roles


def test_its_claims_say_the_same_everywhere():
    file = opened(press(SAMPLES[0]))
    assert str(file.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
    assert file.docinfo["/Trapped"] == "/False"
    intents = {str(it.S): it for it in file.Root.OutputIntents}
    assert intents.keys() == {"/GTS_PDFA1", "/GTS_PDFX"}
    profiles = [it.DestOutputProfile for it in intents.values()]
    assert profiles[0].objgen == profiles[1].objgen
    assert profiles[0].read_bytes() == Path(COATED).read_bytes() and profiles[0].N == 4
    assert {str(it.OutputConditionIdentifier) for it in intents.values()} == {"FOGRA39"}
    xmp = file.Root.Metadata.read_bytes().decode()
    for said in (
        "<pdfxid:GTS_PDFXVersion>PDF/X-4<", "<pdf:Trapped>False<", "<pdfaid:part>2<", "<pdfaid:conformance>A<",
        "<pdfuaid:part>1<", "<xmpMM:VersionID>1<", "<xmpMM:RenditionClass>default<", "<xmp:MetadataDate>", "<xmp:CreateDate>",
    ):  # fmt: skip
        assert said in xmp
    assert {"pdfuaid", "pdfxid", "pdf"} == set(re.findall("<pdfaSchema:prefix>(.*?)<", xmp))


def test_the_digital_edition_says_nothing_of_it():
    printed = sample(SAMPLES[0])
    file = opened(paint([Part(printed.pages)], printed.brand, DIGITAL, about_interview(printed.interview)))  # fmt: skip
    assert "/GTS_PDFXVersion" not in file.docinfo and len(file.Root.OutputIntents) == 1
    assert b"pdfx" not in file.Root.Metadata.read_bytes()


# --- the same pages ---

NUMBERS = re.compile(rb"BT ([\d.]+) ([\d.]+) Td|\[(.*?)\]TJ")


def lines_of(page) -> list:
    """Where each line stands and what codes it shows, in the order of painting."""
    return NUMBERS.findall(content(page))


@pytest.mark.parametrize("name", SAMPLES)
def test_lines_break_and_stand_as_in_the_digital_edition(name):
    printed = sample(name)
    bare = replace(DIGITAL, links=False)
    pdf = paint([Part(printed.pages)], printed.brand, bare, about_interview(printed.interview))
    here, there = opened(press(name)).pages, opened(pdf).pages
    assert len(here) == len(there)
    for one, other in zip(here, there):
        assert lines_of(one) == lines_of(other)
        assert lines_of(one)


@pytest.mark.parametrize("name", SAMPLES)
def test_its_text_reads_the_same(tool, tmp_path, name):
    (tmp_path / "d.pdf").write_bytes(sample(name).pdf)
    (tmp_path / "p.pdf").write_bytes(press(name))
    digital, printed = (tool("pdftotext", tmp_path / file, "-") for file in ("d.pdf", "p.pdf"))
    assert digital == printed and len(digital) > 200


# --- ink ---


def colours_in(pdf: bytes) -> set[bytes]:
    """All colour operators of a file's pages."""
    return set(re.findall(rb"(?<=\s)(?:rg|RG|k|K|g|G|cs|CS|sc|scn|SCN)(?=\s)", b"".join(b" " + content(page) + b" " for page in opened(pdf).pages)))  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_in_rgb(name):
    assert colours_in(press(name)) == {b"k"}
    images = [it for it in opened(press(name)).objects if getattr(it, "get", None) and it.get("/Subtype") == "/Image"]  # fmt: skip
    assert all(str(it.ColorSpace) in ("/DeviceCMYK", "/DeviceGray") for it in images)


def test_text_black_overprints_and_tints_do_not():
    printed = sample("mine-ban-convention")
    palette = Palette(printed.brand, inks=True)
    assert palette.fills["text"] == "/OV gs 0 0 0 1 k"
    assert palette.grounds["text"] == "/CO gs 0 0 0 1 k"
    assert palette.fills["brand"].startswith("/CO gs ")
    states = opened(press("mine-ban-convention")).pages[0].Resources.ExtGState
    assert (states.OV.op, states.OV.OP, states.OV.OPM) == (True, True, 1)
    assert (states.CO.op, states.CO.OP, states.CO.OPM) == (False, False, 0)


def test_black_text_leaves_the_tint_below_it_whole(plates):
    """On the plates: magenta is as even under the text of the sidebar as beside it."""
    found = plates(press("mine-ban-convention"), 100)
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black"}
    printed = sample("mine-ban-convention")
    tints = (mark for mark in printed.pages.pages[0].marks if isinstance(mark, Tint))
    tint = max(tints, key=lambda mark: mark.height)
    page = printed.pages.pages[0]
    scale = 100 / 72
    area = [
        (tint.x + BLEED + tint.width * 0.45) * scale,
        (page.height - tint.y - tint.height + BLEED + 30) * scale,
        (tint.x + BLEED + tint.width - 12) * scale,
        (page.height - tint.y + BLEED - 12) * scale,
    ]
    black, magenta = (found[ink].crop([round(edge) for edge in area]) for ink in ("Black", "Magenta"))  # fmt: skip
    assert black.getextrema()[1] > 200, "there is text in it"
    low, high = magenta.getextrema()
    assert high - low <= 1 and low > 0


def test_a_spot_ink_has_a_plate_of_its_own_and_one_definition(plates):
    printed = sample("mine-ban-convention")
    pdf = paint([Part(printed.pages)], spotted(printed.brand), PRESS, About("T", date="2026"))
    found = plates(pdf)
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black", "Petrol (3)"}
    assert not any(found[ink].getbbox() for ink in ("Cyan", "Magenta", "Yellow"))
    values = dict(enumerate(found["Petrol (3)"].histogram()))
    tint = max((value for value in values if value > 5), key=lambda value: values[value])
    assert tint == pytest.approx(25.5, abs=1.5), "a tenth of the ink"
    (space,) = opened(pdf).pages[0].Resources.ColorSpace.values()
    assert [str(space[0]), str(space[1]), str(space[2])] == ["/Separation", "/Petrol (3)", "/DeviceCMYK"]  # fmt: skip
    assert [float(it) for it in space[3].C1] == pytest.approx(PETROL)


def test_an_ink_that_is_not_used_is_not_in_the_file():
    brand = replace(sample("one-paragraph").brand, colours={
        **sample("one-paragraph").brand.colours, "unused": Colour(srgb="#00FF00", spot="Green", cmyk=(1, 0, 1, 0)),
    })  # fmt: skip
    pdf = painted(brand, Tint(10, 10, 20, 20, "brand"))
    assert len(opened(pdf).pages[0].Resources.ColorSpace) == 0
    assert b"Green" not in pdf


# --- bleed and marks ---


def test_what_touches_the_trim_is_there_in_the_bleed(plates):
    brand = sample("one-paragraph").brand
    found = plates(painted(brand, Tint(0, 0, 100, 100, "brand")))["Magenta"]
    width, height = found.size
    assert (width, height) == (round(200 + 2 * BLEED), round(100 + 2 * BLEED))
    assert found.crop((0, 0, 100, height)).getextrema() == (255, 255)
    assert found.crop((112, 0, width, height)).getextrema() == (0, 0)


@pytest.mark.parametrize("kind", MARKS[:-1])
def test_marks_stand_outside_the_bleed_on_every_plate(plates, kind):
    brand = marked(spotted(sample("one-paragraph").brand), kind)
    pdf = painted(brand, Rule(10, 50, 50, 2, "brand"))
    (page,) = opened(pdf).pages
    assert box(page, "Trim")[0] == pytest.approx(MARGIN + BLEED, abs=1e-3)
    assert box(page, "Bleed")[0] == pytest.approx(MARGIN, abs=1e-3)
    found = plates(pdf)
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black", "Petrol (3)"}
    for ink, plate in found.items():
        inside = plate.copy()
        edge = round(MARGIN)
        inside = plate.crop((edge + 1, edge + 1, plate.width - edge - 1, plate.height - edge - 1))
        outside = plate.copy()
        outside.paste(0, (edge + 1, edge + 1, plate.width - edge - 1, plate.height - edge - 1))
        assert outside.getbbox(), f"{kind} is on the plate of {ink}"
        assert bool(inside.getbbox()) == (ink == "Petrol (3)"), f"{kind} is inside on {ink}"


def test_the_slug_says_what_the_page_is(tool, tmp_path):
    printed = reprint(source(tmp_path, title="On slugs", date="2026-11"))
    brand = marked(spotted(printed.brand), "slug")
    about = about_interview(printed.interview)
    case = SimpleNamespace(looks=None)
    assert with_slug(printed.pages, PRESS, printed.brand, about, case) is printed.pages
    assert with_slug(printed.pages, DIGITAL, brand, about, case) is printed.pages
    from reprints import house

    pages = with_slug(printed.pages, PRESS, brand, about, house())
    (tmp_path / "a.pdf").write_bytes(paint([Part(pages)], brand, PRESS, about))
    text = tool("pdftotext", "-layout", tmp_path / "a.pdf", "-")
    assert "On slugs · press · 1 · 2026-11 · Black · Petrol (3)" in text


def test_the_same_bytes_twice():
    printed = sample("why-hyphens")
    again = paint([Part(printed.pages)], printed.brand, PRESS, about_interview(printed.interview))
    assert again == press("why-hyphens")
    assert (SOURCES / "why-hyphens.yaml").exists()

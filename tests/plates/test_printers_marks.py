"""Printers' marks: where they stand, which plates they print on, and what names they can carry."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layout.plates.printers_marks import (
    ALL,
    CLEARANCE,
    LENGTH,
    PROCESS_PATCHES,
    REGISTRATION,
    Box,
    bar_width,
    bleed_marks,
    collation_mark,
    colour_bar,
    crop_marks,
    cut_marks,
    fold_marks,
    pdf_name,
    registration_marks,
    registration_target,
    separation,
)

TRIM = Box(100, 100, 300, 400)
BLEED = TRIM.grown(8.5)
LINE = re.compile(r"^(\S+) (\S+) m (\S+) (\S+) l$", re.MULTILINE)


def lines(code: str) -> list[tuple[float, ...]]:
    return [tuple(map(float, found)) for found in LINE.findall(code)]


def page(code: str, spaces: str, width: int = 400, height: int = 500) -> bytes:
    """A PDF of one page with these operators."""
    resources = f"/ColorSpace<<{pdf_name(REGISTRATION)} {ALL}{spaces}>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<<{resources}>>/Contents 4 0 R>>",
        f"<</Length {len(code)}>>\nstream\n{code}\nendstream",
    ]
    out, offsets = "%PDF-1.6\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{item}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join([f"{offset:010d} 00000 n \n" for offset in offsets])
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")


def plates(tmp_path, code: str, spaces: str = "") -> dict[str, Image.Image]:
    """What Ghostscript prints on each plate, one pixel a point; ink is 255."""
    if not shutil.which("gs"):
        pytest.skip("gs is not installed")
    (tmp_path / "marks.pdf").write_bytes(page(code, spaces))
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-r72",
               "-sDEVICE=tiffsep", f"-sOutputFile={tmp_path}/out.tif", f"{tmp_path}/marks.pdf"]  # fmt: skip
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    found = {}
    for path in tmp_path.glob("out(*).tif"):
        with Image.open(path) as image:
            found[path.stem[4:-1]] = image.convert("L").point(lambda value: 255 - value)
    return found


def test_crop_marks_lead_to_the_corners_of_the_trim_and_begin_outside_the_bleed():
    drawn = lines(crop_marks(TRIM, BLEED))
    assert len(drawn) == 8
    assert {x for x, _, other, _ in drawn if x == other} == {TRIM.left, TRIM.right}
    assert {y for _, y, _, other in drawn if y == other} == {TRIM.bottom, TRIM.top}
    for x1, y1, x2, y2 in drawn:
        assert abs(x2 - x1) + abs(y2 - y1) == pytest.approx(LENGTH, abs=0.002)
        for x, y in ((x1, y1), (x2, y2)):
            inside = BLEED.left < x < BLEED.right and BLEED.bottom < y < BLEED.top
            assert not inside


def test_without_a_bleed_they_keep_off_the_trim():
    for x, y, *_ in lines(crop_marks(TRIM, TRIM)):
        away = max(TRIM.left - x, x - TRIM.right, TRIM.bottom - y, y - TRIM.top)
        assert away == pytest.approx(CLEARANCE, abs=0.002)


def test_bleed_marks_are_dashed_and_missing_where_there_is_no_bleed():
    assert bleed_marks(TRIM, TRIM) == ""
    code = bleed_marks(TRIM, BLEED)
    assert "[3 2] 0 d" in code
    assert {x for x, _, other, _ in lines(code) if x == other} == {BLEED.left, BLEED.right}


def test_fold_marks_differ_from_cut_marks_by_their_dashes_alone():
    line = [(10.0, 20.0, 10.0, 40.0)]
    assert fold_marks(line).replace("[3 2] 0 d", "[] 0 d") == cut_marks(line)
    assert cut_marks([]) == fold_marks([]) == ""


def test_a_colour_bar_has_every_process_ink_full_and_half_overprints_and_spots():
    code = colour_bar(10, 20, ["Spot0", "Spot1"], 8)
    fills = re.findall(r"(\S+ \S+ \S+ \S+ k|/\S+ cs \S+ scn)", code)
    assert fills[:2] == ["1 0 0 0 k", "0.5 0 0 0 k"]
    assert {"1 1 0 0 k", "1 0 1 0 k", "0 1 1 0 k"} <= set(fills)
    assert fills[-4:] == [f"/Spot{n} cs {tint} scn" for n in (0, 1) for tint in ("1", "0.5")]
    left = [float(found) for found in re.findall(r"(\S+) \S+ 8 8 re f", code)]
    assert left == [10 + 8 * n for n in range(len(PROCESS_PATCHES) + 4)]
    assert left[-1] + 8 == pytest.approx(10 + bar_width(2, 8))


def test_marks_for_all_plates_print_on_all_plates(tmp_path):
    code = (
        crop_marks(TRIM, BLEED)
        + registration_marks(TRIM, BLEED)
        + "/Spot0 cs 1 scn 150 150 20 20 re f\n"
    )
    found = plates(tmp_path, code, f"/Spot0 {separation('Offprint Red', (0, 1, 1, 0))}")
    assert set(found) == {"Cyan", "Magenta", "Yellow", "Black", "Offprint Red"}
    for name, plate in found.items():
        assert plate.crop((0, 0, 85, 500)).getbbox(), name  # registration and crops at the left
        assert plate.crop((180, 410, 220, 500)).getbbox(), name  # the lower target
        # and nothing but the spot's own square between
        inner = plate.crop((95, 105, 305, 395)).getbbox()
        assert (inner is not None) == (name == "Offprint Red"), name


def test_a_colour_bar_prints_each_ink_on_its_own_plate(tmp_path):
    code = colour_bar(0, 0, ["Spot0"], 20)
    found = plates(tmp_path, code, f"/Spot0 {separation('Gold (rich) #1', (0, 0.2, 1, 0.1))}")
    wanted = {
        "Cyan": [255, 128, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0],
        "Magenta": [0, 0, 255, 128, 0, 0, 0, 0, 255, 0, 255, 0, 0],
        "Yellow": [0, 0, 0, 0, 255, 128, 0, 0, 0, 255, 255, 0, 0],
        "Black": [0, 0, 0, 0, 0, 0, 255, 128, 0, 0, 0, 0, 0],
        "Gold (rich) #1": [0] * 11 + [255, 128],
    }
    for name, row in wanted.items():
        seen = [found[name].getpixel((20 * n + 10, 490)) for n in range(13)]
        assert seen == pytest.approx(row, abs=2), name


def test_a_collation_mark_is_black_alone(tmp_path):
    found = plates(tmp_path, collation_mark(Box(10, 10, 20, 40)) + registration_target(200, 200, 7))
    assert found["Black"].getpixel((15, 480)) == 255
    assert found["Cyan"].getpixel((15, 480)) == 0


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Red", "/Red"),
        ("PANTONE 185 C", "/PANTONE#20185#20C"),
        ("a#b", "/a#23b"),
        ("(x)/<y>[%{}", "/#28x#29#2F#3Cy#3E#5B#25#7B#7D"),
        ("Grün", "/Gr#C3#BCn"),
        ("", "/"),
    ],
)
def test_names_escape_what_is_no_regular_character(name, written):
    assert pdf_name(name) == written


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_name_comes_back(name):
    written = pdf_name(name)
    assert re.fullmatch(r"/[!-~]*", written)
    raw = re.sub(rb"#([0-9A-F]{2})", lambda it: bytes([int(it[1], 16)]), written[1:].encode())
    assert raw.decode("utf-8") == name


@given(st.floats(-2e4, 2e4), st.floats(-2e4, 2e4))
def test_numbers_have_no_exponent_and_the_state_is_left_as_it_was(x, y):
    box = Box(x, y, x + 100, y + 50)
    for code in (crop_marks(box, box), registration_target(x, y), colour_bar(x, y, ["S"])):
        assert re.fullmatch(r"[\x0a\x20-\x7e]*", code)
        assert not re.search(r"\d[eE]|nan|inf|-0(?![.\d])", code)
        words = code.split()
        assert words.count("q") == words.count("Q") > 0

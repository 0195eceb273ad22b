"""Ink as Ghostscript's plates show it."""

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from press_samples import (
    MM,
    PROFILE,
    SRGB,
    Array,
    Dictionary,
    Name,
    draw,
    icc,
    jpeg,
    page,
    picture,
    replace,
    resources,
    sample,
    tint,
    written,
)  # fmt: skip

from layout.bindery.foreign import open_bytes
from layout.bindery.preflight import Demands, inspect
from layout.bindery.preflight.press import plates
from layout.ground.problems import Place
from layout.house.press import Press

needs_gs = pytest.mark.skipif(not shutil.which("gs"), reason="gs is not installed")


def found(pdf, limit: float = 300):
    demands = Demands(Press(ink_limit=limit))
    findings = inspect(open_bytes(written(pdf), Place("a.pdf"), "a.pdf"), "press", demands)
    return [each for each in findings if each.rule in ("ink-limit", "plates-unmeasured")]


def percent(finding) -> int:
    return int(re.search(r"(\d+) %", finding.message)[1])


def place(finding) -> tuple[float, float]:
    """The place in points from the corner of the trim."""
    across, up = re.fullmatch(
        r"(\S+) mm from the left, (\S+) mm from the foot", finding.place
    ).groups()
    return float(across) * MM, float(up) * MM


@needs_gs
def test_a_page_within_the_limit_has_no_finding():
    assert found(sample()) == []


OVER = "0 0 0 0.9 k 120 120 60 60 re f /Over gs 0 0.9 0.9 0 k 150 150 60 60 re f 0.9 0 0 0 k 150 150 20 20 re f"
"""Four inks that add up to 360 % where they overprint each other, none of them too much alone."""


@needs_gs
def test_inks_that_overprint_each_other_add_up_and_are_found_where_they_do():
    pdf = sample()
    draw(pdf, OVER)
    (finding,) = found(pdf)
    assert percent(finding) == pytest.approx(360, abs=1)
    assert place(finding) == (pytest.approx(150 - 20, abs=3), pytest.approx(170 - 20, abs=3))


@needs_gs
def test_inks_that_knock_out_do_not_add_up():
    pdf = sample()
    draw(pdf, OVER.replace("/Over gs", ""))
    assert found(pdf) == []


@needs_gs
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_measured_as_it_is_looked_at(turn):
    pdf = sample()
    draw(pdf, OVER)
    page(pdf).Rotate = turn
    (finding,) = found(pdf)
    # The corners of the spot, 150 to 170 points from the corner of a page whose trim is 20 to 300 and 20 to 400.
    low, high = 130, 150
    wanted = {90: (low, 280 - low), 180: (280 - high, 380 - low), 270: (380 - high, high)}[turn]
    assert place(finding) == (pytest.approx(wanted[0], abs=3), pytest.approx(wanted[1], abs=3))


@needs_gs
def test_a_page_whose_corner_is_elsewhere_is_measured_from_its_trim():
    pdf = sample()
    draw(pdf, OVER)
    held = page(pdf)
    for key in ("/MediaBox", "/TrimBox", "/BleedBox"):
        box = [float(each) for each in held[key]]
        held[key] = Array([box[0] - 100, box[1] + 50, box[2] - 100, box[3] + 50])
    held.Contents.write(b"1 0 0 1 -100 50 cm " + held.Contents.read_bytes())
    (finding,) = found(pdf)
    assert place(finding) == (pytest.approx(130, abs=3), pytest.approx(150, abs=3))


@needs_gs
def test_marks_outside_the_bleed_do_not_count():
    pdf = sample()
    replace(pdf, "5 5 310 410 re f", "5 5 310 410 re f 1 1 1 1 k 0 200 10 10 re f")
    assert found(pdf) == []


@needs_gs
def test_spot_inks_count():
    pdf = sample()
    space = Array([Name.Separation, Name("/Odd (name)/.."), Name.DeviceCMYK, tint(0, 1, 0, 0)])
    resources(pdf).ColorSpace.S = space
    draw(pdf, "1 1 0.5 0 k 50 50 50 50 re f /Over gs /S cs 1 scn 50 50 50 50 re f")
    (finding,) = found(pdf)
    assert percent(finding) == pytest.approx(350, abs=1)


@needs_gs
def test_what_is_in_the_condition_of_the_press_stays_as_it_is_and_rgb_is_converted_to_it():
    pdf = sample()
    space = icc(pdf, SRGB, 3)
    resources(pdf).ColorSpace.R = space
    draw(pdf, "/R cs 0 0 0 scn 50 50 50 50 re f")
    (finding,) = found(pdf)
    # LittleCMS by way of Pillow says the same of sRGB black in this profile.
    from PIL import Image, ImageCms

    made = ImageCms.buildTransform(
        str(SRGB), str(PROFILE), "RGB", "CMYK", 1, flags=ImageCms.Flags.BLACKPOINTCOMPENSATION
    )
    black = ImageCms.applyTransform(Image.new("RGB", (1, 1), 0), made).getpixel((0, 0))
    assert percent(finding) == pytest.approx(sum(black) / 2.55, abs=3)


@needs_gs
@pytest.mark.parametrize("decode", [None, [1, 0] * 4])
def test_a_jpeg_has_as_much_ink_in_its_data_as_on_the_plates(decode):
    """Ghostscript is the oracle of how the components of a JPEG are to be read."""
    colour = (240, 230, 220, 100) if decode else (10, 20, 30, 150)
    pdf = sample()
    image = picture(pdf, b"", 100, 100, Name.DeviceCMYK)
    image.write(jpeg(colour), filter=Name.DCTDecode)
    if decode:
        image.Decode = Array(decode)
    resources(pdf).XObject.Im = image
    demands = Demands(Press(ink_limit=200))
    findings = inspect(open_bytes(written(pdf), Place("a.pdf"), "a.pdf"), "press", demands)
    (plated,) = [each for each in findings if each.rule == "ink-limit"]
    (read,) = [each for each in findings if each.rule == "ink-picture"]
    assert percent(read) == pytest.approx(percent(plated), abs=2)


def test_without_ghostscript_the_file_is_found_unmeasured(monkeypatch):
    monkeypatch.setattr(plates.shutil, "which", lambda name: None)
    (finding,) = found(sample())
    assert (finding.rule, finding.severity) == ("plates-unmeasured", "warning")
    assert "apt-get install ghostscript" in finding.hint


def program(folder, script: str) -> str:
    path = folder / "gs"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 1", "cannot read it"),
        ("exec sleep 9", "longer than"),
        ('echo x > "p(Cyan).tif"', "cannot be read"),
    ],
)
def test_a_page_that_cannot_be_measured_is_told(tmp_path, monkeypatch, script, reason):
    monkeypatch.setattr(plates, "TIME", 0.3)
    monkeypatch.setattr(plates.shutil, "which", lambda name: program(tmp_path, script))
    (finding,) = found(sample())
    assert (finding.rule, finding.page) == ("plates-unmeasured", 1)
    assert reason in finding.message


def test_many_failures_end_the_measuring(tmp_path, monkeypatch):
    monkeypatch.setattr(plates.shutil, "which", lambda name: program(tmp_path, "exit 1"))
    pdf = sample()
    for _ in range(8):
        pdf.add_blank_page(page_size=(320, 420))
    assert len(found(pdf)) == plates.MOST_FAILURES


def test_a_page_that_is_too_large_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(plates.shutil, "which", lambda name: program(tmp_path, "exit 1"))
    pdf = sample()
    page(pdf).MediaBox = Array([0, 0, 900000, 900000])
    (finding,) = found(pdf)
    assert "too large" in finding.message


@needs_gs
def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(plates.tempfile, "tempdir", None)
    found(sample())
    assert os.listdir(tmp_path) == []


@needs_gs
def test_the_file_may_not_read_or_write_elsewhere(tmp_path):
    """Ghostscript's own safe mode: the switch that asks for it must stay."""
    code = f"(%pipe%touch {tmp_path}/evil) (w) file"
    done = subprocess.run(
        ["gs", "-q", "-dBATCH", "-dSAFER", "-sDEVICE=nullpage", "-c", code],
        capture_output=True,
        check=False,
    )
    assert done.returncode and not (tmp_path / "evil").exists()
    assert '"-dSAFER"' in Path(plates.__file__).read_text()


assert Dictionary

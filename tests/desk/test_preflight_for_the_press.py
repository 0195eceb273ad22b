"""`offprint preflight --profile press`: what it is told, what it tells, and whatever the file is."""

import json
import random
import shutil
from pathlib import Path

import pikepdf
import pytest

from layout.bindery.preflight.press import plates
from layout.desk.cli import main

SMALL = "format: 1\ntitle: Small\ndate: 2012-06\ninterview:\n- question: Why?\n  answer: Because.\n"

GHOSTSCRIPT = pytest.mark.skipif(not shutil.which("gs"), reason="Ghostscript is not installed")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "brands").mkdir()
    main(["build", "small.yaml", "--edition", "press", "-o", "small.pdf", "--quiet", "--marks"])
    return tmp_path


def preflight(*arguments: str) -> int:
    return main(["preflight", "--profile", "press", *arguments])


def thin(path: str = "small.pdf") -> None:
    """Draw a line of a tenth of a point on the page, and a blue one in RGB."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(
            b"0 0 0 1 K 0.1 w 100 100 m 200 100 l S 0 0 1 RG 2 w 100 120 m 200 120 l S\n"
        )
        pdf.save(path)


@GHOSTSCRIPT
def test_our_own_lacks_nothing_with_marks_round_it(folder, capsys):
    assert preflight("small.pdf", "--quiet") == 0
    assert capsys.readouterr().err == ""


def test_a_finding_has_page_place_severity_and_rule(folder, capsys):
    thin()
    assert preflight("small.pdf", "--json") == 1
    out, err = capsys.readouterr()
    (row,) = map(json.loads, out.splitlines())
    assert row["status"] == "refused" and row["edition"] == "press"
    found = {it["rule"]: it for it in row["problems"]}
    assert (found["rgb"]["severity"], found["rgb"]["page"]) == ("error", 1)
    assert (found["hairline"]["severity"], found["hairline"]["page"]) == ("warning", 1)
    assert (
        "mm from the left" in found["hairline"]["place"]
        and "mm from the foot" in found["rgb"]["place"]
    )
    assert "small.pdf: error: page 1" in err


@GHOSTSCRIPT
def test_a_brand_sets_limits_and_severities(folder, capsys):
    thin()
    (folder / "brands" / "lax.yaml").write_text(
        "press:\n  limits: {hairline: 0.05}\n  severities: {rgb: warning, inks: 'off'}\n"
    )
    assert preflight("small.pdf", "--brand", "brands/lax.yaml", "--json") == 0
    (row,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [it["rule"] for it in row["problems"] if it["severity"] != "note"] == ["rgb"]
    assert "hairline" not in {it["rule"] for it in row["problems"]}
    assert "inks" not in {it["rule"] for it in row["problems"]}


def test_a_rule_that_nobody_knows_is_told_with_its_line(folder, capsys):
    (folder / "brands" / "odd.yaml").write_text("press:\n  severities:\n    hairlines: error\n")
    assert preflight("small.pdf", "--brand", "brands/odd.yaml") == 1
    err = capsys.readouterr().err
    assert "odd.yaml:3:5: error: there is no rule `hairlines` of preflight" in err
    assert "did you mean `hairline`" in err


def test_a_brand_goes_with_the_press_alone(folder, capsys):
    assert main(["preflight", "small.pdf", "--brand", "focus"]) == 2
    assert "--profile press" in capsys.readouterr().err


def test_without_ghostscript_the_plates_are_said_to_be_unmeasured(folder, capsys, monkeypatch):
    monkeypatch.setattr(plates.shutil, "which", lambda name: None)
    assert preflight("small.pdf") == 0
    err = capsys.readouterr().err
    assert "warning" in err and "apt-get install ghostscript" in err


@GHOSTSCRIPT
def test_what_is_no_pdf_is_refused_and_the_rest_is_read(folder, capsys):
    (folder / "words.pdf").write_text("no pdf")
    assert preflight("words.pdf", "small.pdf", "gone.pdf") == 1
    out, err = capsys.readouterr()
    assert "words.pdf: error:" in err and "gone.pdf: error: there is no file" in err
    assert "small.pdf: 1 note" in out


@pytest.mark.slow
def test_whatever_is_in_the_file_there_is_no_traceback(folder, capsys, monkeypatch):
    """Copies with bytes changed at random places, the same on every run: found wanting, refused or sound."""
    monkeypatch.setattr(plates.shutil, "which", lambda name: None)
    with pikepdf.open("small.pdf") as pdf:
        pdf.save(
            "plain.pdf", compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    data = Path("plain.pdf").read_bytes()
    chance = random.Random(5)
    codes = set()
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 3, 20))):
            at = chance.randrange(len(spoilt))
            spoilt[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        Path("spoilt.pdf").write_bytes(spoilt)
        codes.add(preflight("spoilt.pdf", "--quiet"))
    assert codes <= {0, 1}
    assert len(codes) == 2
    assert "Traceback" not in capsys.readouterr().err
    shutil.rmtree(folder / "brands")

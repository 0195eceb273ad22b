"""Building for the press: both editions of a source at once, what is refused, and what it costs nothing."""

import json
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image
from reprints import ROOT

from layout.desk import workshop
from layout.desk.cli import main

SMALL = "format: 1\ntitle: Small\ndate: 2012-06\ninterview:\n- question: Why?\n  answer: Because.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "small.yaml").write_text(SMALL)
    (tmp_path / "brands").mkdir()
    return tmp_path


def build(*arguments: str) -> int:
    return main(["build", *arguments, "--edition", "digital", "--edition", "press"])


def rows(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_both_editions_in_one_run_are_those_of_two(folder):
    assert build("small.yaml", "-o", "both", "--quiet") == 0
    for edition in ("digital", "press"):
        assert main(["build", "small.yaml", "-o", "each", "--quiet", "--edition", edition]) == 0
    names = ["small-press.pdf", "small.pdf"]
    for name in names:
        assert (folder / "both" / name).read_bytes() == (folder / "each" / name).read_bytes()
    assert sorted(path.name for path in (folder / "both").iterdir()) == names


def test_a_source_is_read_and_set_once_for_both(folder, monkeypatch):
    calls = {"read": 0, "set": 0}
    read, typeset = workshop.read_source, workshop.Workshop.typeset

    def reading(source):
        calls["read"] += 1
        return read(source)

    def setting(self, work, source):
        calls["set"] += 1
        return typeset(self, work, source)

    monkeypatch.setattr(workshop, "read_source", reading)
    monkeypatch.setattr(workshop.Workshop, "typeset", setting)
    assert build("small.yaml", "--quiet", "--jobs", "1") == 0
    assert calls == {"read": 1, "set": 1}


def test_each_edition_is_up_to_date_by_itself(folder, capsys):
    build("small.yaml", "--json")
    assert [row["status"] for row in rows(capsys)] == ["built", "built"]
    (folder / "output" / "small-press.pdf").unlink()
    build("small.yaml", "--json")
    assert [(row["edition"], row["status"]) for row in rows(capsys)] == [("digital", "current"), ("press", "built")]  # fmt: skip


def test_a_brand_without_inks_keeps_its_digital_edition(folder, capsys):
    (folder / "brands" / "green.yaml").write_text("colours:\n  brand: {srgb: '#0E5F25'}\n")
    assert build("small.yaml", "--brand", "green", "--json") == 1
    out, err = capsys.readouterr()
    digital, press = map(json.loads, out.splitlines())
    assert (digital["status"], press["status"]) == ("built", "refused")
    assert press["problems"][0]["line"] == 2
    assert "green.yaml:2:3: error: the colour `brand` has no CMYK value" in err
    assert [path.name for path in (folder / "output").iterdir()] == ["small.pdf"]
    assert main(["check", "small.yaml", "--brand", "green", "--quiet"]) == 0
    assert main(["check", "small.yaml", "--brand", "green", "--edition", "press"]) == 1


def test_what_both_editions_share_is_told_once(folder, capsys):
    (folder / "bad.yaml").write_text(SMALL.replace("title:", "titel:"))
    assert build("bad.yaml") == 1
    assert capsys.readouterr().err.count("titel") == 1


@pytest.mark.parametrize(
    ("pixels", "code", "kind", "ppi"), [(209, 1, "error", 139), (300, 0, "warning", 200), (400, 0, None, 0)]
)  # fmt: skip
def test_a_coarse_portrait_is_told_with_its_line(folder, capsys, pixels, code, kind, ppi):
    """38 mm are 107.7 points: 209 pixels make 139.7 to an inch, and their height a little less."""
    Image.new("RGB", (pixels, round(pixels * 47 / 38)), "grey").save(folder / "p.jpg")
    (folder / "a.yaml").write_text(
        SMALL.replace(
            "interview:",
            "interviewee:\n  name: A\n  portrait:\n    image: p.jpg\n    alt: A\ninterview:",
        )
    )
    assert build("a.yaml", "--json") == code
    digital, press = rows(capsys)
    assert digital["status"] == "built" and digital["problems"] == []
    if kind is None:
        assert press["problems"] == []
        return
    (problem,) = press["problems"]
    assert (problem["severity"], problem["line"], problem["column"]) == (kind, 7, 12)
    assert problem["message"] == f"portrait has {ppi} ppi at 38 mm"
    assert (folder / "output" / "a-press.pdf").exists() == (code == 0)


def test_a_coarse_figure_and_a_coarse_logo_are_told_where_they_are_named(folder, capsys):
    Image.new("RGB", (100, 50), "grey").save(folder / "f.png")
    Image.new("RGB", (100, 50), "grey").save(folder / "brands" / "l.png")
    (folder / "brands" / "logo.yaml").write_text("masthead:\n  logo: l.png\n  logo_height: 20\n")
    (folder / "a.yaml").write_text(SMALL + "- figure: f.png\n  alt: A\n")
    assert build("a.yaml", "--brand", "logo") == 1
    err = capsys.readouterr().err
    assert "a.yaml:7:11: error: figure has 36 ppi at 71 mm" in err
    assert "logo.yaml:2:9: error: logo has 63 ppi at 40 mm" in err
    assert "pixels or more" in err


def test_the_brand_sets_how_coarse_is_too_coarse(folder):
    Image.new("RGB", (100, 50), "grey").save(folder / "f.png")
    (folder / "a.yaml").write_text(SMALL + "- figure: f.png\n  alt: A\n")
    (folder / "brands" / "rough.yaml").write_text("press: {resolution: {least: 20, good: 30}}\n")
    assert build("a.yaml", "--brand", "rough", "--quiet") == 0


def test_without_a_date_the_press_file_says_so(folder, capsys, monkeypatch):
    (folder / "a.yaml").write_text(SMALL.replace("date: 2012-06\n", ""))
    assert build("a.yaml") == 0
    assert "a.yaml: warning: the source has no date" in capsys.readouterr().err
    assert b"<xmp:CreateDate>2000-01-01T00:00:00Z" in (folder / "output/a-press.pdf").read_bytes()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert build("a.yaml") == 0
    assert "no date" not in capsys.readouterr().err


def test_marks_are_asked_for_by_the_brand_or_the_command_line(folder):
    (folder / "brands" / "cut.yaml").write_text("press: {marks: [crop]}\n")
    sizes = {}
    for name, arguments in {
        "plain": [], "brand": ["--brand", "cut"], "all": ["--marks"], "again": ["--marks"],
    }.items():  # fmt: skip
        assert build("small.yaml", "--quiet", "-o", name, *arguments) == 0
        sizes[name] = (folder / name / "small-press.pdf").read_bytes()
    assert len({sizes["plain"], sizes["brand"], sizes["all"]}) == 3
    assert sizes["all"] == sizes["again"]
    digital = {(folder / name / "small.pdf").read_bytes() for name in ("plain", "all")}
    assert len(digital) == 1


def test_another_profile_is_the_output_intent(folder):
    shutil.copy(ROOT / "layout/plates/profiles/FOGRA39L_coated.icc", folder / "brands/paper.icc")
    (folder / "brands" / "own.yaml").write_text("press:\n  profile: paper.icc\n")
    assert build("small.yaml", "--brand", "own", "--quiet") == 0
    pdf = (folder / "output" / "small-press.pdf").read_bytes()
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(folder / "output" / "small-press.pdf") as file:
        intent = file.Root.OutputIntents[1]
        assert (str(intent.OutputConditionIdentifier), str(intent.Info)) == ("Custom", "paper")
        assert "/RegistryName" not in intent
    assert pdf.startswith(b"%PDF-1.6")


def test_digital_carries_no_profile_of_the_press(folder):
    """What is only for the press is no part of what a digital file is made from, so it verifies without it."""
    shutil.copy(ROOT / "layout/plates/profiles/FOGRA39L_coated.icc", folder / "brands/paper.icc")
    (folder / "brands" / "own.yaml").write_text("press:\n  profile: paper.icc\n")
    (folder / "small.yaml").write_text(SMALL + "brand: own\n")
    assert build("small.yaml", "--quiet") == 0
    assert main(["verify", "output/small.pdf", "--quiet"]) == 0


# --- issues ---


@pytest.fixture
def issue(
    shelf_of_sources: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """The sample issue in a folder of its own."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path_factory.mktemp("issue") / "sources"
    shutil.copytree(shelf_of_sources, folder)
    return folder / "issues" / "focus-specimen.yaml"


def test_an_issue_for_the_press_has_the_same_pages_and_words(issue, tool, tmp_path, capsys):
    assert build(str(issue), "-o", str(tmp_path)) == 0
    assert "warning" not in capsys.readouterr().err
    files = [tmp_path / "focus-specimen.pdf", tmp_path / "focus-specimen-press.pdf"]
    digital, press = (tool("pdftotext", file, "-") for file in files)
    assert digital == press
    boxes = tool("pdfinfo", "-box", "-l", 16, files[1])
    assert len(re.findall(r"TrimBox: +8\.50 +8\.50 +603\.78 +850\.39", boxes)) == 16
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(files[1]) as file:
        assert not any("/Annots" in page for page in file.pages)
        assert "/AF" not in file.Root and str(file.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"


def test_pages_of_another_number_for_the_press_are_refused(issue, tmp_path, capsys):
    text = issue.read_text().replace("press: cover-press.pdf", "press: calendar-press.pdf")
    other = issue.parent / "other.yaml"
    other.write_text(text)
    assert build(str(other), "-o", str(tmp_path)) == 1
    err = capsys.readouterr().err
    assert "other.yaml:19:10: error: the file for the press has 2 pages, `pdf` has 1" in err
    assert [path.name for path in tmp_path.iterdir()] == ["other.pdf"]


def test_a_file_for_the_press_that_is_missing_stops_only_that(issue, tmp_path, capsys):
    text = issue.read_text().replace("press: cover-press.pdf", "press: gone-press.pdf")
    other = issue.parent / "missing.yaml"
    other.write_text(text)
    assert build(str(other), "-o", str(tmp_path)) == 1
    assert "missing.yaml:19:10: error: there is no such file" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["missing.pdf"]
    other.write_text(text.replace("gone-press.pdf", "../../gone.pdf"))
    assert main(["build", str(other), "-o", str(tmp_path / "none")]) == 1
    assert "leads out of" in capsys.readouterr().err


def test_links_of_foreign_pages_stay_behind(issue, tmp_path, capsys):
    """Without pages made for the press those for screens are taken, less their annotations, and told."""
    other = issue.parent / "plain.yaml"
    other.write_text("\n".join(it for it in issue.read_text().splitlines() if "press:" not in it))
    assert main(["build", str(other), "--edition", "press", "-o", str(tmp_path)]) == 0
    assert "annotations of calendar.pdf are left out" in capsys.readouterr().err
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(tmp_path / "plain-press.pdf") as file:
        assert not any(len(page.get("/Annots", [])) for page in file.pages)
        roles = {str(thing.get("/S")) for thing in file.objects if isinstance(thing, pikepdf.Dictionary)}  # fmt: skip
        assert "/Link" not in roles


def test_an_issue_for_the_press_claims_only_what_it_keeps(issue, tmp_path, capsys):
    """Pages in RGB keep it from PDF/X-4, and the warning says which."""
    other = issue.parent / "plain.yaml"
    other.write_text("\n".join(it for it in issue.read_text().splitlines() if "press:" not in it))
    assert main(["build", str(other), "--edition", "press", "-o", str(tmp_path)]) == 0
    err = capsys.readouterr().err
    assert "the issue does not claim PDF/A-2a, PDF/UA-1 and PDF/X-4: page 1 of cover.pdf: " in err
    data = (tmp_path / "plain-press.pdf").read_bytes()
    assert b"GTS_PDFXVersion" not in data and b"pdfaid:part" not in data

"""What is up to date is left alone, and whatever a file was made from makes it anew."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from reprints import ENTRY, ROOT, SOURCES, source

from layout.desk import current, provenance
from layout.desk.cli import main

BRAND = "name: mine\nfonts: {text: {regular: own.ttf}}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An interview with a picture, a brand of its own, and in that a font of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "brands").mkdir()
    shutil.copy(ROOT / "fonts/source-serif/SourceSerif4-Regular.ttf", tmp_path / "brands/own.ttf")
    shutil.copy(SOURCES / "images/optical-sizes.png", tmp_path / "a.png")
    (tmp_path / "brands/mine.yaml").write_text(BRAND)
    source(tmp_path, brand="mine", interview=[*ENTRY, {"figure": "a.png", "alt": ""}])
    return tmp_path


@pytest.fixture
def status(project, capsys):
    def build(*options: str) -> str:
        assert main(["build", "interview.yaml", "-o", "a.pdf", "--json", *options]) == 0
        return json.loads(capsys.readouterr().out)["status"]

    assert build() == "built"
    return build


def test_nothing_has_changed(status, project):
    made = os.stat("a.pdf").st_mtime_ns
    assert status() == "current"
    assert os.stat("a.pdf").st_mtime_ns == made


def test_force_makes_the_same_again(status):
    before = Path("a.pdf").read_bytes()
    assert status("--force") == "built"
    assert Path("a.pdf").read_bytes() == before


def test_touching_a_source_changes_nothing(status):
    later = time.time() + 100
    os.utime("interview.yaml", (later, later))
    assert status() == "current"


def change(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


def new_face() -> None:
    shutil.copy(ROOT / "fonts/source-serif/SourceSerif4Caption-Regular.ttf", "brands/own.ttf")


CHANGES = {
    "source": lambda: change("interview.yaml", "A reader", "A listener"),
    "brand": lambda: change("brands/mine.yaml", "name: mine", "name: mine\ngrid: {drop: 0.7}"),
    "picture": lambda: shutil.copy(SOURCES / "images/first-fit-total-fit.png", "a.png"),
    "font": new_face,
    "output": lambda: os.truncate("a.pdf", 2000),
    "no output": lambda: os.unlink("a.pdf"),
    "time": lambda: os.environ.__setitem__("SOURCE_DATE_EPOCH", "86400"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_it_anew(status, monkeypatch, what):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    CHANGES[what]()
    assert [status(), status()] == ["built", "current"]


def test_another_brand_makes_it_anew(status):
    assert [status("--brand", "focus"), status("--brand", "focus"), status()] == ["built", "current", "built"]  # fmt: skip


def test_the_font_of_a_cut_makes_it_anew(status):
    cut = "name: mine\nfonts: {text: {optical: [{from: 10, regular: own.ttf}]}}\n"
    Path("brands/mine.yaml").write_text(cut)
    assert [status(), status()] == ["built", "current"]
    new_face()
    assert [status(), status()] == ["built", "current"]


def test_another_version_of_the_program_makes_it_anew(status, monkeypatch):
    monkeypatch.setattr(provenance, "VERSION", "9.9.9")
    assert status() == "built"


def test_another_version_of_a_library_makes_it_anew(status, monkeypatch):
    other = {**provenance.versions(), "pyphen": "9.9.9"}
    monkeypatch.setattr(provenance, "versions", lambda: other)
    assert status() == "built"


def test_a_program_that_was_worked_on_makes_it_anew(status, monkeypatch, tmp_path):
    """Newer code than the output: a copy of the package's outline stands for it."""
    room = tmp_path / "package" / "room"
    room.mkdir(parents=True)
    (room / "module.py").write_text("")
    later = time.time() + 100
    os.utime(room / "module.py", (later, later))
    monkeypatch.setattr(current, "newest_code", lambda: _newest(room.parent, monkeypatch))
    assert status() == "built"


def _newest(package: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    with monkeypatch.context() as patched:
        patched.setattr(current, "PACKAGE", str(package))
        return NEWEST()


NEWEST = current.newest_code.__wrapped__


def test_a_moved_project_is_still_up_to_date(status, project, monkeypatch):
    """Names count from the source's folder: where the project lies does not matter."""
    before = Path("a.pdf").read_bytes()
    moved = project.parent / f"{project.name}-moved"
    shutil.copytree(project, moved)
    monkeypatch.chdir(moved)
    assert status() == "current"
    assert status("--force") == "built"
    assert Path("a.pdf").read_bytes() == before
    shutil.rmtree(moved)


# --- depfiles ---

MAKEFILE = "include deps.d\n.SUFFIXES:\n%.pdf:\n\t@true\n"


def make(tool, *arguments: str) -> int:
    try:
        tool("make", "-q", *arguments)
    except AssertionError:
        return 1
    return 0


@pytest.mark.parametrize(
    "stem", ["plain", "two words", "a#b", "cost$5", "50%", "a:b", "back\\slash", "odd\\ one"]
)
def test_make_understands_the_depfile(project, tool, stem):
    """Every kind of name: Make finds the output up to date, and out of date after each file's change."""
    os.rename("interview.yaml", f"{stem}.yaml")
    assert (
        main(["build", f"{stem}.yaml", "-o", f"{stem}.pdf", "--depfile", "deps.d", "--quiet"]) == 0
    )
    Path("Makefile").write_text(MAKEFILE)
    then = time.time() + 1000  # the program's own fonts are older
    files = [f"{stem}.yaml", "brands/mine.yaml", "brands/own.ttf", "a.png"]
    for file in (*files, "deps.d", "Makefile"):
        os.utime(file, (then, then))
    os.utime(f"{stem}.pdf", (then + 10, then + 10))
    assert make(tool, f"{stem}.pdf") == 0
    for file in files:
        os.utime(file, (then + 20, then + 20))
        assert make(tool, f"{stem}.pdf") == 1, file
        os.utime(file, (then, then))


def test_a_dependency_that_is_gone_does_not_stop_make(project, tool):
    assert main(["build", "interview.yaml", "-o", "a.pdf", "--depfile", "deps.d", "--quiet"]) == 0
    Path("Makefile").write_text(MAKEFILE)
    os.unlink("a.png")
    assert make(tool, "a.pdf") == 1  # to be made anew, and no "No rule to make target"
    tool("make", "-n", "a.pdf")


def test_the_depfile_names_what_a_refused_source_was_read_from(project):
    source(project, "bad.yaml", title=3)
    assert main(["build", "bad.yaml", "interview.yaml", "--depfile", "deps.d", "--quiet"]) == 1
    rules = Path("deps.d").read_text()
    assert rules.startswith("output/bad.pdf: bad.yaml\n")
    assert "output/interview.pdf: interview.yaml " in rules


@pytest.mark.parametrize("what", ["interview.yaml", "brands/mine.yaml"])
def test_what_is_saved_while_it_is_read_is_read_again(status, monkeypatch, what):
    """An editor saves in just that moment: the file is of one state, and the next build finds it so."""
    change("interview.yaml", "A reader", "A hearer")
    from layout.desk.workshop import Workshop

    read, saved = Workshop.read, []

    def save_after_reading(*arguments, **keys):
        work = read(*arguments, **keys)
        if not saved:
            saved.append(True)
            if what == "interview.yaml":
                change(what, "A hearer", "A writer")
            else:
                change(what, "name: mine", "name: mine\ngrid: {drop: 0.7}")
        return work

    monkeypatch.setattr(Workshop, "read", save_after_reading)
    assert status() == "built"
    made = Path("a.pdf").read_bytes()
    assert status() == "current"
    assert status("--force") == "built"
    assert Path("a.pdf").read_bytes() == made

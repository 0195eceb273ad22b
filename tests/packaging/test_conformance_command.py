"""What `make conformance` does where something is missing or is not what it should be."""

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import conformance

ROOT = Path(__file__).parents[2]


def check(*arguments: object, path: str = "") -> subprocess.CompletedProcess[str]:
    """The command, where only a folder of commands is on the path."""
    command = [sys.executable, ROOT / "scripts" / "conformance.py", *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env={"PATH": path}, timeout=60
    )


@pytest.fixture
def pdf(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    return path


def test_without_java_it_skips_aloud_and_passes(pdf, tmp_path):
    done = check(pdf, path=str(tmp_path))
    assert done.stdout == "conformance: skipped: no Java (make conformance-tools installs it)\n"
    assert done.returncode == 0


def test_without_java_the_strict_one_fails(pdf, tmp_path):
    done = check("--strict", pdf, path=str(tmp_path))
    assert done.stdout.startswith("conformance: failed: no Java")
    assert done.returncode == 1


def test_what_is_not_there_is_no_pass(tmp_path):
    done = check(tmp_path / "no.pdf", path=str(tmp_path))
    assert "there is no" in done.stderr
    assert done.returncode == 1


def test_a_folder_without_pdfs_is_no_pass(tmp_path):
    done = check(tmp_path, path=str(tmp_path))
    assert "there is no PDF to check" in done.stderr
    assert done.returncode == 1


def test_without_the_jar_and_maven_it_cannot_be_fetched(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(conformance.Missing, match="no veraPDF and no Maven"):
        conformance.fetch(tmp_path / "v.jar")


def test_a_jar_with_another_sum_is_refused(tmp_path):
    jar = tmp_path / "v.jar"
    jar.write_bytes(b"PK")
    with pytest.raises(SystemExit, match="does not have the pinned check sum"):
        conformance.fetch(jar)
    assert jar.exists()


@pytest.mark.parametrize(
    ("name", "flavours"),
    [
        ("a.pdf", ("3a", "ua1")),
        ("a-press.pdf", ("2a", "ua1")),
        ("press.pdf", ("3a", "ua1")),
        ("a-press-proof.pdf", ("3a", "ua1")),
        ("a-press.pdf/b.pdf", ("3a", "ua1")),
        ("a", ("3a", "ua1")),
    ],
)
def test_a_file_is_held_to_what_its_name_promises(name, flavours):
    assert conformance.flavours_of(Path("folder", name)) == flavours


def test_each_flavour_is_asked_about_its_own_files():
    screen, press = Path("a.pdf"), Path("a-press.pdf")
    asked = {"3a": [screen], "2a": [press], "ua1": [screen, press]}
    assert conformance.sort_out([screen, press]) == asked
    assert conformance.sort_out([press]) == {"2a": [press], "ua1": [press]}


@pytest.fixture
def asked(pdf, monkeypatch):
    """Two files, and a stand-in for the validator, in whose eyes none for the press is a PDF/A-2a."""
    (pdf.parent / "a-press.pdf").write_bytes(b"%PDF-1.6\n")

    def answer(jar, flavour, files):
        bad = [conformance.Failure("6.1.2-1", "no header")] if flavour == "2a" else []
        return dict.fromkeys(files, bad)

    monkeypatch.setattr(conformance, "find_java", lambda: "java")
    monkeypatch.setattr(conformance, "fetch", lambda: Path("v.jar"))
    monkeypatch.setattr(conformance, "validate", answer)
    return pdf.parent


def test_what_fails_is_told_by_file_and_flavour(asked, capsys):
    assert conformance.check([asked]) == 1
    assert capsys.readouterr().out == (
        f"{asked / 'a-press.pdf'}: 2a: fails\n"
        "  6.1.2-1  no header\n"
        "conformance: 2 files, 2a and 3a and ua1: 1 of 4 checks failed\n"
    )


def test_what_is_not_there_is_not_counted(asked, capsys):
    assert conformance.check([asked / "a.pdf"]) == 0
    assert capsys.readouterr().out == "conformance: 1 files, 3a and ua1: all pass\n"


def test_a_file_that_the_validator_passes_over_has_not_passed(pdf, tmp_path, monkeypatch):
    """A stand-in for Java that reports on no file."""
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho '<report><jobs></jobs></report>'\n")
    java.chmod(0o755)
    monkeypatch.setattr(conformance, "find_java", lambda: str(java))
    found = conformance.validate(tmp_path / "v.jar", "3a", [pdf])
    assert [failure.rule for failure in found[pdf]] == ["none"]


def test_a_validator_that_breaks_off_is_an_error(pdf, tmp_path, monkeypatch):
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho 'unsupported class version' >&2\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setattr(conformance, "find_java", lambda: str(java))
    with pytest.raises(RuntimeError, match="unsupported class version"):
        conformance.validate(tmp_path / "v.jar", "3a", [pdf])

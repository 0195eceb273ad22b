"""`offprint catalogue --check`: what is missing, altered, or no longer what it claims."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest
from reprints import source

from layout.desk import judges
from layout.desk.cli import main

pikepdf = pytest.importorskip("pikepdf")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("made")
    written = source(folder, "one.yaml", date="2012-06")
    assert main(["build", str(written), "-o", str(folder / "one.pdf"), "--quiet"]) == 0
    return (folder / "one.pdf").read_bytes()


@pytest.fixture
def archive(tmp_path, made, monkeypatch, capsys) -> Path:
    """Three equal reprints and their catalogue; no veraPDF is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(judges.shutil, "which", lambda _: None)
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (folder / name).write_bytes(made)
    assert main(["catalogue", "archive", "--quiet"]) == 0
    capsys.readouterr()
    return folder


def check(*options: str) -> int:
    return main(["catalogue", "archive", "--check", *options])


def withdraw(path: Path, claim: bytes = b"<pdfuaid:part>1</pdfuaid:part>") -> None:
    """Take a claim out of a file, which stays as long as it is."""
    data = path.read_bytes()
    assert claim in data
    path.write_bytes(data.replace(claim, b" " * len(claim)))


def untag(path: Path) -> None:
    """Make a file that claims everything and has no tags."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(path, fix_metadata_version=False)


def test_nothing_has_changed_and_nothing_is_written(archive, capsys):
    before = {path: path.stat().st_mtime_ns for path in archive.iterdir()}
    assert check() == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("archive: 3 PDFs: 3 same\n", "")
    assert {path: path.stat().st_mtime_ns for path in archive.iterdir()} == before


def test_missing(archive, capsys):
    (archive / "b.pdf").unlink()
    assert check() == 1
    said = capsys.readouterr()
    assert "archive/b.pdf: error: it is missing\n  hint: take it from" in said.err
    assert said.out == "archive: 3 PDFs: 2 same, 1 missing\n"


def test_one_byte_altered(archive, capsys):
    data = bytearray((archive / "b.pdf").read_bytes())
    data[20] ^= 1
    (archive / "b.pdf").write_bytes(data)
    assert check("--json") == 1
    said = capsys.readouterr()
    assert "archive/b.pdf: error: it was altered: its sha-256 is " in said.err
    status = [json.loads(line)["status"] for line in said.out.splitlines()]
    assert status == ["same", "altered", "same"]


def test_moved_and_new(archive, capsys):
    (archive / "sub").mkdir()
    (archive / "b.pdf").rename(archive / "sub" / "b.pdf")
    assert check() == 1
    said = capsys.readouterr()
    assert "hint: sub/b.pdf has the same content: was it moved?" in said.err
    assert "archive/sub/b.pdf: warning: it is not in the catalogue" in said.err
    assert "2 same, 1 missing, 1 new" in said.out


def test_what_is_new_alone_is_a_warning(archive, capsys, made):
    (archive / "d.pdf").write_bytes(made)
    assert check() == 0
    assert "archive/d.pdf: warning: it is not in the catalogue" in capsys.readouterr().err


def test_what_is_new_and_no_file_is_not_waited_for(archive, capsys):
    os.mkfifo(archive / "pipe.pdf")
    (archive / "c.pdf").unlink()
    os.mkfifo(archive / "c.pdf")
    assert check() == 1
    said = capsys.readouterr().err
    assert "archive/pipe.pdf: warning: it is not in the catalogue" in said
    assert "archive/c.pdf: error: this is no file" in said


def test_a_claim_withdrawn_is_named(archive, capsys):
    withdraw(archive / "b.pdf")
    assert check() == 1
    said = capsys.readouterr().err
    assert "archive/b.pdf: error: it was altered" in said
    assert "archive/b.pdf: error: it no longer claims PDF/UA-1\n" in said
    assert "note: whether it conforms to PDF/A-3a was not judged" in said


def test_an_altered_file_that_claims_what_it_was_is_judged_by_preflight(archive, capsys):
    untag(archive / "b.pdf")
    assert check() == 1
    said = capsys.readouterr().err
    assert "archive/b.pdf: error: it does not conform to PDF/A-3a and PDF/UA-1: " in said
    assert "no longer claims" not in said


def test_an_unaltered_false_claim_is_found_where_all_are_judged(archive, capsys):
    untag(archive / "b.pdf")
    assert main(["catalogue", "archive", "--quiet"]) == 0
    assert check("--quiet") == 0
    assert check("--conformance") == 1
    said = capsys.readouterr()
    assert "note: there is no verapdf: offprint preflight judges" in said.err
    assert said.err.count("does not conform") == 1
    assert "2 same, 1 wanting" in said.out


def test_damaged_since(archive, capsys):
    (archive / "b.pdf").write_bytes((archive / "b.pdf").read_bytes()[:2000])
    assert check() == 1
    said = capsys.readouterr().err
    assert "archive/b.pdf: error: it was altered" in said
    assert "archive/b.pdf: error: b.pdf is cut short or damaged" in said


def test_a_link_that_leads_nowhere_now(archive, capsys):
    (archive / "b.pdf").unlink()
    (archive / "b.pdf").symlink_to("b.pdf")
    assert check() == 1
    assert "archive/b.pdf: error: this link leads to no file" in capsys.readouterr().err


def test_no_catalogue(archive, capsys):
    (archive / "catalogue.jsonl").unlink()
    assert check() == 1
    assert "archive/catalogue.jsonl: error: there is no catalogue" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "at"),
    [(lambda it: it.replace(b"A title", b"Another", 1), 2), (lambda it: it + b"x", 5), (lambda it: it[:-9], 4),
     (lambda it: b"\xef\xbb\xbf" + it, 1)],
)  # fmt: skip
def test_a_csv_file_that_was_altered(archive, capsys, change, at):
    path = archive / "catalogue.csv"
    path.write_bytes(change(path.read_bytes()))
    assert check() == 1
    said = capsys.readouterr().err
    assert (
        f"archive/catalogue.csv: error: it does not say what archive/catalogue.jsonl says, from record {at} on"
        in said
    )


def test_a_csv_file_that_is_missing(archive, capsys):
    (archive / "catalogue.csv").unlink()
    assert check() == 1
    assert "archive/catalogue.csv: error: it is missing" in capsys.readouterr().err


def test_a_catalogue_that_cannot_be_read(archive, capsys):
    with (archive / "catalogue.jsonl").open("a") as file:
        file.write('{"path": "../../secret.pdf"}\n')
    assert check() == 1
    assert (
        "archive/catalogue.jsonl:4: error: this is no row of a catalogue" in capsys.readouterr().err
    )


def test_a_catalogue_elsewhere(archive):
    for name in ("catalogue.csv", "catalogue.jsonl"):
        (archive / name).rename(archive.parent / name)
    assert check("--quiet", "-o", ".") == 0
    assert check("--quiet") == 1


# --- veraPDF ---

SCRIPT = """#!{python}
import sys
names = sys.argv[sys.argv.index("--maxfailuresdisplayed") + 2:]
flavour = sys.argv[sys.argv.index("--flavour") + 1]
print("<report><jobs>")
for name in names:
    if "quiet" in name:
        continue
    bad = "b.pdf" in name and flavour == "ua1"
    rule = '<rule clause="7.1" testNumber="3" status="failed"><description>No  tags</description></rule>'
    print(f'<job><item><name>{{name}}</name></item><validationReport isCompliant="{{str(not bad).lower()}}">'
          f'<details>{{rule if bad else ""}}</details></validationReport></job>')
print("</jobs></report>")
"""


@pytest.fixture
def verapdf(archive, monkeypatch) -> Path:
    """A command that speaks as veraPDF does, and finds fault with b.pdf."""
    path = archive.parent / "verapdf"
    path.write_text(SCRIPT.format(python=sys.executable))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(judges.shutil, "which", lambda _: str(path))
    return path


def test_verapdf_is_asked_about_each_claim(archive, capsys, verapdf):
    assert check("--conformance") == 1
    said = capsys.readouterr()
    assert (
        said.err.splitlines()[0]
        == "archive/b.pdf: error: it does not conform to PDF/UA-1: 7.1-3: No tags"
    )
    assert "2 same, 1 wanting" in said.out
    assert "no verapdf" not in said.err


def test_verapdf_is_not_asked_about_what_is_the_same(archive, capsys, verapdf):
    verapdf.write_text("#!/bin/false")
    assert check() == 0


def test_what_verapdf_passes_over_in_silence_has_not_passed(archive, capsys, verapdf, made):
    (archive / "quiet.pdf").write_bytes(made)
    assert main(["catalogue", "archive", "--quiet"]) == 0
    assert check("--conformance") == 1
    assert (
        "archive/quiet.pdf: error: it does not conform to PDF/A-3a: veraPDF says nothing"
        in capsys.readouterr().err
    )


def test_a_verapdf_that_fails_is_a_failure_of_the_surroundings(archive, capsys, verapdf):
    verapdf.write_text("#!/bin/sh\necho no Java >&2\nexit 1\n")
    assert check("--conformance") == 3
    assert "verapdf failed: no java" in capsys.readouterr().err


def test_the_real_verapdf_says_the_same(archive, capsys, monkeypatch, tmp_path):
    root = Path(__file__).parents[2]
    jars = sorted((root / ".cache" / "verapdf").glob("greenfield-apps-*.jar"))
    if not jars or os.system("java -version 2>/dev/null"):
        pytest.skip("veraPDF is not here: make conformance fetches it")
    path = tmp_path / "verapdf"
    path.write_text(
        f'#!/bin/sh\nexec java -cp {jars[-1]} org.verapdf.apps.GreenfieldCliWrapper "$@"\n'
    )
    path.chmod(0o755)
    monkeypatch.setattr(judges.shutil, "which", lambda _: str(path))
    untag(archive / "b.pdf")
    assert main(["catalogue", "archive", "--quiet"]) == 0
    assert check("--conformance") == 1
    said = capsys.readouterr().err
    assert "archive/b.pdf: error: it does not conform to PDF/UA-1: 7.1-" in said
    assert "a.pdf: error" not in said

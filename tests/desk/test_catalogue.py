"""`offprint catalogue`: every PDF of a folder, whatever it is, in one table."""

import csv
import json
import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from reprints import offprint, source

from layout.desk.catalogue import Catalogue
from layout.desk.cli import main

pikepdf = pytest.importorskip("pikepdf")

FILES = ("catalogue.csv", "catalogue.jsonl")


@pytest.fixture(scope="module")
def reprint_bytes(tmp_path_factory) -> tuple[bytes, bytes]:
    """A PDF, and the source that it was made from."""
    folder = tmp_path_factory.mktemp("made")
    written = source(
        folder, "one.yaml", title="One, \"two\"", date="2012-06", language="en",
        interviewee={"name": "Ada"}, interviewer="Bo",
    )  # fmt: skip
    assert main(["build", str(written), "-o", str(folder / "one.pdf"), "--quiet"]) == 0
    return (folder / "one.pdf").read_bytes(), written.read_bytes()


@pytest.fixture
def archive(tmp_path, reprint_bytes, monkeypatch) -> Path:
    """A folder with one reprint, relative to the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "one.pdf").write_bytes(reprint_bytes[0])
    return folder


def foreign(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), invariant=1)
    canvas.setTitle("Elsewhere")
    canvas.drawString(72, 700, "here")
    canvas.save()


def rows(folder: Path) -> dict[str, dict[str, object]]:
    lines = (folder / "catalogue.jsonl").read_text("utf-8").splitlines()
    return {row["path"]: row for row in map(json.loads, lines)}


def test_a_reprint_and_what_it_says_of_itself(archive, reprint_bytes, capsys):
    assert main(["catalogue", "archive"]) == 0
    data, text = reprint_bytes
    assert rows(archive)["one.pdf"] == {
        "path": "one.pdf", "title": 'One, "two"', "people": ["Ada", "Bo"], "date": "2012-06", "languages": ["en"],
        "pages": 1, "bytes": len(data), "sha256": sha256(data).hexdigest(),
        "sources": [{"name": "one.yaml", "sha256": sha256(text).hexdigest()}],
        "conformance": ["PDF/A-3a", "PDF/UA-1"], "remark": "",
    }  # fmt: skip
    with (archive / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["title"], row["people"], row["pages"]) == ('One, "two"', "Ada; Bo", "1")
    assert row["conformance"] == "PDF/A-3a; PDF/UA-1"
    said = capsys.readouterr()
    assert said.out == "archive/catalogue.csv: 1 PDF\narchive/catalogue.jsonl: 1 PDF\n"
    assert said.err == ""


def test_the_same_bytes_twice_and_sorted_by_folder(archive):
    for name in ("b/z.pdf", "b/a.PDF", "a.pdf", "c/d/e.pdf", ".hidden.pdf", "notes.txt"):
        foreign(archive / name)
    assert main(["catalogue", "archive", "--quiet", "-o", "x"]) == 0
    listed = offprint(
        "catalogue",
        "archive",
        "--quiet",
        "-o",
        "y",
        folder=archive.parent,
        env={"PYTHONHASHSEED": "7"},
    )
    assert listed.returncode == 0, listed.stderr
    for name in FILES:
        assert (archive.parent / "x" / name).read_bytes() == (
            archive.parent / "y" / name
        ).read_bytes()
    assert list(rows(archive.parent / "x")) == [
        "a.pdf",
        "one.pdf",
        "b/a.PDF",
        "b/z.pdf",
        "c/d/e.pdf",
    ]
    assert not (archive / "catalogue.csv").exists()


def test_a_foreign_file_without_xmp_is_listed_and_said(archive, capsys):
    foreign(archive / "foreign.pdf")
    assert main(["catalogue", "archive"]) == 0
    row = rows(archive)["foreign.pdf"]
    assert (row["title"], row["conformance"], row["sources"]) == ("Elsewhere", [], [])
    assert row["remark"] == "it has no XMP metadata"
    assert "archive/foreign.pdf: warning: it has no XMP metadata\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "remark"),
    [(b"", "x.pdf is empty"), (b"hello", "x.pdf is no PDF"), (b"%PDF-1.7\n", "x.pdf is cut short")],
)
def test_what_cannot_be_opened_is_listed_with_its_hash_and_the_rest_is_made(
    archive, capsys, data, remark
):
    (archive / "x.pdf").write_bytes(data)
    assert main(["catalogue", "archive", "--json"]) == 1
    row = rows(archive)["x.pdf"]
    assert (row["pages"], row["bytes"], row["sha256"]) == (
        None,
        len(data),
        sha256(data).hexdigest(),
    )
    assert str(row["remark"]).startswith(remark)
    assert rows(archive)["one.pdf"]["pages"] == 1
    said = capsys.readouterr()
    assert f"archive/x.pdf: error: {remark}" in said.err
    status = {row["source"]: row["status"] for row in map(json.loads, said.out.splitlines())}
    assert status == {"archive/one.pdf": "listed", "archive/x.pdf": "refused"}


def test_an_encrypted_file_wants_a_password(archive, capsys):
    foreign(archive.parent / "open.pdf")
    with pikepdf.open(archive.parent / "open.pdf") as pdf:
        pdf.save(archive / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="o"))
    (archive.parent / "words").write_text("secret\n")
    assert main(["catalogue", "archive"]) == 1
    assert rows(archive)["locked.pdf"]["pages"] is None
    assert "locked.pdf is encrypted" in capsys.readouterr().err
    assert main(["catalogue", "archive", "--password-file", "words"]) == 0
    assert rows(archive)["locked.pdf"]["pages"] == 1


def test_links_in_a_circle_to_nowhere_and_to_folders(archive, capsys):
    (archive / "self.pdf").symlink_to("self.pdf")
    (archive / "gone.pdf").symlink_to("nowhere.pdf")
    (archive / "up").symlink_to("..")
    (archive / "same.pdf").symlink_to("one.pdf")
    assert main(["catalogue", "archive"]) == 1
    found = rows(archive)
    assert list(found) == ["gone.pdf", "one.pdf", "same.pdf", "self.pdf"]
    assert (
        found["gone.pdf"]["remark"] == found["self.pdf"]["remark"] == "this link leads to no file"
    )
    said = capsys.readouterr().err
    assert "archive/up: warning: this link to a folder is not followed" in said
    assert "archive/same.pdf: note: it has the same content as one.pdf" in said


def test_what_is_no_file_is_not_waited_for(archive):
    os.mkfifo(archive / "pipe.pdf")
    assert main(["catalogue", "archive", "--quiet"]) == 1
    assert rows(archive)["pipe.pdf"]["remark"] == "this is no file"


@pytest.mark.parametrize(
    "name", [b'a, "b".pdf', b"a\nb.pdf", b"\xff\xfe.pdf", b"100%25.pdf", b"=1+1.pdf"]
)
def test_any_name_is_listed_and_found_again(archive, name, reprint_bytes):
    with open(os.path.join(os.fsencode(archive), name), "wb") as file:
        file.write(reprint_bytes[0])
    assert main(["catalogue", "archive", "--quiet"]) == 0
    assert len(rows(archive)) == 2
    with (archive / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        assert {row["bytes"] for row in csv.DictReader(file)} == {str(len(reprint_bytes[0]))}
    assert main(["catalogue", "archive", "--check", "--quiet"]) == 0


def test_a_title_that_is_a_formula_runs_in_no_spreadsheet(archive):
    with pikepdf.open(archive / "one.pdf") as pdf:
        del pdf.Root.Metadata
        pdf.docinfo["/Title"] = '=HYPERLINK("http://example.org")'
        pdf.save(archive / "two.pdf")
    assert main(["catalogue", "archive", "--quiet"]) == 0
    assert rows(archive)["two.pdf"]["title"] == '=HYPERLINK("http://example.org")'
    assert b",\"'=HYPERLINK(" in (archive / "catalogue.csv").read_bytes()


def test_a_source_that_was_altered_in_a_file_is_told_and_has_no_hash(archive, capsys):
    with pikepdf.open(archive / "one.pdf") as pdf:
        stream = pdf.attachments["one.yaml"].get_file().obj
        stream.write(stream.read_bytes().replace(b"A reader", b"A writer"))
        pdf.save(archive / "two.pdf")
    assert main(["catalogue", "archive"]) == 0
    assert rows(archive)["two.pdf"]["sources"] == []
    assert (
        "archive/two.pdf: warning: one.yaml in it was altered after it was made"
        in capsys.readouterr().err
    )


def test_a_source_that_was_taken_out_of_a_file_is_told(archive, capsys):
    with pikepdf.open(archive / "one.pdf") as pdf:
        del pdf.attachments["one.yaml"]
        pdf.save(archive / "two.pdf")
    assert main(["catalogue", "archive"]) == 0
    assert rows(archive)["two.pdf"]["sources"] == []
    assert "archive/two.pdf: warning: its source one.yaml is not in it" in capsys.readouterr().err


def test_a_file_put_together_has_the_sources_of_all_its_parts(archive):
    made = source(archive.parent, "other.yaml", title="Other")
    assert main(["build", str(made), "-o", "other.pdf", "--quiet"]) == 0
    assert main(["merge", "archive/one.pdf", "other.pdf", "-o", "archive/two.pdf"]) == 0
    assert main(["catalogue", "archive", "--quiet"]) == 0
    named = {each["name"]: each["sha256"] for each in rows(archive)["two.pdf"]["sources"]}
    assert set(named) == {"one.yaml", "other.yaml"}
    assert named["other.yaml"] == sha256(made.read_bytes()).hexdigest()
    with (archive / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        two = [row for row in csv.DictReader(file) if row["path"] == "two.pdf"]
    assert sorted(two[0]["source"].split("; ")) == ["one.yaml", "other.yaml"]


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_made(archive, monkeypatch, capsys):
    foreign(archive / "sub" / "a.pdf")
    real = os.scandir

    def closed(path):
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr("layout.desk.holdings.os.scandir", closed)
    assert main(["catalogue", "archive", "--quiet"]) == 3
    assert list(rows(archive)) == ["one.pdf"]
    assert "archive/sub: error: permission denied" in capsys.readouterr().err


def test_no_folder_and_no_pdfs(archive, capsys):
    (archive.parent / "empty").mkdir()
    assert main(["catalogue", "empty"]) == 1
    assert "empty: error: there are no PDFs in this folder" in capsys.readouterr().err
    assert not list((archive.parent / "empty").iterdir())
    assert main(["catalogue", "nowhere"]) == 1
    assert "nowhere: error: there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--conformance"], "--conformance goes with --check"), (["--brand", "focus"], "--brand goes with --bag"),
        (["--bag-info", "A: b"], "--bag-info goes with --bag"), (["--bag", "b", "--check"], "--bag does not go with --check"),
        (["--bag", "b", "-o", "c"], "--bag does not go with -o"), (["--bag", "archive/b"], "the bag would lie in the folder"),
        (["--bag", "archive"], "the bag would lie in the folder"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_a_wrong_command_line(archive, capsys, options, said):
    assert main(["catalogue", "archive", *options]) == 2
    assert capsys.readouterr().err == f"offprint catalogue: error: {said}\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_listed_without_a_hash(archive):
    foreign(archive / "closed.pdf")
    (archive / "closed.pdf").chmod(0)
    assert main(["catalogue", "archive", "--quiet"]) == 3
    assert rows(archive)["closed.pdf"]["sha256"] == ""


def test_a_file_that_the_system_does_not_give_is_listed_and_the_exit_code_is_3(
    archive, monkeypatch, capsys
):
    foreign(archive / "bad.pdf")

    def broken(file):
        if str(file).endswith("bad.pdf"):
            raise OSError(5, "Input/output error", str(file))
        return sha256(Path(file).read_bytes()).hexdigest()

    monkeypatch.setattr("layout.desk.holdings.digest", broken)
    assert main(["catalogue", "archive"]) == 3
    assert list(rows(archive)) == ["bad.pdf", "one.pdf"]
    assert "archive/bad.pdf: error: input/output error" in capsys.readouterr().err


def test_an_older_catalogue_stays_where_a_new_one_cannot_be_finished(archive, monkeypatch):
    assert main(["catalogue", "archive", "--quiet"]) == 0
    before = [(archive / name).read_bytes() for name in FILES]
    foreign(archive / "two.pdf")
    real = Catalogue._twice

    def full(self, found):
        if self.count:
            raise OSError(28, "No space left on device")
        return real(self, found)

    monkeypatch.setattr(Catalogue, "_twice", full)
    assert main(["catalogue", "archive", "--quiet"]) == 3
    assert [(archive / name).read_bytes() for name in FILES] == before
    assert sorted(os.listdir(archive)) == [*FILES, "one.pdf", "two.pdf"]


def test_neither_the_version_nor_a_build_imports_any_of_it(archive):
    source(archive.parent, "a.yaml")
    names = ("catalogue", "holdings", "rows", "recheck", "judges", "bag")
    code = (
        "import sys; from layout.desk.cli import main\n"
        "try: main({!r})\n"
        "except SystemExit: pass\n"
        "found = {{*sys.modules}} & {!r}\n"
        "assert not found, found"
    )
    ours = {f"layout.desk.{name}" for name in names} | {"layout.bindery.said", "bagit", "csv"}
    for arguments in (["--version"], ["build", "a.yaml", "--quiet", "--jobs", "1"]):
        import subprocess

        done = subprocess.run(
            [sys.executable, "-c", code.format(arguments, ours)], capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}, cwd=archive.parent, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_memory_does_not_grow_with_the_folder(archive, reprint_bytes):
    """Six times as many files take less than 3 MB more: no row is kept."""

    def peak(number: int) -> int:
        folder = archive.parent / f"n{number}"
        folder.mkdir()
        for n in range(number):
            shutil.copy(archive / "one.pdf", folder / f"{n:05}.pdf")
        code = (
            "import resource, sys; from layout.desk.cli import main\n"
            f"assert main(['catalogue', {str(folder)!r}, '--quiet']) == 0\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        import subprocess

        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        return int(done.stdout)

    assert peak(300) - peak(50) < 3_000

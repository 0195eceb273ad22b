"""`offprint merge` where files change, disappear, are too many or are each other, and where disks are full."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from reprints import ROOT, offprint

from layout.bindery import body, filedata
from layout.desk.cli import main


def drawn(path: Path, pages: int = 2) -> str:
    canvas = Canvas(str(path), invariant=1)
    for page in range(pages):
        canvas.drawString(72, 700, f"{path.stem} page {page + 1}")
        canvas.showPage()
    canvas.save()
    return path.name


def heavy(path: Path, megabytes: int) -> str:
    """A sound PDF with a stream of so many random megabytes."""
    noise = os.urandom(megabytes << 20)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/PieceInfo 4 0 R>>",
        4: b"<</Length %d>>\nstream\n%s\nendstream" % (len(noise), noise),
    }
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, value in objects.items():
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF\n" % start
    path.write_bytes(out)
    return path.name


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        drawn(tmp_path / f"{name}.pdf")
    return tmp_path


def texts(path: str) -> list[str]:
    """The words of each page."""
    from pypdf import PdfReader

    return [page.extract_text().strip() for page in PdfReader(path).pages]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("large", [False, True], ids=["in memory", "in its file"])
@pytest.mark.parametrize("output", ["a.pdf", "b.pdf", "link.pdf", "twin.pdf"])
def test_an_output_may_be_one_of_the_inputs_which_is_whole_until_it_is_replaced(
    output, large, folder, monkeypatch
):
    """It grows beside the old one, which stays open where it is read bit by bit."""
    if large:
        monkeypatch.setattr(filedata, "LARGE", 0)
    (folder / "link.pdf").symlink_to("a.pdf")
    os.link(folder / "b.pdf", folder / "twin.pdf")
    assert main(["merge", "a.pdf", "b.pdf", "-o", output]) == 0
    assert texts(output) == ["a page 1", "a page 2", "b page 1", "b page 2"]
    assert names(folder) == ["a.pdf", "b.pdf", "link.pdf", "twin.pdf"]


def test_an_input_stays_as_it_was_where_its_place_is_not_taken(folder):
    before = (folder / "a.pdf").read_bytes()
    (folder / "bad.pdf").write_bytes(b"no PDF")
    assert main(["merge", "a.pdf", "bad.pdf", "-o", "a.pdf"]) == 1
    assert (folder / "a.pdf").read_bytes() == before


def test_the_same_file_may_go_in_twice_and_into_itself(folder):
    assert main(["merge", "a.pdf", "a.pdf", "a.pdf", "-o", "out.pdf"]) == 0
    done = subprocess.run(["qpdf", "--show-npages", "out.pdf"], capture_output=True, check=True)
    assert done.stdout.strip() == b"6"


def test_a_bad_file_that_is_named_twice_is_told_once(folder, capfd):
    (folder / "bad.pdf").write_bytes(b"no PDF")
    assert main(["merge", "a.pdf", "bad.pdf", "bad.pdf", "-o", "out.pdf"]) == 1
    assert capfd.readouterr().err.count("error:") == 1


def test_an_older_output_stays_where_a_new_one_is_refused(folder):
    (folder / "out.pdf").write_bytes(b"old")
    (folder / "bad.pdf").write_bytes(b"no PDF")
    assert main(["merge", "a.pdf", "bad.pdf", "-o", "out.pdf"]) == 1
    assert (folder / "out.pdf").read_bytes() == b"old"
    assert names(folder) == ["a.pdf", "b.pdf", "bad.pdf", "out.pdf"]


def test_missing_folders_are_made(folder):
    assert main(["merge", "a.pdf", "b.pdf", "-o", "x/y/out.pdf"]) == 0
    assert names(folder / "x" / "y") == ["out.pdf"]


def test_3_where_the_output_cannot_be_written(folder, capfd):
    assert main(["merge", "a.pdf", "b.pdf", "-o", "a.pdf/out.pdf"]) == 3
    assert "error: " in capfd.readouterr().err
    assert names(folder) == ["a.pdf", "b.pdf"]


LIMITED = """
import resource, sys
sys.path.insert(0, {root!r})
resource.setrlimit(resource.{limit}, ({value}, {hard}))
{more}
from layout.desk.cli import main
sys.exit(main(sys.argv[1:]))
"""


def limited(
    folder: Path, limit: str, value: int, *line: str, hard: int | None = None, more: str = ""
):
    code = LIMITED.format(root=str(ROOT), limit=limit, value=value, hard=hard or value, more=more)
    command = [sys.executable, "-c", code, *line]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("kilobytes", [0, 1, 200, 1500])
def test_3_where_the_disk_is_full_and_nothing_is_left(kilobytes, folder):
    """It is the disk that fails, and no file is said to be damaged."""
    heavy(folder / "heavy.pdf", 2)
    before = names(folder)
    done = limited(
        folder, "RLIMIT_FSIZE", kilobytes << 10, "merge", "a.pdf", "heavy.pdf", "-o", "out.pdf"
    )
    assert done.returncode == 3
    assert "file too large" in done.stderr and "damaged" not in done.stderr
    assert "Traceback" not in done.stderr
    assert names(folder) == before


def test_1_where_the_new_file_would_be_larger_than_offsets_reach(folder, monkeypatch, capfd):
    monkeypatch.setattr(body, "LARGEST", 100)
    assert main(["merge", "a.pdf", "b.pdf", "-o", "out.pdf"]) == 1
    assert "more than 4 GiB" in capfd.readouterr().err
    assert names(folder) == ["a.pdf", "b.pdf"]


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_NOFILE"), reason="no limit of open files here")
def test_more_large_files_than_may_be_open_at_first(folder):
    """Each stays open, since it is read where it lies."""
    more = "from layout.bindery import filedata; filedata.LARGE = 0"
    line = ["merge", "a.pdf", *["b.pdf"] * 120, "-o", "out.pdf"]
    done = limited(folder, "RLIMIT_NOFILE", 64, *line, hard=512, more=more)
    assert (done.returncode, done.stderr) == (0, "")
    done = limited(folder, "RLIMIT_NOFILE", 64, *line, hard=80, more=more)
    assert done.returncode == 3
    assert "too many open files" in done.stderr


@pytest.mark.parametrize("how", ["longer", "shorter", "other", "gone"])
def test_a_large_file_that_changes_meanwhile_is_refused(how, folder, monkeypatch, capfd):
    monkeypatch.setattr(filedata, "LARGE", 0)
    path = folder / "b.pdf"
    data = path.read_bytes()
    import layout.desk.merge as desk

    whole = desk.merge_into

    def meanwhile(out, *arguments):
        if how == "gone":
            path.unlink()
        elif how == "other":
            path.write_bytes(data.replace(b"/MediaBox", b"/MadiaBox"))
            os.utime(path, ns=(1, 1))
        else:
            os.truncate(path, len(data) // 2 if how == "shorter" else 2 * len(data))
        return whole(out, *arguments)

    monkeypatch.setattr(desk, "merge_into", meanwhile)
    code = main(["merge", "a.pdf", "b.pdf", "-o", "out.pdf"])
    said = capfd.readouterr().err
    if how == "gone":  # what is open is still there
        assert (code, said) == (0, "")
        return
    assert code == 1
    assert said.count("error:") == 1 and "b.pdf" in said
    assert how == "shorter" or "was changed while it was read" in said
    assert names(folder) == ["a.pdf", "b.pdf"]


def test_a_small_file_is_read_once_and_may_change_then(folder, monkeypatch):
    import layout.desk.merge as desk

    whole = desk.merge_into

    def meanwhile(out, *arguments):
        (folder / "b.pdf").write_bytes(b"")
        return whole(out, *arguments)

    monkeypatch.setattr(desk, "merge_into", meanwhile)
    assert main(["merge", "a.pdf", "b.pdf", "-o", "out.pdf"]) == 0


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_where_it_is_interrupted(how, folder):
    heavy(folder / "heavy.pdf", 40)
    before = names(folder)
    command = [
        sys.executable,
        "-m",
        "layout",
        "merge",
        "a.pdf",
        *["heavy.pdf"] * 20,
        "-o",
        "out.pdf",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while names(folder) == before and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "offprint: interrupted\n"
    assert names(folder) == before


def test_a_missing_file_is_named_and_so_is_a_folder(folder):
    done = offprint("merge", "a.pdf", "none.pdf", ".", "-o", "out.pdf", folder=folder)
    assert done.returncode == 1
    assert done.stderr.count("error:") == 2
    assert names(folder) == ["a.pdf", "b.pdf"]

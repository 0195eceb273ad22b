"""When something goes wrong: what is said, what the shell is told, and what is left on the disk."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from reprints import ENTRY, ROOT, SOURCES, offprint, source

from layout.desk.cli import main
from layout.desk.ledger import NAME

KEYS = {"source", "edition", "output", "pages", "bytes", "seconds", "status", "problems"}

as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def left(folder: Path) -> list[str]:
    """All files, but for the ledger."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return sorted(str(path.relative_to(folder)) for path in found)


# --- exit codes, in processes of their own ---


def test_0_where_all_was_made(folder):
    source(folder)
    done = offprint("build", "interview.yaml", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"output/interview\.pdf: 1 page, [\d,]+ bytes\n", done.stdout)


def test_1_where_something_was_refused_and_the_rest_is_made(folder):
    source(folder, "a.yaml", title=3)
    source(folder, "b.yaml")
    done = offprint("build", "a.yaml", "missing.yaml", "b.yaml", folder=folder)
    assert done.returncode == 1
    assert "a.yaml:3:" in done.stderr and "missing.yaml: error: " in done.stderr
    assert left(folder / "output") == ["b.pdf"]


@pytest.mark.parametrize(
    "line",
    [
        ["build"],
        ["build", "a.yaml", "--jobs", "none"],
        ["build", "a.yaml", "--jobs", "-1"],
        ["build", "a.yaml", "--colour"],
        ["build", "a.yaml", "--forc"],
        ["merge", "a.pdf", "-o", "b.pdf"],
        ["merge", "a.pdf", "b.pdf"],
        ["schema"],
        ["bake", "a.yaml"],
        [],
    ],
    ids=" ".join,
)
def test_2_where_the_command_line_was_wrong(folder, line):
    done = offprint(*line, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: offprint") and "error:" in done.stderr
    assert not left(folder)


@pytest.mark.parametrize(
    "line",
    [
        ["build", "interview.yaml", "-o", "file/deeper"],
        ["build", "interview.yaml", "-o", "file/a.pdf"],
        ["build", "interview.yaml", "--depfile", "file/a.d"],
        ["schema", "interview"],
    ],
    ids=" ".join,
)
def test_3_where_the_surroundings_failed(folder, line):
    """A file where a folder is wanted, and standard output on a full disk."""
    source(folder)
    (folder / "file").write_text("not a folder")
    with open("/dev/full", "w") as full:
        done = offprint(*line, folder=folder, capture_output=False, stdout=full, stderr=subprocess.PIPE)  # fmt: skip
    assert done.returncode == 3
    assert "error: " in done.stderr and "Traceback" not in done.stderr
    assert (folder / "file").read_text() == "not a folder"


def many(folder: Path, count: int = 24) -> None:
    """Sources that take long enough to be interrupted."""
    for number in range(count):
        source(folder, f"s{number:02}.yaml", interview=[{**ENTRY[0], "answer": "A reader. " * 900}] * 40)  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_130_where_it_was_interrupted(folder, jobs):
    """Ctrl-C reaches every process of a terminal's group; each file that was begun is whole or not there."""
    many(folder / "in")
    command = [sys.executable, "-m", "layout", "build", "in", "-o", "out", "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip
    deadline = time.monotonic() + 60
    while not (folder / "out").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "offprint: interrupted\n"
    made = left(folder / "out")
    assert len(made) < 24 and all(name.endswith(".pdf") for name in made)
    assert all((folder / "out" / name).read_bytes().endswith(b"%%EOF\n") for name in made)


# --- whole or not at all ---


def limited(folder: Path, *arguments: str, size: int) -> subprocess.CompletedProcess[str]:
    """The command where no file may grow beyond `size` bytes: as on a full disk, writing fails in the middle."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return offprint(*arguments, folder=folder, preexec_fn=limit)


def test_a_full_disk_leaves_the_older_file_and_nothing_else(folder):
    source(folder)
    assert main(["build", "interview.yaml", "--quiet"]) == 0
    good = (folder / "output" / "interview.pdf").read_bytes()
    source(folder, title="Another title")
    done = limited(folder, "build", "interview.yaml", size=5000)
    assert (done.returncode, done.stdout) == (3, "")
    assert re.search(r"^\S*: error: file too large$", done.stderr, re.MULTILINE)
    assert "Traceback" not in done.stderr
    assert (folder / "output" / "interview.pdf").read_bytes() == good
    assert left(folder / "output") == ["interview.pdf"]


def test_a_file_that_cannot_be_written_does_not_hinder_the_others(folder):
    """Each file of a run is reported, and the exit code says that it was not the sources' fault."""
    for name in ("a", "b", "c"):
        source(folder, f"{name}.yaml")
    (folder / "output" / "b.pdf").mkdir(parents=True)
    done = offprint("build", "a.yaml", "b.yaml", "c.yaml", "--json", folder=folder)
    assert done.returncode == 3
    assert [row["status"] for row in rows(done.stdout)] == ["built", "refused", "built"]
    assert "is a directory" in rows(done.stdout)[1]["problems"][0]["message"]


@as_root
def test_an_unreadable_source_does_not_hinder_the_others(folder):
    source(folder, "a.yaml").chmod(0)
    source(folder, "b.yaml")
    assert offprint("build", "a.yaml", "b.yaml", folder=folder).returncode == 3
    assert left(folder / "output") == ["b.pdf"]


@as_root
def test_a_folder_that_may_not_be_written_is_named(folder):
    source(folder)
    (folder / "output").mkdir(mode=0o500)
    done = offprint("build", "interview.yaml", folder=folder)
    assert done.returncode == 3 and "permission denied" in done.stderr


def test_an_output_is_never_its_own_source(folder, capsys):
    """An issue whose foreign pages lie where its PDF would go."""
    pages = (SOURCES / "draw_foreign_pages.py", str(folder))
    subprocess.run([sys.executable, *map(str, pages)], check=True)
    before = (folder / "cover.pdf").read_bytes()
    (folder / "issue.yaml").write_text("format: 1\ntitle: T\ncontents:\n- pdf: cover.pdf\n")
    assert main(["build", "issue.yaml", "-o", "cover.pdf"]) == 1
    assert "cover.pdf is one of the files it is made from" in capsys.readouterr().err
    assert (folder / "cover.pdf").read_bytes() == before


# --- sources ---


def test_a_folder_stands_for_its_sources(folder, capsys):
    for name in ("b.yaml", "a.yml", "deep/c.yaml", "brands/no.yaml", ".hidden.yaml", "notes.txt"):
        source(folder / "in", name)
    assert main(["check", "in", "--json"]) == 0
    assert [row["source"] for row in rows(capsys.readouterr().out)] == ["in/a.yml", "in/b.yaml", "in/deep/c.yaml"]  # fmt: skip


def test_a_source_that_is_named_twice_is_made_once(folder, capsys):
    source(folder)
    assert main(["build", "interview.yaml", ".", "./interview.yaml", "--json"]) == 0
    found = rows(capsys.readouterr().out)
    assert [row["status"] for row in found] == ["built"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_without_sources_is_no_success(folder, capsys, command):
    (folder / "empty").mkdir()
    assert main([command, "empty"]) == 1
    assert "empty: error: there are no sources in this folder" in capsys.readouterr().err


def test_results_come_in_the_order_of_the_sources_clashes_too(folder, capsys):
    for name in ("a.yaml", "b.yaml", "more/a.yaml", "z.yaml"):
        source(folder, name)
    assert main(["build", "b.yaml", "a.yaml", "more", "z.yaml", "--json"]) == 1
    found = rows(capsys.readouterr().out)
    assert [(row["source"], row["status"]) for row in found] == [
        ("b.yaml", "built"), ("a.yaml", "built"), ("more/a.yaml", "refused"), ("z.yaml", "built"),
    ]  # fmt: skip
    assert all(row.keys() == KEYS for row in found)


@pytest.mark.parametrize("name", ["mit Leerzeichen.yaml", "Été № 3.yaml", "a:b.yaml", "-dash.yaml", "%.yaml"])  # fmt: skip
def test_names_of_all_kinds(folder, name):
    source(folder, name)
    done = offprint("build", f"./{name}", "--json", folder=folder)
    assert done.returncode == 0, done.stderr
    assert Path(rows(done.stdout)[0]["output"]).stem == Path(name).stem


def test_a_name_that_is_no_utf_8(folder):
    """Linux file names are bytes."""
    raw = os.fsencode(folder) + b"/caf\xe9.yaml"
    os.rename(source(folder), raw)
    done = offprint("build", ".", "-o", "out", "--json", folder=folder)
    assert done.returncode == 0, done.stderr
    assert rows(done.stdout)[0]["status"] == "built"
    assert os.listdir(b"out") == [b"caf\xe9.pdf"]


def test_a_terminal_that_knows_only_ascii(folder):
    source(folder, "Été.yaml", title="T", language="xx")
    for option in ([], ["--json"]):
        done = offprint("build", ".", "--force", *option, folder=folder, env={"PYTHONIOENCODING": "ascii"})  # fmt: skip
        assert done.returncode == 0 and "Traceback" not in done.stderr
        assert "warning: the house has no words in 'xx' yet" in done.stderr


def _cut(path: Path) -> None:
    path.write_bytes((SOURCES / "images" / "optical-sizes.png").read_bytes()[:2000])


def _huge(path: Path) -> None:
    """A picture of a few bytes that says it has ten thousand million pixels."""
    from PIL import Image

    Image.new("1", (8, 8)).save(path)
    data = bytearray(path.read_bytes())
    data[16:24] = (100_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)


@pytest.mark.parametrize("make", [_cut, _huge, Path.mkdir, Path.touch])
@pytest.mark.parametrize("command", ["build", "check"])
def test_pictures_that_are_none(folder, capsys, make, command):
    make(folder / "a.png")
    source(folder, interview=[*ENTRY, {"figure": "a.png", "alt": ""}])
    assert main([command, "interview.yaml"]) == 1
    assert re.match(r"interview\.yaml:\d+:\d+: error: ", capsys.readouterr().err)
    assert not (folder / "output").exists()


def test_a_picture_that_disappears_from_under_the_program(folder, capsys, monkeypatch):
    """Read and found whole, then gone before it is painted: no traceback."""
    from layout.desk.workshop import Workshop

    (folder / "a.png").write_bytes((SOURCES / "images" / "optical-sizes.png").read_bytes())
    source(folder, interview=[*ENTRY, {"figure": "a.png", "alt": ""}])
    typeset = Workshop.typeset
    monkeypatch.setattr(
        Workshop, "typeset", lambda *args: ((folder / "a.png").unlink(), typeset(*args))[1]
    )
    assert main(["build", "interview.yaml"]) == 3
    assert "a.png: error: no such file or directory" in capsys.readouterr().err


# --- talk ---


def on_a_terminal(folder: Path, *arguments: str, **env: str) -> str:
    """What the command writes to a terminal on standard error, where no service looks on unless `env` says so."""
    terminal, other = os.openpty()
    env = {"CI": "", "TERM": "xterm", **env}
    done = offprint(*arguments, folder=folder, capture_output=False, stdout=subprocess.DEVNULL, stderr=other, env=env)  # fmt: skip
    os.close(other)
    assert done.returncode == 0
    said = b""
    try:
        while part := os.read(terminal, 4096):
            said += part
    except OSError:  # the other end is closed
        pass
    os.close(terminal)
    return said.decode()


def test_progress_is_for_terminals_and_can_be_silenced(folder):
    for name in ("a.yaml", "b.yaml"):
        source(folder, name)
    said = on_a_terminal(folder, "build", "a.yaml", "b.yaml")
    assert re.search(r"\[#{12}\.{12}\] 1/2, [\d.]+ a second, \d:\d\d left: a\.yaml", said)
    assert "2 built, 0 up to date, 0 refused" in said
    assert on_a_terminal(folder, "build", "a.yaml", "b.yaml", "--quiet", "--force") == ""
    assert on_a_terminal(folder, "build", "a.yaml", "b.yaml", "--force", CI="true") == ""
    assert offprint("build", "a.yaml", "b.yaml", folder=folder).stderr == ""


def test_a_reader_that_goes_away_ends_the_program_silently(folder):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as broken:
        done = offprint("schema", "interview", capture_output=False, stdout=broken, stderr=subprocess.PIPE)  # fmt: skip
    assert (done.returncode, done.stderr) == (3, "")


@pytest.mark.parametrize(
    "command", ["build", "merge", "check", "preflight", "source", "verify", "schema"]
)
def test_every_option_is_explained(command, capsys):
    from layout.desk.arguments import parser

    (commands,) = [action for action in parser()._actions if action.dest == "command"]
    for action in commands.choices[command]._actions:
        assert action.help, action.dest
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    for action in commands.choices[command]._actions:
        assert all(option in said for option in action.option_strings)


def test_the_help_explains_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(re.search(rf"\b{code}  ", said) for code in (0, 1, 2, 3, 130))


# --- merge ---


def test_merge_names_what_it_cannot_read(folder, capsys):
    source(folder)
    assert main(["build", "interview.yaml", "-o", "a.pdf", "--quiet"]) == 0
    assert main(["merge", "a.pdf", "none.pdf", "-o", "b.pdf"]) == 1
    assert "none.pdf: error: " in capsys.readouterr().err
    (folder / "text.pdf").write_text("This is no PDF.")
    assert main(["merge", "text.pdf", "a.pdf", "-o", "b.pdf"]) == 1
    assert "text.pdf: error: " in capsys.readouterr().err
    assert not (folder / "b.pdf").exists()


def test_merge_into_its_own_base_is_whole(folder):
    """Everything is read before anything is written."""
    source(folder)
    assert main(["build", "interview.yaml", "-o", "a.pdf", "--quiet"]) == 0
    assert main(["merge", "a.pdf", "a.pdf", "-o", "a.pdf"]) == 0
    pypdf = pytest.importorskip("pypdf")
    assert len(pypdf.PdfReader("a.pdf").pages) == 2

"""What a start costs: what is imported for a command, and that what is left out is not missed."""

import gc
import shutil
import subprocess
import sys

import pytest
from reprints import ROOT, source

from layout.bindery import bind
from layout.desk import build, check, cycles, pool, reprint, schema
from layout.desk.cli import main


def imported(statement: str) -> set[str]:
    """What is imported once a statement was run, in a process of its own."""
    code = f"import sys; from layout.desk.cli import main\ntry: {statement}\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


def test_version_reads_no_library():
    """It answers before anything heavy is imported, as a Makefile's first question should be."""
    heavy = {"msgspec", "yaml", "reportlab", "uharfbuzz", "pypdf", "PIL", "typing", "shutil"}
    assert not heavy & imported("main(['--version'])")


def test_a_check_reads_nothing_that_paints(tmp_path):
    found = imported(f"main(['check', {str(source(tmp_path))!r}])")
    painting = {"reportlab", "pypdf", "uharfbuzz", "PIL", "markdown_it", "pyphen"}
    assert not (painting | {"json", "tempfile", "shutil", "hashlib", "zlib"}) & found


def test_an_issue_of_our_own_pages_reads_no_library_for_those_of_others(tmp_path):
    """Twenty megabytes and a tenth of a second: pypdf, and what comes with it."""
    issue = tmp_path / "issue.yaml"
    parts = f"- contents: Contents\n- interview: {source(tmp_path).name}\n"
    issue.write_text(f"format: 1\ntitle: I\ncontents:\n{parts}", "utf-8")
    words = ["build", str(issue), "-o", str(tmp_path / "issue.pdf"), "--quiet"]
    assert not {"pypdf", "pikepdf", "cryptography"} & imported(f"main({words!r})")
    assert (tmp_path / "issue.pdf").exists()


def test_a_process_that_ends_is_not_searched_for_cycles():
    code = (
        "import atexit, gc, sys; from layout.desk.cli import program\n"
        "sys.argv[1:] = ['--version']; atexit.register(lambda: print(gc.get_freeze_count() > 1000)); program()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.splitlines()[-1] == "True"


@pytest.fixture
def begun():
    """As in a process of the program's own."""
    cycles.begin()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.parametrize(("room", "does"), [(build, "make"), (check, "_all_problems")])
def test_cycles_are_looked_for_from_the_second_source_on(begun, room, does, tmp_path, monkeypatch):
    looked, true = [], getattr(room, does)
    monkeypatch.setattr(room, does, lambda *given: (looked.append(gc.isenabled()), true(*given))[1])
    paths = [str(source(tmp_path, name)) for name in ("a.yaml", "b.yaml", "c.yaml")]
    command = room.__name__.rpartition(".")[2]
    output = ["-o", str(tmp_path / "out")] if room is build else []
    assert main([command, *paths, *output, "--quiet"]) == 0
    assert looked == [False, True, True]


ISSUE = """format: 1
title: Issue
contents:
- interview: a.yaml
"""


@pytest.mark.parametrize(("name", "maker"), [("a.yaml", "reprint"), ("issue.yaml", "bind")])
def test_cycles_are_looked_for_while_pages_are_made(begun, name, maker, tmp_path, monkeypatch):
    looked = []
    room = reprint if maker == "reprint" else bind
    true = getattr(room, maker)
    monkeypatch.setattr(
        room, maker, lambda *given: (looked.append(gc.isenabled()), true(*given))[1]
    )
    source(tmp_path, "a.yaml")
    (tmp_path / "issue.yaml").write_text(ISSUE)
    words = ["build", str(tmp_path / name), "-o", str(tmp_path / "made.pdf"), "--quiet"]
    assert main(words) == 0
    assert looked == [True]


def test_cycles_are_looked_for_before_a_pool_begins(begun, tmp_path, monkeypatch):
    looked = []

    class Pool:
        def __init__(self, make, workers, todo):
            looked.append(gc.isenabled())
            self.made = map(make, todo)

        def results(self, arrived):
            return self.made

    monkeypatch.setattr(pool, "Pool", Pool)
    paths = [str(source(tmp_path, f"{name}.yaml")) for name in "abcd"]
    words = ["build", *paths, "-o", str(tmp_path / "out"), "--jobs", "2", "--quiet"]
    assert main(words) == 0
    assert looked == [True]


def test_cycles_are_looked_for_in_other_commands(begun, monkeypatch, capsys):
    looked = []
    monkeypatch.setattr(schema, "run", lambda options: looked.append(gc.isenabled()) or 0)
    assert main(["schema", "interview"]) == 0
    assert looked == [True]


def test_what_is_not_this_programs_process_is_left_alone(tmp_path):
    before = gc.get_freeze_count()
    assert main(["check", str(source(tmp_path)), "--quiet"]) == 0
    assert gc.isenabled()
    assert gc.get_freeze_count() == before


COMMANDS = (
    "build", "merge", "check", "preflight", "impose", "diff", "source", "verify", "catalogue", "schema",
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        *[[command, "--help"] for command in COMMANDS],
        *[[command, "--no-such-option"] for command in COMMANDS],
        ["--help"], ["--version"], ["--version", "build"], ["none"], [], ["--none", "build"],
    ],
)  # fmt: skip
def test_a_parser_for_some_words_says_what_the_whole_one_says(words, capsys):
    from layout.desk.arguments import parser

    with pytest.raises(SystemExit) as end:
        parser(words).parse_args(words)
    said = capsys.readouterr()
    with pytest.raises(SystemExit) as whole:
        parser().parse_args(words)
    assert (said, end.value.code) == (capsys.readouterr(), whole.value.code)


@pytest.mark.parametrize("columns", ["", "0", "-3", "40", " 50 ", "x", None])
def test_help_is_as_wide_as_the_standard_library_finds_the_terminal(columns, monkeypatch):
    from layout.desk.arguments import _columns

    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    assert _columns() == shutil.get_terminal_size().columns

"""Folders and disks that go wrong in the middle of an archive: told, and the rest is made."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from reprints import ROOT, offprint, source

from layout.desk.cli import main
from layout.desk.ledger import NAME
from layout.plates.crossrefs import Seal

BOUNDS = "-dac_override,-dac_read_search"
"""What lets root read everything."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def humble(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody who may not read everything: root gives that up for it."""
    command = [sys.executable, "-m", "layout", *arguments]
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("setpriv is not installed, and root may read everything")
        command = ["setpriv", f"--bounding-set={BOUNDS}", f"--inh-caps={BOUNDS}", *command]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True,
                          check=False, timeout=120)  # fmt: skip


def rows(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("command", [["build", "-o", "out", "--json"], ["check", "--json"]])
def test_files_and_folders_that_may_not_be_read(folder, command):
    for name in ("a.yaml", "b.yaml", "closed/c.yaml", "d.yaml", "deep/e.yaml"):
        source(folder / "in", name)
    (folder / "in/b.yaml").chmod(0)
    (folder / "in/closed").chmod(0)
    done = humble(folder, *command, "in")
    assert done.returncode == 3
    assert "in/closed: error: permission denied" in done.stderr
    assert "in/b.yaml: error: permission denied" in done.stderr
    assert done.stderr.count("error") == 2
    refused = [row["source"] for row in rows(done.stdout) if row["status"] == "refused"]
    assert refused == ["in/closed", "in/b.yaml"]
    assert len(rows(done.stdout)) == 5
    (folder / "in/closed").chmod(0o700)


def test_a_ledger_that_may_not_be_written(folder):
    source(folder / "in", "a.yaml")
    source(folder / "in", "b.yaml")
    assert humble(folder, "build", "in", "-o", "out").returncode == 0
    os.chmod(folder / "out", 0o555)
    done = humble(folder, "build", "in", "-o", "out", "--json")
    assert done.returncode == 0
    assert {row["status"] for row in rows(done.stdout)} == {"current"}
    os.chmod(folder / "out", 0o777)
    os.chmod(folder / "out" / NAME, 0o000)
    source(folder / "in", "a.yaml", title="Another")
    done = humble(folder, "build", "in", "-o", "out", "--json")
    assert (done.returncode, done.stderr.count("warning")) == (0, 1)
    assert "warning: the ledger cannot be used: unable to open database file" in done.stderr
    assert [row["status"] for row in rows(done.stdout)] == ["built", "current"]


def test_loops_of_links_and_links_to_nothing(folder, capsys):
    source(folder / "in", "a.yaml")
    os.symlink("y.yaml", folder / "in/x.yaml")
    os.symlink("x.yaml", folder / "in/y.yaml")
    os.symlink("nowhere.yaml", folder / "in/z.yaml")
    os.symlink(folder / "in", folder / "in/again")
    os.symlink(".", folder / "in/self")
    assert main(["build", "in", "-o", "out", "--json"]) == 1
    said = capsys.readouterr()
    assert [(row["source"], row["status"]) for row in rows(said.out)] == [
        ("in/a.yaml", "built"), ("in/x.yaml", "refused"), ("in/y.yaml", "refused"), ("in/z.yaml", "refused"),
    ]  # fmt: skip
    assert said.err.count("error: ") == said.err.count("error: this link leads to no file") == 3


def test_an_empty_folder_among_others_leaves_the_rest(folder, capsys):
    (folder / "empty").mkdir()
    source(folder / "in", "a.yaml")
    assert main(["build", "empty", "in", "--json"]) == 1
    said = capsys.readouterr()
    assert "empty: error: there are no sources in this folder" in said.err
    assert [row["status"] for row in rows(said.out)] == ["refused", "built"]


def test_two_sources_of_one_name_are_told_every_time(folder, capsys):
    source(folder / "in", "a.yaml")
    source(folder / "in", "more/a.yml", title="Another")
    for status in ("built", "current"):
        assert main(["build", "in", "-o", "out", "--json"]) == 1
        said = capsys.readouterr()
        assert [row["status"] for row in rows(said.out)] == [status, "refused"]
        assert "in/more/a.yml: error: out/a.pdf is made from in/a.yaml already" in said.err


def test_a_name_that_passes_to_another_source(folder, capsys):
    """The file of the first is not taken for that of the second."""
    source(folder / "in", "a.yaml")
    source(folder / "in", "b.yaml")
    assert main(["build", "in", "-o", "out", "--quiet"]) == 0
    os.unlink(folder / "in/a.yaml")
    source(folder / "in", "more/a.yml", title="Another")
    assert main(["build", "in", "-o", "out", "--explain", "--quiet"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("out/a.pdf: it was made from in/a.yaml, in/a.yaml is gone")


# --- a full disk ---


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk")
    (tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(tmp_path / "disk")]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a small disk cannot be mounted: {done.stderr.strip()}")
    yield tmp_path / "disk"
    subprocess.run(["umount", str(tmp_path / "disk")], check=True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_fills_up_half_way(small_disk, folder, jobs):
    """What has room is whole, what has none is named, and with room again the rest is made."""
    for number in range(20):
        source(folder / "in", f"s{number:02}.yaml", title=f"Title {number}")
    done = offprint("build", "in", "-o", small_disk, "--jobs", jobs, "--json", folder=folder)
    assert done.returncode == 3 and "Traceback" not in done.stderr
    found = rows(done.stdout)
    assert [row["source"] for row in found] == [f"in/s{number:02}.yaml" for number in range(20)]
    built = {Path(row["output"]).name for row in found if row["status"] == "built"}
    assert 0 < len(built) < 20
    assert {path.name for path in small_disk.glob("*.pdf")} == built
    assert not [path for path in small_disk.iterdir() if path.name.endswith(".part")]
    for pdf in (path.read_bytes() for path in small_disk.glob("*.pdf")):
        at = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
        assert Seal(pdf[:at]).closes(pdf[at:])
    assert "error: no space left on device" in done.stderr
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    done = offprint("build", "in", "-o", small_disk, "--jobs", jobs, "--json", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    again = {Path(row["output"]).name for row in rows(done.stdout) if row["status"] == "built"}
    assert again == {f"s{number:02}.pdf" for number in range(20)} - built


def test_a_full_disk_under_the_ledger_alone(folder, capsys, monkeypatch):
    """SQLite finds no room: told once, and the PDFs are made."""
    import sqlite3

    from layout.desk import ledger

    def full(path: str) -> sqlite3.Connection:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.execute("PRAGMA max_page_count = 1")
        db.execute("CREATE TABLE full (a)")
        return db

    for name in ("a", "b"):
        source(folder / "in", f"{name}.yaml")
    monkeypatch.setattr(ledger, "connected", full)
    assert main(["build", "in", "-o", "out", "--json"]) == 0
    said = capsys.readouterr()
    assert [row["status"] for row in rows(said.out)] == ["built", "built"]
    assert said.err.count("warning") == 1
    assert f"out/{NAME}: warning: the ledger cannot be used: database or disk is full" in said.err

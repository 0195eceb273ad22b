"""Files that appear whole or not at all, and what is left of those that did not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from reprints import ROOT

from layout.ground.whole import growing, sweep, write_whole

HANG = """\
import sys, time
from layout.ground.whole import growing
with growing(sys.argv[1]) as file:
    file.write(b"half"); file.flush(); print("begun", flush=True); time.sleep(60)
"""


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_the_system_says_of_the_new_file(tmp_path):
    status = write_whole(tmp_path / "a", b"whole")
    assert (status.st_ino, status.st_ctime_ns) == ((now := os.stat(tmp_path / "a")).st_ino, now.st_ctime_ns)  # fmt: skip
    assert status.st_size == 5 and left(tmp_path) == ["a"]


def test_a_failure_leaves_the_old_one_and_nothing_else(tmp_path):
    write_whole(tmp_path / "a", b"old")
    with pytest.raises(TypeError):
        write_whole(tmp_path / "a", [b"new", "no bytes"])
    assert (tmp_path / "a").read_bytes() == b"old" and left(tmp_path) == ["a"]


def test_two_of_one_name_at_once_do_not_meet(tmp_path):
    with growing(tmp_path / "a") as one, growing(tmp_path / "a") as other:
        one.write(b"one")
        other.write(b"the other")
        assert len(left(tmp_path)) == 2
    assert (tmp_path / "a").read_bytes() == b"one"  # the one that was finished last
    assert left(tmp_path) == ["a"]


@pytest.mark.parametrize("call", ["_is_ours", "os.fdopen", "os.fsync", "os.replace"])
def test_an_interruption_at_any_step_leaves_nothing(tmp_path, monkeypatch, call):
    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"layout.ground.whole.{call}", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_whole(tmp_path / "a", b"new")
    assert left(tmp_path) == []


def test_what_a_killed_process_left_is_swept_and_what_grows_is_not(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HANG, str(tmp_path / "a")], cwd=ROOT, stdout=subprocess.PIPE)  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == b"begun\n"
    sweep(str(tmp_path))
    assert left(tmp_path) == [f".a.{process.pid}.part"]
    process.kill()
    process.communicate()
    others = [".a.part", ".download.iso.part", "mine.1.part"]
    for name in others:
        (tmp_path / name).write_text("no part of ours")
    sweep(str(tmp_path))
    assert left(tmp_path) == others


def test_a_part_of_the_same_name_that_was_left_is_taken_over(tmp_path):
    (tmp_path / f".a.{os.getpid()}.part").write_bytes(b"what was left is longer than the new one")
    write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new" and left(tmp_path) == ["a"]


def test_sweeping_where_there_is_no_folder(tmp_path):
    sweep(str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()

"""A build that dies: whatever it was at, every PDF is whole, and the next build goes on where it stopped.

`KILLS` in the environment says how many moments are tried; `make kill` tries 200.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reprints import ENTRY, ROOT, source

from layout.desk.ledger import NAME
from layout.plates.crossrefs import Seal

KILLS = int(os.environ.get("KILLS", "15"))
COUNT = 12

ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"},
    "PYTHONPATH": str(ROOT),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sources, and in `whole` what becomes of them where nothing dies."""
    folder = tmp_path_factory.mktemp("killed")
    for number in range(COUNT):
        answer = f"Answer {number}. " + "A reader of many words. " * 30 * (number % 3 + 1)
        source(folder / "in", f"s{number:02}.yaml", interview=[{**ENTRY[0], "answer": answer}] * 6)
    assert run(folder, "whole").wait() == 0
    return folder


def run(folder: Path, out: str, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "layout", "build", "in", "-o", out, "--json", *options]
    return subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip


def pdfs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


def is_whole(pdf: bytes) -> bool:
    """Whether a file's seal is that of all its bytes."""
    at = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    return Seal(pdf[:at]).closes(pdf[at:])


def check(folder: Path, whole: dict[str, bytes]) -> None:
    """What is there is whole, and one more build makes the rest and tidies up."""
    there = pdfs(folder)
    assert all(is_whole(pdf) and pdf == whole[name] for name, pdf in there.items())
    process = run(folder.parent, folder.name)
    said, problems = process.communicate(timeout=120)
    assert process.returncode == 0 and problems == ""
    rows = [json.loads(line) for line in said.splitlines()]
    built = {Path(row["output"]).name for row in rows if row["status"] == "built"}
    assert built == whole.keys() - there.keys()
    assert pdfs(folder) == whole
    assert {path.name for path in folder.iterdir()} == {*whole, NAME}


def wait_for(condition, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(KILLS))
def test_killed_at_any_moment(shelf, moment):
    """The whole group at once, as where power fails; some moments before anything is there, some when all is done."""
    chance = random.Random(moment)
    out, whole = f"out{moment}", pdfs(shelf / "whole")
    process = run(shelf, out, "--jobs", str(chance.choice((1, 2, 2, 3))))
    time.sleep(chance.uniform(0.1, 1.8))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    check(shelf / out, whole)


def test_killed_while_files_are_written(shelf):
    """A part of a file is there at that moment, and is gone after the next build."""
    code = (
        "import os, signal, sys; from layout.ground import whole; from layout.desk.cli import main\n"
        "os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main(['build', 'in', '-o', 'parts', '--jobs', '1'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=shelf, env=ENVIRONMENT, check=False)
    assert done.returncode == -signal.SIGKILL
    (part,) = (shelf / "parts").iterdir()
    assert part.name.startswith(".s00.pdf.") and part.name.endswith(".part")
    check(shelf / "parts", pdfs(shelf / "whole"))


def test_killed_first_process_leaves_no_workers(shelf):
    """Only the first process dies: its workers finish what they are at, and end."""
    process = run(shelf, "orphans", "--jobs", "2")
    wait_for(lambda: list((shelf / "orphans").glob("*.pdf")))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)  # ends when the last worker has let go of standard output
    wait_for(lambda: not group(process.pid))
    assert len(pdfs(shelf / "orphans")) < COUNT
    check(shelf / "orphans", pdfs(shelf / "whole"))


def group(leader: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == leader and fields[0] != "Z":
                found.append(int(name))
    return found


# --- workers ---


PRELUDE = """
import os, signal, sys
from layout.desk import build
from layout.desk.cli import main
made = build.make
"""


def crash(shelf: Path, out: str, code: str, *options: str) -> tuple[int, list[dict], str]:
    """A build before which `code` is run, which may put another `build.make` in the place of `made`."""
    words = ["build", "in", "-o", out, "--json", *options]
    prelude = f"{PRELUDE}{code}\nsys.exit(main({words!r}))"
    process = subprocess.Popen([sys.executable, "-c", prelude], cwd=shelf, env=ENVIRONMENT, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip
    said, problems = process.communicate(timeout=120)
    assert not group(process.pid)
    return process.returncode, [json.loads(line) for line in said.splitlines()], problems


DIES = """
def make(order):
    if order.source == 'in/s04.yaml':
        {death}
    return made(order)
build.make = make
"""

DEATHS = {
    "os.kill(os.getpid(), signal.SIGKILL)": "was killed by signal 9 (SIGKILL)",
    "os.abort()": "was killed by signal 6 (SIGABRT)",
    "os._exit(7)": "ended with code 7",
}


@pytest.mark.parametrize("death", DEATHS)
@pytest.mark.parametrize("jobs", ["2", "3"])
def test_a_source_that_kills_its_worker_is_named_and_the_rest_is_made(shelf, death, jobs):
    out = f"dies{jobs}{len(death)}"
    code, rows, problems = crash(shelf, out, DIES.format(death=death), "--jobs", jobs)
    assert code == 3
    assert [row["source"] for row in rows] == [f"in/s{number:02}.yaml" for number in range(COUNT)]
    assert [row["status"] for row in rows] == ["refused" if number == 4 else "built" for number in range(COUNT)]  # fmt: skip
    said = f"in/s04.yaml: error: the process that made it {DEATHS[death]}, and again when it was made alone"
    assert problems.splitlines()[0] == said and problems.count("error") == 1
    check(shelf / out, pdfs(shelf / "whole"))


ONCE = """
def make(order):
    if order.source in ('in/s02.yaml', 'in/s03.yaml', 'in/s09.yaml') and not os.path.exists(order.source + '.died'):
        open(order.source + '.died', 'w').close()
        os.kill(os.getpid(), signal.SIGKILL)
    open('log', 'a').write(order.source + chr(10))
    return made(order)
build.make = make
"""


def test_a_worker_that_was_killed_by_chance_costs_nothing(shelf):
    code, rows, problems = crash(shelf, "once", ONCE, "--jobs", "2")
    assert (code, problems) == (0, "")
    assert [row["status"] for row in rows] == ["built"] * COUNT
    log = (shelf / "log").read_text().split()
    assert sorted(log) == [f"in/s{number:02}.yaml" for number in range(COUNT)]
    assert pdfs(shelf / "once") == pdfs(shelf / "whole")


def test_all_workers_die_at_once(shelf):
    """Each source is tried twice and named: the command ends."""
    code, rows, _ = crash(shelf, "all", "build.make = lambda order: os._exit(9)", "--jobs", "2")
    assert code == 3
    assert [row["status"] for row in rows] == ["refused"] * COUNT


def test_memory_that_is_not_there_is_told(shelf):
    code = (
        "from layout.desk.workshop import Workshop\n"
        "def typeset(*_): raise MemoryError\n"
        "Workshop.typeset = typeset"
    )
    done, rows, _ = crash(shelf, "memory", code, "--jobs", "2")
    assert done == 3
    assert {row["problems"][0]["message"] for row in rows} == {"there is not enough memory for it"}


HANGS = """
import time
def make(order):
    results = made(order)
    if order.source == 'in/s05.yaml':
        if {deaf}:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        time.sleep(60)
    return results
build.make = make
"""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_ends_within_a_second(shelf, jobs):
    """Also where a worker hears no signal, as in a long call of a library; nothing that was begun is left, and the rest is made later."""
    hang = HANGS.format(deaf="True" if jobs == "2" else "False")
    words = ["build", "in", "-o", f"int{jobs}", "--jobs", jobs, "--depfile", f"int{jobs}.d"]
    prelude = f"{PRELUDE}{hang}\nsys.exit(main({words!r}))"
    process = subprocess.Popen([sys.executable, "-c", prelude], cwd=shelf, env=ENVIRONMENT, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)  # fmt: skip
    wait_for((shelf / f"int{jobs}/s05.pdf").exists)
    start = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert time.monotonic() - start < 1
    assert (process.returncode, said) == (130, "offprint: interrupted\n")
    assert not group(process.pid)
    rules = (shelf / f"int{jobs}.d").read_text()
    assert all(
        f"int{jobs}/s{number:02}.pdf: in/s{number:02}.yaml" in rules for number in range(COUNT)
    )
    check(shelf / f"int{jobs}", pdfs(shelf / "whole"))


# --- two builds at once ---


def test_two_builds_into_one_folder_do_not_harm_each_other(shelf):
    both = [run(shelf, "both", "--jobs", "2") for _ in range(3)]
    for process in both:
        said, problems = process.communicate(timeout=120)
        assert process.returncode == 0 and problems == ""
        assert len(said.splitlines()) == COUNT
    check(shelf / "both", pdfs(shelf / "whole"))


def test_one_of_two_builds_is_killed(shelf):
    one, other = run(shelf, "rival"), run(shelf, "rival")
    wait_for(lambda: list((shelf / "rival").glob("*.pdf")))
    os.killpg(one.pid, signal.SIGKILL)
    one.communicate()
    _, problems = other.communicate(timeout=120)
    assert other.returncode == 0 and problems == ""
    assert pdfs(shelf / "rival") == pdfs(shelf / "whole")

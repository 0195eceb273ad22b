"""`offprint build --cluster`: a scheduler and workers that are reached over TCP make what is made here, to the byte."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from clusters import OLDER, SIGKILLING, Cluster, wait_for
from reprints import ENTRY, ROOT, offprint, source

from layout.desk.ledger import NAME

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory):
    """The address of a scheduler with two workers."""
    cluster = Cluster(tmp_path_factory.mktemp("pair"))
    cluster.worker("one")
    cluster.worker("two")
    cluster.wait_for_workers(2)
    yield cluster.address
    cluster.close()


@pytest.fixture
def cluster(tmp_path: Path):
    """Starts clusters, and brings them down."""
    started: list[Cluster] = []

    def start(**options) -> Cluster:
        folder = tmp_path / f"cluster{len(started)}"
        folder.mkdir()
        started.append(Cluster(folder, **options))
        return started[-1]

    yield start
    for each in started:
        each.close()


def told(text: str) -> str:
    """What was said, but for the time that it took."""
    return re.sub(r'"seconds": [0-9.e-]+', '"seconds": 0', text)


def pdfs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


def both(folder: Path, address: str, *arguments: object, **options):
    """The same build here and on the cluster, each into a new `out`; what both said and made must be the same."""
    found = []
    for where in ((), ("--cluster", address)):
        shutil.rmtree(folder / "out", ignore_errors=True)
        done = offprint("build", *arguments, "-o", "out", "--json", "--explain", "--depfile", "deps", *where,
                        folder=folder, **options)  # fmt: skip
        deps = (folder / "deps").read_text()
        found.append((done.returncode, told(done.stdout), done.stderr, deps, pdfs(folder / "out")))
    here, there = found
    assert there[:-1] == here[:-1]
    assert there[-1].keys() == here[-1].keys()
    assert there[-1] == here[-1]
    return here


def many(folder: Path, count: int) -> None:
    for number in range(count):
        answer = f"Answer {number}. " + "A reader of many words. " * 30 * (number % 3 + 1)
        source(folder, f"s{number:02}.yaml", interview=[{**ENTRY[0], "answer": answer}] * 6)


def begun(folder: Path, address: str, *arguments: str) -> subprocess.Popen[str]:
    """A build of the folder `in` that goes on."""
    command = [sys.executable, "-m", "layout", "build", "in", "-o", "out", *arguments]
    return subprocess.Popen([*command, "--cluster", address], cwd=folder,
                            env={**os.environ, "PYTHONPATH": str(ROOT)},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # fmt: skip


def test_all_samples_in_both_editions(pair, shelf_of_sources):
    folder = shelf_of_sources.parent
    *_, made = both(
        folder, pair, "sources", "--edition", "digital", "--edition", "press", "--marks",
        env={"OFFPRINT_FONTS": str(ROOT / "tests" / "fonts")}, timeout=600)  # fmt: skip
    assert len(made) > 30


def test_what_is_refused_is_told_in_the_same_words_and_order(pair, tmp_path):
    """Faults of reading, of setting, of pictures and brands; a sound one is made all the same."""
    source(tmp_path / "in", "a.yaml", titel="wrong")
    source(tmp_path / "in", "b.yaml", title="A sign that no face has: \U000f0000")
    source(tmp_path / "in", "c.yaml", interview=[*ENTRY, {"figure": "pictur.png", "alt": ""}])
    source(tmp_path / "in", "d.yaml")
    source(tmp_path / "in", "e.yaml", brand="nobody")
    (tmp_path / "in" / "f.yaml").symlink_to("nowhere.yaml")
    code, said, problems, _, made = both(
        tmp_path, pair, "in", tmp_path / "in" / "b.yaml", tmp_path / "none"
    )
    assert code == 1 and made.keys() == {"d.pdf"}
    assert [json.loads(row)["status"] for row in said.splitlines()].count("refused") == 6
    assert "U+F0000" in problems and "nowhere" not in problems


def test_brands_with_fonts_and_pictures_behind_links(pair, tmp_path, shelf_of_sources):
    """A brand of the command line, a font and a logo of its own, folders that are links."""
    real, fonts = tmp_path / "real", ROOT / "fonts" / "source-sans"
    (real / "brands").mkdir(parents=True)
    shutil.copy(next(fonts.glob("*.ttf")), real / "brands" / "own.ttf")
    picture = next(shelf_of_sources.rglob("*.png"))
    shutil.copy(picture, real / "brands" / "logo.png")
    shutil.copy(picture, real / "kept.png")
    (real / "seen.png").symlink_to("kept.png")
    brand = "fonts: {sans: {regular: own.ttf}}\nmasthead: {logo: logo.png}\n"
    (real / "brands" / "house.yaml").write_text(brand)
    for name in ("a", "b"):
        figure = {"figure": "seen.png", "alt": "Two readers"}
        source(real, f"{name}.yaml", title=f"Title {name}", interview=[*ENTRY, figure])
    (tmp_path / "linked").symlink_to("real")
    code, _, problems, _, made = both(tmp_path, pair, "linked", "--brand", "real/brands/house.yaml")
    assert (code, problems) == (0, "") and len(made) == 2


def test_a_brand_that_changes_between_two_builds(pair, tmp_path):
    """Workers keep type by the paths of fonts: a new font at the old path must be seen."""
    fonts = sorted((ROOT / "fonts" / "source-sans").glob("*.ttf"))
    source(tmp_path / "in", "a.yaml", brand="house")
    (tmp_path / "in" / "brands").mkdir()
    (tmp_path / "in" / "brands" / "house.yaml").write_text("fonts: {sans: {regular: own.ttf}}\n")
    found = []
    for font in (fonts[0], fonts[-1]):
        shutil.copy(font, tmp_path / "in" / "brands" / "own.ttf")
        found.append(both(tmp_path, pair, "in")[-1]["a.pdf"])
    assert found[0] != found[1]


def test_the_ledger_is_that_of_a_local_build(pair, tmp_path):
    many(tmp_path / "in", 5)
    where = ("build", "in", "-o", "out", "--json")
    assert offprint(*where, "--cluster", pair, folder=tmp_path).returncode == 0
    assert (tmp_path / "out" / NAME).exists()
    (tmp_path / "in" / "s03.yaml").write_text((tmp_path / "in" / "s01.yaml").read_text())
    again = offprint(*where, "--explain", folder=tmp_path)
    rows = [json.loads(row) for row in again.stdout.splitlines()]
    assert [row["because"] for row in rows if row["status"] == "built"] == ["in/s03.yaml changed"]
    # Nobody is asked where there is nothing to do: not even a scheduler that is not there.
    idle = offprint(*where, "--cluster", "tcp://127.0.0.1:9", folder=tmp_path)
    assert idle.returncode == 0 and idle.stdout.count('"current"') == 5


def test_one_of_two_workers_is_killed_in_the_middle(cluster, tmp_path):
    """Without a nanny, so that it stays dead: the other one makes the rest, and nothing is told of it."""
    many(tmp_path / "in", 24)
    whole = offprint("build", "in", "-o", "whole", "--json", folder=tmp_path)
    here = cluster()
    here.worker("lives", "--no-nanny")
    dies = here.worker("dies", "--no-nanny")
    here.wait_for_workers(2)
    build = begun(tmp_path, here.address, "--json")
    wait_for(lambda: len(pdfs(tmp_path / "out")) >= 4)
    dies.send_signal(signal.SIGKILL)
    assert len(pdfs(tmp_path / "out")) < 24
    said, problems = build.communicate(timeout=120)
    assert (build.returncode, problems) == (0, "")
    assert told(said) == told(whole.stdout.replace("whole/", "out/"))
    assert pdfs(tmp_path / "out") == pdfs(tmp_path / "whole")


def test_a_source_that_kills_its_workers(cluster, tmp_path):
    """It is tried again alone, and then reported; all others are made, and the ledger has them."""
    many(tmp_path / "in", 8)
    source(tmp_path / "in", "s04-poison.yaml")
    here = cluster(failures=0)
    for name in ("one", "two"):
        here.worker(name, preload=SIGKILLING)
    here.wait_for_workers(2)
    done = offprint(
        "build", "in", "-o", "out", "--json", "--cluster", here.address, folder=tmp_path
    )
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    assert done.returncode == 3
    names = [Path(row["source"]).name for row in rows]
    assert names == sorted(names)
    assert [row["source"] for row in rows if row["status"] == "refused"] == ["in/s04-poison.yaml"]
    assert len(pdfs(tmp_path / "out")) == 8
    assert done.stderr.startswith(
        "in/s04-poison.yaml: error: the workers that made it died, 1 of them, and 1 more"
    )


def test_a_worker_of_another_version_is_left_alone(cluster, tmp_path):
    many(tmp_path / "in", 4)
    here = cluster()
    here.worker("older", "--no-nanny", preload=OLDER)
    here.wait_for_workers(1)
    where = ("build", "in", "-o", "out", "--quiet", "--cluster", here.address)
    done = offprint(*where, folder=tmp_path)
    assert done.returncode == 3 and not pdfs(tmp_path / "out")
    assert "no worker of the cluster is fit" in done.stderr
    assert "offprint is 0.0.7 there, " in done.stderr and "pillow is 1.2.3 there, " in done.stderr
    here.worker("same", "--no-nanny")
    here.wait_for_workers(2)
    done = offprint(*where, folder=tmp_path)
    assert done.returncode == 0 and len(pdfs(tmp_path / "out")) == 4
    assert done.stderr.count("this worker is left alone") == 1


def test_an_interruption_ends_within_seconds(pair, tmp_path):
    many(tmp_path / "in", 40)
    build = begun(tmp_path, pair, "--json")
    wait_for(lambda: pdfs(tmp_path / "out"))
    start = time.monotonic()
    build.send_signal(signal.SIGINT)
    _, problems = build.communicate(timeout=60)
    assert build.returncode == 130 and problems == "offprint: interrupted\n"
    assert time.monotonic() - start < 3
    assert 0 < len(pdfs(tmp_path / "out")) < 40
    assert all(path.suffix in (".pdf", ".sqlite") for path in (tmp_path / "out").iterdir())


def test_the_scheduler_dies_in_the_middle(cluster, tmp_path):
    """What was made stays, and is in the ledger."""
    many(tmp_path / "in", 40)
    here = cluster()
    here.worker("one", "--no-nanny")
    here.wait_for_workers(1)
    build = begun(tmp_path, here.address)
    wait_for(lambda: len(pdfs(tmp_path / "out")) > 2)
    here.scheduler.send_signal(signal.SIGKILL)
    _, problems = build.communicate(timeout=60)
    assert build.returncode == 3
    assert problems == f"offprint: error: {here.address}: the scheduler of the cluster is gone\n"
    made = pdfs(tmp_path / "out")
    done = offprint("build", "in", "-o", "out", "--json", "--jobs", "2", folder=tmp_path)
    assert done.returncode == 0 and done.stdout.count('"current"') == len(made) < 40


def test_no_scheduler(tmp_path, monkeypatch, capsys):
    from layout.desk import link
    from layout.desk.cli import main

    monkeypatch.setattr(link, "ANSWER", 0.5)
    path = source(tmp_path)
    assert main(["build", str(path), "-o", str(tmp_path), "--cluster", "tcp://127.0.0.1:9"]) == 3
    assert "tcp://127.0.0.1:9: no scheduler answers" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["nonsense", "host:8786", "tcp://host", "http://host:1", "tcp://:1"]
)
def test_what_is_no_address(address, tmp_path, capsys):
    from layout.desk.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["build", str(source(tmp_path)), "--cluster", address])
    assert ended.value.code == 2 and "is not like tcp://" in capsys.readouterr().err


def test_no_certificates(tmp_path, capsys):
    from layout.desk.cli import main

    path = source(tmp_path)
    assert main(["build", str(path), "-o", str(tmp_path), "--cluster", "tls://127.0.0.1:9"]) == 1
    assert "certificates are needed" in capsys.readouterr().err


def test_no_dask(tmp_path, monkeypatch, capsys):
    from layout.desk.cli import main

    monkeypatch.setitem(sys.modules, "distributed", None)
    path = source(tmp_path)
    assert main(["build", str(path), "-o", str(tmp_path), "--cluster", "tcp://127.0.0.1:9"]) == 1
    assert "pip install 'offprint[cluster]'" in capsys.readouterr().err

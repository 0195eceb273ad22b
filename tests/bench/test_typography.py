"""The table of typography: what goes in, what is marked, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import typography
from bench.figures import PEERS, ROWS, misses, write, write_wanted

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sources" / "mine-ban-convention.yaml"
ROW = {row.name: row for row in ROWS}


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "bench" / "typography.py", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_peer_has_its_place_in_a_row() -> None:
    assert all(len(row.peers) in {0, len(PEERS)} for row in ROWS)


def test_none_of_the_peers_has_all_that_is_wanted() -> None:
    for number in range(len(PEERS)):
        assert any(misses(row, row.peers[number]) for row in ROWS if row.peers)


@pytest.mark.parametrize(
    ("name", "value", "missed"),
    [
        ("variation", 0.1, False),
        ("variation", 0.101, True),
        ("mean", 0.96, True),
        ("mean", 1.03, False),
        ("runts", 0, False),
        ("runts", 1, True),
        ("grid", 0.999, True),
        ("grid", 1.0, False),
        ("lines", 7, False),
        ("depth", None, False),
    ],
)
def test_limits(name: str, value: float | None, missed: bool) -> None:
    assert misses(ROW[name], value) is missed


def test_figures_are_written_with_their_units() -> None:
    assert write(ROW["loose"], 0.0123) == "1.2 %"
    assert write(ROW["depth"], None) == "–"
    assert [write_wanted(ROW[n]) for n in ("variation", "mean", "loose", "runts", "grid", "depth")] == [
        "≤ 0.1", "0.97–1.03", "≤ 1 %", "0", "100 %", "≤ 1",
    ]  # fmt: skip


def test_folders_have_columns_and_files_one_together(tmp_path: Path) -> None:
    for name in ("a/one.pdf", "a/two.pdf", "b/a/one.yaml", "b/a/left.pdf", "c.pdf", "d.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    paths = [tmp_path / name for name in ("a", "b/a", "c.pdf", "d.yaml")]
    found = typography.collect(paths)
    assert {name: [f.name for f in files] for name, files in found.items()} == {
        "a": ["one.pdf", "two.pdf"],
        "a'": ["one.yaml"],
        "files": ["c.pdf", "d.yaml"],
    }
    assert list(typography.collect([ROOT / "sources"])) == ["samples"]


def test_nothing_to_measure_is_an_error(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1
    assert "nothing to measure" in done.stderr


def test_a_source_that_cannot_be_typeset_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: 1\ninterview: []\n")
    done = run(tmp_path / "a.yaml")
    assert done.returncode == 1
    assert "`title` is missing" in done.stderr


@pytest.mark.slow
def test_a_source_is_typeset_and_measured() -> None:
    table, report = run("--each", SAMPLE), run("--json", SAMPLE)
    assert (table.returncode, report.returncode) == (0, 0)
    assert all(row.title in table.stdout for row in ROWS)
    assert "files/mine-ban-convention" in table.stdout
    values = json.loads(report.stdout)["files"]["files"]["mine-ban-convention"]
    assert values["lines"] > 30
    assert values["missed"] == [row.name for row in ROWS if misses(row, values[row.name])]

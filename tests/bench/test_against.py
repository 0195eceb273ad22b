"""The bench against an older state: what goes in, and the table that comes out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def against(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "bench" / "against.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout():
    """Skips where there is no history to look back at."""
    try:
        found = git("rev-parse", "--show-toplevel")
    except OSError:
        pytest.skip("git is not installed")
    if found.returncode or Path(found.stdout.strip()).resolve() != ROOT.resolve():
        pytest.skip("not a git checkout")


def test_a_revision_is_asked_for():
    done = against()
    assert done.returncode == 2 and "REVISION" in done.stderr


@pytest.mark.slow
def test_the_table_has_a_row_of_each_program(checkout):
    trees = git("worktree", "list").stdout
    done = against("HEAD", "--rounds", "1", "--count", "2")
    assert done.returncode == 0, done.stderr
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in done.stdout.splitlines()
    ]
    head, rule, before, now = rows
    assert [before[0], now[0], head[0]] == ["HEAD", "now", "program"]
    assert len(head) == len(rule) == len(before) == len(now) == 9
    assert all(re.fullmatch("-+:?", cell) for cell in rule)
    assert before[2] == "1.00" and 0.2 < float(now[2]) < 5
    for row in (before, now):
        seconds, ratio, variation, mean, loose, very_loose, tight, hyphens = row[1:]
        assert float(seconds) > 0 and float(ratio) > 0
        assert 0 < float(variation) < 0.3 and 0.8 < float(mean) < 1.2
        shares = [float(share.removesuffix(" %")) for share in (loose, very_loose, tight)]
        assert all(0 <= share <= 100 for share in shares) and shares[1] <= shares[0]
        assert float(hyphens) >= 0
    assert done.stderr.count("round ") == 2
    assert git("worktree", "list").stdout == trees


@pytest.mark.slow
def test_a_state_that_git_does_not_know_leaves_nothing_behind(checkout):
    trees = git("worktree", "list").stdout
    done = against("no-such-state", "--count", "1", "--rounds", "1")
    assert done.returncode != 0 and not done.stdout
    assert git("worktree", "list").stdout == trees

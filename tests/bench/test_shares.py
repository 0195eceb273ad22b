"""The shares of a build's time: every module of the program is of one, and samples are counted where they fall."""

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import shares


@pytest.mark.parametrize(
    ("file", "line", "share"),
    [
        ("manuscript/tree.py", "", "reading"),
        ("setting/shaping.py", "", "shaping"),
        ("setting/linebreak.py", "", "breaking"),
        ("setting/row.py", "", "words to items, items to lines"),
        ("makeup/columns.py", "", "make-up"),
        ("plates/structure.py", "", "tags"),
        ("plates/content.py", "", "painting"),
        ("desk/making.py", "", "the rest"),
        ("plates/document.py", "data = zlib.compress(content)", "compression"),
    ],
)
def test_a_line_is_of_the_share_of_its_module(file, line, share):
    assert shares.share_of(file, line) == share


def test_the_modules_that_shares_name_are_there():
    files = [str(path.relative_to(shares.HOME)) for path in Path(shares.HOME).rglob("*.py")]
    named = [start for name, starts in shares.SHARES for start in starts if name != "importing"]
    assert all(any(file.startswith(start) for file in files) for start in named)


@pytest.mark.slow
def test_the_shares_of_a_build_add_up():
    command = [sys.executable, shares.__file__, "--count", "6", "--markdown"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    rows = [line.split("|")[1:4] for line in done.stdout.splitlines() if line.startswith("| ")][1:]
    assert {name.strip() for name, _, _ in rows} <= {name for name, _ in shares.SHARES} | {
        shares.COMPRESSION
    }
    assert sum(float(part.strip(" %")) for _, part, _ in rows) == pytest.approx(100, abs=1)

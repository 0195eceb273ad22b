"""The archive that `bench/rebuild.py` changes: just what depends on a change is made again."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import rebuild

from bench.make_interviews import make


@pytest.mark.slow
def test_what_depends_on_a_change_is_made_again_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr(rebuild, "OWN", 3)
    make(tmp_path, 7, portraits=True)
    rebuild.furnish(str(tmp_path), 7)
    out = str(tmp_path / "out")
    made = [rebuild.measured("all", str(tmp_path), out, 7)[1]]
    made.append(rebuild.measured("none", str(tmp_path), out, 7)[1])
    for change in rebuild.changes(str(tmp_path)).values():
        change()
        made.append(rebuild.measured("some", str(tmp_path), out, 7)[1])
    assert made == ["7", "0", "1", "1", "3", "3"]
    assert os.path.exists(os.path.join(out, ".offprint.sqlite"))

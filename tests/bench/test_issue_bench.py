"""The issues that `bench/issue.py` measures: what they are made of, and what their figures are divided by."""

import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import issue as bench


def parts(path: str) -> list[dict]:
    return yaml.safe_load(Path(path).read_text(encoding="utf-8"))["contents"]


def test_an_issue_of_our_own_has_nothing_made_elsewhere(tmp_path):
    found = parts(bench.issue(str(tmp_path), "own", 25, frozenset(range(25))))
    assert [next(iter(part)) for part in found] == ["contents", *["interview"] * 25]
    assert not any("placed" in part for part in found)


def test_each_tenth_article_or_the_next_of_two_pages_has_a_leaf(tmp_path):
    found = parts(bench.issue(str(tmp_path), "mixed", 25, frozenset({3, 4, 10, 24})))
    assert found[0] == {"pdf": "cover.pdf"}
    talks = [part for part in found if "interview" in part]
    assert [n for n, part in enumerate(talks) if "placed" in part] == [3, 10, 24]


PAGES = {"1": 4, "50": 104, "100": 204}


class Fake:
    """A build that takes a second and ten MiB, and for each page 0.02 s and a fifth of a MiB more."""

    def __init__(self, source: str, dearer: float = 0.0) -> None:
        pages = PAGES[Path(source).stem.split("-")[1]]
        self.cpu = 1 + 0.02 * pages + dearer * pages**2
        self.peak = 10 + 0.2 * pages
        Path(bench.target_of(source)).write_bytes(bytes(1000 * pages))


@pytest.mark.parametrize(("dearer", "cell"), [(0.0, "20.0"), (0.0001, "40.8!")])
def test_what_grows_faster_than_the_pages_is_marked(dearer, cell, tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "built", lambda source: Fake(source, dearer))
    monkeypatch.setattr(bench, "ask", lambda _what, files: PAGES[Path(files[0]).stem.split("-")[1]])  # fmt: skip
    rows = bench.measured(str(tmp_path), "own", [50, 100], 1, frozenset())
    assert [row[1] for row in rows] == ["104", "204"]
    assert rows[1][4] == cell
    assert rows[1][5:] == ["205", "204,000", "1,000"]

"""The benchmark's texts: the same every time, as long as promised, and all different."""

from pathlib import Path

import yaml

from bench.make_interviews import make, make_interview, read_words
from layout.desk.cli import main as offprint


def test_the_same_number_gives_the_same_interview() -> None:
    words = read_words()
    assert make_interview(words, 7) == make_interview(words, 7)
    assert make_interview(words, 7) != make_interview(words, 8)


def test_interviews_have_about_500_words_and_share_no_paragraph(tmp_path: Path) -> None:
    total = make(tmp_path, 12)
    assert 480 <= total / 12 <= 560
    files = sorted((tmp_path / "interviews").iterdir())
    paragraphs = [
        paragraph
        for file in files
        for turn in yaml.safe_load(file.read_text("utf-8"))["interview"]
        for paragraph in turn["answer"].split("\n\n")
        if len(paragraph) > 60
    ]
    assert len(files) == 12
    assert len(set(paragraphs)) == len(paragraphs)


def test_the_issue_names_the_interviews_below_it(tmp_path: Path) -> None:
    make(tmp_path, 3)
    issue = yaml.safe_load((tmp_path / "issue.yaml").read_text("utf-8"))
    assert all((tmp_path / entry["interview"]).is_file() for entry in issue["contents"])


def test_each_has_a_portrait_of_its_own_where_asked(tmp_path: Path) -> None:
    make(tmp_path / "one", 3, portraits=True)
    make(tmp_path / "two", 3, portraits=True)
    drawn = sorted((tmp_path / "one").rglob("*.jpg"))
    again = sorted((tmp_path / "two").rglob("*.jpg"))
    assert len({path.read_bytes() for path in drawn}) == 3
    assert [path.read_bytes() for path in drawn] == [path.read_bytes() for path in again]
    assert offprint(["check", str(tmp_path / "one" / "interviews"), "--quiet"]) == 0


def test_offprint_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    make(tmp_path, 200)
    assert offprint(["check", str(tmp_path / "interviews"), "--quiet"]) == 0

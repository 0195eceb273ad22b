"""Whole files to records, smallest first."""

import os
from pathlib import Path

import pytest

from layout.ground.problems import Place, Refused
from layout.manuscript import interview as records
from layout.manuscript.interview import Interview
from layout.manuscript.issue import (
    Article,
    Blank,
    ContentsPages,
    ForeignPages,
    Issue,
    PlacedBlank,
    PlacedPages,
    Section,
    TitledPages,
)
from layout.manuscript.reader import read_interview, read_issue, read_source
from layout.manuscript.text import BlockQuote, ListOfItems, Paragraph, Span

from .conftest import HEAD, SAMPLES, TURN


def sample(name: str) -> str:
    return str(SAMPLES / name)


def test_smallest():
    read = read_interview(sample("smallest.yaml"))
    assert read.title.text == "A short talk"
    (turn,) = read.interview
    assert isinstance(turn, records.Turn)
    assert turn.question.spans == (Span("Is this all?"),)
    assert [block.text for block in turn.answer.blocks] == ["It is."]
    assert turn.question.place == Place(sample("smallest.yaml"), 4, 13)


def test_defaults():
    read = read_interview(sample("smallest.yaml"))
    assert (read.language, read.date, read.brand, read.keywords) == ("en", None, None, ())


def test_every_key():
    read = read_interview(sample("every_key.yaml"))
    assert read.date == "2019-03"
    assert read.original and read.original.date == "2019-03-01"
    assert read.original.issue and read.original.issue.text == "12"
    assert [word.text for word in read.keywords] == ["harbours", "tides"]
    assert [type(entry).__name__ for entry in read.interview] == [
        "Heading", "Turn", "Narration", "PullQuote", "Figure", "Figure",
    ]  # fmt: skip


def test_every_key_is_used_in_the_sample():
    text = (SAMPLES / "every_key.yaml").read_text()
    kinds = [kind for kind in vars(records).values() if hasattr(kind, "__struct_fields__")]
    own = [kind for kind in kinds if kind.__module__ == records.__name__]
    missing = [name for kind in own for name in kind.__struct_fields__ if f"{name}:" not in text]
    assert not missing


def test_blocks_of_an_answer_know_their_lines():
    turn = read_interview(sample("every_key.yaml")).interview[1]
    assert isinstance(turn, records.Turn)
    kinds = [type(block) for block in turn.answer.blocks]
    assert kinds == [Paragraph, Paragraph, ListOfItems, BlockQuote]
    assert [block.place.line for block in turn.answer.blocks] == [28, 30, 33, 37]
    assert {block.place.column for block in turn.answer.blocks} == {5}


def test_a_picture_is_measured_and_its_path_is_real():
    figure = read_interview(sample("every_key.yaml")).interview[4]
    assert isinstance(figure, records.Figure)
    assert (figure.figure.width, figure.figure.height) == (3, 4)
    assert figure.figure.path == os.path.realpath(SAMPLES / "images" / "upright.png")


def test_empty_alt_marks_decoration():
    figure = read_interview(sample("every_key.yaml")).interview[5]
    assert isinstance(figure, records.Figure)
    assert figure.alt.text == ""


def test_anchors_and_merge_keys_as_safe_load_reads_them():
    turns = read_interview(sample("anchors_and_merge.yaml")).interview
    said = [(turn.question.text, turn.answer.blocks[0].text) for turn in turns]  # type: ignore[attr-defined]
    assert said == [("Once?", "Yes indeed."), ("Twice?", "Yes indeed."), ("Thrice?", "Yes indeed.")]


def test_right_to_left_text_is_kept_to_the_character():
    read = read_interview(sample("right_to_left.yaml"))
    assert read.language == "ar"
    assert read.title.text == "حديث قصير"


def test_issue():
    issue = read_issue(sample("issues/every_key.yaml"))
    kinds = [type(part) for part in issue.contents]
    assert kinds == [TitledPages, ContentsPages, Section, Article, Article, Blank]
    cover, _, _, beside_above, above, blank = issue.contents
    assert isinstance(cover, ForeignPages) and cover.pages == "1-2" and cover.folio == "roman"
    assert isinstance(beside_above, Article) and isinstance(above, Article)
    assert beside_above.interview.path == os.path.realpath(SAMPLES / "smallest.yaml")
    assert above.interview.path == os.path.realpath(SAMPLES / "every_key.yaml")
    assert isinstance(blank, Blank) and blank.blank == 2
    assert (issue.opens, issue.first_folio) == ("recto", 3)
    leaf, empty = beside_above.placed
    assert isinstance(leaf, PlacedPages) and isinstance(empty, PlacedBlank)
    assert (leaf.name, leaf.folio, leaf.after.number) == ("A leaf", "arabic", 1)
    assert (empty.blank, empty.after.number, empty.after.place.line) == (1, 2, 25)
    assert issue.fill and issue.fill.to == 4 and issue.fill.given
    assert [it.pages for it in issue.foreign()] == ["1-2", "1", "2"]


def test_a_source_is_told_by_its_keys():
    assert isinstance(read_source(sample("smallest.yaml")), Interview)
    assert isinstance(read_source(sample("issues/every_key.yaml")), Issue)


@pytest.mark.parametrize(
    ("read", "name", "message"),
    [
        (read_interview, "issues/every_key.yaml", "this is an issue, not an interview"),
        (read_issue, "smallest.yaml", "this is an interview, not an issue"),
    ],
)
def test_the_other_kind_is_one_problem(read, name, message):
    with pytest.raises(Refused) as refused:
        read(sample(name))
    assert [problem.message for problem in refused.value.problems] == [message]


def test_text_is_kept_to_the_character(interview):
    text = "He said: “don’t” -- it's 5° & 'more'…  e\u0301 \u00adx"
    turn = interview(HEAD + f"interview:\n- question: {text!r}\n  answer: A\n").interview[0]
    assert turn.question.text == text


@pytest.mark.parametrize(
    ("written", "read"),
    [("2012", "2012"), ("2012-06", "2012-06"), ("2012-06-30", "2012-06-30"), ("'2012'", "2012")],
)
def test_dates_are_kept_as_written(interview, written, read):
    assert interview(HEAD + f"date: {written}\n" + TURN).date == read


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path):
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + TURN).replace("\n", "\r\n").encode())
    assert read_interview(str(path)).title.text == "T"
    assert read_interview(str(path)).title.place.line == 2


def test_an_empty_optional_key_is_as_good_as_none(interview):
    assert interview(HEAD + "kicker:\n" + TURN).kicker is None


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path):
    for path, message in ((tmp_path / "no.yaml", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(Refused, match=message) as refused:
            read_source(str(path))
        assert refused.value.problems[0].place == Place(str(path))


@pytest.mark.parametrize("path", ["a" * 5000, "a\0b", "test_reader.py/x", ""])
def test_no_path_is_a_traceback(path):
    with pytest.raises(Refused, match="no such file"):
        read_source(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_the_surroundings_fault(tmp_path: Path):
    path = tmp_path / "secret.yaml"
    path.write_text(HEAD + TURN)
    path.chmod(0)
    with pytest.raises(PermissionError):
        read_source(str(path))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(Refused, match="not a regular file"):
        read_source(str(pipe))


def test_all_problems_of_a_file_at_once_in_its_order(problems):
    found = problems(
        "format: 2\ntitel: T\ninterview:\n- question: 1\n- heading: <b>\nlanguage: xx_YY\n"
    )
    assert [one.split(" ")[0] for one in found] == [
        "1:1",
        "1:9",
        "2:1",
        "4:3",
        "4:13",
        "5:12",
        "6:11",
    ]


def test_problems_beyond_a_bound_are_not_listed(problems):
    found = problems(HEAD + "interview:\n" + "- heading: 1\n" * 2000)
    assert len(found) == 501
    assert found[-1] == "0:0 more than 499 problems; the rest is not listed"

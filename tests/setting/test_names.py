"""The interviewee's name in running text, marked before setting where the brand wants it in small capitals."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from setting_samples import focus, runs

from layout.manuscript.interview import Interview
from layout.manuscript.reader import read_interview
from layout.setting.compose import compose
from layout.setting.looks import TypeCase
from layout.setting.names import with_names_marked

SOURCE = """\
format: 1
title: Ines Marlow
standfirst: Ines Marlow speaks.
interviewee: {name: Ines Marlow}
interview:
- question: Are you Ines Marlow?
  answer: |
    Yes, Ines
    Marlow’s my name, and `Ines Marlow` my code; Ines Marlows are others.

    - Ines Marlow, *as Ines Marlow said*
- text: Ines leaves.
"""


@pytest.fixture
def interview(tmp_path: Path) -> Interview:
    path = tmp_path / "interview.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    return read_interview(str(path))


def test_the_whole_name_is_a_span_of_its_own(interview):
    marked = with_names_marked(interview)
    first, items = marked.interview[0].answer.blocks
    assert [span.text for span in first.spans if span.name] == ["Ines\nMarlow"] or [span.text for span in first.spans if span.name] == ["Ines Marlow"]  # fmt: skip
    (item,) = items.items
    assert [(span.text, span.emphasis) for span in item[0].spans if span.name] == [("Ines Marlow", False), ("Ines Marlow", True)]  # fmt: skip
    assert [span.text for span in marked.standfirst.blocks[0].spans if span.name] == ["Ines Marlow"]


def test_no_word_is_lost_and_titles_and_questions_are_left_alone(interview):
    marked = with_names_marked(interview)
    for before, after in zip(interview.interview[0].answer.blocks, marked.interview[0].answer.blocks, strict=True):  # fmt: skip
        assert getattr(before, "text", "") == getattr(after, "text", "")
    assert marked.title is interview.title
    assert marked.interview[0].question is interview.interview[0].question
    assert marked.interview[1].text.text == "Ines leaves."


def test_nobody_is_marked_where_nobody_answers(interview):
    nobody = replace(interview, interviewee=None)
    assert with_names_marked(nobody) is nobody


@pytest.mark.parametrize("wanted", [False, True])
def test_a_brand_sets_the_name_in_small_capitals_or_not(interview, tmp_path, wanted):
    small = replace(focus().small_capitals, interviewee=wanted)
    case = TypeCase(replace(focus(), small_capitals=small))
    galley = compose(interview, case, str(tmp_path / "interview.yaml"))
    plain = case.looks("en").look("text")
    name = case.looks("en").look("text", name=True)
    assert name.shaper.features["smcp"] and name.tracking > plain.tracking and not name.hyphenate
    found = [run for block in galley.blocks for line in block.lines for run in runs(line)]
    small_glyphs = {glyph for glyph, _ in name.shaper.shape("Marlow").pairs[1:]}
    tracked = [run for run in found if abs(run.tracking - name.tracking) < 0.2 and {g for p in run.pieces for g, _ in p.pairs} & small_glyphs]  # fmt: skip
    assert bool(tracked) is wanted
    assert all("Ines" in run.text or "Marlow" in run.text for run in tracked)

"""Opening quotation marks of large type, outside the edge that the letters share."""

import pytest
from msgspec.structs import replace
from setting_samples import focus, look, looks, set_text

from layout.manuscript.text import Span
from layout.setting.display import hang_of, hung, hung_inside
from layout.setting.looks import Looks


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("“Quoted”", "“"),
        ("„Zitat“", "„"),
        ("‘Single’", "‘"),
        ("“‘Both’”", "“‘"),
        ("«\u00a0Citation\u00a0»", "«\u00a0"),
        ("«\u202fCitation\u202f»", "«\u202f"),
        ('"Straight"', '"'),
    ],
)
def test_a_mark_hangs_by_its_own_width(text, mark):
    assert hang_of([Span(text)], "title", looks()) == pytest.approx(look("title").measure(mark))


@pytest.mark.parametrize("text", ["Plain", "A “quoted” word", "(“Quoted”)", "’tis"[1:]])
def test_what_begins_with_a_letter_does_not_hang(text):
    assert hang_of([Span(text)], "title", looks()) == 0
    assert hang_of([], "title", looks()) == 0


def test_the_style_says_how_far():
    styles = {**focus().styles, "title": replace(focus().styles["title"], hang=0.5)}
    half = Looks(replace(focus(), styles=styles), "en")
    quoted = [Span("“Quoted”")]
    assert hang_of(quoted, "title", half) == pytest.approx(hang_of(quoted, "title", looks()) / 2)
    assert hang_of(quoted, "standfirst", looks()) == 0
    styles["title"] = replace(focus().styles["title"], hang=1.0, align="centre")
    assert hang_of(quoted, "title", Looks(replace(focus(), styles=styles), "en")) == 0


def test_one_line_moves_out_or_all_others_in():
    lines = set_text("“Quoted words over several lines,” she said", 120, "title")
    assert len(lines) > 2
    starts = [line.marks[0].x for line in lines]
    assert [line.marks[0].x for line in hung(lines, 9)] == [starts[0] - 9, *starts[1:]]
    assert [line.marks[0].x for line in hung_inside(lines, 9)] == [starts[0], *(x + 9 for x in starts[1:])]  # fmt: skip
    assert hung(lines, 0) == hung_inside(lines, 0) == lines
    assert hung([], 9) == hung_inside([], 9) == []

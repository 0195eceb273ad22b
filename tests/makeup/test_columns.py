"""The flow cut into columns, on slots made by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.makeup.columns import Column, Flow, Slot, slots_of
from layout.setting.galley import Block, Box

LINE = ()


def text(lines: int, **options) -> Block:
    return Block(lines=(LINE,) * lines, **options)


def question(lines: int = 1, before: int = 1) -> Block:
    return text(lines, before=before, keep=True)


def head(height: int = 2) -> Block:
    return Block(box=Box(height, ()), before=1, keep=True)


def picture(height: int, wide: bool = False) -> Block:
    return Block(box=Box(height, ()), before=1, after=1, wide=wide, floats=True)


def cut(blocks, *heights, full=None) -> list[Column]:
    """Columns of these heights one after the other."""
    flow = Flow(slots_of(blocks), full or max(heights))
    return flow.columns(0, heights, ())


def ends(columns) -> list[int]:
    return [column.end for column in columns]


# --- slots ---


def test_each_line_is_a_slot_and_air_stands_before_the_first():
    slots = slots_of([text(2, before=1), text(1)])
    assert [(s.height, s.before) for s in slots] == [(1, 1), (1, 0), (1, 0)]


def test_air_after_a_box_and_before_what_follows_are_the_same_air():
    slots = slots_of([picture(3), question()])
    assert [s.before for s in slots] == [1, 1]
    slots = slots_of([picture(3), text(1)])
    assert [s.before for s in slots] == [1, 1]


def test_a_column_may_open_where_two_lines_stay_on_each_side():
    assert [s.opens for s in slots_of([text(5)])] == [True, False, True, True, False]
    assert [s.opens for s in slots_of([text(4)])] == [True, False, True, False]
    assert [s.opens for s in slots_of([text(3)])] == [True, False, False]
    assert [s.opens for s in slots_of([text(2)])] == [True, False]


def test_no_column_opens_with_an_answer():
    assert [s.opens for s in slots_of([question(), text(4)])] == [True, False, False, True, False]


# --- widows, orphans, stranded questions ---


def test_lines_that_fit_fill_the_column():
    (column,) = cut([text(3), text(2, before=1)], 6)
    assert column.placed == ((0, 0), (1, 1), (2, 2), (3, 4), (4, 5))
    assert (column.end, column.used) == (5, 6)


def test_no_widow():
    """Five lines, room for four: two go over."""
    assert ends(cut([text(5)], 4, 4)) == [3, 5]


def test_no_orphan():
    """Room for one line of the second paragraph: none stays."""
    assert ends(cut([text(3), text(4)], 4, 4)) == [3, 7]


def test_a_paragraph_of_three_lines_stays_whole():
    assert ends(cut([text(2), text(3)], 4, 4)) == [2, 5]


def test_no_stranded_question():
    """Room for the question and one line of the answer: both go over."""
    assert ends(cut([text(2), question(), text(4)], 5, 6)) == [2, 7]


def test_a_question_may_keep_two_lines_of_its_answer():
    assert ends(cut([text(2), question(), text(4)], 6, 6)) == [5, 7]


def test_a_cross_head_keeps_its_question_and_the_answers_beginning():
    blocks = [text(4), head(2), question(), text(4)]
    assert ends(cut(blocks, 10, 10)) == [4, 10]
    assert ends(cut(blocks, 11, 10)) == [8, 10]


def test_a_cross_head_is_not_left_behind_by_a_figure_that_is_put_off():
    """A figure under a cross-head finds no room: what the head stands over stays with it all the same."""
    blocks = [text(4), head(2), picture(8), question(), text(4)]
    first, second = cut(blocks, 9, 30)
    assert first.end == 4
    assert [slot for slot, _ in second.placed][:1] == [4]


def test_air_is_dropped_at_a_columns_head():
    first, second = cut([text(4), question(), text(3)], 4, 4)
    assert first.used == 4
    assert second.placed[0] == (4, 0)


# --- boxes ---


def test_a_box_stands_where_it_falls_if_it_fits():
    (column,) = cut([text(2), picture(3), text(2)], 9)
    assert column.placed == ((0, 0), (1, 1), (2, 3), (3, 7), (4, 8))


def test_a_box_that_does_not_fit_goes_to_the_next_head_and_the_text_goes_on():
    first, second = cut([text(2), picture(5), text(4)], 6, 12)
    assert first.waiting == (2,)
    assert [slot for slot, _ in first.placed] == [0, 1, 3, 4]
    assert second.placed[0] == (2, 0)
    assert second.placed[1] == (5, 6)


def test_boxes_keep_their_order_even_where_the_second_would_fit():
    first, second = cut([text(2), picture(9), picture(2), text(8)], 8, 12)
    assert first.waiting == (2, 3)
    assert [slot for slot, _ in second.placed][:2] == [2, 3]


def test_a_box_over_all_columns_is_never_in_a_column():
    (column,) = cut([text(2), picture(2, wide=True), text(2)], 9)
    assert column.waiting == (2,)
    assert [slot for slot, _ in column.placed] == [0, 1, 3, 4]


# --- level and last resorts ---


def test_columns_end_level_where_a_line_can_be_given():
    """The first column can hold six of its seven lines, so the second does not take seven either."""
    flow = Flow(slots_of([text(6), text(4), text(9)]), 7)
    assert [c.used for c in flow.columns(0, (7, 7), ())] == [6, 7]
    assert [c.used for c in flow.level(0, (7, 7), ())] == [6, 6]


def test_level_prefers_full_columns():
    flow = Flow(slots_of([text(40)]), 10)
    assert [c.used for c in flow.level(0, (10, 10), ())] == [10, 10]


def test_where_no_legal_end_exists_a_full_column_is_filled():
    """A question of one line and a row of answers of one line each that must not open a column."""
    chain = [text(1, keep=True) for _ in range(12)]
    assert ends(cut(chain, 5, 5, 5, full=5)) == [5, 10, 12]


def test_where_no_legal_end_exists_a_short_column_stays_empty():
    chain = [text(1, keep=True) for _ in range(12)]
    first, second = cut(chain, 3, 5, full=5)
    assert (first.end, first.placed) == (0, ())
    assert second.end == 5


def test_what_is_taller_than_a_full_column_says_which_slot_it_is():
    with pytest.raises(OverflowError) as raised:
        cut([text(2), Block(box=Box(9, ()))], 6, 6)
    assert raised.value.args == (2,)


# --- whatever the flow ---

BLOCKS = st.lists(
    st.one_of(
        st.builds(text, st.integers(1, 9), before=st.integers(0, 1)),
        st.builds(question, st.integers(1, 4)),
        st.builds(head, st.integers(1, 3)),
        st.builds(picture, st.integers(1, 12)),
    ),
    min_size=1,
    max_size=30,
)


def height(slots: list[Slot], first: int, end: int) -> int:
    """The lines that slots take at a column's head."""
    return sum(s.height + (s.before if n else 0) for n, s in enumerate(slots[first:end]))


@given(BLOCKS, st.integers(12, 30), st.data())
def test_every_slot_stands_once_and_in_order_and_inside_its_column(blocks, full, data):
    slots = slots_of(blocks)
    flow = Flow(slots, full)
    start, waiting, seen = 0, (), []
    while start < len(slots) or waiting:
        lines = data.draw(st.sampled_from((full, full, full - 1, full - 5)))
        column = flow.column(start, lines, waiting)
        line = 0
        for number, at in column.placed:
            assert at >= line
            line = at + slots[number].height
            seen.append(number)
        assert line == column.used <= lines
        if lines == full:
            assert (column.end, column.waiting) != (start, waiting), "a full column gets on"
        start, waiting = column.end, column.waiting
    assert sorted(seen) == list(range(len(slots)))
    for floats in (True, False):
        row = [number for number in seen if slots[number].floats == floats]
        assert row == sorted(row)


@given(BLOCKS, st.integers(12, 30), st.integers(0, 8))
def test_a_column_ends_at_the_last_legal_place_that_fits(blocks, full, short):
    """Against the plain search: of all legal ends whose slots fit, the last."""
    slots = slots_of([block for block in blocks if not block.floats] or [text(3)])
    lines = full - short
    legal = [
        end
        for end in range(1, len(slots) + 1)
        if (end == len(slots) or slots[end].opens) and height(slots, 0, end) <= lines
    ]
    column = Flow(slots, full).column(0, lines)
    if legal:
        assert column.end == max(legal)
    elif short:
        assert column.end == 0
    else:
        assert column.end == max(e for e in range(len(slots)) if height(slots, 0, e) <= lines)


@given(BLOCKS, st.integers(14, 30))
def test_widows_orphans_and_stranded_questions_only_where_nothing_else_was_possible(blocks, full):
    blocks = [block for block in blocks if not block.floats] or [text(3)]
    slots = slots_of(blocks)
    owner = [(block, n, len(block.lines)) for block in blocks for n in range(len(block.lines) or 1)]
    flow, start = Flow(slots, full), 0
    while start < len(slots):
        column = flow.column(start, full)
        end = column.end
        if end < len(slots):
            _, number, count = owner[end]
            widow = count > 1 and number == count - 1
            orphan = number == 1
            stranded = number == 0 and owner[end - 1][0].keep
            if widow or orphan or stranded:
                fits = [e for e in range(start + 1, end + 1) if slots[e].opens]
                assert not fits, "there was a legal place, and it was not taken"
        start = end


@given(BLOCKS, st.integers(14, 30))
def test_columns_of_a_page_are_never_fuller_than_they_are_high(blocks, full):
    flow = Flow(slots_of(blocks), full)
    columns = flow.level(0, (full, full), ())
    assert all(column.used <= full for column in columns)
    placed = [number for column in columns for number, _ in column.placed]
    assert len(placed) == len(set(placed))

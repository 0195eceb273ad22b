"""Sheets are folded, put together and read: whatever the scheme, the pages come out in order and upright."""

import re
from itertools import groupby, pairwise

import folding
import pytest
from folding import HEIGHT, WIDTH, Stack, fold, fold_lines, folded, nested, plan, read, sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from layout.bindery.imposition.frame import frame_of
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.placing import creep_of
from layout.bindery.imposition.plan import Plan
from layout.bindery.imposition.sheet_marks import side_marks
from layout.ground.problems import Place, Refused
from layout.ground.units import MM
from layout.plates.printers_marks import Box

FOLDS = {4: "V", 8: "HV", 16: "VHV", 32: "HVHV"}
LINE = re.compile(r"(\S+) (\S+) m (\S+) (\S+) l")
BINDINGS = st.sampled_from(["left", "right"])
COUNTS = st.integers(1, 64)


def kinds(signature: int, binding: str) -> str:
    return FOLDS[signature] if binding == "left" else FOLDS[signature].replace("V", "R")


def sheets(made: Plan) -> list[Stack]:
    """All sheets, printed; what is printed on both sides from one form too."""
    width = made.frame.width
    return [
        sheet(made.places(each.sides[0]), made.places(each.sides[-1]), width)
        for each in made.layout.sheets
    ]


def wanted(pages: int, places: int, blanks: str) -> list[int]:
    """The pages of the book, 0 for a blank."""
    numbers, missing = list(range(1, pages + 1)), [0] * (places - pages)
    if blanks == "before-last":
        return [*numbers[:-1], *missing, numbers[-1]]
    return [*numbers, *missing]


def check(book: Stack, made: Plan) -> None:
    found = read(book)
    assert [page for page, _ in found] == wanted(len(made.pages), len(found), made.job.blanks)
    assert all(upright for page, upright in found if page)


# --- the instrument ---


def test_a_sheet_of_paper_that_is_folded_wrongly_is_read_wrongly():
    made = plan(16, scheme="perfect", signature=16)
    across, up = fold_lines(made)
    flat = sheets(made)[0]
    assert [page for page, _ in read(folded(flat, "VHV", across, up))] == list(range(1, 17))
    upper_in_front = fold(flat, "V", across[1], 0)[::-1]
    wrong = folded(upper_in_front, "HV", across[2:], up)
    assert [page for page, _ in read(wrong)] != list(range(1, 17))


def test_a_page_on_its_head_is_found(monkeypatch):
    made = plan(8, scheme="perfect", signature=8)
    width, (across, up) = made.frame.width, fold_lines(made)
    places = [made.places(side) for side in made.layout.sheets[0].sides]
    turned = [folding.printed(it).head for it in places[0]]
    assert sorted(turned) == [(0, -1), (0, -1), (0, 1), (0, 1)]
    stack = folded(sheet(places[0], places[1], width), "HV", across, up)
    upside = [it.up(0) for it in reversed(stack)]
    assert not any(upright for _, upright in read(upside))


# --- every scheme ---


@settings(deadline=None, max_examples=60)
@given(COUNTS, BINDINGS, st.sampled_from(["end", "before-last"]), st.sampled_from([0.0, 0.3]))
def test_saddle_stitched(pages, binding, blanks, paper):
    made = plan(pages, binding=binding, blanks=blanks, paper=paper)
    across, up = fold_lines(made)
    stacks = [folded(flat, kinds(4, binding), across, up) for flat in sheets(made)]
    check(nested(stacks), made)


@pytest.mark.parametrize("signature", FOLDS)
@settings(deadline=None, max_examples=40)
@given(COUNTS, BINDINGS, st.sampled_from(["end", "before-last"]), st.sampled_from([0.0, 8.5]))
def test_perfect_bound(signature, pages, binding, blanks, milling):
    made = plan(pages, scheme="perfect", signature=signature, binding=binding, blanks=blanks,
                milling=milling)  # fmt: skip
    across, up = fold_lines(made)
    book: Stack = []
    for flat in sheets(made):
        book += folded(flat, kinds(signature, binding), across, up)
    check(book, made)


@pytest.mark.parametrize("signature", FOLDS)
@settings(deadline=None, max_examples=30)
@given(COUNTS, BINDINGS)
def test_work_and_turn_gives_two_equal_books(signature, pages, binding):
    made = plan(pages, scheme="work-and-turn", signature=signature, binding=binding)
    assert len(made.layout.sheets) * signature == len(made.order)
    width, (across, up) = made.frame.width, fold_lines(made)
    books: tuple[Stack, Stack] = ([], [])
    for number, flat in enumerate(sheets(made)):
        for is_left in (True, False):
            half = [it for it in flat if (it.x < width / 2) == is_left]
            marks = [it for it in across if (it < width / 2) == is_left]
            is_front = (number * signature + 1) in [it.seen.page for it in half]
            if not is_front:  # turn it over, so that the first page is to be seen
                half = [it.across(width / 2) for it in half]
                marks = sorted([width - it for it in marks])
            books[is_front].extend(folded(half, kinds(signature, binding), marks, up))
    for book in books:
        check(book, made)


@settings(deadline=None, max_examples=40)
@given(COUNTS, BINDINGS, st.integers(1, 6), st.integers(1, 6))
def test_n_up_is_cut_and_read_line_by_line(pages, binding, columns, rows):
    made = plan(pages, scheme="n-up", up=(columns, rows), binding=binding)
    found = []
    for each in made.layout.sheets:
        assert [side.name for side in each.sides] == ["front"]
        faces = [folding.printed(it) for it in made.places(each.sides[0])]
        sign = 1 if binding == "left" else -1
        lines = groupby(sorted(faces, key=lambda it: -it.y), key=lambda it: round(it.y))
        for _, line in lines:
            found += [it.page for it in sorted(line, key=lambda it: sign * it.x)]
    assert found == wanted(pages, len(found), "end")


# --- where pages come to lie ---


@pytest.mark.parametrize("signature", FOLDS)
@pytest.mark.parametrize("binding", ["left", "right"])
def test_all_pages_of_a_folded_signature_lie_on_each_other_but_for_creep(signature, binding):
    paper = 0.2 * MM
    made = plan(signature, scheme="perfect", signature=signature, binding=binding, paper=paper)
    across, up = fold_lines(made)
    book = folded(sheets(made)[0], kinds(signature, binding), across, up)
    outer = book[0].seen
    towards = -1 if binding == "left" else 1
    for at, leaf in enumerate(book):
        around = min(at, len(book) - 1 - at)  # the leaves that are folded around this one
        for face in (leaf.seen, leaf.hidden):
            assert face.y == pytest.approx(outer.y, abs=0.01)
            assert (face.x - outer.x) * towards == pytest.approx(around * paper, abs=0.01)


@settings(deadline=None, max_examples=40)
@given(st.integers(5, 64), BINDINGS, st.floats(0, 10))
def test_a_total_of_creep_is_shared_out_evenly(pages, binding, total):
    made = plan(pages, binding=binding, creep=total)
    moved = [creep_of(nest, made.layout, made.job) for nest in range(len(made.layout.sheets))]
    assert moved[0] == 0
    assert moved[-1] == pytest.approx(total)
    steps = [b - a for a, b in pairwise(moved)]
    assert steps == pytest.approx([steps[0]] * len(steps))


@pytest.mark.parametrize("scheme", ["saddle", "perfect", "n-up", "work-and-turn"])
@pytest.mark.parametrize("binding", ["left", "right"])
def test_no_page_is_painted_over_another_and_trims_are_whole(scheme, binding):
    made = plan(32, scheme=scheme, binding=binding, up=(3, 2))
    for each in made.layout.sheets:
        for side in each.sides:
            clips = [it.clip for it in made.places(side)]
            for it in made.places(side):
                if it.page is not None:
                    assert it.trim.width == pytest.approx(WIDTH)
                    assert it.trim.height == pytest.approx(HEIGHT)
                    assert it.clip.left <= it.trim.left + 1e-9
                    assert it.clip.right >= it.trim.right - 1e-9
                    assert it.clip.bottom <= it.trim.bottom and it.clip.top >= it.trim.top
            for at, one in enumerate(clips):
                for other in clips[at + 1 :]:
                    apart = (
                        one.right <= other.left + 1e-6
                        or other.right <= one.left + 1e-6
                        or one.top <= other.bottom + 1e-6
                        or other.top <= one.bottom + 1e-6
                    )
                    assert apart


def test_saddle_stitched_pages_meet_in_the_spine_and_have_bleed_outside_alone():
    made = plan(4)
    left, right = made.places(made.layout.sheets[0].sides[0])
    middle = made.frame.width / 2
    for edges in (left.trim.right, left.clip.right, right.trim.left, right.clip.left):
        assert edges == pytest.approx(middle)
    assert left.trim.left - left.clip.left == pytest.approx(folding.BLEED)
    assert left.clip.top - left.trim.top == pytest.approx(folding.BLEED)


def test_no_crop_marks_stand_at_a_spine_and_those_of_inner_sheets_move_with_their_pages():
    made = plan(8, creep=5.0, marks=("crop",))
    for each, creep in zip(made.layout.sheets, (0.0, 5.0), strict=True):
        places = made.places(each.sides[0])
        code = side_marks(places, made.layout.grid, made.frame, (), made.job)
        lines = [tuple(map(float, it)) for it in LINE.findall(code)]
        upright = {x1 for x1, _, x2, _ in lines if x1 == x2}
        middle = made.frame.width / 2
        wanted = [middle - WIDTH + creep, middle + WIDTH - creep]
        assert sorted(upright) == pytest.approx(wanted, abs=0.001)
        assert len({y1 for _, y1, _, y2 in lines if y1 == y2}) == 2


@pytest.mark.parametrize("turned", [False, True])
def test_a_bleed_on_one_side_alone_turns_with_its_page(turned):
    made = plan(8, scheme="perfect", signature=8, milling=20.0)
    lopsided = replace(made.pages[0], bleed=Box(-2.0, -4.0, WIDTH + 6.0, HEIGHT + 8.0))
    made = replace(made, pages=[lopsided] * 8)
    places = [it for it in made.places(made.layout.sheets[0].sides[0]) if it.slot.turned == turned]
    assert len(places) == 2
    for it in places:
        left, bottom = it.trim.left - it.clip.left, it.trim.bottom - it.clip.bottom
        right, top = it.clip.right - it.trim.right, it.clip.top - it.trim.top
        wanted = [6, 8, 2, 4] if turned else [2, 4, 6, 8]
        assert [left, bottom, right, top] == pytest.approx(wanted)


def test_a_turned_sheet_has_a_cut_in_its_middle_and_n_up_has_no_folds():
    made = plan(8, scheme="work-and-turn", signature=8, marks=("crop",))
    places = made.places(made.layout.sheets[0].sides[0])
    code = side_marks(places, made.layout.grid, made.frame, (), made.job)
    assert "[] 0 d" in code and "[3 2]" not in code
    upright = [float(x1) for x1, _, x2, _ in LINE.findall(code) if x1 == x2]
    assert min(abs(x - made.frame.width / 2) for x in upright) < 0.001
    made = plan(8, scheme="n-up", up=(2, 2), marks=("fold",))
    places = made.places(made.layout.sheets[0].sides[0])
    assert side_marks(places, made.layout.grid, made.frame, (), made.job) == ""


def test_a_long_colour_bar_makes_the_sheet_wider():
    grid, page = plan(1, scheme="n-up", up=(1, 1)).layout.grid, plan(1).pages[0]
    with pytest.raises(Refused, match="millimetres") as few:
        frame_of(grid, [page], 0, Job(sheet="9x9"), Place("a.pdf"))
    with pytest.raises(Refused, match="take 637 x") as many:
        frame_of(grid, [page], 100, Job(sheet="9x9"), Place("a.pdf"))
    assert str(few.value) != str(many.value)


def test_a_gutter_leaves_each_page_half_of_itself_for_bleed():
    made = plan(4, scheme="n-up", up=(2, 2), gutter=6.0)
    places = made.places(made.layout.sheets[0].sides[0])
    inner = [it.clip.right - it.trim.right for it in places if it.slot.column == 0]
    outer = [it.trim.left - it.clip.left for it in places if it.slot.column == 0]
    assert inner == pytest.approx([3.0, 3.0])
    assert outer == pytest.approx([folding.BLEED] * 2)


def test_a_milled_spine_is_twice_what_is_milled():
    made = plan(4, scheme="perfect", signature=4, milling=10.0)
    left, right = made.places(made.layout.sheets[0].sides[0])
    assert right.trim.left - left.trim.right == pytest.approx(20.0)


def test_closed_edges_are_trimmed_by_three_millimetres_even_without_bleed():
    made = plan(8, scheme="perfect", signature=8, bleed=0.0)
    places = made.places(made.layout.sheets[0].sides[0])
    heads = [it.trim for it in places if it.slot.column == 0]
    assert abs(heads[1].bottom - heads[0].top) == pytest.approx(6 * MM)


def test_the_known_sixteen():
    """The usual scheme of sixteen pages, as folders and textbooks have it."""
    made = plan(16, scheme="perfect", signature=16)
    rows: dict[str, list[list[int]]] = {}
    for side in made.layout.sheets[0].sides:
        slots = sorted(side.slots, key=lambda it: (-it.row, it.column))
        pages = [it.place + 1 for it in slots]
        rows[side.name] = [pages[:4], pages[4:]]
    assert rows["front"] == [[5, 12, 9, 8], [4, 13, 16, 1]]
    assert rows["back"] == [[7, 10, 11, 6], [2, 15, 14, 3]]


def test_the_form_of_a_turned_sheet_has_the_front_on_the_left():
    made = plan(8, scheme="work-and-turn", signature=8)
    (side,) = made.layout.sheets[0].sides
    slots = sorted(side.slots, key=lambda it: (-it.row, it.column))
    assert [it.place + 1 for it in slots] == [5, 4, 3, 6, 8, 1, 2, 7]
    assert [it.turned for it in slots] == [True] * 4 + [False] * 4

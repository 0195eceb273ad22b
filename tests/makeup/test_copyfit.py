"""Copyfit: what moves, in which order, how far, and what is said where nothing helps."""

import re
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace
from reprints import SOURCES, house, reprint, source

from layout.ground.problems import Refused
from layout.house.brand import Brand, Lever
from layout.house.levers import moved, named, resting
from layout.makeup.copyfit import FORGOTTEN, LEVEL, Fitted, Wanted, fit
from layout.makeup.furniture import Banner
from layout.makeup.makeup import Plan, make_up, plan
from layout.makeup.proof import prove
from layout.manuscript.reader import read_interview
from layout.plates.edition import EDITIONS
from layout.plates.metadata import about_interview
from layout.plates.painter import Part, paint
from layout.setting.compose import compose
from layout.setting.looks import TypeCase

BANNER = Banner("Focus")
ONE = Wanted(1, 1)

LEADING = Lever(move="leading", least=12.0, most=13.0, step=0.25)
ALLEY = Lever(move="alley", least=4.0, most=8.0, step=1.0)
SIZE = Lever(move="size", least=9.4, most=10.6, step=0.2)
TRACKING = Lever(move="tracking", least=-0.005, most=0.005, step=0.005)
HEADINGS = Lever(move="headings", least=0, most=2, step=1)
FIGURES = Lever(move="figures", least=0.7, most=1, step=0.1)

SAID = (
    "What is said in {} of all these answers is said at some length, so that a line or two of it can be saved or had"
    " where the page asks for it, and a word like typographical may part."
)


@cache
def case(*levers: Lever) -> TypeCase:
    """A small page of the house whose brand lets these move."""
    brand = house().brand
    page = replace(brand.page, width=170.0, height=200.0)
    return TypeCase(replace(brand, page=page, copyfit=levers))


def talk(turns: int, last: int = 1) -> list[dict]:
    answers = [SAID.format(n) for n in range(turns)]
    answers[-1] = " ".join([answers[-1]] * last)
    return [{"question": f"Number {n}?", "answer": answer} for n, answer in enumerate(answers)]


def fitted(path: Path, case: TypeCase, wanted: Wanted | None = None) -> Fitted:
    return fit(read_interview(str(path)), case, BANNER, str(path), wanted)


def planned(path: Path, brand: Brand) -> Plan:
    """The pages of an interview in a brand, nothing moved."""
    type_case = TypeCase(replace(brand, copyfit=()))
    return plan(compose(read_interview(str(path)), type_case, str(path)), type_case, BANNER)


def serves(made: Plan, wanted: Wanted) -> bool:
    if not wanted.least <= made.pages <= wanted.most or made.uneven > LEVEL:
        return False
    return made.pages == 1 or made.last_lines >= FORGOTTEN


def steps(brand: Brand, levers: tuple[Lever, ...], tighter: bool):
    """Every setting from rest to the limits in words and as a brand: each lever to its end before the next."""
    before, said = brand, []
    for lever in levers:
        rest = value = resting(brand, lever)
        limit = lever.least if tighter else lever.most
        while abs(limit - value) > 1e-9:
            way = max(-lever.step, limit - value) if tighter else min(lever.step, limit - value)
            value = round(value + way, 6)
            words = f"{lever.move} {named(lever, rest)} to {named(lever, value)}"
            yield ", ".join([*said, words]), moved(before, lever, value)
        if value != rest:
            said.append(words)
            before = moved(before, lever, value)


def note(found: Fitted) -> str:
    (problem,) = found.notes
    assert problem.severity == "note"
    return problem.message


# --- exactly so many pages ---


def test_what_fits_as_it_is_stays_as_it_is(tmp_path):
    path = source(tmp_path, interview=talk(5))
    as_it_is = fitted(path, case(LEADING))
    assert as_it_is.plan.pages == 1 and as_it_is.plan.uneven <= LEVEL and not as_it_is.notes
    for wanted in (ONE, Wanted(1, 3)):
        found = fitted(path, case(LEADING), wanted)
        assert found.notes == () and found.case is case(LEADING)
        assert found.plan.drafts == as_it_is.plan.drafts


LEVERS = [
    (LEADING,),
    (ALLEY, LEADING),
    (LEADING, SIZE),
    (SIZE, TRACKING),
    (TRACKING, LEADING, SIZE),
]


@pytest.mark.parametrize("levers", LEVERS, ids=lambda row: "-".join(lever.move for lever in row))
@pytest.mark.parametrize("turns", [7, 8, 9])
def test_the_first_setting_that_does_is_taken(tmp_path, levers, turns):
    """Against all settings tried one by one, each in a brand of its own."""
    path = source(tmp_path, interview=talk(turns))
    natural = planned(path, case().brand)
    wanted = ONE if natural.pages > 1 else Wanted(2, 2)
    tighter = natural.pages > 1
    if serves(natural, wanted):
        pytest.skip("it fits as it is")
    words = next(
        (said for said, brand in steps(case().brand, levers, tighter) if serves(planned(path, brand), wanted)),
        None,
    )  # fmt: skip
    if words is None:
        with pytest.raises(Refused):
            fitted(path, case(*levers), wanted)
    else:
        found = fitted(path, case(*levers), wanted)
        assert serves(found.plan, wanted)
        assert note(found) == f"fitted to {wanted}: {words}"


@pytest.mark.parametrize("tighter", [True, False])
def test_levers_move_in_the_brands_order_each_to_its_limit_before_the_next(tmp_path, tighter):
    seen = set()
    for turns, last in ((7, 2), (8, 1), (9, 1), (9, 2)):
        path = source(tmp_path, interview=talk(turns, last))
        for levers in ((LEADING, SIZE), (SIZE, LEADING)):
            try:
                found = fitted(path, case(*levers), ONE if tighter else Wanted(2, 2))
            except Refused:
                continue
            if not found.notes:
                continue
            moves = re.findall(r"(\w+) [\d.]+ pt to ([\d.]+) pt", note(found))
            assert [name for name, _ in moves] == [lever.move for lever in levers][: len(moves)]
            for (_, value), lever in zip(moves, levers):
                limit = lever.least if tighter else lever.most
                rest = resting(case().brand, lever)
                assert min(limit, rest) <= float(value) <= max(limit, rest)
                if lever is not levers[len(moves) - 1]:
                    assert float(value) == limit
            for lever in levers[: len(moves)]:
                assert resting(found.case.brand, lever) == pytest.approx(float(dict(moves)[lever.move]))  # fmt: skip
            seen.add(len(moves))
    assert seen


def test_it_is_fitted_to_the_range_that_is_asked_for(tmp_path):
    path = source(tmp_path, interview=talk(24))
    natural = planned(path, case().brand).pages
    assert natural > 2
    found = fitted(path, case(LEADING, SIZE), Wanted(1, natural))
    assert found.plan.pages <= natural and serves(found.plan, Wanted(1, natural))


def test_a_fitted_interview_is_complete_and_on_its_own_grid(tmp_path):
    path = source(tmp_path, interview=talk(9))
    interview = read_interview(str(path))
    found = fitted(path, case(LEADING, SIZE), ONE)
    pages = make_up(found.galley, found.case, 1, BANNER, str(path), planned=found.plan)
    prove(interview, pages)
    assert len(pages.pages) == 1 and found.notes


def test_the_same_bytes_twice(tmp_path):
    path = source(tmp_path, interview=talk(9))
    made = set()
    for _ in range(2):
        type_case = TypeCase(case(LEADING, SIZE).brand)
        interview = read_interview(str(path))
        found = fit(interview, type_case, BANNER, str(path), ONE)
        assert found.notes
        pages = make_up(found.galley, found.case, 1, BANNER, str(path), planned=found.plan)
        made.add(paint([Part(pages)], type_case.brand, EDITIONS["digital"], about_interview(interview)))  # fmt: skip
    assert len(made) == 1


# --- what is not named ---


def test_levers_that_can_change_nothing_are_neither_moved_nor_named(tmp_path):
    """An interview without figures, cross-heads and pull quotes."""
    path = source(tmp_path, interview=talk(9))
    found = fitted(path, case(HEADINGS, FIGURES, LEADING, SIZE), ONE)
    assert "figures" not in note(found) and "headings" not in note(found)
    assert note(found) == note(fitted(path, case(LEADING, SIZE), ONE))
    assert found.case.brand.spacing == case().brand.spacing


def test_air_over_cross_heads_moves_where_there_are_some(tmp_path):
    turns = talk(7, 2)
    heads = [{"heading": "A head"}, *turns[:3], {"heading": "Another"}, *turns[3:6], {"heading": "More"}, *turns[6:]]  # fmt: skip
    path = source(tmp_path, interview=heads)
    assert planned(path, case().brand).pages == 2
    found = fitted(path, case(HEADINGS, LEADING, SIZE), ONE)
    assert note(found).startswith("fitted to 1 page: headings 1 line to 0 lines")


def test_figures_grow_smaller_where_there_are_some(tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.png").write_bytes(
        (SOURCES / "images" / "optical-sizes.png").read_bytes()
    )
    figure = {"figure": "images/a.png", "alt": "A"}
    path = source(tmp_path, interview=[*talk(3), figure, *talk(4)])
    assert planned(path, case().brand).pages == 2
    found = fitted(path, case(FIGURES, LEADING, SIZE), ONE)
    assert note(found).startswith("fitted to 1 page: figures 1 to 0.")


# --- out of range ---


@pytest.mark.parametrize(
    ("turns", "wanted", "pattern"),
    [
        (30, ONE, r"^\d+ lines of the grid are over 1 page, with everything moved as far as the brand allows$"),
        (60, Wanted(1, 2), r"^\d+ lines of the grid are over 1 to 2 pages, "),
        (4, Wanted(2, 2), r"^\d+ lines of the grid are short of 2 pages, "),
        (8, Wanted(5, 7), r"^\d+ lines of the grid are short of 5 to 7 pages, "),
    ],
)  # fmt: skip
@pytest.mark.parametrize("levers", [(), (LEADING, SIZE)], ids=["none", "two"])
def test_out_of_range_says_by_how_many_lines(tmp_path, turns, wanted, pattern, levers):
    path = source(tmp_path, interview=talk(turns))
    with pytest.raises(Refused) as refused:
        fitted(path, case(*levers), wanted)
    (problem,) = refused.value.problems
    assert problem.severity == "error" and problem.place.file == str(path)
    assert re.match(pattern, problem.message), problem.message
    assert "copyfit" in problem.hint


def test_the_lines_that_are_over_are_those_after_the_pages(tmp_path):
    path = source(tmp_path, interview=talk(30))
    natural = planned(path, case().brand)
    over = sum(natural.drafts[n].columns[c].used for n in range(1, natural.pages) for c in (0, 1))
    with pytest.raises(Refused, match=f"{over} lines of the grid are over 1 page"):
        fitted(path, case(), ONE)


def test_lines_that_are_short_grow_with_the_pages(tmp_path):
    path = source(tmp_path, interview=talk(8))
    short = []
    for pages in (2, 3, 4):
        with pytest.raises(Refused) as refused:
            fitted(path, case(), Wanted(pages, pages))
        short.append(int(refused.value.problems[0].message.split()[0]))
    full = planned(path, case().brand).full
    assert short[1] - short[0] == short[2] - short[1] == full


def test_no_levers_is_a_refusal_at_once(tmp_path, monkeypatch):
    """The interview is set once and no more."""
    from layout.makeup import copyfit

    set_times = []
    monkeypatch.setattr(copyfit, "compose", lambda *words: set_times.append(1) or compose(*words))
    with pytest.raises(Refused):
        fitted(source(tmp_path, interview=talk(9)), case(), ONE)
    assert len(set_times) <= 2


# --- what cannot be level ---


@pytest.mark.parametrize("levers", [(), (LEADING,)], ids=["none", "one"])
def test_a_few_lines_alone_are_a_page(tmp_path, levers):
    path = source(tmp_path, interview=[{"question": "Why?", "answer": "Because."}])
    found = fitted(path, case(*levers), ONE)
    assert found.plan.pages == 1 and not found.notes


def test_a_sidebar_deeper_than_the_text_is_a_page(tmp_path):
    entries = [{"handle": f"@a_{n}", "name": f"Account {n}", "about": "of many."} for n in range(8)]
    accounts = {"network": "x", "entries": entries}
    path = source(tmp_path, interview=talk(2), accounts=accounts)
    found = fitted(path, case(LEADING), ONE)
    assert found.plan.excused and found.plan.uneven > LEVEL
    assert found.plan.pages == 1 and not found.notes


# --- without being asked ---


def lonely(tmp_path) -> Path:
    """An interview whose last page holds four lines, and which two levers bring back."""
    last = {"question": "And now?", "answer": " ".join(["word"] * 61) + "."}
    path = source(tmp_path, interview=[*talk(7), last])
    made = planned(path, case().brand)
    assert (made.pages, made.last_lines) == (2, 4) and made.last_lines < FORGOTTEN
    return path


def test_a_last_page_of_a_few_lines_is_fitted_back(tmp_path):
    """By no less than the smallest move that does, and by little more: nobody asked for the very smallest."""
    path = lonely(tmp_path)
    found = fitted(path, case(LEADING, SIZE))
    assert found.plan.pages == 1 and note(found).startswith("fitted to 1 page: leading 12.5 pt to ")
    asked = fitted(path, case(LEADING, SIZE), ONE).case.brand
    for least, taken in zip(
        leading_and_size(asked), leading_and_size(found.case.brand), strict=True
    ):
        assert least - 0.31 <= taken <= least + 1e-9


def leading_and_size(brand) -> tuple[float, float]:
    return brand.grid.leading, brand.styles["text"].size


def test_where_levers_do_not_reach_it_stays_and_nothing_is_said(tmp_path):
    path = lonely(tmp_path)
    short = replace(ALLEY, least=5.9, step=0.1)
    found = fitted(path, case(short))
    assert found.plan.pages == 2 and not found.notes


def test_no_levers_is_no_automatic_fitting(tmp_path):
    path = lonely(tmp_path)
    found = fitted(path, case())
    assert found.plan.pages == 2 and not found.notes and found.case is case()


def test_a_last_page_that_is_not_level_is_made_so(tmp_path):
    """A figure in one column and short turns in the other: they differ by lines until something moves."""
    (tmp_path / "images").mkdir()
    picture = (SOURCES / "images" / "optical-sizes.png").read_bytes()
    (tmp_path / "images" / "a.png").write_bytes(picture)
    figure = {"figure": "images/a.png", "alt": "A"}
    evened = 0
    for turns in (5, 6, 7, 8):
        for words in (1, 10, 19):
            last = {"question": "Is it?", "answer": " ".join(["Thus."] * words)}
            path = source(tmp_path, interview=[{"heading": "A head"}, *talk(turns), figure, last])
            natural = planned(path, case().brand)
            if natural.uneven <= LEVEL or natural.last_lines < FORGOTTEN:
                continue
            found = fitted(path, case(HEADINGS, FIGURES, LEADING, SIZE))
            if found.notes:
                evened += 1
                assert found.plan.uneven <= LEVEL and found.plan.pages == natural.pages
                assert note(found).startswith(f"fitted to {natural.pages} pages: ")
            else:
                assert found.plan.drafts == fitted(path, case()).plan.drafts
    assert evened


def test_what_needs_no_fitting_is_set_as_without_levers(tmp_path):
    for name in ("one-paragraph", "mine-ban-convention"):
        path = SOURCES / f"{name}.yaml"
        found = fitted(path, house())
        assert not found.notes
        assert len(reprint(path).pages.pages) == found.plan.pages

"""An article that other pages part: folios and sides as printed, a line that leads on and one that leads back."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from reprints import (
    SOURCES,
    house,
    in_columns,
    line_of,
    marks,
    reprint,
    right,
    role,
    roles_above,
    runs,
    source,
)

from layout.ground.problems import Refused
from layout.house.labels import Labels
from layout.makeup.page import Anchor, Image, Link, Page, Pages, Rule, Tint, whole
from layout.makeup.parting import OFF, Gap, spots_of
from layout.setting.looks import TypeCase

WORDS = "What is said here is said at length and again. "
LONG = [{"question": f"Question number {n}, is it not?", "answer": WORDS * 9} for n in range(40)]
ACCOUNTS = {"network": "x", "entries": [{"handle": f"@account_{n}", "about": WORDS} for n in range(9)]}  # fmt: skip
GAP = Gap(1, 1, 1)

# --- folios and sides ---


def test_without_gaps_folios_go_on_and_sides_alternate():
    assert [(it.folio, it.recto) for it in spots_of(3, 4, False, ())] == [(4, False), (5, True), (6, False)]  # fmt: skip


def test_pages_between_are_counted_and_turn_the_sides():
    spots = spots_of(3, 4, False, [Gap(1, 2, 2), Gap(2, 1, 1)])
    assert [(it.folio, it.recto) for it in spots] == [(4, False), (7, True), (9, True)]


def test_roman_pages_between_turn_the_sides_and_not_the_folios():
    spots = spots_of(2, 4, False, [Gap(1, 1, 0)])
    assert [(it.folio, it.recto) for it in spots] == [(4, False), (5, False)]


@given(
    st.integers(1, 30),
    st.integers(1, 99),
    st.booleans(),
    st.lists(st.builds(Gap, st.integers(1, 30), st.integers(1, 9), st.just(0)), max_size=9),
)
def test_every_page_lies_where_counting_sheets_puts_it(count, folio, recto, gaps):
    for number, spot in enumerate(spots_of(count, folio, recto, gaps)):
        before = number + sum(gap.pages for gap in gaps if gap.after <= number)
        assert spot.recto == (recto if before % 2 == 0 else not recto)
        assert spot.folio == folio + number


# --- the lines ---


def jumps(pages: Pages, page: Page) -> list:
    return [run for run in runs(page) if "jump" in roles_above(pages, run)]


def said(pages: Pages, page: Page) -> list[str]:
    texts: dict[int, str] = {}
    for run in jumps(pages, page):
        texts[run.element] = texts.get(run.element, "") + run.text
    return [text.replace("\u00a0", " ") for text in texts.values()]


def test_the_page_before_says_where_it_goes_on_and_the_page_after_where_from(tmp_path):
    printed = reprint(source(tmp_path, interview=LONG), folio=5, gaps=[Gap(1, 1, 1), Gap(2, 3, 3)])
    pages = printed.pages
    assert [page.folio for page in pages.pages][:4] == [5, 7, 11, 12]
    assert [said(pages, page) for page in pages.pages][:4] == [
        ["continued on page 7"],
        ["continued from page 5", "continued on page 11"],
        ["continued from page 7"],
        [],
    ]


def test_they_stand_at_the_foot_of_the_last_column_and_at_the_head_of_the_first(tmp_path):
    printed = reprint(source(tmp_path, interview=LONG), gaps=[GAP])
    pages, brand = printed.pages, printed.brand
    before, after = pages.pages[:2]
    (on,), (since,) = jumps(pages, before), jumps(pages, after)
    assert line_of(printed, on.y) == pytest.approx(brand.lines - 1 + OFF)
    margin = {page.recto: (brand.margins.inner if page.recto else brand.margins.outer) * 72 / 25.4
              for page in (before, after)}  # fmt: skip
    assert right(on) == pytest.approx(margin[before.recto] + brand.type_width, abs=0.01)
    assert line_of(printed, since.y) == pytest.approx(-OFF)
    assert since.x == pytest.approx(margin[after.recto])


@pytest.mark.parametrize("accounts", [None, ACCOUNTS])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_nothing_else_stands_on_their_lines_and_columns_are_full(number, accounts, tmp_path):
    keys = {"accounts": accounts} if accounts else {}
    printed = reprint(source(tmp_path, interview=LONG, **keys), gaps=[Gap(number, 1, 1)])
    pages, last = printed.pages, printed.brand.lines - 1
    before, after = (
        {round(line_of(printed, run.y)) for _, run in in_columns(printed, page)}
        for page in pages.pages[number - 1 : number + 1]
    )
    assert last - 3 <= max(before) <= last - 1
    assert min(after) == 1


def crowded(folder) -> Path:
    """An article in which everything wants the head or the foot of a page: boxes, accounts, a long disclaimer."""
    (folder / "images").mkdir(exist_ok=True)
    shutil.copy(SOURCES / "images" / "first-fit-total-fit.png", folder / "images" / "a.png")
    figure = {"figure": "images/a.png", "alt": "A"}
    entries = [
        {**figure, "width": "page"},
        *LONG[:6],
        {"pull_quote": "It is said."},
        {**figure, "width": "page"},
    ]
    entries += [*LONG[:9], figure, {**figure, "width": "page"}, *LONG[:12], figure]  # fmt: skip
    return source(folder, interview=entries, accounts=ACCOUNTS, disclaimer=WORDS * 30)


@pytest.mark.parametrize("parted", [(1,), (2,), (3,), (1, 2, 3), (1, 3)])
def test_nothing_lies_under_or_over_them(parted, tmp_path):
    pages = reprint(crowded(tmp_path), gaps=[Gap(number, 1, 1) for number in parted]).pages
    found = 0
    for page in pages.pages:
        for jump in jumps(pages, page):
            found += 1
            low, high = jump.y - 0.25 * jump.size, jump.y + 0.75 * jump.size
            for run in runs(page):
                if run is not jump and run.x < right(jump) and right(run) > jump.x:
                    assert run.y - 0.25 * run.size >= high or run.y + 0.7 * run.size <= low, (
                        run.text
                    )
            for box in marks(page, Tint) + marks(page, Image):
                assert box.y >= high or box.y + box.height <= low
            for rule in marks(page, Rule):
                assert rule.y >= high or rule.y <= low
    assert found == 2 * len(parted)


def test_both_are_links_to_the_other_page(tmp_path):
    pages = reprint(source(tmp_path, interview=LONG), gaps=[GAP, Gap(3, 1, 1)]).pages
    places = {mark.name: n for n, page in enumerate(pages.pages) for mark in marks(page, Anchor)}
    targets = {
        n: [places[mark.target[1:]] for mark in marks(page, Link)]
        for n, page in enumerate(pages.pages)
    }
    assert {n: found for n, found in targets.items() if found} == {0: [1], 1: [0], 2: [3], 3: [2]}
    for page in pages.pages:
        for link in marks(page, Link):
            (words,) = {run.text for run in jumps(pages, page) if run.element == link.element}
            assert link.text == words
            assert pages.elements[link.element].role == "link"


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "hu"])
def test_they_speak_the_language_of_the_article(language, tmp_path):
    pages = reprint(source(tmp_path, interview=LONG, language=language), gaps=[GAP]).pages
    words = Labels(house().brand, language)
    assert said(pages, pages.pages[0]) == [words.of_page("continued_on", 3).replace("\u00a0", " ")]
    assert said(pages, pages.pages[1]) == [
        words.of_page("continued_from", 1).replace("\u00a0", " ")
    ]


def test_a_language_that_the_house_does_not_know_is_not_claimed_for_them(tmp_path):
    pages = reprint(source(tmp_path, interview=LONG, language="rm"), gaps=[GAP]).pages
    assert {it.language for it in pages.elements if it.role == "jump"} == {"en"}


def test_a_label_that_is_too_wide_is_refused_with_the_way_out(tmp_path):
    brand = replace(house().brand, labels={"en": {"continued_on": "turn over and over " * 9}})
    with pytest.raises(Refused, match="wider than a column") as refused:
        reprint(source(tmp_path, interview=LONG), TypeCase(brand), gaps=[GAP])
    assert "`continued_on`" in refused.value.problems[0].hint


# --- the reading order ---


def test_a_text_that_is_parted_is_read_on_and_the_lines_come_after_it(tmp_path):
    answer = "\n\n".join([WORDS * 30] * 9)
    printed = reprint(
        source(tmp_path, interview=[{"question": "Why?", "answer": answer}]), gaps=[GAP]
    )
    pages = printed.pages
    texts = [
        {whole(run.element, pages.elements) for _, run in in_columns(printed, page)}
        for page in pages.pages
    ]
    (parted,) = texts[0] & texts[1]
    lines = [n for n, it in enumerate(pages.elements) if it.role == "jump"]
    following = min(n for n in texts[1] if n > parted)
    assert lines and all(parted < line < following for line in lines)
    assert {pages.elements[line].parent for line in lines} == {pages.elements[parted].parent}


def test_they_stand_in_no_list_and_no_quotation(tmp_path):
    item = "\n".join(f"- > {WORDS * 4}" for _ in range(60))
    turn = [{"question": "Why?", "answer": item}]
    pages = reprint(source(tmp_path, interview=turn), gaps=[GAP]).pages
    holders = {pages.elements[it.parent].role for it in pages.elements if it.role == "jump"}
    assert holders == {"answer"}


@pytest.mark.parametrize("gaps", [[GAP], [GAP, Gap(2, 1, 1)], [GAP, Gap(2, 1, 1), Gap(3, 2, 0)]])
def test_all_else_keeps_its_order_its_words_and_its_parent(gaps, tmp_path):
    path = source(tmp_path, interview=LONG, accounts=ACCOUNTS)
    plain, parted = reprint(path).pages, reprint(path, gaps=gaps).pages
    left = [n for n, it in enumerate(parted.elements) if not {"jump"} & roles_of(parted, n)]
    moved = {new: old for old, new in enumerate(left)} | {-1: -1}
    assert len(left) == len(plain.elements)
    for new, old in moved.items():
        if new >= 0:
            made = parted.elements[new]
            assert replace(made, parent=moved[made.parent]) == plain.elements[old]
    assert words_by_element(parted, moved) == words_by_element(plain, None)
    assert all(it.parent < n for n, it in enumerate(parted.elements))


def roles_of(pages: Pages, element: int) -> set[str]:
    found = set()
    while element >= 0:
        found.add(pages.elements[element].role)
        element = pages.elements[element].parent
    return found


def words_by_element(pages: Pages, moved: dict[int, int] | None) -> dict[int, str]:
    found: dict[int, str] = {}
    for page in pages.pages:
        for run in runs(page):
            if run.element >= 0 and "jump" not in roles_above(pages, run):
                element = run.element if moved is None else moved[run.element]
                text = run.text.replace("\u00ad", "").replace(" ", "")
                found[element] = found.get(element, "") + text
    return found


def test_a_gap_before_a_page_of_accounts_alone(tmp_path):
    """The text has ended: the line leads to what is left of the sidebar."""
    many = {"network": "x", "entries": [{"handle": f"@account_{n}", "about": WORDS * 4} for n in range(90)]}  # fmt: skip
    printed = reprint(source(tmp_path, accounts=many), gaps=[GAP, Gap(2, 1, 1)])
    pages = printed.pages
    assert said(pages, pages.pages[1]) == ["continued from page 1", "continued on page 5"]
    assert not [run for run in runs(pages.pages[1]) if role(pages, run) == "paragraph"]
    jump = max(n for n, it in enumerate(pages.elements) if it.role == "jump")
    assert pages.elements[jump].parent == 0

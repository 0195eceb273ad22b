"""Finished pages, judged by their marks alone: the grid, the columns, the boxes, the furniture."""

from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from reprints import (
    SAMPLES,
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
    said,
    sample,
    source,
)

from layout.ground.problems import Refused
from layout.house.brands import read_brand
from layout.makeup.page import FOLIO, FOOTER, HEADER, Image, Link, Rule, Run, Tint
from layout.makeup.parting import Gap
from layout.setting.looks import TypeCase

ON_THE_GRID = {
    "question", "subquestion", "paragraph", "code", "pointer", "speaker", "label", "link", "words",
}  # fmt: skip
OVERHANG = 2.5
"""Points that a sign of the text may hang over an edge of its column: a dash or a quote in italics."""


def follow_this(count: int) -> dict:
    entries = [
        {"handle": f"@account_{n}", "name": f"Account {n}", "about": f"the {n}th of many accounts."}
        for n in range(count)
    ]
    return {"network": "x", "entries": entries}


def talk(turns: int, words: int = 40) -> list[dict]:
    answer = " ".join(["What is said here is said at length and again"] * (words // 9 or 1))
    return [
        {"question": f"Question number {n}, is it not?", "answer": answer + "."}
        for n in range(turns)
    ]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Interviews made for one difficulty each, by name."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "images").mkdir()
    for picture in ("first-fit-total-fit.png", "optical-sizes.png"):
        (folder / "images" / picture).write_bytes((SOURCES / "images" / picture).read_bytes())
    figure = {"figure": "images/first-fit-total-fit.png", "alt": "A", "width": "page"}
    small = {"figure": "images/optical-sizes.png", "alt": "B", "caption": "Small."}
    boxes = [*talk(3), figure, *talk(9), small, {"pull_quote": "It is said."}, *talk(30), small]
    boxes += [{"heading": "A head over a figure"}, {**figure, "alt": "C"}, *talk(12)]
    told = source(folder, "told.yaml", interview=talk(40), accounts=follow_this(30))
    return {
        "boxes": reprint(source(folder, "boxes.yaml", interview=boxes, accounts=follow_this(12))),
        "told": reprint(told),
        "short, many accounts": reprint(
            source(folder, "short.yaml", interview=talk(2), accounts=follow_this(24))
        ),
        "verso": reprint(told, folio=8),
        "parted": reprint(told, gaps=(Gap(1, 1, 1), Gap(2, 2, 0))),
        "boxes, parted": reprint(folder / "boxes.yaml", folio=8, gaps=(Gap(1, 1, 1), Gap(3, 1, 1))),
    }


NAMES = [*SAMPLES, "boxes", "told", "short, many accounts", "verso", "parted", "boxes, parted"]


@pytest.fixture(params=NAMES)
def printed(request, drawn):
    return sample(request.param) if request.param in SAMPLES else drawn[request.param]


# --- every page ---


def test_every_baseline_of_text_lies_on_the_grid(printed):
    for page in printed.pages.pages:
        lines = [line_of(printed, run.y) for _, run in in_columns(printed, page)
                 if role(printed.pages, run) in ON_THE_GRID and "pull-quote" not in roles_above(printed.pages, run)]  # fmt: skip
        assert all(abs(line - round(line)) < 1e-4 for line in lines)
        assert all(-1e-4 < line < printed.brand.lines - 1 + 1e-4 for line in lines)


def test_no_mark_leaves_the_trim(printed):
    for page in printed.pages.pages:
        for run in runs(page):
            assert run.x >= 0 and right(run) <= page.width
            assert run.y - 0.3 * run.size >= 0 and run.y + run.size <= page.height
        for box in marks(page, Tint) + marks(page, Image) + marks(page, Link):
            assert box.x >= 0 and box.x + box.width <= page.width + 1e-6
            assert box.y >= 0 and box.y + box.height <= page.height
        for rule in marks(page, Rule):
            assert rule.x >= 0 and rule.x + rule.width <= page.width + 1e-6
            assert 0 <= rule.y <= page.height


def test_text_stands_above_the_foot_rule(printed):
    for page in printed.pages.pages:
        width = printed.brand.type_width
        foot = min(rule.y for rule in marks(page, Rule) if rule.width == pytest.approx(width))
        for run in runs(page):
            if run.element not in (FOLIO, FOOTER) and not {"disclaimer", "colophon"} & set(
                roles_above(printed.pages, run)
            ):
                assert run.y - 0.25 * run.size > foot


def test_columns_do_not_touch(printed):
    brand = printed.brand
    for page in printed.pages.pages:
        left = (brand.margins.inner if page.recto else brand.margins.outer) * 72 / 25.4
        for column, run in in_columns(printed, page):
            start = left + column * (brand.measure + brand.alley)
            assert start - OVERHANG < run.x
            assert right(run) < start + brand.measure + OVERHANG
            assert column < brand.columns.count


def test_no_two_lines_of_a_column_share_a_baseline_and_a_place(printed):
    for page in printed.pages.pages:
        rows: dict[tuple[int, int], list[Run]] = {}
        for column, run in in_columns(printed, page):
            rows.setdefault((column, round(run.y * 100)), []).append(run)
        for row in rows.values():
            row.sort(key=lambda run: run.x)
            for a, b in pairwise(row):
                assert right(a) < b.x + 1e-3, said(row)


def boxes_of(page) -> list[Tint]:
    """The tints of the sidebar; the end sign is one as well, and small."""
    return [tint for tint in marks(page, Tint) if tint.height > 20]


def test_boxes_stand_alone(printed):
    """Nothing but the sidebar's own words and pictures stands on the sidebar's tint, and no word of it elsewhere."""
    for page in printed.pages.pages:
        boxes = boxes_of(page)
        for run in runs(page):
            inside = [box for box in boxes if box.x < right(run) and run.x < box.x + box.width
                      and box.y < run.y + run.size * 0.7 and run.y < box.y + box.height]  # fmt: skip
            theirs = "sidebar" in roles_above(printed.pages, run) or (
                run.element == -1 and "(" in said(runs(page))
            )
            if run.element != -1:
                assert bool(inside) == theirs, said([run])
        for image in marks(page, Image):
            for box in boxes:
                apart = (
                    image.x >= box.x + box.width
                    or box.x >= image.x + image.width
                    or image.y >= box.y + box.height
                    or box.y >= image.y + image.height
                )
                assert apart


def test_text_and_pictures_do_not_meet(printed):
    for page in printed.pages.pages:
        for image in marks(page, Image):
            for run in runs(page):
                beside = right(run) <= image.x or run.x >= image.x + image.width
                assert (
                    beside
                    or run.y >= image.y + image.height
                    or run.y + run.size * 0.6 <= image.y + 1e-6
                )


def test_marks_stand_in_the_order_of_reading(printed):
    """Masthead, head, then column by column from top to bottom, then the sidebar, then the foot."""
    for page in printed.pages.pages:
        said_runs = [run for run in runs(page)
                     if run.element >= 0 and "jump" not in roles_above(printed.pages, run)]  # fmt: skip
        parts = ["sidebar" if "sidebar" in (above := roles_above(printed.pages, run))
                 else "foot" if {"disclaimer", "colophon"} & set(above)
                 else "mast" if {"masthead", "tagline", "dateline"} & set(above)
                 else "head" if {"kicker", "title", "standfirst", "byline"} & set(above)
                 else "text" for run in said_runs]  # fmt: skip
        assert parts == sorted(parts, key=["mast", "head", "text", "sidebar", "foot"].index)
        columns = [column for column, run in in_columns(printed, page)
                   if role(printed.pages, run) in ON_THE_GRID]  # fmt: skip
        assert columns == sorted(columns)


def test_a_box_stands_at_the_head_of_its_column_or_alone(printed):
    """Level with the first line beside it; under it the column's text goes on after some air."""
    brand = printed.brand
    for page in printed.pages.pages:
        for box in boxes_of(page):
            beside = [line_of(printed, run.y) for _, run in in_columns(printed, page)
                      if not box.x - 5 < run.x < box.x + box.width]  # fmt: skip
            below = [(line_of(printed, run.y), role(printed.pages, run), "pull-quote" in roles_above(printed.pages, run))
                     for _, run in in_columns(printed, page) if box.x - 5 < run.x < box.x + box.width]  # fmt: skip
            foot = line_of(printed, box.y)
            assert abs(foot - round(foot)) < 1e-4
            assert round(foot) <= brand.lines - 1
            if beside and not marks(page, Image):
                text = house().looks("en").look("text")
                capitals = text.face.cap_height * text.unit / brand.grid.leading
                head = line_of(printed, box.y + box.height)
                assert head == pytest.approx(min(beside) - capitals)
            pictures = [
                image for image in marks(page, Image) if box.x - 5 < image.x < box.x + box.width
            ]
            if below and not any(image.y < box.y for image in pictures):
                first, kind, quoted = min(below)
                # The first words of a cross-head or a pull quote stand on the second line of their own box.
                lower = 0 if kind in ON_THE_GRID and not quoted else 1
                assert first == pytest.approx(foot + 1 + brand.sidebar.above + lower)


def test_columns_of_a_full_page_end_at_its_foot_or_a_line_above_it(printed):
    """All of them together: what is left is less than a paragraph may part, or than a box that comes next."""
    brand = printed.brand
    for page, after in pairwise(printed.pages.pages):
        if marks(page, Image) or not list(in_columns(printed, after)):
            continue
        foot: dict[int, float] = {}
        for column, run in in_columns(printed, page):
            foot[column] = max(line_of(printed, run.y), foot.get(column, 0.0))
        assert len(foot) in (1, brand.columns.count)
        assert max(foot.values()) - min(foot.values()) <= 1 + 1e-4, foot
        if page is not printed.pages.pages[0]:
            assert min(foot.values()) >= brand.lines - 1 - 2 - 1e-4, foot


def test_the_last_pages_columns_end_nearly_level(printed):
    page = printed.pages.pages[-1]
    foot: dict[int, float] = {}
    for column, run in in_columns(printed, page):
        foot[column] = min(run.y, foot.get(column, run.y))
    for box in boxes_of(page):
        middle = box.x + box.width / 2
        column = int(middle > page.width / 2)
        foot[column] = min(box.y, foot.get(column, box.y))
    if boxes_of(page) and len(foot) < 2:
        return  # one box alone
    lines = [line_of(printed, y) for y in foot.values()]
    assert len(lines) < 2 or max(lines) - min(lines) <= 6


# --- any interview ---

WORDS = (
    "white",
    "line",
    "letter",
    "column",
    "page",
    "grey",
    "hyphenation",
    "typographical",
    "of",
    "it",
)
TALE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=70).map(" ".join)
ANSWER = st.lists(
    st.one_of(TALE, TALE.map("- {}\n- another".format), TALE.map("> {}".format), st.just("    code\n    more")),
    min_size=1,
    max_size=4,
).map("\n\n".join)  # fmt: skip
TURN = st.fixed_dictionaries({"question": TALE, "answer": ANSWER})
ENTRIES = st.one_of(
    TURN,
    TURN,
    TURN.map(lambda turn: {**turn, "speaker": "Somebody"}),
    TALE.map(lambda text: {"heading": text[:60]}),
    TALE.map(lambda text: {"pull_quote": text[:90]}),
    ANSWER.map(lambda text: {"text": text}),
    st.sampled_from(("page", "column")).map(
        lambda width: {"figure": "images/optical-sizes.png", "alt": "", "width": width, "caption": "A caption."}
    ),
)  # fmt: skip


BRANDS = {
    "as it is": "",
    "boxes at the foot": "sidebar: {place: foot}\n",
    "one column": "columns: {count: 1}\n",
    "three columns": "columns: {count: 3, alley: 4}\n",
    "initial": "initial: {lines: 3}\n",
}


@cache
def branded(name: str) -> TypeCase:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "own.yaml"
        path.write_text("extends: focus\n" + BRANDS[name], encoding="utf-8")
        return TypeCase(read_brand(str(path), str(path)).brand)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    st.lists(ENTRIES, min_size=1, max_size=25),
    st.integers(0, 40),
    st.sampled_from(("", "Views are views. " * 3, "Views are views. " * 60)),
    st.sampled_from(("", "Rights. " * 80)),
    st.sampled_from(("as it is", *BRANDS)),
)
def test_any_interview_keeps_the_rules_of_every_page(drawn, entries, accounts, disclaimer, rights, brand):  # fmt: skip
    folder = Path(drawn["boxes"].file).parent
    keys = {"disclaimer": disclaimer.strip(), "rights": rights.strip(), "accounts": accounts and follow_this(accounts)}  # fmt: skip
    kept = {key: value for key, value in keys.items() if value}
    printed = reprint(source(folder, "any.yaml", interview=entries, **kept), branded(brand))
    for rule in (
        test_every_baseline_of_text_lies_on_the_grid,
        test_no_mark_leaves_the_trim,
        test_text_stands_above_the_foot_rule,
        test_columns_do_not_touch,
        test_no_two_lines_of_a_column_share_a_baseline_and_a_place,
        test_boxes_stand_alone,
        test_text_and_pictures_do_not_meet,
    ):
        rule(printed)


# --- furniture ---


def test_sides_change_with_the_folio(printed):
    assert [page.recto for page in printed.pages.pages] == [
        page.folio % 2 == 1 for page in printed.pages.pages
    ]


def test_the_folio_stands_outside_on_every_page(printed):
    for page in printed.pages.pages:
        (folio,) = [run for run in runs(page) if run.element == FOLIO]
        assert folio.text == str(page.folio)
        assert (folio.x > page.width / 2) == page.recto


def test_running_heads_stand_on_all_pages_but_the_first(printed):
    first, *others = printed.pages.pages
    title = printed.galley.title.split()[0]
    assert title not in said(run for run in runs(first) if run.element == HEADER)
    for page in others:
        head = [run for run in runs(page) if run.element == HEADER]
        assert printed.brand.masthead.text in said(head)
        assert title in said(head)
        outer = max(map(right, head)) if page.recto else min(run.x for run in head)
        edge = page.width - 18 * 72 / 25.4 if page.recto else 18 * 72 / 25.4
        assert outer == pytest.approx(edge, abs=0.5)


def test_the_head_stands_once(printed):
    head = {"masthead", "tagline", "dateline", "title", "kicker", "standfirst", "byline"}
    for page in printed.pages.pages[1:]:
        assert not any(head & set(roles_above(printed.pages, run)) for run in runs(page))


# --- what is special ---


def test_the_sidebar_stands_where_its_pointer_is():
    printed = sample("mine-ban-convention")
    (page,) = printed.pages.pages
    assert boxes_of(page)


def test_a_sidebar_deeper_than_a_column_begins_where_its_pointer_is(tmp_path):
    """It has the column beside the pointer to itself, and goes on where the next page's text leaves room."""
    first = {
        "question": "Who is there?",
        "answer": "See [these accounts](#accounts). " + "And more is said. " * 30,
    }
    path = source(tmp_path, interview=[first, *talk(12, 200)], accounts=follow_this(60))
    printed = reprint(path)
    with_boxes = [number for number, page in enumerate(printed.pages.pages) if boxes_of(page)]
    assert with_boxes[:2] == [0, 1]
    for page in printed.pages.pages[: len(with_boxes) - 1]:
        assert {column for column, _ in in_columns(printed, page)} == {0}
    foot = max(line_of(printed, run.y) for _, run in in_columns(printed, printed.pages.pages[1]))
    assert foot >= printed.brand.lines - 2


def test_boxes_over_all_columns_may_fill_a_page(tmp_path):
    """Nothing of the text is pressed in below them."""
    from PIL import Image as Picture

    (tmp_path / "images").mkdir()
    for name, height in (("a", 196), ("b", 84)):
        Picture.new("RGB", (300, height), "grey").save(tmp_path / "images" / f"{name}.png")
    figures = [{"figure": f"images/{name}.png", "alt": "", "width": "page"} for name in "ab"]
    for words in range(120, 300, 20):
        turns = [*talk(5), *figures, *talk(12, words)]
        printed = reprint(source(tmp_path, interview=turns))
        test_every_baseline_of_text_lies_on_the_grid(printed)
        test_text_stands_above_the_foot_rule(printed)
        test_text_and_pictures_do_not_meet(printed)


def test_a_brand_may_mirror_its_margins(tmp_path):
    brand = tmp_path / "wide.yaml"
    brand.write_text("margins: {inner: 26, outer: 14}\n", encoding="utf-8")
    path = source(tmp_path, interview=talk(40))
    printed = reprint(path, TypeCase(read_brand(str(brand), str(path)).brand))
    recto, verso = printed.pages.pages[:2]
    assert min(run.x for _, run in in_columns(printed, recto)) == pytest.approx(26 * 72 / 25.4, abs=5)  # fmt: skip
    assert min(run.x for _, run in in_columns(printed, verso)) == pytest.approx(14 * 72 / 25.4, abs=5)  # fmt: skip


def test_boxes_may_stand_at_the_columns_foot(tmp_path):
    (tmp_path / "low.yaml").write_text("sidebar: {place: foot}\n", encoding="utf-8")
    path = source(tmp_path, interview=talk(8), accounts=follow_this(4))
    low = reprint(path, TypeCase(read_brand("low.yaml", str(path)).brand))
    (page,) = low.pages.pages
    (box,) = boxes_of(page)
    (head,) = boxes_of(reprint(path).pages.pages[0])
    assert box.y < head.y - 50
    # The ragged questions aside, the box ends on the last line of the text beside it.
    beside = [line_of(low, run.y) for column, run in in_columns(low, page) if column == 0]
    assert line_of(low, box.y) == pytest.approx(max(beside), abs=1.01)


WIDE = {"figure": "images/optical-sizes.png", "alt": "", "width": "page", "caption": "A caption."}


def test_a_box_finds_room_beside_figures_over_all_columns(drawn):
    """Both stand on one page, or one after the other: they do not share a place, nor leave the page."""
    folder = Path(drawn["boxes"].file).parent
    for accounts in (9, 28):
        for turns in (0, 6):
            entries = [WIDE, *talk(turns, 20), WIDE, {"heading": "of"}, *talk(2, 9)]
            path = source(folder, "beside.yaml", interview=entries, accounts=follow_this(accounts))
            printed = reprint(path)
            test_boxes_stand_alone(printed)
            test_text_stands_above_the_foot_rule(printed)
            assert sum(len(marks(page, Image)) for page in printed.pages.pages) == 2


def test_nothing_but_boxes_makes_pages(drawn):
    """The first stands over all columns, so that all the others wait for it."""
    folder = Path(drawn["boxes"].file).parent
    figure = {"figure": "images/optical-sizes.png", "alt": "", "width": "column"}
    for disclaimer in ("Views are views.", "Views are views. " * 60):
        entries = [WIDE, {"pull_quote": "It is said."}, figure]
        keys = {"accounts": follow_this(3), "rights": "Rights. " * 80, "disclaimer": disclaimer}
        keys = {key: value.strip() if isinstance(value, str) else value for key, value in keys.items()}  # fmt: skip
        printed = reprint(source(folder, "only.yaml", interview=entries, **keys))
        assert sum(len(marks(page, Image)) for page in printed.pages.pages) == 2


def test_a_wide_figure_stands_at_the_foot_of_page_one(drawn):
    printed = drawn["boxes"]
    page = printed.pages.pages[0]
    (figure,) = [image for image in marks(page, Image) if image.width > printed.brand.measure]
    assert all(run.y > figure.y + figure.height for _, run in in_columns(printed, page))


def test_a_wide_figure_stands_at_the_head_of_a_later_page(drawn):
    printed = drawn["boxes"]
    found = 0
    for page in printed.pages.pages[1:]:
        for image in marks(page, Image):
            if image.width > printed.brand.measure:
                found += 1
                assert all(run.y < image.y for _, run in in_columns(printed, page))
    assert found == 1


def test_a_wide_figure_on_an_only_page_stands_over_the_colophon(drawn):
    """The colophon raises the foot rule; what stands at the foot goes up with it."""
    folder = Path(drawn["boxes"].file).parent
    figure = {"figure": "images/first-fit-total-fit.png", "alt": "A", "width": "page"}
    rights = "Rights. " * 100
    printed = reprint(source(folder, "only.yaml", interview=[*talk(1), figure], rights=rights.strip()))  # fmt: skip
    (page,) = printed.pages.pages
    (image,) = marks(page, Image)
    assert image.y > min(rule.y for rule in marks(page, Rule))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_text_over_a_wide_figure_is_level(drawn, turns):
    """The figure's height is none of the columns'."""
    folder = Path(drawn["boxes"].file).parent
    figure = {"figure": "images/optical-sizes.png", "alt": "A", "width": "page"}
    printed = reprint(source(folder, "level.yaml", interview=[figure, *talk(turns, 63)]))
    (page,) = printed.pages.pages
    feet = {column: round(line_of(printed, run.y)) for column, run in in_columns(printed, page)
            if role(printed.pages, run) == "paragraph"}  # fmt: skip
    assert abs(feet[0] - feet.get(1, feet[0])) <= 4


def test_boxes_on_a_page_of_their_own_are_level(drawn):
    *_, page = drawn["short, many accounts"].pages.pages
    boxes = boxes_of(page)
    assert len(boxes) == 2 and abs(boxes[0].height - boxes[1].height) < 50


def disclaimers(printed) -> list[str]:
    return [
        said(r for r in runs(page) if "disclaimer" in roles_above(printed.pages, r))
        for page in printed.pages.pages
    ]


def footers(printed) -> list[str]:
    return [said(r for r in runs(page) if r.element == FOOTER) for page in printed.pages.pages]


def test_a_short_disclaimer_is_seen_on_every_page_and_read_once(tmp_path):
    printed = reprint(source(tmp_path, interview=talk(60), disclaimer="Views are views."))
    later = len(printed.pages.pages) - 1
    assert later >= 2
    assert disclaimers(printed) == ["Views are views.", *[""] * later]
    assert footers(printed) == ["", *["Views are views."] * later]


def test_a_long_disclaimer_stands_on_page_one_and_the_others_point_to_it(tmp_path):
    words = " ".join(f"clause{n}" for n in range(120))
    printed = reprint(source(tmp_path, interview=talk(60), disclaimer=words), folio=7)
    assert disclaimers(printed)[0].replace("\u00ad", "").split() == words.split()
    assert footers(printed)[1:] == ["Disclaimer: see page\u00a07"] * (len(printed.pages.pages) - 1)


def test_a_colophon_stands_on_the_last_page(tmp_path):
    rights = "© 2012 by those who spoke " * 30
    printed = reprint(source(tmp_path, interview=talk(60), rights=rights.strip()))
    where = [
        n
        for n, page in enumerate(printed.pages.pages)
        for run in runs(page)
        if "colophon" in roles_above(printed.pages, run)
    ]
    assert set(where) == {len(printed.pages.pages) - 1}
    page = printed.pages.pages[-1]
    lowest = min(run.y for _, run in in_columns(printed, page))
    assert all(
        run.y < lowest for run in runs(page) if "colophon" in roles_above(printed.pages, run)
    )


# --- the immoderate ---


def test_three_hundred_accounts(tmp_path):
    printed = reprint(source(tmp_path, interview=talk(3), accounts=follow_this(300)))
    handles: dict[int, str] = {}
    for run in (run for page in printed.pages.pages for run in runs(page)):
        if role(printed.pages, run) == "handle":
            handles[run.element] = handles.get(run.element, "") + run.text
    assert list(handles.values()) == [f"@account_{n}" for n in range(300)]
    assert all(len(boxes_of(page)) <= 2 for page in printed.pages.pages)


def test_two_thousand_questions(tmp_path):
    printed = reprint(source(tmp_path, interview=talk(2000, 9)))
    asked = [
        run.text
        for page in printed.pages.pages
        for run in runs(page)
        if role(printed.pages, run) == "question"
    ]
    assert "".join(asked).count("Question number") == 2000
    assert [page.folio for page in printed.pages.pages] == list(
        range(1, len(printed.pages.pages) + 1)
    )


def test_a_title_of_two_hundred_words(tmp_path):
    title = " ".join(f"word{n}" for n in range(200))
    printed = reprint(source(tmp_path, title=title, interview=talk(40)))
    found = said(run for page in printed.pages.pages for run in runs(page) if role(printed.pages, run) == "title")  # fmt: skip
    assert found.split() == title.split()


def test_a_disclaimer_of_nine_hundred_words(tmp_path):
    words = " ".join(["no", "warranty", "of", "any", "kind", str(8)] * 150)
    printed = reprint(source(tmp_path, interview=talk(40), disclaimer=words))
    assert "".join(disclaimers(printed)).replace("\u00ad", "").split() == words.split()


def test_what_cannot_stand_on_a_page_is_refused_with_its_line(tmp_path):
    path = source(tmp_path, title=" ".join(["immoderately"] * 600), interview=talk(2))
    with pytest.raises(Refused) as refused:
        reprint(path)
    (problem,) = refused.value.problems
    assert "too deep for the first page" in problem.message
    assert problem.place.line == 3


@pytest.mark.parametrize(
    ("name", "date", "message"),
    [
        ("Quarterly Review of Lawyers", "2012-06", "leaves no room for the tagline and the date"),
        ("The Quarterly Review of Reviews", None, "is wider than the page"),
    ],
)
def test_a_masthead_that_is_too_wide_is_refused(name, date, message, tmp_path):
    brand = replace(house().brand, masthead=replace(house().brand.masthead, text=name))
    keys = {"date": date} if date else {}
    with pytest.raises(Refused, match=message):
        reprint(source(tmp_path, **keys), TypeCase(brand))

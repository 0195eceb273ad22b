"""The proof: whatever goes missing or wrong between manuscript and page is named with its line."""

import random

import pytest
from msgspec.structs import replace
from reprints import SAMPLES, role, roles_above, sample

from layout.ground.problems import Refused
from layout.makeup.page import Mark, Pages, Run, whole
from layout.makeup.proof import OF_THEIR_OWN, bare, prove, texts_of
from layout.setting.marks import Shaped

COMPOSED = {"byline", "colophon", "speaker"}
"""Elements in which words of the house stand between those of the source."""
OF_THE_HOUSE = {"masthead", "tagline", "dateline", "label", "sidebar-title", *COMPOSED}
"""The tagline is the house's on the pages: what prints it may be an issue's head as well."""


def places(pages: Pages) -> list[tuple[int, int]]:
    """Page and mark of every run that says something of the source's."""
    return [
        (number, at)
        for number, page in enumerate(pages.pages)
        for at, mark in enumerate(page.marks)
        if isinstance(mark, Run)
        and bare(mark.text)
        and mark.element >= 0
        and not OF_THE_HOUSE & {role(pages, mark), whole_role(pages, mark)}
    ]


def whole_role(pages: Pages, run: Run) -> str:
    """The role of the text that a run is part of."""
    return pages.elements[whole(run.element, pages.elements, OF_THEIR_OWN)].role


def with_marks(pages: Pages, place: tuple[int, int], *marks: Mark) -> Pages:
    """The pages with one mark exchanged for others."""
    number, at = place
    page = pages.pages[number]
    changed = replace(page, marks=(*page.marks[:at], *marks, *page.marks[at + 1 :]))
    return replace(pages, pages=(*pages.pages[:number], changed, *pages.pages[number + 1 :]))


def problems(name: str, pages: Pages) -> list:
    printed = sample(name)
    with pytest.raises(Refused) as refused:
        prove(printed.interview, pages)
    return list(refused.value.problems)


def lines_of(name: str, words: str) -> list[int]:
    """The lines of a source where a text of these words begins: a name may stand in several."""
    texts = (text for _, text in texts_of(sample(name).interview))
    return [text.place.line for text in texts if bare(text.text) == bare(words)]


def assert_named(name: str, pages: Pages, element: int) -> None:
    """What is refused is the text that this element is part of, at a line where it stands, and nothing else."""
    elements = sample(name).pages.elements
    words = "".join(
        mark.text
        for page in sample(name).pages.pages
        for mark in page.marks
        if isinstance(mark, Run)
        and mark.element >= 0
        and whole(mark.element, elements, OF_THEIR_OWN) == whole(element, elements, OF_THEIR_OWN)
    )
    for problem in problems(name, pages):
        assert problem.place.line in lines_of(name, words)
        assert "on no page" in problem.message and "report" in problem.hint


def some(name: str, count: int) -> list[tuple[int, int]]:
    found = places(sample(name).pages)
    return random.Random(name).sample(found, min(count, len(found)))


def shaped(text: str) -> Shaped:
    return Shaped(text, 0.0, (), (), None)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_page_proves(name):
    printed = sample(name)
    prove(printed.interview, printed.pages)


@pytest.mark.parametrize("name", SAMPLES)
def test_any_run_dropped_is_missed(name):
    pages = sample(name).pages
    for place in some(name, 40):
        run = pages.pages[place[0]].marks[place[1]]
        assert_named(name, with_marks(pages, place), run.element)


@pytest.mark.parametrize("name", SAMPLES)
def test_any_character_changed_is_seen(name):
    pages = sample(name).pages
    dice = random.Random(name)
    for place in some(name, 40):
        run = pages.pages[place[0]].marks[place[1]]
        at = dice.choice([n for n, piece in enumerate(run.pieces) if bare(piece.text)])
        text = run.pieces[at].text
        index = dice.choice([n for n, c in enumerate(text) if bare(c)])
        other = text[:index] + ("x" if text[index] != "x" else "y") + text[index + 1 :]
        pieces = (*run.pieces[:at], shaped(other), *run.pieces[at + 1 :])
        assert_named(name, with_marks(pages, place, replace(run, pieces=pieces)), run.element)


@pytest.mark.parametrize("name", SAMPLES)
def test_any_run_set_twice_is_seen(name):
    pages = sample(name).pages
    for place in some(name, 15):
        run = pages.pages[place[0]].marks[place[1]]
        assert_named(name, with_marks(pages, place, run, run), run.element)


def test_a_page_bound_twice_is_seen():
    pages = sample("one-paragraph").pages
    twice = replace(pages, pages=(*pages.pages, pages.pages[2]))
    assert len(problems("one-paragraph", twice)) > 10


def test_a_page_left_out_is_seen():
    pages = sample("one-paragraph").pages
    assert len(problems("one-paragraph", replace(pages, pages=pages.pages[:-1]))) > 5


def test_two_lines_exchanged_are_seen():
    pages = sample("mine-ban-convention").pages
    page = pages.pages[0]
    lines = [
        mark for mark in page.marks if isinstance(mark, Run) and role(pages, mark) == "paragraph"
    ]
    a, b = lines[0], next(run for run in lines if run.element != lines[0].element)
    swapped = [b if mark is a else a if mark is b else mark for mark in page.marks]
    swapped = [
        replace(mark, element=a.element) if mark is b else replace(mark, element=b.element) if mark is a else mark
        for mark in swapped
    ]  # fmt: skip
    assert problems("mine-ban-convention", replace(pages, pages=(replace(page, marks=tuple(swapped)),)))  # fmt: skip


def without(pages: Pages, kind: str, words: str) -> Pages:
    """The pages with `words` taken out of what is composed as `kind`: the byline or the colophon."""
    for number, page in enumerate(pages.pages):
        for at, mark in enumerate(page.marks):
            if isinstance(mark, Run) and kind in roles_above(pages, mark) and words in mark.text:
                left = shaped(mark.text.replace(words, "", 1))
                return with_marks(pages, (number, at), replace(mark, pieces=(left,)))
    raise AssertionError(f"no {words} in the {kind}")


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("mine-ban-convention", "byline", "@MineBanTreaty"),
        ("mine-ban-convention", "byline", "Focus"),
        ("mine-ban-convention", "colophon", "Focus"),
        ("mine-ban-convention", "colophon", "State of Geneva"),
        ("one-paragraph", "speaker", "Compositor"),
        ("why-hyphens", "byline", "A hyphen"),
        ("why-hyphens", "byline", "on duty at the right-hand margin"),
        ("why-hyphens", "byline", "Focus"),
        ("why-hyphens", "colophon", "CC BY 4.0"),
    ],
)
def test_words_inside_a_line_of_the_house_are_missed(name, kind, words):
    (problem,) = problems(name, without(sample(name).pages, kind, words))
    assert repr(words) in problem.message
    assert problem.place.line


def test_a_tagline_that_the_masthead_does_not_bear_is_missed():
    printed = sample("why-hyphens")
    prove(printed.interview, printed.pages)
    with pytest.raises(Refused, match="Notes from the workshop"):
        prove(printed.interview, without(printed.pages, "tagline", "Notes from the workshop"))

"""The order of painting: that of reading, text by text, for programs that know no tags."""

from itertools import groupby, pairwise

import pytest
from readback import opened, tree, walked
from reprints import SAMPLES, SOURCES, Reprint, reprint, sample, source

from layout.makeup.page import FOLIO, FOOTER, HEADER, Image, Run, whole
from layout.plates.order import in_order, texts_on

LONG = "Nobody had thought of it before, and those who had were not asked. " * 12


def painted(printed: Reprint, number: int) -> list[int]:
    """The texts of a page in the order in which they are painted, furniture by its kind."""
    elements, pages = printed.pages.elements, printed.pages.pages
    there = [texts_on(page, elements) for page in pages]
    before = there[number - 1] if number else frozenset()
    after = there[number + 1] if number + 1 < len(pages) else frozenset()
    found = in_order(pages[number].marks, elements, before, after)
    wanted = [mark for mark in pages[number].marks if isinstance(mark, Run | Image)]
    assert sorted(map(id, found)) == sorted(map(id, wanted)), "each mark once"
    return [text for text, _ in groupby(whole(mark.element, elements) for mark in found)]


@pytest.fixture(scope="module")
def long(tmp_path_factory) -> Reprint:
    """Answers that go on over pages, with a figure in between and a disclaimer at every foot."""
    folder = tmp_path_factory.mktemp("long")
    picture = folder / "a.png"
    picture.write_bytes((SOURCES / "images/optical-sizes.png").read_bytes())
    figure = {"figure": "a.png", "alt": "A", "caption": "Seen."}
    turns = [
        {"question": "Why?", "answer": f"See [this](https://a.example). {LONG * 4}"},
        figure,
    ] * 3
    return reprint(source(folder, interview=turns, disclaimer="Views."))


def test_a_link_is_painted_with_its_paragraph():
    elements = sample("why-hyphens").pages.elements
    links = [n for n, element in enumerate(elements) if element.role == "link"]
    assert links and all(elements[whole(link, elements)].role in ("paragraph", "byline", "colophon") for link in links)  # fmt: skip
    assert [whole(it, elements) for it in (HEADER, FOOTER, FOLIO)] == [HEADER, FOOTER, FOLIO]


@pytest.mark.parametrize("name", [*SAMPLES, "long"])
def test_nothing_is_painted_inside_of_a_text(name, long):
    printed = long if name == "long" else sample(name)
    for number in range(len(printed.pages.pages)):
        texts = painted(printed, number)
        assert len(texts) == len(set(texts))


def test_what_goes_on_over_pages_is_painted_last_and_then_first(long):
    """So the text of two pages, read one after the other, has no furniture inside a paragraph."""
    pages = [painted(long, number) for number in range(len(long.pages.pages))]
    going_on = 0
    for left, right in pairwise(pages):
        if set(left[1:]) & set(right) - {HEADER, FOOTER, FOLIO}:  # none that is on three pages
            assert left[-1] == right[0] >= 0
            going_on += 1
    assert going_on >= 2


def test_the_head_is_painted_before_the_texts_and_the_foot_after_them(long):
    for number in range(1, len(long.pages.pages)):
        texts = painted(long, number)
        among = [text for text in texts if text not in (texts[0], texts[-1])]
        furniture = [text for text in texts if text in (HEADER, FOOTER, FOLIO)]
        assert furniture == [HEADER, FOOTER, FOLIO]
        assert among == sorted(among, key=lambda text: {HEADER: -1, FOOTER: 10**6, FOLIO: 10**7}.get(text, text))  # fmt: skip


@pytest.mark.parametrize("name", [*SAMPLES, "long"])
def test_the_file_reads_as_its_tags_do(name, long):
    """The characters of the page as painted are those of the tree, text by text; only furniture is besides."""
    printed = long if name == "long" else sample(name)
    seen = "".join(
        piece.text
        for page in opened(printed.pdf).pages
        for piece in walked(page)
        if piece.mcid is not None
    )
    for node in tree(printed.pdf).all("P"):
        assert node.text.strip() in seen.replace("\u00ad", "")

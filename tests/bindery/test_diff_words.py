"""Words that changed, and lines with the same words in other places."""

import random

import pytest
from diff_samples import TEXT, brief, content, found, pages
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from layout.bindery.diff.tokens import tokens_of, vocabulary

EDITED = (TEXT[0].replace("northern", "southern"), *TEXT[1:])


def texts(data: bytes) -> list[str]:
    file = content(data)
    return [it.text for it in tokens_of(file, range(len(file.words)), vocabulary([file]))]


def test_the_same_file_twice_differs_in_nothing():
    assert brief(pages(TEXT, TEXT), pages(TEXT, TEXT)) == []


def test_a_word_that_changed_is_named_with_its_page_and_its_neighbours():
    [it] = found(pages(TEXT), pages(EDITED))
    assert (it.kind, it.old, it.new) == ("words", "northern", "southern")
    assert (it.before, it.after) == ("a lamp in its", "window so that every")
    assert [spot.page for spot in (*it.a, *it.b)] == [0, 0]
    [(left, bottom, right, top)] = it.a[0].boxes
    before, own = (
        stringWidth(it, "Helvetica", 9) for it in ("The tower keeps a lamp in its ", "northern")
    )
    assert (left, right) == pytest.approx((40 + before, 40 + before + own), abs=0.01)
    assert bottom < 340 < top


def test_a_word_that_is_gone_or_new_has_a_place_in_the_other_file():
    shorter = (TEXT[0], TEXT[1], TEXT[2], TEXT[3].replace(" each", ""))
    [gone] = found(pages(TEXT), pages(shorter))
    [new] = found(pages(shorter), pages(TEXT))
    assert (gone.change, gone.old, gone.new) == ("removed", "each", "")
    assert (new.change, new.old, new.new) == ("added", "", "each")
    [(left, _, right, _)] = gone.b[0].boxes
    assert left == right


def test_lines_that_moved_are_told_together_and_no_words():
    [it] = found(pages(TEXT), pages(TEXT, at=(40, 330)))
    assert (it.kind, it.change) == ("reflow", "moved")
    assert it.message.startswith("4 lines moved 10 pt down: “The tower")


def test_a_hair_is_no_move():
    assert brief(pages(TEXT), pages(TEXT, at=(40.1, 340.1))) == []


def test_lines_that_are_broken_elsewhere():
    text = " ".join(TEXT).split()
    other = [" ".join(text[at : at + 9]) for at in range(0, len(text), 9)]
    kinds = {(it.kind, it.change) for it in found(pages(TEXT), pages(other))}
    assert ("reflow", "broken") in kinds and {kind for kind, _ in kinds} == {"reflow"}


def test_lines_on_another_page():
    [it] = found(pages(TEXT, TEXT[:2]), pages(TEXT[:2], (*TEXT[2:], *TEXT[:2])))[:1]
    assert it.kind == "reflow"
    changes = [it.change for it in found(pages(TEXT[:3], TEXT[3:]), pages(TEXT[:2], TEXT[2:]))]
    assert "page" in changes


def test_the_rest_of_a_line_makes_room_for_a_longer_word():
    longer = (TEXT[0].replace("keeps", "watches over"), *TEXT[1:])
    assert brief(pages(TEXT), pages(longer)) == [("words", "changed", "keeps", "watches over")]


def test_a_line_that_is_spaced_in_another_way():
    def spaced(canvas, _):
        text = canvas.beginText(40, 340)
        text.setFont("Helvetica", 9)
        text.setWordSpace(4)
        text.textOut(TEXT[0])
        canvas.drawText(text)

    a, b = pages(TEXT[:1]), pages((), more=spaced)
    assert [it[:2] for it in brief(a, b)] == [("reflow", "spaced")]


def test_words_in_another_face_or_size():
    [it] = found(pages(TEXT), pages(TEXT, font="Courier"))[:1]
    assert (it.kind, it.old, it.new) == ("type", "Helvetica 9 pt", "Courier 9 pt")
    assert ("type", "changed", "Helvetica 9 pt", "Helvetica 9.2 pt") in brief(
        pages(TEXT), pages(TEXT, size=9.2)
    )


def test_a_paragraph_that_moved_is_not_all_its_words_gone_and_new():
    texts = [
        "one two three four five six",
        "seven eight nine ten",
        "red green blue white black",
        "up down left right",
    ]
    moved = [texts[2], texts[0], texts[1], texts[3]]
    kinds = {it.kind for it in found(pages(texts), pages(moved))}
    assert kinds == {"reflow"}


# --- hyphens ---


def test_a_soft_hyphen_joins_what_a_line_parts():
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from test_diff_blind import SERIF

    pdfmetrics.registerFont(TTFont("Serif", SERIF))
    parted = pages(("the light\u00ad", "house keeper"), font="Serif")
    assert texts(parted) == ["the", "lighthouse", "keeper"]
    assert {it[0] for it in brief(parted, pages(("the lighthouse", "keeper"), font="Serif"))} == {
        "reflow"
    }


@pytest.mark.parametrize(
    ("parted", "whole"),
    [
        (("the light-", "house keeper"), ("the lighthouse", "keeper")),
        (("a well-", "known face"), ("a well-known", "face")),
        (("pre-", "and post-war"), ("pre- and", "post-war")),
        (("see example.org/", "a-page"), ("see example.org/a-page", "")),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_is_read_as_the_other_file_has_it(parted, whole):
    for one, two in ((parted, whole), (whole, parted)):
        kinds = {it[0] for it in brief(pages(one), pages(two))}
        assert kinds <= {"reflow"}


def test_a_hyphen_inside_a_line_counts():
    assert brief(pages(("a well-known face",)), pages(("a wellknown face",))) == [
        ("words", "changed", "well-known", "wellknown")
    ]


def test_other_letters_at_the_end_of_a_line_count():
    [it] = [it for it in found(pages(("the light-", "house keeper")), pages(("the lightship", "keeper")))
            if it.kind == "words"]  # fmt: skip
    assert it.new == "lightship"


# --- articles ---

SECOND = ("Once there was a market on the quay where fishermen sold their nets",
          "and bought them back in spring for half as much as they had got.")  # fmt: skip
THIRD = ("Rain falls on the roof of the chapel all through the winter and",
         "the sexton puts a bucket under each of the seven known holes.")  # fmt: skip


def test_an_article_that_moved_is_told_as_moved():
    a = pages(TEXT, SECOND, THIRD, titles=("Tower", "Market", "Rain"))
    b = pages(SECOND, THIRD, TEXT, titles=("Market", "Rain", "Tower"))
    assert [(it.kind, it.change, it.article) for it in found(a, b)] == [
        ("article", "moved", "Tower"),
        ("article", "shifted", "Market"),
        ("article", "shifted", "Rain"),
    ]


def test_a_word_that_changed_in_an_article_that_moved():
    a = pages(TEXT, SECOND, titles=("Tower", "Market"))
    b = pages(SECOND, EDITED, titles=("Market", "Tower"))
    assert [it for it in brief(a, b) if it[0] == "words"] == [
        ("words", "changed", "northern", "southern")
    ]


def test_an_article_that_is_new_or_gone():
    a = pages(TEXT, SECOND, titles=("Tower", "Market"))
    b = pages(TEXT, THIRD, titles=("Tower", "Rain"))
    assert {(it.change, it.article) for it in found(a, b)} == {
        ("removed", "Market"),
        ("added", "Rain"),
    }


def test_an_article_with_mostly_the_same_words_was_renamed():
    a = pages(TEXT, SECOND, titles=("Tower", "Market"))
    b = pages(EDITED, SECOND, titles=("Lamp", "Market"))
    assert [(it.kind, it.change) for it in found(a, b)] == [
        ("article", "renamed"),
        ("words", "changed"),
    ]


def test_files_without_an_outline_are_one_article():
    a, b = pages(TEXT, SECOND), pages(TEXT, SECOND, titles=("Tower", "Market"))
    assert brief(a, b) == []


def test_a_page_in_between_has_no_partner():
    b = pages(TEXT, THIRD, SECOND)
    changes = [(it.kind, it.change) for it in found(pages(TEXT, SECOND), b)]
    assert changes == [("words", "added"), ("page", "added")]


def test_folios_of_pages_that_moved_have_not_changed():
    def folio(canvas, number):
        canvas.drawString(150, 12, f"{number + 1}")
        canvas.drawString(40, 385, "The Quarterly")

    texts = (TEXT, SECOND, THIRD, ("And that is all there is to say of it.",))
    a = pages(*texts, more=folio)
    b = pages(("A word from the editor to begin with.",), *texts, more=folio)
    words = [it for it in found(a, b) if it.kind == "words"]
    assert [it.new for it in words] == ["A word from the editor to begin with."]


def test_a_file_too_short_to_show_its_furniture_has_that_of_the_other():
    def folio(canvas, number):
        canvas.drawString(40, 385, "The Quarterly")
        canvas.drawString(150, 12, f"{number + 1}")

    a = pages(TEXT, SECOND, more=folio)
    b = pages(TEXT, SECOND, THIRD, more=folio)
    [it] = [it for it in found(a, b) if it.kind == "words"]
    assert it.new == " ".join(THIRD)


def test_a_long_text_is_quoted_in_part_and_whole_in_json():
    long = ["many words in one line of it"] * 8
    [it] = [it for it in found(pages(TEXT), pages(TEXT, long)) if it.kind == "words"]
    assert len(it.new.split()) == 56 and it.message.endswith(
        "… it many words in one line of it” (56 words) is new"
    )


# --- properties ---


WORDS = st.lists(
    st.sampled_from(
        ["oil", "lamp", "boat", "rock", "tower", "stair", "can", "home", "late", "way"]
    ),
    min_size=3,
    max_size=40,
)


def lines(each: list[str], wide: int = 6) -> list[str]:
    return [" ".join(each[at : at + wide]) for at in range(0, len(each), wide)]


@settings(max_examples=40, deadline=None)
@given(WORDS, st.data())
def test_any_one_word_that_changed_is_found_alone(each, data):
    at = data.draw(st.integers(0, len(each) - 1))
    other = [*each[:at], "harbour", *each[at + 1 :]]
    assert brief(pages(lines(each)), pages(lines(other))) == [
        ("words", "changed", each[at], "harbour")
    ]


@settings(max_examples=25, deadline=None)
@given(WORDS, st.integers(3, 9))
def test_other_ends_of_lines_change_no_words(each, wide):
    assert {it[0] for it in brief(pages(lines(each)), pages(lines(each, wide)))} <= {"reflow"}


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(0, 9999))
def test_nothing_is_lost_between_two_texts(texts, seed):
    """What is told as gone or new is what the bags of words lack of each other, and no less."""
    rng = random.Random(seed)
    mine = [word for text in texts for word in text]
    theirs = [word for word in mine if rng.random() > 0.2] or ["oil"]
    changes = [it for it in found(pages(lines(mine)), pages(lines(theirs))) if it.kind == "words"]
    gone = sum(len(it.old.split()) for it in changes)
    new = sum(len(it.new.split()) for it in changes)
    assert gone - new == len(mine) - len(theirs)

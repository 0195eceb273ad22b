"""Spaces at which no line ends, by language: where they are, how wide, and what the file says of them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from setting_samples import (
    NBSP,
    THIN,
    line_texts,
    looks,
    right_end,
    runs,
    said,
    setter,
    text_of,
)

from layout.manuscript.text import Span
from layout.setting.language import ties
from layout.setting.words import words_of

MEASURE = 150.0


def words(language, *spans):
    spans = [Span(it) if isinstance(it, str) else it for it in spans]
    found = words_of(spans, "text", 7, looks(language))
    return ["".join([atom.text for atom in word]) for word in found]


def lines_of(language, text, measure=MEASURE):
    return setter(language).set_spans([Span(text)], "text", measure, 7)


def test_a_tied_space_makes_one_word_of_two():
    assert words("de", "wie z. B. hier") == ["wie", "z. B.", "hier"]
    assert words("en", "wie z. B. hier") == ["wie", "z.", "B.", "hier"]


SAMPLES = {
    "fr": "Pourquoi ? dit-elle ; « oui », et non ! le voici : 5 % de tout. ",
    "de": "Das ist z. B. in Nr. 5, d. h. auf S. 12 zu lesen, und 5 % u. a. m. ",
    "pl": "A w domu i z psem o tym u nas, to znaczy w lesie i za nim. ",
    "cs": "V lese i u domu k ránu s nimi a o nich v noci. ",
    "ru": "Он был в доме и с ними о том, к чему я шёл — и у нас. ",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_no_line_ends_at_a_tied_space_and_all_is_said(language):
    text = SAMPLES[language] * 8
    held = {text[: m.start()].count(" ") for m in ties(language).finditer(text)}
    assert len(held) >= 24
    for measure in range(90, 200, 7):
        lines = lines_of(language, text.strip(), measure)
        assert text_of(lines) == said(text)
        ended = 0
        for line in line_texts(lines)[:-1]:
            ended += line.count(" ")
            if not line.endswith("\u00ad"):
                assert ended not in held, line
                ended += 1


@pytest.mark.parametrize("typed", [" ", NBSP])
def test_a_french_space_before_high_signs_is_as_wide_as_a_thin_one_and_says_what_was_typed(typed):
    (line,) = lines_of("fr", f"Quoi{typed}?")
    (thin,) = lines_of("fr", f"Quoi{THIN}?")
    _, space, after = runs(line)
    assert "".join([run.text for run in runs(line)]) == f"Quoi{typed}?"
    look = looks("fr").look("text")
    assert after.x - space.x == pytest.approx(look.measure(THIN))
    assert after.x - space.x < look.space
    assert right_end(line) == pytest.approx(right_end(thin), abs=0.02 * look.size)  # a kern
    assert runs(thin)[0].text == f"Quoi{THIN}?"


@pytest.mark.parametrize("text", ["Quoi : rien", "«\u00a0Quoi\u00a0»", "« Quoi »"])
def test_a_french_space_before_a_colon_or_in_guillemets_is_a_word_space(text):
    (line,) = lines_of("fr", text)
    (run,) = runs(line)
    assert sum([piece.is_space for piece in run.pieces]) == 2


def test_a_thin_space_is_not_stretched_with_the_word_spaces():
    for line in lines_of("fr", "Que veut-il ? Rien du tout ! " * 12)[:-1]:
        for run in runs(line):
            if run.text == " ":
                assert run.pieces[0].is_space is False


def test_spaces_of_code_are_as_typed():
    look = looks("fr").look("text", code=True)
    found = words_of([Span("a ? b", code=True)], "text", 7, looks("fr"))
    assert [[atom.text for atom in word] for word in found] == [["a"], ["?"], ["b"]]
    found = words_of([Span(f"a{NBSP}?", code=True)], "text", 7, looks("fr"))
    assert {atom.look for word in found for atom in word} == {look}


def test_a_tie_joins_words_of_different_looks_and_links():
    assert words("pl", "w ", Span("lesie", emphasis=True), " i ") == ["w lesie", "i"]
    found = words_of([Span("w "), Span("lesie", href="#a")], "text", 7, looks("pl"))
    assert [(atom.text, atom.href) for atom in found[0]] == [("w", ""), (" ", ""), ("lesie", "#a")]


def test_a_linked_word_after_a_tie_may_be_hyphenated_like_any_other():
    text = [Span("w "), Span("najprawdopodobniejszych", href="#a")] * 20
    lines = setter("pl").set_spans([*text], "text", 120.0, 7)
    assert any(line.endswith("\u00ad") for line in line_texts(lines))


def test_a_hard_break_is_no_tied_space():
    assert words("fr", "non", Span("\n"), "! oui") == ["non", "\n", "!", "oui"]


def test_ties_hold_beside_other_scripts():
    assert words("fr", "हिन्दी ? oui") == ["हिन्दी ?", "oui"]


@settings(deadline=None)
@given(st.text("aw z.B5;!?«»:%—é" + NBSP + THIN, max_size=60))
def test_whatever_is_typed_is_said(text):
    for language in ("fr", "pl", "de"):
        lines = lines_of(language, text, 60.0)
        written = "".join(run.text for line in lines for run in runs(line)).replace("\u00ad", "")
        bare = re.sub(f"[ {NBSP}]+", " ", text).strip(" ")
        assert re.sub(f"[ {NBSP}]+", " ", written).strip(" ") == bare

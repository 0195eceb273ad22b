"""Direction: of a paragraph, of what is typed inside it, and the places of the runs of a line."""

from itertools import pairwise

import icu
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.ground.problems import Place
from layout.house.brands import read_brand
from layout.manuscript.text import Span
from layout.setting.hyphens import hyphenator
from layout.setting.levels import base_of, levels_of
from layout.setting.looks import Looks
from layout.setting.marks import Link, Run
from layout.setting.paragraph import Setter

BRAND = read_brand(None, "", Place("")).brand
NAME = "\u05d3\u05e0\u05d4 \u05dc\u05d5\u05d9"  # Dana Levi
PAIR = f"({NAME})"


def runs_of(text, language, measure=400.0, style="text", spans=None):
    setter = Setter(Looks(BRAND, language), hyphenator)
    lines = setter.set_spans(spans or [Span(text)], style, measure, 0)
    return [[mark for mark in line.marks if isinstance(mark, Run)] for line in lines], lines


def shown(runs, rtl):
    """The characters of one line from the left to the right, by the places of their glyphs."""
    found = []
    for run in runs:
        x = run.x if not rtl else -run.x - run.advance
        for piece, advance in zip(run.pieces, run.advances(run.pieces), strict=True):
            texts = [text for _, text in piece.pairs]
            found.append((x, texts, advance))
            x += advance
        if run.rtl:
            x = run.x if not rtl else -run.x - run.advance
            for at in range(len(run.pieces)):
                _, texts, advance = found[len(found) - 1 - at]
                found[len(found) - 1 - at] = (x, texts[::-1], advance)
                x += advance
    return "".join("".join(texts) for _, texts, _ in sorted(found, key=lambda it: it[0]))


@pytest.mark.parametrize(
    ("text", "rtl", "base"),
    [
        ("Only Latin words stand here", True, 0),
        (NAME, False, 1),
        ("2015, 2016", True, 1),
        ("2015, 2016", False, 0),
        (f"Twitter {NAME}", True, 1),
        (f"{NAME} wrote it", False, 0),
        (f"A long sentence in English that ends with a name, {NAME}", True, 0),
        ("", True, 1),
    ],
)
def test_a_paragraph_has_the_documents_direction_unless_its_words_have_the_other(text, rtl, base):
    assert base_of(text, rtl) == base


def test_text_from_the_left_has_no_levels():
    assert levels_of([Span("Plain (text), \u00e9\u03b1\u0436")], False) is None


@pytest.mark.parametrize("typed", ["@dana", "https://example.org/a/", "a@example.org"])
def test_what_is_typed_as_it_stands_keeps_its_ends(typed):
    text = f"{NAME} {typed}, {NAME}"
    found = levels_of([Span(text)], True)
    at = text.index(typed)
    assert {level & 1 for level in found[at : at + len(typed)]} == {0}
    assert found[at + len(typed)] == 1  # the comma belongs to the sentence


def test_so_do_links_and_code():
    spans = [Span(NAME + " "), Span("C++", code=True), Span(" "), Span("(a)", href="x"), Span("!")]
    found = levels_of(spans, True)
    text = "".join(span.text for span in spans)
    for inside in ("C++", "(a)"):
        at = text.index(inside)
        assert {level & 1 for level in found[at : at + len(inside)]} == {0}
    assert found[-1] == 1


@pytest.mark.parametrize("open_", ["\u202e", "\u202d", "\u2067", "\u202b"])
def test_what_orders_text_ends_with_its_paragraph(open_):
    """An override left open turns its own paragraph and nothing else."""
    (first,), _ = runs_of(f"abc {open_}def", "en")
    (second,), _ = runs_of("abc def", "en")
    assert not any(run.rtl for run in second)
    assert "".join(run.text for run in first).replace(open_, "") == "abc def"


def bidi(text, base):
    """ICU's own order of a line, without the controls."""
    line = icu.Bidi()
    held = icu.UnicodeString(text)
    line.setPara(held, base)
    order = [line.getLogicalIndex(at) for at in range(len(text))]
    return "".join(text[at] for at in order)


WORDS = st.lists(
    st.sampled_from(
        [NAME, "Focus", "12", PAIR, "(see)", "\u0633\u0644\u0627\u0645,", "3.5", "\u2013"]
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("language", ["en", "he", "ar"])
@settings(deadline=None)
@given(words=WORDS)
def test_one_line_stands_as_icu_has_it(language, words):
    text, rtl = " ".join(words), language != "en"
    (runs,), _ = runs_of(text, language, 5000.0)
    assert shown(runs, rtl) == bidi(text, base_of(text, rtl))


@settings(deadline=None)
@given(words=WORDS)
def test_runs_of_a_line_lie_side_by_side(words):
    (runs,), _ = runs_of(" ".join(words), "he", 5000.0)
    placed = sorted(runs, key=lambda run: run.x)
    for last, run in pairwise(placed):
        assert run.x == pytest.approx(last.x + last.advance, abs=1e-6)


def test_brackets_are_mirrored_and_letters_are_shaped_from_the_right():
    (runs,), _ = runs_of(PAIR, "he")
    run = runs[0]
    left, right = (run.face.font.get_nominal_glyph(ord(it)) for it in "()")
    glyphs = [glyph for piece in run.pieces for glyph, _ in piece.pairs]
    assert (glyphs[0], glyphs[-1]) == (right, left)
    assert run.text == PAIR


def test_lines_are_as_wide_as_their_measure_whatever_their_order():
    text = f"{NAME} Focus 2014 {PAIR}, " * 9
    for language in ("en", "he"):
        lines, _ = runs_of(text.strip(), language, 220.0)
        for runs in lines[:-1]:
            right = max(run.x + sum(run.advances(_without_last_space(run, runs))) for run in runs)
            assert right == pytest.approx(220.0, abs=2.5)  # marks may hang


def _without_last_space(run, runs):
    last = run is runs[-1] and run.pieces[-1].is_space
    return run.pieces[:-1] if last else run.pieces


def test_a_paragraph_of_the_other_direction_begins_at_its_own_side():
    text = "These words are all in English and they go on over several lines of one column."
    lines, _ = runs_of(text, "he", 150.0)
    first = lines[-1]
    assert max(run.x + run.advance for run in first) == pytest.approx(150.0, abs=3.0)
    (alone,), _ = runs_of("All in English.", "he", 150.0)
    assert min(run.x for run in alone) == pytest.approx(0.0, abs=1.0)


def test_a_link_in_pieces_has_an_area_on_each():
    spans = [Span(f"{NAME} "), Span(f"abc {NAME} def", href="https://example.org/")]
    _, (line,) = runs_of("", "en", spans=spans)
    areas = [mark for mark in line.marks if isinstance(mark, Link)]
    assert areas
    assert {mark.target for mark in areas} == {"https://example.org/"}
    linked = [run for run in line.marks if isinstance(run, Run)]
    for area in areas:
        assert any(run.x - 1e-6 <= area.x <= run.x + run.advance for run in linked)

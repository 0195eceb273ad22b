"""Capitals inside text: what an acronym is, whose figures are lining, and what is left as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from setting_samples import focus, set_text

from layout.house.brand import Brand
from layout.manuscript.text import Span
from layout.setting.capitals import (
    acronyms,
    figures_with_capitals,
    is_acronym,
    may_hold_capitals,
)
from layout.setting.hyphens import hyphenator
from layout.setting.looks import Looks
from layout.setting.words import parts_of, words_of


def found(word: str, least: int = 3) -> list[str]:
    return [word[start:end] for start, end in acronyms(word, least)]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("UNESCO", ["UNESCO"]),
        ("(UNESCO),", ["UNESCO"]),
        ("NGOs", ["NGO"]),
        ("NGO’s", ["NGO"]),
        ("l’OTAN", ["OTAN"]),
        ("RFC2119", ["RFC2119"]),
        ("COVID-19", ["COVID-19"]),
        ("PDF/A", ["PDF/A"]),
        ("ISO/IEC", ["ISO/IEC"]),
        ("AT&T", ["AT&T"]),
        ("PDF/Archiv", ["PDF"]),
        ("UNESCO-Kommission", ["UNESCO"]),
        ("Anti-NATO", ["NATO"]),
        ("ÉÑA", ["ÉÑA"]),
        ("UN", []),
        ("Geneva", []),
        ("McDONALD", []),
        ("1325", []),
        ("I", []),
        ("", []),
    ],
)
def test_an_acronym_is_a_run_of_capitals(word, parts):
    assert found(word) == parts


def test_the_brand_says_how_many_capitals_make_one():
    assert found("UN", 2) == ["UN"]
    assert found("UNESCO", 7) == []


@pytest.mark.parametrize(
    ("word", "lining"),
    [
        ("RFC2119", True),
        ("A4", True),
        ("CS4", True),
        ("(A4)", True),
        ("COVID-19", True),
        ("COVID-19-Impfung", True),
        ("A4-Format", True),
        ("F-16s", True),
        ("MP3s", True),
        ("3D", True),
        ("S/2019/123", True),
        ("1325", False),
        ("1990-2000", False),
        ("mid-1990s", False),
        ("1990s", False),
        ("iPhone4", False),
        ("Geneva2012", False),
        ("UNESCO", False),
        ("21st", False),
        ("9/11", False),
    ],
)
def test_figures_go_with_the_capitals_of_their_word(word, lining):
    assert figures_with_capitals(word) is lining


@given(st.text("ABZÉabzß019-/&s.,’()", max_size=12))
def test_the_quick_look_misses_nothing(word):
    if not may_hold_capitals(word):
        assert not acronyms(word, 2)
        assert not figures_with_capitals(word)


@given(st.text("ABZÉabzß019-/&s.,’()", max_size=12), st.integers(2, 4))
def test_acronyms_lie_in_the_word_one_after_the_other(word, least):
    edges = [edge for reach in acronyms(word, least) for edge in reach]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(word) for edge in edges)
    assert all(word[a:b].isupper() for a, b in acronyms(word, least))


# --- in words ---

SMALL: Brand = replace(focus(), small_capitals=replace(focus().small_capitals, acronyms=True))
NEITHER: Brand = replace(focus(), figures=replace(focus().figures, capitals=False))


def features(text: str, brand: Brand = SMALL, style: str = "text", **span: object) -> list[str]:
    """How each word is set: `small` capitals, `lining` figures, or `-` as all others."""
    looks = Looks(brand, "en")
    words = words_of([Span(text, **span)], style, 1, looks)
    plain = looks.of_span(style, Span("x", **span))
    kinds = {id(plain): "-", id(plain.small): "small", id(plain.lining): "lining"}
    return [kinds[id(atom.look)] for word in words for atom in word]


def test_words_with_capitals_are_set_by_themselves():
    text = "Since 1997 UNESCO has A4"
    assert features(text) == ["-", "-", "small", "-", "lining"]
    assert features(text, focus()) == ["-", "-", "-", "-", "lining"]
    assert features(text, NEITHER) == ["-", "-", "-", "-", "-"]


@pytest.mark.parametrize(
    "word",
    ["https://example.org/RFC2119", "www.UNESCO.org", "ANN2@EXAMPLE.ORG", "@UNESCO2019", "#COP21", "(@UN2030)", "EXAMPLE.ORG"],
)  # fmt: skip
def test_addresses_handles_and_hashtags_keep_their_capitals(word):
    assert features(word) in (["-"], ["lining"])


def test_code_stays_as_it_is_typed():
    assert features("RFC2119", code=True) == ["-"]
    assert features("RFC2119", style="code") == ["-"]


def test_a_face_without_small_capitals_keeps_its_capitals():
    looks = Looks(SMALL, "en")
    ((atom,),) = words_of([Span("UNESCO", emphasis=True)], "text", 1, looks)
    assert atom.look is looks.look("text", emphasis=True)
    assert atom.look.small is None
    assert "c2sc" not in atom.look.face.features


def test_only_the_styles_that_the_brand_names_have_small_capitals():
    assert features("UNESCO", style="question") == ["-"]
    titles = replace(SMALL.small_capitals, styles=("question",))
    looks = Looks(replace(SMALL, small_capitals=titles), "en")
    assert looks.look("question").small is not None
    assert looks.look("question").small.shaper.small == (3, 0.03)
    assert looks.look("text").small is None


def test_tied_words_are_judged_one_by_one():
    assert features("UNESCO\u00a01997") == ["small", "-", "-"]


def test_an_acronym_is_never_parted():
    assert is_acronym("UNESCO") and is_acronym("NGOs") and not is_acronym("Ab") and not is_acronym("A")  # fmt: skip
    look = Looks(focus(), "de").look("text")
    assert next(part.text for part in parts_of(look, "UNESCO-Kommission", hyphenator("de"))) == "UNESCO-"  # fmt: skip
    assert [part.text for part in parts_of(look, "COVID-19", hyphenator("de"))] == ["COVID-19"]
    assert len(parts_of(look, "1990-2000", hyphenator("de"))) == 2
    assert len(parts_of(look, "DONAUDAMPFSCHIFFFAHRT", hyphenator("de"))) > 1


def test_the_text_of_a_line_is_as_it_was_written():
    (line,) = set_text("Since 1997 RFC2119 and NGOs", 400)
    assert "".join(mark.text for mark in line.marks) == "Since 1997 RFC2119 and NGOs"

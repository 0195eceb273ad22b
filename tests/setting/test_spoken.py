"""Words in another script than their text's say which language they are in, as far as a script can tell."""

import icu
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.manuscript.text import Span
from layout.setting.spoken import LANGUAGES, SILENT, spoken

HEBREW, THAI, HINDI = (
    "\u05d3\u05e0\u05d4 \u05dc\u05d5\u05d9",
    "\u0e01\u0e31\u0e19",
    "\u0939\u093f\u0928\u094d\u0926\u0940",
)


def said(text, language="en", **keys):
    return [(it.text, it.language) for it in spoken([Span(text, **keys)], language)]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Plain \u201ctext\u201d, \u00e9", "en", [("Plain \u201ctext\u201d, \u00e9", "")]),
        (f"a {HEBREW}, b", "en", [("a ", ""), (HEBREW, "he"), (", b", "")]),
        (f"{HINDI} 12", "en", [(HINDI, "und-Deva"), (" 12", "")]),
        (f"{HINDI}", "mr", [(HINDI, "")]),
        (f"({THAI})", "ja", [("(", ""), (THAI, "th"), (")", "")]),
        ("\u6771\u4eac \u304b\u306a", "ja", [("\u6771\u4eac \u304b\u306a", "")]),
        ("\u6771\u4eac", "ko", [("\u6771\u4eac", "")]),
        ("Focus \u0395\u03bb", "el", [("Focus \u0395\u03bb", "")]),
    ],
)
def test_scripts_and_their_languages(text, language, found):
    assert said(text, language) == found


def test_code_and_words_with_a_language_are_left_alone():
    assert said(THAI, code=True) == [(THAI, "")]
    assert spoken([Span(THAI, language="fr")], "en") == (Span(THAI, language="fr"),)


def test_emphasis_and_links_stay():
    found = spoken([Span(f"a {THAI}", emphasis=True, href="x")], "en")
    assert {(it.emphasis, it.href) for it in found} == {(True, "x")}


@settings(deadline=None)
@given(st.text("ab ,.1\u05d0\u0e01\u0e31\u0939\u093f\u6771\u304b\uac00\u0301\u202e"))
def test_no_character_is_lost(text):
    assert "".join(it.text for it in spoken([Span(text)], "en")) == text


def test_each_language_is_what_cldr_thinks_likely_of_its_script():
    for script, language in LANGUAGES.items():
        locale = icu.Locale.forLanguageTag(f"und-{script}")
        locale.addLikelySubtags()
        assert locale.getLanguage() == language
    assert SILENT.isdisjoint(LANGUAGES)

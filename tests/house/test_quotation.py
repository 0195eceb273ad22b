"""Quotation marks by language, held to the Unicode CLDR that ICU carries."""

import icu
import pytest

from layout.house.quotation import NARROW, OURS, quotation

KIND = icu.ULocaleDataDelimiterType
KINDS = (KIND.QUOTATION_START, KIND.QUOTATION_END, KIND.ALT_QUOTATION_START, KIND.ALT_QUOTATION_END)  # fmt: skip
TAGS = sorted(tag.replace("_", "-") for tag in icu.Locale.getAvailableLocales())


def marks(tag):
    found = quotation(tag)
    return "".join((*found.outer, *found.inner)).replace(NARROW, "")


def cldr(tag):
    data = icu.LocaleData(tag)
    return "".join(map(data.getDelimiter, KINDS))


def ours(tag):
    return tag in OURS or (
        tag.partition("-")[0] in OURS and tag.partition("-")[0] != "de" and tag != "fr-CH"
    )


@pytest.mark.parametrize(
    ("tag", "outer", "inner"),
    [
        ("en", "“”", "‘’"),
        ("en-GB", "“”", "‘’"),
        ("de", "„“", "‚‘"),
        ("de-CH", "«»", "‹›"),
        ("fr-CH", "«»", "‹›"),
        ("pl", "„”", "«»"),
        ("ja", "「」", "『』"),
        ("zh-TW", "「」", "『』"),
        ("zh-Hans-HK", "“”", "‘’"),
        ("RU", "«»", "„“"),
        ("xx", "“”", "‘’"),
    ],
)
def test_the_marks_of_a_language(tag, outer, inner):
    assert (quotation(tag).outer, quotation(tag).inner) == (tuple(outer), tuple(inner))


def test_a_narrow_space_stands_inside_french_marks_but_not_in_switzerland():
    for tag in ("fr", "fr-CA", "fr-BE"):
        assert quotation(tag).outer == ("«\u202f", "\u202f»")
        assert quotation(tag).inner == ("“", "”")
    assert quotation("fr-CH").outer == ("«", "»")


def test_a_hebrew_quote_in_a_word_may_be_a_letters_so_it_stays():
    assert quotation("he").apostrophe == "'"
    assert quotation("uk").apostrophe == "’"


def test_the_marks_are_cldrs():
    other = {tag: (marks(tag), cldr(tag)) for tag in TAGS if not ours(tag)}
    assert len(other) > 700
    assert {tag: both for tag, both in other.items() if both[0] != both[1]} == {}


@pytest.mark.parametrize("tag", OURS)
def test_where_the_house_differs_cldr_still_says_something_else(tag):
    assert marks(tag) == OURS[tag]
    assert cldr(tag) != OURS[tag]


def test_regions_of_a_language_that_differs_go_with_it():
    regions = [tag for tag in TAGS if ours(tag) and tag not in OURS]
    assert len(regions) > 40
    assert {tag: marks(tag) for tag in regions} == {tag: OURS[tag.partition("-")[0]] for tag in regions}  # fmt: skip

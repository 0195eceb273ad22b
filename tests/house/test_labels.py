"""The house's words: complete in every language, and dates as people write them."""

import pytest
from house_samples import focus
from msgspec.structs import replace

from layout.house.labels import LANGUAGES, Labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    words = LANGUAGES[language]
    assert words.keys() == LANGUAGES["en"].keys()
    assert all(word.strip() for word in words.values())
    assert len(set(words["months"].split(" "))) == 12


@pytest.mark.parametrize(
    ("language", "year", "month", "day"),
    [
        ("en", "2012", "March 2012", "1 March 2012"),
        ("en-GB", "2012", "March 2012", "1 March 2012"),
        ("fr", "2012", "mars 2012", "1 mars 2012"),
        ("fr-CH", "2012", "mars 2012", "1 mars 2012"),
        ("de", "2012", "März 2012", "1. März 2012"),
        ("es", "2012", "marzo de 2012", "1 de marzo de 2012"),
        ("it", "2012", "marzo 2012", "1 marzo 2012"),
        ("rm", "2012", "March 2012", "1 March 2012"),
    ],
)
def test_dates_as_people_write_them(language, year, month, day):
    labels = Labels(focus(), language)
    assert [labels.date(it) for it in ("2012", "2012-03", "2012-03-01")] == [year, month, day]


def test_the_last_month_is_december():
    assert Labels(focus(), "en").date("1999-12-31") == "31 December 1999"


def test_a_language_that_the_house_does_not_know_gets_english_and_says_so():
    labels = Labels(focus(), "rm")
    assert labels["contents"] == "Contents"
    assert not labels.known
    assert Labels(focus(), "FR").known


def test_the_brands_words_go_before_the_programs_and_the_regions_before_the_languages():
    brand = replace(focus(), labels={"fr": {"contents": "Table"}, "fr-CH": {"page": "p."}, "rm": {"pages": "paginas"}})  # fmt: skip
    swiss = Labels(brand, "fr-CH")
    assert (swiss["contents"], swiss["page"], swiss["pages"]) == ("Table", "p.", "pages")
    romansh = Labels(brand, "rm")
    assert (romansh["pages"], romansh["page"], romansh.known) == ("paginas", "page", True)


@pytest.mark.parametrize("language", ["en", "en-GB", "FR", "de-CH"])
def test_words_of_a_known_language_are_not_foreign(language):
    labels = Labels(focus(), language)
    assert not [word for word in LANGUAGES["en"] if labels.foreign(word)]


def test_each_word_that_is_english_for_want_of_another_says_so():
    labels = Labels(replace(focus(), labels={"rm": {"pages": "paginas"}}), "rm")
    assert (labels.foreign("pages"), labels.foreign("page")) == ("", "en")

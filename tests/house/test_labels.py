"""The house's words: complete in every language; dates and digits as CLDR has them."""

import datetime as dt
import subprocess
import sys
import unicodedata

import pytest
from babel import Locale
from babel.dates import format_date
from house_samples import focus
from msgspec.structs import replace

from layout.house.cldr import ZEROS, calendar
from layout.house.labels import ENGLISH, VALUES, Labels, languages, parted, words_in

TAGS = list(languages())
UNITED_NATIONS = {"ar", "zh", "en", "fr", "ru", "es"}
FORMS = {"months", "day", "month"}
SIGNS = {"comma", "stop"}


def test_the_languages_stand_in_order_and_those_of_the_united_nations_are_among_them():
    assert sorted(TAGS) == TAGS
    assert UNITED_NATIONS - {"en"} <= {*TAGS}
    assert len(TAGS) == 36


@pytest.mark.parametrize("language", TAGS)
def test_every_language_has_every_word(language):
    own = {key: word for key, word in words_in(language).items() if key not in SIGNS}
    assert own.keys() == ENGLISH.keys() - FORMS
    assert all(word == word.strip() and word for word in own.values())
    for key, word in own.items():
        assert unicodedata.is_normalized("NFC", word)
        assert not set("{}") & set(word.replace(VALUES.get(key, ""), "") if key in VALUES else word)


def test_sentences_of_the_house_have_the_signs_of_the_language():
    signs = {tag: (Labels(focus(), tag).comma, Labels(focus(), tag).stop) for tag in ("en", "ar", "ja", "hi", "zxx")}  # fmt: skip
    assert signs == {"en": (", ", "."), "ar": ("، ", "."), "ja": ("、", "。"), "hi": (", ", "।"), "zxx": (", ", ".")}  # fmt: skip


def test_the_placeholder_stands_where_a_language_wants_the_number():
    assert Labels(focus(), "en").of_page("continued_on", 7) == "continued on page\u00a07"
    assert Labels(focus(), "zh").of_page("continued_on", 7) == "下转第7页"
    assert Labels(focus(), "ja").of_page("continued_from", 7) == "7ページから続く"
    assert Labels(focus(), "fa").of_page("continued_on", 17) == "ادامه در صفحهٔ\u00a0۱۷"
    assert parted("page", "page", " ") == ("page ", "")
    assert parted("第{page}页", "page", " ") == ("第", "页")


def test_chinese_characters_follow_the_script_then_the_region():
    titles = {tag: Labels(focus(), tag)["contents"] for tag in ("zh", "zh-Hant", "zh-TW", "zh-HK", "zh-Hans-HK", "zh-CN")}  # fmt: skip
    assert titles == {"zh": "目录", "zh-Hant": "目錄", "zh-TW": "目錄", "zh-HK": "目錄", "zh-Hans-HK": "目录", "zh-CN": "目录"}  # fmt: skip


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
        ("ru", "2012", "март 2012\u202fг.", "1 марта 2012\u202fг."),
        ("ja", "2012年", "2012年3月", "2012年3月1日"),
        ("th", "2012", "มีนาคม 2012", "1 มีนาคม ค.ศ. 2012"),
        ("fa", "۲۰۱۲", "مارس ۲۰۱۲", "۱ مارس ۲۰۱۲"),
        ("rm", "2012", "mars 2012", "1 da mars 2012"),
        ("zxx", "2012", "March 2012", "1 March 2012"),
    ],
)
def test_dates_as_people_write_them(language, year, month, day):
    labels = Labels(focus(), language)
    assert [labels.date(it) for it in ("2012", "2012-03", "2012-03-01")] == [year, month, day]


def test_the_last_month_is_december():
    assert Labels(focus(), "en").date("1999-12-31") == "31 December 1999"


@pytest.mark.parametrize("language", [*TAGS, "sr-Latn", "eu", "bg", "fr-CA", "ar-EG", "mr", "my"])
def test_every_date_is_babels_but_for_the_digits(language):
    labels, locale = Labels(focus(), language), Locale.parse(language, sep="-")
    european = {one: at for at, one in calendar(language).digits.items()}
    for month in range(1, 13):
        date = dt.date(1987, month, 2 * month)
        assert labels.date(date.isoformat()).translate(european) == format_date(date, "long", locale)  # fmt: skip
        pattern = locale.datetime_skeletons["yMMMM"].pattern
        assert labels.date(f"1987-{month:02}").translate(european) == format_date(date, pattern, locale)  # fmt: skip


def test_the_english_forms_are_babels():
    labels = Labels(focus(), "en")
    for month in range(1, 13):
        date = dt.date(1987, month, 2 * month)
        assert labels.date(date.isoformat()) == format_date(date, "long", "en_GB")
        assert labels.date(f"1987-{month:02}") == format_date(date, "MMMM y", "en")


def test_digits_are_those_of_the_language():
    assert Labels(focus(), "en").number(1234567890) == "1234567890"
    assert Labels(focus(), "bn").number(1234567890) == "১২৩৪৫৬৭৮৯০"
    assert Labels(focus(), "ar-EG").number(17) == "١٧"
    assert (
        Labels(focus(), "ar").number(17) == "17"
    )  # CLDR: European digits where no region says otherwise
    assert Labels(focus(), "fa").number("xvii") == "xvii"


def test_each_row_of_digits_counts_from_nought_to_nine():
    for system, zero in ZEROS.items():
        assert [unicodedata.digit(chr(zero + n)) for n in range(10)] == list(range(10)), system


def test_the_brands_own_dates_go_before_cldrs():
    months = "a b c d e f g h i j k l"
    short = Labels(replace(focus(), labels={"es": {"months": months}}), "es")
    assert short.date("2012-03-01") == "1 de c de 2012"
    form = Labels(replace(focus(), labels={"fr": {"day": "le {day} {month} {year}"}}), "fr")
    assert [form.date(it) for it in ("2012-03-01", "2012-03")] == ["le 1 mars 2012", "mars 2012"]
    english = Labels(replace(focus(), labels={"en": {"day": "{month} {day}, {year}"}}), "en")
    assert english.date("2012-03-01") == "March 1, 2012"


def test_a_language_that_the_house_does_not_know_gets_english_and_says_so():
    labels = Labels(focus(), "rm")
    assert labels["contents"] == "Contents"
    assert not labels.known
    assert (labels.foreign("contents"), labels.foreign("months")) == ("en", "")
    assert Labels(focus(), "zxx").foreign("months") == "en"
    assert Labels(focus(), "FR").known


def test_the_brands_words_go_before_the_programs_and_the_regions_before_the_languages():
    brand = replace(focus(), labels={"fr": {"contents": "Table"}, "fr-CH": {"page": "p."}, "rm": {"pages": "paginas"}})  # fmt: skip
    swiss = Labels(brand, "fr-CH")
    assert (swiss["contents"], swiss["page"], swiss["pages"]) == ("Table", "p.", "pages")
    romansh = Labels(brand, "rm")
    assert (romansh["pages"], romansh["page"], romansh.known) == ("paginas", "page", True)


@pytest.mark.parametrize("language", ["en", "en-GB", "FR", "de-CH", "no", "zh-TW", *TAGS])
def test_words_of_a_known_language_are_not_foreign(language):
    labels = Labels(focus(), language)
    assert not [word for word in ENGLISH if labels.foreign(word)]


def test_each_word_that_is_english_for_want_of_another_says_so():
    labels = Labels(replace(focus(), labels={"rm": {"pages": "paginas"}}), "rm")
    assert (labels.foreign("pages"), labels.foreign("page")) == ("", "en")


def test_english_reads_neither_babel_nor_words_of_other_languages():
    code = """
import sys
from layout.house.brands import read_brand
from layout.house.labels import Labels
from layout.ground.problems import Place
labels = Labels(read_brand(None, "x", Place("x")).brand, "en-US")
labels.date("2012-03-01"), labels.number(7), labels.of_page("continued_on", 7)
assert not {"babel", "tomllib", "layout.house.cldr"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", code], check=True)

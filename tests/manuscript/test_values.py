"""Language tags, dates, addresses and page ranges."""

import pytest

from layout.manuscript.values import (
    address_fault,
    date_fault,
    language_fault,
    page_range_fault,
    says_nothing,
)

TAGS = [
    "en",
    "de-AT",
    "pt-BR",
    "zh-Hant-TW",
    "sr-Latn",
    "sl-rozaj-biske",
    "de-CH-1901",
    "es-419",
    "en-a-bbb-x-c",
    "ar",
    "gsw",
    "zh-yue",
    "und",
    "x-y",
]


@pytest.mark.parametrize("tag", TAGS[:-1])
def test_tags(tag):
    assert language_fault(tag) is None


@pytest.mark.parametrize("tag", ["english", "en_GB", "e", "en-", "-en", "en--GB", "en GB", "en\n", "ｅｎ", "123", "français", TAGS[-1]])  # fmt: skip
def test_no_tags(tag):
    assert language_fault(tag)


@pytest.mark.parametrize("date", ["2012", "2012-06", "2012-06-30", "2012-02-29", "0001"])
def test_dates(date):
    assert date_fault(date) is None


@pytest.mark.parametrize(
    "date", ["12", "2012-6", "2012-13", "2011-02-29", "2012-06-31", "2012/06", "June 2012", "0000", "2012-00", "2012-06-01T00:00", "２０１２", "2012\n"]
)  # fmt: skip
def test_no_dates(date):
    assert date_fault(date)


@pytest.mark.parametrize(
    "url", ["https://a.b", "HTTP://a.b/c?d#e", "http://localhost:8000/", "mailto:a@b.c", "https://de.wikipedia.org/wiki/Zürich"]
)  # fmt: skip
def test_addresses(url):
    assert address_fault(url) is None


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd", "ftp://a.b", "a.b", "//a.b", "https://", "https:///a",
            "mailto:", "mailto:a", "https://a b", " https://a.b", "https://a.b\n", "", "localhost:80", "vbscript:x", "blob:https://a.b"]
)  # fmt: skip
def test_no_addresses(url):
    assert address_fault(url)


@pytest.mark.parametrize("pages", ["1", "1-2", "3-3", "10-12"])
def test_pages(pages):
    assert page_range_fault(pages) is None


@pytest.mark.parametrize(
    "pages", ["0", "2-1", "1–2", "1-", "-1", "a", "01", "1-2-3", "", "1 - 2", "9999999"]
)
def test_no_pages(pages):
    assert page_range_fault(pages)


@pytest.mark.parametrize(
    "alt", ["image", "A photo", "Figure 3", "IMG_2012.JPG", "chart.", "—", "Ein Bild", "une photo"]
)
def test_an_alternative_text_that_fits_any_picture_says_nothing(alt):
    assert says_nothing(alt)


@pytest.mark.parametrize("alt", ["A", "A photo of a deminer at work.", "Logo of the Convention", "1 of 3: the pit"])  # fmt: skip
def test_one_that_says_what_is_to_be_seen_does_not(alt):
    assert not says_nothing(alt)

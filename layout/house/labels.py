"""The words that the house itself prints, by language; dates and digits in that language by CLDR.

English is a table here and imports nothing. Words of other languages are in `words.toml`, their dates and
digits in CLDR's data, which Babel brings: both are read when a document asks for them.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from layout.house.brand import Brand
from layout.house.fontfiles import PACKAGE

if TYPE_CHECKING:
    from layout.house.cldr import Calendar

ENGLISH: dict[str, str] = {
    "accounts": "Recommended accounts",
    "continued": "continued",
    "first_published": "First published in",
    "published_by": "published by",
    "number": "no.",
    "pages": "pages",
    "page": "page",
    "interview_by": "Interview:",
    "disclaimer_on": "Disclaimer: see page",
    "contents": "Contents",
    "continued_on": "continued on page",
    "continued_from": "continued from page",
    "months": "January February March April May June July August September October November December",
    "day": "{day} {month} {year}",
    "month": "{month} {year}",
}
"""The English words, and the keys of all. A brand's own `labels:` go before the program's words of each language."""

VALUES = {
    "first_published": "{publication}",
    "published_by": "{publisher}",
    "number": "{number}",
    "pages": "{pages}",
    "page": "{page}",
    "interview_by": "{name}",
    "disclaimer_on": "{page}",
    "continued_on": "{page}",
    "continued_from": "{page}",
}
"""The placeholder that stands for what a label speaks of; without it in the label, that follows the label."""

TRADITIONAL = {"hant", "tw", "hk", "mo"}
"""Scripts and regions whose Chinese is in traditional characters."""


@cache
def languages() -> Mapping[str, Mapping[str, str]]:
    """The program's words of all languages but English, by the tag of each: `zh-Hant` beside `zh`."""
    import tomllib

    with open(os.path.join(PACKAGE, "house", "words.toml"), "rb") as file:
        return tomllib.load(file)


def words_in(tag: str) -> Mapping[str, str]:
    """The program's own words in the language of a tag; none for a language that it does not know."""
    subtag, *rest = tag.lower().replace("_", "-").split("-")
    if subtag == "en":
        return ENGLISH
    subtag = {"no": "nb"}.get(subtag, subtag)
    # A script that is named decides, whatever the region: `zh-Hans-HK`.
    if subtag == "zh" and "hans" not in rest and TRADITIONAL.intersection(rest):
        subtag = "zh-Hant"
    return languages().get(subtag, {})


def parted(label: str, key: str, space: str = "\u00a0") -> tuple[str, str]:
    """What of a label stands before and after the thing it speaks of.

    A label without the placeholder of its key stands before it, with a space between.
    """
    before, found, after = label.partition(VALUES[key])
    return (before, after) if found else (label + space, "")


class Labels:
    """The house's words in one language: the brand's, then the program's, then the English ones."""

    def __init__(self, brand: Brand, tag: str) -> None:
        subtag = tag.partition("-")[0].lower()
        theirs = {**brand.labels.get(subtag, {}), **brand.labels.get(tag, {})}
        own = {**words_in(tag), **theirs}
        self.known = bool(words_in(tag)) or subtag in brand.labels or tag in brand.labels
        self._words = {**ENGLISH, **own}
        self._foreign = ENGLISH.keys() - own.keys()
        signs = words_in(tag)
        self.comma, self.stop = signs.get("comma", ", "), signs.get("stop", ".")
        """What stands between the parts of a sentence of the house, with its space, and at its end."""
        self._dates = theirs.keys() & {"months", "day", "month"}
        self._tag = tag
        self._english = subtag == "en"

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def foreign(self, key: str) -> str:
        """The language of a word of the house where it is not the one asked for, else ''."""
        if key in ("months", "day", "month") and key in self._foreign:
            return "" if self._calendar is not None else "en"
        return "en" if key in self._foreign else ""

    def parted(self, key: str, space: str = "\u00a0") -> tuple[str, str]:
        """What of a label stands before and after the thing it speaks of; see `parted` of this module."""
        return parted(self[key], key, space)

    def of_page(self, key: str, folio: int) -> str:
        """A label and the folio that it leads to, in the language's digits: `continued on page 7`."""
        before, after = self.parted(key)
        return f"{before}{self.number(folio)}{after}"

    def number(self, value: int | str) -> str:
        """A number of the house in the digits that the language writes by default (CLDR).

        Of a folio that comes as text its European digits: roman ones stay.
        """
        return self._digits(str(value))

    def date(self, written: str) -> str:
        """A date as people write it, from YYYY, YYYY-MM or YYYY-MM-DD; always of the Gregorian calendar."""
        year, *rest = written.split("-")
        month, day = (int(rest[0]) if rest else 0), (int(rest[1]) if len(rest) > 1 else 0)
        key = "day" if day else "month"
        data = self._calendar
        if data is None or (rest and key in self._dates):
            return self._filled(key, year, month, day)
        months = self["months"].split(" ") if "months" in self._dates else None
        return data.date(int(year), month, day, months)

    def _filled(self, key: str, year: str, month: int, day: int) -> str:
        """A date by a form of ours or the brand's."""
        if not month:
            return self._digits(year)
        months = self["months"].split(" ")
        if self._calendar is not None and "months" not in self._dates:
            months = list(self._calendar.months)
        filled = {"month": months[month - 1], "year": self._digits(year)}
        return self[key].format(day=self._digits(str(day)), **filled)

    def _digits(self, text: str) -> str:
        data = self._calendar
        return text.translate(data.digits) if data is not None and data.digits else text

    @property
    def _calendar(self) -> "Calendar | None":
        """CLDR's data of the language; None for English, which has its own table, and where CLDR has none."""
        if self._english:
            return None
        from layout.house.cldr import calendar

        return calendar(self._tag)

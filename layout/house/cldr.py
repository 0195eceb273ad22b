"""What the Unicode Common Locale Data Repository says of a language's dates and digits; Babel holds the data."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from babel import Locale

ZEROS = {
    "adlm": 0x1E950, "arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "cakm": 0x11136, "deva": 0x966,
    "gujr": 0xAE6, "guru": 0xA66, "hmnp": 0x1E140, "java": 0xA9D0, "khmr": 0x17E0, "knda": 0xCE6,
    "laoo": 0xED0, "mlym": 0xD66, "mtei": 0xABF0, "mymr": 0x1040, "nkoo": 0x7C0, "olck": 0x1C50,
    "orya": 0xB66, "rohg": 0x10D30, "tamldec": 0xBE6, "telu": 0xC66, "thai": 0xE50, "tibt": 0xF20,
}  # fmt: skip
"""Where the ten digits of CLDR's numbering systems begin in Unicode; `latn` and unknown ones stay as they are."""

FIELD = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*")
"""A quoted text or a field of a date pattern (UTS 35, part 4, section 8.1)."""


class Calendar(Struct, frozen=True):
    """Gregorian dates of one language: patterns of UTS 35, month names, the era, and digits for `str.translate`.

    `months` stand in a date with its day, `alone` without (LLLL).
    """

    day: str
    month: str
    year: str
    months: tuple[str, ...]
    alone: tuple[str, ...]
    era: str
    digits: Mapping[int, int]

    def date(self, year: int, month: int, day: int, months: Sequence[str] | None = None) -> str:
        """A date; day and month are 0 where it has none. `months` go before the language's own names."""
        form = self.day if day else self.month if month else self.year
        within, alone = months or self.months, months or self.alone
        fields = {"y": str(year), "d": str(day), "G": self.era}

        def filled(match: re.Match[str]) -> str:
            field = match[2]
            if field is None:
                return match[1].replace("''", "'") if match[1] else "'"
            if field in "ML":
                names = alone if field == "L" else within
                return names[month - 1] if len(match[0]) > 2 else str(month)
            return fields[field].zfill(len(match[0])) if field in "yd" else fields[field]

        return FIELD.sub(filled, form).translate(dict(self.digits))


@cache
def calendar(tag: str) -> Calendar | None:
    """CLDR's dates and digits for a language tag (BCP 47), else for its start; None where CLDR has no such language."""
    locale = _locale(tag)
    if locale is None:
        return None
    forms = locale.datetime_skeletons
    zero = ZEROS.get(locale.default_numbering_system, 0x30)
    months = locale.months
    return Calendar(
        day=locale.date_formats["long"].pattern,
        month=forms["yMMMM"].pattern,
        year=forms["y"].pattern,
        months=tuple(months["format"]["wide"][n] for n in range(1, 13)),
        alone=tuple(months["stand-alone"]["wide"][n] for n in range(1, 13)),
        era=locale.eras["abbreviated"][1],
        digits={0x30 + n: zero + n for n in range(10)} if zero != 0x30 else {},
    )


def _locale(tag: str) -> "Locale | None":
    from babel import Locale, UnknownLocaleError

    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("_".join(parts))
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None

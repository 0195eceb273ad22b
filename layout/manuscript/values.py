"""Strings that carry meaning: language tags, dates, addresses and page ranges, each with its check.

A record names them in its annotations (`date: PubDate | None`). A check takes the characters and
returns None, or what is wrong and the hint; it changes nothing.
"""

import re
from typing import Annotated, Final

from msgspec import Meta, Struct

Fault = tuple[str, str]
"""What is wrong with a value, and the hint."""


class Mark(Struct, frozen=True):
    """Inside Annotated: names the converter that reads such a value."""

    name: str


LANGUAGE: Final = Mark("language")
PUB_DATE: Final = Mark("date")
ADDRESS: Final = Mark("address")
PAGE_RANGE: Final = Mark("pages")
TEXT: Final = Mark("text")
MAY_BE_EMPTY: Final = Mark("may be empty")

DATE_PATTERN: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
PAGES_PATTERN: Final = r"^[1-9]\d{0,5}(-[1-9]\d{0,5})?$"
MOST_PAGES: Final = 999_999
ADDRESS_PATTERN: Final = (
    r"^([Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]\S*|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s@]+@[^\s@]+)$"
)
LANGUAGE_PATTERN: Final = (
    r"^[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?"
    r"(-([A-Za-z\d]{5,8}|\d[A-Za-z\d]{3}))*(-[A-WYZa-wyz\d](-[A-Za-z\d]{2,8})+)*(-[Xx](-[A-Za-z\d]{1,8})+)?$"
)
"""RFC 5646, section 2.1, without the language names of four letters and more, of which there are none."""

Language = Annotated[str, Meta(description="a BCP 47 tag, such as en or pt-BR"), LANGUAGE]
PubDate = Annotated[str, Meta(description="YYYY, YYYY-MM or YYYY-MM-DD"), PUB_DATE]
Address = Annotated[str, Meta(description="a full http, https or mailto address"), ADDRESS]
PageRange = Annotated[str, Meta(description="a page or two, such as 3 or 1-2"), PAGE_RANGE]
Text = Annotated[str, Meta(description="text"), TEXT]
"""A plain string that is not empty."""

_LANGUAGE_NAMES: Final = {
    "english": "en", "french": "fr", "français": "fr", "german": "de", "deutsch": "de",
    "spanish": "es", "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt",
    "português": "pt", "arabic": "ar", "russian": "ru", "chinese": "zh", "hebrew": "he",
    "dutch": "nl", "japanese": "ja", "greek": "el", "polish": "pl", "turkish": "tr", "persian": "fa",
}  # fmt: skip

_SCHEME: Final = r"([A-Za-z][A-Za-z0-9+.-]*):(?!\d)"


def language_fault(tag: str) -> Fault | None:
    """What is wrong with a BCP 47 language tag; only its form is checked, by RFC 5646."""
    if tag.isascii() and tag.isalpha() and 2 <= len(tag) <= 3:
        return None  # most are such, and the pattern takes longer to compile than all else here
    if re.match(LANGUAGE_PATTERN, tag, re.ASCII) and not tag.endswith("\n"):
        return None
    if code := _LANGUAGE_NAMES.get(tag.lower()):
        hint = f"write `{code}`"
    elif "_" in tag and re.match(LANGUAGE_PATTERN, tag.replace("_", "-"), re.ASCII):
        hint = f"write `{tag.replace('_', '-')}`"
    else:
        hint = "write a tag such as en, fr or pt-BR"
    return "this is no language tag (BCP 47)", hint


def date_fault(text: str) -> Fault | None:
    """What is wrong with a date of the calendar, whole or without its day or month."""
    if not re.fullmatch(DATE_PATTERN[1:-1], text, re.ASCII):
        return "this is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD"
    from datetime import date

    year, month, day = [int(part) for part in (text + "-01-01"[: 10 - len(text)]).split("-")[:3]]
    try:
        date(year, month, day)
    except ValueError:
        return "the calendar has no such date", "write YYYY, YYYY-MM or YYYY-MM-DD"
    return None


def address_fault(url: str) -> Fault | None:
    """What is wrong with a web or mail address; only the schemes http, https and mailto may pass."""
    if any(character.isspace() for character in url):
        return "an address holds no spaces", "write %20 for a space that belongs to it"
    found = re.match(_SCHEME, url)
    if found is None:
        return "this address does not say how to get there", "start it with https://"
    if found.group(1).lower() not in ("http", "https", "mailto"):
        return (
            f"the scheme {found.group(1)[:20]}: is not allowed in a link",
            "use an http, https or mailto address",
        )
    if not re.fullmatch(ADDRESS_PATTERN[1:-1], url):
        return (
            "this address is not whole",
            "write it as https://example.org or mailto:name@example.org",
        )
    return None


def page_range_fault(text: str) -> Fault | None:
    """What is wrong with a page number or a first and last page, `3` or `1-2`."""
    if not re.fullmatch(PAGES_PATTERN[1:-1], text, re.ASCII):
        return "these are not pages", "write a page or the first and the last, such as 3 or 1-2"
    first, _, last = text.partition("-")
    if last and int(last) < int(first):
        return "the last page comes before the first", f"write `{last}-{first}`"
    return None


_SAYS_NOTHING: Final = (
    r"(an? |the |une? |ein |eine |la |le |una? )?(image|picture|photo|photograph|figure|graphic|graphics|illustration"
    r"|logo|img|icon|chart|diagram|portrait|bild|foto|grafik|abbildung|imagen|immagine|figura)"
    r"( ?\d+)?\.?|\S+\.(jpe?g|png|gif|tiff?|bmp|svg|webp|pdf|eps|heic|avif)|\W*"
)


def says_nothing(alt: str) -> bool:
    """Whether nobody is helped by an alternative text: a word for any picture, a file's name, signs alone."""
    return re.fullmatch(_SAYS_NOTHING, alt.strip(), re.IGNORECASE) is not None

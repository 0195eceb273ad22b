"""What a language asks of setting: data by primary subtag, found for any BCP 47 tag."""

import re
from functools import cache

MINIMA: dict[str, tuple[int, int]] = (
    dict.fromkeys(("as", "el", "kn", "mr", "or", "pa", "ta", "te"), (1, 1))
    | {"af": (1, 2), "sa": (1, 3)}
    | dict.fromkeys(
        ("be", "bg", "ca", "da", "de", "eo", "es", "eu", "fi", "gl", "hr", "hu"), (2, 2)
    )
    | dict.fromkeys(
        ("id", "is", "it", "lt", "lv", "mn", "nb", "nl", "nn", "no", "pl", "ro"), (2, 2)
    )
    | dict.fromkeys(("ru", "sl", "sq", "sr", "sv", "uk"), (2, 2))
    | dict.fromkeys(("cs", "en", "et", "fr", "pt", "sk", "th", "zu"), (2, 3))
)
"""Letters before and after a hyphen: those of TeX's collection hyph-utf8, from its `languages.rb`, for Belarusian and
Sanskrit from the heads of `hyph-be.tex` and `hyph-sa.tex` ("typesetting"). For Albanian those that pyphen's own
dictionary names; for Zulu, which neither has, as for English. `tests/setting/test_hyphens.py` holds the list."""

DEFAULT_MINIMA = (2, 3)


def primary(tag: str) -> str:
    """The primary language subtag: 'fr' of 'fr-CH'."""
    return tag.partition("-")[0].lower()


def minima(tag: str) -> tuple[int, int]:
    """The fewest letters left before and after a hyphen."""
    return MINIMA.get(primary(tag), DEFAULT_MINIMA)


NOUNS_IN_CAPITALS = frozenset(("de", "gsw", "lb", "nds"))
"""Languages that write every noun with a capital, so that a capital says nothing of a name."""


def names_are_capitalised(tag: str) -> bool:
    """Whether a capital inside a sentence marks a name."""
    return primary(tag) not in NOUNS_IN_CAPITALS


HYPHEN_PRICE = 440.0
"""What a hyphen costs: as much as a line whose spaces are nearly a third too wide."""

LONG_WORDS = {"fr": 300.0} | dict.fromkeys(
    ("da", "de", "et", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"), 230.0
)
"""The same of languages whose words are long, and whose readers are used to hyphens: spaces go first."""


def hyphen_price(tag: str) -> float:
    """What a hyphen costs in a language, as a penalty of the breaker."""
    return LONG_WORDS.get(primary(tag), HYPHEN_PRICE)


_FROM_THE_RIGHT = """
    ae aeb acm acq afb ajp apc apd ar arc arq ars ary arz bal bej bgn bqi brh chg ckb dv fa gbz glk haz he iw ji
    jpr jrb khw ks lad lah lki lrc luz mde mzn nqo ota pal phn pnb prs ps rhg sam sd sdh shu skr sog swb
    syc syr trw ug ur yi
"""
_RIGHT_TO_LEFT = frozenset(_FROM_THE_RIGHT.split())
"""Languages that are written from the right unless a tag says otherwise: CLDR's likely scripts."""

_SCRIPTS = """
    adlm arab armi avst chrs cprt elym gara hatr hebr hung khar lydi mand mani mend merc mero narb nbat
    nkoo orkh ougr palm phli phlp phnx prti rohg samr sarb sogd sogo syrc thaa yezi aran
"""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(_SCRIPTS.split())

_ELSEWHERE = {
    "az": ("iq", "ir"),
    "ha": ("cm", "sd"),
    "kk": ("af", "cn", "ir", "mn"),
    "ku": ("lb",),
    "ky": ("cn",),
    "ms": ("cc",),
    "pa": ("pk",),
    "sd": ("in",),
    "tg": ("pk",),
    "ug": ("kz", "mn"),
    "uz": ("af",),
}
"""Regions in which a language is written the other way round than elsewhere."""


def is_rtl(language: str) -> bool:
    """Whether a BCP 47 language is written from right to left: by its script, else as it is likely to be."""
    first, *rest = language.lower().replace("_", "-").split("-")
    for subtag in rest:
        if len(subtag) == 1:  # an extension, or private use
            break
        if len(subtag) == 4 and subtag.isalpha():
            return subtag in _RIGHT_TO_LEFT_SCRIPTS
        if len(subtag) == 2:
            return (first in _RIGHT_TO_LEFT) != (subtag in _ELSEWHERE.get(first, ()))
    return first in _RIGHT_TO_LEFT


def _after(*words: str) -> str:
    """A space after one of these words; an expression looks back over one length at a time."""
    return "(?:" + "|".join(rf"(?<=(?<!\w){re.escape(word)})" for word in words) + ") "


def _alone(letters: str) -> str:
    """A space after a word that is one of these letters."""
    return rf"(?<=(?<![\w.'’-])[{letters}{letters.upper()}]) (?=\S)"


_NUMBERED = (
    "Abb.", "Abs.", "Anm.", "Art.", "Bd.", "Kap.", "Nr.", "Nrn.", "S.", "Tab.", "Ziff.", "§", "§§",
)  # fmt: skip
_ABBREVIATED = r"(?<=(?<!\w)[^\W\d_]\.) (?=(?:[^\W\d_]|Chr|dgl|Zt)\.)"
_UNIT = r"(?<=\d) (?=[%‰€°])"
_BEFORE_DASH = r" (?=[–—](?:\s|$))"

_TIES = {
    "be": (_alone("абжзійкоуў"), _BEFORE_DASH),
    "cs": (_alone("aikosuvz"),),
    "de": (_ABBREVIATED, _after(*_NUMBERED) + r"(?=\d)", _UNIT),
    "fr": (" (?=[;:!?»›])", "(?<=[«‹]) ", _UNIT),
    "pl": (_alone("aiouwz"),),
    "ru": (_alone("авикосу"), _BEFORE_DASH),
    "sk": (_alone("aikosuvz"),),
    "uk": (_alone("авзійоує"), _BEFORE_DASH),
}
"""Spaces at which no line ends, by what typographers of a language agree on (Duden and DIN 5008; Lexique des
règles typographiques; ČSN 01 6910 and its Polish, Slovak and East Slavic kin: no short word ends a line)."""


@cache
def ties(tag: str) -> re.Pattern[str] | None:
    """What finds each ordinary space at which no line may end in a language; None where all spaces are alike."""
    rules = _TIES.get(primary(tag))
    return re.compile("|".join(rules)) if rules else None


_THIN = {"fr": r"[ \u00a0](?=[;!?])"}
"""Spaces that are painted thin, as a U+202F is: before ; ! ? in French (Lexique des règles typographiques en usage
à l'Imprimerie nationale); the space before : and those inside guillemets are word spaces."""


@cache
def thin_spaces(tag: str) -> re.Pattern[str] | None:
    """What finds each space that a language wants thin; None where it wants none so."""
    rule = _THIN.get(primary(tag))
    return re.compile(rule) if rule else None

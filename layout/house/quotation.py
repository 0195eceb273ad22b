"""The quotation marks of a language: two pairs, and the apostrophe."""

from functools import cache

from msgspec import Struct

NARROW = "\u202f"
"""The narrow space, at which no line ends, inside French quotation marks (Lexique des règles typographiques)."""


class Quotation(Struct, frozen=True):
    """The opening and the closing mark of a quotation, those of one inside it, and the apostrophe."""

    outer: tuple[str, str]
    inner: tuple[str, str]
    apostrophe: str = "\u2019"


DEFAULT = "“”‘’"

CLDR = {
    "«»“”": "ast blo bm br ca dyo el es-US eu ewo ie it kab kk lij mg mua nnh pt-AO pt-CH pt-CV pt-GQ pt-GW pt-LU "
    "pt-MO pt-MZ pt-PT pt-ST pt-TL sc sg sq ti",
    "„“‚‘": "bs-Cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl",
    "«»‹›": "am az-Cyrl fa fr-CH gsw jgo kkj mzn rm wae",
    "«»„“": "bas be cv ky os ru sah uk",
    "””’’": "fi he lag rn se sn sv yi",
    "«»‘’": "dua ksf nb nn no rw",
    "‘’“”": "fur ia nso ti-ER tn",
    "«»«»": "hy oc yav",
    "”“’‘": "ar syr ur",
    "„“„“": "bg lt prg",
    "「」『』": "ja yue zh-Hant zh-HK zh-MO zh-TW",
    "„”«»": "nmg pl ro",
    "„”‚’": "agq ff",
    "„”»«": "hu szl",
    "«»„”": "shi zgh",
    "„”‘’": "bs",
    "„“«»": "ka",
    "„”’’": "sr",
    "“”“”": "tk",
    "»«›‹": "ug",
    "“”’‘": "uz",
    DEFAULT: "ff-Adlm uz-Arab uz-Cyrl yue-Hans",
}
"""Four marks, outer pair first, and the languages that have them, as the Unicode CLDR says; others have the default."""

OURS = {
    "fr": "«»“”",
    "fr-CA": "«»“”",
    "de-CH": "«»‹›",
    "de-LI": "«»‹›",
    "nl": "“”‘’",
    "st": "“”‘’",
}
"""Where the house differs from CLDR. French: CLDR has one pair on both levels, in Canada “ and ” the wrong way round;
the inner pair is the usual one. German in Switzerland and Liechtenstein: its printers' guillemets. Dutch: CLDR
has single marks on both levels, so that double ones in a source would be lost. Southern Sotho: CLDR mixes pairs."""

HEBREW = ("he", "yi")
"""Languages in which a plain quote after a letter may be a geresh or gershayim: it stays as it is typed."""

_MARKS = {tag.lower(): marks for marks, tags in CLDR.items() for tag in tags.split()} | {
    tag.lower(): marks for tag, marks in OURS.items()
}


@cache
def quotation(tag: str) -> Quotation:
    """The marks of a language tag (BCP 47), else of its start, else the English ones."""
    parts = tag.lower().replace("_", "-").split("-")
    starts = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    marks = next((_MARKS[start] for start in starts if start in _MARKS), DEFAULT)
    outer = (marks[0], marks[1])
    if parts[0] == "fr" and "ch" not in parts:
        outer = (marks[0] + NARROW, NARROW + marks[1])
    apostrophe = "'" if parts[0] in HEBREW else "\u2019"
    return Quotation(outer, (marks[2], marks[3]), apostrophe)

"""What a language asks of setting: data by primary subtag, found for any BCP 47 tag."""

MINIMA: dict[str, tuple[int, int]] = {
    "de": (2, 2),
    "en": (2, 3),
    "es": (2, 2),
    "fi": (2, 2),
    "fr": (2, 3),
    "it": (2, 2),
    "nl": (2, 2),
    "pt": (2, 3),
    "sv": (2, 2),
}
"""Letters before and after a hyphen, as TeX's hyph-utf8 collection gives them."""

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

"""The lazy dictionaries against pyphen's own, and what languages ask beyond them."""

import random
import re

import pyphen
import pytest

from layout.setting.hyphens import Hyphenator, _LazyDictionary, hyphenator
from layout.setting.language import MINIMA, minima

FILES = sorted({path.name: path for path in pyphen.LANGUAGES.values()}.items())

TEXT = """typography convention disarmament Internationalization supercalifragilistic demining représentation
communication Haftungsausschluss Donaudampfschifffahrtsgesellschaft Zuckerbäcker lettergrepen omaatje
verantwoordelijkheid continuación publicación herausgegeben széljegyzet asszonnyal opplysninger
наблюдение международный διεθνής a ab abc Æsop ŒUVRE straße STRASSE l’homme I
"""


def sample_words(path, seed: int) -> list[str]:
    """Words of the language as its patterns know it: their letters, alone and joined."""
    encoding = path.read_bytes().split(b"\n", 1)[0].decode().strip()
    text = path.read_bytes().decode("cp1251" if encoding.lower() == "microsoft-cp1251" else encoding, "replace")  # fmt: skip
    r = random.Random(seed)
    lines = text.split("\n")[1:]
    chosen = r.sample(lines, min(len(lines), 300))
    letters = [re.sub(r"[\d.]", "", line.split("/")[0].strip()) for line in chosen]
    letters = [it for it in letters if it.isalpha()]
    joined = ["".join(r.sample(letters, 3)) for _ in range(80)] if len(letters) > 3 else []
    return [*letters[:100], *joined, *(word.upper() for word in joined[:20]), *TEXT.split()]


@pytest.mark.parametrize(("name", "path"), FILES, ids=[name for name, _ in FILES])
def test_positions_and_spellings_are_pyphens(name, path):
    lazy, whole = _LazyDictionary(path), pyphen.HyphDict(path)
    words = sample_words(path, len(name))
    for word in words:
        mine, theirs = lazy.positions(word), whole.positions(word)
        assert mine == theirs, word
        assert [it.data for it in mine] == [it.data for it in theirs], word
    assert any(whole.positions(word) for word in words)
    assert lazy.maxlen >= whole.maxlen


@pytest.mark.parametrize(
    ("language", "word", "parted"),
    [
        ("en", "convention", "con-ven-tion"),
        ("en-US", "typography", "ty-pog-ra-phy"),
        ("en-GB", "typography", "ty-po-graphy"),
        ("EN-us", "typography", "ty-pog-ra-phy"),
        ("fr", "typographie", "ty-po-gra-phie"),
        ("fr-CH", "typographie", "ty-po-gra-phie"),
        ("de", "Silbentrennung", "Sil-ben-tren-nung"),
        ("it", "tipografia", "ti-po-gra-fia"),
        ("ta", "சுதந்திரமாகவே", "சு-தந்-தி-ர-மா-க-வே"),
        ("ta", "உட்பொருளையும்", "உட்-பொ-ரு-ளை-யும்"),
        ("ta", "அக்ஷரம்", "அக்ஷ-ரம்"),
        ("ta", "ஃபோகஸ்", "ஃபோ-கஸ்"),
    ],
)
def test_words_part_as_dictionaries_print_them(language, word, parted):
    points = hyphenator(language).points(word)
    assert "-".join(word[a:b] for a, b in zip((0, *points), (*points, None), strict=True)) == parted


@pytest.mark.parametrize("language", [*sorted(MINIMA.keys() & pyphen.LANGUAGES.keys()), "hu", "ru"])
def test_the_languages_minima_are_kept(language):
    left, right = minima(language)
    patterns = Hyphenator(language)
    words = sample_words(pyphen.LANGUAGES[language], 1)
    assert any(patterns.points(word) for word in words)
    for word in words:
        assert all(left <= point <= len(word) - right for point in patterns.points(word))


def test_a_language_without_patterns_breaks_nothing():
    for tag in ("tlh", "zh-Hans", "x-private"):
        assert hyphenator(tag).points("typography") == ()


def test_a_change_of_spelling_is_left_out():
    """Hungarian `asszonnyal` parts as `asszony-nyal`: no line may end there with letters that are not in the text."""
    points = hyphenator("hu").dictionary.positions("asszonnyal")
    changed = {int(point) for point in points if point.data}
    assert changed
    assert not changed & set(hyphenator("hu").points("asszonnyal"))


def test_a_letter_that_is_two_in_small_does_not_shift_the_points():
    points = hyphenator("en").points("İnternationalization")
    assert points in ((), hyphenator("en").points("Internationalization"))


HYPH_UTF8 = """
    af 1 2, as 1 1, be 2 2, bg 2 2, ca 2 2, cs 2 3, da 2 2, de 2 2, el 1 1, en 2 3, eo 2 2, es 2 2, et 2 3, eu 2 2,
    fi 2 2, fr 2 3, gl 2 2, hr 2 2, hu 2 2, id 2 2, is 2 2, it 2 2, kn 1 1, lt 2 2, lv 2 2, mn 2 2, mr 1 1, nb 2 2,
    nl 2 2, nn 2 2, no 2 2, or 1 1, pa 1 1, pl 2 2, pt 2 3, ro 2 2, ru 2 2, sa 1 3, sk 2 3, sl 2 2, sr 2 2, sv 2 2,
    te 1 1, uk 2 2
"""
"""`hyphenmin` in languages.rb of hyph-utf8 (revision 00c92ad), and "typesetting" in its hyph-be.tex and hyph-sa.tex."""


def test_minima_are_those_of_the_source():
    for entry in HYPH_UTF8.split(","):
        language, left, right = entry.split()
        assert minima(language) == (int(left), int(right)), language


@pytest.mark.parametrize(
    "language", ["bg", "ca", "en", "es", "eu", "gl", "hr", "lt", "sl", "sq", "sr"]
)
def test_no_minimum_is_under_what_the_dictionary_itself_asks(language):
    """Dictionaries name theirs in lines that pyphen passes over."""
    text = pyphen.LANGUAGES[pyphen.language_fallback(language)].read_text("utf-8", "replace")
    asked = [re.search(rf"^{side}HYPHENMIN (\d)", text, re.MULTILINE) for side in ("LEFT", "RIGHT")]
    for found, own in zip(asked, minima(language), strict=True):
        assert found is None or own >= int(found[1])

"""The door to ICU, held to Unicode's own test files: every line of them, and each difference by its number."""

import itertools
import lzma
import unicodedata
from functools import cache
from pathlib import Path

import icu
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.setting.language import MINIMA, is_rtl, ties
from layout.setting.unicode import clusters, levels, line_breaks, script_runs, sharing, visual

DATA = Path(__file__).parent / "data"

MARKS = "\u0301\u05b4\u0e31\u093f\u200d\u20dd\ufe0f"
CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f"
LETTERS = "aé ,.-(\n)«»אبक្ខកไทย日カ한글𐤀𝒜😀🏽🇩🇪\U000e0100\ue000"
texts = st.text(st.sampled_from(LETTERS + MARKS + CONTROLS) | st.characters(), max_size=30)


def lines(name: str):
    """Numbers and texts of a file's lines, without comments."""
    with lzma.open(DATA / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            bare = line.partition("#")[0].strip()
            if bare:
                yield number, bare


def broken(line: str) -> tuple[str, list[int]]:
    """The text of a line of a break test, and where it is to be broken, its end included."""
    text, found = "", []
    for token in line.split():
        if token == "÷":
            found.append(len(text))
        elif token != "×":
            text += chr(int(token, 16))
    return text, [index for index in found if index]


# --- direction ---

ISOLATES = set(range(59, 63))
"""X6a: an override holds for the isolate that it surrounds, initiator and PDI too; ICU (ICU-23513) leaves it out."""
OVERRIDDEN_BRACKETS = set(range(65, 81))
"""BD14, BD15: an overridden bracket is none, wherever the override stands; ICU pairs it with one outside."""
MARKS_AFTER_BRACKETS = {*range(83, 89), 102, 108, 113}
"""N0: marks go with their bracket past a BN; ICU stops at it."""
TOO_DEEP = {120}
"""BD16: at 64 brackets open none is paired; ICU pairs them (ICU-23513)."""
ONE_WAY = {164}
"""A text of one direction has its paragraph's level throughout; the order is the same."""

BIDI_DIFFERS = ISOLATES | OVERRIDDEN_BRACKETS | MARKS_AFTER_BRACKETS | TOO_DEEP | ONE_WAY


def order_of(found: list[int], want: list[str]) -> list[int]:
    """The visual order without what rule X9 takes out."""
    kept = [index for index, level in enumerate(want) if level != "x"]
    return [kept[place] for place in visual([found[index] for index in kept])]


@cache
def bidi_results() -> tuple[int, frozenset[int], frozenset[int]]:
    """How many lines there are, and in which of them levels and in which the order differ."""
    count, of_levels, of_order = 0, set(), set()
    for number, line in lines("BidiCharacterTest-15.0.0"):
        codes, _, base, want, order = line.split(";")
        found = levels("".join([chr(int(code, 16)) for code in codes.split()]), int(base))
        expected = want.split()
        count += 1
        if len(found) != len(expected) or any(
            want != "x" and int(want) != level for want, level in zip(expected, found, strict=False)
        ):
            of_levels.add(number)
        if order_of(found, expected) != [int(index) for index in order.split()]:
            of_order.add(number)
    return count, frozenset(of_levels), frozenset(of_order)


@pytest.mark.slow
def test_levels_are_those_of_bidi_character_test():
    count, differing, _ = bidi_results()
    assert count == 91_707
    assert differing == BIDI_DIFFERS


@pytest.mark.slow
def test_visual_order_is_that_of_bidi_character_test():
    assert bidi_results()[2] == BIDI_DIFFERS - ONE_WAY


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("", 0, []),
        ("ab", 0, [0, 0]),
        ("ab", 1, [2, 2]),
        ("a אב 1", 0, [0, 0, 1, 1, 1, 2]),
        ("𐤀a", 0, [1, 0]),
        ("a\u202eb", 0, [0, 1, 1]),
    ],
)
def test_levels_of_small_texts(text, base, expected):
    assert levels(text, base) == expected


def test_visual_turns_nested_levels_over():
    assert visual([0, 1, 1, 2, 2, 1, 0]) == [0, 5, 3, 4, 2, 1, 6]


def test_an_open_override_does_not_reach_the_next_paragraph():
    assert levels("a\u202eb\u2067", 0)[-1] <= 1
    assert levels("ab", 0) == [0, 0]


@given(texts, st.sampled_from((0, 1)))
def test_every_character_has_a_level(text, base):
    assert len(levels(text, base)) == len(text)


@given(st.lists(st.integers(0, 126), max_size=40))
def test_visual_is_a_permutation(found):
    assert sorted(visual(found)) == list(range(len(found)))


# --- breaks and clusters ---


def test_lines_end_where_line_break_test_says():
    """All but the lines that Unicode 17 alone has so: hyphens before Hebrew, and maqaf as class HH (LB20a, LB21a)."""
    count, differing, tailored = 0, [], 0
    for _, line in lines("LineBreakTest-17.0.0"):
        text, expected = broken(line)
        ends = set(clusters(text))
        kept = [index for index in expected[:-1] if index in ends]
        tailored += kept != expected[:-1]
        count += 1
        if line_breaks(text, "en") != kept:
            differing.append(text)
    assert count == 19_338
    assert len(differing) == 24
    others = [text for text in differing if "\u05be" not in text]
    assert others == [
        "-\u05d0",
        "-\u0308\u05d0",
        "the Hebrew suffix \u200f -\u05d9",
        "Let \u05e9\u205f\u2254\u205f|\U0001d446|",
    ]


def test_the_only_tailoring_of_line_breaks_keeps_clusters_whole():
    assert line_breaks("a \u0301b c", "en") == [5]


def test_clusters_are_those_of_grapheme_break_test():
    """All but one: U+2701 is Extended_Pictographic in ICU's Unicode 16, and no longer in Unicode 17."""
    lines_of = [broken(line) for _, line in lines("GraphemeBreakTest-17.0.0")]
    assert len(lines_of) == 766
    assert [text for text, ends in lines_of if clusters(text) != ends] == ["\u2701\u200d\u2701"]


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("ภาษาไทยง่ายมาก", "th", ["ภาษา", "ไทย", "ง่าย", "มาก"]),
        ("ภาษาไทย", "th-TH", ["ภาษา", "ไทย"]),
        ("Die S-Bahn fährt", "de", ["Die ", "S-", "Bahn ", "fährt"]),
        ("日本語。", "ja", ["日", "本", "語。"]),
        ("キャッシュ", "ja", ["キャッ", "シュ"]),
        ("「你好」,他说", "zh-Hant", ["「你", "好」,", "他", "说"]),
        ("안녕 하세요", "ko", ["안", "녕 ", "하", "세", "요"]),
        ("𐤀 𐤁 x", "en", ["𐤀 ", "𐤁 ", "x"]),
        ("10\u202f% a\u00a0b", "fr", ["10\u202f% ", "a\u00a0b"]),
    ],
)
def test_lines_of_a_language(text, language, parts):
    edges = [0, *line_breaks(text, language), len(text)]
    assert [text[a:b] for a, b in itertools.pairwise(edges)] == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [("ភាសាខ្មែរពិរោះ", "km"), ("ພາສາລາວງ່າຍ", "lo"), ("မြန်မာဘာသာစကား", "my")],
)
def test_dictionaries_part_words_without_spaces(text, language):
    assert line_breaks(text, language)


def test_stacked_consonants_are_one_cluster():
    assert clusters("ខ្មែរ") == [4, 5]


@given(texts, st.sampled_from(("en", "ja", "th", "km", "zh-Hans", "xx", "")))
def test_breaks_are_inside_the_text_and_never_in_a_cluster(text, language):
    found = line_breaks(text, language)
    assert found == sorted(set(found))
    assert set(found) <= set(clusters(text)) - {len(text)}


@given(texts)
def test_clusters_part_the_text(text):
    ends = clusters(text)
    assert ends == sorted(set(ends))
    assert ends[-1:] == ([len(text)] if text else [])


def test_halves_of_surrogate_pairs_count_as_they_stand():
    assert len(levels("a\ud83d\ude00b", 0)) == 4
    assert clusters("\ud83d\ude00b") == [1, 2, 3]


# --- scripts ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" 12, ", [" 12, Zyyy"]),
        ("«Ab» c.", ["«Ab» c.Latn"]),
        ("Ab (שלום) c", ["Ab (Latn", "שלוםHebr", ") cLatn"]),
        ("(אב) a", ["(אב) Hebr", "aLatn"]),
        ("א\u0301 a", ["א\u0301 Hebr", "aLatn"]),
        ("a\u0951\u093f", ["a\u0951\u093fLatn"]),
        ("a ◌\u093f", ["a Latn", "◌\u093fDeva"]),
        ("日本のカナ", ["日本Hani", "のHira", "カナKana"]),
        ("क।𐤀 😀a", ["क।Deva", "𐤀 😀Phnx", "aLatn"]),
        ("a\ue000b", ["a\ue000bLatn"]),
    ],
)
def test_scripts_of_small_texts(text, expected):
    assert [text[a:b] + script for a, b, script in script_runs(text)] == expected


def test_a_sign_is_shared_by_scripts_that_of_the_language_first():
    assert sharing("\u0964", "hi")[0] == "Deva"
    assert sharing("\u0964", "bn")[0] == "Beng"
    assert {*sharing("\u0964", "en")} >= {"Beng", "Deva"}
    assert (sharing(".", "hi"), sharing("a", "hi")) == ((), ("Latn",))


@given(texts)
def test_script_runs_partition_the_text(text):
    runs = script_runs(text)
    assert "".join(text[a:b] for a, b, _ in runs) == text
    assert all(a < b for a, b, _ in runs)
    assert all(one[1] == two[0] and one[2] != two[2] for one, two in itertools.pairwise(runs))
    assert {a for a, _, _ in runs} <= {0, *clusters(text)}


@given(texts)
def test_no_script_run_begins_with_a_mark(text):
    for a, _, _ in script_runs(text)[1:]:
        assert unicodedata.category(text[a]) not in ("Mn", "Me") or (
            unicodedata.category(text[a - 1])[0] in "CZ"
        )


# --- languages ---


REGIONAL = [
    "ar",
    "az",
    "en",
    "fa",
    "ha",
    "he",
    "kk",
    "ku",
    "ky",
    "ms",
    "pa",
    "sd",
    "tg",
    "ug",
    "ur",
    "uz",
]


def likely_rtl(tag: str, scripts: frozenset[str]) -> bool:
    locale = icu.Locale(tag)
    locale.addLikelySubtags()
    return locale.getScript() in scripts


def test_languages_from_the_right_are_cldrs():
    codes = [icu.Script(code) for code in range(200)]
    scripts = frozenset(code.getShortName() for code in codes if code.isRightToLeft())
    assert {"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm"} <= scripts
    wrong = [tag for tag in icu.Locale.getISOLanguages() if is_rtl(tag) != likely_rtl(tag, scripts)]
    assert wrong == []
    regional = [
        f"{tag}-{region}"
        for tag in REGIONAL
        for region in icu.Locale.getISOCountries()
        if is_rtl(f"{tag}-{region}") != likely_rtl(f"{tag}_{region}", scripts)
    ]
    assert regional == []
    assert [s for s in scripts if not is_rtl(f"en-{s}")] == []


def test_a_script_in_the_tag_outweighs_the_language():
    assert is_rtl("pa-Arab-PK")
    assert is_rtl("az_Arab")
    assert not is_rtl("ar-Latn")
    assert not is_rtl("en-x-arab")


def test_every_language_of_pyphen_has_minima():
    pyphen = pytest.importorskip("pyphen")
    assert {name.partition("_")[0] for name in pyphen.LANGUAGES} <= set(MINIMA)


@pytest.mark.parametrize(
    ("language", "text", "tied"),
    [
        ("fr", "« Quoi ? » dit : 5 %", "«_Quoi_?_» dit_: 5_%"),
        ("fr-CH", "ici ; là !", "ici_; là_!"),
        ("de", "z. B. in S. 5, Nr. 5, § 5", "z._B. in S._5, Nr._5, §_5"),
        ("de-AT", "d. h. Haus. 5 Tage u. a.", "d._h. Haus. 5 Tage u._a."),
        ("pl", "w domu i z psem, A to", "w_domu i_z_psem, A_to"),
        ("cs", "k domu v lese", "k_domu v_lese"),
        ("uk", "Він — і я в хаті", "Він_— і_я в_хаті"),
    ],
)
def test_spaces_that_end_no_line(language, text, tied):
    pattern = ties(language)
    assert pattern is not None
    assert pattern.sub("_", text) == tied


def test_english_ties_nothing():
    assert ties("en-GB") is None

"""Words as glyphs against a HarfBuzz buffer of our own, and each glyph's characters against the word."""

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st
from setting_samples import SHY, focus, look

from layout.ground.problems import Place
from layout.house.faces import Face, open_face
from layout.setting.shaping import MissingGlyph, Shaper

SERIF = open_face(focus().fonts["text"].regular, Place("test"))
SANS = open_face(focus().fonts["sans"].regular, Place("test"))

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZàéîõüßœæñçŁ’-.,;:!?0123456789"


def oracle(face: Face, text: str, features: tuple[str, ...] = ()) -> tuple[list[int], list[float]]:
    """Glyphs and advances in thousandths of an em, from a font of its own."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(face.path)))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = "en"
    hb.shape(font, buffer, dict.fromkeys(features, True))
    advances = [position.x_advance * 1000 / font.face.upem for position in buffer.glyph_positions]
    return [info.codepoint for info in buffer.glyph_infos], advances


@pytest.mark.parametrize("word", ["AVATAR", "To", "Wolf", "office", "affluent", "find", "flow", "fjord", "convention.", "x"])  # fmt: skip
def test_glyphs_and_advances_are_harfbuzzs(word):
    shaped = Shaper(SERIF, (), "en").shape(word)
    glyphs, advances = oracle(SERIF, word)
    assert [glyph for glyph, _ in shaped.pairs] == glyphs
    assert shaped.width == pytest.approx(sum(advances))
    own = [SERIF.advance(glyph) - kern for glyph, kern in zip(glyphs, shaped.kerns, strict=True)]
    assert own == pytest.approx(advances)


def test_kerns_are_not_nothing():
    """The test above would pass with a face that has no kerns."""
    shaped = Shaper(SERIF, (), "en").shape("AVATAR")
    assert max(shaped.kerns) > 20
    assert shaped.width < sum(SERIF.advance(glyph) for glyph, _ in shaped.pairs) - 100


@pytest.mark.parametrize(
    ("word", "texts"),
    [
        ("fi", ["fi"]),
        ("office", ["o", "ffi", "c", "e"]),
        ("affluent", ["a", "ffl", "u", "e", "n", "t"]),
        ("off", ["o", "ff"]),
        ("e\u0301te", ["e\u0301", "t", "e"]),
        ("x\u0301y", ["x", "\u0301", "y"]),
    ],
)
def test_a_glyph_stands_for_all_its_characters(word, texts):
    shaped = Shaper(SERIF, (), "en").shape(word)
    assert [text for _, text in shaped.pairs] == texts


@pytest.mark.parametrize("face", [SERIF, SANS], ids=["serif", "sans"])
@given(st.text(LETTERS + "\u0301\u0308\u200b\u00ad\u202f", min_size=1, max_size=30))
def test_the_texts_of_glyphs_join_to_the_word(face, word):
    for capitals in (False, True):
        shaped = Shaper(face, ("onum",), "en", capitals).shape(word)
        assert shaped.text == word
        assert "".join(text for _, text in shaped.pairs) == word
        assert len(shaped.pairs) == len(shaped.kerns)
        assert shaped.shifts is None or len(shaped.shifts) == len(shaped.pairs)


def test_small_capitals_are_other_glyphs_for_the_same_letters():
    plain, small = Shaper(SERIF, (), "en").shape("ann"), Shaper(SERIF, ("smcp",), "en").shape("ann")
    assert [t for _, t in plain.pairs] == [t for _, t in small.pairs] == ["a", "n", "n"]
    assert {g for g, _ in plain.pairs}.isdisjoint({g for g, _ in small.pairs})
    assert [g for g, _ in small.pairs] == oracle(SERIF, "ann", ("smcp",))[0]


def test_capitals_are_shown_and_the_text_stays_as_written():
    shaped = Shaper(SANS, (), "de", capitals=True).shape("Straße")
    assert [glyph for glyph, _ in shaped.pairs] == oracle(SANS, "STRASSE")[0]
    assert [text for _, text in shaped.pairs] == ["S", "t", "r", "a", "ß", "", "e"]
    assert shaped.text == "Straße"


@pytest.mark.parametrize(
    ("word", "small"),
    [("NGOs", "NGO"), ("UNESCO-Kommission", "UNESCO"), ("RFC2119", "RFC2119"), ("UN", ""), ("Geneva", "")],
)  # fmt: skip
def test_acronyms_are_the_faces_small_capitals(word, small):
    shaped = Shaper(SERIF, (), "en", small=(3, 0.0)).shape(word)
    plain = Shaper(SERIF, (), "en").shape(word)
    changed = "".join(a[1] for a, b in zip(shaped.pairs, plain.pairs) if a[0] != b[0])
    assert changed == small.replace("-", "")
    assert "".join(text for _, text in shaped.pairs) == shaped.text == word
    glyphs = [g for g, _ in shaped.pairs[: len(small)]]
    assert not small or glyphs == oracle(SERIF, small, ("c2sc",))[0]


def test_letters_of_an_acronym_are_spaced_and_what_follows_is_not():
    tight, loose = (Shaper(SERIF, (), "en", small=(3, it)).shape("NGOs,") for it in (0.0, 0.05))
    assert loose.width == pytest.approx(tight.width + 2 * 50)
    added = [a - b for a, b in zip(tight.kerns, loose.kerns)]
    assert added == pytest.approx([50, 50, 0, 0, 0])


def test_a_feature_with_a_minus_is_off():
    assert Shaper(SERIF, ("onum", "-liga"), "en").features == {"onum": True, "liga": False}
    assert len(Shaper(SERIF, ("-liga",), "en").shape("ffi").pairs) == 3


def test_a_parted_word_ends_in_a_hyphen_that_stands_for_a_soft_one():
    shaper = Shaper(SERIF, (), "en")
    shaped = shaper.hyphenated("con")
    assert shaped.text == "con" + SHY
    assert shaped.pairs[-1] == (oracle(SERIF, "\u2010")[0][0], SHY)
    assert shaped.width == pytest.approx(sum(oracle(SERIF, "con\u2010")[1]))
    assert Shaper(SANS, (), "de", capitals=True).hyphenated("Maß").pairs[-1][1] == SHY


def test_a_word_is_shaped_once():
    shaper = Shaper(SERIF, (), "en")
    assert shaper.shape("once") is shaper.shape("once")
    assert shaper.hyphenated("once") is shaper.hyphenated("once")


def test_only_spaces_that_stretch_are_spaces():
    shaper = Shaper(SERIF, (), "en")
    assert [shaper.shape(it).is_space for it in (" ", "\u00a0", "\u202f", "a", "\u200b")] == [True, True, False, False, False]  # fmt: skip
    assert 0 < shaper.shape("\u202f").width < shaper.shape(" ").width
    assert shaper.shape("\u200b").width == shaper.shape(SHY).width == 0


@pytest.mark.parametrize("word", ["漢", "ab😀c", "Straße漢"])
@pytest.mark.parametrize("capitals", [False, True])
def test_a_missing_glyph_names_its_character_and_its_face(word, capitals):
    with pytest.raises(MissingGlyph) as missing:
        Shaper(SANS, (), "en", capitals).shape(word)
    assert missing.value.character in "漢😀" and missing.value.character in word
    assert missing.value.face is SANS
    assert "SourceSans3-Regular.ttf" in str(missing.value)


def test_a_look_counts_size_and_tracking():
    speaker = look("speaker")
    style = focus().styles["speaker"]
    assert speaker.tracking == pytest.approx(style.tracking * style.size)
    width = speaker.shaper.shape("ann").width
    assert speaker.measure("ann") == pytest.approx(width * style.size / 1000 + 3 * speaker.tracking)
    assert speaker.space == pytest.approx(speaker.measure(" "))

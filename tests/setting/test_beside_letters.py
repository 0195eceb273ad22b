"""What stands beside letters that the text's own face lacks: figures, emphasis and capitals."""

import os

import pytest

from layout.ground.problems import Place
from layout.house.brands import read_brand
from layout.manuscript.text import Span
from layout.setting.hyphens import hyphenator
from layout.setting.looks import Looks
from layout.setting.marks import Run
from layout.setting.paragraph import Setter

BRAND = read_brand(None, "", Place("")).brand

BESIDE = {
    "th": "\u0e1e.\u0e28.",
    "am": "\u1260",
    "hy": "\u0587",
    "ka": "\u10d3\u10d0",
}
"""Letters of scripts whose faces with serifs have no figures, by language."""


def runs(text, language, style="text", **span):
    setter = Setter(Looks(BRAND, language), hyphenator)
    (line,) = setter.set_spans([Span(text, **span)], style, 4000.0, 0)
    return [mark for mark in line.marks if isinstance(mark, Run)]


def file_of(run):
    return os.path.basename(run.face.path)


@pytest.mark.parametrize("style", ["text", "standfirst"])
@pytest.mark.parametrize("language", BESIDE)
def test_figures_that_a_serif_lacks_are_the_texts_own_and_upright(language, style):
    found = runs(f"{BESIDE[language]} 1948", language, style)
    assert "1948" in found[-1].text
    assert file_of(found[-1]).startswith("SourceSerif4") and "It" not in file_of(found[-1])


@pytest.mark.parametrize(("language", "lining"), [("th", True), ("hy", False)])
def test_beside_letters_of_one_height_they_are_lining(language, lining):
    figure = runs(f"{BESIDE[language]} 9", language)[-1]
    glyph = figure.pieces[-1].pairs[-1][0]
    plain = figure.face.font.get_nominal_glyph(ord("9"))
    assert (glyph == plain) is lining


def test_figures_that_a_serif_has_are_its_own():
    assert file_of(runs("\u0939\u093f 1948", "hi")[-1]).startswith("NotoSerifDevanagari")


def test_emphasis_is_heavier_where_a_script_has_no_italics():
    plain, heavy = runs("\u0639\u0627\u0645", "ar"), runs("\u0639\u0627\u0645", "ar", emphasis=True)
    assert file_of(plain[0]) == "NotoNaskhArabic-Regular.ttf"
    assert file_of(heavy[0]) == "NotoNaskhArabic-SemiBold.ttf"


def test_emphasis_in_italic_text_is_so_as_well_and_italic_text_itself_is_not():
    word = "\u0939\u093f"
    assert file_of(runs(word, "hi", "standfirst")[0]) == "NotoSerifDevanagari-Regular.ttf"
    assert file_of(runs(word, "hi", "standfirst", emphasis=True)[0]) == "NotoSerifDevanagari-SemiBold.ttf"  # fmt: skip


def shapes(found):
    return [glyph for run in found for piece in run.pieces for glyph, _ in piece.pairs]


@pytest.mark.parametrize(
    ("language", "typed", "capitals"),
    [
        ("el", "\u0386\u03c1\u03b8\u03c1\u03bf \u03bc\u03ac\u03b9\u03bf\u03c2", "\u0391\u03a1\u0398\u03a1\u039f \u039c\u0391\u03aa\u039f\u03a3"),
        ("tr", "istanbul \u0131hlamur", "\u0130STANBUL IHLAMUR"),
        ("hy", "\u0587 \u0574\u0565\u0580", "\u0535\u054e \u0544\u0535\u0550"),
        ("ru", "\u043f\u0440\u0430\u0432\u0430", "\u041f\u0420\u0410\u0412\u0410"),
    ],
)  # fmt: skip
def test_capitals_are_those_of_the_language_and_the_text_stays_as_typed(language, typed, capitals):
    found = runs(typed, language, "kicker")
    assert "".join(run.text for run in found) == typed
    assert shapes(found) == shapes(runs(capitals, language, "kicker"))


def test_georgian_has_none():
    word = "\u10e3\u10e4\u10da\u10d4\u10d1\u10d0"
    (run,) = runs(word, "ka", "kicker")
    assert shapes([run]) == [run.face.font.get_nominal_glyph(ord(letter)) for letter in word]

"""Other scripts inside a text: set in faces that go with it, to be read back, and true to what the file claims."""

import os
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import uharfbuzz as hb

from layout.desk.cli import main
from layout.ground.problems import Place
from layout.house.brands import read_brand
from layout.house.companions import chain
from layout.house.faces import open_face
from layout.manuscript.text import Span
from layout.setting.looks import Looks
from layout.setting.shaping import Shaper
from layout.setting.words import words_of

SAMPLE = Path(__file__).parent / "samples" / "six-scripts.yaml"

WORDS = {
    "Deva": "अधिकारों", "Beng": "স্বাধীনভাবে", "Taml": "சுதந்திரமாகவே", "Thai": "กัน", "Geor": "ადამიანი", "Ethi": "ሲወለድ",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("languages") / "six.pdf")
    assert main(["build", str(SAMPLE), "-o", path, "--quiet"]) == 0
    return path


def words(text, language="en"):
    looks = Looks(read_brand(None, "", Place("")).brand, language)
    return words_of([Span(text)], "text", 0, looks)


@pytest.mark.parametrize("script", WORDS)
def test_a_word_is_shaped_as_harfbuzz_shapes_it(script):
    face = open_face(chain(script, "en", "serif", "regular")[0], Place(""))
    buffer = hb.Buffer()
    buffer.add_str(WORDS[script])
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    shaped = Shaper(face, (), "en").shape(WORDS[script])
    assert [glyph for glyph, _ in shaped.pairs] == [it.codepoint for it in buffer.glyph_infos]
    assert "".join([text for _, text in shaped.pairs]) == WORDS[script]


@pytest.mark.parametrize("script", WORDS)
def test_a_word_beside_latin_is_in_the_face_of_its_script_and_a_latin_one_in_its_own(script):
    first, second, *_ = words(f"word {WORDS[script]}")
    assert first[0].look.script == "" and second[0].look.script == script
    assert second[0].look.size < first[0].look.size


@pytest.mark.parametrize(("language", "script"), [("hi", "Deva"), ("bn", "Beng")])
def test_a_full_stop_after_a_latin_word_is_in_the_face_of_the_language(language, script):
    ((word, stop),) = words("Focus।", language)
    assert (word.text, stop.text, stop.look.script) == ("Focus", "।", script)


def test_a_mark_never_leaves_its_base():
    """The text's face has the letter and not the mark: both are in one atom."""
    ((atom,),) = words("क\u0301")
    assert atom.text == "क\u0301"


def test_thai_may_end_lines_between_words_that_no_space_parts():
    assert "|".join([word[0].text for word in words("ภาษาไทยสวยงาม", "th")]) == "ภาษา|ไทย|สวยงาม"
    assert [word[0].tight for word in words("ภาษาไทยสวยงาม", "th")] == [False, True, True]


def test_emoji_stand_in_one_colour_beside_text():
    ((_,), (emoji,)) = words("Fine \U0001f600")
    assert os.path.basename(emoji.look.face.path) == "NotoEmoji-Regular.ttf"


@pytest.mark.parametrize("text", ["a\u202eb", "a\u2067b \u2066c"])
def test_directions_left_open_are_no_text_and_move_nothing(text):
    assert "".join([atom.text for word in words(text) for atom in word]) == text.replace(" ", "")


def test_every_word_is_read_back(made, tool):
    for said in (
        tool("pdftotext", "-raw", made, "-"),
        tool("pdfinfo", "-struct-text", made),
        pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range(),
    ):
        for script in ("Deva", "Beng", "Geor"):
            assert WORDS[script] in said, script


def test_simple_scripts_are_read_back_by_what_knows_no_tags(made):
    said = pypdf.PdfReader(made).pages[0].extract_text()
    assert WORDS["Geor"] in said and WORDS["Ethi"] in said


def test_preflight_finds_nothing(made):
    assert main(["preflight", made, "--quiet"]) == 0


def test_a_running_head_is_cut_where_it_is_too_long_in_any_script(tmp_path):
    """Two pages, with a title wider than their heads."""
    title, text = "सभी मनुष्यों को " * 12, "जन्मजात स्वतन्त्रता और समानता प्राप्त है। " * 300
    source = tmp_path / "long.yaml"
    source.write_text(
        f"format: 1\ntitle: {title}\nlanguage: hi\ninterview:\n- {{question: Q, answer: {text}}}\n"
    )
    assert main(["build", str(source), "-o", str(tmp_path / "long.pdf"), "--quiet"]) == 0
    pages = pypdf.PdfReader(tmp_path / "long.pdf").pages
    assert len(pages) > 1 and "\u2026" in pages[1].extract_text()


def test_a_mark_on_a_space_stays_and_a_line_may_end_before_it():
    said = ["".join([atom.text for atom in word]) for word in words("न \u0301a")]
    assert said == ["न", "\u0301a"]

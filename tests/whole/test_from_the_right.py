"""Text from the right in a file: in the order of reading for what reads tags or places; what fails is said."""

import re

import pypdf
import pypdfium2
import pytest
from reprints import source

from layout.desk.cli import main

HEBREW = "\u05db\u05dc \u05d1\u05e0\u05d9 \u05d0\u05d3\u05dd \u05e0\u05d5\u05dc\u05d3\u05d5 \u05d1\u05e0\u05d9 \u05d7\u05d5\u05e8\u05d9\u05df"
POINTED = "\u05d1\u05bc\u05b0\u05e8\u05b5\u05d0\u05e9\u05c1\u05b4\u05d9\u05ea \u05d1\u05bc\u05b8\u05e8\u05b8\u05d0"
ARABIC = "\u064a\u0648\u0644\u062f \u062c\u0645\u064a\u0639 \u0627\u0644\u0646\u0627\u0633 \u0623\u062d\u0631\u0627\u0631\u0627\u064b"
VOWELLED = "\u0643\u064e\u062a\u064e\u0628\u064e \u062a\u064f\u063a\u0651\u0631\u0651\u062f \u0644\u0627 \u0627\u0644\u0623\u0644\u063a\u0627\u0645"
URDU = "\u062a\u0645\u0627\u0645 \u0627\u0646\u0633\u0627\u0646 \u0622\u0632\u0627\u062f \u067e\u06cc\u062f\u0627 \u06c1\u0648\u0626\u06d2 \u06c1\u06cc\u06ba"
TEXTS = {
    "he": f"{HEBREW}. {POINTED}!",
    "ar": f"{ARABIC}\u060c {VOWELLED}\u061f",
    "ur": f"{URDU}\u06d4",
    "fa": "\u0645\u06cc\u200c\u062f\u0627\u0646\u0645 \u06f1\u06f2\u06f3",
}
CONTROLS = re.compile("[\u202a-\u202c]")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("right")
    found = {}

    def file(language, text, **keys):
        key = (language, text)
        if key not in found:
            here = folder / str(len(found))
            entry = [{"question": "Q", "answer": text}]
            path = source(here, language=language, interview=entry, **keys)
            found[key] = str(here / "made.pdf")
            assert main(["build", str(path), "-o", found[key], "--quiet"]) == 0
        return found[key]

    return file


def read(tool, reader, path):
    if reader == "pdftotext":
        return CONTROLS.sub("", tool("pdftotext", path, "-"))
    if reader == "struct":
        return "".join(re.findall(r'"(.*)"$', tool("pdfinfo", "-struct-text", path), re.MULTILINE))
    if reader == "mutool":
        return tool("mutool", "draw", "-q", "-F", "txt", path)
    if reader == "pypdf":
        return pypdf.PdfReader(path).pages[0].extract_text()
    return pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("reader", ["pdftotext", "struct", "mutool"])
@pytest.mark.parametrize("language", TEXTS)
def test_words_letters_and_marks_are_read_in_order(language, reader, files, tool):
    said = " ".join(read(tool, reader, files(language, TEXTS[language])).split())
    for word in TEXTS[language].rstrip(".!?\u061f\u06d4").split():
        assert word.rstrip(".\u060c") in said
    if reader != "pdftotext":
        assert TEXTS[language] in said


@pytest.mark.parametrize("reader", ["pypdf", "pypdfium2"])
def test_these_take_letters_for_painted_from_the_left(reader, files, tool):
    """What docs/languages.md owns up to: when one of them learns better, this test says so."""
    said = read(tool, reader, files("he", TEXTS["he"]))
    assert HEBREW not in said
    assert HEBREW.split()[2][::-1] in said


def test_pypdf_reads_it_once_its_guess_is_off(files, monkeypatch, tool):
    from pypdf import _text_extraction

    monkeypatch.setattr(_text_extraction, "is_char_rtl", lambda *_: False)
    assert HEBREW in read(tool, "pypdf", files("he", TEXTS["he"]))


@pytest.mark.parametrize("reader", ["struct", "mutool"])
def test_latin_and_figures_stand_where_they_are_read(reader, files, tool):
    """Without the spaces: mutool begins a line where the direction changes."""
    text = f"{HEBREW} @dana (2014) Focus 12.5, {HEBREW}"
    assert "".join(text.split()) in "".join(read(tool, reader, files("he", text)).split())


def test_a_name_from_the_right_inside_english(files, tool):
    text = f"It was {HEBREW}, as she said in 2014"
    for reader in ("struct", "mutool"):
        said = read(tool, reader, files("en", text))
        assert "".join(text.split()) in "".join(said.split())


@pytest.mark.parametrize("control", ["\u202e", "\u2067", "\u202b", "\u2068"])
def test_what_is_left_open_moves_no_furniture(control, tmp_path):
    def places(name):
        keys = {
            "title": f"{HEBREW}{name}",
            "accounts": {"entries": [{"handle": "@dana", "name": f"Dana {name}"}]},
            "disclaimer": f"All rights{name} kept",
        }
        path = source(tmp_path / str(len(name)), **keys)
        out = str(tmp_path / f"{len(name)}.pdf")
        assert main(["build", str(path), "-o", out, "--quiet"]) == 0
        page = pypdf.PdfReader(out).pages[0]
        found = []
        page.extract_text(
            visitor_text=lambda text, _, matrix, *__: (
                found.append((text.strip(), round(matrix[4]), round(matrix[5])))
                if text.strip() in ("1", "Focus")
                else None
            )
        )
        return found

    assert places("") == places(control)


def test_a_file_from_the_right_says_so(files):
    catalogue = pypdf.PdfReader(files("ar", TEXTS["ar"])).trailer["/Root"]
    assert catalogue["/ViewerPreferences"]["/Direction"] == "/R2L"
    document = catalogue["/StructTreeRoot"]["/K"]
    document = (document[0] if isinstance(document, list) else document).get_object()
    attributes = document["/A"].get_object()
    assert (attributes["/O"], attributes["/WritingMode"]) == ("/Layout", "/RlTb")

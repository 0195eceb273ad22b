"""What other programs read of scripts whose letters take several glyphs: the text itself, to the character."""

import re
import shutil
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops
from reprints import source

from layout.desk.cli import main
from layout.house.companions import chain
from layout.plates import composites
from layout.plates.fonts import PaintedFont
from scripts.conformance import DIGITAL, JAR, sound, validate

TEXTS = {
    "Deva": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है। क्षत्रिय श्री किं र्क्ति",
    "Beng": "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। তাঁদের কো কৌ",
    "Taml": "மனிதப் பிறவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர் கொ கோ கௌ க்ஷ ஸ்ரீ",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ น้ำ ที่ ปู่ ญู",
    "Khmr": "មនុស្សទាំងអស់កើតមកមានសេរីភាពនិងសមភាព ខ្ញុំ ស្ត្រី ក្រោម",
    "Zsye": "A 👩‍👩‍👧 b 👍🏽 c ❤️ d 🏳️‍🌈 e 🇫🇮 f 🧑🏿‍🚀 g",
    "Latn": "Letters such as b̂ and x̄̃ or ɛ̃ have marks that no font draws as one",
}  # fmt: skip
"""By script; the emoji are of several characters each, and the Latin letters those that no font has."""

RIGHT = {
    "he": "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ",
    "ar": "كُتِبَ الكِتَابُ السَّلَام عليكم پاکستان لا شلالا",
}  # fmt: skip
"""By language; with points and vowels, and alef after lam."""

RIGID = "justification: {tracking: 0, most_tracking: 0}\n"
"""Lines whose letters stand as the face has them: marks painted one by one would take letterspace."""


def said_by(tool):
    """Of each program that reads files what it reads of one."""
    return {
        "pdftotext": lambda path: tool("pdftotext", "-raw", path, "-"),
        "struct": lambda path: tool("pdfinfo", "-struct-text", path),
        "mutool": lambda path: tool("mutool", "draw", "-q", "-F", "txt", path),
        "pypdf": lambda path: "\n".join([it.extract_text() for it in pypdf.PdfReader(path).pages]),
        "pypdfium2": lambda path: "\n".join([it.get_textpage().get_text_range() for it in pypdfium2.PdfDocument(path)]),
    }  # fmt: skip


READERS = ("pdftotext", "struct", "mutool", "pypdf", "pypdfium2")


def of_script(script):
    if script != "Latn" and not chain(script, "en", "serif", "regular"):
        pytest.skip(f"no font of the script {script} is installed")
    return TEXTS[script]


def made(folder, text, brand="", **keys):
    folder.mkdir(exist_ok=True)
    (folder / "brand.yaml").write_text(f"name: Own\n{brand}")
    path = source(
        folder, brand="./brand.yaml", interview=[{"question": "Q", "answer": text}], **keys
    )
    assert main(["build", str(path), "-o", str(folder / "made.pdf"), "--quiet", "--force"]) == 0
    return str(folder / "made.pdf")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exact")
    found = {}

    def file(script):
        if script not in found:
            found[script] = made(folder / script, of_script(script))
        return found[script]

    return file


def as_read(said):
    """A text without what a program puts between lines; `-struct-text` sets each line in quotes."""
    return "".join(re.sub(r'"\n +"', "", said).split())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("script", TEXTS)
def test_a_text_is_read_to_the_character_in_its_order(script, reader, files, tool):
    """Words, and lines one after the other; nothing is normalised."""
    said = said_by(tool)[reader](files(script))
    assert "\u00ad" not in said
    for word in TEXTS[script].split():
        assert word in as_read(said)
    if script not in ("Thai", "Khmr"):  # whose lines end where no space is
        first = " ".join(TEXTS[script].split()[:4])
        assert first in " ".join(said.split())
    assert "".join(TEXTS[script].split()) in as_read(said)


@pytest.fixture(scope="module")
def from_the_right(tmp_path_factory):
    folder = tmp_path_factory.mktemp("right")
    return {key: made(folder / key, RIGHT[key], language=key) for key in RIGHT}


@pytest.mark.parametrize("language", RIGHT)
@pytest.mark.parametrize("reader", ["pdftotext", "struct", "mutool", "pypdf"])
def test_a_text_from_the_right_is_read_to_the_character(reader, language, from_the_right, tool, monkeypatch):  # fmt: skip
    """With points and vowels; pypdf with its guess switched off, pdftotext without the signs that it adds."""
    monkeypatch.setattr("pypdf._text_extraction.is_char_rtl", lambda *_: False)
    path = from_the_right[language]
    said = tool("pdftotext", path, "-") if reader == "pdftotext" else said_by(tool)[reader](path)
    assert RIGHT[language] in re.sub("[\u202a-\u202c]", "", said)


@pytest.mark.parametrize("language", RIGHT)
def test_what_other_programs_turn_round(language, from_the_right):
    """As they are: pypdf and pypdfium2 give each line backwards; pypdfium2 orders the marks of a letter anew."""
    path = from_the_right[language]
    assert RIGHT[language][::-1] in pypdf.PdfReader(path).pages[0].extract_text()
    page = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    said = next(line for line in page.splitlines() if len(line) > 20)
    assert sorted(said) == sorted(RIGHT[language])
    letters = "".join([it for it in said if it.isalpha() or it == " "])
    assert letters[::-1] == "".join([it for it in RIGHT[language] if it.isalpha() or it == " "])


def test_no_word_needs_another_text_than_its_glyphs(files):
    contents = pypdf.PdfReader(files("Deva")).pages[0].get_contents().get_data()
    assert b"ActualText" not in contents and b" Ts" not in contents


@pytest.mark.parametrize("reader", ["mutool", "pypdf"])
def test_painted_glyph_by_glyph_it_would_not_be_read(reader, monkeypatch, tmp_path, tool):
    """The control: U+00AD stands in words for readers that know no tags."""
    monkeypatch.setattr(PaintedFont, "joined", glyph_by_glyph)
    assert "\u00ad" in said_by(tool)[reader](made(tmp_path, TEXTS["Deva"]))


def glyph_by_glyph(painted, piece, leftward=False):
    return piece.pairs, piece.kerns, piece.shifts


def inked(path, tool):
    """The text of a page at 200 dots an inch: drawn four times as fine, since each glyph is put on a quarter of a dot."""
    part = ("-x", 400, "-y", 1760, "-W", 3000, "-H", 400)
    tool("pdftoppm", "-r", 800, *part, "-gray", "-singlefile", "-png", path, path)
    return Image.open(f"{path}.png").convert("L").reduce(4)


def differing(one, two):
    """How many dots are a quarter of black lighter or darker, and how much all are together."""
    counts = ImageChops.difference(one, two).histogram()
    return sum(counts[64:]), sum(grey * count for grey, count in enumerate(counts))


@pytest.mark.parametrize("script", [script for script in TEXTS if script != "Zsye"])
def test_a_page_looks_as_if_each_glyph_were_painted(script, monkeypatch, tmp_path, tool):
    """But for the rounding of places: parts off theirs by a hundredth of an em would differ three times as much."""
    text = of_script(script)
    whole = inked(made(tmp_path / "whole", text, RIGID), tool)
    with monkeypatch.context() as patch:
        patch.setattr(PaintedFont, "joined", glyph_by_glyph)
        apart = inked(made(tmp_path / "apart", text, RIGID), tool)
    real = composites.letter_of

    def moved(*arguments):
        glyph, reach = real(*arguments)
        return glyph if isinstance(glyph, int) else tuple(
            [(g, x, y + 10) for g, x, y in glyph]
        ), reach

    with monkeypatch.context() as patch:
        patch.setattr(composites, "letter_of", moved)
        off = inked(made(tmp_path / "off", text, RIGID), tool)
    many, all_together = differing(whole, apart)
    assert many == 0 and 3 * all_together < differing(whole, off)[1]


def test_letterspace_is_never_inside_a_letter(tmp_path):
    """Tc goes after each code: as many codes as graphemes in a line of a tracked text."""
    from layout.setting.unicode import clusters

    text = "किं गौरव श्री"
    path = made(tmp_path, text)
    codes = sum([len(clusters(word)) for word in (*text.split(), " ", " ")])
    fonts = pypdf.PdfReader(path).pages[0]["/Resources"]["/Font"]
    content = pypdf.PdfReader(path).pages[0].get_contents().get_data().decode()
    name = next(key for key, font in fonts.items() if "Devanagari" in font["/BaseFont"])
    shown = re.findall(re.escape(name) + r" [\d.]+ Tf[^\[]*\[([^\]]*)\]", content)
    assert sum(len(code) // 4 for line in shown for code in re.findall("<([0-9A-F]+)>", line)) == codes  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("flavour", DIGITAL)
def test_pages_of_such_letters_conform(flavour, files, from_the_right):
    if not shutil.which("java") or not JAR.exists() or not sound(JAR):
        pytest.skip("veraPDF is not in .cache, or java not installed: make conformance fetches it")
    paths = [*from_the_right.values()]
    paths += [files(script) for script in ("Deva", "Beng", "Taml", "Thai", "Zsye", "Latn")]
    found = validate(JAR, flavour, [Path(path) for path in paths])
    assert {path: failures for path, failures in found.items() if failures} == {}
    assert len(found) == len(paths)

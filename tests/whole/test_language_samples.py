"""The sample in each language: built, read back, broken, shaped and ordered as Unicode, ICU and HarfBuzz have it."""

import re
import shutil
import unicodedata
from itertools import accumulate
from pathlib import Path

import icu
import pytest
import uharfbuzz as hb
from reprints import ROOT, reprint, role, runs, source

from bench.fidelity import READERS
from layout.desk.cli import main
from layout.makeup.proof import texts_of
from layout.manuscript.reader import read_interview
from layout.setting.marks import Link, Run
from scripts.conformance import DIGITAL, JAR, sound, validate

FOLDER = ROOT / "sources" / "languages"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FROM_THE_RIGHT = ("ar", "fa", "he", "ur")
SCRIPTS = {
    "am": "Ethi", "ar": "Arab", "bn": "Beng", "el": "Grek", "fa": "Arab", "he": "Hebr", "hi": "Deva", "hy": "Armn",
    "ka": "Geor", "ru": "Cyrl", "ta": "Taml", "th": "Thai", "ur": "Arab",
}  # fmt: skip

TOKENS = re.compile(r"@\w+|https?://\S+")
"""What is typed as it stands in the samples: the bidirectional algorithm is to take each as a whole."""

CONTROLS = re.compile("[\u202a-\u202c]")
"""Written by pdftotext round what it takes for runs of the other direction."""


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """All samples as PDFs, in one folder."""
    folder = tmp_path_factory.mktemp("samples")
    paths = [str(FOLDER / f"{name}.yaml") for name in NAMES]
    assert main(["build", *paths, "-o", str(folder), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="module")
def sample():
    made = {}

    def get(name):
        if name not in made:
            made[name] = reprint(FOLDER / f"{name}.yaml")
        return made[name]

    return get


def lines_of(made):
    """Each paragraph of the columns as the runs of its lines, in the order of reading."""
    for block in made.galley.blocks:
        lines = [[mark for mark in line if isinstance(mark, Run)] for line in block.lines]
        if any(lines):
            yield lines


def text_of(line):
    return "".join([run.text for run in line])


def test_there_are_twelve_languages_and_more():
    assert len(NAMES) >= 12 and set(SCRIPTS) <= set(NAMES)
    assert len(set(SCRIPTS.values())) >= 11


def test_they_build_without_a_word_to_the_same_bytes(files, tmp_path, capfd):
    paths = [str(FOLDER / f"{name}.yaml") for name in NAMES]
    assert main(["build", *paths, "-o", str(tmp_path), "--quiet"]) == 0
    assert capfd.readouterr() == ("", "")
    for name in NAMES:
        assert (tmp_path / f"{name}.pdf").read_bytes() == (files / f"{name}.pdf").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_its_faces_came_with_the_program(name, sample):
    paths = {run.face.path for page in sample(name).pages.pages for run in runs(page)}
    assert all(Path(path).is_relative_to(ROOT / "fonts") for path in paths)


# --- read back ---


def squeezed(text):
    """Without white space, and without hyphens at the ends of lines."""
    return "".join(re.sub("\u00ad\\s*", "", text).split())


def read(reader, path):
    if shutil.which(reader.split()[0]) is None and reader.startswith(("pdf", "mutool")):
        pytest.skip(f"{reader} is not installed")
    return READERS[reader](str(path))


def texts(name, *without):
    said = texts_of(read_interview(str(FOLDER / f"{name}.yaml")))
    return [text.text for field, text in said if field not in without]


@pytest.mark.parametrize("reader", ["pdfinfo -struct-text", "mutool"])
@pytest.mark.parametrize("name", NAMES)
def test_all_of_it_is_read_to_the_character(name, reader, files):
    said = squeezed(read(reader, files / f"{name}.pdf"))
    assert [text for text in texts(name) if squeezed(text) not in said] == []


@pytest.mark.parametrize("reader", ["pdftotext", "pdftotext -raw", "pypdf", "pypdfium2"])
@pytest.mark.parametrize("name", sorted(set(NAMES) - set(FROM_THE_RIGHT)))
def test_from_the_left_so_it_is_by_all(name, reader, files):
    said = squeezed(read(reader, files / f"{name}.pdf"))
    assert [text for text in texts(name) if squeezed(text) not in said] == []


def letters(text, name):
    """The letters of a sample's own script alone: pdftotext moves marks, figures and signs round them."""
    own = {"Hebr": "\u05d0-\u05ea", "Arab": "\u0620-\u064a\u0671-\u06d3"}[SCRIPTS[name]]
    return re.sub(f"[^{own}]", "", unicodedata.normalize("NFD", text))


@pytest.mark.parametrize("name", FROM_THE_RIGHT)
def test_from_the_right_pdftotext_has_words_and_letters_in_order(name, files):
    """But for the standfirst, beside whose last line the byline may stand."""
    said = letters(CONTROLS.sub("", read("pdftotext", files / f"{name}.pdf")), name)
    found = texts(name, "standfirst")
    assert [text for text in found if letters(text, name) not in said] == []


# --- broken ---


def breaks(kind, text, language):
    found = getattr(icu.BreakIterator, kind)(icu.Locale(language))
    found.setText(text)
    return set(found)


@pytest.mark.parametrize("name", NAMES)
def test_lines_end_where_icu_lets_them_and_never_inside_a_cluster(name, sample):
    many = 0
    for lines in lines_of(sample(name)):
        rows = list(map(text_of, lines))
        text = "".join(rows)
        allowed = breaks("createLineInstance", text, name)
        clusters = breaks("createCharacterInstance", text, name)
        typed = [found.span() for found in TOKENS.finditer(text)]
        for end, row in zip(accumulate(map(len, rows[:-1])), rows, strict=False):
            many += 1
            assert end in clusters
            parted = row.endswith("\u00ad") or any(low < end < high for low, high in typed)
            assert end in allowed or parted, f"{row}|"
    assert many > 8


# --- shaped ---


def shaped_by_harfbuzz(path, text, script, language):
    """Straight from the file, with all properties said."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.script, buffer.language = script, language
    buffer.direction = "rtl" if script in ("Arab", "Hebr") else "ltr"
    hb.shape(hb.Font(hb.Face(hb.Blob.from_file_path(path))), buffer)
    glyphs = [info.codepoint for info in buffer.glyph_infos]
    return glyphs[::-1] if buffer.direction == "rtl" else glyphs


def words_in(made, script):
    """The words of the pages in one script, each once, by the face they are set in."""
    found = {}
    for page in made.pages.pages:
        for run in runs(page):
            if role(made.pages, run) != "kicker":  # in capitals
                for piece in run.pieces:
                    codes = {icu.Script.getScript(letter).getShortName() for letter in piece.text}
                    if codes - {"Zyyy", "Zinh"} == {script}:
                        found[(run.face.path, piece.text)] = piece
    return found


@pytest.mark.parametrize("name", sorted(set(SCRIPTS) - {"el", "ru"}))
def test_every_word_is_shaped_as_harfbuzz_shapes_it(name, sample):
    found = words_in(sample(name), SCRIPTS[name])
    for (path, text), piece in found.items():
        whole = text.removesuffix("\u00ad")  # the hyphen of a line's end comes after its glyphs
        glyphs = shaped_by_harfbuzz(path, whole, SCRIPTS[name], name)
        painted = [glyph for glyph, _ in piece.pairs]
        assert painted[: len(glyphs)] == glyphs, text
        assert len(painted) - len(glyphs) == len(text) - len(whole)
    assert len(found) > 40


# --- ordered ---


def isolated(text):
    """A text with what is typed in it between FSI and PDI, and where each of its characters is then."""
    given, places, at = "", [], 0
    for found in TOKENS.finditer(text):
        end = found.end() - len(found.group()) + len(found.group().rstrip(".,;:!?"))
        for part, left, right in ((text[at : found.start()], "", ""), (text[found.start() : end], "\u2068", "\u2069")):  # fmt: skip
            places += range(len(given) + len(left), len(given) + len(left) + len(part))
            given += left + part + right
        at = end
    places += range(len(given), len(given) + len(text) - at)
    return given + text[at:], places


def as_icu_has_it(rows, base):
    """Each line of a paragraph from the left to the right."""
    given, places = isolated("".join(rows))
    held = icu.UnicodeString(given)
    paragraph = icu.Bidi()
    paragraph.setPara(held, base)
    start = 0
    for row in rows:
        first, end = places[start], places[start + len(row) - 1] + 1
        line = paragraph.setLine(first, end)
        order = [first + line.getLogicalIndex(at) for at in range(end - first)]
        yield "".join([given[at] for at in order if given[at] not in "\u2068\u2069"])
        start += len(row)


def as_it_stands(line):
    """The characters of a line from the left to the right, in a document from the right, by the places of runs."""
    found = []
    for run in sorted(line, key=lambda run: -run.x - run.advance):
        said = [text for piece in run.pieces for _, text in piece.pairs]
        found += [text[::-1] for text in said[::-1]] if run.rtl else said
    return "".join(found)


@pytest.mark.parametrize("name", FROM_THE_RIGHT)
def test_whole_lines_stand_in_the_order_that_icu_gives_them(name, sample):
    mixed = 0
    for lines in lines_of(sample(name)):
        for row, found in zip(as_icu_has_it(list(map(text_of, lines)), 1), lines, strict=True):
            assert as_it_stands(found).strip() == row.strip()
            mixed += len({run.rtl for run in found}) > 1
    assert mixed > 8


# --- what is left open ---

OPENED = ["\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u202c", "\u2069"]


@pytest.mark.parametrize("control", OPENED, ids=lambda it: f"U+{ord(it):04X}")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_controls_left_open_move_nothing_but_their_own_line(language, control, tmp_path):
    """In the title, a name and the sidebar: masthead, date, folio, foot, tint and all other text stay."""

    def page(sign):
        keys = {
            "title": f"A {sign}title",
            "kicker": "Kicker",
            "date": "2014-06",
            "language": language,
            "interviewee": {"name": f"Dana {sign}Levi", "role": "Teacher"},
            "accounts": {"entries": [{"handle": "@dana", "name": f"Dana {sign}Levi"}, {"handle": "@b", "name": "B"}]},
            "disclaimer": "All rights kept",
        }  # fmt: skip
        path = source(tmp_path / f"{len(sign)}", **keys)
        return reprint(path).pages.pages[0]

    with_it, without = page(control), page("")
    touched = {run.y for run in runs(with_it) if control in run.text}
    assert len(touched) == 3

    def rest(found):
        return [
            (type(mark), mark.x, mark.y, mark.text if isinstance(mark, Run) else "")
            for mark in found.marks
            if not isinstance(mark, Run | Link) or min(abs(mark.y - y) for y in touched) > 6
        ]

    assert rest(with_it) == rest(without)
    assert {"Focus", "1", "All rights kept", "@b"} <= {text for *_, text in rest(without)}


@pytest.mark.slow
@pytest.mark.parametrize("flavour", DIGITAL)
def test_they_conform(flavour, files):
    if not shutil.which("java") or not JAR.exists() or not sound(JAR):
        pytest.skip("veraPDF is not in .cache, or java not installed: make conformance fetches it")
    found = validate(JAR, flavour, [files / f"{name}.pdf" for name in NAMES])
    assert {path: failures for path, failures in found.items() if failures} == {}
    assert len(found) == len(NAMES)

"""Pages in Chinese, Japanese and Korean: they are read back as they were written, and true to what the file claims."""

import re
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import yaml

from layout.desk.cli import main

SAMPLES = Path(__file__).parent / "samples"
NAMES = ("japanese", "chinese", "korean")


@pytest.fixture(scope="module")
def made(tmp_path_factory, eastern_fonts):
    folder = tmp_path_factory.mktemp("eastern")
    for name in NAMES:
        path = folder / f"{name}.pdf"
        assert main(["build", str(SAMPLES / f"{name}.yaml"), "-o", str(path), "--quiet"]) == 0
    return folder


def answers(name):
    source = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [turn["answer"].strip().replace("*", "") for turn in source["interview"]]


def paragraphs(told):
    """What stands in quotes in poppler's outline of a file, pieces of one element that follow each other in one."""
    found, before = [], False
    for line in told.splitlines():
        said = re.fullmatch(r'\s*"(.*)"', line)
        if said and before:
            found[-1] += said[1]
        elif said:
            found.append(said[1])
        before = bool(said)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_tags_give_each_paragraph_without_a_space_too_many_or_too_few(made, tool, name):
    told = paragraphs(tool("pdfinfo", "-struct-text", made / f"{name}.pdf"))
    for answer in answers(name):
        assert answer in told


@pytest.mark.parametrize("name", NAMES)
def test_programs_without_tags_read_the_lines_in_order(made, tool, name):
    path = made / f"{name}.pdf"
    with pypdfium2.PdfDocument(path) as document:
        pdfium = document[0].get_textpage().get_text_range()
    pypdfs = pypdf.PdfReader(path).pages[0].extract_text()
    for said in (
        tool("pdftotext", path, "-"),
        tool("mutool", "draw", "-F", "text", path),
        pdfium,
        pypdfs,
    ):
        bare = re.sub(r"\s", "", said)
        for answer in answers(name):
            # An answer may go on in the next column, after what is printed between.
            parts = re.split(r"(?<=[。！.]) ?", answer)
            for part in parts:
                kept = re.sub(r"\s", "", part)
                assert kept in bare or halves(kept, bare), part


def halves(text, bare):
    """Whether a text is there in two pieces."""
    return any(text[:at] in bare and text[at:] in bare for at in range(1, len(text)))


@pytest.mark.parametrize("name", ["japanese", "chinese"])
def test_no_space_is_guessed_between_characters(made, tool, name):
    square = "[\u3041-\u30ff\u4e00-\u9fff、。，「」“”：]"
    for tool_and_arguments in (("pdftotext",), ("mutool", "draw", "-F", "text")):
        path = made / f"{name}.pdf"
        last = ("-",) if tool_and_arguments[0] == "pdftotext" else ()
        said = tool(*tool_and_arguments, path, *last)
        lines = [line for line in said.splitlines() if len(line) > 20]
        assert len(lines) > 10
        for line in lines:
            assert not re.search(f"{square} +{square}", line), line


@pytest.mark.parametrize("name", NAMES)
def test_preflight_finds_nothing(made, name):
    assert main(["preflight", str(made / f"{name}.pdf"), "--quiet"]) == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_twice(made, tmp_path, name):
    path = tmp_path / f"{name}.pdf"
    assert main(["build", str(SAMPLES / f"{name}.yaml"), "-o", str(path), "--quiet"]) == 0
    assert path.read_bytes() == (made / f"{name}.pdf").read_bytes()


def test_a_latin_word_that_a_line_parts_is_one_word_and_takes_nothing_with_it(
    tmp_path, eastern_fonts, tool
):
    """Its text is written out for readers, without the characters beside it."""
    source = tmp_path / "parted.yaml"
    text = "".join(f"{'国' * n}Inter\u00adnational\u00adisation国" for n in range(1, 30))
    source.write_text(
        f"format: 1\ntitle: 国\nlanguage: zh\ninterview:\n- {{question: 国, answer: {text}}}\n",
        encoding="utf-8",
    )
    path = tmp_path / "parted.pdf"
    assert main(["build", str(source), "-o", str(path), "--quiet"]) == 0
    content = pypdf.PdfReader(path).pages[0].get_contents().get_data()
    written = [
        bytes.fromhex(it.decode()).decode("utf-16")
        for it in re.findall(rb"/ActualText<(\w+)>", content)
    ]
    assert written
    assert {it.replace("\u00ad", "") for it in written} == {"Internationalisation"}
    told = "".join(paragraphs(tool("pdfinfo", "-struct-text", path)))
    assert text.replace("\u00ad", "") in told.replace("\u00ad", "")

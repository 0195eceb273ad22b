"""What programs that know nothing of this one read out of its files: the source's words, to the character.

One rule first: a soft hyphen goes with the white space after it, and white space is one space. What a
page or a box parts is compared in its parts, column by column, in the order of reading; that the parts
make up the source's texts is compared as well.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest
from reprints import SAMPLES, Reprint, reprint, runs, sample, source

from layout.makeup.page import Page
from layout.makeup.proof import texts_of

ADDRESS = "https://www.example.org/a/very/long/path/that/has?many=parts&and=more#than-enough"
HARD = [
    "The office affirms that fjords, flights and Kafka’s staff suffice: fifty-five affidavits.",
    (
        "Write to @MineBanTreaty about #banladmines or the up-to-the-minute self-evidence of well-known, "
        "long-standing, never-to-be-forgotten state-of-the-art know-how."
    ),
    "Žluťoučký kůň, Ελλάδα, Киев, naïve œuvre, 1234567890, ½, €, “quotes”, ‘more’ – and — dashes…",
    "Characteristically incomprehensible internationalization, notwithstanding "
    "counterrevolutionary institutionalization: " * 6,
]


def folded(text: str) -> str:
    return " ".join(re.sub("\u00ad\\s*", "", text).split())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reprint]:
    turns = [{"question": f"{text[:80]}?", "answer": "\n\n".join(HARD), "speaker": "Bibliographer"}
             for text in HARD for _ in range(3)]  # fmt: skip
    made = reprint(source(tmp_path_factory.mktemp("hard"), interview=turns, standfirst=HARD[0]))
    return lambda name: made if name == "hard" else sample(name)


def stretches(made: Reprint, page: Page) -> Iterator[tuple[int, str]]:
    """An element and what of it stands together, one after the other as painted."""
    for element, parts in groupby(runs(page), key=lambda run: run.element):
        text = "".join(run.text for run in parts)
        if element >= 0 and text.strip():
            yield element, text


def without_thin(text: str) -> str:
    """The text without thin spaces, and without any where French has thin ones."""
    return re.sub(r"\s+(?=[;:!?»])|(?<=«)\s+|\u202f", "", text)


def column_parts(made: Reprint, page: Page) -> Iterator[str]:
    """The same, each parted where it goes on at the head of another column."""
    for element, some in groupby(runs(page), key=lambda run: run.element):
        parts, y = [""], float("inf")
        for run in some:
            if run.y > y + made.brand.grid.leading:
                parts.append("")
            parts[-1] += run.text
            y = run.y
        if element >= 0:
            yield from (part for part in parts if part.strip())


# --- extractors: a list of texts, one a page ---


def poppler(*options: str) -> Callable[..., list[str]]:
    def read(path: Path, tool: Callable[..., str]) -> list[str]:
        return tool("pdftotext", *options, path, "-").split("\f")[:-1]

    return read


def mupdf(path: Path, tool: Callable[..., str]) -> list[str]:
    return tool("mutool", "draw", "-q", "-F", "txt", path).split("\f")[:-1]


def by_pypdf(path: Path, _tool: Callable[..., str]) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages]


def pdfium(path: Path, _tool: Callable[..., str]) -> list[str]:
    pypdfium2 = pytest.importorskip("pypdfium2")
    file = pypdfium2.PdfDocument(path.read_bytes())
    # PDFium writes U+FFFE or U+0002 for a soft hyphen at a line's end.
    return [re.sub("[\ufffe\u0002]", "\u00ad", page.get_textpage().get_text_range()) for page in file]  # fmt: skip


IN_ORDER = {"pdftotext -raw": poppler("-raw"), "mutool": mupdf, "pypdf": by_pypdf, "pypdfium2": pdfium}  # fmt: skip


@pytest.fixture(params=[*SAMPLES, "hard"])
def made(request: pytest.FixtureRequest, printed: Callable[[str], Reprint]) -> Reprint:
    return printed(request.param)


@pytest.fixture
def path(made: Reprint, tmp_path: Path) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(made.pdf)
    return path


# --- tests ---


def test_what_stands_together_makes_up_the_sources_texts(made):
    parts: dict[int, str] = {}
    for page in made.pages.pages:
        for element, text in stretches(made, page):
            parts[element] = parts.get(element, "") + text
    texts = [folded(text) for text in parts.values()]
    at = -1
    for _, text in texts_of(made.interview.interview, "speaker"):
        wanted = folded(text.text.replace("\u00a0", " "))
        assert wanted in texts or f"{wanted}:" in texts
        if wanted in texts[at + 1 :]:
            at = texts.index(wanted, at + 1)


@pytest.mark.parametrize("extractor", IN_ORDER)
def test_everything_is_read_exactly_and_in_order(made, path, tool, extractor):
    found = IN_ORDER[extractor](path, tool)
    assert len(found) == len(made.pages.pages)
    for page, text in zip(made.pages.pages, found, strict=True):
        have, at = folded(text), 0
        for _, part in stretches(made, page):
            if extractor == "pdftotext -raw":
                # Poppler reads spaces by their width there: a thin one is none to it, or a common one.
                have, part = without_thin(have), without_thin(folded(part))
            wanted = folded(part)
            where = have.find(wanted, at)
            assert where >= 0, f"{wanted!r} is not in {have[at : at + 200]!r}"
            at = where + len(wanted)


def test_pdftotext_reads_everything_exactly(made, path, tool):
    """In its own order: poppler guesses one from the page's picture, across columns where lines stand level."""
    found = poppler()(path, tool)
    for page, text in zip(made.pages.pages, found, strict=True):
        have = folded(text)
        for part in column_parts(made, page):
            assert folded(part) in have


def test_the_words_as_they_were_typed_are_in_the_file(printed, tmp_path, tool):
    """From the YAML's own strings, past our reader: what no page parts, wherever it stands."""
    made = printed("hard")
    (tmp_path / "made.pdf").write_bytes(made.pdf)
    have = folded(" ".join(poppler("-raw")(tmp_path / "made.pdf", tool)))
    for text in HARD:
        assert have.count(folded(text)) >= 12 - 2 * len(made.pages.pages)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_paragraph_is_read_twice(name, printed, tmp_path, tool):
    made = printed(name)
    (tmp_path / "made.pdf").write_bytes(made.pdf)
    have = folded(" ".join(poppler()(tmp_path / "made.pdf", tool)))
    texts = [folded(text.text) for _, text in texts_of(made.interview)]
    for text in filter(lambda text: len(text) > 40, texts):
        assert have.count(text) <= sum(other.count(text) for other in texts)


def test_an_address_over_several_lines_is_whole_but_for_white_space(tmp_path, tool):
    """It breaks without a hyphen, and no extractor can know that the line's end is no space."""
    turn = {"question": "Where?", "answer": f"It is all to be found at {ADDRESS}, or nearly all."}
    (tmp_path / "made.pdf").write_bytes(reprint(source(tmp_path, interview=[turn])).pdf)
    for read in (poppler(), poppler("-raw")):
        (text,) = read(tmp_path / "made.pdf", tool)
        assert ADDRESS in re.sub(r"\s", "", text)

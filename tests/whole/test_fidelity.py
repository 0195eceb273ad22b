"""What programs that know nothing of this one read out of its files: the source's words, to the character.

White space is one space. For programs that do not know /ActualText there is one rule more: a soft hyphen
goes with the white space after it. Texts are the YAML's, whole, over columns and pages.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest
from reprints import ROOT, SAMPLES, Reprint, reprint, runs, sample, source

from layout.makeup.page import Page, whole
from layout.makeup.proof import texts_of
from layout.manuscript.interview import Figure, PullQuote

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


def folded(text: str, rule: bool = True) -> str:
    return " ".join((re.sub("\u00ad\\s*", "", text) if rule else text).split())


LANGUAGES = ("english", "finnish", "french", "german")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reprint]:
    turns = [{"question": f"{text[:80]}?", "answer": "\n\n".join(HARD), "speaker": "Bibliographer"}
             for text in HARD for _ in range(3)]  # fmt: skip
    hard = reprint(source(tmp_path_factory.mktemp("hard"), interview=turns, standfirst=HARD[0]))
    known = {"hard": hard}
    known |= {name: reprint(ROOT / "tests" / "typography" / f"{name}.yaml") for name in LANGUAGES}
    return lambda name: known[name] if name in known else sample(name)


def texts(made: Reprint, entries: bool = False) -> list[str]:
    """Everything that the interview says; with `entries` what floats off its place is left out."""
    said = [
        entry
        for entry in made.interview.interview
        if not (entries and isinstance(entry, Figure | PullQuote))
    ]
    return [
        folded(text.text)
        for entry in said
        for field, text in texts_of(entry)
        if field != "speaker"  # it stands before the answer, which its record has first
    ]


def assert_in_order(wanted: list[str], have: str) -> None:
    at = 0
    for text in wanted:
        where = have.find(text, at)
        assert where >= 0, f"{text!r} is not in {have[at : at + 300]!r}"
        at = where + len(text)


def without_thin(text: str) -> str:
    """The text without thin spaces, and without any where French has thin ones."""
    return re.sub(r"\s+(?=[;:!?»])|(?<=«)\s+|\u202f", "", text)


def column_parts(made: Reprint, page: Page) -> Iterator[str]:
    """What of each text stands together in one column, one after the other as made up."""
    for element, some in groupby(runs(page), key=lambda run: whole(run.element, made.pages.elements)):  # fmt: skip
        parts, y = [""], float("inf")
        for run in some:
            if run.y > y + made.brand.grid.leading:
                parts.append("")
            parts[-1] += run.text
            y = run.y
        if element >= 0:
            yield from (part for part in parts if part.strip())


def parted_between_columns(made: Reprint) -> int:
    """Words whose two halves stand in two columns: no piece of text can be made of those."""
    ends = [part for page in made.pages.pages for part in column_parts(made, page)]
    return sum(part.endswith("\u00ad") for part in ends)


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
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path.read_bytes())]  # fmt: skip


def structure(path: Path, tool: Callable[..., str]) -> list[str]:
    """The text of the tree: a line of its own for each block, what stands in it in one piece."""
    lines = tool("pdfinfo", "-struct-text", path).splitlines()
    said = [line.strip() for line in lines]
    return ["".join(it[1:-1] if it[:1] == it[-1:] == '"' else "\n" * it.endswith("(block)") for it in said)]  # fmt: skip


IN_ORDER = {"mutool": (mupdf, True), "pypdf": (by_pypdf, True), "pypdfium2": (pdfium, False), "tags": (structure, False)}  # fmt: skip
"""Programs that read a file in its own order, and whether the rule is needed."""


@pytest.fixture(params=[*SAMPLES, "hard", *LANGUAGES])
def made(request: pytest.FixtureRequest, printed: Callable[[str], Reprint]) -> Reprint:
    return printed(request.param)


@pytest.fixture
def path(made: Reprint, tmp_path: Path) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(made.pdf)
    return path


# --- tests ---


@pytest.mark.parametrize("extractor", IN_ORDER)
def test_everything_is_read_exactly_and_in_order(made, path, tool, extractor):
    read, rule = IN_ORDER[extractor]
    found = " ".join(read(path, tool))
    if extractor == "pypdfium2":  # which has a mark of its own for a hyphen that is none
        assert found.count("\ufffe") <= parted_between_columns(made)
        found = re.sub("\ufffe\\s*", "", found)
    have = folded(found, rule)
    assert_in_order(texts(made, entries=True), have)
    for text in texts(made):
        assert text in have


def test_the_tags_have_every_text_in_its_place(made, path, tool):
    assert_in_order(texts(made), folded(structure(path, tool)[0], rule=False))


def test_poppler_reads_everything_in_the_files_order(made, path, tool):
    """It reads spaces by their width there: a thin one is none to it, or a common one."""
    have = without_thin(folded(" ".join(poppler("-raw")(path, tool))))
    assert_in_order([without_thin(text) for text in texts(made, entries=True)], have)


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

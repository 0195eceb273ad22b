"""The samples from source to finished file, read back by tools that know nothing of this program."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from reprints import LANGUAGES, ROOT, SAMPLES

from layout.desk.cli import main

pypdf = pytest.importorskip("pypdf")


@pytest.fixture(scope="module")
def made(shelf_of_sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the PDFs of all samples and of the issue."""
    folder = tmp_path_factory.mktemp("output")
    assert main(["build", str(shelf_of_sources), "-o", str(folder), "--quiet", "--jobs", "1"]) == 0
    return folder


def test_every_sample_and_the_issue_are_made(made):
    made_here = sorted(path.stem for path in made.glob("*.pdf"))
    assert made_here == sorted([*SAMPLES, *LANGUAGES, "focus-specimen"])


@pytest.mark.parametrize("name", [*SAMPLES, "focus-specimen"])
def test_qpdf_finds_nothing_and_every_font_is_inside_with_its_text(made, tool, name):
    assert "No syntax or stream encoding errors found" in tool(
        "qpdf", "--check", made / f"{name}.pdf"
    )
    rows = tool("pdffonts", made / f"{name}.pdf").splitlines()[2:]
    assert rows
    for row in rows:
        assert row.split()[-5:-2] == ["yes", "yes", "yes"], row
        assert "Helvetica" not in row


def test_the_seed_interview_is_one_page_with_six_links_to_accounts(made):
    reader = pypdf.PdfReader(made / "mine-ban-convention.pdf")
    assert len(reader.pages) == 1
    links = [a.get_object() for a in reader.pages[0]["/Annots"]]
    uris = [link["/A"]["/URI"] for link in links if "/A" in link]
    assert sum("twitter.com/" in uri for uri in uris) == 7  # six accounts, and the one who answers
    for link in links:
        assert link["/Contents"] and link["/F"] == 4
    assert reader.metadata["/Title"] == "Anti-Personnel Mine Ban Convention"
    assert reader.metadata["/CreationDate"].startswith("D:20120601")
    assert reader.trailer["/Root"]["/Lang"] == "en"


def issue_folios(reader) -> list[str]:
    return list(reader.page_labels)


def test_the_contents_name_the_folios_that_the_pages_bear(made, tool):
    reader = pypdf.PdfReader(made / "focus-specimen.pdf")
    labels = issue_folios(reader)
    contents = reader.pages[1].extract_text()
    entries = dict(re.findall(r"^(.+?)[ .]*\s(\d+)$", contents, re.MULTILINE))
    outline = {}

    def walk(items, level=0):
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                outline.setdefault(item.title, reader.get_destination_page_number(item))

    walk(reader.outline)
    named = {title.strip(): folio for title, folio in entries.items() if title.strip() in outline}
    assert len(named) >= 4, contents
    for title, folio in named.items():
        assert labels[outline[title]] == folio
        text = tool(
            "pdftotext",
            "-f",
            outline[title] + 1,
            "-l",
            outline[title] + 1,
            made / "focus-specimen.pdf",
            "-",
        )
        assert re.search(rf"^{folio}$", text, re.MULTILINE), (title, folio)


def test_the_issue_has_each_of_our_faces_once(made, tool):
    """The foreign pages bring simple fonts of their own; ours are Type0."""
    rows = tool("pdffonts", made / "focus-specimen.pdf").splitlines()[2:]
    ours = [row.split()[0].split("+")[-1] for row in rows if "CID TrueType" in row]
    assert len(ours) >= 8
    assert sorted(ours) == sorted(set(ours))


def test_links_of_the_contents_lead_to_the_articles(made):
    reader = pypdf.PdfReader(made / "focus-specimen.pdf")
    links = [a.get_object() for a in reader.pages[1]["/Annots"]]
    assert len(links) == len(SAMPLES)
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    targets = {numbers[link["/Dest"][0].idnum] for link in links}
    assert len(targets) == len(SAMPLES)
    assert min(targets) == 2


def test_the_issue_gives_the_same_bytes_in_another_process(made, shelf_of_sources, tmp_path):
    source = shelf_of_sources / "issues" / "focus-specimen.yaml"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "11"}
    command = [sys.executable, "-m", "layout", "build", str(source), "-o", str(tmp_path), "--quiet"]
    subprocess.run(command, env=env, check=True, timeout=120)
    assert (tmp_path / "focus-specimen.pdf").read_bytes() == (
        made / "focus-specimen.pdf"
    ).read_bytes()


@pytest.mark.parametrize("opens", ["any", "recto"])
def test_articles_open_on_the_right_where_the_issue_says_so(shelf_of_sources, tmp_path, opens):
    source = shelf_of_sources / "issues" / "focus-specimen.yaml"
    changed = source.with_name(f"opens-{opens}.yaml")
    changed.write_text(source.read_text().replace("opens: any", f"opens: {opens}"))
    assert main(["build", str(changed), "-o", str(tmp_path), "--quiet"]) == 0
    reader = pypdf.PdfReader(tmp_path / f"opens-{opens}.pdf")
    starts = {
        item.title: reader.get_destination_page_number(item)
        for section in reader.outline
        if isinstance(section, list)
        for item in section
        if not isinstance(item, list)
    }
    articles = [page for title, page in starts.items() if "Almanac" not in title]
    if opens == "recto":
        assert articles and all(page % 2 == 0 for page in articles), starts
    changed.unlink()

"""A brand with typographic quotes: what its pages and its file say, and what stays as the source has it."""

import re
from pathlib import Path

import pikepdf
import pypdf
import pytest

from layout.desk.cli import main

SOURCE = """\
format: 1
title: The "new" O'Neill
language: {language}
brand: own.yaml
interviewee: {{name: Ann O'Neill, handle: "@neill"}}
interview:
- question: Isn't *"it"* so?
  answer: |
    "They said 'yes'", she wrote in `x = 'y'` and on [her "page"](https://example.org/it's).
- pull_quote: '"Yes"'
accounts:
  entries:
  - handle: "@neill"
    name: O'Neill
    about: It's "good".
"""


def made(folder: Path, language: str, quotes: str = "typographic") -> Path:
    (folder / "own.yaml").write_text(f"name: own\nquotes: {quotes}\n", encoding="utf-8")
    source = folder / "it.yaml"
    source.write_text(SOURCE.format(language=language), encoding="utf-8")
    assert main(["build", str(source), "-o", str(folder / "it.pdf"), "--quiet"]) == 0
    return folder / "it.pdf"


def printed(path: Path) -> str:
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return re.sub(r"[ \n]+", " ", text)


def test_pages_have_the_quotes_of_the_language(tmp_path):
    text = printed(made(tmp_path, "en"))
    assert "The “new” O’Neill" in text
    assert "Isn’t “it” so?" in text
    assert "“They said ‘yes’”" in text and "x = 'y'" in text
    assert "It’s “good”." in text


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("fr", "«\u202fThey said “yes”\u202f»"),
        ("de", "„They said ‚yes‘“"),
        ("pl", "„They said «yes»”"),
    ],
)
def test_other_languages_have_others(tmp_path, language, wanted):
    assert wanted in printed(made(tmp_path, language))


def test_the_file_is_called_what_the_page_says_and_carries_its_source_as_it_was_typed(tmp_path):
    path = made(tmp_path, "en")
    with pikepdf.open(path) as pdf:
        assert pdf.docinfo.Title == "The “new” O’Neill"
        assert (
            pdf.attachments["it.yaml"].get_file().read_bytes()
            == (tmp_path / "it.yaml").read_bytes()
        )
        links = [str(it.A.URI) for page in pdf.pages for it in page.get("/Annots", []) if "/URI" in it.get("/A", {})]  # fmt: skip
    assert "https://example.org/it's" in links


def test_as_typed_changes_nothing(tmp_path):
    text = printed(made(tmp_path, "en", "as_typed"))
    assert 'The "new" O\'Neill' in text
    assert not set("“”‘’") & set(text)


def test_an_issue_has_them_in_its_own_words_and_its_articles(tmp_path):
    made(tmp_path, "de")
    issue = tmp_path / "issue.yaml"
    issue.write_text(
        "format: 1\ntitle: Focus\nbrand: own.yaml\ncontents:\n- contents: What's inside\n"
        "- section: '\"One\"'\n- interview: it.yaml\n",
        encoding="utf-8",
    )
    assert main(["build", str(issue), "-o", str(tmp_path / "issue.pdf"), "--quiet"]) == 0
    text = printed(tmp_path / "issue.pdf")
    assert "What’s inside" in text and "“One”" in text
    assert "The „new“ O’Neill" in text


def test_another_word_is_refused_with_those_that_are_known(tmp_path, capsys):
    (tmp_path / "own.yaml").write_text("name: own\nquotes: curly\n", encoding="utf-8")
    source = tmp_path / "it.yaml"
    source.write_text(SOURCE.format(language="en"), encoding="utf-8")
    assert main(["build", str(source), "-o", str(tmp_path / "it.pdf")]) == 1
    told = capsys.readouterr().err
    assert "own.yaml:2:9" in told
    assert "as_typed" in told and "typographic" in told

"""Issues of a number of pages that sheets can hold: what is put in, where, and what it is called."""

import shutil
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from issue_samples import CALENDAR, CONTENTS, FRENCH, HYPHENS, blank, folio, outline

from layout.desk.cli import main

FOUR = {"to": 4}


def blanks(reader) -> list[bool]:
    return [blank(page) for page in reader.pages]


def test_blank_pages_at_the_end_where_nothing_stays_last(bound):
    reader = bound(CONTENTS, HYPHENS, fill=FOUR)
    assert blanks(reader) == [False, False, True, True]
    assert reader.page_labels == ["1", "2", "3", "4"]


def test_none_where_the_number_is_a_multiple(bound):
    assert blanks(bound(CONTENTS, FRENCH, HYPHENS, fill=FOUR)) == [False] * 4
    assert blanks(bound(CONTENTS, FRENCH, HYPHENS, fill={"to": 3})) == [False] * 4 + [True] * 2


def test_a_back_cover_stays_last(bound):
    back = {**CALENDAR, "pages": "2", "folio": "arabic"}
    reader = bound(CONTENTS, HYPHENS, back, fill=FOUR)
    assert blanks(reader) == [False, False, True, False]
    assert "December" in reader.pages[3].extract_text()
    assert (folio(reader.pages[3])[0], reader.page_labels[3]) == ("4", "4")
    assert "4" in reader.pages[0].extract_text().split("Almanac")[1]


def test_with_the_section_that_it_opens(bound):
    reader = bound(CONTENTS, HYPHENS, {"section": "After"}, {**CALENDAR, "pages": "1"}, fill=FOUR)
    assert blanks(reader) == [False, False, True, False]
    assert outline(reader)["After"] == 3


def test_beside_the_pages_that_let_articles_open_on_the_right(bound):
    reader = bound(CONTENTS, HYPHENS, HYPHENS, {**CALENDAR, "pages": "2"}, opens="recto", fill={"to": 8})  # fmt: skip
    assert blanks(reader) == [False, True, False, True, False, True, True, False]
    assert reader.page_labels[:7] == [str(n) for n in range(1, 8)]


def test_given_pages_are_put_in_before_blank_ones(bound):
    reader = bound(CONTENTS, HYPHENS, HYPHENS, HYPHENS, fill={"to": 7, "with": {"pdf": "calendar.pdf"}})  # fmt: skip
    assert blanks(reader) == [False] * 6 + [True]
    assert "January" in reader.pages[4].extract_text()
    assert "December" in reader.pages[5].extract_text()
    assert reader.page_labels == [str(n) for n in range(1, 8)]


def test_only_as_many_of_them_as_are_missing_and_numbered_if_asked(bound):
    given_pages = {"pdf": "calendar.pdf", "pages": "2", "folio": "arabic"}
    reader = bound(CONTENTS, FRENCH, fill={"to": 4, "with": given_pages})
    assert len(reader.pages) == 4
    assert "December" in reader.pages[3].extract_text()
    assert folio(reader.pages[3]) == ("4", "left")
    whole = bound(CONTENTS, HYPHENS, HYPHENS, HYPHENS, fill={"to": 4, "with": given_pages})
    assert len(whole.pages) == 4 and "December" not in whole.pages[3].extract_text()


def test_given_pages_stay_as_they_are(bound, shelf_of_sources, tmp_path):
    bound(CONTENTS, HYPHENS, HYPHENS, fill={"to": 4, "with": {"pdf": "calendar.pdf"}})
    with (
        pikepdf.open(next(tmp_path.glob("*.pdf"))) as made,
        pikepdf.open(shelf_of_sources / "issues" / "calendar.pdf") as given_file,
    ):
        assert made.pages[3].Contents.read_bytes() == given_file.pages[0].Contents.read_bytes()


def test_a_file_that_is_missing_is_named_though_nothing_is_missing(shelf_of_sources, tmp_path, capsys):  # fmt: skip
    path = shelf_of_sources / "issues" / "gone.yaml"
    path.write_text("format: 1\ntitle: T\ncontents: [{blank: 4}]\nfill:\n  to: 4\n  with: {pdf: calendar.pdf, pages: 3}\n")  # fmt: skip
    assert main(["build", str(path), "-o", str(tmp_path)]) == 1
    path.unlink()
    said = capsys.readouterr().err
    assert "gone.yaml:6:15: error: the file has 2 pages, so there is no page 3" in said


def test_the_press_edition_takes_its_own(shelf_of_sources, tmp_path):
    path = shelf_of_sources / "issues" / "filled.yaml"
    path.write_text(
        "format: 1\ntitle: T\ndate: 2026\ncontents: [{blank: 3}]\n"
        "fill: {to: 4, with: {pdf: calendar.pdf, press: calendar-press.pdf}}\n"
    )
    assert main(["build", str(path), "--edition", "press", "-o", str(tmp_path), "--quiet"]) == 0
    path.unlink()
    with pikepdf.open(tmp_path / "filled-press.pdf") as made:
        assert len(made.pages) == 4
        assert "/GTS_PDFXVersion" in made.docinfo
        assert "/Petrol" in str(made.pages[3].Resources.ColorSpace)


@pytest.fixture(scope="module")
def shelf(shelf_of_sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "issues"
    shutil.copytree(shelf_of_sources / "issues", folder)
    return folder


PARTS = st.sampled_from(["{blank: 1}", "{blank: 3}", "{pdf: calendar.pdf}", "{pdf: cover.pdf}", "{section: S}"])  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(PARTS, min_size=1, max_size=6), st.integers(2, 9), st.booleans())
def test_every_issue_has_a_multiple_and_its_own_pages_in_order(shelf, parts, to, given_pages):
    """Without what was put in, and whatever that is, the pages are those that the issue has without it."""
    if all("section" in part for part in parts):
        parts = [*parts, "{blank: 1}"]
    source = shelf / "any.yaml"
    head = f"format: 1\ntitle: T\ncontents: [{', '.join(parts)}]\n"
    more = ", with: {pdf: cover.pdf, pages: 1}" if given_pages else ""
    texts = []
    for text in (head, head + f"fill: {{to: {to}{more}}}\n"):
        source.write_text(text)
        assert main(["build", str(source), "-o", str(shelf), "--quiet"]) == 0
        with pikepdf.open(shelf / "any.pdf") as made:
            texts.append([page.Contents.read_bytes() for page in made.pages])
    plain, filled = texts
    assert len(filled) % to == 0 and 0 <= len(filled) - len(plain) < to
    missing = len(filled) - len(plain)
    starts = [at for at in range(len(plain) + 1) if [*filled[:at], *filled[at + missing :]] == plain]  # fmt: skip
    assert starts

"""Whole issues: where parts begin, what pages are called, what is printed on them, what leads where."""

import re

from issue_samples import CALENDAR, CONTENTS, FRENCH, HYPHENS, blank, folio, outline

from layout.desk.cli import main


def test_every_page_bears_its_label_outside(bound):
    reader = bound(CONTENTS, FRENCH, HYPHENS)
    assert reader.page_labels == ["1", "2", "3", "4"]
    for number, page in enumerate(reader.pages, 1):
        assert folio(page) == (str(number), "right" if number % 2 else "left")


def test_the_first_folio_is_the_issues(bound):
    reader = bound(CONTENTS, HYPHENS, first_folio=41)
    assert reader.page_labels == ["41", "42"]
    assert [folio(page) for page in reader.pages] == [("41", "right"), ("42", "left")]


def test_the_contents_agree_with_outline_labels_and_folios(bound):
    reader = bound(CONTENTS, {"section": "Talks"}, FRENCH, HYPHENS, {**CALENDAR, "folio": "arabic"}, first_folio=9)  # fmt: skip
    text = reader.pages[0].extract_text()
    places = outline(reader)
    for title in ("L’espace que personne ne voit", "The Hyphen Has a Word", "A Printer’s Almanac"):
        (printed,) = re.findall(rf"{title}[ .]*\s*(\d+)", text)
        page = reader.pages[places[title]]
        assert printed == reader.page_labels[places[title]] == folio(page)[0]
    assert places["Talks"] == places["L’espace que personne ne voit"] == 1


def test_links_of_the_contents_lead_where_the_outline_leads(bound):
    reader = bound(CONTENTS, FRENCH, HYPHENS)
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    links = [note.get_object() for note in reader.pages[0]["/Annots"]]
    places = outline(reader)
    assert {str(link["/Contents"]): pages[link["/Dest"][0].idnum] for link in links} == {
        title: places[title] for title in ("L’espace que personne ne voit", "The Hyphen Has a Word")
    }


def test_articles_open_on_the_right_over_blank_pages(bound):
    reader = bound(CONTENTS, FRENCH, HYPHENS, FRENCH, opens="recto")
    assert [blank(page) for page in reader.pages] == [False, True, False, False, False, True, False, False]  # fmt: skip
    assert reader.page_labels == [str(n) for n in range(1, 9)]
    assert [folio(page)[0] for page in reader.pages] == ["1", "", "3", "4", "5", "", "7", "8"]


def test_blank_pages_are_counted_and_bear_nothing(bound):
    reader = bound(HYPHENS, {"blank": 2}, HYPHENS)
    assert [blank(page) for page in reader.pages] == [False, True, True, False]
    assert folio(reader.pages[3]) == ("4", "left")


def test_foreign_pages_in_roman_do_not_move_the_arabic_numbers(bound):
    reader = bound({**CALENDAR, "folio": "roman"}, HYPHENS)
    assert reader.page_labels == ["i", "ii", "1"]
    assert [folio(page)[0] for page in reader.pages] == ["i", "ii", "1"]
    assert "January" in reader.pages[0].extract_text()


def test_sides_follow_the_sheets_where_folios_do_not(bound):
    """After two roman pages folio 1 lies on the right; after one, on the left: margins and folios with it."""
    assert folio(bound({**CALENDAR, "folio": "roman"}, HYPHENS).pages[2]) == ("1", "right")
    one = {**CALENDAR, "folio": "roman", "pages": "2"}
    assert folio(bound(one, HYPHENS).pages[1]) == ("1", "left")


def test_a_range_of_foreign_pages(bound):
    reader = bound({**CALENDAR, "pages": "2"}, HYPHENS)
    assert len(reader.pages) == 2
    text = reader.pages[0].extract_text()
    assert "December" in text and "January to June" not in text


def test_foreign_pages_keep_what_they_had(bound):
    """A link from page to page, one to the web, and nothing printed on them that was not asked for."""
    reader = bound(HYPHENS, CALENDAR)
    kinds = []
    for page in list(reader.pages)[1:]:
        for note in page.get("/Annots", []):
            link = note.get_object()
            kinds.append("web" if "/URI" in link.get("/A", {}) else "page")
    assert sorted(kinds) == ["page", "web"]
    assert [folio(page)[0] for page in list(reader.pages)[1:]] == ["", ""]


def test_an_article_twice_is_two_articles(bound):
    reader = bound(HYPHENS, HYPHENS)
    assert [folio(page)[0] for page in reader.pages] == ["1", "2"]


def test_pointers_stay_in_their_article(bound):
    mine = {"interview": "mine-ban-convention.yaml"}
    reader = bound(HYPHENS, mine, mine)
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}
    for number in (1, 2):
        links = [note.get_object() for note in reader.pages[number]["/Annots"]]
        inside = [link for link in links if "/URI" not in link.get("/A", {})]
        assert [pages[link["/Dest"][0].idnum] for link in inside] == [number]


def test_a_range_that_the_file_does_not_have_is_refused(shelf_of_sources, tmp_path, capsys):
    path = shelf_of_sources / "issues" / "beyond.yaml"
    path.write_text("format: 1\ntitle: T\ncontents:\n- pdf: calendar.pdf\n  pages: 1-9\n")
    assert main(["build", str(path), "-o", str(tmp_path)]) == 1
    path.unlink()
    said = capsys.readouterr().err
    assert "beyond.yaml:4:8: error: the file has 2 pages, so there is no page 9" in said
    assert "hint: name pages from 1 to 2" in said
    assert not list(tmp_path.iterdir())


def test_a_changed_article_or_foreign_page_makes_the_issue_anew(shelf_of_sources, tmp_path, capsys):
    import json
    import shutil

    folder = tmp_path / "sources"
    shutil.copytree(shelf_of_sources, folder)
    issue, out = str(folder / "issues" / "focus-specimen.yaml"), str(tmp_path / "out.pdf")

    def status() -> str:
        assert main(["build", issue, "-o", out, "--json"]) == 0
        return json.loads(capsys.readouterr().out)["status"]

    assert [status(), status()] == ["built", "current"]
    article = folder / "why-hyphens.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("kicker: Small type", "kicker: Type"), encoding="utf-8")  # fmt: skip
    assert [status(), status()] == ["built", "current"]
    shutil.copy(folder / "issues" / "cover.pdf", folder / "issues" / "calendar.pdf")
    assert [status(), status()] == ["built", "current"]

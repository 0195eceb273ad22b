"""Articles that other pages part: where they go on, what is printed there, what leads where, what is heard."""

import re

import pikepdf
import pytest
from issue_samples import CONTENTS, FRENCH, HYPHENS, at_the_head, blank, folio, outline

from layout.desk.cli import main
from layout.desk.verify import verify

LONG = "one-paragraph.yaml"
LEAF = {"pdf": "calendar.pdf", "pages": "1"}


def parted(*placed: dict, interview: str = LONG) -> dict:
    return {"interview": interview, "placed": list(placed)}


def made(tmp_path, edition: str = ""):
    return pikepdf.open(next(tmp_path.glob(f"*{edition}.pdf")))


def words(page) -> str:
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


def led(reader) -> dict[int, list[str]]:
    """The lines that lead on or back, by the index of their page."""
    found = {n: re.findall(r"continued (?:on|from) page \w+", words(page)) for n, page in enumerate(reader.pages)}  # fmt: skip
    return {n: sorted(lines) for n, lines in found.items() if lines}


def targets(pdf, page: int) -> dict[str, int]:
    """The index of the page that each link inside the file leads to, by its words."""
    numbers = {each.objgen: n for n, each in enumerate(pdf.pages)}
    return {
        str(link.Contents).replace("\u00a0", " "): numbers[link.Dest[0].objgen]
        for link in pdf.pages[page].get("/Annots", [])
        if "/Dest" in link
    }


# --- pages ---


def test_a_leaf_stands_after_the_page_that_it_follows(bound):
    reader = bound(HYPHENS, parted({**LEAF, "after": 2}), HYPHENS)
    assert ["January to June" in words(page) for page in reader.pages].index(True) == 3
    assert led(reader) == {2: ["continued on page 5"], 4: ["continued from page 3"]}
    assert [folio(page)[0] for page in reader.pages][:5] == ["1", "2", "3", "", "5"]
    assert reader.page_labels == [str(n) for n in range(1, len(reader.pages) + 1)]


def test_sides_and_folios_go_on_after_it(bound):
    reader = bound(parted({**LEAF, "after": 1}), first_folio=8)
    found = [folio(page) for page in reader.pages]
    assert found[:4] == [("8", "left"), ("", ""), ("10", "left"), ("11", "right")]


def test_roman_numbers_of_a_leaf_do_not_move_those_of_the_article(bound):
    reader = bound(parted({**LEAF, "after": 1, "folio": "roman"}))
    assert [folio(page)[0] for page in reader.pages][:3] == ["1", "i", "2"]
    assert reader.page_labels[:3] == ["1", "i", "2"]
    assert led(reader) == {0: ["continued on page 2"], 2: ["continued from page 1"]}


def test_two_leaves_and_an_empty_page_in_the_order_given(bound):
    places = ({**LEAF, "after": 2}, {**LEAF, "after": 1}, {"blank": 1, "after": 1})
    reader = bound(CONTENTS, parted(*places))
    assert ["January to June" in words(page) for page in reader.pages][:6] == [False, False, True, False, False, True]  # fmt: skip
    assert [blank(page) for page in reader.pages][:6] == [False, False, False, True, False, False]
    assert led(reader) == {
        1: ["continued on page 5"],
        4: ["continued from page 2", "continued on page 7"],
        6: ["continued from page 5"],
    }


def test_empty_pages_alone(bound):
    """Nothing made elsewhere: the issue is painted in one go."""
    reader = bound(parted({"blank": 2, "after": 1}), HYPHENS)
    assert [blank(page) for page in reader.pages][:4] == [False, True, True, False]
    assert led(reader) == {0: ["continued on page 4"], 3: ["continued from page 1"]}
    assert reader.page_labels == [str(n) for n in range(1, len(reader.pages) + 1)]
    assert outline(reader)["Who has the last word"] == len(reader.pages) - 2


def test_articles_open_on_the_right_after_a_parted_one(bound):
    reader = bound(CONTENTS, parted({**LEAF, "after": 1}), HYPHENS, opens="recto")
    places = outline(reader)
    assert places["One Paragraph, One Decision"] == 2
    assert places["The Hyphen Has a Word"] % 2 == 0


def test_an_article_twice_may_be_parted_once(bound):
    reader = bound({"interview": LONG}, parted({**LEAF, "after": 1}))
    assert len(led(reader)) == 2
    assert len(reader.pages) % 2 == 1


def test_the_words_of_the_article_are_all_there(bound, tmp_path, tool):
    """What stands in the columns is the same with and without a leaf, to the word."""
    texts = []
    for article in ({"interview": LONG}, parted({**LEAF, "after": 1}, {"blank": 1, "after": 2})):
        reader = bound(article)
        own = [words(page) for page in reader.pages if "January to June" not in page.extract_text()]
        text = re.sub(r"continued (on|from) page \d+|Focus One Paragraph, One Decision", " ", " ".join(own))  # fmt: skip
        texts.append(sorted(re.findall(r"[^\W\d]{3,}", text.replace("\u00ad", ""))))
    assert texts[0] == texts[1]


def test_the_language_of_the_lines_is_the_articles(bound):
    reader = bound(parted({**LEAF, "after": 1}, interview="espace-fine.yaml"))
    assert "suite page 3" in words(reader.pages[0])
    assert "suite de la page 1" in words(reader.pages[2])


def test_programs_without_tags_read_on_over_an_empty_page(bound, shelf_of_sources):
    """What goes on is painted last on its page and first on the next, though an empty one lies between."""
    before, empty, after = [words(page) for page in bound(parted({"blank": 1, "after": 1})).pages][
        :3
    ]
    assert empty == ""
    source = " ".join((shelf_of_sources / LONG).read_text(encoding="utf-8").split())
    parted_words = " ".join([*before.split()[-4:], *after.split()[:4]])
    assert parted_words in source


# --- what leads where ---


def test_the_lines_are_links_to_each_other(bound, tmp_path):
    bound(HYPHENS, parted({**LEAF, "after": 1}, {**LEAF, "after": 3}))
    with made(tmp_path) as pdf:
        assert targets(pdf, 1)["continued on page 4"] == 3
        assert targets(pdf, 3)["continued from page 2"] == 1
        assert targets(pdf, 4)["continued on page 7"] == 6
        assert targets(pdf, 6)["continued from page 5"] == 4


def test_the_outline_leads_to_heads_after_a_leaf(bound):
    plain = outline(bound({"interview": LONG}))
    places = outline(bound(parted({**LEAF, "after": 2})))
    assert places.keys() == plain.keys()
    assert {places[title] - page for title, page in plain.items()} == {0, 1}
    assert all(places[title] == page + (page >= 2) for title, page in plain.items())


def test_a_title_gives_a_leaf_its_entries_after_the_articles(bound):
    leaf = {**LEAF, "after": 1, "title": "A leaf", "folio": "arabic"}
    reader = bound(CONTENTS, parted(leaf), HYPHENS)
    listed = reader.pages[0].extract_text()
    assert re.findall(r"A leaf[ .]*\s*(\d+)", listed) == ["3"]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles[1:4] == ["One Paragraph, One Decision", "A leaf", "The Hyphen Has a Word"]
    assert outline(reader)["A leaf"] == 2


def test_each_article_can_be_led_to_by_its_name(bound):
    reader = bound(CONTENTS, parted({**LEAF, "after": 1}), HYPHENS, FRENCH, HYPHENS)
    places = outline(reader)
    named = {name: reader.get_destination_page_number(it) for name, it in reader.named_destinations.items()}  # fmt: skip
    assert named["one-paragraph"] == places["One Paragraph, One Decision"]
    assert named["espace-fine"] == places["L’espace que personne ne voit"]
    assert named["why-hyphens"] == places["The Hyphen Has a Word"]
    assert named["why-hyphens-2"] == len(reader.pages) - 1


def test_so_it_is_where_all_pages_are_ours(bound):
    reader = bound(HYPHENS, FRENCH)
    assert sorted(reader.named_destinations) == ["espace-fine", "why-hyphens"]


def test_the_name_of_another_file_with_that_stem_is_not_taken(bound, shelf_of_sources):
    (shelf_of_sources / "why-hyphens-2.yaml").write_text((shelf_of_sources / "why-hyphens.yaml").read_text())  # fmt: skip
    reader = bound(HYPHENS, {"interview": "why-hyphens-2.yaml"}, HYPHENS)
    (shelf_of_sources / "why-hyphens-2.yaml").unlink()
    assert sorted(reader.named_destinations) == ["why-hyphens", "why-hyphens-2", "why-hyphens-3"]


# --- running heads ---


def test_pages_that_open_nothing_bear_publication_and_title_outside_and_the_number_inside(bound):
    reader = bound(CONTENTS, parted({**LEAF, "after": 1}), FRENCH, number="12", date="2026-11")
    heads, number = [at_the_head(page) for page in reader.pages], "no. 12 · November 2026"
    assert heads[1]["right"] == number and heads[1]["left"].startswith("Focus")
    assert heads[2] == {}
    title = "Focus One Paragraph, One Decision"
    assert heads[3:7] == [
        {"left": title, "right": number} if folio(page)[1] == "left" else {"left": number, "right": title}
        for page in reader.pages[3:7]
    ]  # fmt: skip
    assert heads[-1] == {"left": number, "right": "Focus L’espace que personne ne voit"}


def test_so_does_a_contents_page_that_is_not_the_first(bound):
    reader = bound(CONTENTS, *[HYPHENS] * 40, number="12")
    assert at_the_head(reader.pages[1]) == {"left": "Focus Contents", "right": "no. 12"}


def test_a_long_title_leaves_the_number_room(bound, shelf_of_sources):
    long = shelf_of_sources / "long-title.yaml"
    text = (shelf_of_sources / LONG).read_text(encoding="utf-8")
    long.write_text(text.replace("title: One Paragraph", f"title: {'One and another and ' * 9}Paragraph"), encoding="utf-8")  # fmt: skip
    reader = bound({"interview": long.name}, number="12", date="2026-11")
    long.unlink()
    head = at_the_head(reader.pages[1])
    assert head["right"] == "no. 12 · November 2026" and head["left"].endswith("…")


# --- what is refused ---


@pytest.mark.parametrize(
    ("interview", "after", "message", "hint"),
    [
        (LONG, 99, "the article has 5 pages, so nothing stands inside it after page 99", "name a page from 1 to 4, or make"),
        ("espace-fine.yaml", 2, "the article has 2 pages, so nothing stands inside it after page 2", "name page 1, or make"),
        ("why-hyphens.yaml", 1, "the article has 1 page, so nothing stands inside it after page 1", "make"),
    ],
)  # fmt: skip
def test_a_page_that_the_article_has_not_is_named_with_line_and_way_out(
    interview, after, message, hint, shelf_of_sources, tmp_path, capsys
):
    path = shelf_of_sources / "issues" / "late.yaml"
    path.write_text(
        f"format: 1\ntitle: T\ncontents:\n- interview: {interview}\n  placed:\n"
        f"  - {{pdf: calendar.pdf, after: {after}}}\n"
    )
    assert main(["build", str(path), "-o", str(tmp_path)]) == 1
    path.unlink()
    said = capsys.readouterr().err
    assert f"late.yaml:6:32: error: {message}\n" in said
    assert f"hint: {hint}" in said and "a part of its own after the interview" in said
    assert not list(tmp_path.iterdir())


def test_all_that_is_wrong_is_named_at_once(shelf_of_sources, tmp_path, capsys):
    path = shelf_of_sources / "issues" / "wrong.yaml"
    path.write_text(
        "format: 1\ntitle: T\ncontents:\n- interview: why-hyphens.yaml\n  placed:\n"
        "  - {blank: 1, after: 7}\n  - {pdf: calendar.pdf, after: 8}\n"
        "- interview: one-paragraph.yaml\n  placed:\n  - {pdf: calendar.pdf, pages: 9, after: 1}\n"
    )
    assert main(["build", str(path), "-o", str(tmp_path)]) == 1
    path.unlink()
    places = re.findall(r"wrong\.yaml:(\d+):\d+: error", capsys.readouterr().err)
    assert places == ["6", "7", "10"]


# --- the whole file ---


def test_the_press_edition_has_the_same_pages_and_words_and_no_links(shelf_of_sources, tmp_path, tool):  # fmt: skip
    path = shelf_of_sources / "issues" / "both.yaml"
    path.write_text(
        "format: 1\ntitle: Focus\ndate: 2026-11\ncontents:\n- interview: one-paragraph.yaml\n  placed:\n"
        "  - {pdf: calendar.pdf, press: calendar-press.pdf, pages: 1, after: 2}\n"
    )
    editions = ["--edition", "digital", "--edition", "press"]
    assert main(["build", str(path), *editions, "-o", str(tmp_path), "--quiet"]) == 0
    path.unlink()
    screen, press = (tool("pdftotext", tmp_path / name, "-") for name in ("both.pdf", "both-press.pdf"))  # fmt: skip
    assert screen == press and "continued on page 4" in screen.replace("\u00a0", " ")
    with pikepdf.open(tmp_path / "both-press.pdf") as pdf:
        assert not any("/Annots" in page for page in pdf.pages)
        assert "/GTS_PDFXVersion" in pdf.docinfo


def test_pages_for_the_press_of_another_number_are_refused(shelf_of_sources, tmp_path, capsys):
    path = shelf_of_sources / "issues" / "uneven.yaml"
    path.write_text(
        "format: 1\ntitle: Focus\ndate: 2026-11\ncontents:\n- interview: one-paragraph.yaml\n  placed:\n"
        "  - {pdf: calendar.pdf, press: cover-press.pdf, after: 2}\n"
    )
    assert main(["build", str(path), "--edition", "press", "-o", str(tmp_path)]) == 1
    path.unlink()
    assert "uneven.yaml:7:32: error: the file for the press has 1 page" in capsys.readouterr().err


def test_it_is_sound_the_same_twice_and_proved_by_what_it_carries(bound, tmp_path, tool):
    parts = (CONTENTS, parted({**LEAF, "after": 1}, {"blank": 1, "after": 2}), FRENCH)
    keys = {"fill": {"to": 4, "with": {"pdf": "cover.pdf"}}}
    bound(*parts, **keys)
    path = next(tmp_path.glob("*.pdf"))
    first = path.read_bytes()
    tool("qpdf", "--check", path)
    assert verify(str(path)).status == "same"
    path.unlink()
    bound(*parts, **keys)
    assert path.read_bytes() == first

"""What is read of a page: words with their places, held to what poppler says; lines, furniture, articles, labels."""

import itertools
import re
from pathlib import Path

import pytest
from bindery_samples import needs
from diff_samples import TEXT, changed, content, pages
from pikepdf import Array, Dictionary, Name
from reprints import SAMPLES, reprint

from layout.bindery.diff.articles import Entry, articles_of
from layout.bindery.diff.labels import label_texts
from layout.bindery.diff.tokens import tokens_of, vocabulary
from layout.plates.navigation import Label


@needs("pdftotext")
@pytest.mark.parametrize("name", SAMPLES)
def test_words_and_their_places_are_those_that_poppler_finds(name, tool, tmp_path):
    data = reprint(f"sources/{name}.yaml").pdf
    (tmp_path / "a.pdf").write_bytes(data)
    file = content(data)
    said = tool("pdftotext", "-bbox", tmp_path / "a.pdf", "-")
    for number, page in enumerate(re.split("<page ", said)[1:]):
        rows = re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>',
            page,
        )
        theirs = {(round(float(x1)), round(float(x2))) for x1, _, x2, _, _ in rows}
        mine = [it for it in file.words if it.page == number]
        near = sum(
            any(
                (round(it.box[0]) + dx, round(it.box[2]) + dy) in theirs
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
            )
            for it in mine
        )
        assert near > 0.93 * len(mine)
        # Poppler takes words apart and together in other places than we do, but reads the same letters.
        letters = sorted(
            "".join(row[4] for row in rows).replace("&amp;", "&").replace("\u00ad", "-")
        )
        own = sorted("".join(it.text for it in mine).replace("\u00ad", "-"))
        assert abs(len(own) - len(letters)) < 0.03 * len(letters)


def test_every_word_of_a_source_is_read_once(tmp_path):
    made = reprint("sources/why-hyphens.yaml")
    file = content(made.pdf)
    text = " ".join(it.text for it in tokens_of(file, range(len(file.words)), vocabulary([file])))
    assert "Because a justified column must put its white somewhere." in text
    assert "\u00ad" not in text


@pytest.mark.parametrize(
    ("operators", "words"),
    [
        (b"(two words) Tj", ["two", "words"]),
        (b"[(two) -400 (words)] TJ", ["two", "words"]),
        (b"[(o) 20 (n) -30 (e)] TJ", ["one"]),
        (b"(o) Tj (ne) Tj", ["one"]),
        (b"(two) Tj 40 0 Td (words) Tj", ["two", "words"]),
        (b"2 Tc (spaced) Tj", ["spaced"]),
        (b"12 TL (two) Tj (words) '", ["two", "words"]),
        (b"12 TL (two) Tj 3 1 (words) \"", ["two", "words"]),
        (b"5 Ts (up) Tj", ["up"]),
        (b"3 Tr (unseen) Tj", ["unseen"]),
    ],
)  # fmt: skip
def test_words_as_they_are_painted(operators, words):
    def say(pdf):
        pdf.pages[0].contents_add(b"BT /F1 9 Tf 40 200 Td " + operators + b" ET")

    file = content(changed(pages(()), say))
    assert [it.text for it in file.words] == words


def test_text_in_any_direction():
    def say(pdf):
        for angle in (b"1 0 0 1", b"0 1 -1 0", b"-1 0 0 -1", b"0 -1 1 0"):
            pdf.pages[0].contents_add(b"BT /F1 9 Tf " + angle + b" 150 200 Tm (two words) Tj ET")

    file = content(changed(pages(()), say))
    assert [(it.text, it.turn) for it in file.words] == [
        (word, turn) for turn in (0, 90, 180, 270) for word in ("two", "words")
    ]
    for turn in (0, 90, 180, 270):
        first, second = (it for it in file.words if it.turn == turn)
        assert first.line == second.line and first.along < second.along


def test_columns_are_lines_of_their_own():
    def more(canvas, _):
        for x in (40, 170):
            canvas.drawString(x, 100, "a column")

    file = content(pages((), more=more))
    assert [it.line for it in file.words] == [0, 0, 1, 1]


def test_furniture_is_what_stands_on_three_pages():
    def more(canvas, number):
        canvas.drawString(40, 390, f"Quarterly {number + 1}")
        if number < 2:
            canvas.drawString(40, 5, "twice")

    file = content(pages(TEXT, TEXT, TEXT, more=more))
    assert {it.text for it in file.words if it.furniture} == {"Quarterly", "1", "2", "3"}


def test_furniture_that_says_so_itself():
    def tag(pdf):
        pdf.pages[0].contents_add(
            b"/Artifact <</Type /Pagination>> BDC BT /F1 9 Tf 40 5 Td (7) Tj ET EMC"
        )
        pdf.pages[0].contents_add(b"/Artifact BMC BT /F1 9 Tf 90 5 Td (line) Tj ET EMC")

    file = content(changed(pages(TEXT[:1]), tag))
    assert [it.text for it in file.words if it.furniture] == ["7"]


def test_the_font_in_its_graphics_state():
    def say(pdf):
        page = pdf.pages[0]
        page.Resources.ExtGState = Dictionary(
            G=Dictionary(Font=Array([page.Resources.Font.F1, 20]))
        )
        page.contents_add(b"BT /G gs 40 200 Td (large) Tj ET")

    [word] = content(changed(pages(()), say)).words
    assert word.size == 20


def test_a_type_0_font_that_runs_downwards():
    def say(pdf):
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.Any, DW=1000,
                           CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Japan1", Supplement=0))  # fmt: skip
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Any, Encoding=Name("/UniJIS-UTF16-V"),
                          DescendantFonts=Array([pdf.make_indirect(inner)]))  # fmt: skip
        pdf.pages[0].Resources.Font.V = pdf.make_indirect(font)
        pdf.pages[0].contents_add(b"BT /V 10 Tf 100 300 Td <65E5672C8A9E> Tj ET")

    [word] = content(changed(pages(()), say)).words
    assert word.text == "日本語"


# --- articles ---


def entry(title, page, *children):
    return Entry(title, page, children)


@pytest.mark.parametrize(
    ("entries", "articles"),
    [
        ([], [""]),
        ([entry("A", 0), entry("B", 2)], ["A", "B"]),
        ([entry("B", 2)], ["", "B"]),
        ([entry("Part", 1, entry("A", 1), entry("B", 2))], ["", "A", "B"]),
        ([entry("Part", 0, entry("A", 1), entry("B", 2))], ["Part", "A", "B"]),
        (
            [
                entry("A", 0, entry("x", 0), entry("y", 0)),
                entry("B", 2, entry("x", 2), entry("y", 2)),
            ],
            ["A", "B"],
        ),
        ([entry("Part", 0, entry("A", 0, entry("x", 0), entry("y", 0)))], ["A"]),
        ([entry(letter, 0) for letter in "abcd"] + [entry("e", 1)], [""]),
        ([entry("nowhere", -1)], [""]),
    ],
    ids=[
        "none",
        "top",
        "before",
        "section",
        "opener",
        "headings",
        "section of one",
        "reprint",
        "no page",
    ],
)
def test_the_articles_of_an_outline(entries, articles):
    found = articles_of(entries, 4)
    assert [it.title for it in found] == articles
    assert found[0].start == 0 and found[-1].stop == 4
    assert all(one.stop == two.start for one, two in itertools.pairwise(found))


def test_the_articles_of_our_own_issue(shelf_of_sources, tmp_path):
    from layout.desk.cli import main

    out = tmp_path / "issue.pdf"
    assert (
        main(
            [
                "build",
                str(shelf_of_sources / "issues/focus-specimen.yaml"),
                "-o",
                str(out),
                "--quiet",
            ]
        )
        == 0
    )
    titles = [it.title for it in content(Path(out).read_bytes()).articles]
    assert titles == ["", "Contents", "Anti-Personnel Mine Ban Convention", "The Hyphen Has a Word",
                      "One Paragraph, One Decision", "L’espace que personne ne voit", "A Printer’s Almanac"]  # fmt: skip


def test_labels_as_viewers_show_them():
    labels = [
        Label(0, "roman"),
        Label(2, "arabic", "", 1),
        Label(4, "Letters", "A-", 26),
        Label(6, "none", "cover"),
    ]
    assert label_texts(labels, 7) == ("i", "ii", "1", "2", "A-Z", "A-AA", "cover")
    assert label_texts([Label(0, "Roman", "", 1999)], 1) == ("MCMXCIX",)
    assert label_texts([], 2) == ("", "")

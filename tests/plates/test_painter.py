"""The painter's file: outline, labels, links, and the same bytes whatever came before."""

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from readback import content, fonts, opened, to_unicode
from reprints import ROOT, SAMPLES, SOURCES, marks, reprint, sample, source

from layout.house.brands import read_brand
from layout.makeup.page import Anchor, Link
from layout.plates.edition import EDITIONS
from layout.plates.metadata import About
from layout.plates.painter import Part, paint
from layout.setting.looks import TypeCase

SNAPSHOTS = Path(__file__).parent / "snapshots"


def index_of(file: Any, destination: Any) -> int:
    """The index of the page that a destination leads to, named ones looked up."""
    if not isinstance(destination, list) and not hasattr(destination, "__len__"):
        destination = file.Root.Dests[destination]
    return [page.objgen for page in file.pages].index(destination[0].objgen)


# --- outline and labels ---


def outline(file: Any) -> list[tuple[int, str, int]]:
    """(level, title, page index) of every bookmark in order."""

    def below(items, level):
        for item in items:
            page = [page.objgen for page in file.pages].index(item.destination[0].objgen)
            yield level, item.title, page
            yield from below(item.children, level + 1)

    with file.open_outline() as tree:
        return list(below(tree.root, 0))


def test_the_outline_is_the_title_with_its_questions_and_the_sidebar_last():
    interview = sample("mine-ban-convention").interview
    questions = [entry.question.text for entry in interview.interview]
    assert outline(opened(sample("mine-ban-convention").pdf)) == [
        (0, interview.title.text, 0),
        *[(1, question, 0) for question in questions],
        (1, "Recommended accounts", 0),
    ]


def test_questions_stand_under_their_cross_heads():
    file = opened(sample("one-paragraph").pdf)
    found = [(level, title) for level, title, _ in outline(file)]
    wanted, level = [(0, "One Paragraph, One Decision")], 1
    for entry in sample("one-paragraph").interview.interview:
        if hasattr(entry, "heading"):
            wanted.append((1, entry.heading.text))
            level = 2
        elif hasattr(entry, "question"):
            wanted.append((level, entry.question.text))
    assert found == [*wanted, (1, "To read on, and to follow")]


def test_bookmarks_lead_to_the_pages_that_bear_their_words():
    printed = sample("one-paragraph")
    pages = {mark.title: number for number, page in enumerate(printed.pages.pages)
             for mark in marks(page, Anchor)}  # fmt: skip
    for _, title, page in outline(opened(printed.pdf)):
        assert page == pages[title]


def test_page_labels_are_the_folios():
    printed = reprint(SOURCES / "one-paragraph.yaml", folio=17)
    file = opened(printed.pdf)
    assert [page.label for page in file.pages] == [str(p.folio) for p in printed.pages.pages]
    assert file.pages[0].label == "17"
    assert len(file.Root.PageLabels.Nums) == 2


def test_pages_have_the_brands_size():
    file = opened(sample("one-paragraph").pdf)
    for page in file.pages:
        assert [float(x) for x in page.MediaBox] == pytest.approx([0, 0, 595.276, 841.89], abs=1e-3)


# --- links ---


def annotations(pdf: bytes) -> list:
    return [note for page in opened(pdf).pages for note in page.get("/Annots", [])]


def test_a_link_over_two_lines_is_called_by_all_its_words():
    names = [str(note.Contents) for note in annotations(sample("one-paragraph").pdf)]
    assert names[:4] == ["Word Hy-phen-a-tion by Com-put-er"] * 2 + ["one package at CTAN"] * 2


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_has_words_is_printed_and_has_no_border(name):
    printed = sample(name)
    placed = [link for page in printed.pages.pages for link in marks(page, Link)]
    notes = annotations(printed.pdf)
    assert len(notes) == len(placed) > 0
    for note, link in zip(notes, placed, strict=True):
        assert str(note.Subtype) == "/Link"
        assert int(note.F) == 4
        assert [int(n) for n in note.Border] == [0, 0, 0]
        assert link.text in str(note.Contents)
        box = [link.x, link.y, link.x + link.width, link.y + link.height]
        assert [float(n) for n in note.Rect] == pytest.approx(box, abs=0.01)
        if not link.target.startswith("#"):
            assert str(note.A.S) == "/URI" and str(note.A.URI) == link.target


def test_the_pointer_leads_to_the_sidebars_page(tmp_path):
    turns = [{"question": f"Question {n}?", "answer": "A long answer. " * 30} for n in range(40)]
    turns[-1]["answer"] += "\n\n[Whom to follow](#accounts)"
    accounts = {"network": "x", "entries": [{"handle": f"@account{n}"} for n in range(90)]}
    printed = reprint(source(tmp_path, interview=turns, accounts=accounts))
    file = opened(printed.pdf)
    (note,) = [note for note in annotations(printed.pdf) if "/URI" not in note.get("/A", {})]
    where = next(n for n, page in enumerate(printed.pages.pages)
                 if any(anchor.name == "accounts" for anchor in marks(page, Anchor)))  # fmt: skip
    assert index_of(file, note.Dest) == where > 0


def test_an_edition_without_links_has_none():
    from msgspec.structs import replace

    printed = sample("mine-ban-convention")
    bare = replace(EDITIONS["digital"], links=False)
    assert not annotations(paint([Part(printed.pages)], printed.brand, bare, About("T")))


def test_parts_keep_their_places_apart():
    """Two interviews in one file: each pointer leads to the sidebar of its own."""
    printed = sample("mine-ban-convention")
    parts = [Part(printed.pages, "a-"), Part(printed.pages, "b-")]
    pdf = paint(parts, printed.brand, EDITIONS["digital"], About("T"))
    file = opened(pdf)
    inside = [
        [note for note in page.Annots if "/URI" not in note.get("/A", {})] for page in file.pages
    ]
    assert [[index_of(file, note.Dest) for note in notes] for notes in inside] == [[0], [1]]
    assert len(fonts(file)) == len(fonts(opened(printed.pdf)))


# --- soundness ---


@pytest.mark.parametrize("name", SAMPLES)
def test_other_programs_find_nothing_wrong(tool, tmp_path, name):
    path = tmp_path / "sample.pdf"
    path.write_bytes(sample(name).pdf)
    assert "No syntax or stream encoding errors" in tool("qpdf", "--check", path)
    assert "warning" not in tool("mutool", "draw", "-q", "-s", "5", "-o", "/dev/null", path).lower()
    tool("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path)  # fmt: skip


# --- the same bytes ---


def digests(names: list[str], **environment: str) -> list[str]:
    """The digests of samples built one after the other in a process of its own."""
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "from hashlib import sha256; from reprints import sample\n"
        "for name in sys.argv[3:]: print(sha256(sample(name).pdf).hexdigest())"
    )
    command = [sys.executable, "-c", code, str(ROOT), str(ROOT / "tests"), *names]
    kept = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**kept, **environment})  # fmt: skip
    return done.stdout.split()


def test_the_same_pages_are_the_same_bytes():
    assert sample("one-paragraph").pdf == sample("one-paragraph").pdf


def test_neither_hash_seed_nor_order_nor_time_zone_change_a_byte(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    here = [sha256(sample(name).pdf).hexdigest() for name in SAMPLES]
    assert digests(SAMPLES, PYTHONHASHSEED="1", TZ="Asia/Tokyo") == here
    assert digests(SAMPLES[::-1], PYTHONHASHSEED="2", LC_ALL="C", LANG="C") == here[::-1]


# --- a file that a person can read ---


def readable(pdf: bytes) -> str:
    """The content streams with characters for codes: kerns left out, numbers after spaces kept away."""
    file = opened(pdf)
    texts = {name: to_unicode(font) for name, font in fonts(file).items()}
    names = {name: str(font.BaseFont)[8:] for name, font in fonts(file).items()}
    lines = []
    for number, page in enumerate(file.pages, 1):
        lines.append(f"--- page {number} ---")
        for line in content(page).decode("ascii").splitlines():
            shown = []
            for part in re.split(r"(?=/F\d+ )", line):
                font = re.match(r"/(F\d+) ", part)
                if font is not None:
                    codes = "".join(re.findall(r"<([0-9A-F]+)>", part))
                    words = "".join(texts[font[1]][int(codes[i : i + 4], 16)] for i in range(0, len(codes), 4))  # fmt: skip
                    part = re.sub(r"\[.*\]TJ", lambda _, words=words: f"({words}) TJ", part)
                    part = part.replace(f"/{font[1]} ", f"/{names[font[1]]} ")
                shown.append(part)
            lines.append("".join(shown).strip())
    return "\n".join(lines).replace("\u00ad", "[-]") + "\n"


def test_a_small_interview_page_by_page():
    """Painted and read back as text. After a change that is meant: UPDATE_SNAPSHOTS=1, then read the difference."""
    path = str(SNAPSHOTS / "small.yaml")
    case = TypeCase(read_brand("small-brand.yaml", path).brand)
    printed = reprint(path, case)
    assert len(printed.pages.pages) == 2
    found, file = readable(printed.pdf), SNAPSHOTS / "small.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")

"""The structure tree: each kind of entry as elements, read back through the file's own marked content."""

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from readback import Annotation, Node, opened, outlined, pikepdf, tree, walked
from reprints import SAMPLES, SOURCES, marks, reprint, runs, sample, source

from layout.makeup.page import Image
from layout.plates.edition import EDITIONS
from layout.plates.metadata import About
from layout.plates.painter import Part, paint
from layout.plates.structure import NUMBERING, ROLE_MAP, TYPES

QUESTION = {"question": "Why?", "answer": "So."}
ACCOUNTS = {"network": "x", "entries": [{"handle": "@a", "name": "Ay", "about": "Of a."}, {"handle": "@b"}]}  # fmt: skip
LONG = "Nobody had thought of it before, and those who had were not asked. " * 12


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """The tree of a small interview, beside which a picture lies."""
    shutil.copy(SOURCES / "images/optical-sizes.png", tmp_path / "a.png")

    def make(*entries: dict, **keys: Any) -> Node:
        if entries:
            keys["interview"] = list(entries)
        return tree(reprint(source(tmp_path, **keys)).pdf)

    return make


def shown(node: Node) -> str:
    """The tree below the title."""
    text = outlined(node)
    return dedent(text[text.index("\n", text.index("  H1 ")) + 1 :])


# --- the kinds of entry ---

KINDS = {
    "turn": (
        [{"question": "Why?", "answer": "One.\n\nTwo."}],
        """
        Turn
          Question Why?
          Answer
            P One.
            P Two.
        """,
    ),
    "speaker": (
        [{"question": "Why?", "answer": "One.\n\nTwo.", "speaker": "Ann"}],
        """
        Turn
          Question Why?
          Answer
            P
              Span Ann:
              -  One.
            P Two.
        """,
    ),
    "cross-head": (
        [QUESTION, {"heading": "Part"}, QUESTION],
        """
        Turn
          Question Why?
          Answer
            P So.
        H2 Part
        Turn
          Subquestion Why?
          Answer
            P So.
        """,
    ),
    "narration": ([{"text": "One.\n\nTwo."}], "P One.\nP Two.\n"),
    "list": (
        [{"text": "- one\n- two\n\n  more\n  1. inner"}],
        """
        L
          LI
            Lbl •
            LBody
              P one
          LI
            Lbl •
            LBody
              P two
              P more
              L
                LI
                  Lbl 1.
                  LBody
                    P inner
        """,
    ),
    "quotation": (
        [{"text": "> One.\n>\n> - two"}],
        """
        BlockQuote
          P One.
          L
            LI
              Lbl •
              LBody
                P two
        """,
    ),
    "code": (
        [{"text": "Run `this`:\n\n```\nif x:\n    y\n```"}],
        "P Run this:\nP\n  Code if\u00a0x: \u00a0\u00a0\u00a0\u00a0y\n",
    ),
    "links": (
        [{"text": "See *the* [first `one`](https://a.example) and [the second](https://b.example)."}],
        """
        P
          - See the
          Link
            - first one
            -> https://a.example
          -  and
          Link
            - the second
            -> https://b.example
          - .
        """,
    ),
    "pull quote": (
        [{"pull_quote": "Large words.", "attribution": "Ann"}],
        "PullQuote\n  P Large words.\n  P Ann\n",
    ),
    "figure": (
        [{"figure": "a.png", "alt": "A view", "caption": "Seen.", "credit": "Ann"}],
        """
        Div
          Figure (A view)
          Caption Seen.
          P Ann
        """,
    ),
    "decoration with a caption": (
        [{"figure": "a.png", "alt": "", "caption": "Seen."}],
        "Div\n  Caption Seen.\n",
    ),
    "decoration": ([{"figure": "a.png", "alt": ""}], ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_entry_has_its_elements(made, kind):
    entries, wanted = KINDS[kind]
    assert shown(made(*entries, {"text": "Last."})) == dedent(wanted).lstrip() + "P Last.\n"


def test_the_head_and_the_foot_have_theirs(made):
    """Masthead, tagline and date come first; the portrait stands with its credit; the colophon is last."""
    person = {"name": "Ann", "handle": "@ann", "portrait": {"image": "a.png", "alt": "Ann at work", "credit": "Carl"}}  # fmt: skip
    node = made(
        kicker="Kicker", standfirst="Standfirst.", tagline="A line", date="2012-06", interviewer="Bob",
        interviewee=person, disclaimer="Views.", original={"publication": "P", "url": "https://o.example"},
    )  # fmt: skip
    assert outlined(node) == dedent(
        """\
        Document
          P Focus
          P A line
          P June 2012
          P Kicker
          H1 A title
          P Standfirst.
          P
            - Ann ·
            Link
              - @ann
              -> https://twitter.com/ann
            -  · Interview: Bob
          Div
            Figure (Ann at work)
            P Carl
          Turn
            Question Who is there?
            Answer
              P A reader.
          P Views.
          P
            - First published in P.
            Link
              - https://o.example
              -> https://o.example
        """
    )


def test_the_sidebar_is_a_section_with_a_list(made):
    node = made(
        {"question": "Whom?", "answer": "[These](#accounts)"},
        accounts={"title": "Follow", "intro": "Read [this](https://r.example).", **ACCOUNTS},
    )
    assert shown(node) == dedent(
        """\
        Turn
          Question Whom?
          Answer
            P
              Link
                - These
                -> a place
        Sidebar
          H2 Follow
          P
            - Read
            Link
              - this
              -> https://r.example
            - .
          L
            LI
              LBody
                P
                  Link
                    - @a
                    -> https://twitter.com/a
                  -  Ay
                P Of a.
            LI
              LBody
                P
                  Link
                    - @b
                    -> https://twitter.com/b
        """
    )


def test_a_heading_that_is_repeated_over_a_sidebar_that_goes_on_is_read_once(made):
    entries = [{"handle": f"@account_{n}", "about": "One of many."} for n in range(90)]
    node = made(QUESTION, accounts={"network": "x", "entries": entries})
    assert [it.text for it in node.all("H2")] == ["Recommended accounts"]
    assert "continued" not in node.text
    assert [it.text for it in node.all("Link")] == [it["handle"] for it in entries]


# --- what types mean ---

STANDARD = {
    "Document", "Part", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "P", "H1", "H2", "H3", "L", "LI", "Lbl",
    "LBody", "Span", "Reference", "Code", "Link", "Figure",
}  # fmt: skip
"""Types of ISO 32000-1, 14.8.4."""


def test_every_type_is_a_standard_one_or_mapped_to_one():
    assert set(TYPES.values()) <= STANDARD | ROLE_MAP.keys()
    assert set(ROLE_MAP.values()) <= STANDARD
    assert not ROLE_MAP.keys() & STANDARD, "a standard type is not given another meaning"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_file_holds_the_role_map_and_elements_of_these_types_only(name):
    file = opened(sample(name).pdf)
    assert {key[1:]: str(value)[1:] for key, value in file.Root.StructTreeRoot.RoleMap.items()} == ROLE_MAP  # fmt: skip
    assert file.Root.MarkInfo.Marked is True
    assert {node.type for node in tree(sample(name).pdf).all()} <= {*TYPES.values()}


def test_elements_of_one_type_stand_together():
    """In the order of the tree among themselves: so they pack best."""
    found = [
        (thing.objgen[0], str(thing.S))
        for thing in opened(sample("one-paragraph").pdf).objects
        if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/P" in thing
    ]
    numbers = [number for number, _ in found]
    assert numbers == list(range(numbers[0], numbers[0] + len(found)))
    assert [kind for _, kind in found] == sorted(kind for _, kind in found)


def test_lists_say_how_they_are_numbered(made):
    node = made({"text": "- one\n\n1. two"}, QUESTION, accounts=ACCOUNTS)
    found = [(str(it.entries.A.O), str(it.entries.A.ListNumbering)) for it in node.all("L")]
    assert found == [("/List", f"/{it}") for it in ("Disc", "Decimal", "None")]
    assert set(NUMBERING.values()) == {"Disc", "Decimal", "None"}


# --- figures ---


def test_a_figure_says_what_it_shows_and_where_it_stands(tmp_path):
    shutil.copy(SOURCES / "images/optical-sizes.png", tmp_path / "a.png")
    entries = [QUESTION, {"figure": "a.png", "alt": "Sizes of “a” – in a row"}]
    printed = reprint(source(tmp_path, interview=entries))
    (figure,) = tree(printed.pdf).all("Figure")
    (image,) = marks(printed.pages.pages[0], Image)
    assert str(figure.entries.Alt) == "Sizes of “a” – in a row"
    box = [image.x, image.y, image.x + image.width, image.y + image.height]
    assert [float(it) for it in figure.entries.A.BBox] == pytest.approx(box, abs=0.01)
    assert str(figure.entries.A.O) == "/Layout"


def test_a_picture_without_words_is_an_artifact(tmp_path):
    shutil.copy(SOURCES / "images/optical-sizes.png", tmp_path / "a.png")
    entries = [{"figure": "a.png", "alt": alt} for alt in ("", "A view")]
    pdf = reprint(source(tmp_path, interview=[QUESTION, *entries])).pdf
    placed = [piece for page in opened(pdf).pages for piece in walked(page) if piece.operator == "Do"]  # fmt: skip
    assert [(it.mcid is None, it.inside[-1].tag) for it in placed] == [(True, "Artifact"), (False, "Figure")]  # fmt: skip


# --- links ---


@pytest.mark.parametrize("name", SAMPLES)
def test_each_annotation_is_in_a_link_with_its_words_and_knows_it(name):
    """From the tree to the annotation, and back by the parent tree (ISO 32000-1, 14.7.4.4)."""
    file = opened(sample(name).pdf)
    parents = number_tree(file)
    seen = []
    for link in tree(sample(name).pdf).all("Link"):
        notes = [kid for kid in link.kids if isinstance(kid, Annotation)]
        assert notes and link.text.strip()
        for note in notes:
            assert parents[int(note.entries.StructParent)] == link.entries
            assert note.entries.objgen in {it.objgen for it in note.page.Annots}
            assert link.text.startswith(str(note.entries.Contents)) or str(note.entries.Contents) in link.text  # fmt: skip
            seen.append(note.entries.objgen)
    there = [note.objgen for page in file.pages for note in page.get("/Annots", [])]
    assert sorted(seen) == sorted(there) and len(set(seen)) == len(seen)


def number_tree(file: Any) -> dict[int, Any]:
    rows = list(file.Root.StructTreeRoot.ParentTree.Nums)
    keys = [int(key) for key in rows[::2]]
    assert keys == sorted(set(keys))
    assert int(file.Root.StructTreeRoot.ParentTreeNextKey) == len(keys) == keys[-1] + 1
    return dict(zip(keys, rows[1::2], strict=True))


def test_a_link_over_two_lines_is_one_element(made):
    node = made({"text": f"[{LONG[:130].strip()}](https://a.example)"}, QUESTION)
    (link,) = node.all("Link")
    assert link.text == LONG[:130].strip()
    assert sum(isinstance(kid, Annotation) for kid in link.kids) == 3


def test_pages_with_links_are_walked_in_the_order_of_tags():
    for page in opened(sample("one-paragraph").pdf).pages:
        assert page.get("/Tabs") == ("/S" if "/Annots" in page else None)


def test_without_links_their_words_are_plain(made, tmp_path):
    printed = reprint(source(tmp_path, interview=[{"text": "See [this](https://a.example)."}]))
    bare = replace(EDITIONS["digital"], links=False)
    node = tree(paint([Part(printed.pages)], printed.brand, bare, About("T")))
    assert shown(node) == "P\n  - See\n  Span this\n  - .\n"


# --- pages ---


@pytest.mark.parametrize("name", SAMPLES)
def test_marked_content_leads_to_its_element_and_back(name):
    """Every number on a page is in the parent tree, and that element has it as a kid, once."""
    file = opened(sample(name).pdf)
    parents = number_tree(file)
    kids = {}
    for node in tree(sample(name).pdf).all():
        for page, number in contents_of(node):
            assert (page, number) not in kids
            kids[page, number] = node.entries.objgen
    for page in file.pages:
        numbers = sorted({it.mcid for it in walked(page) if it.mcid is not None})
        above = [it.objgen for it in parents[int(page.StructParents)]]
        assert numbers == list(range(len(above)))
        assert [kids.pop((page.objgen, number)) for number in numbers] == above
    assert not kids


def contents_of(node: Node) -> list[tuple[tuple[int, int], int]]:
    """The marked contents that are an element's kids: their pages and numbers."""
    given = node.entries.get("/K", [])
    found = []
    for kid in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(kid, int):
            found.append((node.entries.Pg.objgen, kid))
        elif kid.get("/Type") == "/MCR":
            found.append((kid.Pg.objgen, int(kid.MCID)))
    return found


def test_a_paragraph_over_two_pages_is_one_element_of_both(made, tmp_path):
    printed = reprint(source(tmp_path, interview=[{"question": "Why?", "answer": LONG * 9}]))
    assert len(printed.pages.pages) == 2
    (answer,) = tree(printed.pdf).all("Answer")
    (paragraph,) = answer.all("P")
    pages = [page.objgen for page in opened(printed.pdf).pages]
    found = [pages.index(page) for page, _ in contents_of(paragraph)]
    assert set(found) == {0, 1} and found == sorted(found)
    assert paragraph.text == (LONG * 9).strip()


@pytest.mark.parametrize("name", SAMPLES)
def test_all_that_is_painted_is_marked_once(name):
    """Inside one element or one artifact, never in both or in neither (ISO 14289-1, 7.1)."""
    for page in opened(sample(name).pdf).pages:
        pieces = walked(page)
        assert pieces
        for piece in pieces:
            assert len(piece.inside) == 1
            assert (piece.mcid is None) == (piece.inside[0].tag == "Artifact")


def test_furniture_is_told_by_its_kind(tmp_path):
    printed = reprint(source(tmp_path, interview=[{"question": "Why?", "answer": LONG * 9}], disclaimer="Views."))  # fmt: skip
    first, second = (
        [(it.inside[0].kind, it.text) for it in walked(page) if it.mcid is None]
        for page in opened(printed.pdf).pages
    )
    header, footer = "Pagination Header", "Pagination Footer"
    assert {kind for kind, text in first + second if not text} == {"Layout"}
    assert [it for it in first if it[1]] == [(footer, "1")]
    assert [(kind, text.strip()) for kind, text in second if text] == [
        (header, "Focus"), (header, "A title"), (footer, "Views."), (footer, "2"),
    ]  # fmt: skip


def test_a_word_over_two_lines_is_one_word():
    """No hyphen of ours is heard or copied: what stands for both parts is the word."""
    hyphens = 0
    for printed in map(sample, SAMPLES):
        texts = [run.text for page in printed.pages.pages for run in runs(page)]
        hyphens += sum("\u00ad" in text for text in texts)
        assert "\u00ad" not in tree(printed.pdf).text
    assert hyphens > 3


# --- where it is from, and in which language ---


def lines_of(node: Node, line: int = 0) -> Iterator[tuple[Node, int]]:
    """Every element with the line that it, or else what it stands in, says."""
    title = str(node.entries.get("/T", ""))
    line = int(title.removeprefix("line ")) if title.startswith("line ") else line
    yield node, line
    for child in node.kids:
        if isinstance(child, Node):
            yield from lines_of(child, line)


def test_elements_say_the_line_of_the_source(tmp_path):
    path = source(tmp_path, kicker="Kicker", interview=[QUESTION, {"heading": "Part"}])
    written = path.read_text().splitlines()
    root = tree(reprint(path).pdf)
    for node, line in lines_of(root):
        if node.type in ("H1", "Question", "H2") or node.text == "Kicker":
            assert node.text in written[line - 1]
    titles = [node.entries.get("/T") for node in root.all() if node.type in ("Turn", "Question")]
    assert titles[1] is None  # what it stands in says the same


def test_the_documents_element_is_called_what_its_source_is(tmp_path):
    printed = reprint(source(tmp_path))
    pdf = paint([Part(printed.pages, source="Été.yaml")], printed.brand, EDITIONS["digital"], About("T"))  # fmt: skip
    assert str(tree(pdf).entries.T) == "Été.yaml"


def test_words_of_the_house_in_another_language_say_so(made):
    """The house has no Estonian but for dates: what it says in English is not to be read as Estonian."""
    node = made(
        language="et", date="2012-06", interviewer="Bob", accounts=ACCOUNTS,
        original={"publication": "Suomi", "issue": "3", "date": "2012-06", "publisher": "Yliopisto"},
    )  # fmt: skip
    english = [it.text.strip() for it in node.all() if it.entries.get("/Lang") == "en"]
    assert english == [
        "Interview:", "Recommended accounts", "First published in", "no.", "published by",
    ]  # fmt: skip
    assert not {"Bob", "Suomi", "Yliopisto"} & {*english}


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_words_of_the_house_in_the_texts_language_need_not(made, language):
    node = made(language=language, date="2012-06", interviewer="Bob", original={"publication": "P"})
    assert not [it.text for it in node.all() if "/Lang" in it.entries]


# --- the order, whatever the pages are like ---

TURN = st.builds(
    lambda words, speaker: {"question": f"Question {words}?", "answer": "\n\n".join([f"Answer {words}. {'Said at length. ' * words}".strip()] * 2), **speaker},
    st.integers(0, 60),
    st.sampled_from(({}, {"speaker": "Ann"})),
)  # fmt: skip
ENTRIES = st.one_of(
    TURN,
    TURN,
    st.sampled_from(
        (
            {"heading": "A head"},
            {"text": "Told.\n\nAnd told."},
            {"pull_quote": "Large words.", "attribution": "Ann"},
            {"figure": "a.png", "alt": "A", "caption": "Seen.", "credit": "Carl", "width": "page"},
            {"figure": "a.png", "alt": "B", "caption": "Seen again."},
        )
    ),
)
FEW = settings(
    max_examples=12, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def tree_of(entries: list[dict], accounts: bool) -> Node:
    with TemporaryDirectory() as folder:
        shutil.copy(SOURCES / "images/optical-sizes.png", folder)
        Path(folder, "optical-sizes.png").rename(Path(folder, "a.png"))
        keys = {"accounts": ACCOUNTS} if accounts else {}
        return tree(reprint(source(Path(folder), interview=[*entries, QUESTION], **keys)).pdf)


def levels(node: Node) -> list[int]:
    types = (ROLE_MAP.get(it.type, it.type) for it in node.all())
    return [int(it[1:]) for it in types if it[0] == "H" and it[1:].isdigit()]


@FEW
@given(st.lists(ENTRIES, max_size=12), st.booleans())
def test_headings_never_skip_a_level(entries, accounts):
    found = levels(tree_of(entries, accounts))
    assert found[0] == 1 and found.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found))


def said_by(entry: dict) -> list[str]:
    """The texts of an entry in the order in which they are read."""
    found = [entry[key] for key in ("heading", "question") if key in entry]
    for key in ("answer", "text"):
        found += entry.get(key, "").split("\n\n") if key in entry else []
    if "speaker" in entry:
        found[1] = f"{entry['speaker']}: {found[1]}"
    return found + [entry[key] for key in ("pull_quote", "attribution", "caption", "credit") if key in entry]  # fmt: skip


@FEW
@given(st.lists(ENTRIES, max_size=25), st.booleans())
def test_the_tree_is_read_in_the_order_of_the_source(entries, accounts):
    """Whatever columns, boxes and pages make of it: every text once, to the character."""
    node = tree_of(entries, accounts)
    wanted = [text for entry in [*entries, QUESTION] for text in said_by(entry)]
    wanted = ["Focus", "A title", *wanted]
    if accounts:
        wanted += ["Recommended accounts", "@a Ay", "Of a.", "@b"]
    texts = ("P", "H1", "H2", "Question", "Subquestion", "Caption")
    assert [it.text for it in node.all() if it.type in texts] == wanted

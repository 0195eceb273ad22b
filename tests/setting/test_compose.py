"""Interviews to galleys: the reading order, what is held together, and boxes on the grid."""

from collections.abc import Callable
from itertools import chain, combinations, pairwise
from math import isclose
from pathlib import Path

import pytest
from msgspec.structs import replace
from setting_samples import case, focus, hang, length, look, runs

from layout.house.brand import Brand
from layout.makeup.page import whole
from layout.makeup.proof import OF_THEIR_OWN
from layout.manuscript.interview import Interview, Original, PullQuote
from layout.manuscript.reader import read_interview
from layout.manuscript.text import Paragraph, Span
from layout.setting.compose import compose
from layout.setting.front import FOLIO_WIDTH
from layout.setting.galley import Block, Galley, Tree
from layout.setting.looks import TypeCase
from layout.setting.marks import Anchor, Image, Link, Mark, Rule, Run, Tint

SOURCES = Path(__file__).parents[2] / "sources"

HEAD = "format: 1\ntitle: A Title\n"
TURN = "interview:\n- question: Why?\n  answer: Because.\n"


@pytest.fixture
def composed(tmp_path) -> Callable[..., Galley]:
    def read(text: str, brand: Brand | None = None) -> Galley:
        path = tmp_path / "source.yaml"
        path.write_text(text, encoding="utf-8")
        return compose(read_interview(str(path)), TypeCase(brand or focus()), str(path))

    return read


def tree_of(galley: Galley) -> list[str]:
    """The elements in reading order, each set in below its parent."""
    depth: list[int] = []
    shown = []
    for element in galley.elements:
        depth.append(depth[element.parent] + 1 if element.parent >= 0 else 0)
        shown.append("  " * depth[-1] + element.role)
    return shown


def marks_of(galley: Galley) -> list[Mark]:
    """Every mark in the order it was set."""
    found = list(galley.head.marks)
    for block in galley.blocks:
        found += chain.from_iterable(block.lines)
        found += block.box.marks if block.box is not None else ()
    rows = galley.sidebar.rows if galley.sidebar is not None else ()
    found += chain.from_iterable(marks for marks, _, _ in rows)
    found += chain.from_iterable(line.marks for line in (*galley.disclaimer, *galley.colophon))
    return found


def left_of(run: Run) -> float:
    """Where the line of a run begins: its first sign may hang over that."""
    return run.x + hang(run, run.text[0])[0]


def said_by(galley: Galley, role: str) -> list[str]:
    """The text of every element of a role, in order, with what stands inside it; parts of words joined."""
    texts: dict[int, str] = {}
    for mark in marks_of(galley):
        if isinstance(mark, Run):
            for element in {mark.element, whole(mark.element, galley.elements, OF_THEIR_OWN)}:
                if galley.elements[element].role == role:
                    texts[element] = texts.get(element, "") + mark.text
    return [" ".join(texts[it].replace("\u00ad", "").split()) for it in sorted(texts)]


def block_text(block: Block) -> str:
    return "".join(run.text for line in block.lines for run in runs(line)).strip()


FULL = HEAD + (
    "kicker: Small type\n"
    "standfirst: It works at the ends of lines.\n"
    "date: 2012-06\n"
    "tagline: Notes\n"
    "rights: © 2012 State of Geneva\n"
    "disclaimer: Not an official record.\n"
    "interviewer: Focus\n"
    "interviewee: {name: Ann, role: director, organisation: the Office, handle: '@MineBanTreaty'}\n"
    "original: {publication: Focus, date: 2012-06}\n"
    "accounts:\n"
    "  intro: Worth reading.\n"
    "  entries:\n"
    "  - {handle: '@a', name: Ay, about: Of a.}\n"
    "  - {handle: '@b'}\n"
    "interview:\n"
    "- question: First?\n"
    "  answer: |\n"
    "    One.\n"
    "\n"
    "    - item\n"
    "      1. inner\n"
    "    - item two\n"
    "\n"
    "    > Quoted.\n"
    "\n"
    "        code  here\n"
    "- heading: Part two\n"
    "- question: Second?\n"
    "  speaker: Ann\n"
    "  answer: Two, see [below](#accounts).\n"
    "- text: Told.\n"
    "- pull_quote: Large words.\n"
    "  attribution: Ann\n"
)


def test_elements_stand_in_reading_order_below_their_parents(composed):
    assert tree_of(composed(FULL)) == [
        "document",
        "  masthead",
        "  tagline",
        "  dateline",
        "  kicker",
        "  title",
        "  standfirst",
        "  byline",
        "    link",
        "  turn",
        "    question",
        "    answer",
        "      paragraph",
        "      list",
        "        item",
        "          label",
        "          body",
        "            paragraph",
        "            numbered-list",
        "              item",
        "                label",
        "                body",
        "                  paragraph",
        "        item",
        "          label",
        "          body",
        "            paragraph",
        "      block-quote",
        "        paragraph",
        "      paragraph",
        "        code",
        "  cross-head",
        "  turn",
        "    subquestion",
        "    answer",
        "      paragraph",
        "        speaker",
        "        link",
        "  paragraph",
        "  pull-quote",
        "    paragraph",
        "    attribution",
        "  sidebar",
        "    sidebar-title",
        "    about",
        "    accounts",
        "      account",
        "        body",
        "          account-line",
        "            handle",
        "          about",
        "      account",
        "        body",
        "          account-line",
        "            handle",
        "  disclaimer",
        "  colophon",
    ]


def test_every_text_is_set_under_its_element(composed):
    galley = composed(FULL)
    assert said_by(galley, "kicker") == ["Small type"]
    assert said_by(galley, "title") == ["A Title"]
    assert said_by(galley, "standfirst") == ["It works at the ends of lines."]
    assert said_by(galley, "byline") == ["Ann, director, the Office · @MineBanTreaty · Interview: Focus"]  # fmt: skip
    assert said_by(galley, "question") == ["First?"]
    assert said_by(galley, "subquestion") == ["Second?"]
    assert said_by(galley, "speaker") == ["Ann:"]
    assert said_by(galley, "paragraph") == ["One.", "item", "inner", "item two", "Quoted.", "code here", "Two, see below.", "Told.", "Large words."]  # fmt: skip
    assert said_by(galley, "code") == ["code here"]
    assert said_by(galley, "link") == ["@MineBanTreaty", "below"]
    assert said_by(galley, "label") == ["•", "1.", "•"]
    assert said_by(galley, "sidebar-title") == ["Recommended accounts"]
    assert said_by(galley, "about") == ["Worth reading.", "Of a."]
    assert said_by(galley, "account-line") == ["Ay"]
    assert said_by(galley, "handle") == ["@a", "@b"]
    assert said_by(galley, "colophon") == ["First published in Focus, June 2012. © 2012 State of Geneva."]  # fmt: skip
    assert said_by(galley, "disclaimer") == ["Not an official record."]
    assert (galley.title, galley.language, galley.dateline, galley.tagline) == ("A Title", "en", "June 2012", "Notes")  # fmt: skip


@pytest.mark.parametrize(
    ("spans", "roles"),
    [
        ([Span("a"), Span("b", emphasis=True)], ["paragraph", "paragraph"]),
        ([Span("a"), Span("b", href="x"), Span("c")], ["paragraph", "link 1", "paragraph"]),
        ([Span("b", href="x"), Span("c", href="x", emphasis=True)], ["link 1", "link 1"]),
        ([Span("b", href="x"), Span("c", href="y")], ["link 1", "link 2"]),
        ([Span("b", href="x"), Span(" "), Span("c", href="x")], ["link 1", "paragraph", "link 2"]),
        ([Span("b", language="en"), Span("c")], ["words 1", "paragraph"]),
        ([Span("b", language="en", href="x"), Span("c", href="x")], ["link 1", "link 2"]),
    ],
)
def test_links_and_foreign_words_are_elements_inside_their_text(spans, roles):
    tree = Tree("fi")
    text = tree.add("paragraph", line=7)
    found = [tree.elements[it].role + (f" {it - text}" if it != text else "") for it in tree.inside(spans, text)]  # fmt: skip
    assert found == roles
    assert {(it.parent, it.line) for it in tree.elements[text + 1 :]} <= {(text, 7)}


def test_what_is_a_link_already_holds_no_other():
    tree = Tree("en")
    handle = tree.add("handle")
    assert tree.inside([Span("@a", href="x")], handle) == [handle]


def test_elements_know_the_lines_they_were_written_on(composed):
    text = FULL.split("\n")
    for element in composed(FULL).elements:
        if element.role in ("question", "cross-head", "speaker", "handle", "title", "kicker"):
            key = {"cross-head": "heading"}.get(element.role, element.role)
            assert key in text[element.line - 1]


@pytest.mark.parametrize("name", ["mine-ban-convention", "why-hyphens", "espace-fine", "one-paragraph"])  # fmt: skip
def test_the_sources_lose_no_word(name):
    path = str(SOURCES / f"{name}.yaml")
    interview = read_interview(path)
    galley = compose(interview, case(), path)
    written = [p.text for p in paragraphs(interview)]
    written += [e.pull_quote.text for e in interview.interview if isinstance(e, PullQuote)]
    printed = [*said_by(galley, "paragraph"), *said_by(galley, "pointer")]
    printed.sort()
    assert printed == sorted(" ".join(text.replace("\u00ad", "").split()) for text in written)
    assert len(printed) > 0


def paragraphs(value: object) -> list[Paragraph]:
    """The paragraphs of answers and narration."""
    if isinstance(value, Interview):
        parts = (getattr(entry, "answer", None) or getattr(entry, "text", None) for entry in value.interview)  # fmt: skip
        return [found for part in parts if part is not None for found in paragraphs(part.blocks)]
    if isinstance(value, Paragraph):
        return [value]
    inner = value if isinstance(value, tuple) else getattr(value, "items", None) or getattr(value, "blocks", ())  # fmt: skip
    return [found for part in inner for found in paragraphs(part)]


# --- turns ---


def test_a_question_keeps_with_its_answer_and_has_air_above(composed):
    question, answer = composed(HEAD + TURN).blocks
    assert (block_text(question), block_text(answer)) == ("Why?", "Because.")
    assert question.keep and not answer.keep
    assert question.before == focus().spacing.question
    anchor = question.lines[0][0]
    assert isinstance(anchor, Anchor) and anchor.title == "Why?"


def test_only_paragraphs_after_the_first_are_indented(composed):
    blocks = composed(HEAD + "interview:\n- question: Why?\n  answer: |\n    One.\n\n    Two.\n\n    Three.\n").blocks  # fmt: skip
    indent = focus().styles["text"].indent * focus().styles["text"].size
    assert indent > 0
    firsts = [runs(block.lines[0])[0] for block in blocks[1:]]
    assert [left_of(run) for run in firsts] == pytest.approx([0.0, indent, indent])


def test_a_speaker_runs_into_the_first_paragraph(composed):
    galley = composed(HEAD + "interview:\n- question: Why?\n  speaker: Ann\n  answer: |\n    Because.\n\n    So.\n")  # fmt: skip
    assert [block_text(block) for block in galley.blocks] == ["Why?", "Ann: Because.", "So."]
    name, words = runs(galley.blocks[1].lines[0])
    assert isclose(name.x + length(name), words.x)
    assert name.pieces[0].pairs == look("speaker").shaper.shape("Ann:").pairs


@pytest.mark.parametrize("answer", ["- one\n    - two", "> quoted", "    code"])
def test_a_speaker_stands_alone_before_what_is_no_paragraph(composed, answer):
    blocks = composed(HEAD + f"interview:\n- question: Why?\n  speaker: Ann\n  answer: |2\n    {answer}\n").blocks  # fmt: skip
    assert block_text(blocks[1]) == "Ann:"
    assert blocks[1].keep
    assert len(blocks) > 2


def test_a_question_of_white_space_alone_breaks_nothing(composed):
    galley = composed(HEAD + 'interview:\n- question: "&#32;"\n  answer: Because.\n')
    assert said_by(galley, "paragraph") == ["Because."]


# --- the pointer and the sidebar ---

ACCOUNTS = "accounts: {entries: [{handle: '@a'}]}\n"


def test_a_paragraph_that_is_only_a_link_to_the_sidebar_is_a_signpost(composed):
    galley = composed(HEAD + ACCOUNTS + "interview:\n- question: Whom?\n  answer: '[See below](#accounts)'\n")  # fmt: skip
    assert said_by(galley, "pointer") == ["See below"]
    (block,) = [block for block in galley.blocks if block.anchor]
    (link,) = [mark for mark in block.lines[0] if isinstance(mark, Link)]
    assert link.target == "#accounts"
    anchors = [mark for mark in galley.sidebar.rows[0][0] if isinstance(mark, Anchor)]
    assert [anchor.name for anchor in anchors] == ["accounts"]


@pytest.mark.parametrize(
    ("entry", "anchored"),
    [
        ("- question: Q\n  answer: |\n    One.\n\n    Two, [see](#accounts).\n", "Two, see."),
        ("- question: Q\n  speaker: Ann\n  answer: Two, [see](#accounts).\n", "Ann: Two, see."),
        ("- question: Q\n  speaker: Ann\n  answer: '[See](#accounts)'\n", "Ann: See"),
        ("- question: Q\n  answer: |\n    - Two, [see](#accounts).\n", "• Two, see."),
        ("- text: |\n    One.\n\n    Two, [see](#accounts).\n", "Two, see."),
        ("- text: '> Two, [see](#accounts).'\n", "Two, see."),
    ],
    ids=["paragraph", "speaker", "speaker and pointer", "list", "narration", "quotation"],
)
def test_whatever_links_to_the_sidebar_is_what_it_stands_beside(composed, entry, anchored):
    galley = composed(HEAD + ACCOUNTS + "interview:\n" + entry + "- text: Last.\n")
    assert [block_text(block) for block in galley.blocks if block.anchor] == [anchored]


def test_accounts_are_rows_and_a_long_one_makes_several(composed):
    about = "A long text about this one account. " * 60
    galley = composed(HEAD + f"accounts: {{entries: [{{handle: '@a', about: '{about}'}}, {{handle: '@b'}}]}}\n" + TURN)  # fmt: skip
    rows = galley.sidebar.rows
    assert len(rows) > 4
    room = focus().measure - 2 * focus().sidebar.padding * 72 / 25.4
    for marks, height, _ in rows:
        for mark in marks:
            assert -height <= mark.y <= 0
            if isinstance(mark, Run):
                last = mark.pieces[:-1] if mark.pieces[-1].text == " " else mark.pieces
                assert mark.x + length(mark, last) <= room + 0.01
    assert said_by(galley, "about") == [about.strip()]
    links = [mark.target for marks, _, _ in rows for mark in marks if isinstance(mark, Link)]
    assert links == ["https://twitter.com/a", "https://twitter.com/b"]
    again = "".join(mark.text for mark in galley.sidebar.again[0] if isinstance(mark, Run))
    assert again == "Recommended accounts (continued)"


# --- the outline ---


def test_the_outline_never_jumps_a_level(composed):
    entry = "- question: Q{0}?\n  answer: A.\n"
    text = HEAD + ACCOUNTS + "interview:\n" + entry.format(1) + "- heading: H1\n" + entry.format(2) + "- heading: H2\n- heading: H3\n" + entry.format(3)  # fmt: skip
    anchors = [mark for mark in marks_of(composed(text)) if isinstance(mark, Anchor)]
    shown = [(anchor.level, anchor.title) for anchor in anchors]
    assert shown == [(0, "A Title"), (1, "Q1?"), (1, "H1"), (2, "Q2?"), (1, "H2"), (1, "H3"), (2, "Q3?"), (1, "Recommended accounts")]  # fmt: skip
    assert all(b.level <= a.level + 1 for a, b in pairwise(anchors))
    assert len({anchor.name for anchor in anchors}) == len(anchors)


# --- lists, quotations, code ---


def lines_by_x(block: Block) -> list[tuple[float, str]]:
    return [(runs(line)[0].x, "".join(run.text for run in runs(line)).strip()) for line in block.lines]  # fmt: skip


def test_labels_hang_and_lists_go_in(composed):
    text = "word " * 30
    galley = composed(HEAD + f"interview:\n- question: Q\n  answer: |\n    - {text}\n      - {text}\n    - short\n")  # fmt: skip
    outer, inner, second = galley.blocks[1:]
    for block in (outer, inner):
        label, *words = runs(block.lines[0])
        gap = 0.3 * label.size
        assert label.text == "• "
        assert label.x + length(label, label.pieces[:-1]) == pytest.approx(left_of(words[0]) - gap)
        assert {round(left_of(runs(line)[0]), 6) for line in block.lines[1:]} == {
            round(left_of(words[0]), 6)
        }
        for line in block.lines[:-1]:
            run = runs(line)[-1]
            end = run.x + length(run, run.pieces[:-1]) - run.tracking
            assert isclose(end, focus().measure + hang(run, run.text[-2])[1], abs_tol=0.01)
    assert runs(inner.lines[0])[1].x > runs(outer.lines[0])[1].x + 10
    assert left_of(runs(second.lines[0])[1]) == pytest.approx(left_of(runs(outer.lines[0])[1]))


def test_numbers_stand_right_beside_each_other(composed):
    galley = composed(HEAD + "interview:\n- question: Q\n  answer: |\n    8. eight\n    9. nine\n    10. ten\n")  # fmt: skip
    labels = [runs(block.lines[0])[0] for block in galley.blocks[1:]]
    assert [label.text for label in labels] == ["8. ", "9. ", "10. "]
    ends = [label.x + length(label, label.pieces[:-1]) for label in labels]
    assert max(ends) - min(ends) < 1e-6
    assert min(label.x for label in labels) >= 0
    words = [runs(block.lines[0])[1] for block in galley.blocks[1:]]
    assert len({round(left_of(run), 6) for run in words}) == 1


def test_a_quotation_goes_in_at_the_left(composed):
    galley = composed(HEAD + "interview:\n- question: Q\n  answer: |\n    Out.\n\n    > In.\n    >\n    > > Deeper.\n")  # fmt: skip
    xs = [left_of(runs(block.lines[0])[0]) for block in galley.blocks[1:]]
    assert abs(xs[0]) < 1e-9 < xs[1] < xs[2]
    assert isclose(xs[2], 2 * xs[1])


RIGID = replace(focus(), justification=replace(focus().justification, expansion=0, most_expansion=0, tracking=0, most_tracking=0, protrusion=0))  # fmt: skip
"""The built-in brand with letters that do not give and signs that do not hang."""


def test_a_quotation_goes_in_at_the_right_too(composed):
    galley = composed(HEAD + f"interview:\n- question: Q\n  answer: |\n    > {'word ' * 60}\n    >\n    > {'more ' * 60}\n", RIGID)  # fmt: skip
    step = RIGID.insets.quotation * RIGID.styles["text"].size
    for block in galley.blocks[1:]:
        for line in block.lines[1:-1]:
            last = runs(line)[-1]
            assert isclose(runs(line)[0].x, step)
            assert isclose(last.x + length(last, last.pieces[:-1]), RIGID.measure - step, abs_tol=0.01)  # fmt: skip


def test_later_paragraphs_of_a_quotation_and_of_an_item_are_indented(composed):
    indent = focus().styles["text"].indent * focus().styles["text"].size
    for mark in ("> ", "- "):
        rest = "  " if mark == "- " else "> "
        galley = composed(HEAD + f"interview:\n- question: Q\n  answer: |\n    {mark}One.\n    {rest}\n    {rest}Two.\n", RIGID)  # fmt: skip
        first, second = (runs(block.lines[0])[-1].x for block in galley.blocks[1:])
        assert isclose(second, first + indent)


def test_the_deepest_nesting_in_the_narrowest_column_still_has_lines(composed):
    narrow = replace(focus(), columns=replace(focus().columns, count=4), margins=replace(focus().margins, inner=60, outer=60))  # fmt: skip
    assert narrow.measure < 60
    text = "".join(f"{'  ' * n}- international {n}\n      " for n in range(8))
    galley = composed(HEAD + "interview:\n- question: Q\n  answer: |\n      " + text.rstrip() + "\n", narrow)  # fmt: skip
    assert said_by(galley, "paragraph") == [f"international {n}" for n in range(8)]


def test_code_keeps_its_lines_and_spaces(composed):
    galley = composed(HEAD + "interview:\n- question: Q\n  answer: |\n    ```\n    if x:\n        return  1\n\n    \tdone\n    ```\n")  # fmt: skip
    code = galley.blocks[1]
    assert len(code.lines) == 4
    texts = ["".join(run.text for run in runs(line)).replace("\u00a0", " ").rstrip() for line in code.lines]  # fmt: skip
    assert texts == ["if x:", "    return  1", "", "    done"]
    face = look("code").face
    found = [run for line in code.lines for run in runs(line)]
    assert {run.face.file for run in found} == {face.file} == {"SourceCodePro-Regular.ttf"}
    assert len({run.x for run in found}) == 1


def test_lines_of_code_do_not_run_into_each_other(composed):
    """A space parts them to who copies or hears them, except where the page broke a line itself."""
    long = "f(" + "x" * 90 + ")"
    galley = composed(HEAD + f"interview:\n- question: Q\n  answer: |\n    ```\n    a = 1\n    {long}\n\n    b = 2\n    ```\n")  # fmt: skip
    assert said_by(galley, "code") == [f"a = 1 {long} b = 2"]
    assert block_text(galley.blocks[1]) == f"a = 1 {long} b = 2".replace(" = ", "\u00a0=\u00a0")


def test_a_long_line_of_code_is_broken_and_loses_nothing(composed):
    line = "call(" + ", ".join(f"argument_{n}" for n in range(40)) + ")"
    galley = composed(HEAD + f"interview:\n- question: Q\n  answer: |\n    ```\n    {line}\n    ```\n")  # fmt: skip
    code = galley.blocks[1]
    assert len(code.lines) > 4
    first, *others = (x for x, _ in lines_by_x(code))
    further = focus().insets.code_goes_on * look("code").size
    assert others and all(isclose(x, first + further) for x in others)
    assert "".join("".join(run.text for run in runs(row)) for row in code.lines).replace("\u00a0", " ") == line  # fmt: skip


# --- the end sign ---


@pytest.mark.parametrize(
    "answer",
    ["Last.", "First.\n\n    Last.", "- one\n    - last", "> Last.", "```\n    code\n    last\n    ```", "[See](#accounts)"],
    ids=["paragraph", "second", "list", "quotation", "code", "pointer"],
)  # fmt: skip
def test_the_sign_follows_the_last_word_of_all(composed, answer):
    text = f"interview:\n- question: Q\n  answer: Not here.\n- question: Q\n  answer: |\n    {answer}\n- pull_quote: Large.\n"  # fmt: skip
    galley = composed(HEAD + ACCOUNTS + text)
    lines = [line for block in galley.blocks for line in block.lines]
    signs = [sum(isinstance(mark, Tint) for mark in line) for line in lines]
    assert signs == [0] * (len(lines) - 1) + [1]


# --- boxes ---


def extent(marks: tuple[Mark, ...]) -> tuple[float, float]:
    """The highest and the lowest point of a box's marks, a line of text counted from cap height to descender."""
    tops, feet = [], []
    for mark in marks:
        if isinstance(mark, Run):
            tops.append(mark.y + mark.face.cap_height * mark.size / 1000)
            feet.append(mark.y + mark.face.descender * mark.size / 1000 * 0.8)
        elif isinstance(mark, Image):
            tops.append(mark.y + mark.height)
            feet.append(mark.y)
        elif isinstance(mark, Rule):
            tops.append(mark.y + mark.weight / 2)
            feet.append(mark.y - mark.weight / 2)
    return max(tops), min(feet)


QUOTE = "Words of the interview to be shown large, over as many lines as they need and no more"


@pytest.mark.parametrize("leading", [12.5, 14, 17])
@pytest.mark.parametrize("attribution", ["", "  attribution: Ann\n", f"  attribution: {QUOTE}\n"])
def test_a_pull_quote_is_a_box_of_whole_lines(composed, leading, attribution):
    brand = replace(focus(), grid=replace(focus().grid, leading=leading))
    galley = composed(HEAD + TURN + f"- pull_quote: {QUOTE}\n{attribution}", brand)
    block = galley.blocks[-1]
    assert block.box is not None and isinstance(block.box.height, int)
    top, foot = extent(block.box.marks)
    assert top <= 0 and foot >= -block.box.height * leading
    rules = [mark for mark in block.box.marks if isinstance(mark, Rule)]
    words = [mark for mark in block.box.marks if isinstance(mark, Run)]
    assert len(rules) == 2
    assert rules[0].y > max(run.y for run in words) and rules[1].y < min(run.y for run in words)
    assert (block.before, block.after, block.floats) == (1, 1, True)


def test_the_lines_of_a_pull_quote_stand_on_the_grid(composed):
    block = composed(HEAD + TURN + f"- pull_quote: {QUOTE}\n").blocks[-1]
    leading, drop = focus().grid.leading, focus().grid.drop
    for run in (mark for mark in block.box.marks if isinstance(mark, Run)):
        assert isclose((-run.y / leading - drop) % 1, 0, abs_tol=1e-9) or isclose((-run.y / leading - drop) % 1, 1)  # fmt: skip


@pytest.mark.parametrize(
    ("house", "own", "wide"),
    [
        ("column", "", False),
        ("column", "  width: page\n", True),
        ("page", "", True),
        ("page", "  width: column\n", False),
    ],
)
def test_a_pull_quote_is_as_wide_as_the_source_says_or_else_the_brand(composed, house, own, wide):
    brand = replace(focus(), pull_quote=replace(focus().pull_quote, width=house))
    galley = composed(HEAD + TURN + f"- pull_quote: {QUOTE}\n  attribution: Ann\n{own}", brand)
    block = galley.blocks[-1]
    measure = focus().type_width if wide else focus().measure
    assert (block.wide, block.floats) == (wide, True)
    assert [mark.width for mark in block.box.marks if isinstance(mark, Rule)] == [measure, measure]
    top, foot = extent(block.box.marks)
    assert top <= 0 and foot >= -block.box.height * focus().grid.leading
    assert said_by(galley, "paragraph")[-1] == QUOTE


def test_a_page_of_one_column_has_no_wider_pull_quote(composed):
    brand = replace(focus(), columns=replace(focus().columns, count=1))
    block = composed(HEAD + TURN + f"- pull_quote: {QUOTE}\n  width: page\n", brand).blocks[-1]
    assert not block.wide


def starts(block: Block) -> list[float]:
    """Where each line of a box begins, the upper first."""
    firsts: dict[float, float] = {}
    for run in (mark for mark in block.box.marks if isinstance(mark, Run)):
        firsts[run.y] = min(run.x, firsts.get(run.y, run.x))
    return [firsts[y] for y in sorted(firsts, reverse=True)]


def test_the_mark_that_opens_a_pull_quote_hangs_outside(composed):
    block = composed(HEAD + TURN + f"- pull_quote: “{QUOTE}”\n").blocks[-1]
    width = look("pull_quote").measure("“")
    assert 0 < width < focus().pull_quote.hang_room * focus().alley
    first, *others = starts(block)
    assert isclose(first, -width) and others and set(others) == {0}


@pytest.mark.parametrize("wide", [False, True])
def test_a_mark_too_wide_for_the_alley_stands_inside_with_the_letters_in_line(composed, wide):
    quote = f"«\u00a0{QUOTE}\u00a0»"
    own = "  width: page\n" * wide
    block = composed(HEAD + TURN + f'- pull_quote: "{quote}"\n{own}').blocks[-1]
    width = look("pull_quote").measure("«\u00a0")
    assert width > focus().pull_quote.hang_room * focus().alley
    first, *others = starts(block)
    assert isclose(first, -width if wide else 0)
    assert all(isclose(x, 0 if wide else width) for x in others)
    assert all(right <= focus().measure + 1e-6 for right in rights(block)) or wide


def rights(block: Block) -> list[float]:
    return [run.x + length(run, [p for p in run.pieces if not p.is_space or p is not run.pieces[-1]]) for run in block.box.marks if isinstance(run, Run)]  # fmt: skip


def test_a_cross_head_is_a_box_that_ends_on_the_grid_and_keeps_with_what_follows(composed):
    for heading in ("Short", QUOTE):
        block = composed(HEAD + "interview:\n- heading: " + heading + "\n- text: T\n").blocks[0]
        assert block.keep and block.before == focus().spacing.cross_head
        assert extent(block.box.marks)[0] <= 0
        last = min(mark.y for mark in block.box.marks if isinstance(mark, Run))
        assert isclose(-last, (block.box.height - 1 + focus().grid.drop) * focus().grid.leading)


@pytest.fixture
def picture(tmp_path):
    pillow = pytest.importorskip("PIL.Image")

    def draw(width: int, height: int) -> None:
        pillow.new("RGB", (width, height), "white").save(tmp_path / "p.png")

    return draw


@pytest.mark.parametrize(("width", "height"), [(400, 300), (300, 400), (100, 3000), (3000, 10)])
@pytest.mark.parametrize("wide", [False, True])
def test_a_figure_is_a_box_of_whole_lines_and_its_picture_keeps_its_shape(composed, picture, width, height, wide):  # fmt: skip
    picture(width, height)
    entry = f"- figure: p.png\n  alt: A picture\n  caption: {QUOTE}\n  credit: Ann\n" + "  width: page\n" * wide  # fmt: skip
    galley = composed(HEAD + TURN + entry)
    block = galley.blocks[-1]
    assert (block.wide, block.floats) == (wide, True)
    assert isinstance(block.box.height, int)
    measure = focus().type_width if wide else focus().measure
    (image,) = [mark for mark in block.box.marks if isinstance(mark, Image)]
    assert isclose(image.width / image.height, width / height)
    assert image.width <= measure + 1e-6
    assert image.height <= focus().pictures.tallest * focus().lines * focus().grid.leading + 1e-6
    assert isclose(image.width, measure) or isclose(image.height, focus().pictures.tallest * focus().lines * focus().grid.leading)  # fmt: skip
    assert isclose(image.x + image.width / 2, measure / 2)
    top, foot = extent(block.box.marks)
    assert top <= 0 and foot >= -block.box.height * focus().grid.leading
    assert said_by(galley, "caption") == [QUOTE] and said_by(galley, "credit") == ["Ann"]
    assert max(mark.y for mark in block.box.marks if isinstance(mark, Run)) < image.y
    (element,) = [it for it in galley.elements if it.role == "figure"]
    assert element.alt == "A picture"


# --- the head ---


def title_runs(galley: Galley) -> list[Run]:
    return [mark for mark in galley.head.marks if isinstance(mark, Run) and galley.elements[mark.element].role == "title"]  # fmt: skip


def test_the_title_takes_the_first_step_whose_lines_suffice(composed):
    steps = focus().head.title_steps
    word = "Convention "
    sizes = []
    for count in (1, 14, 25, 80, 120):
        galley = composed(f"format: 1\ntitle: {word * count}\n" + TURN)
        found = title_runs(galley)
        size, lines = found[0].size, len({run.y for run in found})
        sizes.append(size)
        chosen = next(n for n, step in enumerate(steps) if step.size == size)
        assert lines <= steps[chosen].lines or chosen == len(steps) - 1
        if lines > 1:
            ys = sorted({run.y for run in found}, reverse=True)
            assert all(isclose(a - b, steps[chosen].leading) for a, b in pairwise(ys))  # fmt: skip
        assert said_by(galley, "title") == [(word * count).strip()]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(steps)


def test_the_head_is_a_box_of_whole_lines_that_holds_its_marks(composed):
    for text in (HEAD, FULL.split("interview:\n")[0]):
        galley = composed(text + TURN)
        assert isinstance(galley.head.height, int)
        top, foot = extent(galley.head.marks)
        assert top <= 0 and foot >= -galley.head.height * focus().grid.leading


def test_a_name_that_the_title_says_already_is_left_out_of_the_byline(composed):
    same = "interviewee: {name: A Title, handle: '@MineBanTreaty'}\ninterviewer: Focus\n"
    assert said_by(composed(HEAD + same + TURN), "byline") == ["@MineBanTreaty · Interview: Focus"]
    assert said_by(composed(HEAD + "interviewee: {name: A Title}\n" + TURN), "byline") == []
    role = "interviewee: {name: A Title, role: treaty, organisation: Office}\n"
    assert said_by(composed(HEAD + role + TURN), "byline") == ["treaty, Office"]


def test_a_portrait_stands_at_the_right_and_the_words_keep_clear_of_it(composed, picture):
    picture(380, 470)
    person = "interviewee: {name: Ann, portrait: {image: p.png, alt: Ann, credit: Bob}}\n"
    title = "format: 1\ntitle: " + "Convention " * 12 + "\n"
    galley = composed(title + person + TURN)
    (image,) = [mark for mark in galley.head.marks if isinstance(mark, Image)]
    assert isclose(image.x + image.width, focus().type_width)
    for run in title_runs(galley):
        last = run.pieces[:-1] if run.pieces[-1].text == " " else run.pieces
        assert run.x + length(run, last) < image.x
    assert galley.head.height * focus().grid.leading >= -image.y
    assert said_by(galley, "credit") == ["Bob"]


def test_a_portrait_is_level_with_the_capitals_beside_it(composed, picture):
    picture(380, 470)
    person = "interviewee: {name: Ann, portrait: {image: p.png, alt: Ann}}\n"
    for kicker, style in (("kicker: Small type\n", "kicker"), ("", "title")):
        galley = composed(HEAD + kicker + person + TURN)
        (image,) = [mark for mark in galley.head.marks if isinstance(mark, Image)]
        first = next(mark for mark in galley.head.marks if isinstance(mark, Run))
        assert galley.elements[first.element].role == style
        capitals = first.y + first.face.cap_height * first.size / 1000
        assert isclose(image.y + image.height, capitals)


def test_a_title_in_quotation_marks_stands_in_line_with_what_is_below(composed):
    galley = composed("format: 1\ntitle: “Words” in a title that goes on for more than a line of it\n" + TURN)  # fmt: skip
    found = title_runs(galley)
    assert isclose(found[0].x, -look("title").measure("“"))
    assert {run.x for run in found if run.y < found[0].y} == {0}


# --- the colophon ---

ORIGINAL = {
    "publication": "Focus",
    "issue": '"12"',
    "date": "2012-06",
    "pages": "3-4",
    "publisher": "State of Geneva",
    "url": "https://example.org/focus",
}
CHOICES = [it for n in range(1, len(ORIGINAL) + 1) for it in combinations(ORIGINAL, n)]


def test_the_colophon_is_a_sentence_whatever_is_known(composed):
    assert len(CHOICES) == 63
    seen = set()
    for choice in CHOICES:
        lines = "".join(f"  {key}: {ORIGINAL[key]}\n" for key in choice)
        (text,) = said_by(composed(HEAD + "original:\n" + lines + TURN), "colophon")
        said = [
            "First published in Focus" * ("publication" in choice),
            "no. 12" * ("issue" in choice),
            "June 2012" * ("date" in choice),
            "pages 3-4" * ("pages" in choice),
            "published by State of Geneva" * ("publisher" in choice),
        ]
        sentence = ", ".join(filter(None, said))
        sentence = sentence[:1].upper() + sentence[1:] + "." if sentence else ""
        address = ORIGINAL["url"] if "url" in choice else ""
        assert text == " ".join(filter(None, [sentence, address]))
        seen.add(text)
    assert len(seen) == 63
    assert set(ORIGINAL) == set(Original.__struct_fields__)


def test_the_colophon_names_rights_and_leads_to_the_address(composed):
    galley = composed(HEAD + "rights: © 2012 Ann.\noriginal: {publication: Focus, url: 'https://example.org/'}\n" + TURN)  # fmt: skip
    assert said_by(galley, "colophon") == ["First published in Focus. https://example.org/ © 2012 Ann."]  # fmt: skip
    links = [mark.target for line in galley.colophon for mark in line.marks if isinstance(mark, Link)]  # fmt: skip
    assert links == ["https://example.org/"]
    assert said_by(composed(HEAD + TURN), "colophon") == []
    assert composed(HEAD + TURN).colophon == ()


def test_the_colophon_and_the_disclaimer_leave_room_for_the_folio(composed):
    long = "words that go on and on " * 20
    galley = composed(HEAD + f"rights: {long}\ndisclaimer: {long}\n" + TURN)
    room = focus().type_width - FOLIO_WIDTH
    assert len(galley.colophon) > 2 and len(galley.disclaimer) > 2
    assert all(line.width <= room for line in (*galley.colophon, *galley.disclaimer))


def test_the_colophon_speaks_the_interviews_language(composed):
    text = HEAD + "language: fr\noriginal: {issue: '12', date: 2012-06}\n" + TURN
    assert said_by(composed(text), "colophon") == ["Nº 12, juin 2012."]
    text = HEAD + "language: hi\noriginal: {issue: '12', pages: 3-4}\nrights: अ\n" + TURN
    assert said_by(composed(text), "colophon") == ["अंक 12, पृष्ठ 3-4। अ।"]


def test_two_links_to_the_same_place_are_two(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "format: 1\ntitle: T\ninterview:\n- question: Q?\n  answer: '[one](https://a.org) [two](https://a.org)'\n"
    )
    galley = compose(read_interview(str(path)), case(), str(path))
    marks = [mark for block in galley.blocks for line in block.lines for mark in line]
    one, two = (mark for mark in marks if isinstance(mark, Link))
    assert (one.text, two.text) == ("one", "two")
    assert one.element != two.element

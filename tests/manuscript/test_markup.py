"""CommonMark to blocks and spans, and the way round the library."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layout.ground.problems import Place
from layout.manuscript import markup
from layout.manuscript.markup import Origin, plain_paragraphs, read_blocks, read_spans
from layout.manuscript.reading import INVALID, Reading
from layout.manuscript.text import BlockQuote, CodeBlock, ListOfItems, Paragraph, Span

BY_LINE = Origin("f", 10, 5, by_line=True)


def blocks(text, *targets):
    reading = Reading("f", [], frozenset(targets))
    return read_blocks(text, BY_LINE, reading), [problem.message for problem in reading.problems]


def spans(text):
    (paragraph,), problems = blocks(text)
    assert not problems
    return paragraph.spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", [Span("a")]),
        ("a\nb", [Span("a b")]),
        ("a *b* c", [Span("a "), Span("b", emphasis=True), Span(" c")]),
        ("**a *b***", [Span("a ", strong=True), Span("b", emphasis=True, strong=True)]),
        ("`a`", [Span("a", code=True)]),
        ("*a `b`*", [Span("a ", emphasis=True), Span("b", emphasis=True, code=True)]),
        ("[a *b*](https://c.de)", [Span("a ", href="https://c.de"), Span("b", emphasis=True, href="https://c.de")]),
        ("<https://a.b/c%20d>", [Span("https://a.b/c%20d", href="https://a.b/c%20d")]),
        ("<a@b.cd>", [Span("a@b.cd", href="mailto:a@b.cd")]),
        ("a  \nb", [Span("a"), Span("\n"), Span("b")]),
        ("a\\\nb", [Span("a"), Span("\n"), Span("b")]),
        ("a \\* b", [Span("a * b")]),
        ("a &amp; b &copy;", [Span("a & b ©")]),
        ("5 * 3 = 15 and 2 < 3", [Span("5 * 3 = 15 and 2 < 3")]),
        ("*a**b*", [Span("a**b", emphasis=True)]),
        ("*a* *b*", [Span("a", emphasis=True), Span(" "), Span("b", emphasis=True)]),
        ("AT&T [sic] a_b", [Span("AT&T [sic] a_b")]),
        ("[x][y]\n\n[y]: https://a.b", [Span("x", href="https://a.b")]),
    ],
)  # fmt: skip
def test_spans(text, expected):
    assert list(spans(text)) == expected


def test_blocks():
    found, problems = blocks("a\n\n- b\n- c\n\n  d\n\n7. e\n\n> f\n\n```\ng\n h\n```\n")
    assert not problems
    kinds = [type(block) for block in found]
    assert kinds == [Paragraph, ListOfItems, ListOfItems, BlockQuote, CodeBlock]
    assert [block.place for block in found] == [Place("f", 10 + n, 5) for n in (0, 2, 7, 9, 11)]
    bullets, numbers, quote, code = found[1:]
    assert [[block.text for block in item] for item in bullets.items] == [["b"], ["c", "d"]]
    assert (bullets.ordered, numbers.ordered, numbers.start) == (False, True, 7)
    assert quote.blocks[0].text == "f"
    assert code.text == "g\n h"


def test_lists_inside_lists():
    found, _ = blocks("- a\n  1. b\n")
    (inner_paragraph, inner_list) = found[0].items[0]
    assert inner_paragraph.text == "a"
    assert inner_list.ordered and inner_list.items[0][0].text == "b"


@pytest.mark.parametrize(("levels", "fine"), [(8, True), (9, False)])
def test_the_nesting_itself_and_one_beyond(levels, fine):
    found, problems = blocks("> " * levels + "a")
    assert (found is not INVALID) is fine
    assert problems == ([] if fine else ["more than 8 lists or quotes inside each other"])


def test_problems_have_the_line_inside_a_paragraph():
    reading = Reading("f", [])
    assert read_blocks("a\nb\nc <i>d</i>\n", BY_LINE, reading) is INVALID
    assert reading.problems[0].place == Place("f", 12, 5)


def test_the_accounts_of_this_interview_may_be_linked():
    found, problems = blocks("see [them](#accounts)", "#accounts")
    assert not problems
    assert found[0].spans[1] == Span("them", href="#accounts")


def test_one_line_is_one_paragraph():
    reading = Reading("f", [])
    assert read_spans("a *b*\nc", BY_LINE, reading) == (
        Span("a "),
        Span("b", emphasis=True),
        Span(" c"),
    )
    for text in (
        "a\n\nb",
        "- a",
        "# a",
        "> a",
        "*a*\n\nb",
        "---",
        "    a",
        "```\na\n```",
        "2012. A year",
    ):
        assert read_spans(text, BY_LINE, reading) is INVALID
    assert len(reading.problems) == 9


def test_much_markup_is_refused():
    _, problems = blocks("*a* " * 30_000)
    assert problems == ["a text with markup of more than 100000 characters"]
    reading = Reading("f", [], marked_up=1_999_999)
    assert read_blocks("*a*", BY_LINE, reading) is INVALID


@pytest.mark.parametrize(
    "text",
    ["It's a \"small\" world, isn't it (or not)?", "Write to @EU_UNGeneva or #tag; see http://a.b/c_d: 50% + 1 = 3/2",
     "“Quotes” – dashes — and… more!", "a\n\nb\nc\n", "snake_case_word", "50 - 3 > 40 ~ 44 | x", "Ελλάδα, 中文", "a) b. c", "x]"],
)  # fmt: skip
def test_ordinary_prose_needs_no_library(text):
    assert plain_paragraphs(text) is not None


@pytest.mark.parametrize(
    "text",
    ["*a*", "_a_", "a_ b", "`a`", "[a]", "<a", "a & b", "\\a", "# a", "> a", "- a", "+ a", "1. a", "1) a", "=", "a\n---", "~~~",
     " a", "a ", "a \nb", "\ta", "| a |", "\u00a0a", "a\u2003\nb", "a\n \nb"],
)  # fmt: skip
def test_what_might_be_markup_goes_to_the_library(text):
    assert plain_paragraphs(text) is None


PIECES = st.one_of(
    st.sampled_from(
        ["a", "B", "1", " ", " ", "\n", "\n\n", "\n \n", "  \n", "\t", "*", "_", "`", "#", "> ", "- ", "+ ", "= ", "===", "---", "~~~",
         "| ", "1. ", "12) ", "[a]", "(b)", "]: ", "<", ">", "&amp;", "&", "!", "\\", "'", '"', ": ", "/", "@EU_UNGeneva", "#tag",
         "http://a.b", "é", "\u00a0", "\u2003", "\u0301", "\u3000", "中", "—", "\u2028", "\x1c", "\x0b", "\x85", ".", ")", "…"]
    ),
    st.text(max_size=3),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("a\u00a0\nb")
@example("a\n\n\n\nb\n")
@example("@EU_UNGeneva said: it's 5 - 3 > 1, isn't it?")
def test_the_way_round_agrees_with_the_library(text):
    if plain := plain_paragraphs(text):
        reading = Reading("f", [])
        around = read_blocks(text, BY_LINE, reading)
        assert around == markup._marked_up(text, BY_LINE, reading, inline=False)
        assert len(around) == len(plain)
        assert not reading.problems


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_text_gives_blocks_or_problems(text):
    for read in (read_blocks, read_spans):
        reading = Reading("f", [])
        found = read(text, BY_LINE, reading)
        assert (found is INVALID) == bool(reading.problems)


LABELS = st.sampled_from(
    [
        "Recommended accounts",
        "a",
        "the box 2",
        "Comptes recommandés",
        "a_b",
        "_a_",
        "a  b",
        " a",
        "1",
        "été",
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(PIECES, max_size=8).map("".join),
    st.sampled_from(["\n", "\n\n", "\n\n\n", "", "\n \n"]),
    LABELS,
    st.sampled_from(["", "\n", "\n\n", "."]),
)
@example("Ours of course: @MineBanTreaty,", "\n\n", "Recommended accounts", "\n")
def test_the_way_round_for_pointers_agrees_with_the_library(before, gap, label, after):
    text = f"{before}{gap}[{label}](#accounts){after}"
    reading = Reading("f", [], frozenset({"#accounts"}))
    around = markup._pointed(text, BY_LINE, reading)
    if around:
        assert around == markup._marked_up(text, BY_LINE, reading, inline=False)
        assert not reading.problems


def test_a_pointer_takes_the_way_round_and_without_accounts_does_not():
    text = "Ours of course,\n\n[Recommended accounts](#accounts)\n"
    assert len(markup._pointed(text, BY_LINE, Reading("f", [], frozenset({"#accounts"})))) == 2
    assert markup._pointed(text, BY_LINE, Reading("f", [])) == ()

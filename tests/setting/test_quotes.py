"""Typographic quotes: which mark a plain one becomes, and what stays as it is typed."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from layout.house.quotation import quotation
from layout.manuscript.reader import read_interview
from layout.manuscript.text import Span, paragraphs_of
from layout.setting.quotes import quoted, turned, turned_spans

LANGUAGES = ("en", "de", "fr", "fr-CH", "pl", "sv", "ja", "he", "hu")


def said(text, language="en"):
    return "".join(turned(text, language))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ""),
        ("word", "word"),
        ('"a"', "“a”"),
        ("'a'", "‘a’"),
        ("it's", "it’s"),
        ("dogs'", "dogs’"),
        ('a " b', 'a " b'),
        ("\"a 'b' c\"", "“a ‘b’ c”"),
        ("'a \"b\" c'", "‘a “b” c’"),
        ('"a "b" c"', "“a ‘b’ c”"),
        ("\"'a' b\"", "“‘a’ b”"),
        ("\"a 'b'\"", "“a ‘b’”"),
        ('("a")', "(“a”)"),
        ('a-"b"-c', "a-“b”-c"),
        ('a—"b"—c', "a—“b”—c"),
        ('"a—" b', "“a—” b"),
        ('"a," b', "“a,” b"),
        ('"a"/"b"', "“a”/“b”"),
        ('"…a…"', "“…a…”"),
        ('"the dogs\' bowl"', "“the dogs’ bowl”"),
        ('he said "don\'t"', "he said “don’t”"),
    ],
)
def test_what_stands_beside_a_quote_decides(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "'tis the '90s, class of '68", "’tis the ’90s, class of ’68"),
        ("en", "rock 'n' roll, tell 'em", "rock ’n’ roll, tell ’em"),
        ("en", "'68'", "‘68’"),
        ("nl", "'s avonds, in 't huis", "’s avonds, in ’t huis"),
        ("de", "wie geht's, 's ist gut", "wie geht’s, ’s ist gut"),
        ("fr", "l'ami d'hier", "l’ami d’hier"),
        ("uk", "п'ять", "п’ять"),
    ],
)
def test_apostrophes_that_begin_a_word_are_known(language, text, wanted):
    assert said(text, language) == wanted


@pytest.mark.parametrize(
    "text", ["5'10\"", "5' 10\" tall", 'a 10" disc', "6' wide", "5'6.5\"", "5'6½\""]
)
def test_feet_and_inches_stay(text):
    assert said(text) == text


def test_a_measure_in_a_quotation_does_not_close_it():
    assert said('"he is 5\'10" tall"') == "“he is 5'10\" tall”"
    assert said('"size 10"') == "“size 10”"
    assert said("a 1'000 b") == "a 1’000 b"


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("fr", "\"a 'b' c\"", "«\u202fa “b” c\u202f»"),
        ("fr-CH", "\"a 'b' c\"", "«a ‹b› c»"),
        ("de", "\"a 'b' c\"", "„a ‚b‘ c“"),
        ("pl", "\"a 'b' c\"", "„a «b» c”"),
        ("sv", '"a"', "”a”"),
        ("ja", '彼は"今日"と"明日"を。', "彼は「今日」と「明日」を。"),
        ("zh", '他说"你好"，"好。"', "他说“你好”，“好。”"),
        ("ko", '그는 "안녕"이라고', "그는 “안녕”이라고"),
        ("th", 'เขาพูดว่า"ดี"แล้ว', "เขาพูดว่า“ดี”แล้ว"),
        ("tr", '"Ev"de Ali\'nin', "“Ev”de Ali’nin"),
        ("he", 'צה"ל "שלום" ג\'ורג\'', "צה\"ל ”שלום” ג'ורג'"),
    ],
)
def test_each_language_has_its_own(language, text, wanted):
    assert said(text, language) == wanted


def test_a_quotation_of_several_paragraphs_opens_in_each_and_closes_in_the_last():
    assert [said('"one'), said('"two"')] == ["“one", "“two”"]
    assert said('two"') == "two”"


@pytest.mark.parametrize("text", ["“a”", "„a“ ’b", "«\u202fa\u202f»"])
def test_typographic_quotes_stay(text):
    assert said(text, "pl") == text


def test_a_quotation_goes_on_over_emphasis_and_code():
    spans = (Span('he "'), Span("said", emphasis=True), Span(" "), Span("x='a'", code=True), Span('" it\'s'))  # fmt: skip
    assert [it.text for it in turned_spans(spans, "en")] == ["he “", "said", " ", "x='a'", "” it’s"]
    alone = (Span('"'), Span('"a"', code=True), Span('"'))
    assert [it.text for it in turned_spans(alone, "en")] == ["“", '"a"', "”"]


def test_addresses_stay():
    shown = "https://example.org/it's"
    spans = (Span(f'"{shown}" or '), Span(shown, href=shown), Span("it's", href=shown))
    texts = [it.text for it in turned_spans(spans, "en")]
    assert texts == [f"“{shown}” or ", shown, "it’s"]
    assert all(it.href in ("", shown) for it in turned_spans(spans, "en"))


SOURCE = """\
format: 1
title: The "best"
interviewee: {name: Ann O'Neill, handle: "@o'neill"}
keywords: ["'k'"]
interview:
- question: Isn't it?
  answer: |
    "Yes", *she's* said.

    > "No"

    - "It"

    ```
    say "it"
    ```
- pull_quote: '"Yes"'
"""


def test_all_running_text_of_an_interview_is_turned_and_nothing_else(tmp_path: Path):
    path = tmp_path / "interview.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    read = read_interview(str(path))
    found = quoted(read, "en")
    assert (found.title.text, found.interviewee.name.text) == ("The “best”", "Ann O’Neill")
    assert (found.interviewee.handle.text, found.keywords[0].text) == ("@o'neill", "'k'")
    turn, pulled = found.interview
    assert (turn.question.text, pulled.pull_quote.text) == ("Isn’t it?", "“Yes”")
    assert [it.text for it in paragraphs_of(turn.answer)] == ["“Yes”, she’s said.", "“No”", "“It”", 'say "it"']  # fmt: skip
    assert found.title.place == read.title.place
    assert quoted(found, "en") == found


def test_a_record_without_quotes_is_the_same_one(tmp_path: Path):
    path = tmp_path / "interview.yaml"
    path.write_text(
        "format: 1\ntitle: a\ninterview: [{question: b, answer: “c”}]", encoding="utf-8"
    )
    read = read_interview(str(path))
    assert quoted(read, "en") is read


TEXTS = st.text(st.sampled_from("aé1 \"'\"' .,-—()«»“”‘’\u202f\u00a0\n好ש"), max_size=24)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_only_quotes_change_and_each_to_a_mark_of_the_language(text, language):
    pieces, own = turned(text, language), quotation(language)
    assert len(pieces) == len(text)
    for old, new in zip(text, pieces, strict=True):
        if new != old:
            assert old in "\"'"
            assert new in (*own.outer, *own.inner, own.apostrophe)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_twice_is_as_good_as_once(text, language):
    once = said(text, language)
    assert said(once, language) == once


WORDS = st.sampled_from(["one", "it's", "two,", "(three)", "four.", "five-six"])
SAID = st.recursive(
    WORDS,
    lambda inner: st.tuples(st.sampled_from("\"'"), st.lists(inner, min_size=1, max_size=3)),
    max_leaves=8,
)


def written(part, outside=""):
    """A sentence with quotations in it, none inside another of its own kind."""
    if isinstance(part, str):
        return part
    sign, inside = part
    mark = "" if sign in outside else sign
    return mark + " ".join(written(it, outside + sign) for it in inside) + mark


@given(st.lists(SAID, min_size=1, max_size=5))
def test_whole_quotations_are_read_as_markdown_it_reads_them(parts):
    text = " ".join(written(part) for part in parts)
    parser = MarkdownIt("zero", {"typographer": True}).enable("smartquotes")
    (inline,) = parser.parseInline(text)
    assert said(text) == "".join(token.content for token in inline.children)


def test_a_text_of_nothing_but_quotes_takes_time_as_it_is_long():
    for unit in ("\"'", "'a ", 'b" ', "'a b\" ", "a.", "www.'"):
        start = process_time()
        said(unit * 50_000)
        assert process_time() - start < 5

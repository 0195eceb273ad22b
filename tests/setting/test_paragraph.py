"""Lines of words, measured from their runs: nothing lost, nothing added, nothing past the measure."""

import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from setting_samples import (
    NBSP,
    SHY,
    THIN,
    ZWSP,
    focus,
    hangs,
    length,
    line_texts,
    look,
    looks,
    right_end,
    runs,
    said,
    set_text,
    setter,
    setter_with,
    text_of,
)

from layout.manuscript.text import Span
from layout.setting.hyphens import hyphenator
from layout.setting.items import INFINITE
from layout.setting.marks import Link, Rule, Tint
from layout.setting.pieces import Sign
from layout.setting.row import RUNT, Parting, Row
from layout.setting.settings import SetLine
from layout.setting.words import letters_of, parts_of, words_of

MEASURE = focus().measure

PROSE = (
    "During the Convention's Second Review Conference in Cartagena, Colombia, in 2009 we saw how the Colombian national "
    "demining programme used Twitter to alert reporters to our events and keep everyone updated on the sessions. It was "
    "an easy transition after that, and up-to-the-minute information regarding the Convention and its official affluent "
    "offices flowed from the field to the public at large and to those in the landmine movement."
)

SIGN = Sign(4.5, 5.0, "brand")


# --- a paragraph as it should be ---


def test_prose_comes_back_to_the_character():
    lines = set_text(PROSE, MEASURE)
    assert len(lines) > 6
    assert text_of(lines) == PROSE


def test_a_single_word_is_one_run_from_the_left_end():
    (line,) = set_text("Hill", MEASURE)
    (run,) = line.marks
    assert (run.x, run.y, run.element, run.text, run.stretch) == (0.0, 0.0, 7, "Hill", 0.0)
    assert line.width == pytest.approx(look("text").measure("Hill"))


def test_words_that_no_line_parts_are_shaped_whole():
    for measure in (90, MEASURE, 400):
        for line in set_text(PROSE, measure):
            whole = [piece for run in runs(line) for piece in run.pieces if not piece.is_space]
            for piece in whole[1:-1]:
                assert piece.text in PROSE.split(" ")
                assert piece is look("text").shaper.shape(piece.text)


def test_justified_lines_end_at_the_measure_and_the_last_where_it_ends():
    lines = set_text(PROSE, MEASURE)
    for line in lines[:-1]:
        assert right_end(line) == pytest.approx(MEASURE + hangs(line)[1], abs=0.01)
        assert runs(line)[0].x == pytest.approx(-hangs(line)[0])
    (last,) = runs(lines[-1])
    assert last.stretch == 0.0 or lines[-1].width > MEASURE
    assert right_end(lines[-1]) <= MEASURE + hangs(lines[-1])[1] + 0.01
    *_, last_line = set_text(PROSE, MEASURE + 10)
    assert runs(last_line)[0].stretch == 0.0
    assert runs(last_line)[0].scale == 1.0


def test_the_natural_width_of_a_line_is_that_of_its_words_and_spaces():
    text = look("text")
    for line, words in zip(set_text(PROSE, 400), line_texts(set_text(PROSE, 400)), strict=True):
        tokens = words.replace(SHY, "\u2010").split(" ")
        widths = sum(text.measure(token) for token in tokens) + (len(tokens) - 1) * text.space
        assert line.width == pytest.approx(widths)


def space_of(line: SetLine) -> float:
    """A line's spaces in shares of their own width."""
    own, found = look("text").space, 1.0
    for run in runs(line):
        if " " in run.text.strip():
            found = max(found, run.scale + (run.stretch + 2 * run.tracking) / own)
    return found


def test_a_last_line_is_a_runt_only_where_there_is_no_other_way():
    """Two letters stand alone in the last line only where nothing else would fit in any."""
    text = PROSE.rsplit(" ", 2)[0] + " of it"
    for measure in range(120, 330, 3):
        last = line_texts(set_text(text, measure))[-1]
        assert len(re.sub(r"\W", "", last)) >= RUNT, measure


def test_soft_hyphens_of_the_source_are_the_only_places_of_their_word():
    word = f"inter{SHY}nationalization"
    for measure in range(40, 110, 3):
        texts = line_texts(set_text(f"a {word} b", measure))
        assert text_of(set_text(f"a {word} b", measure)) == "a internationalization b"
        if measure > 80:
            assert {text.split(" ")[-1] for text in texts if text.endswith(SHY)} <= {f"inter{SHY}"}
    for text in (f"{SHY}abcdef", f"abcdef{SHY}", f"abc{SHY}{SHY}def", SHY):
        for measure in (18, 200):
            assert text_of(set_text(text, measure)) == said(text)
            assert SHY not in {it.strip() for it in line_texts(set_text(f"xxxxx {text}", measure))}


def penalties(text: str, language: str) -> dict[str, float]:
    """What it costs to part each word of a text that has hyphens in it: its dearest one."""
    found: dict[str, float] = {}
    words = setter(language).words([Span(text)], "text", 7)
    give = focus().justification
    row = Row(words, 200, hyphenator(language), parting=Parting.INSIDE, give=give)
    for start in range(len(row.items)):
        price = row.items.penalties.get(start, (0.0, 0.0))[1]
        if 0 < price < INFINITE:
            at = [n for n, first in enumerate(row._starts) if first <= start][-1]
            found[words[at][0].text] = max(price, found.get(words[at][0].text, 0.0))
    return found


def test_names_are_the_last_to_be_hyphenated():
    """A capital inside a sentence marks a name, one after a stop does not."""
    found = penalties("Therefore Washington and international. Afterwards Washington went on", "en")
    assert found["Washington"] > found["international."] == found["Afterwards"] > 0

    def parted(name: str) -> int:
        text = f"an international {name} " * 20
        lines = [w for measure in range(150, 300, 3) for w in line_texts(set_text(text, measure))]
        return sum(words.endswith(SHY) and "ash" in words.split(" ")[-1] for words in lines)

    assert parted("Washington") < parted("washington")


def test_but_not_where_every_noun_has_a_capital():
    found = penalties("Die internationale Vereinbarung wurde international und Vereinbarung", "de")
    assert found["Vereinbarung"] == found["internationale"]


def test_the_space_beside_code_is_the_texts():
    spans = [Span("before "), Span("code words", code=True), Span(" after")]
    (line,) = set_text(spans, MEASURE)
    text, code = look("text"), look("text", code=True)
    assert code.space > text.space
    before, middle, after = runs(line)
    assert [run.text for run in (before, middle, after)] == ["before ", "code words", " after"]
    assert middle.x - before.x == pytest.approx(text.measure("before") + text.space)
    assert after.x - middle.x == pytest.approx(code.measure("code") + code.space + code.measure("words"))  # fmt: skip


# --- words that hold together, and those that do not ---


def test_tied_words_share_a_line_and_their_space_gives():
    text = " ".join(f"page{NBSP}{n} of the long report" for n in range(40))
    lines = set_text(text, MEASURE)
    for words in line_texts(lines):
        assert not words.endswith(NBSP) and not re.match(rf"\d|{NBSP}", words)
    stretched = [run for line in lines for run in runs(line) if NBSP in run.text and run.stretch]
    assert stretched
    assert text_of(lines) == said(text)


def test_narrow_ties_hold_and_zero_width_spaces_part():
    text = " ".join(f"10{THIN}000 men" for _ in range(60))
    assert all(not words.startswith("000") for words in line_texts(set_text(text, MEASURE)))
    long = ZWSP.join(["abcdefgh"] * 30)
    lines = set_text(long, 120, "question")
    assert len(lines) > 5
    assert all(words.replace(ZWSP, "").strip("abcdefgh") == "" and SHY not in words for words in line_texts(lines))  # fmt: skip
    assert "".join(run.text for line in lines for run in runs(line)) == long


@pytest.mark.parametrize("handle", ["@MineBanTreaty", "(@MineBanTreaty),", "#DisarmamentConvention", "“@internationalname”", "said—@MineBanTreaty", "@international@mastodon.social", "information@international.org", "international.example.org"])  # fmt: skip
def test_handles_and_names_of_machines_are_never_hyphenated(handle):
    parts = parts_of(look("text"), handle, hyphenator("en"))
    assert "-" not in {part.ends for part in parts if part.text != "said—"}
    text = f"whoever follows {handle} reads {handle} again and so {handle} on"
    for measure in range(120, 200, 5):
        lines = set_text(text, measure)
        assert text_of(lines) == text
        for words in line_texts(lines):
            if words.endswith(SHY):
                assert words.rstrip(SHY).split(" ")[-1] not in handle or "." not in handle
                assert not re.search(r"[@#.]\w*\u00ad$", words)


def test_addresses_part_without_a_hyphen_at_their_marks():
    url = "https://www.apminebanconvention.org/fileadmin/documents/international?first=1&second=two#fragment"
    parts = parts_of(look("text"), url, hyphenator("en"))
    assert "".join(part.text for part in parts) == url
    assert {part.ends for part in parts} == {"|", ""}
    assert parts[0].text == "https://"
    lines = set_text(f"see {url} for more", 130)
    assert text_of(lines) == f"see {url} for more"
    assert not any(SHY in words for words in line_texts(lines))


def test_compounds_part_after_their_own_hyphen_and_dashes():
    hyphens = hyphenator("en")
    assert [p.text for p in parts_of(look("question"), "up-to-the-minute", hyphens)] == ["up-", "to-", "the-", "minute"]  # fmt: skip
    assert [p.text for p in parts_of(look("question"), "word—another", hyphens)] == ["word—", "another"]  # fmt: skip
    assert [p.text for p in parts_of(look("question"), "and/or", hyphens)] == ["and/", "or"]
    assert [p.text for p in parts_of(look("question"), "1914–1918", hyphens)] == ["1914–1918"]
    assert [p.text for p in parts_of(look("question"), "-5", hyphens)] == ["-5"]


@pytest.mark.parametrize(
    ("measure", "end"),
    [(213, f"Kirjoittami{SHY}"), (221, "Kirjoittaminen-"), (225, "Kirjoittaminen-")],
)
def test_a_compound_ends_a_line_at_its_own_hyphen_only_before_a_line_of_holes(measure, end):
    text = "Napsauta Kohdistimen vilkunta Kirjoittaminen-osiosta."
    first, _ = line_texts(setter("fi").set_spans([Span(text)], "text", measure, 7))
    assert first.split()[-1] == end


@pytest.mark.parametrize("word", ["affluent", "office-holders", "internationalization", f"AVA{SHY}TARs’", f"con{SHY}ven{SHY}tion", "https://a.example/b/c"])  # fmt: skip
def test_widths_of_parts_sum_to_that_of_the_word(word):
    parts = parts_of(look("text"), word, hyphenator("en"))
    assert len(parts) > 1
    assert "".join(part.text for part in parts) == word
    assert sum(part.width for part in parts) == pytest.approx(look("text").measure(word))


def test_letters_keep_their_marks():
    (part,) = parts_of(look("text"), "e\u0301te\u0302", hyphenator("tlh"))
    assert [bit.text for bit in letters_of(look("text"), part)] == ["e\u0301", "t", "e\u0302"]


# --- what no column was made for ---

MONSTERS = {
    "5,000 letters": "W" * 5000,
    "5,000 letters with marks": "e\u0301" * 2500,
    "a word of the patterns": "internationalization" * 60,
    "2,000 characters of an address": "https://example.org/" + "a" * 1980,
    "an address of many marks": "https://example.org/" + "a/b?c=d&" * 240,
    "a chain of tied words": NBSP.join(["tied"] * 200),
    "a chain of tied letters": NBSP.join("abcdefghij" * 30),
    "several ties in a row": f"a{NBSP}{NBSP}{NBSP}{NBSP}b" * 60,
    "nothing but ties": NBSP * 300,
    "narrow ties": THIN.join(["tied"] * 200),
    "a long handle": "@" + "MineBanTreaty" * 30,
    "hyphens": "-" * 900,
    "soft hyphens": SHY * 900 + "a",
    "dots": "." * 900,
    "among words": f"a few words {'M' * 300} and a few more of them {NBSP.join('xyz' * 60)} so",
}


def inside(line, measure: float, style: str = "text") -> bool:
    """Whether a line keeps to its measure, but for signs that hang over its ends."""
    left, right = hangs(line) if style in ("text", "narration") and runs(line) else (0.0, 0.0)
    starts = min([run.x for run in runs(line)], default=0.0)
    return starts >= -left - 1e-6 and right_end(line) <= measure + right + 0.01


@pytest.mark.parametrize("name", MONSTERS)
@pytest.mark.parametrize("style", ["text", "question"])
@pytest.mark.parametrize("measure", [MEASURE, 60])
def test_no_line_passes_its_measure_whatever_the_text(name, style, measure):
    lines = set_text(MONSTERS[name], measure, style, sign=SIGN)
    assert text_of(lines) == said(MONSTERS[name])
    assert all(inside(line, measure, style) for line in lines)


def test_letters_joined_from_many_links_part_anywhere():
    spans = [Span(letter, href=f"https://example.org/{n}") for n, letter in enumerate("abcdefghij" * 40)]  # fmt: skip
    for style in ("text", "question"):
        lines = set_text(spans, MEASURE, style)
        assert all(inside(line, MEASURE, style) for line in lines)
        assert text_of(lines) == said(spans)
        assert [mark.target for line in lines for mark in line.marks if isinstance(mark, Link)] == [span.href for span in spans]  # fmt: skip


def test_a_sign_larger_than_the_room_beside_a_long_word_goes_to_the_next_line():
    for count in range(15, 30):
        lines = set_text("W" * count, MEASURE, sign=Sign(30.0, 20.0, "brand"))
        assert all(inside(line, MEASURE) for line in lines)


@pytest.mark.parametrize("measure", [30, 12, 6, 1])
def test_a_measure_narrower_than_a_letter_still_makes_lines(measure):
    for style in ("text", "question", "pull_quote"):
        lines = set_text(f"WWW mi{NBSP}l international", measure, style, sign=SIGN)
        assert text_of(lines) == said(f"WWW mi{NBSP}l international")


PLAIN = "a I of the to in and convention affluent offices Fjord naïve «mot» l’homme e\u0301te\u0301 — – … “said” -"

WORDS = st.sampled_from(
    [
        *PLAIN.split(),
        "https://example.org/a/b?c=d#e",
        "www.example.org",
        "@MineBanTreaty",
        "#demining",
        "self-evident",
        "1914–1918",
        "and/or",
        "(see",
        f"p.{NBSP}12",
        f"10{THIN}000",
        f"zero{ZWSP}width",
        f"dis{SHY}arm{SHY}a{SHY}ment",
        "incomprehensibilities",
        "W" * 60,
    ]
) | st.text("abcdefilmnorstuvWAT.,-/@é’" + NBSP + SHY, min_size=1, max_size=14).filter(
    lambda it: it.strip(SHY)
)

SPANS = st.lists(
    st.builds(
        Span,
        st.lists(WORDS, min_size=1, max_size=8).map(" ".join).flatmap(lambda it: st.sampled_from([it, it + " ", " " + it])),
        emphasis=st.booleans(),
        strong=st.booleans(),
        code=st.sampled_from([False, False, False, True]),
        href=st.sampled_from(["", "", "https://example.org/a", "https://example.org/b"]),
    )
    | st.just(Span("\n")),
    min_size=1,
    max_size=6,
)  # fmt: skip


def contiguous(line) -> bool:
    """Whether each run of a line begins where the one before it ends."""
    found = runs(line)
    return all(abs(a.x + length(a) - b.x) < 1e-6 for a, b in pairwise(found))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SPANS, st.sampled_from(["text", "narration", "question", "tagline"]), st.floats(60, 260), st.sampled_from([0.0, 10.0]), st.sampled_from([None, SIGN]))  # fmt: skip
def test_any_spans_come_back_within_the_measure(spans, style, measure, indent, sign):
    lines = setter().set_spans(spans, style, measure, 7, indent=indent, sign=sign)
    assert text_of(lines) == said(spans)
    assert all(inside(line, measure, style) for line in lines)
    assert all(map(contiguous, lines))
    last = len(lines) - 1
    breaks = sum(span.text == "\n" for span in spans)
    short = 0
    for number, line in enumerate(lines):
        found = runs(line)
        assert len({run.scale for run in found}) <= 1
        assert all(run.joined == bool(number) for number, run in enumerate(found))
        inner = sum(piece.is_space for run in found for piece in run.pieces)
        inner -= bool(found) and found[-1].pieces[-1].text == " "
        if style in ("text", "narration") and number != last and inner:
            # In the last resort, where a word parts anywhere, nothing hangs.
            edges = (measure + hangs(line)[1], measure)
            short += min(abs(right_end(line) - edge) for edge in edges) > 0.01
        elif style in ("question", "tagline"):
            assert all(run.stretch == 0.0 and run.scale == 1.0 for run in found)
    assert short <= breaks
    assert "".join(span.text for span in spans).count(THIN) == "".join(r.text for line in lines for r in runs(line)).count(THIN)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(SPANS, st.floats(100, 260))
def test_links_cover_the_words_that_are_linked_and_no_others(spans, measure):
    lines = setter().set_spans(spans, "text", measure, 7)
    linked = "".join("".join(s.text.split()) for s in spans if s.href and s.text != "\n")
    found = "".join(mark.text for line in lines for mark in line.marks if isinstance(mark, Link))
    assert "".join(found.split()).replace(SHY, "") == linked.replace(SHY, "")
    for line in lines:
        ends = right_end(line)
        for mark in line.marks:
            if isinstance(mark, Link):
                assert mark.x >= -hangs(line)[0] - 1e-6
                assert mark.x + mark.width <= ends + 0.01
                # A lone soft hyphen is a word that nobody sees: the space beside it is not at an end.
                assert SHY in linked or mark.text == mark.text.strip(" ")


# --- links ---


def test_a_link_lies_over_its_words_and_a_rule_under_them():
    spans = [Span("see "), Span("the report", href="https://example.org"), Span(" now")]
    (line,) = set_text(spans, MEASURE)
    (area,) = [mark for mark in line.marks if isinstance(mark, Link)]
    (rule,) = [mark for mark in line.marks if isinstance(mark, Rule)]
    text = look("text")
    start = text.measure("see") + text.space
    assert area.x == rule.x == pytest.approx(start)
    assert area.width == rule.width == pytest.approx(text.measure("the") + text.space + text.measure("report"))  # fmt: skip
    assert (area.target, area.text, area.element) == ("https://example.org", "the report", 7)
    assert area.y < 0 < area.y + area.height and area.height == 10
    assert rule.y < 0 and rule.weight == focus().rules.link


def test_a_style_may_leave_the_rule_out():
    spans = [Span("@a", href="https://example.org")]
    (line,) = set_text(spans, MEASURE, "handle")
    assert [type(mark).__name__ for mark in line.marks] == ["Run", "Link"]


def test_a_link_over_two_lines_has_an_area_on_each_and_none_over_the_space_at_the_end():
    spans = [Span("see "), Span(PROSE[:90], href="https://example.org"), Span(" now")]
    lines = set_text(spans, 150)
    areas = [[mark for mark in line.marks if isinstance(mark, Link)] for line in lines]
    assert [len(found) for found in areas] == [1] * len(lines)
    for line, (area,) in zip(lines[:-1], areas, strict=False):
        assert area.x + area.width == pytest.approx(right_end(line))
        assert runs(line)[-1].text[-1] in (" ", SHY)


def test_two_links_side_by_side_stay_two():
    spans = [
        Span("one", href="https://a.example"),
        Span(" "),
        Span("two", href="https://b.example"),
    ]
    (line,) = set_text(spans, MEASURE)
    one, two = (mark for mark in line.marks if isinstance(mark, Link))
    assert (one.text, two.text) == ("one", "two")
    assert two.x - one.x - one.width == pytest.approx(look("text").space)


@pytest.mark.parametrize("italic", [False, True])
@pytest.mark.parametrize("code", [False, True])
def test_the_spaces_beside_a_link_are_no_part_of_it(italic, code):
    """Whichever look they stand in: the element of the link's words has just these."""
    spans = [
        Span("one ", emphasis=italic),
        Span("two three", href="https://a.example", code=code),
        Span(" four", emphasis=italic),
    ]
    words = words_of(spans, "text", 7, looks(), [7, 8, 7])
    (line,) = setter().set_words(words, look("text"), MEASURE)
    assert "".join(run.text for run in runs(line) if run.element == 8) == "two three"
    assert text_of([line]) == "one two three four"


def test_a_link_of_two_looks_is_one_area():
    spans = [Span("the ", href="https://a.example"), Span("Times", emphasis=True, href="https://a.example")]  # fmt: skip
    (line,) = set_text(spans, MEASURE)
    (area,) = [mark for mark in line.marks if isinstance(mark, Link)]
    assert area.text == "the Times"
    assert len(runs(line)) == 2


# --- the sign ---


@pytest.mark.parametrize("style", ["text", "question"])
def test_the_sign_stands_after_the_last_word_on_its_line(style):
    for measure in range(60, 260, 7):
        lines = set_text(PROSE, measure, style, sign=SIGN)
        signs = [[mark for mark in line.marks if isinstance(mark, Tint)] for line in lines]
        assert [len(found) for found in signs] == [0] * (len(lines) - 1) + [1]
        (sign,) = signs[-1]
        last = runs(lines[-1])[-1]
        assert sign.x == pytest.approx(last.x + length(last) + SIGN.gap)
        assert (sign.y, sign.width, sign.height, sign.colour) == (0.0, 5.0, 5.0, "brand")
        assert sign.x + sign.width <= measure + 0.01


# --- text that is not justified ---


def test_ragged_text_keeps_its_spaces():
    for measure in (80, 150, MEASURE):
        lines = set_text(PROSE, measure, "question")
        assert all(run.stretch == 0.0 and run.tracking == 0.0 for line in lines for run in runs(line))  # fmt: skip
        assert not any(SHY in words for words in line_texts(lines))
        assert all(line.width == pytest.approx(right_end(line)) for line in lines)


def test_ragged_text_ends_in_a_lone_word_only_where_nothing_better_can_be_had(monkeypatch):
    def lone() -> int:
        found = [line_texts(set_text(PROSE, measure, "question")) for measure in range(150, 330, 2)]
        return sum(" " not in texts[-1] for texts in found)

    kept = lone()
    monkeypatch.setattr("layout.setting.paragraph.RAGGED_LAST", 1000.0)
    assert kept < lone()


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("centre", 0.5), ("right", 1.0)])
def test_lines_stand_where_their_style_says(align, share):
    lines = setter_with("about", align=align).set_spans([Span(PROSE)], "about", 150, 7)
    assert len(lines) > 3
    for line in lines:
        assert runs(line)[0].x == pytest.approx((150 - line.width) * share)
        assert line.width <= 150


def test_balance_evens_the_lines_and_makes_no_more_of_them():
    title = "How a disarmament treaty uses Twitter to reach the public at large"
    for measure in range(200, 520, 20):
        plain = setter().set_spans([Span(title)], "title", measure, 7)
        even = setter().set_spans([Span(title)], "title", measure, 7, balance=True)
        assert len(even) == len(plain)
        assert text_of(even) == title
        assert max(line.width for line in even) <= max(line.width for line in plain) + 1e-6
        if len(even) == 2:
            longest_word = max(look("title").measure(word) for word in title.split())
            assert max(line.width for line in even) - min(line.width for line in even) <= longest_word + 10  # fmt: skip


def test_tracking_counts_in_every_line():
    lines = set_text(PROSE, 200, "kicker")
    tracking = focus().styles["kicker"].tracking * look("kicker").size
    assert tracking > 0
    assert all(run.tracking == pytest.approx(tracking) for line in lines for run in runs(line))
    assert all(right_end(line) == pytest.approx(line.width) for line in lines)


def test_the_kicker_is_shown_in_capitals_and_reads_as_written():
    assert text_of(set_text("Große Straße", 200, "kicker")) == "Große Straße"


def test_a_question_does_not_end_in_a_word_alone_where_its_lines_may_be_shorter():
    asked = "What motivated the Convention to open a Twitter account?"
    words = setter().words([Span(asked)], "question", 7)
    (first, *_) = setter().settings(words, look("question"), 238)
    texts = line_texts(first.lines())
    assert texts == ["What motivated the Convention to", "open a Twitter account?"]


def test_ragged_text_in_a_line_more_keeps_its_indent():
    ours = setter()
    words = ours.words((Span(PROSE[:126]),), "question", 7)
    (best,) = ours.settings(words, ours.looks.look("question"), MEASURE, indent=12.0)
    (longer,) = best.others()
    assert longer.count == best.count + 1
    for lines in (best.lines(), longer.lines()):
        assert [runs(line)[0].x for line in lines] == [12.0] + [0.0] * (len(lines) - 1)

"""Chinese, Japanese and Korean: where lines end, what closes up, and that every line is as wide as its measure."""

from functools import cache
from itertools import pairwise
from pathlib import Path

import icu
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from setting_samples import focus, length, line_texts, runs, said, text_of

from layout.ground.problems import Place
from layout.house.faces import open_face
from layout.manuscript.text import Span
from layout.setting import eastern
from layout.setting.eastern import AUTOSPACE, NARROWEST, closed_up
from layout.setting.hyphens import hyphenator
from layout.setting.looks import EASTERN, Looks
from layout.setting.paragraph import Setter

pytestmark = pytest.mark.usefixtures("eastern_fonts")

SAMPLES = Path(__file__).parents[1] / "whole" / "samples"
FONTS = Path(__file__).parents[1] / "fonts"
HYPHEN = "\u00ad"
TAGS = {"japanese": "ja", "chinese": "zh-Hans", "korean": "ko"}

# JLREQ, appendix A: cl-01; cl-02, 04 to 07, 09 to 11.
OPENERS = "‘“（〔［｛〈《「『【"
NEVER_FIRST = "’”）〕］｝〉》」』】！？・：；。．、，々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"


@cache
def looks(language):
    return Looks(focus(), language)


def setter(language):
    return Setter(looks(language), hyphenator)


def text_in(name):
    source = yaml.safe_load((SAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))
    said = " " if name == "korean" else ""
    return said.join(turn["answer"].strip().replace("*", "") for turn in source["interview"])


def lines_of(language, text, measure, style="text"):
    return setter(language).set_spans([Span(text)], style, measure, 7)


def face(region, kind="Serif"):
    path = str(FONTS / f"Noto{kind}{region}-Regular.otf")
    return open_face(path, Place(path))


def own(language, text="国"):
    """The look in which a text is set."""
    return eastern_atoms(language, text)[0].look


def focus_face(language):
    return looks(language).look("text").face


def eastern_atoms(language, text):
    return [atom for word in setter(language).words([Span(text)], "text", 7) for atom in word]


def ends(line):
    """Where the first and the last character's square begin and end, without letterspace after the last."""
    first, *_, last = [*runs(line), runs(line)[-1]]
    pieces = last.pieces[:-1] if last.pieces[-1].text == " " else last.pieces
    spread = last.tracking if last.face.path.startswith(str(FONTS)) else 0.0
    return first.x, last.x + length(last, pieces) - spread


# --- where lines end ---


@pytest.mark.parametrize("name", ["japanese", "chinese"])
def test_no_line_begins_or_ends_with_what_must_not(name):
    count = 0
    for measure in range(70, 240, 7):
        lines = line_texts(lines_of(TAGS[name], text_in(name), measure))
        count += len(lines)
        for line in lines:
            assert line[0] not in NEVER_FIRST and line[-1] not in OPENERS, line
    assert count > 700


@pytest.mark.parametrize("name", TAGS)
def test_lines_end_only_where_icu_lets_them(name):
    text = text_in(name)
    breaker = icu.BreakIterator.createLineInstance(icu.Locale(f"{TAGS[name][:2]}@lb=strict"))
    breaker.setText(text)
    allowed = set(breaker)
    for measure in (110, 160, 240):
        at = 0
        for line in lines_of(TAGS[name], text, measure):
            written = "".join(run.text for run in runs(line))
            if written.endswith("\u00ad"):
                at += len(written) - 1
                continue
            at += len(written)
            assert at in allowed or at == len(text), text[at - 3 : at + 3]
        assert at == len(text)


@pytest.mark.parametrize("name", TAGS)
def test_nothing_is_lost_or_added(name):
    text = text_in(name)
    for measure in (80, 133, 240):
        assert "".join(r.text for ln in lines_of(TAGS[name], text, measure) for r in runs(ln)).replace("\u00ad", "") == text  # fmt: skip


def test_korean_words_are_whole_while_spaces_can_bear_it():
    text = text_in("korean")
    for line in lines_of("ko", text, 240)[:-1]:
        assert runs(line)[-1].text.endswith(" ")


def test_korean_titles_are_balanced_between_words():
    text = "바람을 기록하는 사람 하루에 여덟 번 같은 시각에"
    for measure in range(200, 460, 20):
        lines = setter("ko").set_spans([Span(text)], "title", measure, 7, balance=True)
        assert " ".join(line_texts(lines)) == text


def test_a_korean_word_that_no_line_can_hold_whole_ends_between_syllables_without_a_hyphen():
    lines = line_texts(lines_of("ko", "가나다라마바사아자차카타파하" * 3, 60))
    assert len(lines) > 6 and "".join(lines) == "가나다라마바사아자차카타파하" * 3


# --- how wide lines are ---


@pytest.mark.parametrize("name", TAGS)
@pytest.mark.parametrize("measure", [91.0, 144.5, 203.0, 244.0])
def test_every_line_but_the_last_is_flush(name, measure):
    for line in lines_of(TAGS[name], text_in(name), measure)[:-1]:
        written = "".join(run.text for run in runs(line)).rstrip(" ")
        left = hang(TAGS[name], runs(line)[0], written[0])[0]
        right = hang(TAGS[name], runs(line)[-1], written[-1])[1]
        start, end = ends(line)
        assert start == pytest.approx(-left, abs=1e-3), written
        assert end == pytest.approx(measure + right, abs=2e-3), written


def hang(language, run, sign):
    """How far a sign hangs over the two ends of a line, in whichever of the looks it is set."""
    square = "국" if language == "ko" else "国"
    *_, atom = eastern_atoms(language, square + ("-" if sign == HYPHEN else sign))
    for look in (atom.look, atom.look.lining):
        if look is not None and look.face is run.face:
            return look.hang(look.shaper.hyphen if sign == HYPHEN else sign)
    raise AssertionError(f"{sign!r} is in another face")


def test_brackets_at_both_ends_of_a_line_stand_in_half_a_square():
    look = own("ja")
    half = look.size / 2
    for line in lines_of("ja", "「国国国国国」" * 30, 7 * look.size)[:-1]:
        assert ends(line)[0] == pytest.approx(-half, abs=0.01)
    assert look.hang("「") == pytest.approx((half, 0.0)) and look.hang("」") == pytest.approx(
        (0.0, half)
    )
    assert look.hang("。") == pytest.approx((0.0, half)) and look.hang("国") == (0.0, 0.0)


def test_latin_words_have_no_letterspace_and_are_as_wide_as_they_are():
    text = text_in("japanese")
    spread = 0
    for line in lines_of("ja", text, 180)[:-1]:
        for run in runs(line):
            if run.text.strip().isascii():
                assert run.tracking == 0 and run.scale == 1
            else:
                spread += run.tracking > 0
    assert spread > 10


def test_a_name_inside_english_leaves_the_line_as_english_has_it():
    words = setter("en").words(
        [Span("a long line of English words about 国语 and not more")], "text", 7
    )
    from layout.setting.squares import EasternRow, row_of

    assert row_of(words, "en") is not EasternRow and row_of(words, "ja") is EasternRow
    name, _ = [word for word in words if word[0].look.script in EASTERN]
    assert row_of([name], "en") is EasternRow


# --- what closes up ---

CLOSED = {
    "」「": 500, "、「": 500, "。「": 500, "「（": 500, "）。": 500, "」、": 500, "。」": 500, "』」": 500, "・「": 500,
    "」・": 500, "\u3000「": 500, "。\u3000": 500, "。国": 0, "国「": 0, "国。": 0, "！」": 0, "「国": 0, "・国": 0,
}  # fmt: skip
"""Pairs by the table of CSS Text 4, 8.4 ("fullwidth punctuation collapsing"), in thousandths of an em."""


@pytest.mark.parametrize("pair", CLOSED)
def test_signs_side_by_side_close_up(pair):
    assert closed_up(face("JP"), *pair) == CLOSED[pair]
    look = own("ja")
    (line,) = lines_of("ja", f"国{pair}国", 200)
    start, end = ends(line)
    assert end - start == pytest.approx((4 - CLOSED[pair] / 1000) * look.size, abs=0.01)


def test_stops_in_the_middle_of_their_squares_do_not():
    assert closed_up(face("TC"), "。", "」") == 0 and closed_up(face("TC"), "。", "「") == 500
    assert closed_up(face("SC"), "：", "“") == 500 and closed_up(face("SC"), "？", "”") == 500


@pytest.mark.parametrize("region", ["JP", "SC", "TC", "KR"])
def test_the_ink_tells_the_same_as_the_feature_of_halves(region, monkeypatch):
    """For faces that have no `halt`; quotes, whose ink is far from the middle, are no exception."""
    signs = "、。「」『』（）〈〉《》【】，"
    by_feature = [eastern._blanks(face(region), sign) for sign in signs]
    monkeypatch.setattr(eastern, "_has_halves", lambda face: False)
    assert [eastern._blanks(face(region), sign) for sign in signs] == by_feature
    assert any(by_feature)


def test_what_closes_up_is_one_piece_of_text():
    """Readers of the file part what stands over itself."""
    (line,) = lines_of("ja", "国」「国", 200)
    (piece,) = [it for run in runs(line) for it in run.pieces if it.whole]
    assert "」「" in piece.text


# --- beside Latin ---


@pytest.mark.parametrize("text", ["国A", "A国", "第1", "2回", "かA"])
def test_a_quarter_of_an_em_stands_between_an_ideograph_and_latin(text):
    (line,) = lines_of("ja", text, 300)
    first, second = eastern_atoms("ja", text)
    own_width = first.look.measure(first.text) + second.look.measure(second.text)
    start, end = ends(line)
    assert end - start - own_width == pytest.approx(AUTOSPACE * own("ja").size, abs=0.01)


@pytest.mark.parametrize("text", ["国 A", "国、A", "A。", "（A", "国(", "한A"])
def test_none_stands_beside_a_space_or_a_sign_or_in_korean(text):
    language = "ko" if text[0] == "한" else "ja"
    (line,) = lines_of(language, text, 300)
    atoms = eastern_atoms(language, text)
    own_width = sum(atom.look.measure(atom.text) for atom in atoms)
    space = sum(run_space for run_space in [min(a.look.space for a in atoms)] if " " in text)
    start, end = ends(line)
    assert end - start - own_width - space == pytest.approx(0, abs=0.01)


def test_it_gives_way_as_far_as_an_eighth_and_is_gone_at_the_end_of_a_line():
    text, look = "国" * 12 + "A", own("ja")
    least = look.measure("国") * 12 + looks("ja").look("text").measure("A") + NARROWEST * look.size
    (line,) = lines_of("ja", text, least + 0.001)
    assert ends(line)[1] == pytest.approx(least, abs=0.01)
    assert len(lines_of("ja", text, least - 1.0)) == 2
    (first, *_) = lines_of("ja", "国国A国国国", 2 * look.size + 0.01)
    assert ends(first)[1] == pytest.approx(2 * look.size, abs=0.02)  # no gap where the line ends


# --- looks ---


def test_emphasis_changes_the_kind_of_face_and_slants_nothing():
    words = setter("ja").words([Span("国"), Span("国", emphasis=True)], "text", 7)
    plain, emphasised = [atom.look.face for word in words for atom in word]
    assert plain is face("JP") and emphasised is face("JP", "Sans")
    assert emphasised.angle == 0


@pytest.mark.parametrize(
    ("language", "region"), [("ja", "JP"), ("zh-Hans", "SC"), ("zh-TW", "TC"), ("ko", "KR")]
)
def test_characters_and_their_signs_are_drawn_as_the_language_wants_them(language, region):
    for text in (
        "国" if region in ("JP", "SC") else "中" if region == "TC" else "한",
        "A、",
        "A，",
    ):
        *_, last = eastern_atoms(language, text)
        assert last.look.face is face(region)
        assert last.look.script in EASTERN


def test_chinese_quotation_marks_are_wide_beside_latin_letters_too():
    faces = [atom.look.face for atom in eastern_atoms("zh", "国“Hello”")]
    assert faces == [face("SC"), face("SC"), focus_face("zh"), face("SC")]


def test_a_sign_that_the_east_asian_face_lacks_is_in_the_face_of_the_text_and_no_third_one():
    """Georgian and Greek faces have a middle dot too."""
    *_, sign = eastern_atoms("ja", "国·")
    assert sign.look.face is focus_face("ja")


def test_figures_are_as_high_as_capitals_and_in_the_face_of_the_text():
    (_, figure) = eastern_atoms("ja", "第1")
    assert figure.look is looks("ja").look("text").lining


def test_kerns_of_proportional_kana_are_off():
    """Noto Serif has one between these two, for text set by its feature `palt`."""
    look = own("ja")
    assert look.measure("ん、") == pytest.approx(2 * look.size)


@settings(deadline=None, max_examples=60)
@given(st.text("国あっー「」、。（）・\u3000 A1“”", min_size=1, max_size=40), st.integers(3, 20))
def test_whatever_is_typed_is_said_on_lines_no_wider_than_the_measure(text, ems):
    measure = ems * 10.0
    lines = lines_of("ja", text, measure)
    assert text_of(lines).replace(" ", "") == said(text).replace(" ", "")
    for line in lines:
        if runs(line):
            first, last = runs(line)[0], runs(line)[-1]
            start, end = ends(line)
            assert start >= -first.size * 0.51 and end <= measure + last.size * 1.01
    for before, after in pairwise(lines):
        assert before is not after

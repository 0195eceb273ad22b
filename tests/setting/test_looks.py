"""Styles and spans to faces: what stands where a family has no such face, and where nothing may."""

import pytest
from msgspec.structs import replace
from setting_samples import focus, look, looks

from layout.ground.problems import Refused
from layout.house.brand import Family
from layout.manuscript.text import Span
from layout.setting.looks import CODE_SCALE, Looks, TypeCase


@pytest.mark.parametrize(
    ("style", "flags", "file"),
    [
        ("text", "", "SourceSerif4-Regular.ttf"),
        ("text", "e", "SourceSerif4-It.ttf"),
        ("text", "s", "SourceSerif4-Semibold.ttf"),
        ("text", "es", "SourceSerif4-SemiboldIt.ttf"),
        ("narration", "", "SourceSerif4-It.ttf"),
        ("narration", "e", "SourceSerif4-Regular.ttf"),
        ("narration", "s", "SourceSerif4-SemiboldIt.ttf"),
        ("narration", "es", "SourceSerif4-Semibold.ttf"),
        ("question", "", "SourceSans3-Semibold.ttf"),
        ("question", "e", "SourceSans3-SemiboldIt.ttf"),
        ("question", "s", "SourceSans3-Semibold.ttf"),
        ("text", "c", "SourceCodePro-Regular.ttf"),
        ("text", "ces", "SourceCodePro-Regular.ttf"),
        ("standfirst", "", "SourceSerif4-It.ttf"),
        ("pull_quote", "", "SourceSerif4Subhead-It.ttf"),
        ("pull_quote", "s", "SourceSerif4-SemiboldIt.ttf"),
        ("cross_head", "", "SourceSerif4-Semibold.ttf"),
        ("cross_head", "e", "SourceSerif4-SemiboldIt.ttf"),
        ("title", "", "SourceSerif4Display-Regular.ttf"),
        ("title", "s", "SourceSerif4Display-Semibold.ttf"),
        ("code", "", "SourceCodePro-Regular.ttf"),
        ("code", "e", "SourceCodePro-Regular.ttf"),
    ],
)
def test_a_span_is_set_in_a_real_face(style, flags, file):
    span = Span("x", emphasis="e" in flags, strong="s" in flags, code="c" in flags)
    found = looks().of_span(style, span)
    assert found.face.file == file
    assert found is looks().of_span(style, span)


def test_code_in_text_is_smaller_and_has_none_of_the_texts_features():
    assert look("text", code=True).size == pytest.approx(look("text").size * CODE_SCALE)
    assert CODE_SCALE < 1
    assert look("text").shaper.features == {"onum": True, "pnum": True}
    assert look("text", code=True).shaper.features == {}
    assert look("code", code=True).size == look("code").size == focus().styles["code"].size


def test_code_is_never_hyphenated_and_text_only_where_its_style_says_so():
    assert look("text").hyphenate and look("text", strong=True).hyphenate
    assert not look("text", code=True).hyphenate
    assert not look("question").hyphenate


def test_a_look_has_its_styles_colour_and_tracking():
    kicker, style = look("kicker"), focus().styles["kicker"]
    assert (kicker.colour, kicker.shaper.capitals) == (style.colour, True)
    assert kicker.tracking == pytest.approx(style.tracking * style.size)
    assert kicker.tracking > 0


def test_another_size_keeps_the_faces_and_the_shaped_words():
    sized = looks().sized("title", 27.5)
    assert sized.look("title").size == 27.5
    assert sized.look("title").shaper is looks().look("title").shaper
    assert sized is looks().sized("title", 27.5)
    assert looks().sized("title", look("title").size) is looks()
    assert sized.look("text").size == look("text").size


@pytest.mark.parametrize(
    ("size", "cut"),
    [(7, "Caption"), (8.49, "Caption"), (8.5, ""), (13.9, ""), (14, "Subhead"), (23.9, "Subhead"), (24, "Display"), (90, "Display")],
)  # fmt: skip
@pytest.mark.parametrize("style", ["title", "text", "pull_quote"])
def test_every_role_takes_the_cut_of_the_size_in_use(style, size, cut):
    found = looks().sized(style, size).look(style).face.file
    assert found == f"SourceSerif4{cut}-{'It' if style == 'pull_quote' else 'Regular'}.ttf"


def test_a_style_has_the_cut_of_its_own_size_from_the_start():
    styles = {**focus().styles, "caption": replace(focus().styles["caption"], font="text", size=8)}
    small = Looks(replace(focus(), styles=styles), "en")
    assert small.look("caption").face.file == "SourceSerif4Caption-Regular.ttf"
    assert small.look("caption", strong=True).face.file == "SourceSerif4-Semibold.ttf"
    assert small.look("caption", code=True).face.file == "SourceCodePro-Regular.ttf"


def test_capitals_bring_lining_figures_and_marks_of_their_height():
    assert look("kicker").shaper.features == {"lnum": True, "case": True, "pnum": True}


@pytest.mark.parametrize(
    ("features", "expected"),
    [
        (("onum",), {"onum": True, "case": True}),
        (("-case",), {"lnum": True, "case": False}),
        (("-lnum", "-case"), {"lnum": False, "case": False}),
    ],
)
def test_unless_the_brand_says_otherwise(features, expected):
    own = looks().changed("kicker", features=features)
    assert own.look("kicker").shaper.features == expected


def test_one_style_changed_leaves_the_others_and_shares_their_words():
    changed = looks().changed("title", tracking=0.1)
    assert changed.look("title").tracking == pytest.approx(3.2)
    assert changed.look("text").shaper is looks().look("text").shaper
    assert changed is looks().changed("title", tracking=0.1)
    assert looks().changed("title", tracking=0.0) is looks()


def family(**faces: str) -> Looks:
    """The looks of a brand whose text family has only these weights of its own."""
    own = focus().fonts["text"]
    kept = {weight: getattr(own, weight) for weight in faces}
    return Looks(replace(focus(), fonts={**focus().fonts, "text": Family(**kept)}), "en")


def test_a_family_without_italics_stands_upright_and_never_slants():
    plain = family(regular="", semibold="")
    assert plain.look("text", emphasis=True).face is plain.look("text").face
    both = plain.look("text", emphasis=True, strong=True).face
    assert both is plain.look("text", strong=True).face


def test_strong_emphasis_of_a_family_without_that_face_is_emphasis():
    some = family(regular="", italic="", semibold="")
    assert some.look("text", emphasis=True, strong=True).face is some.look("text", emphasis=True).face  # fmt: skip


@pytest.mark.parametrize("flags", [{"strong": True}, {"strong": True, "emphasis": True}], ids=str)
def test_a_weight_that_nothing_can_stand_for_is_refused(flags):
    with pytest.raises(Refused) as refused:
        family(regular="").look("text", **flags)
    problem = refused.value.problems[0]
    assert "the font 'text' has no semibold" in problem.message
    assert problem.hint == "name one under fonts:"


def test_languages_have_looks_of_their_own_once():
    case = TypeCase(focus())
    assert case.looks("fr") is case.looks("fr")
    assert case.looks("fr") is not case.looks("en")
    assert case.looks("fr").look("text").shaper.language == "fr"

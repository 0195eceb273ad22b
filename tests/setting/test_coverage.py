"""Characters that no face has: all of them at once, each where it is written, with its name."""

import pytest
from msgspec import Struct
from setting_samples import case

from layout.ground.problems import Refused
from layout.manuscript import interview as records
from layout.manuscript.reader import read_interview
from layout.manuscript.text import Inline, Picture, Prose, Words
from layout.setting.compose import compose
from layout.setting.coverage import PRINTED


@pytest.fixture
def missing(tmp_path):
    """`LINE:COLUMN FACE CODE NAME` of each character that a text is refused for."""

    def read(text: str) -> list[str]:
        path = tmp_path / "source.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            compose(read_interview(str(path)), case(), str(path))
        except Refused as refused:
            return [
                f"{p.place.line}:{p.place.column} "
                + p.message.replace(" has no glyph for ", " ").replace(".ttf", "")
                for p in refused.problems
            ]
        return []

    return read


def test_every_character_is_told_where_it_stands(missing):
    found = missing(
        "format: 1\n"
        "title: Hello 𒀀\n"
        "kicker: 𐀀\n"
        "language: en\n"
        "rights: © 𐎀\n"
        "accounts:\n"
        "  entries:\n"
        '  - handle: "@a"\n'
        "    name: Ann 𒀀\n"
        "    about: |\n"
        "      Fine.\n"
        "\n"
        "      - not *so 𐊀* fine\n"
        "interview:\n"
        "- question: What 𒀀 is **𐌀**?\n"
        "  answer: |\n"
        "    Nothing here.\n"
        "\n"
        "    But 𒀀 here, 𒀀 and `code 𐀀`.\n"
        "\n"
        "        block 𐊠\n"
    )
    assert found == [
        "2:14 SourceSerif4Display-Regular 𒀀 (U+12000 CUNEIFORM SIGN A)",
        "3:9 SourceSans3-Semibold 𐀀 (U+10000 LINEAR B SYLLABLE B008 A)",
        "5:11 SourceSans3-Regular 𐎀 (U+10380 UGARITIC LETTER ALPA)",
        "9:15 SourceSans3-Regular 𒀀 (U+12000 CUNEIFORM SIGN A)",
        "13:17 SourceSans3-It 𐊀 (U+10280 LYCIAN LETTER A)",
        "15:18 SourceSans3-Semibold 𒀀 (U+12000 CUNEIFORM SIGN A)",
        "15:25 SourceSans3-Semibold 𐌀 (U+10300 OLD ITALIC LETTER A)",
        "19:9 SourceSerif4-Regular 𒀀 (U+12000 CUNEIFORM SIGN A)",
        "19:29 SourceCodePro-Regular 𐀀 (U+10000 LINEAR B SYLLABLE B008 A)",
        "21:15 SourceCodePro-Regular 𐊠 (U+102A0 CARIAN LETTER A)",
    ]


HEAD = "format: 1\ntitle: T\n"


def test_what_is_not_printed_is_not_complained_of(missing):
    turn = "interview:\n- question: Q\n  answer: {}\n"
    assert missing(HEAD + "keywords: [𐀀]\n# 𐊀\n" + turn.format("A")) == []
    assert [it[:5] for it in missing(HEAD + "keywords: [𐀀]\n# 𐊀\n" + turn.format("𐎀"))] == ["7:11 "]


def test_joiners_and_variation_selectors_are_not_told_beside_their_emoji(missing):
    found = missing(HEAD + "interview:\n- question: Q 𐊠️\n  answer: 👩‍🚀 e\u0301\u200b\n")
    assert [it.split("(")[1][:-1] for it in found] == ["U+102A0 CARIAN LETTER A"]
    assert missing(HEAD + "interview:\n- question: Q e\ufe0f\n  answer: a\u200db\u200b\u202fc\u2003d\n") == []  # fmt: skip


@pytest.mark.parametrize("code", ["\\u2028", "\\U000110BD"])
def test_a_character_without_a_shape_has_a_place_too(missing, code):
    (found,) = missing(HEAD + f'interview:\n- question: Q\n  answer: "a{code}b"\n')
    assert found.startswith(f"5:11 SourceSerif4-Regular (U+{code[2:].lstrip('0')} ")


def test_every_text_of_an_interview_is_printed_in_a_style_or_known_not_to_be():
    unprinted = {("Interview", "keywords"), ("Portrait", "alt"), ("Figure", "alt")}
    kinds = [it for it in vars(records).values() if isinstance(it, type) and issubclass(it, Struct)]
    texts = {
        (kind.__name__, field)
        for kind in kinds
        if kind.__module__ == records.__name__
        for field, annotation in kind.__annotations__.items()
        if any(word.__name__ in str(annotation) for word in (Words, Inline, Prose))
    }
    named = {(kind.__name__, field) for kind, fields in PRINTED.items() for field in fields}
    assert texts - unprinted == named
    assert len(texts) > 25
    assert {style for fields in PRINTED.values() for style in fields.values()} <= case().brand.styles.keys()  # fmt: skip
    assert Picture.__name__ not in {field for _, field in texts}

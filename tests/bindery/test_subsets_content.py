"""Strings of content in other codes: found wherever they stand, and left where they cannot be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.bindery.subsets.recode import Recoder, Strings, Unclear


class Plus(Strings):
    """Every code one more."""

    def __missing__(self, digits: bytes) -> bytes:
        plain = digits.translate(None, b" \n\r\t\f\0")
        codes = [int(plain[at : at + 4], 16) + 1 for at in range(0, len(plain), 4)]
        return b"<" + b"".join(b"%04X" % code for code in codes) + b">"


def recoded(content: bytes) -> bytes:
    """With the strings in F1 recoded, and those in F2 left."""
    return Recoder({b"F1": Plus(), b"F2": None}).recoded(content)


CASES = {
    "a string in hexadecimal digits": (b"/F1 9 Tf <00010002> Tj", b"/F1 9 Tf <00020003> Tj"),
    "with blanks in it": (b"/F1 9 Tf <00 01\n0002> Tj", b"/F1 9 Tf <00020003> Tj"),
    "in an array": (b"/F1 9 Tf [<0001>-20<0002>]TJ", b"/F1 9 Tf [<0002>-20<0003>]TJ"),
    "in parentheses": (b"/F1 9 Tf (\\000A) Tj", b"/F1 9 Tf <0042> Tj"),
    "with escapes": (b"/F1 9 Tf (\\(\\)\\\\\\n) Tj", b"/F1 9 Tf <282A5C0B> Tj"),
    "with parentheses in it": (b"/F1 9 Tf ((a)b) Tj", b"/F1 9 Tf <28622963> Tj"),
    "on two lines": (b"/F1 9 Tf (\\0\\\n\\1) Tj", b"/F1 9 Tf <0002> Tj"),
    "with an end of line": (b"/F1 9 Tf (\0\r\n) Tj", b"/F1 9 Tf <000B> Tj"),
    "in another font": (b"/F2 9 Tf <0001> Tj (a) Tj", b"/F2 9 Tf <0001> Tj (a) Tj"),
    "after another font": (b"/F2 9 Tf (a) Tj /F1 9 Tf <0001> '", b"/F2 9 Tf (a) Tj /F1 9 Tf <0002> '"),
    "the font comes back": (b"/F1 9 Tf q /F2 9 Tf Q <0001> Tj", b"/F1 9 Tf q /F2 9 Tf Q <0002> Tj"),
    "what stands in a dictionary": (
        b"/F1 9 Tf /Span <</ActualText <0001>/B (a) /C <</D <0001>>> >> BDC <0001> Tj EMC",
        b"/F1 9 Tf /Span <</ActualText <0001>/B (a) /C <</D <0001>>> >> BDC <0002> Tj EMC",
    ),
    "comments": (b"/F1 9 Tf % (<0001>\n<0001> Tj", b"/F1 9 Tf % (<0001>\n<0002> Tj"),
    "names that look like operators": (b"/q gs /F1 9 Tf /Q cs <0001> Tj", b"/q gs /F1 9 Tf /Q cs <0002> Tj"),
    "sizes of all kinds": (b"/F1 -.5 Tf <0001>Tj /F1\n+12.\nTf(\0\1)Tj", b"/F1 -.5 Tf <0002>Tj /F1\n+12.\nTf<0002>Tj"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_in_other_codes(case):
    content, wanted = CASES[case]
    assert recoded(content) == wanted


UNCLEAR = {
    "no font yet": b"<0001> Tj",
    "none after it was taken back": b"q /F1 9 Tf Q <0001> Tj",
    "more taken back than there was": b"/F1 9 Tf Q <0001> Tj",
    "an inline picture": b"/F1 9 Tf BI /W 1 ID (<) EI <0001> Tj",
    "a font of another size than a number": b"/F1 /Nine Tf <0001> Tj",
    "a name with an escape": b"/F#31 9 Tf <0001> Tj",
    "a string that does not end": b"/F1 9 Tf (a",
    "a bracket that stands alone": b"/F1 9 Tf <00g1> Tj",
    "an end of a dictionary that stands alone": b">> /F1 9 Tf <0001> Tj",
    "a dictionary that does not end": b"/F1 9 Tf /Span <</E (a) BDC <0001> Tj",
    "a font in a dictionary that does not end": b"/Span << BDC /F1 9 Tf <0001> Tj >>",
    "a font that is not there": b"/F1 9 Tf /F3 9 Tf <0001> Tj",
    "no blank after a number": b"/F2 9 Tf /F1 9.Tf <0001> Tj",
}


@pytest.mark.parametrize("case", UNCLEAR)
def test_what_cannot_be_told_is_left_alone(case):
    with pytest.raises(Unclear):
        recoded(UNCLEAR[case])


def test_the_font_goes_on_in_the_next_stream_of_a_page():
    recoder = Recoder({b"F1": Plus()})
    assert recoder.recoded(b"q /F1 9 Tf") == b"q /F1 9 Tf"
    assert recoder.recoded(b"<0001> Tj Q") == b"<0002> Tj Q"


WORD = st.sampled_from([b"q", b"Q", b"1 0 0 1 0 0 cm", b"/F1 9 Tf", b"/F2 9 Tf", b"BT", b"ET", b"0.5 g", b"/MC0 BMC", b"EMC"])  # fmt: skip
STRING = st.lists(st.integers(0, 0xFFFE), max_size=4)


@given(st.lists(st.one_of(WORD, STRING), max_size=20))
def test_nothing_else_changes_whatever_stands_between(parts):
    """An independent reading of the same operators says which strings are in the font."""
    content, wanted, font, stack = b"/F1 9 Tf ", b"/F1 9 Tf ", b"/F1 9 Tf", [b"?"] * 0
    for part in parts:
        if isinstance(part, list):
            if font is None:
                continue
            shift = font == b"/F1 9 Tf"
            for codes, out in ((part, 0), ([code + shift for code in part], 1)):
                shown = b"<" + b"".join(b"%04X" % code for code in codes) + b"> Tj "
                content, wanted = (
                    (content + shown, wanted) if not out else (content, wanted + shown)
                )
            continue
        if part == b"Q":
            font = stack.pop() if stack else None
        elif part == b"q":
            stack.append(font)
        elif part.endswith(b"Tf"):
            font = part
        content, wanted = content + part + b" ", wanted + part + b" "
    assert recoded(content) == wanted

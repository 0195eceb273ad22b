"""Job notes: one embedded face, black alone, and names that fit whatever they are."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from layout.plates.jobnote import SIZE, fitted, paint_slugs, slug_face


def width(line: str) -> float:
    face = slug_face()
    glyphs = [
        int(face.font.get_nominal_glyph(ord(it)) or face.font.get_nominal_glyph(63)) for it in line
    ]
    return sum(face.advance(glyph) for glyph in glyphs) * SIZE / 1000


def test_a_name_that_fits_stays_as_it_is():
    assert fitted("book.pdf", " · sheet 1", 300) == "book.pdf · sheet 1"


def test_a_long_name_loses_its_middle_and_keeps_its_ends():
    line = fitted("a-very-long-name-of-a-file-that-nobody-would-type.pdf", " · sheet 1", 120)
    assert re.fullmatch(r"a-.*….*\.pdf · sheet 1", line)
    assert width(line) <= 120


@settings(deadline=None)
@given(st.text(max_size=80), st.floats(60, 500))
def test_any_name_fits(name, room):
    rest = " · sheet 1 of 9"
    line = fitted(name, rest, room)
    assert line.endswith(rest.lstrip(" ·"))
    assert width("".join([it if it.isprintable() else "?" for it in line])) <= room + 0.01


def test_each_line_is_a_page_in_an_embedded_face_in_black_alone(tool, tmp_path):
    data = paint_slugs(["one · 1", "二 \u202e two"], 200)
    (tmp_path / "slugs.pdf").write_bytes(data)
    assert b"0 0 0 1 k" in data and data == paint_slugs(["one · 1", "二 \u202e two"], 200)
    text = tool("pdftotext", tmp_path / "slugs.pdf", "-")
    assert [line.strip() for line in text.split("\f")][:2] == ["one · 1", "? ? two"]
    assert "No syntax" in tool("qpdf", "--check", tmp_path / "slugs.pdf")

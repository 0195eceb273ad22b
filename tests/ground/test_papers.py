"""Sheets by name and by size, and the least one that takes something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.ground.papers import LARGEST, NAMES, SLACK, chosen, named
from layout.ground.problems import Place, Refused
from layout.ground.units import MM

PLACE = Place("book.pdf")
A5 = (148 * MM, 210 * MM)
HALF_LETTER = (5.5 * 72, 8.5 * 72)


def mm(size) -> tuple[float, float]:
    return round(size[0] / MM, 1), round(size[1] / MM, 1)


@pytest.mark.parametrize(
    ("text", "name", "size"),
    [
        ("SRA3", "SRA3", (320, 450)),
        ("sra3", "SRA3", (320, 450)),
        ("Letter", "letter", (215.9, 279.4)),
        ("12x18", "12x18", (304.8, 457.2)),
        ("500x350", "500x350 mm", (500, 350)),
        ("500.5x350mm", "500.5x350 mm", (500.5, 350)),
        ("500×350 mm", "500x350 mm", (500, 350)),
    ],
)
def test_names_and_millimetres(text, name, size):
    found = named(text)
    assert found is not None and found[0] == name and mm(found[1]) == size


@pytest.mark.parametrize(
    "text", ["", "A7", "500", "x", "0x5", "5x0", "-5x5", "1e9x5", "99999x5", "٥x٥"]
)
def test_nonsense_is_no_sheet(text):
    assert named(text) is None


def test_the_smallest_named_sheet_lies_the_way_that_fits():
    assert chosen("", (419 * MM, 296 * MM), A5, PLACE)[0] == "A3"
    assert chosen("", (296 * MM, 419 * MM), A5, PLACE) == ("A3", (297 * MM, 420 * MM))
    assert chosen("", (421 * MM, 296 * MM), A5, PLACE)[0] == "SRA3"


def test_pages_in_inches_have_sheets_in_inches():
    assert chosen("", (11 * 72, 8.5 * 72), HALF_LETTER, PLACE)[0] == "letter"
    assert chosen("", (11 * 72, 8.5 * 72), A5, PLACE)[0] == "SRA4"
    assert chosen("", (30 * 72, 20 * 72), HALF_LETTER, PLACE)[0] == "A1"


def test_rounded_sizes_fit():
    assert chosen("A3", (1191, 842), A5, PLACE)[0] == "A3"
    with pytest.raises(Refused, match="A3 is too small"):
        chosen("A3", (1192, 842), A5, PLACE)


def test_what_no_sheet_takes_is_refused_with_its_size():
    with pytest.raises(
        Refused, match=r"no sheet that has a name is large enough: .* 2000 x 100\.5 mill"
    ):
        chosen("", (2000 * MM, 100.5 * MM), A5, PLACE)


@given(st.sampled_from(["", *NAMES, "1000x70"]), st.floats(1, LARGEST), st.floats(1, LARGEST))
def test_what_is_chosen_takes_what_it_must(asked, width, height):
    try:
        name, size = chosen(asked, (width, height), A5, PLACE)
    except Refused:
        return
    assert size[0] + SLACK >= width and size[1] + SLACK >= height
    assert sorted(size) == sorted(named(asked or name)[1])

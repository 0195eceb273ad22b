"""What a brand lets move: each lever by itself, and that no lever makes a brand that would be refused."""

import pytest
from house_samples import Shelf, focus
from msgspec.structs import asdict, replace

from layout.house.brand import GRID_STYLES, Brand, Lever
from layout.house.brands import _check, brand_schema
from layout.house.levers import RANGES, UNITS, moved, named, resting
from layout.manuscript.nodes import Mapping
from layout.manuscript.reading import Reading

MOVES = Lever.__annotations__["move"].__args__

CHANGES = {
    "headings": {"spacing"},
    "figures": {"pictures"},
    "tracking": {"styles"},
    "expansion": {"styles"},
    "alley": {"columns"},
    "leading": {"styles", "grid"},
    "size": {"styles"},
}
"""The parts of a brand that each lever changes, and no other."""


@pytest.fixture
def reads(tmp_path):
    return Shelf(tmp_path)


def lever(move: str) -> Lever:
    return next(lever for lever in focus().copyfit if lever.move == move)


def faults(brand: Brand) -> list[str]:
    reading = Reading("brand.yaml", "")
    _check(brand, Mapping({}, 1, 1), reading)
    return [problem.message for problem in reading.problems]


def test_every_move_has_a_lever_in_the_house():
    assert (
        {lever.move for lever in focus().copyfit}
        == set(MOVES)
        == set(UNITS)
        == set(RANGES)
        == set(CHANGES)
    )


@pytest.mark.parametrize("move", MOVES)
def test_a_lever_moves_what_it_says_and_nothing_else(move):
    brand, at = focus(), lever(move)
    for value in (at.least, at.most):
        made = moved(brand, at, value)
        assert resting(made, at) == pytest.approx(value)
        if value != resting(brand, at):
            old, new = asdict(brand), asdict(made)
            assert {key for key in old if old[key] != new[key]} == CHANGES[move]


@pytest.mark.parametrize("move", MOVES)
def test_a_lever_at_rest_changes_nothing(move):
    assert moved(focus(), lever(move), resting(focus(), lever(move))) == focus()


@pytest.mark.parametrize("move", MOVES)
def test_a_lever_at_its_limits_keeps_the_brand_sound(move):
    for value in (lever(move).least, lever(move).most):
        assert faults(replace(moved(focus(), lever(move), value), copyfit=())) == []


def test_all_levers_at_their_limits_keep_the_brand_sound():
    for end in ("least", "most"):
        brand = focus()
        for one in focus().copyfit:
            brand = moved(brand, one, getattr(one, end))
        assert faults(replace(brand, copyfit=())) == []


def test_leading_is_that_of_the_grid_and_of_all_its_text():
    made = moved(focus(), lever("leading"), 12.9)
    assert made.grid.leading == 12.9
    for name, style in made.styles.items():
        assert style.leading == (12.9 if name in GRID_STYLES else focus().styles[name].leading)


def test_questions_keep_pace_with_the_size_of_the_text():
    made = moved(focus(), lever("size"), 9.5)
    for name, style in made.styles.items():
        share = 0.95 if name in (*GRID_STYLES, "speaker") else 1
        assert style.size == pytest.approx(focus().styles[name].size * share)


@pytest.mark.parametrize(("move", "value"), [("tracking", 0.005), ("expansion", 0.99)])
def test_letters_of_text_and_narration_give_by_the_same(move, value):
    styles = {**focus().styles}
    styles["narration"] = replace(styles["narration"], tracking=0.02, expansion=1.02)
    made = moved(replace(focus(), styles=styles), lever(move), value)
    text, narration = (getattr(made.styles[name], move) for name in ("text", "narration"))
    assert text == pytest.approx(value)
    assert narration == pytest.approx({"tracking": 0.025, "expansion": 1.02 * 0.99}[move])
    assert made.styles["question"] == focus().styles["question"]


def test_a_value_is_named_with_its_unit():
    assert [named(lever(move), 1) for move in MOVES] == [
        "1 line",
        "1",
        "1 em",
        "1",
        "1 mm",
        "1 pt",
        "1 pt",
    ]
    assert named(lever("headings"), 2) == "2 lines"
    assert named(lever("leading"), 12.3) == "12.3 pt"


# --- in a brand's file ---


def test_a_brands_own_levers_replace_those_below(reads):
    brand = reads.read("copyfit:\n- {move: alley, least: 4, most: 8, step: 1}\n")
    assert brand.copyfit == (Lever(move="alley", least=4, most=8, step=1),)
    assert reads.read("copyfit: []\n").copyfit == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("{move: leading, least: 13, most: 12, step: 0.1}", "`leading`: `least` is more than `most`"),
        ("{move: leading, least: 1, most: 12.5, step: 0.1}", "`leading`: it would move too far"),
        ("{move: size, least: 2, most: 12.5, step: 0.1}", "`size`: it would move too far"),
        ("{move: figures, least: 0, most: 1, step: 0.1}", "`figures`: it would move too far"),
        ("{move: figures, least: 0.5, most: 1.2, step: 0.1}", "`figures`: it would move too far"),
        ("{move: alley, least: -1, most: 8, step: 1}", "`alley`: it would move too far"),
        ("{move: expansion, least: 0, most: 1, step: 0.1}", "`expansion`: it would move too far"),
        ("{move: tracking, least: -0.5, most: 0, step: 0.1}", "`tracking`: it would move too far"),
        ("{move: headings, least: -1, most: 1, step: 1}", "`headings`: it would move too far"),
        ("{move: alley, least: 5, most: 7, step: 0}", ""),
        ("{move: colour, least: 5, most: 7, step: 1}", ""),
        ("{move: alley, least: 5, most: 7}", ""),
    ],
)  # fmt: skip
def test_a_lever_that_moves_too_far_is_refused_at_its_place(reads, row, fault):
    found = reads.faults(f"copyfit:\n- {row}\n")
    assert found[0].startswith("2:3 " + fault if fault else "2:")


def test_a_lever_leaves_a_measure(reads):
    text = (
        "margins: {inner: 50, outer: 50}\ncopyfit:\n- {move: alley, least: 5, most: 99, step: 1}\n"
    )
    (found,) = reads.faults(text)
    assert found.startswith("3:3 `alley`: at 99 it leaves ")


def test_a_thing_moves_once(reads):
    row = "- {move: alley, least: 5, most: 7, step: 1}\n"
    (found,) = reads.faults("copyfit:\n" + row * 2)
    assert found == "3:3 `alley`: it moves twice | give each thing one lever"


def test_the_schema_of_a_brand_has_the_keys():
    schema = brand_schema()
    assert {"copyfit", "initial", "pictures"} <= schema["properties"].keys()
    lever = schema["$defs"]["Lever"]
    assert lever["required"] == ["move", "least", "most", "step"]
    assert set(lever["properties"]["move"]["enum"]) == set(MOVES)
    assert schema["$defs"]["Initial"]["properties"].keys() == {"lines", "font", "colour", "gap"}
    assert schema["$defs"]["Pictures"]["properties"].keys() == {"scale", "tallest"}

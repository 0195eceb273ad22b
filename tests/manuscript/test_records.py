"""Any record by its annotations: what another room's records may ask for."""

from typing import Annotated, Any, Literal

import pytest
from msgspec import Meta, Struct, field
from msgspec.structs import fields

from layout.ground.problems import Problem
from layout.manuscript import tree
from layout.manuscript.convert import CONVERTERS
from layout.manuscript.plain import text
from layout.manuscript.reading import INVALID, Reading
from layout.manuscript.records import Records, _annotations
from layout.manuscript.values import Mark

Share = Annotated[float, Meta(ge=0, le=1)]
Hex = Annotated[str, Meta(pattern="^#[0-9a-f]{6}$", description="sRGB as #rrggbb")]
LOUD = Mark("loud")


class Ink(Struct, frozen=True, kw_only=True):
    srgb: Hex
    cmyk: Annotated[tuple[Share, ...], Meta(min_length=4, max_length=4)] | None = None


class Look(Struct, frozen=True, kw_only=True):
    inks: dict[str, Ink] = {}
    size: Annotated[float, Meta(gt=0, lt=100)] = 9.5
    count: Annotated[int, Meta(ge=1)] = 2
    justified: bool = False
    pair: tuple[int, str] = (0, "")
    align: Literal["left", "right", 3] = "left"
    cry: Annotated[str, LOUD] = ""
    plain: str | None = None


def loud(node: tree.Node, key: str, reading: Reading) -> Any:
    found = text(node, key, reading)
    if found is not INVALID and found.islower():
        return reading.report(node.line, node.column, "too quiet", "shout")
    return found


RECORDS = Records({**CONVERTERS, LOUD: loud}, {})


def read(source: str) -> tuple[Look | None, list[str]]:
    problems: list[Problem] = []
    reading = Reading("f", problems)
    node = tree.parse(source, reading)
    assert node is not None
    look = RECORDS.read(node, Look, reading)
    return look, [
        f"{p.place.line}:{p.place.column} {p.message}" + (f" | {p.hint}" if p.hint else "")
        for p in problems
    ]


@pytest.mark.parametrize(
    ("source", "field", "expected"),
    [
        ("size: 12", "size", 12.0),
        ("size: 1.5", "size", 1.5),
        ("count: 3", "count", 3),
        ("justified: yes", "justified", True),
        ("pair: [1, a]", "pair", (1, "a")),
        ("align: right", "align", "right"),
        ("align: 3", "align", 3),
        ("plain: ~", "plain", None),
        ("plain: ''", "plain", ""),
        ("cry: HO", "cry", "HO"),
        ("inks: {red: {srgb: '#aa0000'}}", "inks", {"red": Ink(srgb="#aa0000")}),
        ("inks: {k: {srgb: '#000000', cmyk: [0, 0, 0, 1]}}", "inks", {"k": Ink(srgb="#000000", cmyk=(0, 0, 0, 1))}),
    ],
)  # fmt: skip
def test_values(source, field, expected):
    look, problems = read(source)
    assert not problems
    assert getattr(look, field) == expected
    assert type(getattr(look, field)) is type(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("size: 0", "1:7 expected a number above 0 and below 100, found 0.0"),
        ("size: .nan", "1:7 expected a finite number"),
        ("size: '12'", "1:7 expected a number, found text | take the quotes away: `size: 12`"),
        ("size: big", "1:7 expected a number, found text"),
        ("count: 0", "1:8 expected a number of at least 1, found 0"),
        ("count: 0x_", "1:8 `0x_` is not a whole number"),
        ("count: 1.0", "1:8 expected a whole number, found `1.0`"),
        ("count: true", "1:8 expected a whole number, found a true/false value"),
        ("justified: 1", "1:12 expected a true/false value, found a number | write true or false"),
        ("pair: [1]", "1:7 expected 2 entries, found 1"),
        ("pair: [a, b]", "1:8 expected a whole number, found text"),
        ("align: lft", "1:8 expected `left`, `right` or `3`, found `lft` | did you mean `left`?"),
        ("cry: ho", "1:6 too quiet | shout"),
        ("plain: 1", '1:8 expected text, found a number | put it in quotes: `plain: "1"`'),
        ("inks: {no: {srgb: '#aa0000'}}", '1:8 YAML takes the key `no` for a true/false value | put it in quotes: `"no":`'),
        ("inks: {k: {srgb: red}}", "1:18 `red` is not written as it should be | expected sRGB as #rrggbb"),
        ("inks: {k: {srgb: '#aa0000', cmyk: [0, 0, 2]}}", "1:42 expected a number from 0 to 1, found 2.0"),
        ("inks: {k: {srgb: '#aa0000', cmyk: [0]}}", "1:35 expected at least 4 entries, found 1"),
        ("inks: {k: {}}", "1:11 the key `srgb` is missing in `k` | add a line `srgb: …`"),
        ("inks: {k: [1]}", "1:11 expected keys and values, found a list | write its keys on lines of their own below `k:`"),
    ],
)  # fmt: skip
def test_problems(source, expected):
    look, problems = read(source)
    assert look is None
    assert problems == [expected]


class Plain(Struct, kw_only=True):
    first: int | None = None
    second: str
    third: Annotated[str, "a mark"] = field(name="3")


class Further(Plain, kw_only=True):
    fourth: tuple[int, ...] = ()
    second: str = ""


class Named(Struct):
    inner: "tuple[Plain, ...]" = ()


@pytest.mark.parametrize("record", [Plain, Further, Named])
def test_annotations_are_those_that_msgspec_finds(record):
    assert _annotations(record) == {it.name: it.type for it in fields(record)}
    _, needed = Records({"a mark": text}, {}).fields(record)
    assert needed == [it.encode_name for it in fields(record) if it.required]


def test_every_problem_at_once():
    _, problems = read("size: 0\ncount: 0\nsise: 1\ninks: {a: {srgb: x}, b: {srgb: y}}\n")
    assert len(problems) == 5


def test_a_broken_value_is_reported_once():
    look, problems = read("size: !x 1\n")
    assert look is None
    assert problems == [
        "1:7 the tag `!x` is not known here | text that starts with `!` needs quotes"
    ]


def test_a_type_without_a_converter_is_the_programmers_fault():
    class Odd(Struct):
        field: set[str]

    with pytest.raises(TypeError, match="no converter"):
        RECORDS.fields(Odd)


def test_a_long_key_is_not_compared():
    _, problems = read("? siz" + "e" * 500_000 + "\n: 1\n")
    assert problems[0].startswith("1:3 unknown key `siz")
    assert len(problems[0]) < 300


class Span(Struct, frozen=True, kw_only=True):
    start: Annotated[int, Meta(ge=1)] = field(name="from")
    end: int = 9


def test_a_key_may_be_a_word_of_python():
    problems: list[Problem] = []
    reading = Reading("f", problems)
    assert RECORDS.read(tree.parse("from: 3", reading), Span, reading) == Span(start=3)
    assert RECORDS.read(tree.parse("{from: 0}", reading), Span, reading) is None
    assert RECORDS.read(tree.parse("{start: 3}", reading), Span, reading) is None
    assert [problem.message for problem in problems] == [
        "expected a number of at least 1, found 0",
        "unknown key `start`",
        "the key `from` is missing",
    ]

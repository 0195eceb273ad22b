"""YAML text to a tree: places, the safe loader's values, and bounds."""

import math
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layout.ground.problems import Refused
from layout.manuscript import nodes, tree
from layout.manuscript.nodes import Mapping, Node, Scalar, Sequence
from layout.manuscript.reading import Reading


def parse(text: str) -> tuple[Node | None, list[str]]:
    reading = Reading("f", [])
    root = tree.parse(text, reading)
    return root, [problem.message for problem in reading.problems]


def built(node: Node) -> Any:
    if isinstance(node, Scalar):
        return nodes.value(node)
    if isinstance(node, Sequence):
        return [built(item) for item in node.items]
    return {nodes.value(key): built(inner) for key, inner in node.pairs.values()}


def test_places_count_from_one():
    root, _ = parse("a:\n  - b\n  - {c: d}\n")
    assert isinstance(root, Mapping)
    key, items = root.pairs["a"]
    assert isinstance(items, Sequence)
    assert (key.line, key.column, items.line, items.column) == (1, 1, 2, 3)
    assert [(item.line, item.column) for item in items.items] == [(2, 5), (3, 5)]


def test_a_literal_text_knows_where_its_lines_begin():
    root, _ = parse("a: |\n\n    b\n    c\n")
    assert isinstance(root, Mapping)
    scalar = root.pairs["a"][1]
    assert isinstance(scalar, Scalar)
    assert (scalar.text, scalar.content_column) == ("\nb\nc\n", 5)


@pytest.mark.parametrize(
    "written",
    ["12", "0o7", "017", "1_000", "1:30", "0x1F", "1.5", "1e3", "1.e+3", ".inf", "~", "null", "", "yes", "No", "on",
     "y", "2012-06-01", "2012-06", "2001-12-14 21:59:43.10 -5", "'12'", '"no"', "!!str 12", "! 12", "!!int '3'", "012345678",
     "!!float 1", "!!null ''", "!!bool 'yes'", "!!timestamp '2012-06-01'", "text", "<<x", "=x", "|\n  a\n  b\n", ">\n  a\n  b\n"],
)  # fmt: skip
def test_scalars_resolve_as_safe_load_resolves_them(written):
    text = f"a: {written}\n"
    root, problems = parse(text)
    assert root is not None and not problems
    assert built(root) == yaml.safe_load(text)


MERGES = {
    "one": "a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n",
    "several, the first wins": "a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc: {<<: [*a, *b], y: 4}\n",
    "before and after": "a: &a {x: 1}\nb: {y: 0, <<: *a, x: 9}\n",
    "of a merged one": "a: &a {x: 1}\nb: &b {<<: *a}\nc: {<<: *b}\n",
    "twice": "a: &a {x: 1}\nb: &b {x: 2}\nc: {<<: *a, <<: *b}\n",
    "in place": "a: {<<: {x: 1}, y: 2}\n",
}


@pytest.mark.parametrize("name", MERGES)
def test_merge_keys_as_in_safe_load(name):
    root, problems = parse(MERGES[name])
    assert root is not None and not problems
    assert built(root) == yaml.safe_load(MERGES[name])


PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "\n  ", "\n- ", ": ", "[", "]", "{", "}", ", ", "'", '"', "&x ", "*x", "<<: *x", "|\n", ">\n",
     "1", "no", "~", "2012-01-01", "#", "!", "!!str ", "? ", "---\n", "é", "\t", "=", "@", "%", "\\n", "1:2"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
@example("a: &x\n- *x")
def test_what_reads_without_a_problem_is_what_safe_load_reads(text):
    root, problems = parse(text)
    if root is None or problems:
        return
    try:
        ours = built(root)
    except ValueError:  # `0b_`: YAML calls it a number, and Python does not
        return
    theirs = yaml.load(text, Loader=tree._LOADER)
    if not (isinstance(theirs, float) and math.isnan(theirs)):
        assert ours == theirs


BOMBS = {
    "depth of lists": ("[" * 100_000, "more than 32 levels inside each other"),
    "depth of mappings": ("{a: " * 100_000, "more than 32 levels inside each other"),
    "depth in blocks": ("- " * 100_000, "more than 32 levels inside each other"),
    "depth by aliases": (
        "- &a0 [x]\n" + "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, 40)),
        "more than 32 levels inside each other",
    ),
    "a billion laughs": (
        "- &a0 [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"- &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
        "more than 250000 values",
    ),
    "merged laughs": (
        "- &a {" + ", ".join(f"k{n}: 1" for n in range(1000)) + "}\n- <<: [" + ", ".join(["*a"] * 900) + "]\n",
        "more than 250000 values",
    ),
    "aliases": ("- &a b\n" + "- *a\n" * 1001, "more than 1000 aliases"),
    "values": ("[" + "a," * 250_001 + "]", "more than 250000 values"),
    "recursion": ("&a [*a]", "`*a` stands inside what it repeats"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bounds(name):
    text, message = BOMBS[name]
    root, problems = parse(text)
    assert root is None
    assert problems == [message]


@pytest.mark.parametrize(("levels", "fine"), [(32, True), (33, False)])
def test_the_depth_itself_and_one_beyond(levels, fine):
    root, problems = parse("[" * levels + "]" * levels)
    assert (root is not None) is fine
    assert (not problems) is fine


def test_a_number_of_many_digits_is_no_number():
    with pytest.raises(ValueError, match="9"):
        nodes.value(Scalar("9" * 5000, "int", "", 1, 1))


def test_without_libyaml(monkeypatch):
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    root, problems = parse("a: {b: [1, no]}\n")
    assert root is not None and not problems
    assert built(root) == {"a": {"b": [1, False]}}


def test_surrogates_are_found_without_libyaml_too(monkeypatch):
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    _, problems = parse('a: "\\ud800"\n')
    assert problems == ["the escaped character U+D800 cannot be printed"]


def test_too_many_problems_end_the_reading():
    with pytest.raises(Refused, match="more than 499 problems"):
        parse("a: 1\n" * 2000)

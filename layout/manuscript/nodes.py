"""The small tree that a YAML file becomes: scalars, sequences and mappings that remember their places."""

from typing import Any, Final

import yaml
from msgspec import Struct
from yaml.constructor import SafeConstructor
from yaml.nodes import ScalarNode

CORE: Final = "tag:yaml.org,2002:"
"""What the tags of YAML's own types start with."""

MAX_NUMBER: Final = 1000
"""Characters of a number; a longer one is text, for YAML's sixties (`1:30:00`) take quadratic time to sum."""


class Scalar(Struct, gc=False):
    """A single value: its characters, what YAML takes them for, and how they were written.

    `tag` is str, int, float, bool, null or timestamp, or `broken` once a problem was reported.
    `style` is empty for a plain scalar, else the first of ' " | >. `content_column` is where the
    lines of a `|` scalar begin, 0 for the other styles. Lines and columns count from 1.
    """

    text: str
    tag: str
    style: str
    line: int
    column: int
    content_column: int = 0


class Sequence(Struct, gc=False):
    """A list of nodes."""

    items: "list[Node]"
    line: int
    column: int


class Mapping(Struct, gc=False):
    """Keys as written, each with its own node and its value; merge keys are already resolved."""

    pairs: "dict[str, tuple[Scalar, Node]]"
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def value(scalar: Scalar) -> Any:
    """What the safe loader makes of a scalar; raises ValueError where the characters make no such value."""
    if len(scalar.text) > MAX_NUMBER:
        raise ValueError(scalar.text)
    constructor = SafeConstructor()
    node = ScalarNode(CORE + scalar.tag, scalar.text)
    try:
        return constructor.construct_object(node)
    except (yaml.YAMLError, LookupError, ArithmeticError, AttributeError) as error:
        raise ValueError(scalar.text) from error

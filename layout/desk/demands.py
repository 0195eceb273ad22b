"""What a brand asks of a press file, read for preflight; a rule it names must be one."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from layout.ground.problems import Place, Problem, Refused

if TYPE_CHECKING:
    from layout.bindery.preflight import Demands


def demands_of(name: str | None) -> "Demands":
    """The demands of a brand by its name or file, as for `build`; those of the built-in one for None.

    Raises `Refused` with every problem of the brand, rules that nobody knows among them.
    """
    from layout.bindery.preflight import asked_by
    from layout.bindery.preflight.profiles import unknown_rules
    from layout.house.brands import read_brand

    found = read_brand(name, os.path.join(os.getcwd(), "command line"), Place("--brand"))
    unknown = unknown_rules(found.brand.press.severities)
    if unknown:
        raise Refused(_unknown(unknown, found.files))
    return asked_by(found.brand)


def _unknown(rules: Sequence[str], files: Sequence[str]) -> Iterator[Problem]:
    """A problem for each rule that nobody knows, where a brand file names it."""
    from layout.bindery.preflight.profiles import profile_of
    from layout.manuscript.reading import did_you_mean

    known = sorted(profile_of("press").rules)
    for rule in rules:
        hint = did_you_mean(rule, known) or "docs/preflight-press.md lists the rules"
        yield Problem(_place(rule, files), f"there is no rule `{rule}` of preflight", hint)


def _place(rule: str, files: Sequence[str]) -> Place:
    """Where a brand's file, or one that it extends, names a rule under `press: severities`."""
    from layout.manuscript.nodes import Mapping
    from layout.manuscript.reader import read_tree

    for file in files:
        node, _ = read_tree(file)
        for key in ("press", "severities"):
            node = node.pairs.get(key, (None, None))[1] if isinstance(node, Mapping) else None
        if isinstance(node, Mapping) and rule in node.pairs:
            named = node.pairs[rule][0]
            return Place(file, named.line, named.column)
    return Place(files[0])

"""What a file can be held to: sets of rules, put together from the tables by the names of the rows."""

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from layout.bindery.preflight.rules import RULES, Rule

NAMES: Final = ("digital", "press", "press-archive")
"""PDF/A-3a and PDF/UA-1; PDF/X-4 and what a press needs; PDF/A-2a and PDF/UA-1, without any embedded file."""

Said = Literal["error", "warning", "note", "off"]
"""How much a rule weighs, in place of the program's own severity."""

_OF_FILES: Final = "PDF/A-3 6.8"
"""The clause that lets files be embedded, and says how."""
_NO_FILES: Final = Rule(
    "file-embedded", "PDF/A-2 6.8", "error",
    "a file is embedded: {}", "leave it out of the press edition", ("press-archive",),
)  # fmt: skip


class Profile(Struct, frozen=True):
    """A set of rules by their keys, and the part of PDF/A that is to be claimed."""

    name: str
    rules: Mapping[str, Rule]
    part: int = 3


def profile_of(name: str, severities: Mapping[str, Said] | None = None) -> Profile:
    """A profile by its name, with other severities of rules by their keys; raises KeyError for any other name.

    Keys of `severities` that are no rules of the profile mean nothing: see `unknown_rules`.
    """
    rules = _rules(name)
    if severities:
        rules = {key: _weighed(rule, severities.get(key, rule.severity)) for key, rule in rules.items()
                 if severities.get(key) != "off"}  # fmt: skip
    return Profile(name, rules, 2 if name == "press-archive" else 3)


def unknown_rules(severities: Mapping[str, Said]) -> tuple[str, ...]:
    """The keys that are no rules of the press profile, in their order."""
    known = _rules("press")
    return tuple(key for key in severities if key not in known)


def _weighed(rule: Rule, severity: Said) -> Rule:
    assert severity != "off"
    return rule if severity == rule.severity else replace(rule, severity=severity)


@cache
def _rules(name: str) -> dict[str, Rule]:
    return _TABLES[name]()


def _digital() -> dict[str, Rule]:
    return {key: rule for key, rule in RULES.items() if "digital" in rule.profiles}


def _archive() -> dict[str, Rule]:
    """The rows of the digital edition, held to the part of PDF/A that knows no files but its own."""
    rows = [rule for rule in _digital().values() if rule.clause.split(",")[0] != _OF_FILES]
    return {rule.key: rule for rule in (*map(_of_part_two, rows), _NO_FILES)}


def _of_part_two(rule: Rule) -> Rule:
    """A row as ISO 19005-2 has it, whose clauses have the numbers of ISO 19005-3."""
    clause, summary, hint = (
        words.replace("PDF/A-3", "PDF/A-2") for words in (rule.clause, rule.summary, rule.hint)
    )
    return replace(rule, clause=clause, summary=summary, hint=hint, profiles=("press-archive",))


def _press() -> dict[str, Rule]:
    from layout.bindery.preflight.press.rules import PRESS_RULES, shared

    rows = [shared(rule) for rule in RULES.values() if "press" in rule.profiles]
    return {rule.key: rule for rule in rows} | PRESS_RULES


_TABLES: Final = {"digital": _digital, "press": _press, "press-archive": _archive}

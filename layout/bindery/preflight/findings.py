"""What is found wanting, and where: collected without repetition, in the order it was found."""

from collections import Counter
from collections.abc import Mapping
from itertools import islice
from typing import Final

from msgspec import Struct

from layout.bindery.preflight.rules import Rule, Severity

MOST: Final = 100
"""So many findings of one rule are told in full; more would tell nobody more."""
LONGEST: Final = 120
"""Characters of what a finding quotes from the file."""


class Finding(Struct, frozen=True):
    """One thing that a file lacks: `page` counts from 1, `line` too; 0 and "" stand for none.

    `place` says in words where on the page it is.
    """

    rule: str
    clause: str
    severity: Severity
    page: int
    message: str
    hint: str
    source: str = ""
    line: int = 0
    place: str = ""


class Where(Struct, frozen=True):
    """A place in the file, and the line of the source it was made from."""

    page: int = 0
    source: str = ""
    line: int = 0
    place: str = ""


NOWHERE: Final = Where()


class Findings:
    """The findings of one file under the rules of one profile, by their keys."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self.found: dict[Finding, None] = {}
        self.counts: Counter[str] = Counter()

    def add(self, key: str, where: Where = NOWHERE, detail: object = "") -> None:
        """A finding of a rule; one that was made before, or is no rule of the profile, is left out."""
        rule = self.rules.get(key)
        if rule is None:
            return
        message = rule.summary.replace("{}", shown(detail))
        self.take(
            Finding(
                key,
                rule.clause,
                rule.severity,
                where.page,
                message,
                rule.hint,
                where.source,
                where.line,
                where.place,
            )
        )

    def take(self, finding: Finding) -> None:
        """A finding as it is."""
        if finding in self.found:
            return
        self.counts[finding.rule] += 1
        if self.counts[finding.rule] <= MOST:
            self.found[finding] = None

    def since(self, count: int) -> tuple[Finding, ...]:
        """All that was added to the first `count`."""
        return tuple(islice(self.found, count, None))

    def all(self) -> tuple[Finding, ...]:
        """Every finding, those of the whole file first, then by page."""
        rest = [self._more(key, count - MOST) for key, count in self.counts.items() if count > MOST]
        return (*sorted(self.found, key=lambda finding: finding.page), *rest)

    def _more(self, key: str, count: int) -> Finding:
        rule = self.rules[key]
        message = f"{count} more findings of the rule {key}"
        return Finding(key, rule.clause, rule.severity, 0, message, rule.hint)


def shown(value: object) -> str:
    """A value from a file in one short line that any terminal can bear."""
    text = "".join(
        each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in str(value)
    )
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

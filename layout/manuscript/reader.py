"""Source files to records: an interview or an issue, whole, or every problem that it has.

`read_as(path, Record, records)` reads any record of any room in the same way.
"""

from typing import Any, Final, TypeVar

from msgspec import Struct

from layout.ground.problems import Problem, Refused
from layout.manuscript.convert import RECORDS
from layout.manuscript.interview import Accounts, Interview
from layout.manuscript.issue import Issue
from layout.manuscript.nodes import Mapping, Node
from layout.manuscript.reading import INVALID, Reading, did_you_mean, in_file_order
from layout.manuscript.records import Records
from layout.manuscript.source import read_text
from layout.manuscript.tree import parse

R = TypeVar("R", bound=Struct)

_MARKS: Final = {"interview": Interview, "contents": Issue}
"""Which key tells which source."""


def read_interview(path: str) -> Interview:
    """The interview in a YAML file; raises `Refused` with every problem, OSError where the system forbids reading."""
    tree, reading = read_tree(path)
    return _whole(_interview(tree, reading), reading)


def read_issue(path: str) -> Issue:
    """The issue in a YAML file; raises `Refused` with every problem, OSError where the system forbids reading."""
    tree, reading = read_tree(path)
    return _whole(_issue(tree, reading), reading)


def read_source(path: str) -> Interview | Issue:
    """An interview or an issue, told apart by their keys `interview` and `contents`; raises as `read_interview`."""
    tree, reading = read_tree(path)
    kind = _kind(tree)
    if kind is Interview:
        return _whole(_interview(tree, reading), reading)
    if kind is Issue:
        return _whole(_issue(tree, reading), reading)
    if isinstance(tree, Mapping):
        near = (did_you_mean(key, list(_MARKS)) for key in tree.pairs)
        hint = next(
            filter(None, near), "an interview has the key `interview`, an issue the key `contents`"
        )
        reading.report(tree.line, tree.column, "this is neither an interview nor an issue", hint)
    elif tree is not None:
        RECORDS.read(tree, Interview, reading)
    raise Refused(in_file_order(reading.problems))


def read_as(path: str, record: type[R], records: Records = RECORDS) -> R:
    """The record of any type in a YAML file; raises `Refused` with every problem."""
    tree, reading = read_tree(path)
    return _whole(None if tree is None else records.read(tree, record, reading), reading)


def read_tree(path: str) -> tuple[Node | None, Reading]:
    """The tree of a YAML file, None where there is none, and the reading that holds its problems so far."""
    problems: list[Problem] = []
    reading = Reading(path, problems)
    text = read_text(reading)
    return None if text is None else parse(text, reading), reading


def _kind(tree: Node | None) -> Any:
    if not isinstance(tree, Mapping):
        return None
    return next((kind for key, kind in _MARKS.items() if key in tree.pairs), None)


def _interview(tree: Node | None, reading: Reading) -> Interview | None:
    if tree is None:
        return None
    if _kind(tree) is Issue:
        reading.report(
            tree.line,
            tree.column,
            "this is an issue, not an interview",
            "name it where an issue is asked for",
        )
        return None
    if isinstance(tree, Mapping) and "accounts" in tree.pairs:
        reading.targets = frozenset({"#accounts"})
    interview = RECORDS.read(tree, Interview, reading)
    if interview is not None and interview.accounts is not None:
        _check_handles(interview.accounts, reading)
    return interview


def _issue(tree: Node | None, reading: Reading) -> Issue | None:
    if tree is None:
        return None
    if _kind(tree) is Interview:
        reading.report(
            tree.line,
            tree.column,
            "this is an interview, not an issue",
            "name it where an interview is asked for",
        )
        return None
    return RECORDS.read(tree, Issue, reading)


def _check_handles(accounts: Accounts, reading: Reading) -> None:
    from layout.manuscript.networks import make_address, network_of

    for account in accounts.entries:
        if account.url is None:
            _, fault = make_address(account.handle.text, network_of(account, accounts))
            if fault:
                reading.report_at(account.handle.place, *fault)


def _whole(record: R | None, reading: Reading) -> R:
    if record is None or record is INVALID or reading.problems:
        raise Refused(in_file_order(reading.problems))
    return record

"""What the ledger says of a target: that it is up to date, or why not."""

import os
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from layout.desk.current import newest_code
from layout.desk.inputs import ABSENT, FACES, landscape
from layout.desk.ledger import Entry, Ledger, Row
from layout.desk.order import Input, Made, Order, Target
from layout.desk.provenance import OWN_PROFILES, versions
from layout.desk.signature import Digests
from layout.ground.version import VERSION
from layout.house.fontfiles import VARIABLE

SAID: Final = 3
"""So many reasons are told of one file."""

KEPT: Final = 100_000


class Standing(Struct, frozen=True):
    """How a target stands: `because` of what it is not up to date, '' where it is; `files` are known to have made it.

    One that is `stale` was certainly made from something else; any other is to be looked at, for the ledger may
    be behind.
    """

    because: str
    stale: bool = False
    pages: int = 0
    size: int = 0
    files: tuple[str, ...] = ()


class _State(Struct, frozen=True, gc=False):
    """What has become of an input, '' if it is the same; its path if a result depends on it; whether that is sure."""

    said: str
    path: str = ""
    sure: bool = False


class Verdicts:
    """Asks the ledger about targets, and each input once; `asked` is how all are to be made."""

    def __init__(self, ledger: Ledger, asked: Order) -> None:
        self._ledger, self._order = ledger, asked
        self._digests = Digests()
        self._known: dict[int, _State] = {}
        self._program = _json(
            {"offprint": VERSION, "the program's code": newest_code(), **versions()}
        )

    def of(self, source: str, target: Target) -> Standing:
        """How a target of a source stands."""
        row = self._ledger.row(os.path.basename(target.output))
        try:
            status = os.stat(target.output)
        except OSError:
            return Standing("there was no such file")
        if row is None:
            return Standing("the ledger does not have it")
        altered = not self._is_same(target, row, status)
        otherwise = list(self._otherwise(source, target, row))
        known = [self._state(number) for number in row.inputs]
        changed = [it for it in known if it.said]
        files = tuple([it.path for it in known if it.path])
        if not (altered or otherwise or changed):
            return Standing("", False, row.pages, row.written.signature.size, files)
        because = [*otherwise, *(it.said for it in changed)] or ["it was altered"]
        more = f" and {len(because) - SAID} more" if len(because) > SAID else ""
        sure = not altered and any(it.sure for it in changed)
        return Standing(", ".join(because[:SAID]) + more, sure, files=files)

    def note(self, made: Made) -> None:
        """Have the ledger know what came of a target."""
        if made.written is not None and made.inputs:
            asked = self._asked(made.edition)
            entry = Entry(os.path.basename(made.output), os.path.abspath(made.source), asked, self._program,
                          made.inputs, made.pages, made.written)  # fmt: skip
            self._ledger.note(entry)

    def flush(self) -> None:
        """Write down what is known so far, and let go of the ledger."""
        self._ledger.flush()

    def close(self) -> None:
        """Write down what is known, and tidy up."""
        self._ledger.flush()
        self._ledger.prune()

    def _is_same(self, target: Target, row: Row, status: os.stat_result) -> bool:
        """Whether the file that is there is the one that was made."""
        if row.written.signature.fits(status):
            return True
        if status.st_size != row.written.signature.size:
            return False
        digest, found = self._digests.of(target.output)
        if digest != row.written.digest:
            return False
        self._ledger.settle(found, os.path.basename(target.output))
        return True

    def _otherwise(self, source: str, target: Target, row: Row) -> Iterator[str]:
        """What is asked for otherwise than it was, or by another program."""
        if row.source != os.path.abspath(source):
            yield f"it was made from {_shown(row.source)}"
        if row.asked != (asked := self._asked(target.edition)):
            yield from _differences(row.asked, asked)
        if row.program != self._program:
            yield from _differences(row.program, self._program)

    def _asked(self, edition: str) -> str:
        """How a target is asked for, as far as it shapes it, as JSON."""
        order = self._order
        return _json(
            {
                "the edition": edition,
                "--brand": order.brand,
                "the folder of --brand": os.getcwd() if order.brand is not None else None,
                "--pages": order.pages,
                "--marks": order.marks and edition != "digital",
                "--folio-from": order.folio,
                "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "").strip(),
                VARIABLE: os.environ.get(VARIABLE, ""),
            }
        )

    def _state(self, number: int) -> _State:
        """What has become of an input."""
        found = self._known.get(number)
        if found is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            it = self._ledger.input(number)
            found = _State("the ledger lacks an input") if it is None else self._become(number, it)
            self._known[number] = found
        return found

    def _become(self, number: int, it: Input) -> _State:
        if it.kind == FACES:
            return _State("" if landscape() == it.digest else "the system's fonts are others")
        try:
            status = os.stat(it.path)
        except FileNotFoundError:
            return _State("" if it.kind == ABSENT else f"{_shown(it.path)} is gone")
        except OSError as error:
            return _State(f"{_shown(it.path)} cannot be read: {(error.strerror or '').lower()}")
        if it.kind == ABSENT:
            return _State(f"{_shown(it.path)} is there now")
        if not it.signature.fits(status):
            digest, found = self._digests.of(it.path)
            if digest != it.digest:
                return _State(f"{_shown(it.path)} changed", it.path, sure=True)
            self._ledger.settle(found, number)
        return _State("", "" if it.path in OWN_PROFILES.values() else it.path)


def _differences(then: str, now: str) -> Iterator[str]:
    """What two JSON objects say otherwise."""
    import json

    try:
        before, after = json.loads(then), json.loads(now)
    except ValueError:
        before, after = {}, json.loads(now)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            was, is_now = _said(before.get(name)), _said(after.get(name))
            yield f"{name} changed" if len(was + is_now) > 60 else f"{name} was {was}, is {is_now}"


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "-".join(map(str, value))
    return str(value) if value not in (None, "", False) else "none"


def _json(record: dict[str, Any]) -> str:
    import json

    return json.dumps(record)


def _shown(path: str) -> str:
    """A path as it is told: from the present folder if it lies below."""
    here = os.getcwd() + os.sep
    return path.removeprefix(here)

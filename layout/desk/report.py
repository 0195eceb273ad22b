"""What people and machines are told while sources are made: problems, progress, JSON lines."""

import os
import sys
from collections.abc import Mapping, Sequence

from layout.desk.bar import Bar
from layout.desk.order import Made
from layout.ground.problems import ExitCode, Problem


class Report:
    """Problems on standard error, results on standard output; a bar in one line on a terminal."""

    def __init__(self, as_json: bool, quiet: bool, total: int, explain: bool = False) -> None:
        self.as_json, self.quiet, self.explain = as_json, quiet, explain
        self.done = self.built = self.refused = self.failed = 0
        self.bar = Bar(total, not quiet)
        self._said: tuple[str, set[Problem]] = ("", set())
        self._of_all: set[Problem] = set()

    def expect(self, total: int) -> None:
        """So many targets are to be made."""
        self.bar.expect(total)

    def arrived(self, made: Made) -> None:
        """A target is done; what came of it may have to wait for others to be told."""
        self.bar.step(os.path.basename(made.source))

    def add(self, made: Made, seconds: float) -> None:
        """What came of a target is told."""
        self.done += 1
        self.refused += made.status == "refused"
        self.failed += made.failed
        self.built += made.status == "built"
        if made.source != self._said[0]:
            self._said = (made.source, set())
        for problem in dict.fromkeys(made.problems):
            # What two editions of a source share is told once, and so is a note on a file of many sources.
            told = problem in self._said[1] or problem in self._of_all
            if not told and not (self.quiet and problem.severity == "note"):
                self.tell(problem)
        self._said[1].update(made.problems)
        self._of_all.update(
            it for it in made.problems if it.severity == "note" and it.place.file != made.source
        )
        if self.as_json:
            more = {"because": made.because or None} if self.explain else None
            self._print(json_line(made, seconds, more=more))
        elif made.status == "built":
            if self.explain:
                self._print(f"{made.output}: {made.because}")
            if not self.quiet:
                pages = "1 page" if made.pages == 1 else f"{made.pages} pages"
                self._print(f"{made.output}: {pages}, {made.size:,} bytes")

    def tell(self, problem: Problem) -> None:
        """A problem, at once."""
        self.bar.clear()
        print(problem, file=sys.stderr)

    def _print(self, line: str) -> None:
        self.bar.clear()
        print(line, flush=self.as_json)

    @property
    def code(self) -> ExitCode:
        """What the shell is told in the end."""
        if self.failed:
            return ExitCode.SURROUNDINGS
        return ExitCode.REFUSED if self.refused else ExitCode.OK

    def finish(self) -> None:
        """The last word, on a terminal only where there was more than one source."""
        self.bar.clear()
        if self.bar.shown:
            print(f"{self.built} built, {self.done - self.built - self.refused} up to date, {self.refused} refused",
                  file=sys.stderr)  # fmt: skip


def json_line(
    made: Made,
    seconds: float,
    problems: Sequence[dict[str, object]] | None = None,
    more: Mapping[str, object] | None = None,
) -> str:
    """What came of a file, as programs read it: one JSON object; `problems` if they say more than its own.

    `more` are fields of one command alone, after those of all.
    """
    import json

    row = {
        "source": made.source,
        "edition": made.edition or None,
        "output": made.output or None,
        "pages": made.pages or None,
        "bytes": made.size or None,
        "seconds": round(seconds, 4),
        "status": made.status,
        "problems": list(problems or map(fields, made.problems)),
        **(more or {}),
    }
    return json.dumps(row)


def fields(problem: Problem) -> dict[str, object]:
    """A problem as programs read it."""
    place = problem.place
    return {
        "severity": problem.severity,
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "message": problem.message,
        "hint": problem.hint or None,
    }

"""`offprint diff`: what differs between two PDFs, in words, as JSON lines, and side by side as a PDF."""

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from layout.desk.order import failure
from layout.ground.problems import ExitCode, Place, Problem, Refused, printable
from layout.ground.whole import write_whole

if TYPE_CHECKING:
    from layout.bindery.diff.content import Content
    from layout.bindery.diff.findings import Comparison
    from layout.bindery.foreign import Opened


def run(options: Namespace) -> int:
    """Compare two files, say what differs, draw it if that is asked for; the exit code."""
    if options.all_pages and not options.output:
        print("offprint diff: error: --all-pages goes with -o OUT.pdf", file=sys.stderr)
        return ExitCode.USAGE
    try:
        return _compared(options)
    except Refused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return ExitCode.REFUSED
    except OSError as error:
        print(failure(error, options.output or options.a), file=sys.stderr)
        return ExitCode.SURROUNDINGS


def _compared(options: Namespace) -> ExitCode:
    from layout.bindery.diff.compare import compare
    from layout.bindery.diff.read import read_content
    from layout.bindery.diff.settle import settled
    from layout.bindery.foreign import open_all
    from layout.desk.passwords import read_passwords

    a, b = open_all((options.a, options.b), read_passwords(options.password_file))
    contents = settled(read_content(a), read_content(b))
    comparison = compare(*contents)
    for note in comparison.notes:
        print(Problem(Place(options.a), note, severity="warning"), file=sys.stderr)
    if options.output:
        _draw(options, (a, b), contents, comparison)
    _tell(options, contents, comparison)
    return ExitCode.REFUSED if comparison.findings else ExitCode.OK


def _draw(
    options: Namespace,
    files: "tuple[Opened, Opened]",
    contents: "tuple[Content, Content]",
    comparison: "Comparison",
) -> None:
    from layout.bindery.diff.draw import draw

    write_whole(options.output, draw(files, contents, comparison, options.all_pages))


def _tell(
    options: Namespace, contents: "tuple[Content, Content]", comparison: "Comparison"
) -> None:
    """What differs, on standard output."""
    from layout.bindery.diff.tell import lines, rows, summary

    if options.json:
        import json

        for row in rows(*contents, comparison.findings):
            print(json.dumps(row))
    elif not options.quiet:
        names = f"{printable(options.a)} (A) and {printable(options.b)} (B)"
        print(f"{names}: {summary(comparison)}")
        for line in lines(*contents, comparison):
            print(line)

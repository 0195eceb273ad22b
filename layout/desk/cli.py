"""The command line: reads it, calls a command, turns what happened into an exit code.

Commands are imported when they are called: a shell or a Makefile starts this program often.
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from layout.desk import cycles
from layout.desk.arguments import parser

ONE_BY_ONE = ("build", "check")
"""Commands that let cycles be looked for themselves, once the first of their sources is done."""

LATEST = 253_402_300_799
"""The last second of the year 9999."""


def program() -> int:
    """`main` for a process that is this program's own, and ends with it."""
    cycles.begin()
    try:
        return main()
    finally:
        cycles.end()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the result. Never a traceback for what a user can cause."""
    words = sys.argv[1:] if arguments is None else arguments
    options = parser(words).parse_args(words)
    from layout.ground.problems import ExitCode, Refused  # not for the version, nor for help

    if not _is_time(os.environ.get("SOURCE_DATE_EPOCH", "").strip()):
        print(
            "offprint: error: SOURCE_DATE_EPOCH is no number of seconds since 1970", file=sys.stderr
        )
        return ExitCode.SURROUNDINGS
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # any file's name can be printed anywhere
    try:
        command = _command(options.command)
        if options.command not in ONE_BY_ONE:
            cycles.settle()
        code: int = command(options)
        sys.stdout.flush()
        return code
    except Refused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return ExitCode.REFUSED
    except KeyboardInterrupt:
        print("offprint: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Who read our output has gone: nothing is left to say, and nobody to flush to at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.SURROUNDINGS
    except OSError as error:
        print(f"offprint: error: {_reason(error)}", file=sys.stderr)
        return ExitCode.SURROUNDINGS


def _is_time(seconds: str) -> bool:
    """Whether a PDF date can say it: no sign, and not after the year 9999."""
    return not seconds or (seconds.isascii() and seconds.isdigit() and int(seconds[:13]) <= LATEST)


def _command(name: str):  # type: ignore[no-untyped-def]
    """The function of a command, which takes the options and returns an exit code."""
    from importlib import import_module

    return import_module(f"layout.desk.{name}").run


def _reason(error: OSError) -> str:
    """What the system said, about which file."""
    reason = error.strerror or str(error)
    file = error.filename2 or error.filename
    return f"{file}: {reason.lower()}" if file else reason.lower()

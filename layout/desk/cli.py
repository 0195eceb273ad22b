"""The command line: reads it, calls a command, turns what happened into an exit code.

Commands are imported when they are called: a shell or a Makefile starts this program often.
"""

import sys
from collections.abc import Sequence

from layout.desk.arguments import parser
from layout.ground.problems import ExitCode, Refused


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the result. Never a traceback for what a user can cause."""
    options = parser().parse_args(arguments)
    try:
        code: int = _command(options.command)(options)
        return code
    except Refused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        return ExitCode.REFUSED
    except KeyboardInterrupt:
        print("offprint: interrupted", file=sys.stderr)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Who read our output has gone: nothing is left to say it to.
        sys.stderr.close()
        return ExitCode.SURROUNDINGS
    except OSError as error:
        print(f"offprint: error: {_reason(error)}", file=sys.stderr)
        return ExitCode.SURROUNDINGS


def _command(name: str):  # type: ignore[no-untyped-def]
    """The function of a command, which takes the options and returns an exit code."""
    from importlib import import_module

    return import_module(f"layout.desk.{name}").run


def _reason(error: OSError) -> str:
    """What the system said, about which file."""
    reason = error.strerror or str(error)
    file = error.filename2 or error.filename
    return f"{file}: {reason.lower()}" if file else reason.lower()

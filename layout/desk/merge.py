"""`offprint merge`: finished reprints into a larger PDF."""

import sys
from argparse import Namespace

from layout.bindery.merge import merge
from layout.ground.problems import ExitCode
from layout.ground.whole import write_whole


def run(options: Namespace) -> int:
    """Merge, say what could not come along, write the file whole; the exit code."""
    bound = merge(options.base, options.reprints, options.before)
    for note in bound.notes:
        print(note, file=sys.stderr)
    write_whole(options.output, bound.pdf)
    return ExitCode.OK

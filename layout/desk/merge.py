"""`offprint merge`: finished reprints into a larger PDF."""

import gc
import os
import sys
from argparse import Namespace

from layout.bindery.foreign import open_all
from layout.bindery.merge import merge_into
from layout.ground.problems import ExitCode
from layout.ground.whole import growing


def run(options: Namespace) -> int:
    """Merge, say what could not come along, write the file whole; the exit code."""
    # Nearly all that is made lives until the end: looking for what does not takes a fifth of the time.
    gc.disable()
    files = open_all([options.base, *options.reprints])
    with growing(options.output) as file:
        notes = merge_into(file, os.path.basename(options.output), files, options.before)
    for note in notes:
        print(note, file=sys.stderr)
    return ExitCode.OK

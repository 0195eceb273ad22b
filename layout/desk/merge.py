"""`offprint merge`: finished reprints into a larger PDF."""

import sys
from argparse import Namespace

from layout.bindery.claims import Bound, plain_metadata
from layout.bindery.foreign import open_all, open_bytes
from layout.bindery.merge import merge
from layout.ground.problems import ExitCode, Place
from layout.ground.whole import write_whole

CLAIMED = {"PDF/A", "PDF/UA"}
"""What the digital edition claims; other claims are of files that this program cannot judge."""


def run(options: Namespace) -> int:
    """Merge, say what could not come along, write the file whole; the exit code."""
    bound = _claiming(options) or merge(options.base, options.reprints, options.before)
    for note in bound.notes:
        print(note, file=sys.stderr)
    write_whole(options.output, bound.pdf)
    return ExitCode.OK


def _claiming(options: Namespace) -> Bound | None:
    """The merged file with the claims of all, where all have the same and nothing is found wanting in the whole."""
    from layout.bindery.preflight import inspect

    for opened in open_all([options.base, *options.reprints]):
        with opened.reading():
            if set(plain_metadata(opened)[1]) != CLAIMED:
                return None
    bound = merge(options.base, options.reprints, options.before, keep_claims=True)
    findings = inspect(open_bytes(bound.pdf, Place(options.output), options.output))
    return None if any(it.severity == "error" for it in findings) else bound

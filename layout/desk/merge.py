"""`offprint merge`: finished reprints into a larger PDF."""

import gc
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from layout.bindery.foreign import Opened, open_all, open_bytes
from layout.bindery.merge import merge_into
from layout.desk.passwords import read_passwords
from layout.ground.problems import ExitCode, Place, Problem, Refused, refuse
from layout.ground.whole import growing

if TYPE_CHECKING:
    from layout.bindery.anew import Asked


def run(options: Namespace) -> int:
    """Merge, say what could not come along, write the file whole; the exit code."""
    # Where it is told to end nothing is left behind either.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Nearly all that is made lives until the end: looking for what does not takes a fifth of the time.
    gc.disable()
    try:
        return _merged(options)
    finally:
        gc.enable()
        signal.signal(signal.SIGTERM, before)


def _merged(options: Namespace) -> int:
    paths = [options.base, *options.reprints]
    files = open_all(paths, read_passwords(options.password_file))
    if options.folio_from is not None:
        files[1:] = _numbered(files[1:], options)
    name = os.path.basename(options.output)
    with ExitStack() as stack:
        wanted = options.contents is not None
        contents = _contents(files, options, stack) if wanted else None
        with growing(options.output) as file:
            notes = merge_into(file, name, files, options.before, contents)
    for note in notes:
        print(note, file=sys.stderr)
    return ExitCode.OK


def _numbered(files: Sequence[Opened], options: Namespace) -> list[Opened]:
    """The reprints typeset again with folios that follow each other; raises `Refused` for all that cannot be."""
    from layout.desk.again import typeset_again
    from layout.desk.origin import origins
    from layout.desk.workshop import Workshop

    made: list[Opened] = []
    problems: list[Problem] = []
    folio, workshop = options.folio_from, Workshop()
    for opened in files:
        path = opened.place.file
        try:
            found = origins(opened)
            if len(found) > 1:
                message = f"{opened.name} was put together from {len(found)} files of ours"
                raise refuse(opened.place, message, "give these one by one")
            pdf, _ = typeset_again(workshop, found[0], options.fonts or (), path, folio)
            made.append(open_bytes(pdf, opened.place, opened.name))
            _check_pages(opened, made[-1])
            folio += len(opened.pages)
        except Refused as refusal:
            problems += refusal.problems
    if problems:
        raise Refused(problems)
    return made


def _check_pages(then: Opened, now: Opened) -> None:
    """Whether nothing was in a file but what its source gives; raises `Refused`."""
    if len(then.pages) != len(now.pages):
        message = (
            f"{then.name} has {len(then.pages)} pages, and {len(now.pages)} come from its source"
        )
        raise refuse(then.place, message, "number its pages where it was made")


def _contents(files: Sequence[Opened], options: Namespace, stack: ExitStack) -> "Asked":
    """What is known of the contents that are wanted, from what the files carry and the command line says."""
    from layout.desk.known import contents_of

    place, pages = Place(options.base), options.contents or None
    return contents_of(files, pages, options.brand, options.fonts or (), place, stack)

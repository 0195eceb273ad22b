"""`offprint source`: what a finished PDF was made from, out of it."""

import os
from argparse import Namespace

from layout.desk.origin import folders_of, layout_of, origins
from layout.desk.provenance import MANIFEST
from layout.ground.problems import ExitCode, Place, Problem, Refused, printable
from layout.ground.whole import write_whole


def run(options: Namespace) -> int:
    """Write the sources and the manifest into a folder; the exit code.

    With several of our files in one PDF each has a folder of its own. What is there already and is
    something else is left as it is, and nothing is written then.
    """
    from layout.bindery.foreign import open_pdf

    found = origins(open_pdf(options.file))
    stem = os.path.splitext(os.path.basename(options.file))[0]
    folder = options.output or f"{stem}-source"
    files: dict[str, bytes] = {}
    for origin, own in zip(found, folders_of(found), strict=True):
        within = folder if len(found) == 1 else os.path.join(folder, own)
        files |= layout_of(origin, within) | {os.path.join(within, MANIFEST): origin.record}
    problems = [
        Problem(Place(path), "there is another file of this name", "give another folder with -o")
        for path, data in files.items()
        if os.path.lexists(path) and _content(path) != data
    ]
    problems += [
        Problem(Place(path), "a folder on the way is a link", "give another folder with -o")
        for path in files
        if _is_linked(os.path.dirname(path), folder)
    ]
    if problems:
        raise Refused(problems)
    for path, data in files.items():
        write_whole(path, data)
        print(printable(path))
    return ExitCode.OK


def _is_linked(path: str, folder: str) -> bool:
    """Whether a link stands between a folder and one in it."""
    while len(path) > len(folder):
        if os.path.islink(path):
            return True
        path = os.path.dirname(path)
    return False


def _content(path: str) -> bytes | None:
    """What is in a file, None where it is none."""
    if not os.path.isfile(path) or os.path.islink(path):
        return None
    with open(path, "rb") as file:
        return file.read()

"""`offprint source`: what a finished PDF was made from, out of it."""

import os
from argparse import Namespace

from layout.desk.origin import Origin, origins
from layout.desk.provenance import MANIFEST
from layout.ground.problems import ExitCode, Place, Problem, Refused
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
    for number, origin in enumerate(found):
        within = folder if len(found) == 1 else os.path.join(folder, _folder(found, number))
        for name, data in (*sorted(origin.files.items()), (MANIFEST, origin.record)):
            files[os.path.join(within, *name.split("/"))] = data
    problems = [
        Problem(Place(path), "there is another file of this name", "give another folder with -o")
        for path, data in files.items()
        if os.path.lexists(path) and _content(path) != data
    ]
    if problems:
        raise Refused(problems)
    for path, data in files.items():
        write_whole(path, data)
        print(path)
    return ExitCode.OK


def _folder(found: list[Origin], number: int) -> str:
    """The name of a source without its end, numbered where two are alike."""
    stems = [os.path.splitext(os.path.basename(origin.manifest.source))[0] for origin in found]
    stem = stems[number]
    return stem if stems.count(stem) == 1 else f"{stem}-{stems[: number + 1].count(stem)}"


def _content(path: str) -> bytes | None:
    """What is in a file, None where it is none."""
    if not os.path.isfile(path):
        return None
    with open(path, "rb") as file:
        return file.read()

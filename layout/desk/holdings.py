"""The PDFs of a folder, and what is told of each in a catalogue."""

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.bindery.foreign import Opened, open_pdf
from layout.bindery.said import Said, clean, said_by
from layout.desk.order import failure
from layout.desk.origin import Altered, Origin, Sourceless, origins
from layout.desk.rows import Row, Source, written
from layout.ground.problems import Place, Problem, Refused, refuse

if TYPE_CHECKING:
    from _typeshed import StrPath

SUFFIX = ".pdf"


class Held(Struct, frozen=True):
    """A row, what is to be said of its file, and what that carries of its making.

    `failed` says that the surroundings did not let it be read.
    """

    row: Row
    problems: tuple[Problem, ...] = ()
    origins: tuple[Origin, ...] = ()
    failed: bool = False

    @property
    def refused(self) -> bool:
        """Whether the file could not be opened."""
        return any(problem.severity == "error" for problem in self.problems)


def pdfs_below(folder: str, troubles: list[tuple[Problem, bool]]) -> Iterator[str]:
    """Paths, relative to a folder, of all PDFs in it and below: those of a folder by name, then its folders.

    Links to folders are not followed, hidden names passed over. `troubles` gets a problem for each folder that
    is left out, and whether the surroundings are to blame.
    """
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(os.path.join(folder, inside)) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            troubles.append((failure(error, os.path.join(folder, inside)), True))
            continue
        folders = []
        for entry in entries:
            path = os.path.join(inside, entry.name)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif os.path.isdir(entry.path):
                message = "this link to a folder is not followed"
                hint = "catalogue the folder where it is"
                troubles.append((Problem(Place(entry.path), message, hint, "warning"), False))
            elif entry.name.lower().endswith(SUFFIX):
                yield path
        waiting += reversed(folders)


def held(folder: str, path: str, passwords: Sequence[str] | None, shown: str = "") -> Held:
    """The row of a PDF in a folder; never raises `Refused` or `OSError`: they are told in the row.

    Problems are told of the file in the folder `shown`, where that is another one.
    """
    file, place = os.path.join(folder, path), Place(os.path.join(shown or folder, path))
    row = Row(written(path))
    try:
        before = _regular(file, place)
        row = Row(written(path), bytes=before.st_size, sha256=digest(file))
        opened = open_pdf(file, place, passwords)
        found = _described(row, opened)
        after = os.stat(file)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            message = "it was changed while it was read"
            raise refuse(place, message, "try again when it is finished")
        return found
    except Refused as refusal:
        return Held(_remarked(row, refusal.problems), refusal.problems)
    except OSError as error:
        problem = Problem(place, failure(error, file).message)
        return Held(_remarked(row, (problem,)), (problem,), failed=True)


def _regular(file: str, place: Place) -> os.stat_result:
    """The state of a file; raises `Refused` for a link that leads to none and for what is none."""
    try:
        found = os.stat(file)
    except OSError:
        if os.path.islink(file):
            raise refuse(place, "this link leads to no file", "mend it, or take it away") from None
        raise
    if not stat.S_ISREG(found.st_mode):
        raise refuse(place, "this is no file", "take it away")
    return found


def digest(file: "StrPath") -> str:
    """The sha-256 of a file in hexadecimal digits; raises `OSError`."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _described(row: Row, opened: Opened) -> Held:
    """The row of a file that was opened; what it does not say is a warning."""
    said, place = said_by(opened), opened.place
    made, problems = _making(opened)
    sources = tuple(_source(origin) for origin in made if _is_here(origin))
    if said.fault:
        hint = "its title, people and date are those of its information dictionary, if it has them"
        problems = (Problem(place, said.fault, hint, "warning"), *problems)
    problems += tuple(
        Problem(place, f"its source {origin.manifest.source} is not in it", severity="warning")
        for origin in made
        if not _is_here(origin)
    )
    filled = _filled(row, said, len(opened.pages), sources)
    return Held(_remarked(filled, problems), problems, made)


def _making(opened: Opened) -> tuple[tuple[Origin, ...], tuple[Problem, ...]]:
    """What a file carries of its making; what was altered in it, or is none of ours, is a warning."""
    try:
        return tuple(origins(opened)), ()
    except Sourceless:
        return (), ()
    except Altered as altered:
        problems = altered.problems
    except Refused as refusal:
        problems = refusal.problems
    return (), tuple(Problem(it.place, it.message, it.hint, "warning") for it in problems)


def _is_here(origin: Origin) -> bool:
    return origin.manifest.source in origin.files


def _source(origin: Origin) -> Source:
    name = origin.manifest.source
    return Source(clean(name), origin.manifest.files[name])


def _filled(row: Row, said: Said, pages: int, sources: tuple[Source, ...]) -> Row:
    return Row(
        row.path, said.title, said.people, said.date, said.languages, pages, row.bytes, row.sha256,
        sources, said.claims,
    )  # fmt: skip


def _remarked(row: Row, problems: Sequence[Problem]) -> Row:
    from msgspec.structs import replace

    return replace(row, remark=clean("; ".join(problem.message for problem in problems)))

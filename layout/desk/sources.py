"""Which files a command line's sources are, and where their PDFs go."""

import os
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from layout.desk.order import Made, Order, Target, failure
from layout.ground.problems import Place, Problem

SUFFIXES = (".yaml", ".yml")

NOT_SOURCES = ("brands",)
"""Folders inside a folder of sources that hold other things."""


def expand(sources: Sequence[str]) -> tuple[list[str], list[Made]]:
    """Every source once, in the order given, and folders that could not be read or hold none.

    A folder stands for the sources in it and below, sorted.
    """
    found: dict[str, str] = {}
    lost: list[Made] = []
    for source in sources:
        inside, before = [source], len(lost)
        if os.path.isdir(source):
            inside = list(_below(source, lost))
        if not inside and len(lost) == before:
            hint = "a source is a file whose name ends in .yaml or .yml"
            problem = Problem(Place(source), "there are no sources in this folder", hint)
            lost.append(_lost(source, problem, failed=False))
        for file in inside:
            found.setdefault(os.path.abspath(file), file)
    return list(found.values()), lost


def _below(folder: str, lost: list[Made]) -> Iterator[str]:
    """The sources in a folder by name, then those of its folders; links to folders are not followed.

    Folders that cannot be read are added to those that are `lost`.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        lost.append(_lost(folder, failure(error, folder), failed=True))
        return
    entries = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in entries:
        if entry.name.endswith(SUFFIXES) and _is_source(entry):
            yield os.path.join(folder, entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and entry.name not in NOT_SOURCES:
            yield from _below(os.path.join(folder, entry.name), lost)


def _is_source(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry is a file, or a link that leads to none: that one is refused when it is read."""
    try:
        return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))
    except OSError:
        return True  # a link into a loop of links


def _lost(folder: str, problem: Problem, failed: bool) -> Made:
    return Made(folder, "", "", 0, 0, "refused", (problem,), (), failed)


def is_file_name(output: str) -> bool:
    """Whether -o names a file and not a folder."""
    return output.lower().endswith(".pdf") and not os.path.isdir(output)


def orders(
    sources: Sequence[str], output: str, editions: Sequence[str], asked: Order
) -> list[Order]:
    """An order for each source, like `asked`; a target whose name another source has already bears that problem."""
    found: list[Order] = []
    taken: dict[str, str] = {}
    for source in sources:
        targets = []
        for edition in editions:
            path = output if is_file_name(output) else os.path.join(output, _name(source, edition))
            clash = None
            if path in taken:
                message = f"{path} is made from {taken[path]} already"
                clash = Problem(Place(source), message, "rename one of the two sources")
            taken.setdefault(path, source)
            targets.append(Target(edition, path, clash))
        found.append(replace(asked, source=source, targets=tuple(targets)))
    return found


def _name(source: str, edition: str) -> str:
    """STEM.pdf, or STEM-press.pdf."""
    stem = os.path.splitext(os.path.basename(source))[0]
    return f"{stem}.pdf" if edition == "digital" else f"{stem}-{edition}.pdf"

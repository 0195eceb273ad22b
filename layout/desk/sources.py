"""Which files a command line's sources are, and where their PDFs go."""

import os
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from layout.desk.order import Order, Target
from layout.ground.problems import Place, Problem, Refused

SUFFIXES = (".yaml", ".yml")

NOT_SOURCES = ("brands",)
"""Folders inside a folder of sources that hold other things."""


def expand(sources: Sequence[str]) -> list[str]:
    """Every source once, in the order given; a folder stands for those in it and below, sorted.

    Raises `Refused` for folders that hold none.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for source in sources:
        inside = list(_below(source)) if os.path.isdir(source) else [source]
        if not inside:
            hint = "a source is a file whose name ends in .yaml or .yml"
            problems.append(Problem(Place(source), "there are no sources in this folder", hint))
        for file in inside:
            found.setdefault(os.path.abspath(file), file)
    if problems:
        raise Refused(problems)
    return list(found.values())


def _below(folder: str) -> Iterator[str]:
    """The sources in a folder by name, then those of its folders; links to folders are not followed."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_file() and entry.name.endswith(SUFFIXES) and not entry.name.startswith("."):
            yield os.path.join(folder, entry.name)
    for entry in entries:
        if (
            entry.is_dir(follow_symlinks=False)
            and entry.name not in NOT_SOURCES
            and not entry.name.startswith(".")
        ):
            yield from _below(os.path.join(folder, entry.name))


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

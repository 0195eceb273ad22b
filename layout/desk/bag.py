"""`offprint catalogue --bag`: an archive packed to be handed over, as a BagIt bag (RFC 8493).

The payload is every PDF at its path, the files it was made from where they lie beside it and are the same
to the byte, and the catalogue. The Library of Congress's bagit writes manifests and validates the whole.
"""

import logging
import os
import shutil
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from unicodedata import category, normalize

from layout.desk.catalogue import Catalogue, counted, tell
from layout.desk.holdings import Held, digest, pdfs_below
from layout.desk.rows import NAMES
from layout.ground.problems import ExitCode, Place, Problem, Refused, refuse
from layout.ground.version import VERSION
from layout.plates.metadata import moment

ALGORITHMS = ("sha256", "sha512")
"""Of the manifests; RFC 8493, 2.4 wants SHA-512 where nothing speaks against it."""

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""bagit.txt of RFC 8493, 2.1.1; bagit writes the version before it, which is the same in all else."""

DATE = "Bagging-Date"

BESIDE = "@"
"""How the names of files begin that were in no source's folder."""


def pack(options: Namespace, passwords: Sequence[str]) -> int:
    """Write the bag; the exit code. It appears whole or not at all, and was found valid before it does."""
    bagit = _library(options.bag)
    if os.path.lexists(options.bag):
        raise refuse(Place(options.bag), "there is something of this name", "give a new folder")
    info = _info(options)
    with _staged(options.bag) as stage:
        payload = os.path.join(stage, "payload")
        if not _copy(options.folder, payload):
            return ExitCode.SURROUNDINGS
        catalogue = Catalogue(options, payload, passwords)
        date = ""
        for each in catalogue.write(payload):
            date = max(date, each.row.date)
            _bring_sources(each, options.folder, payload)
        _seal(bagit, payload, info, moment(date)[:10], options.bag)
        os.rename(payload, options.bag)
    if not (options.json or options.quiet):
        print(f"{options.bag}: {counted(catalogue.count)}")
    return catalogue.code


def _library(bag: str) -> ModuleType:
    try:
        import bagit
    except ImportError:
        hint = "pip install 'offprint[bag]'"
        raise refuse(Place(bag), "to write a bag, bagit is needed", hint) from None
    found: ModuleType = bagit
    return found


def _info(options: Namespace) -> dict[str, list[str]]:
    """Lines of bag-info.txt: what the command line says, and the organization of the brand."""
    info: dict[str, list[str]] = {}
    for name, value in options.bag_info or ():
        info.setdefault(name, []).append(value)
    if options.brand is not None and "Source-Organization" not in info:
        from layout.house.brands import read_brand

        beside = os.path.join(os.getcwd(), "command line")
        brand = read_brand(options.brand, beside, Place("--brand")).brand
        info["Source-Organization"] = [brand.masthead.text]
    info.setdefault("Bag-Software-Agent", [f"Offprint {VERSION}"])
    return info


@contextmanager
def _staged(target: str) -> Iterator[str]:
    """A folder beside the target, gone in the end: a rename is atomic only inside one file system."""
    folder, name = os.path.split(os.path.abspath(target))
    os.makedirs(folder, exist_ok=True)
    stage = os.path.join(folder, f".{name[:100]}.{os.getpid()}.part")
    try:
        os.mkdir(stage)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _copy(folder: str, payload: str) -> bool:
    """Copy every PDF to its path; whether all folders could be read, those that could not are told.

    Raises `Refused` with all names that a bag cannot hold, `OSError` where a file cannot be read.
    """
    troubles: list[tuple[Problem, bool]] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for path in pdfs_below(folder, troubles):
        place = Place(os.path.join(folder, path))
        other = taken.setdefault(normalize("NFC", path), path)
        if fault := _name_fault(path) or (
            "its name is that of another file" if other != path else ""
        ):
            problems.append(Problem(place, fault, "rename it before it is packed"))
        elif not os.path.isfile(place.file):
            problems.append(Problem(place, "this is no file, or a link to none", "take it away"))
        elif not problems:
            _copied(place.file, os.path.join(payload, path))
    failed = tell(troubles)
    if problems:
        raise Refused(problems)
    return not failed


def _name_fault(path: str) -> str:
    """Why a manifest cannot name a file so that bagit and others read the same name, or ""."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8, and names in a bag are"
    if "%" in path:
        return "a percent sign in a name is read in two ways in bags"
    if path != path.rstrip() or any(category(it) in ("Cc", "Zl", "Zp") for it in path):
        return "a name in a bag has no line breaks, control characters or blanks at its end"
    return ""


def _copied(file: str, target: str) -> None:
    """Copy the content and the time of a file."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copyfile(file, target)
    found = os.stat(file)
    os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))


def _bring_sources(found: Held, folder: str, payload: str) -> None:
    """Copy what a PDF was made from, where it lies beside the PDF under its name and is the same."""
    inside = os.path.dirname(found.row.path)
    for origin in found.origins:
        for name, wanted in origin.manifest.files.items():
            path = os.path.join(inside, *name.split("/"))
            file, target = os.path.join(folder, path), os.path.join(payload, path)
            if name.startswith(BESIDE) or path in NAMES or os.path.lexists(target):
                continue
            if os.path.isfile(file) and not _name_fault(path) and digest(file) == wanted:
                _copied(file, target)


def _seal(bagit: ModuleType, stage: str, info: dict[str, list[str]], date: str, shown: str) -> None:
    """Make a bag of a folder's content, and have it validated; raises `Refused` where it is not valid."""
    log = logging.getLogger("bagit")
    heard, silent = log.propagate, logging.NullHandler()
    log.propagate = False
    log.addHandler(silent)
    try:
        # A date is always given, or bagit asks the clock.
        dated = {DATE: [date or "unknown"]}
        bag = bagit.make_bag(stage, {**dated, **info}, checksums=list(ALGORITHMS))
        if not date and DATE not in info:
            del bag.info[DATE]
        with open(os.path.join(stage, "bagit.txt"), "w", encoding="ascii") as file:
            file.write(DECLARATION)
        bag.save()
        for name in ALGORITHMS:
            _sort(os.path.join(stage, f"tagmanifest-{name}.txt"))
        bagit.Bag(stage).validate()
    except bagit.BagError as error:
        raise refuse(Place(shown), f"the bag is not valid: {error}", "is the disk sound?") from None
    finally:
        log.propagate = heard
        log.removeHandler(silent)


def _sort(path: str) -> None:
    """Put the lines of a manifest of tag files in order: bagit has them as the disk does."""
    with open(path, encoding="utf-8") as file:
        lines = sorted(file, key=lambda line: line.split(None, 1)[1])
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(lines)

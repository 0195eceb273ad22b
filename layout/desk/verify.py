"""`offprint verify`: a finished PDF typeset again from what it carries, in a clean folder, and compared."""

import os
import sys
from argparse import Namespace
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.desk.again import typeset_again
from layout.desk.order import Made, failure
from layout.desk.origin import Altered, origins
from layout.desk.report import json_line
from layout.desk.workshop import Workshop
from layout.ground.problems import ExitCode, Place, Problem, Refused, printable

if TYPE_CHECKING:
    from layout.bindery.carried import Prints

SAME, PAGES, PARTLY = "same", "same pages", "partly the same"
"""Equal to the byte; every page unchanged in a file that was put together; some pages have no source in it."""

DIFFERS, TAMPERED = "differs", "tampered"
"""Made with something that is another here; altered after it was made."""

BLOCK = 1 << 20


class Verdict(Struct, frozen=True):
    """What came of a file: one of the five words, or 'refused', and why."""

    status: str
    pages: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether every page was proved."""
        return self.status in (SAME, PAGES)


def run(options: Namespace) -> int:
    """Verify every file; the exit code."""
    code = ExitCode.OK
    for file in options.files:
        start = perf_counter()
        failed = False
        try:
            verdict = verify(file, options.fonts or ())
        except Altered as altered:
            verdict = Verdict(TAMPERED, problems=altered.problems)
        except Refused as refusal:
            verdict = Verdict("refused", problems=refusal.problems)
        except OSError as error:
            verdict, failed = Verdict("refused", problems=(failure(error, file),)), True
        _tell(file, verdict, options, perf_counter() - start)
        if failed:
            code = ExitCode.SURROUNDINGS
        elif not verdict.good and code == ExitCode.OK:
            code = ExitCode.REFUSED
    return code


def _tell(file: str, verdict: Verdict, options: Namespace, seconds: float) -> None:
    for problem in verdict.problems:
        print(problem, file=sys.stderr)
    if options.json:
        size = os.path.getsize(file) if os.path.isfile(file) else 0
        made = Made(file, "", file, verdict.pages, size, verdict.status, verdict.problems, ())
        print(json_line(made, seconds), flush=True)
    elif not options.quiet:
        print(f"{file}: {verdict.status}")
        for note in verdict.notes:
            print(f"  {printable(note)}")


def verify(file: str, fonts: Sequence[str] = ()) -> Verdict:
    """Typeset a PDF again from what it carries; `fonts` are folders of fonts that do not come with the program.

    Raises `Refused` for a file that is none of ours, `Altered` for one whose sources were altered, `OSError`
    for one that cannot be read.
    """
    from layout.bindery.carried import fingerprints, prints_of
    from layout.bindery.foreign import open_bytes, open_pdf

    opened = open_pdf(file)
    found = origins(opened)
    with open(file, "rb") as stream:
        data = stream.read()
    again, workshop = list[_Again](), Workshop()
    for origin in found:
        made, differences = typeset_again(workshop, origin, fonts, file)
        if made == data:
            return Verdict(SAME, len(opened.pages))
        source = origin.manifest.source
        anew = open_bytes(made, Place(source), source)
        own = prints_of(anew)
        again.append(_Again(source, differences, own, _first_difference(data, made)))
    return _pages(file, fingerprints(opened), again)


class _Again(Struct, frozen=True):
    """An origin typeset anew: what differs here from then, its pages, and the first byte that is another."""

    source: str
    differences: tuple[str, ...]
    prints: "Prints"
    at: int


def _pages(file: str, prints: list[bytes], again: Sequence[_Again]) -> Verdict:
    """Look for the pages of each origin in a file that no origin alone gives: one that was put together.

    Each page is given to one origin, which may have come in more than once; what is made with other versions
    may still have just the same pages.
    """
    free = [True] * len(prints)
    places: dict[bytes, list[int]] = {}
    for at, own in enumerate(prints):
        places.setdefault(own, []).append(at)
    firsts = [(each, _taken(each, places, free)) for each in again]
    lost = [each for each, found in firsts if not found]
    placed = [(each, found) for each, found in firsts if found]
    for each, _ in tuple(placed):
        while found := _taken(each, places, free):
            placed.append((each, found))
    notes, replaced = list[str](), list[_Again]()
    for each, found in placed:
        notes += [
            f"{_in_words(found)}: {each.source}, as it was made",
            *(f"  {it}" for it in each.differences),
        ]
        if len(found) < len(each.prints.pages):
            replaced.append(each)
            notes.append("  but for its contents page, which is not in the file")
    if lost:
        return _lost(file, lost, len(prints), notes)
    if len(placed) == 1 and not again[0].differences and not any(free):
        # Alone in its file it would be the same to the byte: something besides its pages was altered.
        return Verdict(TAMPERED, len(prints), (_tampered(file, again[0]),), tuple(notes))
    rest = sum(free)
    if not rest and replaced:
        message = f"the contents page of {replaced[0].source} is not in the file"
        hint = "whoever put the file together took it out"
        return Verdict(PARTLY, len(prints), (Problem(Place(file), message, hint),), tuple(notes))
    if not rest:
        return Verdict(PAGES, len(prints), (), tuple(notes))
    message = f"{rest} {'page has' if rest == 1 else 'pages have'} no source in the file"
    hint = "they cannot be proved: compare them with the file that they came from"
    return Verdict(PARTLY, len(prints), (Problem(Place(file), message, hint),), tuple(notes))


def _lost(file: str, lost: Sequence[_Again], pages: int, notes: Sequence[str]) -> Verdict:
    """What is said of a file in which an origin's pages are not as they are made here."""
    altered = [each for each in lost if not each.differences]
    if altered:
        problems = tuple(_tampered(file, each) for each in altered)
        return Verdict(TAMPERED, pages, problems, tuple(notes))
    differences = dict.fromkeys(it for each in lost for it in each.differences)
    hint = "verify it with what it was made with; `offprint source` writes its manifest"
    message = f"it cannot be made again here: {'; '.join(differences)}"
    return Verdict(DIFFERS, pages, (Problem(Place(file), message, hint),), tuple(notes))


def _taken(again: _Again, places: Mapping[bytes, Sequence[int]], free: list[bool]) -> list[int]:
    """The indices of an origin's pages, in their order, which are no longer `free`; none if one is missing.

    `places` are the indices of all pages by their prints. Other pages may stand between them. Contents may be
    missing: they are set anew where reprints come in.
    """
    found: list[int] = []
    for number, own in enumerate(again.prints.pages):
        same = places.get(own, ()) if own else ()
        later = range(bisect_right(same, found[-1] if found else -1), len(same))
        here = next((same[n] for n in later if free[same[n]]), None)
        if here is not None:
            found.append(here)
        elif number not in again.prints.contents:
            return []
    for at in found:
        free[at] = False
    return found


def _in_words(pages: Sequence[int]) -> str:
    """Pages by their numbers, such as 'pages 3 to 5, 7'."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    said = [" to ".join(str(page + 1) for page in run) for run in runs]
    return f"{'page' if len(pages) == 1 else 'pages'} {', '.join(said)}"


def _first_difference(data: bytes, made: bytes) -> int:
    """The number from 1 of the first byte that is another."""
    short = min(len(data), len(made))
    at = next(
        (n for n in range(0, short, BLOCK) if data[n : n + BLOCK] != made[n : n + BLOCK]), short
    )
    return 1 + next((n for n in range(at, min(at + BLOCK, short)) if data[n] != made[n]), short)


def _tampered(file: str, again: _Again) -> Problem:
    """Where a file leaves what is made of its source."""
    message = f"this is not what {again.source} gives: byte {again.at} is the first that differs"
    return Problem(Place(file), message, "it was altered after it was made")

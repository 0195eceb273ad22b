"""`offprint verify`: a finished PDF typeset again from what it carries, in a clean folder, and compared."""

import os
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from time import perf_counter

from msgspec import Struct

from layout.desk.origin import Altered, Origin, origins, write_files
from layout.desk.provenance import COMMAND_LINE, PROGRAM, versions
from layout.desk.report import json_line
from layout.desk.workshop import Made, Workshop, failure
from layout.ground.problems import ExitCode, Place, Problem, Refused, refuse
from layout.ground.version import VERSION
from layout.house.faces import PACKAGE, fonts_folder

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
            print(f"  {note}")


def verify(file: str, fonts: Sequence[str] = ()) -> Verdict:
    """Typeset a PDF again from what it carries; `fonts` are folders of fonts that do not come with the program.

    Raises `Refused` for a file that is none of ours or whose sources were altered, `OSError` for one
    that cannot be read.
    """
    from layout.bindery.foreign import open_pdf

    opened = open_pdf(file)
    found = origins(opened)
    with open(file, "rb") as stream:
        data = stream.read()
    whole = _again(found[0], fonts, file) if len(found) == 1 else None
    if whole is not None:
        made, differences = whole
        if made == data:
            return Verdict(SAME, len(opened.pages))
        if differences:
            return _differs(file, differences)
    return _parts(file, data, found, fonts, whole[0] if whole is not None else None)


def _differs(file: str, differences: Sequence[str]) -> Verdict:
    hint = "verify it with what it was made with; `offprint source` writes its manifest"
    message = f"it cannot be made again here: {'; '.join(differences)}"
    return Verdict(DIFFERS, problems=(Problem(Place(file), message, hint),))


def _parts(
    file: str, data: bytes, found: Sequence[Origin], fonts: Sequence[str], made: bytes | None
) -> Verdict:
    """Look for the pages of each source in a file that is not one of ours as a whole: a merged one."""
    from layout.bindery.carried import fingerprints
    from layout.bindery.foreign import open_bytes, open_pdf

    opened = open_pdf(file)
    prints = fingerprints(opened)
    problems: list[Problem] = []
    notes: list[str] = []
    differing: list[str] = []
    proved = 0
    for origin in found:
        again, differences = (made, ()) if made is not None else _again(origin, fonts, file)
        source = origin.manifest.source
        own = fingerprints(open_bytes(again, Place(source), source))
        at = _within(own, prints)
        if at >= 0 and len(prints) > len(own):
            pages = f"page {at + 1}" if len(own) == 1 else f"pages {at + 1} to {at + len(own)}"
            notes.append(f"{pages}: {source}, as it was made")
            proved += len(own)
        elif differences:
            differing += differences
        else:
            problems.append(_tampered(file, data, again, source))
    if problems:
        return Verdict(TAMPERED, len(prints), tuple(problems), tuple(notes))
    if differing:
        return _differs(file, tuple(dict.fromkeys(differing)))
    rest = len(prints) - proved
    if not rest:
        return Verdict(PAGES, len(prints), (), tuple(notes))
    message = f"{rest} {'page has' if rest == 1 else 'pages have'} no source in the file"
    hint = "they cannot be proved: compare them with the file that they came from"
    return Verdict(PARTLY, len(prints), (Problem(Place(file), message, hint),), tuple(notes))


def _within(own: Sequence[bytes], prints: Sequence[bytes]) -> int:
    """Where pages stand one after the other among others; -1 where they do not."""
    starts = range(len(prints) - len(own) + 1)
    return next((at for at in starts if prints[at : at + len(own)] == list(own)), -1)


def _tampered(file: str, data: bytes, again: bytes, source: str) -> Problem:
    """Where a file leaves what is made of its source."""
    short = min(len(data), len(again))
    at = next(
        (n for n in range(0, short, BLOCK) if data[n : n + BLOCK] != again[n : n + BLOCK]), short
    )
    at = next((n for n in range(at, min(at + BLOCK, short)) if data[n] != again[n]), short)
    message = f"this is not what {source} gives: byte {at + 1} is the first that differs"
    return Problem(Place(file), message, "it was altered after it was made")


def _again(origin: Origin, fonts: Sequence[str], file: str) -> tuple[bytes, tuple[str, ...]]:
    """The PDF of an origin made anew, and what differs here from what it was made with."""
    manifest = origin.manifest
    differences = tuple(_differences(origin))
    with tempfile.TemporaryDirectory(prefix="offprint-") as folder, _epoch(manifest.epoch or ""):
        write_files(origin, folder)
        lost = [*_unfound(origin), *_place_fonts(origin, folder, fonts)]
        if lost:
            message = f"it cannot be made again: {', '.join(lost)} is not here"
            hint = "give the folder of fonts that do not come with the program with --fonts"
            raise refuse(Place(file), message, hint)
        source = os.path.join(folder, *manifest.source.split("/"))
        base = os.path.join(folder, COMMAND_LINE)
        workshop = Workshop()
        try:
            work = workshop.read(source, manifest.brand, manifest.edition, manifest.pages, base)
            made, _, _ = workshop.typeset(work, source, manifest.edition, manifest.pages)
        except (Refused, KeyError) as error:
            reasons = [it.message for it in error.problems] if isinstance(error, Refused) else []
            message = f"its source {manifest.source} cannot be typeset here"
            because = [*differences, *reasons] or [f"there is no edition {manifest.edition}"]
            raise refuse(Place(file), message, "; ".join(because)) from None
    return made, differences


def _differences(origin: Origin) -> Iterator[str]:
    """What the program, its libraries, fonts and brands are here, where they were others then."""
    manifest = origin.manifest
    if manifest.program != f"offprint {VERSION}":
        yield f"it was made with {manifest.program}, this is offprint {VERSION}"
    here = versions()
    for name, then in manifest.versions.items():
        if here.get(name) != then:
            yield f"it was made with {name} {then}, here is {here.get(name, 'none')}"
    for name, then in (*manifest.fonts.items(), *manifest.files.items()):
        path = _own(name)
        if path is not None and _hash(path) != then:
            yield f"{name} is another one here" if os.path.exists(path) else f"{name} is not here"
    from layout.plates.painter import PROFILE, profile_bytes

    own = {os.path.basename(PROFILE): sha256(profile_bytes()).hexdigest()}
    for name, then in manifest.profiles.items():
        if own.get(name) != then:
            yield f"the colour profile {name} is another one here"


def _own(name: str) -> str | None:
    """The file of that name that comes with the program; None for a name of another kind."""
    first, *rest = name.split("/")
    if first != PROGRAM or not rest:
        return None
    if rest[0] == "fonts":
        return os.path.join(fonts_folder(), *rest[1:])
    return os.path.join(PACKAGE, "house", *rest)


def _hash(path: str) -> str:
    if not os.path.isfile(path):
        return ""
    with open(path, "rb") as file:
        return sha256(file.read()).hexdigest()


def _unfound(origin: Origin) -> list[str]:
    return [name for name in origin.missing if _own(name) is None]


def _place_fonts(origin: Origin, folder: str, fonts: Sequence[str]) -> list[str]:
    """Put a brand's own fonts where it names them; the names of those that are nowhere."""
    wanted = {name: found for name, found in origin.manifest.fonts.items() if _own(name) is None}
    if not wanted:
        return []
    here: dict[str, str] = {}
    for top in fonts:
        for place, _, names in os.walk(top):
            for name in sorted(names):
                if name.lower().endswith((".ttf", ".otf")):
                    path = os.path.join(place, name)
                    here.setdefault(_hash(path), path)
    for name, found in wanted.items():
        if found in here:
            target = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(here[found], "rb") as font, open(target, "wb") as copy:
                copy.write(font.read())
    return [name for name, found in wanted.items() if found not in here]


@contextmanager
def _epoch(seconds: str) -> Iterator[None]:
    """Have SOURCE_DATE_EPOCH be what it was when the file was made."""
    before = os.environ.pop("SOURCE_DATE_EPOCH", None)
    if seconds.isascii() and seconds.isdigit():
        os.environ["SOURCE_DATE_EPOCH"] = seconds
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before

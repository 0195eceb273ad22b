"""The recipe: a source to its finished PDFs, with what a process keeps between two of them."""

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from layout.desk.order import Made, Order, Target, failure, fault, not_made
from layout.desk.provenance import (
    PROGRAM,
    Asked,
    carried,
    identity,
    manifest,
    names_of,
    names_of_faces,
)
from layout.desk.work import Manuscript, Typeset, Work, absent_of, files_of, mute_pictures, stamps
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.brand import Brand
from layout.house.brands import Found, read_brand
from layout.house.faces import PACKAGE, VARIABLE, split_index
from layout.house.labels import Labels
from layout.house.press import MARKS, Press
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Issue
from layout.manuscript.reader import read_source
from layout.plates.edition import COATED, EDITIONS, PROFILE

if TYPE_CHECKING:
    from layout.bindery.bind import BoundIssue
    from layout.desk.reprint import Reprint
    from layout.plates.attachment import Attachment
    from layout.plates.pictures import Darkroom
    from layout.setting.looks import TypeCase

NONE: Mapping[str, str] = {}

KEY_TAIL = 2048
"""So many bytes at a file's end, or from its cross-references on, hold its identifier."""


OWN_PROFILES = {os.path.basename(path): path for path in (PROFILE, COATED)}
"""The colour profiles that come with the program: pictures are converted by them, in any edition."""


class Workshop:
    """Reads and typesets; keeps the type of each brand from one source to the next."""

    def __init__(self) -> None:
        self._found: dict[tuple[str | None, str, bool], tuple[Found, tuple[int, ...]]] = {}
        self._cases: dict[tuple[str, ...], tuple[Brand, TypeCase]] = {}
        self._digests: dict[tuple[str, int, int], bytes] = {}

    def read(
        self,
        source: str,
        brand: str | None,
        edition: str,
        pages: tuple[int, int] | None = None,
        base: str = "",
        marks: bool = False,
        manuscript: Manuscript | None = None,
        folio: int | None = None,
    ) -> Work:
        """A source, its brand and its articles; raises `Refused` with every problem of all of them.

        A `brand` of the command line is looked for from the folder `base`, '' for the present one. A
        `manuscript` is the source as it was read for another edition.
        """
        problems: list[Problem] = []
        manuscript = manuscript or _manuscript(source, problems)
        press = EDITIONS[edition].inks
        problems += absent_of(manuscript) if press else []
        found = None
        try:
            found = self.brand(manuscript.record, source, brand, base, press)
        except Refused as refusal:
            problems += refusal.problems
        if problems or found is None:
            raise Refused(problems)
        if press and marks:
            of_the_house = replace(found.brand.press, marks=MARKS)
            found = replace(found, brand=replace(found.brand, press=of_the_house))
        files = tuple(dict.fromkeys(files_of(source, manuscript, found, press)))
        names = names_of(files, source, base)
        named = names[found.files[0]] if brand is not None else None
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
        asked = Asked(edition, named, pages, epoch, marks and press, folio)
        return Work(manuscript, found, files, names, asked)

    def key(self, work: Work, faces: Mapping[str, str] = NONE) -> str:
        """The identifier of what comes of a source: it changes with everything that it is made from.

        `faces` are the names of those that were found for it by their paths; they are known once it is typeset.
        """
        own = {f"{PROGRAM}/{name}": digest for name, digest in self._own_profiles().items()}
        return identity(work.asked, self._digests_of(work, faces) | own)

    def _own_profiles(self) -> dict[str, bytes]:
        """The sha-256 of each colour profile of the program by its name."""
        return {name: self._digest(path) for name, path in OWN_PROFILES.items()}

    def _digests_of(self, work: Work, faces: Mapping[str, str]) -> dict[str, bytes]:
        """The sha-256 of each file by its name."""
        found = {work.names[file]: self._digest(file) for file in work.files}
        return found | {it: self._digest(split_index(path)[0]) for path, it in faces.items()}

    def brand(
        self,
        record: Interview | Issue,
        source: str,
        named: str | None,
        base: str = "",
        press: bool = False,
    ) -> Found:
        """The brand that the command line names, else the source; for the `press` with sound inks."""
        place = Place(source)
        if named is not None:
            source = os.path.join(base or os.getcwd(), "command line")
            place = Place("--brand")
        name = named or record.brand
        key = (name, os.path.dirname(os.path.abspath(source)), press)
        kept = self._found.get(key)
        if kept is None or kept[1] != stamps(kept[0].files):
            found = read_brand(name, source, place, press)
            kept = self._found[key] = (found, stamps(found.files))
        return kept[0]

    def typeset(self, work: Work, source: str) -> Typeset:
        """The made-up pages of a source that was read, the same for all editions; raises `Refused`."""
        case = self._case(work.found)
        case.met.clear()
        made = self._made_up(work, source, case)
        faces = names_of_faces(case.met.used, work.files)
        return Typeset(made, faces, tuple(case.met.passed.values()))

    def _made_up(self, work: Work, source: str, case: "TypeCase") -> "Reprint | BoundIssue":
        from layout.makeup.copyfit import Wanted

        name = os.path.basename(work.names[source])
        wanted = work.asked.pages
        record, articles = _as_printed(work)
        if isinstance(record, Issue):
            from layout.bindery.bind import bind

            if wanted is not None:
                hint = "fit its interviews one by one, or leave --pages out"
                raise refuse(Place(source), "an issue has as many pages as its parts", hint)
            issue = record
            if work.asked.folio is not None:
                issue = replace(issue, first_folio=work.asked.folio)
            return bind(issue, articles, case, name)
        from layout.desk.reprint import reprint

        asked = Wanted(*wanted) if wanted is not None else None
        return reprint(record, case, source, asked, name, work.asked.folio or 1)

    def finished(
        self,
        work: Work,
        source: str,
        typeset: Typeset | None = None,
        darkroom: "Darkroom | None" = None,
    ) -> tuple[bytes, int, tuple[Problem, ...]]:
        """The PDF of a source that was read, its number of pages, warnings and notes; raises `Refused`.

        It is made from pages that were `typeset`, if there are such.
        """
        edition = EDITIONS[work.asked.edition]
        brand = work.found.brand
        warnings = (*_unlabelled(work.record.language, brand, source), *mute_pictures(work))
        typeset = typeset or self.typeset(work, source)
        made, faces = typeset.made, typeset.faces
        attachments = self._attachments(work, source, faces) if edition.sources else []
        pdf, notes = made.painted(edition, brand, self.key(work, faces), attachments, darkroom)
        return pdf, made.count, (*warnings, *typeset.passed, *made.notes, *notes)

    def _attachments(self, work: Work, source: str, faces: Mapping[str, str]) -> "list[Attachment]":
        """What the result carries: its sources, and the manifest."""
        digests, profiles = self._digests_of(work, faces), self._own_profiles()
        record = manifest(work.names[source], work.asked, digests, profiles)
        return carried(work.names, source, record)

    def _case(self, found: Found) -> "TypeCase":
        """The type of a brand, whatever it says of the press."""
        from layout.setting.looks import TypeCase

        look = replace(found.brand, press=Press())
        kept = self._cases.get(found.files)
        if kept is None or kept[0] != look:
            kept = self._cases[found.files] = (look, TypeCase(look))
        return kept[1]

    def make(self, order: Order) -> Iterator[tuple[Made, float]]:
        """Carry out an order, target by target, each with the seconds it took.

        Each is made whole or not at all; an older good file stays where a new one is refused.
        """
        job = _Job(order)
        for target in order.targets:
            start = perf_counter()
            made = self._made_or_not(job, target)
            yield made, perf_counter() - start

    def _made_or_not(self, job: "_Job", target: Target) -> Made:
        source = job.order.source
        files = [source]
        if target.clash is not None:
            return not_made(source, target, (target.clash,))
        try:
            return self._made(job, target, files)
        except Refused as refusal:
            return not_made(source, target, refusal.problems, tuple(files))
        except OSError as error:
            problem = failure(error, target.output)
            return not_made(source, target, (problem,), tuple(files), failed=True)
        except Exception as error:  # a fault of ours: the others are made all the same
            problem = fault(error, source)
            return not_made(source, target, (problem,), tuple(files), failed=True)

    def _made(self, job: "_Job", target: Target, files: list[str]) -> Made:
        """The same; what it depends on goes into `files` as soon as it is known."""
        from layout.ground.whole import write_whole

        order, edition, output = job.order, target.edition, target.output
        source = order.source
        work = self.read(
            source,
            order.brand,
            edition,
            order.pages,
            "",
            order.marks,
            job.manuscript,
            order.folio,
        )
        job.manuscript = work.manuscript
        files[:] = work.files
        if os.path.realpath(output) in map(os.path.realpath, files):
            hint = "give another name with -o"
            raise refuse(Place(source), f"{output} is one of the files it is made from", hint)
        if not order.force and not os.environ.get(VARIABLE) and _is_current(output, self.key(work)):
            return _current(source, target, files)
        job.typeset = job.typeset or self.typeset(work, source)
        faces = job.typeset.faces
        files += dict.fromkeys(split_index(path)[0] for path in faces)
        searched = faces or os.environ.get(VARIABLE)
        if not order.force and searched and _is_current(output, self.key(work, faces)):
            return _current(source, target, files)
        pdf, pages, problems = self.finished(work, source, job.typeset, job.darkroom())
        write_whole(output, pdf)
        return Made(source, edition, output, pages, len(pdf), "built", problems, tuple(files))

    def _digest(self, file: str) -> bytes:
        """The sha-256 of a file, read once a process as long as it does not change."""
        status = os.stat(file)
        key = (file, status.st_mtime_ns, status.st_size)
        found = self._digests.get(key)
        if found is None:
            with open(file, "rb") as data:
                found = self._digests[key] = sha256(data.read()).digest()
        return found


def _current(source: str, target: Target, files: Sequence[str]) -> Made:
    """What came of a target that is up to date."""
    size, output = os.path.getsize(target.output), target.output
    return Made(source, target.edition, output, 0, size, "current", (), tuple(files))


class _Job:
    """An order in hand: what its editions share."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.manuscript: Manuscript | None = None
        self.typeset: Typeset | None = None
        self._darkroom: Darkroom | None = None

    def darkroom(self) -> "Darkroom":
        """The one in which all editions' pictures are decoded."""
        if self._darkroom is None:
            from layout.plates.pictures import Darkroom

            self._darkroom = Darkroom(keep=len(self.order.targets) > 1)
        return self._darkroom


def _manuscript(source: str, problems: list[Problem]) -> Manuscript:
    """A source and its articles; the problems of the latter are added to those that there are."""
    record = read_source(source)
    articles: dict[str, Interview] = {}
    if isinstance(record, Issue):
        from layout.bindery.bind import read_articles

        try:
            articles = read_articles(record)
        except Refused as refusal:
            problems += refusal.problems
    return Manuscript(record, articles)


def _as_printed(work: Work) -> tuple[Interview | Issue, dict[str, Interview]]:
    """A source and its articles with the quotes that the brand wants."""
    articles = work.manuscript.articles
    if work.found.brand.quotes == "as_typed":
        return work.record, articles
    from layout.setting.quotes import quoted

    record = quoted(work.record, work.record.language)
    return record, {path: quoted(it, it.language) for path, it in articles.items()}


def _is_current(output: str, key: str) -> bool:
    """Whether a finished file was made from just these inputs by just this program."""
    try:
        with open(output, "rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - KEY_TAIL))
            tail = file.read()
            start = tail[tail.rfind(b"startxref") + 9 :].split(maxsplit=1)
            if start and start[0].isdigit():
                file.seek(min(int(start[0]), 1 << 40))
                tail += file.read(KEY_TAIL)
        made = os.stat(output).st_mtime_ns
    except OSError:
        return False
    return key.encode() in tail.upper() and made >= _newest_code()


def _newest_code() -> int:
    """When the program itself last changed: matters to those who work on it."""
    newest, todo = 0, [PACKAGE]
    while todo:
        for entry in os.scandir(todo.pop()):
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ("fonts", "__pycache__"):
                    todo.append(entry.path)
            elif entry.name.endswith((".py", ".yaml", ".toml", ".icc")):
                newest = max(newest, entry.stat().st_mtime_ns)
    return newest


def _unlabelled(language: str, brand: Brand, source: str) -> tuple[Problem, ...]:
    """A warning where the house has no words in a language."""
    labels = Labels(brand, language)
    if labels.known:
        return ()
    hint = "give the brand a `labels:` table for it"
    english = "dates and labels" if labels.foreign("months") else "labels"
    message = f"the house has no words in '{language}' yet: {english} are in English"
    return (Problem(Place(source), message, hint, "warning"),)

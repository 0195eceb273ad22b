"""The recipe: a source to a finished PDF, with what a process keeps between two of them."""

import os
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.desk.provenance import PROGRAM, Asked, carried, identity, manifest, names_of
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.brands import Found, read_brand
from layout.house.faces import PACKAGE
from layout.house.labels import Labels
from layout.manuscript.interview import Figure, Interview
from layout.manuscript.issue import Article, ForeignPages, Issue
from layout.manuscript.reader import read_source
from layout.manuscript.reading import quoted
from layout.manuscript.text import Picture, Words
from layout.manuscript.values import says_nothing
from layout.plates.edition import PROFILE, profile_bytes

if TYPE_CHECKING:
    from layout.plates.attachment import Attachment
    from layout.setting.looks import TypeCase

KEY_TAIL = 2048
"""So many bytes at a file's end, or from its cross-references on, hold its identifier."""


class Order(Struct, frozen=True):
    """What is asked for: a source, where its PDF goes, in which edition and brand."""

    source: str
    output: str
    edition: str = "digital"
    brand: str | None = None
    force: bool = False
    pages: tuple[int, int] | None = None
    """The least and the most pages an interview may take."""


class Made(Struct, frozen=True):
    """What came of an order: `status` is built, current or refused; `files` are all that it was made from.

    `failed` says that it was refused through no fault of the source: the surroundings did not let it be made.
    """

    source: str
    edition: str
    output: str
    pages: int
    size: int
    status: str
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    failed: bool = False


def not_made(
    order: Order, problems: Iterable[Problem], files: tuple[str, ...] = (), failed: bool = False
) -> Made:
    """What came of an order that could not be carried out."""
    problems = tuple(problems)
    return Made(order.source, order.edition, order.output, 0, 0, "refused", problems, files, failed)


def failure(error: OSError, file: str) -> Problem:
    """What the system said, about the file it names, else about `file`."""
    named = error.filename2 or error.filename or file
    return Problem(Place(os.fsdecode(named)), (error.strerror or str(error)).lower())


def fault(error: Exception, file: str) -> Problem:
    """What went wrong in the program itself, and where in it."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    code = last.tb_frame.f_code if last is not None else None
    where = f"{os.path.basename(code.co_filename)}, {code.co_name}" if code is not None else "?"
    message = f"this is a fault of the program: {type(error).__name__} in {where}: {error}"
    return Problem(Place(file), message[:500], "please report it with the source")


class Work(Struct, frozen=True):
    """A source that was read with all it names: the files are what the result depends on."""

    record: Interview | Issue
    articles: dict[str, Interview]
    found: Found
    files: tuple[str, ...]
    names: dict[str, str]
    asked: Asked


class Workshop:
    """Reads and typesets; keeps the type of each brand from one source to the next."""

    def __init__(self) -> None:
        self._found: dict[tuple[str | None, str], tuple[Found, tuple[int, ...]]] = {}
        self._cases: dict[tuple[str, ...], tuple[Found, TypeCase]] = {}
        self._digests: dict[tuple[str, int, int], bytes] = {}

    def read(
        self,
        source: str,
        brand: str | None,
        edition: str,
        pages: tuple[int, int] | None = None,
        base: str = "",
    ) -> Work:
        """A source, its brand and its articles; raises `Refused` with every problem of all of them.

        A `brand` of the command line is looked for from the folder `base`, '' for the present one.
        """
        record = read_source(source)
        problems: list[Problem] = []
        articles: dict[str, Interview] = {}
        if isinstance(record, Issue):
            from layout.bindery.bind import read_articles

            try:
                articles = read_articles(record)
            except Refused as refusal:
                problems += refusal.problems
        found = None
        try:
            found = self.brand(record, source, brand, base)
        except Refused as refusal:
            problems += refusal.problems
        if problems or found is None:
            raise Refused(problems)
        files = tuple(dict.fromkeys(_files(source, record, articles, found)))
        names = names_of(files, source, base)
        named = names[found.files[0]] if brand is not None else None
        asked = Asked(edition, named, pages, os.environ.get("SOURCE_DATE_EPOCH", "").strip())
        return Work(record, articles, found, files, names, asked)

    def key(self, work: Work) -> str:
        """The identifier of what comes of a source: it changes with everything that it is made from."""
        own = {f"{PROGRAM}/{os.path.basename(PROFILE)}": sha256(profile_bytes()).digest()}
        return identity(work.asked, self._digests_of(work) | own)

    def _digests_of(self, work: Work) -> dict[str, bytes]:
        """The sha-256 of each file by its name."""
        return {work.names[file]: self._digest(file) for file in work.files}

    def brand(
        self, record: Interview | Issue, source: str, named: str | None, base: str = ""
    ) -> Found:
        """The brand that the command line names, else the source."""
        place = Place(source)
        if named is not None:
            source = os.path.join(base or os.getcwd(), "command line")
            place = Place("--brand")
        name = named or record.brand
        key = (name, os.path.dirname(os.path.abspath(source)))
        kept = self._found.get(key)
        if kept is None or kept[1] != _stamps(kept[0].files):
            found = read_brand(name, source, place)
            kept = self._found[key] = (found, _stamps(found.files))
        return kept[0]

    def typeset(
        self, work: Work, source: str, edition: str, wanted: tuple[int, int] | None = None
    ) -> tuple[bytes, int, tuple[Problem, ...]]:
        """The PDF of a source that was read, its number of pages, warnings and notes; raises `Refused`."""
        from layout.plates.edition import EDITIONS
        from layout.setting.looks import TypeCase

        case = self._case(work.found)
        assert isinstance(case, TypeCase)
        warnings = (*_unlabelled(work.record.language, case, source), *mute_pictures(work))
        row = EDITIONS[edition]
        key, name = self.key(work), os.path.basename(work.names[source])
        attachments = self._attachments(work, source) if row.sources else []
        if isinstance(work.record, Issue):
            from layout.bindery.bind import bind

            if wanted is not None:
                hint = "fit its interviews one by one, or leave --pages out"
                raise refuse(Place(source), "an issue has as many pages as its parts", hint)
            bound = bind(work.record, work.articles, case, row, key, attachments, name)
            return bound.pdf, bound.pages, (*warnings, *bound.notes)
        from layout.desk.reprint import reprint
        from layout.makeup.copyfit import Wanted

        asked = Wanted(*wanted) if wanted is not None else None
        pdf, pages, notes = reprint(
            work.record, case, row, source, key, wanted=asked, attachments=attachments, name=name
        )
        return pdf, pages, (*warnings, *notes)

    def _attachments(self, work: Work, source: str) -> "list[Attachment]":
        """What the result carries: its sources, and the manifest."""
        profiles = {os.path.basename(PROFILE): profile_bytes()}
        record = manifest(work.names[source], work.asked, self._digests_of(work), profiles)
        return carried(work.names, source, record)

    def _case(self, found: Found) -> object:
        from layout.setting.looks import TypeCase

        kept = self._cases.get(found.files)
        if kept is None or (kept[0] is not found and kept[0].brand != found.brand):
            kept = self._cases[found.files] = (found, TypeCase(found.brand))
        return kept[1]

    def make(self, order: Order) -> Made:
        """Carry out an order: whole or not at all; an older good file stays where a new one is refused."""
        files = [order.source]
        try:
            return self._made(order, files)
        except Refused as refusal:
            return not_made(order, refusal.problems, tuple(files))
        except OSError as error:
            return not_made(order, (failure(error, order.output),), tuple(files), failed=True)
        except Exception as error:  # a fault of ours: the other orders are carried out all the same
            return not_made(order, (fault(error, order.source),), tuple(files), failed=True)

    def _made(self, order: Order, files: list[str]) -> Made:
        """The same; what it depends on goes into `files` as soon as it is known."""
        from layout.ground.whole import write_whole

        source, edition, output = order.source, order.edition, order.output
        work = self.read(source, order.brand, edition, order.pages)
        files[:] = work.files
        if os.path.realpath(output) in map(os.path.realpath, files):
            hint = "give another name with -o"
            raise refuse(Place(source), f"{output} is one of the files it is made from", hint)
        if not order.force and _is_current(output, self.key(work)):
            size = os.path.getsize(output)
            return Made(source, edition, output, 0, size, "current", (), work.files)
        pdf, pages, problems = self.typeset(work, source, edition, order.pages)
        write_whole(output, pdf)
        return Made(source, edition, output, pages, len(pdf), "built", problems, work.files)

    def _digest(self, file: str) -> bytes:
        """The sha-256 of a file, read once a process as long as it does not change."""
        status = os.stat(file)
        key = (file, status.st_mtime_ns, status.st_size)
        found = self._digests.get(key)
        if found is None:
            with open(file, "rb") as data:
                found = self._digests[key] = sha256(data.read()).digest()
        return found


def _files(
    source: str, record: Interview | Issue, articles: dict[str, Interview], found: Found
) -> Iterable[str]:
    """The source, what it names, the brand and its fonts."""
    yield source
    yield from found.files
    for family in found.brand.fonts.values():
        yield from family.files
    if found.brand.masthead.logo is not None:
        yield found.brand.masthead.logo.path
    if isinstance(record, Issue):
        for part in record.contents:
            if isinstance(part, Article):
                yield part.interview.path
            elif isinstance(part, ForeignPages):
                yield part.pdf.path
        for interview in articles.values():
            yield from _pictures(interview)
    else:
        yield from _pictures(record)


def _pictures(interview: Interview) -> Iterable[str]:
    """The picture files of an interview."""
    for picture, _ in _shown(interview):
        yield picture.path


def _shown(interview: Interview) -> Iterable[tuple[Picture, Words]]:
    """The pictures of an interview, and what is said of them to those who cannot see them."""
    person = interview.interviewee
    if person is not None and person.portrait is not None:
        yield person.portrait.image, person.portrait.alt
    for entry in interview.interview:
        if isinstance(entry, Figure):
            yield entry.figure, entry.alt


def mute_pictures(work: Work) -> tuple[Problem, ...]:
    """A warning for each picture of which is said what could be said of any (PDF/UA-1, 7.3)."""
    interviews = list(work.articles.values())
    if isinstance(work.record, Interview):
        interviews.append(work.record)
    hint = 'say in words what it shows; "" marks decoration'
    return tuple(
        Problem(
            alt.place, f"the alternative text says nothing: {quoted(alt.text)}", hint, "warning"
        )
        for interview in interviews
        for _, alt in _shown(interview)
        if alt.text and says_nothing(alt.text)
    )


def _stamps(files: Iterable[str]) -> tuple[int, ...]:
    """When each file last changed, -1 for one that is gone."""
    return tuple(os.stat(file).st_mtime_ns if os.path.exists(file) else -1 for file in files)


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
            elif entry.name.endswith((".py", ".yaml", ".icc")):
                newest = max(newest, entry.stat().st_mtime_ns)
    return newest


def _unlabelled(language: str, case: object, source: str) -> tuple[Problem, ...]:
    """A warning where the house has no words in a language."""
    from layout.setting.looks import TypeCase

    assert isinstance(case, TypeCase)
    if Labels(case.brand, language).known:
        return ()
    hint = "give the brand a `labels:` table for it"
    message = f"the house has no words in '{language}' yet: dates and labels are in English"
    return (Problem(Place(source), message, hint, "warning"),)

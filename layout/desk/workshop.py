"""The recipe: a source to its finished PDFs, with what a process keeps between two of them."""

import gc
import os
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from layout.desk.cycles import settle
from layout.desk.provenance import (
    OWN_PROFILES,
    PROGRAM,
    Asked,
    carried,
    identity,
    manifest,
    names_of,
    names_of_faces,
)
from layout.desk.signature import Digests
from layout.desk.work import Manuscript, Typeset, Work, absent_of, files_of, mute_pictures, stamps
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.brand import Brand
from layout.house.brands import Found, read_brand
from layout.house.fontfiles import split_index
from layout.house.labels import Labels
from layout.house.press import MARKS, Press
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Issue
from layout.manuscript.paths import tree_of
from layout.manuscript.reader import read_source
from layout.plates.edition import EDITIONS

if TYPE_CHECKING:
    from layout.bindery.bind import BoundIssue
    from layout.desk.reprint import Reprint
    from layout.plates.attachment import Attachment
    from layout.plates.pictures import Darkroom
    from layout.plates.prints import Prints
    from layout.setting.looks import Met, TypeCase

NONE: Mapping[str, str] = {}

BRANDS, CASES = 256, 8
"""So many brands are kept, and so many with their type: a batch may have one for each of thousands of folders."""

WORDS = 10_000
"""So many shaped words are kept: an archive has ever more of them, and most are never met again."""


class Workshop:
    """Reads and typesets; keeps the type of each brand from one source to the next.

    `met` are the faces that the last source met beside its brand's own.
    """

    def __init__(self) -> None:
        self._found: dict[tuple[str | None, str, bool], tuple[Found, object]] = {}
        self._cases: dict[tuple[str, ...], tuple[Brand, TypeCase]] = {}
        self.digests = Digests()
        self.met: Met | None = None

    @cached_property
    def prints(self) -> "Prints":
        """The finished pictures that are kept for the next file."""
        from layout.plates.prints import Prints

        return Prints()

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
        return {name: self.digests.of(path)[0] for name, path in OWN_PROFILES.items()}

    def _digests_of(self, work: Work, faces: Mapping[str, str]) -> dict[str, bytes]:
        """The sha-256 of each file by its name."""
        found = {work.names[file]: self.digests.of(file)[0] for file in work.files}
        return found | {it: self.digests.of(split_index(path)[0])[0] for path, it in faces.items()}

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
        if kept is None or kept[1] != _seen(kept[0], source):
            if len(self._found) >= BRANDS:
                self._found.clear()
            found = read_brand(name, source, place, press)
            kept = self._found[key] = (found, _seen(found, source))
        return kept[0]

    def forget_brands(self) -> None:
        """Read every brand again."""
        self._found.clear()

    def typeset(self, work: Work, source: str) -> Typeset:
        """The made-up pages of a source that was read, the same for all editions; raises `Refused`."""
        case = self._case(work.found)
        self.met = case.met
        self.met.clear()
        made = self._made_up(work, source, case)
        faces = names_of_faces(case.met.used, work.files)
        return Typeset(made, faces, tuple(case.met.passed.values()))

    def _made_up(self, work: Work, source: str, case: "TypeCase") -> "Reprint | BoundIssue":
        # Cycles are looked for as soon as all is imported: what is made up may be a long issue.
        from layout.makeup.copyfit import Wanted

        name = os.path.basename(work.names[source])
        wanted = work.asked.pages
        record, articles = _as_printed(work)
        if isinstance(record, Issue):
            from layout.bindery.bind import bind

            if wanted is not None:
                hint = "fit its interviews one by one, or leave --pages out"
                raise refuse(Place(source), "an issue has as many pages as its parts", hint)
            settle()
            issue = record
            if work.asked.folio is not None:
                issue = replace(issue, first_folio=work.asked.folio)
            return bind(issue, articles, case, name)
        from layout.desk.reprint import reprint

        settle()
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
        if darkroom is None:
            from layout.plates.pictures import Darkroom

            darkroom = Darkroom(prints=self.prints)
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
        if kept is not None and kept[1].words > WORDS:
            kept = None
            self._cases.clear()
            gc.collect()  # looks and shapers lead to each other
        if kept is None or kept[0] != look:
            if len(self._cases) >= CASES:
                self._cases.clear()
            kept = self._cases[found.files] = (look, TypeCase(look))
        return kept[1]


def _seen(found: Found, source: str) -> object:
    """What the system says of a brand's files, and of those in the project that would go before the program's own."""
    own = os.path.join(tree_of(source), "brands")
    return stamps((*found.files, *[os.path.join(own, os.path.basename(it)) for it in found.files]))


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


def _unlabelled(language: str, brand: Brand, source: str) -> tuple[Problem, ...]:
    """A warning where the house has no words in a language."""
    labels = Labels(brand, language)
    if labels.known:
        return ()
    hint = "give the brand a `labels:` table for it"
    english = "dates and labels" if labels.foreign("months") else "labels"
    message = f"the house has no words in '{language}' yet: {english} are in English"
    return (Problem(Place(source), message, hint, "warning"),)

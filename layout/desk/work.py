"""What was read for an order: a source, all that it names, and the files that a result depends on."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from layout.desk.provenance import Asked
from layout.ground.problems import Problem
from layout.house.brands import Found
from layout.house.fontfiles import split_index
from layout.manuscript.interview import Figure, Interview
from layout.manuscript.issue import Article, Issue
from layout.manuscript.reading import quoted
from layout.manuscript.text import Picture, Words
from layout.manuscript.values import says_nothing

if TYPE_CHECKING:
    from layout.bindery.bind import BoundIssue
    from layout.desk.reprint import Reprint


class Manuscript(Struct, frozen=True):
    """A source as it was read, and for an issue its articles by their files."""

    record: Interview | Issue
    articles: dict[str, Interview]


class Typeset(Struct, frozen=True):
    """The made-up pages of a source, the same for all editions, and what was met on the way.

    `faces` are those found for scripts that the brand has none for, by their paths, with their names in a
    manifest; `passed` tells of those that were passed over.
    """

    made: "Reprint | BoundIssue"
    faces: dict[str, str]
    passed: tuple[Problem, ...]


class Work(Struct, frozen=True):
    """A source that was read with all it names: the files are what the result depends on."""

    manuscript: Manuscript
    found: Found
    files: tuple[str, ...]
    names: dict[str, str]
    asked: Asked

    @property
    def record(self) -> Interview | Issue:
        """The source itself."""
        return self.manuscript.record


def absent_of(manuscript: Manuscript) -> list[Problem]:
    """The files for the press that an issue names and that are not there."""
    parts = manuscript.record.foreign() if isinstance(manuscript.record, Issue) else ()
    named = [part.press for part in parts]
    return [Problem(it.place, it.absent, it.hint) for it in named if it is not None and it.absent]


def files_of(source: str, manuscript: Manuscript, found: Found, press: bool) -> Iterable[str]:
    """The source, what it names, the brand and its fonts; for the `press` its own files in place of others."""
    record = manuscript.record
    yield source
    yield from files_of_brand(found, press)
    if isinstance(record, Issue):
        for part in record.contents:
            if isinstance(part, Article):
                yield part.interview.path
        for pages in record.foreign():
            yield pages.file(press).path
        for interview in manuscript.articles.values():
            yield from _pictures(interview)
    else:
        yield from _pictures(record)


def files_of_brand(found: Found, press: bool) -> Iterable[str]:
    """The files of a brand and all that they name; those for the `press` if that is asked for."""
    yield from found.files
    if press and found.brand.press.profile is not None:
        yield found.brand.press.profile
    for family in found.brand.fonts.values():
        yield from [split_index(face)[0] for face in family.files]
    if found.brand.masthead.logo is not None:
        yield found.brand.masthead.logo.path


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
    interviews = list(work.manuscript.articles.values())
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


def stamps(files: Iterable[str]) -> tuple[tuple[int, ...], ...]:
    """What the system says of each file, which changes when it does; nothing of one that is gone."""
    return tuple(_stamp(os.stat(file)) if os.path.exists(file) else () for file in files)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino

"""An issue from its parts: every interview typeset at its own folio, foreign pages between, one document.

Where each part begins is known before anything is painted: a galley takes as many pages at any folio,
and so does the table of contents. All editions have the same pages.
"""

from collections.abc import Sequence

from layout.bindery.binder import Binder
from layout.bindery.made import MadeIssue
from layout.ground.problems import Problem, Refused
from layout.house.brand import Brand
from layout.manuscript.interview import Interview
from layout.manuscript.issue import Article, Issue
from layout.manuscript.reader import read_interview
from layout.plates.attachment import Attachment
from layout.plates.edition import Edition
from layout.plates.pictures import Darkroom
from layout.setting.looks import TypeCase


def read_articles(issue: Issue) -> dict[str, Interview]:
    """The interviews of an issue by their files; raises `Refused` with the problems of all of them."""
    found: dict[str, Interview] = {}
    problems: list[Problem] = []
    for part in issue.contents:
        if isinstance(part, Article) and part.interview.path not in found:
            try:
                found[part.interview.path] = read_interview(part.interview.path)
            except Refused as refusal:
                problems += refusal.problems
    if problems:
        raise Refused(problems)
    return found


class BoundIssue(MadeIssue):
    """An issue, made up, that can be painted in any edition."""

    def painted(
        self,
        edition: Edition,
        brand: Brand,
        key: str,
        attachments: Sequence[Attachment] = (),
        darkroom: Darkroom | None = None,
    ) -> tuple[bytes, tuple[Problem, ...]]:
        """The PDF in an edition with `key` as its identifier, and what could not come with foreign pages.

        Raises `Refused` for what cannot be made in this edition.
        """
        return Binder(self, edition, brand, darkroom).bound(key, attachments)


def bind(
    issue: Issue, articles: dict[str, Interview], case: TypeCase, name: str = ""
) -> BoundIssue:
    """The whole issue made up; raises `Refused`. `name` is that of the issue's own file, for its tags."""
    return BoundIssue(issue, articles, case, name)

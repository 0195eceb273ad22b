"""One interview to its PDFs: the driver, a step a line."""

import os
from collections.abc import Sequence

from msgspec import Struct

from layout.ground.problems import Problem
from layout.house.brand import Brand
from layout.makeup.copyfit import Wanted, fit
from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.page import Pages
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.plates.attachment import Attachment
from layout.plates.edition import Edition
from layout.plates.metadata import about_interview
from layout.plates.painter import Part, paint
from layout.plates.pictures import Darkroom
from layout.setting.looks import TypeCase


class Reprint(Struct, frozen=True):
    """One interview, made up: `notes` say what was moved to fit it, `name` is its file's in the tags."""

    interview: Interview
    case: TypeCase
    pages: Pages
    notes: tuple[Problem, ...]
    file: str
    name: str

    @property
    def count(self) -> int:
        """The number of pages."""
        return len(self.pages.pages)

    def painted(
        self,
        edition: Edition,
        brand: Brand,
        key: str,
        attachments: Sequence[Attachment] = (),
        darkroom: Darkroom | None = None,
    ) -> tuple[bytes, tuple[Problem, ...]]:
        """The PDF in an edition, and what was found of its pictures; raises `Refused`."""
        about = about_interview(self.interview)
        notes: tuple[Problem, ...] = ()
        pages = self.pages
        if edition.inks:
            from layout.plates.slug import with_slug
            from layout.plates.soundness import sound

            notes = sound(brand, [(pages, self.interview)], about.date, self.file)
            pages = with_slug(pages, edition, brand, about, self.case)
        part = Part(pages, source=self.name or os.path.basename(self.file))
        pdf = paint([part], brand, edition, about, key, None, attachments, darkroom)
        return pdf, notes


def reprint(
    interview: Interview,
    case: TypeCase,
    file: str,
    wanted: Wanted | None = None,
    name: str = "",
    folio: int = 1,
) -> Reprint:
    """The made-up pages of one interview, numbered from `folio` on; raises `Refused`."""
    publication = case.brand.masthead.text
    fitted = fit(interview, case, Banner(publication), file, wanted)
    banner = Banner(publication, fitted.galley.tagline, fitted.galley.dateline)
    pages = make_up(fitted.galley, fitted.case, folio, banner, file, planned=fitted.plan)
    prove(interview, pages)
    return Reprint(interview, case, pages, fitted.notes, file, name)

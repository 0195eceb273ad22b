"""One interview to one PDF: the driver, a step a line."""

import os
from collections.abc import Sequence

from layout.ground.problems import Problem
from layout.makeup.copyfit import Wanted, fit
from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.plates.attachment import Attachment
from layout.plates.edition import Edition
from layout.plates.metadata import about_interview
from layout.plates.painter import Part, paint
from layout.setting.looks import TypeCase


def reprint(
    interview: Interview,
    case: TypeCase,
    edition: Edition,
    file: str,
    key: str,
    first_folio: int = 1,
    wanted: Wanted | None = None,
    attachments: Sequence[Attachment] = (),
    name: str = "",
) -> tuple[bytes, int, tuple[Problem, ...]]:
    """The PDF of one interview, its number of pages, and what was moved to fit it; raises `Refused`.

    `name` is what the source is called in its tags: that of its file, if nothing else is said.
    """
    publication = case.brand.masthead.text
    fitted = fit(interview, case, Banner(publication), file, wanted)
    banner = Banner(publication, fitted.galley.tagline, fitted.galley.dateline)
    pages = make_up(fitted.galley, fitted.case, first_folio, banner, file, planned=fitted.plan)
    prove(interview, pages)
    part = Part(pages, source=name or os.path.basename(file))
    about = about_interview(interview)
    pdf = paint([part], case.brand, edition, about, key, attachments=attachments)
    return pdf, len(pages.pages), fitted.notes

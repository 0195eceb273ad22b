"""One interview to one PDF: the driver, a step a line."""

from layout.makeup.furniture import Banner
from layout.makeup.makeup import make_up
from layout.makeup.proof import prove
from layout.manuscript.interview import Interview
from layout.plates.edition import Edition
from layout.plates.metadata import about_interview
from layout.plates.painter import Part, paint
from layout.setting.compose import compose
from layout.setting.looks import TypeCase


def reprint(
    interview: Interview,
    case: TypeCase,
    edition: Edition,
    file: str,
    key: str,
    first_folio: int = 1,
) -> tuple[bytes, int]:
    """The PDF of one interview and its number of pages; raises `Refused`."""
    galley = compose(interview, case, file)
    banner = Banner(case.brand.masthead.text, galley.tagline, galley.dateline)
    pages = make_up(galley, case, first_folio, banner, file)
    prove(interview, pages, galley.tagline)
    pdf = paint([Part(pages)], case.brand, edition, about_interview(interview), key)
    return pdf, len(pages.pages)

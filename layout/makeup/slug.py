"""The slug: one line beyond the bleed that tells the printer what a page is of."""

from collections.abc import Callable

from msgspec.structs import replace

from layout.ground.units import MM
from layout.makeup.page import LAYOUT, Page, Pages
from layout.manuscript.text import Span
from layout.setting.galley import shifted
from layout.setting.hyphens import hyphenator
from layout.setting.looks import TypeCase
from layout.setting.paragraph import Setter

STYLE = "disclaimer"
"""It is set as small as the smallest words of the house."""

BELOW = 10 * MM
"""From the bleed to its baseline: farther out than a registration target."""

ASIDE = 24 * MM
"""From the trim's corners, which have marks of their own."""


def slugged(
    pages: Pages, bleed: float, say: Callable[[Page], str], case: TypeCase, language: str
) -> Pages:
    """The pages with what is to be said of each set under it; words that find no room are left out at the end."""
    setter = Setter(case.looks(language), hyphenator)
    found = []
    for page in pages.pages:
        room = page.width - 2 * ASIDE
        line = setter.set_spans([Span(say(page))], STYLE, room, LAYOUT)[0]
        marks = shifted(line.marks, ASIDE, -bleed - BELOW)
        found.append(replace(page, marks=(*page.marks, *marks)))
    return replace(pages, pages=tuple(found))

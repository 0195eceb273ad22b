"""Pages of what is written from the right: laid out from the start of each line on, and turned over at last."""

from msgspec.structs import replace

from layout.makeup.page import Anchor, Mark, Page, Pages, Run
from layout.setting.language import is_rtl


def mirrored(pages: Pages, language: str) -> Pages:
    """The pages as readers of a language have them: where it is written from the right, start is the right side.

    Columns, alley, sidebar, margins and folios change sides; no picture and no letter is turned over.
    """
    if not is_rtl(language):
        return pages
    return replace(pages, pages=tuple([_page(page) for page in pages.pages]))


def _page(page: Page) -> Page:
    return replace(page, marks=tuple([_mark(mark, page.width) for mark in page.marks]))


def _mark(mark: Mark, width: float) -> Mark:
    """A mark as far from the right edge as it was from the left."""
    if isinstance(mark, Anchor):
        return replace(mark, x=width - mark.x)
    own = mark.advance if isinstance(mark, Run) else mark.width
    return replace(mark, x=width - mark.x - own)

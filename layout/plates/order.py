"""The order in which a page is painted: that of reading, as far as one page can keep it.

Programs that know no tags read a page as it was painted. So texts are painted in the order of the tags, all
that a page holds of one text together; what goes on from the page before comes first, and what goes on over
the page comes last: no folio or caption stands inside a paragraph then. Where marks are is not touched.
"""

from collections.abc import Sequence

from layout.makeup.page import FOLIO, FOOTER, HEADER, LAYOUT, Element, Image, Mark, Page, Run, whole


def texts_on(page: Page, elements: Sequence[Element]) -> frozenset[int]:
    """The texts that a page holds something of."""
    found = {mark.element for mark in page.marks if isinstance(mark, Run)}
    return frozenset([whole(element, elements) for element in found if element >= 0])


def in_order(
    marks: Sequence[Mark],
    elements: Sequence[Element],
    before: frozenset[int],
    after: frozenset[int],
) -> list[Run | Image]:
    """Runs and pictures in the order of painting; `before` and `after` are the texts of the neighbouring pages."""
    texts: dict[int, list[Run | Image]] = {}
    for mark in marks:
        if isinstance(mark, Run | Image):
            texts.setdefault(whole(mark.element, elements), []).append(mark)
    first = sorted(before & texts.keys())
    last = sorted((after & texts.keys()) - set(first), reverse=True)
    head = [text for text in (LAYOUT, HEADER) if text in texts]
    foot = [text for text in (FOOTER, FOLIO) if text in texts]
    between = sorted(texts.keys() - {*first, *last, *head, *foot})
    return [mark for text in (*first, *head, *between, *foot, *last) for mark in texts[text]]

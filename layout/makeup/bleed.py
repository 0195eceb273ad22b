"""Bleed: what touches the trim goes on beyond it, so that no white edge shows where the knife is off a little."""

from msgspec.structs import replace

from layout.makeup.page import Image, Mark, Page, Pages, Rule, Tint

TOUCH = 0.5
"""What ends nearer than this to the trim, in points, touches it."""


def bled(pages: Pages, bleed: float) -> Pages:
    """The pages with tints, rules and pictures that touch the trim drawn `bleed` points beyond it."""
    found = tuple(_page(page, bleed) for page in pages.pages)
    return replace(pages, pages=found)


def _page(page: Page, bleed: float) -> Page:
    marks = tuple(_mark(mark, page, bleed) for mark in page.marks)
    return (
        page
        if all(a is b for a, b in zip(marks, page.marks, strict=True))
        else replace(page, marks=marks)
    )


def _mark(mark: Mark, page: Page, bleed: float) -> Mark:
    if isinstance(mark, Tint | Image):
        x, width = _over(mark.x, mark.width, page.width, bleed)
        y, height = _over(mark.y, mark.height, page.height, bleed)
        if (x, y, width, height) != (mark.x, mark.y, mark.width, mark.height):
            return replace(mark, x=x, y=y, width=width, height=height)
    elif isinstance(mark, Rule):
        x, width = _over(mark.x, mark.width, page.width, bleed)
        y, weight = _over(mark.y - mark.weight / 2, mark.weight, page.height, bleed)
        if (x, width, weight) != (mark.x, mark.width, mark.weight):
            return replace(mark, x=x, y=y + weight / 2, width=width, weight=weight)
    return mark


def _over(start: float, size: float, room: float, bleed: float) -> tuple[float, float]:
    """Where something begins and how far it reaches, beyond the edges of its `room` that it touches."""
    end = start + size
    if start < TOUCH:
        start = min(start, -bleed)
    if end > room - TOUCH:
        end = max(end, room + bleed)
    return start, end - start

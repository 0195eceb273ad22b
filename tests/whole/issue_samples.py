"""Parts of issues, and what is printed on the pages of a bound one."""

import re

HYPHENS = {"interview": "why-hyphens.yaml"}
FRENCH = {"interview": "espace-fine.yaml"}
CALENDAR = {"pdf": "calendar.pdf", "title": "A Printer’s Almanac"}
CONTENTS = {"contents": "Contents"}


def outline(reader) -> dict[str, int]:
    """The page of every bookmark by its title."""
    found: dict[str, int] = {}

    def walk(items) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                found.setdefault(item.title, reader.get_destination_page_number(item))

    walk(reader.outline)
    return found


def at_the_foot(page) -> list[str]:
    """What is printed on the folio's line, with the side it stands on."""
    found = []

    def visit(text, _cm, tm, _font, _size) -> None:
        if text.strip() and 40 < tm[5] < 62:
            found.append((round(tm[4]), text.strip()))

    page.extract_text(visitor_text=visit)
    return found


def at_the_head(page) -> dict[str, str]:
    """What is printed over the type area, by the side it stands on."""
    found: dict[str, str] = {}
    width = float(page.mediabox.width)

    def visit(text, _cm, tm, _font, _size) -> None:
        if text.strip() and tm[5] > 796:
            side = "left" if tm[4] < width / 2 else "right"
            found[side] = " ".join([*found.get(side, "").split(), *text.split()])

    page.extract_text(visitor_text=visit)
    return found


def folio(page) -> tuple[str, str]:
    """The folio printed on a page and the side it stands on; '' where there is none."""
    width = float(page.mediabox.width)
    for x, text in at_the_foot(page):
        for word in (text.split()[0], text.split()[-1]):
            if re.fullmatch(r"\d+|[ivxlc]+", word) and not 60 < x < width - 80:
                return word, "left" if x < width / 2 else "right"
    return "", ""


def blank(page) -> bool:
    return not page.extract_text().strip() and "/XObject" not in page.get("/Resources", {})

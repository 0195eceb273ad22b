"""Whether pages can go to the press: what of their pictures and dates a printer would send back."""

from collections.abc import Iterable, Iterator

from layout.ground.problems import Place, Problem, Refused
from layout.ground.units import MM
from layout.house.brand import Brand
from layout.makeup.page import Image, Pages
from layout.manuscript.interview import Figure, Interview
from layout.manuscript.text import Picture
from layout.plates.metadata import UNDATED, moment


def sound(
    brand: Brand,
    parts: Iterable[tuple[Pages, Interview]],
    date: str,
    file: str,
) -> tuple[Problem, ...]:
    """What is to be said of pages before they go to the press; raises `Refused` for what must not go there.

    `date` is that of the source `file`.
    """
    found = [problem for part in parts for problem in _coarse(*part, brand)]
    errors = [problem for problem in found if problem.severity == "error"]
    if errors:
        raise Refused(errors)
    if not moment(date):
        message = f"the source has no date: the press file says {UNDATED}, since PDF/X-4 wants one"
        hint = "give it `date:`, or set SOURCE_DATE_EPOCH"
        found.append(Problem(Place(file), message, hint, "warning"))
    return tuple(dict.fromkeys(found))


def _coarse(pages: Pages, interview: Interview, brand: Brand) -> Iterator[Problem]:
    """The pictures whose pixels would be seen at the size they are placed in."""
    wanted = brand.press.resolution
    for page in pages.pages:
        for mark in page.marks:
            if not isinstance(mark, Image):
                continue
            kind, picture = _named(mark, pages, interview, brand)
            found = density(mark, picture)
            if found >= wanted.good:
                continue
            width, height = mark.width / 72 * wanted.good, mark.height / 72 * wanted.good
            yield Problem(
                picture.place,
                f"{kind} has {found:.0f} ppi at {mark.width / MM:.0f} mm",
                f"take one of {width:.0f} \u00d7 {height:.0f} pixels or more, or show it smaller",
                "error" if found < wanted.least else "warning",
            )


def density(mark: Image, picture: Picture) -> float:
    """The pixels to an inch of a picture that covers its box."""
    return 72 / max(mark.width / picture.width, mark.height / picture.height)


def _named(mark: Image, pages: Pages, interview: Interview, brand: Brand) -> tuple[str, Picture]:
    """What the picture is, and where it was named: the nearest place in the source that names this file."""
    line = pages.elements[mark.element].line if mark.element >= 0 else 0
    there = [
        (abs(picture.place.line - line), kind, picture)
        for kind, picture in _pictures(interview, brand)
        if picture.path == mark.path
    ]
    return min(there, key=lambda found: found[0])[1:]


def _pictures(interview: Interview, brand: Brand) -> Iterator[tuple[str, Picture]]:
    person = interview.interviewee
    if person is not None and person.portrait is not None:
        yield "portrait", person.portrait.image
    for entry in interview.interview:
        if isinstance(entry, Figure):
            yield "figure", entry.figure
    if brand.masthead.logo is not None:
        yield "logo", brand.masthead.logo

"""What the sources that files carry tell of the contents they are to be listed in."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from msgspec import Struct

from layout.bindery.anew import Asked
from layout.bindery.foreign import Opened
from layout.bindery.made import dateline_of, kicker_of
from layout.desk.again import laid_out, work_of
from layout.desk.origin import origins
from layout.desk.work import Work
from layout.desk.workshop import Workshop
from layout.ground.problems import Place, Refused
from layout.house.brand import Brand
from layout.house.brands import read_brand
from layout.house.labels import Labels
from layout.manuscript.interview import Interview
from layout.manuscript.issue import ContentsPages, Issue, Section
from layout.setting.looks import TypeCase


class _Known(Struct):
    """What was found so far; the first file that says something of the look is the one that is followed."""

    brand: Brand | None = None
    title: str = ""
    publication: str = ""
    language: str = ""
    dateline: str = ""
    sections: tuple[str, ...] = ()
    kickers: dict[str, str] = {}


def contents_of(
    files: Sequence[Opened],
    pages: tuple[int, int] | None,
    brand: str | None,
    fonts: Sequence[str],
    place: Place,
    stack: ExitStack,
) -> Asked:
    """Contents in the look of a `brand` that was named, else of the first file that carries one, else the house's.

    Files that carry nothing, or cannot be read here, are listed by their outlines alone. What a brand is made of
    is laid out until the `stack` ends. Raises `Refused` for a brand that is none.
    """
    known, workshop = _Known(kickers={}), Workshop()
    for opened in files:
        for work in _works(workshop, opened, fonts, stack):
            _learn(known, work)
    if brand is not None:
        known.brand = read_brand(brand, "command line", Place("--brand")).brand
    look = known.brand or read_brand(None, place.file, place).brand
    language = known.language or "en"
    return Asked(
        known.title or Labels(look, language)["contents"],
        TypeCase(look),
        known.publication or look.masthead.text,
        language,
        pages,
        known.dateline,
        frozenset(known.sections),
        known.kickers,
    )


def _works(
    workshop: Workshop, opened: Opened, fonts: Sequence[str], stack: ExitStack
) -> Iterator[Work]:
    """The sources of a file, read where they are laid out."""
    try:
        found = origins(opened)
    except Refused:
        return
    for origin in found:
        try:
            source = stack.enter_context(laid_out(origin, fonts, opened.name))
            yield work_of(workshop, origin, source)
        except Refused:
            continue


def _learn(known: _Known, work: Work) -> None:
    record = work.record
    known.brand = known.brand or work.found.brand
    known.language = known.language or record.language
    if isinstance(record, Issue):
        known.publication = known.publication or work.found.brand.masthead.text or record.title.text
        labels = Labels(work.found.brand, record.language)
        known.dateline = known.dateline or dateline_of(record, labels)
        for part in record.contents:
            if isinstance(part, Section):
                known.sections += (part.section.text,)
            elif isinstance(part, ContentsPages) and not known.title:
                known.title = part.contents.text
    interviews = [*work.manuscript.articles.values()]
    interviews += [record] if isinstance(record, Interview) else []
    for interview in interviews:
        known.kickers.setdefault(interview.title.text, kicker_of(interview))

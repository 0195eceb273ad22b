"""Whether a file put together may claim what the files in it claim, and which page takes a claim away."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from layout.bindery.claims import stated
from layout.bindery.foreign import Opened
from layout.ground.problems import Place, Problem
from layout.house.brand import Brand
from layout.plates.edition import EDITIONS, Edition


class Origin(Struct, frozen=True):
    """Where pages come from: the file that gives them, its name, and the number of the first page of them in it."""

    place: Place
    name: str
    page: int


def edition_of(opened: Opened) -> Edition | None:
    """The edition whose claims are just those that a file makes; None for none, and for other claims."""
    with opened.reading():
        claims = stated(opened)
    return next((it for it in EDITIONS.values() if frozenset(it.standards) == claims), None)


def stands(files: Sequence[Opened]) -> bool:
    """Whether all files were written by this program and claim the same: what was proved of each holds for the whole.

    A file's seal says that nothing touched it since; all others have to be looked at.
    """
    edition = edition_of(files[0])
    return edition is not None and all(it.is_sealed and edition_of(it) is edition for it in files)


def wanting(
    opened: Opened,
    edition: Edition,
    origin_of: Callable[[int], Origin | None],
    whole: Place,
    name: str,
    brand: Brand | None = None,
) -> tuple[Problem, ...]:
    """A warning for each file that keeps a whole one called `name` from its edition's standards, at its first page.

    `origin_of` tells where a page of it comes from, by its number from 1.
    """
    from layout.bindery.preflight import Demands, asked_by, inspect

    # Plates are for the printer to look at: what a file claims does not depend on them, nor on other programs.
    demands = asked_by(brand, plates=False) if brand is not None else Demands(plates=False)
    errors = [
        it
        for profile in edition.profiles
        for it in inspect(opened, profile, demands)
        if it.severity == "error" and it.clause
    ]
    found: dict[Place, Problem] = {}
    for finding in errors:
        origin = origin_of(finding.page) if finding.page else None
        at, where = whole, f"page {finding.page} of {name}: " if finding.page else ""
        if origin is not None:
            at, where = origin.place, f"page {origin.page} of {origin.name}: "
        message = f"{name} does not claim {edition.claims}: {where}{finding.message}"
        found.setdefault(at, Problem(at, message, finding.hint, "warning"))
    return tuple(found.values())

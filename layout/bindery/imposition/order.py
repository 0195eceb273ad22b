"""Pages in the order of their places, with blanks where a sheet would not be full."""

from collections.abc import Sequence

from layout.bindery.imposition.job import Job
from layout.bindery.imposition.schemes import step_of
from layout.ground.problems import Place, refuse


def arranged(pages: int, job: Job, place: Place) -> Sequence[int | None]:
    """The index from 0 of the page in each place, None for a blank.

    Blanks stand at the end, or before the last page so that a back cover stays one. Raises `Refused` at
    `place` where blanks are needed and not wanted.
    """
    step = step_of(job.scheme, job.signature, job.up)
    missing = -pages % step
    if missing and job.blanks == "none":
        counted = "1 page" if pages == 1 else f"{pages} pages"
        message = f"{counted} do{'es' * (pages == 1)} not fill sheets of {step}"
        wanted = "1 more page" if missing == 1 else f"{missing} more pages"
        raise refuse(place, message, f"add {wanted}, or let blanks be added: --blanks end")
    numbers: list[int | None] = list(range(pages))
    blanks: list[int | None] = [None] * missing
    at = pages - 1 if job.blanks == "before-last" else pages
    return [*numbers[:at], *blanks, *numbers[at:]]

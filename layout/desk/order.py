"""What is asked of the workshop, and what came of it."""

import os
from collections.abc import Iterable

from msgspec import Struct

from layout.desk.signature import Signature
from layout.ground.problems import Place, Problem


class Target(Struct, frozen=True):
    """A file that is wanted of a source, in an edition; `clash` says why it cannot be.

    `because` says what the ledger has against the file that is there; a `stale` one is made anew without
    being asked for its identifier.
    """

    edition: str
    output: str
    clash: Problem | None = None
    because: str = ""
    stale: bool = False


class Order(Struct, frozen=True):
    """What is asked for: a source, its PDFs, and how they are to be made.

    `pages` are the least and the most an interview may take; `marks` asks for all marks of the printer,
    `folio` is the number of the first page. What is `noted` tells the ledger what it was made from.
    """

    source: str = ""
    targets: tuple[Target, ...] = ()
    brand: str | None = None
    force: bool = False
    pages: tuple[int, int] | None = None
    marks: bool = False
    folio: int | None = None
    noted: bool = False


class Input(Struct, frozen=True, gc=False):
    """Something that a result was made from: of a kind (see `inputs`), at a full path, with the sha-256 of its content.

    The digest of what is not there is empty.
    """

    kind: str
    path: str
    digest: bytes
    signature: Signature


class Written(Struct, frozen=True, gc=False):
    """A finished file as it was written or found whole: the sha-256 of its content, and its signature."""

    digest: bytes
    signature: Signature


class Made(Struct, frozen=True):
    """What came of a target: `status` is built, current or refused; `files` are all that it was made from.

    `failed` says that it was refused through no fault of the source: the surroundings did not let it be made.
    `because` says why it was not current; `inputs` and `written` are what the ledger is told.
    """

    source: str
    edition: str
    output: str
    pages: int
    size: int
    status: str
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    failed: bool = False
    because: str = ""
    inputs: tuple[Input, ...] = ()
    written: Written | None = None


Results = list[tuple[Made, float]]
"""What came of an order, and how long each target took in seconds."""


class Failed(Exception):
    """Raised where the surroundings did not let a target be made; carries what is told of it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def not_made(
    source: str,
    target: Target,
    problems: Iterable[Problem],
    files: tuple[str, ...] = (),
    failed: bool = False,
) -> Made:
    """What came of a target that could not be made."""
    return Made(
        source, target.edition, target.output, 0, 0, "refused", tuple(problems), files, failed
    )


def failure(error: OSError, file: str) -> Problem:
    """What the system said, about the file it names, else about `file`."""
    named = error.filename2 or error.filename or file
    return Problem(Place(os.fsdecode(named)), (error.strerror or str(error)).lower())


def fault(error: Exception, file: str) -> Problem:
    """What went wrong in the program itself, and where in it."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    code = last.tb_frame.f_code if last is not None else None
    where = f"{os.path.basename(code.co_filename)}, {code.co_name}" if code is not None else "?"
    message = f"this is a fault of the program: {type(error).__name__} in {where}: {error}"
    return Problem(Place(file), message[:500], "please report it with the source")

"""An order carried out: each target is made whole, or not at all, and left alone where it is up to date."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from time import perf_counter, time_ns
from typing import TYPE_CHECKING

from layout.desk.current import look_at
from layout.desk.order import Failed, Input, Made, Order, Target, Written, failure, fault, not_made
from layout.desk.signature import signature
from layout.desk.work import Manuscript, Typeset, Work
from layout.desk.workshop import Workshop
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.fontfiles import VARIABLE, split_index

if TYPE_CHECKING:
    from layout.plates.pictures import Darkroom

READINGS = 3
"""So often a source is read that is changed while it is read."""


def carried_out(workshop: Workshop, order: Order) -> Iterator[tuple[Made, float]]:
    """What came of an order, target by target, each with the seconds it took.

    An older good file stays where a new one is refused.
    """
    job = _Job(workshop, order)
    for target in order.targets:
        start = perf_counter()
        made = job.made_or_not(target)
        yield made, perf_counter() - start


class _Job:
    """An order in hand: what its editions share."""

    def __init__(self, workshop: Workshop, order: Order) -> None:
        self.workshop, self.order = workshop, order
        self.manuscript: Manuscript | None = None
        self.typeset: Typeset | None = None
        self._began, self._digest = 0, b""
        self._darkroom: Darkroom | None = None

    def made_or_not(self, target: Target) -> Made:
        """What came of a target, whatever went wrong."""
        source = self.order.source
        files = [source]
        if target.clash is not None:
            return not_made(source, target, (target.clash,))
        try:
            return self._made(target, files)
        except Refused as refusal:
            return not_made(source, target, refusal.problems, tuple(files))
        except Failed as failed:
            problem = failed.problem
        except OSError as error:
            problem = failure(error, target.output)
        except MemoryError:
            problem = Problem(Place(source), "there is not enough memory for it", "try it alone")
        except Exception as error:  # a fault of ours: the others are made all the same
            problem = fault(error, source)
        return not_made(source, target, (problem,), tuple(files), failed=True)

    def _made(self, target: Target, files: list[str]) -> Made:
        """The same; what it depends on goes into `files` as soon as it is known."""
        from layout.ground.whole import write_whole

        work, output = self._read(target.edition), target.output
        files[:] = work.files
        if _is_one_of(output, files):
            hint = "give another name with -o"
            message = f"{output} is one of the files it is made from"
            raise refuse(Place(self.order.source), message, hint)
        because, written, inputs = self._looked(target, work, files)
        if written is not None:
            size = written.signature.size
            return Made(self.order.source, target.edition, output, 0, size, "current", (), tuple(files),
                        inputs=inputs, written=written)  # fmt: skip
        pdf, pages, problems = self.workshop.finished(
            work, self.order.source, self.typeset, self._light()
        )
        status = write_whole(output, pdf)
        if self.order.noted:
            written = Written(sha256(pdf).digest(), signature(status, time_ns()))
        return Made(self.order.source, target.edition, output, pages, len(pdf), "built", problems, tuple(files),
                    because=target.because or because, inputs=inputs, written=written)  # fmt: skip

    def _looked(
        self, target: Target, work: Work, files: list[str]
    ) -> tuple[str, Written | None, tuple[Input, ...]]:
        """Why a target is to be made, or the file that is up to date; and its inputs, if the ledger is to be told.

        A source is typeset where it is not up to date, or where that can be told only by the faces found for it.
        """
        shop, source, noted = self.workshop, self.order.source, self.order.noted
        inputs: tuple[Input, ...] = ()
        if noted:
            from layout.desk.inputs import inputs_of, inputs_of_faces

            inputs = inputs_of(work, source, shop.digests)
        certain = "--force" if self.order.force else target.because if target.stale else ""
        because, written, searched = certain, None, bool(os.environ.get(VARIABLE))
        if not certain and not searched:
            because, written = look_at(target.output, shop.key(work))
        if written is None:
            self.typeset = self.typeset or shop.typeset(work, source)
            faces, passed = self.typeset.faces, self.typeset.passed
            files += dict.fromkeys(split_index(path)[0] for path in faces)
            searched = searched or bool(faces or passed)
            if noted and searched:
                inputs += inputs_of_faces(files[len(work.files) :], shop.digests)
            if not certain and searched:
                because, written = look_at(target.output, shop.key(work, faces))
        return because, written, inputs

    def _read(self, edition: str) -> Work:
        """The source read for an edition, and read again where something was changed meanwhile.

        A result must not bear the digest of what was saved just after its source had been read.
        """
        shop, order = self.workshop, self.order
        for _ in range(READINGS):
            if self.manuscript is None:
                self._began, self._digest = time_ns(), shop.digests.read(order.source)
            work = shop.read(order.source, order.brand, edition, order.pages, "", order.marks,
                             self.manuscript, order.folio)  # fmt: skip
            self.manuscript = work.manuscript
            found = [shop.digests.of(file) for file in work.files]
            if found[0][0] == self._digest and all(it[1].changed < self._began for it in found):
                break
            self.manuscript = self.typeset = None
            shop.forget_brands()
        return work

    def _light(self) -> "Darkroom":
        """The darkroom in which all editions' pictures are decoded."""
        if self._darkroom is None:
            from layout.plates.pictures import Darkroom

            keep = len(self.order.targets) > 1
            self._darkroom = Darkroom(keep, self.workshop.prints)
        return self._darkroom


def _is_one_of(output: str, files: Sequence[str]) -> bool:
    """Whether a path leads to one of these files."""
    try:
        there = os.stat(output)
    except OSError:
        return False
    for file in files:
        with suppress(OSError):
            if os.path.samestat(there, os.stat(file)):
                return True
    return False

"""A workshop whose reading is done here, and whose typesetting on a cluster."""

import os
from threading import RLock
from typing import TYPE_CHECKING, Any

from layout.desk.inputs import landscape
from layout.desk.link import Link, read_again
from layout.desk.order import Failed, Order
from layout.desk.parcel import Item, Parcel, Sent, items_of
from layout.desk.provenance import PROGRAM
from layout.desk.work import Typeset, Work, files_of_brand
from layout.desk.workshop import Workshop
from layout.ground.problems import Problem, Refused
from layout.house.companions import candidates, searched
from layout.manuscript.issue import Issue
from layout.plates.edition import EDITIONS

if TYPE_CHECKING:
    from layout.plates.pictures import Darkroom


class Distant(Workshop):
    """The workshop of all threads: what takes this processor's time is done by one at a time.

    All orders are like `asked` but for their sources.
    """

    def __init__(self, link: Link, asked: Order) -> None:
        super().__init__()
        self._link, self._asked, self._lock = link, asked, RLock()
        self._fonts, self._wanted = candidates(), dict[str, bytes]()

    def read(self, *asked: Any, **more: Any) -> Work:
        """A source, its brand and its articles, read here."""
        with self._lock:
            return super().read(*asked, **more)

    def key(self, *asked: Any, **more: Any) -> str:
        """The identifier of what comes of a source."""
        with self._lock:
            return super().key(*asked, **more)

    def typeset(self, work: Work, source: str) -> Typeset:
        """What a worker has made of a source in the edition that it was read for; raises `Refused`."""
        made: Any = self._sent(work, source)
        return Typeset(made, made.faces, made.passed)

    def finished(
        self,
        work: Work,
        source: str,
        typeset: Typeset | None = None,
        darkroom: "Darkroom | None" = None,
    ) -> tuple[bytes, int, tuple[Problem, ...]]:
        """The PDF that a worker has made, its number of pages, warnings and notes; raises `Refused`."""
        sent: Any = typeset.made if typeset is not None else None
        if sent is None or sent.edition != work.asked.edition:
            sent = self._sent(work, source)
        return sent.pdf, sent.pages, sent.problems

    def _sent(self, work: Work, source: str) -> Sent:
        """What came of a source, which is sent again with the faces that the worker lacks until it has them all."""
        while True:
            with self._lock:
                parcel, files = self._parcel(work, source)
            sent = self._link.ask(parcel, files)
            if sent.failed is not None:
                raise Failed(sent.failed)
            if sent.refused:
                raise Refused(sent.problems)
            if not sent.wanted:
                return sent
            with self._lock:
                self._wanted.update({it: self.digests.of(it)[0] for it in sent.wanted})

    def _parcel(self, work: Work, source: str) -> tuple[Parcel, dict[bytes, str]]:
        """A source that was read, packed, and the paths of all its files but itself by their digests."""
        house = dict.fromkeys(files_of_brand(work.found, EDITIONS[work.asked.edition].inks))
        travel = [it for it in work.files if not work.names[it].startswith(f"{PROGRAM}/")]
        travel += [it for it in _of_the_other_edition(work) if it not in work.names]
        digests = {it: self.digests.of(it)[0] for it in travel}
        asked = work.asked
        parcel = Parcel(
            source=source,
            text=read_again(source, digests[source]),
            brand=self._asked.brand,
            edition=asked.edition,
            pages=asked.pages,
            marks=self._asked.marks,
            folio=asked.folio,
            epoch=asked.epoch,
            folder=os.getcwd(),
            key=self.key(work),
            items=tuple(items_of([it for it in travel if it not in house], digests)),
            house=tuple(items_of([it for it in travel if it in house], digests)),
            folders=searched(),
            fonts=self._fonts,
            landscape=landscape(),
            wanted=tuple(Item(path, found) for path, found in self._wanted.items()),
        )
        files = {it.digest: it.path for it in (*parcel.items, *parcel.house, *parcel.wanted)}
        return parcel, {it: path for it, path in files.items() if it not in (b"", digests[source])}


def _of_the_other_edition(work: Work) -> list[str]:
    """Pages made elsewhere that are not bound in this edition: they must be there when an issue is read."""
    foreign = work.record.foreign() if isinstance(work.record, Issue) else ()
    named = [pages.file(press).path for pages in foreign for press in (False, True)]
    return [path for path in dict.fromkeys(named) if os.path.isfile(path)]

"""Finished reprints put into a larger PDF made elsewhere, which keeps all that it had."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from layout.bindery.claims import Bound, is_withdrawal
from layout.bindery.foreign import Opened, open_all, open_file
from layout.bindery.merger import Merger
from layout.bindery.standing import edition_of, stands, wanting
from layout.ground.problems import Place, Problem

if TYPE_CHECKING:
    from layout.bindery.anew import Asked


def merge(
    base: str, reprints: Sequence[str], before: int | None = None, keep_claims: bool = False
) -> Bound:
    """The pages of `reprints` in the PDF at `base`, before its page `before` (from 1) or at its end.

    The tags of all files are joined. Claims to standards of the base are withdrawn, unless
    `keep_claims` says that the new file will be checked for them.
    Raises `Refused` with one problem for each file that cannot be read whole, or for `before`
    where the base has no such page; `OSError` where a file may not be read.
    """
    return Merger(open_all([base, *reprints]), before, None).written(keep_claims, None)


def merge_into(
    out: BinaryIO,
    name: str,
    files: Sequence[Opened],
    before: int | None = None,
    contents: "Asked | None" = None,
) -> tuple[Problem, ...]:
    """The same into an open file called `name`, of files that are open; what could not come along.

    Where `contents` are asked for they are set anew. The new file claims what its base claims where all
    that was written by this program and is untouched, or where preflight finds nothing wanting in the whole.
    """
    merger = Merger(files, before, contents)
    host = files[0]
    edition = edition_of(host)
    if edition is None:
        return merger.written(False, out).notes
    if stands(files):
        return merger.written(True, out).notes
    bound = merger.written(True, out)
    place = Place(name)
    lost = wanting(open_file(out, place, name), edition, merger.origin, place, name)
    if not lost:
        return bound.notes
    out.seek(0)
    out.truncate()
    notes = merger.written(False, out).notes
    return (*[it for it in notes if not is_withdrawal(it, host)], *lost)

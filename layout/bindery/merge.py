"""Finished reprints put into a larger PDF made elsewhere, which keeps all that it had."""

from collections.abc import Sequence
from typing import Any, BinaryIO

from pypdf.generic import DictionaryObject

from layout.bindery.claims import Bound, is_withdrawal
from layout.bindery.foreign import Opened, open_all, open_file
from layout.bindery.graft import Graft
from layout.bindery.outline import Item, leading_to, read_outline
from layout.bindery.pagelabels import Label, read_labels, window
from layout.bindery.standing import Origin, edition_of, stands, wanting
from layout.bindery.volume import Volume
from layout.ground.problems import Place, Problem, refuse


def merge(
    base: str, reprints: Sequence[str], before: int | None = None, keep_claims: bool = False
) -> Bound:
    """The pages of `reprints` in the PDF at `base`, before its page `before` (from 1) or at its end.

    The tags of all files are joined. Claims to standards of the base are withdrawn, unless
    `keep_claims` says that the new file will be checked for them.
    Raises `Refused` with one problem for each file that cannot be read whole, or for `before`
    where the base has no such page; `OSError` where a file may not be read.
    """
    return _merged(open_all([base, *reprints]), before, keep_claims, None)


def merge_into(
    out: BinaryIO, name: str, files: Sequence[Opened], before: int | None = None
) -> tuple[Problem, ...]:
    """The same into an open file called `name`, of files that are open; what could not come along.

    The new file claims what its base claims where all that was written by this program and is
    untouched, or where preflight finds nothing wanting in the whole.
    """
    host = files[0]
    edition = edition_of(host)
    if edition is None:
        return _merged(files, before, False, out).notes
    if stands(files):
        return _merged(files, before, True, out).notes
    bound = _merged(files, before, True, out)
    place = Place(name)
    merged = open_file(out, place, name)
    at = _position(host, before)
    lost = wanting(merged, edition, lambda page: _origin(files, at, page), place, name)
    if not lost:
        return bound.notes
    out.seek(0)
    out.truncate()
    notes = _merged(files, before, False, out).notes
    return (*[it for it in notes if not is_withdrawal(it, host)], *lost)


def _merged(
    files: Sequence[Opened], before: int | None, keep_claims: bool, out: BinaryIO | None
) -> Bound:
    host, *parts = files
    at = _position(host, before)
    volume = Volume(host, parts, keep_claims, out)
    outline = list(_settled(volume, volume.main))
    own = list(volume.main.kept.values())
    inserted, entries = [], []
    for part in parts:
        guest = volume.graft(part)
        children = _settled(volume, guest)
        inserted += list(guest.kept.values())
        entries.append(leading_to(_title(part), guest.kept[0], children))
    place = _entry_after(outline, at)
    outline[place:place] = entries
    pages = own[:at] + inserted + own[at:]
    return volume.bound(pages, outline, _labels(host, parts, at))


def _origin(files: Sequence[Opened], at: int, page: int) -> Origin | None:
    """Where a page of the new file comes from."""
    host, *parts = files
    place, index = at, page - 1
    for part in parts:
        if place <= index < place + len(part.pages):
            return Origin(part.place, part.name, index - place + 1)
        place += len(part.pages)
    index = index if index < at else index - (place - at)
    return Origin(host.place, host.name, index + 1)


def _position(host: Opened, before: int | None) -> int:
    count = len(host.pages)
    if before is None:
        return count
    if not 1 <= before <= count:
        pages = "1 page" if count == 1 else f"{count} pages"
        hint = f"give a page from 1 to {count}, or none to merge at the end"
        raise refuse(host.place, f"{host.name} has {pages}, so there is no page {before}", hint)
    return before - 1


def _settled(volume: Volume, graft: Graft) -> tuple[Item, ...]:
    for page in range(len(graft.opened.pages)):
        graft.keep(page)
    volume.settle(graft, range(len(graft.opened.pages)))
    with graft.opened.reading():
        return read_outline(graft, graft.kept)


def _title(part: Opened) -> str:
    with part.reading():
        info: Any = part.item(part.reader.trailer, "/Info")
        title = part.item(info, "/Title") if isinstance(info, DictionaryObject) else None
        said = str(title).strip() if title is not None else ""
    # ReportLab and some word processors put that where nobody gave a title.
    named = said if said.casefold() != "untitled" else ""
    return named or _stem(part)


def _stem(part: Opened) -> str:
    return part.name.rpartition(".")[0] or part.name


def _entry_after(outline: Sequence[Item], at: int) -> int:
    later = (place for place, item in enumerate(outline) if (item.page or 0) >= at)
    return next(later, len(outline))


def _labels(host: Opened, parts: Sequence[Opened], at: int) -> list[Label]:
    """The labels of all pages, each file's own kept.

    Pages of a reprint without labels are named after their file, since plain numbers would be taken
    for the host's. Where nothing has labels and the host's pages keep their places, none are made.
    """
    count = len(host.pages)
    with host.reading():
        hosts = read_labels(host)
    known = []
    for part in parts:
        with part.reading():
            known.append(read_labels(part))
    if not hosts and not any(known) and at == count:
        return []
    hosts = hosts or [Label(0)]
    labels = window(hosts, 0, at, 0)
    for part, own in zip(parts, known, strict=True):
        own = own or [Label(0, prefix=f"{_stem(part)}-")]
        labels += window(own, 0, len(part.pages), at)
        at += len(part.pages)
    start = at - sum(len(part.pages) for part in parts)
    return labels + window(hosts, start, count, at)

"""What a worker of a cluster does: it lays a parcel out, typesets it as the local build would, and sends the PDF back.

This is imported on the worker. All that is of one process there (the folder it stands in, its environment) is of
one parcel at a time: a worker with several threads gains nothing by them.
"""

import gc
import os
import pickle
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from shutil import rmtree
from threading import Lock

from layout.desk.order import fault
from layout.desk.parcel import Item, Parcel, Sent, facts
from layout.desk.workshop import Workshop
from layout.ground.problems import Place, Problem, Refused
from layout.house import companions
from layout.house.fontfiles import VARIABLE, split_index

HOUSES = 8
"""So many brands are kept laid out, each with its fonts."""

EPOCH = "SOURCE_DATE_EPOCH"

_alone = Lock()
_roots: OrderedDict[str, Workshop] = OrderedDict()


def told() -> dict[str, str]:
    """What this worker has."""
    return facts()


def carry_out(packed: bytes, digests: Sequence[bytes], blobs: Sequence[bytes]) -> Sent:
    """One PDF of a parcel; `blobs` are the contents of its files, in the order of their `digests`."""
    parcel: Parcel = pickle.loads(packed)  # noqa: S301 - who may send tasks may run anything here
    contents = dict(zip(digests, blobs, strict=True))
    contents[sha256(parcel.text).digest()] = parcel.text
    try:
        with _alone, _laid_out(parcel, contents) as root:
            return _made(parcel, root)
    except Exception as error:  # Dask loses errors whose traces cannot be packed, and who waits would wait for ever
        return Sent(failed=_failure(error, parcel.source))


def _failure(error: Exception, source: str) -> Problem:
    """What is told of a worker that could not make something, through no fault of the source."""
    if isinstance(error, MemoryError):
        hint = "give workers more memory, or make it alone"
        return Problem(Place(source), "a worker has not enough memory for it", hint)
    if isinstance(error, OSError):
        reason = (error.strerror or str(error)).lower()
        return Problem(Place(source), f"the worker {_address()} could not make it: {reason}")
    return fault(error, source)


def _made(parcel: Parcel, root: str) -> Sent:
    """What comes of a parcel that is laid out."""
    shop, source = _roots[root], _there(parcel.source, root)
    try:
        brand = _there(parcel.brand, root) if parcel.brand is not None else None
        work = shop.read(source, brand, parcel.edition, parcel.pages, "", parcel.marks,
                         None, parcel.folio)  # fmt: skip
        if shop.key(work) != parcel.key:
            raise RuntimeError("what the worker read is not what was sent to it")
        typeset = shop.typeset(work, source)
        pdf, pages, problems = shop.finished(work, source, typeset)
    except Refused as refusal:
        return _lacking(parcel, root) or Sent(problems=_home(refusal.problems, root), refused=True)
    if lacking := _lacking(parcel, root):
        return lacking
    faces = {path.removeprefix(root): name for path, name in typeset.faces.items()}
    passed = _home(typeset.passed, root)
    problems = _home(problems, root)
    return Sent(parcel.edition, pdf, pages, problems, faces=faces, passed=passed)


def _there(path: str, root: str) -> str:
    """A path as it is named on the worker: a full one lies below the root."""
    return root + path if os.path.isabs(path) else path


def _lacking(parcel: Parcel, root: str) -> Sent | None:
    """What is asked for where faces were wanted that are here by their names alone."""
    met = _roots[root].met
    here = {item.path for item in parcel.wanted}
    passed = [split_index(path)[0].removeprefix(root) for path in (met.passed if met else ())]
    wanted = [path for path in dict.fromkeys(passed) if path in parcel.fonts and path not in here]
    return Sent(wanted=tuple(wanted)) if wanted else None


def _home(problems: Sequence[Problem], root: str) -> tuple[Problem, ...]:
    """Problems with the paths that files have where they come from."""
    from msgspec.structs import replace

    return tuple(
        replace(
            it,
            place=replace(it.place, file=it.place.file.replace(root, "")),
            message=it.message.replace(root, ""),
            hint=it.hint.replace(root, ""),
        )
        for it in problems
    )


@contextmanager
def _laid_out(parcel: Parcel, contents: dict[bytes, bytes]) -> Iterator[str]:
    """The files of a parcel below a folder, as long as this lasts; those of its brand stay for others of it.

    Each brand has a folder of its own, named by all that it brings: a process keeps fonts by their paths.
    """
    root = _root(parcel)
    own: list[str] = []
    before = os.getcwd(), {name: os.environ.pop(name, None) for name in (EPOCH, VARIABLE)}
    try:
        for item in parcel.house:
            _lay(item, root, contents)
        _lay_fonts(parcel.wanted, root, contents)
        for item in parcel.items:
            own += _lay(item, root, contents)
        os.makedirs(root + parcel.folder, exist_ok=True)
        os.chdir(root + parcel.folder)
        if parcel.epoch:
            os.environ[EPOCH] = parcel.epoch
        with companions.searching(*[[root + it for it in house] for house in parcel.folders]):
            yield root
    finally:
        os.chdir(before[0])
        os.environ.pop(EPOCH, None)
        os.environ.update({name: value for name, value in before[1].items() if value is not None})
        for path in own:
            with suppress(FileNotFoundError):
                os.unlink(path)


def _root(parcel: Parcel) -> str:
    """The folder below which the files of a brand stand."""
    named = sha256(repr((parcel.folder, parcel.house, parcel.folders, parcel.landscape)).encode())
    root = os.path.join(_scratch(), named.hexdigest()[:16])
    if root not in _roots:
        while len(_roots) >= HOUSES:
            oldest, _ = _roots.popitem(last=False)
            rmtree(oldest, ignore_errors=True)
            gc.collect()
        rmtree(root, ignore_errors=True)
        os.makedirs(root)
        for font in parcel.fonts:
            _write(root + font, b"")
        _roots[root] = Workshop()
    _roots.move_to_end(root)
    return root


def _scratch() -> str:
    """A folder of this worker alone, which it takes away when it ends."""
    from distributed import get_worker

    return os.path.realpath(os.path.join(get_worker().local_directory, "offprint"))


def _address() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _lay(item: Item, root: str, contents: dict[bytes, bytes]) -> list[str]:
    """Put a file or a link in its place, if it is not there; what was put."""
    path = root + item.path
    if os.path.lexists(path):
        return []
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if item.link:
        os.symlink(root + item.link if os.path.isabs(item.link) else item.link, path)
        return [path]
    data = contents[item.digest]
    if sha256(data).digest() != item.digest:
        raise RuntimeError(f"{item.path} was damaged on its way")
    _write(path, data)
    return [path]


def _lay_fonts(fonts: Sequence[Item], root: str, contents: dict[bytes, bytes]) -> None:
    """Put faces in their places, where only their names were; all is found anew then."""
    for item in fonts:
        data = contents[item.digest]
        if os.path.getsize(root + item.path) != len(data):
            _write(root + item.path, data)
            companions.opened.cache_clear()
            _roots[root] = Workshop()


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)

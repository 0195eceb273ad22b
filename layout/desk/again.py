"""An origin typeset once more from what a PDF carries of it, in a clean folder."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256

from layout.desk.faces import faces_of, hash_of
from layout.desk.origin import Origin, layout_of, write_files
from layout.desk.provenance import FONTS, OWN_PROFILES, PROGRAM, house_of_name, own_file, versions
from layout.desk.work import Work
from layout.desk.workshop import Workshop
from layout.ground.problems import Place, Refused, refuse
from layout.ground.version import VERSION
from layout.plates.edition import EDITIONS, bytes_of


def typeset_again(
    workshop: Workshop, origin: Origin, fonts: Sequence[str], file: str, folio: int | None = None
) -> tuple[bytes, tuple[str, ...]]:
    """The PDF of an origin made anew, and what differs here from what it was made with.

    The `workshop` keeps the type of a brand for the next one. Pages are numbered from `folio` on, as they
    were if that is None. `fonts` are folders of fonts that do not come with the program. Raises `Refused`
    for what cannot be made here.
    """
    manifest = origin.manifest
    differences = tuple(differences_of(origin))
    if manifest.edition not in EDITIONS:
        message = f"there is no edition {manifest.edition!r} here"
        raise refuse(Place(file), message, f"take {manifest.program} or a later one")
    with laid_out(origin, fonts, file) as source, faces_of(origin, fonts, file) as others:
        differences += others
        try:
            work = work_of(workshop, origin, source, folio)
            made, _, _ = workshop.finished(work, source)
        except Refused as refusal:
            message = f"its source {manifest.source} cannot be typeset here"
            because = [*differences, *(problem.message for problem in refusal.problems)]
            raise refuse(Place(file), message, "; ".join(because)) from None
    return made, differences


@contextmanager
def laid_out(origin: Origin, fonts: Sequence[str], file: str) -> Iterator[str]:
    """The files of an origin in a folder of their own, as long as this lasts; the path of its source."""
    manifest = origin.manifest
    with tempfile.TemporaryDirectory(prefix="offprint-") as folder, _epoch(manifest.epoch or ""):
        write_files(layout_of(origin, folder))
        lost = [*_unfound(origin), *_place_fonts(origin, folder, fonts)]
        if lost:
            message = f"it cannot be made again: {', '.join(lost)} is not here"
            hint = "give the folder of fonts that do not come with the program with --fonts"
            raise refuse(Place(file), message, hint)
        yield os.path.join(folder, *manifest.source.split("/"))


def work_of(workshop: Workshop, origin: Origin, source: str, folio: int | None = None) -> Work:
    """What was read of an origin that is laid out; its pages begin at `folio`, or where they did."""
    manifest = origin.manifest
    folder = source
    for _ in manifest.source.split("/"):
        folder = os.path.dirname(folder)
    folio = manifest.folio if folio is None else folio
    brand = _brand(manifest.brand)
    return workshop.read(source, brand, manifest.edition, manifest.pages, folder, folio=folio)


def _brand(name: str | None) -> str | None:
    """What the command line would call a brand: the program's own by its name, others by their path."""
    if name is None or not name.startswith(f"{PROGRAM}/"):
        return name
    return os.path.splitext(os.path.basename(name))[0]


def differences_of(origin: Origin) -> Iterator[str]:
    """What the program, its libraries, fonts and brands are here, where they were others then."""
    manifest = origin.manifest
    if manifest.program != f"offprint {VERSION}":
        yield f"it was made with {manifest.program}, this is offprint {VERSION}"
    here = versions()
    for name, then in manifest.versions.items():
        if here.get(name) != then:
            yield f"it was made with {name} {then}, here is {here.get(name, 'none')}"
    for name, then in (*manifest.fonts.items(), *manifest.files.items()):
        path = own_file(name)
        if path is not None and hash_of(path) != then:
            yield f"{name} is another one here" if os.path.exists(path) else f"{name} is not here"
    own = {name: sha256(bytes_of(path)).hexdigest() for name, path in OWN_PROFILES.items()}
    for name, then in manifest.profiles.items():
        if own.get(name) != then:
            yield f"the colour profile {name} is another one here"


def _unfound(origin: Origin) -> list[str]:
    return [name for name in origin.missing if own_file(name) is None]


def _place_fonts(origin: Origin, folder: str, fonts: Sequence[str]) -> list[str]:
    """Put a brand's own fonts where it names them; the names of those that are nowhere."""
    wanted = {
        name: found
        for name, found in origin.manifest.fonts.items()
        if own_file(name) is None and not house_of_name(name)
    }
    if not wanted:
        return []
    here: dict[str, str] = {}
    for top in fonts:
        for place, _, names in os.walk(top):
            for name in sorted(names):
                if name.lower().endswith(FONTS):
                    path = os.path.join(place, name)
                    here.setdefault(hash_of(path), path)
    for name, found in wanted.items():
        if found in here:
            target = os.path.join(folder, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(here[found], "rb") as font, open(target, "wb") as copy:
                copy.write(font.read())
    return [name for name, found in wanted.items() if found not in here]


@contextmanager
def _epoch(seconds: str) -> Iterator[None]:
    """Have SOURCE_DATE_EPOCH be what it was when the file was made."""
    before = os.environ.pop("SOURCE_DATE_EPOCH", None)
    if seconds:
        os.environ["SOURCE_DATE_EPOCH"] = seconds
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before

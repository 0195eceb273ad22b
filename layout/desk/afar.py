"""Sources and PDFs that are elsewhere: any file system that fsspec knows, named by a URL.

What is read is fetched as a whole first, into a folder of this machine; what is made goes to its place as soon
as it is done, whole or not at all. Problems and results are told by their URLs. A ledger would not see what
others do there, so there is none: all is made each time.
"""

import os
import tempfile
from argparse import Namespace
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import unquote, urlsplit

from msgspec.structs import replace

from layout.desk.order import Made
from layout.ground.problems import Place, Problem, refuse
from layout.manuscript.paths import tree_of

PUT_WHOLE: Final = ("abfs", "abfss", "az", "gcs", "gs", "memory", "s3", "s3a")
"""Stores in which an object appears when all of it is there; elsewhere files grow under another name."""

EXTRAS: Final = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "abfs": "azure", "abfss": "azure",
                 "az": "azure", "sftp": "sftp", "ssh": "sftp"}  # fmt: skip
"""What to install with Offprint for a scheme."""


class Shelf:
    """A folder of this machine in which what is elsewhere is worked on; `options` are those of it.

    Raises `Refused` for URLs that cannot be used, `OSError` for what is not there.
    """

    def __init__(self, options: Namespace) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="offprint-")
        self._top = os.path.realpath(self._folder.name)
        self._urls: dict[str, str] = {}
        self._systems: dict[str, tuple[Any, str]] = {}
        self.options = options
        try:
            self.options = self._here(options)
        except BaseException:
            self._folder.cleanup()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def _here(self, options: Namespace) -> Namespace:
        """The options with the paths here of all that is elsewhere, which is fetched."""
        sources = [local(it) for it in options.sources]
        output = local(options.output)
        if "://" in output or any("://" in it for it in sources):
            if options.depfile:
                raise refuse(Place("--depfile"), "it cannot name what is elsewhere", "leave it out")
            sources = [self._fetched(it) if "://" in it else it for it in sources]
        if "://" in output:
            self._system(output)
            output = self._place(output)
        return Namespace(**{**vars(options), "sources": sources, "output": output})

    def _system(self, url: str) -> tuple[Any, str]:
        """The file system of a URL, and the path in it."""
        if url not in self._systems:
            self._systems[url] = _opened(url)
        return self._systems[url]

    def _place(self, url: str) -> str:
        """Where the things of a URL are here; their URLs are known by it."""
        parts = urlsplit(url)
        path = [it for it in (parts.netloc, *parts.path.split("/")) if it not in ("", ".", "..")]
        place = os.path.join(self._top, parts.scheme, *path)
        self._urls[place] = url.rstrip("/")
        return place

    def _fetched(self, url: str) -> str:
        """The path here of a source or a folder, fetched with all that it may name."""
        system, path = self._system(url)
        place = self._place(url)
        try:
            is_folder = system.isdir(path)
            if not is_folder and not system.exists(path):
                return place  # told by whoever reads it
            top, up = (place, path) if is_folder else (tree_of(place), path)
            for _ in range(0 if is_folder else 1 + place.removeprefix(top + os.sep).count(os.sep)):
                up = up.rstrip("/").rpartition("/")[0]
            found = system.find(up)
            here = [os.path.join(top, *_inside(it, up)) for it in found]
            system.get(list(found), here)
        except OSError as error:
            raise OSError(error.errno, (error.strerror or str(error)), url) from None
        if not is_folder:
            self._urls.setdefault(top, _up(url, place, top))
        return place

    def named(self, made: Made) -> Made:
        """What came of a target, all by its URL."""
        problems = tuple(
            replace(
                it,
                place=replace(it.place, file=self._url(it.place.file)),
                message=self._url(it.message),
                hint=self._url(it.hint),
            )
            for it in made.problems
        )
        return replace(
            made, source=self._url(made.source), output=self._url(made.output), problems=problems
        )

    def put(self, made: Made) -> Made:
        """What came of a target, once it has been put in its place; all by its URL."""
        url = self._url(made.output)
        if made.status != "built" or url == made.output:
            return self.named(made)
        try:
            with open(made.output, "rb") as file:
                self._write(url, file.read())
            os.unlink(made.output)
        except Exception as error:  # each file system raises its own
            problem = Problem(Place(made.output), f"it could not be put in its place: {error}")
            made = replace(
                made,
                status="refused",
                failed=True,
                pages=0,
                size=0,
                problems=(*made.problems, problem),
            )
        return self.named(made)

    def _write(self, url: str, data: bytes) -> None:
        """Have a file be somewhere, whole or not at all."""
        base = next(it for place, it in self._urls.items() if url == it or url.startswith(it + "/"))
        system, top = self._system(base) if base in self._systems else self._system(base + "/")
        path = top.rstrip("/") + url.removeprefix(base)
        if urlsplit(url).scheme in PUT_WHOLE:
            system.pipe_file(path, data)
            return
        folder, _, name = path.rpartition("/")
        system.makedirs(folder, exist_ok=True)
        part = f"{folder}/.{name}.part"
        try:
            system.pipe_file(part, data)
            system.mv(part, path)
        except BaseException:
            if system.exists(part):
                system.rm_file(part)
            raise

    def _url(self, text: str) -> str:
        """A text with URLs in place of paths here, the longest first."""
        for place in sorted(self._urls, key=len, reverse=True):
            text = text.replace(place, self._urls[place])
        return text


def local(url: str) -> str:
    """The path of a `file://` URL; anything else as it is."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        return url
    if parts.netloc not in ("", "localhost"):
        raise refuse(Place(url), "a file:// URL has no host", "write file:///FOLDER")
    return unquote(parts.path)


def _inside(path: str, folder: str) -> list[str]:
    """The names on the way from a folder to what is in it; none that would lead out of it."""
    names = path.strip("/").removeprefix(folder.strip("/")).strip("/").split("/")
    if {"..", ".", ""} & set(names) or any("\0" in name for name in names):
        raise refuse(Place(path), "its name leads out of its folder", "rename it there")
    return names


def _up(url: str, place: str, top: str) -> str:
    """The URL of a folder above a file, whose paths here are `place` and `top`."""
    return url.removesuffix(place.removeprefix(top))


def _opened(url: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it; raises `Refused` where there is no way to it."""
    scheme = urlsplit(url).scheme
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(url, skip_instance_cache=True)
    except ImportError as error:
        hint = f"pip install 'offprint[{EXTRAS.get(scheme, 'url')}]'"
        message = f"to reach {scheme}://, a package is needed: {error}"
        raise refuse(Place(url), message, hint) from None
    except ValueError as error:
        raise refuse(Place(url), f"there is no way to {scheme}://: {error}", "") from None
    return system, str(path)

"""Files that a source names: beside or below it, never remote, never outside its folder tree."""

import os
import re
from typing import Final

from layout.manuscript.values import Fault

SUBFOLDERS: Final = ("issues", "brands")
"""A source in a folder of this name belongs to the tree of the folder above."""

MAX_LISTED: Final = 2000
"""A folder of more names is not searched for one that was perhaps meant."""

ABSENT: Final = "there is no such file"

_REMOTE: Final = r"^(?:[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\)"
_ABSOLUTE: Final = r"^(?:/|\\|~|[A-Za-z]:)"


def tree_of(source: str) -> str:
    """The folder that a source's paths may not leave: its own, or the one above `issues` and `brands`."""
    folder = os.path.dirname(os.path.abspath(source))
    return os.path.dirname(folder) if os.path.basename(folder) in SUBFOLDERS else folder


def find(name: str, source: str, folders: tuple[str, ...]) -> tuple[str, Fault | None]:
    """The path of the file called `name` in the first of `folders` that has it, and what is wrong with it.

    It is the path that was asked for; only whether it leads out of the folder tree is judged by where links lead.
    """
    if fault := _unfit_name(name):
        return "", fault
    tree = os.path.realpath(tree_of(source))
    inside = ""
    for folder in folders:
        asked = os.path.normpath(os.path.join(folder, name))
        path = os.path.realpath(os.path.join(folder, name))
        if os.path.commonpath((tree, path)) != tree:
            continue
        inside = inside or path
        if os.path.isfile(path):
            return asked if os.path.realpath(asked) == path else path, None
    return "", _absent(name, inside, tree)


def _unfit_name(name: str) -> Fault | None:
    if re.match(_REMOTE, name):
        return (
            "a file on another machine cannot be used",
            "copy it beside this file and name it there",
        )
    if re.match(_ABSOLUTE, name):
        return "the path starts at the root of a disk", "write it relative to this file"
    if "\\" in name:
        return "the path holds a backslash", f"write `{name.replace(chr(92), '/')}`"
    if "\0" in name or len(name) > 1000:
        return "this is no path", ""
    return None


def _absent(name: str, path: str, tree: str) -> Fault:
    if not path:
        return (
            "the path leads out of this file's folder tree",
            f"copy the file into {os.path.basename(tree) or tree}/",
        )
    if os.path.isdir(path):
        return "this is a folder, not a file", "name a file in it"
    if os.path.exists(path):
        return "this is not a regular file", "copy it to a file first"
    return ABSENT, _near(name, path) or "paths are relative to the file that names them"


def _near(name: str, path: str) -> str:
    from layout.manuscript.reading import did_you_mean

    try:
        names = sorted(os.listdir(os.path.dirname(path)))[:MAX_LISTED]
    except OSError:
        return ""
    given = os.path.basename(name)
    hint = did_you_mean(given, names)
    return hint.replace("`", f"`{name[: len(name) - len(given)]}", 1) if given else hint

"""What a guest's catalogue says that finds no place in another file: told, never lost in silence."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import DictionaryObject

from layout.bindery.actions import TREES, TakenOut, count_trees, plain_action, plain_triggers
from layout.bindery.foreign import Opened
from layout.bindery.graft import Graft
from layout.ground.problems import Problem

OPENING = ("/OpenAction", "/PageLayout", "/PageMode", "/ViewerPreferences")
"""How a file is to be opened (ISO 32000-1, table 28): of several files, the first says it."""
CARRIED = frozenset(
    ("/Type", "/Version", "/Pages", "/PageLabels", "/Names", "/Dests", "/Outlines", "/Threads", "/AF", "/OCProperties",
     "/StructTreeRoot", "/MarkInfo", "/Lang", "/AcroForm", "/Extensions", "/URI")
)  # fmt: skip
"""Entries that are joined, or come along with pages and tags."""
TOLD = frozenset(
    (
        "/AA",
        "/Metadata",
        "/OutputIntents",
        "/Perms",
        "/DSS",
        "/Legal",
        "/NeedsRendering",
        "/Requirements",
    )
)
"""Entries of which others speak, or that say what the file is and not what is in it."""
_KNOWN = CARRIED.union(TOLD, OPENING)
TREES_CARRIED = frozenset(("/Dests", "/EmbeddedFiles", *TREES))
"""Name trees that are joined or taken out."""


def count_catalogue(graft: Graft) -> None:
    """Count what a guest's catalogue would run."""
    opened, taken = graft.opened, graft.taken
    count_trees(opened, taken)
    if "/OpenAction" in opened.root:
        plain_action(opened, dict.get(opened.root, "/OpenAction"), taken)
    if "/AA" in opened.root:
        plain_triggers(opened, dict.get(opened.root, "/AA"), taken)


def leftovers(guest: Opened, host: Opened) -> Iterator[Problem]:
    """A note on how a guest wanted to be opened, and one on all else of its catalogue that is left out."""
    ways = [key[1:] for key in OPENING if key in guest.root and _says_more(guest, host, key)]
    if ways:
        message = f"how {guest.name} asks to be opened ({', '.join(ways)}) is left out"
        yield Problem(guest.place, message, f"the new file is opened as {host.name} is", "note")
    left = [key for key in guest.root if key not in _KNOWN]
    names = guest.item(guest.root, "/Names")
    trees = names if isinstance(names, DictionaryObject) else {}
    left += [f"/Names {key}" for key in trees if key not in TREES_CARRIED]
    if left:
        message = f"of the catalogue of {guest.name} is left out: {', '.join(sorted(left))}"
        yield Problem(guest.place, message, "", "note")


def _says_more(guest: Opened, host: Opened, key: str) -> bool:
    """Whether the guest asks for something that the whole will not do."""
    own = guest.item(guest.root, key)
    if key == "/OpenAction":
        return own is not None and plain_action(guest, own, TakenOut()) is not None
    if key == "/ViewerPreferences":
        return bool(_preferences(guest) - _preferences(host))
    return own is not None and own not in (host.item(host.root, key), *_USUAL)


_USUAL = ("/UseNone", "/SinglePage")
"""What a viewer does without being asked."""


def _preferences(opened: Opened) -> set[tuple[str, str]]:
    """The preferences of a file, but that its title is shown, which says nothing of its pages."""
    found: Any = opened.item(opened.root, "/ViewerPreferences")
    keys = found if isinstance(found, DictionaryObject) else ()
    plain = {(str(key), str(opened.item(found, key))) for key in keys if key != "/DisplayDocTitle"}
    return {(key, value) for key, value in plain if value not in ("False", "/UseNone", "/L2R")}

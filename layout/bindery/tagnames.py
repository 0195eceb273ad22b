"""What structure trees name: roles, classes and identifiers, kept apart where two files use one name."""

from collections.abc import Iterable
from typing import Any

from pypdf.generic import IndirectObject

from layout.bindery.body import serialised

PLAIN = ("/Document", "/Part")
"""Standard types (ISO 32000-1, 14.8.4.2) of the elements that we add."""


LONGEST = 100
"""Roles on the way to a type; real maps have one or two."""


def terminal(roles: dict[str, str], role: str) -> str:
    """The type that a role map makes of a role; the role itself where the map runs in a circle."""
    found = role
    for _ in range(LONGEST):
        if found not in roles:
            return found
        found = roles[found]
    return role


class Roles:
    """The role map of the whole (ISO 32000-1, 14.7.3).

    `map` holds what is written. Renamed is the role of the later file, except where that uses a
    standard type as such and an earlier one has another name for it in its map.
    """

    def __init__(self) -> None:
        self.map: dict[str, str] = {}
        self._plain: set[str] = set()
        self._given: list[dict[str, str]] = []
        self._kinds: dict[str, list[str]] = {}
        self._users: dict[str, list[tuple[dict[str, str], str]]] = {}

    def join(self, own: dict[str, str], used: Iterable[str]) -> dict[str, str]:
        """What the roles `used` in a file with the map `own` are called from now on.

        The first file keeps all of its map. Of others comes what is used, without detours.
        """
        new: dict[str, str] = {}
        if not self._given:
            for role, kind in own.items():
                if terminal(own, role) != role:
                    self._map(role, kind)
        self._given.append(new)
        kinds = {role: terminal(own, role) for role in used}
        for role in [*kinds.values(), *PLAIN]:
            self._use_plainly(role)
        for role, kind in kinds.items():
            new[role] = role if role == kind else self._mapped(role, kind)
            self._users.setdefault(new[role], []).append((new, role))
        return new

    def _map(self, role: str, kind: str) -> None:
        self.map[role] = kind
        self._kinds.setdefault(kind, []).append(role)

    def _use_plainly(self, role: str) -> None:
        """Make a role mean itself in the whole."""
        self._plain.add(role)
        if role not in self.map:
            return
        other = self._free(role)
        self._map(other, self.map.pop(role))
        for key in self._kinds.pop(role, ()):
            if self.map.get(key) == role:
                self._map(key, other)
        for names, key in self._users.pop(role, ()):
            names[key] = other
            self._users.setdefault(other, []).append((names, key))

    def _mapped(self, role: str, kind: str) -> str:
        """A name in the whole for a role that stands for `kind`."""
        if self._means(role, kind):
            return role
        names = [role] if role not in self.map and role not in self._plain else []
        name = names[0] if names else self._free(role, kind)
        self._map(name, kind)
        return name

    def _means(self, role: str, kind: str) -> bool:
        return role in self.map and terminal(self.map, role) == kind

    def _free(self, role: str, kind: str = "") -> str:
        """The role with a number: one that is free, or that stands for `kind` already."""
        number = 1
        while (name := f"{role}.{number}") in self._plain or (
            name in self.map and not self._means(name, kind)
        ):
            number += 1
        return name


class Classes:
    """The class map of the whole (ISO 32000-1, 14.7.5.2): attributes by the names of classes."""

    def __init__(self) -> None:
        self.map: dict[str, Any] = {}

    def join(self, own: dict[str, Any]) -> dict[str, str]:
        """What classes with attributes of the body are called from now on."""
        return {name: self._named(name, value) for name, value in own.items()}

    def _named(self, name: str, value: Any) -> str:
        new, number, shown = name, 1, serialised(value)
        while new in self.map and serialised(self.map[new]) != shown:
            new, number = f"{name}.{number}", number + 1
        self.map.setdefault(new, value)
        return new


class Identifiers:
    """The elements of the whole by their identifiers (ISO 32000-1, table 323, /ID), each used once."""

    def __init__(self) -> None:
        self.holders: dict[bytes, Any] = {}
        self._last: dict[bytes, int] = {}

    def take(self, identifier: bytes, element: IndirectObject) -> bytes:
        """What an element is identified by from now on: the same, or with a number."""
        new = identifier
        while new in self.holders:
            number = self._last[identifier] = self._last.get(identifier, 0) + 1
            is_wide = identifier.startswith(b"\xfe\xff")
            new = identifier + f".{number}".encode("utf-16-be" if is_wide else "ascii")
        self.holders[new] = element
        return new

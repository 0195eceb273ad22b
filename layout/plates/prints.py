"""Pictures as they go into files, kept for the next file that has them: a brand's logo is in every one."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.plates.pictures import Pixels

KEPT = 4_000_000
"""Bytes of finished pictures that are kept, those used last; most portraits are never met again."""


class Prints:
    """Finished pictures by what they were made from."""

    def __init__(self) -> None:
        self._found: dict[object, Pixels] = {}
        """In the order of their last use."""
        self._bytes = 0

    def get(self, key: object) -> "Pixels | None":
        """The picture that was made so, if it is kept."""
        found = self._found.pop(key, None)
        if found is not None:
            self._found[key] = found
        return found

    def put(self, key: object, made: "Pixels") -> "Pixels":
        """Keep a new picture, if it is not too large; those that were not used for longest give way."""
        if len(made.data) <= KEPT:
            self._found[key] = made
            self._bytes += len(made.data)
        while self._bytes > KEPT:
            self._bytes -= len(self._found.pop(next(iter(self._found))).data)
        return made

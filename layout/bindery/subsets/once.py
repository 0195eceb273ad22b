"""What is made once for objects of a file, which are told by what they are and not by what they say."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """What was made for some objects, which are held: no other can ever come to be where one of them was."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], tuple[tuple[Any, ...], Made]] = {}

    def of(self, make: Callable[[], Made], *objects: Any) -> Made:
        """What belongs to these objects; what `make` raises is raised each time."""
        place = tuple(map(id, objects))
        if place not in self._made:
            self._made[place] = objects, make()
        return self._made[place][1]

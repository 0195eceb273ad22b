"""Pictures that changed: other pixels, another size or place; gone, or new."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

from layout.bindery.diff.content import Content, Picture
from layout.bindery.diff.findings import Finding, Spot
from layout.bindery.diff.looks import same_paint
from layout.bindery.diff.near import same_place, same_size, shared
from layout.bindery.diff.reflow import PLACE
from layout.bindery.preflight.press.geometry import Box
from layout.ground.units import MM

OVERLAP: Final = 0.3
"""The share that two pictures have in common that stand for each other."""
RATIO: Final = 0.02
"""By how much the shapes of pictures may differ, as parts."""
MOST: Final = 500
"""Pictures of a page that are looked for one by one."""


class Hung(Struct, frozen=True):
    """A picture on its page, with what it shows."""

    page: int
    picture: Picture

    @property
    def shows(self) -> str:
        """A digest of it."""
        return self.picture.shows


Pair = tuple[Hung, Hung]


class Pictures:
    """All pictures of both files."""

    def __init__(self, a: Content, b: Content, pages: Mapping[int, int]) -> None:
        self.a, self.b, self.pages = a, b, pages
        self.mine, self.theirs = (
            [Hung(at, it) for at, page in enumerate(content.pages) for it in page.pictures]
            for content in (a, b)
        )

    def findings(self, title: Callable[[int, int], str | None]) -> Iterator[Finding]:
        """What became of every picture; `title` says to which article a page belongs, None for pages left out."""
        left, free, same = _matched(self.mine, self.theirs, self._here, self._is_here)
        left, free, moved = _matched(left, free, _sight, lambda one, two: one.shows == two.shows)
        left, free, changed = _matched(left, free, self._here, self._is_other)
        left, free, scaled = _matched(left, free, partial(self._shape, title), _is_scaled)
        for one, two in same:
            if not same_paint(one.picture.paint, two.picture.paint):
                message = f"a picture is painted {_or_plainly(two.picture.paint)}, not {_or_plainly(one.picture.paint)}"
                yield from _found("colour", "changed", message, one, two, title)
        for one, two in moved:
            yield from _found("picture", *self._way(one, two), one, two, title)
        for one, two in (*changed, *scaled):
            message = f"a picture changed: {_described(one)} became {_described(two)}"
            yield from _found("picture", "changed", message, one, two, title)
        for one in left:
            yield from _found(
                "picture", "removed", f"a picture is gone: {_described(one)}", one, None, title
            )
        for two in free:
            yield from _found(
                "picture", "added", f"a picture is new: {_described(two)}", None, two, title
            )

    def _here(self, one: Hung, is_mine: bool) -> Hashable:
        """The page of B that a picture is on, or that belongs to its page."""
        return self.pages.get(one.page, -1) if is_mine else one.page

    def _shape(self, title: Callable[[int, int], str | None], one: Hung, is_mine: bool) -> Hashable:
        """The article of a picture."""
        return title(one.page, -1) if is_mine else title(-1, one.page)

    def _is_here(self, one: Hung, two: Hung) -> bool:
        """Whether two are the same picture in the same place."""
        if one.shows != two.shows or self.pages.get(one.page) != two.page:
            return False
        turned = zip(one.picture.matrix, two.picture.matrix, strict=True)
        here = same_place(one.picture.box, two.picture.box)
        return here and all(abs(mine - theirs) <= PLACE for mine, theirs in turned)

    def _is_other(self, one: Hung, two: Hung) -> bool:
        """Whether one picture stands where another stood."""
        is_page = self.pages.get(one.page) == two.page
        return is_page and shared(one.picture.box, two.picture.box) >= OVERLAP

    def _way(self, one: Hung, two: Hung) -> tuple[str, str]:
        """How a picture moved."""
        size = (
            ""
            if same_size(one.picture.box, two.picture.box)
            else f", {_size(one.picture.box)} became {_size(two.picture.box)}"
        )
        if self.pages.get(one.page) != two.page:
            return "moved", f"a picture moved to {self.b.label(two.page, 'B')}{size}"
        if size:
            return "resized", f"a picture has another size{size}"
        if not same_place(one.picture.box, two.picture.box):
            return "moved", "a picture moved on its page"
        return "turned", "a picture is turned, mirrored or cut in another way"


def _sight(one: Hung, _is_mine: bool) -> Hashable:
    return one.shows


def _is_scaled(one: Hung, two: Hung) -> bool:
    """Whether two pictures have one shape: one may be the other in fewer pixels."""
    ratios = [
        (box[2] - box[0]) / max(box[3] - box[1], PLACE)
        for box in (one.picture.box, two.picture.box)
    ]
    return abs(ratios[0] / max(ratios[1], PLACE) - 1) <= RATIO


def _matched(
    mine: Sequence[Hung],
    theirs: Sequence[Hung],
    key: Callable[[Hung, bool], Hashable],
    fits: Callable[[Hung, Hung], bool],
) -> tuple[list[Hung], list[Hung], list[Pair]]:
    """Pictures of one key that belong together, the first that fits; and what is left of both."""
    waiting: dict[Hashable, list[Hung]] = defaultdict(list)
    for hung in theirs:
        waiting[key(hung, False)].append(hung)
    pairs: list[Pair] = []
    left: list[Hung] = []
    taken: set[int] = set()
    for one in mine:
        near = waiting.get(key(one, True), [])
        found = next((two for two in near[:MOST] if fits(one, two)), None)
        if found is None:
            left.append(one)
        else:
            near.remove(found)
            taken.add(id(found))
            pairs.append((one, found))
    return left, [two for two in theirs if id(two) not in taken], pairs


def _found(
    kind: str,
    change: str,
    message: str,
    one: Hung | None,
    two: Hung | None,
    title: Callable[[int, int], str | None],
) -> Iterator[Finding]:
    name = title(one.page if one else -1, two.page if two else -1)
    if name is None:
        return
    a, b = ((Spot(it.page, (it.picture.box,)),) if it is not None else () for it in (one, two))
    old, new = (_described(it) if it is not None else "" for it in (one, two))
    assert kind in ("colour", "picture")
    yield Finding(
        "colour" if kind == "colour" else "picture", change, message, name, a, b, old, new
    )


def _described(hung: Hung) -> str:
    return f"{hung.picture.pixels}, {_size(hung.picture.box)}"


def _size(box: Box) -> str:
    return f"{(box[2] - box[0]) / MM:.1f} × {(box[3] - box[1]) / MM:.1f} mm"


def _or_plainly(paint: str) -> str:
    return f"in {paint}" if paint else "plainly"

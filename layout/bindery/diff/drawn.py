"""Rules, tints and drawings that changed: in colour, in place, in shape; gone, or new."""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Final

from layout.bindery.diff.content import Content, Drawing
from layout.bindery.diff.findings import Finding, Spot
from layout.bindery.diff.looks import Change, same_paint
from layout.bindery.diff.near import Grid, exactly, same_place, same_shape, same_size, shared
from layout.bindery.diff.sequence import Pair
from layout.bindery.preflight.press.geometry import Box

OVERLAP: Final = 0.2
"""The share that two drawings have in common that are one in another shape."""
WIDTH: Final = 0.02
"""Points by which the thickness of lines may differ."""
MOST_LEFT: Final = 400
"""Drawings of a page that are looked for elsewhere on it one by one."""

Spots = tuple[list[Spot], list[Spot]]
_NAMES: Final = {"fill": "tint or drawing", "line": "line", "shading": "shading", "clip": "clip"}


class Drawings:
    """The drawings of pages that belong together; changes of colour are gathered for the whole file."""

    def __init__(self, a: Content, b: Content, known: Collection[Change]) -> None:
        """`known` are changes of colour that are told of anyway."""
        self.a, self.b, self.known = a, b, known
        self.colours: dict[Change, Spots] = {}

    def findings(self, i: int, j: int, title: str) -> Iterator[Finding]:
        """What became of the drawings of one page."""
        mine, theirs = self.a.pages[i].drawings, self.b.pages[j].drawings
        if mine == theirs:
            return
        left, free = exactly(mine, theirs, _exact)
        left, free = self._in_place(mine, theirs, left, free)
        left, free = self._coloured(mine, theirs, left, free, (i, j))
        moved = _pairs(mine, theirs, left, free, self._is_moved)
        left, free = _without(left, free, moved)
        shaped = _pairs(mine, theirs, left, free, self._is_shaped)
        left, free = _without(left, free, shaped)
        for change, pairs in (("moved", moved), ("changed", shaped)):
            if pairs:
                boxes = [mine[x].box for x, _ in pairs], [theirs[y].box for _, y in pairs]
                yield _finding(change, (i, j), boxes, _kinds([mine[x] for x, _ in pairs]), title)
        if left:
            yield _finding(
                "removed",
                (i, j),
                ([mine[x].box for x in left], []),
                _kinds([mine[x] for x in left]),
                title,
            )
        if free:
            yield _finding(
                "added",
                (i, j),
                ([], [theirs[y].box for y in free]),
                _kinds([theirs[y] for y in free]),
                title,
            )

    def _in_place(
        self, mine: Sequence[Drawing], theirs: Sequence[Drawing], left: list[int], free: list[int]
    ) -> tuple[list[int], list[int]]:
        """What is left once those are taken out that differ by rounding alone."""
        grid = Grid[int]((j, theirs[j].kind, theirs[j].box) for j in free)
        pairs = []
        for i in left:
            one = mine[i]
            j = grid.take(one.kind, one.box, partial(_is_equal, one, theirs))
            if j is not None:
                pairs.append((i, j))
        return _without(left, free, pairs)

    def _coloured(
        self,
        mine: Sequence[Drawing],
        theirs: Sequence[Drawing],
        left: list[int],
        free: list[int],
        pages: Pair,
    ) -> tuple[list[int], list[int]]:
        """What is left once those are taken out that are painted in another colour."""
        grid = Grid[int]((j, theirs[j].kind, theirs[j].box) for j in free)
        pairs = []
        for i in left:
            one = mine[i]
            j = grid.take(one.kind, one.box, partial(_is_there, one, theirs))
            if j is not None:
                pairs.append((i, j))
                spots = self.colours.setdefault((one.paint, theirs[j].paint), ([], []))
                spots[0].append(Spot(pages[0], (one.box,)))
                spots[1].append(Spot(pages[1], (theirs[j].box,)))
        return _without(left, free, pairs)

    def _is_moved(self, one: Drawing, two: Drawing) -> bool:
        """Whether a drawing stands elsewhere."""
        same = one.kind == two.kind and same_size(one.box, two.box)
        same = same and abs(one.width - two.width) <= WIDTH and same_shape(one.points, two.points)
        return same and self._is_paint(one.paint, two.paint)

    def _is_shaped(self, one: Drawing, two: Drawing) -> bool:
        """Whether a drawing has another shape in its place."""
        same = one.kind == two.kind and self._is_paint(one.paint, two.paint)
        return same and shared(one.box, two.box) >= OVERLAP

    def _is_paint(self, one: str, two: str) -> bool:
        """Whether a paint is the same, or the one that it became elsewhere."""
        return same_paint(one, two) or (one, two) in self.known or (one, two) in self.colours


def _exact(it: Drawing) -> tuple[object, ...]:
    box = tuple(round(side, 2) for side in it.box)
    return it.kind, it.paint, box, it.points, round(it.width, 2)


def _is_equal(one: Drawing, theirs: Sequence[Drawing], at: int) -> bool:
    return _is_same(one, theirs[at]) and same_paint(one.paint, theirs[at].paint)


def _is_there(one: Drawing, theirs: Sequence[Drawing], at: int) -> bool:
    return _is_same(one, theirs[at])


def _is_same(one: Drawing, two: Drawing) -> bool:
    """Whether two drawings of one kind are the same but for colour."""
    same = abs(one.width - two.width) <= WIDTH and same_place(one.box, two.box)
    return same and same_shape(one.points, two.points)


def _pairs(
    mine: Sequence[Drawing],
    theirs: Sequence[Drawing],
    left: Sequence[int],
    free: Sequence[int],
    fits: Callable[[Drawing, Drawing], bool],
) -> list[Pair]:
    """Drawings that belong together in some way, each with the first that fits."""
    found: list[Pair] = []
    waiting = list(free[:MOST_LEFT])
    for i in left[:MOST_LEFT]:
        j = next((j for j in waiting if fits(mine[i], theirs[j])), None)
        if j is not None:
            waiting.remove(j)
            found.append((i, j))
    return found


def _without(
    left: list[int], free: list[int], pairs: Sequence[Pair]
) -> tuple[list[int], list[int]]:
    mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    return [i for i in left if i not in mine], [j for j in free if j not in theirs]


def _kinds(drawings: Sequence[Drawing]) -> str:
    """How many drawings there are, and of which kinds."""
    counts = {kind: sum(it.kind == kind for it in drawings) for kind in _NAMES}
    said = [
        f"{count} {_plural(_NAMES[kind]) if count > 1 else _NAMES[kind]}"
        for kind, count in counts.items()
        if count
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _plural(name: str) -> str:
    return " or ".join(f"{word}s" for word in name.split(" or "))


def _finding(
    change: str, pages: Pair, boxes: tuple[list[Box], list[Box]], kinds: str, title: str
) -> Finding:
    said = {
        "moved": "moved",
        "changed": "changed in size or shape",
        "removed": "gone",
        "added": "new",
    }[change]
    is_one = kinds.startswith("1 ") and " and " not in kinds
    verb = "" if change in ("moved", "changed") else "is " if is_one else "are "
    return Finding(
        "drawing",
        change,
        f"{kinds} {verb}{said}",
        title,
        (Spot(pages[0], tuple(boxes[0])),),
        (Spot(pages[1], tuple(boxes[1])),),
    )

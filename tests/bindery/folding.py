"""Paper that folds: leaves with what is printed on both faces, known by where it is on a sheet and by nothing else."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from layout.bindery.imposition.frame import frame_of
from layout.bindery.imposition.job import Job
from layout.bindery.imposition.order import arranged
from layout.bindery.imposition.originals import Original
from layout.bindery.imposition.placing import Placed
from layout.bindery.imposition.plan import Plan
from layout.bindery.imposition.schemes import layout_of
from layout.bindery.imposition.sheet_marks import side_marks
from layout.ground.problems import Place
from layout.plates.printers_marks import Box

WIDTH, HEIGHT = 300.0, 430.0
BLEED = 8.5


def plan(pages: int, **wishes) -> Plan:
    """The plan for so many pages with a bleed, all of one size, made without a file."""
    wishes = {"sheet": "4000x4000", **wishes}
    job, place = Job(**wishes), Place("made.pdf")
    bleed = Box(-BLEED, -BLEED, WIDTH + BLEED, HEIGHT + BLEED)
    corners = (bleed.left, bleed.bottom, bleed.right, bleed.top)
    page = Original(WIDTH, HEIGHT, bleed, (1, 0, 0, 1, 0, 0), corners)
    order = arranged(pages, job, place)
    layout = layout_of(job.scheme, len(order), job.signature, job.up, job.binding)
    frame = frame_of(layout.grid, [page], 0, job, place)
    return Plan(job, layout, order, [page] * pages, frame, ())


class Face(Struct, frozen=True):
    """What is printed on one face of a leaf, 0 for nothing: its middle, and which way its head and its right are."""

    page: int
    x: float
    y: float
    head: tuple[float, float]
    right: tuple[float, float]

    def across(self, x: float) -> "Face":
        """Turned over about the upright line at x."""
        return replace(
            self,
            x=2 * x - self.x,
            head=(-self.head[0], self.head[1]),
            right=(-self.right[0], self.right[1]),
        )

    def up(self, y: float) -> "Face":
        """Turned over about the level line at y."""
        return replace(
            self,
            y=2 * y - self.y,
            head=(self.head[0], -self.head[1]),
            right=(self.right[0], -self.right[1]),
        )


class Leaf(Struct, frozen=True):
    """A piece of paper: what is seen on it, and what is on its back, both as seen through the paper from the front."""

    x: float
    y: float
    seen: Face
    hidden: Face

    def across(self, x: float) -> "Leaf":
        return Leaf(2 * x - self.x, self.y, self.hidden.across(x), self.seen.across(x))

    def up(self, y: float) -> "Leaf":
        return Leaf(self.x, 2 * y - self.y, self.hidden.up(y), self.seen.up(y))


Stack = list[Leaf]
"""Leaves from front to back, in any places."""


def printed(it: Placed) -> Face:
    """What one place shows: where the middle of its page comes to lie, and which way the page's axes point."""
    if it.page is None:
        return Face(
            0,
            (it.trim.left + it.trim.right) / 2,
            (it.trim.bottom + it.trim.top) / 2,
            (0, 0),
            (0, 0),
        )
    a, b, c, d, e, f = it.matrix
    x, y = WIDTH / 2, HEIGHT / 2
    return Face(it.page + 1, a * x + c * y + e, b * x + d * y + f, (c, d), (a, b))


def sheet(front: Sequence[Placed], back: Sequence[Placed], width: float) -> Stack:
    """A printed sheet, flat: its back was seen when it was turned over about its middle."""
    backs = [printed(it).across(width / 2) for it in back]
    leaves = []
    for place in front:
        face = printed(place)
        behind = min(backs, key=lambda it: abs(it.x - face.x) + abs(it.y - face.y))
        leaves.append(Leaf(face.x, face.y, face, behind))
    return leaves


def fold(stack: Stack, kind: str, x: float, y: float) -> Stack:
    """Fold what lies beyond a line behind the rest: V takes what is left of x, R what is right of it, H what is over y."""
    if kind == "H":
        moving, staying = [it for it in stack if it.y > y], [it for it in stack if it.y <= y]
        moved = [it.up(y) for it in reversed(moving)]
    else:
        sign = -1 if kind == "R" else 1
        moving = [it for it in stack if (x - it.x) * sign > 0]
        staying = [it for it in stack if (x - it.x) * sign <= 0]
        moved = [it.across(x) for it in reversed(moving)]
    assert len(moving) == len(staying)
    return staying + moved


def folded(stack: Stack, kinds: str, across: Sequence[float], up: Sequence[float]) -> Stack:
    """Fold a sheet in half again and again, each time at the middle one of the marks for folds that are left."""
    for kind in kinds:
        x, y = across[len(across) // 2] if across else 0.0, up[len(up) // 2] if up else 0.0
        stack = fold(stack, kind, x, y)
        if kind == "H":
            up = [it for it in up if it < y]
        else:
            across = [it for it in across if (it - x) * (-1 if kind == "R" else 1) > 0]
    assert not across and not up
    return stack


def fold_lines(plan: Plan) -> tuple[list[float], list[float]]:
    """Where the dashed marks of a plan are: the upright ones' x under the block, the level ones' y beside it."""
    side = plan.layout.sheets[0].sides[0]
    job = replace(plan.job, marks=("fold",))
    code = side_marks(plan.places(side), plan.layout.grid, plan.frame, (), job)
    lines = [tuple(map(float, it)) for it in re.findall(r"(\S+) (\S+) m (\S+) (\S+) l", code)]
    return (
        sorted({x1 for x1, _, x2, _ in lines if x1 == x2}),
        sorted({y1 for _, y1, _, y2 in lines if y1 == y2}),
    )


def nested(sheets: Sequence[Stack]) -> Stack:
    """Folded sheets of two leaves put into each other, the first outermost."""
    book: Stack = []
    for first, second in reversed(sheets):
        book = [first, *book, second]
    return book


def read(book: Iterable[Leaf]) -> list[tuple[int, bool]]:
    """The pages as one turns the leaves, and whether each stands upright and unmirrored to its reader."""
    # A leaf is turned, and then looked at from behind.
    faces = [face for leaf in book for face in (leaf.seen, leaf.hidden.across(0))]
    return [(it.page, it.head == (0, 1) and it.right == (1, 0)) for it in faces]

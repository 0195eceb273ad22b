"""A plan as the picture of its sheets wants it."""

from layout.bindery.imposition.placing import Placed
from layout.bindery.imposition.plan import Plan
from layout.bindery.imposition.schemes import FOLDS, Joint, Sheet, Side
from layout.ground.problems import printable
from layout.ground.units import MM
from layout.plates.dummy import Line, Shown, ShownPage, ShownSide


def shown(plan: Plan, name: str) -> Shown:
    """The sheets of a plan for the file `name`, all sides of each."""
    sheets = [[_side(plan, sheet, side) for side in sheet.sides] for sheet in plan.layout.sheets]
    frame = plan.frame
    size = f"{frame.width / MM:.0f} x {frame.height / MM:.0f} mm"
    counted = "1 sheet" if len(sheets) == 1 else f"{len(sheets)} sheets"
    said = [counted, frame.name if frame.name.endswith("mm") else f"{frame.name}, {size}"]
    title = f"{printable(name)} \u00b7 {plan.scheme}"
    return Shown(title, " \u00b7 ".join([*said, _how(plan)]), frame.width, frame.height, sheets)


def _how(plan: Plan) -> str:
    """What to do with the sheets; the front is towards whoever folds."""
    job = plan.job
    if job.scheme == "n-up":
        return "cut along the lines, read line by line"
    signature = 4 if job.scheme == "saddle" else job.signature
    fold = "fold " + FOLDS[signature]
    if job.binding == "right":
        fold = fold.replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")
    if job.scheme == "saddle":
        return f"{fold}; put each sheet into the one before it"
    turned = (
        "print both sides, turned over sideways, and cut in two; "
        if job.scheme == "work-and-turn"
        else ""
    )
    return f"{turned}{fold}; lay the signatures one behind the other"


def _side(plan: Plan, sheet: Sheet, side: Side) -> ShownSide:
    places = plan.places(side)
    caption = f"Sheet {sheet.number}, {'both sides' if side.name == 'both' else side.name}"
    return ShownSide(
        caption,
        [_page(it) for it in places],
        _lines(plan, ("spine", "trim")),
        _lines(plan, ("cut",)),
    )


def _page(it: Placed) -> ShownPage:
    number = "" if it.page is None else str(it.page + 1)
    note = f"creep {it.creep / MM:.2f} mm" if it.creep else ""
    return ShownPage(it.trim, number, it.slot.turned, note)


def _lines(plan: Plan, joints: tuple[Joint, ...]) -> list[Line]:
    """Lines from edge to edge through the middles of joints."""
    frame, grid = plan.frame, plan.layout.grid
    lines: list[Line] = []
    for at, joint in enumerate(grid.across):
        if joint in joints:
            x = frame.joint_across(at)
            lines.append((x, 0.0, x, frame.height))
    for at, joint in enumerate(grid.up):
        if joint in joints:
            y = frame.joint_up(at)
            lines.append((0.0, y, frame.width, y))
    return lines

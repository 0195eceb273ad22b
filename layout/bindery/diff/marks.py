"""The marks that show differences, as operators of a content stream: each kind in a way of its own.

Everything is in points of the sheet. Kinds differ in shape and not in colour alone, so that whoever does not
tell red from green tells them apart too.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.diff.findings import Kind
from layout.bindery.pageform import written
from layout.bindery.preflight.press.geometry import Box, grown, join

Colour = tuple[float, float, float]


class Style(Struct, frozen=True):
    """How differences of some kinds are shown: a tint under `state`, a bar beside, or a frame round them."""

    name: str
    kinds: tuple[Kind, ...]
    colour: Colour
    state: str = ""
    """The graphics state of the tint; "" for none."""
    line: float = 0.0
    """The thickness of a line under the tint."""
    bar: float = 0.0
    frame: float = 0.0
    dashes: str = ""
    air: float = 0.0
    """Between a thing and its frame."""


STYLES: Final = (
    Style("Words changed", ("words",), (0.95, 0.62, 0.0), "/Strong", line=1.2),
    Style("Same words elsewhere", ("reflow",), (0.13, 0.40, 0.86), "/Weak", bar=1.8),
    Style("Pictures, rules, tints", ("picture", "drawing"), (0.60, 0.10, 0.62), frame=1.6, air=2.0),
    Style("Colour or type", ("colour", "type"), (0.0, 0.52, 0.40), frame=0.9, dashes="[4 2.5]", air=1.2),
    Style("Links, notes, boxes", ("link", "note", "page"), (0.45, 0.36, 0.28), frame=0.9, dashes="[1 1.6]", air=0.6),
)  # fmt: skip
"""All styles, in the order of the legend; the first ones lie uppermost."""
STATES: Final = {"/Strong": 0.42, "/Weak": 0.13}
"""The opacity of tints."""
BESIDE: Final = 2.5
"""How far a bar stands from its lines."""
GAP: Final = 9.0
"""Points between two lines that are shown as one block."""
COLUMN: Final = 0.9
"""The share of the shorter of two lines that is over or under the longer one in one block."""
THIN: Final = 6.0
"""Points of a thing, one way, that has a thin frame close by: a rule would be lost in any other."""
STEM: Final = 1.3
"""The thickness of a caret."""
FOOT: Final = 3.2
"""And half the width of its foot."""


def blocks(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of lines that follow each other in a column, joined; others stay as they are."""
    found: list[Box] = []
    for box in boxes:
        last = found[-1] if found else None
        if last is not None and box[2] > box[0] and last[2] > last[0] and _follows(last, box):
            found[-1] = join(last, box)
        else:
            found.append(box)
    return found


def _follows(last: Box, box: Box) -> bool:
    """Whether a line is the next one under a block."""
    common = min(last[2], box[2]) - max(last[0], box[0])
    is_under = -GAP <= last[1] - box[3] <= GAP and box[1] < last[1]
    return is_under and common >= COLUMN * min(last[2] - last[0], box[2] - box[0])


def shown(style: Style, boxes: Sequence[Box]) -> str:
    """The marks of one style."""
    red, green, blue = style.colour
    colour = f"{red} {green} {blue}"
    out = [f"q {colour} rg {colour} RG"]
    if style.state:
        solid = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
        if solid:
            tints = " ".join(_rectangle(grown(box, 0.8)) for box in solid)
            out.append(f"q {style.state} gs {tints} f Q")
        if solid and style.line:
            lines = [(box[0], box[1] - style.line, box[2], box[1]) for box in solid]
            out.append(" ".join(map(_rectangle, lines)) + " f")
        out += [_caret(box) for box in boxes if not (box[2] > box[0] and box[3] > box[1])]
    if style.bar:
        bars = [(box[0] - BESIDE - style.bar, box[1], box[0] - BESIDE, box[3]) for box in boxes]
        out.append(" ".join(_rectangle(bar) for bar in bars) + " f")
    if style.frame:
        for thin in (False, True):
            width, air = (style.frame, style.air) if not thin else (style.frame / 2, style.air / 2)
            some = [box for box in boxes if _is_thin(box) == thin]
            frames = " ".join(_rectangle(grown(box, air + width / 2)) for box in some)
            if some:
                out.append(f"{style.dashes or '[]'} 0 d {width:g} w {frames} S")
    return "\n".join([*out, "Q"]) if boxes else ""


def _is_thin(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) < THIN


def _caret(box: Box) -> str:
    """A stem between two words with a foot under it."""
    x, bottom, top = (box[0] + box[2]) / 2, box[1], box[3]
    if box[2] > box[0]:  # text that runs upwards
        left, right, y = box[0], box[2], (box[1] + box[3]) / 2
        return _rectangle((left, y - STEM / 2, right, y + STEM / 2)) + " f"
    stem = _rectangle((x - STEM / 2, bottom, x + STEM / 2, top))
    one, two, under, tip = map(written, (x - FOOT, x + FOOT, bottom - FOOT, bottom + 1))
    foot = f"{one} {under} m {two} {under} l {written(x)} {tip} l"
    return f"{stem} f {foot} f"


def _rectangle(box: Box) -> str:
    left, bottom, right, top = box
    return f"{written(left)} {written(bottom)} {written(right - left)} {written(top - bottom)} re"

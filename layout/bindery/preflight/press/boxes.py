"""The boxes of pages (ISO 32000-1, 14.11.2): there, one inside the other, and of one size."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.press.geometry import Box
from layout.bindery.preflight.press.sheet import Sheet
from layout.ground.units import MM

NEAR: Final = 0.01
"""Points by which boxes may differ that were rounded."""
_NESTS: Final = (
    ("/BleedBox", "/MediaBox"), ("/TrimBox", "/MediaBox"), ("/ArtBox", "/MediaBox"), ("/CropBox", "/MediaBox"),
    ("/TrimBox", "/BleedBox"), ("/ArtBox", "/BleedBox"),
)  # fmt: skip
"""What must lie inside what."""


def check_boxes(case: Case, sheet: Sheet) -> None:
    """The boxes of one page."""
    where = Where(sheet.number)
    boxes = {key: case.opened.box(sheet.entries, key) for pair in _NESTS for key in pair}
    cut = [key for key in ("/TrimBox", "/ArtBox") if boxes[key] is not None]
    if len(cut) != 1:
        case.add(
            "trim-box",
            where,
            "both a TrimBox and an ArtBox" if cut else "neither a TrimBox nor an ArtBox",
        )
    for inner, outer in _NESTS:
        held, around = boxes[inner], boxes[outer]
        if held is not None and around is not None and not _holds(around, held):
            case.add("box-nesting", where, f"{inner[1:]} reaches outside the {outer[1:]}")
    crop = boxes["/CropBox"]
    if crop is not None and not (_holds(crop, sheet.bleed) and _holds(crop, sheet.trim)):
        case.add("crop-box", where)
    if sheet.unit != 1:
        case.add("user-unit", where, f"{sheet.unit:g}")


def _holds(outer: Box, inner: Box) -> bool:
    """Whether one box lies inside another."""
    beyond = (outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3])
    return max(beyond) <= NEAR


def check_sizes(case: Case, sheets: Sequence[Sheet], limit: float) -> None:
    """All pages are cut to one size: that of most, or of the first where two have as many."""
    sizes = [(round(wide, 2), round(high, 2)) for wide, high in (sheet.size for sheet in sheets)]
    usual = Counter(sizes).most_common(1)[0][0]
    for sheet, size in zip(sheets, sizes, strict=True):
        if any(abs(one - other) > limit + NEAR for one, other in zip(size, usual, strict=True)):
            case.add(
                "trim-size", Where(sheet.number), f"{_said(size)}, most others to {_said(usual)}"
            )


def _said(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.1f} × {size[1] / MM:.1f} mm"

"""Pictures for the press: how many pixels they have where they stand, their colours, their ink."""

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.preflight.looks import jpx_devices
from layout.bindery.preflight.press.geometry import Box, Matrix, moved
from layout.bindery.preflight.press.inks import ALL, CMYK, GRAY, UNKNOWN, Space
from layout.bindery.preflight.press.job import Job
from layout.bindery.preflight.press.judge import Judge
from layout.bindery.preflight.press.state import State
from layout.ground.units import MM

if TYPE_CHECKING:
    from layout.bindery.preflight.press.run import Run

FINER: Final = 4
"""So many times the resolution of a photograph is asked of pictures of one bit, whose edges are bare."""
INCH: Final = 72.0
"""In points."""


class Picture(Struct, frozen=True):
    """A picture or a mask as its dictionary describes it; `wide` and `high` are pixels."""

    wide: int
    high: int
    bits: int
    space: Space
    is_mask: bool
    stream: StreamObject | None = None
    """None for a picture that stands in the content."""

    @property
    def is_line_art(self) -> bool:
        """Whether each pixel is there or not."""
        return self.is_mask or self.bits == 1


class Placed(Struct, frozen=True):
    """Where a picture stands: its matrix, the box of it that is seen, and the graphics state there."""

    matrix: Matrix
    box: Box
    state: State


def of_object(run: "Run", image: StreamObject) -> Picture:
    """An image object (ISO 32000-1, 8.9.5)."""
    case = run.case
    is_mask = case.is_true(image, "/ImageMask")
    space = UNKNOWN
    if not is_mask and "/ColorSpace" in image:
        space = run.job.inks.space(dict.get(image, "/ColorSpace"), run.resources, run.where())
    elif not is_mask:
        devices = jpx_devices(case, image)
        space = CMYK if "DeviceCMYK" in devices else GRAY if "DeviceGray" in devices else UNKNOWN
    wide, high = (case.number(image, key) or 0 for key in ("/Width", "/Height"))
    return Picture(wide, high, case.number(image, "/BitsPerComponent") or 0, space, is_mask, image)


def inline(run: "Run", entries: dict[str, Any]) -> Picture:
    """An image in the content (8.9.7)."""

    def value(short: str, long: str) -> Any:
        return entries.get(short, entries.get(long))

    is_mask = value("/IM", "/ImageMask") == b"true"
    named, space = value("/CS", "/ColorSpace"), UNKNOWN
    if isinstance(named, list) and len(named) > 1:
        named = named[1]  # [/Indexed base …]
    if isinstance(named, str) and not is_mask:
        space = run.job.inks.space(named, run.resources, run.where())
    wide, high, bits = (
        int(value(*keys) or 0) for keys in (("/W", "/Width"), ("/H", "/Height"), ("/BPC", "/BitsPerComponent"))
    )  # fmt: skip
    return Picture(wide, high, bits, space, is_mask)


def judge_picture(job: Job, judge: Judge, picture: Picture, placed: Placed) -> None:
    """All rules about a picture at a place."""
    state = placed.state
    if picture.is_mask:
        judge.colour(
            "a picture",
            state.fill,
            placed.box,
            state.overprint_fill,
            state.overprint_mode,
            state.alpha_fill,
        )
    else:
        _colours(job, judge, picture, placed)
    masks = []
    if picture.stream is not None:
        _stands_for(job, judge, picture.stream, placed)
        masks = [
            (key, mask)
            for key in ("/SMask", "/Mask")
            if (mask := job.case.stream(picture.stream, key)) is not None
        ]
    if any(key == "/SMask" for key, _ in masks) and not judge.hidden:
        judge.transparent["a soft mask"] = None
    if not judge.is_printed(placed.box):
        return
    judge.reach(placed.box, "a picture")
    _resolution(job, judge, picture, placed, "a mask" if picture.is_mask else "a picture")
    for key, mask in masks:
        _resolution(job, judge, _mask(job, mask, key == "/Mask"), placed, "the mask of a picture")


def _mask(job: Job, mask: StreamObject, is_hard: bool) -> Picture:
    wide, high = (job.case.number(mask, key) or 0 for key in ("/Width", "/Height"))
    return Picture(wide, high, job.case.number(mask, "/BitsPerComponent") or 0, GRAY, is_hard, mask)


def _colours(job: Job, judge: Judge, picture: Picture, placed: Placed) -> None:
    """The space of a picture, and the ink in it."""
    space = picture.space.paints
    pixels = f"{picture.wide} × {picture.high} pixels"
    if space.kind == "rgb" and space.calibrated:
        judge.sheet.note("rgb-picture", pixels, judge.place(placed.box), 0, pixels)
    else:
        judge.space("a picture", picture.space, placed.box)
    if not judge.is_printed(placed.box):
        return
    if ALL in space.inks and judge.sheet.is_in_trim(placed.box):
        judge.sheet.note("ink-all", "a picture", judge.place(placed.box), 0, pixels)
    ink = job.pixels.ink(picture) if placed.state.alpha_fill == 1 else ""
    if ink:
        judge.sheet.note("ink-picture", ink, judge.place(placed.box), 0, ink)


def _stands_for(job: Job, judge: Judge, image: DictionaryObject, placed: Placed) -> None:
    """Other pictures that may be printed in its place."""
    case, place = job.case, judge.place(placed.box)
    if "/OPI" in image:
        judge.sheet.note("image-opi", "", place)
    for each in case.array(image, "/Alternates"):
        if case.is_true(case.resolve(each), "/DefaultForPrinting"):
            judge.sheet.note("alternates", "", place)


def _resolution(job: Job, judge: Judge, picture: Picture, placed: Placed, what: str) -> None:
    """Pixels to an inch where it stands, in the direction that has fewer."""
    if picture.wide <= 1 or picture.high <= 1:
        return  # an even colour, or one that changes in one direction: pixels mean nothing
    unit, origin = judge.sheet.unit, moved(0, 0, placed.matrix)
    sides = []
    for x, y in ((1, 0), (0, 1)):
        end = moved(x, y, placed.matrix)
        sides.append(((end[0] - origin[0]) ** 2 + (end[1] - origin[1]) ** 2) ** 0.5 * unit)
    if not min(sides) > 0:
        return
    found = min(picture.wide / sides[0], picture.high / sides[1]) * INCH
    key = _key(found / (FINER if picture.is_line_art else 1), job)
    if key:
        size = " × ".join(f"{side / MM:.0f}" for side in sides)
        detail = f"{what} has {found:.0f} ppi at {size} mm"
        judge.sheet.note(key, detail, judge.place(placed.box), found, str(id(picture.stream)))


def _key(found: float, job: Job) -> str:
    wanted = job.demands.press.resolution
    if round(found) < wanted.least:
        return "resolution-least"
    if round(found) < wanted.good:
        return "resolution-good"
    return "resolution-most" if round(found) > wanted.most else ""

"""Runs through content streams for the press: where things come to lie, how large, in which inks."""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, Final

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.preflight.case import NOTHING, Case, identity
from layout.bindery.preflight.content import named_resource
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.looks import check_state, check_xobject
from layout.bindery.preflight.press.geometry import IDENTITY, Box, Matrix, meet, moved_box, times
from layout.bindery.preflight.press.inks import CMYK, GRAY, RGB, Space
from layout.bindery.preflight.press.job import FORM, Job
from layout.bindery.preflight.press.judge import Judge
from layout.bindery.preflight.press.pictures import (
    Picture,
    Placed,
    inline,
    judge_picture,
    of_object,
)
from layout.bindery.preflight.press.state import Colour, Path, State
from layout.bindery.preflight.press.text import Text
from layout.bindery.preflight.tokens import operations

DEEPEST: Final = 16
"""Forms, patterns and glyphs inside one another."""
BATCH: Final = 1024
"""Operators between two looks at how many were read."""
DEEPEST_STATE: Final = 512
"""Saved graphics states that are remembered."""
_UNIT: Final[Box] = (0, 0, 1, 1)

Handler = Callable[["Run", list[Any]], None]


def numbers(operands: list[Any], count: int) -> list[float]:
    """The last numbers of the operands; raises ValueError or TypeError where they are none."""
    if len(operands) < count:
        raise IndexError
    return [float(each) for each in operands[len(operands) - count :]]


class Run:
    """One run through the content of a page, a form, a pattern or a glyph."""

    def __init__(
        self, job: Job, judge: Judge, resources: Any, state: State | None = None, depth: int = 0
    ) -> None:
        self.job, self.judge, self.resources, self.depth = job, judge, resources, depth
        self.case, self.sheet = job.case, judge.sheet
        self.state = state or State()
        self.base = self.state.ctm
        """Where this content's own space lies: patterns are laid out in it."""
        self.saved: list[State] = []
        self.path, self.clips = self.new_path(), False
        self.text = Text(self)
        self.plain = False
        """Whether colours are those of who paints this, whatever it says (8.7.3.3)."""

    def new_path(self) -> Path:
        """A path without parts."""
        return Path()

    def inner(self, resources: Any, state: State) -> "Run":
        """A run through what is painted inside this content."""
        return type(self)(self.job, self.judge, resources, state, self.depth + 1)

    def table(self) -> "tuple[Mapping[bytes, Handler], frozenset[bytes]]":
        """What is done for each operator, and the operators that nothing is done for."""
        return HANDLERS, OTHER

    def where(self) -> Where:
        """The page."""
        return Where(self.sheet.number)

    def read(self, data: bytes) -> None:
        """Read it to its end."""
        count, (handlers, other) = 0, self.table()
        for operator, operands in operations(data):
            count += 1
            if count == BATCH:
                self.job.spend(count)
                count = 0
            handler = handlers.get(operator)
            if handler is not None:
                try:
                    handler(self, operands)
                except (IndexError, TypeError, ValueError, OverflowError):
                    self.case.add("operand", self.where(), operator.decode("latin-1"))
            elif operator not in other:
                self.case.add("operator", self.where(), operator.decode("latin-1"))
        self.job.spend(count)

    # --- the graphics state ---

    def save(self, _operands: list[Any]) -> None:
        """Save the graphics state."""
        if len(self.saved) < DEEPEST_STATE:
            self.saved.append(copy(self.state))

    def restore(self, _operands: list[Any]) -> None:
        """Restore it."""
        if self.saved:
            self.state = self.saved.pop()

    def concat(self, operands: list[Any]) -> None:
        """Change the space that things are placed in."""
        a, b, c, d, e, f = numbers(operands, 6)
        self.state.ctm = times((a, b, c, d, e, f), self.state.ctm)

    def set_width(self, operands: list[Any]) -> None:
        """Set the thickness of lines."""
        self.state.width = abs(numbers(operands, 1)[0])

    def set_state(self, operands: list[Any]) -> None:
        """Take a graphics state from the resources."""
        value = self.resource("/ExtGState", operands[-1])
        entries, case, state = self.case.resolve(value), self.case, self.state
        if not isinstance(entries, DictionaryObject):
            return
        if case.first("press states", (self.sheet.number, identity(value))):
            self._look(entries)
        if "/LW" in entries:
            state.width = abs(float(case.item(entries, "/LW") or 0))
        if "/OP" in entries:
            state.overprint_stroke = state.overprint_fill = case.is_true(entries, "/OP")
        if "/op" in entries:
            state.overprint_fill = case.is_true(entries, "/op")
        if "/OPM" in entries:
            state.overprint_mode = case.number(entries, "/OPM") or 0
        if "/ca" in entries:
            state.alpha_fill = float(case.item(entries, "/ca") or 0)
        if "/CA" in entries:
            state.alpha_stroke = float(case.item(entries, "/CA") or 0)
        fonts = case.array(entries, "/Font")
        if len(fonts) > 1:
            state.font, state.size = (
                self.job.font(fonts[0], self.sheet.number),
                float(case.resolve(fonts[1])),
            )

    def _look(self, entries: DictionaryObject) -> None:
        """A graphics state, once a page: what X-4 says of it, whether it is transparent, its mask."""
        case = self.case
        if check_state(case, entries, self.where()):
            self.judge.transparent |= dict.fromkeys(_kinds_of_transparency(self, entries))
        mask = case.dictionary(entries, "/SMask")
        if "/G" in mask:
            self.judge.hidden += 1
            try:
                self.form(dict.get(mask, "/G"), case.item(mask, "/G"))
            finally:
                self.judge.hidden -= 1

    def resource(self, category: str, name: Any) -> Any:
        """A named resource as it stands there, or None with a finding (7.8.3)."""
        return named_resource(self.case, self.resources, category, name, self.where())

    # --- colours ---

    def _space(self, value: Any) -> Space:
        return self.job.inks.space(value, self.resources, self.where())

    def set_space(self, operands: list[Any], fill: bool) -> None:
        """Set the colour space, which begins with a colour of its own."""
        space = self._space(operands[-1])
        self._set(Colour(space, () if space.kind == "pattern" else space.start), fill)

    def set_colour(self, operands: list[Any], fill: bool) -> None:
        """Set a colour of the current space, or a pattern."""
        space = (self.state.fill if fill else self.state.stroke).space
        if operands and isinstance(operands[-1], str):
            values = tuple(float(each) for each in operands[:-1])
            colour = Colour(space, values, operands[-1])
            if not self.plain:
                self.pattern(colour)
        else:
            colour = Colour(space, tuple(float(each) for each in operands))
        self._set(colour, fill)

    def set_device(self, name: str, space: Space, operands: list[Any], fill: bool) -> None:
        """Set a colour of a device, or of what stands for it in the resources."""
        values = tuple(numbers(operands, space.channels))
        own = self.case.dictionary(self.resources, "/ColorSpace")
        self._set(Colour(self._space(name) if own else space, values), fill)

    def _set(self, colour: Colour, fill: bool) -> None:
        if self.plain:
            return
        if fill:
            self.state.fill = colour
        else:
            self.state.stroke = colour

    def pattern(self, colour: Colour) -> None:
        """What a pattern paints with: the cell of a tiling one is read, once a page and place."""
        value = self.resource("/Pattern", colour.pattern)
        pattern = self.case.resolve(value)
        if isinstance(pattern, StreamObject):
            self._tile(value, pattern, colour)
        elif isinstance(pattern, DictionaryObject):
            shading = self.case.dictionary(pattern, "/Shading")
            self._shading(shading, self.sheet.trim)

    def _tile(self, value: Any, pattern: StreamObject, colour: Colour) -> None:
        number, case = self.sheet.number, self.case
        if self.depth >= DEEPEST or not case.first("tiles", (number, identity(value), self.base)):
            return
        self.job.spend(FORM)
        state = State(ctm=times(matrix_of(self.case, pattern), self.base))
        run = self.inner(case.dictionary(pattern, "/Resources"), state)
        if case.number(pattern, "/PaintType") == 2:
            state.fill = state.stroke = Colour(colour.space.paints, colour.values)
            run.plain = True
        self.judge.inside.append("in a pattern")
        try:
            run.read(case.content(pattern, number))
        finally:
            self.judge.inside.pop()

    # --- paths ---

    def move(self, operands: list[Any]) -> None:
        """Begin a subpath."""
        x, y = numbers(operands, 2)
        self.path.begin(x, y, self.state.ctm)

    def line(self, operands: list[Any]) -> None:
        """Go on in a straight line."""
        x, y = numbers(operands, 2)
        self.path.line(x, y, self.state.ctm)

    def curve(self, operands: list[Any], count: int) -> None:
        """Go on in a curve."""
        self.path.curve(numbers(operands, count), self.state.ctm)

    def rectangle(self, operands: list[Any]) -> None:
        """Add a rectangle."""
        x, y, wide, high = numbers(operands, 4)
        self.path.rectangle(x, y, wide, high, self.state.ctm)

    def clip(self, _operands: list[Any]) -> None:
        """Let the path clip what comes after it."""
        self.clips = True

    def paint(self, fill: bool, stroke: bool) -> None:
        """Paint the path, or end it."""
        path, state = self.path, self.state
        if path.parts:
            box = path.box if fill or stroke or self.clips else _UNIT
            if fill:
                self.judge.fill("a tint or a drawing", path.parts, box, state)
            if stroke:
                self.judge.stroke(path.parts, box, state)
            if self.clips:
                state.clip = meet(state.clip, box)
            self.path = self.new_path()
        self.clips = False

    # --- shadings, pictures, forms ---

    def shade(self, operands: list[Any]) -> None:
        """Paint a shading over all that is not clipped away."""
        shading = self.case.resolve(self.resource("/Shading", operands[-1]))
        if isinstance(shading, DictionaryObject):
            box = meet(self.state.clip, self.sheet.media)
            self._shading(shading, box)
            self.judge.reach(box, "a shading")

    def _shading(self, shading: DictionaryObject, box: Box) -> None:
        self.judge.space("a shading", self._space(dict.get(shading, "/ColorSpace")), box)

    def inline_image(self, operands: list[Any]) -> None:
        """Paint an inline image."""
        self.picture(inline(self, operands[0]))

    def picture(self, picture: Picture) -> None:
        """Paint a picture or a mask."""
        judge_picture(self.job, self.judge, picture, self.placed())

    def do(self, operands: list[Any]) -> None:
        """Paint an external object."""
        value = self.resource("/XObject", operands[-1] if operands else None)
        thing = self.case.resolve(value)
        if not isinstance(thing, DictionaryObject):
            return
        kind = self.case.name(thing, "/Subtype")
        if self.case.first("press objects", identity(value)):
            check_xobject(self.case, thing, self.where())
        if kind == "Form":
            self.form(value, thing)
        elif kind == "Image" and isinstance(thing, StreamObject):
            self.picture(of_object(self, thing))

    def placed(self) -> Placed:
        """Where a picture stands that is painted now."""
        state = self.state
        return Placed(state.ctm, meet(moved_box(_UNIT, state.ctm), state.clip), state)

    def form(self, value: Any, form: Any) -> None:
        """Paint a form; it is read as often as it is painted, since it lies elsewhere each time."""
        if not isinstance(form, StreamObject):
            return
        if self.depth >= DEEPEST:
            self.case.add("unchecked", self.where(), "a form that is nested so deep")
            return
        self.job.spend(FORM)
        self._group(form)
        state = copy(self.state)
        state.ctm = times(matrix_of(self.case, form), state.ctm)
        box = box_of(self, form)
        if box is not None:
            state.clip = meet(state.clip, moved_box(box, state.ctm))
        own = self.case.item(form, "/Resources")
        resources = own if isinstance(own, DictionaryObject) else self.resources
        run = self.inner(resources, state)
        run.plain = self.plain
        run.read(self.case.content(form, self.sheet.number))

    def _group(self, form: DictionaryObject) -> None:
        """The space that a group blends in (11.6.6)."""
        group = self.case.dictionary(form, "/Group")
        if self.case.name(group, "/S") != "Transparency":
            return
        if not self.judge.hidden:
            self.judge.transparent["a group"] = None
        if "/CS" in group and self._space(dict.get(group, "/CS")).paints.kind == "rgb":
            self.sheet.note("blend-group", "", "")


def matrix_of(case: Case, thing: DictionaryObject, key: str = "/Matrix") -> Matrix:
    """The matrix of a form, a pattern or a font; the one that changes nothing if it is not whole."""
    found = [case.resolve(each) for each in case.array(thing, key)]
    if len(found) != 6 or not all(isinstance(each, int | float) for each in found):
        return IDENTITY
    a, b, c, d, e, f = map(float, found)
    return a, b, c, d, e, f


def box_of(run: Run, form: DictionaryObject) -> Box | None:
    """The box of a form, or None."""
    try:
        return run.case.opened.box(form, "/BBox")
    except (TypeError, ValueError):
        return None


def _kinds_of_transparency(run: Run, entries: DictionaryObject) -> list[str]:
    case = run.case
    modes = [case.resolve(each) for each in case.each(entries, "/BM")]
    found = (
        ["opacity"]
        if any(case.item(entries, key) not in (None, 1) for key in ("/ca", "/CA"))
        else []
    )
    if any(mode not in ("/Normal", "/Compatible") for mode in modes):
        found.append("a blend mode")
    if case.dictionary(entries, "/SMask") is not NOTHING:
        found.append("a soft mask")
    return found


def _device(name: str, space: Space, fill: bool) -> Handler:
    return lambda run, operands: run.set_device(name, space, operands, fill)


def _path(fill: bool, stroke: bool) -> Handler:
    return lambda run, _: run.paint(fill, stroke)


HANDLERS: Final[dict[bytes, Handler]] = {
    b"q": Run.save,
    b"Q": Run.restore,
    b"cm": Run.concat,
    b"w": Run.set_width,
    b"gs": Run.set_state,
    b"g": _device("/DeviceGray", GRAY, True),
    b"G": _device("/DeviceGray", GRAY, False),
    b"rg": _device("/DeviceRGB", RGB, True),
    b"RG": _device("/DeviceRGB", RGB, False),
    b"k": _device("/DeviceCMYK", CMYK, True),
    b"K": _device("/DeviceCMYK", CMYK, False),
    b"cs": lambda run, operands: run.set_space(operands, True),
    b"CS": lambda run, operands: run.set_space(operands, False),
    b"sc": lambda run, operands: run.set_colour(operands, True),
    b"SC": lambda run, operands: run.set_colour(operands, False),
    b"scn": lambda run, operands: run.set_colour(operands, True),
    b"SCN": lambda run, operands: run.set_colour(operands, False),
    b"m": Run.move,
    b"l": Run.line,
    b"c": lambda run, operands: run.curve(operands, 6),
    b"v": lambda run, operands: run.curve(operands, 4),
    b"y": lambda run, operands: run.curve(operands, 4),
    b"re": Run.rectangle,
    b"W": Run.clip,
    b"W*": Run.clip,
    b"n": _path(False, False),
    b"f": _path(True, False),
    b"F": _path(True, False),
    b"f*": _path(True, False),
    b"S": _path(False, True),
    b"s": _path(False, True),
    b"B": _path(True, True),
    b"B*": _path(True, True),
    b"b": _path(True, True),
    b"b*": _path(True, True),
    b"sh": Run.shade,
    b"EI": Run.inline_image,
    b"Do": Run.do,
    b"BT": lambda run, operands: run.text.begin(operands),
    b"Tf": lambda run, operands: run.text.set_font(operands),
    b"Tm": lambda run, operands: run.text.set_matrix(operands),
    b"Td": lambda run, operands: run.text.move(operands),
    b"TD": lambda run, operands: run.text.move_and_lead(operands),
    b"T*": lambda run, operands: run.text.next_line(operands),
    b"TL": lambda run, operands: run.text.set_leading(operands),
    b"Tz": lambda run, operands: run.text.set_stretch(operands),
    b"Ts": lambda run, operands: run.text.set_rise(operands),
    b"Tr": lambda run, operands: run.text.set_mode(operands),
    b"Tj": lambda run, operands: run.text.show(operands),
    b"TJ": lambda run, operands: run.text.show(operands),
    b"'": lambda run, operands: run.text.show_next(operands),
    b'"': lambda run, operands: run.text.show_next(operands),
}
"""What is looked at (ISO 32000-1, annex A)."""
OTHER: Final = frozenset(b"ri d J j M i h ET Tc Tw d0 d1 BX EX MP DP BMC BDC EMC".split())
"""Operators that no rule of the press is about."""

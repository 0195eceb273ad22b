"""Runs through content streams: what they paint, in which fonts and colours, and what of it is tagged."""

from collections.abc import Callable
from copy import copy
from typing import Any, Final

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.preflight.case import NOTHING, identity
from layout.bindery.preflight.colour import NONE, Devices
from layout.bindery.preflight.content import FontUse, Shown
from layout.bindery.preflight.looks import (
    check_image,
    check_inline,
    check_rendering,
    check_state,
    check_xobject,
    has_soft_mask,
    jpx_devices,
)
from layout.bindery.preflight.marks import Marks, key_of
from layout.bindery.preflight.paint import Painter
from layout.bindery.preflight.tokens import Odd, Row, Text, operations, row_text

DEEPEST_FORM: Final = 24
INVISIBLE: Final = 3
"""The text rendering mode that paints nothing (9.3.6)."""

Handler = Callable[["Scan", list[Any]], None]


class Scan(Painter):
    """One run through a content stream."""

    def run(self, data: bytes) -> None:
        """Read it to its end."""
        handlers, other, report = HANDLERS, OTHER, self.report
        count, left = 0, self.case.operators_left
        for operator, operands in operations(data, report):
            count += 1
            if count > left:
                break
            handler = handlers.get(operator)
            if handler is not None:
                self.apply(handler, operator, operands)
            elif operator not in other:
                self.case.add("operator", self.where(), operator.decode("latin-1"))
        self.case.spend(operators=count)
        self.marks.finish()
        if self.saved:
            self.case.add("states", self.where())

    def report(self, key: str, detail: object) -> None:
        """An operand that breaks a rule by itself."""
        self.case.add(key, self.where(), detail)

    def apply(self, handler: Handler, operator: bytes, operands: list[Any]) -> None:
        """Do what an operator says, if it has what it needs for that."""
        try:
            handler(self, operands)
        except (IndexError, TypeError, ValueError):
            self.case.add("operand", self.where(), operator.decode("latin-1"))

    def set_state(self, operands: list[Any]) -> None:
        """Take a graphics state from the resources."""
        state = self.take_state(self.resource("/ExtGState", operands[-1]))
        case = self.case
        if "/OP" in state or "/op" in state:
            self.state.overprint = case.is_true(state, "/OP") or case.is_true(state, "/op")
        if "/OPM" in state:
            self.state.overprint_mode = case.number(state, "/OPM") or 0
        fonts = case.array(state, "/Font")
        if fonts:
            self.state.font = self.contents.font(fonts[0], self.marks.page)

    def take_state(self, value: Any) -> DictionaryObject:
        """Look at a graphics state, or at nothing; its entries."""
        state, case = self.case.resolve(value), self.case
        if not isinstance(state, DictionaryObject):
            return NOTHING
        key = ("state", identity(value))
        if key not in self.contents.seen:
            self.contents.seen[key] = check_state(case, state, self.where())
            if "/G" in case.dictionary(state, "/SMask"):
                self.hidden_form(dict.get(case.dictionary(state, "/SMask"), "/G"))
        self.contents.transparent |= self.contents.seen[key]
        return state

    def hidden_form(self, value: Any) -> None:
        """A form that is not content itself, such as a mask."""
        marks = Marks(self.case, self.contents.tree, self.marks.page, None)
        marks.cover(None)
        scan = Scan(self.contents, marks, self.resources, None, self.depth + 1)
        scan.form(value, self.case.resolve(value))

    def set_intent(self, operands: list[Any]) -> None:
        """Set the rendering intent."""
        check_rendering(self.case, str(operands[-1]).removeprefix("/"), self.where())

    def pattern_fill(self, operands: list[Any]) -> None:
        """Set the colour or pattern to fill with."""
        if operands and isinstance(operands[-1], str):
            self.state.fill = self.state.fill | self.pattern(operands[-1])

    def pattern_stroke(self, operands: list[Any]) -> None:
        """Set the colour or pattern of lines."""
        if operands and isinstance(operands[-1], str):
            self.state.stroke = self.state.stroke | self.pattern(operands[-1])

    def pattern(self, name: str) -> Devices:
        """What a pattern paints with; the cells of a tiling one are read like a form."""
        value = self.resource("/Pattern", name)
        pattern = self.case.resolve(value)
        if isinstance(pattern, StreamObject):
            self.hidden_form(value)
        elif isinstance(pattern, DictionaryObject):
            self.take_state(dict.get(pattern, "/ExtGState"))
            return self.space(dict.get(self.case.dictionary(pattern, "/Shading"), "/ColorSpace"))
        return NONE

    def begin_text(self, _operands: list[Any]) -> None:
        """Begin a text object."""
        self.marks.begin_text()

    def end_text(self, _operands: list[Any]) -> None:
        """End it."""
        self.marks.end_text()

    def set_font(self, operands: list[Any]) -> None:
        """Set the font."""
        value = self.resource("/Font", operands[0] if operands else None)
        self.state.font = None if value is None else self.contents.font(value, self.marks.page)

    def set_mode(self, operands: list[Any]) -> None:
        """Set how text is painted."""
        self.state.mode = int(operands[-1])

    def show(self, operands: list[Any]) -> None:
        """Show a string, or the strings of an array."""
        if not operands:
            return
        shown = operands[-1]
        even = not isinstance(shown, Odd)
        if isinstance(shown, Row):
            shown, even = row_text(shown)
        elif isinstance(shown, list):
            even = not any(isinstance(each, Odd) for each in shown)
            shown = b"".join([each for each in shown if isinstance(each, Text)])
        if not even:
            self.report("hex-string", "in the content")
        if not shown or not isinstance(shown, bytes):
            return
        state, marks = self.state, self.marks
        if state.font is None:
            self.case.add("resource", self.where(), "text without a font")
            return
        place = Shown(marks.page, marks.element, state.mode == INVISIBLE, marks.has_actual_text)
        state.font.shown.setdefault(place, []).append(shown)
        mode = state.mode & 3
        self.paint("text", mode in (0, 2), mode in (1, 2))
        if self.case.name(state.font.entries, "/Subtype") == "Type3":
            self.glyphs(state.font)

    def glyphs(self, font: FontUse) -> None:
        """The content streams that the glyphs of a Type 3 font are (9.6.5)."""
        if not self.case.first("type 3", id(font)) or self.is_too_deep():
            return
        procedures = self.case.dictionary(font.entries, "/CharProcs")
        resources = self.case.dictionary(font.entries, "/Resources") or self.resources
        for name in procedures:
            glyph = self.case.item(procedures, name)
            if isinstance(glyph, StreamObject):
                marks = Marks(self.case, self.contents.tree, self.marks.page, None)
                marks.cover(None)
                scan = Scan(self.contents, marks, resources, copy(self.state), self.depth + 1)
                scan.run(self.case.content(glyph, self.marks.page))

    def set_dashes(self, operands: list[Any]) -> None:
        """Set the pattern of dashes, an array of numbers."""
        if any(isinstance(each, Row) and not row_text(each)[1] for each in operands):
            self.report("hex-string", "in the content")

    def shade(self, operands: list[Any]) -> None:
        """Paint a shading."""
        shading = self.case.resolve(self.resource("/Shading", operands[-1]))
        self.paint("a shading", False, False)
        if isinstance(shading, DictionaryObject):
            self.judge(self.space(dict.get(shading, "/ColorSpace")))

    def inline_image(self, operands: list[Any]) -> None:
        """Paint an inline image."""
        image = operands[0]
        check_inline(self.case, image, self.where())
        is_mask = b"true" in (image.get("/IM"), image.get("/ImageMask"))
        self.paint("an image", is_mask, False)
        space = image.get("/CS", image.get("/ColorSpace"))
        if isinstance(space, list) and len(space) > 1:
            space = space[1]  # [/Indexed base …]
        if isinstance(space, str) and not is_mask:
            self.judge(self.space(space))

    def do(self, operands: list[Any]) -> None:
        """Paint an external object."""
        value = self.resource("/XObject", operands[-1] if operands else None)
        thing = self.case.resolve(value)
        if not isinstance(thing, DictionaryObject):
            return
        kind = self.case.name(thing, "/Subtype")
        if self.case.first("external objects", identity(value)):
            check_xobject(self.case, thing, self.where())
        if kind == "Form":
            self.form(value, thing)
        elif kind == "Image":
            self.image(thing)

    def image(self, image: DictionaryObject) -> None:
        """Paint an image."""
        is_mask = self.case.is_true(image, "/ImageMask")
        self.paint("an image", is_mask, False)
        if self.case.first("images", id(image)):
            check_image(self.case, image, self.where())
        self.contents.transparent |= has_soft_mask(self.case, image)
        if "/ColorSpace" in image and not is_mask:
            self.judge(self.space(dict.get(image, "/ColorSpace")))
        elif not is_mask:
            self.judge(jpx_devices(self.case, image))

    def form(self, value: Any, form: Any) -> None:
        """Paint a form: once for each way it can be covered, since nothing else about it changes."""
        if not isinstance(form, StreamObject):
            return
        case, contents, key = self.case, self.contents, identity(value)
        marks = Marks(
            case, contents.tree, self.marks.page, key_of(case, form, "/StructParents"), self.marks
        )
        if element := contents.tree.of_object(key_of(case, form, "/StructParent")):
            marks.cover(element)
        way = ("form", key, marks.artifacts > 0, marks.tagged > 0)
        if contents.forms.get(key):
            contents.numbered = True
            case.add("form-mcid-twice", self.where())
        if way in contents.seen:
            return
        contents.seen[way] = True
        if self.is_too_deep():
            return
        own = case.item(form, "/Resources")
        inherited = not isinstance(own, DictionaryObject)
        resources = self.resources if inherited else own
        scan = Scan(contents, marks, resources, copy(self.state), self.depth + 1, inherited)
        scan.run(case.content(form, self.marks.page))
        contents.numbers.setdefault(key, set()).update(marks.numbers)
        contents.forms[key], contents.keys[key] = bool(marks.numbers), marks.key
        contents.numbered |= bool(marks.numbers)
        self.group(form, resources)

    def is_too_deep(self) -> bool:
        """Whether so many forms lie one in another that this one is not read; then it is told."""
        if self.depth > DEEPEST_FORM:
            self.case.add("unchecked", self.where(), "a form that is nested so deep")
        return self.depth > DEEPEST_FORM

    def group(self, form: DictionaryObject, resources: DictionaryObject) -> None:
        """The space a transparency group is blended in (11.6.6)."""
        group = self.case.dictionary(form, "/Group")
        if "/CS" in group:
            self.judge(
                self.contents.spaces.devices(dict.get(group, "/CS"), resources, self.where())
            )

    def begin(self, operands: list[Any]) -> None:
        """Begin marked content without properties."""
        self.marks.begin(operands[-1] if operands else "", None)

    def begin_with(self, operands: list[Any]) -> None:
        """Begin marked content with properties, its own or a resource's."""
        properties = self.properties(operands)
        self.marks.begin(operands[0] if operands else "", properties)

    def properties(self, operands: list[Any]) -> Any:
        """The properties of marked content, written there or found in the resources."""
        properties = operands[-1] if len(operands) > 1 else None
        if isinstance(properties, str):
            return self.case.resolve(self.resource("/Properties", properties))
        return properties

    def point(self, operands: list[Any]) -> None:
        """A point with properties."""
        self.marks.language(self.properties(operands))

    def end(self, _operands: list[Any]) -> None:
        """End marked content."""
        self.marks.end()


def _fill_with(name: str) -> Handler:
    return lambda scan, _: scan.fill_space([name])


def _stroke_with(name: str) -> Handler:
    return lambda scan, _: scan.stroke_space([name])


HANDLERS: Final[dict[bytes, Handler]] = {
    b"q": Scan.save,
    b"Q": Scan.restore,
    b"gs": Scan.set_state,
    b"ri": Scan.set_intent,
    b"d": Scan.set_dashes,
    b"g": _fill_with("/DeviceGray"),
    b"G": _stroke_with("/DeviceGray"),
    b"rg": _fill_with("/DeviceRGB"),
    b"RG": _stroke_with("/DeviceRGB"),
    b"k": _fill_with("/DeviceCMYK"),
    b"K": _stroke_with("/DeviceCMYK"),
    b"cs": Scan.fill_space,
    b"CS": Scan.stroke_space,
    b"scn": Scan.pattern_fill,
    b"SCN": Scan.pattern_stroke,
    b"BT": Scan.begin_text,
    b"ET": Scan.end_text,
    b"Tf": Scan.set_font,
    b"Tr": Scan.set_mode,
    b"Tj": Scan.show,
    b"TJ": Scan.show,
    b"'": Scan.show,
    b'"': Scan.show,
    b"f": Scan.fill,
    b"F": Scan.fill,
    b"f*": Scan.fill,
    b"S": Scan.stroke,
    b"s": Scan.stroke,
    b"B": Scan.fill_and_stroke,
    b"B*": Scan.fill_and_stroke,
    b"b": Scan.fill_and_stroke,
    b"b*": Scan.fill_and_stroke,
    b"sh": Scan.shade,
    b"EI": Scan.inline_image,
    b"Do": Scan.do,
    b"BMC": Scan.begin,
    b"BDC": Scan.begin_with,
    b"EMC": Scan.end,
    b"DP": Scan.point,
}
"""What is looked at (ISO 32000-1, annex A)."""
OTHER: Final = frozenset(
    b"w J j M i cm m l c v y h re W W* n Tc Tw Tz TL Ts Td TD Tm T* d0 d1 BX EX MP SC sc".split()
)
"""Operators that no rule is about."""

"""Text for the press: how large it comes out, in how many inks, and in which fonts."""

from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import StreamObject

from layout.bindery.preflight.content import FontUse, Shown
from layout.bindery.preflight.press.geometry import IDENTITY, Box, Matrix, moved_box, times
from layout.bindery.preflight.press.sheet import weight_of
from layout.bindery.preflight.press.state import Colour, State
from layout.bindery.preflight.tokens import Row, row_text
from layout.bindery.preflight.tokens import Text as String

if TYPE_CHECKING:
    from layout.bindery.preflight.press.run import Run

INVISIBLE: Final = 3
"""The text rendering mode that paints nothing (ISO 32000-1, 9.3.6)."""
ROUNDED: Final = 0.01
"""Points by which a size may be rounded."""
_WIDE, _HIGH = 0.5, 0.7
"""A letter, about, in parts of its size: enough to know whether it is on the page."""


class Text:
    """The text objects of one run: where the next string begins."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.matrix: Matrix = IDENTITY
        self.line: Matrix = IDENTITY

    def begin(self, _operands: list[Any]) -> None:
        """Begin a text object."""
        self.matrix = self.line = IDENTITY

    def set_font(self, operands: list[Any]) -> None:
        """Set font and size."""
        state, size = self.run.state, float(operands[1])
        value = self.run.resource("/Font", operands[0])
        state.font = None if value is None else self.run.job.font(value, self.run.sheet.number)
        state.size = size

    def set_matrix(self, operands: list[Any]) -> None:
        """Set where text is, and how it is stretched."""
        a, b, c, d, e, f = (float(each) for each in operands[-6:])
        self.matrix = self.line = (a, b, c, d, e, f)

    def move(self, operands: list[Any]) -> None:
        """Go to another line."""
        x, y = (float(each) for each in operands[-2:])
        self.matrix = self.line = times((1, 0, 0, 1, x, y), self.line)

    def move_and_lead(self, operands: list[Any]) -> None:
        """Go to another line, and let all that follow lie so far apart."""
        self.run.state.leading = -float(operands[-1])
        self.move(operands)

    def next_line(self, _operands: list[Any]) -> None:
        """Go to the next line."""
        self.matrix = self.line = times((1, 0, 0, 1, 0, -self.run.state.leading), self.line)

    def set_leading(self, operands: list[Any]) -> None:
        """Set the distance of lines."""
        self.run.state.leading = float(operands[-1])

    def set_stretch(self, operands: list[Any]) -> None:
        """Set how wide letters are, in percent."""
        self.run.state.stretch = float(operands[-1]) / 100

    def set_rise(self, operands: list[Any]) -> None:
        """Set how far text is above its line."""
        self.run.state.rise = float(operands[-1])

    def set_mode(self, operands: list[Any]) -> None:
        """Set how text is painted."""
        self.run.state.mode = int(operands[-1])

    def show_next(self, operands: list[Any]) -> None:
        """Show a string on the next line."""
        self.next_line(operands)
        self.show(operands)

    def show(self, operands: list[Any]) -> None:
        """Show a string, or the strings of an array."""
        shown = operands[-1]
        if isinstance(shown, Row):
            shown, _ = row_text(shown)
        elif isinstance(shown, list):
            shown = b"".join([each for each in shown if isinstance(each, String)])
        if not isinstance(shown, bytes) or not shown:
            return
        run, state = self.run, self.run.state
        if state.font is None:
            run.case.add("resource", run.where(), "text without a font")
            return
        place = Shown(run.sheet.number, -1, state.mode == INVISIBLE, False)
        state.font.shown.setdefault(place, []).append(bytes(shown))
        if state.mode & INVISIBLE == INVISIBLE:
            return
        matrix = times((state.stretch, 0, 0, 1, 0, state.rise), times(self.matrix, state.ctm))
        is_type3 = run.case.name(state.font.entries, "/Subtype") == "Type3"
        if is_type3:
            self._glyphs(state.font, matrix)
        if shown.strip(b" "):
            self._judge(bytes(shown), matrix, is_type3)

    def _judge(self, shown: bytes, matrix: Matrix, is_type3: bool) -> None:
        """The rules about text that is seen."""
        state, judge = self.run.state, self.run.judge
        assert state.font is not None
        size = abs(state.size)
        letters = len(shown) / (
            2 if self.run.case.name(state.font.entries, "/Subtype") == "Type0" else 1
        )
        box = moved_box((0, 0, letters * size * _WIDE, size * _HIGH), matrix)
        strokes, mode = state.mode & INVISIBLE == 1, state.overprint_mode
        colour = state.stroke if strokes else state.fill
        overprints = state.overprint_stroke if strokes else state.overprint_fill
        alpha = state.alpha_stroke if strokes else state.alpha_fill
        judge.colour("text", colour, box, overprints, mode, alpha)
        if state.mode & INVISIBLE == 2:
            judge.colour(
                "text", state.stroke, box, state.overprint_stroke, mode, state.alpha_stroke
            )
        if not alpha or not judge.is_printed(box):
            return
        if not is_type3:  # its letters have no size that is known
            self._size(
                size * (matrix[2] ** 2 + matrix[3] ** 2) ** 0.5 * self.run.sheet.unit, colour, box
            )
        if _is_black(colour) and not overprints:
            self.run.sheet.note("black-knockout", "", judge.place(box))

    def _size(self, size: float, colour: Colour, box: Box) -> None:
        """The size of text as it comes out, in points."""
        judge, limits = self.run.judge, self.run.job.demands.press.limits
        said, place, sheet = weight_of(size), judge.place(box), self.run.sheet
        if colour.is_blank and size < limits.reversed - ROUNDED:
            sheet.note("text-reversed", said, place, size)
        elif size < limits.text - ROUNDED:
            sheet.note("text-small", said, place, size)
        if size < limits.one_ink - ROUNDED:
            inks = _inks(colour)
            if inks:
                sheet.note("text-inks", f"{said} in {inks}", place, size, inks)

    def _glyphs(self, font: FontUse, matrix: Matrix) -> None:
        """The content that the glyphs of a Type 3 font are (9.6.5), once a page: it has colours of its own."""
        from layout.bindery.preflight.press import run as runs

        run, case = self.run, self.run.case
        seen = case.first("press glyphs", (run.sheet.number, id(font)))
        if not seen or run.depth >= runs.DEEPEST:
            return
        procedures = case.dictionary(font.entries, "/CharProcs")
        resources = case.dictionary(font.entries, "/Resources") or run.resources
        outer = times(
            times(
                runs.matrix_of(case, font.entries, "/FontMatrix"),
                (run.state.size, 0, 0, run.state.size, 0, 0),
            ),
            matrix,
        )
        run.judge.inside.append("in the letters of a font")
        try:
            for name in procedures:
                glyph = case.item(procedures, name)
                if isinstance(glyph, StreamObject):
                    state = State(ctm=outer, fill=run.state.fill, stroke=run.state.fill)
                    runs.Run(run.job, run.judge, resources, state, run.depth + 1).read(
                        case.content(glyph, run.sheet.number)
                    )
        finally:
            run.judge.inside.pop()


def _is_black(colour: Colour) -> bool:
    """Whether it is full black and no other ink."""
    total = colour.total
    return total is not None and total > 99 and colour.names == ("Black",)


def _inks(colour: Colour) -> str:
    """The inks of a colour, if there is more than one, else ""."""
    if colour.pattern:
        return ""
    kind = colour.space.paints.kind
    if kind in ("rgb", "lab"):
        return "" if colour.is_blank else {"rgb": "RGB", "lab": "Lab"}[kind]
    names = colour.names
    return " and ".join(names) if len(names) > 1 else ""

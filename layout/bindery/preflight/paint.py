"""What is painted with which colours, and whether it is tagged: the part of a scan that text and forms share."""

from copy import copy
from typing import Any, Final

from pypdf.generic import DictionaryObject

from layout.bindery.preflight.colour import NONE, Devices, judge
from layout.bindery.preflight.content import Contents, State, named_resource
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.marks import Marks

DEEPEST: Final = 28
"""Nested graphics states (ISO 32000-1, annex C)."""


class Painter:
    """The graphics state of one run through a content stream."""

    def __init__(
        self,
        contents: Contents,
        marks: Marks,
        resources: DictionaryObject,
        state: State | None = None,
        depth: int = 0,
        inherited: bool = False,
    ) -> None:
        self.contents, self.marks, self.resources = contents, marks, resources
        self.case, self.depth, self.inherited = contents.case, depth, inherited
        self.state = state or State()
        self.saved: list[State] = []
        self.judged: set[Devices] = {NONE}

    def where(self) -> Where:
        """Where we are."""
        return self.marks.where()

    def resource(self, category: str, name: Any) -> Any:
        """A named resource as it stands there, or None with a finding (7.8.3)."""
        found = named_resource(self.case, self.resources, category, name, self.where())
        if found is None:
            return None
        if self.inherited:
            self.case.add("resource-inherited", Where(self.marks.page), category[1:])
        return found

    def save(self, _operands: list[Any]) -> None:
        """Save the graphics state."""
        self.saved.append(copy(self.state))
        if len(self.saved) > DEEPEST:
            self.case.add("limit-nesting", self.where())

    def restore(self, _operands: list[Any]) -> None:
        """Restore it."""
        if self.saved:
            self.state = self.saved.pop()
        else:
            self.case.add("states", self.where())

    def fill_space(self, operands: list[Any]) -> None:
        """Set the colour space to fill with."""
        self.state.fill = self.space(operands[-1])
        self.judge(self.state.fill)

    def stroke_space(self, operands: list[Any]) -> None:
        """Set the colour space of lines."""
        self.state.stroke = self.space(operands[-1])
        self.judge(self.state.stroke)

    def space(self, value: Any) -> Devices:
        """What a colour space paints with."""
        return self.contents.spaces.devices(value, self.resources, self.where())

    def paint(self, what: str, fill: bool, stroke: bool) -> None:
        """Something is painted with the current colours."""
        state = self.state
        if not self.marks.covered and self.case.first("untagged", (self.marks.page, what)):
            self.case.add("untagged", Where(self.marks.page), what)
        if fill and state.fill not in self.judged:
            self.judge(state.fill)
        if stroke and state.stroke not in self.judged:
            self.judge(state.stroke)

    def judge(self, devices: Devices) -> None:
        """Whether these colours may be used here."""
        if devices in self.judged:
            return
        if "ICC CMYK" in devices:
            if self.state.overprint and self.state.overprint_mode == 1:
                self.case.add("icc-overprint", self.where())
        else:
            self.judged.add(devices)
        judge(self.case, devices, self.where())

    def fill(self, _operands: list[Any]) -> None:
        """Fill a path."""
        self.paint("a tint or a drawing", True, False)

    def stroke(self, _operands: list[Any]) -> None:
        """Draw the line of a path."""
        self.paint("a line", False, True)

    def fill_and_stroke(self, _operands: list[Any]) -> None:
        """Both."""
        self.paint("a drawing", True, True)

"""What is painted, held to the rules: colours, overprinting, lines, and the edge of the page."""

from typing import Final

from msgspec import Struct

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.demands import Demands
from layout.bindery.preflight.press.edges import Edges
from layout.bindery.preflight.press.geometry import Box, grown, is_there, meet, scales
from layout.bindery.preflight.press.inks import ALL, Inks, Space
from layout.bindery.preflight.press.sheet import Sheet, weight_of
from layout.bindery.preflight.press.state import Colour, Part, State

ROUNDED: Final = 0.5
"""Percent of ink that may come of rounding."""
MOST_COLOURS: Final = 10_000
"""Colours of a page whose verdicts are remembered."""
THIN: Final = 1e-3
"""Points by which a thickness may be rounded."""
MOST_THIN: Final = 1000
"""Parts of a path beyond which it is a drawing or letters, and thin parts of it mean nothing."""


class Verdict(Struct, frozen=True):
    """A rule that a colour breaks wherever it is used: `printed` only in the bleed, `inside` only in the trim."""

    key: str
    detail: str
    weight: float = 0
    printed: bool = False
    inside: bool = False


class Judge:
    """The rules about what is painted on one page."""

    def __init__(self, case: Case, sheet: Sheet, inks: Inks, demands: Demands) -> None:
        self.case, self.sheet, self.inks, self.press = case, sheet, inks, demands.press
        self.edges = Edges(sheet)
        self.known: dict[object, tuple[tuple[Verdict, ...], frozenset[str]]] = {}
        self.transparent: dict[str, None] = {}
        """What makes the page transparent, in words."""
        self.hidden = 0
        """How many masks are being read: what they paint is not printed, but must be in colours that may be used."""
        self.inside: list[str] = []
        """The patterns and letters that are being read, in words: they are laid out wherever they are wanted."""

    def is_printed(self, box: Box) -> bool:
        """Whether any of a box is in the bleed, and ink."""
        return not self.hidden and is_there(box) and bool(self.inside or self.sheet.is_printed(box))

    def place(self, box: Box) -> str:
        """A box in words."""
        if self.inside:
            return self.inside[-1]
        return self.sheet.around(box) if is_there(box) else ""

    def reach(self, box: Box, what: str) -> None:
        """Something fills a box; it may touch the edge of the page."""
        if not self.hidden and not self.inside:
            self.edges.reach(box, what)

    def fill(self, what: str, parts: list[Part], box: Box, state: State) -> None:
        """The inside of a path was painted."""
        seen = self._nearest(parts, meet(box, state.clip), state.clip, 0)
        self.colour(
            what, state.fill, seen, state.overprint_fill, state.overprint_mode, state.alpha_fill
        )
        if not state.alpha_fill or state.fill.is_blank or not self.is_printed(seen):
            return
        limit = self.press.limits.hairline / self.sheet.unit - THIN
        for part in parts:
            clipped = meet(part.box, state.clip)
            if not self.is_printed(clipped):
                continue
            thin = min(part.right - part.left, part.top - part.bottom)
            if part.straight and thin < limit and len(parts) < MOST_THIN:
                self._hairline(thin, clipped)
            self.reach(clipped, what)

    def stroke(self, parts: list[Part], box: Box, state: State) -> None:
        """The line of a path was painted."""
        least, most = scales(state.ctm)
        half = state.width * most / 2
        seen = self._nearest(parts, meet(grown(box, half), state.clip), state.clip, half)
        self.colour(
            "a line",
            state.stroke,
            seen,
            state.overprint_stroke,
            state.overprint_mode,
            state.alpha_stroke,
        )
        if not state.alpha_stroke or state.stroke.is_blank or not self.is_printed(seen):
            return
        thin = state.width * least
        for part in parts:
            clipped = meet(grown(part.box, half), state.clip)
            if not self.is_printed(clipped):
                continue
            if thin < self.press.limits.hairline / self.sheet.unit - THIN:
                self._hairline(thin, clipped)
            self.reach(clipped, "a line")

    def _nearest(self, parts: list[Part], box: Box, clip: Box, by: float) -> Box:
        """Of the boxes of a path's parts the one that matters most: in the trim, else in the bleed, else any.

        Marks for the printer are one path round the page: the box about it all would lie on the page.
        """
        if self.inside or len(parts) < 2 or len(parts) >= MOST_THIN:
            return box
        boxes = [meet(grown(part.box, by), clip) for part in parts]
        there = [each for each in boxes if is_there(each)] or boxes
        printed = [each for each in there if self.sheet.is_printed(each)]
        return next(filter(self.sheet.is_in_trim, printed), (printed or there)[0])

    def _hairline(self, thin: float, box: Box) -> None:
        self.sheet.note("hairline", weight_of(thin * self.sheet.unit), self.place(box), thin)

    def colour(
        self, what: str, colour: Colour, box: Box, overprints: bool, mode: int, alpha: float
    ) -> None:
        """A colour is used for something in a box; of what is clear only the kind of colour counts."""
        key = (what, id(colour.space), colour.values, colour.pattern, overprints, mode)
        if key not in self.known:
            if len(self.known) > MOST_COLOURS:
                self.known.clear()
            verdicts = (
                *self._kinds(what, colour.space),
                *self._amounts(what, colour, overprints, mode),
            )
            self.known[key] = verdicts, frozenset(colour.names)
        verdicts, names = self.known[key]
        if not names <= self.inks.used and alpha and self.is_printed(box):
            self.inks.used |= names
        for each in verdicts:
            if each.printed and not (alpha and self.is_printed(box)):
                continue
            if each.inside and not (self.inside or self.sheet.is_in_trim(box)):
                continue
            self.sheet.note(each.key, each.detail, self.place(box), each.weight, each.detail)

    def space(self, what: str, space: Space, box: Box) -> None:
        """A colour space is used without any one colour: by a shading."""
        for each in self._kinds(what, space):
            self.sheet.note(each.key, each.detail, self.place(box), 0, each.detail)
        if self.is_printed(box):
            self.inks.used |= set(space.paints.inks)

    def _kinds(self, what: str, space: Space) -> list[Verdict]:
        """What is to be said of a space whatever the colour."""
        found, intent, inner = [], self.case.intent, space.paints
        if inner.kind == "rgb" and inner.calibrated:
            found.append(Verdict("rgb-profile", what))
        elif inner.kind == "rgb" and intent != "RGB":
            found.append(Verdict("rgb", what))
        elif inner.kind == "lab":
            found.append(Verdict("lab", what))
        elif inner.kind == "cmyk" and not inner.calibrated and intent not in ("", "CMYK"):
            found.append(Verdict("cmyk", f"{what}, {intent}"))
        behind = inner.base.paints if inner.kind == "inks" and inner.base else None
        is_bare = behind is not None and behind.kind == "rgb" and not behind.calibrated
        if is_bare and intent != "RGB":
            found.append(Verdict("rgb", f"{what}, behind the ink {' and '.join(inner.inks)}"))
        return found

    def _amounts(self, what: str, colour: Colour, overprints: bool, mode: int) -> list[Verdict]:
        """What is to be said of one colour."""
        total = colour.total
        found: list[Verdict] = []
        if colour.pattern or total is None:
            return found
        if total > self.press.ink_limit + ROUNDED:
            detail = f"{what}, {total:.0f} %, and the limit is {self.press.ink_limit:g} %"
            found.append(Verdict("ink-colour", detail, -total, printed=True))
        if ALL in colour.names:
            found.append(Verdict("ink-all", what, printed=True, inside=True))
        if overprints and colour.is_blank:
            found.append(Verdict(_vanishing(colour, mode), what, printed=True))
        if overprints and mode == 1 and colour.space.kind == "cmyk" and colour.space.calibrated:
            found.append(Verdict("icc-overprint", "", printed=True))
        return found


def _vanishing(colour: Colour, mode: int) -> str:
    """The rule that blank paint breaks when it overprints (ISO 32000-1, 8.6.7).

    Inks of their own leave all other plates alone, and so does DeviceCMYK in mode 1; else the
    process plates are cleared, and only other inks stay.
    """
    inner = colour.space
    alone = inner.kind == "inks" or (inner.kind == "cmyk" and not inner.calibrated and mode == 1)
    return "overprint-white" if alone else "overprint-spot"

"""One page's content to words, pictures and drawings: the run of the press, with all that is painted kept."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace
from pypdf.generic import ArrayObject, DictionaryObject

from layout.bindery.diff.content import Drawing, Look, Picture
from layout.bindery.diff.letters import Letters
from layout.bindery.diff.paints import Digests, said
from layout.bindery.diff.paths import Line
from layout.bindery.diff.pictures import Shelf, inline_stream
from layout.bindery.diff.words import SIZES, Crowded, Words
from layout.bindery.diff.writing import Writing
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.content import FontUse
from layout.bindery.preflight.demands import Demands
from layout.bindery.preflight.press import pictures
from layout.bindery.preflight.press.geometry import Box, grown, is_there, meet, scales
from layout.bindery.preflight.press.job import Job
from layout.bindery.preflight.press.run import HANDLERS, OTHER, Handler, Run, numbers
from layout.bindery.preflight.press.state import Colour, Path, State

PAGINATION: Final = ("Pagination",)
"""Artifacts that are no part of the text (ISO 32000-1, table 330)."""
NORMAL: Final = ("/Normal", "/Compatible", None)


class Work(Job):
    """What the pages of one file have in common while they are read."""

    def __init__(self, case: Case) -> None:
        super().__init__(case, Demands())
        self.digests, self.shelf, self.words = Digests(case), Shelf(case), Words()
        self.known: dict[int, Letters] = {}
        self.looks: dict[tuple[str, float, str], Look] = {}
        self.points, self.things = MOST_POINTS, MOST_THINGS
        self.has_furniture = False
        """Whether the file says itself what is furniture."""


MOST_THINGS: Final = 500_000
"""Drawings and pictures of a file, as often as they are painted."""
MOST_POINTS: Final = 4_000_000
"""Points of paths that are kept of a file; of what comes after only the boxes are compared."""


class Desk:
    """What is found on one page: it stands where a run has its judge."""

    def __init__(self, work: Work, number: int, media: Box) -> None:
        self.sheet = self
        self.number, self.media, self.trim = number, media, media
        self.pictures: list[Picture] = []
        self.drawings: list[Drawing] = []


class Canvas(State):
    """The graphics state with what decides where letters lie, and how things are blended."""

    spacing: float = 0.0
    wording: float = 0.0
    blend: str = ""


class Reader(Run):
    """One run through the content of a page or a form."""

    job: Work
    state: Canvas
    path: Line

    def __init__(
        self, job: Work, desk: Any, resources: Any, state: State | None = None, depth: int = 0
    ) -> None:
        super().__init__(job, desk, resources, state or Canvas(), depth)
        self.desk: Desk = desk
        self.words = job.words
        self.text = Writing(self)
        self.open: list[bool] = []
        """Of each open sequence of marked content, whether it is furniture."""
        self.is_furniture = False

    def new_path(self) -> Path:
        """A path that keeps its points."""
        return Line()

    def inner(self, resources: Any, state: State) -> Run:
        """A run through what is painted inside this content."""
        made = Reader(self.job, self.desk, resources, state, self.depth + 1)
        made.is_furniture = self.is_furniture
        return made

    def table(self) -> tuple[Mapping[bytes, Handler], frozenset[bytes]]:
        """What is done for each operator, and the operators that nothing is done for."""
        return TABLE, OTHER

    def letters(self, use: FontUse) -> Letters:
        """The letters of a font."""
        key = id(use)
        if key not in self.job.known:
            self.job.known[key] = Letters(self.case, use)
        return self.job.known[key]

    def look(self, face: str, size: float, paint: str) -> Look:
        """A look, the same one for the same letters."""
        key = (face, round(size * SIZES) / SIZES, paint)
        if key not in self.job.looks:
            self.job.looks[key] = Look(*key)
        return self.job.looks[key]

    # --- the graphics state ---

    def set_state(self, operands: list[Any]) -> None:
        """Take a graphics state from the resources."""
        super().set_state(operands)
        entries = self.case.resolve(self.resource("/ExtGState", operands[-1]))
        if not isinstance(entries, DictionaryObject) or not {"/BM", "/SMask"} & set(entries):
            return
        mode = self.case.resolve(next(iter(self.case.each(entries, "/BM")), None))
        mask = self.case.item(entries, "/SMask")
        blend = "" if mode in NORMAL else f", blended by {str(mode)[1:]}"
        if isinstance(mask, DictionaryObject):
            blend += f", masked ({self.job.digests.of(dict.get(entries, '/SMask'))})"
        self.state.blend = blend

    def extras(self) -> str:
        """How things are blended and overprinted, in words."""
        state = self.state
        return state.blend + (", overprinting" if state.overprint_fill else "")

    def _look(self, entries: DictionaryObject) -> None:
        """Nothing is judged."""

    def _group(self, form: DictionaryObject) -> None:
        """Nothing is judged."""

    def set_colour(self, operands: list[Any], fill: bool) -> None:
        """Set a colour of the current space, or a pattern, which is known by what it says."""
        space = (self.state.fill if fill else self.state.stroke).space
        if not (operands and isinstance(operands[-1], str)):
            super().set_colour(operands, fill)
            return
        values = tuple(float(each) for each in operands[:-1])
        pattern = f"a pattern ({self.job.digests.of(self.resource('/Pattern', operands[-1]))})"
        paints = f" in {said(Colour(space.paints, values))}" if values else ""
        self._set(Colour(space, values, pattern + paints), fill)

    def set_spacing(self, operands: list[Any]) -> None:
        """Set the distance between letters."""
        self.state.spacing = numbers(operands, 1)[0]

    def set_wording(self, operands: list[Any]) -> None:
        """Set the distance between words."""
        self.state.wording = numbers(operands, 1)[0]

    # --- marked content ---

    def begin(self, operands: list[Any]) -> None:
        """Begin marked content: running heads and folios are artifacts of a kind."""
        self.open.append(self.is_furniture)
        if "/Artifact" not in operands[:1]:
            return
        entries = operands[-1] if len(operands) > 1 else None
        if isinstance(entries, str):
            entries = self.case.resolve(self.resource("/Properties", entries))
        kind = entries.get("/Type") if isinstance(entries, dict) else None
        if str(self.case.resolve(kind)).removeprefix("/") in PAGINATION:
            self.is_furniture = self.job.has_furniture = True

    def end(self, _operands: list[Any]) -> None:
        """End it."""
        if self.open:
            self.is_furniture = self.open.pop()

    # --- what is painted ---

    def paint(self, fill: bool, stroke: bool) -> None:
        """Paint the path, or end it."""
        path, state = self.path, self.state
        if path.parts:
            box = path.box
            if fill and state.alpha_fill:
                self._drawn("fill", box, said(state.fill, state.alpha_fill, self.extras()))
            if stroke and state.alpha_stroke:
                width = state.width * sum(scales(state.ctm)) / 2
                paint = said(state.stroke, state.alpha_stroke, self.extras())
                self._drawn("line", grown(box, width / 2), paint, width)
            if self.clips:
                if not path.is_rectangle:
                    self._drawn("clip", box, "")
                state.clip = meet(state.clip, box)
            self.path = Line()
        self.clips = False

    def _count(self) -> None:
        """One thing more; raises `Crowded` where there are too many."""
        self.job.things -= 1
        if self.job.things < 0:
            raise Crowded(f"all that is beyond {MOST_THINGS} drawings and pictures")

    def _drawn(self, kind: str, box: Box, paint: str, width: float = 0.0) -> None:
        seen = meet(meet(box, self.state.clip), self.desk.media)
        if not is_there(seen):
            return
        self._count()
        points = self.path.points.tobytes()
        self.job.points -= len(self.path.points)
        kept = points if self.job.points > 0 else b""
        self.desk.drawings.append(Drawing(kind, seen, paint, kept, width))

    def shade(self, operands: list[Any]) -> None:
        """Paint a shading over all that is not clipped away."""
        value = self.resource("/Shading", operands[-1])
        box = meet(self.state.clip, self.desk.media)
        if self.case.resolve(value) is not None and is_there(box):
            self._count()
            paint = f"a shading ({self.job.digests.of(value)})" + self.extras()
            self.desk.drawings.append(Drawing("shading", box, paint))

    def inline_image(self, operands: list[Any]) -> None:
        """Paint an inline image."""
        picture, stream = pictures.inline(self, operands[0]), inline_stream(*operands)
        space = self.case.item(stream, "/ColorSpace")
        if isinstance(space, ArrayObject):  # a table of colours
            found = self.job.inks.space(space, self.resources, self.where())
            picture = replace(picture, space=found)
        self._shown(picture, stream)

    def picture(self, picture: pictures.Picture) -> None:
        """Paint a picture or a mask."""
        if picture.stream is not None:
            self._shown(picture, picture.stream)

    def _shown(self, picture: pictures.Picture, stream: Any) -> None:
        placed, state = self.placed(), self.state
        box = meet(placed.box, self.desk.media)
        if not is_there(box):
            return
        self._count()
        a, b, c, d = placed.matrix[:4]
        paint = said(state.fill, state.alpha_fill, self.extras()) if picture.is_mask else ""
        if not paint and state.alpha_fill < 1:
            paint = f"{round(100 * state.alpha_fill)} % opaque"
        stored, words = self.job.shelf.put(picture, stream)
        self.desk.pictures.append(Picture(stored, box, words, (a, b, c, d), paint or state.blend))


TABLE: Final[dict[bytes, Handler]] = {
    **HANDLERS,
    b"gs": lambda run, operands: run.set_state(operands),
    b"sh": lambda run, operands: run.shade(operands),
    b"EI": lambda run, operands: run.inline_image(operands),
    b"h": lambda run, _: run.path.close(),  # type: ignore[attr-defined]
    b"Tc": lambda run, operands: run.set_spacing(operands),  # type: ignore[attr-defined]
    b"Tw": lambda run, operands: run.set_wording(operands),  # type: ignore[attr-defined]
    b'"': lambda run, operands: run.text.show_spaced(operands),  # type: ignore[attr-defined]
    b"BMC": lambda run, operands: run.begin(operands),  # type: ignore[attr-defined]
    b"BDC": lambda run, operands: run.begin(operands),  # type: ignore[attr-defined]
    b"EMC": lambda run, operands: run.end(operands),  # type: ignore[attr-defined]
}
"""What is done for each operator."""

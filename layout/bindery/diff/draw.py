"""Differences as a PDF: pages side by side, each as a form, with marks over what changed, captions and a legend."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from layout.bindery.body import Body, dictionary, text
from layout.bindery.diff.appearances import appearances
from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import Comparison, Finding, PagePair
from layout.bindery.diff.hidden import layers_of
from layout.bindery.diff.marks import STATES, STYLES, Style, blocks, shown
from layout.bindery.diff.sheet import FOOT, MARGIN, sheet_of
from layout.bindery.diff.tell import summary
from layout.bindery.flatten import look_form
from layout.bindery.foreign import Opened, open_bytes
from layout.bindery.graft import Graft
from layout.bindery.imposition.originals import Original, original_of
from layout.bindery.names import Names
from layout.bindery.outline import leading_to, write_outline
from layout.bindery.pageform import note_form, numbers_of, packed, page_form, written
from layout.bindery.preflight.press.geometry import Box, Matrix, moved_box
from layout.ground.problems import Place, printable
from layout.plates.captions import Caption, paint_captions

VERSION: Final = (1, 7)
SIDES: Final = ("A", "B")
INK: Final = (0.11, 0.13, 0.16)
QUIET: Final = (0.42, 0.44, 0.47)
GROUND: Final = "0.937 0.929 0.914"
EDGE: Final = "0.70 0.69 0.67"
"""Of the line round each page."""
NAME: Final = 12.0
"""Size of a caption's letters."""
SMALL: Final = 9.5
"""And of the legend's."""
SWATCH: Final = (22.0, 10.0)
"""Width and height of a sample in the legend."""

Marks = Mapping[tuple[int, int], Mapping[Style, Sequence[Box]]]
"""Boxes by side and page, then by style."""


def draw(
    files: tuple[Opened, Opened],
    contents: tuple[Content, Content],
    comparison: Comparison,
    every: bool,
) -> bytes:
    """The PDF; pages that are equal are left out unless `every` is asked for."""
    marks = _marks(comparison)
    pairs = [it for it in comparison.pages if every or _differs(it, marks)]
    return _Press(files, contents, comparison, marks, pairs).run()


def _marks(comparison: Comparison) -> Marks:
    """The places of all differences; pages as a whole have none."""
    lone = {(0, it.a) for it in comparison.pages if it.b is None}
    lone |= {(1, it.b) for it in comparison.pages if it.a is None}
    found: dict[tuple[int, int], dict[Style, list[Box]]] = defaultdict(lambda: defaultdict(list))
    styles = {kind: style for style in STYLES for kind in style.kinds}
    for finding in comparison.findings:
        style = styles.get(finding.kind)
        for side, spots in enumerate((finding.a, finding.b)):
            if _is_caret(finding, side) and all(
                (1 - side, it.page) in lone for it in (finding.b, finding.a)[side]
            ):
                continue  # a page of its own says where its words belong
            for spot in spots if style else ():
                boxes = found[side, spot.page][style or STYLES[0]]
                boxes += blocks(spot.boxes)
    return found


def _is_caret(finding: Finding, side: int) -> bool:
    """Whether the words of a difference stand in the other file alone."""
    return finding.kind == "words" and finding.change == ("added", "removed")[side]


def _differs(pair: PagePair, marks: Marks) -> bool:
    if pair.a is None or pair.b is None:
        return True
    return (0, pair.a) in marks or (1, pair.b) in marks


class _Press:
    """The PDF while it is made."""

    def __init__(
        self,
        files: tuple[Opened, Opened],
        contents: tuple[Content, Content],
        comparison: Comparison,
        marks: Marks,
        pairs: Sequence[PagePair],
    ) -> None:
        self.files, self.contents, self.marks, self.pairs = files, contents, marks, pairs
        self.comparison = comparison
        self.body = Body(VERSION)
        self.tree = self.body.reserve()
        self.grafts = [self._graft(opened) for opened in files]
        self.originals: dict[tuple[int, int], Original] = {}
        for side, page in self._pages():
            with files[side].reading():
                entries = files[side].pages[page].entries
                self.originals[side, page] = original_of(files[side], entries)
        self.sheet = sheet_of(list(self.originals.values()))
        self.notes: list[Caption] = []
        self.forms: list[IndirectObject] = []
        self.widths: tuple[float, ...] = ()

    def _pages(self) -> list[tuple[int, int]]:
        """All pages that are shown, by side."""
        return [
            (side, page)
            for pair in self.pairs
            for side, page in enumerate((pair.a, pair.b))
            if page is not None
        ]

    def _graft(self, opened: Opened) -> Graft:
        return Graft(self.body, opened, self.tree, Names({}, {}, set(), ""), False)

    def run(self) -> bytes:
        """All sheets; one that says so where no page differs."""
        self._set_captions()
        states = {name: self._state(opacity) for name, opacity in STATES.items()}
        self.states = dictionary(states)
        made = [self._sheet(number, pair) for number, pair in enumerate(self.pairs)]
        titles = [" and ".join(self._called(pair)) for pair in self.pairs]
        if not made:
            made, titles = [self._page(self._legend() + self._word(), {})], ["no page differs"]
        pages = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(made),
            "/Count": NumberObject(len(made)),
        }
        self.body.put(self.tree, dictionary(pages))
        items = [leading_to(title, page) for title, page in zip(titles, made, strict=True)]
        root = {
            "/Type": NameObject("/Catalog"),
            "/Pages": self.tree,
            "/Outlines": write_outline(self.body, items),
            "/OCProperties": layers_of(self.files, self.grafts),
        }
        names = " and ".join(printable(it.name) for it in self.files)
        info = self.body.add(dictionary({"/Title": text(f"{names} compared")}))
        return self.body.written(self.body.add(dictionary(root)), info)

    def _state(self, opacity: float) -> DictionaryObject:
        """A tint through which what lies below can be read."""
        return dictionary({"/ca": FloatObject(f"{opacity}"), "/BM": NameObject("/Multiply")})

    def _called(self, pair: PagePair) -> list[str]:
        both = zip(SIDES, self.contents, (pair.a, pair.b), strict=True)
        return [content.label(page, name) for name, content, page in both if page is not None]

    # --- captions and the legend ---

    def _set_captions(self) -> None:
        """Paint all lines of type at once: those of the legend first, then two for each page."""
        room = self.sheet.cells[0][2] - self.sheet.cells[0][0]
        notes = [Caption(style.name, SMALL, colour=INK) for style in STYLES]
        notes.append(
            Caption(
                summary(self.comparison), SMALL, colour=QUIET, room=self.sheet.width - 2 * MARGIN
            )
        )
        for pair in self.pairs:
            for side, page in enumerate((pair.a, pair.b)):
                name = printable(self.files[side].name)
                said = self.contents[side].label(page) if page is not None else "no such page"
                notes.append(Caption(f"{SIDES[side]}   {said}", NAME, "semibold", INK, room * 0.5))
                notes.append(Caption(name, NAME, colour=QUIET, room=room * 0.46))
        painted = paint_captions(notes)
        self.widths = painted.widths
        opened = open_bytes(painted.pdf, Place(self.files[0].name), "the captions")
        graft = self._graft(opened)
        with opened.reading():
            self.forms = [note_form(graft, leaf.entries) for leaf in opened.pages]

    def _note(self, number: int, x: float, y: float) -> str:
        """The operators that paint a line of type."""
        return f"q 1 0 0 1 {written(x)} {written(y)} cm /T{number} Do Q\n"

    def _legend(self) -> str:
        """Samples of all styles at the foot, with their names."""
        widths = [SWATCH[0] + 7 + width for width in self.widths[: len(STYLES)]]
        gap = min(34.0, (self.sheet.width - 2 * MARGIN - sum(widths)) / max(1, len(STYLES) - 1))
        x, y = self.sheet.cells[0][0] if gap == 34.0 else MARGIN, FOOT - 24
        parts = []
        for number, (style, width) in enumerate(zip(STYLES, widths, strict=True)):
            parts.append(shown(style, [(x + 3, y, x + SWATCH[0] - 3, y + SWATCH[1])]))
            parts.append(self._note(number, x + SWATCH[0] + 7, y - 1.5))
            x += width + gap
        return "\n".join(parts) + "\n"

    def _word(self) -> str:
        """How many differences there are, in the middle of a sheet without pages."""
        at = len(STYLES)
        return self._note(at, (self.sheet.width - self.widths[at]) / 2, self.sheet.height / 2)

    # --- sheets ---

    def _sheet(self, number: int, pair: PagePair) -> IndirectObject:
        parts, used = [], {}
        for side, page in enumerate((pair.a, pair.b)):
            code, forms = self._side(side, page)
            parts.append(code)
            used.update(forms)
            first = len(STYLES) + 1 + 4 * number + 2 * side
            left, _, right, top = self.sheet.cells[side]
            parts.append(self._note(first, left, top + 11))
            parts.append(self._note(first + 1, right - self.widths[first + 1], top + 11))
            used |= {f"/T{at}": self.forms[at] for at in (first, first + 1)}
        return self._page("".join(parts) + self._legend(), used)

    def _page(self, content: str, used: Mapping[str, IndirectObject]) -> IndirectObject:
        width, height = self.sheet.width, self.sheet.height
        ground = f"{GROUND} rg 0 0 {written(width)} {written(height)} re f\n"
        notes = {f"/T{at}": self.forms[at] for at in range(len(STYLES) + 1)}
        group = {
            "/S": NameObject("/Transparency"),
            "/CS": NameObject("/DeviceRGB"),
            "/I": BooleanObject(True),
        }
        entries = {
            "/Type": NameObject("/Page"),
            "/Parent": self.tree,
            "/MediaBox": numbers_of((0, 0, width, height)),
            "/Group": dictionary(group),
            "/Resources": dictionary(
                {"/XObject": dictionary({**notes, **used}), "/ExtGState": self.states}
            ),
            "/Contents": self.body.add_stream(packed((ground + content).encode("ascii"), {})),
        }
        return self.body.add(dictionary(entries))

    def _side(self, side: int, page: int | None) -> tuple[str, dict[str, IndirectObject]]:
        """One page with its marks, or the outline of one that is not there; and the forms that it takes."""
        if page is None:
            outline = _rectangle(self.sheet.cells[side])
            return f"q {EDGE} RG 0.7 w [5 4] 0 d {outline} S Q\n", {}
        original = self.originals[side, page]
        box, matrix = self.sheet.placed(side, original)
        code, forms = self._painted(side, page, self.sheet.onto(side, original))
        marks = [
            shown(style, [moved_box(each, matrix) for each in self.marks[side, page][style]])
            for style in reversed(STYLES)
            if (side, page) in self.marks and style in self.marks[side, page]
        ]
        paper = f"q 1 g {_rectangle(box)} f Q\n"
        edge = f"q {EDGE} RG 0.7 w {_rectangle(box)} S Q\n"
        inside = f"q {_rectangle(box)} W n\n{code}Q\n"
        reach = (box[0] - MARGIN / 2, box[1] - MARGIN / 2, box[2] + MARGIN / 2, box[3] + MARGIN / 2)
        over = f"q {_rectangle(reach)} W n\n" + "\n".join(marks) + "\nQ\n"
        return paper + inside + edge + over, forms

    def _painted(
        self, side: int, page: int, matrix: Matrix
    ) -> tuple[str, dict[str, IndirectObject]]:
        """A page's content, and what its annotations paint, in its own space."""
        opened, graft = self.files[side], self.grafts[side]
        name = f"/{SIDES[side]}{page + 1}"
        numbers = " ".join(map(written, matrix))
        with opened.reading():
            entries = opened.pages[page].entries
            forms: dict[str, Any] = {
                name: page_form(graft, entries, self.originals[side, page].area)
            }
            code = f"q {numbers} cm {name} Do Q\n"
            for at, (annotation, fitted) in enumerate(appearances(opened, entries)):
                forms[f"{name}.{at}"] = look_form(graft, annotation)
                code += f"q {numbers} cm {' '.join(map(written, fitted))} cm {name}.{at} Do Q\n"
        return code, forms


def _rectangle(box: Box) -> str:
    left, bottom, right, top = box
    return " ".join(map(written, (left, bottom, right - left, top - bottom))) + " re"

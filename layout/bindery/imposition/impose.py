"""Pages to sheets: each page becomes a form, each side of a sheet a page that paints some of them."""

import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from msgspec import Struct
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    read_object,
)

from layout.bindery.around import streams_of, unbalanced
from layout.bindery.body import Body, Stream, dictionary
from layout.bindery.foreign import Opened, open_bytes
from layout.bindery.graft import Graft
from layout.bindery.imposition.carried_over import carried_over
from layout.bindery.imposition.placing import Placed
from layout.bindery.imposition.plan import Plan, described
from layout.bindery.imposition.schemes import Sheet, Side
from layout.bindery.imposition.sheet_marks import collation, outer_spine, side_marks, slug_origin
from layout.bindery.names import Names
from layout.ground.problems import Place, Problem
from layout.plates.printers_marks import ALL, REGISTRATION, Box, Spot

VERSION = (1, 6)
"""The least version of a sheet file: PDF/X-4 is built on it."""
ARTIFACT = "/Artifact<</Type/Page>>BDC\n"
"""Production aids extraneous to the document (ISO 32000-1, table 330)."""


class Imposed(Struct, frozen=True):
    """A finished sheet file, and a warning for each thing that could not come with it."""

    pdf: bytes
    notes: tuple[Problem, ...]


def impose(opened: Opened, plan: Plan) -> Imposed:
    """The sheets of a plan as a PDF: pages as they are, their streams copied and nowhere scaled."""
    return _Press(opened, plan).run()


class _Press:
    """One sheet file while it is made."""

    def __init__(self, opened: Opened, plan: Plan) -> None:
        self.plan, self.opened = plan, opened
        self.body = Body(max(VERSION, opened.version))
        self.tree = self.body.reserve()
        self.graft = self._graft(opened)
        self.sides: list[IndirectObject] = []
        self.inks = [Spot(f"Spot{at}", it.inks, it.at) for at, it in enumerate(plan.spots)]

    def _graft(self, opened: Opened) -> Graft:
        # Nothing that has a name is taken over, so that no two names can clash.
        return Graft(self.body, opened, self.tree, Names({}, {}, set(), ""), False)

    def run(self) -> Imposed:
        plan = self.plan
        with self.opened.reading():
            spaces = self._spaces()
            forms = [self._form(index) for index in range(len(plan.pages))]
        slugs = self._slugs()
        for sheet in plan.layout.sheets:
            for side in sheet.sides:
                places = plan.places(side)
                slug = slugs[len(self.sides)] if slugs else None
                self.sides.append(self._side(sheet, side, places, forms, slug, spaces))
        return self._finished()

    def _spaces(self) -> IndirectObject:
        """The colour spaces of marks: registration, and the spot inks as the file defines them."""
        found = {f"/{REGISTRATION}": read_object(BytesIO(ALL.encode("ascii")), None)}
        for ink, spot in zip(self.plan.spots, self.inks, strict=True):
            found[f"/{spot.space}"] = self.graft.copy(ink.space)
        return self.body.add(dictionary(found))

    def _form(self, index: int) -> IndirectObject:
        """A page as a form XObject in its own space (8.10); its group is isolated, as a page's is (11.4.7)."""
        opened, entries = self.opened, self.opened.pages[index].entries
        streams = streams_of(opened, entries)
        form = {
            "/Type": NameObject("/XObject"),
            "/Subtype": NameObject("/Form"),
            "/BBox": _numbers(self.plan.pages[index].area),
            "/Resources": self.graft.copy(dict.get(entries, "/Resources")) or DictionaryObject(),
            "/Group": self._group(entries),
        }
        missing, _ = unbalanced(opened, entries)
        if len(streams) == 1 and not missing:  # as it is, still compressed
            for key in ("/Filter", "/DecodeParms"):
                form[key] = self.graft.copy(dict.get(streams[0], key))
            return self.body.add_stream(Stream(dictionary(form), streams[0]._data))
        # A Q too many ends a page's form early for some readers; those a form begins with are its own.
        content = b"\n".join([b"q " * missing, *[opened.data_of(each) for each in streams]])
        return self.body.add_stream(_packed(content, form))

    def _group(self, entries: DictionaryObject) -> DictionaryObject | None:
        group = self.opened.item(entries, "/Group")
        if not isinstance(group, DictionaryObject):
            return None
        made: DictionaryObject = self.graft.copy(DictionaryObject(group))
        made.update(dictionary({"/I": BooleanObject(True)}))
        return made

    def _slugs(self) -> list[IndirectObject]:
        """The job notes of all sides as forms, painted by the plates; empty where none are wanted."""
        if "slug" not in self.plan.job.marks:
            return []
        from layout.plates.jobnote import fitted, paint_slugs

        plan, width = self.plan, self.plan.frame.block.width
        lines = [
            fitted(self.opened.name, described(plan, sheet, side), width)
            for sheet in plan.layout.sheets
            for side in sheet.sides
        ]
        notes = open_bytes(paint_slugs(lines, width), Place(self.opened.name), "the slugs")
        graft = self._graft(notes)
        with notes.reading():
            return [_slug(graft, leaf.entries) for leaf in notes.pages]

    def _side(
        self,
        sheet: Sheet,
        side: Side,
        places: Sequence[Placed],
        forms: Sequence[IndirectObject],
        slug: IndirectObject | None,
        spaces: IndirectObject,
    ) -> IndirectObject:
        frame = self.plan.frame
        used = {f"/P{it.page + 1}": forms[it.page] for it in places if it.page is not None}
        content = "".join([_painted(it) for it in places]) + self._marks(sheet, side, places)
        if slug is not None:
            x, y = slug_origin(frame, self.plan.job)
            content += f"{ARTIFACT}q 1 0 0 1 {_number(x)} {_number(y)} cm /Slug Do Q\nEMC\n"
            used["/Slug"] = slug
        resources = {"/XObject": dictionary(used) if used else None, "/ColorSpace": spaces}
        # What a printer's preflight holds to limits is what will be cut out: marks lie beyond.
        boxes = {
            "/MediaBox": Box(0, 0, frame.width, frame.height),
            "/BleedBox": frame.block.grown(frame.reach),
            "/TrimBox": frame.block,
        }
        entries = {
            "/Type": NameObject("/Page"),
            "/Parent": self.tree,
            **{key: _numbers((it.left, it.bottom, it.right, it.top)) for key, it in boxes.items()},
            "/Resources": dictionary(resources),
            "/Contents": self.body.add_stream(_packed(content.encode("ascii"), {})),
        }
        return self.body.add(dictionary(entries))

    def _marks(self, sheet: Sheet, side: Side, places: Sequence[Placed]) -> str:
        plan = self.plan
        code = side_marks(places, plan.layout.grid, plan.frame, self.inks, plan.job)
        if side.name != "back":
            spine = outer_spine(places, plan.frame) if plan.is_gathered else None
            if spine is not None:
                code += collation(sheet.signature, spine, plan.frame, plan.job)
        return f"{ARTIFACT}{code}EMC\n" if code else ""

    def _finished(self) -> Imposed:
        over = carried_over(self.graft)
        pages = {
            "/Type": NameObject("/Pages"),
            "/Kids": ArrayObject(self.sides),
            "/Count": NumberObject(len(self.sides)),
        }
        self.body.put(self.tree, dictionary(pages))
        root = DictionaryObject(over.root)
        root.update(dictionary({"/Pages": self.tree}))
        info = self.body.add(over.info) if over.info else None
        return Imposed(self.body.written(self.body.add(root), info), over.notes)


def _slug(graft: Graft, entries: DictionaryObject) -> IndirectObject:
    form = {
        "/Type": NameObject("/XObject"),
        "/Subtype": NameObject("/Form"),
        "/BBox": graft.copy(dict.get(entries, "/MediaBox")),
        "/Resources": graft.copy(dict.get(entries, "/Resources")),
    }
    content = b"\n".join([graft.opened.data_of(each) for each in streams_of(graft.opened, entries)])
    return graft.body.add_stream(_packed(content, form))


def _painted(it: Placed) -> str:
    """The operators that paint one page inside its clip; '' for a blank."""
    if it.page is None:
        return ""
    matrix = " ".join(map(_number, it.matrix))
    return f"q {_rectangle(it.clip)} re W n {matrix} cm /P{it.page + 1} Do Q\n"


def _packed(content: bytes, entries: dict[str, Any]) -> Stream:
    packed = dictionary({**entries, "/Filter": NameObject("/FlateDecode")})
    return Stream(packed, zlib.compress(content, 9))


def _numbers(values: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(f"{value:.4f}") for value in values])


def _rectangle(box: Box) -> str:
    return " ".join(map(_number, (box.left, box.bottom, box.width, box.height)))


def _number(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text

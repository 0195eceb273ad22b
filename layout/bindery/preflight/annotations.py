"""Annotations of a page: kinds, flags, looks, descriptions, and the elements they are tagged with."""

from typing import Any, Final

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.foreign import Leaf
from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.catalogue import check_action
from layout.bindery.preflight.content import Contents
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.marks import key_of
from layout.bindery.preflight.pages import read_appearance
from layout.bindery.preflight.tree import Element

_KINDS: Final = (
    "Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink "
    "Popup FileAttachment Widget PrinterMark TrapNet Watermark Redact"
)
KINDS: Final = frozenset(_KINDS.split())
"""ISO 32000-1, table 169, without what ISO 19005-3, 6.3.1 takes out."""
INVISIBLE, HIDDEN, PRINT, NO_VIEW, TOGGLE = 1, 2, 4, 32, 256
"""Flags of an annotation (ISO 32000-1, table 165)."""
NEAR: Final = 0.01
"""Points by which boxes may differ that were rounded."""
_FLAGS: Final = {INVISIBLE: "invisible", HIDDEN: "hidden", NO_VIEW: "not seen", TOGGLE: "toggled"}


def check_annotations(case: Case, contents: Contents, leaf: Leaf, number: int) -> None:
    """The annotations of a page."""
    annotations = [
        (value, found)
        for value in case.each(leaf.entries, "/Annots")
        if isinstance(found := case.resolve(value), DictionaryObject)
    ]
    if annotations and case.name(leaf.entries, "/Tabs") != "S":
        case.add("tabs", Where(number))
    for value, annotation in annotations:
        _Annotation(case, contents, leaf, number, value, annotation).check()


class _Annotation:
    """One annotation while it is being looked at."""

    def __init__(
        self, case: Case, contents: Contents, leaf: Leaf, number: int, value: Any, entries: DictionaryObject
    ) -> None:  # fmt: skip
        self.case, self.contents, self.entries = case, contents, entries
        self.value, self.number = value, number
        self.kind = case.name(entries, "/Subtype")
        self.flags = case.number(entries, "/F") or 0
        self.key = key_of(case, entries, "/StructParent")
        self.element: Element | None = contents.tree.of_object(self.key)
        self.where = contents.tree.where(self.element, number)
        self.said = f"{self.kind or 'no kind'}{_target(case, entries)}"
        self.free = bool(self.flags & HIDDEN) or self._is_outside(leaf)

    def _is_outside(self, leaf: Leaf) -> bool:
        """Whether it lies outside the crop box, where PDF/UA-1 asks nothing of it (7.18.1)."""
        opened = self.case.opened
        crop = opened.box(leaf.entries, "/CropBox") or opened.box(leaf.entries, "/MediaBox")
        box = opened.box(self.entries, "/Rect")
        if crop is None or box is None:
            return False
        return box[2] < crop[0] or box[0] > crop[2] or box[3] < crop[1] or box[1] > crop[3]

    def check(self) -> None:
        """All of it."""
        case, entries = self.case, self.entries
        if self.kind not in KINDS:
            case.add("annotation-type", self.where, self.said)
        self._flags()
        self._looks()
        self._actions()
        if "/Lang" in entries:
            case.language(case.text(entries, "/Lang"), self.where)
        if not self.free:
            self._tag()
            self._description()
        if self.key is not None:
            self._kid()

    def _flags(self) -> None:
        if self.kind == "Popup":
            return
        wrong = [name for flag, name in _FLAGS.items() if self.flags & flag]
        if not self.flags & PRINT:
            wrong.append("not printed")
        if wrong:
            self.case.add("annotation-flags", self.where, f"{self.said} is {', '.join(wrong)}")

    def _looks(self) -> None:
        """The appearance (6.3.3)."""
        case, looks = self.case, self.case.item(self.entries, "/AP")
        if not isinstance(looks, DictionaryObject):
            box = case.opened.box(self.entries, "/Rect")
            empty = box is not None and box[0] == box[2] and box[1] == box[3]
            if not empty and self.kind not in ("Popup", "Link"):
                case.add("appearance", self.where, self.said)
            return
        if set(looks) != {"/N"}:
            case.add("appearance-form", self.where, f"{self.said} has {' '.join(sorted(looks))}")
        normal = case.item(looks, "/N")
        states = isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject)
        button = self.kind == "Widget" and self._field("/FT") == "/Btn"
        if button != states or normal is None:
            case.add("appearance-form", self.where, self.said)
        for value in dict.values(normal) if states else [dict.get(looks, "/N")]:
            read_appearance(self.contents, value, self.number)

    def _field(self, key: str) -> Any:
        """An entry of a form field, or of one above it (12.7.3.1)."""
        holder: Any = self.entries
        for _ in range(32):
            if not isinstance(holder, DictionaryObject) or key in holder:
                break
            holder = self.case.item(holder, "/Parent")
        return self.case.item(holder, key)

    def _actions(self) -> None:
        case, entries = self.case, self.entries
        if self.kind == "Widget" and ("/A" in entries or "/AA" in entries):
            case.add("widget-actions", self.where)
        for key in ("/A", "/PA"):
            check_action(case, case.item(entries, key), self.where)
        triggers = case.dictionary(entries, "/AA")
        for key in triggers:
            check_action(case, case.item(triggers, key), self.where)

    def _tag(self) -> None:
        """The element around it (PDF/UA-1, 7.18)."""
        case = self.case
        kind = self.element.kind if self.element else ""
        if self.kind == "Link":
            if kind != "Link":
                case.add("link-tag", self.where, self.said)
        elif self.kind == "Widget":
            if kind != "Form":
                case.add("widget-tag", self.where)
        elif self.kind == "PrinterMark":
            if self.element:
                case.add("printer-mark", self.where)
        elif self.kind == "TrapNet":
            case.add("trap-net", self.where)
        elif kind != "Annot":
            case.add("annotation-tag", self.where, self.said)

    def _description(self) -> None:
        case = self.case
        contents = case.text(self.entries, "/Contents").strip()
        alt = case.text(self.element.entries, "/Alt").strip() if self.element else ""
        if self.kind == "Link":
            if not contents:
                case.add("link-contents", self.where, self.said)
        elif self.kind == "Widget":
            name = self._field("/TU")
            if not alt and not (isinstance(name, str) and name.strip()):
                case.add("widget-name", self.where)
        elif self.kind not in ("PrinterMark", "TrapNet") and not contents and not alt:
            case.add("annotation-contents", self.where, self.said)

    def _kid(self) -> None:
        """Its element refers back to it, and nothing else has its key (14.7.4.4)."""
        case = self.case
        if not case.first("keys", self.key) or self.element is None:
            case.add("parent-key", self.where, self.key)
        elif identity(self.value) not in self.element.objects:
            case.add("annotation-kid", self.where, self.said)


def check_page(case: Case, leaf: Leaf, number: int) -> None:
    """What a page has besides content and annotations."""
    page, where = leaf.entries, Where(number)
    if "/AA" in page:
        case.add("additional-actions", where, "the page")
    if "/PresSteps" in page:
        case.add("page-steps", where)
    media = case.opened.box(page, "/MediaBox")
    for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
        box = case.opened.box(page, key)
        if box is None or media is None:
            continue
        if not all(3 <= side <= 14400 for side in (box[2] - box[0], box[3] - box[1])):
            case.add("page-size", where, key[1:])
        outside = (media[0] - box[0], media[1] - box[1], box[2] - media[2], box[3] - media[3])
        if max(outside) > NEAR:
            case.add("page-boxes", where, key[1:])
    number_in_tree = key_of(case, page, "/StructParents")
    if number_in_tree is not None and not case.first("keys", number_in_tree):
        case.add("parent-key", where, number_in_tree)


def _target(case: Case, entries: DictionaryObject) -> str:
    """Where a link leads, to tell it from others."""
    address = case.text(case.dictionary(entries, "/A"), "/URI")
    return f" to {address}" if address else ""

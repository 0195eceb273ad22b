"""What a page to be printed does not have: annotations, actions, embedded files; and layers."""

from typing import Any, Final

from pypdf.generic import DictionaryObject

from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.findings import NOWHERE, Where
from layout.bindery.preflight.press.geometry import is_there, meet
from layout.bindery.preflight.press.sheet import Sheet

MARKS: Final = ("TrapNet", "PrinterMark")
"""Annotations that are there for the press."""
MOST_ENTRIES: Final = 100_000
"""Bookmarks that are looked at."""
MOST_NAMED: Final = 8
"""Layers and files that are named one by one."""


def check_annotations(case: Case, sheet: Sheet) -> None:
    """The annotations of a page, and their actions."""
    for value in case.each(sheet.entries, "/Annots"):
        annotation = case.resolve(value)
        if not isinstance(annotation, DictionaryObject):
            continue
        kind = case.name(annotation, "/Subtype")
        box = case.opened.box(annotation, "/Rect")
        place = sheet.around(box) if box is not None else ""
        for key in ("/A", "/AA"):
            if key in annotation:
                sheet.note("actions", f"{kind or 'an annotation'} ({key})", place, 0, key)
        if kind not in MARKS:
            inside = box is None or is_there(meet(box, sheet.bleed))
            sheet.note(
                "annotation-in-bleed" if inside else "annotation", kind or "no kind", place, 0, kind
            )
    if "/AA" in sheet.entries:
        sheet.note("actions", "the page (/AA)", "", 0, "page")


def check_actions(case: Case) -> None:
    """The actions of the whole file, and scripts."""
    root = case.root
    if isinstance(case.item(root, "/OpenAction"), DictionaryObject):
        case.add("actions", NOWHERE, "when the file is opened")
    if "/AA" in root:
        case.add("actions", NOWHERE, "the file (/AA)")
    scripts = dict.get(case.dictionary(root, "/Names"), "/JavaScript")
    if any(True for _ in case.name_tree(scripts)):
        case.add("actions", NOWHERE, "scripts")
    if "/XFA" in case.dictionary(root, "/AcroForm"):
        case.add("xfa")
    stack: list[Any] = [dict.get(case.dictionary(root, "/Outlines"), "/First")]
    seen: set[object] = set()
    while stack and len(seen) < MOST_ENTRIES:
        value = stack.pop()
        entry = case.resolve(value)
        if not isinstance(entry, DictionaryObject) or identity(value) in seen:
            continue
        seen.add(identity(value))
        if "/A" in entry:
            case.add("actions", NOWHERE, "a bookmark")
        stack += [dict.get(entry, "/Next"), dict.get(entry, "/First")]


def check_files(case: Case) -> None:
    """Embedded files, by their names."""
    found: dict[str, None] = {}
    names = case.dictionary(case.root, "/Names")
    for name, value in case.name_tree(dict.get(names, "/EmbeddedFiles")):
        found[_file(case, case.resolve(value)) or str(name)] = None
    for value in case.array(case.root, "/AF"):
        found[_file(case, case.resolve(value)) or "without a name"] = None
    for name in list(found)[:MOST_NAMED]:
        case.add("embedded-file", NOWHERE, name)


def _file(case: Case, file: Any) -> str:
    return case.text(file, "/UF") or case.text(file, "/F")


def check_layers(case: Case) -> None:
    """Optional content (ISO 32000-1, 8.11): which layers there are, and which of them are off."""
    layers = case.dictionary(case.root, "/OCProperties")
    groups = case.array(layers, "/OCGs")
    off = {identity(each) for each in case.array(case.dictionary(layers, "/D"), "/OFF")}
    if not groups:
        return
    said = [
        (case.text(case.resolve(each), "/Name") or "without a name")
        + " (off)" * (identity(each) in off)
        for each in groups[:MOST_NAMED]
    ]
    case.add("layers", NOWHERE, ", ".join(said) + " …" * (len(groups) > MOST_NAMED))


def check_blending(case: Case, sheet: Sheet, kind: str) -> None:
    """The group of a page blends in a space of a `kind` (11.6.6)."""
    if kind == "rgb":
        case.add("blend-page", Where(sheet.number))

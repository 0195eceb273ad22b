"""The catalogue: language, tags, layers, forms, and the actions that may start by themselves."""

from typing import Any, Final

from pypdf.generic import DictionaryObject

from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.findings import NOWHERE, Where

ACTIONS: Final = ("GoTo", "GoToR", "GoToE", "Thread", "URI", "Named", "SubmitForm")
TURNS: Final = ("NextPage", "PrevPage", "FirstPage", "LastPage")
"""Allowed kinds of action, and of named ones (6.5.1)."""
PERMISSIONS: Final = ("/UR3", "/DocMDP")
_DIGESTS: Final = ("/DigestLocation", "/DigestMethod", "/DigestValue")


def check_catalogue(case: Case) -> None:
    """What the catalogue must have, and must not."""
    root = case.root
    marks = case.dictionary(root, "/MarkInfo")
    if not case.is_true(marks, "/Marked"):
        case.add("marked")
    if case.is_true(marks, "/Suspects"):
        case.add("suspects")
    if not case.dictionary(root, "/StructTreeRoot"):
        case.add("struct-tree")
    if not case.is_true(case.dictionary(root, "/ViewerPreferences"), "/DisplayDocTitle"):
        case.add("display-title")
    _language(case)
    if "/AA" in root:
        case.add("additional-actions", NOWHERE, "the catalogue")
    if case.is_true(root, "/NeedsRendering"):
        case.add("needs-rendering")
    if "/Requirements" in root:
        case.add("requirements")
    names = case.dictionary(root, "/Names")
    if "/AlternatePresentations" in names:
        case.add("alternate-presentations")
    if any(True for _ in case.name_tree(dict.get(names, "/JavaScript"))):
        case.add("scripts")
    check_action(case, case.item(root, "/OpenAction"), NOWHERE)


def _language(case: Case) -> None:
    tag = case.text(case.root, "/Lang")
    if not tag:
        case.add("document-lang")
    else:
        case.language(tag)


def check_action(case: Case, action: Any, where: Where) -> None:
    """An action and those that follow it (6.5.1); destinations are none."""
    stack, seen = [action], set()
    while stack:
        found = case.resolve(stack.pop())
        if not isinstance(found, DictionaryObject) or id(found) in seen:
            continue
        seen.add(id(found))
        kind = case.name(found, "/S")
        if kind not in ACTIONS:
            case.add("action-type", where, kind or "it has no type")
        elif kind == "Named" and case.name(found, "/N") not in TURNS:
            case.add("action-named", where, case.name(found, "/N"))
        stack += case.each(found, "/Next")


def check_outline(case: Case) -> None:
    """The actions of bookmarks."""
    outline = case.dictionary(case.root, "/Outlines")
    stack, seen = [dict.get(outline, "/First")], set()
    while stack:
        value = stack.pop()
        entry = case.resolve(value)
        if not isinstance(entry, DictionaryObject) or identity(value) in seen:
            continue
        seen.add(identity(value))
        check_action(case, case.item(entry, "/A"), NOWHERE)
        stack += [dict.get(entry, "/Next"), dict.get(entry, "/First")]


def check_layers(case: Case) -> None:
    """Optional content (6.9; PDF/UA-1, 7.10)."""
    layers = case.dictionary(case.root, "/OCProperties")
    groups = {identity(each): each for each in case.array(layers, "/OCGs")}
    configurations = [case.item(layers, "/D"), *map(case.resolve, case.array(layers, "/Configs"))]
    names: set[str] = set()
    for each in configurations:
        if not isinstance(each, DictionaryObject):
            continue
        name = case.text(each, "/Name")
        if not name or name in names:
            case.add("layer-name", NOWHERE, name or "it has none")
        names.add(name)
        if "/AS" in each:
            case.add("layer-usage")
        if "/Order" in each:
            ordered = _ordered(case, case.array(each, "/Order"))
            for key in groups.keys() - ordered:
                case.add("layer-order", NOWHERE, case.text(case.resolve(groups[key]), "/Name"))


def _ordered(case: Case, order: list[Any]) -> set[object]:
    """The groups in an /Order, however deep."""
    found: set[object] = set()
    stack, rounds = list(order), 0
    while stack and rounds < 100_000:
        value, rounds = stack.pop(), rounds + 1
        found.add(identity(value))
        inner = case.resolve(value)
        if isinstance(inner, list):
            stack += list.__iter__(inner)
    return found


def check_form(case: Case) -> None:
    """The interactive form (6.4; PDF/UA-1, 7.15) and its signatures."""
    form = case.dictionary(case.root, "/AcroForm")
    if case.is_true(form, "/NeedAppearances"):
        case.add("need-appearances")
    if "/XFA" in form:
        case.add("xfa")
    stack, seen = list(case.array(form, "/Fields")), set()
    while stack:
        value = stack.pop()
        field = case.resolve(value)
        if not isinstance(field, DictionaryObject) or identity(value) in seen:
            continue
        seen.add(identity(value))
        is_widget = case.name(field, "/Subtype") == "Widget"
        if "/AA" in field and not is_widget:
            case.add("field-actions")
        if case.name(field, "/FT") == "Sig":
            _signature(case, case.dictionary(field, "/V"))
        stack += case.array(field, "/Kids")
    _permissions(case)


def _signature(case: Case, signature: DictionaryObject) -> None:
    """A signature covers all of the file but itself (6.4.3)."""
    ranges = [case.resolve(each) for each in case.array(signature, "/ByteRange")]
    if not signature:
        return
    if len(ranges) != 4 or ranges[0] != 0 or ranges[2] + ranges[3] != case.opened.size:
        case.add("signature-range")
    if "/DocMDP" in case.dictionary(case.root, "/Perms"):
        for reference in map(case.resolve, case.array(signature, "/Reference")):
            for key in _DIGESTS:
                if isinstance(reference, DictionaryObject) and key in reference:
                    case.add("permissions", NOWHERE, key)


def _permissions(case: Case) -> None:
    for key in case.dictionary(case.root, "/Perms"):
        if key not in PERMISSIONS:
            case.add("permissions", NOWHERE, key)

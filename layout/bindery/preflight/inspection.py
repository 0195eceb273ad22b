"""The whole inspection of one file, check after check; none of them stops another."""

from typing import Final

from layout.bindery.foreign import Opened
from layout.bindery.preflight.annotations import check_annotations, check_page
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.catalogue import (
    check_catalogue,
    check_form,
    check_layers,
    check_outline,
)
from layout.bindery.preflight.colour import check_intents
from layout.bindery.preflight.content import Contents
from layout.bindery.preflight.demands import Demands
from layout.bindery.preflight.findings import Finding
from layout.bindery.preflight.fonts import check_font
from layout.bindery.preflight.metadata import check_metadata
from layout.bindery.preflight.objects import Objects
from layout.bindery.preflight.pages import read_page
from layout.bindery.preflight.profiles import profile_of
from layout.bindery.preflight.reading import (
    check_alternatives,
    check_headings,
    check_lists,
    check_notes,
)
from layout.bindery.preflight.structure import (
    check_content,
    check_elements,
    check_objects,
    check_pages,
    check_parent_tree,
    check_roles,
)
from layout.bindery.preflight.syntax import check_syntax
from layout.bindery.preflight.tables import check_tables
from layout.bindery.preflight.tree import Tree

_WHOLE: Final = {
    "the catalogue": check_catalogue,
    "the metadata": check_metadata,
    "the output intents": check_intents,
    "the bookmarks": check_outline,
    "the layers": check_layers,
    "the form": check_form,
    "the way the file is written": check_syntax,
}
_TREE: Final = {
    "the tags": check_roles,
    "the structure elements": check_elements,
    "the links of the structure tree": check_objects,
    "the headings": check_headings,
    "alternative texts": check_alternatives,
    "the lists": check_lists,
    "the tables": check_tables,
    "the notes": check_notes,
    "the parent tree": check_parent_tree,
}


def inspect(
    opened: Opened, profile: str = "digital", demands: Demands | None = None
) -> tuple[Finding, ...]:
    """All that a file lacks of a profile (`profiles.NAMES`); never raises for what is in the file.

    `demands` are those of the press, and mean nothing to other profiles.
    """
    is_press = profile == "press"
    demands = demands or Demands()
    case = Case(opened, profile_of(profile, demands.press.severities if is_press else None))
    try:
        with opened.reading():
            if is_press:
                from layout.bindery.preflight.press.inspection import inspect_for_press

                inspect_for_press(case, demands)
            else:
                _inspect(case)
    except MemoryError:
        raise
    except Exception:  # every check is guarded; this is for what lies between them
        case.add("unchecked", detail="the file")
    return case.findings.all()


def _inspect(case: Case) -> None:
    for what, check in _WHOLE.items():
        case.guard(what, check)
    tree = Tree(case)
    case.guard("the structure tree", lambda _: tree.read())
    contents = Contents(case, tree)
    for number, leaf in enumerate(case.opened.pages, 1):
        case.guard(
            "the content", lambda _, at=leaf, n=number: read_page(contents, at, n), page=number
        )
        case.guard("the page", check_page, leaf, number, page=number)
        case.guard("the annotations", check_annotations, contents, leaf, number, page=number)
    for what, of_tree in _TREE.items():
        case.guard(what, of_tree, tree)
    if not case.is_spent:
        case.guard("the tagged content", check_content, tree, contents)
    case.guard("the keys of pages", check_pages, tree, contents)
    for use in contents.fonts.values():
        case.guard("a font", check_font, tree, use, page=use.page)
    case.guard("the objects", lambda _: Objects(case).walk())

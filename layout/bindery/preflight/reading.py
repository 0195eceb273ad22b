"""What the elements of a page are to a reader: headings, figures, lists, notes, tables of contents."""

import re
from collections import Counter
from typing import Final

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.structure import names_of, with_content
from layout.bindery.preflight.tree import Element, Tree
from layout.manuscript.values import says_nothing

_HEADING: Final = re.compile(r"H([1-6])")
_KIDS: Final = {
    "L": ("list-kids", {"L", "LI", "Caption"}),
    "LI": ("list-kids", {"Lbl", "LBody"}),
    "TOC": ("contents-kids", {"TOC", "TOCI", "Caption"}),
}
"""What may stand directly in a list and in a table of contents (ISO 32000-1, table 336)."""
_PARENTS: Final = {
    "LI": ("list-kids", "L"),
    "LBody": ("list-kids", "LI"),
    "TOCI": ("contents-kids", "TOC"),
}


def check_headings(case: Case, tree: Tree) -> None:
    """Headings go down by one level at a time (PDF/UA-1, 7.4)."""
    full, level, plain = with_content(tree), 0, False
    for element in tree.elements:
        found = _HEADING.fullmatch(element.kind)
        plain = plain or element.kind == "H"
        if (found or element.kind == "H") and not full[element.index]:
            case.add("heading-empty", tree.where(element), element.role)
        if element.kids and names_of(tree, element.kids).count("H") > 1:
            case.add("heading-twice", tree.where(element))
        if not found:
            continue
        if plain:
            case.add("heading-mixed", tree.where(element))
        now = int(found[1])
        if not level and now > 1:
            case.add("heading-first", tree.where(element), f"H{now}")
        elif now > level + 1:
            case.add("heading-skipped", tree.where(element), f"H{level} to H{now}")
        level = now
    if plain and level and "heading-mixed" not in case.findings.counts:
        case.add("heading-mixed")


def check_alternatives(case: Case, tree: Tree) -> None:
    """Figures and formulas are told in words (PDF/UA-1, 7.3 and 7.7)."""
    for element in tree.elements:
        if element.kind not in ("Figure", "Formula"):
            continue
        said = tree.text_of(element, "/Alt")
        if not said.strip() and "/ActualText" not in element.entries:
            key = "figure-alt" if element.kind == "Figure" else "formula-alt"
            case.add(key, tree.where(element))
        elif said and says_nothing(said):
            case.add("alt-says-nothing", tree.where(element), said.strip())


def check_lists(case: Case, tree: Tree) -> None:
    """Lists and tables of contents (PDF/UA-1, 7.2 and 7.6)."""
    for element in tree.elements:
        kids = names_of(tree, tree.kids_of(element)) if element.kind in _KIDS else []
        if element.kind in _KIDS:
            key, allowed = _KIDS[element.kind]
            for kid in sorted(set(kids) - allowed):
                case.add(key, tree.where(element), f"{kid} in {element.kind}")
        if element.kind in _PARENTS:
            key, wanted = _PARENTS[element.kind]
            _parent(case, tree, element, key, wanted)
        if element.kind in ("L", "TOC") and "Caption" in kids[1:]:
            case.add("caption-place", tree.where(element), element.kind)
        if element.kind == "LI" and set(kids) == {"Lbl"}:
            case.add("list-body", tree.where(element))


def _parent(case: Case, tree: Tree, element: Element, key: str, wanted: str) -> None:
    above = tree.parent_of(element)
    kind = (above.kind or above.role) if above else "the root"
    if kind != wanted:
        case.add(key, tree.where(element), f"{element.kind} in {kind}")


def check_notes(case: Case, tree: Tree) -> None:
    """Notes have identifiers of their own (PDF/UA-1, 7.9)."""
    notes = [element for element in tree.elements if element.kind == "Note"]
    identifiers = [tree.text_of(element, "/ID") for element in notes]
    counts = Counter(identifiers)
    for element, identifier in zip(notes, identifiers, strict=True):
        if not identifier or counts[identifier] > 1:
            case.add("note-id", tree.where(element))

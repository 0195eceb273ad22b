"""The structure tree against its rules: roles, parents, content, and the parent tree that leads back."""

from collections import Counter
from typing import Final

from pypdf.generic import ArrayObject, NullObject

from layout.bindery.preflight.case import Case, is_utf8
from layout.bindery.preflight.content import Contents
from layout.bindery.preflight.findings import NOWHERE
from layout.bindery.preflight.marks import key_of
from layout.bindery.preflight.tree import STANDARD, Element, Tree

MOST_SAID: Final = 5
"""Numbers named in one finding."""


def check_roles(case: Case, tree: Tree) -> None:
    """Every tag is a standard one, or mapped to one in the end (6.7.3.4)."""
    for key in tree.roles:
        role = key[1:]
        other = case.name(tree.roles, key)
        if role == other:
            case.add("role-circle", NOWHERE, role)
        elif role in STANDARD:
            case.add("role-remapped", NOWHERE, f"{role} to {other}")
    names = {key[1:] for key in tree.roles} | {element.role for element in tree.elements}
    for role in sorted(names):
        if not is_utf8(role):
            case.add("name-utf8", NOWHERE, role)
    for element in tree.elements:
        if not element.kind:
            key = "role-circle" if element.role in tree.circular else "role-unmapped"
            case.add(key, tree.where(element), element.role or "none")


def check_elements(case: Case, tree: Tree) -> None:
    """Language tags and identifiers of elements, and those that hold nothing."""
    identifiers: Counter[str] = Counter()
    for element in tree.elements:
        if "/Lang" in element.entries:
            case.language(tree.text_of(element, "/Lang"), tree.where(element))
        if identifier := tree.text_of(element, "/ID"):
            identifiers[identifier] += 1
            if identifiers[identifier] > 1 and element.kind != "Note":
                case.add("id-twice", tree.where(element), identifier)
        bare = not (element.kids or element.contents or element.objects)
        if bare and element.kind not in ("TD", "TH") and not element.kind.startswith("H"):
            case.add("element-empty", tree.where(element), element.role)


def check_content(case: Case, tree: Tree, contents: Contents) -> None:
    """What elements name is on the page, and leads back to them (14.7.4.4)."""
    for element in tree.elements:
        missing, lost = [], []
        for content in element.contents:
            if content.mcid not in contents.numbers.get(content.holder, ()):
                missing.append(content.mcid)
                continue
            key = contents.keys.get(content.holder)
            if key is not None and tree.of_content(key, content.mcid) is not element:
                lost.append(content.mcid)
        if missing:
            case.add("mcid-missing", tree.where(element), _said(element, missing))
        if lost:
            case.add("parent-tree", tree.where(element), _said(element, lost))


def _said(element: Element, numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:MOST_SAID])) + (", …" if len(numbers) > MOST_SAID else "")
    return f"{element.role}, number {listed}"


def check_parent_tree(case: Case, tree: Tree) -> None:
    """Whatever the parent tree names is an element of the structure tree."""
    for key, value in tree.parents.items():
        found = case.resolve(value)
        values = list(found) if isinstance(found, ArrayObject) else [value]
        for at, each in enumerate(values):
            if each is None or isinstance(each, NullObject) or case.resolve(each) is None:
                continue
            if tree.owner(each) is None:
                case.add("parent-tree", NOWHERE, f"key {key}, number {at}, leads to no element")
    following = case.number(tree.root, "/ParentTreeNextKey")
    if tree.parents and following is not None and following <= max(tree.parents):
        case.add("parent-next-key")


def check_pages(case: Case, tree: Tree, contents: Contents) -> None:
    """Keys of pages lead somewhere, unless nothing on the page is tagged."""
    for number, leaf in enumerate(case.opened.pages, 1):
        key = key_of(case, leaf.entries, "/StructParents")
        if key is not None and key not in tree.parents and contents.numbers.get(leaf.key):
            case.add("parent-key", tree.where(None, number), key)


def check_objects(case: Case, tree: Tree) -> None:
    """Links and form fields in the structure: each element has its own (PDF/UA-1, 7.18)."""
    linked = within(tree, [bool(element.objects) for element in tree.elements])
    worded = within(tree, [bool(element.contents) for element in tree.elements])
    for element in tree.elements:
        if element.kind == "Link":
            if not linked[element.index]:
                case.add("link-objr", tree.where(element))
            elif not worded[element.index]:
                case.add("link-empty", tree.where(element))
        elif element.kind == "Form" and not _one_field(tree, element):
            case.add("form-kids", tree.where(element))


def _one_field(tree: Tree, element: Element) -> bool:
    role = tree.attribute(element, "PrintField", "/Role")
    return role is not None or len(element.objects) == 1 == len(element.objects) + len(element.kids)


def within(tree: Tree, marks: list[bool]) -> list[bool]:
    """Of each element, whether it or anything in it has a mark; kids come after their parents."""
    for element in reversed(tree.elements):
        if marks[element.index] and element.parent >= 0:
            marks[element.parent] = True
    return marks


def with_content(tree: Tree) -> list[bool]:
    """Of each element, whether it or anything in it has content."""
    return within(tree, [bool(each.contents or each.objects) for each in tree.elements])


def names_of(tree: Tree, indexes: list[int]) -> list[str]:
    """The standard types of elements, or their tags where they have none."""
    elements = [tree.elements[index] for index in indexes]
    return [element.kind or element.role for element in elements]

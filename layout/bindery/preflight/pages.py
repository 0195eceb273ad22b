"""Pages and the looks of annotations, read by what they paint; what pages share is read once."""

from typing import Any

from msgspec.structs import replace
from pypdf.generic import IndirectObject, StreamObject

from layout.bindery.foreign import Leaf
from layout.bindery.preflight.case import NOTHING, identity
from layout.bindery.preflight.content import Contents, Reading
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.marks import Marks, key_of
from layout.bindery.preflight.scan import Scan


def read_page(contents: Contents, leaf: Leaf, number: int) -> None:
    """Read the content of a page; what it shares with a page before it is not read again."""
    entries, case = leaf.entries, contents.case
    marks = Marks(case, contents.tree, number, key_of(case, entries, "/StructParents"))
    own = case.resolve(IndirectObject(*leaf.key, case.opened.reader)) if leaf.key else entries
    inherited = "/Resources" not in own
    scan = Scan(contents, marks, case.dictionary(entries, "/Resources"), inherited=inherited)
    contents.numbers[leaf.key], contents.keys[leaf.key] = marks.numbers, marks.key
    values = case.each(entries, "/Contents")
    way = (
        tuple(map(identity, values)),
        contents.alike(dict.get(entries, "/Resources")),
        inherited,
    )
    reading = contents.readings.get(way) or contents.readings.get((way, marks.key))
    if reading is None:
        _read(contents, scan, values, way)
    else:
        contents.transparent = reading.transparent
        marks.numbers |= reading.numbers
        for finding in reading.findings:
            case.findings.take(replace(finding, page=number))
    scan.group(entries, scan.resources)
    group = case.dictionary(entries, "/Group")
    if contents.transparent and not case.intent and case.item(group, "/CS") is None:
        case.add("page-group", Where(number))


def _read(contents: Contents, scan: Scan, values: list[Any], way: object) -> None:
    """Read content; what came of it holds for other pages as well, if they have the same key.

    Without numbers it holds whatever the key: numbers mean other elements under another one. It
    holds for no other page where a form with numbers is painted, which may be done but once.
    """
    case, marks = contents.case, scan.marks
    before = len(case.findings.found)
    contents.transparent = contents.numbered = False
    streams = [case.resolve(each) for each in values]
    data = [case.content(each, marks.page) for each in streams if isinstance(each, StreamObject)]
    scan.run(b"\n".join(data))
    if not contents.numbered:
        found = [each for each in case.findings.since(before) if each.page == marks.page]
        reading = Reading(tuple(found), contents.transparent, frozenset(marks.numbers))
        contents.readings[(way, marks.key) if marks.numbers else way] = reading


def read_appearance(contents: Contents, value: Any, number: int) -> None:
    """Read the looks of an annotation: what it paints is tagged with the annotation."""
    marks = Marks(contents.case, contents.tree, number, None)
    marks.cover(None)
    Scan(contents, marks, NOTHING).form(value, contents.case.resolve(value))

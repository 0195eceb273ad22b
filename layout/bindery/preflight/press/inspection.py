"""The whole inspection of one file for the press, page after page; no check stops another."""

from typing import Any

from pypdf.generic import StreamObject

from layout.bindery.foreign import Leaf
from layout.bindery.preflight.case import Case
from layout.bindery.preflight.demands import Demands
from layout.bindery.preflight.findings import NOWHERE, Where
from layout.bindery.preflight.fonts import check_font
from layout.bindery.preflight.objects import Objects
from layout.bindery.preflight.press.boxes import check_boxes, check_sizes
from layout.bindery.preflight.press.claims import check_claims, check_condition
from layout.bindery.preflight.press.extras import (
    check_actions,
    check_annotations,
    check_blending,
    check_files,
    check_layers,
)
from layout.bindery.preflight.press.inks import ALL, PROCESS, Inks
from layout.bindery.preflight.press.job import Job
from layout.bindery.preflight.press.judge import Judge
from layout.bindery.preflight.press.plates import measure
from layout.bindery.preflight.press.run import Run
from layout.bindery.preflight.press.sheet import Sheet
from layout.bindery.preflight.tree import Tree

_WHOLE = {
    "the metadata": check_claims,
    "the output intents": check_condition,
    "the actions": check_actions,
    "the embedded files": check_files,
    "the layers": check_layers,
}


def inspect_for_press(case: Case, demands: Demands) -> None:
    """All that the press would send back; findings go into the case."""
    for what, check in _WHOLE.items():
        case.guard(what, check)
    job, sheets = Job(case, demands), list[Sheet]()
    for number, leaf in enumerate(case.opened.pages, 1):
        case.guard("the boxes", _sheet, leaf, number, demands.bleed, sheets, page=number)
    for sheet in sheets:
        case.guard("the annotations", check_annotations, sheet, page=sheet.number)
        case.guard("the content", _page, job, sheet, page=sheet.number)
        sheet.tell()
    if sheets:
        case.guard("the sizes of pages", check_sizes, sheets, demands.press.limits.size)
    tree = Tree(case)  # never read: a press does not mind tags, but fonts name their places by it
    for use in job.fonts.values():
        case.guard("a font", check_font, tree, use, page=use.page)
    case.guard("the inks", _inks, job.inks)
    case.guard("the objects", lambda _: Objects(case).walk())
    if demands.plates:
        case.guard("the plates", measure, sheets, demands.press.ink_limit)


def _sheet(case: Case, leaf: Leaf, number: int, bleed: float, sheets: list[Sheet]) -> None:
    sheet = Sheet(case, leaf, number, bleed)
    sheets.append(sheet)
    check_boxes(case, sheet)


def _page(case: Case, job: Job, sheet: Sheet) -> None:
    """The content of one page."""
    judge = Judge(case, sheet, job.inks, job.demands)
    resources = case.dictionary(sheet.entries, "/Resources")
    try:
        streams = [case.resolve(each) for each in case.each(sheet.entries, "/Contents")]
        data = [
            case.content(each, sheet.number) for each in streams if isinstance(each, StreamObject)
        ]
        Run(job, judge, resources).read(b"\n".join(data))
        group: Any = case.dictionary(sheet.entries, "/Group")
        if "/CS" in group:
            space = job.inks.space(dict.get(group, "/CS"), resources, Where(sheet.number))
            check_blending(case, sheet, space.paints.kind)
    finally:  # what was found before the content broke off is told all the same
        judge.edges.tell()
        if judge.transparent:
            sheet.note("transparency", ", ".join(sorted(judge.transparent)), "")


def _inks(case: Case, inks: Inks) -> None:
    """The inks of the whole file, and names that differ in case, spaces and hyphens alone."""
    spots = sorted(inks.used - {*PROCESS, ALL, "None"})
    names = [*(ink for ink in PROCESS if ink in inks.used), *spots]
    if names:
        case.add("inks", NOWHERE, ", ".join(names))
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault("".join(filter(str.isalnum, name.casefold())) or name, []).append(name)
    for group in alike.values():
        if len(group) > 1:
            case.add("ink-names", NOWHERE, " and ".join(group))

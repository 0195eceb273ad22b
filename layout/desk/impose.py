"""`offprint impose`: the pages of a PDF on printer's sheets, and a picture to fold a dummy by."""

import sys
from argparse import Namespace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from layout.desk.order import Made, failure
from layout.desk.report import json_line
from layout.ground.problems import ExitCode, Problem, Refused
from layout.ground.whole import write_whole

if TYPE_CHECKING:
    from layout.bindery.imposition.job import Job
    from layout.bindery.imposition.plan import Plan
    from layout.bindery.imposition.schemes import Scheme

FOLDED = ("saddle", "perfect", "work-and-turn")
GATHERED = ("perfect", "work-and-turn")
CUT = ("n-up", "work-and-turn")
MEANT_FOR = {
    "signature": GATHERED,
    "up": ("n-up",),
    "paper": FOLDED,
    "creep": FOLDED,
    "gutter": CUT,
    "milling": GATHERED,
}
"""The schemes in which an option means something."""


def run(options: Namespace) -> int:
    """Impose a file, or only show how; the exit code."""
    start = perf_counter()
    scheme = scheme_of(options)
    wrong = _wrong(options, scheme)
    if wrong:
        print(f"offprint: error: {wrong}", file=sys.stderr)
        return ExitCode.USAGE
    code, plan, size, problems = _made(options, scheme)
    for problem in problems:
        print(problem, file=sys.stderr)
    if options.json:
        print(_line(options, code, plan, size, problems, perf_counter() - start), flush=True)
    elif plan and not options.quiet:
        print(f"{options.output or options.show}: {summary(plan)}")
    return code


def scheme_of(options: Namespace) -> "Scheme":
    """The scheme that is asked for, if only by what no other has."""
    if options.scheme:
        scheme: Scheme = options.scheme
        return scheme
    if options.up:
        return "n-up"
    return "perfect" if options.signature else "saddle"


def _wrong(options: Namespace, scheme: str) -> str:
    """Why the command line makes no sense, or ''."""
    if not (options.output or options.show):
        return "give -o OUT.pdf, or --show FILE.png for the picture alone"
    for name, schemes in MEANT_FOR.items():
        if getattr(options, name) is not None and scheme not in schemes:
            return f"--{name} means nothing for {scheme}; it is for {' and '.join(schemes)}"
    return ""


def _made(
    options: Namespace, scheme: "Scheme"
) -> "tuple[ExitCode, Plan | None, int, tuple[Problem, ...]]":
    """Write what was asked for: the exit code, the plan if all is well, bytes, and all there is to say."""
    try:
        plan, size, problems = _written(options, _job(options, scheme))
    except Refused as refusal:
        return ExitCode.REFUSED, None, 0, refusal.problems
    except OSError as error:
        return ExitCode.SURROUNDINGS, None, 0, (failure(error, options.file),)
    return ExitCode.OK, plan, size, problems


def _job(options: Namespace, scheme: "Scheme") -> "Job":
    from layout.bindery.imposition.job import Job

    given: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("signature", "up", "sheet", "paper", "milling", "binding")
        if getattr(options, name) is not None
    }
    same = ("blanks", "creep", "gutter", "bleed", "marks")
    return Job(scheme=scheme, **given, **{name: getattr(options, name) for name in same})


def _written(options: Namespace, job: "Job") -> "tuple[Plan, int, tuple[Problem, ...]]":
    from layout.bindery.foreign import open_pdf
    from layout.bindery.imposition.plan import plan_of, read_from_the_right
    from layout.desk.passwords import read_passwords

    opened = open_pdf(options.file, passwords=read_passwords(options.password_file))
    if options.binding is None and read_from_the_right(opened):
        job = replace(job, binding="right")
    plan = plan_of(opened, job)
    picture = _picture(plan, opened.name) if options.show else b""
    notes: tuple[Problem, ...] = ()
    size = len(picture)
    if options.output:
        from layout.bindery.imposition.impose import impose

        made = impose(opened, plan)
        notes, size = made.notes, len(made.pdf)
        write_whole(options.output, made.pdf)
    if options.show:
        write_whole(options.show, picture)
    return plan, size, notes


def _picture(plan: "Plan", name: str) -> bytes:
    from layout.bindery.imposition.showing import shown
    from layout.plates.dummy import drawn

    return drawn(shown(plan, name))


def summary(plan: "Plan") -> str:
    """What was made, in a few words."""
    words = [
        _counted(len(plan.layout.sheets), "sheet"),
        plan.frame.name,
        plan.scheme,
        _counted(len(plan.pages), "page"),
    ]
    if plan.blanks:
        words.append(_counted(plan.blanks, "blank"))
    return ", ".join(words)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _line(
    options: Namespace,
    code: ExitCode,
    plan: "Plan | None",
    size: int,
    problems: tuple[Problem, ...],
    seconds: float,
) -> str:
    status = "built" if code == ExitCode.OK else "refused"
    pages = len(plan.pages) if plan else 0
    output = (options.output or options.show) if plan else ""
    made = Made(options.file, "", output, pages, size, status, problems, ())
    more = {
        "scheme": scheme_of(options),
        "sheets": len(plan.layout.sheets) if plan else None,
        "sheet": plan.frame.name if plan else None,
        "blanks": plan.blanks if plan else None,
        "show": options.show if plan else None,
    }
    return json_line(made, seconds, more=more)

"""Who says whether a file is what it claims: veraPDF where it is installed, else the program's own preflight.

Preflight knows PDF/A-3a with PDF/UA-1 and PDF/A-2a with PDF/UA-1, which are what this program makes, and
needs no Java; of other claims to PDF/A and PDF/UA it is told that nobody judged them. PDF/X is judged by neither:
`offprint preflight --profile press` does.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from layout.ground.problems import Place, Problem, Refused

PROGRAM: Final = "verapdf"
"""The command that veraPDF's installer gives."""

PROFILES: Final = {
    frozenset(("PDF/A-3a", "PDF/UA-1")): "digital",
    frozenset(("PDF/A-2a", "PDF/UA-1")): "press-archive",
}
"""The claims that preflight can judge, and its profile for them."""

_JUDGED: Final = re.compile(r"PDF/(A-[1-4][abuef]?|UA-[12])")
"""The claims that veraPDF knows."""

_FALSE: Final = "it does not conform to {}: {}"


def has_verapdf() -> bool:
    """Whether veraPDF is installed."""
    return shutil.which(PROGRAM) is not None


def judge(
    files: Mapping[str, Sequence[str]], passwords: Sequence[str]
) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with the claims of each file: an error for a false one, a note for one that nobody judged.

    `files` are claims, such as PDF/A-3a, by paths. Raises `OSError` where veraPDF cannot be run.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        return {file: tuple(_own(file, claims, passwords)) for file, claims in files.items()}
    found: dict[str, tuple[Problem, ...]] = dict.fromkeys(files, ())
    for claim in sorted({claim for claims in files.values() for claim in claims}):
        asked = [file for file, claims in files.items() if claim in claims]
        known = _JUDGED.fullmatch(claim)
        if known is not None:
            for file, fault in _asked(program, _flavour(known[1]), asked).items():
                found[file] += (_false(file, claim, fault),) if fault else ()
    return found


def _flavour(claim: str) -> str:
    """How veraPDF calls what is claimed: 3a for A-3a, ua1 for UA-1."""
    standard, part = claim.split("-")
    return part if standard == "A" else f"ua{part}"


def _false(file: str, claim: str, fault: str) -> Problem:
    hint = "take a sound copy, or make it again; `offprint preflight` says all that is wrong"
    return Problem(Place(file), _FALSE.format(claim, fault), hint)


# --- preflight ---


def _own(file: str, claims: Sequence[str], passwords: Sequence[str]) -> Iterator[Problem]:
    asked = {claim for claim in claims if claim.startswith(("PDF/A", "PDF/UA"))}
    if not asked:
        return
    profile = PROFILES.get(frozenset(asked))
    if profile is None:
        message = f"whether it conforms to {' and '.join(sorted(asked))} was not judged"
        hint = f"install veraPDF, whose command is `{PROGRAM}`"
        yield Problem(Place(file), message, hint, "note")
        return
    from layout.bindery.foreign import open_pdf
    from layout.bindery.preflight import inspect

    try:
        found = inspect(open_pdf(file, passwords=passwords), profile)
    except Refused as refusal:
        yield from refusal.problems
        return
    wrong = [finding for finding in found if finding.severity == "error"]
    if wrong:
        first = f"{wrong[0].message} ({wrong[0].clause})" if wrong[0].clause else wrong[0].message
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        yield _false(file, " and ".join(sorted(asked)), first + more)


# --- veraPDF ---


def _asked(program: str, flavour: str, files: Sequence[str]) -> dict[str, str]:
    """The first rule of a flavour that each file breaks, "" for none; all files in one run."""
    names = [os.path.abspath(file) for file in files]
    options = ["--flavour", flavour, "--format", "xml", "--maxfailuresdisplayed", "1"]
    done = subprocess.run(  # noqa: S603  # the command that the user has installed, and absolute paths
        [program, *options, *names],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # or Java does not find names that are not ASCII
    )
    try:
        jobs = list(ET.fromstring(done.stdout).iter("job"))  # noqa: S314  # what veraPDF wrote
    except ET.ParseError as error:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else f"it gave no report: {error}"
        raise OSError(f"{program} failed: {reason}") from error
    found = {job.findtext("item/name"): _fault(job) for job in jobs}
    # What the validator passes over in silence must not count as passed.
    silent = "veraPDF says nothing about this file"
    return {file: found.get(name, silent) for file, name in zip(files, names, strict=True)}


def _fault(job: ET.Element) -> str:
    """What a report says of one file, "" where it conforms."""
    report = job.find("validationReport")
    if report is None:
        reason = job.findtext("taskException/exceptionMessage", "no reason given")
        return f"veraPDF could not read it: {reason}"
    broken = [rule for rule in report.iter("rule") if rule.get("status") == "failed"]
    if broken:
        first = broken[0]
        said = " ".join(first.findtext("description", "").split())
        more = f", and {len(broken) - 1} more" if len(broken) > 1 else ""
        return f"{first.get('clause')}-{first.get('testNumber')}: {said}{more}"
    return "" if report.get("isCompliant") == "true" else "veraPDF stopped before it was done"

"""Let veraPDF say whether PDFs are what they ought to be: PDF/UA-1, and PDF/A-3a or for the press PDF/A-2a.

    python scripts/conformance.py [--strict] PATH...

PATH is a PDF, or a folder whose PDFs are meant; one for the press is named *-press.pdf. The validator comes
from Maven Central, once, into .cache/verapdf/; it needs Java 11 or newer. Where either is missing nothing is checked,
which is said aloud; with --strict that is a failure.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "verapdf"
ARTIFACT, VERSION = "greenfield-apps", "1.28.2"
JAR = CACHE / f"{ARTIFACT}-{VERSION}.jar"
SHA256 = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
DIGITAL = ("3a", "ua1")
PRESS = ("2a", "ua1")
FLAVOURS = {"*-press.pdf": PRESS, "*": DIGITAL}
"""What a file is held to, by the first pattern that its name matches."""


class Missing(Exception):
    """Something that the check needs is not on this machine."""


@dataclass(frozen=True)
class Failure:
    """A rule that a file breaks: its number as clause and test, and the first place where it does."""

    rule: str
    description: str
    place: str = ""
    message: str = ""
    count: int = 1

    def __str__(self) -> str:
        often = f" ({self.count} times)" if self.count > 1 else ""
        found = f"\n      at {self.place}: {self.message}" if self.place else ""
        return f"  {self.rule}{often}  {self.description}{found}"


# --- the validator ---


def sound(jar: Path) -> bool:
    """Whether a file is the very one that was pinned."""
    with jar.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == SHA256


def find_java() -> str:
    """The command that runs Java."""
    if java := shutil.which("java"):
        return java
    raise Missing("no Java (make conformance-tools installs it)")


def fetch(jar: Path = JAR) -> Path:
    """The validator, from the cache or else by Maven; never one with another check sum."""
    if not jar.exists():
        mvn = shutil.which("mvn")
        if not mvn:
            raise Missing("no veraPDF and no Maven (make conformance-tools installs the latter)")
        jar.parent.mkdir(parents=True, exist_ok=True)
        artifact = f"-Dartifact=org.verapdf.apps:{ARTIFACT}:{VERSION}"
        # It moves to its place when it is whole, so that a fetch that was broken off leaves nothing.
        with tempfile.TemporaryDirectory(dir=jar.parent) as folder:
            command = [mvn, "-B", "-q", "dependency:copy", artifact, f"-DoutputDirectory={folder}"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(done.stdout.strip()[-2000:], file=sys.stderr)
                raise Missing("Maven could not fetch veraPDF")
            (Path(folder) / JAR.name).replace(jar)
    if not sound(jar):
        sys.exit(f"conformance: {jar} does not have the pinned check sum: delete it")
    return jar


def validate(jar: Path, flavour: str, files: Collection[Path]) -> dict[Path, list[Failure]]:
    """The rules of a flavour that each file breaks; all files go through one run of the validator."""
    names = [str(path.resolve()) for path in files]
    options = ["--flavour", flavour, "--format", "xml", "--maxfailuresdisplayed", "1"]
    command = [find_java(), "-Djava.awt.headless=true", "-XX:+UseSerialGC", "-cp", str(jar), MAIN]
    done = subprocess.run(
        [*command, *options, *names],
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # or Java does not find names that are not ASCII
    )
    try:
        jobs = ET.fromstring(done.stdout).iter("job")
        found = {job.findtext("item/name"): read_job(job) for job in jobs}
    except ET.ParseError as error:
        raise RuntimeError(f"veraPDF: {error}: {done.stderr.decode(errors='replace')}") from error
    # What the validator passes over in silence must not count as passed.
    silent = [Failure("none", "veraPDF says nothing about this file")]
    return {path: found.get(name, silent) for path, name in zip(files, names, strict=True)}


def read_job(job: ET.Element) -> list[Failure]:
    """What a report says of one file."""
    report = job.find("validationReport")
    if report is None:
        reason = job.findtext("taskException/exceptionMessage", "no reason given")
        return [Failure("none", f"veraPDF could not read this file: {reason}")]
    failures = [
        Failure(
            rule=f"{rule.get('clause')}-{rule.get('testNumber')}",
            description=rule.findtext("description", "").strip(),
            place=rule.findtext("check/context", "").strip(),
            message=rule.findtext("check/errorMessage", "").strip(),
            count=int(rule.get("failedChecks", "1")),
        )
        for rule in report.iter("rule")
        if rule.get("status") == "failed"
    ]
    if report.get("isCompliant") != "true" and not failures:
        failures.append(Failure("none", f"veraPDF stopped: {report.get('jobEndStatus')}"))
    return sorted(failures, key=lambda failure: failure.rule)


# --- the command ---


def collect(paths: Sequence[Path]) -> list[Path]:
    """The PDFs that are meant, each once; folders are searched."""
    if missing := [str(path) for path in paths if not path.exists()]:
        sys.exit(f"conformance: there is no {', '.join(missing)}")
    groups = [[path] if path.is_file() else sorted(path.rglob("*.pdf")) for path in paths]
    found = list({path.resolve(): path for group in groups for path in group}.values())
    return found or sys.exit("conformance: there is no PDF to check")


def flavours_of(path: Path) -> tuple[str, ...]:
    """What a file is held to, by its name alone: what it says of itself may be what is wrong."""
    return next(found for pattern, found in FLAVOURS.items() if path.match(pattern))


def sort_out(files: Collection[Path]) -> dict[str, list[Path]]:
    """The files that each flavour is to be asked about."""
    found: dict[str, list[Path]] = {}
    for path in files:
        for flavour in flavours_of(path):
            found.setdefault(flavour, []).append(path)
    return found


def check(paths: Sequence[Path]) -> int:
    """Prints what fails, and a count; returns the number of failures."""
    files = collect(paths)
    find_java()
    jar = fetch()
    asked = sort_out(files)
    with ThreadPoolExecutor() as pool:
        answers = pool.map(lambda flavour: validate(jar, flavour, asked[flavour]), asked)
        results = dict(zip(asked, answers, strict=True))
    checks = [(path, flavour) for path in files for flavour in flavours_of(path)]
    failed = [(path, flavour) for path, flavour in checks if results[flavour][path]]
    for path, flavour in failed:
        print(f"{path}: {flavour}: fails", *results[flavour][path], sep="\n")
    verdict = f"{len(failed)} of {len(checks)} checks failed" if failed else "all pass"
    print(f"conformance: {len(files)} files, {' and '.join(sorted(asked))}: {verdict}")
    return len(failed)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--strict", action="store_true", help="what is missing is a failure")
    options = parser.parse_args()
    try:
        sys.exit(check(options.paths) > 0)
    except Missing as what:
        print(f"conformance: {'failed' if options.strict else 'skipped'}: {what}")
        sys.exit(options.strict)


if __name__ == "__main__":
    main()

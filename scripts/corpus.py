"""Merge every PDF below folders with a sample of ours, one process each, and say what came of it.

    python scripts/corpus.py [--password-file FILE] [--seconds N] [--megabytes N] PATH...

Merged is a file of which qpdf finds the new one sound, with all pages, and poppler the same words on each. Refused is
one with one error that names it, and no output. Everything else has failed: the exit code is 1 then.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sources" / "why-hyphens.yaml"
INSIDE = re.compile(
    "decoding (content )?stream|re-processed|content stream|parse error|input stream"
    "|stream [0-9]+ 0 [(]|[(]content, offset"
)
"""What qpdf says of the inside of streams, which are taken over as they are."""
PATIENCE = 120
"""Seconds for each tool that looks at a result."""


@dataclass(frozen=True)
class Outcome:
    """What came of one file: merged, refused or failed, and why."""

    path: Path
    kind: str
    why: str = ""


@dataclass(frozen=True)
class Limits:
    """What one merge may take, and where passwords are."""

    seconds: int
    megabytes: int
    passwords: str | None


def found(paths: Sequence[Path]) -> Iterator[Path]:
    """The PDFs below folders, in order, and those that are named."""
    for path in paths:
        if path.is_dir():
            yield from sorted(
                it for it in path.rglob("*") if it.suffix.lower() == ".pdf" and it.is_file()
            )
        else:
            yield path


def run(
    command: Sequence[object], seconds: int, limit: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """A command and all it says; raises `TimeoutExpired`."""

    def bounded() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    return subprocess.run(
        [str(each) for each in command],
        cwd=ROOT, check=False, capture_output=True, timeout=seconds, preexec_fn=bounded,
    )  # fmt: skip


def tried(path: Path, sample: Path, limits: Limits) -> Outcome:
    """Merge one file and look at the result."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out.pdf"
        command: list[object] = [
            sys.executable,
            "-m",
            "layout",
            "merge",
            sample,
            path.resolve(),
            "-o",
            out,
        ]
        if limits.passwords:
            command += ["--password-file", Path(limits.passwords).resolve()]
        try:
            done = run(command, limits.seconds, limits.megabytes << 20)
        except subprocess.TimeoutExpired:
            return Outcome(path, "failed", f"it takes more than {limits.seconds} seconds")
        said = done.stderr.decode(errors="replace").strip()
        if done.returncode == 0:
            why = unsound(path, sample, out)
            return Outcome(path, "failed" if why else "merged", why)
        if any(Path(name).iterdir()):
            return Outcome(path, "failed", "there is an output, though it was refused")
        errors = [line for line in said.splitlines() if ": error: " in line]
        is_named = len(errors) == 1 and errors[0].startswith(f"{path.resolve()}: error: ")
        if done.returncode == 1 and is_named and "Traceback" not in said:
            return Outcome(path, "refused", errors[0].partition(": error: ")[2])
        return Outcome(path, "failed", f"exit code {done.returncode}: {said[-300:]}")


def unsound(path: Path, sample: Path, out: Path) -> str:
    """What is wrong with a merged file, or ''."""
    checked = run(["qpdf", "--check", out], PATIENCE)
    said = (checked.stdout + checked.stderr).decode(errors="replace")
    lines = [it for it in said.splitlines() if re.match("(WARNING|ERROR): .*: ", it)]
    wrong = [it for it in lines if not INSIDE.search(it)]
    if wrong or (checked.returncode == 2 and not lines):
        return f"qpdf: {(wrong or [said])[0]}"
    own, all_ = pages(sample), pages(out)
    theirs = pages(path)
    if theirs is not None and own is not None and all_ != own + theirs:
        return f"{theirs} pages became {(all_ or 0) - own}"
    then, now = words(path), words(out)
    if then is None or now is None or own is None:
        return ""
    for number, (before, after) in enumerate(zip(then, now[own:], strict=False), 1):
        if before != after:
            return f"page {number} reads {after[:60]!r} in place of {before[:60]!r}"
    return ""


def pages(path: Path) -> int | None:
    """How many pages qpdf sees; None where it cannot tell."""
    done = run(["qpdf", "--show-npages", path], PATIENCE)
    return int(done.stdout) if done.stdout.strip().isdigit() else None


def words(path: Path) -> list[str] | None:
    """The words of each page, to poppler; None where it cannot read the file."""
    done = run(["pdftotext", "-enc", "UTF-8", path, "-"], PATIENCE)
    if done.returncode or not done.stdout:
        return None
    shown = done.stdout.decode(errors="replace").split("\f")[:-1]
    return [" ".join(page.split()) for page in shown]


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument(
        "paths", metavar="PATH", type=Path, nargs="+", help="a PDF, or a folder of PDFs"
    )
    parser.add_argument("--password-file", metavar="FILE", help="passwords to be tried, one a line")
    parser.add_argument(
        "--seconds", type=int, default=60, help="for each file (default: %(default)s)"
    )
    parser.add_argument(
        "--megabytes", type=int, default=2048, help="of memory (default: %(default)s)"
    )
    options = parser.parse_args()
    missing = [tool for tool in ("qpdf", "pdftotext") if not shutil.which(tool)]
    if missing:
        print(f"{' and '.join(missing)} must be installed (make tools)", file=sys.stderr)
        return 3
    limits = Limits(options.seconds, options.megabytes, options.password_file)
    with tempfile.TemporaryDirectory() as name:
        sample = Path(name) / "sample.pdf"
        run([sys.executable, "-m", "layout", "build", SAMPLE, "-o", sample, "--quiet"], PATIENCE)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            outcomes = list(
                pool.map(lambda path: tried(path, sample, limits), found(options.paths))
            )
    for it in outcomes:
        print(f"{it.kind:8} {it.path}" + (f": {it.why}" if it.why else ""))
    counts = Counter(it.kind for it in outcomes)
    print(
        f"{len(outcomes)} files: "
        + ", ".join(f"{counts[kind]} {kind}" for kind in ("merged", "refused", "failed"))
    )
    return 1 if counts["failed"] or not outcomes else 0


if __name__ == "__main__":
    raise SystemExit(main())

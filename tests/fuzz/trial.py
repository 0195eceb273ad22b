"""One case: a spoilt file merged as host and as guest, and inspected; it holds or is refused, and nothing else."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from fuzz_samples import PASSWORD
from mutations import mutated

INSIDE = re.compile(
    "decoding (content )?stream|re-processed|content stream|parse error|input stream"
    "|stream [0-9]+ 0 [(]|[(]content, offset"
)
"""What qpdf says of the inside of streams."""
EVERY = 20
"""One in so many merged files is looked at by qpdf."""


class Fault(Exception):
    """Raised where a file is neither merged whole nor refused as it should be."""


def tried(case: int, samples: Mapping[str, bytes], partner: str, folder: Path) -> tuple[str, str]:
    """What was done to which sample, and what came of it; raises `Fault`, or whatever was not caught."""
    import pikepdf

    from layout.bindery.foreign import open_pdf
    from layout.bindery.merge import merge_into
    from layout.bindery.preflight import Demands, inspect
    from layout.ground.problems import Refused
    from layout.ground.whole import growing

    told, data = mutated(case, samples)
    path, out = folder / "spoilt.pdf", folder / "out.pdf"
    path.write_bytes(data)
    outcomes = []
    for at, paths in enumerate(((str(path), partner), (partner, str(path)))):
        out.unlink(missing_ok=True)
        try:
            files = [open_pdf(each, passwords=(PASSWORD,)) for each in paths]
            with growing(out) as file:
                merge_into(file, "out.pdf", files)
        except Refused as refusal:
            _check_refusal(refusal, str(path))
            if sorted(it.name for it in folder.iterdir()) != ["spoilt.pdf"]:
                raise Fault("there is an output, though it was refused") from refusal
            outcomes.append("refused")
            continue
        count = sum(len(each.pages) for each in files)
        if len(open_pdf(str(out)).pages) != count:
            raise Fault(f"the merged file has not {count} pages")
        with pikepdf.open(out) as pdf:
            if len(pdf.pages) != count:
                raise Fault(f"to qpdf, the merged file has {len(pdf.pages)} pages, and not {count}")
        if (2 * case + at) % EVERY == 0:
            _check_file(out)
        outcomes.append("merged")
    try:
        opened = open_pdf(str(path), passwords=(PASSWORD,))
    except Refused:
        return told, " ".join(outcomes)
    inspect(opened, ("digital", "press")[case % 2], Demands(plates=False))
    return told, " ".join(outcomes)


def _check_refusal(refusal: Exception, path: str) -> None:
    problems = refusal.problems  # type: ignore[attr-defined]
    if len(problems) != 1:
        raise Fault(f"{len(problems)} problems for one file") from refusal
    (problem,) = problems
    if problem.place.file != path or "spoilt.pdf" not in problem.message:
        raise Fault(f"the refusal does not name the file: {problem}") from refusal


def _check_file(path: Path) -> None:
    if not shutil.which("qpdf"):
        return
    command = ["qpdf", "--check", str(path)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    said = done.stdout + done.stderr
    # Damage inside of streams is the sample's own: they are never touched.
    lines = [it for it in said.splitlines() if re.match("(WARNING|ERROR): .*: ", it)]
    if any(not INSIDE.search(it) for it in lines) or (done.returncode == 2 and not lines):
        raise Fault(f"qpdf: {said[:400]}")

"""What it costs to build an archive again: nothing changed, or one source, a picture, a brand's colour, a font.

    python bench/rebuild.py [--markdown] [--count N]

Interviews with portraits, one in fifty in a brand of its own that brings a font. Each row is one process; CPU is user
and system seconds with those of its workers, the peak that of the largest. The PDFs made are counted: those written
since the build before.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable

from archive import MAKER, ROOT, asked, show
from run import Sample

COUNT, WORKERS = 1000, 2
LIMIT = 1.0
"""CPU milliseconds that a file may cost where nothing changed."""

OWN = 50
"""One interview of so many is in a brand of its own."""

FACES = os.path.join(ROOT, "fonts", "source-serif")
BRAND = """name: own
extends: focus
colours:
  brand: {srgb: "#0B4F6C", cmyk: [0.95, 0.5, 0.3, 0.25]}
fonts:
  display: {regular: own.ttf}
"""


def build(texts: str, out: str, jobs: int = WORKERS) -> Sample:
    """The archive built by one command."""
    words = ["build", os.path.join(texts, "interviews"), "-o", out, "--quiet", "--jobs", str(jobs)]
    return Sample([sys.executable, "-m", "layout", *words])


def stamps(out: str) -> dict[str, int]:
    """When each PDF was written."""
    if not os.path.isdir(out):
        return {}
    return {it.name: it.stat().st_mtime_ns for it in os.scandir(out) if it.name.endswith(".pdf")}


def measured(
    name: str, texts: str, out: str, count: int, *, limited: bool = False, jobs: int = WORKERS
) -> list[str]:
    """A row of the table; ! where a file costs more than is wanted."""
    before = stamps(out)
    sample = build(texts, out, jobs)
    made = len(set(stamps(out).items()) - set(before.items()))
    each = sample.cpu * 1000 / count
    sign = "!" if limited and each > LIMIT else ""
    print(f"{name}: {made}", file=sys.stderr)
    return [name, str(made), f"{sample.cpu:.2f}", f"{each:.2f}{sign}", f"{sample.peak:.0f}"]


def furnish(texts: str, count: int) -> None:
    """Put some interviews in a brand of its own."""
    folder = os.path.join(texts, "interviews")
    brands = os.path.join(folder, "brands")
    os.mkdir(brands)
    add(os.path.join(brands, "own.yaml"), BRAND)
    shutil.copy(os.path.join(FACES, "SourceSerif4Display-Regular.ttf"), os.path.join(brands, "own.ttf"))  # fmt: skip
    for number in range(0, count, OWN):
        add(os.path.join(folder, f"{number:04}.yaml"), "brand: own\n")


def add(path: str, text: str) -> None:
    """Text at the end of a file."""
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


def changes(texts: str) -> dict[str, Callable[[], object]]:
    """What may change in an archive, by the names of the rows."""
    folder = os.path.join(texts, "interviews")
    brand, font = (os.path.join(folder, "brands", name) for name in ("own.yaml", "own.ttf"))
    portraits = os.path.join(folder, "portraits")
    other = os.path.join(FACES, "SourceSerif4Subhead-Regular.ttf")
    return {
        "one source changed": lambda: add(
            os.path.join(folder, "0001.yaml"), "\n# looked through\n"
        ),
        "one picture changed": lambda: shutil.copy(
            os.path.join(portraits, "0001.jpg"), os.path.join(portraits, "0002.jpg")
        ),
        "a brand's colour changed": lambda: rewrite(brand, "#0B4F6C", "#0B4F8C"),
        "a brand's font changed": lambda: shutil.copy(other, font),
    }


def rewrite(path: str, old: str, new: str) -> None:
    """A file with one text for another."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(old, new))


def rows(texts: str, scratch: str, count: int) -> list[list[str]]:
    """All that is measured, in the order of an archive's life."""
    one, out = os.path.join(scratch, "one"), os.path.join(scratch, "out")
    found = [measured("everything, one process", texts, one, count, jobs=1)]
    found.append(measured(f"everything, {WORKERS} workers", texts, out, count))
    found.append(measured("nothing changed, the first time", texts, out, count, limited=True))
    found.append(measured("nothing changed", texts, out, count, limited=True))
    for name, change in changes(texts).items():
        change()
        found.append(measured(name, texts, out, count))
    os.unlink(os.path.join(out, ".offprint.sqlite"))
    found.append(measured("the ledger was lost", texts, out, count))
    return found


def main() -> None:
    """Measure and print."""
    options = asked(__doc__.splitlines()[0], COUNT)
    with tempfile.TemporaryDirectory() as scratch:
        texts = os.path.join(scratch, "texts")
        command = [sys.executable, MAKER, texts, str(options.count), "--portraits"]
        subprocess.run(command, check=True, stdout=sys.stderr)
        furnish(texts, options.count)
        found = rows(texts, scratch, options.count)
    head = [f"{options.count:,} interviews", "PDFs made", "CPU s", "CPU ms a file", "peak MiB"]
    show(head, found, options.markdown)
    print(f"\nwanted: under {LIMIT:g} ms of CPU a file where nothing changed; ! where it is more")


if __name__ == "__main__":
    main()

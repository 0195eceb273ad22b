"""Print how many texts other programs read out of the PDFs to the character, and in order.

    python bench/fidelity.py PATH...

A PATH is a source or a folder of them. A text is a question, paragraph, list item, caption, quotation or the like of
an interview, whole, with white space folded; names of speakers, attributions and credits are left out, which
the page may set before or after. In order is what stands behind the text before it. The first figures are of what
is read as it is, the second of the same with every U+00AD and the white space after it deleted, which is for
programs that do not know /ActualText.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.typography import collect, typeset

APART = ("speaker", "attribution", "credit")
"""Fields that the page may have before or after what they belong to."""


def _run(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def structure(path: str) -> str:
    """The structure tree's text: a block on its own, what is inside a line as it is."""
    out = []
    for line in _run("pdfinfo", "-struct-text", path).splitlines():
        said = line.strip()
        if said.startswith('"') and said.endswith('"'):
            out.append(said[1:-1])
        elif said.endswith("(block)") or "(block) " in said:
            out.append("\n")
    return "".join(out)


def pdfium(path: str) -> str:
    """PDFium, the reader in Chrome."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def pypdf(path: str) -> str:
    """The text of all pages as pypdf has it."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def pymupdf(path: str) -> str:
    """A later MuPDF than the system's; skipped where it is not installed."""
    import pymupdf as mupdf

    with mupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


READERS: dict[str, Callable[[str], str]] = {
    "pdfinfo -struct-text": structure,
    "pypdfium2": pdfium,
    "mutool": lambda path: _run("mutool", "draw", "-q", "-F", "txt", path),
    "pypdf": pypdf,
    "pymupdf": pymupdf,
    "pdftotext": lambda path: _run("pdftotext", path, "-"),
    "pdftotext -raw": lambda path: _run("pdftotext", "-raw", path, "-"),
}


def folded(text: str, rule: bool) -> str:
    """White space is one space; by the rule a soft hyphen goes with what white space follows it."""
    return " ".join((re.sub("\u00ad\\s*", "", text) if rule else text).split())


def texts(source: str) -> list[str]:
    """The texts of an interview in the order of the source."""
    from layout.makeup.proof import texts_of
    from layout.manuscript.reader import read_interview

    record = read_interview(source)
    found = texts_of(record.interview)
    return [folded(text.text, rule=False) for field, text in found if field not in APART]


def counted(wanted: list[str], have: str) -> tuple[int, int]:
    """How many texts are there, and how many stand behind the one before."""
    there, ordered, at = 0, 0, 0
    for text in wanted:
        where = have.find(text, at)
        if where >= 0:
            there, ordered, at = there + 1, ordered + 1, where + len(text)
        else:
            there += text in have
    return there, ordered


def rows(files: list[tuple[list[str], str]]) -> Iterator[str]:
    """The table, line by line."""
    total = sum(len(wanted) for wanted, _ in files)
    yield f"{total} texts of {len(files)} sources"
    yield ""
    yield "| read with | exact | in order | by the rule exact | in order | sources all exact and in order |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name, read in READERS.items():
        try:
            said = [(wanted, read(path)) for wanted, path in files]
        except (ImportError, FileNotFoundError) as error:
            yield f"| {name} | skipped: {error} | | | | |"
            continue
        plain = [counted(wanted, folded(text, rule=False)) for wanted, text in said]
        ruled = [counted(wanted, folded(text, rule=True)) for wanted, text in said]
        whole = sum(found == (len(w),) * 2 for (w, _), found in zip(said, ruled, strict=True))
        sums = [sum(column) for found in (plain, ruled) for column in zip(*found, strict=True)]
        yield f"| {name} | {' | '.join(map(str, sums))} | {whole} |"


def main(paths: list[str]) -> int:
    """Typeset what is named, read it with every program, print the table."""
    from layout.manuscript.interview import Interview
    from layout.manuscript.reader import read_source

    groups = collect([Path(path) for path in paths])
    named = [source for group in groups.values() for source in group]
    sources = [one for one in named if isinstance(read_source(str(one)), Interview)]
    with tempfile.TemporaryDirectory() as folder:
        made = typeset(sources, Path(folder))
        files = [(texts(str(s)), os.fspath(pdf)) for s, pdf in zip(sources, made, strict=True)]
        print("\n".join(rows(files)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

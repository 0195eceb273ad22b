"""What merging costs and keeps beside other tools, whether it stays linear, and how much memory a large host takes.

    python bench/merge.py [--markdown] [--rounds N] [--count N] [--host MB]

`--count` reprints of two pages (100) become one file: with `offprint merge`, pypdf's plain append, pikepdf and qpdf,
a process each, turn by turn in one run; CPU is user and system seconds, the ratio to pypdf the median of the ratios
inside the rounds. The host of the last table has 2,000 pages and `--host` megabytes (500) of pictures.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from archive import MAKER, show
from run import Sample

ROUNDS, COUNT, HOST = 5, 100, 500
PAGES, THIRTY = 2000, 30
MB = 1 << 20

PYPDF = """
import sys
from pypdf import PdfWriter
out = PdfWriter()
for path in sys.argv[2:]:
    out.append(path)
out.write(sys.argv[1])
"""
PIKEPDF = """
import sys
import pikepdf
out = pikepdf.new()
for path in sys.argv[2:]:
    out.pages.extend(pikepdf.open(path).pages)
out.save(sys.argv[1])
"""

Command = Callable[[str, list[str]], list[str]]

TOOLS: dict[str, Command] = {
    "pypdf, append": lambda out, files: [sys.executable, "-c", PYPDF, out, *files],
    "offprint merge": lambda out, files: [
        sys.executable, "-m", "layout", "merge", *files, "-o", out],
    "pikepdf, extend": lambda out, files: [sys.executable, "-c", PIKEPDF, out, *files],
    "qpdf --pages": lambda out, files: [
        shutil.which("qpdf") or "qpdf", "--empty", "--pages", *files, "--", out],
}  # fmt: skip


def kept(path: str) -> list[str]:
    """What a file has: bytes, fonts, elements of tags, links that lead somewhere, labels, attachments, claims."""
    import pikepdf  # late: a process that is started is charged with what its parent holds

    with pikepdf.open(path) as pdf:
        objects = [it for it in pdf.objects if isinstance(it, pikepdf.Dictionary)]
        fonts = sum(it.get("/Type") == "/FontDescriptor" for it in objects)
        is_tagged = "/StructTreeRoot" in pdf.Root
        elements = sum("/S" in it and "/P" in it for it in objects) if is_tagged else 0
        pages = {page.obj.objgen for page in pdf.pages}
        links = sum(
            _leads(link, pages)
            for page in pdf.pages
            for link in page.get("/Annots", [])
            if link.get("/Subtype") == "/Link"
        )
        packet = bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
        return [
            f"{os.path.getsize(path):,}",
            str(fonts),
            f"{elements:,}",
            f"{links:,}",
            "yes" if "/PageLabels" in pdf.Root else "no",
            str(len(pdf.attachments)),
            "yes" if b"pdfaid:part" in packet else "no",
        ]


def _leads(link: Any, pages: set[tuple[int, int]]) -> bool:
    """Whether a link has an address, or a page of this file."""
    if "/A" in link:
        return True
    target = link.get("/Dest")
    return target is not None and target[0].objgen in pages


def samples(scratch: str, count: int) -> list[str]:
    """Reprints of two pages."""
    texts, out = os.path.join(scratch, "texts"), os.path.join(scratch, "reprints")
    subprocess.run([sys.executable, MAKER, texts, str(count)], check=True, stdout=sys.stderr)
    words = ["build", os.path.join(texts, "interviews"), "-o", out, "--quiet"]
    subprocess.run([sys.executable, "-m", "layout", *words], check=True)
    return [os.path.join(out, name) for name in sorted(os.listdir(out)) if name.endswith(".pdf")]


def compared(files: list[str], rounds: int, scratch: str) -> Iterator[list[str]]:
    """A row for each tool."""
    tools = {name: it for name, it in TOOLS.items() if name[:4] != "qpdf" or shutil.which("qpdf")}
    times: dict[str, list[float]] = {name: [] for name in tools}
    for number in range(rounds + 1):
        for name, command in tools.items():
            seconds = Sample(command(_out(scratch, name), files)).cpu
            if number:
                times[name].append(seconds)
        print(f"round {number} of {rounds}", file=sys.stderr)
    plain = times["pypdf, append"]
    for name, taken in times.items():
        ratio = statistics.median(b / a for a, b in zip(plain, taken, strict=True))
        median = statistics.median(taken)
        yield [name, f"{median:.2f}", f"{ratio:.2f}", *kept(_out(scratch, name))]


def _out(scratch: str, name: str) -> str:
    return os.path.join(scratch, f"{name.replace(' ', '-')}.pdf")


def growth(files: list[str], rounds: int, scratch: str) -> Iterator[list[str]]:
    """CPU seconds for more and more files, a file, and peak memory."""
    command = TOOLS["offprint merge"]
    for share in (8, 4, 2, 1):
        some = files[: len(files) // share]
        taken = [Sample(command(_out(scratch, "growth"), some)) for _ in range(rounds)]
        seconds = statistics.median(it.cpu for it in taken)
        yield [str(len(some)), f"{seconds:.2f}", f"{1000 * seconds / len(some):.1f}"]


def large(scratch: str, size: int) -> str:
    """A host of so many megabytes: pictures that do not compress, one on each page."""
    path, noise = os.path.join(scratch, "host.pdf"), random.Random(1)
    each = size * MB // PAGES
    with open(path, "wb") as out:
        offsets, kids = [0], b" ".join(b"%d 0 R" % (3 + 3 * n) for n in range(PAGES))

        def put(content: bytes) -> None:
            offsets.append(out.tell())
            out.write(b"%d 0 obj\n" % (len(offsets) - 1) + content + b"\nendobj\n")

        out.write(b"%PDF-1.5\n")
        put(b"<</Type/Catalog/Pages 2 0 R>>")
        put(b"<</Type/Pages/Count %d/Kids[%s]>>" % (PAGES, kids))
        for page in range(PAGES):
            at = 3 + 3 * page
            content = zlib.compress(b"q 500 0 0 700 40 60 cm /Im Do Q")
            put(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                b"/Resources<</XObject<</Im %d 0 R>>>>>>" % (at + 1, at + 2))  # fmt: skip
            put(
                b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream"
                % (len(content), content)
            )
            put(b"<</Type/XObject/Subtype/Image/Width %d/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
                b"/Length %d>>\nstream\n%b\nendstream" % (each, each, noise.randbytes(each)))  # fmt: skip
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % len(offsets))
        out.writelines(b"%010d 00000 n \n" % offset for offset in offsets[1:])
        out.write(
            b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets), start)
        )
    return path


def memory(files: list[str], scratch: str, size: int) -> Iterator[list[str]]:
    """What each tool takes for a large host and one reprint."""
    for megabytes in (size // 5, size):
        host = large(scratch, megabytes)
        for name, command in TOOLS.items():
            if name[:4] == "qpdf" and not shutil.which("qpdf"):
                continue
            words = command(_out(scratch, "large"), [host, files[0]])
            done = Sample(words)
            yield [f"{megabytes:,} MB, {PAGES:,} pages", name, f"{done.cpu:.2f}", f"{done.peak:,.0f} MB"]  # fmt: skip


def beside_an_issue(scratch: str) -> list[str]:
    """Bytes of thirty reprints of one page: merged, appended by pypdf, and as one issue."""
    texts, folder = os.path.join(scratch, "texts", "interviews"), os.path.join(scratch, "thirty")
    os.makedirs(folder)
    names = sorted(os.listdir(texts))[:THIRTY]
    for name in names:
        with open(os.path.join(texts, name), encoding="utf-8") as file:
            record = yaml.safe_load(file)
        record["interview"] = record["interview"][:5]
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            yaml.safe_dump(record, file, sort_keys=False)
    issue = {"format": 1, "title": "Thirty", "contents": [{"interview": name} for name in names]}
    with open(os.path.join(folder, "issue.yaml"), "w", encoding="utf-8") as file:
        yaml.safe_dump(issue, file)
    words = ["build", folder, "-o", folder, "--quiet"]
    subprocess.run([sys.executable, "-m", "layout", *words], check=True)
    files = [os.path.join(folder, name.replace(".yaml", ".pdf")) for name in names]
    native = os.path.getsize(os.path.join(folder, "issue.pdf"))
    row = [f"{native:,}"]
    for tool in ("offprint merge", "pypdf, append"):
        Sample(TOOLS[tool](_out(scratch, tool), files))
        size = os.path.getsize(_out(scratch, tool))
        row += [f"{size:,}", f"{size / native:.2f}"]
    return row


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--host", type=int, default=HOST, metavar="MB")
    options = parser.parse_args()
    head = ["", "CPU s", "ratio", "bytes", "fonts", "tags", "links", "labels", "files", "claims"]
    with tempfile.TemporaryDirectory() as scratch:
        files = samples(scratch, options.count)
        hosts = list(memory(files, scratch, options.host))
        print(f"{len(files)} reprints of two pages in one file\n")
        show(head, list(compared(files, options.rounds, scratch)), options.markdown)
        print(f"\n{THIRTY} reprints of one page, bytes\n")
        head = ["one issue", "offprint merge", "ratio", "pypdf, append", "ratio"]
        show(head, [beside_an_issue(scratch)], options.markdown)
        print("\noffprint merge of more and more files\n")
        rows = list(growth(files, options.rounds, scratch))
        show(["files", "CPU s", "ms a file"], rows, options.markdown)
        print("\na large host and one reprint\n")
        rows = hosts
        show(["host", "", "CPU s", "peak memory"], rows, options.markdown)


if __name__ == "__main__":
    main()

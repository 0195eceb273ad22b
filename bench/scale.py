"""What each interview costs where it is made on a cluster: here, at the scheduler, at the workers, on the wire.

    python bench/scale.py [--markdown] [--count N]

Interviews with portraits, one local build and one on two workers of this machine, each a process that is reached
over TCP; CPU is user and system seconds. Bytes on the wire are those of this machine's loopback meanwhile: on the
way to the scheduler, from there to a worker, and back. PDFs must be the same to the byte.
"""

import filecmp
import json
import os
import subprocess
import sys
import tempfile
import time

import psutil
from archive import MAKER, ROOT, asked, show
from run import Sample

COUNT, WORKERS = 400, 2


def started(folder: str, *words: str) -> subprocess.Popen[bytes]:
    """A process of the cluster."""
    command = [sys.executable, "-m", "dask", *words, "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": ROOT}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet)


def address_in(file: str) -> str:
    """Where the scheduler is, as soon as it says so."""
    while True:
        try:
            with open(file, encoding="utf-8") as record:
                return str(json.load(record)["address"])
        except (FileNotFoundError, ValueError):
            time.sleep(0.05)


def cpu(process: subprocess.Popen[bytes]) -> float:
    """User and system seconds of a process so far."""
    times = psutil.Process(process.pid).cpu_times()
    return float(times.user + times.system)


def wire() -> int:
    """Bytes that have come over the loopback."""
    return int(psutil.net_io_counters(pernic=True)["lo"].bytes_recv)


def build(texts: str, out: str, *words: str) -> Sample:
    """The archive built by one command."""
    where = ["build", os.path.join(texts, "interviews"), "-o", out, "--quiet", *words]
    return Sample([sys.executable, "-m", "layout", *where])


def size(folder: str, *endings: str) -> int:
    """The bytes of all files of a kind in a folder and below."""
    found = [os.path.join(top, it) for top, _, names in os.walk(folder) for it in names]
    return sum(os.path.getsize(it) for it in found if it.endswith(endings))


def rows(folder: str, count: int) -> list[list[str]]:
    """The table: a name and a number a row, an interview's share of each."""
    texts, here, there = (os.path.join(folder, it) for it in ("texts", "here", "there"))
    subprocess.run(
        [sys.executable, MAKER, texts, str(count), "--portraits"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    local = build(texts, here, "--jobs", "1")
    place = os.path.join(folder, "scheduler.json")
    scheduler = started(
        folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", place
    )
    address = address_in(place)
    # Without a nanny: a worker is one process, whose seconds are read while it lives.
    workers = [
        started(folder, "worker", address, "--nthreads", "1", "--no-nanny") for _ in range(WORKERS)
    ]
    try:
        build(texts, os.path.join(folder, "warm"), "--cluster", address)
        before = wire(), cpu(scheduler), sum(map(cpu, workers))
        start = time.monotonic()
        driver = build(texts, there, "--cluster", address)
        seconds = time.monotonic() - start
        after = wire(), cpu(scheduler), sum(map(cpu, workers))
    finally:
        for process in (*workers, scheduler):
            process.terminate()
            process.wait()
    names = sorted(it for it in os.listdir(here) if it.endswith(".pdf"))
    same, *_ = filecmp.cmpfiles(here, there, names, shallow=False)
    again = build(texts, there)
    sent, brokered, made = (then - once for once, then in zip(before, after, strict=True))
    each = 1000 / count
    return [
        ["local build, one process: CPU ms", f"{local.cpu * each:.1f}"],
        [f"on {WORKERS} workers: their CPU ms", f"{made * each:.1f}"],
        ["who builds: CPU ms, start included", f"{driver.cpu * each:.1f}"],
        ["scheduler: CPU ms", f"{brokered * each:.1f}"],
        ["ms by the clock, on this machine", f"{seconds * each:.1f}"],
        ["bytes of sources and pictures", f"{size(texts, '.yaml', '.jpg') / count:,.0f}"],
        ["bytes of the PDF", f"{size(here, '.pdf') / count:,.0f}"],
        ["bytes over the wire", f"{sent / count:,.0f}"],
        ["nothing changed: CPU ms", f"{again.cpu * each:.2f}"],
        ["PDFs the same to the byte", f"{len(same)} of {count}"],
    ]


def main() -> int:
    """Measure and print."""
    options = asked(__doc__, COUNT)
    with tempfile.TemporaryDirectory(prefix="offprint-scale-") as folder:
        table = rows(folder, options.count)
    show(["an interview's share", ""], table, options.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())

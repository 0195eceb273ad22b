"""A Dask cluster of this machine for tests: a scheduler and workers, each a process that is reached over TCP."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from reprints import ROOT

SIGKILLING = """\
import os, signal
from layout.desk import remote
def killing(loads):
    def killed(packed):
        parcel = loads(packed)
        if "poison" in parcel.source:
            os.kill(os.getpid(), signal.SIGKILL)
        return parcel
    return killed
remote.pickle = type("", (), {"loads": staticmethod(killing(remote.pickle.loads))})
"""
"""A worker that a source of that name kills."""

OLDER = """\
from layout.desk import parcel
parcel.VERSION = "0.0.7"
parcel.versions = lambda before=parcel.versions: {**before(), "pillow": "1.2.3"}
"""
"""A worker with another Offprint and another library."""


class Cluster:
    """What is up, and how to bring it down."""

    def __init__(self, folder: Path, failures: int = 3) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self._environment = {
            **{key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"},
            "PYTHONPATH": str(ROOT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures),
        }
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", self.file)
        self.scheduler = self._start("scheduler", *options)
        wait_for(lambda: self.file.exists() and self.file.read_text().endswith("}"))
        self.address: str = json.loads(self.file.read_text())["address"]

    def worker(self, name: str, *options: object, preload: str = "") -> subprocess.Popen[bytes]:
        """One more, of one thread; what is in `preload` is run there first. Its nanny, unless `--no-nanny` is given."""
        if preload:
            script = self.folder / f"{name}_preload.py"
            script.write_text(preload)
            options += ("--preload", script)
        place = self.folder / name
        return self._start(
            "worker",
            self.address,
            "--nthreads",
            "1",
            "--name",
            name,
            "--local-directory",
            place,
            *options,
        )

    def _start(self, *arguments: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *map(str, arguments), "--no-dashboard"]
        with (self.folder / f"log{len(self._processes)}").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.folder, env=self._environment, stdout=log, stderr=log
            )
        self._processes.append(process)
        return process

    def wait_for_workers(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def close(self) -> None:
        for process in reversed(self._processes):
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Look again and again."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.01)

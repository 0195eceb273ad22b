"""The plates of a file as Ghostscript makes them, and the ink that lies on them together."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from math import sqrt
from typing import Final

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.press.sheet import Sheet

PROGRAM: Final = "gs"
INCH: Final = 72.0
"""In points."""
RESOLUTION: Final = 100.0
"""Pixels to an inch: a spot of two by two is half a millimetre wide."""
MOST_PIXELS: Final = 6_000_000
"""Of one plate; larger pages are measured more coarsely."""
LEAST_RESOLUTION: Final = 10.0
TIME: Final = 60.0
"""Seconds for one page."""
SLACK: Final = 2.0
"""Percent of ink that rounding and the edges of pixels may add."""
MOST_WORKERS: Final = 4
MOST_FAILURES: Final = 3
"""So many pages may fail before the rest is given up."""


class Unmeasured(Exception):
    """Raised with the reason why a page was not measured."""


def measure(case: Case, sheets: Sequence[Sheet], limit: float) -> None:
    """Find the pages with more ink than `limit` percent anywhere in the bleed."""
    program = shutil.which(PROGRAM)
    if program is None:
        case.add("plates-unmeasured", detail="Ghostscript is not installed")
        return
    with tempfile.TemporaryDirectory(prefix="offprint-") as folder:
        path = os.path.join(folder, "file.pdf")
        with open(path, "wb") as file:
            file.write(case.data())
        failed = 0
        workers = min(MOST_WORKERS, os.cpu_count() or 1, len(sheets))
        with ThreadPoolExecutor(workers) as pool:
            made = pool.map(lambda sheet: _page(program, folder, sheet, case.intent, limit), sheets)
            for sheet, said in zip(sheets, made, strict=True):
                failed += _tell(case, sheet, said)
                if failed >= MOST_FAILURES:
                    pool.shutdown(cancel_futures=True)
                    break


def _tell(case: Case, sheet: Sheet, said: "tuple[str, str] | Unmeasured") -> bool:
    """Make a finding of what came of a page; whether it could not be measured."""
    if isinstance(said, Unmeasured):
        case.add("plates-unmeasured", Where(sheet.number), said)
        return True
    detail, place = said
    if detail:
        case.add("ink-limit", Where(sheet.number, place=place), detail)
    return False


def _page(
    program: str, folder: str, sheet: Sheet, intent: str, limit: float
) -> "tuple[str, str] | Unmeasured":
    """What is to be said of a page, and of which place of it; empty where it is well."""
    home = os.path.join(folder, str(sheet.number))
    try:
        os.mkdir(home)
        plates = _make(program, folder, home, sheet, intent)
        return _most(plates, sheet, limit)
    except Unmeasured as reason:
        return reason
    except (OSError, ValueError) as error:
        return Unmeasured(getattr(error, "strerror", None) or "its plates cannot be read")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _resolution(sheet: Sheet) -> float:
    """Pixels to an inch; raises Unmeasured where too few would be left."""
    left, bottom, right, top = sheet.media
    area = (right - left) * (top - bottom) * sheet.unit**2 / INCH**2
    resolution = min(RESOLUTION, sqrt(MOST_PIXELS / area))
    if resolution < LEAST_RESOLUTION:
        raise Unmeasured("the page is too large")
    return resolution


def _make(program: str, folder: str, home: str, sheet: Sheet, intent: str) -> list[str]:
    """The files of the plates, one for each ink, sorted by their names.

    `tiffsep` overprints as a press does; with the output intent as the profile of both sides, CMYK
    stays as it is and all else is converted as the file wants it.
    """
    number, resolution = sheet.number, _resolution(sheet)
    command = [
        program, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dNOINTERPOLATE", "-sDEVICE=tiffsep",
        "-sCompression=none", f"-r{resolution:.2f}", f"-dFirstPage={number}", f"-dLastPage={number}",
        *(["-dUsePDFX3Profile"] if intent == "CMYK" else []),
        "-dPrinted=true", f"-sOutputFile={os.path.join(home, 'p.tif')}", os.path.join(folder, "file.pdf"),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command; the file is read in Ghostscript's safe mode
            command,
            capture_output=True,
            check=False,
            timeout=TIME,
            cwd=home,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        raise Unmeasured(f"it takes longer than {TIME:.0f} seconds") from None
    plates = sorted(
        name for name in os.listdir(home) if name.startswith("p(") and name.endswith(").tif")
    )
    if done.returncode or not plates:
        raise Unmeasured("Ghostscript cannot read it")
    return [os.path.join(home, name) for name in plates]


def _most(plates: Sequence[str], sheet: Sheet, limit: float) -> tuple[str, str]:
    """Where the ink is most, of what is printed: marks beside the bleed do not count."""
    from layout.plates.coverage import of_plates

    media, area = sheet.shown(sheet.media), sheet.shown(sheet.area)
    wide, high = media[2] - media[0], media[3] - media[1]
    part = (
        (area[0] - media[0]) / wide, (media[3] - area[3]) / high,
        (area[2] - media[0]) / wide, (media[3] - area[1]) / high,
    )  # fmt: skip
    cover = of_plates(plates, part, limit + SLACK)
    if cover.most <= limit + SLACK:
        return "", ""
    place = sheet.at_shown(media[0] + cover.x * wide, media[3] - cover.y * high)
    return f"{cover.most:.0f} %, and the limit is {limit:g} %", place

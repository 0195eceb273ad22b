"""The plates of a file as Ghostscript makes them, and the ink that lies on them together."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from msgspec import Struct

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.press.sheet import Sheet

PROGRAM: Final = "gs"
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


class Plated(Struct, frozen=True):
    """A page to be measured: its box and the resolution in pixels to an inch."""

    sheet: Sheet
    resolution: float
    box: str
    """The switch that makes Ghostscript keep to the box."""


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
        plated = _plated(sheet)
        plates = _make(program, folder, home, plated, intent)
        return _most(plates, plated, limit)
    except Unmeasured as reason:
        return reason
    except (OSError, ValueError) as error:
        return Unmeasured(getattr(error, "strerror", None) or "its plates cannot be read")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _plated(sheet: Sheet) -> Plated:
    left, bottom, right, top = sheet.bleed
    area = (right - left) * (top - bottom) * sheet.unit**2 / 72**2
    resolution = min(RESOLUTION, (MOST_PIXELS / area) ** 0.5)
    if resolution < LEAST_RESOLUTION:
        raise Unmeasured("the page is too large")
    return Plated(sheet, resolution, _switch(sheet))


def _switch(sheet: Sheet) -> str:
    """What keeps marks outside the bleed off the plates."""
    for key, switch in (("/BleedBox", "-dUseBleedBox"), ("/TrimBox", "-dUseTrimBox"), ("/ArtBox", "-dUseArtBox"),
                        ("/CropBox", "-dUseCropBox")):  # fmt: skip
        if sheet.case.opened.box(sheet.entries, key) is not None:
            return switch
    return ""


def _make(program: str, folder: str, home: str, plated: Plated, intent: str) -> list[str]:
    """The files of the plates, one for each ink, sorted by their names.

    `tiffsep` overprints as a press does; with the output intent as the profile of both sides, CMYK
    stays as it is and all else is converted as the file wants it.
    """
    number = plated.sheet.number
    command = [
        program, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dNOINTERPOLATE", "-sDEVICE=tiffsep",
        "-sCompression=none", f"-r{plated.resolution:.2f}", f"-dFirstPage={number}", f"-dLastPage={number}",
        *([plated.box] if plated.box else []), *(["-dUsePDFX3Profile"] if intent == "CMYK" else []),
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


def _most(plates: Sequence[str], plated: Plated, limit: float) -> tuple[str, str]:
    from layout.plates.coverage import of_plates

    cover = of_plates(plates, limit + SLACK)
    if cover.most <= limit + SLACK:
        return "", ""
    sheet = plated.sheet
    left, _, _, top = sheet.shown(sheet.bleed)
    scale = 72 / plated.resolution / sheet.unit
    x, y = left + (cover.x + 1) * scale, top - (cover.y + 1) * scale
    return f"{cover.most:.0f} %, and the limit is {limit:g} %", sheet.at_shown(x, y)

"""The two editions, for the screen and for the press, and the page that both have."""

from dataclasses import dataclass
from typing import Final

MM: Final = 72 / 25.4
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM
LEFT: Final = 18 * MM
RIGHT: Final = WIDTH - 18 * MM
EDGE: Final = 22 * MM


@dataclass(frozen=True)
class Edition:
    """What the files for one use have of their own; `bleed` in points, `part` that of ISO 19005."""

    suffix: str
    header: str
    bleed: float
    press: bool
    part: int
    profile: str
    channels: int
    condition: dict[str, str]
    intents: tuple[str, ...]
    info: dict[str, str]


SCREEN: Final = Edition(
    suffix="",
    header="%PDF-1.7",
    bleed=0,
    press=False,
    part=3,
    profile="sRGB.icc",
    channels=3,
    condition={
        "/OutputConditionIdentifier": "sRGB IEC61966-2.1",
        "/Info": "sRGB IEC61966-2.1",
    },
    intents=("/GTS_PDFA1",),
    info={},
)
PRESS: Final = Edition(
    suffix="-press",
    header="%PDF-1.6",  # ISO 15930-7 knows no later one
    bleed=3 * MM,
    press=True,
    part=2,
    profile="FOGRA39L_coated.icc",
    channels=4,
    condition={
        "/OutputConditionIdentifier": "FOGRA39",
        "/RegistryName": "http://www.color.org",
        "/Info": "Coated FOGRA39 (ISO 12647-2:2004)",
    },
    intents=("/GTS_PDFX", "/GTS_PDFA1"),
    info={"/GTS_PDFXVersion": "PDF/X-4", "/Trapped": "/False"},
)

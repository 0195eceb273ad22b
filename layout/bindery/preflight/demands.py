"""What a press asks beside the standard, as a brand says it."""

from typing import Final

from msgspec import Struct

from layout.ground.units import MM
from layout.house.brand import Brand
from layout.house.press import Press

BLEED: Final = 3 * MM


class Demands(Struct, frozen=True):
    """Limits and severities of a `press`, the `bleed` in points, and whether `plates` are made and measured."""

    press: Press = Press()
    bleed: float = BLEED
    plates: bool = True


def asked_by(brand: Brand, plates: bool = True) -> Demands:
    """What a brand asks of its press files."""
    return Demands(brand.press, brand.page.bleed * MM, plates)

"""The colours: how a screen shows each, and what a press prints it with."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color, HexColor


@dataclass(frozen=True)
class Ink:
    """A colour: how a screen shows it, and what a press prints it with.

    `cmyk` are shares of 1; where a spot ink is named they are how it looks in full, and `density` is how much of it
    is printed.
    """

    srgb: str
    cmyk: tuple[float, float, float, float]
    spot: str = ""
    density: float = 1.0

    @property
    def on_screen(self) -> Color:
        """Its light."""
        return HexColor(self.srgb)

    @property
    def on_press(self) -> CMYKColor:
        """Its share of each plate."""
        if not self.spot:
            return CMYKColor(*self.cmyk)
        return CMYKColorSep(*self.cmyk, spotName=self.spot, density=self.density)

    @property
    def overprints(self) -> bool:
        """Whether what lies below it is printed too: under black alone, where a gap would show and a mixture not."""
        return not self.spot and self.cmyk == (0, 0, 0, 1)


OWN_INK: Final = (0.8, 0.25, 0.4, 0.6)
"""How the ink Petrol looks on coated paper: within 5 units of CIELAB of its light, as are its tints."""

INK: Final = Ink("#1A1A1A", (0, 0, 0, 1))
QUIET: Final = Ink("#555555", (0, 0, 0, 0.8))
RED: Final = Ink("#9E1B32", (0, 1, 0.6, 0.38))
PETROL: Final = Ink("#0E4F55", OWN_INK, "Petrol")
MIST: Final = Ink("#E9F0EE", OWN_INK, "Petrol", 0.08)
LINE: Final = Ink("#9DB9B6", OWN_INK, "Petrol", 0.35)
PAPER: Final = Ink("#FFFFFF", (0, 0, 0, 0))
PENCIL: Final = Ink("#BDBDBD", (0, 0, 0, 0.3))

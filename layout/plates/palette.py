"""The colours of a brand as operators: sRGB for screens, or inks for the press.

Black alone overprints, in text and rules (ISO 32000-1, 8.6.7; mode 1, so that the other inks stay as they
are); tints lie below everything and cover. A spot ink is a Separation, a lighter one a share of it.
"""

from collections.abc import Collection

from layout.house.brand import Brand
from layout.house.inks import PROCESS, Ink, Shares, inks_of, spots_of
from layout.makeup.page import Image, Page, Rule, Run, Tint

OVER, COVER = "/OV gs", "/CO gs"
"""Overprint on and off, as named in the resources."""

STATES = (
    "<</OV<</Type/ExtGState/OP true/op true/OPM 1>>/CO<</Type/ExtGState/OP false/op false/OPM 0>>>>"
)
"""The graphics states that do it."""


class Palette:
    """The operators that fill with each colour: `fills` for text and rules, `grounds` for tints."""

    def __init__(self, brand: Brand, inks: bool) -> None:
        self.fills: dict[str, str] = {}
        self.grounds: dict[str, str] = {}
        self.inks: dict[str, Ink] = inks_of(brand) if inks else {}
        self.spots: dict[str, Shares] = spots_of(brand) if inks else {}
        if inks:
            self._ink()
        else:
            self._light(brand)

    def _light(self, brand: Brand) -> None:
        for name, colour in brand.colours.items():
            shares = [int(colour.srgb[at : at + 2], 16) / 255 for at in (1, 3, 5)]
            self.fills[name] = " ".join([f"{share:.4g}" for share in shares]) + " rg"
        self.grounds = self.fills

    def _ink(self) -> None:
        for name, ink in self.inks.items():
            fill = self._filled(ink)
            self.fills[name] = f"{OVER if ink.overprints else COVER} {fill}"
            self.grounds[name] = f"{COVER} {fill}"

    def _filled(self, ink: Ink) -> str:
        if ink.spot:
            return f"/{self._space(ink.spot)} cs {ink.density:.4g} scn"
        return " ".join([f"{share:.4g}" for share in ink.cmyk]) + " k"

    def _space(self, spot: str) -> str:
        return f"S{list(self.spots).index(spot) + 1}"

    def inks_on(self, page: Page) -> list[str]:
        """The names of the inks that a page's marks are printed with; a picture takes all process inks."""
        colours = {mark.colour for mark in page.marks if isinstance(mark, Run | Rule | Tint)}
        found = {self.inks[colour] for colour in colours if colour in self.inks}
        full = any(isinstance(mark, Image) for mark in page.marks)
        process = [
            name
            for at, name in enumerate(PROCESS)
            if full or any(not ink.spot and ink.cmyk[at] for ink in found)
        ]
        used = {ink.spot for ink in found}
        return [*process, *(spot for spot in self.spots if spot in used)]

    def spot_spaces(self, used: Collection[str]) -> list[str]:
        """The names in content of the colour spaces of those spot inks that are used."""
        return [self._space(name) for name in self.spots if name in used]

    def spaces(self, used: Collection[str], marks: bool) -> str:
        """The colour spaces of the spot inks that are used, and of the printer's `marks`."""
        from layout.plates.printers_marks import ALL, separation

        rows = [
            f"/{self._space(name)} {separation(name, look)}"
            for name, look in self.spots.items()
            if name in used
        ]
        return f"<<{''.join(rows)}{f'/All {ALL}' if marks else ''}>>"

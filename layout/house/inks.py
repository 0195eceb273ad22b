"""What the colours of a brand are printed with, and what keeps them from being printed."""

from collections.abc import Iterator

from msgspec import Struct

from layout.house.brand import Brand, Colour

Shares = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0 to 1."""

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
NO_SPOTS = ("All", "None", *PROCESS)
"""Names that PDF and presses give to other things (ISO 32000-1, 8.6.6.4)."""

BLACK: Shares = (0.0, 0.0, 0.0, 1.0)
"""Black ink alone, in full: it overprints, so that no white shows round it where plates do not meet."""

PAPER: Shares = (0.0, 0.0, 0.0, 0.0)


class Ink(Struct, frozen=True):
    """What one colour is printed with: process inks, or `density` of a `spot` that in full looks like `cmyk`."""

    cmyk: Shares
    spot: str = ""
    density: float = 1.0

    @property
    def shares(self) -> Shares:
        """Its look in process inks."""
        if not self.spot:
            return self.cmyk
        cyan, magenta, yellow, black = (share * self.density for share in self.cmyk)
        return cyan, magenta, yellow, black

    @property
    def overprints(self) -> bool:
        """Whether it is printed over what lies below."""
        return not self.spot and self.cmyk == BLACK

    @property
    def total(self) -> float:
        """Ink on the paper in percent."""
        return 100 * (self.density if self.spot else sum(self.cmyk))


class Fault(Struct, frozen=True):
    """Why a colour cannot be printed: `key` is what is at fault under it, '' for what is missing."""

    colour: str
    key: str
    message: str
    hint: str


def inks_of(brand: Brand) -> dict[str, Ink]:
    """What every colour of a brand without faults is printed with."""
    full = spots_of(brand)
    found: dict[str, Ink] = {}
    for name, colour in brand.colours.items():
        if colour.spot is not None:
            found[name] = Ink(full[colour.spot], colour.spot, colour.density)
        else:
            assert colour.cmyk is not None
            found[name] = Ink(_shares(colour.cmyk))
    return found


def spots_of(brand: Brand) -> dict[str, Shares]:
    """The spot inks of a brand, each with its look in process inks, in the order of its colours."""
    found: dict[str, Shares] = {}
    for colour in brand.colours.values():
        if colour.spot is not None and colour.cmyk is not None:
            found.setdefault(colour.spot, _shares(colour.cmyk))
    return found


def _shares(values: tuple[float, ...]) -> Shares:
    cyan, magenta, yellow, black = values
    return cyan, magenta, yellow, black


def faults_of(brand: Brand) -> Iterator[Fault]:
    """Why its colours cannot be printed, colour by colour."""
    full = spots_of(brand)
    for name, colour in brand.colours.items():
        if colour.spot is None and colour.cmyk is None:
            hint = "give it `cmyk: [C, M, Y, K]` in shares of 1, or a `spot:` ink"
            yield Fault(name, "", f"the colour `{name}` has no CMYK value for the press", hint)
        elif colour.spot is not None:
            yield from _spot_faults(name, colour, colour.spot, full)
        elif colour.cmyk is not None and (
            (total := Ink(_shares(colour.cmyk)).total) > brand.press.ink_limit + 1e-6
        ):
            message = (
                f"the colour `{name}` has {total:.0f} % of ink, "
                f"more than the limit of {brand.press.ink_limit:g} %"
            )
            yield Fault(name, "cmyk", message, "take less of it, or set `press: ink_limit`")


def _spot_faults(name: str, colour: Colour, spot: str, full: dict[str, Shares]) -> Iterator[Fault]:
    if spot in NO_SPOTS:
        hint = "give it the name that stands on the tin"
        yield Fault(name, "spot", f"no spot ink can be called `{spot}`", hint)
    if spot not in full:
        hint = (
            "give it `cmyk:`, which the full ink looks like; one colour of an ink says it for all"
        )
        yield Fault(name, "spot", f"nothing says what the ink `{spot}` looks like", hint)
    elif colour.cmyk is not None and _shares(colour.cmyk) != full[spot]:
        hint = "give `cmyk:` of the full ink once; a lighter one is its `density:`"
        yield Fault(name, "cmyk", f"the ink `{spot}` has two definitions", hint)

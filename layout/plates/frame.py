"""Round the trim: bleed, and room for the printer's marks; where a page's boxes are (ISO 32000-1, 14.11.2)."""

from msgspec import Struct

from layout.ground.units import MM

MARGIN = 12 * MM
"""Room for marks beyond the bleed."""


class Frame(Struct, frozen=True):
    """How far a page goes on beyond its trim: `bleed`, and `margin` beyond that for marks, in points."""

    bleed: float = 0.0
    margin: float = 0.0
    boxed: bool = False
    """Whether the boxes inside the page are written even where they are the page itself."""

    @property
    def offset(self) -> float:
        """From the page's corner to the trim's."""
        return self.bleed + self.margin

    def boxes(self, width: float, height: float) -> str:
        """The boxes of a page that is trimmed to this size."""
        off = self.offset
        media = f"/MediaBox[0 0 {width + 2 * off:.4f} {height + 2 * off:.4f}]"
        if not self.boxed:
            return media
        return (
            f"{media}/BleedBox{_box(self.margin, width + 2 * self.bleed, height + 2 * self.bleed)}"
            f"/TrimBox{_box(off, width, height)}"
        )


def _box(at: float, width: float, height: float) -> str:
    return f"[{at:.4f} {at:.4f} {at + width:.4f} {at + height:.4f}]"

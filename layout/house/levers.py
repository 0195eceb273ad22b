"""What a brand lets move so that an interview fills its pages: each lever turns one brand into another."""

from collections.abc import Callable

from msgspec.structs import replace

from layout.ground.units import MM
from layout.house.brand import GRID_STYLES, Brand, Lever, Style

LETTERS = ("text", "narration")
"""The kinds of text whose letterspace and width give; questions and headings stay as they are."""


def moved(brand: Brand, lever: Lever, value: float) -> Brand:
    """The brand with one lever at a value, in the lever's own unit."""
    return _MOVES[lever.move](brand, value)


def resting(brand: Brand, lever: Lever) -> float:
    """The value that a lever has in the brand as it is."""
    return _RESTS[lever.move](brand)


def named(lever: Lever, value: float) -> str:
    """A lever's value with its unit, for people."""
    unit = UNITS[lever.move]
    return f"{value:g}{unit.removesuffix('s') if value == 1 else unit}"


RANGES = {
    "headings": (0, 10), "figures": (0.05, 1), "tracking": (-0.1, 0.5), "expansion": (0.9, 1.1), "alley": (0, 2000),
    "leading": (6, 40), "size": (4, 200),
}  # fmt: skip
"""What the keys that a lever moves may be in any brand."""

UNITS = {
    "headings": " lines", "figures": "", "tracking": " em", "expansion": "", "alley": " mm", "leading": " pt",
    "size": " pt",
}  # fmt: skip


def _styled(brand: Brand, names: tuple[str, ...], change: Callable[[Style], Style]) -> Brand:
    styles = {n: change(s) if n in names else s for n, s in brand.styles.items()}
    return replace(brand, styles=styles)


def _headings(brand: Brand, value: float) -> Brand:
    lines = round(value)
    spacing = replace(brand.spacing, cross_head=lines, pull_quote=lines, figure=lines)
    return replace(brand, spacing=spacing)


def _figures(brand: Brand, value: float) -> Brand:
    return replace(brand, pictures=replace(brand.pictures, scale=value))


def _tracking(brand: Brand, value: float) -> Brand:
    more = value - brand.styles["text"].tracking
    return _styled(brand, LETTERS, lambda style: replace(style, tracking=style.tracking + more))


def _expansion(brand: Brand, value: float) -> Brand:
    share = value / brand.styles["text"].expansion
    return _styled(brand, LETTERS, lambda style: replace(style, expansion=style.expansion * share))


def _alley(brand: Brand, value: float) -> Brand:
    return replace(brand, columns=replace(brand.columns, alley=value))


def _leading(brand: Brand, value: float) -> Brand:
    on_grid = _styled(brand, GRID_STYLES, lambda style: replace(style, leading=value))
    return replace(on_grid, grid=replace(brand.grid, leading=value))


def _size(brand: Brand, value: float) -> Brand:
    share = value / brand.styles["text"].size
    names = (*GRID_STYLES, "speaker")
    return _styled(brand, names, lambda style: replace(style, size=style.size * share))


def gain(brand: Brand, lever: Lever, value: float) -> float:
    """By what share of itself a lever lengthens a column of text, roughly; negative if it shortens it."""
    return _GAINS[lever.move](brand, value - resting(brand, lever))


LETTER = 0.46
"""The width of a letter in ems, on the whole."""

_MOVES: dict[str, Callable[[Brand, float], Brand]] = {
    "headings": _headings,
    "figures": _figures,
    "tracking": _tracking,
    "expansion": _expansion,
    "alley": _alley,
    "leading": _leading,
    "size": _size,
}

_RESTS: dict[str, Callable[[Brand], float]] = {
    "headings": lambda brand: float(brand.spacing.cross_head),
    "figures": lambda brand: brand.pictures.scale,
    "tracking": lambda brand: brand.styles["text"].tracking,
    "expansion": lambda brand: brand.styles["text"].expansion,
    "alley": lambda brand: brand.columns.alley,
    "leading": lambda brand: brand.grid.leading,
    "size": lambda brand: brand.styles["text"].size,
}

_GAINS: dict[str, Callable[[Brand, float], float]] = {
    "headings": lambda _, more: 0.01 * more,
    "figures": lambda _, more: 0.05 * more,
    "tracking": lambda _, more: more / LETTER,
    "expansion": lambda _, more: more,
    "alley": lambda brand, more: (
        more * MM / brand.measure * (brand.columns.count - 1) / brand.columns.count
    ),
    "leading": lambda brand, more: more / brand.grid.leading,
    "size": lambda brand, more: more / brand.styles["text"].size,
}

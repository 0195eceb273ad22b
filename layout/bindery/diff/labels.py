"""Page labels as a viewer shows them (ISO 32000-1, 12.4.2)."""

from collections.abc import Sequence
from typing import Final

from layout.bindery.pagelabels import Label

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LARGEST: Final = 5000
"""Numbers beyond this are shown as figures, whatever the style."""


def label_texts(labels: Sequence[Label], count: int) -> tuple[str, ...]:
    """The label of each of so many pages; "" where the file gives none."""
    found = [""] * count
    if not labels:
        return tuple(found)
    ends = [*(label.start for label in labels[1:]), count]
    for label, end in zip(labels, ends, strict=True):
        for at in range(label.start, min(end, count)):
            found[at] = label.prefix + _number(label.first + at - label.start, label.style)
    return tuple(found)


def _number(number: int, style: str) -> str:
    if style == "none":
        return ""
    if style == "arabic" or not 0 < number <= LARGEST:
        return str(number)
    text = _letters(number) if style.lower() == "letters" else _roman(number)
    return text.upper() if style in ("Roman", "Letters") else text


def _roman(number: int) -> str:
    out = ""
    for value, digits in _ROMAN:
        out += digits * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    """A to z, then aa to zz, then aaa: table 159."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)

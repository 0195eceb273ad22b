"""The large letter over the first lines of the text: an initial, cut into its corner."""

from unicodedata import category

from layout.setting.galley import Block
from layout.setting.looks import Look
from layout.setting.marks import Run
from layout.setting.paragraph import Notch, Setter
from layout.setting.row import Sign
from layout.setting.words import Atom, Word


def opened(
    setter: Setter, words: list[Word], base: Look, measure: float, sign: Sign | None
) -> Block | None:
    """A paragraph that begins with an initial; None where the brand wants none or the text does not bear it.

    The letter stands on the baseline of its last line and is as high as the capitals of its first. A
    quotation mark before it hangs in the margin in the size of the text.
    """
    brand = setter.looks.brand
    lines, first = brand.initial.lines, words[0][0]
    mark, letter, rest = _parted(first.text)
    if lines < 2 or not letter or first.href:
        return None
    look = _look(setter, base)
    shaped = look.shaper.shape(letter)
    width = look.width(shaped) + brand.initial.gap * base.size
    word: Word = [Atom(first.look, rest, first.element)] if rest else []
    word += words[0][1:]
    left = [word, *words[1:]] if word else words[1:]
    if not left or width > measure / 2:
        return None
    settings = setter.settings(left, base, measure, sign=sign, notch=Notch(lines, width))
    settings = tuple([setting for setting in settings if setting.count >= lines])
    if not settings:
        return None
    drop = -(lines - 1) * brand.grid.leading
    runs = [Run(0.0, drop, look.face, look.size, look.colour, (shaped,), first.element)]
    if mark:
        quote = base.shaper.shape(mark)
        x = -base.width(quote)
        runs.insert(0, Run(x, 0.0, base.face, base.size, base.colour, (quote,), first.element))
    return Block(settings=settings, lead=tuple(runs), together=lines)


def _parted(text: str) -> tuple[str, str, str]:
    """Marks before the first letter, the letter with what belongs to it, and the rest; no letter where it is none."""
    start = 0
    while start < len(text) and category(text[start]) in ("Pi", "Ps", "Po"):
        start += 1
    end = start + 1
    while end < len(text) and category(text[end]).startswith("M"):
        end += 1
    letter = text[start:end]
    return (text[:start], letter, text[end:]) if letter[:1].isalpha() else ("", "", text)


def _look(setter: Setter, base: Look) -> Look:
    """The initial's look: as large as its lines ask for."""
    brand = setter.looks.brand
    initial = brand.initial
    changes = {"font": initial.font, "weight": "regular", "colour": initial.colour, "tracking": 0.0}
    tall = (initial.lines - 1) * brand.grid.leading + base.face.cap_height * base.unit
    size = base.size
    for _ in range(2):  # the cut follows the size, and the size the cut's capitals
        look = setter.looks.changed("text", size=size, **changes).look("text")
        size = round(tall / (look.face.cap_height / 1000), 3)
    return setter.looks.changed("text", size=size, **changes).look("text")

"""The large letter over the first lines of the text: an initial, cut into its corner."""

from unicodedata import category

from layout.setting.galley import Block
from layout.setting.looks import Look
from layout.setting.marks import Run
from layout.setting.paragraph import Setter
from layout.setting.pieces import Sign
from layout.setting.settings import Notch
from layout.setting.words import SPACE, TIED, Atom, Word

QUOTES = "\"'"
"""Marks before a first letter that Unicode has among the other punctuation."""

OPENING = ("Pi", "Pf", "Ps")
"""Its kinds of quotation marks and brackets; which of them open is a matter of the language."""

TIES = (*TIED, "\u202f")
"""Spaces inside a word, as French has them after its quotation marks."""

CLEAR = 0.1
"""Ems of the text that are left at least between a letter's tail and the capitals of the line below it."""


def opened(
    setter: Setter, words: list[Word], base: Look, measure: float, sign: Sign | None
) -> Block | None:
    """A paragraph that begins with an initial; None where the brand wants none or the text does not bear it.

    The letter stands on the baseline of its last line and is as high as the capitals of its first; one more
    line stands clear of a letter with a tail. A quotation mark before it hangs in the margin in the size of the
    text.
    """
    brand = setter.looks.brand
    lines, first = brand.initial.lines, words[0][0]
    text, taken = _begun(words[0])
    mark, letter, rest = _parted(text)
    # No letter of Arabic stands alone, and a line of mixed directions need not begin with its first letter.
    if lines < 2 or not letter or first.href or first.level or setter.looks.rtl:
        return None
    look = _look(setter, base)
    if not look.face.sets(letter):
        return None
    shaped = look.shaper.shape(letter)
    width = look.width(shaped) + brand.initial.gap * base.size
    word: Word = [Atom(first.look, rest, first.element)] if rest else []
    word += words[0][taken:]
    alone = not word or word[0].text == SPACE  # it may be tied to the next word
    word = word[1:] if alone else word
    left = [word, *words[1:]] if word else words[1:]
    if not left or width > measure / 2:
        return None
    clear = lines + _has_tail(look, letter, base, brand.grid.leading)
    settings = setter.settings(left, base, measure, sign=sign, notch=Notch(clear, width))
    settings = tuple([setting for setting in settings if setting.count >= clear])
    if not settings:
        return None
    drop = -(lines - 1) * brand.grid.leading
    # A letter that is a word of its own keeps the space after it.
    pieces = (shaped, look.shaper.shape(SPACE)) if alone else (shaped,)
    runs = [Run(0.0, drop, look.face, look.size, look.colour, pieces, first.element)]
    if mark:
        quote = base.shaper.shape(mark)
        x = -base.width(quote)
        runs.insert(0, Run(x, 0.0, base.face, base.size, base.colour, (quote,), first.element))
    return Block(settings=settings, lead=tuple(runs), together=clear)


def _begun(word: Word) -> tuple[str, int]:
    """The characters that a word begins with, and how many atoms say them: a mark may be tied to it by a space."""
    text, taken = word[0].text, 1
    if len(word) > 2 and word[1].text in TIED and word[2].look is word[0].look and not word[2].href:
        text, taken = text + word[1].text + word[2].text, 3
    return (text, taken) if _parted(text)[0].endswith(TIED) else (word[0].text, 1)


def _parted(text: str) -> tuple[str, str, str]:
    """Marks before the first letter, the letter with what belongs to it, and the rest; no letter where it is none."""
    start = 0
    while start < len(text) and (text[start] in QUOTES or category(text[start]) in OPENING):
        start += 1
    while start and text[start : start + 1] in TIES:
        start += 1
    end = start + 1
    while end < len(text) and category(text[end]).startswith("M"):
        end += 1
    letter = text[start:end]
    return (text[:start], letter, text[end:]) if letter[:1].isalpha() else ("", "", text)


def _has_tail(look: Look, letter: str, base: Look, leading: float) -> bool:
    """Whether the letter reaches into the line below its last one: a Q, a J."""
    room = leading - base.face.cap_height * base.unit - CLEAR * base.size
    return look.face.depth(letter[0]) * look.unit > room


def _look(setter: Setter, base: Look) -> Look:
    """The initial's look: as large as its lines ask for."""
    brand = setter.looks.brand
    initial = brand.initial
    changes = {"font": initial.font, "weight": "regular", "colour": initial.colour, "tracking": 0.0}
    changes |= {"expansion": 1.0}
    tall = (initial.lines - 1) * brand.grid.leading + base.face.cap_height * base.unit
    size = base.size
    for _ in range(2):  # the cut follows the size, and the size the cut's capitals
        look = setter.looks.changed("text", size=size, **changes).look("text")
        size = round(tall / (look.face.cap_height / 1000), 3)
    return setter.looks.changed("text", size=size, **changes).look("text")

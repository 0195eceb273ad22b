"""Words to lines, and which lines are furniture where the file does not say so itself."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from layout.bindery.diff.content import Word

COLUMN: Final = 2.5
"""Ems between two words from which on they are of two lines: of two columns, or of two cells."""
OFF: Final = 0.3
"""Ems by which the baseline of a word may be off that of its line."""
EDGE: Final = 0.12
"""The share of a page's height at its head and at its foot where furniture stands."""
TIMES: Final = 3
"""On so many pages a line stands that is furniture."""
Key = tuple[str, int, int]
_NUMBER: Final = re.compile(r"\d+")


def number_lines(words: Sequence[Word]) -> None:
    """Give each word the number of its line; words go on in a line as they are painted."""
    number, last = -1, None
    for word in words:
        if last is None or not _goes_on(last, word):
            number += 1
        word.line = number
        last = word


def _goes_on(last: Word, word: Word) -> bool:
    if (last.page, last.turn, last.furniture) != (word.page, word.turn, word.furniture):
        return False
    em = max(last.size, word.size)
    gap = word.along - last.end
    return abs(word.across - last.across) <= OFF * em and -em <= gap <= COLUMN * em


def find_furniture(words: Sequence[Word], heights: Sequence[float]) -> None:
    """Mark lines that stand at one place at the head or foot of several pages, numbers in them aside."""
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    keys = {
        number: key_of(line)
        for number, line in lines.items()
        if _is_outer(line, heights[line[0].page])
    }
    counts = Counter(keys.values())
    for number, key in keys.items():
        if counts[key] >= TIMES:
            for word in lines[number]:
                word.furniture = True


def _is_outer(line: Sequence[Word], height: float) -> bool:
    middle = (line[0].box[1] + line[0].box[3]) / 2
    return not EDGE * height <= middle <= (1 - EDGE) * height


def key_of(line: Sequence[Word]) -> Key:
    """What a line says but for numbers, and where on a page it stands."""
    text = _NUMBER.sub("#", " ".join(word.text for word in line))
    return text, round(line[0].across), round(line[0].size * 10)

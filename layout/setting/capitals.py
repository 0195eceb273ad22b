"""Capitals inside text: which words hold acronyms, and which figures stand with capitals.

A word is judged by its parts, the letters and figures between marks. Parts of capitals or figures that a
hyphen or a slash joins make a run: `PDF/A` and `COVID-19` are one, in `UNESCO-Kommission` it ends at the hyphen.
"""

import re

_PART = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_OTHER = r"(?:[0-9&/\-]|[\u2010\u2011])"
_PAIR = re.compile(
    r"[^\0-%'-,.:-@\[-\u00bf\u00d7\u00df-\u00ff\u2000-\u200f\u2012-\u2bff]{2}"
    f"(?<!{_OTHER}{_OTHER})"
)
"""A capital before or after another one, a figure or a joint, but no two of these alone. Of letters beyond Latin-1
small ones may pass too: capitals are told by what they are not, and once, for `re` takes long over wide ranges."""

_JOINTS = ("-", "\u2010", "\u2011", "/")
"""Between two parts of one name."""

LONGEST = 8
"""Letters of an acronym; a longer word of capitals is shouted, and may be parted."""

Reach = tuple[int, int]
"""Where something starts and ends in a word."""


def may_hold_capitals(text: str) -> bool:
    """A quick look: where it says no, a text has neither acronyms nor figures beside capitals."""
    return _PAIR.search(text) is not None


def acronyms(word: str, least: int) -> tuple[Reach, ...]:
    """The runs in which a part has `least` capitals or more; a small s of the plural stays outside."""
    return tuple(
        [
            (run[0][0], run[-1][1])
            for run in _runs(word)
            if any(sum(map(str.isupper, word[start:end])) >= least for start, end in run)
        ]
    )


def figures_with_capitals(word: str) -> bool:
    """Whether figures of a word stand in one run with capitals: `RFC2119`, `A4`, `COVID-19`, `F-16s`."""
    texts = [word[run[0][0] : run[-1][1]] for run in _runs(word)]
    return any(text.isupper() and any(map(str.isdecimal, text)) for text in texts)


def is_acronym(word: str) -> bool:
    """Whether a word of letters is short and in capitals, but for the s of its plural: it is never parted."""
    core = word[:-1] if word[-1] == "s" else word
    return 2 <= len(core) <= LONGEST and core.isupper()


def _is_large(part: str) -> bool:
    return part.isupper() or part.isdecimal()


def _runs(word: str) -> list[list[Reach]]:
    """The parts of capitals and figures, those that are joined together."""
    runs: list[list[Reach]] = []
    for part in _PART.finditer(word):
        text, (start, end) = part.group(), part.span()
        if text[-1] == "s" and _is_large(text[:-1]):
            text, end = text[:-1], end - 1
        if not _is_large(text):
            continue
        if runs and word[runs[-1][-1][1] : start] in _JOINTS:
            runs[-1].append((start, end))
        else:
            runs.append([(start, end)])
    return runs

"""Running heads and folios that one of two files shows to be such are such in the other too."""

from collections import defaultdict
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from layout.bindery.diff.content import Content, Word
from layout.bindery.diff.lines import Key, key_of


def agreed(a: Content, b: Content) -> tuple[Content, Content]:
    """Both files with the same lines as furniture: a short file shows too few of its pages to tell them by itself."""
    keys = _keys(a) | _keys(b)
    return _with(a, keys), _with(b, keys)


def _lines(content: Content) -> dict[int, list[Word]]:
    lines: dict[int, list[Word]] = defaultdict(list)
    for word in content.words:
        lines[word.line].append(word)
    return lines


def _keys(content: Content) -> set[Key]:
    """What the furniture of a file says, and where."""
    return {key_of(line) for line in _lines(content).values() if line[0].furniture}


def _with(content: Content, keys: AbstractSet[Key]) -> Content:
    found = {
        number
        for number, line in _lines(content).items()
        if not line[0].furniture and key_of(line) in keys
    }
    if not found:
        return content
    words = [replace(it, furniture=True) if it.line in found else it for it in content.words]
    return replace(content, words=tuple(words))

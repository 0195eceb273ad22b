"""Page labels (ISO 32000-1, 12.4.2): what a viewer calls each page."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, NumberObject

from layout.bindery.body import Body, dictionary, text
from layout.bindery.foreign import Opened
from layout.bindery.names import tree_leaves
from layout.plates.labels import STYLES, Label, Style, roman

__all__ = ["Label", "Style", "called", "numbers", "read_labels", "roman", "window", "write_labels"]

_STYLES: dict[str, Style] = {name: style for style, name in STYLES.items()}


def read_labels(opened: Opened) -> list[Label]:
    """The labels of a file by rising `start`, the first at 0; empty if it has none."""
    found: dict[int, Label] = {}
    for pairs in tree_leaves(opened, dict.get(opened.root, "/PageLabels"), "/Nums"):
        for start, value in zip(pairs[::2], pairs[1::2], strict=False):
            start, entries = opened.resolve(start), opened.resolve(value)
            if isinstance(start, NumberObject) and isinstance(entries, DictionaryObject):
                found.setdefault(int(start), _label(opened, int(start), entries))
    known = [found[start] for start in sorted(found) if 0 <= start < len(opened.pages)]
    if known and known[0].start:
        known.insert(0, Label(0))
    return known


def _label(opened: Opened, start: int, entries: DictionaryObject) -> Label:
    prefix, first = opened.item(entries, "/P"), opened.item(entries, "/St")
    return Label(
        start,
        _STYLES.get(str(opened.item(entries, "/S")), "none"),
        str(prefix) if prefix is not None else "",
        int(first) if isinstance(first, NumberObject) else 1,
    )


def window(labels: Sequence[Label], start: int, stop: int, at: int) -> list[Label]:
    """The labels of pages `start` to `stop` of a file, unchanged, when these pages begin at `at`."""
    moved: list[Label] = []
    for label, end in zip(labels, [*(each.start for each in labels[1:]), stop], strict=True):
        begin = max(label.start, start)
        if begin < min(end, stop):
            first = label.first + begin - label.start
            moved.append(replace(label, start=begin - start + at, first=first))
    return moved


def called(labels: Sequence[Label], page: int) -> str:
    """What a viewer calls the page with that index (12.4.2)."""
    label = _label_of(labels, page)
    return label.prefix + _numeral(label, page)


def numbers(labels: Sequence[Label], page: int) -> str:
    """The same where it is nothing but a number; '' for any other label."""
    label = _label_of(labels, page)
    return "" if label.prefix else _numeral(label, page)


def _label_of(labels: Sequence[Label], page: int) -> Label:
    return next((label for label in reversed(labels) if label.start <= page), Label(0))


def _numeral(label: Label, page: int) -> str:
    said = _SAID.get(label.style)
    return said(label.first + page - label.start) if said is not None else ""


def write_labels(body: Body, labels: Sequence[Label]) -> IndirectObject | None:
    """The number tree of `labels`, or None if there are none."""
    if not labels:
        return None
    pairs = ArrayObject()
    for label in labels:
        name = STYLES.get(label.style)
        entries = {
            "/S": NameObject(name) if name else None,
            "/P": text(label.prefix) if label.prefix else None,
            "/St": NumberObject(label.first) if label.first != 1 and name else None,
        }
        pairs += [NumberObject(label.start), dictionary(entries)]
    return body.add(dictionary({"/Nums": pairs}))


def _letters(number: int) -> str:
    """A to z, then aa to zz, and so on (table 159)."""
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)


_SAID: dict[Style, Callable[[int], str]] = {
    "arabic": str,
    "roman": roman,
    "Roman": lambda number: roman(number).upper(),
    "letters": _letters,
    "Letters": lambda number: _letters(number).upper(),
}

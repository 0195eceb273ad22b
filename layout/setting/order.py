"""Lines whose words do not all follow each other from the left: runs in the order in which they are printed.

Marks keep the order of reading; their places follow rule L2 of UAX 9. In a document that is written from the right
places are measured from the right end, as its pages are mirrored at last (`makeup/mirror.py`).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from layout.setting.fit import Fit, SquareFit
from layout.setting.marks import LAYOUT, Mark, Run, Tint
from layout.setting.pieces import Piece, Sign
from layout.setting.runs import link_marks, run_of
from layout.setting.unicode import visual
from layout.setting.words import Atom

NEAR = 1e-6
"""Points between two words of a link that touch."""


class Ends(NamedTuple):
    """How a line stands: the level of its paragraph, whether its document is `rtl`, and its start `x`.

    `across` is the measure of a paragraph that stands at the other side than its document's, else 0.
    """

    base: int
    rtl: bool
    x: float
    across: float = 0.0


class _Group(NamedTuple):
    """Pieces of one look and level, side by side, as a run; or a sign."""

    atoms: Sequence[Atom | Sign]
    level: int
    mark: Run | Sign

    @property
    def advance(self) -> float:
        return self.mark.gap + self.mark.size if isinstance(self.mark, Sign) else self.mark.advance


def ordered(
    pieces: Sequence[Piece], ends: Ends, fit: Fit | SquareFit, squeeze: float, link_rule: float
) -> tuple[Mark, ...]:
    """The marks of a line in the order of reading, each where it is printed.

    A space at the end that takes no room in the line hangs over the end that its paragraph has.
    """
    groups = list(_groups(pieces, ends.base, fit, squeeze))
    starts = _starts(groups, _hanging(pieces, groups), ends)
    marks: list[Mark] = []
    links: list[tuple[Atom, float, float, str]] = []
    for group, x in zip(groups, starts, strict=True):
        mark = group.mark
        if isinstance(mark, Sign):
            left = x + (mark.gap if ends.base == ends.rtl else 0.0)
            marks.append(Tint(left, 0.0, mark.size, mark.size, mark.colour))
        else:
            marks.append(replace(mark, x=x, joined=bool(marks)))
            links += _linked(group, mark, x, ends.rtl)
    for atom, left, right, text in _joined(links):
        marks += link_marks(atom.href, left, right, atom, text, link_rule)
    return tuple(marks)


def _groups(
    pieces: Sequence[Piece], base: int, fit: Fit | SquareFit, squeeze: float
) -> Iterator[_Group]:
    """Pieces that are one run each: neighbours of one level are neighbours in print as well."""
    levels = [atom.level if isinstance(atom, Atom) else base for atom, _, _ in pieces]
    if pieces and _hangs(pieces[-1]):
        levels[-1] = base  # rule L1
    for (_, _, level), row in groupby(zip(pieces, levels, strict=True), _kind):
        yield _group([piece for piece, _ in row], level, fit, squeeze)


def _kind(found: tuple[Piece, int]) -> tuple[int, int, int]:
    """What tells one run from the next: look, element and level."""
    (atom, _, _), level = found
    return (
        (id(atom), LAYOUT, level)
        if isinstance(atom, Sign)
        else (id(atom.look), atom.element, level)
    )


def _group(row: Sequence[Piece], level: int, fit: Fit | SquareFit, squeeze: float) -> _Group:
    first, atoms = row[0][0], [atom for atom, _, _ in row]
    if isinstance(first, Sign):
        return _Group(atoms, level, first)
    shaped = [it for _, it, _ in row if it is not None]
    return _Group(atoms, level, run_of(first, shaped, 0.0, fit, squeeze, False))


def _hangs(piece: Piece) -> bool:
    _, shaped, width = piece
    return shaped is not None and shaped.is_space and width == 0.0


def _hanging(pieces: Sequence[Piece], groups: Sequence[_Group]) -> float:
    """How wide the space is that hangs over the line's end; 0 without one."""
    if not pieces or not _hangs(pieces[-1]):
        return 0.0
    run = groups[-1].mark
    return run.advances(run.pieces[-1:])[0] if isinstance(run, Run) else 0.0


def _starts(groups: Sequence[_Group], hanging: float, ends: Ends) -> list[float]:
    """Where each group begins, on the side on which the document does."""
    advances = [group.advance for group in groups]
    x = ends.x
    if ends.across:
        x = ends.across - ends.x - (sum(advances) - hanging)
    if ends.base != ends.rtl:
        x -= hanging
    order = visual([group.level for group in groups])
    if ends.rtl:
        order.reverse()
    starts = [0.0] * len(groups)
    for index in order:
        starts[index] = x
        x += advances[index]
    return starts


def _linked(
    group: _Group, run: Run, x: float, rtl: bool
) -> Iterator[tuple[Atom, float, float, str]]:
    """The linked pieces of a run that begins at `x`: both ends of each, and its words."""
    if not any(isinstance(atom, Atom) and atom.href for atom in group.atoms):
        return
    onward = run.rtl == rtl
    at = x if onward else x + run.advance
    for atom, piece, advance in zip(group.atoms, run.pieces, run.advances(run.pieces), strict=True):
        left, at = (at, at + advance) if onward else (at - advance, at - advance)
        if isinstance(atom, Atom) and atom.href:
            yield atom, left, left + advance, piece.text


def _joined(
    links: Sequence[tuple[Atom, float, float, str]],
) -> list[tuple[Atom, float, float, str]]:
    """The same with those joined that follow each other in print and lead to one place."""
    found: list[tuple[Atom, float, float, str]] = []
    for atom, left, right, text in links:
        if found:
            first, low, high, words = found[-1]
            same = first.href == atom.href and first.element == atom.element
            if same and (abs(high - left) < NEAR or abs(low - right) < NEAR):
                found[-1] = (first, min(low, left), max(high, right), words + text)
                continue
        found.append((atom, left, right, text))
    return found

"""How one justified line fills its measure: the shares of spaces, glyphs and letterspace."""

from typing import NamedTuple

from layout.house.brand import Justification


class Fit(NamedTuple):
    """How one justified line fills its measure: spaces in shares of their width, letters' scale, letterspace in ems."""

    space: float
    scale: float
    tracking: float

    @property
    def square(self) -> float:
        """What East Asian characters have besides; see `SquareFit`."""
        return 0.0


class SquareFit(NamedTuple):
    """How a line of East Asian text fills its measure: as `Fit`, and letterspace of its characters alone, in ems."""

    space: float
    scale: float
    tracking: float
    square: float


AS_IT_IS = Fit(1.0, 1.0, 0.0)

HAIR = 1e-6
"""Points: a line that can give no more than this gives nothing."""

EASE = 0.04
"""How far under the loosest space the letters' last limits bring a line, in spaces."""


TIGHTEST = 0.68
"""No space is narrower than this, in shares of its own width: what a line of the last passes would take beyond it is
the letters', limits or not. The breaker's first passes stop at the row's own limit, where letters keep to theirs."""


def fit_line(gap: float, spaces: float, letters: float, pairs: float, give: Justification) -> Fit:
    """Share out what a line lacks (`gap` points, negative if it is too long) as the brand allows.

    `spaces` and `letters` are what the line has of each, in points; `pairs` the gaps between its letters,
    in ems. Up to the limits spaces, glyphs and letterspace give in the same proportion; what is over is
    the spaces', and where it would make them looser than `loosest`, first the letters' up to their last limits.
    Spaces never run together: a line of few spaces that is too long for them takes the rest from its letters.
    """
    flex = give.expansion * letters + give.tracking * pairs
    limit = (give.loose - 1 if gap > 0 else 1 - give.tight) * spaces + flex
    if limit <= HAIR:
        return AS_IT_IS
    ratio = gap / limit
    expansion, tracking = give.expansion, give.tracking
    if ratio > 1 and spaces:
        most = give.most_expansion * letters + give.most_tracking * pairs
        lacking = gap - flex - (give.loosest - 1) * spaces
        more = 0.0
        if lacking > 0 and most > flex:
            more = min(1.0, (lacking + EASE * spaces) / (most - flex))
        expansion += more * (give.most_expansion - expansion)
        tracking += more * (give.most_tracking - tracking)
        flex += more * (most - flex)
    share = max(-1.0, min(1.0, ratio))
    if ratio < -1 and flex > 0 and -gap - flex > (1 - TIGHTEST) * spaces:
        share = -(-gap - (1 - TIGHTEST) * spaces) / flex
    space = 1 + (gap - share * flex) / spaces if spaces else 1.0
    return Fit(space, 1 + share * expansion, share * tracking)

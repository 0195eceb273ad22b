"""Which glyphs belong together: those of one grapheme cluster, or of one that HarfBuzz has made.

A reader of a file takes what each glyph says in turn, so that a letter with marks, or one whose parts stand
in another order than its characters, is exact only where one glyph says all of it (UAX 29).
"""

import re
from bisect import bisect
from collections.abc import Iterable, Sequence

Group = tuple[int, str]
"""How many glyphs, one after another, stand for a text together."""

_JOINS = re.compile(
    "[^\x00-\u02ff\u0370-\u0482\u048a-\u0590\u10a0-\u10ff\u1200-\u135c\u1360-\u16ff\u1c80-\u1cbf\u1d00-\u1dbf"
    "\u1e00-\u200b\u200e-\u20cf\u2100-\u2cee\u2cf2-\u2d7e\u2d80-\u2ddf\u2e00-\u3029\u3030-\u3098\u309b-\ua66e"
    "\uac00-\ud7a3\uf900-\ufb1d\ufb1f-\ufdff\ufe10-\ufe1f\ufe30-\uff9d]"
)
"""Characters beside those that never make one grapheme with another (Grapheme_Cluster_Break, UAX 29)."""


def groups_of(
    clusters: Sequence[int], texts: Sequence[str], shown: str
) -> tuple[Group, ...] | None:
    """The glyphs of `shown` in groups, in their order; None where each glyph is one of its own.

    `clusters` are the indexes in `shown` where the cluster of each glyph begins, rising or falling, and
    `texts` what each glyph says. A group ends where a grapheme cluster and one of HarfBuzz's end both.
    """
    if len(set(clusters)) == len(clusters) and not _JOINS.search(shown):
        return None
    starts = set(clusters).intersection((0, *_graphemes(shown)))
    order = sorted(starts)
    members: dict[int, list[int]] = {}
    for number, cluster in enumerate(clusters):
        members.setdefault(bisect(order, cluster), []).append(number)
    if len(members) == len(clusters) and max(shown) <= "\uffff":
        return None
    return tuple([(len(them), _said(them, clusters, texts)) for them in members.values()])


def codes_of(text: str) -> int:
    """How many codes a group takes: one, but one a character beyond the first plane and with others.

    Such a text as that of one code is read by some programs in halves of surrogate pairs (mutool 1.21).
    """
    return len(text) if text and max(text) > "\uffff" else 1


def _said(members: Iterable[int], clusters: Sequence[int], texts: Sequence[str]) -> str:
    """What glyphs say in the order of their characters."""
    return "".join([texts[number] for number in sorted(members, key=clusters.__getitem__)])


def _graphemes(text: str) -> Sequence[int]:
    if text.isascii():
        return range(1, len(text))
    from layout.setting.unicode import clusters

    return clusters(text)

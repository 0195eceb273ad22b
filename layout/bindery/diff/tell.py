"""Differences in words: for people, article by article, and for programs, one JSON object a line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import KINDS, Comparison, Finding, Spot
from layout.ground.problems import printable

_COUNTED: Final = {
    "article": ("article added, gone or moved", "articles added, gone or moved"),
    "words": ("change of words", "changes of words"),
    "reflow": ("stretch of lines reflowed", "stretches of lines reflowed"),
    "type": ("change of type", "changes of type"),
    "colour": ("change of colour", "changes of colour"),
    "picture": ("picture", "pictures"),
    "drawing": ("change of rules or tints", "changes of rules or tints"),
    "link": ("link", "links"),
    "note": ("annotation", "annotations"),
    "page": ("page added, gone or of another size", "pages added, gone or of another size"),
    "document": ("entry of the file", "entries of the file"),
    "file": ("attached file", "attached files"),
    "unread": ("part that cannot be read", "parts that cannot be read"),
}
WHOLE: Final = ("size", "label")
"""Changes whose words list their pages themselves."""
DECIMALS: Final = 2
"""Of a point, in boxes."""


def summary(comparison: Comparison) -> str:
    """How many differences there are of each kind."""
    counts = Counter(finding.kind for finding in comparison.findings)
    said = [f"{counts[kind]} {_COUNTED[kind][counts[kind] != 1]}" for kind in KINDS if counts[kind]]
    return ", ".join(said) or "no difference"


def lines(a: Content, b: Content, comparison: Comparison) -> Iterator[str]:
    """A line for each difference under the title of its article."""
    last: str | None = None
    for finding in comparison.findings:
        title = finding.article or _heading(finding)
        if title != last:
            yield f"\n{printable(title)}"
            last = title
        yield f"  {printable(line_of(a, b, finding))}"


def _heading(finding: Finding) -> str:
    """What stands over differences that belong to no article."""
    if finding.kind in ("document", "file", "unread"):
        return "The file"
    if finding.change in WHOLE:
        return "The sizes and labels of pages"
    return "Colours" if finding.kind == "colour" else "The pages"


def line_of(a: Content, b: Content, finding: Finding) -> str:
    """A difference in a line: where, what, and for words what stands around them."""
    place = place_of(a, b, finding)
    around = ""
    if finding.before or finding.after:
        around = f" ({' '.join(filter(None, (finding.before, '…', finding.after)))})"
    has_place = finding.kind in ("document", "file", "unread", "article") or finding.change in WHOLE
    has_place = has_place or (finding.kind == "colour" and not finding.article)
    return (
        finding.message + around
        if has_place or not place
        else f"{place}: {finding.message}{around}"
    )


def place_of(a: Content, b: Content, finding: Finding) -> str:
    """The first page of a difference in A, and in B where that is another page."""
    mine, theirs = finding.a[:1], finding.b[:1]
    said = [a.label(mine[0].page, "A")] if mine else []
    if theirs and not (mine and theirs[0].page == mine[0].page):
        said.append(b.label(theirs[0].page, "B"))
    return ", ".join(said)


def rows(a: Content, b: Content, findings: Sequence[Finding]) -> Iterator[dict[str, object]]:
    """Differences as programs read them, one object for each."""
    for finding in findings:
        yield {
            "kind": finding.kind,
            "change": finding.change,
            "article": finding.article or None,
            "message": finding.message,
            "a": [_spot(a, spot) for spot in finding.a],
            "b": [_spot(b, spot) for spot in finding.b],
            "old": finding.old or None,
            "new": finding.new or None,
            "before": finding.before or None,
            "after": finding.after or None,
        }


def _spot(content: Content, spot: Spot) -> dict[str, object]:
    return {
        "page": spot.page + 1,
        "label": content.pages[spot.page].label or None,
        "boxes": [[round(side, DECIMALS) for side in box] for box in spot.boxes],
    }

"""Our own pages and pages made elsewhere, put in their order into one file.

Own pages come from one PDF that is natively typeset and gives the catalogue: metadata, language,
fonts once. Indices of pages count from 0, in a file as in the result.
"""

from collections.abc import Sequence

from msgspec import Struct
from pypdf.generic import IndirectObject

from layout.bindery.claims import Bound
from layout.bindery.foreign import Opened, open_bytes, open_pdf
from layout.bindery.graft import Graft
from layout.bindery.leaves import OWN, Entry, Foreign, OwnPages
from layout.bindery.outline import Item, leading_to, read_outline
from layout.bindery.overlay import finished_size, lay_over, overlay_of
from layout.bindery.pagelabels import Label, called
from layout.bindery.volume import Volume
from layout.ground.problems import Place, Problem, Refused, refuse
from layout.house.labels import parted


class Survey(Struct, frozen=True):
    """What is known of a foreign file: each page's finished width and height in points, as read."""

    sizes: tuple[tuple[float, float], ...]


class _Span(Struct, frozen=True):
    """Pages `first` to `first + count` of one file, which begin at `at` in the result."""

    opened: Opened
    first: int
    count: int
    at: int
    overlays: tuple[int, ...] = ()
    untagged: str = ""


def survey(path: str, place: Place | None = None) -> Survey:
    """The pages of the PDF at `path`; raises as `open_pdf` does."""
    opened = open_pdf(path, place)
    with opened.reading():
        return Survey(tuple(finished_size(opened, leaf.entries) for leaf in opened.pages))


def assemble(
    own: bytes,
    parts: Sequence[OwnPages | Foreign],
    outline: Sequence[Entry] = (),
    labels: Sequence[Label] = (),
    identity: bytes = b"",
    keep_claims: bool = False,
    bare: bool = False,
) -> Bound:
    """One file with the pages of `parts` in their order; raises `Refused` for foreign files.

    `identity` is the file's /ID, 16 bytes, or empty for one from its content.
    Every own page is used once, as a page or as an overlay, or not at all. The tags of all files are
    joined. Without foreign parts all that `own` says of itself stands; with them its claims to
    standards are withdrawn, and a note at the place of the first of them says so, unless
    `keep_claims` says that the new file will be checked for them.
    """
    places = [part.place or Place(part.path) for part in parts if isinstance(part, Foreign)]
    ours = open_bytes(own, places[0] if places else Place("issue"), OWN)
    spans = _spans(ours, parts)
    foreign = [span for span in spans if span.opened is not ours]
    volume = Volume(ours, [span.opened for span in foreign], keep_claims)
    pages = [volume.body.reserve() for _ in range(sum(span.count for span in spans))]
    _settle_own(volume.main, volume, spans, pages)
    nested: dict[int, tuple[Item, ...]] = {}
    for copy in _copies(foreign):
        guest = volume.graft(copy[0].opened, bare)
        nested |= _settle_guest(guest, volume, copy, pages, labels)
    return volume.bound(pages, _tree(outline, pages, nested), labels, identity)


def _spans(ours: Opened, parts: Sequence[OwnPages | Foreign]) -> list[_Span]:
    opened, spans = _open_each(parts), list[_Span]()
    at = 0
    for part in parts:
        if isinstance(part, OwnPages):
            span = _Span(ours, part.first, part.count, at)
        else:
            span = _foreign_span(opened[part.path], part, at)
        spans.append(span)
        at += span.count
    return spans


def _open_each(parts: Sequence[OwnPages | Foreign]) -> dict[str, Opened]:
    opened: dict[str, Opened] = {}
    problems: dict[Problem, None] = {}
    for part in parts:
        if isinstance(part, Foreign) and part.path not in opened:
            try:
                opened[part.path] = open_pdf(part.path, part.place)
            except Refused as refusal:
                problems |= dict.fromkeys(refusal.problems)
    if problems:
        raise Refused(problems)
    return opened


def _foreign_span(opened: Opened, part: Foreign, at: int) -> _Span:
    there = len(opened.pages)
    count = there - part.first if part.count is None else part.count
    if not 0 <= part.first < part.first + count <= there:
        pages = "1 page" if there == 1 else f"{there} pages"
        missing = max(part.first + count, part.first + 1)
        message = f"{opened.name} has {pages}, so there is no page {missing}"
        raise refuse(part.place or opened.place, message, f"name pages from 1 to {there}")
    if part.overlays and len(part.overlays) != count:
        raise ValueError(f"{len(part.overlays)} overlays for {count} pages")
    return _Span(opened, part.first, count, at, part.overlays, part.untagged)


def _copies(spans: Sequence[_Span]) -> list[list[_Span]]:
    """Spans by their file, so that links between them live; a page used twice begins a new copy."""
    copies: dict[int, list[list[_Span]]] = {}
    for span in spans:
        mine = copies.setdefault(id(span.opened), [])
        if not mine or any(_overlap(span, other) for other in mine[-1]):
            mine.append([])
        mine[-1].append(span)
    return [copy for mine in copies.values() for copy in mine]


def _overlap(one: _Span, other: _Span) -> bool:
    return one.first < other.first + other.count and other.first < one.first + one.count


def _settle_own(
    main: Graft, volume: Volume, spans: Sequence[_Span], pages: Sequence[IndirectObject]
) -> None:
    placed = []
    for span in spans:
        if span.opened is main.opened:
            own = [(span.first + n, span.at + n) for n in range(span.count)]
            placed += [page for page, _ in own]
        else:
            own = [(page, span.at + n) for n, page in enumerate(span.overlays)]
        for page, at in own:
            if page in main.kept:
                raise ValueError(f"own page {page} is used twice")
            main.keep(page, pages[at])
    volume.settle(main, placed)


def _settle_guest(
    guest: Graft,
    volume: Volume,
    spans: Sequence[_Span],
    pages: Sequence[IndirectObject],
    labels: Sequence[Label],
) -> dict[int, tuple[Item, ...]]:
    """Put the pages of one file in their places; its outline, by where each span begins."""
    for span in spans:
        for n in range(span.count):
            guest.keep(span.first + n, pages[span.at + n])
    volume.settle(guest, list(guest.kept))
    _mark_untagged(guest, volume, spans, labels)
    painted = {n: overlay_of(volume.main, n) for span in spans for n in span.overlays}
    with guest.opened.reading():
        for span in spans:
            for n, overlay in enumerate(span.overlays):
                lay_over(guest, span.first + n, painted[overlay])
        shown = {span.at: range(span.first, span.first + span.count) for span in spans}
        return {at: read_outline(guest, kept) for at, kept in shown.items()}


def _mark_untagged(
    guest: Graft, volume: Volume, spans: Sequence[_Span], labels: Sequence[Label]
) -> None:
    """Make artifacts of pages without tags, where the parts that they come from say so."""
    names = {
        span.first + n: called(labels, span.at + n) for span in spans for n in range(span.count)
    }
    for word in dict.fromkeys(span.untagged for span in spans if span.untagged):
        marked = [
            span.first + n for span in spans if span.untagged == word for n in range(span.count)
        ]
        before, after = parted(word, "page", " ")
        spoken = {page: f"{before}{name}{after}" for page, name in names.items()}
        volume.mark_untagged(guest, marked, spoken)


def _tree(
    entries: Sequence[Entry], pages: Sequence[IndirectObject], nested: dict[int, tuple[Item, ...]]
) -> list[Item]:
    """The outline of `entries` as trees: each holds the deeper ones after it, then foreign ones."""
    last = {entry.page: at for at, entry in enumerate(entries)}
    stack: list[tuple[int, list[Item]]] = [(-1, [])]
    for at in reversed(range(len(entries))):
        entry = entries[at]
        children = []
        while stack[-1][0] > entry.level:
            children += stack.pop()[1]
        foreign = nested.get(entry.page, ()) if last[entry.page] == at else ()
        item = leading_to(entry.title, pages[entry.page], [*foreign, *children])
        if stack[-1][0] == entry.level:
            stack[-1][1].insert(0, item)
        else:
            stack.append((entry.level, [item]))
    return [item for _, items in reversed(stack) for item in items]

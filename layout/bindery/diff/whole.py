"""What changed of a file as a whole, of its pages and of its articles."""

from collections.abc import Iterator, Mapping, Sequence

from layout.bindery.diff.align import Part
from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import Finding, Spot
from layout.bindery.diff.sequence import Pair

LONGEST = 60
"""Characters of labels that are quoted."""


def of_facts(a: Content, b: Content) -> Iterator[Finding]:
    """Title, language, dates, claims and the like."""
    old, new = dict(a.facts), dict(b.facts)
    for name in sorted(old | new):
        one, two = old.get(name, ""), new.get(name, "")
        if one == two:
            continue
        said = (
            f"“{one}” became “{two}”"
            if one and two
            else f"“{one}” is gone"
            if one
            else f"“{two}” is new"
        )
        change = "changed" if one and two else "removed" if one else "added"
        yield Finding("document", change, f"{name}: {said}", old=one, new=two)


def of_files(a: Content, b: Content) -> Iterator[Finding]:
    """Attached files, by their names and what is in them."""
    names = sorted({file.name for content in (a, b) for file in content.files})
    old, new = (
        {name: [it for it in content.files if it.name == name] for name in names}
        for content in (a, b)
    )
    for name in names:
        one, two = sorted(it.digest for it in old[name]), sorted(it.digest for it in new[name])
        if one == two:
            continue
        change = "changed" if one and two else "removed" if one else "added"
        said = {"changed": "changed", "removed": "is gone", "added": "is new"}[change]
        yield Finding(
            "file", change, f"the attached file {name} {said}", old=" ".join(one), new=" ".join(two)
        )


def of_article(a: Content, b: Content, part: Part) -> Iterator[Finding]:
    """What became of an article."""
    if not part.change:
        return
    one, two = part.a, part.b
    old, new = one.title if one else "", two.title if two else ""
    here = a.label(one.start, "A") if one else ""
    there = b.label(two.start, "B") if two else ""
    counts = len(part.mine), len(part.theirs)
    message = {
        "added": f"the article is new on {there}: {_words(counts[1])}",
        "removed": f"the article is gone from {here}: {_words(counts[0])}",
        "renamed": f"the article “{old}” is called “{new}” now",
        "moved": f"the article moved from {here} to {there}",
        "shifted": f"the article begins on {there}, not on {here}, with those before it",
    }[part.change]
    yield Finding(
        "article",
        part.change,
        message,
        part.title or "the pages without a title",
        (Spot(one.start),) if one else (),
        (Spot(two.start),) if two else (),
        old,
        new,
    )


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def of_pages(a: Content, b: Content, part: Part, pages: Mapping[int, int]) -> Iterator[Finding]:
    """Pages of an article that are new or gone."""
    assert part.a is not None
    assert part.b is not None
    taken = set(pages.values())
    for i in range(part.a.start, part.a.stop):
        if i not in pages:
            message = f"{a.label(i, 'A')} has no partner in B"
            yield Finding("page", "removed", message, part.title, (Spot(i),))
    for j in range(part.b.start, part.b.stop):
        if j not in taken:
            message = f"{b.label(j, 'B')} has no partner in A"
            yield Finding("page", "added", message, part.title, (), (Spot(j),))


def of_sizes(a: Content, b: Content, pages: Mapping[int, int]) -> Iterator[Finding]:
    """Pages with other boxes, each change once with all its pages; and pages with other labels."""
    changes: dict[tuple[str, str, str], list[Pair]] = {}
    labels: list[Pair] = []
    for i, j in sorted(pages.items()):
        one, two = dict(a.pages[i].sizes), dict(b.pages[j].sizes)
        for name in sorted(one | two):
            change = (name, one.get(name, ""), two.get(name, ""))
            if change[1] != change[2]:
                changes.setdefault(change, []).append((i, j))
        if i == j and a.pages[i].label != b.pages[j].label:
            labels.append((i, j))
    for (name, old, new), found in changes.items():
        message = f"{name}: {new or 'none'}, not {old or 'none'}"
        yield _of_all(a, "size", message, found, old, new)
    if labels:
        old, new = (", ".join(content.pages[i].label for i, _ in labels) for content in (a, b))
        message = f"labelled “{_short(new)}”, not “{_short(old)}”"
        yield _of_all(a, "label", message, labels, old, new)


def _of_all(
    a: Content, change: str, message: str, pages: Sequence[Pair], old: str, new: str
) -> Finding:
    """A difference of several pages."""
    where = a.span([i for i, _ in pages])
    spots = [tuple([Spot(pair[side]) for pair in pages]) for side in (0, 1)]
    return Finding("page", change, f"{message}: {where} of A", "", spots[0], spots[1], old, new)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def unread(a: Content, b: Content, titles: Sequence[str]) -> Iterator[Finding]:
    """What could not be read: whether it is the same is not known, but for files that are the same byte for byte."""
    if a.digest == b.digest != b"":
        return
    for name, content in zip(titles, (a, b), strict=True):
        for what in content.unread:
            yield Finding("unread", name, f"{what} of {name} cannot be read: not compared")
        for at, page in enumerate(content.pages):
            if page.unread:
                spot = (Spot(at),)
                yield Finding(
                    "unread", name, f"{content.label(at, name)} cannot be read whole ({page.unread}): not compared",
                    a=spot if name == "A" else (), b=spot if name == "B" else (),
                )  # fmt: skip

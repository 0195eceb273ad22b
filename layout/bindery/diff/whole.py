"""What changed of a file as a whole, of its pages and of its articles."""

from collections.abc import Iterator, Mapping, Sequence

from layout.bindery.diff.align import Part
from layout.bindery.diff.content import Content
from layout.bindery.diff.findings import Finding, Spot


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
    """Pages that are new or gone, and those with other boxes or labels."""
    assert part.a is not None
    assert part.b is not None
    taken = set(pages.values())
    for i in range(part.a.start, part.a.stop):
        j = pages.get(i)
        if j is None:
            message = f"{a.label(i, 'A')} has no partner in B"
            yield Finding("page", "removed", message, part.title, (Spot(i),))
            continue
        one, two = a.pages[i], b.pages[j]
        for name in sorted(dict(one.sizes) | dict(two.sizes)):
            old, new = dict(one.sizes).get(name, ""), dict(two.sizes).get(name, "")
            if old != new:
                message = f"{name}: {new or 'none'}, not {old or 'none'}"
                yield Finding("page", "size", message, part.title, (Spot(i),), (Spot(j),), old, new)
        if i == j and one.label != two.label:
            message = f"the page is labelled “{two.label}”, not “{one.label}”"
            yield Finding(
                "page", "label", message, part.title, (Spot(i),), (Spot(j),), one.label, two.label
            )
    for j in range(part.b.start, part.b.stop):
        if j not in taken:
            message = f"{b.label(j, 'B')} has no partner in A"
            yield Finding("page", "added", message, part.title, (), (Spot(j),))


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

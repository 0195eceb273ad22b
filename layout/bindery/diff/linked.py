"""Links that lead elsewhere, are gone or are new; and other annotations that say something else."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from layout.bindery.diff.content import Content, Link
from layout.bindery.diff.findings import Finding, Spot
from layout.bindery.diff.near import exactly, same_place, shared
from layout.bindery.preflight.press.geometry import Box


class Tied(Struct, frozen=True):
    """A link on its page, with where it leads so that the two files can be compared: `goal`."""

    page: int
    link: Link
    goal: object

    @property
    def words(self) -> str:
        """Its words, however lines part them."""
        return "".join(it for it in self.link.text if it.isalnum()).casefold()


Titles = Callable[[int, int], str | None]


class Links:
    """The links and annotations of both files, by the pages that belong together."""

    def __init__(self, a: Content, b: Content, pages: Mapping[int, int]) -> None:
        self.a, self.b, self.pages = a, b, pages

    def findings(self, title: Titles) -> Iterator[Finding]:
        """What became of every link, and of every other annotation."""
        groups: dict[str, tuple[list[Tied], list[Tied]]] = defaultdict(lambda: ([], []))
        for at, page in enumerate(self.a.pages):
            name = title(at, -1)
            for link in page.links if name is not None else ():
                goal = link.target or ("page", self.pages.get(link.page, ("A", link.page)))
                groups[name or ""][0].append(Tied(at, link, goal))
        for at, page in enumerate(self.b.pages):
            name = title(-1, at)
            for link in page.links if name is not None else ():
                groups[name or ""][1].append(Tied(at, link, link.target or ("page", link.page)))
        for name, (mine, theirs) in groups.items():
            yield from self._of_article(mine, theirs, name)
        yield from self._notes(title)

    def _of_article(
        self, mine: Sequence[Tied], theirs: Sequence[Tied], name: str
    ) -> Iterator[Finding]:
        left, free = exactly(mine, theirs, lambda it: (it.words, it.goal))
        mine, theirs = [mine[i] for i in left], [theirs[j] for j in free]
        waiting: dict[tuple[str, object], list[Tied]] = defaultdict(list)
        for it in theirs:
            waiting["words", it.words].append(it)
            waiting["goal", it.goal].append(it)
        taken: set[int] = set()
        for one in mine:
            two = self._partner(one, waiting, taken)
            if two is None:
                yield self._finding("removed", one, None, name)
            elif two.goal != one.goal:
                yield self._finding("changed", one, two, name)
        for two in theirs:
            if id(two) not in taken:
                yield self._finding("added", None, two, name)

    def _partner(
        self, one: Tied, waiting: Mapping[tuple[str, object], list[Tied]], taken: set[int]
    ) -> Tied | None:
        """The link that another became: on the same words, in the same place, or to the same goal."""
        same = [it for it in waiting.get(("words", one.words), ()) if id(it) not in taken]
        if not one.words:
            same = [it for it in same if self._is_here(one, it)]
        same += [it for it in waiting.get(("goal", one.goal), ()) if id(it) not in taken]
        if not same:
            return None
        taken.add(id(same[0]))
        return same[0]

    def _is_here(self, one: Tied, two: Tied) -> bool:
        return self.pages.get(one.page) == two.page and shared(one.link.box, two.link.box) > 0

    def _finding(self, change: str, one: Tied | None, two: Tied | None, name: str) -> Finding:
        it = one or two
        assert it is not None
        what = f"the link “{it.link.text}”" if it.link.text else "a link without words"
        old = _goal(self.a, one.link) if one else ""
        new = _goal(self.b, two.link) if two else ""
        said = {
            "changed": f"leads to {new}, not to {old}",
            "removed": f"to {old} is gone",
            "added": f"to {new} is new",
        }[change]
        a, b = ((Spot(it.page, (it.link.box,)),) if it else () for it in (one, two))
        return Finding("link", change, f"{what} {said}", name, a, b, old, new)

    def _notes(self, title: Titles) -> Iterator[Finding]:
        """Annotations other than links, page by page."""
        partners = [*self.pages.items()]
        for i, j in partners:
            name = title(i, j)
            if name is None:
                continue
            mine, theirs = self.a.pages[i].notes, self.b.pages[j].notes
            left, free = exactly(mine, theirs, lambda it: (it.kind, it.text))
            for at in left:
                one = mine[at]
                match = next(
                    (
                        n
                        for n in free
                        if theirs[n].kind == one.kind and same_place(one.box, theirs[n].box)
                    ),
                    None,
                )
                if match is None:
                    yield _note(
                        "removed",
                        f"an annotation ({one.kind}) is gone: “{one.text}”",
                        name,
                        (i, one.box),
                        None,
                    )
                    continue
                free.remove(match)
                two = theirs[match]
                message = f"an annotation ({one.kind}) says “{two.text}”, not “{one.text}”"
                yield _note("changed", message, name, (i, one.box), (j, two.box))
            for at in free:
                two = theirs[at]
                yield _note(
                    "added",
                    f"an annotation ({two.kind}) is new: “{two.text}”",
                    name,
                    None,
                    (j, two.box),
                )


def _note(
    change: str, message: str, name: str, one: tuple[int, Box] | None, two: tuple[int, Box] | None
) -> Finding:
    a, b = ((Spot(it[0], (it[1],)),) if it else () for it in (one, two))
    return Finding("note", change, message, name, a, b)


def _goal(content: Content, link: Link) -> str:
    if link.target:
        return link.target
    return (
        content.label(link.page)
        if 0 <= link.page < len(content.pages)
        else "a page that is not there"
    )

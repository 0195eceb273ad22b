"""Two files compared: the recipe."""

from collections.abc import Iterator, Sequence

from layout.bindery.diff.agree import agreed
from layout.bindery.diff.align import Part, align, furniture_parts
from layout.bindery.diff.content import Content
from layout.bindery.diff.drawn import Drawings
from layout.bindery.diff.findings import Comparison, Finding
from layout.bindery.diff.linked import Links
from layout.bindery.diff.looks import Looks
from layout.bindery.diff.moved import Left, find_moved
from layout.bindery.diff.ordering import orders
from layout.bindery.diff.pages import pair_pages, side_by_side
from layout.bindery.diff.pictured import Pictures
from layout.bindery.diff.places import merged
from layout.bindery.diff.reflow import Flow
from layout.bindery.diff.tokens import Token
from layout.bindery.diff.whole import of_article, of_facts, of_files, of_pages, of_sizes, unread
from layout.bindery.diff.wording import Wording

NAMES = ("A", "B")
"""What the two files are called in every message."""


def compare(a: Content, b: Content) -> Comparison:
    """All that differs between two files, in the order of A."""
    a, b = agreed(a, b)
    parts = align(a, b)
    pages = pair_pages(a, b, parts)
    other = orders(a, b, pages)
    if other:
        parts = align(a, b, other)
        pages = pair_pages(a, b, parts)
    return _Compared(a, b, parts, pages).run()


class _Compared:
    """Two files whose articles, words and pages are aligned."""

    def __init__(self, a: Content, b: Content, parts: list[Part], pages: dict[int, int]) -> None:
        self.a, self.b, self.pages = a, b, pages
        self.parts = parts
        self.left = find_moved(parts)
        self.looks = Looks(a, b)
        self.drawings = Drawings(a, b, self.looks.colours)
        self.flow = Flow(a, b, pages)
        self.titles = _titles(parts)

    def run(self) -> Comparison:
        """Everything, article by article; what holds for the whole comes first, colours last."""
        found: list[Finding] = [
            *unread(self.a, self.b, NAMES),
            *of_facts(self.a, self.b),
            *of_files(self.a, self.b),
            *of_sizes(self.a, self.b, self.pages),
        ]
        by_title = self._by_article()
        for part in self.parts:
            found += sorted(by_title.pop(part.title, []), key=self._order)
        found += [it for rest in by_title.values() for it in rest]
        found += self._colours()
        sides = side_by_side(self.pages, len(self.a.pages), len(self.b.pages))
        return Comparison(tuple(found), sides, tuple(self._notes()))

    def _by_article(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self._all():
            found.setdefault(finding.article, []).append(finding)
        return found

    def _all(self) -> Iterator[Finding]:
        for number, part in enumerate(self.parts):
            yield from of_article(self.a, self.b, part)
            if part.a is not None and part.b is not None:
                yield from self._text(part, number, self.left)
                yield from of_pages(self.a, self.b, part, self.pages)
        for i, j in sorted(self.pages.items()):
            yield from self.drawings.findings(i, j, self._title(i, j) or "")
        for part in furniture_parts(self.a, self.b, sorted(self.pages.items())):
            token = (part.mine or part.theirs)[0].words[0]
            page = self.a.words[token].page if part.mine else -1
            mirrored = self._is_mirrored(part)
            part.title = self._title(page, self.b.words[token].page if not part.mine else -1) or ""
            yield from self._text(part, -1, Left((), frozenset(), frozenset()), mirrored)
        yield from self._moved()
        yield from Pictures(self.a, self.b, self.pages).findings(self._title)
        yield from Links(self.a, self.b, self.pages).findings(self._title)

    def _is_mirrored(self, part: Part) -> bool:
        """Whether furniture stands on a left page in one file and on a right page in the other."""
        if not (part.mine and part.theirs):
            return False
        one, two = self.a.words[part.mine[0].words[0]], self.b.words[part.theirs[0].words[0]]
        return (one.page - two.page) % 2 == 1

    def _text(
        self, part: Part, number: int, left: Left, mirrored: bool = False
    ) -> Iterator[Finding]:
        """Words, type and lines of one part; furniture of a mirrored page has other places anyway."""
        wording = Wording(self.a, self.b, part, number, (left.mine, left.theirs))
        yield from wording.findings()
        pairs = [(part.mine[i], part.theirs[j]) for i, j in part.pairs]
        yield from self.looks.findings(pairs, part.title)
        if not mirrored:
            yield from self.flow.findings(pairs, wording.alike, part.title)

    def _moved(self) -> Iterator[Finding]:
        """Words that stand in another place of the text."""
        run: list[tuple[Token, Token]] = []
        last: tuple[int, int, int, int] | None = None
        for (part, i), (other, j) in self.left.moved:
            if last is not None and (part, i, other, j) != (
                last[0],
                last[1] + 1,
                last[2],
                last[3] + 1,
            ):
                yield self._moved_run(run, self.parts[last[0]])
                run = []
            run.append((self.parts[part].mine[i], self.parts[other].theirs[j]))
            last = (part, i, other, j)
        if run and last is not None:
            yield self._moved_run(run, self.parts[last[0]])

    def _moved_run(self, run: Sequence[tuple[Token, Token]], part: Part) -> Finding:
        from layout.bindery.diff.places import spots_of

        mine, theirs = [one for one, _ in run], [two for _, two in run]
        text = " ".join(it.text for it in mine)
        there = self.b.label(self.b.words[theirs[0].words[0]].page, "B")
        short = (
            text
            if len(mine) <= 8
            else " ".join([*(it.text for it in mine[:4]), "…", *(it.text for it in mine[-4:])])
        )
        return Finding(
            "reflow", "elsewhere", f"{len(mine)} words moved to another place, on {there}: “{short}”",
            part.title, spots_of(self.a, mine), spots_of(self.b, theirs), text,
        )  # fmt: skip

    def _title(self, i: int, j: int) -> str | None:
        """The article of a page of A, else of one of B; None where the article as a whole is new or gone."""
        return self.titles[0].get(i) if i >= 0 else self.titles[1].get(j)

    def _order(self, finding: Finding) -> tuple[int, int]:
        """Where a finding comes in its article: by the page of A, or the page of A beside that of B."""
        if finding.a:
            return (finding.a[0].page, 0)
        if not finding.b:
            return (-1, 0)
        page = finding.b[0].page
        back = [i for i, j in self.pages.items() if j <= page]
        return (max(back, default=-1), 1)

    def _colours(self) -> Iterator[Finding]:
        """Each change of a colour once, with all places."""
        changes = sorted({*self.looks.colours, *self.drawings.colours})
        for old, new in changes:
            sample = self.looks.colours.get((old, new))
            drawn = self.drawings.colours.get((old, new), ([], []))
            counts = (len(sample.mine) if sample else 0, len(drawn[0]))
            words = [
                f"{count} {what}"
                for count, what in zip(counts, ("words", "drawings"), strict=True)
                if count
            ]
            a = merged(sample.mine if sample else (), drawn[0])
            b = merged(sample.theirs if sample else (), drawn[1])
            where = f"{' and '.join(words)} on {self.a.span([spot.page for spot in a])} of A"
            message = f"{old or 'no colour'} became {new or 'no colour'}: {where}"
            yield Finding("colour", "changed", message, "", a, b, old, new)

    def _notes(self) -> Iterator[str]:
        for name, content in zip(NAMES, (self.a, self.b), strict=True):
            yield from (f"{name}: {note}" for note in content.notes)


def _titles(parts: Sequence[Part]) -> tuple[dict[int, str], dict[int, str]]:
    """The articles of pages, by their indexes, where both files have them."""
    found: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for part in parts:
        if part.a is not None and part.b is not None:
            found[0].update(dict.fromkeys(range(part.a.start, part.a.stop), part.title))
            found[1].update(dict.fromkeys(range(part.b.start, part.b.stop), part.title))
    return found

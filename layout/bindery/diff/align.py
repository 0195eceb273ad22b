"""Which article belongs to which, which word to which, and which page to which."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from layout.bindery.diff.content import Article, Content
from layout.bindery.diff.sequence import Pair, drop_chance, in_common, rising
from layout.bindery.diff.sliding import slid
from layout.bindery.diff.tokens import Token, tokens_of, vocabulary

MOSTLY: Final = 0.6
"""The share of words that two articles have in common that are one under two titles."""
MOST_ALIKE: Final = 8
"""Articles that a row of words may stand in to say anything of which belongs to which."""
ROW: Final = 5
"""Words in a row that say so."""


class Part(Struct):
    """A stretch of text that is compared with one of the other file: an article's, or the furniture of a page.

    `pairs` are places in `mine` and `theirs` of words that belong together, rising in both.
    """

    title: str
    a: Article | None
    b: Article | None
    mine: list[Token]
    theirs: list[Token]
    pairs: list[Pair]
    change: str = ""
    """What became of the article: renamed, moved, shifted, added, removed, or nothing."""


def align(a: Content, b: Content, orders: Mapping[int, Sequence[int]] | None = None) -> list[Part]:
    """The articles of both files with their words, in the order of A; those of B alone where they stand.

    `orders` are the words of pages of B that are to be read in another order than that in which they are painted.
    """
    known = vocabulary((a, b))
    articles = _whole(a, b)
    mine = [_tokens(a, it, known, {}) for it in articles[0]]
    theirs = [_tokens(b, it, known, orders or {}) for it in articles[1]]
    pairs, renamed = _paired(articles, mine, theirs)
    parts = []
    stays = set(rising(sorted(pairs.items())))
    for i, j in _in_order(pairs, len(mine), len(theirs)):
        one = articles[0][i] if i is not None else None
        two = articles[1][j] if j is not None else None
        words = (mine[i] if i is not None else [], theirs[j] if j is not None else [])
        found = in_common([it.key for it in words[0]], [it.key for it in words[1]])
        found = slid(a, b, *words, drop_chance(found, len(words[0]), len(words[1])))
        change = _change(one, two, i in renamed, (i, j) in stays)
        title = (one.title or (two.title if two else "")) if one else two.title if two else ""
        parts.append(Part(title, one, two, *words, found, change))
    return parts


def _whole(a: Content, b: Content) -> tuple[Sequence[Article], Sequence[Article]]:
    """The articles of both; where one file has but one, that is compared with the whole of the other."""
    if len(a.articles) > 1 and len(b.articles) > 1:
        return a.articles, b.articles
    title = next((it.articles[0].title for it in (a, b) if len(it.articles) == 1), "")
    return (Article(title, 0, len(a.pages)),), (Article(title, 0, len(b.pages)),)


def _tokens(
    content: Content, article: Article, known: frozenset[str], orders: Mapping[int, Sequence[int]]
) -> list[Token]:
    numbers = [
        number
        for page in range(article.start, article.stop)
        for number in orders.get(page, range(*content.pages[page].words))
        if not content.words[number].furniture
    ]
    return tokens_of(content, numbers, known)


def _change(one: Article | None, two: Article | None, is_renamed: bool, stays: bool) -> str:
    if one is None or two is None:
        return "added" if one is None else "removed"
    if is_renamed:
        return "renamed"
    if not stays:
        return "moved"
    return "shifted" if one.start != two.start else ""


def _paired(
    articles: tuple[Sequence[Article], Sequence[Article]],
    mine: Sequence[Sequence[Token]],
    theirs: Sequence[Sequence[Token]],
) -> tuple[dict[int, int], set[int]]:
    """Articles by their titles, then those with mostly the same words; which of them have new titles."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for j, article in enumerate(articles[1]):
        waiting[article.title].append(j)
    pairs: dict[int, int] = {}
    for i, article in enumerate(articles[0]):
        if waiting.get(article.title):
            pairs[i] = waiting[article.title].pop(0)
    left = [i for i in range(len(mine)) if i not in pairs]
    free = sorted(j for rest in waiting.values() for j in rest)
    renamed = set()
    for i, j in _alike({i: mine[i] for i in left}, {j: theirs[j] for j in free}):
        pairs[i] = j
        renamed.add(i)
    return pairs, renamed


def _alike(
    mine: Mapping[int, Sequence[Token]], theirs: Mapping[int, Sequence[Token]]
) -> Iterator[Pair]:
    """Articles that have most of their words in common, the best first; found by rows of words they share."""
    where: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for j, tokens in theirs.items():
        for row in _rows(tokens):
            where[row].add(j)
    votes: Counter[Pair] = Counter()
    for i, tokens in mine.items():
        for row in _rows(tokens):
            found = where.get(row, ())
            if len(found) <= MOST_ALIKE:
                votes.update((i, j) for j in found)
    taken: tuple[set[int], set[int]] = (set(), set())
    for (i, j), _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0])):
        if i in taken[0] or j in taken[1] or _share(mine[i], theirs[j]) < MOSTLY:
            continue
        taken[0].add(i)
        taken[1].add(j)
        yield i, j


def _rows(tokens: Sequence[Token]) -> set[tuple[str, ...]]:
    keys = [it.key for it in tokens]
    return {tuple(keys[at : at + ROW]) for at in range(max(1, len(keys) - ROW + 1))}


def _share(mine: Sequence[Token], theirs: Sequence[Token]) -> float:
    one, two = Counter(it.key for it in mine), Counter(it.key for it in theirs)
    return (one & two).total() / max(one.total(), two.total(), 1)


def _in_order(
    pairs: Mapping[int, int], mine: int, theirs: int
) -> Iterator[tuple[int | None, int | None]]:
    """All articles once: those of A in its order, each of B alone after the one before it there."""
    back = {j: i for i, j in pairs.items()}
    after: dict[int | None, list[int]] = defaultdict(list)
    last: int | None = None
    for j in range(theirs):
        if j in back:
            last = back[j]
        else:
            after[last].append(j)
    yield from ((None, j) for j in after[None])
    for i in range(mine):
        yield i, pairs.get(i)
        yield from ((None, j) for j in after[i])


def furniture_parts(a: Content, b: Content, pairs: Sequence[Pair]) -> list[Part]:
    """The running heads and folios of pages that belong together, as parts of their own."""
    parts = []
    for i, j in pairs:
        words = [
            tokens_of(content, [n for n in range(*content.pages[page].words) if content.words[n].furniture], ())
            for content, page in ((a, i), (b, j))
        ]  # fmt: skip
        if words[0] or words[1]:
            found = in_common([it.key for it in words[0]], [it.key for it in words[1]])
            parts.append(Part("", None, None, words[0], words[1], found))
    return parts

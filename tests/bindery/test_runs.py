"""The runs of an issue: parted articles, places and folios, what stays last."""

from hypothesis import given
from hypothesis import strategies as st

from layout.bindery.runs import Placer, Run, kept_last, parted, roman
from layout.ground.problems import Place
from layout.manuscript.issue import Article, Blank, ForeignPages, Section
from layout.manuscript.text import File, Span, Words

HERE = Place("issue.yaml", 1)
TALK = Article(interview=File("talk.yaml", HERE))
LEAF = ForeignPages(pdf=File("leaf.pdf", HERE))
ROMAN = ForeignPages(pdf=File("leaf.pdf", HERE), folio="roman")
HEAD = Section(section=Words((Span("Talks"),), HERE))


def article(count: int, *inside: tuple[int, object, int]) -> Run:
    return Run(TALK, count, inside=tuple((after, Run(part, pages)) for after, part, pages in inside))  # fmt: skip


def shown(runs: list[Run]) -> list[tuple[str, int]]:
    return [(type(run.part).__name__, run.count) for run in runs]


def test_an_article_with_nothing_inside_is_one_run():
    run = article(3)
    assert parted(run) == [run]
    assert run.order == (0, 1, 2)


def test_pages_made_elsewhere_part_it():
    run = article(3, (1, LEAF, 2))
    first, leaf, rest = parted(run)
    assert (first, leaf.part, rest.lead) == (run, LEAF, run)
    assert [it.count for it in (first, leaf, rest)] == [1, 2, 2]
    assert rest.offset == 1


def test_empty_pages_are_among_its_own():
    run = article(2, (1, Blank(blank=2), 2))
    assert parted(run) == [run]
    assert (run.order, run.count) == ((0, None, None, 1), 4)


def test_two_leaves_and_an_empty_page_after_one_page():
    run = article(2, (1, LEAF, 1), (1, LEAF, 1), (1, Blank(blank=1), 1))
    found = parted(run)
    assert shown(found) == [("Article", 1), ("ForeignPages", 1), ("ForeignPages", 1), ("Article", 2)]  # fmt: skip
    assert run.order == (0, None, 1)


kinds = st.sampled_from([LEAF, ROMAN, Blank(blank=1)])


@given(
    st.integers(2, 12),
    st.lists(st.tuples(st.integers(1, 11), kinds, st.integers(1, 4)), max_size=6),
    st.integers(1, 50),
)
def test_places_and_folios_are_those_that_make_up_counts(count, inside, first):
    """What the runs say of an article's pages is what `spots_of` gives them."""
    from layout.makeup.parting import spots_of

    inside = sorted((it for it in inside if it[0] < count), key=lambda it: it[0])
    run, placer = article(count, *inside), Placer(first)
    placer.blank(1)
    for piece in parted(run):
        placer.place(piece)
    own = [place for number, place in zip(run.order, run.places, strict=True) if number is not None]
    spots = spots_of(count, first + 1, placer.recto(1), run.gaps)
    assert [(placer.recto(at), number) for at, number in own] == [(it.recto, it.folio) for it in spots]  # fmt: skip
    pages = [run.at + n for run in placer.runs for n in range(run.count)]
    assert pages == list(range(placer.at))


def test_a_last_part_made_elsewhere_stays_last_with_the_section_that_it_opens():
    talk, head, leaf = Run(TALK, 2), Run(HEAD, 0), Run(LEAF, 1)
    assert kept_last([talk, leaf]) == 1
    assert kept_last([talk, head, leaf]) == 1
    assert kept_last([head, talk, leaf, head]) == 2


def test_nothing_else_does():
    talk, head, leaf = Run(TALK, 2), Run(HEAD, 0), Run(LEAF, 1)
    assert [kept_last(it) for it in ([talk], [leaf, talk], [talk, head], [leaf], [head, leaf])] == [1, 2, 2, 1, 2]  # fmt: skip


def test_roman_numerals():
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1999)] == [
        "i", "iv", "ix", "xiv", "xl", "xc", "cd", "mcmxcix",
    ]  # fmt: skip

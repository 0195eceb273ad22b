"""What a screen reader is told of an issue: a Part for each article, contents with links, leaves in their place."""

from collections.abc import Iterator

import pikepdf
import pytest
from issue_samples import CALENDAR, CONTENTS, FRENCH, HYPHENS
from pikepdf import Array, Dictionary

LONG = {"interview": "one-paragraph.yaml"}
LEAF = {"pdf": "calendar.pdf", "pages": "1", "after": 1}


@pytest.fixture
def tagged(bound, tmp_path):
    """The Document of an issue of given parts, and its file."""
    opened = []

    def make(*parts: dict, **keys):
        bound(*parts, **keys)
        pdf = pikepdf.open(next(tmp_path.glob("*.pdf")))
        opened.append(pdf)
        (document,) = kids(pdf.Root.StructTreeRoot)
        return document, pdf

    yield make
    for pdf in opened:
        pdf.close()


def kids(element) -> list:
    found = element.get("/K", Array())
    return list(found) if isinstance(found, Array) else [found]


def below(element, role: str = "") -> Iterator:
    """The elements below one, in the order of reading, of a role or of any."""
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            if not role or str(kid.S) == role:
                yield kid
            yield from below(kid, role)


def shown(element) -> tuple[str, str, str]:
    return str(element.S), str(element.get("/T", "")), str(element.get("/Lang", ""))


def pages_of(element, pdf) -> list[int]:
    """The pages that the content of an element stands on, in the order of reading."""
    numbers = {page.objgen: n for n, page in enumerate(pdf.pages)}
    found: list[int] = []

    def walk(it) -> None:
        for kid in kids(it):
            if isinstance(kid, int):
                found.append(numbers[it.Pg.objgen])
            elif "/MCID" in kid:
                found.append(numbers[kid.get("/Pg", it.get("/Pg")).objgen])
            elif "/S" in kid:
                walk(kid)

    walk(element)
    return found


def target_of(link, pdf) -> int:
    (note,) = [kid.Obj for kid in kids(link) if isinstance(kid, Dictionary) and "/Obj" in kid]
    return [page.objgen for page in pdf.pages].index(note.Dest[0].objgen)


def test_each_article_is_a_part_with_its_file_and_its_language_if_that_is_another(tagged):
    document, _ = tagged(CONTENTS, HYPHENS, FRENCH)
    assert document.S == "/Document"
    name = str(kids(document)[0].T)
    assert [shown(kid) for kid in kids(document)] == [
        ("/Part", name, ""),
        ("/Part", "why-hyphens.yaml", ""),
        ("/Part", "espace-fine.yaml", "fr"),
    ]


def test_in_an_issue_of_that_language_it_is_not_said_again(tagged):
    document, pdf = tagged(HYPHENS, FRENCH, language="fr")
    assert str(pdf.Root.Lang) == "fr"
    assert [shown(kid)[2] for kid in kids(document)] == ["en", ""]


def test_a_leaf_is_heard_after_the_article_that_it_parts(tagged):
    document, pdf = tagged(CONTENTS, {**LONG, "placed": [LEAF]}, HYPHENS, {**CALENDAR, "pages": "2"})  # fmt: skip
    assert [shown(kid)[1] for kid in kids(document)][1:] == [
        "one-paragraph.yaml", "calendar.pdf", "why-hyphens.yaml", "calendar.pdf",
    ]  # fmt: skip
    article, leaf = kids(document)[1:3]
    assert set(pages_of(leaf, pdf)) == {2}
    assert set(pages_of(article, pdf)) == {1, 3, 4, 5, 6}


def test_every_piece_of_content_is_in_the_tree_once(tagged):
    """All marked content of all pages, and nothing else, leaves cut out of a file and the rest of it included."""
    document, pdf = tagged(CONTENTS, {**LONG, "placed": [LEAF, {"blank": 1, "after": 2}]}, fill={"to": 4})  # fmt: skip
    found = sorted(pages_of(document, pdf))
    wanted = []
    for number, page in enumerate(pdf.pages):
        code = pikepdf.parse_content_stream(page) if "/Contents" in page else []
        wanted += [number for step in code if str(step.operator) == "BDC" and "/MCID" in str(step.operands)]  # fmt: skip
    assert found == wanted


def test_the_lines_that_lead_on_and_back_are_links_between_two_texts(tagged):
    document, pdf = tagged({**LONG, "placed": [LEAF]})
    article = kids(document)[0]
    order = list(below(article))
    on, since = [it for it in order if it.S == "/Link" and leads_inside(it)][:2]
    assert (target_of(on, pdf), target_of(since, pdf)) == (2, 0)
    assert (pages_of(on, pdf), pages_of(since, pdf)) == ([0], [2])
    assert (on.P.S, since.P.S, on.P.P.objgen) == ("/P", "/P", since.P.P.objgen)
    siblings = [kid.objgen for kid in kids(on.P.P)]
    at = siblings.index(on.P.objgen)
    assert siblings[at + 1] == since.P.objgen
    assert set(pages_of(kids(on.P.P)[at - 1], pdf)) == {0, 2}  # a paragraph is read on without them
    following = order[[it.objgen for it in order].index(since.objgen) + 1]
    assert pages_of(following, pdf)[0] == 2


def leads_inside(link) -> bool:
    notes = [kid.Obj for kid in kids(link) if isinstance(kid, Dictionary) and "/Obj" in kid]
    return bool(notes) and "/Dest" in notes[0]


def test_the_contents_are_a_table_of_contents_with_links(tagged):
    document, pdf = tagged(CONTENTS, {"section": "Talks"}, {**LONG, "placed": [LEAF]}, FRENCH, {"section": "More"}, HYPHENS)  # fmt: skip
    first = kids(document)[0]
    assert [str(it.S) for it in kids(first)][-1] == "/TOC"
    toc = kids(first)[-1]
    sections = kids(toc)
    assert [str(it.S) for it in sections] == ["/TOCI", "/TOCI"]
    entries = []
    for section in sections:
        head, inner = kids(section)
        assert (head.S, inner.S) == ("/P", "/TOC")
        entries.append(kids(inner))
    assert [[str(it.S) for it in each] for each in entries] == [["/TOCI", "/TOCI"], ["/TOCI"]]
    assert [str(it.get("/Lang", "")) for each in entries for it in each] == ["", "fr", ""]
    links = list(below(toc, "/Link"))
    assert [link.P.S for link in links] == ["/Reference"] * 3
    assert [target_of(link, pdf) for link in links] == [1, 7, 9]


def test_the_contents_of_many_pages_are_one_table(tagged):
    document, pdf = tagged(CONTENTS, *[HYPHENS] * 60)
    (toc,) = [it for it in kids(kids(document)[0]) if it.S == "/TOC"]
    links = list(below(toc, "/Link"))
    assert len(links) == 60 and len(set(pages_of(toc, pdf))) == 5
    assert [target_of(link, pdf) for link in links] == list(range(5, 65))
    assert pages_of(toc, pdf) == sorted(pages_of(toc, pdf))

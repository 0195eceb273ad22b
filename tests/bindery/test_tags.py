import re
import subprocess
from pathlib import Path

import pytest
from bindery_samples import check, drawn, needs, opened, page, pikepdf, save, saved, simple, stream
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tag_samples import Array, Dictionary, El, Name, String, elements, tagged, tree

from layout.bindery.assemble import Foreign, OwnPages, assemble
from layout.bindery.merge import merge
from layout.ground.problems import Refused


def own(pages: int = 2) -> bytes:
    parts = [El("Part", El("H1", (page, 0)), El("P", (page, 1))) for page in range(pages)]
    return tagged(El("Document", *parts), pages=pages)


def part(*pages: int):
    return [["Part", ["H1", (at, 0)], ["P", (at, 1)]] for at in pages]


def joined(tmp_path, guest: bytes, first: int = 0, count: int | None = None, **options):
    """Our two pages with pages of a guest between."""
    path = save(tmp_path, "guest.pdf", guest)
    parts = [OwnPages(0), Foreign(path, first, count), OwnPages(1)]
    return assemble(own(), parts, **options)


def test_our_own_tags_stand(tmp_path):
    made = assemble(own(), [OwnPages(0, 2)])
    assert tree(made.pdf) == [["Document", *part(0, 1)]]
    assert opened(made.pdf).Root.MarkInfo.Marked
    assert made.notes == ()


def test_own_pages_that_change_places_take_their_tags_along():
    made = assemble(own(3), [OwnPages(2), OwnPages(0)])
    assert tree(made.pdf) == [["Document", *part(1, 0)]]


def test_a_guest_is_a_part_where_its_pages_are(tmp_path):
    guest = tagged(El("Document", El("H1", (0, 0)), El("P", (0, 1), (1, 0))), pages=2)
    made = joined(tmp_path, guest)
    first, last = part(0, 3)
    assert tree(made.pdf) == [
        ["Document", first, ["Part", ["H1", (1, 0)], ["P", (1, 1), (2, 0)]], last]
    ]
    assert made.notes == ()


def test_a_part_bears_the_name_of_its_file_and_another_language(tmp_path):
    for top in (El("Document", El("P", (0, 0))), El("P", (0, 0))):
        for lang, expected in (("fr", "fr"), ("EN", None)):
            made = opened(joined(tmp_path, tagged(top, lang=lang)).pdf)
            (found,) = [each for each in elements(made, "Part") if "/T" in each]
            assert str(found.T) == "guest.pdf"
            assert (str(found.Lang) if "/Lang" in found else None) == expected


def test_what_a_document_says_of_itself_stays(tmp_path):
    top = El("Document", El("P", (0, 0)), T=String("Mine"), Lang=String("de"), Alt=String("A"))
    made = opened(joined(tmp_path, tagged(top, lang="fr")).pdf)
    (found,) = [each for each in elements(made, "Part") if "/T" in each]
    assert [str(found[key]) for key in ("/T", "/Lang", "/Alt")] == ["Mine", "de", "A"]


def test_no_document_stands_in_another(tmp_path):
    two = tagged(
        El("Document", El("P", (0, 0))), El("Doc", El("P", (0, 1))), roles={"Doc": "Document"}
    )
    made = joined(tmp_path, two)
    assert tree(made.pdf)[0][2] == ["Part", ["Part", ["P", (1, 0)]], ["Part", ["P", (1, 1)]]]
    made = merge(save(tmp_path, "two.pdf", two), [])
    assert tree(made.pdf) == [["Document", ["Part", ["P", (0, 0)]], ["Part", ["P", (0, 1)]]]]


def test_kids_without_pages_keep_their_places_and_ours_keep_their_order(tmp_path):
    mine = tagged(
        El("Document", El("P", (2, 0)), El("Sect"), El("P", (0, 0)), El("P", (3, 0))), pages=4
    )
    guest = save(tmp_path, "guest.pdf", tagged(El("L", (0, 0))))
    made = assemble(mine, [OwnPages(0, 3), Foreign(guest), OwnPages(3)])
    guests = ["Part", ["L", (3, 0)]]
    assert tree(made.pdf) == [
        ["Document", ["P", (2, 0)], ["Sect"], ["P", (0, 0)], guests, ["P", (4, 0)]]
    ]


def test_content_of_pages_left_out_goes_with_what_becomes_empty(tmp_path):
    guest = tagged(
        El(
            "Document",
            El("Sect", El("P", (0, 0)), El("Sect", El("P", (0, 1)), El("Sect"))),
            El("P", (0, 2), (1, 0), (2, 0)),
            El("Table", El("TR", El("TD"), El("TD", (1, 1))), El("TR", El("TD"), El("TD", (2, 1)))),
            El("Sect", El("P", (2, 2))),
        ),
        pages=3,
    )
    made = joined(tmp_path, guest, 1, 1)
    table = ["Table", ["TR", ["TD"], ["TD", (1, 1)]]]
    assert tree(made.pdf)[0][2] == ["Part", ["P", (1, 0)], table]


def test_links_left_out_are_no_longer_spoken_of(tmp_path):
    guest = tagged(
        El("Document", El("Link", (0, 0), "link 0"), El("Link", (1, 0), "link 1")),
        pages=2,
        links=[0, 1],
    )
    whole = [["Link", (1, 0), "link on 1"], ["Link", (2, 0), "link on 2"]]
    assert tree(joined(tmp_path, guest).pdf)[0][2] == ["Part", *whole]
    assert tree(joined(tmp_path, guest, 0, 1).pdf)[0][2] == ["Part", whole[0]]
    assert tree(joined(tmp_path, guest, 1, 1).pdf)[0][2] == ["Part", ["Span", (1, 0)]]


def test_pages_used_twice_have_their_own_tags_each(tmp_path):
    path = save(tmp_path, "g.pdf", tagged(El("P", (0, 0), (1, 0)), El("P", (1, 1)), pages=2))
    made = assemble(own(), [Foreign(path), OwnPages(0), Foreign(path, 1), OwnPages(1)])
    first, last = part(2, 4)
    assert tree(made.pdf) == [
        [
            "Document",
            ["Part", ["P", (0, 0), (1, 0)], ["P", (1, 1)]],
            first,
            ["Part", ["P", (3, 0)], ["P", (3, 1)]],
            last,
        ]
    ]


def test_pages_of_one_file_that_stand_apart_are_read_where_they_stand(tmp_path):
    top = El(
        "Document", El("P", (0, 0)), El("Sect"), El("P", (1, 0)), El("P", (0, 1), (1, 1)), ID="d"
    )
    for spec in (top, El("Wrap", top)):
        cover = save(tmp_path, "cover.pdf", tagged(spec, pages=2, lang="fr"))
        made = assemble(own(), [Foreign(cover, 0, 1), OwnPages(0, 2), Foreign(cover, 1)])
        kids = tree(made.pdf)[0]
        if spec is not top:
            assert len(kids) == 4
            continue
        front = ["Part", ["P", (0, 0)], ["Sect"], ["P", (0, 1), (3, 1)]]
        assert kids == ["Document", front, *part(1, 2), ["Part", ["P", (3, 0)]]]
        pdf = opened(made.pdf)
        both = [each for each in elements(pdf, "Part") if "/T" in each]
        assert [(str(each.T), str(each.Lang)) for each in both] == [("cover.pdf", "fr")] * 2
        assert ["/ID" in each for each in both] == [True, False]


@needs("qpdf")
def test_tags_in_forms_and_of_pictures_come_along(tmp_path):
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /StructParents 5 /Resources << >>"
    objects = {
        "o3": b"<< /Type /StructTreeRoot /K [4 0 R 5 0 R] /ParentTree << /Nums [5 [4 0 R] 6 5 0 R] >> >>",
        "o4": b"<< /S /P /P 3 0 R /Pg 10 0 R /K << /Type /MCR /Stm 6 0 R /MCID 0 >> >>",
        "o5": b"<< /S /Figure /P 3 0 R /Alt (A) /Pg 10 0 R /K << /Type /OBJR /Obj 7 0 R >> >>",
        "o6": stream(b"/P << /MCID 0 >> BDC EMC", form),
        "o7": stream(b"0", b"/Subtype /Form /BBox [0 0 9 9] /StructParent 6"),
        "o10": b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 11 0 R /Resources << /XObject << /F 6 0 R /G 7 0 R >> >> >>",
        "o11": stream(b"/F Do /G Do"),
    }
    guest = simple("guest", 1, b"/StructTreeRoot 3 0 R", **objects)
    path = save(tmp_path, "g.pdf", guest)
    made = assemble(own(), [Foreign(path), OwnPages(0), Foreign(path)])
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    forms = [pdf.pages[at].Resources.XObject for at in (0, 2)]
    keys = [int(each.F.StructParents) for each in forms] + [
        int(each.G.StructParent) for each in forms
    ]
    assert len(set(keys)) == 4
    for at, kids in zip((0, 2), (pdf.Root.StructTreeRoot.K[0].K[n].K for n in (0, 2))):
        assert kids[0].K.Stm.objgen == pdf.pages[at].Resources.XObject.F.objgen
        assert kids[1].K.Obj.objgen == pdf.pages[at].Resources.XObject.G.objgen


def role_of(made: bytes, entry: str) -> str:
    """What the element with that alternative text stands for."""
    pdf = opened(made)
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    (found,) = [
        str(each.S)
        for each in pdf.objects
        if isinstance(each, pikepdf.Dictionary) and str(each.get("/Alt", "")) == entry
    ]
    for _ in range(9):
        found = str(roles.get(found, found))
    return found[1:]


def marked(role: str, roles: dict[str, str], entry: str) -> bytes:
    return tagged(El("Document", El(role, (0, 0), Alt=String(entry))), roles=roles)


def test_roles_of_all_files_mean_what_they_meant(tmp_path):
    mine = marked("Speech", {"Speech": "P", "Aside": "Sect"}, "mine")
    guests = [
        marked("Speech", {"Speech": "P"}, "same"),
        marked("Speech", {"Speech": "Talk", "Talk": "P"}, "round about"),
        marked("Speech", {"Speech": "H1"}, "other"),
        marked("Speech", {"Speech": "H1"}, "other again"),
        marked("Speech", {"Speech": "H2", "Speech.1": "H3"}, "third"),
        marked("Speech.1", {"Speech": "H2", "Speech.1": "H3"}, "numbered"),
        marked("Loop", {"Loop": "Pool", "Pool": "Loop"}, "circle"),
        marked("P", {"P": "H4"}, "remapped"),
    ]
    paths = [save(tmp_path, f"{n}.pdf", each) for n, each in enumerate(guests)]
    made = merge(save(tmp_path, "mine.pdf", mine), paths).pdf
    tree(made)
    entries = ("mine", "same", "round about", "other", "other again", "third", "numbered", "circle")
    assert [role_of(made, each) for each in entries] == [
        "P",
        "P",
        "P",
        "H1",
        "H1",
        "H2",
        "H3",
        "Loop",
    ]
    assert role_of(made, "remapped") == "H4"
    pdf = opened(made)
    roles = {str(key): str(kind) for key, kind in pdf.Root.StructTreeRoot.RoleMap.items()}
    assert roles["/Speech"] == "/P"
    assert roles["/Aside"] == "/Sect"
    assert roles["/Speech.1"] == "/H1"


def test_a_standard_role_that_the_first_file_has_another_meaning_for(tmp_path):
    mine = marked("Note", {"Note": "P", "Foot": "Note", "Part": "Sect"}, "mine")
    guest = marked("Note", {}, "guest")
    made = merge(save(tmp_path, "a.pdf", mine), [save(tmp_path, "b.pdf", guest)]).pdf
    assert (role_of(made, "mine"), role_of(made, "guest")) == ("P", "Note")
    pdf = opened(made)
    roles = pdf.Root.StructTreeRoot.RoleMap
    assert "/Note" not in roles
    assert "/Part" not in roles
    assert str(roles[roles.Foot]) == "/P"


def table(identifier: bytes, other: bytes) -> bytes:
    cell = Dictionary(O=Name.Table, Headers=Array([String(identifier), String(other)]), RowSpan=1)
    row = El(
        "TR",
        El("TH", (0, 0), ID=String(identifier)),
        El("TH", (0, 1), ID=String(other), A=Array([Dictionary(O=Name.Table, Scope=Name.Row), 3])),
        El("TD", (0, 2), A=cell, Alt=String("one")),
        El("TD", (0, 3), C=Name.Cell, Alt=String("two")),
        El("TD", (0, 4), C=Array([Name.Cell, 2]), A=Array([cell, 0]), Alt=String("three")),
    )
    return tagged(El("Document", El("Table", row)), root={"ClassMap": Dictionary(Cell=cell)})


def test_identifiers_are_unique_and_headers_follow_them(tmp_path):
    wide = "Ä".encode("utf-16")
    paths = [save(tmp_path, f"{n}.pdf", table(b"a", wide)) for n in range(3)]
    made = merge(paths[0], paths[1:]).pdf
    tree(made)
    pdf = opened(made)
    struct = pdf.Root.StructTreeRoot
    known = dict(pikepdf.NameTree(struct.IDTree).items())
    assert len(known) == 6
    assert {str(each.ID) for each in known.values()} == set(known)
    for table_part in [struct.K[0].K[0], *(each.K[0] for each in list(struct.K[0].K)[1:])]:
        row = table_part.K
        ids = [bytes(row.K[n].ID) for n in range(2)]
        classes = struct.ClassMap
        named = [row.K[2].A, classes[row.K[3].C], classes[row.K[4].C[0]], row.K[4].A[0]]
        assert [[bytes(each) for each in one.Headers] for one in named] == [ids] * 4
        assert [int(one.RowSpan) for one in named] == [1] * 4
        assert int(row.K[4].C[1]) == 2
        assert row.K[1].A[0].Scope == "/Row"


def test_equal_classes_are_one_and_others_are_kept_apart(tmp_path):
    files = []
    for n, colour in enumerate((1, 1, 0)):
        looks = Dictionary(O=Name.Layout, Color=Array([colour, 0, 0]))
        unused = Dictionary(O=Name.Layout)
        element = El("P", (0, 0), C=Name.Red)
        data = tagged(
            El("Document", element), root={"ClassMap": Dictionary(Red=looks, Other=unused)}
        )
        files.append(save(tmp_path, f"{n}.pdf", data))
    made = opened(merge(files[0], files[1:]).pdf)
    assert [str(each.C) for each in elements(made, "P")] == ["/Red", "/Red", "/Red.1"]
    classes = made.Root.StructTreeRoot.ClassMap
    assert sorted(classes.keys()) == ["/Other", "/Red", "/Red.1"]
    assert [int(classes[key].Color[0]) for key in ("/Red", "/Red.1")] == [1, 0]


def test_everything_else_of_an_element_is_copied(tmp_path):
    entries = {
        "Alt": String("alternative"),
        "ActualText": String("actual ü"),
        "E": String("expansion"),
        "T": String("title"),
        "Lang": String("fi"),
        "R": 4,
        "A": Array(
            [Dictionary(O=Name.Layout, BBox=Array([1, 2, 3, 4])), 2, Dictionary(O=Name.List)]
        ),
        "Odd": Dictionary(Deep=Array([1, Dictionary(Deeper=Name.Yes)])),
    }
    guest = tagged(El("Document", El("Figure", (0, 0), **entries)))
    source, made = opened(guest), opened(joined(tmp_path, guest).pdf)
    before, after = elements(source, "Figure")[0], elements(made, "Figure")[0]
    for key in entries:
        old, new = (each.get(f"/{key}") for each in (before, after))
        assert old == new


def test_namespaces_and_references_between_elements_come_along(tmp_path):
    pdf = opened(
        tagged(El("Document", El("P", (0, 0)), El("Note", (0, 1)), El("P", (1, 0))), pages=2)
    )
    space = pdf.make_indirect(Dictionary(NS=String("http://iso.org/pdf2/ssn")))
    struct = pdf.Root.StructTreeRoot
    struct.Namespaces = Array([space])
    kids = struct.K[0].K
    kids[0].NS, kids[0].Ref = space, Array([kids[1], kids[2]])
    made = opened(joined(tmp_path, saved(pdf), 0, 1).pdf)
    guest = made.Root.StructTreeRoot.K[0].K[1]
    assert [each.objgen for each in guest.K[0].Ref] == [guest.K[1].objgen]
    assert guest.K[0].NS.objgen == made.Root.StructTreeRoot.Namespaces[0].objgen


def test_a_destination_in_the_structure_leads_to_the_copy_or_goes(tmp_path):
    pdf = opened(tagged(El("Document", El("P", (0, 0)), El("P", (1, 0))), pages=2, links=[0]))
    kids = pdf.Root.StructTreeRoot.K[0].K
    link = pdf.pages[0].Annots[0]
    link.A = Dictionary(S=Name.GoTo, D=link.Dest, SD=Array([kids[1], Name.Fit]))
    del link.Dest
    path = save(tmp_path, "g.pdf", saved(pdf))
    whole = opened(assemble(own(), [OwnPages(0), Foreign(path)]).pdf)
    target = whole.Root.StructTreeRoot.K[0].K[1].K[1]
    assert whole.pages[1].Annots[0].A.SD[0].objgen == target.objgen
    first = opened(assemble(own(), [OwnPages(0), Foreign(path, 0, 1)]).pdf)
    assert "/SD" not in first.pages[1].Annots[0].A


def messages(made) -> list[str]:
    return [problem.message for problem in made.notes]


def test_a_guest_without_tags_is_named(tmp_path):
    made = joined(tmp_path, drawn("guest"))
    assert tree(made.pdf) == [["Document", *part(0, 3)]]
    assert messages(made) == ["guest.pdf is not tagged: its pages say nothing to a screen reader"]
    assert made.notes[0].hint == "export it again as tagged PDF (PDF/UA)"
    assert opened(made.pdf).Root.MarkInfo.Marked


def test_a_tagged_reprint_in_a_host_without_tags(tmp_path):
    host = save(tmp_path, "host.pdf", drawn("host"))
    reprint = save(tmp_path, "a.pdf", tagged(El("Document", El("P", (0, 0)))))
    made = merge(host, [reprint], before=2)
    assert tree(made.pdf) == [["Document", ["Part", ["P", (1, 0)]]]]
    assert opened(made.pdf).Root.MarkInfo.Marked
    assert messages(made) == ["host.pdf is not tagged: its pages say nothing to a screen reader"]
    made = merge(reprint, [host])
    assert tree(made.pdf) == [["Document", ["P", (0, 0)]]]
    assert messages(made) == ["host.pdf is not tagged: its pages say nothing to a screen reader"]


def test_files_without_tags_stay_without(tmp_path):
    made = merge(save(tmp_path, "a.pdf", drawn("a")), [save(tmp_path, "b.pdf", drawn("b"))])
    assert b"Struct" not in made.pdf
    assert b"MarkInfo" not in made.pdf
    assert made.notes == ()


def test_tags_that_cannot_come_are_named(tmp_path):
    pdf = opened(tagged(El("Document", El("P", (0, 0)))))
    for broken in (Array([Dictionary(K=0)]), Dictionary(S=Name.P, K=0), Array([5])):
        pdf.Root.StructTreeRoot.K = broken
        made = joined(tmp_path, saved(pdf))
        assert messages(made) == ["the tags of guest.pdf are left out"]
        assert tree(made.pdf) == [["Document", *part(0, 2)]]


def test_blank_pages_of_a_tagged_file_lose_nothing(tmp_path):
    guest = tagged(El("Document", El("P", (0, 0))), pages=2)
    assert messages(joined(tmp_path, guest, 1, 1)) == []
    assert messages(joined(tmp_path, tagged(El("Document", El("Sect"))))) == []


def test_suspects_are_not_forgotten(tmp_path):
    pdf = opened(tagged(El("P", (0, 0))))
    pdf.Root.MarkInfo = Dictionary(Marked=True, Suspects=True, UserProperties=False)
    made = opened(joined(tmp_path, saved(pdf)).pdf)
    assert dict(made.Root.MarkInfo) == {"/Marked": True, "/Suspects": True}


def damaged(kids: bytes, **objects: bytes) -> bytes:
    """A page whose tree is hand-written: root 3, elements from 4 on."""
    root = b"<< /Type /StructTreeRoot /K %s >>" % kids
    content = stream(b"/P <</MCID 0>> BDC EMC /P <</MCID 1>> BDC EMC")
    defaults = {
        "o3": root,
        "o10": page(11, b"/MediaBox [0 0 9 9] /StructParents 0"),
        "o11": content,
    }
    return simple("guest", 1, b"/StructTreeRoot 3 0 R", **(defaults | objects))


@pytest.mark.parametrize(
    ("kids", "objects", "expected"),
    [
        # a circle
        (b"4 0 R", {"o4": b"<</S/P/P 3 0 R/Pg 10 0 R/K[0 5 0 R]>>", "o5": b"<</S/P/K[4 0 R 5 0 R]>>"}, [["P", (1, 0)]]),
        # two parents
        (b"[4 0 R 5 0 R 4 0 R]", {"o4": b"<</S/P/Pg 10 0 R/K 0>>", "o5": b"<</S/Div/Pg 10 0 R/K[4 0 R 1]>>"}, [["P", (1, 0)], ["Div", (1, 1)]]),
        # no /P, and no array of parents
        (b"4 0 R", {"o4": b"<</S/P/Pg 10 0 R/K[0 1]>>"}, [["P", (1, 0), (1, 1)]]),
        # /Pg that dangles, that is no page, that the element above has
        (b"[4 0 R 5 0 R 6 0 R]", {"o4": b"<</S/P/Pg 99 0 R/K 0>>", "o5": b"<</S/P/Pg 3 0 R/K 0>>", "o6": b"<</S/Div/Pg 10 0 R/K<</S/P/K 1>>>>"}, [["Div", ["P", (1, 1)]]]),
        # the same content twice
        (b"[4 0 R 5 0 R]", {"o4": b"<</S/P/Pg 10 0 R/K 0>>", "o5": b"<</S/P/Pg 10 0 R/K[0 1]>>"}, [["P", (1, 0)], ["P", (1, 1)]]),
        # numbers and kids that are none
        (b"4 0 R", {"o4": b"<</S/P/Pg 10 0 R/K[-1 99999999999 0 null (a) /B [1] <</Type/OBJR/Obj 98 0 R>> <</Type/OBJR/Obj 3 0 R>> <</MCID/X>> <<>>]>>"}, [["P", (1, 0)]]),
        # a role that is no name, a stream for an element
        (b"[4 0 R 11 0 R]", {"o4": b"<</S(P)/Pg 10 0 R/K 0>>"}, [["NonStruct", (1, 0)]]),
    ],
)  # fmt: skip
@needs("qpdf")
def test_damaged_trees_end_and_keep_what_is_sound(kids, objects, expected, tmp_path):
    made = joined(tmp_path, damaged(kids, **objects))
    check(made.pdf, tmp_path)
    assert tree(made.pdf) == [["Document", part(0)[0], ["Part", *expected], part(2)[0]]]


def test_a_deep_tree(tmp_path):
    top = El("P", (0, 0))
    for _ in range(5000):
        top = El("Div", top)
    made = joined(tmp_path, tagged(El("Document", top)))
    kid, depth = tree(made.pdf)[0][2][1], 0
    while kid[0] == "Div":
        kid, depth = kid[1], depth + 1
    assert (kid, depth) == (["P", (1, 0)], 5000)


def test_many_elements_take_linear_time(tmp_path, monkeypatch):
    from layout.bindery.foreign import Opened

    resolve, calls = Opened.resolve, []
    monkeypatch.setattr(
        Opened, "resolve", lambda self, value: calls.append(1) or resolve(self, value)
    )
    counts = []
    for size in (100, 200, 400):
        rows = [
            El("Sect", *[El("P", (page, n), ID=String(f"{page}.{n}")) for n in range(5)])
            for page in range(size)
        ]
        path = save(tmp_path, f"{size}.pdf", tagged(El("Document", *rows), pages=size))
        calls.clear()
        made = merge(path, [path])
        counts.append(len(calls))
    assert len(opened(made.pdf).pages) == 800
    assert len(tree(made.pdf)[0]) == 402
    assert counts[2] - counts[1] <= 2.1 * (counts[1] - counts[0])


def test_the_same_files_give_the_same_bytes(tmp_path):
    guest = table(b"a", b"b")
    assert joined(tmp_path, guest).pdf == joined(tmp_path, guest).pdf


PROFILE = b"acsp of a profile" * 9


def claiming(data: bytes, profile: bytes | None = PROFILE, subtype: str = "/GTS_PDFA1") -> bytes:
    """The same file with a claim to PDF/A and an output intent."""
    pdf = opened(data)
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<r:Description r:about="" xmlns:a="http://www.aiim.org/pdfa/ns/id/" a:part="3"/></r:RDF></x:xmpmeta>'
    )
    pdf.Root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    if profile is not None:
        intent = Dictionary(Type=Name.OutputIntent, S=Name(subtype), OutputConditionIdentifier="x")
        intent.DestOutputProfile = pdf.make_stream(profile, N=3)
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    return saved(pdf)


def metadata(data: bytes) -> bytes:
    pdf = opened(data)
    return pdf.Root.Metadata.read_raw_bytes()


def test_claims_are_withdrawn_or_kept_as_the_caller_says(tmp_path):
    guest = save(tmp_path, "guest.pdf", claiming(tagged(El("P", (0, 0)))))
    parts = [OwnPages(0, 2), Foreign(guest)]
    mine = claiming(own())
    withdrawn, kept = assemble(mine, parts), assemble(mine, parts, keep_claims=True)
    assert messages(withdrawn) == ["our own pages claims PDF/A; the new file does not"]
    assert b"a:part" in metadata(mine)
    assert b"a:part" not in metadata(withdrawn.pdf)
    assert messages(kept) == []
    assert metadata(kept.pdf) == metadata(mine)
    assert metadata(merge(guest, [guest], keep_claims=True).pdf) == metadata(mine)


@pytest.mark.parametrize(
    ("profile", "subtype", "plain", "kept"),
    [
        (PROFILE, "/GTS_PDFA1", (1, []), (1, [])),
        (b"other", "/GTS_PDFA1", (0, ["the output intent of our own pages cannot hold for all pages: left out"]),
         (1, ["the output intent of guest.pdf is not that of the new file: left out"])),
        (PROFILE, "/GTS_PDFX", (0, ["the output intent of our own pages cannot hold for all pages: left out"]), (1, [])),
        (None, "", (0, ["the output intent of our own pages cannot hold for all pages: left out"]), (1, [])),
    ],
)  # fmt: skip
def test_an_output_intent_stays_if_it_is_that_of_all(profile, subtype, plain, kept, tmp_path):
    guest = save(tmp_path, "guest.pdf", claiming(tagged(El("P", (0, 0))), profile, subtype))
    for keep_claims, (count, said) in ((False, plain), (True, kept)):
        made = assemble(claiming(own()), [OwnPages(0), Foreign(guest)], keep_claims=keep_claims)
        pdf = opened(made.pdf)
        intents = pdf.Root.get("/OutputIntents", [])
        assert [bytes(each.DestOutputProfile.read_bytes()) for each in intents] == [PROFILE] * count
        assert [each for each in messages(made) if "intent" in each] == said


def attached(data: bytes, content: bytes) -> bytes:
    pdf = opened(data)
    pdf.attachments["source.yaml"] = content
    pdf.Root.AF = Array([pdf.attachments["source.yaml"].obj])
    return saved(pdf)


def test_associated_files_of_all_come_once_under_names_of_their_own(tmp_path):
    guest = save(tmp_path, "guest.pdf", attached(tagged(El("P", (0, 0))), b"guest"))
    parts = [Foreign(guest), OwnPages(0, 2), Foreign(guest)]
    pdf = opened(assemble(attached(own(), b"mine"), parts).pdf)
    found = {name: pdf.attachments[name] for name in pdf.attachments}
    assert {name: each.get_file().read_bytes() for name, each in found.items()} == {
        "source.yaml": b"mine",
        "guest.source.yaml": b"guest",
    }
    assert sorted(each.objgen for each in pdf.Root.AF) == sorted(
        each.obj.objgen for each in found.values()
    )


def test_a_folio_laid_over_is_an_artifact_and_has_no_tags(tmp_path):
    guest = save(tmp_path, "guest.pdf", tagged(El("P", (0, 0))))
    made = assemble(own(), [OwnPages(0), Foreign(guest, overlays=(1,))])
    assert tree(made.pdf) == [["Document", *part(0), ["Part", ["P", (1, 0)]]]]
    pdf = opened(made.pdf)
    page = pdf.pages[1]
    after = page.Contents[-1].read_bytes()
    assert after.split(b"/Artifact")[1] == b" BMC q 1 0 0 1 0 0 cm /Folio0 Do Q EMC\n"
    assert "/StructParents" not in page.Resources.XObject.Folio0


@needs("pdfinfo")
def test_poppler_reads_the_text_of_all_in_order(tmp_path):
    guest = tagged(El("Document", El("H1", (0, 0)), El("P", (0, 1), (1, 0))), pages=2)
    path = Path(save(tmp_path, "made.pdf", joined(tmp_path, guest).pdf))
    shown = subprocess.run(
        ["pdfinfo", "-struct-text", path], capture_output=True, check=True, text=True
    )
    found = re.findall(r'"([^"]+?) ?"|^ *([A-Z]\w*)', shown.stdout, re.MULTILINE)
    assert [text or role for text, role in found] == [
        *["Document", "Part", "H1", "0.0", "P", "0.1"],
        *["Part", "guest.pdf", "H1", "0.0", "P", "0.1", "1.0"],
        *["Part", "H1", "1.0", "P", "1.1"],
    ]


PAGES = 4
content = st.integers(0, PAGES - 1)
nodes = st.recursive(
    st.lists(content, max_size=3),
    lambda inner: st.lists(st.one_of(content, inner), max_size=4),
    max_leaves=25,
)


def numbered(kids, counts: list[int]) -> El:
    made = []
    for kid in kids:
        if isinstance(kid, int):
            made.append((kid, counts[kid]))
            counts[kid] += 1
        else:
            made.append(numbered(kid, counts))
    return El("Div", *made)


def pruned(element: El, places: dict[int, int]):
    """The element as lists with the content of some pages, None if it lost all it had; whether any is left."""
    made, is_live, is_lost = ["Div"], False, False
    for kid in element.kids:
        if isinstance(kid, El):
            below, lives = pruned(kid, places)
            is_live |= lives
            is_lost |= below is None
            made += [] if below is None else [below]
        elif kid[0] in places:
            made.append((places[kid[0]], kid[1]))
            is_live = True
        else:
            is_lost = True
    return (None if is_lost and not is_live else made), is_live


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    specs=st.lists(nodes, min_size=1, max_size=4),
    first=st.integers(0, PAGES - 1),
    count=st.integers(1, PAGES),
    twice=st.booleans(),
)
def test_any_tree_and_any_pages(specs, first, count, twice, tmp_path):
    counts = [0] * PAGES
    tops = [numbered(spec, counts) for spec in specs]
    guest = save(tmp_path, "guest.pdf", tagged(El("Document", *tops), pages=PAGES))
    count = min(count, PAGES - first)
    parts = [OwnPages(0), Foreign(guest, first, count), OwnPages(1)]
    parts += [Foreign(guest, first, count)] if twice else []
    expected = ["Document", *part(0)]
    for start, after in ((1, part(1 + count)), (2 + count, [])):
        found = [pruned(top, {first + n: start + n for n in range(count)}) for top in tops]
        if any(lives for _, lives in found) and (start == 1 or twice):
            expected.append(["Part", *[each for each, _ in found if each is not None]])
        expected += after
    assert tree(assemble(own(), parts).pdf) == [expected]


@settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_references_gone_astray_leave_a_sound_tree_or_a_refusal(data, tmp_path):
    link = El("Link", (0, 0), "link 0")
    sound = El("Document", El("Sect", link, El("P", (0, 1), (1, 0))), El("Q", (1, 1)))
    whole = bytearray(tagged(sound, pages=2, links=[0, 1], roles={"Q": "P"}))
    for _ in range(data.draw(st.integers(1, 6))):
        found = data.draw(st.sampled_from(list(re.finditer(rb"\b\d+(?= 0 R)", whole))))
        width = found.end() - found.start()
        other = data.draw(st.integers(1, 10**width - 1))
        whole[found.start() : found.end()] = b"%0*d" % (width, other)
    path = save(tmp_path, "guest.pdf", bytes(whole))
    try:
        made = merge(path, [path])
    except Refused:
        return
    pdf = opened(made.pdf)
    if "/StructTreeRoot" in pdf.Root:
        tree(made.pdf)

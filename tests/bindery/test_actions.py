"""Nothing that runs comes from one file into another; all else that an action does comes."""

import pytest
from bindery_samples import by_name, check, drawn, links, needs, opened, pikepdf, save, simple
from form_samples import (
    Array,
    Dictionary,
    Name,
    String,
    annotation,
    changed,
    form,
    put_between,
    seen,
    told,
)

from layout.bindery.assemble import Foreign, OwnPages, assemble
from layout.bindery.merge import merge

pytestmark = [needs("qpdf"), needs("mutool")]

RUNNING = (b"/JavaScript", b"/Launch", b"/SubmitForm", b"/ImportData", b"/Rendition", b"/Movie", b"/Sound",
           b"/RichMediaExecute", b"/GoTo3DView")  # fmt: skip
WORDS = {
    "JavaScript": "1 script of {} was taken out",
    "Launch": "1 action of {} that would start a program was taken out",
    "SubmitForm": "1 action of {} that would send data was taken out",
    "ImportData": "1 action of {} that would fetch data was taken out",
    "Rendition": "1 action of {} that would play media was taken out",
    "Movie": "1 action of {} that would play media was taken out",
    "Sound": "1 action of {} that would play media was taken out",
    "RichMediaExecute": "1 action of {} that would play media was taken out",
    "GoTo3DView": "1 action of {} that would play media was taken out",
}


def unpacked(pdf: bytes) -> bytes:
    """All objects as they are written, without object streams."""
    from bindery_samples import saved

    return saved(opened(pdf), object_stream_mode=pikepdf.ObjectStreamMode.disable)


def is_quiet(pdf: bytes) -> bool:
    """Nothing in the file has a type of an action that runs, or holds a script or a medium."""
    plain = unpacked(pdf)
    words = (b"/JavaScript", b"/JS ", b"/Launch", b"/SubmitForm", b"/ImportData", b"/Rendition", b"/RichMedia",
             b"/S /Movie", b"/S /Sound", b"/GoTo3DView", b"/Subtype /Screen", b"/Subtype /3D")  # fmt: skip
    return not any(word in plain for word in words)


def script(**entries):
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)", **entries)


def joined(folder, guest: bytes, host: bytes = b""):
    host = host or drawn("host", links=False)
    made = merge(save(folder, "host.pdf", host), [save(folder, "guest.pdf", guest)])
    check(made.pdf, folder)
    return made


def with_link(action) -> bytes:
    """A page with a link that does what `action` makes of the PDF."""

    def add(pdf) -> None:
        annotation(pdf, "Link", AP=None, A=action(pdf))

    return changed(drawn("guest", 1, links=False), add)


@pytest.mark.parametrize("kind", WORDS)
def test_actions_that_run_are_taken_out_and_told(kind, tmp_path):
    guest = with_link(lambda _: Dictionary(S=Name(f"/{kind}"), F="a.exe", JS="1"))
    made = joined(tmp_path, guest)
    pdf = opened(made.pdf)
    (link,) = pdf.pages[2].Annots
    assert "/A" not in link
    assert is_quiet(made.pdf)
    assert not is_quiet(guest) or kind in ("Movie", "Sound", "GoTo3DView")
    assert told(made) == [WORDS[kind].format("guest.pdf") + " (page 1)"]
    assert made.notes[0].severity == "warning"


KEPT = [
    {"S": "/URI", "URI": "https://example.org/"},
    {"S": "/GoToR", "F": "other.pdf", "D": [0, "/Fit"]},
    {"S": "/GoToE", "D": "chapter", "T": {"R": "/C", "N": "inner.pdf"}},
    {"S": "/Named", "N": "/NextPage"},
    {"S": "/Hide", "T": "who"},
    {"S": "/ResetForm"},
    {"S": "/SetOCGState", "State": []},
    {"S": "/Trans", "Trans": {"S": "/Split"}},
]


def value_of(plain):
    if isinstance(plain, dict):
        return Dictionary({f"/{key}": value_of(each) for key, each in plain.items()})
    if isinstance(plain, list):
        return Array([value_of(each) for each in plain])
    return Name(plain) if isinstance(plain, str) and plain.startswith("/") else plain


@pytest.mark.parametrize("action", KEPT, ids=lambda action: action["S"])
def test_actions_that_do_not_run_stay_as_they_are(action, tmp_path):
    made = joined(tmp_path, with_link(lambda _: value_of(action)))
    pdf = opened(made.pdf)
    assert value_of(action) == pdf.pages[2].Annots[0].A
    assert made.notes == ()


@pytest.mark.parametrize(
    ("address", "is_script"),
    [
        ("javascript:alert(1)", True),
        (" JavaScript:alert(1)", True),
        ("java\nscript:alert(1)", True),
        ("vbscript:x", True),
        ("https://example.org/?javascript:", False),
        ("mailto:a@example.org", False),
    ],
)
def test_a_script_as_an_address(address, is_script, tmp_path):
    made = joined(tmp_path, with_link(lambda _: Dictionary(S=Name.URI, URI=address)))
    pdf = opened(made.pdf)
    assert ("/A" in pdf.pages[2].Annots[0]) is not is_script
    assert told(made) == (["1 script of guest.pdf was taken out (page 1)"] if is_script else [])


def kinds(action) -> list[str]:
    """The types of a chain in the order in which they are performed (12.6.2)."""
    following = action.get("/Next", Array())
    rest = following if isinstance(following, pikepdf.Array) else [following]
    return [str(action.S), *(kind for each in rest for kind in kinds(each))]


def test_what_stands_before_and_behind_a_script_in_a_chain_stays(tmp_path):
    def chain(pdf):
        page = pdf.pages[0].obj
        last = Dictionary(S=Name.Named, N=Name.NextPage, Next=script())
        goto = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]), Next=Array([script(), last]))
        address = Dictionary(S=Name.URI, URI="https://example.org", Next=goto)
        return pdf.make_indirect(script(Next=pdf.make_indirect(address)))

    made = joined(tmp_path, with_link(chain))
    pdf = opened(made.pdf)
    action = pdf.pages[2].Annots[0].A
    assert kinds(action) == ["/URI", "/GoTo", "/Named"]
    assert action.Next[0].D[0].objgen == pdf.pages[2].obj.objgen
    assert is_quiet(made.pdf)
    assert told(made) == ["3 scripts of guest.pdf were taken out (page 1)"]


def test_a_chain_without_scripts_is_not_touched(tmp_path):
    def chain(pdf):
        third = pdf.make_indirect(Dictionary(S=Name.Named, N=Name.NextPage))
        second = Dictionary(S=Name.URI, URI="https://example.org", Next=third)
        return Dictionary(S=Name.Named, N=Name.LastPage, Next=Array([second, third]))

    made = joined(tmp_path, with_link(chain))
    pdf = opened(made.pdf)
    action = pdf.pages[2].Annots[0].A
    assert kinds(action) == ["/Named", "/URI", "/Named", "/Named"]
    assert action.Next[1].objgen == action.Next[0].Next.objgen


@pytest.mark.parametrize("kind", [b"/Named/N/NextPage", b"/JavaScript/JS(1)"])
def test_a_chain_that_runs_in_a_circle_ends(kind, tmp_path):
    guest = simple(
        "guest",
        1,
        o3=b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A 4 0 R>>",
        o4=b"<</S/URI/URI(https://example.org)/Next 5 0 R>>",
        o5=b"<</S%s/Next 4 0 R>>" % kind,
    ).replace(b"/MediaBox", b"/Annots[3 0 R]/MediaBox")
    made = joined(tmp_path, guest)
    pdf = opened(made.pdf)
    assert pdf.pages[2].Annots[0].A.S == "/URI"
    assert is_quiet(made.pdf)


def test_scripts_of_catalogue_pages_fields_and_outline(tmp_path):
    def everywhere(pdf) -> None:
        root, page = pdf.Root, pdf.pages[1].obj
        tree = pikepdf.NameTree.new(pdf)
        tree["one"], tree["two"] = pdf.make_indirect(script()), pdf.make_indirect(script())
        root.Names = Dictionary(JavaScript=tree.obj)
        root.OpenAction, root.AA = script(), Dictionary(WC=script(), DS=script())
        page.AA = Dictionary(O=script(), C=Dictionary(S=Name.Named, N=Name.NextPage))
        field = root.AcroForm.Fields[0]
        field.AA = Dictionary(K=script(), F=script())
        field.A = script()
        entry = pdf.make_indirect(Dictionary(Title="Entry", A=script()))
        root.Outlines = pdf.make_indirect(Dictionary(First=entry, Last=entry, Count=1))
        entry.Parent = root.Outlines

    noisy = changed(form(pages=2), everywhere)
    made = joined(tmp_path, noisy, noisy)
    pdf = opened(made.pdf)
    assert is_quiet(made.pdf)
    assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
    assert "/JavaScript" not in pdf.Root.get("/Names", {})
    for page in (1, 3):
        assert list(pdf.pages[page].AA.keys()) == ["/C"]
    assert [each for each in told(made) if "script" in each] == [
        "10 scripts of host.pdf were taken out (pages 1, 2)",
        "10 scripts of guest.pdf were taken out (pages 1, 2)",
    ]


def test_an_open_action_of_the_host_that_leads_to_a_page_stays(tmp_path):
    def start(pdf) -> None:
        goal = Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit]))
        pdf.Root.OpenAction = script(Next=goal)

    made = joined(tmp_path, drawn("guest"), changed(drawn("host", links=False), start))
    pdf = opened(made.pdf)
    assert pdf.Root.OpenAction.D[0].objgen == pdf.pages[1].obj.objgen
    assert is_quiet(made.pdf)


def test_links_of_all_kinds_still_lead_where_they_led(tmp_path):
    guest = by_name(drawn("guest", 3))
    made = joined(tmp_path, guest, by_name(drawn("host", 2)))
    assert links(made.pdf)[2:] == [
        [None if goal is None else goal + 2 if isinstance(goal, int) else goal for goal in page]
        for page in links(guest)
    ]


def test_an_address_has_the_base_of_its_file(tmp_path):
    def based(pdf) -> None:
        pdf.Root.URI = Dictionary(Base="https://example.org/a/")

    for address, whole in (
        ("b.html", b"https://example.org/a/b.html"),
        ("http://other.org", b"http://other.org"),
    ):
        guest = with_link(lambda _, said=address: Dictionary(S=Name.URI, URI=said))
        made = joined(tmp_path, changed(guest, based))
        pdf = opened(made.pdf)
        assert bytes(pdf.pages[2].Annots[0].A.URI) == whole


# --- media ---

MEDIA = ("Screen", "Movie", "Sound", "3D", "RichMedia")


def medium(kind: str, **entries) -> bytes:
    def add(pdf) -> None:
        payload = pdf.make_stream(b"FILM" * 100)
        content = {"Movie": Dictionary(F=payload), "Sound": payload, "3DD": payload}
        made = annotation(pdf, kind, **entries)
        for key, value in content.items():
            made[f"/{key}"] = value
        rendition = Dictionary(S=Name.MR, C=Dictionary(D=payload))
        made.A = Dictionary(S=Name.Rendition, R=rendition, AN=made, OP=0)
        popup = annotation(pdf, "Popup", AP=None, Parent=made)
        made.Popup = popup
        tree = pikepdf.NameTree.new(pdf)
        tree["film"] = pdf.make_indirect(rendition)
        pdf.Root.Names = Dictionary(Renditions=tree.obj)

    return changed(drawn("guest", 1, links=False), add)


@pytest.mark.parametrize("kind", MEDIA)
def test_media_go_and_their_picture_stays(kind, tmp_path):
    made = joined(tmp_path, medium(kind))
    pdf = opened(made.pdf)
    assert len(pdf.pages[2].get("/Annots", [])) == 0
    assert b"FILM" not in unpacked(made.pdf)
    assert is_quiet(made.pdf)
    # The stamp stands where the film stood.
    assert seen(made.pdf, tmp_path, 3) == seen(medium("Stamp"), tmp_path)
    assert told(made) == ["2 embedded media of guest.pdf were taken out (page 1)"]


@pytest.mark.parametrize("entries", [{"AP": None}, {"F": 2}, {"F": 32}])
def test_media_without_a_picture_leave_none(entries, tmp_path):
    made = joined(tmp_path, medium("Screen", **entries))
    pdf = opened(made.pdf)
    assert "/XObject" not in pdf.pages[2].Resources
    assert len(pdf.pages[2].get("/Annots", [])) == 0


def test_attachments_stay_also_those_on_pages(tmp_path):
    def attach(pdf) -> None:
        pdf.attachments["data.csv"] = b"1,2"
        spec = pdf.attachments["data.csv"].obj
        annotation(pdf, "FileAttachment", FS=spec)

    made = joined(tmp_path, changed(drawn("guest", 1, links=False), attach))
    pdf = opened(made.pdf)
    assert pdf.attachments["data.csv"].get_file().read_bytes() == b"1,2"
    stream = pdf.pages[2].Annots[0].FS.EF.F
    assert stream.read_bytes() == b"1,2"
    assert made.notes == ()


def test_media_of_the_host_go_as_well(tmp_path):
    made = joined(tmp_path, drawn("guest"), medium("Screen"))
    assert is_quiet(made.pdf)
    assert told(made) == ["2 embedded media of host.pdf were taken out (page 1)"]


def test_media_on_pages_left_out_do_not_come_by_a_reference(tmp_path):
    def refer(pdf) -> None:
        pdf.add_blank_page()
        film = pdf.pages[0].Annots[0]
        hide = Dictionary(S=Name.Hide, T=film)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=hide)
        pdf.pages[1].obj.Annots = Array([pdf.make_indirect(link)])

    guest = changed(medium("RichMedia"), refer)
    made = put_between(save(tmp_path, "guest.pdf", guest), first=1, count=1)
    assert b"FILM" not in unpacked(made.pdf)


# --- how it is told ---


def test_the_pages_are_told(tmp_path):
    def everywhere(pdf) -> None:
        for page in pdf.pages:
            page.obj.AA = Dictionary(O=script())

    guest = changed(drawn("guest", 12, links=False), everywhere)
    made = joined(tmp_path, guest)
    assert told(made) == [
        "12 scripts of guest.pdf were taken out (pages 1, 2, 3, 4, 5, 6, 7, 8 and 4 more)"
    ]


def test_one_action_of_many_counts_once_and_so_do_pages_used_twice(tmp_path):
    def shared(pdf) -> None:
        one = pdf.make_indirect(script())
        for _ in range(3):
            annotation(pdf, "Link", AP=None, A=one)

    path = save(tmp_path, "guest.pdf", changed(drawn("guest", 1, links=False), shared))
    made = assemble(drawn("own", 1, links=False), [OwnPages(0), Foreign(path), Foreign(path)])
    assert told(made) == ["1 script of guest.pdf was taken out (page 1)"]


def test_long_chains_take_linear_time(tmp_path):
    import time

    def chain(count: int) -> float:
        numbers = range(100, 100 + count)
        links = {f"o{n}": b"<</S/URI/URI(http://a)/Next %d 0 R>>" % (n + 1) for n in numbers}
        links[f"o{100 + count}"] = b"<</S/URI/URI(http://a)>>"
        notes = b"[%s]" % b" ".join(
            b"<</Subtype/Link/Rect[0 0 9 9]/A %d 0 R>>" % n for n in numbers
        )
        guest = simple("guest", 1, o3=notes, **links).replace(
            b"/MediaBox", b"/Annots 3 0 R/MediaBox"
        )
        path = save(tmp_path, "chain.pdf", guest)
        start = time.process_time()
        merge(path, [path])
        return time.process_time() - start

    chain(100)
    assert chain(2400) < 12 * max(chain(600), 0.01)


def test_the_same_files_give_the_same_bytes(tmp_path):
    paths = [save(tmp_path, f"{kind}.pdf", medium(kind)) for kind in MEDIA]
    assert merge(paths[0], paths[1:]).pdf == merge(paths[0], paths[1:]).pdf


def test_a_script_in_a_place_that_is_none_for_actions(tmp_path):
    def hide(pdf) -> None:
        pdf.pages[0].obj.PieceInfo = Dictionary(Odd=pdf.make_indirect(script()), Other=script())

    made = joined(tmp_path, changed(drawn("guest", 1, links=False), hide))
    assert is_quiet(made.pdf)
    assert told(made) == ["2 scripts of guest.pdf were taken out (page 1)"]


def test_text_that_names_a_script_is_text(tmp_path):
    """The negative control: only actions are looked at."""
    made = joined(tmp_path, changed(drawn("guest", 1, links=False), lambda pdf: annotation(
        pdf, "Stamp", Contents=String("/JavaScript"))))  # fmt: skip
    pdf = opened(made.pdf)
    assert str(pdf.pages[2].Annots[0].Contents) == "/JavaScript"
    assert made.notes == ()

"""Everything that a page and a catalogue may hold: kept, or told."""

import pytest
from bindery_samples import check, drawn, needs, opened, pikepdf, save, simple
from form_samples import Array, Dictionary, Name, String, annotation, changed, put_between, told

from layout.bindery.merge import merge

pytestmark = needs("qpdf")

BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
PAGE = {
    **{key: [n, n, 595 - n, 842 - n] for n, key in enumerate(BOXES)},
    "Rotate": 90,
    "UserUnit": 1.5,
    "Tabs": "/S",
    "Dur": 3,
    "Group": {"S": "/Transparency", "CS": "/DeviceRGB", "I": True},
    "Trans": {"S": "/Wipe", "D": 2, "Di": 90},
    "PieceInfo": {"Maker": {"LastModified": "D:2026", "Private": {"A": 1}}},
    "LastModified": "D:2026",
    "SeparationInfo": {"DeviceColorant": "Cyan"},
    "VP": [{"BBox": [0, 0, 9, 9], "Name": "map"}],
    "BoxColorInfo": {"TrimBox": {"C": [1, 0, 0]}},
}


def value_of(plain):
    if isinstance(plain, dict):
        return Dictionary({f"/{key}": value_of(each) for key, each in plain.items()})
    if isinstance(plain, list):
        return Array([value_of(each) for each in plain])
    return Name(plain) if isinstance(plain, str) and plain.startswith("/") else plain


def shown(value):
    """A value as plain Python, whatever objects it is made of."""
    if isinstance(value, pikepdf.Dictionary):
        return {key: shown(each) for key, each in value.items()}
    if isinstance(value, pikepdf.Array):
        return [shown(each) for each in value]
    return str(value)


def rich_page(pdf) -> None:
    page = pdf.pages[0].obj
    for key, value in PAGE.items():
        page[f"/{key}"] = value_of(value)
    page.Metadata = pdf.make_stream(b"<x/>", Type=Name.Metadata, Subtype=Name.XML)
    page.Thumb = pdf.make_stream(
        b"\0", Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray
    )


@pytest.mark.parametrize("at", [0, 2])
def test_a_page_has_all_that_it_had(at, tmp_path):
    data = changed(drawn("any"), rich_page)
    made = merge(save(tmp_path, "host.pdf", data), [save(tmp_path, "guest.pdf", data)])
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    page = pdf.pages[at].obj
    for key, value in PAGE.items():
        assert value_of(value) == page[f"/{key}"], key
    assert page.Metadata.read_bytes() == b"<x/>"
    assert page.Thumb.read_bytes() == b"\0"
    assert told(made) == []


def test_the_hosts_catalogue_says_what_it_said(tmp_path):
    record = {
        "Lang": "fr",
        "PageMode": "/UseOC",
        "PageLayout": "/TwoColumnRight",
        "ViewerPreferences": {"HideToolbar": True, "Duplex": "/Simplex", "DisplayDocTitle": True},
        "Extensions": {"XXXX": {"BaseVersion": "/1.7", "ExtensionLevel": 3}},
        "PieceInfo": {"Maker": {"LastModified": "D:2026"}},
        "SpiderInfo": {"V": 1.0},
        "Collection": {"View": "/H"},
        "URI": {"Base": "https://example.org/"},
    }

    def rich(pdf) -> None:
        for key, value in record.items():
            pdf.Root[f"/{key}"] = value_of(value)
        goal = Array([pdf.pages[1].obj, Name.Fit])
        pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=goal)

    host = save(tmp_path, "host.pdf", changed(drawn("host"), rich))
    made = merge(host, [save(tmp_path, "guest.pdf", drawn("guest"))], before=1)
    pdf = opened(made.pdf)
    for key, value in record.items():
        assert shown(value_of(value)) == shown(pdf.Root[f"/{key}"]), key
    assert pdf.Root.OpenAction.D[0].objgen == pdf.pages[3].obj.objgen
    assert made.notes == ()


def guest_with(folder, **record):
    def rich(pdf) -> None:
        for key, value in record.items():
            pdf.Root[f"/{key}"] = value_of(value)

    guest = save(folder, "guest.pdf", changed(drawn("guest"), rich))
    return merge(save(folder, "host.pdf", drawn("host")), [guest])


OPENING = "how guest.pdf asks to be opened ({}) is left out"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"PageMode": "/UseOutlines"}, [OPENING.format("PageMode")]),
        ({"PageMode": "/UseNone", "PageLayout": "/SinglePage"}, []),
        ({"ViewerPreferences": {"DisplayDocTitle": True}}, []),
        ({"ViewerPreferences": {"Direction": "/R2L"}}, [OPENING.format("ViewerPreferences")]),
        (
            {"OpenAction": {"S": "/Named", "N": "/LastPage"}, "PageLayout": "/OneColumn"},
            [OPENING.format("OpenAction, PageLayout")],
        ),
        (
            {"Collection": {"View": "/H"}, "SpiderInfo": {"V": 1}},
            ["of the catalogue of guest.pdf is left out: /Collection, /SpiderInfo"],
        ),
        (
            {"Names": {"Templates": {"Names": []}, "URLS": {"Names": []}}},
            ["of the catalogue of guest.pdf is left out: /Names /Templates, /Names /URLS"],
        ),
        ({"Lang": "de", "Type": "/Catalog"}, []),
    ],
)
def test_what_a_guest_says_of_a_whole_document_is_told(record, expected, tmp_path):
    made = guest_with(tmp_path, **record)
    assert told(made) == expected
    assert {each.severity for each in made.notes} <= {"note"}


def test_nothing_is_told_twice_that_the_host_does_anyway(tmp_path):
    def rich(pdf) -> None:
        pdf.Root.PageMode = Name.UseOutlines
        pdf.Root.ViewerPreferences = Dictionary(HideToolbar=True)

    data = changed(drawn("any"), rich)
    made = merge(save(tmp_path, "host.pdf", data), [save(tmp_path, "guest.pdf", data)])
    assert made.notes == ()


@pytest.mark.parametrize(("hosts", "guests", "expected"), [(3, 8, 8), (8, 3, 8), (None, 3, 3)])
def test_extensions_in_use_are_those_of_all(hosts, guests, expected, tmp_path):
    def using(level, *others):
        def add(pdf) -> None:
            if level is not None:
                entries = {"ADBE": {"BaseVersion": "/1.7", "ExtensionLevel": level}}
                entries |= {name: {"BaseVersion": "/1.7", "ExtensionLevel": 1} for name in others}
                pdf.Root.Extensions = value_of(entries)

        return add

    host = save(tmp_path, "host.pdf", changed(drawn("host"), using(hosts)))
    guest = save(tmp_path, "guest.pdf", changed(drawn("guest"), using(guests, "XXXX")))
    made = merge(host, [guest])
    pdf = opened(made.pdf)
    assert pdf.Root.Extensions.ADBE.ExtensionLevel == expected
    assert pdf.Root.Extensions.XXXX.ExtensionLevel == 1
    assert made.notes == ()


# --- article threads ---


def threaded(*threads: list[int], tag: str = "guest", pages: int = 3) -> bytes:
    """Pages with article threads, each the list of pages its beads are on."""

    def add(pdf) -> None:
        pdf.Root.Threads = Array()
        for number, places in enumerate(threads):
            thread = pdf.make_indirect(
                Dictionary(Type=Name.Thread, I=Dictionary(Title=f"{tag} {number}"))
            )
            beads = [
                pdf.make_indirect(
                    Dictionary(Type=Name.Bead, P=pdf.pages[at].obj, R=[0, 0, at + 9, 9])
                )
                for at in places
            ]
            beads[0].T = thread
            thread.F = beads[0]
            for at, bead in enumerate(beads):
                bead.N, bead.V = beads[(at + 1) % len(beads)], beads[at - 1]
                page = pdf.pages[places[at]].obj
                page.B = Array([*page.get("/B", []), bead])
            pdf.Root.Threads.append(thread)

    return changed(drawn(tag, pages, links=False), add)


def strung(pdf) -> dict[str, list[int]]:
    """The pages of each thread, bead by bead; the ties of all beads are checked."""
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    found = {}
    for thread in pdf.Root.get("/Threads", []):
        bead, before, pages = thread.F, None, []
        assert bead.T.objgen == thread.objgen
        while bead.objgen != thread.F.objgen or not pages:
            assert before is None or bead.V.objgen == before.objgen
            at = numbers[bead.P.objgen]
            assert bead.objgen in [each.objgen for each in pdf.pages[at].B]
            pages.append(at)
            before, bead = bead, bead.N
        assert thread.F.V.objgen == before.objgen
        found[str(thread.I.Title)] = pages
    return found


def test_threads_of_all_files_come_along(tmp_path):
    host = save(tmp_path, "host.pdf", threaded([0, 1], tag="host", pages=2))
    guest = save(tmp_path, "guest.pdf", threaded([0, 2], [1, 1, 2]))
    made = merge(host, [guest])
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    assert strung(pdf) == {"host 0": [0, 1], "guest 0": [2, 4], "guest 1": [3, 3, 4]}
    assert made.notes == ()


def test_beads_on_pages_left_out_are_left_out(tmp_path):
    guest = save(tmp_path, "guest.pdf", threaded([0, 1, 2, 1], [0, 2], [1]))
    made = put_between(guest, first=1, count=1)
    check(made.pdf, tmp_path)
    pdf = opened(made.pdf)
    assert strung(pdf) == {"guest 0": [1, 1], "guest 2": [1]}


def test_an_action_for_a_thread_by_its_number_leads_to_the_same(tmp_path):
    def lead(pdf) -> None:
        annotation(pdf, "Link", AP=None, A=Dictionary(S=Name.Thread, D=1))

    host = save(tmp_path, "host.pdf", threaded([0], tag="host"))
    guest = save(tmp_path, "guest.pdf", changed(threaded([0], [1]), lead))
    pdf = opened(merge(host, [guest]).pdf)
    (link,) = pdf.pages[3].Annots
    assert str(link.A.D.I.Title) == "guest 1"


@pytest.mark.parametrize("thread", [b"<< >>", b"<< /F 3 0 R >>", b"<< /F 99 0 R >>", b"7", b"<< /F 4 0 R >>"])  # fmt: skip
def test_damaged_threads_end(thread, tmp_path):
    bead = b"<< /N 4 0 R /P 12 0 R >>"
    guest = simple("guest", 2, b"/Threads [3 0 R 5 7]", o3=thread, o4=bead)
    path = save(tmp_path, "guest.pdf", guest)
    check(put_between(path, first=0, count=1).pdf, tmp_path)
    check(put_between(path).pdf, tmp_path)


def test_strings_in_names_of_pikepdf():
    """The negative control of the records above: a name is no string."""
    assert value_of("/S") != String("/S")
    assert isinstance(value_of({}), pikepdf.Dictionary)

"""Layers of several files: each is shown or hidden as in its own file, in every configuration."""

import pytest
from bindery_samples import check, drawn, needs, opened, pikepdf, save
from form_samples import Array, Dictionary, Name, changed, seen

from layout.bindery.merge import merge

pytestmark = [needs("qpdf"), needs("mutool")]

NAMES = ("a", "b", "c")
PAINTED = b"/OC /a BDC 1 0 0 rg 0 0 99 99 re f EMC /OC /b BDC 0 1 0 rg 99 0 99 99 re f EMC /OC /m BDC 0 0 1 rg 198 0 99 99 re f EMC"


def layered(tag: str, config=None, others=(), membership=None) -> bytes:
    """A page with three squares: layer a, layer b, and what `membership` says; layer c shows nothing."""

    def add(pdf) -> None:
        groups = {
            name: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=f"{tag} {name}"))
            for name in NAMES
        }

        def settings(record) -> Dictionary:
            found = Dictionary()
            for key, value in record.items():
                found[f"/{key}"] = of(value)
            return found

        def of(value):
            if isinstance(value, list):
                return Array([of(each) for each in value])
            if value in groups:
                return groups[value]
            return Name(value) if str(value).startswith("/") else value

        member = membership or {"OCGs": ["c"]}
        made = Dictionary(Type=Name.OCMD)
        for key, value in member.items():
            made[f"/{key}"] = of(value)
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary(
            a=groups["a"], b=groups["b"], m=pdf.make_indirect(made)
        )
        page.Contents = pdf.make_stream(PAINTED)
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array(groups.values()),
            D=settings(config or {}),
            Configs=Array([settings(each) for each in others]),
        )
        if not others:
            del pdf.Root.OCProperties["/Configs"]

    return changed(drawn(tag, 1, links=False), add)


CONFIGS = [
    {},
    {"OFF": ["a"]},
    {"OFF": ["a", "b", "c"]},
    {"BaseState": "/OFF"},
    {"BaseState": "/OFF", "ON": ["b"]},
    {"BaseState": "/ON", "ON": ["a"], "OFF": ["b"]},
]
MEMBERS = [
    {"OCGs": ["a", "b"], "P": "/AllOn"},
    {"OCGs": ["a", "b"], "P": "/AnyOff"},
    {"VE": ["/Not", "a"], "OCGs": ["a"]},
    {"VE": ["/And", ["/Or", "a", "c"], ["/Not", "b"]], "OCGs": ["c"]},
]


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("hosts", CONFIGS[:4])
def test_pages_show_what_they_showed(config, hosts, tmp_path):
    host, guest = layered("host", hosts), layered("guest", config)
    made = merge(save(tmp_path, "host.pdf", host), [save(tmp_path, "guest.pdf", guest)])
    check(made.pdf, tmp_path)
    assert seen(made.pdf, tmp_path, 1) == seen(host, tmp_path)
    assert seen(made.pdf, tmp_path, 2) == seen(guest, tmp_path)
    assert made.notes == ()


@pytest.mark.parametrize("membership", MEMBERS, ids=str)
@pytest.mark.parametrize("config", CONFIGS[:2])
def test_memberships_and_expressions_mean_the_guests_own_layers(membership, config, tmp_path):
    guest = layered("guest", config, membership=membership)
    path = save(tmp_path, "host.pdf", layered("host", {"BaseState": "/OFF"}))
    made = merge(path, [save(tmp_path, "guest.pdf", guest)])
    assert seen(made.pdf, tmp_path, 2) == seen(guest, tmp_path)
    pdf = opened(made.pdf)
    own = {each.objgen for each in pdf.Root.OCProperties.OCGs}
    member = pdf.pages[1].Resources.Properties.m
    assert groups_in([member.get("/VE", Array()), member.OCGs]) <= own


def groups_in(value) -> set[tuple[int, int]]:
    if isinstance(value, list | pikepdf.Array):
        return {key for each in value for key in groups_in(each)}
    return {value.objgen} if isinstance(value, pikepdf.Dictionary) else set()


def test_pictures_tell_layers_apart(tmp_path):
    """The negative control."""
    pictures = {seen(layered("a", config), tmp_path) for config in CONFIGS}
    assert len(pictures) == 5


def listed(groups) -> list[str]:
    return [
        listed(each) if isinstance(each, pikepdf.Array) else str(each.Name) if isinstance(each, pikepdf.Dictionary)
        else str(each)
        for each in groups
    ]  # fmt: skip


def test_lists_of_a_configuration_are_joined(tmp_path):
    config = {
        "Order": ["a", ["Group", "b", "c"]],
        "RBGroups": [["a", "b"]],
        "Locked": ["c"],
        "OFF": ["b"],
    }
    paths = [save(tmp_path, f"{tag}.pdf", layered(tag, config)) for tag in ("host", "guest")]
    made = merge(paths[0], paths[1:])
    pdf = opened(made.pdf)
    settings = pdf.Root.OCProperties.D
    assert listed(settings.Order) == [
        "host a",
        ["Group", "host b", "host c"],
        "guest a",
        ["Group", "guest b", "guest c"],
    ]
    assert listed(settings.RBGroups) == [["host a", "host b"], ["guest a", "guest b"]]
    assert listed(settings.Locked) == ["host c", "guest c"]
    assert listed(settings.OFF) == ["host b", "guest b"]


def test_usage_by_printing_or_viewing_is_joined(tmp_path):
    def usage(pdf) -> None:
        groups = pdf.Root.OCProperties.OCGs
        groups[0].Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))
        event = Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([groups[0]]))
        pdf.Root.OCProperties.D.AS = Array([event])

    paths = [
        save(tmp_path, f"{tag}.pdf", changed(layered(tag), usage)) for tag in ("host", "guest")
    ]
    pdf = opened(merge(paths[0], paths[1:]).pdf)
    found = pdf.Root.OCProperties.D.AS
    assert [listed(each.OCGs) for each in found] == [["host a"], ["guest a"]]


def with_configuration(pdf_bytes: bytes, at: int) -> bytes:
    """The file as it is after a reader chose another configuration, computed as table 101 says it."""

    def choose(pdf) -> None:
        properties = pdf.Root.OCProperties
        default, config = properties.D, properties.Configs[at]
        off = {each.objgen for each in default.get("/OFF", Array())}
        groups = {each.objgen: each for each in properties.OCGs}
        if default.get("/BaseState") == "/OFF":
            off = groups.keys() - {each.objgen for each in default.get("/ON", Array())}
        base = config.get("/BaseState", Name.ON)
        off = {"/ON": set(), "/OFF": set(groups), "/Unchanged": off}[str(base)]
        off = off - {each.objgen for each in config.get("/ON", Array())}
        off |= {each.objgen for each in config.get("/OFF", Array())}
        properties.D = Dictionary(OFF=Array([groups[key] for key in sorted(off)]))
        del properties["/Configs"]

    return changed(pdf_bytes, choose)


def by_default(pdf_bytes: bytes) -> bytes:
    """The file without its other configurations, of which MuPDF would take the first."""
    return changed(pdf_bytes, lambda pdf: pdf.Root.OCProperties.__delitem__("/Configs"))


@pytest.mark.parametrize("other", CONFIGS[1:])
def test_another_configuration_changes_its_own_file_only(other, tmp_path):
    named = {"Name": "Other", **other}
    host = layered("host", {"OFF": ["a"]}, [named])
    guest = layered("guest", {"OFF": ["b"]}, [named])
    made = merge(save(tmp_path, "host.pdf", host), [save(tmp_path, "guest.pdf", guest)])
    pdf = opened(made.pdf)
    assert [str(each.Name) for each in pdf.Root.OCProperties.Configs] == ["Other", "guest.Other"]
    hosts, guests = (with_configuration(made.pdf, at) for at in (0, 1))
    assert seen(hosts, tmp_path, 1) == seen(with_configuration(host, 0), tmp_path)
    assert seen(hosts, tmp_path, 2) == seen(by_default(guest), tmp_path)
    assert seen(guests, tmp_path, 1) == seen(by_default(host), tmp_path)
    assert seen(guests, tmp_path, 2) == seen(with_configuration(guest, 0), tmp_path)


@pytest.mark.parametrize("value", [b"7", b"[]", b"<< /OCGs 7 /D 8 >>", b"<< /OCGs [99 0 R 3] /D << /OFF 9 /Order 3 >> >>"])  # fmt: skip
def test_damaged_layers_end(value, tmp_path):
    from bindery_samples import simple

    guest = simple("guest", 1, b"/OCProperties " + value)
    path = save(tmp_path, "host.pdf", layered("host", {"OFF": ["a"]}))
    made = merge(path, [save(tmp_path, "guest.pdf", guest)])
    check(made.pdf, tmp_path)
    assert seen(made.pdf, tmp_path, 1) == seen(layered("host", {"OFF": ["a"]}), tmp_path)

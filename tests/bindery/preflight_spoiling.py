"""Ways to spoil the sample of the preflight's tests, and the list of what is done to it."""

from collections.abc import Callable
from typing import Any

import pytest
from preflight_samples import (
    TAGS,
    XMP,
    codes,
)

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name  # noqa: E402

Fault = Callable[[Any], None]

FAULTS: dict[str, Fault] = {}
"""What is done to the sample, by the rule that finds it; a word after the rule tells several apart."""
ALSO = {
    "page-group": {"output-intent"},
    "device-gray": {"output-intent"},
    "table-kids sections": {"element-empty"},
}
"""What else comes of a fault."""
BYTES: dict[str, Callable[[bytes], bytes]] = {}
"""What is done to the finished file."""


def fault(name: str) -> Callable[[Fault], Fault]:
    def keep(done: Fault) -> Fault:
        FAULTS[name] = done
        return done

    return keep


def page(pdf: Any) -> Any:
    return pdf.pages[0].obj


def append(pdf: Any, code: str) -> None:
    """More content, drawn as an artifact."""
    page(pdf).Contents.write(
        page(pdf).Contents.read_bytes() + f"\n/Artifact BMC {code} EMC".encode()
    )


def replace(pdf: Any, old: str, new: str) -> None:
    data = page(pdf).Contents.read_bytes()
    assert old.encode() in data
    page(pdf).Contents.write(data.replace(old.encode(), new.encode(), 1))


def element(pdf: Any, role: str, at: int = 0) -> Any:
    """The nth element of the sample with a tag."""
    index = [n for n, row in enumerate(TAGS) if row[0] == role][at]
    found = [pdf.Root.StructTreeRoot.K[0]]

    def walk(node: Any) -> None:
        for kid in node.K:
            if isinstance(kid, Dictionary) and "/S" in kid:
                found.append(kid)
                walk(kid)

    walk(found[0])
    return found[index]


def font(pdf: Any) -> Any:
    return page(pdf).Resources.Font.F1


def inner(pdf: Any) -> Any:
    return font(pdf).DescendantFonts[0]


def state(pdf: Any, **entries: Any) -> None:
    page(pdf).Resources.ExtGState = Dictionary(
        G=pdf.make_indirect(Dictionary(Type=Name.ExtGState, **entries))
    )
    append(pdf, "/G gs")


def xmp(pdf: Any, old: str, new: str) -> None:
    assert old in XMP
    pdf.Root.Metadata.write(XMP.replace(old, new).encode())


def link(pdf: Any) -> Any:
    return page(pdf).Annots[0]


def annotate(pdf: Any, tag: str = "Annot", **entries: Any) -> Any:
    """Another annotation, tagged as it should be."""
    root = pdf.Root.StructTreeRoot
    form = pdf.make_stream(
        b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 10, 10], Resources=Dictionary()
    )
    entries = {
        "Type": Name.Annot, "Subtype": Name.Square, "Rect": [300, 10, 310, 20], "F": 4, "Contents": "a square",
        "AP": Dictionary(N=form), "StructParent": 2,
    } | entries  # fmt: skip
    added = pdf.make_indirect(Dictionary({f"/{key}": value for key, value in entries.items()}))
    page(pdf).Annots.append(added)
    kid = Dictionary(Type=Name.OBJR, Obj=added, Pg=page(pdf))
    tagged = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=root.K[0], K=kid, Pg=page(pdf))
    )
    root.K[0].K.append(tagged)
    root.ParentTree.Nums.extend([2, tagged])
    root.ParentTreeNextKey = 3
    return added


def tag(
    pdf: Any,
    role: str,
    text: str = "more",
    parent: Any = None,
    at: int | None = None,
    **entries: Any,
) -> Any:
    """Another element with a text; without one where the text is empty."""
    root = pdf.Root.StructTreeRoot
    owners = root.ParentTree.Nums[1]
    parent = root.K[0] if parent is None else parent
    added = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem, S=Name(f"/{role}"), P=parent, Pg=page(pdf), K=Array(), **entries
        )
    )
    if text:
        added.K.append(len(owners))
        shown = (
            f"/{role} <</MCID {len(owners)}>> BDC BT /F1 9 Tf 200 200 Td {codes(text)} Tj ET EMC"
        )
        page(pdf).Contents.write(page(pdf).Contents.read_bytes() + b"\n" + shown.encode())
        owners.append(added)
    parent.K.insert(len(parent.K) if at is None else at, added)
    return added


def put(pdf: Any, holder: Callable[[Any], Any], key: str, value: Any) -> None:
    held = holder(pdf)
    if value is None:
        del held[key]
    elif isinstance(value, pikepdf.Object):
        held[key] = pikepdf.Object.parse(value.unparse())  # one that no document owns
    else:
        held[key] = value() if callable(value) else value


def root(pdf: Any) -> Any:
    return pdf.Root


def form(pdf: Any, code: str, **entries: Any) -> Any:
    entries = {
        "Type": Name.XObject,
        "Subtype": Name.Form,
        "BBox": [0, 0, 99, 99],
        "Resources": Dictionary(),
    } | entries
    made = pdf.make_stream(code.encode(), **entries)
    page(pdf).Resources.XObject.Fm = made
    return made

"""Faults of marked content, the structure tree and annotations; each is found as its rule alone."""

from typing import Any

import pytest
from preflight_samples import NUMBER, codes
from preflight_spoiling import (
    FAULTS,
    annotate,
    element,
    fault,
    form,
    page,
    put,
    replace,
    root,
    tag,
)

pikepdf: Any = pytest.importorskip("pikepdf")

from pikepdf import Array, Dictionary, Name, String  # noqa: E402


@fault("tree-parent other")
def _(pdf: Any) -> None:
    element(pdf, "LBody").P = element(pdf, "P")


def _naked(pdf: Any, code: str) -> None:
    page(pdf).Contents.write(page(pdf).Contents.read_bytes() + b"\n" + code.encode())


FAULTS["untagged text"] = lambda pdf: _naked(pdf, f"BT /F1 9 Tf {codes('a')} Tj ET")
FAULTS["untagged line"] = lambda pdf: _naked(pdf, "0 0 m 9 9 l S")
FAULTS["untagged image"] = lambda pdf: _naked(pdf, "/Im Do")
FAULTS["untagged inline"] = lambda pdf: _naked(pdf, "BI /W 1 /H 1 /BPC 8 /CS /G ID a\nEI")
FAULTS["untagged form"] = lambda pdf: (form(pdf, "0 0 9 9 re f"), _naked(pdf, "/Fm Do"))
FAULTS["untagged layer"] = lambda pdf: _naked(pdf, "/P BMC 0 0 9 9 re f EMC")
FAULTS["artifact-in-tagged"] = lambda pdf: replace(pdf, "BT /F1", "/Artifact BMC EMC BT /F1")
FAULTS["tagged-in-artifact"] = lambda pdf: (
    replace(pdf, "/H1 <<", "/Artifact BMC /H1 <<"),
    replace(pdf, "ET EMC", "ET EMC EMC"),
)
FAULTS["marks-unbalanced"] = lambda pdf: _naked(pdf, "EMC")
FAULTS["marks-unbalanced open"] = lambda pdf: _naked(pdf, "/Artifact BMC")
FAULTS["marks-cross-text"] = lambda pdf: replace(pdf, "ET EMC", "EMC ET")
FAULTS["mcid-twice"] = lambda pdf: _naked(pdf, "/H1 <</MCID 0>> BDC EMC")
FAULTS["mcid-unknown"] = lambda pdf: _naked(pdf, "/H1 <</MCID 99>> BDC 0 0 9 9 re f EMC")
FAULTS["mcid-missing"] = lambda pdf: element(pdf, "P").K.append(98)
FAULTS["lang-form content"] = lambda pdf: replace(pdf, "/MCID 0", "/MCID 0 /Lang (x_y)")


@fault("page-key")
def _(pdf: Any) -> None:
    del page(pdf).StructParents


@fault("form-mcid-twice")
def _(pdf: Any) -> None:
    made = form(
        pdf, f"/P <</MCID 0>> BDC BT /F1 9 Tf {codes('a')} Tj ET EMC", Resources=page(pdf).Resources
    )
    made.StructParents = 2
    owner = element(pdf, "P")
    owner.K.append(Dictionary(Type=Name.MCR, Pg=page(pdf), Stm=made, MCID=0))
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([2, Array([owner])])
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 3
    _naked(pdf, "/Fm Do /Fm Do")


@fault("parent-tree")
def _(pdf: Any) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[NUMBER["P"]] = element(pdf, "H1")


@fault("parent-tree nowhere")
def _(pdf: Any) -> None:
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P)))


@fault("parent-key tree")
def _(pdf: Any) -> None:
    pdf.Root.StructTreeRoot.ParentTree.Nums.extend([1, element(pdf, "Link")])


@fault("parent-key")
def _(pdf: Any) -> None:
    pdf.add_blank_page(page_size=(400, 300)).obj.StructParents = 0


@fault("tree-circle")
def _(pdf: Any) -> None:
    element(pdf, "L").K.append(element(pdf, "LI"))


@fault("tree-kid")
def _(pdf: Any) -> None:
    element(pdf, "P").K.append(Dictionary(Type=Name.OBJR, Pg=page(pdf)))


FAULTS["table-no-header"] = lambda pdf: put(pdf, lambda pdf: element(pdf, "TH"), "/S", Name.TD)
FAULTS["role-circle same"] = lambda pdf: put(
    pdf, lambda pdf: pdf.Root.StructTreeRoot.RoleMap, "/P", Name.P
)
FAULTS["lang-form empty"] = lambda pdf: put(
    pdf, lambda pdf: element(pdf, "P"), "/Lang", lambda: String("")
)
FAULTS["table-kids"] = lambda pdf: tag(pdf, "P", parent=element(pdf, "TR", 1))
FAULTS["table-kids stray"] = lambda pdf: tag(pdf, "TH")
FAULTS["table-kids sections"] = lambda pdf: tag(pdf, "THead", "", element(pdf, "Table"))
FAULTS["list-kids"] = lambda pdf: tag(pdf, "P", parent=element(pdf, "L"))
FAULTS["list-kids item"] = lambda pdf: tag(pdf, "P", parent=element(pdf, "LI"))
FAULTS["list-kids stray"] = lambda pdf: tag(pdf, "LBody")
FAULTS["list-body"] = lambda pdf: put(pdf, lambda pdf: element(pdf, "LBody"), "/S", Name.Lbl)
FAULTS["contents-kids"] = lambda pdf: tag(pdf, "P", parent=tag(pdf, "TOC", ""))
FAULTS["contents-kids stray"] = lambda pdf: tag(pdf, "TOCI")
FAULTS["caption-place list"] = lambda pdf: tag(pdf, "Caption", parent=element(pdf, "L"))
FAULTS["caption-place table"] = lambda pdf: tag(pdf, "Caption", parent=element(pdf, "Table"), at=1)
FAULTS["formula-alt"] = lambda pdf: tag(pdf, "Formula")
FAULTS["heading-empty"] = lambda pdf: tag(pdf, "H2", "")
FAULTS["element-empty"] = lambda pdf: tag(pdf, "P", "")
FAULTS["note-id twice"] = lambda pdf: tag(pdf, "Note", ID="note1")
FAULTS["id-twice"] = lambda pdf: (tag(pdf, "P", ID="p"), tag(pdf, "P", ID="p"))
FAULTS["link-objr"] = lambda pdf: tag(pdf, "Link")
FAULTS["link-empty"] = lambda pdf: annotate(pdf, "Link", Subtype=Name.Link)


@fault("heading-twice")
def _(pdf: Any) -> None:
    for role in ("H1", "H2"):
        element(pdf, role).S = Name.H


@fault("annotation-kid")
def _(pdf: Any) -> None:
    other = Dictionary(Type=Name.OBJR, Obj=annotate(pdf), Pg=page(pdf))
    owner = element(pdf, "Link")
    owner.K[1] = other


FAULTS["annotation-type"] = lambda pdf: annotate(pdf, Subtype=Name.Movie)
FAULTS["appearance"] = lambda pdf: put(pdf, annotate, "/AP", None)
FAULTS["appearance-form"] = lambda pdf: put(pdf, lambda pdf: annotate(pdf).AP, "/D", Dictionary())
FAULTS["appearance-form states"] = lambda pdf: put(
    pdf, lambda pdf: annotate(pdf).AP, "/N", Dictionary()
)
FAULTS["annotation-contents"] = lambda pdf: put(pdf, annotate, "/Contents", None)
FAULTS["annotation-tag"] = lambda pdf: annotate(pdf, "P")
FAULTS["link-tag"] = lambda pdf: annotate(pdf, "P", Subtype=Name.Link)
FAULTS["widget-tag"] = lambda pdf: annotate(pdf, "P", Subtype=Name.Widget, FT=Name.Tx, TU="name")
FAULTS["widget-name"] = lambda pdf: annotate(pdf, "Form", Subtype=Name.Widget, FT=Name.Tx)
FAULTS["widget-actions"] = lambda pdf: annotate(
    pdf, "Form", Subtype=Name.Widget, FT=Name.Tx, TU="x", AA=Dictionary()
)
FAULTS["trap-net"] = lambda pdf: annotate(pdf, Subtype=Name.TrapNet)
FAULTS["printer-mark"] = lambda pdf: annotate(pdf, Subtype=Name.PrinterMark)
FAULTS["action-type trigger"] = lambda pdf: annotate(pdf, AA=Dictionary(E=Dictionary(S=Name.Sound)))
FAULTS["action-type bookmark"] = lambda pdf: put(
    pdf, root, "/Outlines", lambda: _outline(pdf, Dictionary(S=Name.Hide, T="x"))
)
FAULTS["form-kids"] = lambda pdf: tag(pdf, "Form")


def _outline(pdf: Any, action: Any) -> Any:
    entry = pdf.make_indirect(Dictionary(Title="x", A=action))
    made = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=entry, Last=entry, Count=1))
    entry.Parent = made
    return made

"""Pages as programs make them that know no tags."""

from pathlib import Path

import pikepdf
from pikepdf import Array, Pdf


def without_tags(source: Path, target: Path) -> None:
    """The same pages as a program makes them that knows no tags: no numbers, no tree, no descriptions."""
    pdf = Pdf.open(source)
    for page in pdf.pages:
        code = pikepdf.parse_content_stream(page)
        kept = [step for step in code if str(step.operator) not in ("BMC", "BDC", "EMC")]
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        _drop(page.obj, "/StructParents", "/Tabs")
        for link in page.obj.get("/Annots", Array()):
            _drop(link, "/Contents", "/StructParent")
    _drop(pdf.Root, "/StructTreeRoot", "/MarkInfo", "/Metadata", "/Lang")
    pdf.save(target)


def _drop(holder: pikepdf.Dictionary, *keys: str) -> None:
    for key in keys:
        if key in holder:
            del holder[key]

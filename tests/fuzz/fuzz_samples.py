"""The PDFs that are mutated: what this program makes, and small ones of everything that it reads."""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "bindery")]

import pikepdf  # noqa: E402
from bindery_samples import by_name, drawn, saved  # noqa: E402
from form_samples import annotation, form  # noqa: E402
from tag_samples import El, tagged  # noqa: E402

PASSWORD = "hush"
MODES = {"table": pikepdf.ObjectStreamMode.disable, "packed": pikepdf.ObjectStreamMode.generate}


def small() -> dict[str, bytes]:
    """Small PDFs, as they are, packed, uncompressed, and encrypted."""
    plain = {
        "drawn": drawn("drawn", 3, title="Drawn", labels=((0, "ROMAN_LOWER", None, 1),)),
        "named": by_name(drawn("named", 2)),
        "listed": by_name(drawn("listed", 2), listed=True),
        "tagged": _tagged(),
        "form": form("Ada", 2),
        "rich": _rich(),
    }
    made: dict[str, bytes] = {}
    for name, data in plain.items():
        made |= _variants(name, data)
    for level in (2, 3, 4, 6):
        lock: dict[str, Any] = {"aes": level > 3, "metadata": level > 3}
        encryption = pikepdf.Encryption(owner="x", user=PASSWORD, R=level, **lock)
        out = BytesIO()
        mode = MODES["packed" if level > 4 else "table"]
        pikepdf.open(BytesIO(_rich())).save(out, encryption=encryption, object_stream_mode=mode)
        made[f"encrypted {level}"] = out.getvalue()
    return made


def _variants(name: str, data: bytes) -> dict[str, bytes]:
    pdf = pikepdf.open(BytesIO(data))
    found = {f"{name} as it is": data, f"{name} qdf": saved(pdf, qdf=True)}
    found |= {f"{name} {mode}": saved(pdf, object_stream_mode=MODES[mode]) for mode in MODES}
    return found


def _tagged() -> bytes:
    cells = El(
        "TR",
        El("TH", (0, 2), ID="one"),
        El("TD", (0, 3), A=pikepdf.Dictionary(O=pikepdf.Name.Table)),
    )
    top = El("Document", El("Head", (0, 0), C=pikepdf.Name.big), El("P", (0, 1), (1, 0)), El("Table", cells),
             El("Link", "link 1", (1, 1)))  # fmt: skip
    classes = pikepdf.Dictionary(big=pikepdf.Dictionary(O=pikepdf.Name.Layout))
    return tagged(top, pages=2, roles={"Head": "H1"}, root={"ClassMap": classes}, links=(1,))


def _rich() -> bytes:
    """Layers, an attached file, actions, a thread, metadata, an output intent, annotations of several kinds."""
    pdf = pikepdf.open(BytesIO(by_name(drawn("rich", 2, title="Rich"))))
    array, name, entries = pikepdf.Array, pikepdf.Name, pikepdf.Dictionary
    pdf.attachments["a.txt"] = b"attached"
    layer = pdf.make_indirect(entries(Type=name.OCG, Name="Layer"))
    state = entries(OFF=array([layer]), Order=array([layer]))
    pdf.Root.OCProperties = entries(
        OCGs=array([layer]), D=state, Configs=array([entries(Name="x")])
    )
    script = entries(S=name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = entries(S=name.GoTo, D=array([pdf.pages[0].obj, name.Fit]), Next=script)
    look = pdf.make_stream(
        b"0 0 9 9 re f", Type=name.XObject, Subtype=name.Form, BBox=array([0, 0, 9, 9])
    )
    annotation(pdf, "Stamp", AP=entries(N=look), OC=layer, F=4)
    annotation(pdf, "Screen", AP=entries(N=look), A=entries(S=name.Rendition))
    profile = pdf.make_stream(bytes(128), N=3)
    intent = entries(S=name.GTS_PDFA1, OutputConditionIdentifier="x", DestOutputProfile=profile)
    pdf.Root.OutputIntents = array([intent])
    bead = pdf.make_indirect(entries(P=pdf.pages[0].obj, R=array([0, 0, 99, 99])))
    thread = pdf.make_indirect(entries(Type=name.Thread, F=bead))
    bead.T, bead.N, bead.V = thread, bead, bead
    pdf.Root.Threads = array([thread])
    pdf.Root.PageLabels = entries(Nums=array([0, entries(S=name.r), 1, entries(P="x", St=4)]))
    with pdf.open_metadata() as metadata:
        metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "3", "A"
    return saved(pdf)


def made_here(folder: Path) -> dict[str, bytes]:
    """What this program makes: an interview and an issue in both editions, a cover, a merged file, sheets."""
    import runpy
    import shutil

    from layout.desk.cli import main

    shelf = folder / "sources"
    shutil.copytree(ROOT / "sources", shelf, ignore=shutil.ignore_patterns("*.pdf", "__pycache__"))
    runpy.run_path(str(ROOT / "sources" / "draw_foreign_pages.py"))["main"](shelf / "issues")
    names = ("why-hyphens", "issues/focus-specimen")
    for edition in ("digital", "press"):
        paths = [str(shelf / f"{name}.yaml") for name in names]
        assert main(["build", *paths, "-o", str(folder), "--edition", edition, "--quiet"]) == 0
    here = {path.stem: path for path in sorted(folder.glob("*.pdf"))}
    cover, out = str(shelf / "issues" / "cover.pdf"), str(folder / "merged.pdf")
    assert main(["merge", cover, str(here["why-hyphens"]), "-o", out]) == 0
    sheets = ["impose", out, "-o", str(folder / "sheets.pdf"), "--scheme", "n-up", "--quiet"]
    assert main(sheets) == 0
    found = {path.stem: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}
    found["cover"] = Path(cover).read_bytes()
    qdf = {
        f"{name} qdf": saved(pikepdf.open(BytesIO(data)), qdf=True) for name, data in found.items()
    }
    return found | qdf

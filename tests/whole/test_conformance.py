"""What a validator says: all that is made here passes, and what is broken in one place fails for that reason.

The second half keeps the first honest: a validator that passes everything would be no witness.
"""

import runpy
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from adverts import without_tags
from made_fonts import compact_reprints
from pikepdf import Array, Dictionary, Name, Pdf
from reprints import SAMPLES, SOURCES, sample

from layout.desk.cli import main
from scripts.conformance import DIGITAL, JAR, sound, validate

pytestmark = pytest.mark.slow

FOREIGN = ("cover", "calendar", "leaves")
FOR_PRESS = ("cover-press", "calendar-press", "leaves-press")
SOURCE = b"title: A Printer's Almanac\n"


@pytest.fixture
def failures(tmp_path: Path) -> Callable[..., dict[str, list[str]]]:
    """The numbers of the rules that each PDF of a folder breaks, by the file's name."""
    if not shutil.which("java"):
        pytest.skip("java is not installed: make conformance-tools")
    if not JAR.exists() or not sound(JAR):
        pytest.skip("veraPDF is not in .cache: make conformance fetches it")

    def run(folder: Path, flavour: str) -> dict[str, list[str]]:
        found = validate(JAR, flavour, sorted(folder.glob("*.pdf")))
        return {path.stem: [failure.rule for failure in found[path]] for path in found}

    return run


@pytest.mark.parametrize("flavour", DIGITAL)
def test_files_with_compact_fonts_conform_alone_and_merged(flavour, failures, tmp_path):
    paths = compact_reprints(tmp_path, ("កខគឃង កឃខ", "ចឆជឈញ គឃង ក"))
    assert main(["merge", *paths, "-o", str(tmp_path / "merged.pdf")]) == 0
    assert failures(tmp_path, flavour) == {"0": [], "1": [], "merged": []}


@pytest.mark.parametrize("flavour", DIGITAL)
def test_the_samples_conform(flavour, failures, tmp_path):
    for name in SAMPLES:
        (tmp_path / f"{name}.pdf").write_bytes(sample(name).pdf)
    assert failures(tmp_path, flavour) == {name: [] for name in SAMPLES}


@pytest.mark.parametrize("flavour", DIGITAL)
def test_an_issue_with_pages_made_elsewhere_conforms(flavour, failures, shelf_of_sources, tmp_path):
    issue = shelf_of_sources / "issues" / "focus-specimen.yaml"
    assert main(["build", str(issue), "-o", str(tmp_path), "--quiet"]) == 0
    assert failures(tmp_path, flavour) == {"focus-specimen": []}


PARTED = """format: 1
title: Focus
number: "0"
date: 2026-11
opens: recto
contents:
- contents: Contents
- section: Interviews
- interview: one-paragraph.yaml
  placed:
  - {pdf: calendar.pdf, press: calendar-press.pdf, after: 1, title: An insert, folio: roman}
  - {blank: 1, after: 1}
  - {blank: 1, after: 3}
- interview: espace-fine.yaml
  placed:
  - {blank: 1, after: 1}
fill: {to: 8}
"""


@pytest.mark.parametrize("flavour", [*DIGITAL, "2a"])
def test_a_parted_and_filled_issue_conforms(flavour, failures, shelf_of_sources, tmp_path):
    """A leaf inside an article, blank pages inside one, before one and at the end, and one language among another."""
    issue = shelf_of_sources / "issues" / "parted.yaml"
    issue.write_text(PARTED, encoding="utf-8")
    edition = "press" if flavour == "2a" else "digital"
    assert main(["build", str(issue), "--edition", edition, "-o", str(tmp_path), "--quiet"]) == 0
    issue.unlink()
    (found,) = failures(tmp_path, flavour).values()
    assert found == []


@pytest.mark.parametrize("flavour", DIGITAL)
def test_an_issue_with_adverts_that_are_artifacts_conforms(
    flavour, failures, shelf_of_sources, tmp_path
):
    folder = shelf_of_sources / "issues"
    without_tags(folder / "calendar.pdf", folder / "untagged.pdf")
    path = folder / "adverts.yaml"
    path.write_text(
        "format: 1\ntitle: Focus\ndate: 2026-11\ncontents:\n- interview: why-hyphens.yaml\n"
        "- {pdf: untagged.pdf, untagged: artifact}\n"
    )
    try:
        assert main(["build", str(path), "-o", str(tmp_path), "--quiet"]) == 0
    finally:
        path.unlink()
        (folder / "untagged.pdf").unlink()
    assert failures(tmp_path, flavour) == {"adverts": []}


MERGES = {
    "two": ("why-hyphens.pdf", "one-paragraph.pdf"),
    "before": ("one-paragraph.pdf", "why-hyphens.pdf", "espace-fine.pdf", "--before", "2"),
    "issue": ("focus-specimen.pdf", "why-hyphens.pdf", "--folio-from", "21", "--contents"),
    "elsewhere": ("why-hyphens.pdf", "calendar.pdf"),
    "again": ("two.pdf", "before.pdf"),
}
"""Files put together: the host, the guests, and how."""


@pytest.mark.parametrize("flavour", [*DIGITAL, "2a"])
def test_what_is_merged_conforms(flavour, failures, shelf_of_sources, tmp_path):
    """Fonts are joined, tags are joined, and the claims stand; both sources are inside."""
    edition, end = ("press", "-press.pdf") if flavour == "2a" else ("digital", ".pdf")
    parts, made = tmp_path / "parts", tmp_path / "made"
    sources = [shelf_of_sources / f"{name}.yaml" for name in SAMPLES]
    sources.append(shelf_of_sources / "issues" / "focus-specimen.yaml")
    built = ["build", *map(str, sources), "--edition", edition, "-o", str(parts), "--quiet"]
    assert main([*built, "--jobs", "1"]) == 0
    for name in (*FOREIGN, *FOR_PRESS):
        shutil.copy(shelf_of_sources / "issues" / f"{name}.pdf", parts)
    made.mkdir()
    for name, words in MERGES.items():
        if edition == "press" and "--contents" in words:
            continue  # a press file carries no sources
        found = [
            str(made / word if (made / word).exists() else parts / word.replace(".pdf", end))
            if word.endswith(".pdf")
            else word
            for word in words
        ]
        assert main(["merge", *found, "-o", str(made / f"{name}.pdf")]) == 0
        assert b"pdfaid:part" in (made / f"{name}.pdf").read_bytes(), name
    assert failures(made, flavour) == {path.stem: [] for path in made.glob("*.pdf")}


# --- broken in one place ---


def bases(folder: Path) -> None:
    """Conforming files to break; the almanac has a source attached, so that this too can be spoilt."""
    folder.mkdir()
    runpy.run_path(str(SOURCES / "draw_foreign_pages.py"))["main"](folder)
    pdf = Pdf.open(folder / "calendar.pdf", allow_overwriting_input=True)
    data = pdf.make_stream(SOURCE, Type=Name.EmbeddedFile, Subtype=Name("/application/yaml"))
    data.Params = Dictionary(Size=len(SOURCE), ModDate="D:20000101000000Z")
    names = {"F": "source.yaml", "UF": "source.yaml", "Desc": "Source of this document"}
    entries = {**names, "AFRelationship": Name.Source, "EF": Dictionary(F=data, UF=data)}
    spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, **entries))
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=Array(["source.yaml", spec]))
    pdf.Root.AF = Array([spec])
    pdf.save(folder / "calendar.pdf")


def elements(pdf: Pdf, role: str) -> list[Dictionary]:
    """The nodes of the structure tree that have a role."""
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/S") == role and "/P" in thing
    ]


def link(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].Annots[0]


def without(key: str, of: Callable[[Pdf], Dictionary], pdf: Pdf) -> None:
    del of(pdf)[key]


def put(value: object, key: str, of: Callable[[Pdf], Dictionary], pdf: Pdf) -> None:
    of(pdf)[key] = value


def root(pdf: Pdf) -> Dictionary:
    return pdf.Root


def first(role: str) -> Callable[[Pdf], Dictionary]:
    return lambda pdf: elements(pdf, role)[0]


def untag(pdf: Pdf) -> None:
    """The first piece of tagged content loses its BDC and its EMC."""
    code = list(pikepdf.parse_content_stream(pdf.pages[0]))
    opens = next(i for i, step in enumerate(code) if "/MCID" in str(step.operands))
    closes = next(i for i in range(opens, len(code)) if str(code[i].operator) == "EMC")
    kept = [step for i, step in enumerate(code) if i not in (opens, closes)]
    pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def empty_parent_tree(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree = Dictionary(Nums=Array())


def damage_profile(pdf: Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.write(bytes(600))


def change_profile(pdf: Pdf) -> None:
    """A profile for ink, under colours for light."""
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes().replace(b"RGB ", b"CMYK", 1))
    profile.N = 4


def part_profiles(pdf: Pdf) -> None:
    """The two output intents have the same profile twice."""
    intent = pdf.Root.OutputIntents[0]
    data = intent.DestOutputProfile.read_bytes()
    intent.DestOutputProfile = pdf.make_stream(data, N=4)


def redefine_ink(pdf: Pdf) -> None:
    """The second page has its own notion of the spot ink."""
    pure, ink = Array([0, 0, 0, 1]), pdf.pages[0].Resources.ColorSpace.Petrol
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=pure, N=1)
    pdf.pages[1].Resources.ColorSpace = Dictionary(Petrol=Array([*list(ink)[:3], tint]))


def screen_colour(pdf: Pdf) -> None:
    """Red for a screen at the end of the page."""
    pdf.pages[0].contents_add(b"/Artifact BMC 1 0 0 rg 0 0 9 9 re f EMC")


def rewrite_metadata(old: bytes, new: bytes, pdf: Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


def font(pdf: Pdf) -> Dictionary:
    fonts = pdf.pages[0].Resources.Font
    return fonts[min(fonts.keys())]


def descriptor(pdf: Pdf) -> Dictionary:
    return font(pdf).FontDescriptor


def page(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].obj


def run_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.beep()")


def forget_pdfaid(pdf: Pdf) -> None:
    rewrite_metadata(b"pdfaid:part>", b"pdfaid:rev>", pdf)


def forget_pdfuaid(pdf: Pdf) -> None:
    rewrite_metadata(b"<pdfuaid:part>1</pdfuaid:part>", b"", pdf)


BROKEN = {
    "3a": {
        "no source relation": ("calendar", partial(without, "/AF", root), "6.8-4"),
        "damaged profile": ("cover", damage_profile, "6.2.3-1"),
        "profile for ink": ("cover", change_profile, "6.2.4.3-2"),
        "no output intent": ("cover", partial(without, "/OutputIntents", root), "6.2.4.3-2"),
        "language of no name": ("cover", partial(put, "in English", "/Lang", root), "6.7.4-1"),
        "font not embedded": ("cover", partial(without, "/FontFile2", descriptor), "6.2.11.4.1-1"),
        "no text for glyphs": ("cover", partial(without, "/ToUnicode", font), "6.2.11.7.2-1"),
        "no claim": ("cover", forget_pdfaid, "6.6.4-2"),
        "no metadata": ("cover", partial(without, "/Metadata", root), "6.6.2.1-1"),
        "no structure": ("cover", partial(without, "/StructTreeRoot", root), "6.7.3.3-1"),
        "not marked": ("cover", partial(without, "/MarkInfo", root), "6.7.2.2-1"),
        "link not printed": ("calendar", partial(without, "/F", link), "6.3.2-1"),
        "script": ("cover", run_script, "6.5.1-1"),
    },
    "2a": {
        "no claim": ("cover-press", forget_pdfaid, "6.6.4-2"),
        "no intent": ("cover-press", partial(without, "/OutputIntents", root), "6.2.4.3-3"),
        "two profiles": ("cover-press", part_profiles, "6.2.3-2"),
        "screen colour": ("cover-press", screen_colour, "6.2.4.3-2"),
        "two inks of a name": ("calendar-press", redefine_ink, "6.2.4.4-2"),
        "unknown property": (
            "cover-press",
            partial(
                rewrite_metadata, b"<pdfaProperty:name>Trapped<", b"<pdfaProperty:name>Snared<"
            ),
            "6.6.2.3.1-1",
        ),
        "a file inside": ("calendar", lambda pdf: None, "6.8-5"),
    },
    "ua1": {
        "no Alt": ("cover", partial(without, "/Alt", first("/Figure")), "7.3-1"),
        "untagged content": ("cover", untag, "7.1-3"),
        "empty parent tree": ("cover", empty_parent_tree, "7.1-3"),
        "link in no element": ("calendar", empty_parent_tree, "7.18.5-1"),
        "link without words": ("calendar", partial(without, "/Contents", link), "7.18.5-2"),
        "no language": ("cover", partial(without, "/Lang", root), "7.2-34"),
        "no claim": ("cover", forget_pdfuaid, "5-1"),
        "font not embedded": ("cover", partial(without, "/FontFile2", descriptor), "7.21.4.1-1"),
        "no text for glyphs": ("cover", partial(without, "/ToUnicode", font), "7.21.7-1"),
        "no structure": ("cover", partial(without, "/StructTreeRoot", root), "7.1-11"),
        "not marked": ("cover", partial(without, "/MarkInfo", root), "6.2-1"),
        "no title shown": ("cover", partial(without, "/ViewerPreferences", root), "7.1-10"),
        "tab order": ("calendar", partial(without, "/Tabs", page), "7.18.3-1"),
        "heading skipped": ("calendar", partial(put, Name.H3, "/S", first("/H2")), "7.4.2-1"),
        "unknown role": ("cover", partial(put, Name.Masthead, "/S", first("/H1")), "7.1-5"),
    },
}
"""Files with one fault each: what to take, how to break it, and the rule that must see it."""

UNBROKEN = {"3a": FOREIGN, "2a": FOR_PRESS, "ua1": FOREIGN + FOR_PRESS}
"""What passes as it is."""


@pytest.mark.parametrize("flavour", BROKEN)
def test_each_fault_is_seen(flavour, failures, tmp_path):
    bases(tmp_path / "whole")
    for name, (base, spoil, _) in BROKEN[flavour].items():
        with Pdf.open(tmp_path / "whole" / f"{base}.pdf") as pdf:
            spoil(pdf)
            pdf.save(tmp_path / f"{name}.pdf")
    for name in UNBROKEN[flavour]:
        shutil.copy(tmp_path / "whole" / f"{name}.pdf", tmp_path)
    found = failures(tmp_path, flavour)
    assert {name: found.pop(name) for name in UNBROKEN[flavour]} == {
        name: [] for name in UNBROKEN[flavour]
    }
    wanted = {name: rule for name, (_, _, rule) in BROKEN[flavour].items()}
    assert {name: found[name] for name in wanted if wanted[name] not in found[name]} == {}

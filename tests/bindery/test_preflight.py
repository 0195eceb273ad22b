import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import preflight_faults
import preflight_font_faults
import preflight_limit_faults
import preflight_tag_faults
import pytest
from bindery_samples import drawn, save
from preflight_samples import XMP, pikepdf, sample, written
from preflight_spoiling import ALSO, BYTES, FAULTS, append, element, form, page, replace, tag

from layout.bindery.foreign import open_bytes
from layout.bindery.preflight import Finding, inspect
from layout.bindery.preflight.case import MOST_BYTES, MOST_OPERATORS
from layout.bindery.preflight.findings import MOST
from layout.bindery.preflight.rules import RULES
from layout.bindery.preflight.tokens import operations
from layout.desk.arguments import PROFILES
from layout.desk.cli import main
from layout.ground.problems import Place

assert preflight_faults and preflight_font_faults and preflight_limit_faults  # they fill FAULTS
assert preflight_tag_faults

UNTOLD = {"limit-objects", "encrypted"}
"""Rules that would take millions of objects, or a password (`test_locked`)."""


def found(data: bytes) -> tuple[Finding, ...]:
    return inspect(open_bytes(data, Place("a.pdf"), "a.pdf"))


def spoilt(*done: Callable) -> tuple[Finding, ...]:
    pdf = sample()
    for each in done:
        each(pdf)
    return found(written(pdf))


def test_a_whole_file_lacks_nothing():
    assert found(written(sample())) == ()


def test_a_whole_file_lacks_nothing_with_object_streams():
    data = written(sample(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert found(data) == ()


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_as_its_rule_alone(name):
    findings = spoilt(FAULTS[name])
    rule = name.split()[0]
    assert {each.rule for each in findings} == {rule} | ALSO.get(name, set())
    told = next(each for each in findings if each.rule == rule)
    assert told.clause == RULES[rule].clause
    assert told.severity == RULES[rule].severity
    assert told.hint


@pytest.mark.parametrize("name", BYTES)
def test_a_fault_of_writing_is_found_as_its_rule_alone(name):
    data = written(sample(), compress_streams=False)
    changed = BYTES[name](data)
    assert changed != data
    assert {each.rule for each in found(changed)} == {name}


def test_every_rule_has_a_fault():
    assert {name.split()[0] for name in (*FAULTS, *BYTES)} == set(RULES) - UNTOLD


def test_messages_are_sentences_without_a_full_stop():
    for rule in RULES.values():
        assert not rule.summary.endswith(".")
        assert not rule.hint.endswith(".")
        assert rule.hint
        assert rule.clause.startswith(("PDF/A-3 ", "PDF/UA-1 "))


def test_the_profiles_of_the_command_are_those_of_the_rules():
    assert set(PROFILES) == {profile for rule in RULES.values() for profile in rule.profiles}


def test_a_finding_of_an_element_names_the_line_of_the_source():
    (finding,) = spoilt(FAULTS["figure-alt"])
    assert (finding.source, finding.line, finding.page) == ("sample.yaml", 7, 1)


def test_an_element_without_a_line_has_that_of_the_one_around_it():
    (finding,) = spoilt(FAULTS["link-contents"])
    assert (finding.source, finding.line) == ("sample.yaml", 5)


def test_a_character_that_cannot_be_read_is_found_where_it_stands():
    (finding,) = spoilt(FAULTS["to-unicode letter"])
    assert (finding.source, finding.line, finding.page) == ("sample.yaml", 2, 1)


def test_a_nearer_part_has_its_own_source():
    def part(pdf):
        element(pdf, "Document").T = "issue.yaml"
        added = tag(pdf, "Part", "", T="other.yaml")
        tag(pdf, "Figure", "x", added, T="line 44")

    (finding,) = spoilt(part)
    assert (finding.source, finding.line) == ("other.yaml", 44)


def test_titles_of_elements_made_elsewhere_are_no_sources():
    def titled(pdf):
        element(pdf, "Document").T = "Annual report"
        element(pdf, "Figure").T = "Figure 7"
        del element(pdf, "Figure").Alt

    (finding,) = spoilt(titled)
    assert (finding.source, finding.line) == ("", 0)


def test_content_in_a_form_that_an_artifact_paints_is_no_finding():
    def painted(pdf):
        form(pdf, "0 0 9 9 re f")
        append(pdf, "/Fm Do")

    assert spoilt(painted) == ()


def test_a_standard_font_that_shows_nothing_needs_no_program():
    def named(pdf):
        from pikepdf import Dictionary, Name

        page(pdf).Resources.Font.F9 = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
        )
        append(pdf, "BT /F9 9 Tf ET")

    assert spoilt(named) == ()


def test_invisible_text_needs_no_program():
    def named(pdf):
        FAULTS["font-embedded standard"](pdf)
        replace(pdf, "BT /F2 9 Tf", "BT 3 Tr /F2 9 Tf")

    assert spoilt(named) == ()


def test_an_unwritten_operator_is_not_looked_for_inside_an_inline_image():
    def drawn_image(pdf):
        append(pdf, "BI /W 8 /H 1 /BPC 8 /CS /G ID EI EMC Q\nEI")

    assert spoilt(drawn_image) == ()


def test_what_cannot_be_read_is_a_finding_and_stops_nothing_else():
    def broken(pdf):
        from pikepdf import Array, Name

        page(pdf).Contents.write(b"junk", filter=Name.FlateDecode)
        pdf.Root.StructTreeRoot.ParentTree = Array([1, 2])
        pdf.Root.Lang = 12

    rules = {each.rule for each in spoilt(broken)}
    assert {"unchecked", "document-lang"} <= rules


def test_many_findings_of_one_rule_are_counted_and_not_all_told():
    def many(pdf):
        for n in range(MOST + 20):
            tag(pdf, "P", "", T=f"line {n + 100}")

    findings = spoilt(many)
    assert len(findings) == MOST + 1
    assert findings[-1].message == "20 more findings of the rule element-empty"


def test_a_plain_file_of_others_is_inspected_page_by_page():
    findings = found(drawn("a", pages=3))
    assert {each.page for each in findings if each.rule == "untagged"} == {1, 2, 3}
    assert {"struct-tree", "metadata", "font-embedded", "link-tag"} <= {
        each.rule for each in findings
    }


def test_random_damage_is_borne():
    import random

    from layout.ground.problems import Refused

    data, chance = written(sample(), compress_streams=False), random.Random(7)
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(8):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        try:
            opened = open_bytes(bytes(changed), Place("a.pdf"), "a.pdf")
        except Refused:
            continue
        inspect(opened)


def test_the_time_is_linear_in_the_content():
    pdf = sample()
    append(pdf, "\n".join(f"BT /F1 9 Tf 0 {n} Td <00020003> Tj ET" for n in range(4000)))
    opened = open_bytes(written(pdf), Place("a.pdf"), "a.pdf")
    start = time.process_time()
    assert inspect(opened) == ()
    assert time.process_time() - start < 1


def content_pages(pdf, count: int, code: str) -> None:
    """More pages that share their content and their resources."""
    made, resources = pdf.make_stream(code.encode()), pdf.make_indirect(pikepdf.Dictionary())
    for _ in range(count):
        added = pdf.add_blank_page(page_size=(400, 300)).obj
        added.Contents, added.Resources = made, resources


def test_content_that_pages_share_is_read_once(monkeypatch):
    from layout.bindery.preflight import scan

    read: list[int] = []

    def counted(data, report):
        read.append(len(data))
        return operations(data, report)

    monkeypatch.setattr(scan, "operations", counted)
    assert spoilt(lambda pdf: content_pages(pdf, 9, "/Artifact BMC 0 0 9 9 re f EMC")) == ()
    assert len(read) == 2


def test_what_shared_content_lacks_is_told_of_every_page():
    findings = spoilt(lambda pdf: content_pages(pdf, 3, "0 0 9 9 re f"))
    assert [(each.rule, each.page) for each in findings] == [("untagged", n) for n in (2, 3, 4)]


def test_shared_content_with_numbers_lacks_a_key_on_every_page():
    findings = spoilt(lambda pdf: content_pages(pdf, 2, "/P <</MCID 0>> BDC 0 0 9 9 re f EMC"))
    assert [(each.rule, each.page) for each in findings] == [("page-key", 2), ("page-key", 3)]


def test_shared_content_with_numbers_is_read_again_under_another_key():
    def keyed(pdf):
        content_pages(pdf, 2, "/P <</MCID 0>> BDC 0 0 9 9 re f EMC")
        for key, leaf in enumerate(list(pdf.pages)[1:], 2):
            leaf.obj.StructParents = key
        owner = pdf.make_indirect(
            pikepdf.Dictionary(
                S=pikepdf.Name.P, P=element(pdf, "Document"), K=0, Pg=pdf.pages[1].obj
            )
        )
        element(pdf, "Document").K.append(owner)
        pdf.Root.StructTreeRoot.ParentTree.Nums.extend(
            [2, pikepdf.Array([owner]), 3, pikepdf.Array()]
        )
        pdf.Root.StructTreeRoot.ParentTreeNextKey = 4

    assert [(each.rule, each.page) for each in spoilt(keyed)] == [("mcid-unknown", 3)]


def test_shared_content_is_read_again_with_other_resources():
    def other(pdf):
        content_pages(pdf, 2, "/Artifact BMC /C cs 0 0 9 9 re f EMC")
        space = pikepdf.Dictionary(ColorSpace=pikepdf.Dictionary(C=pikepdf.Name.DeviceCMYK))
        pdf.pages[1].obj.Resources = pikepdf.Dictionary(
            ColorSpace=pikepdf.Dictionary(C=pikepdf.Name.DeviceRGB)
        )
        pdf.pages[2].obj.Resources = space

    assert [(each.rule, each.page) for each in spoilt(other)] == [("device-cmyk", 3)]


def test_the_limits_themselves_are_allowed():
    def edges(pdf):
        append(pdf, "2147483647 -2147483648 m 0002147483647 0.000 m [2147483647] 0 d")
        append(pdf, f"/{127 * 'x'} <</X ({32_767 * 'x'})/Y <{32_767 * '61'}>>> BDC EMC")
        append(pdf, f"/P <</X [<61 62\n6 3> 0.0000000000001 12345678901.5]>> DP")  # noqa: F541

    assert spoilt(edges) == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [("MOST_OPERATORS", "50 operators of content"), ("MOST_BYTES", "0 MiB of streams")],
)
def test_a_file_of_more_than_is_looked_at_is_not_passed(monkeypatch, name, said):
    monkeypatch.setattr(f"layout.bindery.preflight.case.{name}", 50)
    (finding,) = found(written(sample()))
    assert (finding.rule, finding.severity) == ("unchecked", "error")
    assert finding.message == f"all that is beyond {said} cannot be checked"


def test_a_magazine_of_two_thousand_pages_is_within_what_is_looked_at():
    assert MOST_OPERATORS >= 2000 * 15_000
    assert MOST_BYTES >= 2000 * (1 << 19)


def test_a_hexadecimal_string_in_an_object_stream_is_looked_at():
    mode = pikepdf.ObjectStreamMode.generate
    data = written(sample(), object_stream_mode=mode, compress_streams=False)
    assert b"(https://example.org/)" in data
    changed = data.replace(b"(https://example.org/)", b"<61626364656667686970>", 1)
    assert found(changed) == ()
    changed = data.replace(b"(https://example.org/)", b"<6162636465666768697> ", 1)
    assert {each.rule for each in found(changed)} == {"hex-string"}


def test_metadata_that_says_what_the_catalogue_describes_is_known():
    def described(pdf):
        image = page(pdf).Resources.XObject.Im
        preflight_limit_faults.packet(pdf, image, "<pdfuaid:part>1</pdfuaid:part>")

    assert spoilt(described) == ()


def test_cdata_and_comments_are_no_document_type():
    def packet(pdf):
        old = "<pdf:Producer>tests<"
        new = "<!-- <!DOCTYPE x> --><pdf:Producer><![CDATA[tests]]><"
        pdf.Root.Metadata.write(XMP.replace(old, new).encode())

    assert spoilt(packet) == ()


@pytest.mark.parametrize(
    "before", ["", "<?x <!-- ?>", "<!-- x -->"], ids=["alone", "instruction", "comment"]
)
def test_a_document_type_is_refused_wherever_it_hides(before):
    from layout.bindery.claims import DocumentType, packet_tree

    text = before + '<!DOCTYPE x [<!ENTITY a "b">]><?x --> ?><x>&a;</x>'
    for coding in ("utf-8", "utf-16"):
        with pytest.raises(DocumentType):
            packet_tree(text.encode(coding))


def test_namespaces_are_those_that_are_written():
    from layout.bindery import claims
    from layout.plates.metadata import NAMESPACES

    known = {
        "pdfaid": claims.PDFA,
        "pdfuaid": claims.PDFUA,
        "pdfaExtension": claims.EXTENSION,
        "pdfaSchema": claims.SCHEMA,
        "pdfaProperty": claims.PROPERTY,
    }
    assert known.items() <= NAMESPACES.items()


def steps(data: bytes) -> int:
    """Lines of the preflight that are gone through for a file."""
    opened, count = open_bytes(data, Place("a.pdf"), "a.pdf"), 0

    def trace(frame, event, _):
        nonlocal count
        count += event == "line"
        return trace if "preflight" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        inspect(opened)
    finally:
        sys.settrace(before)
    return count


def nested(count: int, *roles: str) -> bytes:
    """The sample with elements in one another."""
    pdf = sample()
    at = pdf.Root.StructTreeRoot.K[0]
    for n in range(count):
        kind = pikepdf.Name(f"/{roles[n % len(roles)]}")
        made = pikepdf.Dictionary(S=kind, P=at, K=pikepdf.Array())
        at.K.append(pdf.make_indirect(made))
        at = at.K[-1]
    return written(pdf)


def roles_in_a_row(count: int) -> bytes:
    """Elements whose tags are mapped to one another's, up to one that is not mapped."""
    pdf = sample()
    at = pdf.Root.StructTreeRoot.K[0]
    for n in range(count):
        pdf.Root.StructTreeRoot.RoleMap[f"/R{n}"] = pikepdf.Name(f"/R{n + 1}")
        made = pikepdf.Dictionary(S=pikepdf.Name(f"/R{n}"), P=at, K=pikepdf.Array())
        at.K.append(pdf.make_indirect(made))
    return written(pdf)


@pytest.mark.parametrize(
    "made",
    [
        lambda n: nested(n, "Link"),
        lambda n: nested(n, "Div"),
        lambda n: nested(n, "Div", "L"),
        lambda n: nested(n, "Div", "NonStruct", "Table"),
        roles_in_a_row,
    ],
    ids=["links", "groups", "lists", "tables", "roles"],
)
def test_the_steps_are_linear_in_the_elements(made):
    one, two, four = (steps(made(n)) for n in (100, 200, 400))
    assert four - two < 2.1 * (two - one)


EVIL = "\x1b[31m\x07\x9b\u202e\ue000"


def test_whatever_a_file_holds_can_be_printed():
    raw = pikepdf.Object.parse

    def evil(pdf):
        name = raw(b"/E#1b#07#9b" + b"x" * 130)
        root, pages = pdf.Root, page(pdf)
        root.Lang = EVIL
        element(pdf, "Document").T = "\x9b31m\u202e.yaml"
        element(pdf, "P").S = name
        element(pdf, "H1").ID = element(pdf, "H2").ID = EVIL
        element(pdf, "H2").S = pikepdf.Name.H4
        element(pdf, "Figure").Alt = "image" + EVIL
        root.StructTreeRoot.RoleMap = raw(b"<</Question /E#1b /P /E#1b>>")
        root.Perms = raw(b"<</E#1b 1>>")
        root.Extra = raw(b"<</E#1b" + b"x" * 130 + b" /E#1b>>")
        pages.Annots[0].A = raw(b"<</S /E#1b#07 /Next <</S /Named /N /E#1b>> /URI (\033)>>")
        pages.Annots[0].AP = raw(b"<</E#1b 1>>")
        root.AF[0].UF = EVIL
        del root.AF[0].AFRelationship
        preflight_limit_faults.inner(pdf).BaseFont = name
        preflight_limit_faults.font(pdf).BaseFont = name
        preflight_limit_faults.font(pdf).Encoding = name
        pages.Resources.ExtGState = raw(b"<</G <</BM /E#1b /RI /E#1b>>>>")
        pages.Resources.XObject.Im.Intent = name
        pdf.trailer.Info.Title = EVIL
        append(
            pdf, "/G gs /E#1b gs /E#1b cs E\x1b \x1b\x9b /E#1b ri /E#1b <</Lang (\x1b)>> BDC EMC"
        )
        packet = preflight_limit_faults.PACKET % "<my:\u0300\ua7f7x>1</my:\u0300\ua7f7x>"
        preflight_limit_faults.packet(pdf, pages, data=packet.replace("\u0300", "").encode())
        preflight_limit_faults.packet(pdf, root.AF[0].EF.F, "<xmp:Rating>\u202e</xmp:Rating>")

    findings = spoilt(evil)
    assert len({each.rule for each in findings}) > 15
    for each in findings:
        assert each.message.isprintable()
        assert each.source.isprintable()
        assert each.hint.isprintable()


def test_tokens_of_a_content_stream():
    code = rb"/P <</MCID 3/ActualText(a\)(b))>>BDC[<0041>-20<00 42>]TJ(x\101)Tj[(a)3]TJ EMC/N#41 gs % c"
    assert [(operator, list(operands)) for operator, operands in operations(code)] == [
        (b"BDC", ["/P", {"/MCID": b"3", "/ActualText": b"a)(b)"}]),
        (b"TJ", [b"[<0041>-20<00 42>]"]),
        (b"Tj", [b"xA"]),
        (b"TJ", [[b"a", b"3"]]),
        (b"EMC", []),
        (b"gs", ["/NA"]),
    ]


def spoilt_file(folder: Path, name: str = "figure-alt") -> str:
    pdf = sample()
    FAULTS[name](pdf)
    return save(folder, "bad.pdf", written(pdf))


def test_the_command_says_what_is_wrong_and_where(tmp_path, capfd):
    bad, good = spoilt_file(tmp_path), save(tmp_path, "good.pdf", written(sample()))
    assert main(["preflight", bad, good]) == 1
    out, err = capfd.readouterr()
    assert out == f"{bad}: 1 error\n{good}: nothing found wanting\n"
    assert err == (
        f"{bad}: error: page 1: figure has no alternative text (PDF/UA-1 7.3)\n"
        "  hint: sample.yaml:7: say in words what it shows\n"
    )


def test_a_warning_alone_is_no_refusal(tmp_path, capfd):
    assert main(["preflight", "--profile", "digital", spoilt_file(tmp_path, "list-body")]) == 0
    assert capfd.readouterr().out.endswith(": 1 warning\n")


def test_a_note_is_kept_for_itself_when_quiet(tmp_path, capfd):
    assert main(["preflight", "--quiet", spoilt_file(tmp_path, "element-empty")]) == 0
    assert capfd.readouterr() == ("", "")


def test_files_that_cannot_be_opened_are_refused_and_the_others_inspected(tmp_path, capfd):
    missing, text = str(tmp_path / "no.pdf"), save(tmp_path, "text.pdf", b"Dear editor")
    good = save(tmp_path, "good.pdf", written(sample()))
    assert main(["preflight", missing, text, good]) == 1
    out, err = capfd.readouterr()
    assert out == f"{good}: nothing found wanting\n"
    assert f"{missing}: error: there is no file" in err
    assert "text.pdf is no PDF" in err


def test_an_encrypted_file_is_refused(tmp_path, capfd):
    data = written(sample(), encryption=pikepdf.Encryption("o", "u", R=4), deterministic_id=False)
    assert main(["preflight", save(tmp_path, "locked.pdf", data)]) == 1
    assert "is encrypted" in capfd.readouterr().err


def test_json_has_a_line_for_each_file(tmp_path, capfd):
    bad, good = spoilt_file(tmp_path), save(tmp_path, "good.pdf", written(sample()))
    assert main(["preflight", "--json", "--quiet", bad, good, str(tmp_path / "no.pdf")]) == 1
    first, second, third = map(json.loads, capfd.readouterr().out.splitlines())
    assert (first["source"], first["status"], first["pages"]) == (bad, "refused", 1)
    assert first["problems"] == [
        {
            "severity": "error", "file": "sample.yaml", "line": 7, "column": None,
            "message": "figure has no alternative text", "hint": "say in words what it shows",
            "page": 1, "place": None, "rule": "figure-alt", "clause": "PDF/UA-1 7.3",
        }
    ]  # fmt: skip
    assert (second["status"], second["problems"], second["edition"]) == ("current", [], "digital")
    assert (third["status"], third["problems"][0]["page"]) == ("refused", None)

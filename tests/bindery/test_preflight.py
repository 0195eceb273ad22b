import json
import time
from collections.abc import Callable
from pathlib import Path

import preflight_faults
import preflight_font_faults
import preflight_tag_faults
import pytest
from bindery_samples import drawn, save
from preflight_samples import sample, written
from preflight_spoiling import ALSO, BYTES, FAULTS, append, element, form, page, replace, tag

from layout.bindery.foreign import open_bytes
from layout.bindery.preflight import Finding, inspect
from layout.bindery.preflight.findings import MOST
from layout.bindery.preflight.rules import RULES
from layout.bindery.preflight.tokens import operations
from layout.desk.arguments import PROFILES
from layout.desk.cli import main
from layout.ground.problems import Place

assert preflight_faults and preflight_font_faults and preflight_tag_faults  # they fill FAULTS

UNTOLD = {"jpx", "limit-objects", "unchecked"}
"""Rules that have tests of their own, or would take millions of objects."""


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
    import pikepdf

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


def test_a_wrong_jpeg_2000_image_is_found():
    from pikepdf import Dictionary, Name

    def box(kind: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4, "big") + kind + body

    size = box(b"ihdr", bytes(8) + b"\0\3" + b"\7\7\0\0")
    header = box(b"jp2h", size + box(b"bpcc", b"\7\7\7") + box(b"colr", b"\1\0\0\0\0\0\x10"))

    def image(pdf):
        made = pdf.make_stream(header, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        made.Filter = Name.JPXDecode
        page(pdf).Resources.XObject = Dictionary(Im=made)

    assert {each.rule for each in spoilt(image)} == {"jpx"}


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
    import pikepdf

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
            "page": 1, "rule": "figure-alt", "clause": "PDF/UA-1 7.3",
        }
    ]  # fmt: skip
    assert (second["status"], second["problems"], second["edition"]) == ("current", [], "digital")
    assert (third["status"], third["problems"][0]["page"]) == ("refused", None)

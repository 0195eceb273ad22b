"""Files with forms, actions, media, threads and layers, damaged in any place: sound or refused, and quiet."""

import re
from functools import cache

import pytest
from bindery_samples import needs, opened, pikepdf, save, saved
from form_samples import Array, Dictionary, Name, annotation, changed, form
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tag_samples import El, tagged

from layout.bindery.assemble import Foreign, OwnPages, assemble
from layout.bindery.merge import merge
from layout.ground.problems import Refused

pytestmark = [
    needs("qpdf"),
    pytest.mark.filterwarnings("ignore:This document has .* form widget"),
]

QUIET = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@cache
def rich() -> bytes:
    """A form of three pages with a script on everything, a film, a thread and a layer; no stream is packed."""

    def add(pdf) -> None:
        page, last = pdf.pages[0].obj, pdf.pages[2].obj
        script = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="EVIL()"))
        goto = pdf.make_indirect(Dictionary(S=Name.GoTo, D=Array([last, Name.Fit]), Next=script))
        film = annotation(pdf, "Screen")
        film.A = Dictionary(S=Name.Rendition, JS="EVIL()", AN=film)
        annotation(pdf, "Link", AP=None, A=goto)
        annotation(pdf, "Stamp")
        page.AA, pdf.Root.OpenAction = Dictionary(O=script), goto
        for field in pdf.Root.AcroForm.Fields:
            field.AA = Dictionary(K=script)
        pdf.Root.AcroForm.CO = Array([pdf.Root.AcroForm.Fields[0]])
        thread = pdf.make_indirect(Dictionary())
        beads = [
            pdf.make_indirect(Dictionary(P=each, R=[0, 0, 9, 9], T=thread)) for each in (page, last)
        ]
        for bead, other, each in zip(beads, reversed(beads), (page, last), strict=True):
            bead.N = bead.V = other
            each.B = Array([bead])
        thread.F, pdf.Root.Threads = beads[0], Array([thread])
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="L"))
        pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))

    pdf = opened(changed(form(pages=3), add))
    return saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def astray(draw, whole: bytearray) -> bytes:
    """The file with some references that lead to other objects."""
    for _ in range(draw(st.integers(1, 6))):
        found = draw(st.sampled_from(list(re.finditer(rb"\b\d+(?= 0 R)", whole))))
        width = found.end() - found.start()
        other = draw(st.integers(1, 10**width - 1))
        whole[found.start() : found.end()] = b"%0*d" % (width, other)
    return bytes(whole)


def noisy(draw, whole: bytearray) -> bytes:
    """The file with some words of another kind in place of names and numbers."""
    for _ in range(draw(st.integers(1, 4))):
        found = draw(
            st.sampled_from(list(re.finditer(rb"(?<= )(?:/[A-Za-z]+|[0-9.]+)(?= )", whole)))
        )
        word = draw(
            st.sampled_from([b"7", b"/X", b"[]", b"()", b"<<>>", b"null", b"-1e9", b"[[]]"])
        )
        width = found.end() - found.start()
        whole[found.start() : found.end()] = (
            word[:width].ljust(width) if len(word) <= width else b"0" * width
        )
    return bytes(whole)


@QUIET
@given(data=st.data(), damage=st.sampled_from([astray, noisy]))
def test_a_merged_file_is_sound_and_nothing_in_it_runs(data, damage, tmp_path):
    path = save(tmp_path, "guest.pdf", damage(data.draw, bytearray(rich())))
    try:
        made = merge(path, [path])
    except Refused:
        return
    pdf = opened(made.pdf)
    assert len(pdf.pages) >= 2
    assert b"EVIL" not in saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)


@QUIET
@given(
    data=st.data(),
    damage=st.sampled_from([astray, noisy]),
    bare=st.booleans(),
    first=st.integers(0, 2),
)
def test_some_pages_of_it_in_an_issue(data, damage, bare, first, tmp_path):
    path = save(tmp_path, "guest.pdf", damage(data.draw, bytearray(rich())))
    own = tagged(El("Document", El("P", (0, 0))))
    try:
        part = Foreign(path, first, 1, untagged="page")
        made = assemble(own, [OwnPages(0), part], bare=bare)
    except Refused:
        return
    pdf = opened(made.pdf)
    assert len(pdf.pages) == 2
    assert b"EVIL" not in saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    if bare:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[1]


def test_the_sample_has_all_of_it():
    """The negative control."""
    assert rich().count(b"EVIL") == 2
    for word in (b"/Screen", b"/JavaScript", b"/OCGs", b"/Threads", b"/CO", b"/AcroForm"):
        assert word in rich()

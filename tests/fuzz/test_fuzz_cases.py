"""A few of the cases of `make fuzz`, so that it cannot rot; all ten thousand are run by hand."""

from random import Random

import pytest
from bindery_samples import drawn
from fuzz_samples import small
from mutations import BYTES, OBJECTS, mutated, tabled
from trial import Fault, tried

SAMPLES = small()


@pytest.mark.parametrize("case", range(60))
def test_a_spoilt_file_is_merged_whole_or_refused(case, tmp_path):
    partner, folder = tmp_path / "partner.pdf", tmp_path / "here"
    partner.write_bytes(drawn("partner", 1))
    folder.mkdir()
    told, outcome = tried(case, SAMPLES, str(partner), folder)
    assert told
    assert set(outcome.split()) <= {"merged", "refused"}


def test_a_case_is_always_the_same():
    assert mutated(7, SAMPLES) == mutated(7, SAMPLES)
    assert len({mutated(case, SAMPLES)[1] for case in range(50)}) > 45


@pytest.mark.parametrize("change", sorted({*BYTES, *OBJECTS}, key=lambda it: it.__name__))
def test_each_way_to_spoil_a_file_does(change):
    data = SAMPLES["drawn qdf"]
    assert any(change(data, Random(seed)) != data for seed in range(5))


def test_a_new_table_leads_to_every_object(tmp_path):
    from layout.bindery.foreign import open_bytes
    from layout.ground.problems import Place

    data = SAMPLES["drawn qdf"].replace(b"/Count", b"   /Count", 1)
    opened = open_bytes(tabled(data), Place("a"), "a.pdf")
    assert len(opened.pages) == 3
    assert not opened.reader.is_mended
    assert open_bytes(data, Place("a"), "a.pdf").reader.is_mended


def test_a_file_that_comes_out_with_other_pages_is_a_fault(tmp_path, monkeypatch):
    from layout.bindery import merge

    partner, folder = tmp_path / "partner.pdf", tmp_path / "here"
    partner.write_bytes(drawn("partner", 1))
    folder.mkdir()
    whole = merge.merge_into
    sound = {"drawn": drawn("drawn", 3)}
    monkeypatch.setattr("trial.mutated", lambda _case, _samples: ("nothing", sound["drawn"]))
    assert tried(0, sound, str(partner), folder)[1] == "merged merged"
    monkeypatch.setattr(
        merge, "merge_into", lambda out, name, files: whole(out, name, files[:1] * 2)
    )
    with pytest.raises(Fault, match="has not 4 pages"):
        tried(0, sound, str(partner), folder)

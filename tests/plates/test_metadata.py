"""What a file says about itself: from its source, never from the clock or the machine."""

import pytest
from readback import opened
from reprints import SAMPLES, offprint, reprint, sample, source

from layout.ground.version import VERSION


def info(pdf: bytes) -> dict[str, str]:
    return {str(key)[1:]: str(value) for key, value in opened(pdf).docinfo.items()}


def test_the_information_comes_from_the_source():
    assert info(sample("mine-ban-convention").pdf) == {
        "Title": "Anti-Personnel Mine Ban Convention",
        "Author": "Anti-Personnel Mine Ban Convention, Focus",
        "Subject": "How a disarmament treaty uses Twitter",
        "Keywords": "landmines, disarmament, Mine Ban Convention, Twitter, social media, Geneva",
        "Creator": f"Offprint {VERSION}",
        "Producer": f"Offprint {VERSION} (ReportLab)",
        "CreationDate": "D:20120601000000Z",
        "ModDate": "D:20120601000000Z",
        "Trapped": "/False",
    }


def test_what_the_source_does_not_say_is_left_out(tmp_path):
    found = info(reprint(source(tmp_path)).pdf)
    assert found.keys() == {"Title", "Creator", "Producer", "Trapped"}


def test_letters_of_all_kinds_come_through(tmp_path):
    title = "L’espace – žluťoučký Ελλάδα"
    assert info(reprint(source(tmp_path, title=title)).pdf)["Title"] == title


@pytest.mark.parametrize(
    ("date", "written"),
    [("2012", "D:20120101000000Z"), ("2012-06", "D:20120601000000Z"), ("2012-06-30", "D:20120630000000Z")],
)  # fmt: skip
def test_a_date_may_be_a_year_a_month_or_a_day(tmp_path, date, written):
    found = info(reprint(source(tmp_path, date=date)).pdf)
    assert found["CreationDate"] == found["ModDate"] == written


def test_the_first_publication_dates_a_reprint_that_has_no_date(tmp_path):
    found = info(reprint(source(tmp_path, original={"publication": "P", "date": "1999-02"})).pdf)
    assert found["CreationDate"] == "D:19990201000000Z"


def test_source_date_epoch_goes_before_the_source(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    found = info(reprint(source(tmp_path, date="2012")).pdf)
    assert found["CreationDate"] == found["ModDate"] == "D:20231114221320Z"


@pytest.mark.parametrize(
    "epoch", ["yesterday", "99999999999999999999", "1" * 5000, "²", "-5", "1.5"]
)
def test_a_source_date_epoch_that_is_no_time_stops_the_program(tmp_path, epoch):
    done = offprint("build", source(tmp_path), "-o", tmp_path / "a.pdf", env={"SOURCE_DATE_EPOCH": epoch})  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "offprint: error: SOURCE_DATE_EPOCH is no number of seconds since 1970\n"
    assert not (tmp_path / "a.pdf").exists()


def test_an_empty_source_date_epoch_is_none(tmp_path):
    done = offprint("build", source(tmp_path, date="2012"), "-o", tmp_path / "a.pdf", env={"SOURCE_DATE_EPOCH": ""})  # fmt: skip
    assert done.returncode == 0
    assert info((tmp_path / "a.pdf").read_bytes())["CreationDate"] == "D:20120101000000Z"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_catalogue_names_the_language_and_asks_for_the_title(name):
    file = opened(sample(name).pdf)
    assert str(file.Root.Lang) == sample(name).interview.language
    assert file.Root.ViewerPreferences.DisplayDocTitle is True


def test_the_identifier_is_made_from_the_content(tmp_path):
    one, other = source(tmp_path, "one.yaml"), source(tmp_path, "other.yaml", title="Another")
    first = [bytes(half) for half in opened(reprint(one).pdf).trailer.ID]
    again = [bytes(half) for half in opened(reprint(one).pdf).trailer.ID]
    second = [bytes(half) for half in opened(reprint(other).pdf).trailer.ID]
    assert first == again and first[0] == first[1] and len(first[0]) == 16
    assert first != second


def test_nothing_of_the_machine_is_in_the_file(tmp_path):
    """No path, no user, no time: a file says what its source says."""
    pdf = reprint(source(tmp_path)).pdf
    assert str(tmp_path).encode() not in pdf
    assert not any(str(tmp_path).encode() in thing.unparse() for thing in opened(pdf).objects)

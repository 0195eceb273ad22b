"""What a file says about itself: from its source, never from the clock or the machine."""

import re
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from readback import opened
from reprints import SAMPLES, offprint, reprint, sample, source

from layout.ground.version import VERSION
from layout.plates.edition import EDITIONS
from layout.plates.metadata import NAMESPACES, About
from layout.plates.painter import Part, paint


def info(pdf: bytes) -> dict[str, str]:
    return {str(key)[1:]: str(value) for key, value in opened(pdf).docinfo.items()}


def test_the_information_comes_from_the_source():
    assert info(sample("mine-ban-convention").pdf) == {
        "Title": "Anti-Personnel Mine Ban Convention",
        "Author": "Anti-Personnel Mine Ban Convention, Focus",
        "Subject": "How a disarmament treaty uses Twitter",
        "Keywords": "landmines, disarmament, Mine Ban Convention, Twitter, social media, Geneva",
        "Creator": f"Offprint {VERSION}",
        "Producer": f"Offprint {VERSION}",
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
    assert first == again and len(first[0]) == len(first[1]) == 16
    assert first != second


def test_nothing_of_the_machine_is_in_the_file(tmp_path):
    """No path, no user, no time: a file says what its source says."""
    pdf = reprint(source(tmp_path)).pdf
    assert str(tmp_path).encode() not in pdf
    assert not any(str(tmp_path).encode() in thing.unparse() for thing in opened(pdf).objects)


# --- the same in XMP ---

SPACES = {**NAMESPACES, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
EVERYTHING = About(
    title="Tom & “Jerry” <cat> 'n' \"mouse\" \U0001f600",
    creators=("Zoë <z@example.org>", "R&D", "O'Neil, Ann"),
    subject="a < b && c > d]]>",
    keywords=("“quoted”", "&amp;", "naïve", "a\rb"),
    date="2012-06-30",
    language="fr",
    languages=("fr", "en"),
    publisher="Presses & Co",
    rights="© 2012 <State>",
    source="Focus, 2012-06, https://o.example/?a=1&b=2",
)


def painted(about: About, tagged: bool = True) -> bytes:
    printed = sample("why-hyphens")
    edition = replace(EDITIONS["digital"], tagged=tagged)
    return paint([Part(printed.pages)], printed.brand, edition, about)


def described(pdf: bytes) -> ET.Element:
    """The description in the XMP packet, which no reader need unpack to find (ISO 19005-3, 6.6.2.1)."""
    stream = opened(pdf).Root.Metadata
    assert "/Filter" not in stream
    packet = stream.read_bytes()
    assert packet.startswith(b"<?xpacket begin=\"\xef\xbb\xbf\"") and packet.endswith(b"<?xpacket end=\"r\"?>")  # fmt: skip
    found = ET.fromstring(packet).find("rdf:RDF/rdf:Description", SPACES)
    assert found is not None
    return found


def values(description: ET.Element, name: str) -> list[str]:
    """The values of a property, whether it is an array or not."""
    found = description.findall(name, SPACES)
    assert len(found) <= 1
    return [it.text or "" for it in (found[0].iterfind(".//rdf:li", SPACES) if found and len(found[0]) else found)]  # fmt: skip


def test_xmp_says_everything_that_is_known():
    found = described(painted(EVERYTHING))
    assert {name: values(found, name) for name in (
        "dc:title", "dc:creator", "dc:description", "dc:subject", "dc:date", "dc:language", "dc:publisher", "dc:rights",
        "dc:source", "dc:format",
    )} == {
        "dc:title": [EVERYTHING.title],
        "dc:creator": list(EVERYTHING.creators),
        "dc:description": [EVERYTHING.subject],
        "dc:subject": list(EVERYTHING.keywords),
        "dc:date": [EVERYTHING.date],
        "dc:language": ["fr", "en"],
        "dc:publisher": [EVERYTHING.publisher],
        "dc:rights": [EVERYTHING.rights],
        "dc:source": [EVERYTHING.source],
        "dc:format": ["application/pdf"],
    }  # fmt: skip


def when(date: str) -> str:
    """A PDF date as XMP has it."""
    return re.sub(r"^D:(\d{4})(..)(..)(..)(..)(..)Z$", r"\1-\2-\3T\4:\5:\6Z", date)


def agreeing(pdf: bytes) -> None:
    """Every entry of the information dictionary has its property, with the same value (ISO 19005-3, 6.6.3)."""
    entries, found = info(pdf), described(pdf)
    for key, name, joined in (
        ("Title", "dc:title", ""),
        ("Author", "dc:creator", ", "),
        ("Subject", "dc:description", ""),
        ("Keywords", "pdf:Keywords", ""),
        ("Creator", "xmp:CreatorTool", ""),
        ("Producer", "pdf:Producer", ""),
    ):
        assert joined.join(values(found, name)) == entries.pop(key, "")
    for key, name in (("CreationDate", "xmp:CreateDate"), ("ModDate", "xmp:ModifyDate")):
        date = entries.pop(key, None)
        assert values(found, name) == ([when(date)] if date else [])
    assert entries == {"Trapped": "/False"}


@pytest.mark.parametrize(
    "about", [EVERYTHING, About("T"), About("T", creators=("One",), date="1999")]
)
def test_information_and_xmp_agree(about):
    agreeing(painted(about))


@pytest.mark.parametrize("name", SAMPLES)
def test_they_agree_in_the_samples(name):
    agreeing(sample(name).pdf)


def test_they_agree_on_source_date_epoch(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pdf = painted(EVERYTHING)
    agreeing(pdf)
    found = described(pdf)
    assert (
        values(found, "xmp:CreateDate")
        == values(found, "xmp:MetadataDate")
        == ["2023-11-14T22:13:20Z"]
    )
    assert values(found, "dc:date") == ["2012-06-30"], "when the text is from does not change"


def test_without_a_date_nothing_is_dated(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    pdf = painted(About("T"))
    assert not [key for key in info(pdf) if "Date" in key]
    assert not [
        it.tag for it in described(pdf).iter() if "Date" in it.tag or it.tag.endswith("}date")
    ]


def test_what_is_not_known_is_not_in_xmp():
    assert {re.sub(".*}", "", it.tag) for it in described(painted(About("T"), tagged=False))} == {
        "format", "title", "language", "CreatorTool", "Producer", "DocumentID", "InstanceID",
    }  # fmt: skip


def test_the_first_publication_is_the_source(tmp_path):
    original = {
        "publication": "Focus",
        "issue": "12",
        "date": "2012-06",
        "url": "https://o.example",
    }
    found = described(reprint(source(tmp_path, original=original, rights="© A")).pdf)
    assert values(found, "dc:source") == ["Focus, 2012-06, 12, https://o.example"]
    assert values(found, "dc:rights") == ["© A"]


def test_the_identifier_is_the_files():
    pdf = painted(EVERYTHING)
    found = described(pdf)
    half = bytes(opened(pdf).trailer.ID[0]).hex()
    for name in ("xmpMM:DocumentID", "xmpMM:InstanceID"):
        (value,) = values(found, name)
        assert re.fullmatch(r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value)
        assert value.removeprefix("uuid:").replace("-", "") == half


def test_tagged_files_claim_what_they_keep():
    """PDF/A-3a and PDF/UA-1, with the schema of the one property that PDF/A does not know."""
    found = described(painted(EVERYTHING))
    claims = [values(found, name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    assert claims == [["3"], ["A"], ["1"]]
    schema = found.find("pdfaExtension:schemas/rdf:Bag/rdf:li", SPACES)
    assert schema is not None
    assert schema.findtext("pdfaSchema:namespaceURI", "", SPACES) == NAMESPACES["pdfuaid"]
    assert schema.findtext("pdfaSchema:prefix", "", SPACES) == "pdfuaid"
    names = schema.findall("pdfaSchema:property//pdfaProperty:name", SPACES)
    assert [it.text for it in names] == ["part"]


def test_other_files_claim_nothing():
    pdf = painted(EVERYTHING, tagged=False)
    assert not [it.tag for it in described(pdf).iter() if "aiim.org" in it.tag]
    assert b"aiim.org" not in opened(pdf).Root.Metadata.read_bytes()
    assert not {"/StructTreeRoot", "/MarkInfo", "/OutputIntents"} & set(opened(pdf).Root.keys())

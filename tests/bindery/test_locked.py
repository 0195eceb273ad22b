"""Encrypted files: which passwords open them, and that all of what is in them comes out as it was."""

import subprocess
from pathlib import Path

import pytest
from bindery_samples import check, drawn, needs, opened, pikepdf, save, saved, texts

from layout.bindery import locked
from layout.bindery.foreign import open_all, open_pdf
from layout.bindery.merge import merge
from layout.bindery.preflight import inspect
from layout.ground.problems import Refused

pytestmark = needs("qpdf")

KINDS = {
    "RC4 40": ["40", "--"],
    "RC4 128": ["128", "--"],
    "AES 128": ["128", "--use-aes=y", "--"],
    "AES 256 R5": ["256", "--force-R5", "--"],
    "AES 256 R6": ["256", "--"],
    "cleartext 128": ["128", "--use-aes=y", "--cleartext-metadata", "--"],
    "cleartext 256": ["256", "--cleartext-metadata", "--"],
}
SECRET = "hush hush"
XMP = b"""<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/></x:xmpmeta><?xpacket end='w'?>"""


def encrypted(folder: Path, data: bytes, kind: list[str], user: str = SECRET, *more: str) -> str:
    plain, out = save(folder, "plain.pdf", data), str(folder / "locked.pdf")
    command = ["qpdf", "--allow-weak-crypto", *more, "--encrypt", user, "owner", *kind, plain, out]
    subprocess.run(command, check=True, capture_output=True)
    return out


def rich() -> bytes:
    """Text, an outline, an attached file, metadata, and strings of all kinds."""
    pdf = opened(drawn("locked", 2, title="Sérieux (très)"))
    pdf.attachments["a.txt"] = b"what is attached"
    pdf.Root.Metadata = pdf.make_stream(XMP, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    return saved(pdf, fix_metadata_version=False)


def merged(folder: Path, path: str, passwords: tuple[str, ...]) -> bytes:
    from io import BytesIO

    from layout.bindery.merge import merge_into

    files = open_all([path, save(folder, "guest.pdf", drawn("guest", 1))], passwords)
    out = BytesIO()
    merge_into(out, "out.pdf", files)
    return out.getvalue()


@pytest.mark.parametrize("packed", ["disable", "generate"])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("password", [SECRET, "owner"])
def test_all_that_was_encrypted_comes_out_as_it_was(kind, packed, password, tmp_path):
    path = encrypted(tmp_path, rich(), KINDS[kind], SECRET, f"--object-streams={packed}")
    data = merged(tmp_path, path, ("no", password))
    check(data, tmp_path)
    assert texts(data, tmp_path)[:2] == ["locked page 1", "locked page 2"]
    pdf = opened(data)
    assert not pdf.is_encrypted
    assert str(pdf.docinfo.Title) == "Sérieux (très)"
    assert pdf.attachments["a.txt"].get_file().read_bytes() == b"what is attached"
    assert pdf.Root.Metadata.read_bytes() == XMP
    with pdf.open_outline() as outline:
        assert [each.title for each in outline.root][:1] == ["locked 0"]
    assert str(pdf.pages[0].Annots[1].A.URI) == "https://example.org/locked"


def test_a_guest_may_be_encrypted_too_and_both_are_told(tmp_path):
    host = encrypted(tmp_path, rich(), KINDS["AES 256 R6"])
    (tmp_path / "other").mkdir()
    guest = encrypted(tmp_path / "other", drawn("other"), KINDS["RC4 128"], "another")
    files = open_all([host, guest], ("another", SECRET))
    assert [len(each.pages) for each in files] == [2, 2]
    assert all(each.is_encrypted and not each.is_sealed for each in files)


def test_a_stream_with_a_filter_of_its_own_is_left_as_it_is(tmp_path):
    """ISO 32000-1, 7.6.5: /Crypt with /Identity says that a stream was not encrypted."""
    pdf = opened(rich())
    kind = {"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML}
    pdf.Root.Metadata = pdf.make_stream(XMP + b" " * 99, kind)
    whole = saved(pdf, fix_metadata_version=False)
    path = encrypted(tmp_path, whole, KINDS["AES 128"], SECRET, "--compress-streams=n")
    data = Path(path).read_bytes()
    at = data.index(b"/Subtype /XML")
    start, end = data.rindex(b"<<", 0, at), data.index(b"endstream", at)
    assert XMP not in data
    plain = b"<< /Filter[/Crypt]/DecodeParms[<</Name/Identity>>]/Type/Metadata/Subtype/XML/Length %d >>\nstream\n%s\n"
    plain %= (len(XMP), XMP)
    assert len(plain) <= end - start
    made = data[:start] + plain + b"endstream".ljust(end + 9 - start - len(plain)) + data[end + 9 :]
    pdf = opened(merged(tmp_path, save(tmp_path, "own.pdf", made), (SECRET,)))
    assert pdf.Root.Metadata.read_bytes() == XMP
    assert "/Filter" not in pdf.Root.Metadata or pdf.Root.Metadata.Filter != pikepdf.Name.Crypt


@pytest.mark.parametrize(
    ("user", "passwords", "message"),
    [
        (SECRET, None, "needs a password"),
        (SECRET, (), "needs a password"),
        (SECRET, ("", "wrong"), "none of the passwords opens it"),
        ("", None, "its owner restricts its use"),
        ("", (), "its owner restricts its use"),
        ("", ("wrong",), "its owner restricts its use"),
    ],
)
@pytest.mark.parametrize("kind", ["RC4 40", "AES 128", "AES 256 R6"])
def test_without_the_right_password_a_file_is_refused(kind, user, passwords, message, tmp_path):
    path = encrypted(tmp_path, drawn("a"), KINDS[kind], user)
    with pytest.raises(Refused) as refusal:
        open_pdf(path, passwords=passwords)
    (problem,) = refusal.value.problems
    assert message in problem.message
    assert ("--password-file" in problem.hint) == (passwords is not None)
    assert "wrong" not in str(problem)


def test_the_empty_password_opens_where_it_is_given(tmp_path):
    path = encrypted(tmp_path, drawn("a"), KINDS["AES 256 R6"], "")
    assert len(open_pdf(path, passwords=("",)).pages) == 2


@pytest.mark.parametrize("kind", ["RC4 128", "AES 256 R6"])
def test_passwords_are_more_than_ascii(kind, tmp_path):
    path = str(tmp_path / "locked.pdf")
    level = {"RC4 128": 3, "AES 256 R6": 6}[kind]
    encryption = pikepdf.Encryption(
        user=" Größe ", owner="x", R=level, aes=level > 4, metadata=level > 4
    )
    opened(drawn("a")).save(path, encryption=encryption)
    assert len(open_pdf(path, passwords=(" Größe ",)).pages) == 2
    with pytest.raises(Refused):
        open_pdf(path, passwords=("Größe",))


def test_what_is_missing_for_aes_is_named(tmp_path, monkeypatch):
    path = encrypted(tmp_path, drawn("a"), KINDS["AES 128"])
    monkeypatch.setattr(locked, "crypt_provider", ("local_crypt_fallback", "0.0.0"))
    with pytest.raises(Refused, match="a library is missing") as refusal:
        open_pdf(path, passwords=(SECRET,))
    assert "pip install 'offprint[encrypted]'" in refusal.value.problems[0].hint


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"/Standard", b"/Unheard-"), (b"/V 5", b"/V 9"), (b"/CFM /AESV3", b"/CFM /AESVX")],
)
def test_an_unknown_handler_is_refused_in_one_sentence(old, new, tmp_path):
    path = encrypted(tmp_path, drawn("a"), KINDS["AES 256 R6"])
    data = Path(path).read_bytes()
    assert old in data
    with pytest.raises(Refused) as refusal:
        open_pdf(save(tmp_path, "odd.pdf", data.replace(old, new)), passwords=(SECRET,))
    assert len(refusal.value.problems) == 1


def test_merging_says_that_the_new_file_is_not_encrypted(tmp_path):
    path = encrypted(tmp_path, drawn("a"), KINDS["AES 256 R6"])
    from io import BytesIO

    from layout.bindery.merge import merge_into

    guest = save(tmp_path, "b.pdf", drawn("b"))
    notes = merge_into(BytesIO(), "out.pdf", open_all([guest, path], (SECRET,)))
    (said,) = [each for each in notes if "encrypted" in each.message]
    assert said.message == "locked.pdf is encrypted; the new file is not"
    assert said.severity == "note"


@pytest.mark.parametrize("profile", ["digital", "press"])
def test_preflight_finds_that_a_file_is_encrypted(profile, tmp_path):
    path = encrypted(tmp_path, drawn("a"), KINDS["AES 256 R6"])
    rules = {each.rule for each in inspect(open_pdf(path, passwords=(SECRET,)), profile)}
    assert "encrypted" in rules
    plain = {each.rule for each in inspect(open_pdf(save(tmp_path, "b.pdf", drawn("a"))), profile)}
    assert "encrypted" not in plain


def test_merge_alone_has_no_passwords(tmp_path):
    path = encrypted(tmp_path, drawn("a"), KINDS["RC4 128"])
    with pytest.raises(Refused, match="needs a password"):
        merge(path, [path])

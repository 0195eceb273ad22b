"""What a file says of itself as a whole: title, language, dates, claims, inks to print with, attached files."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.carried import carried
from layout.bindery.claims import PDFA, PDFUA, STANDARDS
from layout.bindery.diff.content import File
from layout.bindery.preflight.case import Case

DC = "http://purl.org/dc/elements/1.1/"
XMP = "http://ns.adobe.com/xap/1.0/"
DATES = (
    ("CreateDate", "date made"),
    ("ModifyDate", "date changed"),
    ("MetadataDate", "date of the metadata"),
)
_INFO = (("/Title", "title"), ("/CreationDate", "date made"), ("/ModDate", "date changed"))


def read_facts(case: Case) -> tuple[tuple[str, str], ...]:
    """Facts by their names; those of the metadata where both places have them."""
    found: dict[str, str] = {}
    info = case.dictionary(case.opened.reader.trailer, "/Info")
    for key, name in _INFO:
        if text := case.text(info, key):
            found[name] = text
    if language := case.text(case.root, "/Lang"):
        found["language"] = language
    found |= dict(_from_metadata(case))
    if version := case.text(info, "/GTS_PDFXVersion"):
        claims = found.get("claims", "")
        found["claims"] = (
            claims if "PDF/X" in claims else ", ".join(filter(None, (claims, version)))
        )
    if intents := _intents(case):
        found["output intent"] = intents
    return tuple(sorted(found.items()))


def _from_metadata(case: Case) -> Iterator[tuple[str, str]]:
    from layout.bindery.preflight.xmp import Unreadable, read

    packet = case.stream(case.root, "/Metadata")
    if packet is None:
        return
    try:
        properties = read(case.unpacked(packet))
    except Unreadable as why:
        yield "metadata", f"cannot be read: {why}"
        return
    said = {(each.space, each.name): ", ".join(each.values) for each in properties}
    if (DC, "title") in said:
        yield "title", said[DC, "title"]
    for name, words in DATES:
        if (XMP, name) in said:
            yield words, said[XMP, name]
    claims = list(_claims(said))
    if claims:
        yield "claims", ", ".join(claims)


def _claims(said: dict[tuple[str, str], str]) -> Iterator[str]:
    """The standards that the metadata claim."""
    if part := said.get((PDFA, "part")):
        yield f"PDF/A-{part}{said.get((PDFA, 'conformance'), '').lower()}"
    if part := said.get((PDFUA, "part")):
        yield f"PDF/UA-{part}"
    for space, name in STANDARDS.items():
        if space in (PDFA, PDFUA):
            continue
        values = sorted({value for (own, _), value in said.items() if own == space and value})
        if values:
            yield " ".join(values) if values[0].startswith(name) else f"{name} {' '.join(values)}"


def _intents(case: Case) -> str:
    found = []
    for value in case.array(case.root, "/OutputIntents"):
        entries = case.resolve(value)
        if not isinstance(entries, DictionaryObject):
            continue
        name = case.text(entries, "/OutputConditionIdentifier") or case.text(entries, "/Info")
        profile: Any = case.stream(entries, "/DestOutputProfile")
        digest = _digest(case, profile)
        found.append(f"{name or 'without a name'} ({digest})" if digest else name)
    return ", ".join(sorted(set(found)))


def _digest(case: Case, profile: StreamObject | None) -> str:
    return "" if profile is None else "profile " + sha256(case.unpacked(profile)).hexdigest()[:8]


def read_files(case: Case) -> tuple[File, ...]:
    """The attached files, by their names."""
    files = [
        File(it.name, sha256(it.data).hexdigest(), len(it.data)) for it in carried(case.opened)
    ]
    return tuple(sorted(files, key=lambda file: (file.name, file.digest)))

"""What a file says of itself: PDF/X-4, its printing condition, its dates, whether it is trapped (ISO 15930-7)."""

from typing import Any, Final

from pypdf.generic import DictionaryObject, NameObject, StreamObject

from layout.bindery.preflight.case import Case, identity
from layout.bindery.preflight.colour import profile_kind
from layout.bindery.preflight.findings import NOWHERE
from layout.bindery.preflight.metadata import of_catalogue, value_of
from layout.bindery.preflight.schemas import PDF, XMP
from layout.bindery.preflight.xmp import Property

PDFX: Final = "http://www.npes.org/pdfx/ns/id/"
XMP_MM: Final = "http://ns.adobe.com/xap/1.0/mm/"
CLAIM: Final = "PDF/X-4"
OLDEST, NEWEST = (1, 3), (1, 7)
"""Versions of PDF that readers of PDF/X-4 take."""
_WANTED: Final = (
    ("xmp:CreateDate", XMP, "CreateDate"),
    ("xmp:ModifyDate", XMP, "ModifyDate"),
    ("xmp:MetadataDate", XMP, "MetadataDate"),
    ("xmpMM:DocumentID", XMP_MM, "DocumentID"),
    ("xmpMM:VersionID", XMP_MM, "VersionID"),
    ("xmpMM:RenditionClass", XMP_MM, "RenditionClass"),
)
_SPACES: Final = ("CMYK", "RGB", "GRAY")


def check_claims(case: Case) -> None:
    """The metadata: the claim, the dates and names that it must have, and trapping."""
    version = case.opened.version
    if not OLDEST <= version <= NEWEST:
        case.add("x4-version", NOWHERE, "{}.{}".format(*version))
    identifier = case.array(case.opened.reader.trailer, "/ID")
    if len(identifier) != 2 or not all(case.resolve(each) for each in identifier):
        case.add("file-id")
    if case.opened.is_encrypted:
        case.add("encrypted")
    properties = of_catalogue(case)
    _claim(case, properties or [])
    _trapped(case, properties or [])
    if properties is None:
        return
    for name, space, key in _WANTED:
        if not value_of(properties, space, key):
            case.add("x4-metadata", NOWHERE, name)


def _claim(case: Case, properties: list[Property]) -> None:
    said = value_of(properties, PDFX, "GTS_PDFXVersion")
    if said == CLAIM:
        return
    info: Any = case.item(case.opened.reader.trailer, "/Info")
    old = said or case.text(info, "/GTS_PDFXVersion")
    where = ", but " + old if old and old != CLAIM else ""
    case.add("x4-claim", NOWHERE, where)


def _trapped(case: Case, properties: list[Property]) -> None:
    """Info /Trapped (ISO 32000-1, table 317) and pdf:Trapped: True or False, and the same."""
    info: Any = case.item(case.opened.reader.trailer, "/Info")
    found = case.item(info, "/Trapped")
    inner = found[1:] if isinstance(found, NameObject) else ""
    outer = value_of(properties, PDF, "Trapped")
    known = [each for each in (inner, outer) if each in ("True", "False")]
    unknown = [each for each in (inner, outer) if each and each not in ("True", "False")]
    if unknown:
        case.add("trapped", NOWHERE, f", but {unknown[0]}")
    elif not known:
        case.add("trapped")
    elif len(known) == 1:
        case.add(
            "trapped-once", NOWHERE, "the document information" if inner else "the XMP metadata"
        )
    elif inner != outer:
        case.add("trapped-differs")


def check_condition(case: Case) -> None:
    """The output intents; the colour space of that for PDF/X is kept in the case."""
    intents = [case.resolve(each) for each in case.array(case.root, "/OutputIntents")]
    kept = [each for each in intents if isinstance(each, DictionaryObject)]
    ours = [each for each in kept if case.name(each, "/S") == "GTS_PDFX"]
    if len(ours) != 1:
        case.add("x4-intent", NOWHERE, len(ours) or "none")
    if not ours:
        return
    if not case.text(ours[0], "/OutputConditionIdentifier").strip():
        case.add("x4-condition")
    _profile(case, ours[0])
    own = dict.get(ours[0], "/DestOutputProfile")
    for each in kept:
        other = dict.get(each, "/DestOutputProfile")
        if (
            case.name(each, "/S") == "GTS_PDFA1"
            and other is not None
            and identity(other) != identity(own)
        ):
            case.add("x4-intents-differ")


def _profile(case: Case, intent: DictionaryObject) -> None:
    stream = case.item(intent, "/DestOutputProfile")
    if not isinstance(stream, StreamObject):
        outside = "/DestOutputProfileRef" in intent
        case.add("x4-profile", NOWHERE, "it is in another file" if outside else "it has none")
        return
    space, fault = profile_kind(case, stream, ("prtr",), _SPACES)
    case.intent = space if space in _SPACES else ""
    if fault:
        case.add("x4-profile", NOWHERE, fault)

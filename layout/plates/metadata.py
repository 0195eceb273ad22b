"""What a file says about itself, from its source alone: no clock, no user name.

The information dictionary and the XMP packet are written from one value, so that they agree.
"""

import os
import re

from msgspec import Struct

from layout.ground.version import VERSION
from layout.manuscript.interview import Interview, Original
from layout.plates.document import text_string
from layout.plates.edition import Edition

LONGEST = 8_000
"""Characters; in UTF-16 that is half of the 32,767 bytes that a string may have."""

PRODUCER = f"Offprint {VERSION}"

PRINT = "PDF/X-4"
"""What editions in inks claim beside PDF/A and PDF/UA (ISO 15930-7)."""

UNDATED = "2000-01-01"
"""The date of a press file whose source has none: PDF/X-4 wants one, and a clock would give other bytes each time."""


class About(Struct, frozen=True):
    """Title, people and date of one file; `date` is YYYY, YYYY-MM or YYYY-MM-DD, or ''.

    `source` says where the text first appeared, `languages` are all that its parts are in.
    """

    title: str
    creators: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    language: str = "en"
    languages: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    source: str = ""


def about_interview(interview: Interview) -> About:
    """What the file of one interview says of itself."""
    people = [interview.interviewee.name if interview.interviewee else None, interview.interviewer]
    original = interview.original or Original()
    return About(
        title=interview.title.text,
        creators=tuple(person.text for person in people if person is not None),
        subject=bounded(" ".join(interview.standfirst.text.split()))
        if interview.standfirst
        else "",
        keywords=tuple(word.text for word in interview.keywords),
        date=interview.date or original.date or "",
        language=interview.language,
        publisher=original.publisher.text if original.publisher is not None else "",
        rights=interview.rights.text if interview.rights is not None else "",
        source=_first_publication(original),
    )


def _first_publication(original: Original) -> str:
    """Where and when it first appeared, in the words of the source."""
    texts = (original.publication, original.issue, original.pages)
    said = [text.text for text in texts if text is not None]
    if original.date is not None:
        said.insert(1 if original.publication is not None else 0, original.date)
    if original.url is not None:
        said.append(original.url)
    return ", ".join(said)


def bounded(text: str) -> str:
    """As much of a text as one string may hold (ISO 19005-3, 6.1.13), with an ellipsis where that is not all."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"


def info(about: About, edition: Edition) -> str:
    """The document information dictionary (ISO 32000-1, 14.3.3); keys without a value are left out."""
    date = pdf_date(dated(about, edition))
    texts = {
        "Title": about.title,
        "Author": bounded(", ".join(about.creators)),
        "Subject": about.subject,
        "Keywords": bounded(", ".join(about.keywords)),
        "Creator": PRODUCER,
        "Producer": PRODUCER,
        "CreationDate": date,
        "ModDate": date,
    }
    entries = [f"/{key}{text_string(value)}" for key, value in texts.items() if value]
    version = f"/GTS_PDFXVersion{text_string(PRINT)}" if edition.inks and edition.tagged else ""
    return f"<<{''.join(entries)}{version}/Trapped/False>>"


def dated(about: About, edition: Edition) -> str:
    """The date that a file bears, '' for none."""
    return about.date or (UNDATED if edition.inks else "")


def moment(date: str) -> str:
    """A moment as YYYY-MM-DDThh:mm:ssZ from SOURCE_DATE_EPOCH, else the first of the source's date, else ''."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch:
        import time

        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(epoch)))
    return f"{date}{'-01-01'[3 * date.count('-') :]}T00:00:00Z" if date else ""


def pdf_date(date: str) -> str:
    """The same moment as a PDF date (7.9.4)."""
    digits = re.sub(r"\D", "", moment(date))
    return f"D:{digits}Z" if digits else ""


# --- XMP (ISO 16684-1; ISO 19005-3, 6.6) ---

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

SCHEMAS = {
    "pdfuaid": ("PDF/UA", (("part", "Integer", "internal", "Part of ISO 14289"),)),
    "pdfxid": ("PDF/X", (("GTS_PDFXVersion", "Text", "internal", "Version of PDF/X"),)),
    "pdf": ("PDF", (("Trapped", "Text", "internal", "Whether the file is trapped"),)),
}
"""The schemas of the properties that PDF/A does not know, by prefix: name, and properties."""


def _claims(edition: Edition) -> str:
    """What the file claims, and the schemas of the properties that PDF/A does not know (6.6.2.3.3)."""
    prefixes = ["pdfuaid"]
    said = (
        f"<pdfaid:part>{edition.part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
        "<pdfuaid:part>1</pdfuaid:part>\n"
    )
    if edition.inks:
        prefixes += ["pdfxid", "pdf"]
        said += (
            f"<pdfxid:GTS_PDFXVersion>{PRINT}</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>\n"
            "<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
        )
    schemas = "".join([_schema(prefix) for prefix in prefixes])
    return f"{said}<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>\n"


def _schema(prefix: str) -> str:
    title, properties = SCHEMAS[prefix]
    rows = "".join(
        [
            f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
            f"<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
            f"<pdfaProperty:category>{category}</pdfaProperty:category>"
            f"<pdfaProperty:description>{said}</pdfaProperty:description></rdf:li>"
            for name, kind, category, said in properties
        ]
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{NAMESPACES[prefix]}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
        f"{rows}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def xmp(about: About, identity: str, edition: Edition) -> bytes:
    """The XMP packet of a file; one of a `tagged` edition claims what the edition does."""
    when = moment(dated(about, edition))
    left: tuple[str, ...] = () if edition.inks else ("pdfx",)
    left = left if edition.tagged else ("pdfa", "pdfua", "pdfx")
    names = "".join(
        f' xmlns:{prefix}="{space}"'
        for prefix, space in NAMESPACES.items()
        if not prefix.startswith(left)
    )
    rows = [
        "<dc:format>application/pdf</dc:format>\n",
        _array("dc:title", "Alt", (about.title,)),
        _array("dc:creator", "Seq", about.creators),
        _array("dc:description", "Alt", (about.subject,)),
        _array("dc:subject", "Bag", about.keywords),
        _array("dc:language", "Bag", about.languages or (about.language,)),
        _array("dc:date", "Seq", (about.date,)),
        _array("dc:publisher", "Bag", (about.publisher,)),
        _array("dc:rights", "Alt", (about.rights,)),
        _simple("dc:source", about.source),
        _simple("xmp:CreatorTool", PRODUCER),
        _simple("xmp:CreateDate", when),
        _simple("xmp:ModifyDate", when),
        _simple("xmp:MetadataDate", when),
        _simple("pdf:Producer", PRODUCER),
        _simple("pdf:Keywords", bounded(", ".join(about.keywords))),
        _simple("xmpMM:DocumentID", f"uuid:{_uuid(identity)}"),
        _simple("xmpMM:InstanceID", f"uuid:{_uuid(identity)}"),
        _claims(edition) if edition.tagged else "",
    ]
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{names}>\n{"".join(rows)}</rdf:Description>\n'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _simple(name: str, value: str) -> str:
    return f"<{name}>{_escaped(value)}</{name}>\n" if value else ""


def _array(name: str, kind: str, values: tuple[str, ...]) -> str:
    attribute = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{attribute}>{_escaped(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>\n" if items else ""


def _escaped(value: str) -> str:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\r", "&#13;")  # as it is, who reads XML takes it for a line feed


def _uuid(identity: str) -> str:
    """32 hexadecimal digits in the groups of a UUID (RFC 9562)."""
    digits = identity.lower()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

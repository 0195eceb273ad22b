"""What a file says of itself, in XMP."""

from typing import Final
from uuid import UUID

from foreign_pages.editions import Edition

XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>2000-01-01T00:00:00+00:00</xmp:CreateDate>
<xmp:ModifyDate>2000-01-01T00:00:00+00:00</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>{print_job}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
"""The metadata; its dates are those that ReportLab writes into files without a clock."""

PRINT_JOB: Final = """
<rdf:Description rdf:about=""
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<xmp:MetadataDate>2000-01-01T00:00:00+00:00</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{name}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>"""
"""What ISO 15930-7 asks for beside."""

SCHEMA: Final = """<rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>{title}</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>{space}</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>{name}</pdfaProperty:name>
    <pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>{description}</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""

UA_SCHEMA: Final = SCHEMA.format(
    title="PDF/UA identification",
    space="http://www.aiim.org/pdfua/ns/id/",
    prefix="pdfuaid",
    name="part",
    kind="Integer",
    description="Part of ISO 14289 to which the file conforms",
)
X_SCHEMA: Final = SCHEMA.format(
    title="PDF/X identification",
    space="http://www.npes.org/pdfx/ns/id/",
    prefix="pdfxid",
    name="GTS_PDFXVersion",
    kind="Text",
    description="Part of ISO 15930 to which the file conforms",
)
TRAPPED_SCHEMA: Final = SCHEMA.format(
    title="Adobe PDF",
    space="http://ns.adobe.com/pdf/1.3/",
    prefix="pdf",
    name="Trapped",
    kind="Boolean",
    description="Whether the file has been trapped",
)
"""Properties that PDF/A does not know and wants described."""


def metadata(edition: Edition, told: dict[str, str], key: bytes) -> bytes:
    """What the file says of itself; the key names it."""
    schemas = UA_SCHEMA + (X_SCHEMA + TRAPPED_SCHEMA if edition.press else "")
    print_job = PRINT_JOB.format(name=UUID(bytes=key)) if edition.press else ""
    more = {"part": edition.part, "schemas": schemas, "print_job": print_job}
    return XMP.format_map({**told, **more}).encode()

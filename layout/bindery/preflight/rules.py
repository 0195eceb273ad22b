"""The rules a finished PDF is held to: one row each, by the name that findings carry.

Clauses are those of ISO 19005-3 (PDF/A-3, level A) and ISO 14289-1 (PDF/UA-1); where both say the
same, both stand. A profile is a set of rows: another one adds its name to rows, or rows of its own;
`profiles` puts the sets together.
"""

from typing import Final, Literal

from msgspec import Struct

Severity = Literal["error", "warning", "note"]


class Rule(Struct, frozen=True):
    """A row: `{}` in the summary is where a finding says what it is about."""

    key: str
    clause: str
    severity: Severity
    summary: str
    hint: str = ""
    profiles: tuple[str, ...] = ("digital",)


LEVEL: Final = "A"
"""What our editions claim of PDF/A: level A (ISO 19005-3, 6.6.4)."""

_BOTH = ("digital", "press")

_EXPORT = "export the file again as PDF/A-3"
_TAG = "export the file again as tagged PDF"
_FONT = "embed the font when the file is exported"
_REWRITE = "write the file anew, for instance with qpdf"
_DROP = "take it out and export again"

_FILE = (
    Rule("unchecked", "PDF/A-3 6.1.1, PDF/UA-1 6.1", "error",
         "{} cannot be checked", "mend the file with qpdf, or export it again", profiles=_BOTH),
    Rule("header", "PDF/A-3 6.1.2, PDF/UA-1 6.1", "error",
         "the file does not begin with %PDF-1.0 to %PDF-1.7", _EXPORT),
    Rule("header-comment", "PDF/A-3 6.1.2", "error",
         "no comment of four bytes above 127 follows the header", _EXPORT),
    Rule("file-id", "PDF/A-3 6.1.3", "error", "the trailer has no identifier /ID", _REWRITE, profiles=_BOTH),
    Rule("encrypted", "PDF/A-3 6.1.3", "error", "the file is encrypted",
         "write it anew without, for instance with qpdf --decrypt", profiles=_BOTH),
    Rule("after-end", "PDF/A-3 6.1.3", "error", "{} follow the end of the file", "cut them off"),
    Rule("xref-spacing", "PDF/A-3 6.1.4", "error",
         "the cross-reference table is not spaced as it must be", _REWRITE),
    Rule("hex-string", "PDF/A-3 6.1.6", "error", "a hexadecimal string is not of whole bytes: {}", _REWRITE),
    Rule("stream-length", "PDF/A-3 6.1.7.1", "error",
         "the length of a stream is not the stated one: {}", _REWRITE),
    Rule("stream-keywords", "PDF/A-3 6.1.7.1", "error",
         "no end of line stands where a stream begins or ends: {}", _REWRITE),
    Rule("stream-external", "PDF/A-3 6.1.7.1", "error",
         "a stream keeps its data in another file: {}", _EXPORT, profiles=_BOTH),
    Rule("stream-filter", "PDF/A-3 6.1.7.2", "error",
         "a stream is packed in a way that is not allowed: {}", _REWRITE),
    Rule("name-utf8", "PDF/A-3 6.1.8", "error",
         "a font, an ink or a tag has a name that is not UTF-8: {}", _EXPORT),
    Rule("object-spacing", "PDF/A-3 6.1.9", "error", "an object is not spaced as it must be: {}", _REWRITE),
    Rule("inline-filter", "PDF/A-3 6.1.10", "error",
         "an inline image is packed in a way that is not allowed: {}", _EXPORT),
    Rule("permissions", "PDF/A-3 6.1.12", "error",
         "the permissions have an entry that is not allowed: {}", _DROP),
    Rule("limit-number", "PDF/A-3 6.1.13", "error", "a number is too large or too small: {}", _EXPORT),
    Rule("limit-string", "PDF/A-3 6.1.13", "error", "a string is longer than 32767 bytes: {}", _EXPORT),
    Rule("limit-name", "PDF/A-3 6.1.13", "error", "a name is longer than 127 bytes: {}", _EXPORT),
    Rule("limit-objects", "PDF/A-3 6.1.13", "error", "the file has more than 8388607 objects", "split it"),
    Rule("limit-nesting", "PDF/A-3 6.1.13", "error", "graphics states are nested more than 28 deep", _EXPORT),
    Rule("limit-inks", "PDF/A-3 6.1.13", "error", "a colour space has more than 32 inks", _EXPORT),
    Rule("page-size", "PDF/A-3 6.1.13", "error",
         "a page box is not 3 to 14400 units wide and high: {}", "choose another page size"),
    Rule("page-boxes", "PDF/A-3 6.1.1", "warning",
         "the {} reaches outside the media box", "correct the page boxes"),
)  # fmt: skip

_CATALOGUE = (
    Rule("additional-actions", "PDF/A-3 6.5.2", "error", "{} has actions of its own (/AA)", _DROP),
    Rule("action-type", "PDF/A-3 6.5.1", "error", "an action of this kind is not allowed: {}", _DROP),
    Rule("action-named", "PDF/A-3 6.5.1", "error", "a named action is not a turn of the page: {}", _DROP),
    Rule("scripts", "PDF/A-3 6.5.1", "error", "the file holds scripts", _DROP),
    Rule("need-appearances", "PDF/A-3 6.4.1", "error",
         "form fields leave their looks to the viewer (/NeedAppearances)", "flatten the form"),
    Rule("field-actions", "PDF/A-3 6.4.1", "error", "a form field has actions", _DROP),
    Rule("xfa", "PDF/A-3 6.4.2, PDF/UA-1 7.15", "error",
         "the form is an XFA form", "flatten the form", profiles=_BOTH),
    Rule("needs-rendering", "PDF/A-3 6.4.2", "error", "the file asks to be made anew when it is opened", _DROP),
    Rule("alternate-presentations", "PDF/A-3 6.10", "error",
         "the file has other presentations of itself", _DROP),
    Rule("page-steps", "PDF/A-3 6.10", "error", "the page is shown in steps (/PresSteps)", _DROP),
    Rule("requirements", "PDF/A-3 6.11", "error", "the catalogue states requirements to viewers", _DROP),
    Rule("layer-name", "PDF/A-3 6.9, PDF/UA-1 7.10", "error",
         "a set of layers has no name of its own: {}", "name it"),
    Rule("layer-order", "PDF/A-3 6.9", "error",
         "a layer is not in the order of its set: {}", "list every layer"),
    Rule("layer-usage", "PDF/A-3 6.9, PDF/UA-1 7.10", "error", "layers come and go by themselves (/AS)", _DROP),
    Rule("marked", "PDF/A-3 6.7.2.2, PDF/UA-1 6.2", "error", "the file does not say that it is tagged", _TAG),
    Rule("suspects", "PDF/UA-1 7.1", "error",
         "the file says that its tags are suspect", "check the tags and say so"),
    Rule("struct-tree", "PDF/A-3 6.7.3.3, PDF/UA-1 7.1", "error", "the file has no structure tree", _TAG),
    Rule("document-lang", "PDF/UA-1 7.2", "error",
         "the file does not say its language", "set /Lang, such as en or pt-BR"),
    Rule("lang-form", "PDF/A-3 6.7.4, PDF/UA-1 7.2", "error",
         "this is no language tag (BCP 47): {}", "write a tag such as en, fr or pt-BR"),
    Rule("display-title", "PDF/UA-1 7.1", "error",
         "viewers are not told to show the title", "set /DisplayDocTitle to true"),
    Rule("signature-range", "PDF/A-3 6.4.3", "error",
         "a signature does not cover the whole file", "sign again, last of all"),
    Rule("file-type", "PDF/A-3 6.8", "error",
         "an embedded file has no MIME type: {}", "state one, such as application/yaml"),
    Rule("file-names", "PDF/A-3 6.8, PDF/UA-1 7.11", "error",
         "an embedded file is without its two names /F and /UF: {}", "attach the file again"),
    Rule("file-relationship", "PDF/A-3 6.8", "error",
         "an embedded file has no /AFRelationship: {}", "say how it relates, such as Source"),
    Rule("file-unassociated", "PDF/A-3 6.8", "error",
         "an embedded file belongs to nothing in the document: {}", "list it in /AF of what it belongs to"),
)  # fmt: skip

_METADATA = (
    Rule("metadata", "PDF/A-3 6.6.2.1, PDF/UA-1 7.1", "error",
         "the file has no XMP metadata", _EXPORT, profiles=_BOTH),
    Rule("metadata-xml", "PDF/A-3 6.6.2.1, PDF/UA-1 7.1", "error",
         "the XMP metadata cannot be read: {}", _EXPORT, profiles=_BOTH),
    Rule("metadata-packet", "PDF/A-3 6.6.2.1", "error",
         "the XMP packet states its {}", "leave the attribute out"),
    Rule("metadata-utf8", "PDF/A-3 6.6.2.1, PDF/UA-1 7.1", "error",
         "the XMP metadata is not in UTF-8", _EXPORT, profiles=_BOTH),
    Rule("xmp-undeclared", "PDF/A-3 6.6.2.3.1", "error",
         "a metadata property is neither predefined nor described: {}", "add an extension schema"),
    Rule("xmp-type", "PDF/A-3 6.6.2.3.1", "error",
         "a metadata property has a value of another type: {}", "write it as the XMP specification has it"),
    Rule("xmp-extension", "PDF/A-3 6.6.2.3.3", "error",
         "the description of a metadata schema is not whole: {}", "complete the extension schema"),
    Rule("info-differs", "PDF/A-3 6.6.3", "warning",
         "the document information and the XMP metadata differ: {}", "write both from one source"),
    Rule("pdfa-claim", "PDF/A-3 6.6.4", "error", "the file does not claim to be PDF/A", _EXPORT),
    Rule("pdfa-part", "PDF/A-3 6.6.4", "error", "the file claims PDF/A-{}, not PDF/A-3a", _EXPORT),
    Rule("ua-claim", "PDF/UA-1 5", "error", "the file does not claim to be PDF/UA", "export it as PDF/UA-1"),
    Rule("ua-part", "PDF/UA-1 5", "error", "the file claims PDF/UA-{}, not PDF/UA-1", "export it as PDF/UA-1"),
    Rule("claim-prefix", "PDF/A-3 6.6.4, PDF/UA-1 5", "error",
         "a claim is not made with the prefix {}", "write the prefix as the standard has it"),
    Rule("title", "PDF/UA-1 7.1", "error",
         "the XMP metadata has no title", "give the document a title", profiles=_BOTH),
)  # fmt: skip

_COLOUR = (
    Rule("output-intent", "PDF/A-3 6.2.3", "warning",
         "the file has no PDF/A output intent", "add one, such as sRGB"),
    Rule("intent-profile", "PDF/A-3 6.2.3", "error",
         "the profile of the output intent is not as it must be: {}", "use an ICC profile of a screen or a printer"),
    Rule("intents-differ", "PDF/A-3 6.2.3", "error",
         "output intents do not share one profile", "let all refer to one profile"),
    Rule("intent-reference", "PDF/A-3 6.2.3", "error",
         "the profile of an output intent is not in the file", "embed it"),
    Rule("icc-profile", "PDF/A-3 6.2.4.2", "error",
         "an ICC profile is not as it must be: {}", "embed another profile", profiles=_BOTH),
    Rule("icc-overprint", "PDF/A-3 6.2.4.2", "error",
         "overprint mode 1 is used with an ICC profile of CMYK", "use overprint mode 0", profiles=_BOTH),
    Rule("device-rgb", "PDF/A-3 6.2.4.3", "error",
         "RGB is used without an output intent of RGB", "convert the colours, or add an output intent"),
    Rule("device-cmyk", "PDF/A-3 6.2.4.3", "error",
         "CMYK is used without an output intent of CMYK", "convert the colours, or add an output intent"),
    Rule("device-gray", "PDF/A-3 6.2.4.3", "error",
         "grey is used without an output intent", "add an output intent"),
    Rule("colorants", "PDF/A-3 6.2.4.4", "error",
         "an ink of a DeviceN space is not described: {}", "list it in /Colorants"),
    Rule("separation-differs", "PDF/A-3 6.2.4.4", "error",
         "an ink is described in more than one way: {}", "use one description", profiles=_BOTH),
    Rule("transfer", "PDF/A-3 6.2.5", "error",
         "a graphics state has a transfer function ({})", _DROP, profiles=_BOTH),
    Rule("halftone", "PDF/A-3 6.2.5", "error",
         "a graphics state has a halftone that is not allowed: {}", _DROP, profiles=_BOTH),
    Rule("rendering-intent", "PDF/A-3 6.2.6", "error",
         "there is no such rendering intent: {}", "use one of the four of ISO 32000-1"),
    Rule("image-alternates", "PDF/A-3 6.2.8", "error", "an image has alternates", _DROP),
    Rule("image-opi", "PDF/A-3 6.2.8", "error",
         "an image stands for another one (/OPI)", "place the image itself", profiles=_BOTH),
    Rule("image-interpolate", "PDF/A-3 6.2.8", "error",
         "an image asks to be smoothed (/Interpolate)", "set it to false"),
    Rule("image-bits", "PDF/A-3 6.2.8", "error", "an image has {} bits a component", "convert the image"),
    Rule("jpx", "PDF/A-3 6.2.8.3", "error", "a JPEG 2000 image is not as it must be: {}", "convert the image"),
    Rule("form-postscript", "PDF/A-3 6.2.9", "error",
         "PostScript or OPI stands in the content", _DROP, profiles=_BOTH),
    Rule("form-reference", "PDF/A-3 6.2.9, PDF/UA-1 7.20", "error",
         "the content is in another file (/Ref)", "place the content itself", profiles=_BOTH),
    Rule("blend-mode", "PDF/A-3 6.2.10", "error", "there is no such blend mode: {}", "use one of ISO 32000-1"),
    Rule("page-group", "PDF/A-3 6.2.10", "error",
         "a page with transparency has no space to blend in", "add an output intent"),
)  # fmt: skip

_CONTENT = (
    Rule("operator", "PDF/A-3 6.2.2", "error",
         "the content has an operator that does not exist: {}", _EXPORT, profiles=_BOTH),
    Rule("operand", "PDF/A-3 6.2.2", "error",
         "an operator does not have the operands it needs: {}", _EXPORT, profiles=_BOTH),
    Rule("resource", "PDF/A-3 6.2.2", "error",
         "the content uses what its resources do not have: {}", _EXPORT, profiles=_BOTH),
    Rule("resource-inherited", "PDF/A-3 6.2.2", "error",
         "content uses resources that are not its own: {}", _REWRITE),
    Rule("states", "PDF/A-3 6.2.2", "error", "saved and restored graphics states do not match", _EXPORT),
    Rule("untagged", "PDF/UA-1 7.1", "error",
         "content is neither tagged nor an artifact: {}", "tag it, or mark it as an artifact"),
    Rule("artifact-in-tagged", "PDF/UA-1 7.1", "error",
         "an artifact lies inside tagged content", "close the tagged content first"),
    Rule("tagged-in-artifact", "PDF/UA-1 7.1", "error",
         "tagged content lies inside an artifact", "close the artifact first"),
    Rule("marks-unbalanced", "PDF/UA-1 7.1", "error", "marked content does not begin and end in pairs", _TAG),
    Rule("marks-cross-text", "PDF/UA-1 7.1", "error", "marked content crosses the edge of a text object", _TAG),
    Rule("mcid-twice", "PDF/UA-1 7.1", "error", "two pieces of content on a page have one number: {}", _TAG),
    Rule("mcid-unknown", "PDF/UA-1 7.1", "error", "tagged content belongs to no structure element: {}", _TAG),
    Rule("page-key", "PDF/UA-1 7.1", "error",
         "a page with tagged content has no key to the structure tree", _TAG),
    Rule("form-mcid-twice", "PDF/UA-1 7.20", "error",
         "a form with tagged content is painted more than once", _TAG),
)  # fmt: skip

_FONTS = (
    Rule("font-type", "PDF/A-3 6.2.11.2", "error",
         "a font is not what fonts are in PDF: {}", _FONT, profiles=_BOTH),
    Rule("font-widths", "PDF/A-3 6.2.11.2", "error", "the widths of a font are not whole: {}", _FONT),
    Rule("font-file", "PDF/A-3 6.2.11.4.1, PDF/UA-1 7.21.4.1", "error",
         "the program of a font cannot be read: {}", _FONT, profiles=_BOTH),
    Rule("cid-system", "PDF/A-3 6.2.11.3.1, PDF/UA-1 7.21.3.1", "error",
         "the characters of a font and its encoding do not match: {}", _FONT),
    Rule("cid-to-gid", "PDF/A-3 6.2.11.3.2, PDF/UA-1 7.21.3.2", "error",
         "a font has no map from characters to glyphs: {}", _FONT),
    Rule("cmap", "PDF/A-3 6.2.11.3.3, PDF/UA-1 7.21.3.3", "error",
         "the encoding of a font is not as it must be: {}", _FONT),
    Rule("font-embedded", "PDF/A-3 6.2.11.4.1, PDF/UA-1 7.21.4.1", "error",
         "the font is not embedded: {}", _FONT, profiles=_BOTH),
    Rule("glyph-missing", "PDF/A-3 6.2.11.4.1, PDF/UA-1 7.21.4.1", "error",
         "the embedded font lacks a glyph that is used: {}", _FONT, profiles=_BOTH),
    Rule("cid-set", "PDF/A-3 6.2.11.4.2, PDF/UA-1 7.21.4.2", "error",
         "the list of a font's glyphs is not whole: {}", "leave /CIDSet and /CharSet out"),
    Rule("glyph-width", "PDF/A-3 6.2.11.5, PDF/UA-1 7.21.5", "error",
         "the widths of a font and of its program differ: {}", _FONT, profiles=_BOTH),
    Rule("font-symbolic", "PDF/A-3 6.2.11.6, PDF/UA-1 7.21.6", "error",
         "the encoding of a TrueType font is not as it must be: {}", _FONT),
    Rule("to-unicode", "PDF/A-3 6.2.11.7.2, PDF/UA-1 7.21.7", "error",
         "characters cannot be read out: {}", "export with ToUnicode maps"),
    Rule("to-unicode-value", "PDF/A-3 6.2.11.7.2, PDF/UA-1 7.21.7", "error",
         "characters are said to be U+0000, U+FEFF or U+FFFE: {}", "export with right ToUnicode maps"),
    Rule("private-use", "PDF/A-3 6.2.11.7.3", "error",
         "characters have a meaning of their own (private use area): {}", "give the text with /ActualText"),
    Rule("notdef", "PDF/A-3 6.2.11.8, PDF/UA-1 7.21.8", "error",
         "a character without a glyph is shown: {}", "choose a font that has it", profiles=_BOTH),
)  # fmt: skip

_ANNOTATIONS = (
    Rule("annotation-type", "PDF/A-3 6.3.1", "error", "an annotation of this kind is not allowed: {}", _DROP),
    Rule("annotation-flags", "PDF/A-3 6.3.2", "error",
         "an annotation is not both seen and printed: {}", "set the flags to 4 (print)"),
    Rule("appearance", "PDF/A-3 6.3.3", "error",
         "an annotation has no looks of its own: {}", "export again with appearance streams"),
    Rule("appearance-form", "PDF/A-3 6.3.3", "error",
         "the looks of an annotation are not as they must be: {}", "keep one appearance stream, /N"),
    Rule("widget-actions", "PDF/A-3 6.4.1", "error", "a form field on the page has actions", _DROP),
    Rule("annotation-tag", "PDF/UA-1 7.18.1", "error", "an annotation is not tagged as Annot: {}", "tag it"),
    Rule("annotation-contents", "PDF/UA-1 7.18.1", "error",
         "an annotation is not described: {}", "fill in /Contents"),
    Rule("widget-name", "PDF/UA-1 7.18.1", "error", "a form field is not described", "fill in /TU"),
    Rule("widget-tag", "PDF/UA-1 7.18.4", "error", "a form field is not tagged as Form", "tag it"),
    Rule("form-kids", "PDF/UA-1 7.18.4", "error",
         "a Form element does not hold one field", "one Form element for each field"),
    Rule("trap-net", "PDF/UA-1 7.18.2", "error", "a trap network is on the page", _DROP),
    Rule("tabs", "PDF/UA-1 7.18.3", "error",
         "the tabulator does not follow the structure of a page with annotations", "set /Tabs to /S"),
    Rule("link-tag", "PDF/UA-1 7.18.5", "error", "a link is not tagged as Link: {}", "tag it"),
    Rule("link-contents", "PDF/UA-1 7.18.5", "error", "a link is not described: {}", "fill in /Contents"),
    Rule("printer-mark", "PDF/UA-1 7.18.8", "error", "a printer's mark is tagged", "let it be an artifact"),
    Rule("annotation-kid", "PDF/UA-1 7.18.1", "error",
         "the element of an annotation does not refer to it: {}", "add an object reference (OBJR)"),
)  # fmt: skip

_STRUCTURE = (
    Rule("role-unmapped", "PDF/A-3 6.7.3.4, PDF/UA-1 7.1", "error",
         "a tag is not one of the standard's, nor mapped to one: {}", "add it to the role map"),
    Rule("role-circle", "PDF/A-3 6.7.3.4, PDF/UA-1 7.1", "error",
         "the role map runs in a circle: {}", "map the tag to a standard one"),
    Rule("role-remapped", "PDF/A-3 6.7.3.4, PDF/UA-1 7.1", "error",
         "a tag of the standard is mapped to another: {}", "take it out of the role map"),
    Rule("tree-circle", "PDF/UA-1 7.1", "error", "a structure element stands in two places", _TAG),
    Rule("tree-parent", "PDF/UA-1 7.1", "error", "a structure element does not name its parent: {}", _TAG),
    Rule("tree-kid", "PDF/UA-1 7.1", "error", "a structure element has a kid that cannot be one: {}", _TAG),
    Rule("mcid-missing", "PDF/UA-1 7.1", "error",
         "a structure element names content that is not on the page: {}", _TAG),
    Rule("parent-tree", "PDF/UA-1 7.1", "error", "the parent tree and the structure tree differ: {}", _TAG),
    Rule("parent-key", "PDF/UA-1 7.1", "error",
         "a key to the parent tree is used twice or leads nowhere: {}", _TAG),
    Rule("parent-next-key", "PDF/UA-1 7.1", "warning",
         "the next key of the parent tree is not above all others", _TAG),
    Rule("table-kids", "PDF/UA-1 7.2", "error",
         "a table is not built of rows and cells: {}", "tag it as Table, TR, TH and TD"),
    Rule("table-spans", "PDF/UA-1 7.2", "error",
         "the rows of a table do not have the same number of cells", "correct /RowSpan and /ColSpan"),
    Rule("list-kids", "PDF/UA-1 7.2", "error",
         "a list is not built of items: {}", "tag it as L, LI, Lbl and LBody"),
    Rule("contents-kids", "PDF/UA-1 7.2", "error",
         "a table of contents is not built of entries: {}", "tag it as TOC and TOCI"),
    Rule("list-body", "PDF/UA-1 7.6", "warning", "a list item has no LBody", "put its text into LBody"),
    Rule("caption-place", "PDF/UA-1 7.2", "error",
         "a caption is not the first or last of its kind: {}", "move it to the beginning"),
    Rule("figure-alt", "PDF/UA-1 7.3", "error", "figure has no alternative text", "say in words what it shows"),
    Rule("alt-says-nothing", "PDF/UA-1 7.3", "warning",
         "alternative text says nothing: {}", "say in words what the figure shows"),
    Rule("heading-first", "PDF/UA-1 7.4.2", "error", "the first heading is {}, not H1", "begin with H1"),
    Rule("heading-skipped", "PDF/UA-1 7.4.2", "error",
         "a heading skips a level: {}", "use the level in between"),
    Rule("heading-twice", "PDF/UA-1 7.4.4", "error", "an element has two headings H", "use H1 to H6"),
    Rule("heading-mixed", "PDF/UA-1 7.4.4", "error", "headings are both H and H1 to H6", "use H1 to H6"),
    Rule("heading-empty", "PDF/UA-1 7.4", "warning", "a heading is empty: {}", "take it out"),
    Rule("table-header", "PDF/UA-1 7.5", "error",
         "a table cell has no header that can be found", "set /Scope of the header cells"),
    Rule("table-no-header", "PDF/UA-1 7.5", "warning", "a table has no header cells", "tag them as TH"),
    Rule("formula-alt", "PDF/UA-1 7.7", "error", "formula has no alternative text", "say it in words"),
    Rule("note-id", "PDF/UA-1 7.9", "error", "a note has no identifier of its own", "give it a unique /ID"),
    Rule("id-twice", "PDF/UA-1 7.1", "warning",
         "two structure elements have one identifier: {}", "make them unique"),
    Rule("link-objr", "PDF/UA-1 7.18.5", "error",
         "a Link element holds no link", "add an object reference (OBJR)"),
    Rule("link-empty", "PDF/UA-1 7.18.5", "warning",
         "a Link element holds no text", "put the words of the link into it"),
    Rule("element-empty", "PDF/UA-1 7.1", "note", "a structure element is empty: {}", "take it out"),
)  # fmt: skip

RULES: Final = {
    rule.key: rule
    for table in (_FILE, _CATALOGUE, _METADATA, _COLOUR, _CONTENT, _FONTS, _ANNOTATIONS, _STRUCTURE)
    for rule in table
}
"""Every rule by its key."""

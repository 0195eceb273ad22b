"""The rules of the press: one row each, beside those it shares with the digital edition.

Those of ISO 15930-7 (PDF/X-4) name the standard; the clause stays out, since the rows were written from
what is known of it, not from its text. Rows without a clause are the house's: what a printer sends back.
"""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from layout.bindery.preflight.rules import Rule, Severity

X4: Final = "ISO 15930-7"

_EXPORT = "export the file again as PDF/X-4"
_CONVERT = "convert it to the inks of the press"
_BOXES = "correct the page boxes"
_BLEED = "let it run out to the edge of the bleed"
_DROP = "take it out and export again"
_LESS = "take less ink, or set `press: ink_limit` in the brand"
_LARGER = "make it larger"

_SEVERITIES: Final[Mapping[str, Severity]] = {
    "halftone": "warning", "icc-overprint": "warning", "glyph-width": "warning",
}  # fmt: skip
"""Of rows shared with the digital edition, those that weigh less on a press."""


def shared(rule: Rule) -> Rule:
    """A row of the digital edition, as the press has it."""
    hint = rule.hint.replace("PDF/A-3", "PDF/X-4")
    severity = _SEVERITIES.get(rule.key, rule.severity)
    return replace(rule, clause=X4, severity=severity, hint=hint, profiles=("press",))


def _row(key: str, clause: str, severity: Severity, summary: str, hint: str) -> Rule:
    return Rule(key, clause, severity, summary, hint, ("press",))


_CLAIMS = (
    _row("x4-claim", X4, "error", "the file does not claim PDF/X-4{}", _EXPORT),
    _row("x4-version", X4, "warning", "the file is PDF {}, and PDF/X-4 is made of PDF 1.6", _EXPORT),
    _row("x4-intent", X4, "error",
         "the file has {} in place of one output intent for PDF/X", "state one printing condition"),
    _row("x4-condition", X4, "error",
         "the output intent does not name its printing condition", "set /OutputConditionIdentifier, such as FOGRA39"),
    _row("x4-profile", X4, "error",
         "the profile of the output intent is not as it must be: {}", "embed the profile of the printing condition"),
    _row("x4-intents-differ", X4, "error",
         "the output intents of PDF/X and PDF/A do not share one profile", "let both refer to one profile"),
    _row("x4-metadata", X4, "error", "the XMP metadata lacks {}", _EXPORT),
    _row("trapped", X4, "error",
         "the file does not say whether it is trapped{}", "set /Trapped to True or False, in both places"),
    _row("trapped-differs", X4, "error",
         "the document information and the XMP metadata differ about trapping", "say the same in both"),
    _row("trapped-once", X4, "warning", "only {} says whether the file is trapped", "say the same in both places"),
    _row("actions", X4, "error", "there is an action: {}", _DROP),
    _row("embedded-file", X4, "warning", "a file is embedded: {}", _DROP),
    _row("layers", X4, "note", "the file has layers: {}", "make sure that the printer knows which to print"),
)  # fmt: skip

_PAGES = (
    _row("annotation-in-bleed", X4, "error", "an annotation lies on what is printed: {}", _DROP),
    _row("annotation", "", "warning", "the page has an annotation beside what is printed: {}", _DROP),
    _row("trim-box", X4, "error", "the page has {}", "give it a TrimBox, the size it is cut to"),
    _row("box-nesting", X4, "error", "the {}", _BOXES),
    _row("crop-box", "", "warning", "the CropBox hides part of the bleed or the trim", _BOXES),
    _row("user-unit", "", "warning", "the page is measured in units of {} points", "export it in plain points"),
    _row("trim-size", "", "warning", "the page is cut to {}", "make all pages of one size"),
    _row("bleed-box", "", "warning", "something touches the edge of the page, and the bleed there is {}",
         "export it with the bleed that the printer asks for"),
    _row("bleed-missing", "", "warning", "{}", _BLEED),
)  # fmt: skip

_COLOUR = (
    _row("rgb", X4, "error", "RGB without a profile is used: {}", _CONVERT),
    _row("rgb-picture", "", "warning", "a picture is in RGB: {}", _CONVERT),
    _row("rgb-profile", "", "warning", "RGB with a profile is used: {}", _CONVERT),
    _row("cmyk", X4, "error", "CMYK is used, but the output intent is of {}", "state the printing condition in CMYK"),
    _row("lab", "", "warning", "Lab is used: {}", _CONVERT),
    _row("blend-page", X4, "error", "the page blends what is transparent in RGB", "blend in CMYK"),
    _row("blend-group", "", "warning", "a group of transparent things is blended in RGB", "blend in CMYK"),
    _row("transparency", "", "note", "there is something transparent: {}", "the press must take live transparency"),
    _row("inks", "", "note", "the file is printed with {}", "tell the printer"),
    _row("ink-names", "", "warning", "inks have nearly the same name: {}", "give one ink one name"),
    _row("ink-all", "", "error",
         "the colour of registration marks (All) is used on the page: {}", "use black"),
)  # fmt: skip

_INK = (
    _row("ink-limit", "", "error", "there is too much ink on the page: {}", _LESS),
    _row("ink-colour", "", "error", "a colour has too much ink: {}", _LESS),
    _row("ink-picture", "", "error", "a picture has too much ink: {}", "convert it to a profile with less ink"),
    _row("plates-unmeasured", "", "warning", "the ink on the page is not measured: {}",
         "install Ghostscript (apt-get install ghostscript), or look at the plates yourself"),
    _row("overprint-white", "", "error", "{} has no ink and overprints, so it is not seen", "let it knock out"),
    _row("overprint-spot", "", "warning",
         "{} is white and overprints, so spot inks below it stay", "let it knock out"),
    _row("black-knockout", "", "note", "black text knocks out what is below it", "let black overprint"),
)  # fmt: skip

_DRAWING = (
    _row("hairline", "", "warning", "a line is {} thick", "make it thicker"),
    _row("text-small", "", "warning", "text is set in {}", _LARGER),
    _row("text-reversed", "", "warning", "white text is set in {}", _LARGER),
    _row("text-inks", "", "warning", "small text is printed in more than one ink: {}", "set it in one ink"),
    _row("resolution-least", "", "error", "{}", "take a picture with more pixels, or place it smaller"),
    _row("resolution-good", "", "warning", "{}", "take a picture with more pixels, or place it smaller"),
    _row("resolution-most", "", "note", "{}", "it may be made smaller without loss"),
    _row("alternates", X4, "error", "another picture stands in for one when it is printed", _DROP),
)  # fmt: skip

PRESS_RULES: Final = {
    rule.key: rule for table in (_CLAIMS, _PAGES, _COLOUR, _INK, _DRAWING) for rule in table
}
"""The rows that only the press has, by their keys."""

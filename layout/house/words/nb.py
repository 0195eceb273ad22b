"""The words of the house in Norwegian Bokmål."""

WORDS = {
    "accounts": "Anbefalte kontoer",
    "continued": "fortsettelse",
    "first_published": "Først publisert i",
    "published_by": "utgitt av",
    "number": "nr.",
    "pages": "side",
    "page": "side",
    "interview_by": "Intervju:",
    "disclaimer_on": "Ansvarsfraskrivelse: se side",
    "contents": "Innhold",
    "continued_on": "fortsetter på side",
    "continued_from": "fortsatt fra side",
}

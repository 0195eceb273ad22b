"""The words of the house in Danish."""

WORDS = {
    "accounts": "Anbefalede konti",
    "continued": "fortsat",
    "first_published": "Først bragt i",
    "published_by": "udgivet af",
    "number": "nr.",
    "pages": "side",
    "page": "side",
    "interview_by": "Interview:",
    "disclaimer_on": "Ansvarsfraskrivelse: se side",
    "contents": "Indhold",
    "continued_on": "fortsættes på side",
    "continued_from": "fortsat fra side",
}

"""The words of the house in Swedish."""

WORDS = {
    "accounts": "Rekommenderade konton",
    "continued": "fortsättning",
    "first_published": "Först publicerat i",
    "published_by": "utgivet av",
    "number": "nr",
    "pages": "sidorna",
    "page": "sida",
    "interview_by": "Intervju:",
    "disclaimer_on": "Ansvarsfriskrivning: se sidan",
    "contents": "Innehåll",
    "continued_on": "fortsättning på sidan",
    "continued_from": "fortsättning från sidan",
}

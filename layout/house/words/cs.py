"""The words of the house in Czech."""

WORDS = {
    "accounts": "Doporučené účty",
    "continued": "pokračování",
    "first_published": "Poprvé vyšlo:",
    "published_by": "vydavatel:",
    "number": "č.",
    "pages": "s.",
    "page": "strana",
    "interview_by": "Rozhovor:",
    "disclaimer_on": "Vyloučení odpovědnosti: viz s.",
    "contents": "Obsah",
    "continued_on": "pokračování na s.",
    "continued_from": "pokračování ze s.",
}

"""The words of the house in Polish."""

WORDS = {
    "accounts": "Polecane konta",
    "continued": "ciąg dalszy",
    "first_published": "Pierwodruk:",
    "published_by": "wydawca:",
    "number": "nr",
    "pages": "s.",
    "page": "strona",
    "interview_by": "Wywiad:",
    "disclaimer_on": "Zastrzeżenie: zob. s.",
    "contents": "Spis treści",
    "continued_on": "ciąg dalszy na s.",
    "continued_from": "ciąg dalszy ze s.",
}

"""The words of the house in Romanian."""

WORDS = {
    "accounts": "Conturi recomandate",
    "continued": "continuare",
    "first_published": "Publicat prima dată în",
    "published_by": "publicat de",
    "number": "nr.",
    "pages": "p.",
    "page": "pagina",
    "interview_by": "Interviu:",
    "disclaimer_on": "Declinarea răspunderii: vezi pagina",
    "contents": "Cuprins",
    "continued_on": "continuare în pagina",
    "continued_from": "continuare din pagina",
}

"""The words of the house in Italian."""

WORDS = {
    "accounts": "Account consigliati",
    "continued": "continua",
    "first_published": "Pubblicato per la prima volta in",
    "published_by": "pubblicato da",
    "number": "n.",
    "pages": "pagine",
    "page": "pagina",
    "interview_by": "Intervista:",
    "disclaimer_on": "Avvertenza: vedi pagina",
    "contents": "Indice",
    "continued_on": "continua a pagina",
    "continued_from": "continua da pagina",
}

"""The words of the house in Spanish."""

WORDS = {
    "accounts": "Cuentas recomendadas",
    "continued": "continuación",
    "first_published": "Publicado por primera vez en",
    "published_by": "publicado por",
    "number": "n.º",
    "pages": "páginas",
    "page": "página",
    "interview_by": "Entrevista:",
    "disclaimer_on": "Aviso: véase la página",
    "contents": "Índice",
    "continued_on": "continúa en la página",
    "continued_from": "viene de la página",
}

"""The words of the house in Portuguese."""

WORDS = {
    "accounts": "Contas recomendadas",
    "continued": "continuação",
    "first_published": "Publicado originalmente em",
    "published_by": "publicado por",
    "number": "n.º",
    "pages": "páginas",
    "page": "página",
    "interview_by": "Entrevista:",
    "disclaimer_on": "Aviso legal: ver página",
    "contents": "Sumário",
    "continued_on": "continua na página",
    "continued_from": "continuação da página",
}

"""The words of the house in French."""

WORDS = {
    "accounts": "Comptes recommandés",
    "continued": "suite",
    "first_published": "Première publication dans",
    "published_by": "publié par",
    "number": "no",
    "pages": "pages",
    "page": "page",
    "interview_by": "Propos recueillis par",
    "disclaimer_on": "Avertissement\u00a0: voir page",
    "contents": "Sommaire",
    "continued_on": "suite page",
    "continued_from": "suite de la page",
}

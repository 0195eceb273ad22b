"""The words of the house in Hungarian."""

WORDS = {
    "accounts": "Ajánlott fiókok",
    "continued": "folytatás",
    "first_published": "Első megjelenés:",
    "published_by": "kiadó:",
    "number": "{number}.\u00a0szám",
    "pages": "{pages}.\u00a0oldal",
    "page": "{page}.\u00a0oldal",
    "interview_by": "Interjú:",
    "disclaimer_on": "Felelősségkizárás: lásd\u00a0{page}.\u00a0oldal",
    "contents": "Tartalom",
    "continued_on": "folytatás:\u00a0{page}.\u00a0oldal",
    "continued_from": "előzmény:\u00a0{page}.\u00a0oldal",
}

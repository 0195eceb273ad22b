"""The words of the house in Ukrainian."""

WORDS = {
    "accounts": "Рекомендовані облікові записи",
    "continued": "продовження",
    "first_published": "Уперше опубліковано:",
    "published_by": "видавець:",
    "number": "№",
    "pages": "с.",
    "page": "сторінка",
    "interview_by": "Інтерв’ю:",
    "disclaimer_on": "Відмова від відповідальності: див. с.",
    "contents": "Зміст",
    "continued_on": "продовження на с.",
    "continued_from": "початок на с.",
}

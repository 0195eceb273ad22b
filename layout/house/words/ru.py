"""The words of the house in Russian."""

WORDS = {
    "accounts": "Рекомендуемые аккаунты",
    "continued": "продолжение",
    "first_published": "Впервые опубликовано:",
    "published_by": "издатель:",
    "number": "№",
    "pages": "с.",
    "page": "страница",
    "interview_by": "Интервью:",
    "disclaimer_on": "Отказ от ответственности: см. с.",
    "contents": "Содержание",
    "continued_on": "продолжение на с.",
    "continued_from": "начало на с.",
}

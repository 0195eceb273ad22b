"""The words of the house in Swahili."""

WORDS = {
    "accounts": "Akaunti zinazopendekezwa",
    "continued": "inaendelea",
    "first_published": "Ilichapishwa kwanza katika",
    "published_by": "imechapishwa na",
    "number": "na.",
    "pages": "kurasa",
    "page": "ukurasa",
    "interview_by": "Mahojiano:",
    "disclaimer_on": "Kanusho: angalia ukurasa",
    "contents": "Yaliyomo",
    "continued_on": "inaendelea ukurasa wa",
    "continued_from": "inatoka ukurasa wa",
}

"""The words that the house itself prints, by language, and dates in that language."""

from layout.house.brand import Brand

LANGUAGES: dict[str, dict[str, str]] = {
    "en": {
        "accounts": "Recommended accounts",
        "continued": "continued",
        "first_published": "First published in",
        "published_by": "published by",
        "number": "no.",
        "pages": "pages",
        "page": "page",
        "interview_by": "Interview:",
        "disclaimer_on": "Disclaimer: see page",
        "contents": "Contents",
        "continued_on": "continued on page",
        "continued_from": "continued from page",
        "months": "January February March April May June July August September October November December",
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
    },
    "fr": {
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
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
    },
    "de": {
        "accounts": "Empfohlene Konten",
        "continued": "Fortsetzung",
        "first_published": "Zuerst erschienen in",
        "published_by": "herausgegeben von",
        "number": "Nr.",
        "pages": "Seiten",
        "page": "Seite",
        "interview_by": "Interview:",
        "disclaimer_on": "Haftungsausschluss: siehe Seite",
        "contents": "Inhalt",
        "continued_on": "Fortsetzung auf Seite",
        "continued_from": "Fortsetzung von Seite",
        "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "day": "{day}. {month} {year}",
        "month": "{month} {year}",
    },
    "es": {
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
        "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "day": "{day} de {month} de {year}",
        "month": "{month} de {year}",
    },
    "it": {
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
        "months": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "day": "{day} {month} {year}",
        "month": "{month} {year}",
    },
}
"""Labels by primary subtag. A brand's own `labels:` go before these; `en` stands in for a language of neither."""


class Labels:
    """The house's words in one language: the brand's, then the program's, then the English ones."""

    def __init__(self, brand: Brand, tag: str) -> None:
        subtag = tag.partition("-")[0].lower()
        self.known = subtag in LANGUAGES or tag in brand.labels or subtag in brand.labels
        own = {
            **LANGUAGES.get(subtag, {}),
            **brand.labels.get(subtag, {}),
            **brand.labels.get(tag, {}),
        }
        self._words = {**LANGUAGES["en"], **own}
        self._foreign = LANGUAGES["en"].keys() - own.keys()

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def foreign(self, key: str) -> str:
        """The language of a word of the house where it is not the one asked for, else ''."""
        return "en" if key in self._foreign else ""

    def date(self, written: str) -> str:
        """A date as people write it, from YYYY, YYYY-MM or YYYY-MM-DD."""
        parts = written.split("-")
        if len(parts) == 1:
            return written
        month = self["months"].split(" ")[int(parts[1]) - 1]
        if len(parts) == 2:
            return self["month"].format(month=month, year=parts[0])
        return self["day"].format(day=int(parts[2]), month=month, year=parts[0])

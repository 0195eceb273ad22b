"""The words of the house in German."""

WORDS = {
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
}

"""The words of the house in Dutch."""

WORDS = {
    "accounts": "Aanbevolen accounts",
    "continued": "vervolg",
    "first_published": "Voor het eerst verschenen in",
    "published_by": "uitgegeven door",
    "number": "nr.",
    "pages": "pagina’s",
    "page": "pagina",
    "interview_by": "Interview:",
    "disclaimer_on": "Disclaimer: zie pagina",
    "contents": "Inhoud",
    "continued_on": "lees verder op pagina",
    "continued_from": "vervolg van pagina",
}

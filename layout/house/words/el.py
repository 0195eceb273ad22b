"""The words of the house in Greek."""

WORDS = {
    "accounts": "Προτεινόμενοι λογαριασμοί",
    "continued": "συνέχεια",
    "first_published": "Πρώτη δημοσίευση:",
    "published_by": "εκδότης:",
    "number": "αρ.",
    "pages": "σσ.",
    "page": "σελίδα",
    "interview_by": "Συνέντευξη:",
    "disclaimer_on": "Αποποίηση ευθύνης: βλ. σελίδα",
    "contents": "Περιεχόμενα",
    "continued_on": "συνέχεια στη σελίδα",
    "continued_from": "συνέχεια από τη σελίδα",
}

"""The words of the house in Georgian."""

WORDS = {
    "accounts": "რეკომენდებული ანგარიშები",
    "continued": "გაგრძელება",
    "first_published": "პირველად გამოქვეყნდა:",
    "published_by": "გამომცემელი:",
    "number": "№",
    "pages": "გვ.",
    "page": "გვერდი",
    "interview_by": "ინტერვიუ:",
    "disclaimer_on": "პასუხისმგებლობის უარყოფა: იხ. გვ.",
    "contents": "სარჩევი",
    "continued_on": "გაგრძელება გვ.",
    "continued_from": "დასაწყისი გვ.",
}

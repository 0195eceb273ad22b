"""The words of the house in Hebrew."""

WORDS = {
    "accounts": "חשבונות מומלצים",
    "continued": "המשך",
    "first_published": "פורסם לראשונה:",
    "published_by": "בהוצאת",
    "number": "גיליון",
    "pages": "עמודים",
    "page": "עמוד",
    "interview_by": "ריאיון:",
    "disclaimer_on": "הבהרה משפטית: ראו עמוד",
    "contents": "תוכן העניינים",
    "continued_on": "המשך בעמוד",
    "continued_from": "המשך מעמוד",
}

"""The words of the house in Arabic."""

WORDS = {
    "accounts": "حسابات نوصي بمتابعتها",
    "continued": "تتمة",
    "first_published": "نُشر للمرة الأولى في",
    "published_by": "الناشر:",
    "number": "العدد",
    "pages": "الصفحات",
    "page": "صفحة",
    "interview_by": "أجرى الحوار:",
    "disclaimer_on": "إخلاء المسؤولية: انظر الصفحة",
    "contents": "المحتويات",
    "continued_on": "التتمة في الصفحة",
    "continued_from": "تتمة من الصفحة",
}

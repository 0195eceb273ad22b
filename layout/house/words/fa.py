"""The words of the house in Persian."""

WORDS = {
    "accounts": "حساب\u200cهای پیشنهادی",
    "continued": "ادامه",
    "first_published": "نخستین انتشار در",
    "published_by": "ناشر:",
    "number": "شمارهٔ",
    "pages": "صفحه\u200cهای",
    "page": "صفحهٔ",
    "interview_by": "گفت\u200cوگو از",
    "disclaimer_on": "سلب مسئولیت: نگاه کنید به صفحهٔ",
    "contents": "فهرست",
    "continued_on": "ادامه در صفحهٔ",
    "continued_from": "ادامه از صفحهٔ",
}

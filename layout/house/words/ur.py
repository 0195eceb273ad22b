"""The words of the house in Urdu."""

WORDS = {
    "accounts": "تجویز کردہ اکاؤنٹس",
    "continued": "جاری",
    "first_published": "پہلی اشاعت:",
    "published_by": "ناشر:",
    "number": "شمارہ",
    "pages": "صفحات",
    "page": "صفحہ",
    "interview_by": "انٹرویو:",
    "disclaimer_on": "اعلانِ دستبرداری: دیکھیے صفحہ",
    "contents": "فہرست",
    "continued_on": "باقی صفحہ\u00a0{page} پر",
    "continued_from": "بقیہ صفحہ\u00a0{page} سے",
}

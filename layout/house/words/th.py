"""The words of the house in Thai."""

WORDS = {
    "accounts": "บัญชีแนะนำ",
    "continued": "ต่อ",
    "first_published": "ตีพิมพ์ครั้งแรกใน",
    "published_by": "จัดพิมพ์โดย",
    "number": "ฉบับที่",
    "pages": "หน้า",
    "page": "หน้า",
    "interview_by": "สัมภาษณ์โดย",
    "disclaimer_on": "ข้อจำกัดความรับผิดชอบ: ดูหน้า",
    "contents": "สารบัญ",
    "continued_on": "อ่านต่อหน้า",
    "continued_from": "ต่อจากหน้า",
}

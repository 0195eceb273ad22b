"""The words of the house in Amharic."""

WORDS = {
    "accounts": "የሚመከሩ መለያዎች",
    "continued": "ቀጣይ",
    "first_published": "መጀመሪያ የታተመው፦",
    "published_by": "አሳታሚ፦",
    "number": "ቁጥር",
    "pages": "ገጾች",
    "page": "ገጽ",
    "interview_by": "ቃለ መጠይቅ፦",
    "disclaimer_on": "የኃላፊነት ማስተባበያ፦ ገጽ\u00a0{page} ይመልከቱ",
    "contents": "ማውጫ",
    "continued_on": "በገጽ\u00a0{page} ይቀጥላል",
    "continued_from": "ከገጽ\u00a0{page} የቀጠለ",
}

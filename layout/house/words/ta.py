"""The words of the house in Tamil."""

WORDS = {
    "accounts": "பரிந்துரைக்கப்படும் கணக்குகள்",
    "continued": "தொடர்ச்சி",
    "first_published": "முதல் வெளியீடு:",
    "published_by": "பதிப்பாளர்:",
    "number": "இதழ்",
    "pages": "பக்கங்கள்",
    "page": "பக்கம்",
    "interview_by": "நேர்காணல்:",
    "disclaimer_on": "பொறுப்புத் துறப்பு: பார்க்க பக்கம்",
    "contents": "பொருளடக்கம்",
    "continued_on": "தொடர்ச்சி பக்கம்",
    "continued_from": "பக்கம்\u00a0{page}-இன் தொடர்ச்சி",
}

"""The words of the house in Turkish."""

WORDS = {
    "accounts": "Önerilen hesaplar",
    "continued": "devam",
    "first_published": "İlk yayımlandığı yer:",
    "published_by": "yayımlayan:",
    "number": "sayı",
    "pages": "s.",
    "page": "sayfa",
    "interview_by": "Söyleşi:",
    "disclaimer_on": "Sorumluluk reddi: bkz. s.",
    "contents": "İçindekiler",
    "continued_on": "devamı\u00a0{page}.\u00a0sayfada",
    "continued_from": "{page}.\u00a0sayfadan devam",
}

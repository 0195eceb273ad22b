"""The words of the house in Indonesian."""

WORDS = {
    "accounts": "Akun yang direkomendasikan",
    "continued": "lanjutan",
    "first_published": "Pertama kali diterbitkan di",
    "published_by": "diterbitkan oleh",
    "number": "no.",
    "pages": "halaman",
    "page": "halaman",
    "interview_by": "Wawancara:",
    "disclaimer_on": "Penafian: lihat halaman",
    "contents": "Daftar isi",
    "continued_on": "bersambung ke halaman",
    "continued_from": "sambungan dari halaman",
}

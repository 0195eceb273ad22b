"""The words of the house in Bengali."""

WORDS = {
    "accounts": "প্রস্তাবিত অ্যাকাউন্ট",
    "continued": "অব্যাহত",
    "first_published": "প্রথম প্রকাশ:",
    "published_by": "প্রকাশক:",
    "number": "সংখ্যা",
    "pages": "পৃষ্ঠা",
    "page": "পৃষ্ঠা",
    "interview_by": "সাক্ষাৎকার:",
    "disclaimer_on": "দায়বর্জন বিবৃতি: দেখুন পৃষ্ঠা",
    "contents": "সূচিপত্র",
    "continued_on": "এরপর পৃষ্ঠা",
    "continued_from": "পৃষ্ঠা\u00a0{page}-এর পর",
}

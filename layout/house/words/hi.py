"""The words of the house in Hindi."""

WORDS = {
    "accounts": "सुझाए गए खाते",
    "continued": "जारी",
    "first_published": "पहली बार प्रकाशित:",
    "published_by": "प्रकाशक:",
    "number": "अंक",
    "pages": "पृष्ठ",
    "page": "पृष्ठ",
    "interview_by": "साक्षात्कार:",
    "disclaimer_on": "अस्वीकरण: देखें पृष्ठ",
    "contents": "विषय-सूची",
    "continued_on": "शेष पृष्ठ\u00a0{page} पर",
    "continued_from": "पृष्ठ\u00a0{page} से जारी",
}

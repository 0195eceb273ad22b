"""The words of the house in Finnish."""

WORDS = {
    "accounts": "Suositellut tilit",
    "continued": "jatkuu",
    "first_published": "Julkaistu ensimmäisen kerran:",
    "published_by": "julkaisija",
    "number": "nro",
    "pages": "sivut",
    "page": "sivu",
    "interview_by": "Haastattelu:",
    "disclaimer_on": "Vastuuvapauslauseke: ks. sivu",
    "contents": "Sisällys",
    "continued_on": "jatkuu sivulla",
    "continued_from": "jatkoa sivulta",
}

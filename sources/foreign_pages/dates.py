"""The dates of the almanac."""

from typing import Final

ALMANAC: Final = """
January
3 1991 The Unicode Consortium is incorporated in California.
17 1706 Benjamin Franklin, printer, is born in Boston.
February
3 1468 Johann Gutenberg dies in Mainz.
6 1515 Aldus Manutius, printer of the first italics, dies in Venice.
March
1 1999 The Anti-Personnel Mine Ban Convention enters into force.
24 1478 Geneva’s first dated book, _Le Livre des saints anges_, bears this day in its colophon.
April
2 1902 Jan Tschichold is born in Leipzig.
10 1710 The Statute of Anne comes into force. The law now knows authors as well as booksellers.
May
11 1854 Ottmar Mergenthaler, inventor of the Linotype, is born in Hachtel.
24 1928 Adrian Frutiger is born in Unterseen.
June
8 1637 Descartes’s _Discours de la méthode_ is finished at the press in Leiden.
15 1993 Adobe presents Acrobat, and with it the Portable Document Format.
July
1 2008 PDF becomes an international standard, ISO 32000-1.
3 1886 The *New York Tribune* is the first paper to be set on the Linotype.
August
6 1991 From CERN, near Geneva, the World Wide Web is announced.
14 1457 The Mainz Psalter is finished, the first book to print its own date.
September
7 1559 Robert Estienne, once the king’s printer in Paris, dies in Geneva.
18 1997 The Mine Ban Convention is adopted in Oslo.
October
1 2005 ISO 19005-1 is published: PDF/A, the file for archives.
3 1896 William Morris dies, in the year of the Kelmscott Chaucer.
November
18 1477 William Caxton completes the *Dictes or Sayengis* at Westminster.
29 1814 *The Times* is printed by steam, and tells its readers that they are holding the proof.
December
3 1997 The Mine Ban Convention is opened for signature in Ottawa.
21 1913 The *New York World* prints the first crossword.
"""
"""Two dates a month: day, year and what happened; italics between asterisks, French ones between underscores."""


def read_almanac(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """Day, year and event of each date, by month."""
    months: dict[str, list[tuple[str, str, str]]] = {}
    for line in text.strip().splitlines():
        if line[0].isdigit():
            day, year, event = line.split(" ", 2)
            months[next(reversed(months))].append((day, year, event))
        else:
            months[line] = []
    return months

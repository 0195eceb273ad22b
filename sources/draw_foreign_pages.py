"""The pages of the specimen issue that were "made elsewhere": its cover, and an almanac in another style.

`python sources/draw_foreign_pages.py FOLDER` writes cover.pdf (one page) and calendar.pdf (two pages) into
FOLDER. The almanac has what a binder must not lose: named destinations, an outline, a link from page to page and
a link to the web. It needs ReportLab and the fonts of this repository; the same versions of both give the same bytes.
"""

import sys
from pathlib import Path
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import LinkAnnotation, PDFArray, PDFDictionary, PDFString
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS: Final = Path(__file__).resolve().parents[1] / "fonts"

MM: Final = 72 / 25.4
WIDTH: Final = 210 * MM
HEIGHT: Final = 297 * MM

INK: Final = HexColor("#1A1A1A")
QUIET: Final = HexColor("#555555")
RED: Final = HexColor("#9E1B32")
PETROL: Final = HexColor("#0E4F55")
MIST: Final = HexColor("#E9F0EE")
LINE: Final = HexColor("#9DB9B6")

FACES: Final = {
    "sans": "source-sans/SourceSans3-Regular.ttf",
    "sans-italic": "source-sans/SourceSans3-It.ttf",
    "sans-semibold": "source-sans/SourceSans3-Semibold.ttf",
    "subhead": "source-serif/SourceSerif4Subhead-Regular.ttf",
    "display": "source-serif/SourceSerif4Display-Regular.ttf",
    "display-semibold": "source-serif/SourceSerif4Display-Semibold.ttf",
}

TAGLINE: Final = (
    "Analysis, interviews and reports related",
    "to international cooperation in Geneva",
)

ARTICLES: Final = (
    ("Social media", ("Anti-Personnel", "Mine Ban", "Convention")),
    ("Small type", ("The Hyphen", "Has a Word")),
    ("Workshop", ("One Paragraph,", "One Decision")),
    ("Typographie", ("L’espace que", "personne ne voit")),
)
"""Kicker and title of each interview in the issue, the titles broken for sense."""

ALMANAC: Final = """
January
3 1991 The Unicode Consortium is incorporated in California.
17 1706 Benjamin Franklin, printer, is born in Boston.
February
3 1468 Johann Gutenberg dies in Mainz.
6 1515 Aldus Manutius, printer of the first italics, dies in Venice.
March
1 1999 The Anti-Personnel Mine Ban Convention enters into force.
24 1478 Geneva’s first dated book, *Le Livre des saints anges*, bears this day in its colophon.
April
2 1902 Jan Tschichold is born in Leipzig.
10 1710 The Statute of Anne comes into force. The law now knows authors as well as booksellers.
May
11 1854 Ottmar Mergenthaler, inventor of the Linotype, is born in Hachtel.
24 1928 Adrian Frutiger is born in Unterseen.
June
8 1637 Descartes’s *Discours de la méthode* is finished at the press in Leiden.
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
"""Two dates a month: day, year and what happened; words between asterisks are set in italics."""


def new_canvas(path: Path, title: str, subject: str) -> Canvas:
    """An A4 canvas whose file carries no clock and no font but its own."""
    canvas = Canvas(str(path), (WIDTH, HEIGHT), invariant=1, initialFontName="sans", lang="en")  # type: ignore[arg-type]
    canvas.setTitle(title)
    canvas.setSubject(subject)
    canvas.setAuthor("Offprint")
    canvas.setCreator("draw_foreign_pages.py")
    canvas.setProducer("ReportLab")
    canvas.setKeywords("specimen")
    return canvas


def spaced(
    canvas: Canvas, x: float, y: float, text: str, face: str, size: float, tracking: float
) -> None:
    """A line of text with a little more room between its letters; tracking in em."""
    line = canvas.beginText(x, y)
    line.setFont(face, size)
    line.setCharSpace(tracking * size)
    line.textOut(text)
    line.setCharSpace(0)
    canvas.drawText(line)


# --- the cover ---

LEFT: Final = 18 * MM
RIGHT: Final = WIDTH - 18 * MM

KERNS: Final = {"vi": -0.012, "ie": -0.004, "ew": -0.006}
"""Pairs of the large word that stand too far apart, in em."""


def word_width(word: str, face: str, size: float) -> float:
    """The width of a word with its kerns."""
    pairs = (word[i : i + 2] for i in range(len(word) - 1))
    return stringWidth(word, face, size) + size * sum(KERNS.get(pair, 0.0) for pair in pairs)


def large_word(canvas: Canvas, x: float, y: float, word: str, size: float) -> None:
    """A word with its kerns, as one piece of text."""
    line = canvas.beginText(x, y)
    line.setFont("display", size)
    for index, letter in enumerate(word):
        line.setCharSpace(size * KERNS.get(word[index : index + 2], 0.0))
        line.textOut(letter)
    line.setCharSpace(0)
    canvas.drawText(line)


def draw_masthead(canvas: Canvas) -> None:
    """Name, tagline, number and date over a rule in red."""
    canvas.setFillColor(RED)
    canvas.setFont("display-semibold", 84)
    canvas.drawString(LEFT - 2.4, HEIGHT - 39 * MM, "Focus")
    canvas.setFillColor(QUIET)
    canvas.setFont("sans", 9)
    for index, line in enumerate(TAGLINE):
        canvas.drawRightString(RIGHT, HEIGHT - 39 * MM + (1 - index) * 12.5, line)
    canvas.setFillColor(RED)
    canvas.rect(LEFT, HEIGHT - 45 * MM, RIGHT - LEFT, 2, stroke=0, fill=1)
    canvas.setFont("sans-semibold", 9)
    canvas.drawString(LEFT, HEIGHT - 51.5 * MM, "Number 0")
    canvas.setFillColor(QUIET)
    canvas.setFont("sans", 9)
    canvas.drawString(LEFT + 42, HEIGHT - 51.5 * MM, "A specimen issue")
    canvas.drawRightString(RIGHT, HEIGHT - 51.5 * MM, "November 2026")


def draw_composition(canvas: Canvas) -> None:
    """The word of this publication, broken where it may be broken; the hyphen hangs, and leaves the page."""
    size = 100 * (RIGHT - LEFT) / word_width("inter", "display", 100)
    first = HEIGHT - 131 * MM
    canvas.setFillColor(INK)
    large_word(canvas, LEFT - 0.02 * size, first, "inter", size)
    large_word(canvas, LEFT - 0.01 * size, first - 0.80 * size, "view", size)
    canvas.setFillColor(RED)
    canvas.setFont("display", size)
    canvas.drawString(RIGHT - 0.01 * size, first, "-")


def draw_contents(canvas: Canvas) -> None:
    """The four articles in a row at the foot."""
    column = (RIGHT - LEFT + 6 * MM) / len(ARTICLES)
    top = 44 * MM
    for index, (kicker, title) in enumerate(ARTICLES):
        x = LEFT + index * column
        canvas.setFillColor(RED)
        canvas.rect(x, top + 14, column - 6 * MM, 0.75, stroke=0, fill=1)
        spaced(canvas, x, top, kicker.upper(), "sans-semibold", 7.5, 0.08)
        canvas.setFillColor(INK)
        canvas.setFont("subhead", 13.5)
        for number, line in enumerate(title):
            canvas.drawString(x, top - 18.75 - number * 16.5, line)


def draw_cover(path: Path) -> None:
    """One page: masthead, composition, articles."""
    canvas = new_canvas(path, "Focus, number 0", "Cover of a specimen issue")
    draw_masthead(canvas)
    draw_composition(canvas)
    draw_contents(canvas)
    canvas.showPage()
    canvas.save()


# --- the almanac ---

EDGE: Final = 22 * MM
TEXT_LEFT: Final = 76 * MM
TEXT_RIGHT: Final = WIDTH - 18 * MM
TOP: Final = HEIGHT - 72 * MM
MONTH: Final = 30 * MM
"""From one month's head to the next."""


def mixed_line(
    canvas: Canvas, x: float, y: float, words: list[tuple[str, str]], size: float
) -> None:
    """Words of several faces on one line, as (face, word)."""
    line = canvas.beginText(x, y)
    for index, (face, word) in enumerate(words):
        line.setFont(face, size)
        follows = index + 1 < len(words)
        line.textOut(f"{word} " if follows else word)
    canvas.drawText(line)


def faced_words(text: str) -> list[tuple[str, str]]:
    """The words of a text with their faces; those between asterisks are italic."""
    words, italic = [], False
    for word in text.split():
        italic = italic or word.startswith("*")
        words.append(("sans-italic" if italic else "sans", word.replace("*", "")))
        italic = italic and "*" not in word[1:]
    return words


def draw_text(canvas: Canvas, y: float, text: str, size: float, leading: float) -> float:
    """A ragged paragraph in the wide column; returns the baseline of its last line."""
    words = faced_words(text)
    line: list[tuple[str, str]] = []
    used = 0.0
    for face, word in words:
        width = stringWidth(word, face, size)
        if line and used + width > TEXT_RIGHT - TEXT_LEFT:
            mixed_line(canvas, TEXT_LEFT, y, line, size)
            line, used, y = [], 0.0, y - leading
        line.append((face, word))
        used += width + stringWidth(" ", face, size)
    mixed_line(canvas, TEXT_LEFT, y, line, size)
    return y


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


def draw_month(canvas: Canvas, y: float, name: str, days: list[tuple[str, str, str]]) -> None:
    """A month's name at the left, its days in the column, under a thin rule."""
    canvas.setFillColor(LINE)
    canvas.rect(EDGE, y + 17, TEXT_RIGHT - EDGE, 0.6, stroke=0, fill=1)
    canvas.setFillColor(PETROL)
    canvas.setFont("sans-semibold", 15)
    canvas.drawString(EDGE, y, name)
    for day, year, event in days:
        canvas.setFillColor(PETROL)
        canvas.setFont("sans-semibold", 11.5)
        canvas.drawRightString(TEXT_LEFT - 15 * MM, y, day)
        canvas.setFont("sans", 11.5)
        canvas.drawRightString(TEXT_LEFT - 4.5 * MM, y, year)
        canvas.setFillColor(INK)
        y = draw_text(canvas, y, event, 11.5, 14.5) - 21


def draw_link(canvas: Canvas, y: float, text: str, *, name: str = "", url: str = "") -> None:
    """A line of text, underlined, that leads to a named destination or to the web."""
    canvas.setFillColor(PETROL)
    canvas.setFont("sans-semibold", 10)
    canvas.drawString(TEXT_LEFT, y, text)
    width = stringWidth(text, "sans-semibold", 10)
    canvas.rect(TEXT_LEFT, y - 2.4, width, 0.6, stroke=0, fill=1)
    place = (TEXT_LEFT, y - 4, TEXT_LEFT + width, y + 10)
    if url:
        canvas.linkURL(url, place, relative=1, thickness=0)
    else:  # ReportLab's own links name no destination: they point at the page itself
        inside: Any = canvas
        inside._addAnnotation(LinkAnnotation(place, text, PDFString(name), "[0 0 0]"))


def name_destinations(canvas: Canvas, names: tuple[str, ...]) -> None:
    """Writes bookmarks into the file's name tree, as other programs do and ReportLab does not."""
    inside: Any = canvas
    pairs = [part for name in names for part in (PDFString(name), inside._bookmarkReference(name))]
    leaf = PDFDictionary({"Names": PDFArray(pairs)})
    inside._doc.Catalog.Names = PDFDictionary({"Dests": leaf})


def draw_half(canvas: Canvas, number: int, name: str, title: str) -> None:
    """One page of the almanac with its destination and its outline entry."""
    canvas.setFillColor(MIST)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.bookmarkPage(name, fit="XYZ", left=0, top=HEIGHT, zoom=0)
    canvas.addOutlineEntry(title, name, level=0)
    canvas.setFillColor(PETROL)
    spaced(canvas, EDGE, HEIGHT - 30 * MM, "A PRINTER’S ALMANAC", "sans-semibold", 9, 0.14)
    canvas.setFont("sans", 34)
    canvas.drawString(EDGE - 2, HEIGHT - 46 * MM, title)
    months = list(read_almanac(ALMANAC).items())
    for index, (month, days) in enumerate(months[6 * number : 6 * number + 6]):
        draw_month(canvas, TOP - index * MONTH, month, days)


def draw_calendar(path: Path) -> None:
    """Two pages: twelve months of dates for the wall of a composing room."""
    canvas = new_canvas(path, "A Printer’s Almanac", "Dates for the wall of a composing room")
    foot = TOP - 6 * MONTH + 4
    draw_half(canvas, 0, "january", "January to June")
    draw_link(canvas, foot, "July to December", name="july")
    canvas.showPage()
    draw_half(canvas, 1, "july", "July to December")
    web = "Early books of Geneva, page by page: www.e-rara.ch"
    draw_link(canvas, foot, web, url="https://www.e-rara.ch/")
    canvas.showPage()
    name_destinations(canvas, ("january", "july"))
    canvas.save()


def main(folder: Path) -> None:
    """Draws both files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in FACES.items():
        registerFont(TTFont(name, FONTS / path))
    draw_cover(folder / "cover.pdf")
    draw_calendar(folder / "calendar.pdf")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python sources/draw_foreign_pages.py OUTPUT_FOLDER")
    main(Path(sys.argv[1]))

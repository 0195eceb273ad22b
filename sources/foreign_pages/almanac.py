"""The almanac: twelve months of dates in another style, with what a binder must not lose."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from foreign_pages.canvas import Element, TaggedCanvas, flush_right, spaced
from foreign_pages.dates import ALMANAC, read_almanac
from foreign_pages.editions import EDGE, HEIGHT, MM, WIDTH, Edition
from foreign_pages.inks import INK, LINE, MIST, PETROL

TEXT_LEFT: Final = 76 * MM
TEXT_RIGHT: Final = WIDTH - 18 * MM
TOP: Final = HEIGHT - 72 * MM
MONTH: Final = 30 * MM
"""From one month's head to the next."""

Word = tuple[Element, str, str]
"""A word with the element that it belongs to and its face."""


def mixed_line(canvas: TaggedCanvas, y: float, words: list[Word], size: float) -> None:
    """Words of several faces and elements on one line."""
    line = canvas.beginText(TEXT_LEFT, y)
    for element, run in groupby(words, key=itemgetter(0)):
        with canvas.tagged(element, line):
            for _, face, word in run:
                line.setFont(face, size)
                line.textOut(word)
    canvas.drawText(line)


def faced_words(text: str, paragraph: Element) -> Iterator[Word]:
    """The words of a text, those between asterisks or underscores in italics, the latter in a French span."""
    mark, element = "", paragraph
    for word in text.split():
        if word[0] in "*_":
            mark = word[0]
            element = Element("Span", paragraph, Lang="fr") if mark == "_" else paragraph
        yield element, "sans-italic" if mark else "sans", word.replace("*", "").replace("_", "")
        if mark and mark in word[1:]:
            mark, element = "", paragraph


def draw_text(
    canvas: TaggedCanvas, y: float, text: str, paragraph: Element, size: float, leading: float
) -> float:
    """A ragged paragraph in the wide column; returns the baseline of its last line."""
    line: list[Word] = []
    used = 0.0
    for element, face, word in faced_words(text, paragraph):
        width = stringWidth(word, face, size)
        if line and used + width > TEXT_RIGHT - TEXT_LEFT:
            mixed_line(canvas, y, line, size)
            line, used, y = [], 0.0, y - leading
        line.append((element, face, f"{word} "))
        used += width + stringWidth(" ", face, size)
    mixed_line(canvas, y, line, size)
    return y


def draw_month(canvas: TaggedCanvas, y: float, name: str, days: list[tuple[str, str, str]]) -> None:
    """A month's name at the left, its days in the column, under a thin rule."""
    canvas.bar(LINE, EDGE, y + 17, TEXT_RIGHT - EDGE, 0.6)
    canvas.ink(PETROL)
    canvas.setFont("sans-semibold", 15)
    with canvas.tagged(Element("H2", canvas.document)):
        canvas.drawString(EDGE, y, name)
    dates = Element("L", canvas.document)
    for day, year, event in days:
        item = Element("LI", dates)
        canvas.ink(PETROL)
        with canvas.tagged(Element("Lbl", item)):
            flush_right(canvas, TEXT_LEFT - 15 * MM, y, day, "sans-semibold", 11.5, after=" ")
            flush_right(canvas, TEXT_LEFT - 4.5 * MM, y, year, "sans", 11.5)
        canvas.ink(INK)
        y = draw_text(canvas, y, event, Element("LBody", item), 11.5, 14.5) - 21


def draw_link(canvas: TaggedCanvas, y: float, text: str, *, name: str = "", url: str = "") -> None:
    """A line of text, underlined, that leads to a named destination or to the web; on paper it only says so."""
    canvas.ink(PETROL)
    canvas.setFont("sans-semibold", 10)
    width = stringWidth(text, "sans-semibold", 10)
    paragraph = Element("P", canvas.document)
    link = paragraph if canvas.edition.press else Element("Link", paragraph)
    with canvas.tagged(link):
        canvas.drawString(TEXT_LEFT, y, text)
    canvas.bar(PETROL, TEXT_LEFT, y - 2.4, width, 0.6)
    if canvas.edition.press:  # ISO 15930-7 wants no annotation on what is printed
        return
    place = (TEXT_LEFT, y - 4, TEXT_LEFT + width, y + 10)
    web = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(url)})
    target = {"A": web} if url else {"Dest": PDFString(name)}
    canvas.link(link, place, Contents=PDFString(text), **target)


def name_destinations(canvas: Canvas, names: tuple[str, ...]) -> None:
    """Writes bookmarks into the file's name tree, as other programs do and ReportLab does not."""
    inside: Any = canvas
    pairs = [part for name in names for part in (PDFString(name), inside._bookmarkReference(name))]
    leaf = PDFDictionary({"Names": PDFArray(pairs)})
    inside._doc.Catalog.Names = PDFDictionary({"Dests": leaf})


def draw_half(canvas: TaggedCanvas, number: int, name: str, title: str) -> None:
    """One page of the almanac with its destination and its outline entry; its heading is of the first level."""
    canvas.ground(MIST)
    left, top = canvas.in_file(0, HEIGHT)
    canvas.bookmarkPage(name, fit="XYZ", left=left, top=top, zoom=0)
    canvas.addOutlineEntry(title, name, level=0)
    canvas.ink(PETROL)
    header = canvas.artifact("/Type /Pagination /Subtype /Header /Attached [/Top]")
    with header if number else canvas.tagged(Element("P", canvas.document)):
        spaced(canvas, EDGE, HEIGHT - 30 * MM, "A PRINTER’S ALMANAC", "sans-semibold", 9, 0.14)
    canvas.setFont("sans", 34)
    with canvas.tagged(Element("H1", canvas.document)):
        canvas.drawString(EDGE - 2, HEIGHT - 46 * MM, title)
    months = list(read_almanac(ALMANAC).items())
    for index, (month, days) in enumerate(months[6 * number : 6 * number + 6]):
        draw_month(canvas, TOP - index * MONTH, month, days)


def draw_calendar(edition: Edition) -> TaggedCanvas:
    """Two pages: twelve months of dates for the wall of a composing room."""
    canvas = TaggedCanvas(edition, "A Printer’s Almanac", "Dates for the wall of a composing room")
    foot = TOP - 6 * MONTH + 4
    with canvas.page():
        draw_half(canvas, 0, "january", "January to June")
        draw_link(canvas, foot, "July to December", name="july")
    with canvas.page():
        draw_half(canvas, 1, "july", "July to December")
        web = "Early books of Geneva, page by page: www.e-rara.ch"
        draw_link(canvas, foot, web, url="https://www.e-rara.ch/")
    name_destinations(canvas, ("january", "july"))
    return canvas

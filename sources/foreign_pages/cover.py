"""The cover: masthead, a large word broken where it may be broken, and the articles."""

from typing import Final

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from foreign_pages.canvas import Element, TaggedCanvas, flush_right, spaced
from foreign_pages.editions import HEIGHT, LEFT, MM, RIGHT, WIDTH, Edition
from foreign_pages.inks import INK, QUIET, RED

TAGLINE: Final = (
    "Analysis, interviews and reports related",
    "to international cooperation in Geneva",
)

ARTICLES: Final = (
    ("en", "Social media", ("Anti-Personnel", "Mine Ban", "Convention")),
    ("en", "Small type", ("The Hyphen", "Has a Word")),
    ("en", "Workshop", ("One Paragraph,", "One Decision")),
    ("fr", "Typographie", ("L’espace que", "personne ne voit")),
)
"""Language, kicker and title of each interview in the issue, the titles broken for sense."""

KERNS: Final = {"vi": -0.012, "ie": -0.004, "ew": -0.006}
"""Pairs of the large word that stand too far apart, in em."""

COMPOSITION: Final = (
    "The word “interview” in very large letters, broken after “inter”; its hyphen hangs."
)


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


def draw_masthead(canvas: TaggedCanvas) -> None:
    """Name, tagline, number and date over a rule in red."""
    canvas.ink(RED)
    canvas.setFont("display-semibold", 84)
    with canvas.tagged(Element("H1", canvas.document)):
        canvas.drawString(LEFT - 2.4, HEIGHT - 39 * MM, "Focus")
    canvas.ink(QUIET)
    with canvas.tagged(Element("P", canvas.document)):
        first, second = TAGLINE
        flush_right(canvas, RIGHT, HEIGHT - 39 * MM + 12.5, first, "sans", 9, after=" ")
        flush_right(canvas, RIGHT, HEIGHT - 39 * MM, second, "sans", 9)
    canvas.bar(RED, LEFT, HEIGHT - 45 * MM, RIGHT - LEFT, 2)
    canvas.setFont("sans-semibold", 9)
    with canvas.tagged(Element("P", canvas.document)):
        canvas.drawString(LEFT, HEIGHT - 51.5 * MM, "Number 0")
    canvas.ink(QUIET)
    canvas.setFont("sans", 9)
    with canvas.tagged(Element("P", canvas.document)):
        canvas.drawString(LEFT + 42, HEIGHT - 51.5 * MM, "A specimen issue")
    with canvas.tagged(Element("P", canvas.document)):
        flush_right(canvas, RIGHT, HEIGHT - 51.5 * MM, "November 2026", "sans", 9)


def draw_composition(canvas: TaggedCanvas) -> None:
    """The word of this publication, broken where it may be broken; the hyphen hangs, and leaves the page."""
    size = 100 * (RIGHT - LEFT) / word_width("inter", "display", 100)
    first = HEIGHT - 131 * MM
    right = WIDTH + canvas.edition.bleed
    box = canvas.in_file(LEFT, first - 0.82 * size, right, first + 0.72 * size)
    layout = {"/O": "/Layout", "/Placement": "/Block", "/BBox": box}
    with canvas.tagged(Element("Figure", canvas.document, Alt=COMPOSITION, A=layout)):
        canvas.ink(INK)
        large_word(canvas, LEFT - 0.02 * size, first, "inter", size)
        large_word(canvas, LEFT - 0.01 * size, first - 0.80 * size, "view", size)
        canvas.ink(RED)
        canvas.setFont("display", size)
        canvas.drawString(RIGHT - 0.01 * size, first, "-")


def draw_contents(canvas: TaggedCanvas) -> None:
    """The four articles in a row at the foot."""
    column = (RIGHT - LEFT + 6 * MM) / len(ARTICLES)
    top = 44 * MM
    articles = Element("L", canvas.document)
    for index, (language, kicker, title) in enumerate(ARTICLES):
        body = Element("LBody", Element("LI", articles, Lang=language))
        x = LEFT + index * column
        canvas.bar(RED, x, top + 14, column - 6 * MM, 0.75)
        with canvas.tagged(Element("P", body)):
            spaced(canvas, x, top, kicker.upper(), "sans-semibold", 7.5, 0.08)
        canvas.ink(INK)
        canvas.setFont("subhead", 13.5)
        with canvas.tagged(Element("P", body)):
            for number, line in enumerate(title, 1):
                end = " " if number < len(title) else ""
                canvas.drawString(x, top - 2.25 - number * 16.5, line + end)


def draw_cover(edition: Edition) -> TaggedCanvas:
    """One page: masthead, composition, articles."""
    canvas = TaggedCanvas(edition, "Focus, number 0", "Cover of a specimen issue")
    with canvas.page():
        draw_masthead(canvas)
        draw_composition(canvas)
        draw_contents(canvas)
    return canvas

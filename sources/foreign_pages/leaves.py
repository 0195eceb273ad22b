"""The leaves: an advertisement, a page for notes, the back cover."""

from typing import Final

from foreign_pages.canvas import Element, TaggedCanvas, spaced
from foreign_pages.cover import word_width
from foreign_pages.editions import EDGE, HEIGHT, LEFT, MM, RIGHT, Edition
from foreign_pages.inks import PAPER, PENCIL, PETROL, RED

ADVERTISED: Final = ("A question,", "an answer,", "a page.")
INVITATION: Final = (
    "Focus prints conversations. Send us one:",
    "a question costs a line, an answer what it is worth.",
)
IMPRINT: Final = ("Number 0, November 2026", "A specimen issue, set by Offprint from plain text")
RULED: Final = 9 * MM


def draw_lines(
    canvas: TaggedCanvas, x: float, y: float, lines: tuple[str, ...], leading: float, role: str
) -> None:
    """Lines of one text in the face and ink that are set."""
    with canvas.tagged(Element(role, canvas.document)):
        for number, line in enumerate(lines, 1):
            end = " " if number < len(lines) else ""
            canvas.drawString(x, y - (number - 1) * leading, line + end)


def draw_advertisement(canvas: TaggedCanvas) -> None:
    """What the newsletter says of itself, on a ground of one ink."""
    canvas.ground(PETROL)
    canvas.ink(PAPER)
    with canvas.tagged(Element("P", canvas.document)):
        spaced(canvas, EDGE, HEIGHT - 30 * MM, "ADVERTISEMENT", "sans-semibold", 9, 0.14)
    canvas.setFont("display", 76)
    draw_lines(canvas, EDGE - 4, HEIGHT - 92 * MM, ADVERTISED, 84, "H1")
    canvas.setFont("subhead", 16)
    draw_lines(canvas, EDGE, 48 * MM, INVITATION, 22, "P")


def draw_notes(canvas: TaggedCanvas) -> None:
    """Room to write, ruled."""
    canvas.ink(RED)
    canvas.setFont("display", 34)
    draw_lines(canvas, LEFT - 2, HEIGHT - 46 * MM, ("Notes",), 0, "H1")
    rows = int((HEIGHT - 94 * MM) / RULED)
    for row in range(rows + 1):
        canvas.bar(PENCIL, LEFT, HEIGHT - 66 * MM - row * RULED, RIGHT - LEFT, 0.5)


def draw_back(canvas: TaggedCanvas) -> None:
    """The hyphen that left the front cover, and the imprint."""
    size = 100 * (RIGHT - LEFT) / word_width("inter", "display", 100)
    canvas.ground(RED)
    canvas.ink(PAPER)
    y = HEIGHT - 131 * MM
    box = canvas.in_file(LEFT, y, LEFT + 0.4 * size, y + 0.4 * size)
    layout = {"/O": "/Layout", "/Placement": "/Block", "/BBox": box}
    with canvas.tagged(Element("Figure", canvas.document, Alt="A large hyphen.", A=layout)):
        canvas.setFont("display", size)
        canvas.drawString(LEFT - 0.04 * size, y, "-")
    canvas.setFont("display-semibold", 30)
    draw_lines(canvas, LEFT - 1, 50 * MM, ("Focus",), 0, "P")
    canvas.setFont("sans", 10)
    draw_lines(canvas, LEFT, 40 * MM, IMPRINT, 14, "P")


def draw_leaves(edition: Edition) -> TaggedCanvas:
    """Three pages that stand apart in the issue."""
    canvas = TaggedCanvas(edition, "Leaves of Focus, number 0", "Pages of a specimen issue")
    for draw in (draw_advertisement, draw_notes, draw_back):
        with canvas.page():
            draw(canvas)
    return canvas

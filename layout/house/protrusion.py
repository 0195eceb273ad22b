"""How far signs hang over the ends of a line, so that its edge looks straight: optical margins.

In thousandths of a sign's own width, at the left end and at the right. What is light hangs far, what is
round or slanted a little. The idea is Gutenberg's; the measure of it, by sign and by font, is Thành's
("Micro-typographic extensions to the TeX typesetting system", 2000, section 2). These values were set
by eye for the Source families at text size; a brand may give any font its own.
"""

Table = dict[str, tuple[float, float]]

DEFAULT: Table = {
    "-": (0, 600), "\u2010": (0, 600), "\u00ad": (0, 600), "\u2011": (0, 600),
    ".": (0, 650), ",": (0, 650), ":": (0, 400), ";": (0, 400), "!": (0, 150), "?": (0, 150), "\u2026": (0, 200),
    "\u2018": (500, 500), "\u2019": (500, 500), "\u201c": (400, 400), "\u201d": (400, 400),
    "\u201a": (400, 400), "\u201e": (350, 350), "'": (400, 400), '"': (300, 300),
    "\u00ab": (300, 300), "\u00bb": (300, 300), "\u2039": (350, 350), "\u203a": (350, 350),
    "\u2013": (250, 250), "\u2014": (150, 150), "(": (100, 0), ")": (0, 150), "[": (80, 0), "]": (0, 80),
    "*": (200, 300), "\u2022": (200, 200), "/": (50, 80), "\u00b7": (0, 400),
    "A": (40, 40), "C": (30, 0), "D": (0, 25), "F": (0, 40), "G": (30, 0), "J": (40, 0), "L": (0, 40), "O": (30, 30),
    "P": (0, 40), "Q": (30, 30), "T": (40, 40), "V": (40, 40), "W": (30, 30), "X": (25, 25), "Y": (40, 40),
    "c": (20, 0), "e": (20, 15), "f": (0, 40), "k": (0, 20), "o": (20, 20), "p": (0, 15), "r": (0, 50), "t": (0, 30),
    "v": (30, 30), "w": (25, 25), "x": (20, 20), "y": (30, 30), "1": (60, 60), "4": (30, 0), "7": (20, 50),
}  # fmt: skip

"""A picture of sheets for a person who folds a dummy: every side, its pages with their numbers, its folds and cuts."""

import math
import os
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from layout.house.fontfiles import fonts_folder
from layout.plates.printers_marks import Box

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

LARGEST = 30_000_000
"""Pixels of a picture of very many sheets, about."""
SCALE = 1.0
"""Pixels to a point of a few sheets' picture, at most."""
WIDE = 520
"""Pixels of a side's longer edge, at most."""
AIR = 26
"""Pixels between sides."""
CAPTION = 34
"""Pixels over each pair of sides for its words."""
TITLE = 46
"""Pixels at the head for the picture's own, without the lines of its subtitle."""
LINE = 18
"""Pixels from one line of the subtitle to the next."""

GROUND, PAPER, PAGE, BLANK = "#E9E7E2", "#FFFFFF", "#F4F7FA", "#E4E4E4"
INK, QUIET, FOLD, CUT = "#1B2733", "#6B7580", "#B3261E", "#1B2733"
SERIF = os.path.join("source-serif", "SourceSerif4Display-Semibold.ttf")
SANS = os.path.join("source-sans", "SourceSans3-Regular.ttf")
BOLD = os.path.join("source-sans", "SourceSans3-Semibold.ttf")

Line = tuple[float, float, float, float]
"""From where to where: x, y, x, y."""


class ShownPage(Struct, frozen=True):
    """A page in points on its sheet; `number` as it is counted, '' for a blank; `note` stands small under it."""

    box: Box
    number: str
    turned: bool
    note: str = ""


class ShownSide(Struct, frozen=True):
    """One side of a sheet: its pages, and where to fold and to cut, from edge to edge."""

    caption: str
    pages: Sequence[ShownPage]
    folds: Sequence[Line]
    cuts: Sequence[Line]


class Shown(Struct, frozen=True):
    """All sheets, `width` by `height` points each, their sides side by side."""

    title: str
    subtitle: str
    width: float
    height: float
    sheets: Sequence[Sequence[ShownSide]]


def drawn(shown: Shown) -> bytes:
    """The picture as a PNG; the same value gives the same bytes."""
    from PIL import Image, ImageDraw

    picture = _Picture(shown)
    image = Image.new("RGB", picture.size, GROUND)
    pen = ImageDraw.Draw(image)
    picture.title(pen)
    for at, sides in enumerate(shown.sheets):
        for number, side in enumerate(sides):
            picture.side(image, pen, side, picture.corner(at, number))
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


class _Picture:
    """The measures of one picture, and what is drawn by them; pixels, down from the upper left."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.faces: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        count = len(shown.sheets)
        self.sides = max(len(sides) for sides in shown.sheets)
        longest = max(shown.width, shown.height)
        self.scale = min(SCALE, WIDE / longest)
        self.columns = self._columns(count)
        most = math.sqrt(LARGEST / max(1, self._area(count)))
        if most < 1:
            self.scale *= most
            self.columns = self._columns(count)
        self.rows = -(-count // self.columns)
        wide, high = self._pair()
        self.lines = self._wrapped(shown.subtitle, self.columns * wide - AIR)
        self.head = TITLE + LINE * len(self.lines)
        self.size = (AIR + self.columns * wide, self.head + self.rows * high + AIR)

    def _wrapped(self, text: str, width: float) -> list[str]:
        """A text in lines of at most so many pixels."""
        face, lines = self.face(SANS, 14), [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".lstrip()
            if lines[-1] and face.getlength(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines

    def _pair(self) -> tuple[int, int]:
        """Width and height of a sheet's sides with the air that belongs to them."""
        wide = round(self.shown.width * self.scale) * self.sides
        wide += AIR // 3 * (self.sides - 1) + AIR
        return wide, round(self.shown.height * self.scale) + CAPTION + AIR // 2

    def _columns(self, count: int) -> int:
        """So many sheets side by side that the picture is about as wide as it is high."""
        wide, high = self._pair()
        least = max(1, min(count, -(-560 // wide)))
        return max(least, min(count, round(math.sqrt(count * high / wide))))

    def _area(self, count: int) -> int:
        wide, high = self._pair()
        return wide * high * count

    def corner(self, sheet: int, side: int) -> tuple[int, int]:
        """The upper left corner of one side."""
        wide, high = self._pair()
        row, column = divmod(sheet, self.columns)
        step = round(self.shown.width * self.scale) + AIR // 3
        return AIR + column * wide + side * step, self.head + row * high + CAPTION

    def face(self, file: str, size: float) -> "ImageFont.FreeTypeFont":
        """One of the program's own faces at a size in pixels."""
        from PIL import ImageFont

        key = (file, max(6, round(size)))
        if key not in self.faces:
            path = os.path.join(fonts_folder(), file)
            self.faces[key] = ImageFont.truetype(path, key[1], layout_engine=ImageFont.Layout.BASIC)
        return self.faces[key]

    def title(self, pen: "ImageDraw.ImageDraw") -> None:
        """The name of the job over everything, and what to do with its sheets."""
        face, text = self.face(BOLD, 20), self.shown.title
        while len(text) > 2 and face.getlength(text) > self.size[0] - 2 * AIR:
            text = text[:-2].rstrip(" \u2026") + "\u2026"
        pen.text((AIR, 12), text, INK, face)
        for at, line in enumerate(self.lines):
            pen.text((AIR, TITLE - 8 + at * LINE), line, QUIET, self.face(SANS, 14))

    def side(
        self,
        image: "Image.Image",
        pen: "ImageDraw.ImageDraw",
        side: ShownSide,
        corner: tuple[int, int],
    ) -> None:
        """One side with its caption."""
        left, top = corner
        right = left + round(self.shown.width * self.scale)
        bottom = top + round(self.shown.height * self.scale)
        size = max(9.0, min(15.0, (right - left) / 18))
        pen.text((left, top - 5), side.caption, INK, self.face(BOLD, size), anchor="ls")
        pen.rectangle((left, top, right - 1, bottom - 1), PAPER, QUIET)
        for page in side.pages:
            self._page(image, pen, page, corner)
        for line in side.folds:
            _dashed(pen, self._line(line, corner), FOLD, 7, max(1, round(2 * self.scale)))
        for line in side.cuts:
            pen.line(self._line(line, corner), CUT, 1)

    def _page(
        self,
        image: "Image.Image",
        pen: "ImageDraw.ImageDraw",
        page: ShownPage,
        corner: tuple[int, int],
    ) -> None:
        x1, y2, x2, y1 = self._line(
            (page.box.left, page.box.bottom, page.box.right, page.box.top), corner
        )
        pen.rectangle((x1, y1, x2, y2), PAGE if page.number else BLANK, QUIET)
        tile = self._label(page, x2 - x1 - 2, y2 - y1 - 2)
        if page.turned:
            tile = tile.rotate(180)
        image.paste(INK, (x1 + 1, y1 + 1), tile)

    def _label(self, page: ShownPage, width: int, height: int) -> "Image.Image":
        """A page's number, large, with a line under its foot that says which way up it stands."""
        from PIL import Image, ImageDraw

        tile = Image.new("L", (max(1, width), max(1, height)), 0)
        pen = ImageDraw.Draw(tile)
        size = min(height * 0.46, width * 1.2 / max(2, len(page.number)))
        face = self.face(SERIF, size)
        middle = (width / 2, height * 0.46)
        if page.number:
            pen.text(middle, page.number, 255, face, anchor="mm")
            half = min(width * 0.3, face.getlength(page.number) / 2 + 2)
            y = round(height * 0.46 + size * 0.48)
            pen.line((width / 2 - half, y, width / 2 + half, y), 255, max(1, round(size / 24)))
        else:
            pen.text(middle, "blank", 150, self.face(SANS, min(size, width / 4)), anchor="mm")
        small = self.face(SANS, min(13, max(8, width / 9)))
        if page.note and small.getlength(page.note) < width:
            pen.text((width / 2, height - 5), page.note, 170, small, anchor="ms")
        return tile

    def _line(self, line: Sequence[float], corner: tuple[int, int]) -> Any:
        """A line of the sheet in pixels."""
        left, top = corner
        high = self.shown.height * self.scale
        across = [left + round(x * self.scale) for x in line[::2]]
        down = [top + round(high - y * self.scale) for y in line[1::2]]
        return across[0], down[0], across[1], down[1]


def _dashed(
    pen: "ImageDraw.ImageDraw", line: tuple[float, ...], colour: str, dash: int, width: int
) -> None:
    """Every other of many short pieces."""
    x1, y1, x2, y2 = line
    length = max(1.0, math.hypot(x2 - x1, y2 - y1))
    count = max(1, round(length / dash))
    for at in range(0, count, 2):
        start, end = at / count, min(1.0, (at + 1) / count)
        pen.line(
            (x1 + (x2 - x1) * start, y1 + (y2 - y1) * start,
             x1 + (x2 - x1) * end, y1 + (y2 - y1) * end),
            colour, width,
        )  # fmt: skip

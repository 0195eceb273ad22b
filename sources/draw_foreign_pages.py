"""The pages of the specimen issue that were "made elsewhere": its covers, an almanac in another style, and leaves.

`python sources/draw_foreign_pages.py FOLDER` writes cover.pdf (one page), calendar.pdf (two pages) and leaves.pdf
(an advertisement, a page for notes, the back cover) into FOLDER. The almanac has what a binder must not lose: named
destinations, an outline, a link from page to page and a link to the web. All files are PDF/A-3a and PDF/UA-1, so
that an issue that takes them in can be so as a whole.

The same pages for the press are in cover-press.pdf and so on: PDF/X-4, PDF/A-2a and PDF/UA-1, with 3 mm of bleed, in
the four process inks, and outside the cover a fifth of its own, Petrol. Nothing on them can be clicked.

How they are drawn is in the package foreign_pages, which lies beside this script. It needs ReportLab, pypdf, Pillow and
the fonts of this repository; the same versions of all give the same bytes.
"""

import sys
from pathlib import Path


def main(folder: Path) -> None:
    """Draws all six files into a folder."""
    here = str(Path(__file__).resolve().parent)
    if here not in sys.path:  # as where this is run by runpy, or by Python's option -P
        sys.path.append(here)
    from foreign_pages.almanac import draw_calendar
    from foreign_pages.canvas import register_faces
    from foreign_pages.cover import draw_cover
    from foreign_pages.editions import PRESS, SCREEN
    from foreign_pages.file import save
    from foreign_pages.leaves import draw_leaves

    folder.mkdir(parents=True, exist_ok=True)
    register_faces()
    for edition in (SCREEN, PRESS):
        save(draw_cover(edition), folder / f"cover{edition.suffix}.pdf")
        save(draw_calendar(edition), folder / f"calendar{edition.suffix}.pdf")
        save(draw_leaves(edition), folder / f"leaves{edition.suffix}.pdf")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python sources/draw_foreign_pages.py OUTPUT_FOLDER")
    main(Path(sys.argv[1]))

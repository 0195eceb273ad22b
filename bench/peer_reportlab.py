"""The benchmark's job as ReportLab's own page composer does it.

    python bench/peer_reportlab.py one INTERVIEW.yaml OUT.pdf
    python bench/peer_reportlab.py many FOLDER OUT_FOLDER
    python bench/peer_reportlab.py issue ISSUE.yaml OUT.pdf

What a competent user of platypus would write: two frames a page, justified and hyphenated paragraphs,
questions kept with their answers, the accounts in a tinted box, a foot on every page. Page, faces and
sizes are those of Offprint's built-in brand. The text is taken as plain paragraphs.
"""

import os
import sys
from typing import Any
from xml.sax.saxutils import escape

import yaml
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

FONTS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "fonts")
FACES = {
    "text": "source-serif/SourceSerif4-Regular.ttf",
    "display": "source-serif/SourceSerif4Display-Regular.ttf",
    "masthead": "source-serif/SourceSerif4Display-Semibold.ttf",
    "italic": "source-serif/SourceSerif4Subhead-It.ttf",
    "sans": "source-sans/SourceSans3-Regular.ttf",
    "bold": "source-sans/SourceSans3-Semibold.ttf",
}
WIDTH, HEIGHT = A4
MARGIN, HEAD, FOOT, ALLEY = 18 * mm, 20 * mm, 30 * mm, 6 * mm
PICTURE = 38 * mm, 47 * mm
COLUMN = (WIDTH - 2 * MARGIN - ALLEY) / 2
BRAND, TINT, QUIET = HexColor("#9E1B32"), HexColor("#F7ECEA"), HexColor("#555555")


def style(name: str, face: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    """A paragraph style in one of the faces above."""
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=leading, **more)


ANSWER = style(
    "answer",
    "text",
    10,
    12.5,
    alignment=TA_JUSTIFY,
    hyphenationLang="en_GB",
    embeddedHyphenation=1,
)
LATER = ParagraphStyle("later", ANSWER, firstLineIndent=10)
QUESTION = style("question", "bold", 9.7, 12.5, textColor=BRAND, spaceBefore=12.5, keepWithNext=1)
MASTHEAD = style("masthead", "masthead", 40, 43.75, textColor=BRAND)
TAGLINE = style("tagline", "sans", 8, 10.42, textColor=QUIET, spaceAfter=25)
KICKER = style("kicker", "bold", 8, 12.5, textColor=BRAND)
TITLE = style("title", "display", 32, 37.5)
STANDFIRST = style("standfirst", "italic", 13.5, 18.75, textColor=QUIET, spaceAfter=25)
BOX_HEAD = style("box-head", "bold", 11, 14, spaceAfter=5)
ACCOUNT = style("account", "sans", 8.2, 10.42, spaceAfter=5)
NOTE = style("note", "sans", 7.5, 9.4, textColor=QUIET)


def head(interview: dict[str, Any]) -> list[Paragraph]:
    """What stands across both columns of an interview's first page."""
    parts = (
        ("Focus", MASTHEAD),
        (interview.get("tagline"), TAGLINE),
        (interview.get("kicker"), KICKER),
        (interview["title"], TITLE),
        (interview.get("standfirst"), STANDFIRST),
    )
    return [Paragraph(escape(text), look) for text, look in parts if text]


def head_width(picture: str | None) -> float:
    """What a head has for its words, beside a picture or without one."""
    return float(WIDTH - 2 * MARGIN - (PICTURE[0] + 4 * mm if picture else 0))


def height_of(paragraphs: list[Paragraph], width: float) -> float:
    """What a stack of paragraphs takes, with the space after each."""
    tall = [p.wrap(width, HEIGHT)[1] + p.style.spaceAfter for p in paragraphs]
    return float(sum(tall))


def body(interview: dict[str, Any]) -> list[Any]:
    """Questions, answers and the box."""
    story: list[Any] = []
    for turn in interview["interview"]:
        if "question" not in turn:
            continue
        story.append(Paragraph(escape(turn["question"]), QUESTION))
        look = ANSWER
        for paragraph in turn["answer"].split("\n\n"):
            story.append(Paragraph(escape(paragraph), look))
            look = LATER
    accounts = interview.get("accounts")
    if accounts:
        cell = [Paragraph(escape(accounts.get("title", "Recommended accounts")), BOX_HEAD)]
        for entry in accounts["entries"]:
            handle = f'<font name="bold" color="#9E1B32">{escape(entry["handle"])}</font>'
            words = " ".join(escape(entry[key]) for key in ("name", "about") if entry.get(key))
            cell.append(Paragraph(f"{handle} {words}", ACCOUNT))
        look = [("BACKGROUND", (0, 0), (-1, -1), TINT)]
        look += [
            (f"{side}PADDING", (0, 0), (-1, -1), 4 * mm)
            for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")
        ]
        story.append(Table([[cell]], colWidths=[COLUMN], spaceBefore=12.5, style=look))
    return story


def frames(height: float, name: str) -> list[Frame]:
    """Two columns of a height, standing on the foot margin."""
    lefts = (MARGIN, MARGIN + COLUMN + ALLEY)
    return [Frame(x, FOOT, COLUMN, height, 0, 0, 0, 0, id=f"{name}{x:.0f}") for x in lefts]


def build(interviews: list[dict[str, Any]], path: str) -> None:
    """One PDF of some interviews, each beginning on a page of its own."""

    def foot(canvas: Any, document: Any) -> None:
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, 20 * mm, WIDTH - MARGIN, 20 * mm)
        note = Paragraph(escape(interviews[0].get("disclaimer", "")), NOTE)
        _, height = note.wrap(WIDTH - 2 * MARGIN - 15 * mm, 20 * mm)
        note.drawOn(canvas, MARGIN, 19 * mm - height)
        canvas.setFont("sans", 8)
        canvas.drawRightString(WIDTH - MARGIN, 19 * mm - 9, str(document.page))

    templates, story = [PageTemplate("later", frames(HEIGHT - HEAD - FOOT, "l"), onPage=foot)], []
    for number, interview in enumerate(interviews):
        stack = head(interview)

        picture = (interview.get("interviewee") or {}).get("portrait", {}).get("image")

        def first(
            canvas: Any,
            document: Any,
            stack: list[Paragraph] = stack,
            picture: str | None = picture,
        ) -> None:
            y = HEIGHT - HEAD
            if picture:
                canvas.drawImage(picture, WIDTH - MARGIN - PICTURE[0], y - PICTURE[1], *PICTURE)
            for paragraph in stack:
                y -= paragraph.wrap(head_width(picture), HEIGHT)[1]
                paragraph.drawOn(canvas, MARGIN, y)
                y -= paragraph.style.spaceAfter
            foot(canvas, document)

        room = HEIGHT - HEAD - FOOT - height_of(stack, head_width(picture))
        templates.append(PageTemplate(f"first{number}", frames(room, f"f{number}"), onPage=first))
        story += [NextPageTemplate(f"first{number}")]
        story += [PageBreak()] if number else []
        story += [NextPageTemplate("later"), *body(interview)]
    document = BaseDocTemplate(
        path,
        pagesize=A4,
        title=interviews[0]["title"],
        lang="en-GB",
        pageTemplates=[templates[1], templates[0], *templates[2:]],
    )
    document.build(story)


def read(path: str) -> Any:
    """A YAML file, by the fast loader."""
    with open(path, encoding="utf-8") as file:
        tree = yaml.load(file, yaml.CSafeLoader)
    portrait = (tree.get("interviewee") or {}).get("portrait")
    if portrait:
        portrait["image"] = os.path.join(os.path.dirname(path), portrait["image"])
    return tree


def main() -> None:
    """Do what the command line says."""
    for name, file in FACES.items():
        pdfmetrics.registerFont(TTFont(name, os.path.join(FONTS, file)))
    job, source, target = sys.argv[1:]
    if job == "one":
        build([read(source)], target)
    elif job == "many":
        for name in sorted(name for name in os.listdir(source) if name.endswith(".yaml")):
            build([read(os.path.join(source, name))], os.path.join(target, f"{name[:-5]}.pdf"))
    else:
        folder = os.path.dirname(source)
        build(
            [read(os.path.join(folder, e["interview"])) for e in read(source)["contents"]], target
        )


if __name__ == "__main__":
    main()

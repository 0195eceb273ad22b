"""Every fault that is drawn is found where it is, and a clean page has none."""

from pathlib import Path

import pytest
from glyph_pages import (
    LEADING,
    LEFT,
    MEASURE,
    SANS,
    SIZE,
    SPACE,
    TOP,
    Sheet,
    faults,
    figures,
    findings,
)
from reportlab.pdfgen.canvas import Canvas

from bench.judgement import inspect_file, join, sum_up


def clean() -> Sheet:
    """Two columns of twenty lines."""
    return Sheet().paragraph(9).paragraph(11).next().paragraph(12).paragraph(8)


def test_a_clean_page_has_no_fault() -> None:
    found = figures(clean())
    assert (found.lines, found.justified) == (40, 36)
    assert found.variation == pytest.approx(0, abs=1e-6)
    assert found.mean == pytest.approx(1, abs=1e-6)
    assert (found.loose, found.very_loose, found.tight) == (0, 0, 0)
    assert (found.hyphens, found.ladder, found.rivers) == (0, 0, 0)
    assert (found.depth, found.grid, found.partners) == (0, 1, 1)
    assert (found.stretched, found.spaced) == (0, 0)
    assert faults(clean()) == []


# --- lines ---


def test_loose_and_tight_lines_count_in_the_font_s_own_space() -> None:
    sheet = clean()
    sheet.column, sheet.y = 0, TOP - 20 * LEADING
    sheet.opening()
    words = "bcdf ghjk lmnp qrst vwxz bcdf ghjk"  # 28 letters leave 100 points for 6 spaces
    sheet.write(words, gap=(MEASURE - 28 * 5) / 6).full(3)
    tight = " ".join(["bcdfg"] * 9 + ["hj"])  # 47 letters leave 5 points for 9 spaces
    sheet.write(tight, gap=(MEASURE - 47 * 5) / 9).ending()
    found = figures(sheet)
    assert found.justified == 42
    assert found.very_loose == found.loose == pytest.approx(1 / 42)
    assert found.tight == pytest.approx(1 / 42)
    assert [kind for kind, *_ in faults(sheet)] == ["loose (6.67)", "tight (0.22)"]


def test_hyphens_and_their_ladder() -> None:
    sheet = Sheet().opening()
    for number in range(12):
        text = sheet.writer.line()
        sheet.write(text[:-1] + "-" if number in {2, 3, 4, 8} else text)
    found = figures(sheet.ending())
    assert found.hyphens == pytest.approx(100 * 4 / 14)
    assert found.ladder == 3


def test_a_river_runs_through_three_lines() -> None:
    def through(lines: int) -> Sheet:
        sheet = Sheet().opening().full(4)
        for number in range(lines):
            # one space at the same place; the others stand apart
            left = "bcdfghj klm" if number % 2 else "bcd fghjklm"
            sheet.write(f"{left} {'n' * 31}", gap=10)
        return sheet.full(6).ending()

    assert len(findings(through(2)).rivers) == 0
    assert findings(through(3)).rivers == [3]
    assert findings(through(5)).rivers == [5]


def test_a_river_that_forks_counts_once() -> None:
    sheet = Sheet().opening().full(4)
    sheet.write("bcdfghjk lmnpqrst", gap=20)
    sheet.write("bcdfghjk l mnpqrst", gap=9)
    sheet.write("bcdfghjk l mnpqrst", gap=9)
    assert findings(sheet.full(6).ending()).rivers == [3]


def test_the_same_word_below_itself_is_a_stack() -> None:
    starts = Sheet().opening().full(2)
    ends = Sheet().opening().full(2)
    for _ in range(2):
        starts.write("the bcdfg hjklm npqrst vwxzb cdfgh jklmn pqrst bcd", gap=2.5)
        ends.write("bcdfg hjklm npqrst vwxzb cdfgh jklmn pqrst bcd the", gap=2.5)
        starts.writer, ends.writer = ends.writer, starts.writer
    for sheet in (starts, ends):
        assert findings(sheet.full(4).ending()).faults[0].kind == "stack"
        assert figures(sheet).stacks == 2  # these lines are the same at both ends


def test_different_words_and_their_parts_are_no_stack() -> None:
    sheet = Sheet().opening().full(2)
    sheet.write("the bcdfg hjklm npqrst vwxzb cdfgh jklmn pqrst bcd-", gap=2.2)
    sheet.write("then vwxzb cdfgh jklmn bcdfg hjklm npqrst pqrst bcd-", gap=1.6)
    assert figures(sheet.full(4).ending()).stacks == 0


def test_expansion_is_read_from_the_glyphs() -> None:
    sheet = Sheet().opening().full(8)
    text = sheet.writer.line()
    sheet.write(text, stretch=1.02, gap=(MEASURE - 44 * 5 * 1.02) / 8).full(2).ending()
    found = figures(sheet)
    assert found.stretched == pytest.approx(1 / found.justified)
    assert found.stretch_most == pytest.approx(0.02)


def test_letterspacing_is_what_most_pairs_stand_apart() -> None:
    sheet = Sheet().opening().full(8)
    text = sheet.writer.line()
    sheet.write(text, spacing=0.1, gap=2.5 - 51 * 0.1 / 8).full(2).ending()
    found = figures(sheet)
    assert found.spaced == pytest.approx(1 / found.justified)
    assert found.spaced_most == pytest.approx(0.01, abs=1e-6)


def test_a_narrow_fixed_space_is_part_of_the_word() -> None:
    sheet = Sheet().opening().full(6)
    text = sheet.writer.line()
    sheet.write(text[:-2] + "\u202f!").full(3).ending()
    assert figures(sheet).variation == pytest.approx(0, abs=1e-6)


def test_marks_that_hang_over_the_edges_change_nothing() -> None:
    sheet = Sheet().opening().full(6)
    for number in range(6):
        text = sheet.writer.line()
        hang = 3 if number % 2 else 0.4
        end = "." if number % 2 else text[-1]
        sheet.write(text[:-1] + end, gap=SPACE + hang / 8, indent=-hang * (number == 5))
    found = figures(sheet.full(3).ending().next().paragraph(17))
    assert found.justified == 32
    assert (found.loose, found.tight, found.ladder) == (0, 0, 0)
    assert faults(sheet) == []


# --- pages ---


def test_a_widow() -> None:
    sheet = Sheet().paragraph(10).opening().full(9).next().ending().paragraph(19)
    assert faults(sheet) == [("widow", 1, 2)]
    two = Sheet().paragraph(10).opening().full(9).next().full().ending().paragraph(18)
    assert faults(two) == []


def test_an_orphan() -> None:
    sheet = Sheet().paragraph(19).opening().next().full(8).ending().paragraph(11)
    assert faults(sheet) == [("orphan", 1, 1)]
    two = Sheet().paragraph(18).opening().full().next().full(8).ending().paragraph(11)
    assert faults(two) == []


def test_a_widow_on_the_next_page() -> None:
    first = Sheet().paragraph(20).next().paragraph(8).opening().full(11)
    second = Sheet().ending().paragraph(9).next().paragraph(10)
    assert faults(first, second) == [("widow", 2, 1)]


def test_a_runt_has_fewer_than_four_letters() -> None:
    sheet = Sheet().opening().full(8).ending("so.").paragraph(10).next().paragraph(20)
    assert faults(sheet) == [("runt", 1, 1)]
    longer = Sheet().opening().full(8).ending("thus.").paragraph(10).next().paragraph(20)
    assert faults(longer) == []


def test_a_short_paragraph_of_one_line_is_no_runt() -> None:
    sheet = Sheet().paragraph(9).question().write("No.").next().paragraph(12)
    assert faults(sheet) == []


def test_the_end_of_a_word_alone() -> None:
    sheet = Sheet().opening().full(7)
    text = sheet.writer.line()
    sheet.write(text[:-1] + "-").ending("ending.").paragraph(8).next().paragraph(18)
    assert faults(sheet) == [("word end alone", 1, 1)]


def test_a_question_at_a_column_s_foot_is_stranded() -> None:
    sheet = Sheet().paragraph(18).question().next().full(9).ending().paragraph(10)
    assert faults(sheet) == [("stranded", 1, 1)]
    kept = Sheet().paragraph(18).next().question().full(9).ending().paragraph(8)
    assert faults(kept) == []


def test_a_larger_heading_is_stranded_too() -> None:
    sheet = Sheet().paragraph(18)
    sheet.y -= LEADING
    sheet.write("At night", size=15, face=SANS).next().full(9).ending().paragraph(10)
    assert faults(sheet) == [("stranded", 1, 1)]


def test_hyphens_at_the_feet_of_columns_and_pages() -> None:
    first = Sheet().paragraph(9).opening().full(9)
    first.write(first.writer.line()[:-1] + "-").next().full(8).ending().opening().full(9)
    first.write(first.writer.line()[:-1] + "-")
    second = Sheet().full(9).ending().next().paragraph(10)
    assert faults(first, second) == [
        ("hyphen at column's foot", 1, 1),
        ("hyphen at column's foot", 1, 2),
        ("hyphen at page's foot", 1, 2),
    ]


def test_columns_of_unequal_depth() -> None:
    assert figures(Sheet().paragraph(20).next().paragraph(13)).depth == pytest.approx(7)
    assert figures(Sheet().paragraph(20)).depth == 0  # there is one column only
    first = Sheet().paragraph(20).next().paragraph(17)
    found = figures(first, Sheet().paragraph(14).next().paragraph(14))
    assert (found.feet, found.depth) == (pytest.approx(3), 0)


def test_an_empty_column_of_the_last_page_counts() -> None:
    first = Sheet().paragraph(20).next().paragraph(20)
    assert figures(first, Sheet().paragraph(6)).depth == pytest.approx(6)


def test_a_column_off_the_grid() -> None:
    sheet = Sheet().paragraph(20).next(TOP - 4).paragraph(20)
    found = figures(sheet)
    assert found.grid == pytest.approx(0.5)
    assert found.partners == 0


def test_white_over_a_question_takes_partners_but_not_the_grid() -> None:
    sheet = Sheet().paragraph(10).question().full(7).ending().next().paragraph(20)
    found = figures(sheet)
    assert found.grid == 1
    assert 0.9 < found.partners < 1


# --- what does not flow ---


def test_masthead_sidebar_and_footer_are_no_lines() -> None:
    plain = Sheet().paragraph(20).next(TOP - 10 * LEADING).paragraph(10)
    dressed = Sheet().paragraph(20).next(TOP - 10 * LEADING).paragraph(10)
    dressed.column, dressed.y = 0, TOP + 90
    dressed.write("Masthead", size=40).write("A title", size=32)
    dressed.column, dressed.y = 1, TOP
    dressed.write("Follow them", size=11, face=SANS, indent=10)
    for number in range(7):
        dressed.write(f"account {number} of those", size=8, indent=10)
    dressed.column, dressed.y = 0, 40
    dressed.write("A footer of the page", size=7.5)
    assert findings(dressed) == findings(plain)
    assert faults(dressed) == []


def test_a_title_of_a_box_at_the_foot_is_not_stranded() -> None:
    first = Sheet().paragraph(20).next().full(9).ending()
    first.y -= LEADING
    first.write("Follow them", size=11, face=SANS).write("account one of those", size=8)
    assert faults(first, Sheet().paragraph(6).next().paragraph(6)) == []


def test_a_title_of_a_box_may_be_of_nearly_the_body_s_size() -> None:
    """At a column's head, off the grid: it is no line of the flow, nor are the small ones below it."""
    sheet = Sheet().paragraph(20).paragraph(20).next(TOP - 1.8)
    sheet.write("Recommended accounts", face=SANS, size=10.4)
    for _ in range(3):
        sheet.write("small words in the box", size=8.2)
    sheet.y = TOP - 6 * LEADING
    found = figures(sheet.paragraph(20).paragraph(14))
    assert found.grid == 1
    assert found.lines == 74


def test_folios_and_running_heads_of_body_size_are_furniture() -> None:
    sheets = [clean(), clean()]
    for number, sheet in enumerate(sheets):
        sheet.column, sheet.y = 0, TOP + 3 * LEADING
        sheet.write(f"A running head {number}")
        sheet.column, sheet.y = 0, TOP - 24 * LEADING
        sheet.write(str(number + 1), indent=MEASURE)
    assert findings(*sheets) == findings(clean(), clean())


def test_a_list_hangs_from_its_markers() -> None:
    sheet = Sheet().paragraph(8)
    for _ in range(3):
        sheet.write("• " + sheet.writer.line(MEASURE - 15), gap=SIZE * 0.25)
        sheet.write(sheet.writer.line(MEASURE - 14), indent=14).write("who slept.", indent=14)
    sheet.paragraph(4).next().paragraph(21)
    assert faults(sheet) == []


# --- files ---


def test_findings_add_up() -> None:
    runt = Sheet().opening().full(8).ending("so.").paragraph(10).next().paragraph(19)
    total = sum_up(join([findings(clean()), findings(runt)]))
    assert (total.lines, total.runts, total.depth) == (79, 1, 1)


def test_reads_a_pdf(tmp_path: Path) -> None:
    words = "even spaces make a quiet page for all of us who read it"
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for column in range(2):
        for number in range(14):
            scale, bold = 98 if number == 4 else 100, number == 13 and not column
            text = canvas.beginText(LEFT + column * 255, TOP - number * LEADING)
            text.setFont("Times-Bold" if bold else "Times-Roman", SIZE)
            text.setHorizScale(scale)
            width = canvas.stringWidth(words, "Times-Roman", SIZE)
            wanted = (100 * MEASURE / scale - width) / words.count(" ")
            text.setWordSpace(0 if bold else wanted)
            text.textOut(words)
            canvas.drawText(text)
    canvas.save()
    found = inspect_file(tmp_path / "a.pdf")
    assert found.lines == 28
    assert sum_up(found).stretch_most == pytest.approx(0.02, abs=1e-3)
    assert ("stranded", 1, 1) in [(f.kind, f.page, f.column) for f in found.faults]

"""The large letter over the first lines of a text: where it stands, what clears it, which texts have one."""

from functools import cache
from itertools import pairwise

import pytest
from msgspec.structs import replace
from reprints import in_columns, line_of, reprint, role, runs, source
from setting_samples import focus, said

from layout.ground.problems import Refused
from layout.house.brand import GRID_STYLES, Brand
from layout.makeup.copyfit import Wanted, fit
from layout.makeup.furniture import Banner
from layout.manuscript.reader import read_interview
from layout.setting.compose import compose
from layout.setting.looks import TypeCase
from layout.setting.marks import Run

TALE = (
    "was said in the year of its making, and nobody who has seen a page of it will say that it does not look as it"
    " should, with lines enough beside the letter and lines enough below it to judge how they stand, and then a few"
    " more of them, so that no paragraph of this kind is ever too short for the deepest letter that a brand may ask for."
)
OPEN = 0.3
"""Points by which the corner of a word may come nearer: protrusion, a half of nothing."""


def airy() -> Brand:
    """Larger type on a wider grid, the initial in the face of the text."""
    brand = focus()
    styles = {
        name: replace(style, leading=15.0, size=style.size * 1.15) if name in GRID_STYLES else style
        for name, style in brand.styles.items()
    }
    initial = replace(brand.initial, font="text", colour="text", gap=0.5)
    return replace(brand, grid=replace(brand.grid, leading=15.0), styles=styles, initial=initial)


def ragged() -> Brand:
    """The house with text that does not fill its lines."""
    brand = focus()
    return replace(brand, styles=brand.styles | {"text": replace(brand.styles["text"], align="left")})  # fmt: skip


BRANDS = {"house": focus, "airy": airy, "ragged": ragged}


@cache
def case(name: str, lines: int) -> TypeCase:
    brand = BRANDS[name]()
    return TypeCase(replace(brand, initial=replace(brand.initial, lines=lines)))


@pytest.fixture(params=[(name, lines) for name in BRANDS for lines in (2, 3)], ids=str)
def bearer(request):
    """A brand's type whose texts begin with an initial."""
    return case(*request.param)


def opening(folder, case, answer, **keys):
    """The lines of the first answer, and its large letter if there is one."""
    path = source(folder, interview=[{"question": "Why?", "answer": answer}], **keys)
    galley = compose(read_interview(str(path)), case, str(path))
    block = galley.blocks[1]
    lines = [[mark for mark in row if isinstance(mark, Run)] for row in block.rows(0)]
    large = [run for run in lines[0] if run.size > 1.5 * case.brand.styles["text"].size]
    assert len(large) <= 1
    return block, lines, large[0] if large else None


def capitals(case) -> float:
    look = case.looks("en").look("text")
    return look.face.cap_height * look.unit


def start(line) -> float:
    return min(run.x for run in line)


def test_it_stands_on_its_last_line_and_is_level_with_the_first(tmp_path, bearer):
    _, _, letter = opening(tmp_path, bearer, f"What {TALE}")
    brand = bearer.brand
    assert letter is not None and letter.text == "W" and letter.x == 0
    assert letter.y == pytest.approx(-(brand.initial.lines - 1) * brand.grid.leading)
    top = letter.y + letter.face.cap_height * letter.size / 1000
    assert top == pytest.approx(capitals(bearer), abs=0.05)
    assert letter.colour == brand.initial.colour


def test_the_lines_beside_it_clear_it_and_the_others_begin_at_the_margin(tmp_path, bearer):
    block, lines, letter = opening(tmp_path, bearer, f"What {TALE}")
    brand = bearer.brand
    lines[0].remove(letter)
    width = sum(piece.width for piece in letter.pieces) * letter.size / 1000
    gap = brand.initial.gap * brand.styles["text"].size
    beside, below = lines[: brand.initial.lines], lines[brand.initial.lines :]
    assert below
    hang = 0.2 * brand.styles["text"].size
    for line in beside:
        assert width + gap - hang < start(line) < width + gap + OPEN
    for line in below:
        assert -hang < start(line) < OPEN
    assert block.together == brand.initial.lines


def test_a_letter_with_a_tail_has_one_more_line_beside_it(tmp_path, bearer):
    lines_beside = {}
    for letter in "WQ":
        block, lines, large = opening(tmp_path, bearer, f"{letter}u {TALE}")
        lines[0].remove(large)
        lines_beside[letter] = sum(start(line) > large.size * 0.3 for line in lines)
        assert block.together == lines_beside[letter]
    wanted = bearer.brand.initial.lines
    tail = 2 * bearer.brand.grid.leading if wanted == 3 else 0
    assert lines_beside["W"] == wanted
    assert lines_beside["Q"] == wanted + 1 if tail else lines_beside["Q"] in (wanted, wanted + 1)


def test_ink_never_meets_the_line_below(tmp_path, bearer):
    brand = bearer.brand
    for sign in "AJQPWÇyg":
        _, lines, letter = opening(tmp_path, bearer, f"{sign}u {TALE}")
        foot = letter.y - letter.face.depth(sign) * letter.size / 1000
        below = [n for n, line in enumerate(lines) if n and start(line) < 2]
        assert below
        assert foot > -min(below) * brand.grid.leading + capitals(bearer), sign


@pytest.mark.parametrize(
    ("text", "mark", "letter"),
    [
        ("“What", "“", "W"),
        ('"What', '"', "W"),
        ("„Was", "„", "W"),
        ("»Was", "»", "W"),
        ("”Mitä", "”", "M"),
        ("«\u202fQuoi", "«\u202f", "Q"),
        ("«\u00a0Quoi", "«\u00a0", "Q"),
        ("«\u00a0À", "«\u00a0", "À"),
        ("’Tis", "’", "T"),
        ("(“What", "(“", "W"),
    ],
)
def test_a_quotation_mark_before_it_hangs(tmp_path, text, mark, letter):
    _, lines, large = opening(tmp_path, case("house", 3), f"{text} {TALE}")
    assert large is not None and large.text.rstrip(" ") == letter
    hung = lines[0][lines[0].index(large) - 1]
    assert hung.text == mark and hung.y == 0 and hung.size == 10
    width = sum(piece.width for piece in hung.pieces) * hung.size / 1000
    assert hung.x == pytest.approx(-width)


@pytest.mark.parametrize(
    ("text", "letter"), [("What", "W"), ("A", "A "), ("«\u00a0À", "À "), ("A\u00a0b", "A")]
)
def test_a_letter_that_is_a_word_keeps_the_space_after_it(tmp_path, text, letter):
    """Else who copies or hears the text meets `Adog`."""
    _, _, large = opening(tmp_path, case("house", 3), f"{text} {TALE}")
    assert large is not None and large.text == letter


@pytest.mark.parametrize(
    ("language", "text", "mark", "letter"),
    [("pl", "W domu", "", "W "), ("fr", "« Quoi ? »", "« ", "Q"), ("fr", "« À quoi", "« ", "À ")],
)
def test_spaces_that_the_language_ties_are_as_good(tmp_path, language, text, mark, letter):
    _, lines, large = opening(
        tmp_path, case("house", 3), f"{text} {TALE}", language=language, kicker="K"
    )
    assert large is not None and large.text == letter
    assert "".join(run.text for run in lines[0][: lines[0].index(large)]) == mark
    written = "".join(run.text for line in lines for run in line)
    assert said(written) == said(f"{text} {TALE}")


@pytest.mark.parametrize(
    "text",
    ["1984", "@handle", "#tag", "…and", "[What](https://example.org)", "—", "**1**", "/etc", "&c."],
)
def test_digits_signs_and_links_take_none(tmp_path, bearer, text):
    block, _, letter = opening(tmp_path, bearer, f"{text} {TALE}")
    assert letter is None and not block.lead and not block.together


def test_accents_stay_on_the_letter(tmp_path, bearer):
    for first in ("É", "E\u0301", "Å", "Ő"):
        _, _, letter = opening(tmp_path, bearer, f"{first}lan {TALE}")
        assert letter is not None and letter.text == first
        top = letter.y + letter.face.cap_height * letter.size / 1000
        assert top == pytest.approx(capitals(bearer), abs=0.05)


@pytest.mark.parametrize("text", ["Yes.", "What was said.", "Ja"])
def test_short_paragraphs_have_none(tmp_path, bearer, text):
    _, _, letter = opening(tmp_path, bearer, f"{text}\n\nWhat {TALE}")
    assert letter is None


def test_none_where_the_brand_wants_none(tmp_path):
    assert opening(tmp_path, case("house", 0), f"What {TALE}")[2] is None


def test_only_the_first_text_has_one(tmp_path, bearer):
    turns = [{"question": "Why?", "answer": f"What {TALE}\n\nWhat {TALE}"}] * 2
    path = source(tmp_path, interview=turns)
    galley = compose(read_interview(str(path)), bearer, str(path))
    large = [mark for block in galley.blocks for mark in block.lead
             if isinstance(mark, Run) and mark.size > 20]  # fmt: skip
    assert len(large) == 1


@pytest.mark.parametrize(
    "first",
    ["What", "“Élan", "A", "I", "’Twas", "**Bold** and", "«\u00a0Quoi\u00a0» dit", "A\u00a0b"],
)
def test_the_text_is_complete_and_in_order(tmp_path, bearer, first):
    _, lines, _ = opening(tmp_path, bearer, f"{first} {TALE}")
    written = "".join(run.text for line in lines for run in line)
    assert said(written) == said(f"{first} {TALE}".replace("*", ""))


def test_columns_never_part_its_lines(tmp_path, bearer):
    """However deep the head is: the lines beside the letter stand below each other, with their question."""
    for lines in range(0, 60, 4):
        keys = {"standfirst": "A word or two. " * lines} if lines else {}
        path = source(tmp_path, interview=[{"question": "Why?", "answer": f"What {TALE}"}] * 3, **keys)  # fmt: skip
        try:
            printed = reprint(path, bearer)
        except Refused:
            assert lines > 40  # the head is too deep for a page
            continue
        found = [(page, run) for page in printed.pages.pages for run in runs(page)
                 if role(printed.pages, run) == "paragraph" and run.size > 20]  # fmt: skip
        ((page, letter),) = found
        foot = line_of(printed, letter.y)
        assert foot == pytest.approx(round(foot), abs=1e-4)
        (column,) = {c for c, run in in_columns(printed, page) if run is letter}
        wanted = bearer.brand.initial.lines
        there = sorted({round(line_of(printed, run.y)) for c, run in in_columns(printed, page)
                        if c == column and run.element == letter.element and run is not letter})  # fmt: skip
        assert there[:wanted] == list(range(round(foot) - wanted + 1, round(foot) + 1))
        assert all(b - a == 1 for a, b in pairwise(there))


def test_it_is_moved_with_the_text_that_is_fitted(tmp_path):
    """The letter follows the leading that copyfit gives the text."""
    turns = [{"question": "Why?", "answer": f"What {TALE} {TALE} {TALE}"}] * 9
    path = source(tmp_path, interview=turns)
    interview = read_interview(str(path))
    fitted = fit(interview, case("house", 3), Banner("Focus"), str(path), Wanted(1, 2))
    brand = fitted.case.brand
    letter = next(mark for mark in fitted.galley.blocks[1].lead if isinstance(mark, Run))
    assert letter.y == pytest.approx(-2 * brand.grid.leading)
    top = letter.y + letter.face.cap_height * letter.size / 1000
    assert top == pytest.approx(capitals(fitted.case), abs=0.05)

"""The picture of the sheets: pages where they stand, the way up they stand, and folds through them."""

from io import BytesIO

from msgspec.structs import replace
from PIL import Image, ImageChops

from layout.plates.dummy import FOLD, LARGEST, PAGE, Shown, ShownPage, ShownSide, drawn
from layout.plates.printers_marks import Box

LEFT, RIGHT = Box(20, 20, 220, 300), Box(220, 20, 420, 300)


def side(left: str = "4", right: str = "1", turned: bool = False, **more) -> ShownSide:
    pages = (ShownPage(LEFT, left, turned, **more), ShownPage(RIGHT, right, turned, **more))
    return ShownSide("Sheet 1, front", pages, ((220.0, 0.0, 220.0, 320.0),), ())


def picture(*sheets) -> Image.Image:
    shown = Shown("book.pdf", "how to fold it", 440, 320, sheets)
    return Image.open(BytesIO(drawn(shown))).convert("RGB")


def test_pages_and_folds_have_their_colours():
    colours = {colour for _, colour in picture([side()]).getcolors(1 << 20) or ()}
    for wanted in (PAGE, FOLD):
        assert tuple(bytes.fromhex(wanted[1:])) in colours


def test_a_number_is_there_to_be_read():
    one, other = picture([side("4", "1")]), picture([side("4", "7")])
    box = ImageChops.difference(one, other).getbbox()
    assert box is not None and box[0] > one.width / 2  # the right page alone


def test_a_page_on_its_head_has_its_number_on_its_head():
    upright, turned = picture([side("6", "6")]), picture([side("6", "6", turned=True)])
    assert ImageChops.difference(upright, turned).getbbox() is not None
    left, top = 26, 98  # where the side begins; its pages are 20 from its edges
    for box in (LEFT, RIGHT):
        place = (left + int(box.left) + 3, top + 23, left + int(box.right) - 3, top + 297)
        one, other = upright.crop(place), turned.crop(place).rotate(180)
        # The two are a pixel off each other, and no more.
        apart = min(
            sum(ImageChops.difference(one, ImageChops.offset(other, dx, dy)).convert("L").histogram()[64:])
            for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2)
        )  # fmt: skip
        straight = sum(ImageChops.difference(one, turned.crop(place)).convert("L").histogram()[64:])
        assert apart < straight / 3


def test_creep_stands_under_the_number_and_a_blank_has_none():
    assert ImageChops.difference(picture([side()]), picture([side(note="creep 0.10 mm")])).getbbox()
    blank = picture([side("", "1")])
    assert ImageChops.difference(picture([side()]), blank).getbbox()


def test_hundreds_of_sheets_are_drawn_smaller():
    many = [[side(str(4 * n + 4), str(4 * n + 1)), side("2", "3")] for n in range(300)]
    seen = picture(*many)
    assert seen.width * seen.height < 1.5 * LARGEST
    assert 0.4 < seen.width / seen.height < 2.5


def test_the_same_sheets_give_the_same_bytes_and_others_do_not():
    shown = Shown("book.pdf", "how", 440, 320, ((side(),),))
    assert drawn(shown) == drawn(shown)
    assert drawn(shown) != drawn(replace(shown, title="other.pdf"))

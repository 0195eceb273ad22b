from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from layout.plates import coverage

PLAIN = [(0.0, 1.0)] * 4
ONCE = [1] * 4


def of(data: bytes, width: int, ranges=PLAIN, limit: float = 300) -> coverage.Cover:
    return coverage.of_samples(data, width, ranges, [1] * len(ranges), limit)


def test_a_picture_without_ink_has_none():
    assert of(bytes(16), 2) == coverage.Cover(0, 0, 0, 0)


def test_the_most_ink_is_where_all_components_add_up_to_it():
    cover = of(bytes(4 * 5) + bytes([255, 255, 255, 51]) + bytes(4 * 2), 4)
    assert cover.most == pytest.approx(320)
    assert (cover.x, cover.y) == (1 / 4, 1 / 2)


def test_the_share_over_a_limit_counts_pixels():
    assert of(bytes([255] * 8 + [0] * 24), 4).share == 1 / 4


def test_a_decode_array_may_turn_samples_round():
    assert of(bytes([255] * 12 + [0] * 4), 2, [(1.0, 0.0)] * 4).most == pytest.approx(400)


def test_a_component_may_print_on_every_plate_or_on_none():
    data = bytes([255, 255])
    assert coverage.of_samples(data, 1, PLAIN[:2], [4, 0], 300).most == pytest.approx(400)


def test_samples_that_are_cut_short_are_read_as_far_as_they_go():
    assert of(bytes([255] * 7), 1).most == pytest.approx(400)
    assert of(b"\xff", 1).most == 0


def test_a_table_counts_only_what_is_used_of_it():
    cover = coverage.of_indexes(bytes([0, 2, 2, 0]), 2, [10, 400, 320], 300)
    assert (cover.most, cover.share, cover.x, cover.y) == (320, 0.5, 0.5, 0)


@given(st.binary(min_size=4, max_size=400), st.integers(1, 9))
@settings(max_examples=50, deadline=None)
def test_the_most_ink_is_the_largest_sum_of_four(data: bytes, width: int):
    rows = len(data) // (4 * width)
    used = data[: rows * 4 * width]
    sums = [sum(used[at : at + 4]) for at in range(0, len(used), 4)] or [0]
    assert of(data, width).most == pytest.approx(max(sums) / 2.55)


def test_strips_make_no_difference(monkeypatch):
    data = bytes((7 * at) % 256 for at in range(4 * 6 * 40))
    whole = of(data, 6, limit=200)
    monkeypatch.setattr(coverage, "STRIP", 12)
    assert of(data, 6, limit=200) == whole


def jpeg(colour: tuple[int, ...], mode: str) -> bytes:
    out = BytesIO()
    Image.new(mode, (16, 16), colour).save(out, "JPEG", quality=95)
    return out.getvalue()


def test_a_jpeg_is_read_as_it_is_stored():
    # Pillow stores CMYK inverted, as Adobe does.
    data = jpeg((255, 204, 102, 51), "CMYK")
    assert coverage.of_jpeg(data, [(1.0, 0.0)] * 4, ONCE, 300).most == pytest.approx(240, abs=2)
    assert coverage.of_jpeg(data, PLAIN, ONCE, 300).most == pytest.approx(160, abs=2)


@pytest.mark.parametrize("data", [b"", b"no JPEG", jpeg((1, 2, 3), "RGB")[:-200], jpeg((1,), "L")])
def test_what_is_no_jpeg_of_four_components_is_not_measured(data):
    assert coverage.of_jpeg(data, PLAIN, ONCE, 300) is None


WHOLE = (0.0, 0.0, 1.0, 1.0)


def plates(folder, *drawn, size=(10, 8)) -> list[str]:
    """Plates on which boxes are full of ink."""
    paths = []
    for at, boxes in enumerate(drawn):
        plate = Image.new("L", size, 255)
        for box in boxes:
            plate.paste(0, box)
        paths.append(str(folder / f"{at}.tif"))
        plate.save(paths[-1])
    return paths


def test_plates_add_up_where_they_overlap(tmp_path):
    cover = coverage.of_plates(plates(tmp_path, [(0, 0, 5, 5)], [(3, 2, 8, 8)]), WHOLE, 150)
    assert (cover.most, cover.x, cover.y) == (pytest.approx(200), 0.3, 0.25)


def test_a_spot_of_one_pixel_does_not_count(tmp_path):
    made = plates(tmp_path, [(0, 0, 5, 5)], [(3, 2, 4, 8)])
    assert coverage.of_plates(made, WHOLE, 150).most == pytest.approx(100)


def test_what_lies_outside_the_part_does_not_count(tmp_path):
    made = plates(tmp_path, [(0, 0, 2, 2), (6, 4, 8, 6)], [(0, 0, 2, 2)])
    assert coverage.of_plates(made, WHOLE, 150).most == pytest.approx(200)
    cover = coverage.of_plates(made, (0.5, 0.25, 1, 1), 150)
    assert (cover.most, cover.x, cover.y) == (pytest.approx(100), 0.6, 0.5)


def test_a_spot_across_two_strips_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(coverage, "STRIP", 20)
    made = plates(tmp_path, [(4, 1, 6, 3)], [(4, 1, 6, 3)])
    cover = coverage.of_plates(made, WHOLE, 150)
    assert (cover.most, cover.x, cover.y) == (pytest.approx(200), 0.4, 1 / 8)


def test_plates_of_one_page_are_of_one_size(tmp_path):
    one = plates(tmp_path, [])
    (tmp_path / "b").mkdir()
    with pytest.raises(ValueError, match="one size"):
        coverage.of_plates(one + plates(tmp_path / "b", [], size=(9, 9)), WHOLE, 300)

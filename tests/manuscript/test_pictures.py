"""Picture files and the paths that name them."""

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from layout.manuscript.paths import find, tree_of
from layout.manuscript.pictures import MAX_PIXELS, measure


def saved(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path)


def encoded(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    stream = io.BytesIO()
    noise = Image.effect_noise(size, 90).convert("RGB")
    noise.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_size_in_pixels(tmp_path, kind):
    assert measure(saved(tmp_path, "a", encoded(kind))) == (40, 30, None)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 30)), (3, (40, 30)), (6, (30, 40)), (8, (30, 40))]
)
def test_size_is_that_of_the_picture_held_upright(tmp_path, orientation, size):
    exif = Image.Exif()
    exif[0x0112] = orientation
    width, height, fault = measure(saved(tmp_path, "a.jpg", encoded("JPEG", exif=exif)))
    assert (width, height, fault) == (*size, None)


@pytest.mark.parametrize(
    "options", [{"progressive": True}, {"quality": 95, "subsampling": 0}, {"optimize": True}]
)
def test_kinds_of_jpeg(tmp_path, options):
    assert measure(saved(tmp_path, "a.jpg", encoded("JPEG", **options)))[2] is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_colours_of_pictures(tmp_path, mode):
    stream = io.BytesIO()
    Image.new(mode, (9, 5)).save(stream, "JPEG" if mode == "CMYK" else "PNG")
    assert measure(saved(tmp_path, "a", stream.getvalue())) == (9, 5, None)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.97])
def test_a_picture_cut_short_is_refused(tmp_path, kind, share):
    data = encoded(kind, (120, 90))
    fault = measure(saved(tmp_path, "a", data[: int(len(data) * share)]))[2]
    assert fault == (f"the {kind} picture is damaged or cut short", "copy or save it again")


def test_a_damaged_picture_is_refused(tmp_path):
    data = bytearray(encoded("PNG", (120, 90)))
    data[len(data) // 2] ^= 0xFF
    assert measure(saved(tmp_path, "a.png", bytes(data)))[2]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("GIF", "GIF"), ("WEBP", "WebP"), ("TIFF", "TIFF"), ("BMP", "BMP"), ("PDF", "PDF")],
)
def test_other_formats_are_named(tmp_path, kind, name):
    fault = measure(saved(tmp_path, "a.jpg", encoded(kind)))[2]
    assert fault and fault[0] == f"the picture is {name}, not JPEG or PNG"
    assert "save it as JPEG or PNG" in fault[1]


@pytest.mark.parametrize("data", [b"", b"x", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\0" * 100])
def test_no_picture_at_all(tmp_path, data):
    assert measure(saved(tmp_path, "a.jpg", data))[2]


def test_a_decompression_bomb_is_not_decoded(tmp_path):
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0))
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    fault = measure(saved(tmp_path, "a.png", bomb))[2]
    assert (
        fault and fault[0] == f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels"
    )


def test_the_tree_is_the_sources_folder(tmp_path):
    assert tree_of(str(tmp_path / "sources" / "a.yaml")) == str(tmp_path / "sources")
    assert tree_of(str(tmp_path / "sources" / "issues" / "a.yaml")) == str(tmp_path / "sources")
    assert tree_of(str(tmp_path / "sources" / "brands" / "a.yaml")) == str(tmp_path / "sources")


@pytest.fixture
def tree(tmp_path):
    saved(tmp_path, "secret.png", b"")
    saved(tmp_path, "sources/images/a.png", b"")
    saved(tmp_path, "sources/images/b c.png", b"")
    return tmp_path / "sources"


def found(tree: Path, name: str, source: str = "x.yaml"):
    path = tree / source
    return find(name, str(path), (str(path.parent),))


@pytest.mark.parametrize(
    "name", ["images/a.png", "./images/a.png", "images/../images/a.png", "images/b c.png"]
)
def test_paths_inside(tree, name):
    path, fault = found(tree, name)
    assert fault is None
    assert path.startswith(os.path.realpath(tree))


def test_a_brand_may_name_the_folder_beside(tree):
    (tree / "brands").mkdir()
    assert found(tree, "../images/a.png", "brands/x.yaml")[1] is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../secret.png", "the path leads out of this file's folder tree"),
        ("images/../../secret.png", "the path leads out of this file's folder tree"),
        ("/etc/passwd", "the path starts at the root of a disk"),
        ("~/a.png", "the path starts at the root of a disk"),
        ("C:/a.png", "the path starts at the root of a disk"),
        ("http://a.b/c.png", "a file on another machine cannot be used"),
        ("HTTPS://a.b/c.png", "a file on another machine cannot be used"),
        ("//a/b.png", "a file on another machine cannot be used"),
        ("file:images/a.png", "a file on another machine cannot be used"),
        ("data:image/png;base64,x", "a file on another machine cannot be used"),
        ("\\\\a\\b.png", "a file on another machine cannot be used"),
        ("images\\a.png", "the path holds a backslash"),
        ("images", "this is a folder, not a file"),
        (".", "this is a folder, not a file"),
        ("images/z", "there is no such file"),
        ("images/a.png/b", "there is no such file"),
        ("a" * 999, "there is no such file"),
        ("a" * 9999, "this is no path"),
    ],
)
def test_paths_refused(tree, name, message):
    path, fault = found(tree, name)
    assert not path
    assert fault and fault[0] == message


def test_a_near_name_is_suggested(tree):
    assert found(tree, "images/a.jpg")[1] == (
        "there is no such file",
        "did you mean `images/a.png`?",
    )


def test_a_symbolic_link_does_not_lead_out(tree):
    (tree / "images" / "out.png").symlink_to(tree.parent / "secret.png")
    (tree / "images" / "in.png").symlink_to(tree / "images" / "a.png")
    assert found(tree, "images/in.png")[1] is None
    fault = found(tree, "images/out.png")[1]
    assert fault and fault[0] == "the path leads out of this file's folder tree"


def test_a_tree_that_is_itself_a_link(tree):
    (tree.parent / "link").symlink_to(tree)
    assert found(tree.parent / "link", "images/a.png")[1] is None


def test_a_pipe_is_no_file(tree):
    os.mkfifo(tree / "pipe.png")
    fault = found(tree, "pipe.png")[1]
    assert fault and fault[0] == "this is not a regular file"

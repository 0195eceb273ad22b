"""The bytes of a source file, and their characters: UTF-8, of bounded size, with nothing unprintable."""

import os
import stat
from errno import ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR
from itertools import islice
from typing import Final

from layout.manuscript.reading import Reading, code_point, unprintable

MAX_FILE_BYTES: Final = 16 * 1024 * 1024
"""A source is text that somebody wrote; the longest interview is far below a mebibyte."""
MAX_FILE_MEBIBYTES: Final = MAX_FILE_BYTES // 1024 // 1024

MAX_BAD_CHARACTERS: Final = 20
"""So many unprintable characters are listed one by one."""

_ABSENT: Final = (ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP, None)
"""What the system says where a path leads to no file; None is Python's answer to an impossible name."""

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_SAVE_AS: Final = "save it as UTF-8"


def read_text(reading: Reading) -> str | None:
    """The characters of the file `reading.file`; None after a problem. Other OSErrors than absence rise."""
    try:
        status = os.stat(reading.file)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) not in _ABSENT:
            raise
        reading.report(0, 0, *_absence(reading.file))
        return None
    if fault := _unfit(status):
        reading.report(0, 0, *fault)
        return None
    with open(reading.file, "rb") as stream:
        data = stream.read(MAX_FILE_BYTES + 1)
    return decode(data, reading)


def decode(data: bytes, reading: Reading) -> str | None:
    """The characters of UTF-8 bytes, a byte order mark left off; None after a problem."""
    if len(data) > MAX_FILE_BYTES:
        reading.report(
            0,
            0,
            f"the file is larger than {MAX_FILE_MEBIBYTES} MiB",
            "split it, and keep pictures outside",
        )
        return None
    if width := _wide(data):
        reading.report(1, 1, f"the file is UTF-{width}, not UTF-8", _SAVE_AS)
        return None
    try:
        text = data.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        _report_bad_byte(error, reading)
        return None
    return text if _all_printable(text, reading) else None


def _absence(file: str) -> tuple[str, str]:
    """What is told of a file that is not there: of a link, that it leads nowhere."""
    if "\0" not in file and os.path.islink(file):
        return "this link leads to no file", "let it lead to one, or take it away"
    return "there is no such file", "look at the path once more"


def _unfit(status: os.stat_result) -> tuple[str, str] | None:
    if stat.S_ISDIR(status.st_mode):
        return "this is a folder, not a file", "name a YAML file in it"
    if not stat.S_ISREG(status.st_mode):
        return "this is not a regular file", "copy it to a file first"
    if status.st_size > MAX_FILE_BYTES:
        return (
            f"the file is larger than {MAX_FILE_MEBIBYTES} MiB",
            "split it, and keep pictures outside",
        )
    return None


def _wide(data: bytes) -> int:
    """16 or 32 where the first bytes are those of UTF-16 or UTF-32, else 0."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return 32
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return 16
    # Without a mark, an ASCII letter shows as one byte of nought beside it.
    return 16 if len(data) > 1 and (data[0] == 0) != (data[1] == 0) else 0


def _report_bad_byte(error: UnicodeDecodeError, reading: Reading) -> None:
    data: bytes = error.object
    start = data.rfind(b"\n", 0, error.start) + 1
    line = data.count(b"\n", 0, error.start) + 1
    column = len(data[start : error.start].decode("utf-8").lstrip("\ufeff")) + 1
    byte = data[error.start]
    guess = bytes([byte]).decode("cp1252", "replace")
    hint = _SAVE_AS
    if byte >= 0x80 and guess.isprintable() and guess != "\ufffd":
        hint = f"{_SAVE_AS}; if it is Windows-1252, the character is `{guess}`"
    reading.report(line, column, f"the byte 0x{byte:02X} is not UTF-8", hint)


def _all_printable(text: str, reading: Reading) -> bool:
    sound = True
    for index, character in islice(unprintable(text), MAX_BAD_CHARACTERS):
        sound = False
        line = text.count("\n", 0, index) + 1
        column = index - text.rfind("\n", 0, index)
        message = f"the character {code_point(character)} cannot be printed"
        reading.report(line, column, message, "delete it")
    return sound

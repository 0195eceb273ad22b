"""Passwords for encrypted PDFs, from a file: the command line of a process is for everybody to read."""

from layout.ground.problems import Place, refuse

LARGEST = 1 << 20
"""Bytes of such a file; a thousand passwords have a tenth."""
MOST = 1000
"""Lines: each is tried on each encrypted file."""


def read_passwords(path: str | None) -> tuple[str, ...]:
    """The passwords in a file, one a line, blanks and all; none for no file.

    An empty line is the empty password. Raises `Refused` for what is no such file, with nothing of
    what is in it, and `OSError` where it cannot be read.
    """
    if path is None:
        return ()
    place = Place(path)
    with open(path, "rb") as file:
        data = file.read(LARGEST + 1)
    hint = "write one password a line, in UTF-8"
    if len(data) > LARGEST:
        raise refuse(place, "this is too large for a file of passwords", hint)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(place, "this is no text in UTF-8", hint) from None
    lines = text.replace("\r\n", "\n").split("\n")
    if not lines[-1]:
        del lines[-1]
    if len(lines) > MOST:
        raise refuse(place, f"there are more than {MOST} passwords", "leave out what is not needed")
    return tuple(lines)

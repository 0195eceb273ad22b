"""What words of the command line stand for; each raises `ArgumentTypeError` for a word that is none of its kind."""

from argparse import ArgumentTypeError

LAST_FOLIO = 100_000
"""The highest number that a first page may be given (a test compares it with the desk's)."""

MOST_UP = 50
"""Columns or rows of pages on a sheet, at most."""

SHEET_MARKS = ("crop", "fold", "registration", "colour_bar", "collation", "slug")
"""The marks that a sheet can have (a test compares them with the bindery's)."""


def page_count(text: str) -> tuple[int, int]:
    """The least and the most pages that `N` or `MIN-MAX` asks for."""
    least, dash, most = text.partition("-")
    if not dash:
        most = least
    if not (least.isdecimal() and most.isdecimal() and 1 <= int(least) <= int(most)):
        raise ArgumentTypeError(f"'{text}' is not a number of pages, nor like 2-4")
    return int(least), int(most)


def page_range(text: str) -> tuple[int, int]:
    """The first and the last page of `N` or `FIRST-LAST`."""
    first, dash, last = text.partition("-")
    last = last if dash else first
    if not (first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last)):
        raise ArgumentTypeError(f"'{text}' is not a page, nor pages like 2-3")
    return int(first), int(last)


def grid(text: str) -> tuple[int, int]:
    """The columns and rows that `CxR` asks for."""
    columns, cross, rows = text.lower().partition("x")
    both = (columns, rows)
    if not (cross and all(it.isdecimal() and 1 <= int(it) <= MOST_UP for it in both)):
        raise ArgumentTypeError(f"'{text}' is not columns by rows from 1 to {MOST_UP}, like 2x3")
    return int(columns), int(rows)


def sheet(text: str) -> str:
    """A sheet by its name or its measures."""
    from layout.ground.papers import named

    if named(text) is None:
        raise ArgumentTypeError(
            f"'{text}' is no sheet: give a name like SRA3, or millimetres like 500x350mm"
        )
    return text


def length(text: str) -> float:
    """Points, of millimetres from 0 up."""
    from layout.ground.units import MM

    number = text.removesuffix("mm").strip()
    if not (number.isascii() and number.replace(".", "", 1).isdigit()):
        raise ArgumentTypeError(f"'{text}' is not a number of millimetres from 0 up")
    return float(number) * MM


def sheet_marks(text: str) -> tuple[str, ...]:
    """The marks of a list, in the order that they are named in the help."""
    asked = [it.strip().replace("-", "_") for it in text.split(",") if it.strip()]
    if asked == ["none"]:
        return ()
    for it in asked:
        if it not in SHEET_MARKS:
            raise ArgumentTypeError(
                f"there is no mark '{it}': give none, or some of {', '.join(SHEET_MARKS)}"
            )
    return tuple([it for it in SHEET_MARKS if it in asked])


def folio(text: str) -> int:
    """The number of a first page."""
    number = count(text)
    if number > LAST_FOLIO:
        raise ArgumentTypeError(f"'{text}' is more than {LAST_FOLIO}")
    return number


def bag_info(text: str) -> tuple[str, str]:
    """The name and the value of `NAME:VALUE`, a line of bag-info.txt (RFC 8493, 2.2.2)."""
    name, colon, value = (part.strip() for part in text.partition(":"))
    if not (colon and name and value and text.isprintable()):
        raise ArgumentTypeError(f"'{text}' is not like Contact-Name: Ada Lovelace")
    return name, value


def scheduler(text: str) -> str:
    """The address of a Dask scheduler."""
    scheme, slashes, place = text.partition("://")
    host, colon, port = place.rpartition(":")
    if scheme not in ("tcp", "tls") or not (slashes and host and colon and port.isdecimal()):
        raise ArgumentTypeError(f"'{text}' is not like tcp://scheduler.example:8786")
    return text


def count(text: str) -> int:
    """A number from 1 up."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"'{text}' is not a number from 1 up")
    return int(text)

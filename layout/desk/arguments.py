"""What the command line may say: the commands, their options, and the help that goes with them."""

import os
import sys
from argparse import (
    ArgumentParser,
    RawDescriptionHelpFormatter,
    _SubParsersAction,
)
from collections.abc import Sequence

from layout.desk.kinds import (
    SHEET_MARKS,
    bag_info,
    count,
    folio,
    grid,
    length,
    page_count,
    page_range,
    scheduler,
    sheet,
    sheet_marks,
)
from layout.ground.version import VERSION

EPILOG = """\
exit codes:
  0  all was made, or found sound
  1  something was refused or found wanting; the rest is made all the same
  2  the command line was wrong
  3  the surroundings failed (disk, permission, a worker)
130  interrupted
"""

EDITIONS = ("digital", "press")
"""The editions that can be asked for: the rows of the plates' table (a test compares the two)."""

PROFILES = ("digital", "press")
"""What finished PDFs can be held to: the profiles of the bindery's rules (a test compares the two)."""


def parser(words: Sequence[str] = ()) -> ArgumentParser:
    """The parser of the command line; of one whose first word settles what it is, only what it needs.

    A parser of all commands takes longer than a command takes to read its sources.
    """
    top = ArgumentParser(
        prog="offprint",
        description="Typeset structured interviews into branded two-column PDFs, and bind them into issues.",
        epilog=EPILOG,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"offprint {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="offprint")
    for name in _needed(words[0] if words else ""):
        _COMMANDS[name](commands)
    return top


def _needed(word: str) -> Sequence[str]:
    """The commands that may be asked for, or listed, after a first word."""
    if word == "--version":
        return ()
    return (word,) if word in _COMMANDS else tuple(_COMMANDS)


class _Help(RawDescriptionHelpFormatter):
    """Help as wide as the terminal.

    argparse makes one for every option that is added, and would import `shutil` to ask how wide that is.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


def _columns() -> int:
    """The columns of the terminal, as `shutil.get_terminal_size` finds them."""
    try:
        asked = int(os.environ.get("COLUMNS", "0"))
    except ValueError:
        asked = 0
    if asked > 0:
        return asked
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (
        AttributeError,
        ValueError,
        OSError,
    ):  # there is no output, it is closed, or no terminal
        return 80


def _add(commands: "_SubParsersAction[ArgumentParser]", name: str, summary: str) -> ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        allow_abbrev=False,
        formatter_class=_Help,
    )


def _build(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "build", "make PDFs from interviews and issues")
    _sources(command)
    command.add_argument("-o", "--output", metavar="PATH", default="output",
                         help="a .pdf for one source, else a folder, or a URL (default: %(default)s/)")  # fmt: skip
    command.add_argument("--edition", action="append", choices=EDITIONS,
                         help="digital (default) or press; may be given more than once")  # fmt: skip
    command.add_argument(
        "--brand", metavar="NAME|FILE", help="this brand in place of the sources' own"
    )
    command.add_argument(
        "--pages",
        metavar="N|MIN-MAX",
        type=page_count,
        help="fit each interview to so many pages by what its brand lets move, or refuse it",
    )
    command.add_argument(
        "--jobs", metavar="N", type=count, help="so many at a time (default: the processors)"
    )
    command.add_argument(
        "--cluster",
        metavar="ADDRESS",
        type=scheduler,
        help="make them on a Dask cluster, whose scheduler is at tcp://HOST:PORT or tls://HOST:PORT",
    )
    command.add_argument(
        "--marks", action="store_true", help="all marks of the printer round pages for the press"
    )
    command.add_argument(
        "--folio-from", metavar="N", type=folio, help="number the pages of each source from N on"
    )
    command.add_argument("--force", action="store_true", help="also what is up to date")
    command.add_argument(
        "--explain",
        action="store_true",
        help="say of each PDF that is made why it was not up to date",
    )
    command.add_argument(
        "--depfile", metavar="FILE", help="write what each PDF depends on, for Make and Ninja"
    )
    _reporting(command)


def _merge(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "merge", "put finished reprints into a larger PDF made anywhere")
    command.add_argument(
        "base", metavar="BASE.pdf", help="the PDF that takes them in and keeps all it has"
    )
    command.add_argument(
        "reprints", metavar="REPRINT.pdf", nargs="+", help="what goes in, in this order"
    )
    command.add_argument(
        "-o", "--output", metavar="OUT.pdf", required=True, help="the file to write"
    )
    command.add_argument(
        "--before",
        metavar="PAGE",
        type=count,
        help="before this page of BASE (default: at its end)",
    )
    command.add_argument("--contents", metavar="PAGES", type=page_range, nargs="?", const=(),
                         help="set the contents page anew, in place of these pages of BASE, such as 2 or 2-3 "
                              "(default: those that its outline calls so)")  # fmt: skip
    command.add_argument("--folio-from", metavar="N", type=folio,
                         help="typeset the reprints again from what they carry, numbered from N on")  # fmt: skip
    command.add_argument(
        "--brand",
        metavar="NAME|FILE",
        help="the look of new contents (default: that of the first file that carries one)",
    )
    command.add_argument(
        "--fonts",
        metavar="DIR",
        action="append",
        help="where the fonts are that a brand brings; may be given more than once",
    )
    _passwords(command)


def _passwords(command: ArgumentParser) -> None:
    command.add_argument(
        "--password-file",
        metavar="FILE",
        help="passwords, one a line in UTF-8, to be tried on encrypted PDFs",
    )


def _check(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "check", "read sources, brands and pictures; typeset nothing")
    _sources(command)
    command.add_argument("--edition", action="append", choices=EDITIONS,
                         help="for digital (default) or press; may be given more than once")  # fmt: skip
    command.add_argument(
        "--brand", metavar="NAME|FILE", help="this brand in place of the sources' own"
    )
    _reporting(command)


def _preflight(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "preflight", "read finished PDFs back and say what they lack")
    command.add_argument("files", metavar="FILE.pdf", nargs="+",
                         help="a PDF, made by this program or by any other")  # fmt: skip
    command.add_argument("--profile", choices=PROFILES, default=PROFILES[0],
                         help="what it is held to: digital (default; PDF/A-3a and PDF/UA-1) or press "
                              "(PDF/X-4, ink, lines, type and pictures)")  # fmt: skip
    command.add_argument(
        "--brand",
        metavar="NAME|FILE",
        help="the brand whose limits the press keeps (default: the built-in one)",
    )
    _passwords(command)
    _reporting(command)


def _impose(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "impose", "put the pages of a PDF on printer's sheets")
    command.add_argument(
        "file", metavar="FILE.pdf", help="a PDF, made by this program or any other"
    )
    command.add_argument("-o", "--output", metavar="OUT.pdf", help="the file to write")
    command.add_argument(
        "--show", metavar="FILE.png", help="draw all sheets as a picture, to fold a dummy by"
    )
    _folding(command)
    _measures(command)
    _passwords(command)
    _reporting(command)


def _folding(command: ArgumentParser) -> None:
    """What becomes of the sheets once they are printed."""
    command.add_argument("--scheme", choices=("saddle", "perfect", "n-up", "work-and-turn"),
                         help="saddle stitch (default), perfect-bound signatures, pages to be cut "
                              "apart, or both sides of a signature on one form")  # fmt: skip
    command.add_argument("--signature", metavar="N", type=int, choices=(4, 8, 16, 32),
                         help="pages of a folded signature: 4, 8, 16 (default) or 32")  # fmt: skip
    command.add_argument(
        "--up", metavar="CxR", type=grid, help="of n-up: columns and rows (default: 2x2)"
    )
    command.add_argument("--binding", choices=("left", "right"),
                         help="the side of the spine (default: right where the file says that its pages are "
                              "read from the right, else left)")  # fmt: skip
    command.add_argument("--blanks", choices=("end", "before-last", "none"), default="end",
                         help="where blank pages go that fill the last sheet; none refuses them "
                              "(default: %(default)s)")  # fmt: skip


def _measures(command: ArgumentParser) -> None:
    """Lengths in millimetres, and marks."""
    command.add_argument("--sheet", metavar="NAME|WxH", type=sheet,
                         help="A4 to A1, SRA4 to SRA1, B4 to B1, letter, tabloid, 12x18, 13x19, or "
                              "millimetres as 500x350mm (default: the smallest that takes all)")  # fmt: skip
    thickness = command.add_mutually_exclusive_group()
    thickness.add_argument(
        "--paper",
        metavar="MM",
        type=length,
        help="the thickness of a leaf, from which creep follows",
    )
    thickness.add_argument(
        "--creep", metavar="MM", type=length, help="the creep of the innermost leaf"
    )
    command.add_argument("--gutter", metavar="MM", type=length,
                         help="between pages that are cut apart (default: room for their bleeds)")  # fmt: skip
    command.add_argument("--milling", metavar="MM", type=length,
                         help="what is milled off each page's spine before it is glued (default: 3)")  # fmt: skip
    command.add_argument("--bleed", metavar="MM", type=length,
                         help="no more bleed than this (default: all that the pages have)")  # fmt: skip
    command.add_argument("--marks", metavar="LIST", type=sheet_marks, default=SHEET_MARKS,
                         help=f"none, or some of {','.join(SHEET_MARKS)} (default: all)")  # fmt: skip


def _diff(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "diff", "say what differs between two PDFs")
    command.add_argument("a", metavar="A.pdf", help="the older one, made by any program")
    command.add_argument("b", metavar="B.pdf", help="the newer one")
    command.add_argument(
        "-o",
        "--output",
        metavar="OUT.pdf",
        help="show pages side by side, with what differs marked",
    )
    command.add_argument("--all-pages", action="store_true", help="show equal pages too")
    _passwords(command)
    command.add_argument(
        "--json",
        action="store_true",
        help="one JSON object a line and difference on standard output",
    )
    command.add_argument(
        "--quiet", action="store_true", help="nothing on standard output: the exit code tells"
    )


def _source(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "source", "write out what a finished PDF was made from")
    command.add_argument("file", metavar="FILE.pdf", help="a PDF that this program made")
    command.add_argument(
        "-o", "--output", metavar="DIR", help="a folder (default: FILE-source, in this one)"
    )


def _verify(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(
        commands, "verify", "typeset what finished PDFs carry once more and compare, byte for byte"
    )
    command.add_argument(
        "files",
        metavar="FILE.pdf",
        nargs="+",
        help="PDFs that this program made, or that hold such",
    )
    command.add_argument(
        "--fonts",
        metavar="DIR",
        action="append",
        help="where the fonts are that a brand brings; may be given more than once",
    )
    _reporting(command)


def _catalogue(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "catalogue", "list every PDF of a folder, from what it says of itself")
    command.add_argument(
        "folder", metavar="FOLDER", help="all PDFs in it and below, made by any program"
    )
    command.add_argument("-o", "--output", metavar="DIR",
                         help="where catalogue.csv and catalogue.jsonl are (default: FOLDER)")  # fmt: skip
    command.add_argument("--check", action="store_true",
                         help="write nothing; say what is missing, altered, or claims less than it did")  # fmt: skip
    command.add_argument("--conformance", action="store_true",
                         help="with --check: hold every file to the standards it claims, not only altered ones; "
                              "by veraPDF where that is installed")  # fmt: skip
    command.add_argument("--bag", metavar="DEST",
                         help="pack PDFs, their sources beside them and the catalogue as a BagIt bag, "
                              "in this new folder")  # fmt: skip
    command.add_argument(
        "--brand", metavar="NAME|FILE", help="with --bag: the organization is that of its masthead"
    )
    command.add_argument("--bag-info", metavar="NAME:VALUE", action="append", type=bag_info,
                         help="with --bag: a line of bag-info.txt; may be given more than once")  # fmt: skip
    _passwords(command)
    _reporting(command)


def _schema(commands: "_SubParsersAction[ArgumentParser]") -> None:
    command = _add(commands, "schema", "print a file format as JSON Schema")
    command.add_argument("kind", choices=("interview", "issue", "brand"), help="which format")


def _sources(command: ArgumentParser) -> None:
    command.add_argument("sources", metavar="SOURCE", nargs="+",
                         help="an interview or an issue in YAML; a folder stands for every source in it")  # fmt: skip


def _reporting(command: ArgumentParser) -> None:
    command.add_argument(
        "--json", action="store_true", help="one JSON object a line and file on standard output"
    )
    command.add_argument(
        "--quiet", action="store_true", help="no progress, no summary: problems only"
    )


_COMMANDS = {
    "build": _build,
    "merge": _merge,
    "check": _check,
    "preflight": _preflight,
    "impose": _impose,
    "diff": _diff,
    "source": _source,
    "verify": _verify,
    "catalogue": _catalogue,
    "schema": _schema,
}
"""What adds a command, by its name, in the order of the help."""

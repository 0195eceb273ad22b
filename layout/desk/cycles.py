"""Python's search for cycles that nobody refers to: a start does without it, and so does an end.

What is imported and read for a first result stays as long as the process does; to look through it again and again took
a tenth of the time of a reprint, most of it when the process had ended all but for that.
"""

import gc


def begin() -> None:
    """No search from here on: for a process that is this program's own."""
    gc.disable()


def settle() -> None:
    """Search again if `begin` was called, but only through what is made from here on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def end() -> None:
    """Leave all there is to the system, which takes a process's memory back at once."""
    gc.freeze()

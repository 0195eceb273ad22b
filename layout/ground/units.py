"""Lengths: everything inside the program is in points (1/72 inch) unless it says otherwise."""

MM = 72 / 25.4
"""One millimetre, in points."""

"""The version of this program: files name it, so it is part of their bytes."""

VERSION = "0.1.0"

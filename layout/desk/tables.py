"""The ledger's file: its tables, whose it is, and what says that it is broken."""

import sqlite3
from typing import Final
from zlib import crc32

APPLICATION: Final = 0x4F666670
"""What marks the file as one of ours: "Offp"."""

VERSION: Final = 1
"""The version of the tables; those of a later program are not touched."""

WAIT: Final = 20.0
"""Seconds that another build may take for its transaction."""

DAMAGED: Final = (1, 11, 17, 19, 20, 24, 26)
"""SQLite's codes for what is no ledger, or a broken one: ERROR (no such table), CORRUPT, SCHEMA, CONSTRAINT, MISMATCH,
FORMAT, NOTADB. No statement here breaks a constraint of sound tables."""

_TABLES: Final = """
CREATE TABLE program (id INTEGER PRIMARY KEY, facts TEXT NOT NULL UNIQUE);
CREATE TABLE input (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, path BLOB NOT NULL, digest BLOB NOT NULL,
  size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER, settled INTEGER,
  UNIQUE (path, kind, digest));
CREATE TABLE made (
  output BLOB PRIMARY KEY, source BLOB NOT NULL, asked TEXT NOT NULL, program INTEGER NOT NULL,
  inputs TEXT NOT NULL, pages INTEGER NOT NULL, digest BLOB NOT NULL,
  size INTEGER, modified INTEGER, changed INTEGER, inode INTEGER, settled INTEGER, crc INTEGER NOT NULL)
"""


class LaterTables(Exception):
    """Raised for the ledger of a later program."""


def connected(path: str) -> sqlite3.Connection:
    """The ledger in a file, which is made if there is none; transactions are begun and ended by hand.

    Raises `LaterTables`, and `sqlite3.Error` for what cannot be used.
    """
    db = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        _make_sure(db)
    except BaseException:
        db.close()
        raise
    return db


def _make_sure(db: sqlite3.Connection) -> None:
    """Have a file be a ledger with these tables."""
    version, application = _marks(db)
    if (version, application) == (0, 0):
        _create(db)
    elif application == APPLICATION and version > VERSION:
        raise LaterTables(f"its tables have version {version}, these are {VERSION}")
    elif (version, application) != (VERSION, APPLICATION):
        raise sqlite3.DatabaseError("this is no ledger of Offprint")


def _marks(db: sqlite3.Connection) -> tuple[int, int]:
    """The version of the tables, and whose file it is; both 0 of a new one."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    application = db.execute("PRAGMA application_id").fetchone()[0]
    return int(version), int(application)


def _create(db: sqlite3.Connection) -> None:
    """Make the tables, unless another build was faster."""
    db.execute("BEGIN IMMEDIATE")
    if _marks(db) == (0, 0):
        for table in _TABLES.split(";"):
            db.execute(table)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")


def is_damaged(error: Exception) -> bool:
    """Whether an error says that the file is broken, and not that it cannot be had now."""
    return getattr(error, "sqlite_errorcode", DAMAGED[0]) & 0xFF in DAMAGED


def check_sum(*row: object) -> int:
    """A check sum of what a row says: SQLite has none, and a disk may turn a bit."""
    return crc32(repr(row).encode())

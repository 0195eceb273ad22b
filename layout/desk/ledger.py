"""The build ledger: what each PDF of a folder was made from, in one SQLite file beside them.

It is a memory and no truth: every PDF carries its own identifier and seal, so that a ledger that is lost,
damaged or behind costs a reading of the sources and nothing else. A transaction is short, is rolled back
by whoever comes next where its process was killed, and waits for those of other builds. The journal is
SQLite's older one: write-ahead logs need shared memory, which network folders do not have.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import astuple

from layout.desk.inputs import ABSENT, NEAR
from layout.desk.order import Input, Written
from layout.desk.signature import Signature
from layout.desk.tables import LaterTables, check_sum, connected, is_damaged
from layout.ground.problems import Place, Problem

NAME: Final = ".offprint.sqlite"
ASIDE: Final = ".broken"
"""What is added to the name of a damaged one."""

BATCH: Final = 256
"""So many results are written down together, or those of a second."""

SPARE: Final = 1000
"""So many inputs are not worth a search for those that are no longer used."""

MOVING: Final = (NEAR, ABSENT)
"""Inputs that are where the project is."""

T = TypeVar("T")


class Row(Struct, frozen=True):
    """What the ledger has of a result: `inputs` are numbers of `Input`s, `program` is all that made it, as JSON."""

    source: str
    asked: str
    program: str
    inputs: tuple[int, ...]
    pages: int
    written: Written


class Entry(Struct, frozen=True):
    """A result to be written down; `output` is the name of a file in the ledger's folder."""

    output: str
    source: str
    asked: str
    program: str
    inputs: tuple[Input, ...]
    pages: int
    written: Written


class Ledger:
    """The ledger of a folder; what goes wrong with it is told once, and then the build goes on without."""

    def __init__(self, folder: str, tell: Callable[[Problem], None]) -> None:
        self.folder = os.path.realpath(folder)
        self.path = os.path.join(folder, NAME)
        self._tell = tell
        self._db: sqlite3.Connection | None = None
        self._off = False
        self._broken = 0
        self._entries: list[Entry] = []
        self._signed: list[tuple[str, Signature, int | bytes]] = []
        self._flushed = monotonic()

    def row(self, output: str) -> Row | None:
        """What it has of a file in its folder."""
        return self._safely(lambda: _sound(self._row, os.fsencode(output)), None)

    def _row(self, output: bytes) -> Row | None:
        found = self._query(
            "SELECT source, asked, program, inputs, pages, digest, size, modified, changed, inode, settled, crc, facts"
            " FROM made JOIN program ON program = program.id WHERE output = ?",
            output,
        )
        if found is None:
            return None
        source, asked, program, inputs, pages, digest, *signature, crc, facts = found
        if crc != check_sum(output, source, asked, program, inputs, pages, digest):
            return None  # as good as none
        numbers = tuple(map(int, inputs.split()))
        written = Written(digest, _signature(signature))
        return Row(os.fsdecode(self._full(source)), asked, facts, numbers, pages, written)

    def input(self, number: int) -> Input | None:
        """One of the inputs that it has."""
        return self._safely(lambda: _sound(self._input, number), None)

    def _input(self, number: int) -> Input | None:
        found = self._query(
            "SELECT kind, path, digest, size, modified, changed, inode, settled FROM input WHERE id = ?",
            number,
        )
        if found is None:
            return None
        kind, path, digest, *signature = found
        path = self._full(path) if kind in MOVING else path
        return Input(str(kind), os.fsdecode(path), bytes(digest), _signature(signature))

    def _query(self, words: str, key: object) -> tuple[Any, ...] | None:
        db = self._opened(create=False)
        found: tuple[Any, ...] | None = db.execute(words, (key,)).fetchone() if db else None
        return found

    def note(self, entry: Entry) -> None:
        """Write a result down, together with others."""
        self._entries.append(entry)
        if len(self._entries) >= BATCH or monotonic() > self._flushed + 1.0:
            self.flush()

    def settle(self, signature: Signature, key: int | str) -> None:
        """Give an input, or the result of that name, a new signature: its content has been found to be the same."""
        table = "input" if isinstance(key, int) else "made"
        self._signed.append((table, signature, key if isinstance(key, int) else os.fsencode(key)))

    def flush(self) -> None:
        """Write down what has come together, in one transaction; no connection stays open."""
        self._flushed = monotonic()
        if self._entries or self._signed:
            for _ in range(2):  # once more where the first try found a broken ledger
                if self._safely(self._write, False) or self._off:
                    break
        self._entries.clear()
        self._signed.clear()
        self.close()

    def _write(self) -> bool:
        db = self._opened(create=True)
        if db is None:
            return True
        db.execute("BEGIN IMMEDIATE")
        self._write_entries(db)
        for table, signature, number in self._signed:
            name = "id" if table == "input" else "output"
            words = f"UPDATE {table} SET size=?, modified=?, changed=?, inode=?, settled=? WHERE {name}=?"  # noqa: S608
            db.execute(words, (*astuple(signature), number))
        db.execute("COMMIT")
        return True

    def _write_entries(self, db: sqlite3.Connection) -> None:
        known: dict[tuple[str, str, bytes], int] = {}
        for entry in self._entries:
            for it in entry.inputs:
                key = it.kind, it.path, it.digest
                known[key] = known.get(key) or self._number(db, it)
            numbers = " ".join([str(known[it.kind, it.path, it.digest]) for it in entry.inputs])
            self._insert(db, entry, numbers)

    def _number(self, db: sqlite3.Connection, it: Input) -> int:
        """The number of an input, which is written down if it is new."""
        path = self._stored(it.path) if it.kind in MOVING else os.fsencode(it.path)
        db.execute(
            "INSERT INTO input (kind, path, digest, size, modified, changed, inode, settled) VALUES (?,?,?,?,?,?,?,?) "
            "ON CONFLICT (path, kind, digest) DO UPDATE SET size = excluded.size, modified = excluded.modified, "
            "changed = excluded.changed, inode = excluded.inode, settled = excluded.settled",
            (it.kind, path, it.digest, *astuple(it.signature)),
        )
        words = "SELECT id FROM input WHERE path = ? AND kind = ? AND digest = ?"
        return _one(db, words, (path, it.kind, it.digest))

    def _insert(self, db: sqlite3.Connection, entry: Entry, inputs: str) -> None:
        db.execute("INSERT OR IGNORE INTO program (facts) VALUES (?)", (entry.program,))
        words = "SELECT id FROM program WHERE facts = ?"
        program = _one(db, words, (entry.program,))
        row = (os.fsencode(entry.output), self._stored(entry.source), entry.asked, program, inputs, entry.pages,
               entry.written.digest)  # fmt: skip
        values = (*row, *astuple(entry.written.signature), check_sum(*row))
        db.execute("INSERT OR REPLACE INTO made VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", values)

    def _stored(self, path: str) -> bytes:
        """The path of a file of the project as it is kept: from the ledger's folder, so that both may move."""
        return os.fsencode(os.path.relpath(path, self.folder))

    def _full(self, path: bytes) -> bytes:
        return os.path.normpath(os.path.join(os.fsencode(self.folder), path))

    def prune(self) -> None:
        """Forget what became of files that are gone, and inputs that no result has any more, if they are many."""
        self._safely(self._prune, None)
        self.close()

    def _prune(self) -> None:
        db = self._opened(create=False)
        counts = "SELECT (SELECT count(*) FROM input), (SELECT count(*) FROM made)"
        inputs, made = db.execute(counts).fetchone() if db else (0, 0)
        if db is None or inputs < SPARE + 4 * made:
            return
        db.execute("BEGIN IMMEDIATE")
        used = set[int]()
        for output, numbers in db.execute("SELECT output, inputs FROM made").fetchall():
            if os.path.exists(self._full(output)):
                used.update(map(int, numbers.split()))
            else:
                db.execute("DELETE FROM made WHERE output = ?", (output,))
        for (number,) in db.execute("SELECT id FROM input").fetchall():
            if number not in used:
                db.execute("DELETE FROM input WHERE id = ?", (number,))
        db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file: a child process must not inherit it open."""
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def _safely(self, action: Callable[[], T], otherwise: T) -> T:
        """What an action gives, or `otherwise` where the ledger cannot be used."""
        if self._off:
            return otherwise
        try:
            return action()
        except LaterTables as later:
            self._give_up(f"the ledger is of a later Offprint: {later}")
        except (sqlite3.Error, UnicodeError) as error:  # a damaged schema may be no text
            if is_damaged(error) and self._broken < 2:
                self._move_aside(error)
            else:
                self._give_up(f"the ledger cannot be used: {error}")
        return otherwise

    def _opened(self, create: bool) -> sqlite3.Connection | None:
        """The connection; None where there is no ledger yet and none is to be made."""
        if self._db is None and (create or os.path.exists(self.path)):
            self._db = connected(self.path)
        return self._db

    def _move_aside(self, error: Exception) -> None:
        self.close()
        self._broken += 1
        for ending in ("", "-journal"):
            try:
                os.replace(self.path + ending, self.path + ASIDE + ending)
            except FileNotFoundError:
                continue
            except OSError as failure:
                return self._give_up(
                    f"the ledger is damaged ({error}) and stays: {failure.strerror}"
                )
        hint = "the next one begins empty: sources are read to see what is up to date, and no PDF is lost"
        message = f"the ledger is damaged ({error}): it is moved aside to {NAME + ASIDE}"
        self._tell(Problem(Place(self.path), message, hint, "warning"))
        return None

    def _give_up(self, message: str) -> None:
        self.close()
        self._off = True
        hint = "it is left alone; sources are read to see what is up to date, and PDFs are made all the same"
        self._tell(Problem(Place(self.path), message, hint, "warning"))


def _signature(values: Sequence[Any]) -> Signature:
    """A signature from a row; raises `ValueError` for what is none."""
    size, modified, changed, inode, settled = values
    return Signature(int(size), int(modified), int(changed), int(inode), settled == 1)


def _sound(read: Callable[[Any], T | None], key: object) -> T | None:
    """What a row says; one with a value of another kind, which a damaged file may hold, is as good as none."""
    try:
        return read(key)
    except (ValueError, TypeError):
        return None


def _one(db: sqlite3.Connection, words: str, values: Sequence[str | bytes]) -> int:
    """The number of a row that was written just now; none is found where an index of the file is damaged."""
    row = db.execute(words, values).fetchone()
    if row is None:
        raise sqlite3.DatabaseError("what was written is not found")
    return int(row[0])

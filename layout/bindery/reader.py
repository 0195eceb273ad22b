"""A file as pypdf's reader has it: where its objects are, by its tables or, where these are wrong, by looking."""

from typing import Any

from pypdf.errors import PdfReadError
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from layout.bindery.crosstables import HEAD, OBJECT, Found, Scan, read_tables
from layout.bindery.filedata import FileData
from layout.bindery.objects import Objects
from layout.bindery.packed import members
from layout.bindery.values import Broken, Odd

_ROOT = NameObject("/Root")


class Reader(Objects):
    """The same with its trailer. `is_mended` says that the tables were wrong, `is_rebuilt` that they were lost."""

    def __init__(self, file: FileData) -> None:
        super().__init__(file)
        self.trailer = DictionaryObject()
        self.is_mended = self.is_rebuilt = False
        self._scan: Scan | None = None
        self._open()

    def _open(self) -> None:
        try:
            self._list(read_tables(self))
        except (Odd, PdfReadError, ValueError, TypeError, NotImplementedError):
            self._rebuild()
        else:
            self._put_right()
        if "/Encrypt" not in self.trailer:
            self.root_object  # noqa: B018  # which is looked for where there is none

    @property
    def root_object(self) -> DictionaryObject:
        """The catalogue; raises `Broken`."""
        root = self._root()
        if root is None and not self.is_rebuilt:
            self._rebuild()
            root = self._root()
        if root is None:
            raise Broken("it has no catalogue" if self.trailer else "its end is missing")
        return root

    def _root(self) -> DictionaryObject | None:
        found = self.trailer.get("/Root")
        found = self.get_object(found) if isinstance(found, IndirectObject) else found
        return found if isinstance(found, DictionaryObject) else None

    def _list(self, found: Found) -> None:
        """Have objects where tables say that they are."""
        self.trailer = found.trailer
        self.xref, self.xref_objStm, self._contents = {}, {}, {}
        for number, entry in found.entries.items():
            if entry is None:
                continue
            generation, place, index = entry
            if generation < 0:
                self.xref_objStm[number] = (place, index)
                self._contents.setdefault(place, set()).add(number)
            else:
                self.xref.setdefault(generation, {})[number] = place
        self._sort()

    def _sort(self) -> None:
        places = {place for table in self.xref.values() for place in table.values()}
        self._offsets = sorted(places)

    def _put_right(self) -> None:
        """Find objects that are not where the table has them."""
        for generation, table in self.xref.items():
            for number, place in list(table.items()):
                head = self.file.match(OBJECT, place, HEAD)
                if head is None or (int(head[1]), int(head[2])) != (number, generation):
                    self.is_mended = True
                    found = self.scan.places.get((number, generation))
                    if found is None:
                        del table[number]
                    else:
                        table[number] = found
        if self.is_mended:
            self._sort()

    @property
    def scan(self) -> Scan:
        """What is found where nobody says where anything is."""
        if self._scan is None:
            self._scan = Scan(self)
        return self._scan

    def _rebuild(self) -> None:
        """Find all objects without any table."""
        self.is_mended = self.is_rebuilt = True
        self.resolved_objects.clear()
        scan = self.scan
        self.xref, self.xref_objStm, self._contents = {}, {}, {}
        for (number, generation), place in scan.places.items():
            self.xref.setdefault(generation, {})[number] = place
        self._sort()
        scan.look()
        self.trailer = scan.trailer
        if "/Encrypt" not in self.trailer:
            self._list_packed()

    def _list_packed(self) -> None:
        """List what is in object streams; an object that stands for itself behind its stream holds."""
        for holder in self.scan.streams:
            place = self.xref.get(0, {}).get(holder, -1)
            try:
                packed = self.get_object(IndirectObject(holder, 0, self))
                numbers = members(packed, self.data_of(packed))
            except Exception:  # a damaged one gives nothing
                numbers = []
            for number in numbers:
                if self.xref.get(0, {}).get(number, -1) < place:
                    self.xref.get(0, {}).pop(number, None)
                    self.xref_objStm[number] = (holder, 0)
        self._contents = {}
        for number, (holder, _) in self.xref_objStm.items():
            self._contents.setdefault(holder, set()).add(number)
        if self.trailer and self._root() is None:
            self._find_root()

    def _find_root(self) -> None:
        """Take the catalogue in an object stream where no trailer names one."""
        for number in sorted(self.xref_objStm):
            reference = IndirectObject(number, 0, self)
            found = self.get_object(reference)
            if isinstance(found, DictionaryObject) and found.get("/Type") == "/Catalog":
                self.trailer.update({_ROOT: reference})

    def unlock(self, lock: Any) -> None:
        """Decrypt all objects from now on with a lock's `decrypt_object`."""
        self.lock = lock
        self.resolved_objects.clear()  # what was read on the way here was not decrypted
        if self.is_rebuilt:
            self._list_packed()

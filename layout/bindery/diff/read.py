"""A PDF to all that is compared of it."""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from typing import Any, Final, TypeVar

from pypdf.generic import DictionaryObject, StreamObject

from layout.bindery.body import Body
from layout.bindery.diff.appearances import paint_annotations
from layout.bindery.diff.articles import read_articles
from layout.bindery.diff.content import Article, Content, Link, Note, Page
from layout.bindery.diff.facts import read_facts, read_files
from layout.bindery.diff.labels import label_texts
from layout.bindery.diff.lines import find_furniture, number_lines
from layout.bindery.diff.links import read_links
from layout.bindery.diff.reader import Canvas, Desk, Reader, Work
from layout.bindery.diff.settle import Read
from layout.bindery.diff.words import Crowded
from layout.bindery.foreign import Leaf, Opened
from layout.bindery.graft import Graft
from layout.bindery.imposition.originals import Original, original_of
from layout.bindery.names import Names, read_names
from layout.bindery.overlay import turn_of, unit_of
from layout.bindery.pagelabels import read_labels
from layout.bindery.preflight.case import Case, Spent
from layout.bindery.preflight.press.geometry import moved_box
from layout.bindery.preflight.profiles import profile_of
from layout.ground.units import MM

T = TypeVar("T")

BOX_NAMES: Final = {
    "/MediaBox": "media box", "/CropBox": "crop box", "/BleedBox": "bleed box", "/TrimBox": "trim box",
    "/ArtBox": "art box",
}  # fmt: skip
BOXES: Final = tuple(BOX_NAMES)
LOST: Final = "unchecked"
"""The rule of preflight whose findings are what could not be read."""
PASSED_OVER: Final = ("operator", "operand", "resource")
"""And those whose findings are what was not painted."""
PLACES: Final = 2
"""Decimals of a millimetre in which boxes are told apart."""


def read_content(opened: Opened) -> Read:
    """All that is compared of a file, and its pictures; what cannot be read is named in it, and never raises."""
    case = Case(opened, profile_of("press"))
    with opened.reading():
        reading = _Reading(case)
        return reading.run(), reading.work.shelf


class _Reading:
    """One file while it is read."""

    def __init__(self, case: Case) -> None:
        self.case, self.opened = case, case.opened
        self.work = Work(case)
        self.unread: list[str] = []
        self.spent = ""
        """Why no more pages are read, once that is so."""
        nothing: tuple[dict[bytes, Any], dict[bytes, Any]] = ({}, {})
        tree, listed = self.guarded("named destinations", lambda: read_names(case.opened), nothing)
        body = Body()
        names = Names(tree, listed, set(), "")
        self.graft = Graft(body, case.opened, body.reserve(), names, False)

    def guarded(self, what: str, read: Callable[[], T], default: T) -> T:
        """What a step reads, or what stands for it where the file is damaged there."""
        try:
            return read()
        except MemoryError:
            raise
        except Exception:  # a damaged file breaks pypdf, and us, in more ways than can be listed
            self.unread.append(what)
            return default

    def run(self) -> Content:
        """Everything, page after page, then what holds for the whole."""
        count = len(self.opened.pages)
        labels = self.guarded(
            "page labels", lambda: label_texts(read_labels(self.opened), count), ("",) * count
        )
        pages = [self._page(at, leaf, labels[at]) for at, leaf in enumerate(self.opened.pages)]
        words = self.work.words.done
        number_lines(words)
        if not self.work.has_furniture:
            find_furniture(words, [page.height for page in pages])
        whole = (Article("", 0, count),)
        return Content(
            self.opened.name,
            tuple(words),
            tuple(pages),
            self.guarded("outline", lambda: read_articles(self.case, self.graft), whole),
            self.guarded("metadata", lambda: read_facts(self.case), ()),
            self.guarded("attached files", lambda: read_files(self.case), ()),
            sha256(self.case.data()).digest(),
            tuple(self.unread),
            tuple(self._notes()),
        )

    def _notes(self) -> Iterator[str]:
        for face in sorted({it.face for it in self.work.known.values() if it.unknown}):
            yield f"the font {face} does not say which characters it shows: codes are compared"
        counts = self.case.findings.counts
        passed = sum(counts[rule] for rule in PASSED_OVER)
        if passed:
            what = "1 operator is" if passed == 1 else f"{passed} operators are"
            yield f"{what} wrong, or without what they need: passed over, as viewers do"

    def _page(self, at: int, leaf: Leaf, label: str) -> Page:
        """One page; what of it cannot be read is said in it."""
        first, known = len(self.work.words.done), len(self.case.findings.found)
        lost = self.case.findings.counts[LOST]
        original = original_of(self.opened, leaf.entries)
        media = self.opened.box(leaf.entries, "/MediaBox")
        assert media is not None  # no file is opened without
        desk = Desk(self.work, at + 1, moved_box(media, original.matrix))
        links: tuple[tuple[Link, ...], tuple[Note, ...]] = ((), ())
        unread = self.spent
        self.work.words.page = at
        if not unread:
            unread = self._content(leaf, desk, original)
            words = self.work.words.done[first:]
            try:
                links = read_links(self.case, self.graft, leaf.entries, original.matrix, words)
            except (ValueError, TypeError, KeyError, RecursionError):
                unread = unread or "its links"
        if not unread and self.case.findings.counts[LOST] > lost:
            gone = [it.message for it in self.case.findings.since(known) if it.rule == LOST]
            unread = "; ".join(gone) or "its content"
        return Page(
            label, original.width, original.height, self._sizes(leaf.entries),
            (first, len(self.work.words.done)), tuple(desk.pictures), tuple(desk.drawings), *links,
            unread,
        )  # fmt: skip

    def _content(self, leaf: Leaf, desk: Desk, original: Original) -> str:
        """Read what is painted; what could not be read, in words."""
        case, entries = self.case, leaf.entries
        reader = Reader(
            self.work, desk, case.dictionary(entries, "/Resources"), Canvas(ctm=original.matrix)
        )
        try:
            streams = [case.resolve(each) for each in case.each(entries, "/Contents")]
            data = [case.content(it, desk.number) for it in streams if isinstance(it, StreamObject)]
            reader.read(b"\n".join(data))
            self.work.words.finish()
            paint_annotations(self.work, desk, entries, original.matrix)
        except MemoryError:
            raise
        except (Spent, Crowded) as spent:
            self.spent = str(spent)
            return self.spent
        except Exception:  # as above: the page is told, and the rest goes on
            return "its content"
        finally:
            self.work.words.finish_quietly()
        return ""

    def _sizes(self, entries: DictionaryObject) -> tuple[tuple[str, str], ...]:
        """The boxes of a page that are stated, in millimetres, and how it is turned and scaled."""
        found = []
        for key in BOXES:
            box = self.guarded("page boxes", partial(self.opened.box, entries, key), None)
            if box is not None:
                corners = " ".join(_millimetres(value) for value in box)
                found.append((BOX_NAMES[key], f"{corners} mm"))
        if turn := turn_of(self.opened, entries):
            found.append(("turned", f"{turn}°"))
        if (unit := unit_of(self.opened, entries)) != 1:
            found.append(("unit", f"{unit:g} points"))
        return tuple(found)


def _millimetres(points: float) -> str:
    text = f"{points / MM:.{PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

"""Marked content of one content stream: what is tagged, what is an artifact, and whether it nests."""

from typing import Any, Final

from msgspec import Struct

from layout.bindery.preflight.case import Case
from layout.bindery.preflight.findings import Where
from layout.bindery.preflight.tree import Element, Tree

NO_ELEMENT: Final = -1


class Mark(Struct, frozen=True):
    """One open sequence; `element` is the one that was current before it."""

    artifact: bool
    tagged: bool
    replaced: bool
    element: int
    text: int


class Marks:
    """The open sequences of a page or a form, and those it has numbers for."""

    def __init__(
        self, case: Case, tree: Tree, page: int, key: int | None, above: "Marks | None" = None
    ) -> None:
        self.case, self.tree, self.page, self.key = case, tree, page, key
        self.stack: list[Mark] = []
        self.numbers: set[int] = set()
        self.artifacts: int = above.artifacts if above else 0
        self.tagged: int = above.tagged if above else 0
        self.replaced: int = above.replaced if above else 0
        self.element: int = above.element if above else NO_ELEMENT
        self.text = self.texts = 0
        """The text object we are in, 0 for none, and how many there have been."""

    @property
    def covered(self) -> bool:
        """Whether what is painted now is tagged or an artifact."""
        return bool(self.artifacts or self.tagged)

    @property
    def has_actual_text(self) -> bool:
        """Whether a replacement (14.9.4) stands for what is shown now."""
        current = self.current()
        return self.replaced > 0 or (current is not None and current.replaced)

    def where(self) -> Where:
        """The page, and the line of the current element."""
        return self.tree.where(self.current(), self.page)

    def current(self) -> Element | None:
        """The innermost structure element that what is painted now belongs to."""
        return None if self.element == NO_ELEMENT else self.tree.elements[self.element]

    def cover(self, element: Element | None) -> None:
        """Count all that follows as content of an element, or of an artifact if there is none."""
        if element is None:
            self.artifacts += 1
        else:
            self.tagged += 1
            self.element = element.index

    def begin_text(self) -> None:
        """BT."""
        self.texts += 1
        self.text = self.texts

    def end_text(self) -> None:
        """ET."""
        self.text = 0

    def begin(self, tag: object, properties: Any) -> None:
        """BMC or BDC."""
        artifact = tag == "/Artifact"
        mcid = _number(self.case, properties, "/MCID")
        tagged = mcid is not None and not artifact
        replaced = isinstance(properties, dict) and "/ActualText" in properties
        if artifact and self.tagged:
            self.case.add("artifact-in-tagged", self.where())
        if tagged and self.artifacts:
            self.case.add("tagged-in-artifact", self.where())
        self.stack.append(Mark(artifact, tagged, replaced, self.element, self.text))
        self.artifacts += artifact
        self.tagged += tagged
        self.replaced += replaced
        if mcid is not None and tagged:
            self._number(mcid)
        self.language(properties)

    def _number(self, mcid: int) -> None:
        if mcid in self.numbers:
            self.case.add("mcid-twice", Where(self.page), mcid)
        self.numbers.add(mcid)
        if self.key is None:
            self.case.add("page-key", Where(self.page))
            return
        found = self.tree.of_content(self.key, mcid)
        if found is None:
            self.case.add("mcid-unknown", Where(self.page), f"number {mcid}")
        else:
            self.element = found.index

    def language(self, properties: Any) -> None:
        """The language that properties state."""
        tag = properties.get("/Lang") if isinstance(properties, dict) else None
        if tag is None:
            return
        shown = bytes(tag).decode("latin-1") if isinstance(tag, bytes) else str(tag)
        if shown.startswith("þÿ"):
            shown = shown.encode("latin-1")[2:].decode("utf-16-be", "replace")
        self.case.language(shown, self.where())

    def end(self) -> None:
        """EMC."""
        if not self.stack:
            self.case.add("marks-unbalanced", Where(self.page))
            return
        mark = self.stack.pop()
        if mark.text != self.text:
            self.case.add("marks-cross-text", self.where())
        self.artifacts -= mark.artifact
        self.tagged -= mark.tagged
        self.replaced -= mark.replaced
        self.element = mark.element

    def finish(self) -> None:
        """The end of the stream."""
        if self.stack:
            self.case.add("marks-unbalanced", Where(self.page))


def _number(case: Case, properties: Any, key: str) -> int | None:
    found = properties.get(key) if isinstance(properties, dict) else None
    found = case.resolve(found)
    try:
        return None if found is None else int(found)
    except (TypeError, ValueError):
        return None


def key_of(case: Case, holder: Any, entry: str) -> int | None:
    """A key into the parent tree: /StructParents of what holds content, /StructParent of an object."""
    found = case.item(holder, entry)
    return int(found) if isinstance(found, int) else None

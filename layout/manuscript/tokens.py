"""markdown-it's tokens to blocks and spans; loaded only for text that holds markup."""

from typing import Any, Final

from layout.manuscript.markup import NO_TEXT, SECOND_PARAGRAPH, Origin
from layout.manuscript.reading import INVALID, Reading, quoted
from layout.manuscript.text import Block, BlockQuote, CodeBlock, ListOfItems, Paragraph, Span
from layout.manuscript.values import address_fault

MAX_LEVELS: Final = 8
"""Lists and quotes inside each other. (The library would drop text beyond twenty of its own levels.)"""

_NESTING: Final = ("bullet_list_open", "ordered_list_open", "blockquote_open")

_BLOCK_NAMES: Final = {
    "bullet_list_open": "a list", "ordered_list_open": "a numbered list", "blockquote_open": "a block quote",
    "code_block": "a code block", "fence": "a code block",
    "heading_open": "a heading", "hr": "a rule across the column",
}  # fmt: skip

_HTML: Final = (
    "HTML is not read in text",
    "mark text up as in CommonMark, and use `figure:` for a picture; \\< prints <",
)
_IMAGE: Final = ("a picture inside text", "give it an entry of its own: `figure: images/photo.jpg`")
_NOT_IN_PROSE: Final = {
    "heading_open": ("a heading inside text", "give it an entry of its own, `heading: …`; \\# prints #"),
    "hr": ("a rule across the column", "take it out, or write a backslash before its first character"),
    "html_block": _HTML,
}  # fmt: skip


_UNSEEN: Final = dict.fromkeys(map(ord, "\u00ad\u034f\u200b\u200c\u200d\u200e\u200f\u2060\u2063"))
"""Characters of which nothing is seen: a link needs others."""


class Walk:
    """One pass over the tokens of one text; `spans` and `blocks` return `INVALID` after a problem."""

    def __init__(
        self, tokens: list[Any], definitions: dict[str, Any], origin: Origin, reading: Reading
    ) -> None:
        self.tokens = tokens
        self.definitions = definitions
        self.origin = origin
        self.reading = reading
        self.next = 0
        self.sound = True
        self.links: set[str] = set()

    def blocks(self) -> Any:
        """All blocks of the text."""
        if not self._not_too_deep():
            return INVALID
        blocks = self._row("")
        self._all_defined_are_used()
        if self.sound and not blocks:
            self._report(0, *NO_TEXT)
        return blocks if self.sound else INVALID

    def spans(self) -> Any:
        """The spans of the only paragraph of the text."""
        if self.tokens and self.tokens[0].type in _BLOCK_NAMES:
            mark = self.tokens[0].markup or self.tokens[0].info
            name = _BLOCK_NAMES[self.tokens[0].type]
            self._report(
                0,
                f"{name} where one line is meant",
                f"write a backslash before {quoted(mark)} to print it" if mark else "",
            )
            return INVALID
        paragraphs = self.blocks()
        if paragraphs is INVALID:
            return INVALID
        if len(paragraphs) > 1:
            return self._report(self.tokens[3].map[0], *SECOND_PARAGRAPH)
        return paragraphs[0].spans

    def _report(self, line: int, message: str, hint: str) -> Any:
        self.sound = False
        return self.reading.report_at(self.origin.place(line), message, hint)

    def _not_too_deep(self) -> bool:
        level = 0
        for token in self.tokens:
            if token.type in _NESTING:
                level += 1
                if level > MAX_LEVELS:
                    self._report(
                        token.map[0],
                        f"more than {MAX_LEVELS} lists or quotes inside each other",
                        "nest them less",
                    )
                    return False
            elif token.type.replace("_close", "_open") in _NESTING:
                level -= 1
        return True

    def _row(self, closing: str) -> tuple[Block, ...]:
        blocks: list[Block] = []
        while self.next < len(self.tokens):
            token = self.tokens[self.next]
            self.next += 1
            if token.type == closing:
                break
            if (block := self._block(token)) is not None:
                blocks.append(block)
        return tuple(blocks)

    def _block(self, token: Any) -> Block | None:
        kind = token.type
        line = token.map[0]
        place = self.origin.place(line)
        if kind == "paragraph_open":
            inline = self.tokens[self.next]
            self.next += 2
            return Paragraph(self._look(inline), place)
        if kind == "blockquote_open":
            quote = self._row("blockquote_close")
            return BlockQuote(quote, place) if quote else self._empty(token)
        if kind in _NESTING:
            return self._list(token)
        if kind in ("fence", "code_block"):
            return CodeBlock(token.content.removesuffix("\n"), place)
        self._report(line, *_NOT_IN_PROSE[kind])
        if kind == "heading_open":
            self.next += 2
        return None

    def _list(self, token: Any) -> ListOfItems:
        ordered = token.type == "ordered_list_open"
        closing = token.type.replace("_open", "_close")
        items = []
        while self.tokens[self.next].type != closing:
            opening = self.tokens[self.next]
            self.next += 1
            items.append(self._row("list_item_close") or self._empty(opening))
        self.next += 1
        start = int(token.attrs.get("start", 1)) if ordered else 1
        return ListOfItems(tuple(items), self.origin.place(token.map[0]), ordered, start)

    def _empty(self, token: Any) -> Any:
        mark = quoted((token.info or "") + token.markup)
        name = "block quote" if token.type == "blockquote_open" else "list item"
        self._report(
            token.map[0], f"an empty {name}", f"write a backslash before {mark} to print it"
        )
        return None

    def _look(self, inline: Any) -> tuple[Span, ...]:
        """The spans of one paragraph: neighbours of equal look are merged."""
        spans: list[Span] = []
        line = inline.map[0]
        emphasis = strong = 0
        href = words = ""
        for token in inline.children:
            kind = token.type
            text = token.content
            if kind in ("softbreak", "hardbreak"):
                line += 1
                text = " " if kind == "softbreak" else "\n"
            elif kind in ("em_open", "em_close"):
                emphasis += token.nesting
            elif kind in ("strong_open", "strong_close"):
                strong += token.nesting
            elif kind in ("link_open", "link_close"):
                if kind == "link_close" and not words.translate(_UNSEEN).strip():
                    self._report(line, "a link without words", "write it as [words](https://…)")
                href, words = self._href(token, line) if kind == "link_open" else "", ""
            elif kind in ("html_inline", "image"):
                self._report(line, *(_IMAGE if kind == "image" else _HTML))
                continue
            words += text
            if kind == "hardbreak":
                spans.append(Span(text))
            elif text:
                _append(spans, Span(text, emphasis > 0, strong > 0, kind == "code_inline", href))
        return tuple(spans)

    def _href(self, token: Any, line: int) -> str:
        href = str(token.attrs.get("href", ""))
        self.links.add(href)
        if href.startswith("#"):
            if href not in self.reading.targets:
                known = "#accounts" in self.reading.targets
                hint = (
                    "the one target is #accounts"
                    if known
                    else "the one target is #accounts, and only beside `accounts:`"
                )
                self._report(line, f"the link to {quoted(href)} leads nowhere", hint)
        elif not href:
            self._report(line, "a link without an address", "write it as [words](https://…)")
        elif fault := address_fault(href):
            self._report(line, *fault)
        return href

    def _all_defined_are_used(self) -> None:
        """A definition that no link uses would be text lost: `[sic]: yes` is one by CommonMark's rules."""
        for label, definition in self.definitions.get("references", {}).items():
            if definition["href"] not in self.links:
                message = f"the link definition {quoted('[' + label.lower() + ']')} is used nowhere"
                self._report(
                    definition["map"][0], message, "write a backslash before `[` to print it"
                )


def _append(spans: list[Span], span: Span) -> None:
    last = spans[-1] if spans else None
    if last is None or last.text == "\n" or _dress(last) != _dress(span):
        spans.append(span)
    else:
        spans[-1] = Span(last.text + span.text, *_dress(span))


def _dress(span: Span) -> tuple[bool, bool, bool, str]:
    return span.emphasis, span.strong, span.code, span.href

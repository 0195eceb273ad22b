"""The recommended accounts as rows of a sidebar; how many fit in a box is for make-up to say."""

from layout.ground.units import MM
from layout.house.labels import Labels
from layout.manuscript.interview import Account, Accounts
from layout.manuscript.networks import address
from layout.manuscript.text import Block, Span
from layout.setting.galley import SidebarParts, Tree, stack
from layout.setting.marks import Anchor, Mark
from layout.setting.paragraph import Setter
from layout.setting.prose import ProseSetter
from layout.setting.settings import SetLine
from layout.setting.words import Word

Row = tuple[tuple[Mark, ...], float, float]

LONGEST = 16
"""So many lines about one account stand in one row; the rest makes rows of its own."""


def set_sidebar(accounts: Accounts, setter: Setter, tree: Tree, labels: Labels) -> SidebarParts:
    """Title, introduction and one row an account: handle and name on a line, what they are under it."""
    brand = setter.looks.brand
    measure = brand.measure - 2 * brand.sidebar.padding * MM
    sidebar = tree.add("sidebar")
    title, line, language = labels["accounts"], accounts.entries[0].handle.place.line, ""
    if accounts.title is not None:
        title, line = accounts.title.text, accounts.title.place.line
    else:
        language = labels.foreign("accounts")
    heading = tree.add("sidebar-title", sidebar, line=line, language=language)
    rows = [_title(title, setter, measure, heading, True)]
    if accounts.intro is not None:
        intro = _lines(accounts.intro.blocks, "sidebar_intro", setter, tree, sidebar, measure)
        step = brand.styles["sidebar_intro"].leading
        rows.append((tuple(stack(intro, step, -0.76 * step)[0]), len(intro) * step, 0.0))
    entries = tree.add("accounts", sidebar)
    for account in accounts.entries:
        rows += _account(account, accounts, setter, tree, entries, measure)
    again = _title(f"{title} ({labels['continued']})", setter, measure, -1, False)
    return SidebarParts(tuple(rows), again)


def _title(text: str, setter: Setter, measure: float, element: int, first: bool) -> Row:
    leading = setter.looks.brand.styles["sidebar_title"].leading
    lines = setter.set_spans([Span(text)], "sidebar_title", measure, element)
    marks, _ = stack(lines, leading, -0.72 * leading)
    if first:
        marks.insert(0, Anchor(0.0, 0.0, "accounts", text, 1, element))
    return tuple(marks), len(lines) * leading, 0.0


def _account(
    account: Account, accounts: Accounts, setter: Setter, tree: Tree, parent: int, measure: float
) -> list[Row]:
    """Handle and name, and what they are; a very long text makes rows that may stand in different boxes."""
    line = account.handle.place.line
    element = tree.add("body", tree.add("account", parent, line=line))
    entry = tree.add("account-line", element, line=line)
    handle = tree.add("handle", entry, line=line)
    words: list[Word] = setter.words(
        [Span(account.handle.text, href=address(account, accounts))], "handle", handle, True
    )
    if account.name is not None:
        words += setter.words(account.name.spans, "account_name", entry, True)
    lines = setter.set_words(words, setter.looks.look("handle"), measure)
    leading = setter.looks.brand.styles["handle"].leading
    marks, _ = stack(lines, leading, -0.76 * leading)
    height = len(lines) * leading
    rows: list[Row] = []
    if account.about is not None:
        about = _lines(account.about.blocks, "about", setter, tree, element, measure)
        step = setter.looks.brand.styles["about"].leading
        more, _ = stack(about[:LONGEST], step, -height - 0.76 * step)
        marks += more
        height += min(len(about), LONGEST) * step
        for start in range(LONGEST, len(about), LONGEST):
            part = about[start : start + LONGEST]
            rows.append((tuple(stack(part, step, -0.76 * step)[0]), len(part) * step, 0.0))
    return [(tuple(marks), height, setter.looks.brand.sidebar.entry_gap), *rows]


def _lines(
    blocks: tuple[Block, ...], style: str, setter: Setter, tree: Tree, parent: int, measure: float
) -> list[SetLine]:
    """Text blocks as lines below each other."""
    found = ProseSetter(setter, tree, style, measure).blocks(blocks, parent, "about")
    return [SetLine(marks, 0.0) for block in found for marks in block.lines]

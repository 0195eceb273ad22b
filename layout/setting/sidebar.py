"""The recommended accounts as rows of a sidebar; how many fit in a box is for make-up to say."""

from layout.ground.units import MM
from layout.house.labels import Labels
from layout.manuscript.interview import Account, Accounts
from layout.manuscript.networks import address
from layout.manuscript.text import Block, Span
from layout.setting.galley import SidebarParts, Tree, stack
from layout.setting.marks import Anchor, Mark
from layout.setting.paragraph import SetLine, Setter
from layout.setting.words import Word
from layout.setting.prose import ProseSetter

Row = tuple[tuple[Mark, ...], float, float]

TITLE_GAP = 4.0
"""Under the sidebar's title, in points."""


def set_sidebar(accounts: Accounts, setter: Setter, tree: Tree, labels: Labels) -> SidebarParts:
    """Title, introduction and one row an account: handle and name on a line, what they are under it."""
    brand = setter.looks.brand
    measure = brand.measure - 2 * brand.sidebar.padding * MM
    sidebar = tree.add("sidebar")
    title = accounts.title.text if accounts.title is not None else labels["accounts"]
    rows = [_title(title, setter, measure, tree.add("sidebar-title", sidebar), True)]
    if accounts.intro is not None:
        marks, height = _prose(accounts.intro.blocks, "sidebar_intro", setter, tree, sidebar, measure, 0.0)
        rows.append((tuple(marks), height, 0.0))
    entries = tree.add("accounts", sidebar)
    for account in accounts.entries:
        rows.append(_account(account, accounts, setter, tree, entries, measure))
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
) -> Row:
    element = tree.add("account", parent, line=account.handle.place.line)
    handle = tree.add("handle", element)
    words: list[Word] = setter.words([Span(account.handle.text, href=address(account, accounts))], "handle", handle)
    if account.name is not None:
        words += setter.words(account.name.spans, "account_name", tree.add("account-name", element))
    lines = setter.set_words(words, setter.looks.look("handle"), measure)
    leading = setter.looks.brand.styles["handle"].leading
    marks, y = stack(lines, leading, -0.76 * leading)
    height = len(lines) * leading
    if account.about is not None:
        more, below = _prose(account.about.blocks, "about", setter, tree, element, measure, -height)
        marks += more
        height += below
    gap = setter.looks.brand.sidebar.entry_gap
    return tuple(marks), height, gap


def _prose(
    blocks: tuple[Block, ...], style: str, setter: Setter, tree: Tree, parent: int, measure: float, top: float
) -> tuple[list[Mark], float]:
    """Text blocks from `top` down; their marks and height."""
    leading = setter.looks.brand.styles[style].leading
    found = ProseSetter(setter, tree, style, measure).blocks(blocks, parent, "about")
    lines = [SetLine(marks, 0.0) for block in found for marks in block.lines]
    marks, _ = stack(lines, leading, top - 0.76 * leading)
    return marks, len(lines) * leading

"""The networks an account can live on, and the address that a handle has there: a table, no branches.

The addresses are those that the networks give out themselves in November 2026. Twitter's keep their old name:
it stands in the interviews, and leads to the new one.
"""

import re
from typing import Final

from msgspec import Struct

from layout.manuscript.interview import Account, Accounts
from layout.manuscript.values import Fault

DEFAULT_NETWORK: Final = "twitter"
"""Of a handle that starts with @ where nothing else is said: the interviews began there."""


class Network(Struct, frozen=True):
    """One network: its name in print, a handle's form and an example, and the address of the form's groups."""

    label: str
    handle: str
    example: str
    address: str


_PLAIN: Final = r"@?([\w.-]{1,100})"
_LINKEDIN: Final = r"@?((?:in|company|school)/[\w%-]+|[\w%-]+)"
_SITE: Final = r"(?:[Hh][Tt][Tt][Pp][Ss]?://)?((?:[\w-]+\.)+[\w-]+(?::\d+)?(?:[/?#]\S*)?)"

NETWORKS: Final[dict[str, Network]] = {
    "twitter": Network("Twitter", r"@?(\w{1,15})", "@MineBanTreaty", "https://twitter.com/{}"),
    "mastodon": Network("Mastodon", r"@?([\w.-]+)@((?:[\w-]+\.)+[\w-]+)", "@name@mastodon.social", "https://{1}/@{0}"),
    "bluesky": Network("Bluesky", r"@?((?:[A-Za-z\d-]+\.)+[A-Za-z\d-]+)", "@name.bsky.social", "https://bsky.app/profile/{}"),
    "facebook": Network("Facebook", _PLAIN, "@name", "https://www.facebook.com/{}"),
    "instagram": Network("Instagram", r"@?([\w.]{1,30})", "@name", "https://www.instagram.com/{}/"),
    "linkedin": Network("LinkedIn", _LINKEDIN, "in/name or company/name", "https://www.linkedin.com/{}"),
    "youtube": Network("YouTube", _PLAIN, "@name", "https://www.youtube.com/@{}"),
    "threads": Network("Threads", r"@?([\w.]{1,30})", "@name", "https://www.threads.com/@{}"),
    "tiktok": Network("TikTok", r"@?([\w.]{1,24})", "@name", "https://www.tiktok.com/@{}"),
    "flickr": Network("Flickr", r"@?([\w-]{1,60}(?:@N\d\d)?)", "name", "https://www.flickr.com/people/{}/"),
    "github": Network("GitHub", r"@?([A-Za-z\d][A-Za-z\d-]{0,38})", "@name", "https://github.com/{}"),
    "telegram": Network("Telegram", r"@?(\w{4,32})", "@name", "https://t.me/{}"),
    "website": Network("Website", _SITE, "example.org", "https://{}"),
}  # fmt: skip
"""By the key that sources use."""

ALIASES: Final = {"x": "twitter"}
"""Other names of networks."""


def address(account: Account, accounts: Accounts) -> str:
    """The address of an account: its own, or made from its network and handle; ValueError where none can be made."""
    if account.url:
        return account.url
    found, fault = make_address(account.handle.text, network_of(account, accounts))
    if fault:
        raise ValueError(fault[0])
    return found


def network_of(account: Account, accounts: Accounts) -> str:
    """The network's key: the account's own, that of all, or what the handle looks like; empty if nothing tells."""
    named = account.network or accounts.network
    if named:
        return ALIASES.get(named, named)
    return guess_network(account.handle.text)


def guess_network(handle: str) -> str:
    """The network that a handle alone speaks for: `@a@b.c`, `@a.b.c`, `@a`, `a.b`; empty if it speaks for none."""
    if handle.startswith("@"):
        if "@" in handle[1:]:
            return "mastodon"
        return "bluesky" if "." in handle else DEFAULT_NETWORK
    return "website" if "." in handle and _fits("website", handle) else ""


def make_address(handle: str, network: str) -> tuple[str, Fault | None]:
    """The address of a handle on a network (a key of `NETWORKS`, or empty), and what is wrong with it."""
    row = NETWORKS.get(network)
    if row is None:
        return "", ("nothing tells the network of this handle", "add `network:` or `url:`")
    found = _fits(network, handle)
    if found is None:
        return "", (f"{row.label} has no such handle", f"write it as {row.example}, or add `url:`")
    if network == "website" and "://" in handle:
        return handle, None
    if network == "linkedin" and "/" not in found.group(1):
        return row.address.format(f"in/{found.group(1)}"), None
    return row.address.format(*found.groups()), None


def _fits(network: str, handle: str) -> re.Match[str] | None:
    # Only YouTube, LinkedIn and websites know letters beyond ASCII, and those are written out in an address.
    return re.fullmatch(NETWORKS[network].handle, handle, re.ASCII)

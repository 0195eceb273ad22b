"""Handles to addresses, network by network."""

from typing import get_args

import pytest

from layout.ground.problems import Place
from layout.manuscript.interview import Account, Accounts, Network
from layout.manuscript.networks import ALIASES, NETWORKS, address, guess_network, make_address
from layout.manuscript.text import Span, Words
from layout.manuscript.values import address_fault


def words(text: str) -> Words:
    return Words((Span(text),), Place("f"))


def one(handle: str, **keys: object) -> Account:
    return Account(handle=words(handle), **keys)  # type: ignore[arg-type]


def accounts(account: Account, network: str | None = None) -> Accounts:
    return Accounts(entries=(account,), network=network)  # type: ignore[arg-type]


def test_every_network_has_its_row():
    assert {*NETWORKS, *ALIASES} == set(get_args(Network))


@pytest.mark.parametrize(
    ("network", "handle", "expected"),
    [
        ("twitter", "@MineBanTreaty", "https://twitter.com/MineBanTreaty"),
        ("twitter", "EU_UNGeneva", "https://twitter.com/EU_UNGeneva"),
        ("mastodon", "@a.b@sea.example", "https://sea.example/@a.b"),
        ("bluesky", "@a.bsky.social", "https://bsky.app/profile/a.bsky.social"),
        ("facebook", "@un.geneva", "https://www.facebook.com/un.geneva"),
        ("instagram", "@un.geneva", "https://www.instagram.com/un.geneva/"),
        ("linkedin", "ann-lee", "https://www.linkedin.com/in/ann-lee"),
        ("linkedin", "company/un", "https://www.linkedin.com/company/un"),
        ("youtube", "@UN-Geneva", "https://www.youtube.com/@UN-Geneva"),
        ("threads", "@a.b", "https://www.threads.com/@a.b"),
        ("tiktok", "@a.b", "https://www.tiktok.com/@a.b"),
        ("flickr", "unphoto", "https://www.flickr.com/people/unphoto/"),
        ("github", "@un-ocha", "https://github.com/un-ocha"),
        ("telegram", "@un_geneva", "https://t.me/un_geneva"),
        ("website", "example.org/a?b", "https://example.org/a?b"),
        ("website", "http://example.org", "http://example.org"),
    ],
)
def test_addresses(network, handle, expected):
    found, fault = make_address(handle, network)
    assert (found, fault) == (expected, None)
    assert address_fault(found) is None


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize(
    "handle", ["", "@", "a b", "@a/../b", "a?b c", "javascript:alert(1)", "é", "a\nb", "@@"]
)
def test_no_handles(network, handle):
    assert make_address(handle, network)[1]


@pytest.mark.parametrize("network", NETWORKS)
def test_examples_fit(network):
    for example in NETWORKS[network].example.split(" or "):
        assert make_address(example, network)[1] is None


@pytest.mark.parametrize(
    ("handle", "network"),
    [("@a", "twitter"), ("@a@b.c", "mastodon"), ("@a.bsky.social", "bluesky"), ("example.org", "website"), ("Old Club", ""), ("a", "")],
)  # fmt: skip
def test_what_a_handle_alone_speaks_for(handle, network):
    assert guess_network(handle) == network


def test_the_account_comes_before_all_and_all_before_the_handle():
    assert address(one("@a", url="https://b.c"), accounts(one("@a"))) == "https://b.c"
    assert (
        address(one("@a", network="github"), accounts(one("@a"), "tiktok"))
        == "https://github.com/a"
    )
    assert address(one("@a"), accounts(one("@a"), "tiktok")) == "https://www.tiktok.com/@a"
    assert address(one("@a", network="x"), accounts(one("@a"))) == "https://twitter.com/a"
    assert address(one("@a"), accounts(one("@a"))) == "https://twitter.com/a"


def test_no_address_is_no_silent_matter():
    with pytest.raises(ValueError, match="nothing tells the network"):
        address(one("Old Club"), accounts(one("Old Club")))

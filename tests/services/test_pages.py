"""Nothing that stands in a file can lead a browser away from the marketplace."""

from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from dispcli.core.policy import Policy, is_of
from dispcli.core.policy_reading import parse_policy
from dispcli.core.toml_reading import Mistakes
from dispcli.services.pages import order_page
from tests.core.builders import order

HOSTS = ("a.org", "shop.example")
PARTS = (":", "/", "@", "#", "?", ".", "\\", ":8080", "x", "evil.example", "a.org")


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Addresses with a place for the number anywhere; many are no page of the hosts, and some are."""
    parts = st.lists(st.sampled_from(PARTS), max_size=3)
    scheme = draw(st.sampled_from(("https://", "http://", "//", "ftp://")))
    pieces = [scheme, *draw(parts), draw(st.sampled_from(HOSTS)), draw(st.sampled_from("/?.x")), *draw(parts)]
    pieces.insert(draw(st.integers(0, len(pieces))), "{number}")
    return "".join(pieces)


def policy_with(page: str) -> Policy | None:
    source = {"text": "help", "url": "https://a.org", "seen": "2026-11-01"}
    known = dict.fromkeys(("zone", "hosts", "order_page"), "help")
    told = {"marketplace": "a", "name": "A", "zone": "UTC", "hosts": list(HOSTS), "order_page": page}
    try:
        return parse_policy({**told, "sources": {"help": source}, "known_from": known})
    except Mistakes:
        return None


@settings(max_examples=500)  # one in ten is a page
@given(pages(), st.text("0123456789aZ", min_size=1, max_size=6))
def test_no_number_leads_away_from_a_policy_s_hosts(page: str, number: str) -> None:
    if (policy := policy_with(page)) is None:
        return
    shown = order_page(order(number=number), policy)
    assert shown == page.format(number=number)
    address = urlsplit(shown)
    assert address.scheme in ("http", "https")
    assert is_of(address.hostname or "", HOSTS)


def test_some_pages_are_taken_and_some_are_not() -> None:
    """So that the test above looks at something."""
    taken = ("https://{number}.a.org/", "https://x@a.org/?{number}", "http://shop.example/x#{number}")
    assert all(policy_with(page) for page in taken)
    left = ("https://a.org{number}/", "https://{number}a.org/", "https://evil.example\\@a.org/{number}")
    assert not any(policy_with(page) for page in left)

"""The policies that are shipped: each value with its source, nothing that contradicts another file."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

import dispcli.policies
from dispcli.core.policy import Policy
from dispcli.core.policy_override import OWN_SOURCE, overridden
from dispcli.core.policy_reading import parse_policy
from dispcli.core.policy_values import changes_of, values_of
from dispcli.policies import SHIPPED, words_for

ALL = SHIPPED.all()
BOTH = [policy for policy in ALL if words_for(policy.marketplace).claims]

FILES = sorted(Path(dispcli.policies.__file__).parent.glob("*.toml"))


def name(policy: Policy) -> str:
    return policy.marketplace


def test_these_are_shipped() -> None:
    assert SHIPPED.known() == ("aliexpress", "amazon", "ebay", "neutral", "paypal")
    assert SHIPPED.files() == ()


def test_an_unknown_marketplace_has_the_neutral_policy() -> None:
    assert SHIPPED.policy_for("nowhere").marketplace == "neutral"


@pytest.mark.parametrize("policy", ALL, ids=name)
def test_every_value_has_a_source_and_the_day_it_was_seen(policy: Policy) -> None:
    for value in values_of(policy):
        if value.key in ("name", "help_pages"):
            continue
        assert value.source is not None, value.key
        assert value.source.text
        assert date(2026, 11, 1) <= date.fromisoformat(value.source.seen or "") <= date(2026, 11, 26)
        assert value.origin == "shipped"


@pytest.mark.parametrize("policy", ALL, ids=name)
def test_what_is_first_hand_can_be_looked_up(policy: Policy) -> None:
    """Either there is an address, or the source is no page at all."""
    for value in values_of(policy):
        if value.source and not value.source.second_hand and value.source.url is None:
            assert value.source.text.startswith(("times in its own answers", "chosen here")), value.key


@pytest.mark.parametrize("policy", BOTH, ids=name)
def test_a_code_to_send_is_a_code_that_is_understood(policy: Policy) -> None:
    """The words that imports read, and the codes that are shown, are the same platform's."""
    words = words_for(policy.marketplace)
    for reason, codes in policy.claim_codes.items():
        for code in codes:
            assert code.casefold() in words.claims
            read = words.claim_reason(code)
            assert read in (reason, "not-as-described"), f"{code} is read as {read}, shown for {reason}"


def test_only_the_neutral_policy_opens_again() -> None:
    assert [policy.marketplace for policy in ALL if policy.reopening] == ["neutral"]


@pytest.mark.parametrize(
    ("marketplace", "window", "length"),
    [
        ("aliexpress", "open", (15, 0, False)),
        ("aliexpress", "seller_answers", (5, 0, False)),
        ("aliexpress", "marketplace_steps_in", (7, 0, False)),
        ("aliexpress", "send_return", (10, 0, False)),
        ("aliexpress", "refund_arrives", (20, 0, True)),
        ("paypal", "open", (180, 0, False)),
        ("paypal", "escalate", (20, 0, False)),
        ("paypal", "answer_offer", (10, 0, False)),
        ("ebay", "open", (30, 0, False)),
        ("ebay", "seller_answers", (3, 0, True)),
        ("amazon", "open", (90, 0, False)),
        ("amazon", "seller_answers", (0, 48, False)),
    ],
)
def test_the_windows_that_people_lose_money_by(
    marketplace: str, window: str, length: tuple[int, int, bool]
) -> None:
    found = SHIPPED.policy_for(marketplace).windows[window]
    assert (found.days, found.hours, found.business_days) == length


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_policy_said_again_in_an_own_file_is_the_same(file: Path) -> None:
    """As a whole, and each of its parts alone: only where it is known from is another place."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    shipped = parse_policy(data)
    parts = [{key: value} for key, value in data.items()]
    for own in (data, *parts, {}):
        policy = parse_policy(overridden(data, own), OWN_SOURCE)
        assert changes_of(policy, shipped) == ()
    whole = parse_policy(overridden(data, data), OWN_SOURCE)
    assert [value.source for value in values_of(whole)] == [value.source for value in values_of(shipped)]

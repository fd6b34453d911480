"""An own file laid over a policy: what it says counts, what it doesn't say stays."""

from typing import Any

import pytest

from dispcli.core.policy import Policy
from dispcli.core.policy_override import OWN_SOURCE, overridden, own_keys
from dispcli.core.policy_reading import parse_policy

BASE = {
    "marketplace": "shop",
    "name": "Shop",
    "zone": "UTC",
    "reopening": True,
    "claims": {"late": ["L"], "damaged": ["D"]},
    "evidence": {"formats": ["jpg"], "max_bytes": 10},
    "windows": {
        "open": {"by": "buyer", "after": "delivery", "days": 15, "business_days": True, "source": "guide"},
        "escalate": {"by": "buyer", "after": "opening", "hours": 48, "source": "guide", "note": "or else"},
    },
    "known_from": {"zone": "guide", "reopening": "guide", "claims": "guide", "evidence": "guide"},
    "sources": {"guide": {"text": "a guide", "seen": "2026-11-01", "second_hand": True}},
}
MINE = {"mine": {"text": "my notes", "seen": "2026-11-20"}}


def laid(**own: Any) -> Policy:
    return parse_policy(overridden(BASE, own), OWN_SOURCE)


def known(policy: Policy, key: str) -> str:
    section = key.partition(".")[0]
    return (policy.sources.get(key) or policy.sources[section]).text


def test_an_empty_file_changes_nothing() -> None:
    assert laid() == parse_policy(BASE)
    assert own_keys({}) == ()


def test_a_single_value_is_replaced_and_known_from_the_file() -> None:
    policy = laid(zone="Europe/Berlin")
    assert policy._replace(zone="UTC", sources={}) == parse_policy(BASE)._replace(sources={})
    assert (known(policy, "zone"), known(policy, "reopening")) == ("your own file", "a guide")


def test_a_source_that_is_named_counts() -> None:
    policy = laid(zone="Europe/Berlin", sources=MINE, known_from={"zone": "mine"})
    assert known(policy, "zone") == "my notes"


@pytest.mark.parametrize("key", ["zone", "claims", "claims.late"])
def test_a_source_that_is_named_and_is_none_is_found_wrong(key: str) -> None:
    with pytest.raises(ValueError, match="no such source: ''"):
        laid(zone="Europe/Berlin", claims={"late": []}, known_from={key: ""})


def test_a_shipped_source_may_be_named() -> None:
    assert known(laid(zone="Europe/Berlin", known_from={"zone": "guide"}), "zone") == "a guide"


def test_reasons_are_laid_over_one_by_one() -> None:
    policy = laid(claims={"late": ["X"], "other": []})
    assert policy.claims == ("damaged", "late", "other")
    assert policy.claim_codes == {"late": ("X",), "damaged": ("D",)}
    assert [known(policy, f"claims.{slug}") for slug in policy.claims] == [
        "a guide",
        "your own file",
        "your own file",
    ]


def test_a_source_for_a_section_is_only_for_what_the_file_says_of_it() -> None:
    policy = laid(claims={"late": ["X"]}, sources=MINE, known_from={"claims": "mine"})
    assert (known(policy, "claims.late"), known(policy, "claims.damaged")) == ("my notes", "a guide")


def test_limits_of_evidence_are_laid_over_one_by_one() -> None:
    policy = laid(evidence={"max_files": 3})
    assert (policy.evidence.formats, policy.evidence.max_bytes, policy.evidence.max_files) == (
        ("jpg",),
        10,
        3,
    )


def test_a_window_keeps_what_the_file_does_not_say() -> None:
    window = laid(windows={"escalate": {}}).windows["escalate"]
    assert (window.by, window.after, window.hours, window.note) == ("buyer", "opening", 48, "or else")
    assert (window.source, window.seen, window.second_hand) == ("your own file", None, False)


def test_what_was_noted_about_what_follows_goes_with_it() -> None:
    base = {
        "by": "seller",
        "after": "opening",
        "days": 5,
        "source": "guide",
        "then": "concede",
        "note": "or else",
    }
    merged = overridden(
        {"windows": {"seller_answers": base}}, {"windows": {"seller_answers": {"then": "escalate"}}}
    )
    window = merged["windows"]["seller_answers"]
    assert (window["then"], window["days"], "note" in window) == ("escalate", 5, False)


def test_what_was_noted_about_a_length_goes_with_it() -> None:
    assert laid(windows={"escalate": {"hours": 72}}).windows["escalate"].note == ""
    assert laid(windows={"escalate": {"hours": 72, "note": "mine"}}).windows["escalate"].note == "mine"


@pytest.mark.parametrize(
    ("name", "length", "expected"),
    [
        ("open", {"days": 30}, (30, 0, False)),
        ("open", {"days": 30, "business_days": True}, (30, 0, True)),
        ("open", {"hours": 12}, (0, 12, False)),
        ("open", {"note": "n"}, (15, 0, True)),
        ("escalate", {"days": 2}, (2, 0, False)),
    ],
)
def test_a_length_replaces_the_old_one_in_whatever_unit(
    name: str, length: dict[str, Any], expected: tuple[int, int, bool]
) -> None:
    window = laid(windows={name: length}).windows[name]
    assert (window.days, window.hours, window.business_days) == expected


def test_what_a_windows_passing_means_stays_until_it_is_said_anew() -> None:
    base = {"by": "seller", "after": "opening", "days": 5, "then": "concede", "source": "guide"}
    silent = {**BASE, "windows": {"seller_answers": base}}

    def then(**own: Any) -> str | None:
        policy = parse_policy(overridden(silent, {"windows": {"seller_answers": own}}), OWN_SOURCE)
        return policy.windows["seller_answers"].then

    assert (then(days=7), then(then="escalate")) == ("concede", "escalate")


def test_a_new_window_stands_beside_the_others() -> None:
    new = {"by": "seller", "after": "opening", "days": 5, "source": "mine"}
    policy = laid(windows={"seller_answers": new}, sources=MINE)
    assert list(policy.windows) == ["open", "escalate", "seller_answers"]
    assert policy.windows["seller_answers"].source == "my notes"


def test_the_keys_that_a_file_tells() -> None:
    own = {
        "name": "X",
        "zone": "UTC",
        "help_pages": ["mine"],
        "claims": {"late": []},
        "windows": {"open": {"days": 1}},
        "known_from": {},
        "sources": MINE,
    }
    assert set(own_keys(own)) == {"name", "zone", "help_pages", "claims.late", "windows.open"}


@pytest.mark.parametrize("key", ["claims", "windows", "sources", "known_from", "evidence", "zone", "name"])
def test_a_value_of_the_wrong_kind_is_left_to_be_found_wrong(key: str) -> None:
    with pytest.raises(ValueError, match=rf"^{key}: not a|; {key}: not a"):
        laid(**{key: 7})


def test_what_is_laid_over_is_left_as_it_was() -> None:
    before = repr(BASE)
    laid(claims={"late": []}, windows={"open": {"days": 1}}, sources=MINE, zone="UTC")
    assert repr(BASE) == before

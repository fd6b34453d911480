"""A policy as values, and what differs between two."""

from typing import Any

import pytest

from dispcli.core.policy import EvidenceRules, Policy, Source, Window
from dispcli.core.policy_values import changes_of, length_told, summary_of, values_of, window_told
from tests.core.builders import policy

GUIDE = Source("a guide", None, "2026-11-01", True)
PAGE = Source("a page", "https://example.org", "2026-10-01", False)
WINDOW = Window(5, False, "a page", "2026-10-01", False, "", "seller", "opening", url="https://example.org")


def whole(**changes: Any) -> Policy:
    return policy(
        **{
            "windows": {"seller_answers": WINDOW},
            "claims": ("late", "damaged"),
            "claim_codes": {"damaged": ("D1", "D2")},
            "evidence": EvidenceRules(("jpg", "png"), 10),
            "sources": {
                "zone": GUIDE,
                "hosts": GUIDE,
                "reopening": GUIDE,
                "cancel_steps": GUIDE,
                "claims": GUIDE,
                "claims.late": PAGE,
                "evidence": PAGE,
            },
        }
        | changes
    )


@pytest.mark.parametrize(
    ("length", "told"),
    [
        ({"days": 1}, "1 day"),
        ({"days": 15}, "15 days"),
        ({"days": 3, "business_days": True}, "3 business days"),
        ({"days": 0, "hours": 1}, "1 hour"),
        ({"days": 0, "hours": 48}, "48 hours"),
    ],
)
def test_a_length_in_words(length: dict[str, Any], told: str) -> None:
    assert length_told(WINDOW._replace(**length)) == told


def test_a_window_in_words() -> None:
    assert window_told(WINDOW) == "seller: 5 days from opening"
    assert window_told(WINDOW._replace(note="or else")) == "seller: 5 days from opening (or else)"
    silent = WINDOW._replace(note="or else", then="concede")
    assert window_told(silent) == "seller: 5 days from opening, then concede (or else)"


def test_every_value_has_its_words_its_source_and_its_origin() -> None:
    found = {value.key: value for value in values_of(whole(own=("zone", "windows.seller_answers")))}
    assert found["claims.damaged"].told == "D1, D2"
    assert found["claims.late"].told == "known, without a code"
    assert found["evidence.formats"].told == "jpg, png"
    assert found["evidence.max_bytes"].told == "10"
    assert "order_page" not in found
    assert "evidence.max_files" not in found
    assert {key for key, value in found.items() if value.source is None} == {"name"}
    assert (found["claims.damaged"].source, found["claims.late"].source) == (GUIDE, PAGE)
    assert found["windows.seller_answers"].source == PAGE
    own = {key for key, value in found.items() if value.origin == "own"}
    assert own == {"zone", "windows.seller_answers"}


def test_values_of_one_section() -> None:
    assert [value.key for value in values_of(whole(), "windows")] == ["windows.seller_answers"]


def test_the_same_policy_has_no_changes() -> None:
    assert changes_of(whole(), whole()) == ()


def test_changes_tell_what_was_what_is_and_what_is_new_or_gone() -> None:
    after = whole(zone="Europe/Berlin", claims=("damaged", "other"), evidence=EvidenceRules(("jpg", "png")))
    assert {change.key: change[2:] for change in changes_of(after, whole())} == {
        "zone": ("UTC", "Europe/Berlin"),
        "claims.late": ("known, without a code", None),
        "claims.other": (None, "known, without a code"),
        "evidence.max_bytes": ("10", None),
    }


def test_a_summary_counts_values_and_tells_the_oldest_day() -> None:
    summary = summary_of(whole(), shipped=True)
    # zone, hosts, reopening, cancel_steps, two claims, two of evidence, a window
    assert (summary.values, summary.second_hand, summary.seen) == (9, 5, "2026-10-01")
    assert summary.window("seller_answers") == "5 days from opening"
    assert summary.window("open") is None


@pytest.mark.parametrize(
    ("file", "shipped", "origin"),
    [(None, True, "shipped"), ("x.toml", True, "changed"), ("x.toml", False, "own")],
)
def test_where_a_policy_comes_from(file: str | None, shipped: bool, origin: str) -> None:
    assert summary_of(whole(file=file), shipped=shipped).origin == origin

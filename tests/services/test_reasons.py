"""A reason as typed: a code, own words, or a slip that is not taken for own words."""

import pytest

from dispcli.core.reasons import CANCEL_REASONS, CLAIM_REASONS, read_reason


@pytest.mark.parametrize("code", [code for code in CANCEL_REASONS if code != "other"])
def test_every_code_is_itself(code: str) -> None:
    assert read_reason(code) == (code, None)
    assert read_reason(f"  {code} ") == (code, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("recieved-ok", "received-ok"),
        ("received_ok", "received-ok"),
        ("Received OK", "received-ok"),
        ("agrement", "agreement"),
        ("AGREEMENT", "agreement"),
        ("seller-ask", "seller-asked"),
        ("replacement-recieved", "replacement-received"),
        ("keep item", "keep-item"),
    ],
)
def test_a_slip_is_told_and_not_kept_as_text(typed: str, meant: str) -> None:
    with pytest.raises(ValueError, match=f"Did you mean '{meant}'"):
        read_reason(typed)


@pytest.mark.parametrize("code", [code for code in CLAIM_REASONS if code not in CANCEL_REASONS])
def test_what_a_dispute_is_about_is_no_reason_to_cancel_it(code: str) -> None:
    with pytest.raises(ValueError, match=f"'{code}' is what a dispute is about, not why one is cancelled"):
        read_reason(code)


@pytest.mark.parametrize(
    "text", ["my neighbour had it", "Ich habe es gefunden", "they sent it twice, one is enough"]
)
def test_own_words_are_other(text: str) -> None:
    assert read_reason(text) == ("other", text)


@pytest.mark.parametrize("text", ["", "   ", "other", " other "])
def test_other_needs_words(text: str) -> None:
    with pytest.raises(ValueError, match="needs a text"):
        read_reason(text)

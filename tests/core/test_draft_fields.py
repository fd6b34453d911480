"""What a field of a draft tells: each known and not known, days on a clock, words that can be compared."""

from datetime import UTC, datetime
from typing import Any

import pytest

from dispcli.core.deadlines import Deadline
from dispcli.core.disputes import Case
from dispcli.core.draft_facts import KnownFacts
from dispcli.core.draft_order_fields import ORDER_FIELDS
from dispcli.core.draft_vocabulary import FIELDS, LISTS, VOCABULARY
from dispcli.core.drafts import Disputed, Purchase
from dispcli.core.facts import Claim, Message, Offer, Settlement
from dispcli.core.states import Action, Party
from tests.core.builders import NOW, case, move, note, order, policy, request, settled, usd
from tests.services.drafts.cases import AT_A_RISK, BARE, CASES, FULL, NOTHING

DUE = Deadline(Party.SELLER, "2026-11-25", "entered", "seller-answers")
ALWAYS = {
    "today",
    "clock",
    "order",
    "marketplace",
    "dispute",
    "state",
    "status",
    "placed",
    "opened",
    "remedy",
    "solution",
}


def facts(about: Case, **known: Any) -> KnownFacts:
    """`known` replaces the page, the moment, the zone, the deadlines, the reason of a cancel, the claim or
    the ZIP.
    """
    purchase = Purchase(
        about.order,
        about.line,
        policy(zone=known.get("zone", "UTC")),
        known.get("page"),
        known.get("now", NOW),
        known.get("claim", about.dispute.claim.reason),
    )
    more = (known.get("deadlines", ()), known.get("cancel_reason"), known.get("packed"))
    return KnownFacts(purchase, Disputed(purchase, about, *more))


def value(about: Case, name: str, **known: Any) -> str | None:
    found = facts(about, **known).value(name)
    return found.text if found else None


def word(about: Case, name: str, **known: Any) -> str | None:
    found = facts(about, **known).value(name)
    return found.word if found else None


EVERYTHING = (
    facts(
        FULL._replace(dispute=FULL.dispute._replace(line_id=1)), page="https://x.example", deadlines=(DUE,)
    ),
    facts(CASES["cancelled"], cancel_reason="agreement"),
    facts(CASES["settled, not closed"]),
    facts(CASES["silent"], deadlines=(DUE._replace(at="2026-11-18"),)),
    facts(CASES["expired"], deadlines=(Deadline(Party.BUYER, "2026-11-19", "entered", "seller-answers"),)),
)
NEXT_TO_NOTHING = facts(BARE._replace(dispute=BARE.dispute._replace(platform_id=None)))


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_can_be_known_and_not_known(name: str) -> None:
    assert any(known.value(name) for known in EVERYTHING)
    assert (NEXT_TO_NOTHING.value(name) is not None) is (name in ALWAYS)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_can_have_rows_and_every_field_of_theirs_a_value(name: str) -> None:
    for field in LISTS[name].fields:
        rows = [
            row
            for about in CASES.values()
            for packed in ({}, {3: "evidence/003-arm.jpg"})
            for row in facts(about, deadlines=(DUE,), packed=packed).rows(name)
        ]
        assert any(row.value(field) for row in rows), field
    if name != "timeline":
        assert NEXT_TO_NOTHING.rows(name) == []


@pytest.mark.parametrize("name", FIELDS)
def test_without_a_dispute_an_order_s_own_fields_are_known(name: str) -> None:
    whole = EVERYTHING[0]
    alone = KnownFacts(whole.purchase).value(name)
    assert alone == (whole.value(name) if name in ORDER_FIELDS else None)


def test_without_a_dispute_only_the_order_s_lines_are_a_list() -> None:
    alone = KnownFacts(EVERYTHING[0].purchase)
    assert {name: len(alone.rows(name)) for name in LISTS if alone.rows(name)} == {"lines": 2}


def test_no_field_has_the_name_of_a_list() -> None:
    assert set(FIELDS) & set(LISTS) == set()


@pytest.mark.parametrize("about", CASES)
def test_a_word_is_one_of_those_it_can_be_compared_with(about: str) -> None:
    known = facts(CASES[about], deadlines=(DUE,), cancel_reason="seller-asked")
    for name, words in VOCABULARY.fields.items():
        found = known.value(name)
        assert not words or found is None or found.word in words or found.word.isdigit(), name
    for name, fields in VOCABULARY.lists.items():
        for row in known.rows(name):
            for field, words in fields.items():
                found = row.value(field)
                assert not words or found is None or found.word in words or found.word.isdigit(), (
                    name,
                    field,
                )


def test_a_row_knows_what_the_whole_knows() -> None:
    (row, *_) = facts(FULL).rows("messages")
    assert [row.value(name).text for name in ("order", "text")] == [  # type: ignore[union-attr]
        FULL.order.number,
        "The arm is broken, see the photo.",
    ]


EAST, WEST = "Asia/Tokyo", "Pacific/Honolulu"


@pytest.mark.parametrize(
    ("zone", "delivered", "ends"),
    [
        ("UTC", "2026-10-23", "2026-11-25"),
        (EAST, "2026-10-24", "2026-11-26"),
        (WEST, "2026-10-23", "2026-11-25"),
    ],
)
def test_an_instant_is_told_as_the_day_it_is_on_the_marketplaces_clock(
    zone: str, delivered: str, ends: str
) -> None:
    at = "2026-11-25T23:59:59Z"
    about = FULL._replace(order=FULL.order._replace(protection_ends=at))
    due = (DUE._replace(at=at),)
    assert value(about, "clock", zone=zone) == zone
    assert value(about, "delivered", zone=zone) == delivered
    assert value(about, "protection_ends", zone=zone) == ends
    assert value(about, "due", zone=zone, deadlines=due) == ends
    (row,) = facts(about, zone=zone, deadlines=due).rows("deadlines")
    assert (told := row.value("day")) is not None
    assert told.text == ends


def test_a_time_of_day_is_told_where_it_is_known() -> None:
    said = case(note(Message(Party.SELLER, "hello"), happened_at="2026-11-03T01:02:59Z"))
    for happened in ("timeline", "messages"):
        *_, row = facts(said, zone="America/Los_Angeles").rows(happened)
        found = [row.value(name) for name in ("day", "time")]
        assert [told and told.text for told in found] == ["2026-11-02", "17:02"]
    *_, row = facts(case(note(Message(Party.SELLER, "hello"), happened_at="2026-11-03"))).rows("messages")
    assert row.value("time") is None


def test_what_was_given_to_a_customer_and_the_risks_that_were_accepted_are_told() -> None:
    _, first, *_, last = facts(AT_A_RISK).rows("timeline")
    found = [first.value("step"), first.value("details"), last.value("accepted")]
    assert [told and told.text for told in found] == [
        "refund to my customer",
        "USD 5.00 R-9",
        "goods-not-received",
    ]


@pytest.mark.parametrize("zone", ["UTC", EAST, WEST])
def test_a_day_is_the_same_everywhere(zone: str) -> None:
    assert value(FULL, "promised_for", zone=zone) == "2026-10-20"
    assert value(FULL, "due", zone=zone, deadlines=(DUE,)) == "2026-11-25"


@pytest.mark.parametrize(
    ("at", "due", "overdue"),
    [
        ("2026-11-19", None, "2026-11-19"),
        ("2026-11-20", "2026-11-20", None),
        ("2026-11-20T11:59:59Z", None, "2026-11-20"),
        ("2026-11-20T12:00:00Z", "2026-11-20", None),
    ],
)
def test_a_date_is_due_until_it_has_passed(at: str, due: str | None, overdue: str | None) -> None:
    """A bare day to its end."""
    told = {"deadlines": (Deadline(Party.SELLER, at, "estimated", "seller-answers"),)}
    assert (value(FULL, "due", **told), value(FULL, "overdue", **told)) == (due, overdue)
    assert word(FULL, "due_party", **told) == "seller"


@pytest.mark.parametrize(
    ("heard", "due", "since"),
    [
        (None, DUE._replace(at="2026-11-18"), "2026-11-18"),
        ("2026-11-17", DUE._replace(at="2026-11-18"), "2026-11-18"),
        ("2026-11-18", DUE._replace(at="2026-11-18"), None),
        ("2026-11-19", DUE._replace(at="2026-11-18"), None),
        (None, DUE, None),
        (None, DUE._replace(at="2026-11-18", party=Party.BUYER), None),
        (None, DUE._replace(at="2026-11-18", code="refund-arrives"), None),
    ],
)
def test_a_seller_who_has_been_heard_from_since_is_not_silent(
    heard: str | None, due: Deadline, since: str | None
) -> None:
    told = case(note(Message(Party.SELLER, "wait"), happened_at=heard)) if heard else case()
    assert value(told, "silent_since", deadlines=(due,)) == since


def test_today_is_the_day_it_is_there() -> None:
    late = datetime(2026, 11, 20, 23, tzinfo=UTC)
    days = [value(FULL, "today", now=late, zone=zone) for zone in ("UTC", EAST)]
    assert days == ["2026-11-20", "2026-11-21"]


def test_when_something_happened_counts_before_when_it_was_recorded() -> None:
    told = case(note(Message(Party.SELLER, "x"), happened_at="2026-11-01"))
    assert [value(told, name) for name in ("first_answer", "last_answer", "answer_days")] == [
        "2026-11-01",
        "2026-11-01",
        "0",
    ]


@pytest.mark.parametrize(
    ("ends", "word_"),
    [(None, None), ("2026-11-19", "ended"), ("2026-11-20", "running"), ("2027-01-31", "running")],
)
def test_protection_runs_to_the_end_of_its_day(ends: str | None, word_: str | None) -> None:
    assert word(case(order=order(protection_ends=ends)), "protection") == word_


@pytest.mark.parametrize(
    ("delivered", "days"), [("2026-10-19", None), ("2026-10-20", None), ("2026-10-22", "2")]
)
def test_late_is_after_the_promised_day(delivered: str, days: str | None) -> None:
    assert value(case(order=order(promised="2026-10-20", delivered=delivered)), "days_late") == days


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (Claim("late", "refund"), "arrived too late"),
        (Claim("other", "refund"), None),
        (Claim("other", "refund", reason_raw="smells\n of  fish"), "smells of fish"),
        (Claim("other", "refund", reason_raw="3010208 USB port smells"), "USB port smells"),
        (Claim("other", "refund", reason_raw="气味难闻"), "气味难闻"),
        (Claim("other", "refund", reason_raw="3010208"), None),
        (Claim("other", "refund", reason_raw="PROBLEM_WITH_REMITTANCE"), None),
        (Claim("other", "refund", reason_raw="problem_with_remittance"), None),
    ],
)
def test_a_claim_that_is_none_of_ours_is_told_in_its_own_words(claim: Claim, text: str | None) -> None:
    assert value(case(claim=claim), "claim") == text


@pytest.mark.parametrize(
    ("reason", "delivered", "told"),
    [
        (None, None, "no"),
        (None, "2026-10-20", "yes"),
        ("not-received", None, "no"),
        ("not-received", "2026-10-20", None),
        ("no-tracking", None, "no"),
        ("damaged", None, "yes"),
        ("late", None, "yes"),
        ("damaged", "2026-10-20", "yes"),
        ("other", None, None),
        ("other", "2026-10-20", "yes"),
    ],
)
def test_goods_have_arrived_by_what_is_known(
    reason: str | None, delivered: str | None, told: str | None
) -> None:
    about = case(order=order(delivered=delivered))
    assert value(about, "arrived", claim=reason) == told


def test_another_claim_can_be_told_by_its_note() -> None:
    told = case(claim=Claim("other", "refund"))
    noted = told._replace(history=(told.history[0]._replace(note="it smells"),))
    assert (value(noted, "claim"), word(noted, "claim")) == ("it smells", "other")


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ((settled("promised", 10_00),), {"promised": "USD 10.00", "missing": "USD 10.00"}),
        (
            (settled("promised", 10_00), settled("promised", 8_00)),
            {"promised": "USD 8.00", "missing": "USD 8.00"},
        ),
        ((settled("issued", 5_00), settled("issued", 3_00)), {"issued": "USD 8.00", "missing": "USD 8.00"}),
        (
            (settled("promised", 10_00), settled("received", 10_00)),
            {"received": "USD 10.00", "missing": None},
        ),
        (
            (settled("received", 1_00), settled("received", 200, currency="JPY")),
            {"received": "JPY 200, USD 1.00", "missing": None, "received_on": "2026-11-03"},
        ),
        ((settled("promised"),), {"promised": None, "promised_on": "2026-11-02", "missing": None}),
        (
            (settled("received", 1_00), settled("promised", kind="replacement")),
            {"awaited": "replacement", "received": None},
        ),
    ],
)
def test_amounts_are_exact_and_of_what_is_awaited(
    moves: tuple[Any, ...], told: dict[str, str | None]
) -> None:
    about = case(*moves)
    assert {name: value(about, name) for name in told} == told


@pytest.mark.parametrize(
    ("about", "awaited"),
    [
        ("silent", None),
        ("answered", None),
        ("rejected", None),
        ("expired", None),
        ("closed somehow", None),
        ("agreed", "refund"),
        ("replacement agreed", "replacement"),
        ("promised without an amount", "refund"),
        ("refunded in full", "refund"),
    ],
)
def test_what_is_only_asked_for_is_not_awaited(about: str, awaited: str | None) -> None:
    assert word(CASES[about], "awaited") == awaited


@pytest.mark.parametrize(
    ("moves", "settled_on"),
    [
        ((settled("received", 10_00),), "2026-11-02"),
        ((settled("received", 4_00),), None),
        ((settled("received", 4_00), settled("received", 6_00)), "2026-11-03"),
        ((settled("received", 10_00, currency="EUR"),), None),
        ((settled("promised", 12_00), settled("received", 10_00)), None),
    ],
)
def test_it_is_settled_once_all_that_is_owed_or_promised_is_here(
    moves: tuple[Any, ...], settled_on: str | None
) -> None:
    assert value(case(*moves), "settled") == settled_on


def test_an_agreement_counts_as_long_as_it_stands() -> None:
    offer = move(Action.ANSWER, fact=Offer("refund", usd(4_00)))
    assert value(case(offer), "agreed") is None
    assert value(case(offer, move(Action.ACCEPT)), "agreed") == "2026-11-03"
    assert value(case(offer, move(Action.ACCEPT), move(Action.ESCALATE)), "agreed") is None


def test_a_day_it_ended_is_only_that_of_what_has_ended() -> None:
    assert value(case(request()), "closed") is None
    assert value(case(request(), move(Action.CONFIRM_CANCEL), note()), "closed") == "2026-11-03"


def test_a_marketplace_without_rules_of_its_own_has_no_other_name() -> None:
    assert value(case(), "site") == "AliExpress"
    assert value(case(order=NOTHING), "site") is None


@pytest.mark.parametrize(
    "text",
    ["$order", "[$title]", "a\u202eb", "\x1b[31mred", "$*messages"],
    ids=["field", "part", "bidi", "ESC", "list"],
)
def test_texts_from_outside_are_kept_as_they_are(text: str) -> None:
    about = case(note(Message(Party.SELLER, text)), note(Settlement("refund", "promised", reference=text)))
    (message,) = facts(about).rows("messages")
    (settlement,) = facts(about).rows("settlements")
    assert message.value("text") == (text, text)
    assert settlement.value("reference") == (text, text)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=repr)
def test_every_line_end_there_is_becomes_a_plain_one(end: str) -> None:
    about = case(note(Message(Party.SELLER, f"a{end}b{end}")))
    (message,) = facts(about).rows("messages")
    assert message.value("text") == ("a\nb", "a\nb")

"""Importing disputes that are known: who recorded what, and what the site shows since."""

import json

import pytest

from tests.cli.harness import Cli
from tests.cli.samples import DRILL, LAMP, imported
from tests.formats.aliexpress.test_dispute_list import row as dispute_row
from tests.imports.files import (
    CASE,
    PAYMENT,
    at,
    disputes,
    events,
    issue,
    moves,
    paypal,
    paypal_case,
    refund_list,
    reverse,
    see,
    summary,
)

NEW, MOVED, SAME, CONFLICT = (
    ("1", "0", "0", "0"),
    ("0", "1", "0", "0"),
    ("0", "0", "1", "0"),
    ("0", "0", "0", "1"),
)


def bring(cli: Cli, *rows: dict, name: str = "refunds.json"):
    return cli.ok("import", cli.file(name, refund_list(*rows)))


def state(cli: Cli, dispute: str = "D1") -> str:
    return cli.ok("dispute", "show", dispute).pairs()["state"]


def by_hand(cli: Cli, *more: str) -> Cli:
    """A payment with a dispute that was typed on the 12th."""
    cli.ok("orders", "add", PAYMENT, "--marketplace", "paypal", "--placed", "2026-10-03", "--total", "USD 25")
    cli.ok("dispute", "open", PAYMENT, "--reason", "late", "--at", "2026-11-10", *more)
    return cli


# --- the set rule ---


def test_a_word_of_one_state_moves_the_dispute(cli: Cli) -> None:
    assert summary(see(cli, "OPEN", at(11))) == NEW
    assert summary(see(cli, "WAITING_FOR_BUYER_RESPONSE", at(12))) == MOVED
    assert summary(see(cli, "UNDER_REVIEW", at(13))) == MOVED
    last = events(cli)[-1]
    assert (last["action"], last["from"], last["to"]) == ("observe", "answered", "escalated")
    assert (last["party"], last["happened_at"]) == ("import", at(13))
    assert last["source"].startswith("import paypal.json ")


def test_a_word_of_several_states_is_kept_and_reported(cli: Cli) -> None:
    see(cli, "OPEN", at(11))
    result = see(cli, "RESOLVED", at(12))
    assert summary(result) == MOVED
    assert "D1 stays opened; the site says 'RESOLVED', which may mean several states" in result.stderr
    assert (state(cli), events(cli)[-1]["action"]) == ("opened", "note")
    assert summary(see(cli, "RESOLVED", at(13))) == SAME


def test_a_dispute_first_seen_so_is_in_the_first_of_the_states(cli: Cli) -> None:
    see(cli, "RESOLVED", at(12))
    assert disputes(cli, "state", "outcome") == [("resolved", "unknown")]
    assert events(cli)[-1]["note"] == "state as far as known"


def test_an_outcome_that_becomes_known_is_no_conflict(cli: Cli) -> None:
    see(cli, "RESOLVED", at(12))
    assert summary(see(cli, "RESOLVED", at(13), outcome="RESOLVED_BUYER_FAVOUR")) == SAME
    assert cli.ok("ledger", "conflicts").rows() == []


def test_a_word_nobody_knows_is_kept_and_reported(cli: Cli) -> None:
    result = see(cli, "PONDERING", at(11))
    assert "nobody knows the status 'PONDERING'; it is kept as it is" in result.stderr
    assert result.row()["unknown_words"] == "PONDERING"
    assert (state(cli), events(cli)[-1]["note"]) == ("opened", "state as far as known")
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(12))
    result = see(cli, "MUSING", at(13))
    assert state(cli) == "answered"
    assert "nobody knows the status 'MUSING'" in result.stderr
    assert "several" not in result.stderr


def test_a_word_nobody_knows_denies_nothing_that_is_final(cli: Cli) -> None:
    see(cli, "RESOLVED", at(12), outcome="RESOLVED_BUYER_FAVOUR")
    assert summary(see(cli, "PONDERING", at(13))) == SAME
    assert cli.ok("ledger", "conflicts").rows() == []


# --- how old it is ---


@pytest.mark.parametrize("first", ["OPEN", "WAITING_FOR_BUYER_RESPONSE", "UNDER_REVIEW"])
def test_a_file_that_is_older_than_the_last_one_changes_nothing(cli: Cli, first: str) -> None:
    see(cli, first, at(15))
    before = moves(cli)
    assert summary(see(cli, "WAITING_FOR_BUYER_RESPONSE", at(14))) == SAME
    assert summary(see(cli, "RESOLVED", at(14), outcome="DENIED")) == SAME
    assert moves(cli) == before


@pytest.mark.parametrize(("when", "now"), [((), "agreed"), (("--at", "2026-11-13"), "answered")])
def test_what_was_recorded_by_hand_counts_from_when_it_happened(
    cli: Cli, when: tuple[str, ...], now: str
) -> None:
    see(cli, "OPEN", at(11))
    cli.ok("dispute", "concede", "D1", *when)
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(14))
    assert state(cli) == now


def test_the_same_again_changes_nothing_under_any_name_and_later(cli: Cli) -> None:
    told = {
        "buyer_response_due_date": at(25),
        "offer": {"seller_offered_amount": {"currency_code": "USD", "value": "10.00"}},
        "messages": [{"posted_by": "SELLER", "time_posted": at(12), "content": "take ten"}],
    }
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(13), **told)
    before = cli.kept()
    again = paypal(paypal_case("WAITING_FOR_BUYER_RESPONSE", at(13), **told))
    for result in (
        cli.ok("import", cli.file("other.json", again)),
        cli.ok("import", "-", stdin=again),
        see(cli, "WAITING_FOR_BUYER_RESPONSE", at(14), **told),
    ):
        assert summary(result) == SAME
    assert cli.kept() == before


def test_files_that_say_different_things_at_one_moment_do_not_take_turns(cli: Cli) -> None:
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(13))
    see(cli, "UNDER_REVIEW", at(13))
    before = cli.kept()
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(13))
    see(cli, "UNDER_REVIEW", at(13))
    assert (cli.kept(), state(cli)) == (before, "escalated")


def test_words_of_several_states_do_not_take_turns_either(cli: Cli) -> None:
    imported(cli)
    bring(cli, reverse(2, changed=at(11)))
    bring(cli, reverse(4, changed=at(13)))
    before = cli.kept()
    bring(cli, reverse(2, changed=at(11)))
    bring(cli, reverse(4, changed=at(13)))
    bring(cli, reverse(4, changed=at(14)))
    assert cli.kept() == before


def test_the_date_by_which_to_respond_is_what_counts_now(cli: Cli) -> None:
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(13), buyer_response_due_date=at(25))
    assert at(25) in cli.ok("dispute", "show", "D1").stdout
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(14), buyer_response_due_date=at(27))
    shown = cli.ok("dispute", "show", "D1").stdout
    assert at(27) in shown
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(13), buyer_response_due_date=at(25))
    assert cli.ok("dispute", "show", "D1").stdout == shown


# --- a cancel made here ---


def cancelled(cli: Cli, *yes: str) -> Cli:
    see(cli, "OPEN", at(11))
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", *yes)
    return cli


def unseen(cli: Cli) -> list[str]:
    return cli.ok("dispute", "list", "--unseen", "-o", "ids").stdout.split()


@pytest.mark.parametrize("shown", [at(22, 13), at(22, 9)], ids=["after it was recorded", "before"])
@pytest.mark.parametrize("yes", [(), ("--yes",)], ids=["asked for", "confirmed"])
def test_a_cancel_shown_by_the_site_is_proven(cli: Cli, yes: tuple[str, ...], shown: str) -> None:
    cancelled(cli, *yes)
    assert unseen(cli) == (["D1"] if yes else [])
    result = see(cli, "RESOLVED", shown, outcome="CANCELED_BY_BUYER")
    assert (summary(result), state(cli), unseen(cli), result.stderr) == (MOVED, "cancelled", [], "")
    assert summary(see(cli, "RESOLVED", shown, outcome="CANCELED_BY_BUYER")) == SAME
    assert cli.ok("ledger", "conflicts").rows() == []


def test_an_end_without_a_word_how_proves_nothing_and_says_what_to_do(cli: Cli) -> None:
    cancelled(cli, "--yes")
    result = see(cli, "RESOLVED", at(22, 13))
    assert summary(result) == SAME
    assert "if that was the cancel, 'dispcli dispute done D1'" in result.stderr
    assert unseen(cli) == ["D1"]


def test_cancelled_here_and_open_there_is_a_remark(cli: Cli) -> None:
    cancelled(cli, "--yes")
    result = see(cli, "OPEN", at(22, 13))
    assert (summary(result), cli.ok("ledger", "conflicts").rows()) == (SAME, [])
    assert "D1 is cancelled here, and the site still says 'OPEN': cancel it there" in result.stderr


def test_a_request_counts_as_the_state_it_came_from(cli: Cli) -> None:
    cancelled(cli)
    assert summary(see(cli, "OPEN", at(22, 13))) == SAME
    assert state(cli) == "cancel_requested"
    cli.ok("dispute", "confirm", "D1", "--yes")


def test_what_the_seller_did_meanwhile_withdraws_the_request_and_is_said(cli: Cli) -> None:
    cancelled(cli)
    result = see(cli, "WAITING_FOR_BUYER_RESPONSE", at(22, 13))
    assert state(cli) == "answered"
    assert "D1 is answered on the site ('WAITING_FOR_BUYER_RESPONSE')" in result.stderr
    assert "withdraws the request to cancel" in result.stderr
    assert cli.run("dispute", "confirm", "D1", "--yes").code == 4


# --- what is final ---


def contradicted(cli: Cli) -> Cli:
    see(cli, "RESOLVED", at(12), outcome="RESOLVED_SELLER_FAVOUR")
    assert summary(see(cli, "UNDER_REVIEW", at(15))) == CONFLICT
    return cli


def test_a_conflict_is_told_once_and_moves_nothing(cli: Cli) -> None:
    contradicted(cli)
    assert disputes(cli, "state", "outcome") == [("resolved", "rejected")]
    assert summary(see(cli, "UNDER_REVIEW", at(15))) == SAME
    assert summary(see(cli, "UNDER_REVIEW", at(16))) == SAME
    assert summary(see(cli, "OPEN", at(14))) == SAME
    (found,) = cli.ok("ledger", "conflicts").rows()
    assert (found["dispute"], found["here"], found["site"]) == ("D1", "rejected", "UNDER_REVIEW")


def test_upholding_settles_it_until_the_site_says_something_else(cli: Cli) -> None:
    contradicted(cli)
    cli.ok("dispute", "uphold", "D1", "--note", "the letter says so")
    assert cli.ok("ledger", "conflicts").rows() == []
    assert summary(see(cli, "UNDER_REVIEW", at(16))) == SAME
    assert summary(see(cli, "WAITING_FOR_BUYER_RESPONSE", at(22, 13))) == CONFLICT
    assert len(cli.ok("ledger", "conflicts").rows()) == 1


def test_a_new_record_in_its_place_is_moved_by_the_next_import(cli: Cli) -> None:
    contradicted(cli)
    cli.ok("dispute", "open", PAYMENT, "--replaces", "D1")
    assert cli.ok("ledger", "conflicts").rows() == []
    assert summary(see(cli, "UNDER_REVIEW", at(15))) == MOVED
    assert disputes(cli, "state", "platform_id") == [("resolved", ""), ("escalated", CASE)]
    before = cli.kept()
    assert summary(see(cli, "UNDER_REVIEW", at(15))) == SAME
    assert cli.kept() == before


def test_only_what_is_contradicted_can_be_upheld(cli: Cli) -> None:
    see(cli, "RESOLVED", at(12), outcome="RESOLVED_SELLER_FAVOUR")
    result = cli.run("dispute", "uphold", "D1")
    assert (result.code, "nothing contradicts D1" in result.stderr) == (4, True)


# --- which dispute it is ---


def test_a_dispute_typed_by_hand_is_recognised_and_learns_its_id(cli: Cli) -> None:
    by_hand(cli)
    assert summary(see(cli, "WAITING_FOR_BUYER_RESPONSE", at(12))) == MOVED
    assert disputes(cli, "platform_id", "state") == [(CASE, "answered")]
    assert summary(see(cli, "WAITING_FOR_BUYER_RESPONSE", at(12))) == SAME


def test_one_typed_late_and_without_a_day_is_recognised(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late")
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes")
    bring(cli, reverse(2, opened=at(1)))
    assert disputes(cli, "platform_id", "state") == [("6230000000100001", "cancelled")]


def test_of_several_it_is_the_last_one(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late")
    cli.ok("dispute", "cancel", "D1", "--reason", "opened-by-mistake", "--yes")
    first = reverse(4, opened=at(1), changed=at(3), reverseOrderLineId="6230000000100001")
    second = reverse(2, opened=at(8), reverseOrderLineId="6230000000100002")
    bring(cli, second, first)
    assert sorted(disputes(cli, "platform_id", "state")) == [
        ("6230000000100001", "resolved"),
        ("6230000000100002", "cancelled"),
    ]


def test_another_one_of_the_same_line_is_another_one(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late", "--at", "2026-11-01")
    cli.ok("dispute", "lapse", "D1", "--yes", "--at", "2026-11-05")
    assert summary(bring(cli, reverse(2, opened=at(9)))) == NEW
    assert disputes(cli, "platform_id", "state") == [("", "resolved"), ("6230000000100001", "opened")]


def test_several_of_a_line_in_sequence_come_in_together(cli: Cli) -> None:
    rows = [
        reverse(2, opened=at(15), reverseOrderLineId="6230000000100003"),
        reverse(4, opened=at(1), changed=at(4), reverseOrderLineId="6230000000100001"),
        reverse(4, opened=at(7), changed=at(9), reverseOrderLineId="6230000000100002"),
    ]
    assert summary(bring(imported(cli), *rows)) == ("3", "0", "0", "0")
    assert disputes(cli, "platform_id", "state") == [
        ("6230000000100001", "resolved"),
        ("6230000000100002", "resolved"),
        ("6230000000100003", "opened"),
    ]
    assert len(cli.ok("orders", "show", LAMP, "--json").json()["order"]["lines"]) == 1
    assert summary(bring(cli, *rows)) == ("0", "0", "3", "0")


def test_two_open_ones_of_a_line_are_not_believed(cli: Cli) -> None:
    rows = [reverse(2, opened=at(day), reverseOrderLineId=f"623000000010000{day}") for day in (1, 9)]
    result = bring(imported(cli), *rows)
    assert summary(result) == ("1", "0", "0", "1")
    assert "dispute 6230000000100009 is left out: D1 is open about the same goods" in result.stderr


def test_the_whole_order_and_one_of_its_lines_exclude_each_other(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", DRILL, "--whole-order", "--reason", "late")
    result = bring(cli, reverse(2, number=DRILL))
    assert (summary(result), "D1 is open about the same goods" in result.stderr) == (CONFLICT, True)


def test_an_order_of_one_line_is_that_line(cli: Cli) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--whole-order", "--reason", "late")
    assert summary(bring(cli, reverse(2))) == MOVED
    assert disputes(cli, "platform_id") == [("6230000000100001",)]


@pytest.mark.parametrize("known", ["6230000000100001", "6230000000000001"], ids=["its id", "another id"])
def test_it_is_known_by_any_of_its_ids(cli: Cli, known: str) -> None:
    imported(cli).ok("dispute", "open", LAMP, "--reason", "late", "--platform-id", known)
    bring(cli, reverse(2))
    assert disputes(cli, "platform_id") == [(known,)]


def test_an_id_of_several_disputes_does_not_mix_them(cli: Cli) -> None:
    """One reverse order holds a dispute of each line."""
    imported(cli).ok(
        "dispute", "open", DRILL, "--line", "1", "--reason", "late", "--platform-id", "6230000000000001"
    )
    other = {"itemId": "100599999", "itemTitle": "Drill bits, 24 pieces", "itemCount": 2}
    row = reverse(
        2, number=DRILL, reverseOrderLineId="6230000000100002", tradeOrderLineId="77", aeItemDTO=other
    )
    assert summary(bring(cli, row)) == NEW
    assert disputes(cli, "platform_id", "line") == [("6230000000000001", "1"), ("6230000000100002", "2")]


def test_an_issue_is_the_dispute_of_the_lists(cli: Cli) -> None:
    """The list has the id the solutions name; the issue's own is another, and known as well."""
    solution = {"issue_id": 6230000000100001, "refund_money": "25.00", "refund_money_currency": "USD"}
    solutions = {"solution_api_dto": [{**solution, "gmt_create": "2026-11-10 02:00:00"}]}
    bring(imported(cli), reverse(2))
    cli.ok("import", cli.file("issue.json", issue(issue_reason_id=115, buyer_solution_list=solutions)))
    assert disputes(cli, "platform_id", "amount") == [("6230000000100001", "25.00")]
    assert len(disputes(cli, "platform_id")) == 1


def test_an_issue_that_names_another_id_later_is_the_same_one(cli: Cli) -> None:
    cli.ok("import", cli.file("issue.json", issue()))
    solutions = {"solution_api_dto": [{"issue_id": 6230000000100001, "gmt_create": "2026-11-11 02:00:00"}]}
    result = cli.ok("import", cli.file("later.json", issue(buyer_solution_list=solutions)))
    assert result.row()["disputes_new"] == "0"


def test_a_payment_dispute_known_under_its_own_id_is_found_under_its_transaction(cli: Cli) -> None:
    see(cli, "OPEN", at(11), payment=None)
    result = see(cli, "UNDER_REVIEW", at(12))
    assert disputes(cli, "order", "state") == [(CASE, "escalated")]
    assert f"dispcli orders link paypal:{CASE} paypal:{PAYMENT}" in result.stderr
    cli.ok("orders", "link", f"paypal:{CASE}", f"paypal:{PAYMENT}")
    assert see(cli, "UNDER_REVIEW", at(12)).stderr == ""


# --- what an issue tells of the past ---

PAST = (
    ("initiate", "2026-11-10 02:00:00", "buyer", "it is broken"),
    ("seller_create_solution", "2026-11-11 02:00:00", "seller", None),
    ("buyer_initiate_arbitration", "2026-11-12 02:00:00", "buyer", None),
)


def test_the_past_becomes_moves_and_messages(cli: Cli) -> None:
    cli.ok("import", cli.file("issue.json", issue(history=PAST)))
    assert moves(cli)[:4] == [
        ("open", "opened"),
        ("note", "opened"),
        ("answer", "answered"),
        ("escalate", "escalated"),
    ]
    before = cli.kept()
    cli.ok("import", cli.file("again.json", issue(history=PAST)))
    assert cli.kept() == before


def test_a_past_that_goes_on_is_taken_up_where_it_was(cli: Cli) -> None:
    cli.ok("import", cli.file("issue.json", issue(history=PAST[:2])))
    cli.ok("import", cli.file("issue.json", issue(history=PAST)))
    assert state(cli) == "escalated"
    assert [action for action, _ in moves(cli)].count("answer") == 1


def test_what_happened_before_the_record_moved_on_is_a_note(cli: Cli) -> None:
    cli.ok("import", cli.file("issue.json", issue(history=PAST[:1])))
    cli.ok("dispute", "concede", "D1")
    cli.ok("import", cli.file("issue.json", issue(history=PAST)))
    assert state(cli) == "agreed"
    assert [event["note"] for event in events(cli)[-2:]] == ["answer", "escalate"]


def test_a_claim_revised_where_it_can_not_be_is_told_in_words(cli: Cli) -> None:
    late = ("buyer_modify_solution", "2026-11-13 02:00:00", "buyer", None)
    cli.ok("import", cli.file("issue.json", issue(history=(*PAST, late))))
    assert events(cli)[-2]["note"] == "revise: other, asks for refund"
    before = cli.kept()
    cli.ok("import", cli.file("issue.json", issue(history=(*PAST, late))))
    assert cli.kept() == before


def test_an_offer_made_long_ago_is_not_the_newest(cli: Cli) -> None:
    def offered(*offers: tuple[str, int]) -> dict:
        history = [
            {
                "actor": "SELLER",
                "event_type": "PROPOSED",
                "offer_time": at(day),
                "offer_type": "REFUND",
                "offer_amount": {"currency_code": "USD", "value": amount},
            }
            for amount, day in offers
        ]
        return {"offer": {"history": history}}

    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(14), **offered(("20.00", 14)))
    see(cli, "WAITING_FOR_BUYER_RESPONSE", at(15), **offered(("5.00", 12), ("20.00", 14)))
    result = cli.ok("dispute", "accept", "D1", "--yes")
    assert "20.00" in result.stdout


def test_a_time_that_the_clocks_showed_twice_is_marked_as_estimated(cli: Cli) -> None:
    told = dispute_row(gmtModified="2026-11-01 01:30:00", reverseStatus="已结束")
    name = cli.file("list.json", json.dumps([{"sellerReverseOrderLines": [told]}]))
    cli.ok("import", name)
    seen = cli.ok("dispute", "history", told["reverseOrderLineId"]).rows()[-1]
    assert seen["happened_at"] == "2026-11-01T09:30:00Z", "the later of the two"
    assert (
        seen["note"] == "state as far as known; time estimated: the clocks were put back, and showed it twice"
    )
    assert cli.ok("import", name).row()["disputes_same"] == "1"

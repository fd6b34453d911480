"""An issue as the Open Platform tells it: its claim, its status, its history."""

from typing import Any

import pytest

from dispcli.core.facts import Claim, Message, Offer
from dispcli.core.machine import Intent
from dispcli.core.money import Money
from dispcli.core.new_orders import NewLine, NewOrder
from dispcli.core.orders import OrderStatus
from dispcli.core.states import Action, Outcome, Party, State
from dispcli.core.told import Sight, ToldDispute
from dispcli.core.words import Standing
from tests.formats.aliexpress.answers import Read, refused

PROGRESS = ("opened", "answered", "escalated", "agreed", "returning", "settling")


def solution(day: str, money: str, **changes: Any) -> dict[str, Any]:
    told = {
        "gmt_create": day,
        "gmt_modified": day,
        "id": 6010000000000001,
        "issue_id": 6340000000000002,
        "order_id": 8190000000010001,
        "refund_money": money,
        "refund_money_currency": "BRL",
        "refund_money_post": "66.65",
        "refund_money_post_currency": "USD",
        "solution_type": "refund",
        "status": "wait_seller_accept",
    }
    return {**told, **changes}


def step(word: str, time: str, who: str = "buyer", content: str | None = None) -> dict[str, Any]:
    told = {
        "action_type": word,
        "gmt_create": time,
        "submit_member_type": who,
        "receive_goods": False,
        "attachments": {},
    }
    return {**told, "content": content} if content else told


def issue(*steps: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An answer; the steps are given oldest first, as they happened, and told newest first."""
    told = {
        "id": 6340000000000001,
        "order_id": 8190000000010001,
        "parent_order_id": 8190000000000001,
        "issue_status": "processing",
        "issue_reason_id": 115,
        "gmt_create": "2026-10-20 04:23:19",
        "product_id": "1005000000000001",
        "product_name": "Desk lamp",
        "product_price": "66.65",
        "product_price_currency": "USD",
        "refund_money_max_local": "0.00",
        "refund_money_max_local_currency": "BRL",
        "buyer_solution_list": {"solution_api_dto": [solution("2026-10-20 04:23:22", "407.47")]},
        "process_dto_list": {"api_issue_process_dto": list(reversed(steps))},
    }
    result = {key: value for key, value in {**told, **changes}.items() if value is not None}
    return {"aliexpress_issue_detail_get_response": {"result_object": result, "request_id": "x"}}


def history(*steps: dict[str, Any], **changes: Any) -> tuple[Intent, ...]:
    (dispute,) = Read(issue(*steps, **changes)).disputes
    return dispute.history


def states(answer: dict[str, Any]) -> tuple[str, ...]:
    (dispute,) = Read(answer).disputes
    return tuple(
        f"{one.state}:{one.outcome}" if one.outcome else one.state for one in dispute.sight.standings
    )


def test_an_issue_that_was_judged() -> None:
    line = NewLine("Desk lamp", platform_id="8190000000010001", product_id="1005000000000001")
    platform = solution(
        "2026-10-20 04:23:27",
        "407.47",
        id=-2,
        gmt_modified="",
        status=None,
        refund_money_post="",
        refund_money_post_currency="",
    )
    read = Read(
        issue(
            step("initiate", "2026-10-20 04:23:19"),
            step("initiate", "2026-10-20 04:23:22", content="It never came"),
            step("buyer_initiate_arbitration", "2026-10-20 04:23:27"),
            step("platform_force_reach", "2026-10-20 19:23:11", "platform"),
            step("perform_solution", "2026-10-20 19:23:14", "platform"),
            issue_status="finish",
            reverse_detail_status="return_success",
            platform_solution_list={"solution_api_dto": [platform]},
        )
    )
    assert (read.format, read.mistakes) == ("aliexpress-issue", [])
    assert read.told == [
        NewOrder(
            marketplace="aliexpress",
            number="8190000000000001",
            placed="2026-10-20",
            placed_exact=False,
            status=OrderStatus.UNKNOWN,
            status_raw=None,
            seen_at="2026-10-21T02:23:14Z",
            lines=(line,),
        ),
        ToldDispute(
            marketplace="aliexpress",
            order="8190000000000001",
            platform_id="6340000000000002",
            claim=Claim("other", "refund", Money(40747, "BRL"), "115"),
            opened="2026-10-20T11:23:19Z",
            sight=Sight("finish/return_success", (Standing(State.RESOLVED, Outcome.REFUNDED),)),
            seen_at="2026-10-21T02:23:14Z",
            line=line,
            history=(
                Intent(
                    Action.NOTE,
                    Party.BUYER,
                    fact=Message(Party.BUYER, "It never came"),
                    happened_at="2026-10-20T11:23:22Z",
                ),
                Intent(Action.ESCALATE, Party.BUYER, happened_at="2026-10-20T11:23:27Z"),
                Intent(
                    Action.DECIDE,
                    Party.PLATFORM,
                    to=State.AGREED,
                    note="platform_force_reach: refund of BRL 407.47",
                    happened_at="2026-10-21T02:23:11Z",
                ),
                Intent(
                    Action.NOTE,
                    Party.PLATFORM,
                    note="perform_solution",
                    happened_at="2026-10-21T02:23:14Z",
                ),
            ),
            note="also known as 6340000000000001",
            aliases=("6340000000000001",),
        ),
    ]


def test_an_offer_a_counter_claim_and_an_agreement() -> None:
    told = history(
        step("initiate", "2026-10-20 04:23:19"),
        step("seller_create_solution", "2026-10-21 09:00:00", "seller", "Half of it?"),
        step("buyer_refuse", "2026-10-21 10:00:00", content="No"),
        step("buyer_modify_solution", "2026-10-22 09:00:00"),
        step("seller_accept", "2026-10-23 09:00:00", "seller"),
        buyer_solution_list={
            "solution_api_dto": solution(
                "2026-10-20 04:23:22",
                "300.00",
                gmt_modified="2026-10-22 09:00:01",
                solution_type="return_and_refund",
            )
        },
        seller_solution_list=[solution("2026-10-21 09:00:00", "200.00")],
    )
    assert told == (
        Intent(
            Action.ANSWER,
            Party.SELLER,
            fact=Offer("refund", Money(20000, "BRL")),
            happened_at="2026-10-21T16:00:00Z",
        ),
        Intent(
            Action.NOTE,
            Party.SELLER,
            fact=Message(Party.SELLER, "Half of it?"),
            happened_at="2026-10-21T16:00:00Z",
        ),
        Intent(
            Action.NOTE,
            Party.BUYER,
            note="buyer_refuse",
            fact=Message(Party.BUYER, "No"),
            happened_at="2026-10-21T17:00:00Z",
        ),
        Intent(
            Action.REVISE,
            Party.BUYER,
            fact=Claim("other", "return_and_refund", Money(30000, "BRL"), "115"),
            happened_at="2026-10-22T16:00:00Z",
        ),
        Intent(Action.CONCEDE, Party.SELLER, happened_at="2026-10-23T16:00:00Z"),
    )


def test_an_offer_of_no_money_is_a_refusal() -> None:
    refusal = solution("2026-10-21 09:00:00", "0.00")
    (told,) = history(
        step("seller_create_solution", "2026-10-21 09:00:00", "seller"),
        seller_solution_list={"solution_api_dto": [refusal]},
    )
    assert told.fact == Offer(None, None)


def test_an_offer_the_issue_no_longer_tells_is_an_answer_without_one() -> None:
    (told,) = history(step("seller_create_solution", "2026-10-21 09:00:00", "seller"))
    assert (told.action, told.party, told.fact) == (Action.ANSWER, Party.SELLER, None)


@pytest.mark.parametrize(
    ("word", "who", "action", "party"),
    [
        ("buyer_accept", "buyer", Action.ACCEPT, Party.BUYER),
        ("seller_accept", "seller", Action.CONCEDE, Party.SELLER),
        ("buyer_initiate_arbitration", "buyer", Action.ESCALATE, Party.BUYER),
        ("buyer_modify_issue_reason", "buyer", Action.REVISE, Party.BUYER),
        ("buyer_create_solution", "buyer", Action.REVISE, Party.BUYER),
        ("seller_modify_solution", "seller", Action.ANSWER, Party.SELLER),
        ("buyer_delete_solution", "buyer", Action.NOTE, Party.BUYER),
        ("seller_delete_solution", "seller", Action.NOTE, Party.SELLER),
        ("seller_create_proof", "seller", Action.NOTE, Party.SELLER),
        ("buyer_create_proof", "buyer", Action.NOTE, Party.BUYER),
        ("platform_give_solution", "platform", Action.NOTE, Party.PLATFORM),
        ("fpl_authenticate", "system", Action.NOTE, Party.PLATFORM),
        ("cancel", "buyer", Action.NOTE, Party.BUYER),
        ("a_new_word", "seller", Action.NOTE, Party.SELLER),
    ],
)
def test_each_word_of_the_history_is_what_that_party_did(
    word: str, who: str, action: Action, party: Party
) -> None:
    (told,) = history(step(word, "2026-10-21 09:00:00", who))
    assert (told.action, told.party) == (action, party)
    assert told.note == (word if action is Action.NOTE else None)


def test_a_revised_claim_is_always_told_with_its_claim() -> None:
    (told,) = history(step("buyer_modify_issue_reason", "2026-10-25 09:00:00"))
    assert told.fact == Claim("other", "refund", Money(40747, "BRL"), "115")


def test_a_ruling_that_gave_nothing_is_a_rejection() -> None:
    told = history(
        step("buyer_initiate_arbitration", "2026-10-21 09:00:00"),
        step("platform_force_reach", "2026-10-22 09:00:00", "platform"),
        issue_status="finish",
        reverse_detail_status="refund_reject",
    )
    assert (told[1].action, told[1].to, told[1].outcome) == (Action.DECIDE, State.RESOLVED, Outcome.REJECTED)


def test_of_two_entries_of_one_second_the_one_told_first_happened_last() -> None:
    told = history(
        step("seller_create_proof", "2026-10-21 09:00:00", "seller"),
        step("buyer_initiate_arbitration", "2026-10-21 09:00:00"),
    )
    assert [one.action for one in told] == [Action.NOTE, Action.ESCALATE]


@pytest.mark.parametrize(
    ("status", "detail", "expected"),
    [
        ("processing", None, PROGRESS),
        ("processing", "wait_for_AE_feedback", ("escalated",)),
        ("processing", "wait_buyer_and_seller_accept", ("opened", "answered")),
        ("processing", "something_new", PROGRESS),
        ("processing", "return_success", PROGRESS),
        ("finish", None, ("resolved", "cancelled")),
        ("finish", "refund_reject", ("resolved:rejected",)),
        ("finish", "wait_for_seller_confirm", ("resolved", "cancelled")),
        ("canceled_issue", "refund_reject", ("cancelled",)),
        ("something_new", "refund_success", ("resolved:refunded",)),
        ("something_new", None, ()),
    ],
)
def test_the_exact_status_narrows_the_coarse_one_and_never_contradicts_it(
    status: str, detail: str | None, expected: tuple[str, ...]
) -> None:
    answer = issue(step("initiate", "2026-10-20 04:23:19"), issue_status=status, reverse_detail_status=detail)
    assert states(answer) == expected


def test_the_status_of_a_solution_counts_only_where_there_is_no_history() -> None:
    assert states(issue(process_dto_list={})) == ("opened",)
    assert states(issue(step("initiate", "2026-10-20 04:23:19"))) == PROGRESS


def test_without_solutions_the_issue_s_own_id_counts() -> None:
    read = Read(issue(buyer_solution_list={}, platform_solution_list=None))
    (dispute,) = read.disputes
    assert (dispute.platform_id, dispute.note) == ("6340000000000001", None)
    assert dispute.claim == Claim("other", "refund", None, "115")
    assert dispute.seen_at == dispute.opened == "2026-10-20T11:23:19Z"


def test_without_a_parent_it_is_about_the_whole_order() -> None:
    read = Read(issue(parent_order_id=None))
    assert (read.orders[0].number, read.orders[0].lines) == ("8190000000010001", ())
    assert read.disputes[0].line is None


@pytest.mark.parametrize(
    ("changes", "price"),
    [
        ({"product_price_currency": "BRL"}, Money(6665, "BRL")),
        ({"refund_money_max_local_currency": None, "buyer_solution_list": None}, Money(6665, "USD")),
        ({"refund_money_max_local_currency": None}, None),
        ({}, None),
    ],
    ids=["the buyer's", "nothing else told", "the solution's is another", "the refund's is another"],
)
def test_the_price_counts_in_the_buyer_s_currency(changes: dict[str, Any], price: Money | None) -> None:
    (order,) = Read(issue(**changes)).orders
    assert order.lines[0].unit_price == price


def test_an_amount_without_a_local_one_is_the_other() -> None:
    told = solution("2026-10-20 04:23:22", "", refund_money_currency="")
    (dispute,) = Read(issue(buyer_solution_list={"solution_api_dto": told})).disputes
    assert dispute.claim.amount == Money(6665, "USD")


def test_the_newest_of_the_buyer_s_solutions_is_the_claim() -> None:
    newer, older = solution("2026-10-22 04:00:00", "100.00"), solution("2026-10-20 04:23:22", "407.47")
    (dispute,) = Read(issue(buyer_solution_list={"solution_api_dto": [newer, older]})).disputes
    assert dispute.claim.amount == Money(10000, "BRL")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"issue_status": None}, "issue_status is missing"),
        ({"gmt_create": None}, "gmt_create is missing"),
        ({"id": None, "buyer_solution_list": None}, "id is missing"),
        ({"parent_order_id": 8.19e15}, "parent_order_id is not text"),
        ({"product_price": "66,65"}, "product_price '66,65' is not an amount"),
        ({"product_price_currency": ""}, "product_price '66.65' has no currency"),
        ({"process_dto_list": [{"gmt_create": "2026-10-20 04:23:19"}]}, "action_type is missing"),
        ({"process_dto_list": [{"action_type": "cancel"}]}, "cancel has no gmt_create"),
        ({"process_dto_list": ["cancel"]}, "process_dto_list holds something that is not an object"),
        ({"buyer_solution_list": [solution("2026-10-20 04:23:22", "-5")]},
         "refund_money '-5' is not an amount"),
        ({"buyer_solution_list": [solution("2026-10-20 04:23:22", "5.001")]}, "BRL has 2 decimals"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(changes: dict[str, Any], message: str) -> None:
    read = Read(issue(**changes))
    (mistake,) = read.mistakes
    assert mistake.message == message
    assert mistake.key == "aliexpress_issue_detail_get_response.result_object"
    assert read.told == []


def test_several_answers_can_be_one_list_and_a_wrong_one_stops_none() -> None:
    read = Read([issue(issue_status=None), issue()])
    assert [one.item for one in read.mistakes] == [1]
    assert len(read.disputes) == 1


def test_an_answer_without_a_result_says_what_it_holds_instead() -> None:
    empty = {"aliexpress_issue_detail_get_response": {"error_code": "9001", "error_message": "no such issue"}}
    assert "the answer has no result_object: 9001: no such issue" in refused(empty)

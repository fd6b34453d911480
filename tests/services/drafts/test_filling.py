"""Every kind of draft on every kind of case, and the words of the two extremes, kept in `texts/`.

After a wanted change: `GOLDEN_UPDATE=1 pytest tests/services/drafts`, then read the difference yourself.
"""

import os
import re
from pathlib import Path

import pytest

from dispcli.core.disputes import Case
from dispcli.core.draft_vocabulary import VOCABULARY, needs_dispute
from dispcli.core.reasons import CANCEL_REASONS
from dispcli.core.template_reading import parse
from dispcli.core.templates import Template, fill
from dispcli.policies import SHIPPED
from dispcli.services.drafts import shipped
from dispcli.services.drafts.filling import Matter, facts_of, message_to_seller
from dispcli.services.drafts.shipped import KINDS, source_of
from tests.core.builders import NOW
from tests.services.drafts.cases import BARE, CASES, FULL, SAID

KEPT = Path(__file__).parent / "texts"
EXTREMES = ("full", "bare")


def template(kind: str) -> Template:
    return parse(source_of(kind), VOCABULARY)


def filled(template: Template, case: Case) -> str:
    return fill(template, facts_of(Matter(case.order, case.line, case), SHIPPED, NOW))


def text(kind: str, name: str) -> str:
    return filled(template(kind), CASES[name])


def test_every_template_is_a_kind() -> None:
    files = {path.stem for path in Path(shipped.__file__).parent.glob("*.txt")}
    assert files == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_tells_what_it_is_for(kind: str) -> None:
    about = template(kind).about
    assert about is not None
    assert re.fullmatch(r"(To the seller|For customer service|Feedback).*\.", about)


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_as_it_was(kind: str, name: str) -> None:
    path = KEPT / f"{kind}-{name}.txt"
    told = f"{text(kind, name)}\n"
    if os.environ.get("GOLDEN_UPDATE") == "1":
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8"), "if this is wanted: GOLDEN_UPDATE=1, then read it"


def test_no_kept_text_is_left_over() -> None:
    assert {path.name for path in KEPT.iterdir()} == {
        f"{kind}-{name}.txt" for kind in KINDS for name in EXTREMES
    }


NEEDS_NONE = ("extend",)
"""The kinds that can be about an order without a dispute."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_tells_of_a_dispute_needs_one(kind: str) -> None:
    assert needs_dispute(template(kind)) is (kind not in NEEDS_NONE)


def undisputed(kind: str, name: str) -> str:
    """The text about the same order without its dispute."""
    case = CASES[name]
    return fill(template(kind), facts_of(Matter(case.order, case.line, None), SHIPPED, NOW))


@pytest.mark.parametrize("name", ["full", "never came", "answered at once, a day late"])
@pytest.mark.parametrize("kind", NEEDS_NONE)
def test_without_a_dispute_the_text_is_the_same(kind: str, name: str) -> None:
    assert undisputed(kind, name) == text(kind, name)


@pytest.mark.parametrize("name", ["answered", "replacement promised", "another claim", "a claim in code"])
def test_goods_that_are_complained_of_are_not_said_to_be_missing(name: str) -> None:
    assert "has not arrived" in undisputed("extend", name)
    assert "Our matter about order 3069099405659913 (Desk lamp) is not settled yet." in text("extend", name)


def test_a_code_that_only_the_platform_reads_is_told_to_the_platform_alone() -> None:
    assert "order 3069099405659913 (Desk lamp). I ask for" in text("remind", "a claim in code")
    assert "The problem" not in text("feedback", "a claim in code")
    assert "\nProblem: PPD_77\n" in text("summary", "a claim in code")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_known_leaves_no_gap(kind: str, name: str) -> None:
    told = text(kind, name)
    assert told
    for gap in (
        "None",
        "()",
        "[",
        "]",
        "$",
        "|",
        "  \n",
        "\n\n\n",
        " .",
        " ,",
        ",,",
        "..",
        ": \n",
        ":\n\nT",
        " \n",
    ):
        assert gap not in told, gap
    assert not re.search(r"\S  +\S", told)
    assert not re.search(r"(?m)^[^-\n]*: *$(?!\n\n-)", told), "a line that announces nothing"
    assert not told.startswith("\n")
    assert all(line == line.rstrip() for line in told.split("\n"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_names_its_order(kind: str) -> None:
    """All but feedback, which everybody can read."""
    assert (FULL.order.number in text(kind, "full")) is (kind != "feedback")


def test_a_summary_has_every_fact() -> None:
    told = text("summary", "full")
    order = FULL.order
    facts = [order.number, order.tracking, "Bright Lamp Store", "1101", "USD 62.00", "Desk lamp, brass"]
    facts += [
        "Item not working",
        "return and refund, USD 50.00",
        "partial refund, USD 10.00",
        "keep it, please",
    ]
    facts += [
        "R-77",
        "R-78",
        "5f" * 32,
        "183204 bytes",
        "paypal, number PP-1",
        "Due: 2026-11-25, seller (entered)",
    ]
    facts += ["Still missing: USD 30.00", "Arrived: 2026-10-23, 3 days late", "parcel LP999"]
    facts += [line for _, message in FULL.messages for line in message.text.split("\n")]
    assert [fact for fact in facts if str(fact) not in told] == []


def test_words_that_stand_for_the_claim_are_told_once() -> None:
    assert "\nProblem: Smells of fish\n" in text("summary", "another claim")


def test_a_date_that_has_passed_is_not_set_again() -> None:
    told = text("remind", "opened, overdue")
    assert "Your time to answer ended on 2026-11-10. Please answer in the dispute.\n" in told
    assert "\n- You were to do so by 2026-11-10.\n" in text("agreed", "agreed, overdue")


def test_our_own_book_keeping_is_nobody_else_s() -> None:
    told = text("summary", "full").partition("TIMELINE")[2].partition("MESSAGES")[0]
    assert "the record stands" not in told
    assert len(told.strip().split("\n")) == 12


def test_a_seller_s_text_can_not_pass_for_the_summary_s_own() -> None:
    first, *more = SAID.split("\n")
    assert f": {first}\n\n    {more[-1]}\n" in text("summary", "full")


@pytest.mark.parametrize("reason", [*CANCEL_REASONS, None])
def test_the_message_of_a_cancel_says_that_it_is_cancelled(reason: str | None) -> None:
    """Though the case is the one that was decided upon, in which it is not."""
    told = message_to_seller(template("cancelled"), CASES["answered"], reason, SHIPPED, NOW)
    assert told.startswith("Hello, I have cancelled my dispute about order 3069099405659913 (Desk lamp). ")
    assert "\n" not in told


def test_the_reasons_a_cancel_can_have_are_told_as_they_are() -> None:
    told = {message_to_seller(template("cancelled"), BARE, reason, SHIPPED, NOW) for reason in CANCEL_REASONS}
    assert len(told) == 7, "six that say something, and the others"


TEST = re.compile(r"\$\?[a-z_]+(=[a-z0-9_-]+)?")
NEVER = "$?status=frozen"


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_a_template_is_for_some_case(kind: str) -> None:
    """A part that never holds any more is missed by some text."""
    source = source_of(kind)
    usual = [text(kind, name) for name in CASES]
    for match in TEST.finditer(source):
        if match[0].startswith("$?cancel_reason"):
            continue  # told by the reasons above
        without = parse(source[: match.start()] + NEVER + source[match.end() :], VOCABULARY)
        assert [filled(without, case) for case in CASES.values()] != usual, match

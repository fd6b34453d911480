import pytest

from dispcli.core.checks import BLOCKING, CHECKS, Ask, Level, run_checks
from dispcli.core.states import Party
from tests.core.builders import NOW, case, policy, settled, window
from tests.core.check_examples import EIGHT, FIRES, MISSING, SILENT, Example, codes, due, findings

LEVELS = {
    "block": "refund-not-received replacement-not-received goods-not-received pressure-to-cancel",
    "warn": "agreement-undocumented claimed-refund-unrecorded significant-defect seller-silent"
    " recurring-seller deadline-near protection-ended protection-ends-soon other-channel-open escalated",
    "info": "protection-unknown no-reopen",
}
ALWAYS = {"no-reopen"}


@pytest.mark.parametrize("example", FIRES, ids=lambda example: example.code)
def test_it_fires(example):
    assert codes(example).count(example.code) == 1


@pytest.mark.parametrize("example", SILENT, ids=lambda example: example.code)
def test_it_is_silent(example):
    assert example.code not in codes(example)


@pytest.mark.parametrize("code", [check.code for check in CHECKS])
def test_every_check_has_an_example_that_fires_and_one_that_does_not(code):
    assert code in {example.code for example in FIRES}
    assert code in ALWAYS or code in {example.code for example in SILENT}


@pytest.mark.parametrize("example", [*FIRES, *SILENT], ids=lambda example: example.code)
def test_that_cancelling_is_final_is_always_told(example):
    assert set(codes(example)) >= ALWAYS


@pytest.mark.parametrize("level", list(Level))
def test_every_check_has_the_level_of_the_contract(level):
    assert [check.code for check in CHECKS if check.level is level] == LEVELS[level].split()


def test_the_blocking_codes_are_those_of_the_contract():
    assert list(BLOCKING) == LEVELS["block"].split()


def test_the_gravest_findings_come_first():
    found = run_checks(case(claim=MISSING), Ask("seller-asked", policy(), NOW))
    gravity = [list(Level).index(finding.level) for finding in found]
    assert gravity == sorted(gravity)
    assert set(gravity) == {0, 1, 2}


@pytest.mark.parametrize("example", FIRES, ids=lambda example: example.code)
def test_a_finding_says_what_was_found_and_what_to_do(example):
    for finding in findings(example):
        assert len(finding.message.split()) > 3
        assert len(finding.advice.split()) > 2


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (
            Example("claimed-refund-unrecorded", case(claim=EIGHT), "refund-received"),
            "the reason says that a refund was received, and none is recorded",
        ),
        (
            Example(
                "claimed-refund-unrecorded", case(settled("received", 4_00), claim=EIGHT), "refund-received"
            ),
            "the reason says that a refund was received, and of USD 8.00 only USD 4.00 is recorded",
        ),
        (
            Example("deadline-near", due(Party.PLATFORM, "2026-11-22")),
            "the marketplace's time to act ends 2026-11-22 (entered)",
        ),
        (
            Example("deadline-near", due(Party.PLATFORM, "2026-11-01")),
            "the marketplace's time to act ended 2026-11-01 (entered)",
        ),
        (
            Example("deadline-near", due(Party.SELLER, "2026-11-22")),
            "the seller's time to answer ends 2026-11-22 (entered)",
        ),
        (
            Example("deadline-near", due(Party.SELLER, "2026-11-01")),
            "the seller's time to answer ended 2026-11-01 (entered)",
        ),
    ],
)
def test_how_much_and_when_is_told(example, message):
    assert message in [finding.message for finding in findings(example)]


@pytest.mark.parametrize(
    ("windows", "advice"),
    [
        ({"seller_answers": window(5, then="concede")}, "a seller who gives none in time concedes"),
        ({"seller_answers": window(5, then="escalate")}, "without one you can escalate"),
        ({}, "without one you can escalate"),
    ],
)
def test_what_a_silence_leads_to_is_what_the_marketplace_s_rules_say(windows, advice):
    found = run_checks(case(), Ask("seller-asked", policy(windows=windows), NOW))
    (silent,) = [finding for finding in found if finding.code == "seller-silent"]
    assert silent.advice == f"wait for the answer; {advice}"

"""`--since` and `--where`: what is exported, and what is not."""

import pytest

from dispcli.core.recording import Stamp
from tests.cli.harness import Cli
from tests.export.ledgers import LAMP, PAYMENT, SHOES, filled
from tests.ledger.builders import ANSWER, make, writing


@pytest.fixture
def full(cli: Cli) -> Cli:
    filled(cli.ledger)
    return cli


def numbers(cli: Cli, *words: str) -> list[str]:
    return [row["order"] for row in cli.ok("export", *words).rows()]


def test_since_leaves_the_orders_that_were_recorded_then(full: Cli) -> None:
    assert numbers(full, "orders", "--since", "2026-11-21") == [SHOES]
    assert numbers(full, "orders", "--since", "2026-11-20") == [LAMP, LAMP, SHOES, PAYMENT]
    assert numbers(full, "orders", "--since", "2026-11-21T09:00:01Z") == []


def test_since_leaves_the_disputes_and_steps_that_came_then(full: Cli) -> None:
    with writing(full.ledger) as ledger:
        make(ledger, 1, ANSWER, stamp=Stamp("2026-11-22T08:00:00Z", "ada", "test"))
    assert [row["dispute"] for row in full.ok("export", "disputes", "--since", "2026-11-22").rows()] == ["D1"]
    steps = full.ok("export", "history", "--since", "2026-11-22").rows()
    assert [(row["dispute"], row["action"]) for row in steps] == [("D1", "answer")]


def test_a_message_counts_from_when_it_was_recorded(full: Cli) -> None:
    assert len(full.ok("export", "messages", "--since", "2026-11-20").rows()) == 1
    assert full.ok("export", "messages", "--since", "2026-11-21").rows() == []


def test_where_is_the_language_of_lists(full: Cli) -> None:
    assert numbers(full, "orders", "--where", "status:paid") == [SHOES]
    assert numbers(full, "orders", "--where", "title:~brass") == [LAMP, LAMP], "the order with all its lines"
    assert numbers(full, "disputes", "--where", "state:cancelled") == [SHOES]
    assert numbers(full, "orders", "--where", "is:disputed", "--since", "2026-11-21") == [SHOES]


@pytest.mark.parametrize("what", ["orders", "disputes"])
def test_a_wrong_filter_is_refused_before_a_file_is_made(full: Cli, what: str) -> None:
    path = full.home.parent / "out.csv"
    result = full.run("export", what, "--where", "nosuch:1", "-o", str(path))
    assert result.code == 2
    assert "nosuch" in result.stderr
    assert not path.exists()

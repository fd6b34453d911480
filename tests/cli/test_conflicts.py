"""What an import contradicts, and how a person settles it."""

from jsonschema import Draft202012Validator

from tests.cli.harness import Cli
from tests.imports.files import CASE, PAYMENT, at, see


def contradicted(cli: Cli) -> Cli:
    """A dispute that was rejected, and that the site shows as going on."""
    see(cli, "RESOLVED", at(12), outcome="RESOLVED_SELLER_FAVOUR")
    see(cli, "UNDER_REVIEW", at(15))
    return cli


def listed(cli: Cli) -> list[str]:
    return cli.ok("ledger", "conflicts", "-o", "ids").stdout.split()


def test_without_a_ledger_nothing_is_contradicted(cli: Cli) -> None:
    result = cli.ok("ledger", "conflicts")
    assert (result.rows(), "There is no ledger yet" in result.stderr) == ([], True)
    assert not cli.ledger.exists()


def test_it_is_listed_with_both_words_and_where_it_is_known_from(cli: Cli) -> None:
    row = contradicted(cli).ok("ledger", "conflicts").row()
    assert row.pop("source").startswith("import paypal.json ")
    assert row == {
        "dispute": "D1",
        "order": PAYMENT,
        "marketplace": "paypal",
        "here": "rejected",
        "site": "UNDER_REVIEW",
        "seen": at(15),
        "platform_id": CASE,
    }


def test_the_list_keeps_to_its_schema(cli: Cli) -> None:
    schema = contradicted(cli).ok("help", "schema", "conflicts").json()
    Draft202012Validator(schema).validate(cli.ok("ledger", "conflicts", "--json").json())


def test_ids_go_into_the_command_that_settles_them(cli: Cli) -> None:
    ids = contradicted(cli).ok("ledger", "conflicts", "-o", "ids").stdout
    cli.ok("dispute", "uphold", "-", stdin=ids)
    assert listed(cli) == []


def test_upholding_twice_is_upholding_once(cli: Cli) -> None:
    contradicted(cli).ok("dispute", "uphold", "D1")
    before = cli.kept()
    assert cli.ok("dispute", "uphold", "D1").row()["changed"] == "false"
    assert cli.kept() == before


def test_trying_to_uphold_writes_nothing(cli: Cli) -> None:
    before = contradicted(cli).kept()
    assert cli.ok("dispute", "uphold", "D1", "--dry-run").row()["status"] == "planned"
    assert (cli.kept(), listed(cli)) == (before, ["D1"])


def test_a_note_does_not_settle_it(cli: Cli) -> None:
    contradicted(cli).ok("dispute", "message", "D1", "what is going on?")
    assert listed(cli) == ["D1"]


def test_a_new_record_in_its_place_settles_it(cli: Cli) -> None:
    contradicted(cli).ok("dispute", "open", PAYMENT, "--replaces", "D1")
    assert listed(cli) == []
    assert cli.run("ledger", "check").code == 0

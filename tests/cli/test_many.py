"""What a change of many says on stderr: no more than one reads, while the report has all of it."""

import re

from tests.cli.harness import Cli
from tests.cli.samples import csv_of, row

MANY = 8


def many(cli: Cli, count: int) -> list[str]:
    """Answered disputes with one seller, which the checks warn of."""
    numbers = [str(8190000000001000 + index) for index in range(count)]
    cli.ok("import", cli.file("many.csv", csv_of(*(row(number) for number in numbers))))
    cli.ok("dispute", "open", *numbers, "--reason", "not-as-described", "--amount", "25")
    cli.ok("dispute", "answer", "--where", "is:open", "--offer", "10")
    return numbers


CANCEL = ("dispute", "cancel", "--where", "is:open", "--reason", "agreement", "--yes", "--dry-run")


def warnings(stderr: str) -> list[str]:
    return [line for line in stderr.splitlines() if line.startswith("warning: ")]


def test_warnings_of_few_are_told_one_by_one(cli: Cli) -> None:
    many(cli, 5)
    found = warnings(cli.ok(*CANCEL).stderr)
    assert len(found) == 5
    assert all(re.match(r"warning: D[1-5]: .+ \[recurring-seller\]$", line) for line in found)


def test_warnings_of_many_are_told_in_sum(cli: Cli) -> None:
    numbers = many(cli, MANY)
    for words in (CANCEL, CANCEL[:-1]):
        result = cli.ok(*words)
        (told,) = warnings(result.stderr)
        named = re.fullmatch(
            r"warning: 8 disputes: orders (\d+), (\d+), (\d+) and 5 more \[recurring-seller\]", told
        )
        assert named
        assert set(named.groups()) < set(numbers)
        assert "hint: the report has the codes of each" in result.stderr
        rows = result.rows()
        assert [entry["findings"].split(",").count("recurring-seller") for entry in rows] == [1] * MANY


def test_the_report_is_the_same_for_few_and_for_many(cli: Cli) -> None:
    many(cli, MANY)
    everything = cli.ok(*CANCEL, "--json").json()["changes"]
    some = [entry["dispute"] for entry in everything][:2]
    words = ("dispute", "cancel", *some, *CANCEL[4:], "--json")
    assert cli.ok(*words).json()["changes"] == everything[:2]


def test_failures_of_many_are_told_as_far_as_one_reads(cli: Cli) -> None:
    many(cli, 1)
    unknown = [f"D{number}" for number in range(100, 130)]
    result = cli.run("dispute", "escalate", "D1", *unknown, "--keep-going")
    assert result.code == 7
    assert len(warnings(result.stderr)) == 21
    assert result.stderr.endswith("warning: and 10 more; the report has them all\n")
    assert [entry["status"] for entry in result.rows()].count("error") == 30

"""Marketplaces' rules: what is shipped, and what the user's own files make of it."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.harness import Cli, Result
from tests.cli.samples import KETTLE, LAMP, answered, busy, imported, opened

SEVEN_DAYS = "[windows.seller_answers]\ndays = 7\n"
WRONG = """zone = "Moon/Base"
# a comment
[windows.open]
days = 0
by = "me"

[evidence]
formats = [
  ".jpg",
]
colour = 1
"""


def values(cli: Cli, *words: str) -> dict[str, dict[str, object]]:
    shown = cli.ok("policy", "show", *words, "--json").json()["policy"]
    return {entry["value"]: entry for entry in shown["values"]}


def refused(result: Result) -> list[str]:
    """The places and mistakes of a refusal, without the folder they are in."""
    assert result.code == 9
    assert result.stderr.startswith("error: there ")
    assert "dispcli help policies" in result.stderr
    assert "--no-config" in result.stderr
    details = [line for line in result.stderr.splitlines() if line.startswith("  ")]
    return [line[line.rindex("/") + 1 :] for line in details]


# --- what is shipped ---


def test_the_list_tells_every_policy(cli: Cli) -> None:
    rows = {row["marketplace"]: row for row in cli.ok("policy", "list").rows()}
    assert list(rows) == ["aliexpress", "amazon", "ebay", "neutral", "paypal"]
    assert {row["origin"] for row in rows.values()} == {"shipped"}
    assert rows["ebay"]["open"] == "30 days from latest-delivery"
    assert rows["amazon"]["seller_answers"] == "48 hours from opening"
    assert int(rows["aliexpress"]["second_hand"]) < int(rows["aliexpress"]["values"])


@pytest.mark.parametrize("marketplace", ["aliexpress", "amazon", "ebay", "neutral", "paypal"])
def test_a_policy_is_shown_with_the_source_of_every_value(cli: Cli, marketplace: str) -> None:
    found = values(cli, marketplace)
    assert {entry["origin"] for entry in found.values()} == {"shipped"}
    for key, entry in found.items():
        assert entry["source"] or key in ("name", "help_pages")
    shown = cli.ok("policy", "show", marketplace, "--json").json()["policy"]
    assert {f"windows.{window['window']}" for window in shown["windows"]} <= set(found)


def test_codes_and_evidence_are_the_platforms_own(cli: Cli) -> None:
    shown = cli.ok("policy", "show", "paypal", "--json").json()["policy"]
    codes = {entry["reason"]: entry["codes"] for entry in shown["claim_codes"]}
    assert codes["not-received"] == ["MERCHANDISE_OR_SERVICE_NOT_RECEIVED"]
    assert shown["evidence"]["max_bytes"] == 10_000_000
    assert shown["evidence"]["max_files"] is None
    ebay = cli.ok("policy", "show", "ebay", "--json").json()["policy"]
    reasons = {entry["reason"]: entry["codes"] for entry in ebay["cancel_reasons"]}
    assert reasons["received-ok"] == ["ITEM_ARRIVED"]


def test_a_window_of_hours_has_no_days(cli: Cli) -> None:
    shown = cli.ok("policy", "show", "amazon", "--json").json()["policy"]
    (window,) = [entry for entry in shown["windows"] if entry["window"] == "seller_answers"]
    assert (window["days"], window["hours"], window["time"]) == (None, 48, "48 hours")


def test_sources_are_shown_on_request(cli: Cli) -> None:
    short = cli.ok("policy", "show", "ebay", "-o", "table").stdout
    long = cli.ok("policy", "show", "ebay", "-o", "table", "--sources").stdout
    assert long.startswith(short)
    assert "BuyerCloseReturnReasonEnum" in long
    assert "BuyerCloseReturnReasonEnum" not in short


# --- what the user's own files say ---


def test_one_value_of_a_shipped_policy_is_replaced(cli: Cli) -> None:
    before = values(cli)
    path = cli.write_policy("aliexpress", SEVEN_DAYS)
    after = values(cli)
    assert after.pop("windows.seller_answers") == {
        "value": "windows.seller_answers",
        "told": "seller: 7 days from opening, then concede",
        "origin": "own",
        "second_hand": False,
        "seen": None,
        "source": "your own file",
        "url": None,
    }
    del before["windows.seller_answers"]
    assert after == before
    assert cli.ok("policy", "list").rows()[0]["origin"] == "changed"
    assert cli.ok("policy", "list").rows()[0]["file"] == str(path)
    assert "seller_answers" in cli.ok("policy", "show", "-o", "table").stdout


def due(cli: Cli, *words: str) -> datetime:
    """When the seller's time for D1 is over."""
    shown = cli.ok("dispute", "show", "D1", "--json", *words).json()["dispute"]
    return datetime.fromisoformat(shown["deadline"]["at"])


def test_a_deadline_follows_the_own_policy(cli: Cli) -> None:
    opened(cli)
    shipped = due(cli)
    cli.write_policy("aliexpress", SEVEN_DAYS)
    assert due(cli) - shipped == timedelta(days=2)
    assert due(cli, "--no-config") == shipped


LATE = (
    ("orders", "list", "--late"),
    ("orders", "list", "--where", "is:late"),
    ("export", "orders", "--where", "is:late"),
    ("sellers", "list"),
)
AGENDA = (("agenda",), ("export", "agenda"))


@pytest.mark.parametrize("words", [*LATE, *AGENDA], ids=" ".join)
def test_rules_of_a_marketplace_that_nothing_was_bought_on_need_not_be_right(
    cli: Cli, words: tuple[str, ...]
) -> None:
    days = ("--placed", "2026-10-01", "--promised", "2026-10-20")
    cli.ok("orders", "add", "777000777", "--seller", "777 Lamps", "--status", "shipped", *days)
    cli.ok("orders", "set", "777000777", "--protection-ends", "2026-11-25")
    before = cli.ok(*words).stdout
    for name in ("shop", "neutral", "ebay"):
        cli.write_policy(name, "clock = ]")
    assert "777" in before
    assert cli.ok(*words).stdout == before
    assert len(cli.run("policy", "check", "--json").error()["details"]) == 3


@pytest.mark.parametrize("words", LATE[:3], ids=" ".join)
def test_what_is_late_needs_the_rules_of_where_it_was_bought(cli: Cli, words: tuple[str, ...]) -> None:
    cli.ok("orders", "add", "777000777", "--marketplace", "shop", "--status", "shipped")
    path = cli.write_policy("shop", "clock = ]")
    result = cli.run(*words)
    assert (result.code, f"{path}:1" in result.stderr) == (9, True)
    wrong = cli.run("orders", "list", "--where", "is:late state=open")
    assert wrong.code == 2, "what is wrong with the filter itself is told first"


@pytest.mark.parametrize("words", LATE[:2], ids=" ".join)
def test_without_a_ledger_no_rules_are_needed(cli: Cli, words: tuple[str, ...]) -> None:
    cli.write_policy("aliexpress", "clock = ]")
    assert cli.ok(*words).rows() == []


def test_the_agenda_tells_the_mistakes_in_the_rules_of_all_that_it_is_about(cli: Cli) -> None:
    for number, marketplace in (("777000777", "aliexpress"), ("888000888", "shop")):
        cli.ok("orders", "add", number, "--marketplace", marketplace)
    for name in ("aliexpress", "neutral", "ebay"):
        cli.write_policy(name, "seen = 1\n")
    assert refused(cli.run("agenda")) == [
        "aliexpress.toml:1: seen: unknown key",
        "neutral.toml:1: seen: unknown key",
    ]


def test_an_order_is_on_the_agenda_by_a_window_of_the_own_neutral_policy(cli: Cli) -> None:
    cli.ok("orders", "add", "777000777", "--marketplace", "shop", "--placed", "2026-10-26")
    cli.write_policy("neutral", '[windows.open]\ndays = 30\nafter = "payment"\nby = "buyer"\n')
    assert [row["order"] for row in cli.ok("agenda").rows()] == ["777000777"]


def test_reopening_follows_the_own_policy(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    again = ("dispute", "open", LAMP, "--reason", "late")
    assert cli.run(*again).code == 4
    cli.write_policy("aliexpress", "reopening = true\n")
    assert cli.run(*again, "--no-config").code == 4
    assert cli.ok(*again).row()["to"] == "opened"


def test_the_site_and_its_page_are_the_own_policys(cli: Cli) -> None:
    page = 'name = "Ali"\norder_page = "https://m.aliexpress.com/o/{number}"\n'
    cli.write_policy("aliexpress", page)
    answered(cli)
    done = cli.ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    assert f"https://m.aliexpress.com/o/{LAMP}" in done.stderr
    assert "on Ali:" in done.stderr
    assert f"https://m.aliexpress.com/o/{LAMP}" in cli.ok("orders", "show", LAMP, "-o", "table").stdout


def test_a_batch_follows_the_own_policy(cli: Cli) -> None:
    answered(cli).ok("dispute", "cancel", "D1", "--reason", "agreement", "--yes")
    line = json.dumps({"op": "open", "order": LAMP, "reason": "late"})
    assert cli.run("batch", stdin=line).code == 4
    cli.write_policy("aliexpress", "reopening = true\n")
    assert cli.run("batch", stdin=line).code == 0


def test_a_marketplace_of_ones_own_builds_on_the_neutral_policy(cli: Cli) -> None:
    cli.write_policy(
        "etsy", 'name = "Etsy"\nreopening = false\n' + SEVEN_DAYS + 'by = "seller"\nafter = "opening"\n'
    )
    row = {row["marketplace"]: row for row in cli.ok("policy", "list").rows()}["etsy"]
    assert (row["name"], row["origin"], row["reopening"]) == ("Etsy", "own", "false")
    shown = cli.ok("policy", "show", "etsy", "--json").json()["policy"]
    neutral = cli.ok("policy", "show", "neutral", "--json").json()["policy"]
    assert shown["claims"] == neutral["claims"]
    assert [window["days"] for window in shown["windows"]] == [7]


def test_the_neutral_policy_may_be_changed_too(cli: Cli) -> None:
    cli.write_policy("neutral", SEVEN_DAYS + 'by = "seller"\nafter = "opening"\n')
    cli.ok("orders", "add", "T-1", "--marketplace", "temu", "--title", "Lamp")
    cli.ok("dispute", "open", "T-1", "--reason", "late")
    assert due(cli) > datetime(2026, 11, 28, tzinfo=UTC)
    assert cli.ok("dispute", "show", "D1", "--json", "--no-config").json()["dispute"]["deadline"] is None


def test_what_one_says_of_all_others_holds_for_a_marketplace_of_one_s_own(cli: Cli) -> None:
    cli.write_policy(
        "neutral", 'name = "anywhere"\nzone = "Asia/Tokyo"\nreopening = false\n[claims]\nother = ["X"]\n'
    )
    cli.write_policy("etsy", 'name = "Etsy"\nreopening = true\n')
    found = values(cli, "etsy")
    assert [found[key]["told"] for key in ("name", "zone", "reopening")] == ["Etsy", "Asia/Tokyo", "yes"]
    assert [found[key]["origin"] for key in ("zone", "claims.other", "claims.late")] == [
        "own",
        "own",
        "shipped",
    ]
    assert values(cli, "aliexpress")["zone"]["origin"] == "shipped"
    rows = cli.ok("policy", "check").rows()
    assert [row["value"] for row in rows if row["marketplace"] == "etsy"] == ["name", "reopening"]


def test_a_mistake_in_what_a_file_builds_on_is_told_once_and_where_it_is(cli: Cli) -> None:
    cli.write_policy("neutral", "zone = 5\n")
    cli.write_policy("etsy", 'name = "Etsy"\n')
    for words in (("policy", "check"), ("policy", "show", "etsy")):
        assert refused(cli.run(*words)) == ["neutral.toml:1: zone: not a text"]
    assert cli.ok("policy", "show", "paypal")


def test_policies_stand_beside_the_configuration_file_that_is_named(cli: Cli, tmp_path: Path) -> None:
    cli.write_policy("aliexpress", "broken")
    folder = tmp_path / "elsewhere" / "policies"
    folder.mkdir(parents=True)
    (folder / "aliexpress.toml").write_text('zone = "UTC"\n')
    env = {"DISPCLI_CONFIG": str(tmp_path / "elsewhere" / "absent.toml")}
    assert cli.run("policy", "show", env=env).code == 9  # the configuration that is named must be there
    (tmp_path / "elsewhere" / "absent.toml").write_text("")
    assert "zone\tUTC" in cli.ok("policy", "show", env=env).stdout


def test_what_is_no_policy_is_left_alone(cli: Cli) -> None:
    folder = cli.write_policy("aliexpress", SEVEN_DAYS).parent
    for name in ("README.md", "aliexpress.toml~", ".aliexpress.toml", ".toml", "notes"):
        (folder / name).write_text("broken")
    assert len(cli.ok("policy", "list").rows()) == 5


def test_a_dispute_opened_too_late_is_warned_of_and_recorded(cli: Cli) -> None:
    imported(cli).ok("orders", "set", LAMP, "--delivered", "2026-11-01")
    late = cli.ok("dispute", "open", LAMP, "--reason", "late", "--json")
    assert (
        "was over on 2026-11-16 (15 days from delivery, as far as known from buyers' guides)" in late.stderr
    )
    assert late.json()["changes"][0]["findings"] == ["window-over"]
    cli.ok("orders", "set", KETTLE, "--delivered", "2026-11-01")
    cli.write_policy("aliexpress", "[windows.open]\ndays = 30\n")
    assert cli.ok("dispute", "open", KETTLE, "--reason", "late").stderr == ""


# --- mistakes ---


def test_every_mistake_is_told_with_its_line(cli: Cli) -> None:
    cli.write_policy("aliexpress", WRONG)
    expected = [
        "aliexpress.toml:1: zone: no such time zone: 'Moon/Base' (as in Europe/Berlin)",
        "aliexpress.toml:4: windows.open.days: out of range (1 to 3650)",
        "aliexpress.toml:5: windows.open.by: no such value: 'me' (one of: buyer)",
        "aliexpress.toml:8: evidence.formats: '.jpg' is not the ending of a file's name, as in jpg",
        "aliexpress.toml:11: evidence.colour: unknown key",
    ]
    error = cli.run("policy", "check", "--json").error()
    assert [detail[detail.index("aliexpress.toml") :] for detail in error["details"]] == expected


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('zone = "UTC"\nname = "x\n', "aliexpress.toml:2:10: not TOML: Illegal character '\\n'"),
        ('zone = "UTC"\n\nhosts = [\n', "aliexpress.toml:3: not TOML: Invalid value"),
        ("a = 1\na = 2\n", "aliexpress.toml:2:6: not TOML: Cannot overwrite a value"),
        (b'zone = "UTC"\nname = "\xff"\n', "aliexpress.toml:2: not UTF-8 text"),
        (b"\xff\xfez\x00", "aliexpress.toml:1: not UTF-8 text"),
        (b"\xef\xbb\xbfzone = 1\n", "aliexpress.toml:1:1: not TOML: Invalid statement"),
        (b"a = 1 #" + b"x" * 300_000, "aliexpress.toml: larger than 256 KiB; this is not a policy"),
        ("a = " + "[" * 2000 + "]" * 2000, "aliexpress.toml: nested too deeply"),
        ('marketplace = "ebay"\n', "aliexpress.toml:1: marketplace: 'ebay' is not what the file is named"),
        ("windows = 5\n", "aliexpress.toml:1: windows: not a table"),
        ("[windows.tea]\ndays = 1\n", "aliexpress.toml:1: windows.tea: unknown window"),
        ("[windows.answer_offer]\ndays = 1\n", "aliexpress.toml:1: windows.answer_offer.by: missing"),
        ('order_page = "https://evil.example/{number}"', "order_page: its host is none of hosts"),
        ("claims = 5\n", "aliexpress.toml:1: claims: not a table"),
        ("seen = 1\n", "aliexpress.toml:1: seen: unknown key"),
        ('[known_from]\nzone = "nosuch"\n', "aliexpress.toml:2: known_from.zone: no such source: 'nosuch'"),
        (
            '[windows.seller_answers]\ndays = 3\nby = "buyer"\n',
            "aliexpress.toml:3: windows.seller_answers.by: no such value: 'buyer' (one of: seller)",
        ),
        (
            '[windows.refund_arrives]\nby = "buyer"\n',
            "aliexpress.toml:2: windows.refund_arrives.by: no such value: 'buyer' (one of: platform, seller)",
        ),
        ('\nname = "A\\u001b[31mB"\n', "aliexpress.toml:2: name: has a control character"),
        (
            'name = "A\\u202eB"\n',
            "aliexpress.toml:1: name: has a control character, or one that can't be seen",
        ),
    ],
    ids=range(20),
)
def test_a_mistake_is_told_where_it_is(cli: Cli, content: str | bytes, told: str) -> None:
    cli.write_policy("aliexpress", content)
    error = cli.run("policy", "check", "--json").error()
    assert error["exit_code"] == 9
    assert told in error["details"][0]


@pytest.mark.parametrize(
    "words",
    [
        ("policy", "show"),
        ("policy", "list"),
        ("dispute", "show", "D1"),
        ("dispute", "advise", "D1"),
        ("dispute", "cancel", "D1", "--reason", "agreement"),
        ("dispute", "cancel", "D1", "--reason", "agreement", "--yes"),
        ("dispute", "open", "8190000000000003", "--line", "1", "--reason", "late"),
        ("orders", "show", LAMP),
    ],
    ids=" ".join,
)
def test_a_broken_policy_ends_what_needs_it_and_nothing_is_written(cli: Cli, words: tuple[str, ...]) -> None:
    answered(cli)
    cli.write_policy("aliexpress", "reopening = maybe\n")
    before = cli.kept()
    (mistake,) = refused(cli.run(*words))
    assert mistake.startswith("aliexpress.toml:1:13: not TOML")
    assert cli.kept() == before
    assert cli.run(*words, "--no-config").code == 0


def test_a_broken_policy_ends_a_batch_and_nothing_is_written(cli: Cli) -> None:
    answered(cli)
    cli.write_policy("aliexpress", "reopening = maybe\n")
    before = cli.kept()
    lines = (
        '{"op": "escalate", "order": "D1"}\n{"op": "request-cancel", "order": "D1", "reason": "agreement"}\n'
    )
    for more in ((), ("--keep-going",)):
        refused(cli.run("batch", *more, stdin=lines))
        assert cli.kept() == before


@pytest.mark.parametrize(
    "words",
    [
        ("orders", "list"),
        ("dispute", "list"),
        ("dispute", "history", "D1"),
        ("dispute", "escalate", "D1"),
        ("policy", "show", "paypal"),
        ("ledger", "check"),
    ],
    ids=" ".join,
)
def test_a_broken_policy_is_nothing_to_what_does_not_need_it(cli: Cli, words: tuple[str, ...]) -> None:
    answered(cli)
    cli.write_policy("aliexpress", "broken")
    cli.ok(*words)


def test_the_mistakes_of_all_files_are_told_at_once(cli: Cli) -> None:
    cli.write_policy("aliexpress", "seen = 1\n")
    cli.write_policy("paypal", "broken\n")
    cli.write_policy("ebay", SEVEN_DAYS)
    cli.write_policy("Temu", 'name = "x"\n')
    error = cli.run("policy", "check", "--json").error()
    assert [Path(detail.partition(":")[0]).name for detail in error["details"]] == [
        "Temu.toml",
        "aliexpress.toml",
        "paypal.toml",
    ]
    assert error["message"].startswith("there are 3 mistakes")
    assert cli.run("policy", "list", "--json").error()["details"] == error["details"]


def test_a_folder_that_is_none_is_told(cli: Cli) -> None:
    path = cli.write_policy("aliexpress", SEVEN_DAYS)
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("no folder")
    result = cli.run("policy", "show")
    assert result.code == 9
    assert "Not a directory" in result.stderr
    assert cli.run("policy", "show", "--no-config").code == 0


def test_a_pipe_and_a_folder_are_no_policies_and_are_not_waited_for(cli: Cli) -> None:
    folder = cli.write_policy("ebay", SEVEN_DAYS).parent
    os.mkfifo(folder / "aliexpress.toml")
    (folder / "paypal.toml").mkdir()
    (folder / "temu.toml").symlink_to("nowhere")
    error = cli.run("policy", "check", "--json").error()
    assert [detail.rpartition(": ")[2] for detail in error["details"]] == [
        "not a file",
        "not a file",
        "No such file or directory",
    ]


# --- policy check ---


def test_a_check_tells_what_the_files_change(cli: Cli) -> None:
    cli.write_policy("aliexpress", SEVEN_DAYS + "[claims]\nother = ['X']\n")
    cli.write_policy("etsy", 'name = "Etsy"\n')
    rows = cli.ok("policy", "check").rows()
    assert [(row["marketplace"], row["value"], row["shipped"][:17], row["own"][:17]) for row in rows] == [
        ("aliexpress", "windows.seller_answers", "seller: 5 days fr", "seller: 7 days fr"),
        ("aliexpress", "claims.other", "known, without a ", "X"),
        ("etsy", "name", "this marketplace", "Etsy"),
    ]


def test_a_check_takes_files_from_anywhere(cli: Cli) -> None:
    cli.write_policy("aliexpress", "broken")
    file = cli.file("paypal.toml", 'zone = "UTC"\n')
    assert cli.ok("policy", "check", file).row()["own"] == "UTC"
    assert cli.run("policy", "check", file, cli.file("x.txt", "")).code == 9
    assert cli.run("policy", "check", str(cli.home / "absent.toml")).code == 9


def test_a_value_said_again_changes_nothing(cli: Cli) -> None:
    cli.write_policy("aliexpress", 'zone = "America/Los_Angeles"\n')
    assert cli.ok("policy", "check").rows() == []
    assert values(cli)["zone"]["origin"] == "own"


def test_nothing_to_check_is_no_error(cli: Cli) -> None:
    result = cli.ok("policy", "check", "-o", "table")
    folder = cli.config.parent / "policies"
    assert result == (0, "", f"You have no policy files in {folder}; what is shipped holds.\n")
    assert cli.ok("policy", "check", "--no-config").rows() == []


def test_a_check_of_good_files_says_so_to_a_person(cli: Cli) -> None:
    cli.write_policy("aliexpress", 'zone = "America/Los_Angeles"\n')
    shown = cli.ok("policy", "check", "-o", "table")
    assert (shown.stdout, shown.stderr) == ("", "1 policy file checked; no mistakes\n")
    cli.write_policy("etsy", 'name = "Etsy"\n')
    told = cli.ok("policy", "check", "-o", "table")
    assert "Etsy" in told.stdout
    assert told.stderr.endswith("2 policy files checked; no mistakes\n")
    assert cli.ok("policy", "check").stderr == ""


def test_a_check_of_bad_files_begins_with_how_many_mistakes_there_are(cli: Cli) -> None:
    cli.write_policy("aliexpress", "seen = 1\nx = 2\n")
    first, *_ = cli.run("policy", "check", "-o", "table").stderr.splitlines()
    assert first == "error: there are 2 mistakes in your policy files"


def test_a_prompt_is_told_in_a_line_that_policies_have_mistakes(cli: Cli) -> None:
    answered(cli)
    cli.write_policy("aliexpress", "seen = 1\nx = 2\n")
    result = cli.run("agenda", "--count")
    told = "error: policy files have mistakes: dispcli policy check\n"
    assert (result.code, result.stdout, result.stderr) == (9, "", told)
    assert len(cli.run("agenda").stderr.splitlines()) == 4


def test_text_of_an_own_file_is_inert_on_a_terminal(cli: Cli) -> None:
    cli.write_policy("aliexpress", 'name = "A[31mB[/]"\ncancel_steps = ["\\u001b[31mB\\u202e[bold]x"]\n')
    busy(cli)
    for words in (
        ("policy", "show"),
        ("policy", "show", "--sources"),
        ("policy", "list"),
        ("policy", "check"),
    ):
        shown = cli.screen(*words, columns=160)
        assert shown.code == 0
        assert "[31mB[/]" in shown.text or words[1] == "show"
        assert "\x1b[31mB" not in shown.text

"""Where settings come from, and where the ledger is: never from the current directory."""

from pathlib import Path

import pytest

from tests.cli.harness import USER, Cli
from tests.cli.samples import LAMP, SHOPPER, imported, opened


def setting(cli: Cli, name: str, *words: str, **how: object) -> tuple[str, str]:
    found = {row["name"]: row for row in cli.ok("config", "list", "--origin", *words, **how).rows()}
    return found[name]["value"], found[name]["origin"]


def test_flag_beats_environment_beats_config_beats_default(cli: Cli) -> None:
    assert setting(cli, "actor") == (USER, "default")
    cli.write_config('actor = "carl"\n')
    assert setting(cli, "actor") == ("carl", "config")
    env = {"DISPCLI_ACTOR": "eve"}
    assert setting(cli, "actor", env=env) == ("eve", "environment")
    assert setting(cli, "actor", "--actor", "flora", env=env) == ("flora", "flag")


@pytest.mark.parametrize(
    ("name", "config", "environment", "value"),
    [
        ("ledger", '"/tmp/none/c.db"', "/tmp/none/e.db", "/tmp/none/e.db"),
        ("color", '"never"', "always", "always"),
        ("limit", "7", "9", "9"),
        ("no_input", "true", "1", "1"),
    ],
)
def test_every_setting_tells_where_it_comes_from(
    cli: Cli, name: str, config: str, environment: str, value: str
) -> None:
    assert setting(cli, name)[1] == "default"
    cli.write_config(f"{name} = {config}\n")
    assert setting(cli, name)[1] == "config"
    env = {f"DISPCLI_{name.upper()}": environment}
    assert setting(cli, name, env=env) == (value, "environment")


def test_the_actor_is_recorded(cli: Cli) -> None:
    opened(cli).ok("dispute", "escalate", "D1", "--actor", "Grace")
    assert [event["actor"] for event in cli.ok("dispute", "history", "D1").rows()] == [USER, "Grace"]


def test_global_options_stand_before_or_after_the_command(cli: Cli) -> None:
    for words in (
        ("--actor", "flora", "config", "list", "--origin"),
        ("config", "--actor", "flora", "list", "--origin"),
        ("config", "list", "--origin", "--actor", "flora"),
    ):
        assert "actor\tflora\tflag" in cli.ok(*words).stdout


def test_no_input_in_the_config_forbids_questions(cli: Cli) -> None:
    opened(cli).ok("dispute", "answer", "D1", "--offer", "5")
    cli.write_config("no_input = true\n")
    assert cli.run("dispute", "accept", "D1", stdin="y\n", tty=True).code == 6
    assert cli.run("dispute", "accept", "D1", "--no-config", stdin="y\n", tty=True).code == 0


def test_a_limit_in_the_config_holds_on_a_terminal(cli: Cli) -> None:
    imported(cli)
    cli.write_config("limit = 2\n")
    assert len(cli.ok("orders", "list", tty=True).stdout.splitlines()) == 3
    assert len(cli.ok("orders", "list").rows()) == 5
    assert cli.run("orders", "list", tty=True, env={"DISPCLI_LIMIT": "two"}).code == 2


def test_a_bad_config_names_every_mistake(cli: Cli) -> None:
    cli.write_config('actor = 3\nlimit = "many"\nlegder = "x"\nno_input = 1\n')
    result = cli.run("orders", "list")
    assert result.code == 9
    for word in ("actor", "limit", "legder", "no_input", str(cli.config), "--no-config"):
        assert word in result.stderr
    assert cli.run("orders", "list", "--no-config").code == 0


@pytest.mark.parametrize("content", ["actor = \n", "[[[", "\x00", 'actor = "a"\nactor = "b"\n'])
def test_a_config_that_is_no_toml_is_told(cli: Cli, content: str) -> None:
    cli.write_config(content)
    result = cli.run("orders", "list")
    assert result.code == 9
    assert "Traceback" not in result.stderr


def test_a_config_named_but_absent_is_told(cli: Cli) -> None:
    result = cli.run("orders", "list", env={"DISPCLI_CONFIG": str(cli.home / "absent.toml")})
    assert result.code != 0
    assert "absent.toml" in result.stderr


def test_without_a_ledger_a_list_is_empty_and_says_how_to_begin(cli: Cli) -> None:
    for words in (("orders", "list"), ("dispute", "list"), ("sellers", "list"), ("ledger", "check")):
        result = cli.ok(*words)
        assert result.rows() == []
        assert "There is no ledger yet" in result.stderr
        assert "dispcli import FILE" in result.stderr
    assert cli.kept() == {}


@pytest.mark.parametrize(
    "words",
    [
        ("dispute", "show", LAMP),
        ("dispute", "cancel", LAMP, "--reason", "agreement", "--yes"),
        ("dispute", "open", LAMP, "--reason", "late"),
        ("orders", "set", LAMP, "--status", "paid"),
        ("sellers", "show", "Anyone"),
    ],
    ids=" ".join,
)
def test_without_a_ledger_there_is_nothing_by_any_name(cli: Cli, words: tuple[str, ...]) -> None:
    result = cli.run(*words)
    assert result.code == 3
    assert "there is no ledger yet" in result.stderr
    assert cli.kept() == {}


def test_the_default_ledger_is_made_by_the_first_import_for_its_owner_only(cli: Cli) -> None:
    imported(cli)
    assert cli.ledger.stat().st_mode & 0o777 == 0o600
    assert cli.ledger.parent.stat().st_mode & 0o777 == 0o700


def test_the_default_ledger_is_made_by_the_first_order_added(cli: Cli) -> None:
    cli.ok("orders", "add", "777000111", "--title", "Vase")
    assert cli.ledger.stat().st_mode & 0o777 == 0o600


NAMED = ("flag", "environment", "config")


def named(cli: Cli, path: Path, how: str) -> tuple[tuple[str, ...], dict[str, str]]:
    if how == "config":
        cli.write_config(f'ledger = "{path}"\n')
    return (
        ("--ledger", str(path)) if how == "flag" else (),
        {"DISPCLI_LEDGER": str(path)} if how == "environment" else {},
    )


@pytest.mark.parametrize("how", NAMED)
@pytest.mark.parametrize(
    "words",
    [("orders", "list"), ("orders", "add", "777000111"), ("dispute", "list"), ("ledger", "check")],
    ids=" ".join,
)
def test_a_mistyped_path_starts_no_empty_ledger(cli: Cli, how: str, words: tuple[str, ...]) -> None:
    path = cli.home / "mistyped.db"
    option, env = named(cli, path, how)
    result = cli.run(*words, *option, env=env)
    assert result.code == 8
    assert str(path) in result.stderr
    assert "ledger init" in result.stderr
    assert not path.exists()


def test_an_import_into_a_mistyped_path_starts_none_either(cli: Cli) -> None:
    path = cli.home / "mistyped.db"
    assert cli.run("import", "-", "--ledger", str(path), stdin=SHOPPER).code == 8
    assert not path.exists()


@pytest.mark.parametrize("how", NAMED)
def test_a_named_ledger_is_made_by_init(cli: Cli, how: str) -> None:
    path = cli.home / "mine.db"
    option, env = named(cli, path, how)
    assert cli.ok("ledger", "init", *option, env=env).stdout == f"{path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert cli.ok("orders", "list", *option, env=env).rows() == []
    again = cli.run("ledger", "init", *option, env=env)
    assert again.code == 8
    assert "nothing was changed" in again.stderr


def test_init_never_touches_what_is_there(cli: Cli) -> None:
    path = cli.file("notes.txt", "my notes")
    assert cli.run("ledger", "init", "--ledger", path).code == 8
    assert Path(path).read_text() == "my notes"


def test_the_path_is_printed(cli: Cli) -> None:
    result = cli.ok("ledger", "path")
    assert result.stdout == f"{cli.ledger}\n"
    assert "not made yet" in result.stderr
    assert not cli.ledger.exists()


def test_info_counts(cli: Cli) -> None:
    assert cli.ok("ledger", "info").pairs()["exists"] == "false"
    opened(cli)
    info = cli.ok("ledger", "info").pairs()
    assert (info["orders"], info["disputes"], info["events"], info["exists"]) == ("5", "1", "1", "true")
    assert int(info["size"]) == cli.ledger.stat().st_size


def test_check_is_content_with_a_sound_ledger(cli: Cli) -> None:
    opened(cli)
    assert "all is well" in cli.ok("ledger", "check").stderr


def test_two_ledgers_know_nothing_of_each_other(cli: Cli) -> None:
    opened(cli)
    other = str(cli.home / "other.db")
    cli.ok("ledger", "init", "--ledger", other)
    assert cli.ok("dispute", "list", "--ledger", other).rows() == []
    assert len(cli.ok("dispute", "list").rows()) == 1


def test_nothing_is_picked_up_from_the_current_directory(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = cli.home.parent / "trap" / "inside"
    folder.mkdir(parents=True)
    for place in (folder, folder.parent):
        for name in ("config.toml", "dispcli.toml", ".dispcli.toml", "pyproject.toml"):
            (place / name).write_text('actor = "mallory"\n[tool.dispcli]\nactor = "mallory"\n')
        (place / ".env").write_text("DISPCLI_ACTOR=mallory\n")
        (place / "ledger.db").write_text("trap")
        (place / "dispcli").mkdir()
        (place / "dispcli" / "config.toml").write_text('actor = "mallory"\n')
    monkeypatch.chdir(folder)
    assert setting(cli, "actor") == (USER, "default")
    assert setting(cli, "ledger") == (str(cli.ledger), "default")


def test_a_relative_path_named_by_the_user_is_taken(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cli.home)
    cli.ok("ledger", "init", "--ledger", "here.db")
    assert (cli.home / "here.db").exists()


def test_an_empty_path_is_a_mistake(cli: Cli) -> None:
    assert cli.run("orders", "list", "--ledger", "").code in (2, 8)
    assert cli.run("orders", "list", "--ledger", "  ").code == 2


def test_a_wrong_now_is_told(cli: Cli) -> None:
    assert cli.run("orders", "list", "--since", "today", env={"DISPCLI_NOW": "soon"}).code == 2

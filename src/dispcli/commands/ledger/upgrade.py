"""dispcli ledger upgrade."""

from dispcli.commands.context import Run


def upgrade(run: Run) -> None:
    """Upgrade the ledger.

    A copy of the old file is kept beside it. All of it happens or nothing, and nothing is taken over that
    does not follow from the history.
    """
    if run.ledger_is_missing:
        run.say_empty()
        return
    done = run.upgrade()
    if done is None:
        run.voice.note("the ledger is up to date")
        return
    old, copy = done
    run.voice.note(f"upgraded from schema version {old}; the old file is kept as {copy}")

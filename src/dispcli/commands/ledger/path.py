"""dispcli ledger path."""

from dispcli.commands.context import Run


def path(run: Run) -> None:
    """Print the path."""
    run.output().text(str(run.ledger_path))
    if run.ledger_is_missing:
        run.voice.note("not made yet: it is made by the first import or change")

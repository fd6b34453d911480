"""The least a batch can take in a guarded ledger: its events, known beforehand, put in by one statement.

`python -m bench.floor LEDGER EVENTS` prints the seconds of the INSERT and the COMMIT. The triggers run;
nothing is read, decided or reported.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter

from dispcli.ledger import connection
from dispcli.ledger.ledger import Ledger


def keep(ledger: Path, target: Path) -> None:
    """Take the cancels' events out of a ledger where they are recorded, in their order."""
    with closing(sqlite3.connect(target)) as opened:
        opened.execute("ATTACH ? AS ledger", (str(ledger),))
        opened.execute(
            "CREATE TABLE kept AS SELECT * FROM ledger.events "
            "WHERE action IN ('request_cancel', 'confirm_cancel') ORDER BY dispute_id, seq"
        )


def main() -> None:
    """Opened as dispcli opens it for a batch; the events wait in a temporary table, as dispcli's do."""
    ledger, events = map(Path, sys.argv[1:])
    with closing(connection.connect(ledger)) as opened:
        Ledger(opened, ledger).expect_many()
        opened.execute("ATTACH ? AS events", (str(events),))
        opened.execute("CREATE TEMPORARY TABLE waiting AS SELECT * FROM events.kept")
        opened.execute("DETACH events")
        began = perf_counter()
        with connection.transaction(opened, write=True):
            opened.execute("INSERT INTO events SELECT * FROM waiting ORDER BY rowid")
        print(perf_counter() - began)


if __name__ == "__main__":
    main()

"""What a batch is measured against: the loop one would write, without checks, rules or a report.

`python -m bench.loop DATABASE NUMBERS cancel` finds for every order number in a file (one a line) its
dispute, puts a row into the history and updates the dispute, all in one transaction, with the settings
sqlite3 has by default. With `request-and-confirm` it does so in the two steps that dispcli records.
"""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

STEPS = {
    "cancel": (("cancel", "cancelled"),),
    "request-and-confirm": (("request_cancel", "cancel_requested"), ("confirm_cancel", "cancelled")),
}
_FIND = (
    "SELECT disputes.id, disputes.state, disputes.version "
    "FROM disputes JOIN orders ON orders.id = disputes.order_id WHERE orders.number = ?"
)
_ADD = (
    "INSERT INTO events (dispute_id, seq, previous_seq, at, actor, source, action, party, from_state, "
    "to_state, reason) VALUES (?, ?, ?, ?, 'bench', 'bench', ?, 'buyer', ?, ?, 'received-ok')"
)
_MOVE = "UPDATE disputes SET state = ?, version = ?, updated_at = ? WHERE id = ?"


def main() -> None:
    """One transaction for all of it."""
    database, numbers, how = sys.argv[1:]
    steps = STEPS[how]
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA foreign_keys = ON")
        with opened, Path(numbers).open() as lines:
            for line in lines:
                dispute, state, version = opened.execute(_FIND, (line.rstrip(),)).fetchone()
                for action, to_state in steps:
                    event = (dispute, version + 1, version, now, action, state, to_state)
                    opened.execute(_ADD, event)
                    state, version = to_state, version + 1
                    opened.execute(_MOVE, (state, version, now, dispute))


if __name__ == "__main__":
    main()

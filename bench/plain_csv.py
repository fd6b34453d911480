"""The plain way to the same CSV: the rows of the same query into csv.writer; amounts in minor units."""

import csv
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from dispcli.ledger.compiled import EXPORTED_LINES


def main() -> None:
    """`python -m bench.plain_csv LEDGER TARGET`."""
    ledger, target = sys.argv[1:]
    with closing(sqlite3.connect(ledger)) as opened, Path(target).open("w", newline="") as file:
        rows = opened.execute(EXPORTED_LINES.sql([], "entered"), {"limit": -1})
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column[0] for column in rows.description)
        writer.writerows(rows)


if __name__ == "__main__":
    main()

"""The options of the programs that measure rows: how many, how often, or quickly."""

import argparse


def rows_and_rounds(
    program: str, about: str, *, of: str, quick: int, rows: int = 1_000_000
) -> argparse.Namespace:
    """`rows` of what is measured, and `rounds` of it; fewer of both where it is to be quick."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=about)
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds to measure; 5, quick 3")
    parser.add_argument("--rows", type=int, metavar="N", help=f"{of}; {rows}, quick {quick}")
    parser.add_argument("--quick", action="store_true", help="fewer rounds of fewer rows")
    options = parser.parse_args()
    options.rows = options.rows or (quick if options.quick else rows)
    options.rounds = options.rounds or (3 if options.quick else 5)
    if options.rows < 1000 or options.rounds < 1:
        parser.error("--rows: 1000 or more; --rounds: 1 or more")
    return options

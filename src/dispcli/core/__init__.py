"""What a dispute is and how it may move: values and rules, with no I/O, no clock and no database."""

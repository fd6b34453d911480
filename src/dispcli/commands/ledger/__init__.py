"""dispcli ledger: one file a verb."""

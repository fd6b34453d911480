"""dispcli dispute evidence: one file a verb."""

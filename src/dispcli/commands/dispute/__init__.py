"""dispcli dispute: one file a verb."""

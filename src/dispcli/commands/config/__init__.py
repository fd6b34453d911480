"""dispcli config: one file a verb."""

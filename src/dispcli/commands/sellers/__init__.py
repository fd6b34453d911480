"""dispcli sellers: one file a verb."""

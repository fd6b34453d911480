"""dispcli orders: one file a verb."""

"""dispcli policy: one file a verb."""

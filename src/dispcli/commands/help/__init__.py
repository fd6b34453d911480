"""dispcli help: one file a verb."""

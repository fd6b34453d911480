"""dispcli agenda."""

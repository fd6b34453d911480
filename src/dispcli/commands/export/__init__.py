"""dispcli export."""

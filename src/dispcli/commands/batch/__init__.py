"""dispcli batch: many operations from a file or a pipe."""

"""Use cases: plan (read and decide, nothing written), then apply (decide again under the lock, write)."""

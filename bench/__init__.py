"""Benchmarks: how long dispcli takes, as ratios to other programs in one interleaved run."""

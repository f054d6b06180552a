"""Benchmarks: our rates as ratios to those of others on the same machine in the same minute."""

"""Benchmarks: each prints what it measured beside a peer, as ratios. Linux."""

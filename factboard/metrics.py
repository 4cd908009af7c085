"""What the service counts about itself, for /metrics. No names, no ids of people."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

FACTS = Counter("factboard_facts_total", "Facts written to the history.")
COMMIT_SECONDS = Histogram(
    "factboard_commit_seconds",
    "From the wish to write to the durable commit.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

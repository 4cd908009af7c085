"""What the service counts about itself, for /metrics. No names, no ids of people."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

FACTS = Counter("factboard_facts_total", "Facts written to the history.")
COMMIT_SECONDS = Histogram(
    "factboard_commit_seconds",
    "From the wish to write to the durable commit.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
ACCESS_ROWS = Counter("factboard_access_log_rows_total", "Rows written to the access log.")
ACCESS_GAPS = Counter("factboard_access_log_gaps_total", "Times that the access log could not be written.")
SIGN_INS = Counter("factboard_sign_ins_total", "Attempts to sign in.", ["outcome"])
SCHEDULER_AGE = Gauge(
    "factboard_scheduler_age_seconds", "Since everything that falls due by itself was last looked at."
)
SCHEDULER_DONE = Counter("factboard_scheduler_done_total", "Things done that fell due by themselves.")
SCHEDULER_FAILURES = Counter("factboard_scheduler_failures_total", "Things that fell due and could not be done.")
PUSHES = Counter("factboard_pushes_total", "Messages to phones, by what became of each try.", ["outcome"])
PUSH_WAITING = Gauge("factboard_pushes_waiting", "Messages to phones that wait to be sent.")
PUSH_OLDEST = Gauge(
    "factboard_pushes_oldest_seconds", "Since the oldest waiting message was written; those of quiet hours not counted."
)
PUSH_FAILURES = Counter("factboard_push_failures_total", "Times that it could not be looked for what is to be pushed.")

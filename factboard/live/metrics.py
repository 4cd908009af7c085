"""What `/metrics` tells about live delivery. No label names a team or a person."""

from prometheus_client import Counter, Gauge, Histogram

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

OPEN_STREAMS = Gauge("factboard_live_open_streams", "Screens connected now", ["view"])
RENDERS = Counter("factboard_live_renders", "Frames rendered", ["view"])
RENDER_FAILURES = Counter("factboard_live_render_failures", "Renderings that raised or took too long", ["view"])
RENDER_SECONDS = Histogram("factboard_live_render_seconds", "Time to render a frame", ["view"], buckets=_BUCKETS)
DELIVERIES = Counter("factboard_live_deliveries", "Frames handed to a screen", ["view"])
SLOW_READERS_DROPPED = Counter(
    "factboard_live_slow_readers_dropped", "Screens dropped because they did not read", ["view"]
)
HANDOUT_SECONDS = Histogram(
    "factboard_live_handout_seconds", "From the commit to all screens having been handed the frame", buckets=_BUCKETS
)
SWEEP_FAILURES = Counter("factboard_live_sweep_failures", "Sweeps that could not ask the database")

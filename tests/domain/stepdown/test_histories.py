"""Random histories through the real rules, judged at every instant by a plain reading of design section 5.

Nobody returns by itself without the evidence that the policy asks, unannounced, or on the day that announced them; what
the rule says and what was written down agree; silence never lowers anybody; every way of the table is gone.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from factboard.domain import events as e
from factboard.domain.stepdown import State
from tests.domain.stepdown.walk import STARTS, Step, Walk, a_long_one, steps
from tests.domain.stepdown.watched import COMING, OFF, TABLE

ON_BOARD = (State.ON_BOARD, State.KEPT, State.READY)


def play(story: list[Step], start: int) -> Walk:
    walk = Walk(start)
    for step in story:
        walk.play(step)
    falls_silent(walk)
    return walk


def falls_silent(walk: Walk) -> None:
    """Nobody does anything any more: only what a meeting has upheld for its day still happens, and nobody else goes."""
    world = walk.world
    before = {client: world.state(client) for client in world.clients}
    upheld = {client: plain.upheld() for client, plain in world.plain.items() if plain.put_on}
    spoken = len(world.rows)
    world.to(timedelta(days=45))
    for client, state in before.items():
        since = [row for row in world.rows[spoken:] if row.client == client]
        assert {row.actor for row in since} <= {"factboard"}
        returned = [row for row in since if isinstance(row.fact, e.Returned)]
        assert not [row for row in since if isinstance(row.fact, e.ReturnAnnounced | e.ReturnUpheld)]
        if returned:
            said = upheld[client]
            assert said
            assert returned[0].fact.due == said.fact.due  # type: ignore[attr-defined]
        elif state in ON_BOARD or state in COMING:
            assert world.state(client) not in OFF


def test_on_random_histories(full: bool) -> None:
    phases = tuple(Phase) if full else (Phase.explicit, Phase.generate)  # to make a failing story shorter takes minutes

    @settings(max_examples=1_000 if full else 10, phases=phases, suppress_health_check=list(HealthCheck))
    @given(st.lists(steps, min_size=10, max_size=50), st.integers(0, len(STARTS) - 1))
    def check(story: list[Step], start: int) -> None:
        play(story, start)

    check()


def test_on_long_ones_that_reach_what_matters(full: bool) -> None:
    """The same ones each time: a story that meets nothing proves nothing."""
    walks = [play(a_long_one(seed), seed) for seed in range(60 if full else 5)]
    ways = Counter(way for walk in walks for way in walk.world.seen)
    kinds = Counter((row.fact.kind, row.actor) for walk in walks for row in walk.world.rows)
    assert ways.keys() <= TABLE
    assert ways.keys() >= {
        (State.ON_BOARD, None, State.READY),
        (State.READY, e.ReturnAnnounced, State.ANNOUNCED),
        (State.ANNOUNCED, e.ReturnUpheld, State.RETURNING),
        (State.ANNOUNCED, e.AnnouncementWithdrawn, State.ON_BOARD),
        (State.RETURNING, e.AnnouncementWithdrawn, State.ON_BOARD),
        (State.RETURNING, e.Returned, State.RETURNED),
        (State.RETURNED, e.PutOnBoard, State.ON_BOARD),
        (State.RETURNED, None, State.PLANNED_CARE),
    }
    assert kinds["returned", "factboard"] > 50
    assert {kind for kind, _ in kinds} >= {
        "return_postponed", "return_held", "undone", "admitted", "discharged", "returns_paused", "returns_released",
        "follow_up_missed", "flag_untaken", "unseen_too_long", "review_fell_due", "absence_noted", "category_changed",
        "team_settings_changed", "legal_measure_started", "action_added", "entered_in_error",
    }  # fmt: skip
    assert len(set().union(*(walk.refused for walk in walks))) > 8

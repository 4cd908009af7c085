"""What a rule may look at: who asks, the team's today, and what happened since the person looked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from factboard.domain import events as e
from factboard.domain.case import OLDEST
from tests.domain.given import NOW, a_client, nobody


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_today_is_the_teams(now: datetime, today: date) -> None:
    assert nobody().case(now=now).today == today


def test_meanwhile_is_what_came_after_what_was_seen() -> None:
    seen = a_client().on_board()
    later = seen.flagged_again().then(e.Taken())
    assert later.case(seen=seen.seq).meanwhile(e.FlaggedAgain) == [e.FlaggedAgain("Ringde i natt")]
    assert later.case(seen=seen.seq).meanwhile(e.PutOnBoard) == []
    assert later.case().meanwhile(e.FlaggedAgain) == []


def test_meanwhile_leaves_out_what_was_undone() -> None:
    seen = a_client().on_board()
    assert seen.flagged_again().undone().case(seen=seen.seq).meanwhile(e.FlaggedAgain) == []
    both = seen.flagged_again().undone().flagged_again()
    assert len(both.case(seen=seen.seq).meanwhile(e.FlaggedAgain)) == 1


def test_what_happened_is_kept_in_utc_to_the_edge_of_what_is_taken() -> None:
    case = nobody().case()
    assert case.happened(None, "at") == NOW
    assert case.happened(NOW.astimezone(timezone(timedelta(hours=5))), "at").tzinfo is UTC
    assert case.happened(NOW - OLDEST, "at") == NOW - OLDEST


def test_a_fact_about_a_client_off_the_board_has_no_placement() -> None:
    assert a_client().case().about(e.Taken()) == e.Entry(e.Taken(), "stina", None)

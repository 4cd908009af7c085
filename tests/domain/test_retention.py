"""How long what is known of a client is kept, and the legal hold that stops it."""

# ruff: noqa: E501  (a table is read line by line)
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factboard.domain import events as e
from factboard.domain import retention
from factboard.domain.refusal import Conflict, Invalid, Unknown
from factboard.domain.state import Client, LegalHold
from tests.domain import given
from tests.domain.given import Refusal, a_client, facts, nobody, table, who_left

LEFT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # 23:30 in Stockholm, on the 23rd
HELD = who_left().then(e.LegalHoldPlaced("IVO frågar"))

REFUSALS = [
    Refusal("a legal hold on nobody", nobody(), retention.place_hold, {"reason": "IVO"}, "unknown_client", Unknown, "client"),
    Refusal("a legal hold without a reason", a_client(), retention.place_hold, {"reason": " "}, "required", Invalid, "reason"),
    Refusal("a second legal hold", HELD, retention.place_hold, {"reason": "IVO"}, "held_already", Conflict),
    Refusal("lifting without a reason", HELD, retention.lift_hold, {"reason": ""}, "required", Invalid, "reason"),
    Refusal("lifting what is not there", who_left(), retention.lift_hold, {"reason": "Klart"}, "not_held", Conflict),
]  # fmt: skip


@table(REFUSALS)
def test_says_no_to(row: Refusal) -> None:
    row.holds()


def test_a_legal_hold_is_placed_and_lifted_also_for_somebody_who_has_left() -> None:
    for somebody in (a_client(), who_left()):
        assert facts(retention.place_hold(somebody.case(), reason=" IVO frågar ")) == [e.LegalHoldPlaced("IVO frågar")]
    assert facts(retention.lift_hold(HELD.case(), reason="Klart")) == [e.LegalHoldLifted("Klart")]
    assert HELD.client
    assert HELD.client.legal_hold
    assert HELD.client.legal_hold.reason == "IVO frågar"
    lifted = HELD.then(e.LegalHoldLifted("Klart")).client
    assert lifted
    assert lifted.legal_hold is None


@pytest.mark.parametrize(
    ("ended", "years", "due"),
    [
        (LEFT, 10, datetime(2036, 11, 23, 23, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), 10, datetime(2036, 11, 24, 23, 0, tzinfo=UTC)),  # the 24th here
        (datetime(2024, 2, 29, 12, 0, tzinfo=UTC), 1, datetime(2025, 3, 1, 23, 0, tzinfo=UTC)),
        (datetime(2024, 2, 29, 12, 0, tzinfo=UTC), 4, datetime(2028, 2, 29, 23, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), 10, datetime(2036, 7, 1, 22, 0, tzinfo=UTC)),  # summer time
    ],
)
def test_it_is_due_with_the_end_of_the_day_so_many_years_later(ended: datetime, years: int, due: datetime) -> None:
    team = replace(given.TEAM, settings=replace(given.SETTINGS, retention_years=years))
    left = Client("stina", 1, given.details(), enrolled=False, ended=ended)
    assert retention.redaction_due(team, left) == due
    assert retention.redaction_due(given.TEAM, left) is None
    assert retention.redaction_due(team, replace(left, enrolled=True)) is None
    assert retention.redaction_due(team, replace(left, legal_hold=LegalHold("IVO", "lars", ended))) is None

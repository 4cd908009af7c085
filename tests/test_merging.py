"""Two records of one person, in the database: read as one by all who read, taken apart again, taken away together."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from factboard import retention as room
from factboard.domain import contact, documents, enrolment, merging, placement, retention
from factboard.domain import events as e
from factboard.domain import team as team_rules
from factboard.domain.events.contents import Kind
from factboard.recorder import Receipt, Recorder
from factboard.retention import Retention
from factboard.storage import documents as stored
from factboard.storage import history, past, projections
from factboard.storage.engine import Store
from factboard.storage.statistics import _Reading
from tests.conftest import NOW, TEAM, Clock, a_client, a_team
from tests.filled import written
from tests.whole import check_whole


async def two_records(recorder: Recorder, clock: Clock) -> tuple[str, str]:
    """The one that stays, and another in which somebody was met, was on the board, and has a plan."""
    await a_team(recorder)
    stays, other = [await a_client(recorder, "Exempel", name) for name in ("Stina", "Kristina")]
    flag = {"category": "short_intensive", "reason": "Hemlig orsak"}
    await recorder.change(TEAM, "anna", placement.put_on_board, client=other, **flag)
    await recorder.change(TEAM, "anna", contact.log, client=other, contact=e.ContactKind.HOME, note="Vid porten")
    await recorder.change(TEAM, "anna", documents.write, client=other, **written(Kind.CARE_PLAN))
    await recorder.change(TEAM, "anna", documents.write, client=other, **written(Kind.ADVOCACY))
    await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=other, reason="Mår bra")
    clock.forward(hours=1)
    return stays, other


async def merge(recorder: Recorder, stays: str, other: str) -> Receipt:
    async with recorder.store.reading() as connection:
        known = await projections.client(connection, TEAM, other)
    assert known
    return await recorder.change(
        TEAM, "anna", merging.merge, client=stays, beside=other, looked=known.seq, reason="Samma legitimation"
    )


async def whose_contacts(store: Store) -> list[str]:
    async with store.reading() as connection:
        found = await _Reading(connection, TEAM).contacts(NOW - timedelta(days=9), NOW + timedelta(days=9))
    return [one.client for one in found]


async def test_both_records_are_one_to_whoever_reads_and_two_again_when_it_was_wrong(
    recorder: Recorder, clock: Clock
) -> None:
    stays, other = await two_records(recorder, clock)
    store, merged = recorder.store, await merge(recorder, stays, other)
    await check_whole(store, TEAM)
    async with store.reading() as connection:
        one = await projections.person(connection, TEAM, other)
        assert one
        assert (one.id, [past.reason for past in one.past], len(one.contacts)) == (stays, ["Hemlig orsak"], 1)
        told = await history.find(connection, TEAM, history.Filter(clients=one.records, words="porten"))
        assert [row.client for row in told] == [other]
        plans = {version.kind for version in await stored.of_client(connection, TEAM, stays)}
        before = await past.client_then(connection, TEAM, stays, merged.seq - 1)
        after = await past.client_then(connection, TEAM, stays, one.seq)
    assert plans == {Kind.CARE_PLAN, Kind.ADVOCACY}
    assert before
    assert (before.records, after) == ((stays,), one)
    assert await whose_contacts(store) == [stays]
    flag = {"category": "admitted", "reason": "Orolig igen"}
    receipt = await recorder.change(TEAM, "lars", placement.put_on_board, client=other, **flag)
    assert receipt.client == stays
    number = next(same.seq for same in one.merged)
    what = {"merge": number, "reason": "Det är två"}
    await recorder.change(TEAM, "lars", merging.separate, client=stays, seen=0, **what)
    await check_whole(store, TEAM)
    assert await whose_contacts(store) == [other]
    async with store.reading() as connection:
        two = [await projections.client(connection, TEAM, id) for id in (stays, other)]
        assert await stored.of_client(connection, TEAM, stays) == []
    assert [client and (client.records, len(client.past)) for client in two] == [((stays,), 0), ((other,), 1)]
    assert two[0]
    assert two[0].stay  # what was written since stays where it was written
    again = await merge(recorder, stays, other)
    assert "document_written" in again.kinds
    await check_whole(store, TEAM)


async def test_they_are_kept_and_taken_away_together(
    recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "EVERY", 0.0)
    stays, other = await two_records(recorder, clock)
    await recorder.change(TEAM, "lars", retention.place_hold, client=other, reason="IVO frågar")
    await merge(recorder, stays, other)
    async with recorder.store.reading() as connection:
        here = await projections.team(connection, TEAM)
    assert here
    asked = replace(here.settings, retention_years=10)
    await recorder.change(TEAM, "lars", team_rules.change_settings, settings=asked)
    await recorder.change(TEAM, "lars", enrolment.end_enrolment, client=stays, reason=e.EndReason.MOVED)
    clock.forward(days=3700)
    clock.now = clock.now.replace(hour=23)
    due = Retention(recorder, recorder.store)
    assert await due.daily() == 0  # the hold has come along
    await recorder.change(TEAM, "lars", retention.lift_hold, client=stays, reason="Klart")
    assert await due.daily() == 1
    rows = await check_whole(recorder.store, TEAM)
    assert not any("Hemlig" in (row.payload or "") or "porten" in (row.payload or "") for row in rows)
    assert {row.client for row in rows if row.kind == "redacted"} == {stays, other}

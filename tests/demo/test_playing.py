"""The next morning: the staff's day is played, what people did stands, and it stays plausible at any repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from factboard.demo import next_morning, playing
from factboard.domain import calendar, placement
from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.people import COMMAND_LINE
from tests.demo.conftest import Demo


async def test_it_is_the_next_meeting_morning_and_things_have_happened(demo: Demo) -> None:
    before = await demo.facts()
    began = demo.clock()
    await next_morning(demo.recorder, demo.clock, "kusten")
    assert demo.clock() - datetime(2026, 11, 24, 7, 40, tzinfo=UTC) < timedelta(seconds=5)
    new = (await demo.facts())[len(before) :]
    assert all(began <= row.at <= demo.clock() for row in new)
    assert {"taken", "contact_logged", "rated", "visit_planned"} <= {row.fact.kind for row in new}
    assert await demo.rebuilt_equals_live()


async def test_the_other_team_has_its_day_too(demo: Demo) -> None:
    before = await demo.facts("skogen")
    for _ in range(10):  # six clients off the board are met 0.3 times a week each
        await next_morning(demo.recorder, demo.clock, "kusten")
    assert len(await demo.facts("skogen")) > len(before)


async def test_screens_are_told_when_it_is_morning_already(demo: Demo) -> None:
    told: list[tuple[str, datetime]] = []

    async def changed(team: str, _seq: int) -> int:
        told.append((team, demo.clock()))
        return 0

    demo.recorder.changed = changed
    await next_morning(demo.recorder, demo.clock, "kusten")
    assert told[0][0] == "kusten"
    assert all(at >= datetime(2026, 11, 24, 7, 40, tzinfo=UTC) for _, at in told)


async def test_what_people_did_stands_and_is_not_done_twice(demo: Demo) -> None:
    board = await demo.board()
    waiting = next(card for group in board.groups for card in group.cards if card.stay.taken_by is None)
    today = calendar.local_day(demo.clock(), (await demo.team()).settings)
    visited, visit = next(
        (client.id, visit)
        for client in await demo.clients()
        for visit in client.visits
        if client.stay and visit.day == today and visit.at and visit.at.hour >= 10
    )
    await demo.recorder.change("kusten", "anna", placement.take, client=waiting.client.id)
    await demo.recorder.change(
        "kusten", visit.who, placement.log_contact, client=visited, contact=e.ContactKind.HOME, note="Skrivet själv."
    )
    await next_morning(demo.recorder, demo.clock, "kusten")
    clients = {client.id: client for client in await demo.clients()}
    stay = clients[waiting.client.id].stay
    assert stay is None or stay.taken_by == "anna"
    that_day = [
        contact
        for contact in clients[visited].contacts
        if contact.by == visit.who and calendar.local_day(contact.happened_at, (await demo.team()).settings) == today
    ]
    assert [contact.note for contact in that_day] == ["Skrivet själv."]


async def test_whom_a_visitor_has_written_about_keeps_what_was_written(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody of the staff has another opinion of them that day."""
    touched: list[frozenset[str]] = []
    play = playing.play

    async def watched(*given: Any, **more: Any) -> None:
        touched.append(more["touched"])
        await play(*given, **more)

    monkeypatch.setattr(playing, "play", watched)
    client = next(known for known in await demo.clients() if known.stay and known.stay.taken_by)
    await demo.recorder.change(
        "kusten", "anna", placement.rate, client=client.id, rating=e.Rating.BETTER, basis=e.Basis.SEEN
    )
    await next_morning(demo.recorder, demo.clock, "kusten")
    await next_morning(demo.recorder, demo.clock, "kusten")
    assert touched == [{client.id}, frozenset(), frozenset(), frozenset()]


async def test_a_flag_by_a_person_is_taken_and_followed(demo: Demo) -> None:
    client = next(known for known in await demo.clients() if known.enrolled and not known.stay)
    await demo.recorder.change(
        "kusten", "anna", placement.put_on_board, client=client.id, category="short_intensive", reason="Prov"
    )
    for _ in range(2):
        await next_morning(demo.recorder, demo.clock, "kusten")
    after = next(known for known in await demo.clients() if known.id == client.id)
    assert after.stay
    assert after.stay.taken_by
    assert len(after.visits) > len(client.visits)


async def test_ten_mornings_in_a_row_are_meetings_and_stay_plausible(demo: Demo) -> None:
    for _ in range(10):
        await next_morning(demo.recorder, demo.clock, "kusten")
        local = demo.clock().astimezone(ZoneInfo("Europe/Stockholm"))
        assert (local.hour, local.minute) == (8, 40)
        assert local.weekday() < 5
        assert 2 <= (await demo.board()).count <= 13
    assert await demo.rebuilt_equals_live()
    assert await demo.rebuilt_equals_live("skogen")


@pytest.mark.parametrize("change", ["no meeting days", "nobody left", "one category", "few meetings"])
async def test_a_team_that_was_turned_upside_down_still_has_a_morning(demo: Demo, change: str) -> None:
    team = await demo.team()
    async with demo.recorder.together("kusten", COMMAND_LINE) as desk:
        if change == "no meeting days":
            await desk.decide(rules.change_settings, settings=replace(team.settings, meeting_days=()))
        if change == "few meetings":
            await desk.decide(rules.change_settings, settings=replace(team.settings, meeting_days=(3,)))
        if change == "nobody left":
            for user in team.members:
                await desk.decide(rules.remove_member, user=user)
        if change == "one category":
            for category in list(team.categories.values())[1:]:
                await desk.decide(rules.set_category, category=replace(category, retired=True))
    before = demo.clock()
    for _ in range(2):
        await next_morning(demo.recorder, demo.clock, "kusten")
    days = {"few meetings": 10}.get(change, 2)  # Thursday, and the Thursday after
    assert demo.clock().date() == before.date() + timedelta(days=days)
    assert await demo.rebuilt_equals_live()

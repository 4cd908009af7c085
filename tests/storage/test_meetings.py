"""Meetings as they are read, and whom a wall shows."""

from __future__ import annotations

from datetime import timedelta

from factboard.domain import care, enrolment, meeting, placement
from factboard.domain import events as e
from factboard.domain.state import Client, Meeting
from factboard.recorder import Recorder
from factboard.storage import projections
from tests.conftest import NOW, TEAM, Clock, a_client, a_team

FLAG = {"category": "short_intensive", "reason": "Sover inte"}


async def met(recorder: Recorder, **asked: object) -> list[Meeting]:
    async with recorder.store.reading() as connection:
        return await projections.meetings(connection, TEAM, **asked)  # type: ignore[arg-type]


async def hold(recorder: Recorder, team: str = TEAM) -> None:
    await recorder.change(team, "lars", meeting.open_meeting, with_all=True, present=["anna"])
    async with recorder.store.reading() as connection:
        newest = (await projections.meetings(connection, team))[0]
    await recorder.change(team, "lars", meeting.close, of_meeting=newest.id, with_all=True)


async def test_meetings_are_read_newest_first_and_page_by_page(recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    await a_team(recorder, "skogen", "Team Skogen")
    await hold(recorder, "skogen")
    for _ in range(3):
        await hold(recorder)
        clock.forward(days=1)
    days = [(one.opened - NOW).days for one in await met(recorder)]
    assert days == [2, 1, 0]
    assert all(one.held and one.closed for one in await met(recorder))
    first, second = await met(recorder, limit=2)
    assert [one.id for one in await met(recorder, before=first.opened, limit=1)] == [second.id]
    async with recorder.store.reading() as connection:
        assert await projections.meeting(connection, TEAM, first.id) == first
        assert await projections.meeting(connection, "skogen", first.id) is None
        assert await projections.meeting(connection, TEAM, "none") is None


class TestWall:
    async def shown(self, recorder: Recorder, known: dict[str, Client] | None = None) -> dict[str, Client]:
        async with recorder.store.reading() as connection:
            since = recorder.clock() - timedelta(days=14)
            return {one.id: one for one in await projections.on_wall(connection, TEAM, since, known)}

    async def test_shows_the_board_the_admitted_legal_measures_and_who_has_just_returned(
        self, recorder: Recorder, clock: Clock
    ) -> None:
        await a_team(recorder)
        board, ward, law, home, long_home, care_ended, planned = [
            await a_client(recorder, f"Exempel{number}") for number in range(7)
        ]
        for client in (board, home, long_home):
            await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **FLAG)
        back = {"reason": "Mår bra"}
        await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=long_home, **back)
        clock.forward(days=15)
        await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=home, **back)
        for client in (ward, care_ended):
            await recorder.change(TEAM, "anna", care.admit, client=client, ward="Avd 31")
        await recorder.change(TEAM, "anna", care.start_legal_measure, client=law, name="ÖPT")
        await recorder.change(TEAM, "anna", enrolment.end_enrolment, client=care_ended, reason=e.EndReason.MOVED)
        assert set(await self.shown(recorder)) == {board, ward, law, home, long_home}
        await recorder.change(TEAM, "anna", placement.log_contact, client=long_home, contact=e.ContactKind.HOME)
        assert set(await self.shown(recorder)) == {board, ward, law, home}  # two weeks have passed, and they were met
        await recorder.change(TEAM, "anna", care.discharge, client=ward)
        assert set(await self.shown(recorder)) == {board, law, home}
        assert planned not in await self.shown(recorder)

    async def test_a_reader_that_knows_old_states_gets_the_new_ones(self, recorder: Recorder) -> None:
        await a_team(recorder)
        one, two = await a_client(recorder), await a_client(recorder)
        for client in (one, two):
            await recorder.change(TEAM, "anna", care.admit, client=client, ward="Avd 31")
        before = await self.shown(recorder)
        await recorder.change(TEAM, "anna", care.change_admission, client=one, ward="Avd 32")
        after = await self.shown(recorder, before)
        assert after[one].admission
        assert after[one].admission.ward == "Avd 32"
        assert after[two] is before[two]  # not read again

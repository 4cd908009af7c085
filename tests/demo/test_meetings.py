"""The demo's meetings: held each morning by the rules, open and under way after a jump, closed by who is left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factboard.demo import next_morning
from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain import meeting as rules
from factboard.domain.state import Meeting
from tests.demo.conftest import TODAY, Demo

TOMORROW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # when the next meeting is to begin


async def under_way(demo: Demo) -> Meeting:
    await next_morning(demo.recorder, demo.clock, "kusten")
    meeting = (await demo.meetings())[-1]
    assert (await demo.team()).meeting == meeting.id
    return meeting


async def go_on(demo: Demo, meeting: Meeting) -> Meeting:
    """The same meeting, after the next jump."""
    await next_morning(demo.recorder, demo.clock, "kusten")
    return next(one for one in await demo.meetings() if one.id == meeting.id)


class TestWhatHasBeen:
    @pytest.mark.parametrize("team", ["kusten", "skogen"])
    async def test_most_mornings_had_their_meeting(self, demo: Demo, team: str) -> None:
        settings, meetings = (await demo.team(team)).settings, await demo.meetings(team)
        days = [calendar.local_day(meeting.opened, settings) for meeting in meetings]
        assert len(days) == len(set(days))
        assert all(calendar.is_meeting_day(day, settings) for day in days)
        assert len(days) >= 25  # of 31
        assert sum(meeting.held for meeting in meetings) >= 20
        assert all(meeting.closed for meeting in meetings)

    async def test_of_each_it_is_known_whether_it_was_held(self, demo: Demo) -> None:
        for team in ("kusten", "skogen"):
            held = {meeting.planned for meeting in await demo.meetings(team) if meeting.held}
            facts = await demo.facts(team)
            not_held = {row.fact.planned for row in facts if isinstance(row.fact, e.MeetingNotHeld)}
            assert not held & not_held
            assert len(held | not_held) == 31

    async def test_this_mornings_is_there_to_read(self, demo: Demo) -> None:
        last = (await demo.meetings())[-1]
        assert calendar.local_day(last.opened, (await demo.team()).settings) == TODAY
        assert last.held
        assert (await demo.team()).meeting is None
        assert {item.client for item in last.agenda} == {one for one in last.items if last.discussed(one)}

    async def test_several_people_lead_and_write(self, demo: Demo) -> None:
        meetings = await demo.meetings()
        assert len({meeting.chair for meeting in meetings}) >= 5
        lines = [line for meeting in meetings for item in meeting.items.values() for line in item.lines]
        assert {line.part for line in lines} == set(e.NotePart)
        assert len({line.by for line in lines}) >= 3

    async def test_nobody_is_there_who_is_away(self, demo: Demo) -> None:
        away, team = 0, await demo.team()
        for meeting in await demo.meetings():
            day = calendar.local_day(meeting.opened, team.settings)
            for absence in team.absences.values():
                if absence.first <= day <= absence.last:
                    away += 1
                    assert absence.user not in meeting.present
        assert away

    async def test_some_clients_change_and_some_do_not(self, demo: Demo) -> None:
        said = [row.fact.no_change for row in await demo.facts() if isinstance(row.fact, e.ClientDiscussed)]
        assert 0.3 < sum(said) / len(said) < 0.95


class TestTheNextOne:
    async def test_it_is_under_way_with_the_lead_in_the_chair(self, demo: Demo) -> None:
        meeting = await under_way(demo)
        assert meeting.chair == "lars"
        assert meeting.planned == TOMORROW
        assert meeting.opened <= demo.clock() < meeting.ends
        assert len(meeting.present) >= 2
        done = sum(meeting.discussed(item.client) for item in meeting.agenda)
        assert 1 <= done < len(meeting.agenda) / 2
        assert meeting.focus
        assert await demo.rebuilt_equals_live()

    async def test_left_alone_the_staff_finish_it(self, demo: Demo) -> None:
        meeting = await go_on(demo, await under_way(demo))
        assert meeting.held
        there = {client.id for client in await demo.clients() if client.stay}
        assert all(meeting.discussed(item.client) for item in meeting.agenda if item.client in there)
        assert meeting.closed
        assert meeting.closed < TOMORROW + timedelta(hours=1)
        assert await demo.rebuilt_equals_live()

    async def test_who_takes_over_the_chair_keeps_it(self, demo: Demo) -> None:
        meeting = await under_way(demo)
        await demo.recorder.change("kusten", "anna", rules.change_chair, of_meeting=meeting.id, chair="anna")
        assert (await go_on(demo, meeting)).chair == "anna"

    async def test_one_that_somebody_has_closed_is_left_as_they_left_it(self, demo: Demo) -> None:
        meeting = await under_way(demo)
        about = {"of_meeting": meeting.id, "with_all": True}
        await demo.recorder.change("kusten", "lars", rules.close, **about, reason="Provat")
        before = next(one for one in await demo.meetings() if one.id == meeting.id)
        assert await go_on(demo, meeting) == before

    async def test_one_that_somebody_has_opened_is_gone_on_with(self, demo: Demo) -> None:
        await demo.recorder.change("kusten", "anna", rules.open_meeting, with_all=True, present=["lars"])
        own = (await demo.team()).meeting
        assert own
        await next_morning(demo.recorder, demo.clock, "kusten")
        mine, theirs = (await demo.meetings())[-2:]
        assert mine.id == own
        assert (mine.chair, mine.held) == ("anna", True)
        assert theirs.planned == TOMORROW

    async def test_every_jump_leaves_one_more_held(self, demo: Demo) -> None:
        before = len(await demo.meetings())
        for _ in range(4):
            await next_morning(demo.recorder, demo.clock, "kusten")
        new = (await demo.meetings())[before:]
        assert [meeting.held for meeting in new] == [True, True, True, False]
        assert new[-1].closed is None

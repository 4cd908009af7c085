"""The demo's teams go back to planned care by the rule: each stage shows at once, nothing comes before its time."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from factboard.demo import make, next_morning
from factboard.demo.staff import VISITORS
from factboard.domain import calendar, louder, planned_care, roster, stepdown
from factboard.domain import events as e
from factboard.domain.people import SYSTEM
from factboard.domain.state import Client, Team
from factboard.domain.stepdown import State
from factboard.storage import projections
from factboard.storage.engine import Store
from tests.demo.conftest import SMALL, Demo, opened

TEAMS = ("kusten", "skogen")
MORNINGS = {  # of the first of them the tests have a demo already
    "a Tuesday": (date(2026, 11, 24), 2),
    "a Friday, before two days off": (date(2026, 11, 27), 3),
    "a Sunday: it is Friday still": (date(2026, 5, 31), 4),
    "the Monday after Christmas": (date(2026, 12, 28), 5),
    "the Monday after New Year": (date(2027, 1, 4), 6),
    "the day after Epiphany": (date(2027, 1, 7), 7),
    "the Tuesday after Easter": (date(2027, 3, 30), 8),
    "the Monday after Midsummer": (date(2026, 6, 22), 9),
}

Facts = list[e.Recorded]


@pytest_asyncio.fixture(params=["the Monday of the other tests", *MORNINGS])
async def morning(
    request: pytest.FixtureRequest, small_demo: Path, empty_sqlite: Path, tmp_path: Path
) -> AsyncIterator[Demo]:
    """A demo on its first morning, whatever day it is and whatever was drawn."""
    path = tmp_path / "factboard-demo.db"
    known = MORNINGS.get(request.param)
    shutil.copy(empty_sqlite if known else small_demo, path)
    if known:
        store = Store(f"sqlite+aiosqlite:///{path}")
        await make(store, *known, **SMALL)
        await store.close()
    found = await opened(path)
    yield found
    await found.store.close()


async def test_the_first_morning_shows_each_stage(morning: Demo) -> None:
    team, now = await morning.team(), morning.clock()
    stands = {one.id: stepdown.standing(team, one, now) for one in await morning.clients() if one.enrolled}
    states = {id: one.state for id, one in stands.items()}
    today = calendar.local_day(now, team.settings)
    on_their_way = [
        (one, stands[one.id].returns)
        for one in await morning.clients()
        if one.stay and one.stay.announced and calendar.days_between(one.stay.announced.at, now, team.settings) > 0
    ]
    if calendar.may_return_on(today, team.settings):
        at_one = calendar.instant(today, time(13), team.settings)
        assert [states[one.id] for one, at in on_their_way if at == at_one][:1] == [State.RETURNING]
    else:
        assert [states[one.id] for one, at in on_their_way if at and at > now][:1] == [State.ANNOUNCED]
    assert State.READY in states.values()
    facts = await morning.facts()
    assert any(_announced_and_worse(row, facts) for row in facts)
    for shows in (_follow_up_to_come, _follow_up_late, _kept_twice, _untaken):
        assert any(shows(team, one, morning) for one in await morning.clients()), shows.__name__


def _follow_up_to_come(team: Team, client: Client, demo: Demo) -> bool:
    waits = planned_care.waits_for_follow_up(client)
    return waits is not None and waits.due >= calendar.local_day(demo.clock(), team.settings)


def _follow_up_late(team: Team, client: Client, demo: Demo) -> bool:
    return planned_care.follow_up_missed(client, demo.clock(), team.settings) and bool(client.follow_up_told)


def _kept_twice(team: Team, client: Client, demo: Demo) -> bool:
    stands = stepdown.standing(team, client, demo.clock())
    return stands.state is State.KEPT and client.stay is not None and client.stay.holds == 2


def _untaken(team: Team, client: Client, demo: Demo) -> bool:
    return any(one.step is e.Step.UNTAKEN for one in louder.alarms(team, client, demo.clock())) and bool(
        client.stay and e.Step.UNTAKEN in client.stay.told
    )


def _announced_and_worse(row: e.Recorded, facts: Facts) -> bool:
    """Called off this morning, because somebody has seen that they are worse."""
    if not isinstance(row.fact, e.AnnouncementWithdrawn) or row.fact.cause is None:
        return False
    cause = facts[row.fact.cause - 1]
    worse = isinstance(cause.fact, e.Rated) and cause.fact.rating is e.Rating.WORSE and cause.client == row.client
    return worse and row.at - facts[-1].at > -timedelta(hours=2)


class TestByTheRule:
    @pytest.mark.parametrize("team", TEAMS)
    async def test_what_falls_due_is_written_at_its_instant(self, ten_later: Demo, team: str) -> None:
        facts = await ten_later.facts(team)
        for before, row in pairwise(facts):
            due = getattr(row.fact, "due", None)
            if row.actor == SYSTEM and isinstance(due, datetime):
                assert timedelta() <= row.at - due
                assert row.at - max(due, before.at) <= timedelta(seconds=5)
        assert {row.fact.kind for row in facts if row.actor == SYSTEM} & {"unseen_too_long", "planned_contact_missed"}

    async def test_nothing_is_left_for_the_scheduler(self, ten_later: Demo) -> None:
        async with ten_later.store.reading() as connection:
            assert await projections.due_clients(connection, ten_later.clock()) == []
            assert await projections.due_teams(connection, ten_later.clock(), sheets=False) == []

    @pytest.mark.parametrize("team", TEAMS)
    async def test_nothing_comes_before_its_cause(self, ten_later: Demo, team: str) -> None:
        facts = await ten_later.facts(team)
        closed = {row.fact.meeting: row for row in facts if isinstance(row.fact, e.MeetingClosed)}
        for row in facts:
            match row.fact:
                case e.AnnouncementWithdrawn(cause=int(cause)):
                    assert cause < row.seq
                case e.ReturnAnnounced(meeting=meeting) | e.ReturnUpheld(meeting=meeting):
                    assert closed[meeting].fact.held
                    assert closed[meeting].at == row.at

    async def test_who_returns_by_itself_was_announced_and_upheld_and_there_is_evidence(self, ten_later: Demo) -> None:
        facts, team = await ten_later.facts(), await ten_later.team()
        by_itself = [row for row in facts if isinstance(row.fact, e.Returned) and row.actor == SYSTEM]
        assert len(by_itself) >= 5
        for row in by_itself:
            story = [one for one in facts[: row.seq - 1] if one.client == row.client]
            announced = max(one.seq for one in story if isinstance(one.fact, e.ReturnAnnounced))
            upheld = max(one.seq for one in story if isinstance(one.fact, e.ReturnUpheld))
            off = (e.AnnouncementWithdrawn, e.ReturnHeld, e.PutOnBoard, e.FlaggedAgain)
            assert announced > max((one.seq for one in story if isinstance(one.fact, off)), default=0)
            assert upheld > announced
            days = [calendar.local_day(facts[seq - 1].at, team.settings) for seq in (announced, upheld)]
            assert days[0] < days[1] == calendar.local_day(row.at, team.settings)
            assert calendar.may_return_on(days[1], team.settings)
            assert row.at.astimezone(ZoneInfo(team.settings.time_zone)).hour == 13
            _has_evidence(row, facts)

    @pytest.mark.parametrize("team", TEAMS)
    async def test_nobody_returns_who_is_not_on_the_board(self, ten_later: Demo, team: str) -> None:
        there: set[str | None] = set()
        for row in await ten_later.facts(team):
            if isinstance(row.fact, e.PutOnBoard):
                assert row.client not in there
                there.add(row.client)
            if isinstance(row.fact, e.Returned):
                assert row.client in there
            if isinstance(row.fact, e.Returned | e.EnteredInError | e.EnrolmentEnded):
                there.discard(row.client)

    async def test_the_screens_are_what_the_history_adds_up_to(self, ten_later: Demo) -> None:
        for team in TEAMS:
            assert await ten_later.rebuilt_equals_live(team)


def _has_evidence(row: e.Recorded, facts: Facts) -> None:
    fact = row.fact
    assert isinstance(fact, e.Returned)
    assert fact.grounds
    assert len({one.by for one in fact.grounds.ratings}) >= 2
    for one in fact.grounds.ratings:
        rated = facts[one.rating - 1]
        assert isinstance(rated.fact, e.Rated)
        assert (rated.placement, rated.fact.rating) == (row.placement, e.Rating.USUAL)
        assert (rated.fact.by, rated.fact.basis) == (one.by, one.basis)
    assert all(isinstance(facts[seq - 1].fact, e.ContactLogged) for seq in fact.grounds.contacts)


class TestWhatPeopleAdd:
    async def test_everybody_has_a_standing_schedule(self, ten_later: Demo) -> None:
        for id in TEAMS:
            team = await ten_later.team(id)
            today = calendar.local_day(ten_later.clock(), team.settings)
            for client in (one for one in await ten_later.clients(id) if one.enrolled):
                held_by = {line.who for line in planned_care.schedule(client)}
                assert held_by
                assert {team.members[who].role for who in held_by} <= set(roster.CLINICAL)
                planned = planned_care.next_contact(client, team.settings)
                assert client.stay or client.follow_up or (planned and planned.day > today - timedelta(days=10))

    async def test_some_are_kept_on_told_called_off_or_followed_up_late(self, ten_later: Demo) -> None:
        facts = await ten_later.facts()
        held = [row.fact for row in facts if isinstance(row.fact, e.ReturnHeld)]
        assert held
        assert all(fact.reason for fact in held)
        told = [row.fact for row in facts if isinstance(row.fact, e.ReturnAnnounced | e.ReturnTold)]
        assert any(fact.informed is e.Informed.YES and fact.view for fact in told)
        assert any(fact.informed is e.Informed.NO for fact in told)
        kinds = {row.fact.kind for row in facts}
        assert kinds >= {
            "announcement_withdrawn", "follow_up_missed", "flag_untaken", "review_fell_due", "planned_contact_set",
        }  # fmt: skip

    async def test_what_a_client_was_told_is_never_said_in_the_name_of_somebody_to_be_tried(
        self, ten_later: Demo
    ) -> None:
        said = [row for row in await ten_later.facts() if isinstance(row.fact, e.ReturnTold | e.ReturnAnnounced)]
        assert not [row for row in said if row.actor in VISITORS and row.fact.informed is not e.Informed.NO]
        assert any(row.actor in VISITORS for row in said), "they chair meetings as before"

    async def test_by_hand_is_rare_and_who_declines_has_a_second_person_with_them(self, ten_later: Demo) -> None:
        back = [row for id in TEAMS for row in await ten_later.facts(id) if isinstance(row.fact, e.Returned)]
        by_hand = [row for row in back if row.actor != SYSTEM]
        assert len(by_hand) <= len(back) / 4
        assert all(row.fact.reason and row.fact.agreed_with != row.actor for row in by_hand)

    async def test_somebody_stands_in_for_a_case_manager(self, ten_later: Demo) -> None:
        assert any(one.details.substitute for one in await ten_later.clients())

    async def test_only_the_eves_are_the_teams_own_closed_days(self, demo: Demo) -> None:
        settings = (await demo.team()).settings
        assert settings.public_holidays
        eve, day = date(2026, 12, 24), date(2026, 12, 25)
        assert (eve in settings.closed_days, day in settings.closed_days) == (True, False)
        assert calendar.is_closed(eve, settings)
        assert calendar.is_closed(day, settings)


class TestPaused:
    async def test_the_lead_lets_them_go_on_when_the_day_is_played(self, demo: Demo) -> None:
        for id in TEAMS:
            await demo.recorder.change(id, SYSTEM, stepdown.pause_for_clock, jump=3600)
        for _ in range(3):
            await next_morning(demo.recorder, demo.clock, "kusten")
        assert [(await demo.team(id)).paused for id in TEAMS] == [None, None]
        released = [row for row in await demo.facts() if isinstance(row.fact, e.ReturnsReleased)]
        assert [row.actor for row in released] == ["lars"]

"""The demo team is synthetic, plausible, made by the rules, and the same for the same seed and day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from stdnum.se import personnummer

from factboard.demo import PEOPLE, make
from factboard.domain import calendar, chain, roster, signs, visits
from factboard.domain import events as e
from factboard.domain.people import labels
from factboard.passwords import fits
from factboard.storage import accounts, history, projections
from factboard.storage.engine import Store
from tests.demo.conftest import SMALL, TODAY, Demo

TEAMS = ("kusten", "skogen")


def without_hash(payload: str | None) -> str:
    """What a fact says, but for the hash of another team's fact, in which there is a salt."""
    return re.sub(r'"hash":"\w+"', "", payload or "")


async def rows(store: Store) -> list[tuple[object, ...]]:
    """All that happened, without what is salted."""
    async with store.reading() as connection:
        return [
            (row.team, row.seq, row.at, row.actor, row.kind, row.client, row.placement, without_hash(row.payload))
            for team in await history.teams(connection)
            async for row in history.rows(connection, team)
        ]


class TestMadeByTheRules:
    @pytest.mark.parametrize("team", TEAMS)
    async def test_rebuilt_from_its_history_it_is_what_the_screens_show(self, demo: Demo, team: str) -> None:
        assert await demo.rebuilt_equals_live(team)

    async def test_every_chain_holds(self, demo: Demo) -> None:
        async with demo.store.reading() as connection:
            for team in await history.teams(connection):
                known = [row async for row in history.rows(connection, team)]
                assert chain.verify(known, await history.head(connection, team)) is None

    @pytest.mark.parametrize("team", TEAMS)
    async def test_time_only_goes_forward_and_ends_at_twenty_to_ten(self, demo: Demo, team: str) -> None:
        instants = [row.at for row in await demo.facts(team)]
        assert instants == sorted(instants)
        assert instants[-1] <= datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
        assert timedelta() <= demo.clock() - datetime(2026, 11, 23, 8, 40, tzinfo=UTC) < timedelta(minutes=1)

    async def test_the_same_seed_and_day_make_the_same_history(self, demo: Demo, sqlite_store: Store) -> None:
        await make(sqlite_store, TODAY, **SMALL)
        assert await rows(sqlite_store) == await rows(demo.store)

    async def test_another_seed_makes_another_one(self, demo: Demo, sqlite_store: Store) -> None:
        await make(sqlite_store, TODAY, 2, clients=10, weeks=1)
        assert {row[5] for row in await rows(sqlite_store)}.isdisjoint(
            {row[5] for row in await rows(demo.store)} - {None}
        )


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 22), date(2026, 11, 20)),  # a Sunday: Friday
        (date(2026, 12, 25), date(2026, 12, 23)),  # Christmas: the day before the eve
        (date(2027, 1, 6), date(2027, 1, 5)),  # Epiphany
    ],
)
async def test_the_demo_is_on_the_last_working_day(sqlite_store: Store, today: date, day: date) -> None:
    now = await make(sqlite_store, today, clients=10, weeks=1)
    assert now == datetime(day.year, day.month, day.day, 8, 40, tzinfo=UTC)


class TestPlausible:
    async def test_about_fifteen_in_a_hundred_are_on_the_board(self, demo: Demo) -> None:
        enrolled = [client for client in await demo.clients() if client.enrolled]
        assert 36 <= len(enrolled) <= 44
        assert 6 <= (await demo.board()).count <= 16  # six of the 40, and who is there for the first morning's sake
        assert (await demo.board("skogen")).count <= 4  # of six clients

    async def test_the_board_is_met_more_often_than_the_others_and_by_more_than_one(self, demo: Demo) -> None:
        facts, now = await demo.facts(), demo.clock()
        stays = [
            (stay.since, ended)
            for client in await demo.clients()
            for stay, ended in (
                *((past, past.ended) for past in client.past),
                *([(client.stay, now)] if client.stay else ()),
            )
        ]
        on_weeks = sum((ended - max(since, facts[0].at)) / timedelta(weeks=1) for since, ended in stays)
        off_weeks = 40 * SMALL["weeks"] - on_weeks
        logged = [row for row in facts if isinstance(row.fact, e.ContactLogged)]
        on_board = [row for row in logged if row.placement]
        assert 2.5 <= len(on_board) / on_weeks <= 5.0  # as often as the categories ask for, 1 to 5 times
        assert 0.2 <= (len(logged) - len(on_board)) / off_weeks <= 0.4
        by_placement: dict[str | None, set[str]] = {}
        for row in on_board:
            by_placement.setdefault(row.placement, set()).add(row.actor)
        assert any(len(staff) >= 3 for staff in by_placement.values())

    async def test_everything_that_staff_do_has_happened(self, demo: Demo) -> None:
        kinds = {row.fact.kind for team in TEAMS for row in await demo.facts(team)}
        assert kinds >= {
            "client_enrolled", "put_on_board", "taken", "visit_planned", "contact_logged", "rated", "action_added",
            "action_done", "crisis_plan_reviewed", "review_set", "recategorised", "returned", "notice_read",
            "admitted", "legal_measure_started", "absence_noted", "duty_set", "meeting_opened", "client_discussed",
            "meeting_noted", "meeting_closed",
        }  # fmt: skip

    async def test_the_case_managers_share_the_caseload(self, demo: Demo) -> None:
        shares: dict[str | None, int] = {}
        for client in await demo.clients():
            shares[client.details.case_manager] = shares.get(client.details.case_manager, 0) + client.enrolled
        assert len(shares) == 8
        assert max(shares.values()) - min(shares.values()) <= 3

    async def test_returns_rest_on_ratings(self, demo: Demo) -> None:
        """Of two people at least, as usual, and nothing worse since the first of them; see `test_way_back` too."""
        ratings: dict[str | None, list[e.Rated]] = {}
        returned = 0
        for row in await demo.facts():
            if isinstance(row.fact, e.Rated):
                ratings.setdefault(row.placement, []).append(row.fact)
            if isinstance(row.fact, e.Returned) and row.fact.grounds:
                returned += 1
                known = ratings[row.placement]
                usual = [one for one in known if one.rating is e.Rating.USUAL]
                assert len({one.by for one in usual[-len(row.fact.grounds.ratings) :]}) >= 2
                since = row.fact.grounds.ratings[0].at
                assert e.Rating.WORSE not in [one.rating for one in known if one.happened_at >= since]
        assert returned


class TestTheMorning:
    async def test_a_flag_of_twenty_minutes_ago_waits_and_last_nights_is_taken(self, demo: Demo) -> None:
        cards = [card for group in (await demo.board()).groups for card in group.cards]
        new = next(card for card in cards if demo.clock() - card.stay.flagged_at < timedelta(minutes=21))
        assert new.stay.taken_by is None
        night = [
            card for card in cards if timedelta(hours=10) < demo.clock() - card.stay.flagged_at < timedelta(hours=12)
        ]
        assert any(card.stay.taken_by for card in night)
        assert all(card.fresh for card in (new, *night))

    async def test_somebody_has_been_missed_three_times(self, demo: Demo) -> None:
        cards = [card for group in (await demo.board()).groups for card in group.cards]
        assert max(card.attempts_since for card in cards) >= 3

    async def test_a_colleague_is_ill_and_a_visit_of_theirs_has_nobody(self, demo: Demo) -> None:
        team, clients = await demo.team(), await demo.clients()
        away = {user for user in team.members if roster.absent(team, user, TODAY)}
        gaps = [gap.visit for gap in visits.uncovered(team, clients, demo.clock()) if gap.why is visits.Why.AWAY]
        assert any(visit and visit.who in away and visit.day == TODAY for visit in gaps)
        assert not away & {person.username for person in PEOPLE}

    async def test_somebody_is_in_hospital_and_compulsory_care_runs_out(self, demo: Demo) -> None:
        clients = [client for client in await demo.clients() if client.stay]
        assert any(client.admission for client in clients)
        left = [signs.days_left(one, TODAY) for client in clients for one in client.legal]
        assert any(days is not None and 0 <= days <= signs.RUNNING_OUT for days in left)

    async def test_the_board_and_the_hospital_say_the_same(self, demo: Demo) -> None:
        for client in await demo.clients():
            if client.stay and client.stay.category == "admitted":
                assert client.admission

    async def test_who_is_on_duty_is_known_some_weeks_ahead(self, demo: Demo) -> None:
        team = await demo.team()
        coming = [TODAY + timedelta(days=ahead) for ahead in range(19)]
        days = [day for day in coming if calendar.is_meeting_day(day, team.settings)]
        on = {day: member.user for day in days if (member := roster.on_duty(team, day))}
        assert list(on) == days
        assert len(set(on.values())) > 3
        assert not any(roster.absent(team, user, day) for day, user in on.items())

    async def test_the_first_of_the_people_has_visits_today(self, demo: Demo) -> None:
        visits = [visit for client in await demo.clients() for visit in client.visits]
        assert any(visit.who == PEOPLE[0].username and visit.day == TODAY for visit in visits)


class TestPeople:
    async def test_they_sign_in_with_the_password_and_the_others_do_not(self, demo: Demo) -> None:
        async with demo.store.reading() as connection:
            everyone = {user.username: user for user in await accounts.everyone(connection)}
        assert {person.username for person in PEOPLE} == {"anna", "lars", "petra", "monika", "maria", "admin", "bo"}
        assert await fits("demo", everyone["anna"].password)
        assert not await fits("demo", everyone["fatima"].password)
        assert [user.username for user in everyone.values() if user.admin] == ["admin"]

    async def test_each_has_the_role_that_the_bar_promises(self, demo: Demo) -> None:
        async with demo.store.reading() as connection:
            found = {person.username: await projections.memberships(connection, person.username) for person in PEOPLE}
        assert found == {
            "anna": [("kusten", e.Role.CLINICIAN)],
            "lars": [("kusten", e.Role.LEAD)],
            "monika": [("kusten", e.Role.MANAGER), ("skogen", e.Role.MANAGER)],
            "maria": [("kusten", e.Role.AUDITOR)],
            "petra": [("kusten", e.Role.CLINICIAN)],
            "admin": [],
            "bo": [("skogen", e.Role.CLINICIAN)],
        }

    async def test_no_two_clients_are_labelled_the_same(self, demo: Demo) -> None:
        for team in TEAMS:
            known = await demo.clients(team)
            named = labels((client.id, client.details) for client in known)
            assert len({(label.name, label.second) for label in named.values()}) == len(known)

    async def test_nobody_could_be_somebody(self, demo: Demo) -> None:
        everyone = [client.details for team in TEAMS for client in await demo.clients(team)]
        for details in everyone:
            assert re.fullmatch(r"070-174 06 \d\d", details.phone or "070-174 06 05")
            assert 5 <= int(details.phone[-2:] or 5) <= 99
            if details.national_id:  # the range that is kept for tests
                assert personnummer.is_valid(details.national_id)
                assert 980 <= int(details.national_id[-4:-1]) <= 999
                assert personnummer.get_birth_date(details.national_id) == details.birth_date
        assert any(details.national_id for details in everyone)
        staff = [member.phone for team in TEAMS for member in (await demo.team(team)).members.values()]
        assert all(re.fullmatch(r"070-174 06 \d\d", phone) for phone in staff)
        assert len(set(staff)) == len(staff)

    async def test_the_team_knows_what_helps_many_and_what_to_know_before_a_visit(self, demo: Demo) -> None:
        everyone = [client.details for client in await demo.clients()]
        assert 0.4 < sum(bool(details.helps) for details in everyone) / len(everyone) < 0.9
        assert 0.05 < sum(bool(details.warnings) for details in everyone) / len(everyone) < 0.5

    async def test_not_everybody_works_every_day(self, demo: Demo) -> None:
        members = (await demo.team()).members.values()
        assert any(member.works != (0, 1, 2, 3, 4) for member in members)
        assert all(member.works == (0, 1, 2, 3, 4) for member in members if member.user in ("anna", "lars"))

    async def test_names_that_screens_must_bear_are_there(self, demo: Demo) -> None:
        everyone = [client.details for client in await demo.clients()]
        hidden = [details for details in everyone if details.protected]
        assert len(hidden) == 1
        assert not hidden[0].address
        assert not hidden[0].phone
        assert any("\u0600" <= letter <= "\u06ff" for details in everyone for letter in details.surname)
        assert max(len(f"{details.first_name} {details.surname}") for details in everyone) > 50
        assert sum((details.first_name, details.surname) == ("Karin", "Exempelsson") for details in everyone) == 2

"""Makes the demo from nothing: two teams and half a year of their days, up to twenty to ten this morning."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import holidays
from sqlalchemy import insert

from factboard.demo import acts, agenda, caseload, course, roster, sharing
from factboard.demo.between import ask_to_take_over
from factboard.demo.clients import people
from factboard.demo.clock import Hands, save
from factboard.demo.database import DEMO, made_by_demo
from factboard.demo.day import Day, working_day
from factboard.demo.looks import look_around
from factboard.demo.phrases import bank
from factboard.demo.plans import write_plans
from factboard.demo.playing import play
from factboard.demo.scenes import this_morning
from factboard.demo.staff import PASSWORD, PEOPLE, TEAMS, DemoTeam
from factboard.domain import calendar, crisis_plan, enrolment
from factboard.domain import events as e
from factboard.domain import team as rules
from factboard.domain.people import COMMAND_LINE
from factboard.passwords import hash_password
from factboard.recorder import Desk, Recorder
from factboard.storage import accounts
from factboard.storage.engine import Store
from factboard.storage.tables import meta

MORNING = time(9, 40)  # local
FIRST_PHONE = {"kusten": 5, "skogen": 20}  # of the numbers that are set aside for fiction
SPREAD_OVER = 15  # working days, the first contacts of planned care
UNDER_LAW = 0.04  # of the caseload, in compulsory care in the community
OUT_OF_HOURS = "Psykiatriska jouren, dygnet runt: 070-174 06 28. Vid livsfara: 112."


async def make(store: Store, today: date, seed: int = 1, *, clients: int = 200, weeks: int = 26) -> datetime:
    """Fill an empty, migrated database; the same seed on the same day makes the same teams.

    `clients` is the first team's caseload. Answers the demo's now (UTC): 09:40 local on the last working day
    that is not after `today`. Raises `NotADemo` for a database that somebody else has begun.
    """
    await made_by_demo(store)
    closed = _closed_days(today)
    settings = e.Settings(
        "", closed_days=closed, warning_signs=tuple(bank()["warning_signs"]), out_of_hours=OUT_OF_HOURS
    )
    last = today if calendar.is_working_day(today, settings) else working_day(today, -1, settings)
    now = calendar.instant(last, MORNING, settings)
    first = last - timedelta(days=last.weekday() + 7 * weeks)
    chance = Random(f"{seed} {today}")
    hands = Hands(calendar.instant(first, time(7), settings))
    recorder = Recorder(store, hands, ids=lambda: f"{chance.getrandbits(64):016x}")
    await _accounts(recorder)
    for team in TEAMS:
        hands.now = calendar.instant(first, time(7), settings)
        await recorder.found_team(COMMAND_LINE, team.id, replace(settings, name=team.name))
        async with recorder.together(team.id, COMMAND_LINE) as desk:
            known = await _begin(desk, hands, seed, team, chance, round(clients * team.share))
            await play(desk, hands, seed, known, hands.now, now, this_morning(now) if team is TEAMS[0] else None)
        await look_around(store, team.id, now, chance)
    hands.now = now
    await ask_to_take_over(recorder)
    async with store.writing() as connection:
        await connection.execute(insert(meta).values(key=DEMO, value=str(seed)))
        await save(connection, now)
    return now


def _closed_days(today: date) -> tuple[date, ...]:
    """The eves on which the team is closed too; the public holidays are so by themselves."""
    years = range(today.year - 1, today.year + 2)
    known = holidays.country_holidays("SE", years=years, categories=("de_facto",))
    return tuple(sorted(day for day in known if day.weekday() < 5))


async def _accounts(recorder: Recorder) -> None:
    """Those who can sign in share one password; nobody knows the others'."""
    names = {c.user: c.name for team in TEAMS for c in team.colleagues} | {p.username: p.name for p in PEOPLE}
    open_hash, shut_hash = hash_password(PASSWORD), hash_password(secrets.token_urlsafe())
    can_sign_in = {person.username for person in PEOPLE}
    admins = {person.username for person in PEOPLE if person.role is e.Role.ADMIN}
    for user, name in names.items():
        added = e.UserAdded(user, user, name, user in admins)
        async with recorder.system(COMMAND_LINE, added) as connection:
            password = open_hash if user in can_sign_in else shut_hash
            await accounts.add(connection, user, user, name, password, admin=user in admins)


async def _begin(desk: Desk, hands: Hands, seed: int, team: DemoTeam, chance: Random, number: int) -> list[str]:
    """The team as it was when it began here: its people, its caseload, the board that it had."""
    for place, one in enumerate(team.colleagues):
        phone = f"070-174 06 {FIRST_PHONE[team.id] + place:02d}"
        member = e.Member(
            one.user, one.user, one.name, one.role, one.profession, one.employer, phone=phone, works=one.works
        )
        await desk.decide(rules.set_member, member=member)
    lead = next(one.user for one in team.colleagues if one.role is e.Role.LEAD)
    state = await desk.state()
    day = Day(desk, hands, seed, state, calendar.local_day(hands.now, state.settings), [], calendar.LAST)
    managers = [one.user for one in team.colleagues if one.manages]
    for details in people(chance, number, managers, day.day):
        hands.now += timedelta(seconds=2)
        receipt = await desk.decide(enrolment.enrol, actor=lead, details=details, source=e.Source.IMPORT)
        day.clients.append(receipt.client or "")
    await sharing.begin(day, lead)
    for id in chance.sample(day.clients, round(number * course.PREVALENCE)):
        hands.now += timedelta(seconds=5)
        category = agenda.some_category(day)
        since = day.day - timedelta(days=course.elapsed_days(chance, category) + 1)
        await acts.put_on(day, id, category, by=lead, since=since)
    for id in chance.sample(day.clients, max(1, round(number * UNDER_LAW))):
        since, ends = (day.day + timedelta(days=way * chance.randint(12, 170)) for way in (-1, 1))
        await acts.start_legal(day, id, lead, ends, since=since)
    await roster.begin(day)
    for id in day.clients:
        hands.now += timedelta(seconds=1)
        await acts.plan_care(day, id, chance.randint(1, SPREAD_OVER))
        await write_plans(day, id)
    for id in chance.sample(day.clients, round(number * 0.6)):
        hands.now += timedelta(seconds=5)
        on = day.day - timedelta(days=chance.randint(3, 360))
        together = chance.random() < 0.8
        await desk.decide(crisis_plan.review_crisis_plan, client=id, actor=lead, on=on, with_client=together)
    await caseload.begin(day, lead)
    return day.clients

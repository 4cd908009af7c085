"""Each fact that nobody clicked says when it fell due; the row says when it was done, and by whom."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from factboard.domain import enrolment, placement, planned_care, roster, team
from factboard.domain import events as e
from tests.scheduler.given import EASY, House

LATE = timedelta(hours=7)  # after it fell due, the service is looked at again


async def told(house: House, kind: str) -> list[tuple[str, datetime]]:
    """(step, due) of the facts of this kind, after checking who wrote them and when."""
    rows = await house.rows(kind)
    assert {row.actor for row in rows} <= {"factboard"}
    found: list[tuple[str, datetime]] = []
    for row in rows:
        fact: Any = row.fact
        assert row.at == house.hands.now > fact.due
        found.append((fact.step, fact.due))
    return found


async def at_once(house: House, then: datetime) -> None:
    """Nothing looks until then; then everything is looked at."""
    house.hands.until(then)
    scheduler = house.scheduler()
    await scheduler.watchman.leave_sign()
    await scheduler.run_all()


async def somebody(house: House, **more: Any) -> str:
    made = await house.do("anna", enrolment.enrol, details=e.Details("Exempel", "Åke", case_manager="anna"))
    await house.do("anna", placement.put_on_board, client=made.client, category="easy", reason="Sover inte", **more)
    return str(made.client)


def day(number: int) -> date:
    return date(2026, 11, number)


async def test_a_flag_that_nobody_takes(house: House) -> None:
    """Put on at 08:40: half an hour, an hour, and as the team goes home."""
    await somebody(house)
    begun = house.hands.now
    await at_once(house, begun + timedelta(hours=9))
    assert await told(house, "flag_untaken") == [
        ("untaken", begun + timedelta(minutes=30)),
        ("untaken_lead", begun + timedelta(minutes=60)),
        ("tonight", house.at(day(24), time(16, 30))),
    ]


async def test_a_review_by_that_passes_and_nobody_who_sees_them(house: House) -> None:
    known = e.Category("short", "Kort", "red", "star", 8, 3, False, 0, 2, EASY.policy)
    await house.do("lars", team.set_category, category=known)
    made = await house.do("anna", enrolment.enrol, details=e.Details("Exempel", "Åke"))
    await house.do("anna", placement.put_on_board, client=made.client, category="short", reason="Sover inte")
    await at_once(house, house.at(date(2026, 12, 2), time(12)))
    assert await told(house, "review_fell_due") == [
        ("review", house.at(day(28), time(0))),
        ("review_lead", house.at(date(2026, 12, 1), time(0))),
    ]
    assert await told(house, "unseen_too_long") == [
        ("unseen", house.at(day(27), time(0))),
        ("unseen_lead", house.at(day(29), time(0))),
    ]


async def test_a_follow_up_that_nobody_makes(house: House) -> None:
    client = await somebody(house)
    await house.do("anna", placement.take, client=client)
    await house.do("anna", planned_care.set_planned_contact, client=client, who="anna", every_days=7, next=day(26))
    await house.do("anna", placement.return_to_planned_care, client=client, reason="Mår som vanligt")
    await at_once(house, house.at(day(29), time(12)))
    assert await told(house, "follow_up_missed") == [
        ("follow_up", house.at(day(27), time(0))),
        ("follow_up_lead", house.at(day(28), time(0))),
    ]


async def test_a_return(house: House) -> None:
    await house.upheld(1)
    scheduler = house.scheduler()
    house.hands.until(house.at(day(24), time(13)))
    await scheduler.watchman.leave_sign()
    house.hands.forward(seconds=41)
    await scheduler.run_all()
    [row] = await house.rows("returned")
    assert isinstance(row.fact, e.Returned)
    assert (row.actor, row.fact.due, row.at) == ("factboard", house.at(day(24), time(13)), house.hands.now)


async def test_a_return_that_waits(house: House) -> None:
    await house.upheld(1)
    await at_once(house, house.at(day(25), time(7)))
    [row] = await house.rows("return_postponed")
    assert row.actor == "factboard"
    assert row.at == house.hands.now
    assert row.fact == e.ReturnPostponed(house.at(day(24), time(13)), e.Postponed.DAY_PASSED)


@pytest.mark.parametrize("upheld", [False, True])
async def test_an_announcement_that_time_alone_calls_off(house: House, upheld: bool) -> None:
    """The next planned contact was to be on the 25th, and the day passes without one."""
    asks = e.Policy(stable_ratings=2, raters=1, stable_days=1, blockers=(e.Blocker.NEXT_CONTACT,))
    known = e.Category("asks", "Kontakt", "red", "star", 8, 60, False, 0, 90, asks)
    await house.do("lars", team.set_category, category=known)
    client = (await house.ready(1, categories=["asks"]))[0]
    await house.do("anna", planned_care.set_planned_contact, client=client, who="anna", every_days=7, next=day(25))
    await house.meets()
    if upheld:
        house.hands.until(house.at(day(25), time(8, 40)))
        await house.meets()
    assert len(await house.rows("return_upheld")) == upheld
    await at_once(house, house.at(day(26), time(7)))
    [row] = await house.rows("announcement_withdrawn")
    assert (row.actor, row.at) == ("factboard", house.hands.now)
    assert isinstance(row.fact, e.AnnouncementWithdrawn)
    assert (row.fact.lost, row.fact.due) == ((e.Need.NEXT_CONTACT,), house.at(day(26), time(0)))
    assert row.fact.cause is None
    assert await house.rows("returned") == []


async def test_an_announcement_that_an_absence_calls_off_on_its_first_day(house: House) -> None:
    """What is noted of a colleague moves the clocks of every client."""
    asks = e.Policy(stable_ratings=2, raters=1, stable_days=1, blockers=(e.Blocker.CASE_MANAGER,))
    known = e.Category("asks", "Samordnare", "red", "star", 8, 60, False, 0, 90, asks)
    await house.do("lars", team.set_category, category=known)
    [client] = await house.ready(1, categories=["asks"])
    details = e.Details("Exempel", "Stina", case_manager="anna")
    await house.do("anna", enrolment.correct, client=client, details=details)
    await house.meets()
    await house.do("anna", roster.note_absence, user="anna", first=day(27), last=day(30))
    await at_once(house, house.at(day(26), time(12)))
    assert await house.rows("announcement_withdrawn") == []
    await at_once(house, house.at(day(27), time(7)))
    [row] = await house.rows("announcement_withdrawn")
    assert isinstance(row.fact, e.AnnouncementWithdrawn)
    assert (row.actor, row.fact.lost, row.fact.due) == (
        "factboard", (e.Need.CASE_MANAGER,), house.at(day(27), time(0)),
    )  # fmt: skip


async def test_a_meeting_that_nobody_held(house: House) -> None:
    await at_once(house, house.at(day(25), time(12)))
    [row] = await house.rows("meeting_not_held")
    assert (row.actor, row.at) == ("factboard", house.hands.now)
    assert row.fact == e.MeetingNotHeld(house.at(day(25), time(8, 30)), e.NotHeld.NOT_OPENED)

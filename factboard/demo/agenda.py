"""What a day of the demo team has in store, drawn in the morning from the board as it stands."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from factboard.demo import acts, course, roster
from factboard.demo.clients import newcomer
from factboard.demo.day import Day
from factboard.domain import calendar, enrolment
from factboard.domain import events as e
from factboard.domain.notices import Notice
from factboard.domain.state import Client, Stay

NEWCOMERS_A_YEAR = 0.18  # of the caseload; as many leave
DECIDED_BEFORE = timedelta(days=3)  # the end of compulsory care
WORK_BEGINS, WORK_ENDS = 8.1, 16.5  # hours


async def fill(day: Day, start: datetime, unread: list[Notice]) -> None:
    """Put on the day's agenda all that comes after `start`, or after six in the morning."""
    start = max(start, day.instant(time(6)))
    known = [client for id in day.clients if (client := await day.state(id))]
    on_board = [client for client in known if client.stay]
    away = [client for client in known if client.stay is None]
    _new_flags(day, on_board, away)
    if not day.working:
        return
    roster.fill(day)
    for client in on_board:
        if client.stay and client.id not in day.left_alone:
            _on_board(day, client, client.stay, start)
    for client in away:
        _planned_care(day, client)
    for client in known:
        _hospital_and_law(day, client)
    _come_and_go(day, away)
    for notice in unread:
        if notice.user in day.here() and day.share(0.7):
            day.put(day.between(8.0, 10.5), partial(acts.read, day, notice))


def _on_board(day: Day, client: Client, stay: Stay, start: datetime) -> None:
    if stay.taken_by is None:
        first = max(day.between(WORK_BEGINS, 9.5), start + timedelta(minutes=day.chance.uniform(15, 90)))
        day.put(first, partial(acts.take, day, client.id))
    _visits(day, client, start)
    for action in stay.actions:
        if action.done_by is None and day.share(0.6 if action.due and action.due <= day.day else 0.15):
            day.put(day.between(8.7, WORK_ENDS), partial(acts.tick, day, client.id, action.id))
    _look_after(day, client, stay)
    _change(day, client, stay)
    if _well(day, client, stay, start) and day.share(0.6):
        day.put(day.between(10.0, 15.0), partial(acts.give_back, day, client.id))


def _visits(day: Day, client: Client, start: datetime) -> None:
    meets = calendar.is_meeting_day(day.day, day.team.settings)  # the meeting plans them
    for visit in (known for known in client.visits if known.day == day.day):
        if visit.at:
            at = day.instant(visit.at)
            logged = max(at, start - timedelta(minutes=20)) + timedelta(minutes=day.chance.uniform(25, 60))
        else:
            at = logged = max(day.between(9.0, 15.5), start + timedelta(minutes=20))
        if day.share(0.96):
            day.put(logged, partial(acts.visit, day, client.id, visit, at))
    if not meets and not acts.someone_goes(day, client) and day.share(0.8):
        goes = day.who(client, 0.8)
        if goes:
            plan = partial(acts.plan_visit, day, client.id, goes, day.chance.choice((0, 1, 1, 2)))
            day.put(max(day.between(8.6, 9.0), start + timedelta(minutes=5)), plan)


def _look_after(day: Day, client: Client, stay: Stay) -> None:
    began = calendar.local_day(stay.since, day.team.settings)
    reviewed = client.crisis_plan is not None and client.crisis_plan.on >= began
    if not reviewed and day.day - began > timedelta(days=3) and day.share(0.08):
        day.put(day.between(9.5, 16), partial(acts.review_crisis_plan, day, client.id))
    if stay.review_by and stay.review_by < day.day and day.share(0.35):
        day.put(day.between(9.0, 16), partial(acts.set_review, day, client.id))
    by_phone = day.who(client, 0.5)
    if by_phone and day.share(0.05):
        day.put(day.between(8.5, WORK_ENDS), partial(acts.contact, day, client.id, by_phone))


def _change(day: Day, client: Client, stay: Stay) -> None:
    """Another category, or a flag again."""
    days = (day.instant(time(8)) - stay.since) / timedelta(days=1)
    worse = bool(stay.ratings) and stay.ratings[-1].rating is e.Rating.WORSE
    change: tuple[str, str] | None = None
    if stay.category == "admitted":
        if days > course.Course.of(stay, day.seed).in_hospital:
            change = ("short_intensive", "discharged")
    elif day.share(0.01 if worse else 0.0025):
        change = ("admitted", "admitted")
    elif stay.category == "crisis_prevention" and worse and day.share(0.10):
        change = ("short_intensive", "worse")
    elif stay.category == "short_intensive" and days > 45 and day.share(0.04):
        change = ("long_intensive", "long")
    elif stay.category == "hard_to_reach" and days > 21 and not worse and stay.ratings and day.share(0.03):
        change = ("long_intensive", "found")
    if change:
        day.put(day.between(8.6, 15.5), partial(acts.recategorise, day, client.id, *change))
    elif day.share(0.05 if worse else 0.006):
        day.put(day.between(7.5, 20), partial(acts.flag_again, day, client.id))


def _well(day: Day, client: Client, stay: Stay, start: datetime) -> bool:
    """As usual, seen so twice, by two people; and the course has run."""
    newest = stay.ratings[-2:]
    days = (start - stay.since) / timedelta(days=1)
    return (
        len(newest) == 2
        and all(rating.rating is e.Rating.USUAL for rating in newest)
        and len({rating.by for rating in stay.ratings[-4:]}) > 1
        and stay.category != "admitted"
        and stay.taken_by is not None
        and days >= course.Course.of(stay, day.seed).days
    )


def _planned_care(day: Day, client: Client) -> None:
    who = day.who(client, 0.85)
    if who and day.share(course.OFF_BOARD_A_WEEK / 5):
        day.put(day.between(8.5, WORK_ENDS), partial(acts.contact, day, client.id, who))
    if day.share(1 / 220):  # about once a year
        day.put(day.between(9.0, 16), partial(acts.review_crisis_plan, day, client.id))


def _hospital_and_law(day: Day, client: Client) -> None:
    """Longer in hospital than expected; home, where the board said so before; compulsory care that runs out."""
    there = client.admission
    if there and (client.stay is None or client.stay.category != "admitted"):
        if day.share(0.15):
            day.put(day.between(9.0, 15.0), partial(acts.discharge, day, client.id))
    elif there and there.expected and there.expected < day.day and day.share(0.6):
        day.put(day.between(9.0, 15.0), partial(acts.stays_longer, day, client.id))
    for measure in client.legal:
        if measure.ends and measure.ends - day.day < DECIDED_BEFORE and day.share(0.4):
            day.put(day.between(9.5, 15.5), partial(acts.decide_legal, day, client.id, measure))


def _new_flags(day: Day, on_board: list[Client], away: list[Client]) -> None:
    """Who is put on the board today: more on a thin board, fewer on a full one, a quarter of them not long home."""
    wanted = course.PREVALENCE * (len(on_board) + len(away))
    if not wanted or not away:
        return
    thin = min(max(1 + 2.5 * (wanted - len(on_board)) / wanted, 0.05), 3)
    rate = wanted / course.MEAN_DAYS * thin * (1.25 if day.working else 0.3)
    now = day.instant(time(8))
    recent = [c for c in away if c.past and now - c.past[-1].ended < timedelta(days=90)]
    lately = {c.id for c in recent}
    others = [c for c in away if c.id not in lately] or recent
    for _ in range(course.how_many(day.chance, rate)):
        client = day.chance.choice(recent if recent and day.share(course.BACK_WITHIN_90_DAYS) else others)
        low, high = day.chance.choices(((8.5, 16.0), (17.0, 23.0), (7.2, 8.1)), (7, 2, 1))[0]
        at = day.between(low, high) if day.working else day.between(9.0, 23.0)
        mistaken = day.share(0.015)
        day.put(at, partial(acts.put_on, day, client.id, some_category(day), mistaken=mistaken))


def some_category(day: Day) -> str:
    """A category in use, as often as it is usual."""
    codes = [code for code in day.team.categories if day.in_use(code)]
    return day.chance.choices(codes, [course.profile(code).share + 1e-9 for code in codes])[0] if codes else ""


def _come_and_go(day: Day, away: list[Client]) -> None:
    """About as many come to the team as leave it."""
    rate = NEWCOMERS_A_YEAR * len(day.clients) / 250
    if day.share(rate):
        day.put(day.between(9.0, 14.0), partial(_arrive, day))
    settled = [client for client in away if not client.past]
    if settled and day.share(rate):
        leaving = day.chance.choice(settled)
        day.put(day.between(9.0, 16.0), partial(acts.end, day, leaving.id))


async def _arrive(day: Day) -> None:
    """Somebody new: enrolled, and on the board so that everybody gets to know them."""
    lead = next((m.user for m in day.team.members.values() if m.role is e.Role.LEAD and not m.left), None)
    managers: dict[str, int] = {}
    for id in day.clients:
        client = await day.state(id)
        if client and client.details.case_manager:
            managers[client.details.case_manager] = managers.get(client.details.case_manager, 0) + 1
    here = [user for user in managers if user in day.team.members and not day.team.members[user].left]
    if lead is None or not here:
        return
    fewest = min(here, key=lambda user: (managers[user], user))
    details = newcomer(Random(day.chance.random()), fewest, day.day)
    receipt = await day.do(lead, enrolment.enrol, details=details)
    if receipt.client:
        day.clients.append(receipt.client)
        day.soon(10, 50, partial(acts.put_on, day, receipt.client, "new_client"))

"""Louder, never quieter: what has gone on for too long, since when, and when it is told to whom (design 5).

Three clocks on the board, review by, unseen, untaken, and one for the follow-up of a return. Each step has the instant
at which it falls due; the scheduler writes it down as a fact of its own, the card and the wall say it from that instant
on. Nothing here ever moves anybody down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from factboard.domain import calendar, planned_care, signs
from factboard.domain import events as e
from factboard.domain.events import Step
from factboard.domain.state import Client, Stay, Team

TWICE = 2  # as long again, and the lead is told
GRACE = timedelta(minutes=1)  # in which a flag can be undone: nobody is asked about it before

Louder = e.ReviewFellDue | e.UnseenTooLong | e.FlagUntaken | e.FollowUpMissed | e.PlannedContactMissed

FACTS: dict[Step, type[Louder]] = {
    Step.REVIEW: e.ReviewFellDue,
    Step.REVIEW_LEAD: e.ReviewFellDue,
    Step.UNSEEN: e.UnseenTooLong,
    Step.UNSEEN_LEAD: e.UnseenTooLong,
    Step.UNTAKEN: e.FlagUntaken,
    Step.TONIGHT: e.FlagUntaken,
    Step.UNTAKEN_LEAD: e.FlagUntaken,
    Step.FOLLOW_UP: e.FollowUpMissed,
    Step.FOLLOW_UP_LEAD: e.FollowUpMissed,
    Step.CONTACT: e.PlannedContactMissed,
    Step.CONTACT_LEAD: e.PlannedContactMissed,
}
TO_THE_LEAD = (
    Step.REVIEW_LEAD, Step.UNSEEN_LEAD, Step.TONIGHT, Step.UNTAKEN_LEAD, Step.FOLLOW_UP_LEAD, Step.CONTACT_LEAD,
)  # fmt: skip
LESS = {  # the step that says less of the same thing
    Step.REVIEW: Step.REVIEW_LEAD,
    Step.UNSEEN: Step.UNSEEN_LEAD,
    Step.UNTAKEN: Step.UNTAKEN_LEAD,
    Step.FOLLOW_UP: Step.FOLLOW_UP_LEAD,
    Step.CONTACT: Step.CONTACT_LEAD,
}


@dataclass(frozen=True, slots=True)
class Alarm:
    """What has gone on for too long. `since` (UTC) is when it fell due; `lead`: so long that the lead was told."""

    step: Step
    since: datetime
    lead: bool = False


def steps(team: Team, client: Client) -> dict[Step, datetime]:
    """When each step falls due for this client (UTC), in whatever order; a function of what is so, not of the hour."""
    found = dict(_follow_up(team, client)) | dict(_contacts(team, client))
    stay = client.stay
    if stay and client.enrolled:
        found |= dict(_review(team, stay)) | dict(_unseen(team, client, stay)) | dict(_untaken(team, stay))
    return found


def outstanding(team: Team, client: Client) -> dict[Step, datetime]:
    """Those of the steps that no fact has written down yet."""
    told = {**client.follow_up_told, **client.contact_told, **(client.stay.told if client.stay else {})}
    return {step: due for step, due in steps(team, client).items() if told.get(step) != due}


def alarms(team: Team, client: Client, now: datetime) -> tuple[Alarm, ...]:
    """What is too long by now, the longest first. Out of hours a flag that nobody has taken asks who acts tonight."""
    due = {step: at for step, at in steps(team, client).items() if at <= now}
    found = [Alarm(step, at, LESS.get(step) in due) for step, at in due.items() if step in LESS]
    stay = client.stay
    if stay and asks_tonight(team, client, now):
        found = [one for one in found if one.step is not Step.UNTAKEN]
        found.append(Alarm(Step.TONIGHT, stay.flagged_at, Step.UNTAKEN_LEAD in due))
    if longest := planned_care.missed(client, now, team.settings)[:1]:  # each is told of; the longest is said
        found = [one for one in found if one.step is not Step.CONTACT]
        since, lead = (
            planned_care.told_at(longest[0].contact.day, step, team.settings)
            for step in (Step.CONTACT, Step.CONTACT_LEAD)
        )
        found.append(Alarm(Step.CONTACT, since, lead <= now))
    return tuple(sorted(found, key=lambda one: (one.since, one.step)))


def fact(team: Team, client: Client, step: Step, due: datetime, versions: e.Versions) -> e.Fact:
    """What is written down when this step has fallen due, at `due` (UTC)."""
    if FACTS[step] is not e.PlannedContactMissed:
        return FACTS[step](due, step, versions=versions)  # type: ignore[call-arg]
    settings = team.settings
    planned = planned_care.missable(client, settings)
    contact = next(one for one in planned if planned_care.told_at(one.day, step, settings) == due)
    return e.PlannedContactMissed(due, step, contact.who, contact.day, versions)


def asks_tonight(team: Team, client: Client, now: datetime) -> bool:
    """Has nobody the flag, now that the team has gone home?"""
    stay = client.stay
    waits = stay is not None and client.enrolled and is_untaken(stay)
    return waits and not calendar.is_working_hour(now, team.settings)


def turns(team: Team, client: Client, now: datetime) -> list[datetime]:
    """The coming instants (UTC) at which `alarms` changes by time alone."""
    coming = [at for at in steps(team, client).values() if at > now]
    stay = client.stay
    return [*coming, *([calendar.hours_turn(now, team.settings)] if stay and is_untaken(stay) else [])]


def _review(team: Team, stay: Stay) -> Iterator[tuple[Step, datetime]]:
    if stay.review_by:
        again = timedelta(days=team.categories[stay.category].review_days)
        yield Step.REVIEW, calendar.midnight_after(stay.review_by, team.settings)
        yield Step.REVIEW_LEAD, calendar.midnight_after(stay.review_by + again, team.settings)


def _unseen(team: Team, client: Client, stay: Stay) -> Iterator[tuple[Step, datetime]]:
    """Counted as `signs.unseen_too_long` does, which is so from the first of these instants on."""
    if client.admission:
        return
    last = calendar.local_day(max(signs.seen_at(client), signs.known_since(stay)), team.settings)
    most = timedelta(days=team.categories[stay.category].unseen_days)
    yield Step.UNSEEN, calendar.midnight_after(last + most, team.settings)
    yield Step.UNSEEN_LEAD, calendar.midnight_after(last + TWICE * most, team.settings)


def _untaken(team: Team, stay: Stay) -> Iterator[tuple[Step, datetime]]:
    """Counted from when the flag came here: before that nobody could take it, however long it waited on a phone."""
    if not is_untaken(stay):
        return
    settings, flagged = team.settings, stay.flagged_at
    soon = timedelta(minutes=settings.taken_minutes)
    yield Step.UNTAKEN, calendar.after_working(flagged, soon, settings)
    yield Step.UNTAKEN_LEAD, calendar.after_working(flagged, TWICE * soon, settings)
    yield Step.TONIGHT, _evening(stay.told.get(Step.TONIGHT), flagged, settings)


def _evening(asked: datetime | None, flagged: datetime, settings: e.Settings) -> datetime:
    """When it is asked who acts tonight: as the team goes home, on each working day until somebody has it."""
    if asked is None or asked < flagged:
        return max(calendar.goes_home(flagged, settings), flagged + GRACE)
    day = calendar.local_day(asked, settings)
    ends = calendar.instant(day, settings.day_ends, settings)
    if calendar.is_working_day(day, settings) and asked < ends:  # asked at night: that evening they go home again
        return ends
    return calendar.instant(calendar.next_working_day(day, settings), settings.day_ends, settings)


def is_untaken(stay: Stay) -> bool:
    """A list that was brought in is nobody's new worry."""
    return stay.taken_by is None and not (stay.source is e.Source.IMPORT and stay.flagged_at == stay.since)


def _follow_up(team: Team, client: Client) -> Iterator[tuple[Step, datetime]]:
    plan = planned_care.waits_for_follow_up(client)
    if plan:
        yield Step.FOLLOW_UP, calendar.midnight_after(plan.due, team.settings)
        had_it = calendar.next_working_day(plan.due, team.settings)  # the day on which it comes first in the meeting
        yield Step.FOLLOW_UP_LEAD, calendar.midnight_after(had_it, team.settings)


def _contacts(team: Team, client: Client) -> Iterator[tuple[Step, datetime]]:
    """Each planned contact that nobody made is told once: the first that was not told yet."""
    days = [one.day for one in planned_care.missable(client, team.settings)]
    for step in (Step.CONTACT, Step.CONTACT_LEAD) if days else ():
        told = client.contact_told.get(step)
        coming = (planned_care.told_at(day, step, team.settings) for day in days)
        yield step, next((at for at in coming if told is None or at > told), told or calendar.LAST)

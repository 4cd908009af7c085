"""Told at once: who hears of what, in the list of notices and on their phone; for how long a message is of use; and
when a person wants quiet.

The team says of each kind of news who is told (`Settings.told`). A fact is told by the settings as they were when it
was written, so that notices made anew from the history are those that people had.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from factboard.domain import calendar, consent, planned_care, roster
from factboard.domain import events as e
from factboard.domain.refusal import Invalid
from factboard.domain.state import Client, Team

OF_USE = {  # for so long: after that, whoever opens factboard sees how it is now
    e.News.FLAG: timedelta(hours=12),
    e.News.UNTAKEN: timedelta(hours=4),
    e.News.ANNOUNCED: timedelta(hours=24),
    e.News.RETURNED: timedelta(hours=24),
}


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when, in the team's zone, a person's phones are left alone; over midnight where it ends before it
    begins.
    """

    begins: time
    ends: time


def news(fact: e.Fact) -> e.News | None:
    """What kind of news this fact is, if any. A list that was brought in is none."""
    match fact:
        case e.PutOnBoard(source=source) | e.FlaggedAgain(source=source):
            return None if source is e.Source.IMPORT else e.News.FLAG
        case e.FlagUntaken():
            return e.News.UNTAKEN
        case e.ReturnAnnounced():
            return e.News.ANNOUNCED
        case e.Returned():
            return e.News.RETURNED
    return None


def told(team: Team, client: Client, row: e.Recorded) -> list[str]:
    """Who is told of this fact at once, by the team's own rules, given the client as they are after it; nobody of what
    they did themselves.
    """
    what = news(row.fact)
    if what is None:
        return []
    asked: tuple[e.Audience, ...] = getattr(team.settings.told, what.value)
    users = (user for audience in asked for user in _of(audience, team, client, row.at))
    may = (user for user in users if user != row.actor and consent.told_of(team, client, user, row.at))
    return list(dict.fromkeys(may))


def _of(audience: e.Audience, team: Team, client: Client, at: datetime) -> Iterator[str]:
    """Whom this means today. Somebody who is away is told only where nobody stands in for them."""
    day = calendar.local_day(at, team.settings)
    match audience:
        case e.Audience.ON_DUTY:
            duty = roster.on_duty(team, day)
            if duty and not roster.absent(team, duty.user, day):
                yield duty.user
        case e.Audience.CASE_MANAGER:
            who = planned_care.coordinator(team, client, day) or client.details.case_manager
            if who:
                yield who
        case e.Audience.LEAD:
            leads = [one.user for one in team.members.values() if one.role is e.Role.LEAD and not one.left]
            here = [user for user in leads if not roster.absent(team, user, day)]
            yield from here or leads


def still_so(what: e.News, client: Client | None) -> bool:
    """Is it still as it was told, so that a message which could not be sent is worth sending now?"""
    stay = client.stay if client and client.enrolled else None
    match what:
        case e.News.FLAG:
            return stay is not None
        case e.News.UNTAKEN:
            return stay is not None and stay.taken_by is None
        case e.News.ANNOUNCED:
            return stay is not None and stay.announced is not None
        case e.News.RETURNED:
            return client is not None and client.enrolled and stay is None


# --- quiet hours ----------------------------------------------------------------------------------------------


def quiet(begins: time | None, ends: time | None) -> Quiet | None:
    """A person's quiet hours as they wish them; neither time: none. Raises `Invalid`."""
    if begins is None and ends is None:
        return None
    if begins is None or ends is None:
        raise Invalid("quiet_both", "quiet_from" if begins is None else "quiet_to")
    if begins == ends:
        raise Invalid("quiet_all_day", "quiet_to")
    return Quiet(begins, ends)


def quiet_until(wish: Quiet, now: datetime, settings: e.Settings) -> datetime | None:
    """When the quiet hours that it is in now are over (UTC); None: it is in none."""
    today = calendar.local_day(now, settings)
    for day in (today - calendar.DAY, today):
        ends_on = day if wish.begins < wish.ends else calendar.next_day(day)
        begins, ends = calendar.instant(day, wish.begins, settings), calendar.instant(ends_on, wish.ends, settings)
        if begins <= now < ends:
            return ends
    return None


def rests_until(what: e.News, wish: Quiet | None, user: str, now: datetime, team: Team) -> datetime | None:
    """Until when this person's phone is left alone with this news (UTC); None: it is told now.

    Whoever is on duty is always told of a flag that nobody has taken.
    """
    if wish is None:
        return None
    duty = roster.on_duty(team, calendar.local_day(now, team.settings))
    if what is e.News.UNTAKEN and duty and duty.user == user:
        return None
    return quiet_until(wish, now, team.settings)

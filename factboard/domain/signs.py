"""What stands out about a client: contacts done and due, unseen too long, what changed, how the ratings go.

Each is a pure function of the client's state and the moment, used alike by the wall, the agenda, the grid and the
sheets, so that no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from factboard.domain import calendar
from factboard.domain.events import Category, ContactKind, Settings
from factboard.domain.events import Rating as Level
from factboard.domain.state import Client, Contact, Legal, Rating, Stay, Team

WEEK = timedelta(days=7)
RECENT = timedelta(days=14)  # design 5: how long somebody who returned stays in sight
AGAIN = timedelta(days=30)  # between two times on the board, for the second one to be marked
RUNNING_OUT = 14  # days before a legal measure ends at which it comes up
LONG = 2  # times the category's own review days
TREND = 4  # ratings shown as a trend
NEVER = datetime.min.replace(tzinfo=UTC)


class Change(StrEnum):
    """What has happened to a client since some moment, the most pressing first."""

    PUT_ON = "put_on"
    FLAGGED = "flagged"
    WORSE = "worse"
    MISSED = "missed"  # tried and not reached, and not met since
    ADMITTED = "admitted"
    CATEGORY = "category"
    BETTER = "better"
    USUAL = "usual"


def contacts(client: Client) -> list[Contact]:
    """Those in which somebody was met or spoken with: an attempt is none."""
    return [known for known in client.contacts if known.kind is not ContactKind.TRIED]


def last_seen(client: Client) -> Contact | None:
    """The newest contact eye to eye; a telephone call is not one."""
    return next((known for known in reversed(contacts(client)) if known.kind is not ContactKind.PHONE), None)


def seen_at(client: Client) -> datetime:
    """When they were last seen; long ago for somebody never seen."""
    last = last_seen(client)
    return last.happened_at if last else NEVER


def week_begins(now: datetime, settings: Settings) -> datetime:
    """From when on (UTC) a contact is one of the last seven days: seven whole local days, and today so far.

    Counted in hours, somebody who is met each weekday would fall short from the hour of last week's contact until
    today's is made.
    """
    return calendar.instant(calendar.local_day(now, settings) - WEEK, time(0), settings)


def contacts_this_week(client: Client, now: datetime, settings: Settings) -> int:
    """Contacts of the last seven days."""
    begins = week_begins(now, settings)
    return sum(begins <= known.happened_at <= now for known in contacts(client))


def category_of(team: Team, client: Client) -> Category | None:
    return team.categories.get(client.stay.category) if client.stay else None


def contacts_due(team: Team, client: Client) -> int:
    """How many contacts a week the client's category asks for."""
    category = category_of(team, client)
    return category.contacts_a_week if category else 0


def unseen_too_long(team: Team, client: Client, now: datetime) -> bool:
    """Has the team gone longer without seeing somebody on the board than their category allows?

    Counted in local days, from when they were last seen or, later, from when the team wrote down that they are on the
    board: of what was before a list was brought in nothing is known.
    """
    category = category_of(team, client)
    if category is None or client.stay is None or client.admission:
        return False
    since = max(seen_at(client), known_since(client.stay))
    return _days(since, now, team.settings) > category.unseen_days


def known_since(stay: Stay) -> datetime:
    """From when on what the team did for the client is written here."""
    return max(stay.since, stay.noted or stay.since)


def review_overdue(stay: Stay, today: date) -> bool:
    return stay.review_by is not None and stay.review_by < today


def long_on_board(team: Team, client: Client, now: datetime) -> bool:
    """On the board twice as long as the category's review days: a sign to look, no success (domain page, section 3)."""
    category = category_of(team, client)
    if category is None or client.stay is None:
        return False
    return _days(client.stay.since, now, team.settings) >= LONG * category.review_days


def changes(client: Client, since: datetime) -> tuple[Change, ...]:
    """What has happened to somebody on the board since then (UTC), the most pressing first."""
    stay = client.stay
    if stay is None:
        return ()
    newest = stay.ratings[-1] if stay.ratings and stay.ratings[-1].recorded_at > since else None
    last, tried = client.contacts[-1:], ContactKind.TRIED
    found = {
        Change.PUT_ON: stay.since > since,
        Change.FLAGGED: stay.flagged_at > since and stay.flagged_at > stay.since,
        Change.WORSE: any(one.rating is Level.WORSE and one.recorded_at > since for one in stay.ratings),
        Change.MISSED: any(one.kind is tried and one.recorded_at > since for one in last),
        Change.ADMITTED: client.admission is not None and client.admission.noted > since,
        Change.CATEGORY: stay.category_since is not None and stay.category_since > since,
        Change.BETTER: newest is not None and newest.rating is Level.BETTER,
        Change.USUAL: newest is not None and newest.rating is Level.USUAL,
    }
    return tuple(change for change, is_so in found.items() if is_so)


def trend(stay: Stay) -> tuple[Rating, ...]:
    """The newest ratings that say something, oldest first."""
    return tuple(one for one in stay.ratings if one.rating is not Level.NOT_ASSESSED)[-TREND:]


def days_left(legal: Legal, today: date) -> int | None:
    """Local days until a legal measure ends, negative when its end has passed; None until further notice."""
    return (legal.ends - today).days if legal.ends else None


def running_out(client: Client, today: date) -> bool:
    """Does one of their legal measures end soon, or has its end passed with nobody noting what became of it?"""
    return any((left := days_left(one, today)) is not None and left <= RUNNING_OUT for one in client.legal)


def in_sight_after_return(client: Client, now: datetime) -> bool:
    """Did their time on the board end in the last 14 days, or has nobody met them since? Whichever is later."""
    left = client.left_board
    waits = client.follow_up is not None and client.follow_up.done is None
    return left is not None and (now - left < RECENT or waits)


def back_within_30_days(client: Client) -> bool:
    """Is this their second time on the board within 30 days of the last one's end?"""
    last = next((past for past in reversed(client.past) if not past.in_error), None)
    return client.stay is not None and last is not None and client.stay.since - last.ended < AGAIN


def recently_returned(clients: Iterable[Client], now: datetime) -> list[Client]:
    """Those who returned a short while ago, or wait for their follow-up, the newest first."""
    found = [client for client in clients if in_sight_after_return(client, now)]
    return sorted(found, key=lambda client: (client.left_board or NEVER, client.id), reverse=True)


def _days(since: datetime, now: datetime, settings: Settings) -> int:
    return (calendar.local_day(now, settings) - calendar.local_day(since, settings)).days

"""Whom somebody most likely puts on the board next: offered before anything is typed, on the flag page and offline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from factboard.domain import calendar, visits
from factboard.domain.people import code, full_name
from factboard.domain.state import Client, Team, Visit
from factboard.domain.text import folded

LATELY = timedelta(days=14)
AT_FIRST = 12  # shown at once; the rest is folded away, and typing finds everybody


class Near(StrEnum):
    """How this person stands to a client, the likeliest to be flagged first."""

    TODAY = "today"  # they go there today, or were there
    OWN = "own"  # they coordinate the care, or stand in for who does
    LATELY = "lately"  # they met, rated or flagged them in the last 14 days


@dataclass(frozen=True, slots=True)
class Offer:
    """A client to choose by one touch; `visit` is theirs of today, where one is planned."""

    client: Client
    near: Near
    visit: Visit | None = None


def offered(team: Team, clients: Iterable[Client], user: str, now: datetime) -> list[Offer]:
    """Each client once: today's in the order of the day, their own by name, then the others by when, newest first."""
    cared_for = [client for client in clients if client.enrolled]
    going = {client.id: visit for client in cared_for if (visit := _visit_today(team, client, user, now))}
    dealt = {client.id: at for client in cared_for if (at := _dealt_with(client, user, now - LATELY))}
    today = calendar.local_day(now, team.settings)
    met = {id for id, at in dealt.items() if calendar.local_day(at, team.settings) == today}
    by_visit = sorted((one for one in cared_for if one.id in going), key=lambda one: visits.in_time(going[one.id]))
    newest = sorted(
        (one for one in cared_for if one.id in dealt), key=lambda one: (dealt[one.id], one.id), reverse=True
    )
    own = sorted((one for one in cared_for if _is_own(client=one, user=user)), key=by_name)
    found = [
        *(Offer(one, Near.TODAY, going[one.id]) for one in by_visit),
        *(Offer(one, Near.TODAY) for one in newest if one.id in met),
        *(Offer(one, Near.OWN) for one in own),
        *(Offer(one, Near.LATELY) for one in newest),
    ]
    once: dict[str, Offer] = {}
    for offer in found:
        once.setdefault(offer.client.id, offer)
    return [*once.values()]


def likely_category(team: Team, client: Client) -> str:
    """The category that a new flag most likely has: the present one, else that of the last time, else the team's first.

    Never one that is no longer in use, and never that of a time that was entered in error.
    """
    open_ones = {code: one for code, one in team.categories.items() if not one.retired}
    times = [one.category for one in reversed(client.past) if not one.in_error]
    known = [client.stay.category] if client.stay else times[:1]
    first = sorted(open_ones, key=lambda code: (open_ones[code].order, code))
    return next((code for code in [*known, *first] if code in open_ones), "")


def _visit_today(team: Team, client: Client, user: str, now: datetime) -> Visit | None:
    """Their first visit of today, made or not; whoever goes instead of somebody away has it too."""
    today = calendar.local_day(now, team.settings)
    theirs = (one for one in client.visits if one.day == today and user in (one.who, one.backup))
    goes = (one for one in theirs if (visits.covered_by(team, one) or one.who) == user)
    return min(goes, key=visits.in_time, default=None)


def _dealt_with(client: Client, user: str, since: datetime) -> datetime | None:
    """When (UTC) they last met, tried, rated or flagged the client, if that is not longer ago."""
    written = takewhile(lambda one: one.recorded_at >= since, reversed(client.contacts))  # nothing happens after that
    times = [one.happened_at for one in written if user in (one.by, *one.others)]
    if stay := client.stay:
        times += [one.happened_at for one in stay.ratings if one.by == user]
        times += [stay.since] * (stay.put_on_by == user) + [stay.flagged_at] * (stay.flagged_by == user)
    return max((at for at in times if at >= since), default=None)


def _is_own(client: Client, user: str) -> bool:
    return user in (client.details.case_manager, client.details.substitute)


def by_name(client: Client) -> tuple[bool, str, str]:
    """Protected identities last, by their code: their place in a list of names would tell the name."""
    hidden = client.details.protected
    return hidden, code(client.id) if hidden else folded(full_name(client.details)), client.id

"""Who goes to whom: planning, changing and cancelling visits, and what is not covered until the team next meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from factboard.domain import calendar, roster, signs
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Client, Team, Visit
from factboard.domain.text import clean

FARTHEST = timedelta(days=366)


class Why(StrEnum):
    """Why somebody may be left without a visit."""

    AWAY = "away"  # who was to go is away, or has left, and so is the backup
    NOBODY = "nobody"  # nobody goes, and this week's contacts fall short


@dataclass(frozen=True, slots=True)
class Gap:
    """A client whom nobody sees before the team next meets; `visit` is the one that will not be made, if any."""

    client: Client
    visit: Visit | None
    why: Why


def plan_visit(
    case: Case, *, who: str, day: date, at: time | None = None, note: str = "", backup: str | None = None
) -> list[e.Entry]:
    """Who goes, and when (local to the team); `backup` goes where they cannot."""
    case.on_board()
    return [case.about(e.VisitPlanned(*_plan(case, who, day, at, note, backup)))]


def change_visit(
    case: Case,
    *,
    visit: int,
    who: str,
    day: date,
    at: time | None = None,
    note: str = "",
    backup: str | None = None,
) -> list[e.Entry]:
    """Another person, day or time. Refused where somebody else has changed this visit meanwhile."""
    known = _known(case, visit)
    plan = _plan(case, who, day, at, note, backup)
    if plan == (known.who, known.day, known.at, known.note, known.backup):
        return []
    return [case.about(e.VisitChanged(visit, *plan))]


def cancel_visit(case: Case, *, visit: int, reason: str = "") -> list[e.Entry]:
    """Nobody goes after all."""
    known = _known(case, visit)
    return [case.about(e.VisitCancelled(visit, known.who, known.day, clean(reason, "reason")))]


def _plan(
    case: Case, who: str, day: date, at: time | None, note: str, backup: str | None
) -> tuple[str, date, time | None, str, str | None]:
    goes = case.member(who, "who").user
    instead = case.member(backup, "backup").user if backup else None
    if instead == goes:
        raise Invalid("backup_is_the_same", "backup")
    if not case.today <= day <= case.today + FARTHEST:
        raise Invalid("day_out_of_range", "day")
    return goes, day, at, clean(note, "note"), instead


def _known(case: Case, visit: int) -> Visit:
    client = case.enrolled()
    meanwhile: list[e.VisitChanged | e.VisitCancelled] = [
        *case.meanwhile(e.VisitChanged),
        *case.meanwhile(e.VisitCancelled),
    ]
    if any(fact.visit == visit for fact in meanwhile):
        raise Conflict("visit_changed_meanwhile")
    known = next((one for one in client.visits if one.seq == visit), None)
    if known is None:
        raise Conflict("unknown_visit")
    if is_made(client, known, case.team.settings):
        raise Conflict("visit_was_made")
    return known


# --- what the plan adds up to -------------------------------------------------------------------------------


def is_made(client: Client, visit: Visit, settings: e.Settings) -> bool:
    """Was there a contact on the visit's day, noted after it was planned, by whoever was to go or met with them?"""
    goes = {visit.who, visit.backup} - {None}
    return any(
        contact.kind is not e.ContactKind.TRIED
        and contact.seq > visit.seq
        and not goes.isdisjoint((contact.by, *contact.others))
        and calendar.local_day(contact.happened_at, settings) == visit.day
        for contact in client.contacts
    )


def ahead(client: Client, settings: e.Settings, today: date) -> list[Visit]:
    """The visits from this day on that have not been made, in order."""
    coming = (one for one in client.visits if one.day >= today and not is_made(client, one, settings))
    return sorted(coming, key=lambda one: (one.day, one.at is None, one.at or time(0), one.seq))


def covered_by(team: Team, visit: Visit) -> str | None:
    """Who makes this visit as things stand: whoever was to go, else the backup, else nobody."""
    return next((user for user in (visit.who, visit.backup) if user and roster.can_go(team, user, visit.day)), None)


def last_day(team: Team, now: datetime) -> date:
    """The last local day before the team next meets: the board's plan must reach to its end."""
    today = calendar.local_day(now, team.settings)
    meeting = calendar.next_meeting(now, team.settings)
    if meeting is None:
        return today
    return max(today, calendar.local_day(meeting, team.settings) - timedelta(days=1))


def uncovered(team: Team, clients: Iterable[Client], now: datetime) -> list[Gap]:
    """Those on the board for whom nobody goes before the team next meets, the longest unseen first.

    A planned visit whose people are away always counts. Without a visit, a client counts whose contacts of the last
    seven days are fewer than their category asks for; who is admitted is in the ward's hands until then.
    """
    today, last = calendar.local_day(now, team.settings), last_day(team, now)
    gaps = [
        gap for client in clients if client.stay and client.enrolled and (gap := _gap(team, client, today, last, now))
    ]
    return sorted(gaps, key=lambda gap: (gap.why is not Why.AWAY, signs.seen_at(gap.client), gap.client.id))


def _gap(team: Team, client: Client, today: date, last: date, now: datetime) -> Gap | None:
    coming = [visit for visit in ahead(client, team.settings, today) if visit.day <= last]
    if any(covered_by(team, visit) for visit in coming):
        return None
    if coming:
        return Gap(client, coming[0], Why.AWAY)
    short = signs.contacts_this_week(client, now) < signs.contacts_due(team, client)
    return Gap(client, None, Why.NOBODY) if short and client.admission is None else None


def load(team: Team, clients: Iterable[Client], day: date) -> dict[str, int]:
    """How many visits each person has on a day, those made already included; a backup counts where they must go."""
    planned = [visit for client in clients for visit in client.visits if visit.day == day]
    return dict(Counter(covered_by(team, visit) or visit.who for visit in planned))

"""Who goes to whom: planning, changing and cancelling visits, and what is not covered until the team next meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from factboard.domain import calendar, placement, roster, signs
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid, Overtaken
from factboard.domain.state import Client, Contact, Team, Visit
from factboard.domain.text import clean

AFTERNOON = time(13)  # local; what was planned for today and is not done rises from here
FARTHEST = timedelta(days=366)
NO_VISIT = (e.ContactKind.TRIED, e.ContactKind.PHONE)  # who calls to say that they are coming has not been there


class Why(StrEnum):
    """Why somebody may be left without a visit."""

    AWAY = "away"  # who was to go is away, or has left, and so is the backup
    NOBODY = "nobody"  # nobody goes, and this week's contacts fall short


@dataclass(frozen=True, slots=True)
class Gap:
    """A client whom nobody sees before the team next meets, or `visit`, the first that nobody makes as things stand."""

    client: Client
    visit: Visit | None
    why: Why


def plan_visit(
    case: Case, *, who: str, day: date, at: time | None = None, note: str = "", backup: str | None = None
) -> list[e.Entry]:
    """Who goes, and when (local to the team); `backup` goes where they cannot."""
    case.on_board()
    return [case.about(planned(case, who=who, day=day, at=at, note=note, backup=backup))]


def planned(
    case: Case, *, who: str, day: date, at: time | None = None, note: str = "", backup: str | None = None
) -> e.VisitPlanned:
    """The fact by itself, for a rule that knows where it belongs."""
    return e.VisitPlanned(*_plan(case, who, day, at, note, backup))


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


def move_visit(case: Case, *, visit: int, day: date) -> list[e.Entry]:
    """The same visit on another day."""
    known = _known(case, visit)
    return change_visit(case, visit=visit, who=known.who, day=day, at=known.at, note=known.note, backup=known.backup)


def cancel_visit(case: Case, *, visit: int, reason: str = "") -> list[e.Entry]:
    """Nobody goes after all."""
    known = _known(case, visit)
    return [case.about(e.VisitCancelled(visit, known.who, known.day, clean(reason, "reason")))]


def go(case: Case, *, visit: int | None = None) -> list[e.Entry]:
    """ "I'll go": the one who asks makes this visit, or one today where none is planned. Never two at once."""
    if visit is None:
        case.on_board()
        coming = next(iter(ahead(case.enrolled(), case.team.settings, case.today)), None)
        if coming and case.meanwhile(e.VisitPlanned, e.VisitChanged):
            raise Conflict("somebody_goes", by=coming.who)
        return plan_visit(case, who=case.actor, day=case.today)
    known = _known(case, visit)
    instead = known.backup if known.backup != case.actor else None
    return change_visit(
        case, visit=visit, who=case.actor, day=max(known.day, case.today), at=known.at, note=known.note, backup=instead
    )


def make_visit(
    case: Case, *, visit: int, by: str | None = None, rating: e.Rating | None = None, tried: bool = False
) -> list[e.Entry]:
    """The visit was made by `by`, or nobody was there (`tried`): the contact, and how the client is.

    It happened now; on its own day where that has passed. One whose day has not come cannot have been made. Written on
    a phone, "worse" is not lost with a visit that others have changed since.
    """
    try:
        known = _known(case, visit)
    except Conflict as changed:
        if not case.late or rating is not e.Rating.WORSE:
            raise
        if not case.anyway:
            raise Overtaken(changed.key, None, **changed.params) from None
        return placement.log_contact(case, contact=_where(case), by=by, rating=rating)
    who = by or case.actor
    if who not in (known.who, known.backup):
        raise Invalid("not_their_visit", "by")
    if known.day > case.today:
        raise Invalid("in_the_future", "day")
    settings = case.team.settings
    at = calendar.instant(known.day, known.at or time(12), settings) if known.day < case.day else None
    kind = e.ContactKind.TRIED if tried else _where(case)
    return placement.log_contact(case, contact=kind, by=who, happened_at=at, rating=rating)


def _where(case: Case) -> e.ContactKind:
    return e.ContactKind.WARD if case.enrolled().admission else e.ContactKind.HOME


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
    return made_by(client, visit, settings) is not None


def made_by(client: Client, visit: Visit, settings: e.Settings) -> Contact | None:
    """The contact that the visit was for. One contact makes one visit: the evening's is not made by the morning's."""
    of_day = [one for one in client.visits if one.day == visit.day]
    found: dict[int, Contact] = {}
    for contact in client.contacts:
        free = [one for one in of_day if one.seq not in found and _fits(contact, one, settings)]
        if free:
            found[min(free, key=lambda one: _apart(contact, one, settings)).seq] = contact
    return found.get(visit.seq)


def _fits(contact: Contact, visit: Visit, settings: e.Settings) -> bool:
    return (
        contact.kind not in NO_VISIT
        and contact.seq > max(visit.seq, visit.changed)  # what was there before the plan was not what it was for
        and not {visit.who, visit.backup}.isdisjoint((contact.by, *contact.others))
        and calendar.local_day(contact.happened_at, settings) == visit.day
    )


def _apart(contact: Contact, visit: Visit, settings: e.Settings) -> tuple[timedelta, int]:
    """How far the contact was from the visit's hour; a visit without one takes what no other has claimed."""
    hour = calendar.instant(visit.day, visit.at, settings) if visit.at else None
    return (abs(contact.happened_at - hour) if hour else timedelta(days=1)), visit.seq


def in_time(visit: Visit) -> tuple[date, bool, time, int]:
    """Visits by day and hour, those without an hour at the end of their day."""
    return visit.day, visit.at is None, visit.at or time(0), visit.seq


def rises(visit: Visit, settings: e.Settings) -> datetime:
    """From when (UTC) a visit that nobody has made stands out: its own time, and never before the afternoon."""
    return calendar.instant(visit.day, max(AFTERNOON, visit.at or AFTERNOON), settings)


def ahead(client: Client, settings: e.Settings, today: date) -> list[Visit]:
    """The visits from this day on that have not been made, in order."""
    coming = (one for one in client.visits if one.day >= today and not is_made(client, one, settings))
    return sorted(coming, key=in_time)


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
    seven days are fewer than their category asks for; not whom somebody has seen today, and who is admitted is in the
    ward's hands.
    """
    today, last = calendar.local_day(now, team.settings), last_day(team, now)
    gaps = [
        gap for client in clients if client.stay and client.enrolled and (gap := _gap(team, client, today, last, now))
    ]
    return sorted(gaps, key=lambda gap: (gap.why is not Why.AWAY, signs.seen_at(gap.client), gap.client.id))


def _gap(team: Team, client: Client, today: date, last: date, now: datetime) -> Gap | None:
    coming = [visit for visit in ahead(client, team.settings, today) if visit.day <= last]
    if away := next((visit for visit in coming if covered_by(team, visit) is None), None):
        return Gap(client, away, Why.AWAY)
    if coming:
        return None
    short = signs.contacts_this_week(client, now, team.settings) < signs.contacts_due(team, client)
    met = signs.last_seen(client)
    seen_today = met is not None and calendar.local_day(met.happened_at, team.settings) == today
    return Gap(client, None, Why.NOBODY) if short and not seen_today and client.admission is None else None


def load(team: Team, clients: Iterable[Client], day: date) -> dict[str, int]:
    """How many visits each person has on a day, those made already included; a backup counts where they must go."""
    planned = [visit for client in clients for visit in client.visits if visit.day == day]
    return dict(Counter(covered_by(team, visit) or visit.who for visit in planned))

"""Who is here: weekdays, absences, and who is on duty. Days are the team's own."""

from __future__ import annotations

from datetime import date, timedelta

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.state import Team
from factboard.domain.text import clean

LONGEST = timedelta(days=366)
CLINICAL = (e.Role.CLINICIAN, e.Role.LEAD)  # who sees clients, and makes a meeting one


def absent(team: Team, user: str, day: date) -> bool:
    """Has somebody noted that this person is away on this day?"""
    return any(one.user == user and one.first <= day <= one.last for one in team.absences.values())


def works(team: Team, user: str, day: date) -> bool:
    """Does this person see clients on this day? On their weekdays, unless they are away or the team is closed."""
    member = team.members.get(user)
    if member is None or member.left or member.role not in CLINICAL:
        return False
    return day.weekday() in member.works and not calendar.is_closed(day, team.settings) and not absent(team, user, day)


def working(team: Team, day: date) -> list[e.Member]:
    """Everybody who works on this day, by name; who is on duty works too, whatever their weekdays are, unless away."""
    duty = team.duty.get(day)
    duty = None if duty and absent(team, duty, day) else duty
    here = [one for one in team.members.values() if works(team, one.user, day) or (one.user == duty and not one.left)]
    return sorted(here, key=lambda one: (one.name, one.user))


def on_duty(team: Team, day: date) -> e.Member | None:
    """Who is on duty on this day, if somebody in the team is."""
    member = team.members.get(team.duty.get(day, ""))
    return member if member and not member.left else None


def can_go(team: Team, user: str, day: date) -> bool:
    """Can this person make a visit on this day? Whoever has agreed to go on a day off can; who is away cannot."""
    member = team.members.get(user)
    return member is not None and not member.left and not absent(team, user, day)


def present(team: Team, user: str | None, day: date) -> bool:
    """Does this person see clients in the team, and is not away on this day? Days off in the week are no absence."""
    member = team.members.get(user or "")
    return member is not None and not member.left and member.role in CLINICAL and not absent(team, member.user, day)


def note_absence(case: Case, *, user: str, first: date, last: date | None = None, note: str = "") -> list[e.Entry]:
    """Somebody is away from `first` to `last` (one day without `last`). Anyone may note it: they may be too ill to."""
    who = case.member(user, "user").user
    until = last or first
    if not case.today - LONGEST <= first <= case.today + LONGEST:
        raise Invalid("day_out_of_range", "first")
    if not first <= until <= first + LONGEST:
        raise Invalid("ends_before_it_begins" if until < first else "day_out_of_range", "last")
    if any(one.user == who and one.first <= first and until <= one.last for one in case.team.absences.values()):
        raise Conflict("already_absent", by=who)
    return [e.Entry(e.AbsenceNoted(case.new_id(), who, first, until, clean(note, "note")))]


def remove_absence(case: Case, *, absence: str) -> list[e.Entry]:
    """They are here after all."""
    known = case.team.absences.get(absence)
    if known is None:
        raise Conflict("unknown_absence")
    return [e.Entry(e.AbsenceRemoved(known.id, known.user, known.first, known.last))]


def set_duty(case: Case, *, day: date, user: str | None) -> list[e.Entry]:
    """Who is on duty on a day; None: nobody. What stands already is no fact."""
    if not case.today <= day <= case.today + LONGEST:
        raise Invalid("day_out_of_range", "day")
    who = case.member(user, "user") if user else None
    if who and who.role not in CLINICAL:
        raise Invalid("unknown_member", "user")
    if case.team.duty.get(day) == (who.user if who else None):
        return []
    return [e.Entry(e.DutySet(day, who.user if who else None))]

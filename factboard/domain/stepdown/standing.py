"""Where a client stands on the way back to planned care, and why: the one function behind screens and scheduler."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from factboard.domain import calendar, signs
from factboard.domain.events import Need
from factboard.domain.state import Client, Contact, Rating, Stay, Team
from factboard.domain.stepdown import needs
from factboard.domain.stepdown.needs import Finding


class State(StrEnum):
    """The states of a client's way, in order."""

    PLANNED_CARE = "planned_care"
    ON_BOARD = "on_board"
    KEPT = "kept"
    READY = "ready"
    ANNOUNCED = "announced"
    RETURNING = "returning"  # another held meeting had them up as announced: today, at the return time
    RETURNED = "returned"  # back, and still in sight


@dataclass(frozen=True, slots=True)
class Standing:
    """`findings` are all that the policy asks; `ratings` and `contacts` those that count. `returns` (UTC) is when an
    announced client goes back as things stand, None where no meeting day has a moment for it.
    """

    state: State
    findings: tuple[Finding, ...] = ()
    ratings: tuple[Rating, ...] = ()
    contacts: tuple[Contact, ...] = ()
    returns: datetime | None = None
    fresh: bool = True  # the newest stable rating is new enough for a return today

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What is not so yet, the first to mend first."""
        return tuple(one for one in self.findings if not one.met)

    def finding(self, need: Need) -> Finding | None:
        return next((one for one in self.findings if one.need is need), None)


def standing(team: Team, client: Client, now: datetime) -> Standing:
    """Where the client stands at this moment (UTC)."""
    stay = client.stay
    if stay is None or not client.enrolled:
        return Standing(State.RETURNED if signs.in_sight_after_return(client, now) else State.PLANNED_CARE)
    found = needs.findings(team, client, stay, now)
    return Standing(
        state=_state(stay, found),
        findings=found,
        ratings=needs.stable(team, client, stay, now),
        contacts=needs.counted_contacts(team, client, now),
        returns=returns_at(team, stay, now),
        fresh=needs.is_fresh(team, client, stay, now),
    )


def _state(stay: Stay, found: tuple[Finding, ...]) -> State:
    missing = {one.need for one in found if not one.met}
    if not missing:
        if stay.announced:
            return State.RETURNING if stay.announced.due else State.ANNOUNCED
        return State.READY
    return State.KEPT if Need.NOT_KEPT in missing else State.ON_BOARD


def is_ready(team: Team, client: Client, now: datetime) -> bool:
    """Is the policy met? Of an announced client it is too."""
    stay = client.stay
    if stay is None or not client.enrolled:
        return False
    return all(one.met for one in needs.asked(team, client, stay, now))


def return_time(team: Team, stay: Stay, day: date) -> datetime:
    """The moment (UTC) at which the client's category lets its clients return on this local day."""
    return calendar.instant(day, _time_of_day(team, stay), team.settings)


def next_moment(team: Team, stay: Stay, earliest: date, now: datetime) -> datetime | None:
    """The first moment for a return of theirs from this local day on, as things are planned; None where there is none,
    or every meeting is planned to be over after it.
    """
    at = _time_of_day(team, stay)
    return calendar.next_return(earliest, at, now, team.settings) if at > calendar.meeting_ends(team.settings) else None


def _time_of_day(team: Team, stay: Stay) -> time:
    return team.categories[stay.category].policy.return_time or team.settings.return_time


def return_on(team: Team, stay: Stay, now: datetime) -> datetime | None:
    """The moment for a return today that is still to come; None where today has none."""
    today = calendar.local_day(now, team.settings)
    at = return_time(team, stay, today)
    return at if calendar.is_for_returns(today, team.settings) and now < at else None


def returns_at(team: Team, stay: Stay, now: datetime) -> datetime | None:
    """When an announced client goes back as things stand: at the moment that a meeting has upheld, else on the day of
    the next planned meeting that can uphold it.
    """
    announced = stay.announced
    if announced is None:
        return None
    if announced.due:
        return announced.due
    settings = team.settings
    earliest = calendar.next_day(calendar.local_day(announced.at, settings))
    today = calendar.local_day(now, settings)
    if earliest <= today and _has_met(team, today):
        earliest = calendar.next_day(today)
    return next_moment(team, stay, earliest, now)


def _has_met(team: Team, today: date) -> bool:
    """Is it known of today's meeting whether it was held, so that it upholds nobody any more?"""
    planned = calendar.instant(today, team.settings.meeting_time, team.settings)
    held = team.held is not None and calendar.local_day(team.held.closed, team.settings) == today
    return not team.meeting and (held or (team.judged is not None and team.judged >= planned))


def turns(team: Team, client: Client, now: datetime) -> list[datetime]:
    """The coming instants (UTC) at which what is said here changes by time alone."""
    settings, stay = team.settings, client.stay
    if stay is None:
        out_of_sight = client.left_board + signs.RECENT if client.left_board else now
        return [out_of_sight] if out_of_sight > now else []
    marks = [
        *needs.times_of_loss(team, client, stay),
        calendar.midnight_after(calendar.local_day(now, settings), settings),
    ]
    if stay.announced:
        meets = calendar.next_meeting(now, settings)
        over = timedelta(minutes=settings.meeting_minutes)
        marks += [mark for mark in (returns_at(team, stay, now), meets, meets and meets + over) if mark]
    return [mark for mark in marks if mark > now]

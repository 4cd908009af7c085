"""What falls due for a team while nobody clicks: a meeting not held, one that nobody closed, a sheet for paper.

`due` says what is to be done next for a team, and since when; the rules here ask again inside the transaction, so that
of two processes that both saw it, one acts. Nothing is done twice, and a clock that jumps forgets nothing that still
matters: meetings are judged one by one from where the last was, a sheet is made while it can still be of use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from factboard.domain import calendar
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.meeting.closing import left_open
from factboard.domain.meeting.leading import leaving
from factboard.domain.state import Team

FARTHEST = timedelta(days=14)  # back, for a service that was down
AT_FIRST = timedelta(days=1)  # back, for a team of whose meetings none was ever judged
LONGEST = timedelta(hours=4)  # an open meeting is left alone for so long, even past midnight
BEFORE = timedelta(minutes=60)  # the morning sheet before the meeting
AFTERNOON = time(15)  # local; the on-call sheet


@dataclass(frozen=True, slots=True)
class Unheld:
    """A planned meeting (UTC) whose end has passed."""

    at: datetime
    planned: datetime


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """A meeting that nobody has closed."""

    at: datetime
    meeting: str


@dataclass(frozen=True, slots=True)
class SheetDue:
    """A sheet for a local day. `until` (UTC) is how far it must reach."""

    at: datetime
    sheet: e.Sheet
    day: date
    until: datetime


Due = Unheld | LeftOpen | SheetDue


def due(team: Team, now: datetime, began: datetime, *, sheets: bool = True) -> list[Due]:
    """What is due by now, the oldest first. `began` is when the team's history did; all UTC.

    `sheets`: is there a folder to write them to?
    """
    found: list[Due] = [*_left_open(team, now), *_unheld(team, now, began)]
    if sheets:
        found += [one for one in sheets_now(team, now) if _wanted(team, one)]
    return sorted(found, key=lambda one: one.at)


def next_due(team: Team) -> datetime | None:
    """From when on (UTC) there may be something in `due` but a sheet: stored, so that nobody asks a team before."""
    if team.meeting and team.opened:
        return _forgotten(team, team.opened)
    after = max(filter(None, (team.began, team.judged)), default=None)
    start = calendar.next_meeting(after, team.settings) if after else None
    return start + timedelta(minutes=team.settings.meeting_minutes) if start else None


def next_sheet(team: Team) -> datetime | None:
    """From when on (UTC) the next sheet may be of use: the day after the one that was made, else from the beginning."""
    if team.began is None:
        return None
    settings, days = team.settings, calendar.local_day(team.began, team.settings) - timedelta(days=1)
    morning = calendar.next_working_day(team.sheets.get(e.Sheet.MORNING, days), settings)
    first = calendar.next_working_day(team.sheets.get(e.Sheet.ON_CALL, days), settings)
    ahead = (first + timedelta(days=n) for n in range(FARTHEST.days))
    last = next((day for day in ahead if not calendar.is_working_day(day + timedelta(days=1), settings)), first)
    meets = calendar.instant(morning, settings.meeting_time, settings)
    return min(meets - BEFORE, calendar.instant(last, AFTERNOON, settings))


def next_working_morning(now: datetime, settings: e.Settings) -> datetime:
    """When the team is next there again (UTC): the meeting's time on the next working day after today.

    A team that has closed for longer than a year is there tomorrow: no sheet may have no end.
    """
    day = calendar.next_working_day(calendar.local_day(now, settings), settings)
    return calendar.instant(day, settings.meeting_time, settings)


def sheets_now(team: Team, now: datetime) -> Iterator[SheetDue]:
    """The sheets that are of use at this moment, whether they were made or not.

    The morning sheet: on each working day, from an hour before the meeting until it is over. The on-call sheet: from
    the afternoon of the last working day until the next one's morning sheet.
    """
    settings, today = team.settings, calendar.local_day(now, team.settings)
    meets = calendar.instant(today, settings.meeting_time, settings)
    over = meets + timedelta(minutes=settings.meeting_minutes)
    if calendar.is_working_day(today, settings) and meets - BEFORE <= now < over:
        yield SheetDue(meets - BEFORE, e.Sheet.MORNING, today, next_working_morning(now, settings))
    last = _last_working_day(now, settings)
    if last is None or calendar.is_working_day(last + timedelta(days=1), settings):
        return
    begins = calendar.instant(last, AFTERNOON, settings)
    until = next_working_morning(begins, settings)
    if begins <= now < until - BEFORE:
        yield SheetDue(begins, e.Sheet.ON_CALL, last, until)


def _last_working_day(now: datetime, settings: e.Settings) -> date | None:
    """Today, or the newest working day before it that has no working day after it until now."""
    today = calendar.local_day(now, settings)
    if calendar.is_working_day(today, settings) and now >= calendar.instant(today, settings.meeting_time, settings):
        return today
    days = (today - timedelta(days=back) for back in range(1, FARTHEST.days + 1))
    return next((day for day in days if calendar.is_working_day(day, settings)), None)


def _wanted(team: Team, one: SheetDue) -> bool:
    made = team.sheets.get(one.sheet)
    return made is None or made < one.day


def _left_open(team: Team, now: datetime) -> Iterator[LeftOpen]:
    if team.meeting and team.opened:
        at = _forgotten(team, team.opened)
        if at <= now:
            yield LeftOpen(at, team.meeting)


def _forgotten(team: Team, opened: datetime) -> datetime:
    return max(calendar.next_midnight(opened, team.settings), opened + LONGEST)


def _unheld(team: Team, now: datetime, began: datetime) -> Iterator[Unheld]:
    """The planned meetings since the last one judged whose end has passed; while one is open, none is judged."""
    if team.meeting:
        return
    settings = team.settings
    after = max(began, now - FARTHEST, team.judged or now - AT_FIRST)
    day, today = calendar.local_day(after, settings), calendar.local_day(now, settings)
    while day <= today:
        if calendar.is_meeting_day(day, settings):
            start = calendar.instant(day, settings.meeting_time, settings)
            over = start + timedelta(minutes=settings.meeting_minutes)
            if start > after and over <= now:
                yield Unheld(over, start)
        day += timedelta(days=1)


# --- the rules, which look again ----------------------------------------------------------------------------


def not_held(case: Case, *, planned: datetime) -> list[e.Entry]:
    """The meeting planned for then was not held. `case.meeting` is the one opened for it and closed, if any."""
    waiting = {one.planned for one in _unheld(case.team, case.now, planned - timedelta(minutes=1))}
    if planned not in waiting:
        return []
    why = e.NotHeld.TOO_FEW if case.meeting and case.meeting.planned == planned else e.NotHeld.NOT_OPENED
    return [e.Entry(e.MeetingNotHeld(planned, why))]


def close_left_open(case: Case) -> list[e.Entry]:
    """Nobody has closed it: it ends here, does not count, and whoever was not discussed comes first next time."""
    meeting = case.meeting
    if meeting is None or meeting.closed or not any(True for _ in _left_open(case.team, case.now)):
        return []
    found = left_open(case.team, meeting, case.others, case.now)
    last = leaving(case, meeting)  # whoever was up when everybody left, and about whom something was decided
    done = {entry.client for entry in last}
    passed = [one for one in found.not_discussed if one.id not in done]
    over = [e.Entry(e.NotDiscussed(meeting.id), one.id, one.stay.placement if one.stay else None) for one in passed]
    closed = e.MeetingClosed(
        meeting=meeting.id,
        held=False,
        discussed=found.discussed + sum(not meeting.discussed(one) for one in done if one),
        not_discussed=len(passed),
        untaken=len(found.untaken),
        uncovered=len(found.uncovered),
    )
    judged = [e.Entry(e.MeetingNotHeld(meeting.planned, e.NotHeld.NOT_CLOSED))] if meeting.planned else []
    return [*last, *over, e.Entry(closed), *judged]


def sheet_written(case: Case, *, sheet: e.Sheet, day: date, file: str, digest: str, clients: int) -> list[e.Entry]:
    """A sheet is in the team's folder, once for each day."""
    made = case.team.sheets.get(sheet)
    if made is not None and made >= day:
        return []
    return [e.Entry(e.SheetWritten(sheet, day, file, digest, clients))]

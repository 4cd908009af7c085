"""Leading a meeting: open it, who is there, who is in the chair, and who stands before everybody.

Anybody in the team may open one, note who is there, and take over a chair whose screen has died; only the chair moves
the focus. What a client's turn came to is noted as it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from factboard.domain import calendar, signs
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.meeting.agenda import agenda, is_up, passed_by, remaining
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Client, Meeting, Team
from factboard.domain.stepdown import is_ready
from factboard.domain.visits import ahead, covered_by

EARLY = timedelta(hours=2)  # before its planned beginning a meeting may begin, and still be the planned one
MOST_PRESENT = 100


def open_meeting(
    case: Case, *, chair: str | None = None, recorder: str | None = None, present: Sequence[str] = ()
) -> list[e.Entry]:
    """Begin: the agenda is made from everybody on the board (`case.others`) and stands from here on."""
    if case.team.meeting:
        raise Conflict("meeting_is_open")
    leads = _clinician(case, chair or case.actor, "chair")
    writes = case.member(recorder, "recorder").user if recorder else None
    if len(present) > MOST_PRESENT:
        raise Invalid("too_many", "present", limit=MOST_PRESENT)
    here = [case.member(user, "present").user for user in present]
    there = tuple(dict.fromkeys([leads, *([writes] if writes else []), *here]))
    ends = case.now + timedelta(minutes=case.team.settings.meeting_minutes)
    items = agenda(case.team, case.others, case.now)
    opened = e.MeetingOpened(case.new_id(), leads, writes, there, items, ends, planned_for(case.team, case.now))
    return [e.Entry(opened)]


def planned_for(team: Team, now: datetime) -> datetime | None:
    """The planned beginning (UTC) of the meeting that one opened now is, by the team's days and time.

    None for a meeting beside the plan: on another day, at night, or when today's was held or is known not to be.
    """
    today = calendar.local_day(now, team.settings)
    if not calendar.is_meeting_day(today, team.settings):
        return None
    start = calendar.instant(today, team.settings.meeting_time, team.settings)
    return start if now >= start - EARLY and (team.judged is None or team.judged < start) else None


def note_attendance(case: Case, *, user: str, present: bool) -> list[e.Entry]:
    """Somebody has come, or is not there after all. Whoever leads hands over before they go."""
    meeting, who = case.open_meeting(), case.member(user, "user").user
    if not present and who == meeting.chair:
        raise Invalid("chair_is_there", "user")
    if (who in meeting.present) == present:
        return []
    return [e.Entry(e.AttendanceNoted(meeting.id, who, present))]


def change_chair(case: Case, *, chair: str, previous: str | None = None) -> list[e.Entry]:
    """The chair hands over, or another takes over. `previous` is who was in the chair as the person saw it."""
    meeting, leads = case.open_meeting(), _clinician(case, chair, "chair")
    if leads == meeting.chair:
        return []
    if previous and previous != meeting.chair:
        raise Conflict("chair_changed_meanwhile", by=meeting.chair)
    if case.actor not in (meeting.chair, leads):
        raise Forbidden("not_in_the_chair")
    came = [] if leads in meeting.present else [e.Entry(e.AttendanceNoted(meeting.id, leads, True))]
    return [e.Entry(e.ChairChanged(meeting.id, leads, meeting.chair)), *came]


def name_recorder(case: Case, *, recorder: str | None = None) -> list[e.Entry]:
    """Who writes; None: nobody in particular."""
    meeting = case.open_meeting()
    writes = case.member(recorder, "recorder").user if recorder else None
    if writes == meeting.recorder:
        return []
    came = writes and writes not in meeting.present
    return [
        e.Entry(e.RecorderChanged(meeting.id, writes)),
        *([e.Entry(e.AttendanceNoted(meeting.id, writes, True))] if writes and came else []),
    ]


def move_focus(case: Case, *, to: str | None) -> list[e.Entry]:
    """Another client stands before everybody; None: the round after the agenda.

    A client about whom something was decided or noted while they were up has been discussed.
    """
    meeting = in_the_chair(case)
    if to == meeting.focus:
        return []
    if to is not None and to not in {item.client for item in remaining(meeting, case.others)}:
        raise Conflict("not_on_agenda")
    return [*leaving(case, meeting), e.Entry(e.FocusMoved(meeting.id, to))]


def no_change(case: Case, *, of: str) -> list[e.Entry]:
    """The plan of the client in focus, `of`, stands; on to the next whom nobody has thought of yet.

    Refused for a client who is not in focus any more: pressing twice never skips one.
    """
    meeting = in_the_chair(case)
    if of != meeting.focus:
        raise Conflict("focus_has_moved")
    client = _other(case, of)
    if client and must_decide(case.team, client, case.now):
        raise Conflict("decide_what_is_done")
    said = [] if client is None or _said(case, meeting, client) else [_discussed(case, meeting, client, no_change=True)]
    there = {one.id for one in case.others if is_up(one)}
    to = passed_by(remaining(meeting, case.others), of, meeting.discussed, there)
    return [*said, e.Entry(e.FocusMoved(meeting.id, to))]


def discuss(case: Case, *, of: str) -> list[e.Entry]:
    """The team has thought of the client in focus, `of`, and something changes."""
    meeting = in_the_chair(case)
    client = _other(case, of)
    if of != meeting.focus or client is None:
        raise Conflict("focus_has_moved")
    item = meeting.item(of)
    return [] if item.at and not item.no_change else [_discussed(case, meeting, client)]


def leaving(case: Case, meeting: Meeting) -> list[e.Entry]:
    """What is to be noted about the client in focus as their turn ends."""
    client = _other(case, meeting.focus)
    if client is None or _said(case, meeting, client):
        return []
    item, since = meeting.item(client.id), meeting.focus_since
    noted = any(line.text and line.at >= since for line in item.lines)
    return [_discussed(case, meeting, client)] if item.at or noted or decided(client, since) else []


def must_decide(team: Team, client: Client, now: datetime) -> bool:
    """Has nobody seen them for longer than their category allows, and is it not yet said what is done, by whom, by
    when? A visit that somebody makes says it, or an action with a person and a day (design 5).
    """
    stay = client.stay
    if stay is None or not signs.unseen_too_long(team, client, now):
        return False
    today = calendar.local_day(now, team.settings)
    goes = any(covered_by(team, visit) for visit in ahead(client, team.settings, today))
    does = any(one.owner and one.due and one.due >= today and one.done_by is None for one in stay.actions)
    return not (goes or does)


def decided(client: Client, since: datetime) -> bool:
    """Has anything been decided about them since then (UTC)? A line of notes alone changes no plan."""
    return client.decided is not None and client.decided >= since


def in_the_chair(case: Case) -> Meeting:
    """The open meeting, which the actor leads."""
    meeting = case.open_meeting()
    if case.actor != meeting.chair:
        raise Forbidden("not_in_the_chair")
    return meeting


def _said(case: Case, meeting: Meeting, client: Client) -> bool:
    """Does it stand what their turn came to? "No change" does not, once something was decided after all; nor what was
    said of a client before their policy was met.
    """
    item = meeting.item(client.id)
    if item.at is None or (item.no_change and decided(client, item.at)):
        return False
    return item.ready or not is_ready(case.team, client, case.now)


def _discussed(case: Case, meeting: Meeting, client: Client, *, no_change: bool = False) -> e.Entry:
    unchanged = no_change and not decided(client, meeting.opened)
    fact = e.ClientDiscussed(meeting.id, unchanged, is_ready(case.team, client, case.now))
    return e.Entry(fact, client.id, client.stay.placement if client.stay else None)


def _other(case: Case, id: str | None) -> Client | None:
    return next((one for one in case.others if one.id == id), None)


def _clinician(case: Case, user: str, field: str) -> str:
    who = case.member(user, field)
    if who.role not in CLINICAL:
        raise Invalid("unknown_member", field)
    return who.user

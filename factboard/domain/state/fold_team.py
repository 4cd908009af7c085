"""What the facts about a team add up to: its settings, its people, its day, its screens, its meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from factboard.domain import events as e
from factboard.domain.state.moving import offers
from factboard.domain.state.team import Absence, Held, Paused, Screen, Team

_OF_A_MEETING = (  # they change the meeting's own state, and leave the team's as it is
    e.AttendanceNoted, e.ChairChanged, e.RecorderChanged, e.FocusMoved, e.MeetingNoted, e.MeetingNoteCorrected,
)  # fmt: skip


def evolve_team(team: str, state: Team | None, row: e.Recorded) -> Team | None:
    """The team after one more fact about the team itself (those about clients leave it as it is)."""
    if isinstance(row.fact, e.HistoryStarted):
        return Team(team, row.seq, e.Settings(name=row.fact.name), {}, {}, began=row.at, facts=1)
    if state is None or row.client is not None or isinstance(row.fact, _OF_A_MEETING):
        return state
    state = replace(state, seq=row.seq, facts=state.facts + 1)
    return _returns(_meetings(_room(_way(state, row), row), row), row)


def _way(state: Team, row: e.Recorded) -> Team:
    """How the team works, and who is in it."""
    match row.fact:
        case e.TeamSettingsChanged(settings=settings):
            moved = _planned(settings) != _planned(state.settings)
            return replace(state, settings=settings, judged=_later(state.judged, row.at) if moved else state.judged)
        case e.CategoryChanged(category=category):
            policies = state.policies | {category.code: row.seq}
            return replace(state, categories=state.categories | {category.code: category}, policies=policies)
        case e.CareModelSet(model=model, default=default):
            models = state.care_models | {model.code: model}
            return replace(state, care_models=models, care_model=model.code if default else state.care_model)
        case e.MemberAdded(member=member) | e.MemberChanged(member=member):
            return replace(state, members=state.members | {member.user: member})
        case e.SharingSet(employer=employer, sharing=sharing):
            return replace(state, employer=employer, sharing=sharing)
        case e.MoveOffered() | e.MoveAccepted() | e.MoveWithdrawn() | e.MoveDeclined():
            return replace(state, offers=offers(state.offers, row))
        case e.MemberRemoved(user=user) if user in state.members:
            return replace(state, members=state.members | {user: replace(state.members[user], left=True)})
    return state


def _planned(settings: e.Settings) -> tuple[object, ...]:
    """What says when the team meets: changed, it says nothing of meetings whose hour has passed."""
    free = settings.closed_days, settings.public_holidays, settings.country
    return settings.meeting_days, settings.meeting_time, settings.time_zone, *free


def _room(state: Team, row: e.Recorded) -> Team:
    """Who is here today, and on what screens the board stands."""
    match row.fact:
        case e.AbsenceNoted(absence=id, user=user, first=first, last=last, note=note):
            return replace(state, absences=state.absences | {id: Absence(id, user, first, last, note)})
        case e.AbsenceRemoved(absence=id):
            return replace(state, absences={known: one for known, one in state.absences.items() if known != id})
        case e.DutySet(day=day, user=user):
            others = {known: one for known, one in state.duty.items() if known != day}
            return replace(state, duty=others | ({day: user} if user else {}))
        case e.ScreenPaired(screen=id, name=name, naming=naming, outside=outside):
            screen = Screen(id, name, naming, outside, row.actor, row.at)
            return replace(state, screens=state.screens | {id: screen})
        case e.ScreenChanged(screen=id, name=name, naming=naming, outside=outside) if id in state.screens:
            changed = replace(state.screens[id], name=name, naming=naming, outside=outside)
            return replace(state, screens=state.screens | {id: changed})
        case e.ScreenRevoked(screen=id) if id in state.screens:
            return replace(state, screens=state.screens | {id: replace(state.screens[id], revoked=True)})
        case e.WallsBlanked():
            return replace(state, blank=True)
        case e.WallsShown():
            return replace(state, blank=False)
        case e.SheetWritten(sheet=sheet, day=day):
            return replace(state, sheets=state.sheets | {sheet: day})
    return state


def _meetings(state: Team, row: e.Recorded) -> Team:
    match row.fact:
        case e.MeetingOpened(meeting=id, planned=planned):
            return replace(state, meeting=id, opened=row.at, planned=planned)
        case e.MeetingClosed(meeting=id, held=held):
            judged = _later(state.judged, state.planned) if held else state.judged
            opened = state.opened or row.at
            newest = Held(id, opened, row.at) if held else state.held
            return replace(state, meeting=None, opened=None, planned=None, held=newest, judged=judged)
        case e.MeetingNotHeld(planned=planned):
            return replace(state, judged=_later(state.judged, planned))
    return state


def _returns(state: Team, row: e.Recorded) -> Team:
    """Whether anybody returns by itself."""
    match row.fact:
        case e.ReturnsPaused(why=why, many=many, of=of, jump=jump, reason=reason):
            return replace(state, paused=Paused(why, row.at, many, of, jump, reason=reason))
        case e.ReleaseAgreed(meeting=meeting) if state.paused:
            known = state.paused.agreed if state.paused.meeting == meeting else ()
            agreed = tuple(dict.fromkeys([*known, row.actor]))
            return replace(state, paused=replace(state.paused, meeting=meeting, agreed=agreed))
        case e.ReturnsReleased():
            of_many = state.paused is not None and state.paused.why is e.Pause.MANY
            return replace(state, paused=None, released=row.at if of_many else state.released)
    return state


def _later(judged: datetime | None, planned: datetime | None) -> datetime | None:
    """What is known of a meeting is never forgotten because an older one is closed after it."""
    return max(filter(None, (judged, planned)), default=None)

"""What people do about a return: announce it where their policy asks a person to, keep the client on.

And what a meeting does as it closes: who is announced, who returns today, who waits and why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from factboard.domain import back_up, calendar, planned_care
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events import Mode
from factboard.domain.refusal import Conflict, Forbidden, Invalid
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Client, Meeting, Stay, Team
from factboard.domain.stepdown import needs
from factboard.domain.stepdown.standing import State, is_ready, next_moment, return_on, standing
from factboard.domain.stepdown.telling import Told, checked, news_of
from factboard.domain.text import REASON, clean

LONGEST_HOLD = timedelta(days=14)  # design 5
USUAL_HOLD = timedelta(days=7)  # proposed


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a client is kept on the board, and until which local day; None: a week."""

    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AtClosing:
    """What closing the meeting does: `announces` by itself; `asks`: a named person has to; `returning` go back today;
    `waiting` are announced, and not up as announced or not today.
    """

    announces: tuple[Client, ...] = ()
    asks: tuple[Client, ...] = ()
    returning: tuple[Client, ...] = ()
    waiting: tuple[Client, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the closing form says: whom to keep on, whom to announce where a person has to, who was told what."""

    keep: Mapping[str, Keeping] = field(default_factory=dict)
    announce: Collection[str] = ()
    told: Mapping[str, Told] = field(default_factory=dict)


NOTHING = Wishes()


def keep_on(case: Case, *, reason: str, until: date | None = None) -> list[e.Entry]:
    """Kept on the board by anyone, with a reason, until a local day at most 14 days away.

    Written on a phone while the client was on the board, it puts them back on where they have returned since; where
    others have kept them on since, perhaps for longer, its writer sees that first.
    """
    up = back_up.if_returned_since(case, clean(reason, "reason", limit=REASON, required=True))
    if not up:
        case.refuse_overtaken(e.ReturnHeld)
    return back_up.with_those(up, [case.about(_hold(case, Keeping(reason, until)))])


def announce(
    case: Case, *, informed: e.Informed = e.Informed.NO, view: str = "", objects: bool = False
) -> list[e.Entry]:
    """A named clinician announces the return of a client whom the last held meeting discussed while ready."""
    stay, client = case.on_board(), case.enrolled()
    if stay.announced:
        raise Conflict("already_announced")
    if case.team.meeting:
        raise Conflict("announced_at_closing")
    if not is_ready(case.team, client, case.now):
        raise Conflict("not_ready")
    if not discussed_while_ready(case.team, client, case.now):
        raise Conflict("not_discussed_while_ready")
    if _role(case) not in CLINICAL:
        raise Forbidden("clinicians_only")
    told = checked(Told(informed, view, objects))
    return [case.about(_announcement(case, client, stay, stay.ready_in or "", told))]


def discussed_while_ready(team: Team, client: Client, now: datetime) -> bool:
    """Has the last held meeting thought of them while ready, and nothing begun the evidence anew since?"""
    stay, held = client.stay, team.held
    if stay is None or held is None or stay.ready_in != held.meeting:
        return False
    return any(one.happened_at <= held.closed for one in needs.stable(team, client, stay, now))


def at_closing(team: Team, meeting: Meeting, clients: Iterable[Client], now: datetime) -> AtClosing:
    """What closing the meeting as it stands does about returns: nothing where it does not count as held."""
    found: dict[str, list[Client]] = {"announces": [], "asks": [], "returning": [], "waiting": []}
    for client in clients:
        if kind := _at_closing(team, meeting, client, now):
            found[kind].append(client)
    return AtClosing(**{kind: tuple(ones) for kind, ones in found.items()})


def _at_closing(team: Team, meeting: Meeting, client: Client, now: datetime) -> str | None:
    stay = client.stay
    if stay is None or not (stay.announced or meeting.item(client.id).ready):
        return None  # whoever was not discussed while ready is not asked about: most of a board
    where = standing(team, client, now).state
    if where is State.ANNOUNCED:
        return "returning" if _upholds(team, meeting, client, now) else "waiting"
    if where is State.READY:
        by_itself = team.categories[stay.category].policy.mode is Mode.AUTOMATIC
        return "announces" if by_itself else "asks"
    return None


def _upholds(team: Team, meeting: Meeting, client: Client, now: datetime) -> bool:
    """Was the client up in this meeting as announced, on a later day, in time for today's moment?"""
    stay = client.stay
    if stay is None or stay.announced is None:
        return False
    announced, item = stay.announced, meeting.item(client.id)
    up = item.at is not None and calendar.days_between(announced.at, item.at, team.settings) > 0
    return up and meeting.id != announced.meeting and return_on(team, stay, now) is not None


def closes(
    case: Case, meeting: Meeting, clients: Iterable[Client], wishes: Wishes = NOTHING, *, held: bool = True
) -> list[e.Entry]:
    """The facts that closing a meeting writes about returns. One that does not count as held announces and returns
    nobody; whom somebody wants to keep on is kept on all the same, and what anybody thinks of it is not lost.
    """
    there = {one.id: one for one in clients}
    told = {id: checked(one, id) for id, one in wishes.told.items() if id in there}
    found = at_closing(case.team, meeting, there.values(), case.now)
    kept = {id for id in wishes.keep if id in there and there[id].stay}
    holds = [_entry(there[id], _hold(case, wishes.keep[id], f"keep_{id}")) for id in wishes.keep if id in kept]
    ready = [*found.announces, *(one for one in found.asks if one.id in wishes.announce)]
    announced = [one for one in ready if held and one.id not in kept]
    new = [
        _entry(one, _announcement(case, one, one.stay, meeting.id, told.get(one.id, Told())))
        for one in announced
        if one.stay
    ]
    upheld = [
        _entry(one, e.ReturnUpheld(meeting.id, due))
        for one in found.returning
        if one.id not in kept and one.stay and (due := return_on(case.team, one.stay, case.now))
    ]
    others = [one for one in there.values() if one.stay and one not in announced]
    said = [_entry(one, news) for one in others if one.id in told and (news := news_of(one, told[one.id]))]
    return [*said, *holds, *new, *upheld] if held else [*said, *holds]


def agree_to_release(case: Case) -> list[e.Entry]:
    """A clinician in the open meeting says that returns may go on; when two have, and it was held, they do."""
    meeting, paused = case.open_meeting(), case.team.paused
    if paused is None:
        raise Conflict("not_paused")
    if _role(case) not in CLINICAL or case.actor not in meeting.present:
        raise Forbidden("clinicians_in_the_meeting_only")
    if paused.meeting == meeting.id and case.actor in paused.agreed:
        return []
    return [e.Entry(e.ReleaseAgreed(meeting.id))]


def released_by(case: Case, meeting: Meeting) -> list[e.Entry]:
    """What a held meeting releases as it closes: two of those present have agreed to it."""
    paused = case.team.paused
    if paused is None or paused.meeting != meeting.id:
        return []
    there = tuple(user for user in paused.agreed if user in meeting.present)
    return [e.Entry(e.ReturnsReleased(there, meeting.id))] if len(there) >= 2 else []


def pause(case: Case, *, reason: str) -> list[e.Entry]:
    """The lead lets nobody return by itself until people say that they may go on."""
    if case.team.paused:
        raise Conflict("already_paused")
    if _role(case) is not e.Role.LEAD:
        raise Forbidden("lead_only")
    return [e.Entry(e.ReturnsPaused(e.Pause.PEOPLE, reason=clean(reason, "reason", limit=REASON, required=True)))]


def release(case: Case, *, reason: str) -> list[e.Entry]:
    """The lead says that returns may go on."""
    if case.team.paused is None:
        raise Conflict("not_paused")
    if _role(case) is not e.Role.LEAD:
        raise Forbidden("lead_only")
    why = clean(reason, "reason", limit=REASON, required=True)
    return [e.Entry(e.ReturnsReleased((case.actor,), None, why))]


def _hold(case: Case, keeping: Keeping, field: str = "") -> e.ReturnHeld:
    """`field`: where the reason was typed, in a form about several clients."""
    until = keeping.until or case.day + USUAL_HOLD
    if not case.day <= until <= case.today + LONGEST_HOLD:
        raise Invalid("kept_too_long", field.replace("keep_", "until_") or "until", days=LONGEST_HOLD.days)
    why = clean(keeping.reason, field or "reason", limit=REASON, required=True)
    return e.ReturnHeld(max(until, case.today), why, case.late)


def _announcement(case: Case, client: Client, stay: Stay, meeting: str, told: Told) -> e.ReturnAnnounced:
    plan = planned_care.upcoming(client, case.team.settings, case.today)
    return e.ReturnAnnounced(
        meeting=meeting,
        mode=case.team.categories[stay.category].policy.mode,
        planned=next_moment(case.team, stay, calendar.next_day(case.today), case.now),
        who=plan.who if plan else planned_care.coordinator(case.team, client, case.today),
        next=plan.day if plan else None,
        informed=told.informed,
        view=told.view,
        grounds=needs.grounds(case.team, client, stay, case.now, case.software),
        objects=told.objects,
    )


def _entry(client: Client, fact: e.Fact) -> e.Entry:
    return e.Entry(fact, client.id, client.stay.placement if client.stay else None)


def _role(case: Case) -> e.Role | None:
    member = case.team.members.get(case.actor)
    return member.role if member and not member.left else None

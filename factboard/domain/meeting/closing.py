"""Closing a meeting: what is still open is said, and let go with a reason; whoever was passed over comes first next.

A held one announces who returns, and lets go today who was announced and up: the chair has seen both lists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from factboard.domain import events as e
from factboard.domain import stepdown, visits
from factboard.domain.case import Case
from factboard.domain.meeting.agenda import is_up, remaining
from factboard.domain.meeting.leading import in_the_chair, leaving, must_decide
from factboard.domain.refusal import Conflict, Invalid
from factboard.domain.roster import CLINICAL
from factboard.domain.state import Action, Client, Meeting, Team
from factboard.domain.text import REASON, clean

QUORUM = 2  # clinicians present that make a meeting one


@dataclass(frozen=True, slots=True)
class Open:
    """What a meeting leaves open. `held`: it counts as held if it closes like this."""

    discussed: int
    not_discussed: tuple[Client, ...]
    untaken: tuple[Client, ...]
    uncovered: tuple[visits.Gap, ...]
    unowned: tuple[tuple[Client, Action], ...]
    undecided: tuple[Client, ...]
    held: bool

    @property
    def needs_reason(self) -> bool:
        """An action without an owner is shown, and is no reason to stay."""
        return bool(self.not_discussed or self.untaken or self.uncovered or self.undecided)


def left_open(team: Team, meeting: Meeting, clients: Iterable[Client], now: datetime) -> Open:
    """What is open at this moment; `clients` are everybody on the board. Who has left it needs no turn any more."""
    there = {one.id: one for one in clients if is_up(one)}
    up = [item.client for item in remaining(meeting, there.values())]
    return Open(
        discussed=sum(map(meeting.discussed, up)),
        not_discussed=tuple(there[one] for one in up if one in there and not meeting.discussed(one)),
        untaken=tuple(one for one in there.values() if one.stay and one.stay.taken_by is None),
        uncovered=tuple(visits.uncovered(team, there.values(), now)),
        unowned=tuple(
            (one, action)
            for one in there.values()
            for action in (one.stay.actions if one.stay else ())
            if action.done_by is None and action.owner is None
        ),
        undecided=tuple(one for one in there.values() if must_decide(team, one, now)),
        held=is_held(team, meeting),
    )


def is_held(team: Team, meeting: Meeting) -> bool:
    """Were there enough clinicians to make it a meeting?"""
    there = [team.members[user] for user in meeting.present if user in team.members]
    return sum(one.role in CLINICAL for one in there) >= QUORUM


def close(
    case: Case,
    *,
    reason: str = "",
    wishes: stepdown.Wishes = stepdown.NOTHING,
    shown: Collection[str] | None = None,
) -> list[e.Entry]:
    """The chair ends it. Where something is open it takes a reason; who was passed over is written down.

    `shown` are those whom the chair saw as announced or returning by this closing: where there are others meanwhile, it
    is refused, and they are shown.
    """
    meeting = in_the_chair(case)
    why = clean(reason, "reason", limit=REASON)
    last = leaving(case, meeting)
    done = {entry.client for entry in last}
    found = left_open(case.team, meeting, case.others, case.now)
    passed = [one for one in found.not_discussed if one.id not in done]
    if (passed or found.untaken or found.uncovered or found.undecided) and not why:
        raise Invalid("say_why_open", "reason")
    returns = returns_of(case, meeting, last)
    if found.held and shown is not None and {one.id for one in (*returns.announces, *returns.returning)} - {*shown}:
        raise Conflict("others_return_meanwhile")
    moved = stepdown.closes(case, as_it_ends(case, meeting, last), case.others, wishes, held=found.held)
    released = stepdown.released_by(case, meeting) if found.held else []
    over = [e.Entry(e.NotDiscussed(meeting.id), one.id, one.stay.placement if one.stay else None) for one in passed]
    closed = e.MeetingClosed(
        meeting=meeting.id,
        held=found.held,
        reason=why,
        discussed=found.discussed + sum(not meeting.discussed(one) for one in done if one),
        not_discussed=len(passed),
        untaken=len(found.untaken),
        uncovered=len(found.uncovered),
        announced=sum(isinstance(entry.fact, e.ReturnAnnounced) for entry in moved),
        returning=sum(isinstance(entry.fact, e.ReturnUpheld) for entry in moved),
    )
    return [*last, *over, *moved, e.Entry(closed), *released]


def returns_of(case: Case, meeting: Meeting, last: Collection[e.Entry] = ()) -> stepdown.AtClosing:
    """Who is announced and who returns today if it closes now; `last` is what is noted of whoever is in focus."""
    return stepdown.at_closing(case.team, as_it_ends(case, meeting, last), case.others, case.now)


def as_it_ends(case: Case, meeting: Meeting, last: Collection[e.Entry]) -> Meeting:
    """The meeting with what closing it notes of the client who is still before everybody."""
    items = dict(meeting.items)
    for entry in last:
        if isinstance(entry.fact, e.ClientDiscussed) and entry.client:
            item = meeting.item(entry.client)
            items[entry.client] = replace(item, at=case.now, by=case.actor, ready=entry.fact.ready)
    return replace(meeting, items=items)

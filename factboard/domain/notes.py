"""Meeting notes, which make themselves: what the meeting's own state says, and what was decided while it was open.

Nothing is kept for them. The lines, ticks and corrections stand in the meeting's state; the decisions are the team's
facts between the meeting's first and its last. The same history always gives the same notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from factboard.domain import events as e
from factboard.domain.people import SYSTEM
from factboard.domain.projection import meeting_of
from factboard.domain.state import Item, Line, Meeting

DECISIONS: tuple[type[e.Fact], ...] = (
    e.PutOnBoard, e.FlaggedAgain, e.Taken, e.Recategorised, e.Rated, e.ReviewSet, e.ActionAdded, e.ActionDone,
    e.VisitPlanned, e.VisitChanged, e.VisitCancelled, e.CrisisPlanReviewed, e.Admitted, e.AdmissionChanged,
    e.Discharged, e.LegalMeasureStarted, e.LegalMeasureProlonged, e.LegalMeasureEnded, e.Returned, e.EnteredInError,
    e.PlannedContactSet, e.IntensityChanged, e.ReturnHeld, e.ReturnAnnounced, e.ReturnTold, e.ReturnUpheld,
)  # fmt: skip
PUT_ON = (e.PutOnBoard, e.FlaggedAgain)


class Turn(StrEnum):
    """What a client's turn came to."""

    DISCUSSED = "discussed"
    NO_CHANGE = "no_change"
    NOT_DISCUSSED = "not_discussed"  # the meeting has ended without them
    OPEN = "open"  # it goes on, and they have not been up
    BESIDE = "beside"  # not on the agenda, noted or decided about all the same


@dataclass(frozen=True, slots=True)
class ClientNotes:
    """One client's part of the notes. `group` is why they came up, None for somebody beside the agenda."""

    client: str
    group: e.AgendaGroup | None
    item: Item
    turn: Turn
    decided: tuple[e.Recorded, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that stand, by part: situation, assessment, decision; taken back ones are left out."""
        order = list(e.NotePart)
        return tuple(
            sorted((one for one in self.item.lines if one.text), key=lambda one: (order.index(one.part), one.seq))
        )

    @property
    def says_something(self) -> bool:
        """Is there more to read than that the plan stands?"""
        return bool(self.lines or self.decided)


@dataclass(frozen=True, slots=True)
class Notes:
    """The whole of a meeting. `closing` is the fact that ended it. `there` is everybody who was there at any time:
    others may have decided something meanwhile, and that is said.
    """

    meeting: Meeting
    clients: tuple[ClientNotes, ...]
    there: frozenset[str] = frozenset()
    closing: e.MeetingClosed | None = None
    closed_by: str = ""

    @property
    def discussed(self) -> int:
        return sum(one.turn in (Turn.DISCUSSED, Turn.NO_CHANGE) for one in self.clients)

    @property
    def general(self) -> tuple[Line, ...]:
        """The lines about the meeting as a whole that stand."""
        return tuple(line for line in self.meeting.general if line.text)

    def of(self, client: str) -> ClientNotes | None:
        return next((one for one in self.clients if one.client == client), None)


def notes(meeting: Meeting, facts: Sequence[e.Recorded]) -> Notes:
    """The notes of a meeting; `facts` are the team's from its first to its last, and what undid one of them later."""
    own = [row for row in facts if row.seq >= meeting.first_seq]
    undone = {row.fact.seq for row in own if isinstance(row.fact, e.Undone)}
    last = _last(meeting, own)
    decided: dict[str, list[e.Recorded]] = {}
    by_people = (row for row in own if row.actor != SYSTEM)  # what falls due meanwhile is no decision of the meeting
    for row in by_people:
        if row.client and row.seq <= last and row.seq not in undone and isinstance(row.fact, DECISIONS):
            decided.setdefault(row.client, []).append(row)
    groups: dict[str, e.AgendaGroup | None] = {item.client: item.group for item in meeting.agenda}
    put_on = [client for client, rows in decided.items() if any(isinstance(row.fact, PUT_ON) for row in rows)]
    groups |= {client: e.AgendaGroup.UNTAKEN for client in put_on if client not in groups}
    for client in (*meeting.items, *decided):
        groups.setdefault(client, None)
    closing = next(
        (row for row in own if isinstance(row.fact, e.MeetingClosed) and row.fact.meeting == meeting.id), None
    )
    return Notes(
        meeting=meeting,
        clients=tuple(
            ClientNotes(
                client,
                group,
                item := meeting.item(client),
                _turn(meeting, item, group),
                _last_word(decided.get(client, ())),
            )
            for client, group in groups.items()
        ),
        there=_there(meeting, own),
        closing=closing.fact if closing and isinstance(closing.fact, e.MeetingClosed) else None,
        closed_by=closing.actor if closing else "",
    )


def _last(meeting: Meeting, own: Sequence[e.Recorded]) -> int:
    """The last fact that can be the meeting's: its closing; of one that nobody closed, the last that somebody led."""
    by_people = [row for row in own if meeting_of(row.fact) == meeting.id and row.actor != SYSTEM]
    if meeting.closed and not any(isinstance(row.fact, e.MeetingClosed) for row in by_people):
        return max((row.seq for row in by_people), default=meeting.first_seq)
    return meeting.last_seq or max((row.seq for row in own), default=0)


def _there(meeting: Meeting, own: Sequence[e.Recorded]) -> frozenset[str]:
    came = {row.fact.user for row in own if isinstance(row.fact, e.AttendanceNoted) and row.fact.present}
    opened = next((row.fact.present for row in own if isinstance(row.fact, e.MeetingOpened)), ())
    return frozenset({*came, *opened, *meeting.present})


def _turn(meeting: Meeting, item: Item, group: e.AgendaGroup | None) -> Turn:
    if item.at:
        decided = any(line.text and line.part is e.NotePart.DECISION for line in item.lines)
        return Turn.NO_CHANGE if item.no_change and not decided else Turn.DISCUSSED
    if item.passed_over or (meeting.closed and group):
        return Turn.NOT_DISCUSSED
    return Turn.OPEN if group and not meeting.closed else Turn.BESIDE


def _last_word(rows: Iterable[e.Recorded]) -> tuple[e.Recorded, ...]:
    """Of a visit planned and changed in the meeting, how it stands at its end; of one cancelled too, nothing."""
    known = list(rows)
    begun = {row.seq for row in known if isinstance(row.fact, e.VisitPlanned)}
    last: dict[int, e.Recorded] = {}
    for row in known:
        if isinstance(row.fact, e.VisitChanged | e.VisitCancelled):
            last[row.fact.visit] = row
    kept = []
    for row in known:
        visit = row.seq if isinstance(row.fact, e.VisitPlanned) else getattr(row.fact, "visit", None)
        if visit in last and last[visit] is not row:
            continue
        if isinstance(row.fact, e.VisitCancelled) and row.fact.visit in begun:
            continue
        kept.append(row)
    return tuple(kept)

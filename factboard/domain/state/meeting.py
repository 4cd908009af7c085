"""A meeting as its facts make it: its people, its agenda, who stands before everybody, its notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from factboard.domain import events as e


@dataclass(frozen=True, slots=True)
class Reading:
    """How a line read before it was corrected, and until when it stood so. `by` wrote the reading that follows it."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the notes. `seq` is the number of the fact that wrote it, whatever was corrected since."""

    seq: int
    part: e.NotePart
    text: str
    by: str
    at: datetime
    earlier: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Copied:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """What the meeting did about one client. `at` None: noted, and not yet said to be discussed."""

    client: str
    at: datetime | None = None
    by: str = ""
    no_change: bool = False
    ready: bool = False  # their policy was met when they were discussed
    passed_over: bool = False
    lines: tuple[Line, ...] = ()
    copied: tuple[Copied, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Instants are UTC. `focus` None while it is open: the round after the agenda. `seq` is its newest fact's."""

    id: str
    seq: int
    first_seq: int
    opened: datetime
    ends: datetime
    planned: datetime | None
    chair: str
    recorder: str | None
    present: tuple[str, ...]
    agenda: tuple[e.AgendaItem, ...]
    focus: str | None
    focus_since: datetime
    items: dict[str, Item]
    general: tuple[Line, ...] = ()
    closed: datetime | None = None
    last_seq: int | None = None
    held: bool = False
    reason: str = ""

    def item(self, client: str) -> Item:
        return self.items.get(client, Item(client))

    def discussed(self, client: str) -> bool:
        return self.item(client).at is not None


def evolve_meeting(state: Meeting | None, row: e.Recorded) -> Meeting | None:
    """The meeting after one more of its facts."""
    if isinstance(row.fact, e.MeetingOpened):
        return _opened(row.fact, row)
    return replace(_noted(_led(state, row), row), seq=row.seq) if state else None


def _opened(fact: e.MeetingOpened, row: e.Recorded) -> Meeting:
    return Meeting(
        id=fact.meeting,
        seq=row.seq,
        first_seq=row.seq,
        opened=row.at,
        ends=fact.ends,
        planned=fact.planned,
        chair=fact.chair,
        recorder=fact.recorder,
        present=fact.present,
        agenda=fact.agenda,
        focus=fact.agenda[0].client if fact.agenda else None,
        focus_since=row.at,
        items={},
    )


def _led(state: Meeting, row: e.Recorded) -> Meeting:
    match row.fact:
        case e.AttendanceNoted(user=user, present=True) if user not in state.present:
            return replace(state, present=(*state.present, user))
        case e.AttendanceNoted(user=user, present=False):
            return replace(state, present=tuple(known for known in state.present if known != user))
        case e.ChairChanged(chair=chair):
            return replace(state, chair=chair)
        case e.RecorderChanged(recorder=recorder):
            return replace(state, recorder=recorder)
        case e.FocusMoved(focus=focus):
            return replace(state, focus=focus, focus_since=row.at)
        case e.MeetingClosed(held=held, reason=reason):
            return replace(state, closed=row.at, last_seq=row.seq, held=held, reason=reason)
    return state


def _noted(state: Meeting, row: e.Recorded) -> Meeting:
    match row.fact:
        case e.ClientDiscussed(no_change=no_change, ready=ready):
            by, at = row.actor, row.at
            return _with_item(
                state,
                row.client,
                lambda item: replace(item, at=at, by=by, no_change=no_change, ready=ready, passed_over=False),
            )
        case e.NotDiscussed():
            return _with_item(state, row.client, lambda item: replace(item, passed_over=True))
        case e.NotesCopied():
            copied = Copied(row.actor, row.at)
            return _with_item(state, row.client, lambda item: replace(item, copied=(*item.copied, copied)))
        case e.MeetingNoted(part=part, text=text):
            line = Line(row.seq, part, text, row.actor, row.at)
            if row.client is None:
                return replace(state, general=(*state.general, line))
            return _with_item(state, row.client, lambda item: replace(item, lines=(*item.lines, line)))
        case e.MeetingNoteCorrected():
            if row.client is None:
                return replace(state, general=_corrected(state.general, row))
            return _with_item(state, row.client, lambda item: replace(item, lines=_corrected(item.lines, row)))
    return state


def _with_item(state: Meeting, client: str | None, change: Callable[[Item], Item]) -> Meeting:
    if client is None:
        return state
    return replace(state, items=state.items | {client: change(state.item(client))})


def _corrected(lines: tuple[Line, ...], row: e.Recorded) -> tuple[Line, ...]:
    fact = row.fact
    if not isinstance(fact, e.MeetingNoteCorrected):
        return lines

    def read(line: Line) -> Line:
        was = Reading(line.text, row.actor, row.at)
        return replace(line, text=fact.text, earlier=(*line.earlier, was)) if line.seq == fact.line else line

    return tuple(map(read, lines))

"""A meeting as everybody in it sees it: how far it has come, the agenda with its ticks, and the client in focus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from factboard.domain import calendar, louder, planned_care, signs, stepdown, visits
from factboard.domain import events as e
from factboard.domain.board import Card, card
from factboard.domain.louder import Alarm
from factboard.domain.meeting.agenda import following, is_up, preceding, remaining, since, worries
from factboard.domain.meeting.leading import must_decide
from factboard.domain.meeting.returns import if_announced
from factboard.domain.people import Label
from factboard.domain.state import Client, Contact, FollowUp, Item, Meeting, Rating, Team, Visit
from factboard.domain.stepdown import Standing, State
from factboard.domain.visits import Gap
from factboard.domain.wall import tiles

WORRIES = 8  # of those who are not on the board, in the round after the agenda
CONTACTS = 2  # the newest ones of the last seven days


@dataclass(frozen=True, slots=True)
class Turn:
    """A client's place on the agenda. `gone`: not on the board, nor waiting for a follow-up, so that nobody needs to
    think of them any more.
    """

    client: Client
    group: e.AgendaGroup
    item: Item
    gone: bool

    @property
    def done(self) -> bool:
        return self.item.at is not None or self.gone


@dataclass(frozen=True, slots=True)
class Focus:
    """The client before everybody. `card` None: not on the board any more.

    `when` (UTC) is the moment of their return as things stand: of somebody ready, if this meeting announces it.
    `undecided`: unseen for too long, and it is not said yet what is done. `again`: a second time on the board within
    30 days. `follow_up`: back in planned care, and nobody has met them.
    """

    client: Client
    group: e.AgendaGroup
    item: Item
    card: Card | None
    changes: tuple[signs.Change, ...]
    contacts: tuple[Contact, ...]  # of the last seven days; `before` is the last one older than that
    before: Contact | None
    met: int  # contacts of the last seven days, and how many there should be
    due: int
    trend: tuple[Rating, ...]
    visits: tuple[Visit, ...]
    gap: Gap | None
    standing: Standing
    when: datetime | None
    alarms: tuple[Alarm, ...]
    undecided: bool
    again: bool
    follow_up: FollowUp | None


@dataclass(frozen=True, slots=True)
class Picture:
    """`left` are those still to be thought of; `following` and `preceding` None: the round after the agenda."""

    turns: tuple[Turn, ...]
    focus: Focus | None
    discussed: int
    left: int
    following: str | None
    preceding: str | None
    worries: tuple[Client, ...]
    more_worries: int
    missed: Mapping[str, planned_care.Missed]  # of the worries, whose planned contact nobody has made
    valid_until: datetime

    @property
    def groups(self) -> list[tuple[str, e.AgendaGroup, tuple[Turn, ...]]]:
        """(key, group, its turns) in order; those put on during the meeting are a group of their own at the end."""
        found: list[tuple[str, e.AgendaGroup, tuple[Turn, ...]]] = []
        for group, turns in groupby(self.turns, key=lambda turn: turn.group):
            again = any(known is group for _, known, _ in found)
            found.append((f"{group}-late" if again else group.value, group, tuple(turns)))
        return found

    @property
    def clients(self) -> set[str]:
        """Whom it shows."""
        return {turn.client.id for turn in self.turns} | {client.id for client in self.worries}


def picture(
    team: Team, meeting: Meeting, clients: Iterable[Client], labels: dict[str, Label], now: datetime
) -> Picture:
    """`clients` are everybody on the board or the agenda and, in the round after it, everybody in the team's care."""
    known = {client.id: client for client in clients}
    items = remaining(meeting, known.values())
    turns = tuple(
        Turn(client, item.group, meeting.item(client.id), gone=not is_up(client))
        for item in items
        if (client := known.get(item.client))
    )
    up = next((turn for turn in turns if turn.client.id == meeting.focus), None)
    focus = _focus(team, up, labels, now) if up else None
    off = worries(team, known.values(), now) if meeting.focus is None else ()
    turns_at = [calendar.next_midnight(now, team.settings), *(_turns(team, focus, now) if focus else ())]
    return Picture(
        turns=turns,
        focus=focus,
        discussed=sum(turn.done for turn in turns),
        left=sum(not turn.done for turn in turns),
        following=following(items, meeting.focus),
        preceding=preceding(items, meeting.focus),
        worries=off[:WORRIES],
        more_worries=max(0, len(off) - WORRIES),
        missed={one.client.id: one for one in planned_care.most_missed(team, off[:WORRIES], now)},
        valid_until=min(turns_at),
    )


def _turns(team: Team, focus: Focus, now: datetime) -> list[datetime]:
    """When what is said of the client in focus changes by itself: their card, their week, and who is covered."""
    found = [tiles.turns(team, focus.client, now), *filter(None, [calendar.next_meeting(now, team.settings)])]
    return [*found, focus.card.changes_at] if focus.card else found


def _focus(team: Team, turn: Turn, labels: dict[str, Label], now: datetime) -> Focus:
    client, today = turn.client, calendar.local_day(now, team.settings)
    gaps = visits.uncovered(team, [client], now)
    recent, before = tiles.met(team, client, now, CONTACTS)
    stands = stepdown.standing(team, client, now)
    return Focus(
        client=client,
        group=turn.group,
        item=turn.item,
        card=card(team, client, labels[client.id], now) if client.stay else None,
        changes=signs.changes(client, since(team, now)),
        contacts=recent,
        before=before,
        met=signs.contacts_this_week(client, now, team.settings),
        due=signs.contacts_due(team, client),
        trend=signs.trend(client.stay) if client.stay else (),
        visits=tuple(visits.ahead(client, team.settings, today)),
        gap=gaps[0] if gaps else None,
        standing=stands,
        when=if_announced(team, client.stay, now) if client.stay and stands.state is State.READY else stands.returns,
        alarms=louder.alarms(team, client, now),
        undecided=must_decide(team, client, now),
        again=signs.back_within_30_days(client),
        follow_up=planned_care.waits_for_follow_up(client),
    )

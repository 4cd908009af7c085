"""What stands on the pages for paper: the whole board for a morning without a network, and what on-call must know.

Pure: from the team, its clients and the moment to data; the words are the web's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from factboard.domain import calendar, roster, signs, visits
from factboard.domain.board import Board, Card, board
from factboard.domain.events import Member
from factboard.domain.people import Label
from factboard.domain.state import Client, Team, Visit


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit until the next meeting. `goes` makes it as things stand, None: nobody can."""

    client: Client
    visit: Visit
    goes: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One client: the board's card, contacts of the week and what they should be, and the visits to come."""

    card: Card
    met: int
    due: int
    visits: tuple[Planned, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody of the staff is away on days of the sheet: local days, both included. `later`: not yet on its first."""

    first: date
    last: date
    later: bool


@dataclass(frozen=True, slots=True)
class MorningSheet:
    """The whole board as it stood at `at`. `days` are the days until the next meeting with their visits; `returning`,
    whose return is announced, the soonest first. Who has returned of late stands in `board.returned`.
    """

    at: datetime
    board: Board
    rows: dict[str, Row]
    days: tuple[tuple[date, tuple[Planned, ...]], ...]
    uncovered: tuple[visits.Gap, ...]
    returning: tuple[Card, ...]
    working: tuple[Member, ...]
    on_duty: Member | None
    staff: tuple[Member, ...]
    away: dict[str, Away]


@dataclass(frozen=True, slots=True)
class OnCallSheet:
    """Those on the board, for somebody who does not know them, from `at` until `until` (UTC). `untaken` are those whom
    nobody has taken, the longest first: who acts? Who has returned of late stands in `board.returned`.
    """

    at: datetime
    until: datetime
    board: Board
    rows: dict[str, Row]
    untaken: tuple[Card, ...]
    duty: tuple[tuple[date, Member], ...]
    staff: tuple[Member, ...]
    away: dict[str, Away]


def morning(team: Team, clients: Sequence[Client], labels: dict[str, Label], now: datetime) -> MorningSheet:
    """The board, and who goes where until the team next meets after today's meeting."""
    today = calendar.local_day(now, team.settings)
    last = max(visits.last_day(team, _after_the_meeting(team, now)), today)
    rows = _rows(team, clients, labels, now, last)
    planned = [one for row in rows[1].values() for one in row.visits]
    days = sorted({one.visit.day for one in planned})
    return MorningSheet(
        at=now,
        board=rows[0],
        rows=rows[1],
        days=tuple((day, tuple(_in_order(one for one in planned if one.visit.day == day))) for day in days),
        uncovered=tuple(visits.uncovered(team, clients, _after_the_meeting(team, now))),
        returning=tuple(sorted((card for card in _cards(rows[0]) if card.stay.announced), key=_returns)),
        working=tuple(roster.working(team, today)),
        on_duty=roster.on_duty(team, today),
        staff=_staff(team),
        away=_away(team, today, today),
    )


def on_call(
    team: Team, clients: Sequence[Client], labels: dict[str, Label], now: datetime, until: datetime
) -> OnCallSheet:
    """Who may call or be met before the team is back."""
    first, last = calendar.local_day(now, team.settings), calendar.local_day(until, team.settings)
    shown, rows = _rows(team, clients, labels, now, last)
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    duty = [(day, who) for day in days if (who := roster.on_duty(team, day))]
    return OnCallSheet(
        at=now,
        until=until,
        board=shown,
        rows=rows,
        untaken=tuple(sorted((card for card in _cards(shown) if card.stay.taken_by is None), key=_flagged)),
        duty=tuple(duty),
        staff=_staff(team),
        away=_away(team, first, last),
    )


def _after_the_meeting(team: Team, now: datetime) -> datetime:
    """The moment from which the plan reaches to the next meeting: today's is what the sheet is for."""
    start = calendar.instant(calendar.local_day(now, team.settings), team.settings.meeting_time, team.settings)
    return max(now, start)


def _rows(
    team: Team, clients: Sequence[Client], labels: dict[str, Label], now: datetime, last: date
) -> tuple[Board, dict[str, Row]]:
    today = calendar.local_day(now, team.settings)
    shown = board(team, clients, now, labels)
    rows = {}
    for card in _cards(shown):
        client = card.client
        coming = [visit for visit in visits.ahead(client, team.settings, today) if visit.day <= last]
        planned = tuple(Planned(client, visit, visits.covered_by(team, visit)) for visit in coming)
        met, due = signs.contacts_this_week(client, now, team.settings), signs.contacts_due(team, client)
        rows[client.id] = Row(card, met, due, planned)
    return shown, rows


def _cards(shown: Board) -> list[Card]:
    return [card for group in shown.groups for card in group.cards]


def _returns(card: Card) -> tuple[datetime, str]:
    return card.standing.returns or calendar.LAST, card.client.id


def _flagged(card: Card) -> tuple[datetime, str]:
    return card.stay.flagged_at, card.client.id


def _in_order(planned: Iterable[Planned]) -> list[Planned]:
    return sorted(planned, key=lambda one: (one.visit.at is None, str(one.visit.at), one.visit.seq))


def _staff(team: Team) -> tuple[Member, ...]:
    here = [one for one in team.members.values() if not one.left and (one.role in roster.CLINICAL or one.phone)]
    return tuple(sorted(here, key=lambda one: (one.name, one.user)))


def _away(team: Team, first: date, last: date) -> dict[str, Away]:
    """Who is away on any of these days, and on which; absences that follow each other are one."""
    found: dict[str, Away] = {}
    for one in sorted(team.absences.values(), key=lambda one: (one.first, one.last)):
        known = found.get(one.user)
        if known and one.first <= known.last + timedelta(days=1):
            found[one.user] = replace(known, last=max(known.last, one.last))
        elif one.first <= last and one.last >= first and not known:
            found[one.user] = Away(one.first, one.last, later=one.first > first)
    return found

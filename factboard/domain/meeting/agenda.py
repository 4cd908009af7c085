"""In which order clients come up at a meeting, and who comes next.

The order is the team's own. Whatever it is, those back in planned care whom nobody has met come first, then whoever the
last meeting passed over; and those who are ready to return, or announced, are groups of their own. It is made once,
when the meeting opens, and stands still: nobody loses their place because somebody else's situation changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from factboard.domain import calendar, signs
from factboard.domain.events import FIRST, AgendaGroup, AgendaItem, Rating
from factboard.domain.planned_care import follow_up_missed, missed, waits_for_follow_up
from factboard.domain.state import Client, Meeting, Stay, Team
from factboard.domain.stepdown import is_ready

EVERY_DAY = 5  # contacts a week: a category that asks for so many is for a crisis, whatever the team calls it
DAY = timedelta(days=1)
FAR = date.max
OWN = (AgendaGroup.ANNOUNCED, AgendaGroup.READY)  # whatever else is so of them

Fits = Callable[[Team, Client, Stay, datetime], bool]
Pressing = Callable[[Team, Client, Stay, datetime], object]


def agenda(team: Team, clients: Iterable[Client], now: datetime) -> tuple[AgendaItem, ...]:
    """Everybody on the board, once: in the first group that fits, the most pressing first; before them, whoever waits
    for a follow-up that is late.
    """
    known, settings, order = list(clients), team.settings, in_order(team)
    late = sorted(
        (one.follow_up.due, one.id) for one in known if one.follow_up and follow_up_missed(one, now, settings)
    )
    placed = []
    for client, stay in ((client, client.stay) for client in known if client.stay and client.enrolled):
        group = next(one for one in (*FIRST[1:], *OWN, *order) if FITS[one](team, client, stay, now))
        category = team.categories[stay.category]
        place = order.index(group), PRESSING[group](team, client, stay, now), category.order, client.id
        placed.append((place, AgendaItem(client.id, group)))
    first = (AgendaItem(id, AgendaGroup.FOLLOW_UP) for _, id in late)
    return (*first, *(item for _, item in sorted(placed, key=lambda one: one[0])))


def in_order(team: Team) -> list[AgendaGroup]:
    """All groups as the team orders them. A team that left groups out still comes to everybody."""
    chosen = [one for one in team.settings.agenda if one is not AgendaGroup.REST]
    return [*dict.fromkeys([*FIRST, *chosen, *OWN, AgendaGroup.REST])]


def is_up(client: Client) -> bool:
    """Has a meeting something to think of about them? They are on the board, or nobody has met them since."""
    return client.enrolled and (client.stay is not None or waits_for_follow_up(client) is not None)


def since(team: Team, now: datetime) -> datetime:
    """From when on a change is news to the meeting (UTC): the end of the last held one, or a day ago."""
    return team.held.closed if team.held else now - DAY


def remaining(meeting: Meeting, clients: Iterable[Client]) -> tuple[AgendaItem, ...]:
    """The agenda as it stands: those put on the board meanwhile come at its end; who left the board keeps their place.

    Of a closed meeting: the agenda, and whoever else came up.
    """
    up = {item.client for item in meeting.agenda}
    if meeting.closed:
        return (*meeting.agenda, *(AgendaItem(one, AgendaGroup.REST) for one in meeting.items if one not in up))
    new = [(client.stay.flagged_seq, client.id) for client in clients if client.stay and client.enrolled]
    return (*meeting.agenda, *(AgendaItem(one, AgendaGroup.UNTAKEN) for _, one in sorted(new) if one not in up))


def counted(meeting: Meeting, on_board: Iterable[Client] = ()) -> tuple[int, int]:
    """How many have been discussed, and of how many: the agenda, and those put on the board meanwhile.

    Whoever a closed meeting only noted something about had no turn in it. `on_board` matters while it is open.
    """
    turns = {item.client for item in (meeting.agenda if meeting.closed else remaining(meeting, on_board))}
    turns |= {id for id, item in meeting.items.items() if item.at or item.passed_over}
    return sum(map(meeting.discussed, turns)), len(turns)


def following(items: Sequence[AgendaItem], focus: str | None) -> str | None:
    """Who comes after the client in focus; None: the round after the agenda."""
    order = [item.client for item in items]
    if focus is None or focus not in order:
        return None  # who came in late stands last, and may have left the board meanwhile
    return next(iter(order[order.index(focus) + 1 :]), None)


def preceding(items: Sequence[AgendaItem], focus: str | None) -> str | None:
    """Who came before; before the round after the agenda, its last client. The first one stays."""
    order = [item.client for item in items]
    if focus is None:
        return order[-1] if order else None
    place = order.index(focus) if focus in order else 0
    return order[max(0, place - 1)] if order else None


def passed_by(
    items: Sequence[AgendaItem], focus: str | None, discussed: Callable[[str], bool], there: Collection[str]
) -> str | None:
    """The next client nobody has thought of yet, from the focus on and then from the beginning; None: all are done.

    `there` are those still on the board.
    """
    order = [item.client for item in items]
    place = order.index(focus) + 1 if focus in order else 0
    left = (one for one in [*order[place:], *order[:place]] if one != focus and one in there and not discussed(one))
    return next(left, None)


def worries(team: Team, clients: Iterable[Client], now: datetime) -> tuple[Client, ...]:
    """Of these, who is not on the board: anyone we should worry about? First those of whom somebody has told something
    that waits for an answer; then those whose planned contact nobody has made, the longest ago first; then the longest
    without any contact.
    """

    def place(client: Client) -> tuple[bool, int, datetime, str]:
        last = signs.contacts(client)[-1:]
        late = missed(client, now, team.settings)[:1]
        met = last[0].happened_at if last else signs.NEVER
        return not client.tips, -late[0].days if late else 0, met, client.id

    return tuple(sorted((one for one in clients if one.stay is None and one.enrolled), key=place))


# --- which group fits, and what is most pressing in it ------------------------------------------------------


def _in_crisis(team: Team, client: Client, stay: Stay, now: datetime) -> bool:
    worse = stay.ratings[-1:] and stay.ratings[-1].rating is Rating.WORSE
    urgent = any(action.urgent and action.done_by is None for action in stay.actions)
    return signs.contacts_due(team, client) >= EVERY_DAY or bool(worse) or urgent


FITS: dict[AgendaGroup, Fits] = {
    AgendaGroup.FOLLOW_UP: lambda team, client, stay, now: False,  # nobody on the board: see `agenda`
    AgendaGroup.PASSED_OVER: lambda team, client, stay, now: client.passed_over is not None,
    AgendaGroup.UNTAKEN: lambda team, client, stay, now: stay.taken_by is None,
    AgendaGroup.CHANGED: lambda team, client, stay, now: bool(signs.changes(client, since(team, now))),
    AgendaGroup.CRISIS: _in_crisis,
    AgendaGroup.UNSEEN: lambda team, client, stay, now: signs.unseen_too_long(team, client, now),
    AgendaGroup.ADMITTED: lambda team, client, stay, now: client.admission is not None,
    AgendaGroup.LEGAL: lambda team, client, stay, now: signs.running_out(client, _today(team, now)),
    AgendaGroup.LONG: lambda team, client, stay, now: signs.long_on_board(team, client, now),
    AgendaGroup.READY: lambda team, client, stay, now: is_ready(team, client, now),
    AgendaGroup.ANNOUNCED: lambda team, client, stay, now: stay.announced is not None,
    AgendaGroup.REST: lambda team, client, stay, now: True,
}


def _today(team: Team, now: datetime) -> date:
    return calendar.local_day(now, team.settings)


def _change(team: Team, client: Client, stay: Stay, now: datetime) -> object:
    kinds = list(signs.Change)
    return min((kinds.index(one) for one in signs.changes(client, since(team, now))), default=len(kinds))


def _home(team: Team, client: Client, stay: Stay, now: datetime) -> object:
    expected = client.admission.expected if client.admission else None
    return expected or FAR, client.admission.on if client.admission else FAR


def _ends(team: Team, client: Client, stay: Stay, now: datetime) -> object:
    return min((one.ends for one in client.legal if one.ends), default=FAR)


def _unseen(team: Team, client: Client, stay: Stay, now: datetime) -> object:
    return signs.seen_at(client)


PRESSING: dict[AgendaGroup, Pressing] = {
    AgendaGroup.PASSED_OVER: lambda team, client, stay, now: client.passed_over,
    AgendaGroup.UNTAKEN: lambda team, client, stay, now: stay.flagged_at,
    AgendaGroup.CHANGED: _change,
    AgendaGroup.CRISIS: _unseen,
    AgendaGroup.UNSEEN: _unseen,
    AgendaGroup.ADMITTED: _home,
    AgendaGroup.LEGAL: _ends,
    AgendaGroup.LONG: lambda team, client, stay, now: stay.since,
    AgendaGroup.READY: lambda team, client, stay, now: stay.since,
    AgendaGroup.ANNOUNCED: lambda team, client, stay, now: stay.announced.at if stay.announced else now,
    AgendaGroup.REST: lambda team, client, stay, now: stay.review_by or FAR,
}

"""What falls due for one client while nobody clicks, and what a fact brings with it: the rule is asked, and obeyed.

`follows` calls off what no longer holds, in the transaction of the fact that did it. `fall_due` is the scheduler's
question about one client: it looks again at everything, and answers with one fact, dated with when it fell due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from factboard.domain import calendar, louder, planned_care
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.events import Need, Step
from factboard.domain.state import Announced, Client, Stay, Team
from factboard.domain.stepdown import needs

HOUR_BEFORE = timedelta(hours=1)  # in which a service that was down lets nobody stop a return
BY_TIME = {Need.CONTACTS, Need.CASE_MANAGER, Need.NEXT_CONTACT}  # what may be lost though nobody does anything
SHARE, AT_LEAST = 5, 5  # more than a fifth of a board at once, and at least five, is no ordinary day (hazard H4)

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Dues:
    """When each clock of a client next has something to be written (UTC), None: nothing. Stored, each in a column of
    its own, so that whoever looks for what is due reads that and nothing else.
    """

    review: datetime | None = None
    unseen: datetime | None = None
    taken: datetime | None = None
    returns: datetime | None = None
    follow_up: datetime | None = None
    contact: datetime | None = None


CLOCKS = {
    "review": (Step.REVIEW, Step.REVIEW_LEAD),
    "unseen": (Step.UNSEEN, Step.UNSEEN_LEAD),
    "taken": (Step.UNTAKEN, Step.TONIGHT, Step.UNTAKEN_LEAD),
    "follow_up": (Step.FOLLOW_UP, Step.FOLLOW_UP_LEAD),
    "contact": (Step.CONTACT, Step.CONTACT_LEAD),
}


def dues(team: Team, client: Client) -> Dues:
    """The stored instants of a client: a function of what is so, the same whenever it is asked."""
    open_ = louder.outstanding(team, client)
    return Dues(
        returns=_return_due(team, client),
        **{clock: min((open_[one] for one in mine if one in open_), default=None) for clock, mine in CLOCKS.items()},
    )


def lost(team: Team, client: Client, now: datetime) -> tuple[Need, ...]:
    """What an announced client's policy asks and is not so any more."""
    stay = client.stay
    if stay is None or stay.announced is None or not client.enrolled:
        return ()
    return tuple(one.need for one in needs.findings(team, client, stay, now) if not one.met)


def follows(
    team: Team, clients: Iterable[Client], now: datetime, software: str, written: Sequence[e.Recorded] = ()
) -> list[e.Entry]:
    """What is called off because of the facts just `written`: the last one about the client, else the last of all."""
    last = written[-1].seq if written else None
    causes = {row.client: row.seq for row in written}
    found = []
    for client, stay in ((client, client.stay) for client in clients):
        if stay is None:
            continue
        if why := lost(team, client, now):
            found.append(_withdrawn(team, client, stay, why, now, now, software, causes.get(client.id, last)))
        elif gap := _lost_meanwhile(team, client, now):
            found.append(_withdrawn(team, client, stay, *gap, now, software))
    return found


def called_off(team: Team, client: Client, now: datetime) -> tuple[Need, ...]:
    """Why an announced return is called off at this moment: what is not so, or was not for a while since."""
    gap = _lost_meanwhile(team, client, now)
    return lost(team, client, now) or (gap[0] if gap else ())


def _lost_meanwhile(team: Team, client: Client, now: datetime) -> tuple[tuple[Need, ...], datetime] | None:
    """What an announced client had lost for a while before anybody looked: made good again, it brings nothing back."""
    since = _loses(team, client, client.stay) if client.stay else None
    return (lost(team, client, since), since) if since and since <= now else None


def fall_due(case: Case, *, clock: str, down: Iterable[Interval] = ()) -> list[e.Entry]:
    """What has fallen due by this clock of the client's: one fact, or none where it is so no longer.

    `down` are the intervals (UTC) in which nobody was served. For the clock `returns`, `case.others` is all the board.
    """
    client = case.client
    if client is None or not client.enrolled:
        return []
    if clock == "returns":
        return _return(case, client, tuple(down))
    open_ = louder.outstanding(case.team, client)
    ready = [(open_[step], step) for step in CLOCKS[clock] if step in open_ and open_[step] <= case.now]
    versions = needs.versions(case.team, client, case.software)
    return [case.about(louder.fact(case.team, client, step, due, versions)) for due, step in sorted(ready)[:1]]


def _return(case: Case, client: Client, down: tuple[Interval, ...]) -> list[e.Entry]:
    stay = client.stay
    if stay is None or stay.announced is None:
        return []
    if why := lost(case.team, client, case.now):
        since = _loses(case.team, client, stay) or case.now
        return [_withdrawn(case.team, client, stay, why, min(since, case.now), case.now, case.software)]
    if gap := _lost_meanwhile(case.team, client, case.now):
        return [_withdrawn(case.team, client, stay, *gap, case.now, case.software)]
    due = stay.announced.due
    if due is None or case.now < due:
        return []
    if why_not := _postponed(case, due, down):
        return [case.about(e.ReturnPostponed(due, why_not, needs.versions(case.team, client, case.software)))]
    if case.team.paused:
        return []
    if not needs.is_fresh(case.team, client, stay, case.now):
        return [_withdrawn(case.team, client, stay, (Need.FRESH,), due, case.now, case.software)]
    if too_many := _too_many(case):
        versions = needs.versions(case.team, None, case.software)
        return [e.Entry(e.ReturnsPaused(e.Pause.MANY, *too_many, versions=versions))]
    back = planned_care.leads_back(case.team, client, case.today)
    grounds = needs.grounds(case.team, client, stay, case.now, case.software)
    return [case.about(e.Returned("", due, grounds, **back))]


def _postponed(case: Case, due: datetime, down: tuple[Interval, ...]) -> e.Postponed | None:
    """Why what a meeting had upheld for `due` waits for the next one."""
    settings = case.team.settings
    if calendar.days_between(due, case.now, settings) > 0:  # while paused too: the next meeting has them up
        return e.Postponed.DAY_PASSED
    if case.team.paused:
        return None
    if not calendar.is_for_returns(case.today, settings):  # days were closed since the meeting upheld it
        return e.Postponed.DAYS_OFF
    served = not any(since < due and due - HOUR_BEFORE < until for since, until in down)
    return None if served else e.Postponed.SERVICE_DOWN


def _too_many(case: Case) -> tuple[int, int] | None:
    """How many would return at once, of how many on the board, where that is more than is ever decided on one day.

    Whom a meeting had upheld when people released the returns, they have looked at: those are not counted again.
    """
    board = [one for one in case.others if one.stay and one.enrolled]
    many = sum(
        announced.due is not None and announced.due <= case.now and not _released(case.team, announced)
        for announced in (one.stay.announced for one in board if one.stay)
        if announced
    )
    return (many, len(board)) if many >= AT_LEAST and many * SHARE > len(board) else None


def _released(team: Team, announced: Announced) -> bool:
    said = announced.upheld_at
    return said is not None and team.released is not None and said <= team.released


def _return_due(team: Team, client: Client) -> datetime | None:
    """The first instant at which something is to be written about the announced return."""
    stay = client.stay
    if stay is None or stay.announced is None or not client.enrolled:
        return None
    upheld = stay.announced.due
    if upheld and team.paused:
        upheld = calendar.midnight_after(calendar.local_day(upheld, team.settings), team.settings)
    return min(filter(None, (_loses(team, client, stay), upheld)), default=None)


def _loses(team: Team, client: Client, stay: Stay) -> datetime | None:
    """When an announced client loses a need by time alone, if nothing else happens."""
    if stay.announced is None:
        return None
    after = stay.announced.at
    coming = (at for at in needs.times_of_loss(team, client, stay) if at > after)
    return next((at for at in coming if BY_TIME & {*lost(team, client, at)}), None)


def _withdrawn(
    team: Team,
    client: Client,
    stay: Stay,
    why: tuple[Need, ...],
    due: datetime,
    now: datetime,
    software: str,
    cause: int | None = None,
) -> e.Entry:
    """Called off, with what still counted at this moment."""
    found = needs.grounds(team, client, stay, now, software)
    fact = e.AnnouncementWithdrawn(
        why, due, found.rule, found.policy, found.software, cause, found.ratings, found.contacts
    )
    return e.Entry(fact, client.id, stay.placement)


def pause_for_clock(case: Case, *, jump: int) -> list[e.Entry]:
    """The clock has jumped by so many seconds: nobody returns by itself until people have looked."""
    versions = needs.versions(case.team, None, case.software)
    return [] if case.team.paused else [e.Entry(e.ReturnsPaused(e.Pause.CLOCK, jump=jump, versions=versions))]


def all_of(clocks: Dues) -> Iterator[tuple[str, datetime]]:
    """The clocks that have something to be written, each with its instant."""
    for name in Dues.__slots__:
        if at := getattr(clocks, name):
            yield name, at

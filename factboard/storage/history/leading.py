"""What leads a search in a history: of all that is asked, the rarest that an index knows, within the period."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, column, func, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.finding import Marked, day_of, words
from factboard.domain.people import SYSTEM
from factboard.storage.engine import words_asked
from factboard.storage.history.asking import Filter
from factboard.storage.history.writing import SYSTEM as SYSTEMS_OWN
from factboard.storage.tables import history, mark, stream

COUNTED = 5_000  # an index entry further than this nobody counts: rare enough is what is below
RARE = 2_000  # found so few, nothing rarer is looked for: to look through them costs less


@dataclass(frozen=True, slots=True)
class Way:
    """The facts from `low` to `high`, still to be looked through: downwards or upwards."""

    team: str
    low: int
    high: int
    down: bool

    def beyond(self, seq: int) -> Way:
        return replace(self, high=seq - 1) if self.down else replace(self, low=seq + 1)

    def numbers(self, limit: int) -> Leading:
        """The first of them, all: a history has no gaps."""
        facts = range(self.high, self.low - 1, -1) if self.down else range(self.low, self.high + 1)
        return Run(facts[:limit])


@dataclass(frozen=True, slots=True)
class Run:
    """Facts that stand one after another."""

    facts: range

    def has(self, seq: ColumnElement[Any]) -> ColumnElement[bool]:
        return seq.between(min(self.facts), max(self.facts))

    async def end(self, _connection: AsyncConnection, _down: bool) -> tuple[int, int | None]:
        return len(self.facts), self.facts[-1]


@dataclass(frozen=True, slots=True)
class Found:
    """Facts whose numbers a statement gives, as its column `seq`: they never leave the database."""

    numbers: FromClause

    def has(self, seq: ColumnElement[Any]) -> ColumnElement[bool]:
        return seq.in_(select(self.numbers.c.seq))

    async def end(self, connection: AsyncConnection, down: bool) -> tuple[int, int | None]:
        """How many they are, and the last along the way."""
        edge = func.min if down else func.max
        many, last = (await connection.execute(select(func.count(), edge(self.numbers.c.seq)))).one()
        return many, last


Leading = Run | Found


Lead = Callable[[AsyncConnection, Way, int], Found]
"""So many facts along the way, in its order."""


async def rarest(connection: AsyncConnection, way: Way, filter: Filter) -> Lead | None:
    """What to look along: None where no index leads anywhere, and every fact of the way has to be looked at."""
    leads = _leads(filter)
    if len(leads) < 2:
        return next(iter(leads), None)
    fewest = COUNTED + 1
    for lead in leads:
        counted, _ = await lead(connection, way, min(COUNTED, fewest)).end(connection, way.down)
        if counted < fewest:
            fewest, best = counted, lead
        if fewest < RARE:
            break
    return best


async def bounds(
    connection: AsyncConnection, team: str, since: datetime | None, until: datetime | None
) -> tuple[int, int]:
    """The first and the last number between which every fact of the period stands; (1, 0) where there is none."""
    head = await connection.scalar(select(stream.c.seq).where(stream.c.team == team)) or 0
    if team == SYSTEMS_OWN or not (since or until):  # the system's own is short, and has no marks
        return 1, head
    m = mark.c
    runs = select(func.min(m.seq), func.max(m.seq)).where(m.team == team, m.name == Marked.DAY)
    if since:
        runs = runs.where(m.value >= day_of(since))
    if until:
        runs = runs.where(m.value <= day_of(until - timedelta(microseconds=1)))
    first, last = (await connection.execute(runs)).one()
    if first is None:
        return 1, 0
    after = select(func.min(m.seq)).where(m.team == team, m.name == Marked.DAY, m.seq > last)
    following = await connection.scalar(after)
    return first, following - 1 if following else head


def _leads(filter: Filter) -> list[Lead]:
    """The indexes that know something of what is asked, those that usually lead to few first."""
    c, found = history.c, list[Lead]()
    for name, value in ((Marked.MEETING, filter.meeting), (Marked.CATEGORY, filter.category)):
        if value:
            found.append(_along(mark.c.team, mark.c.seq, mark.c.name == name, mark.c.value == value))
    if filter.clients:
        found.insert(0, _any_of([_along(c.team, c.seq, c.client == one) for one in filter.clients]))
    if asked := words(filter.words):
        found.append(_saying(asked))
    if filter.kinds:
        found.append(_any_of([_along(c.team, c.seq, c.kind == kind) for kind in filter.kinds]))
    if actor := filter.actor or (SYSTEM if filter.automatic else None):
        found.append(_along(c.team, c.seq, c.actor == actor))
    return found


def _along(team: ColumnElement[Any], seq: ColumnElement[Any], *asked: ColumnElement[bool]) -> Lead:
    def numbers(_connection: AsyncConnection, way: Way, limit: int) -> Found:
        order = seq.desc() if way.down else seq
        here = select(seq).where(team == way.team, *asked, seq.between(way.low, way.high))
        return Found(here.order_by(order).limit(limit).subquery())

    return numbers


def _any_of(leads: Sequence[Lead]) -> Lead:
    """The numbers along several indexes, none of which holds a fact of another's."""

    def numbers(connection: AsyncConnection, way: Way, limit: int) -> Found:
        each = [lead(connection, way, limit).numbers for lead in leads]
        every = union_all(*(select(one.c.seq) for one in each)).subquery()
        order = every.c.seq.desc() if way.down else every.c.seq
        return Found(select(every.c.seq).order_by(order).limit(limit).subquery())

    return numbers


def _saying(asked: Sequence[str]) -> Lead:
    def numbers(connection: AsyncConnection, way: Way, limit: int) -> Found:
        statement, wanted = words_asked(connection.dialect.name, way.team, asked, way.down)
        known = {"team": way.team, "low": way.low, "high": way.high, "wanted": wanted, "limit": limit}
        return Found(text(statement).bindparams(**known).columns(column("seq", Integer)).subquery())

    return numbers

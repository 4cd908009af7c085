"""Facts found: what a reader of the history, an export or a case pack asks for.

A `Filter` is what is asked; `look` gives a page, newest first, for people; `onward` a page in order, and `select` all
of them page by page, for files. The rarest of what is asked leads: its facts' numbers are read from an index in their
order, some hundred at a time, and the rest is asked of those. So a page costs what it shows, wherever it stands.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import Row
from factboard.storage.history.asking import Filter, asked
from factboard.storage.history.leading import Way, bounds, rarest
from factboard.storage.tables import history

PAGE = 1_000  # rows of a file read at a time
AT_ONCE = 4_000  # facts looked through by one statement
LOOKED = 12_000  # facts that are looked through for one page; further back on the next


@dataclass(frozen=True, slots=True)
class Page:
    """Facts, newest first. There may be more before the fact `older`; None: there are none."""

    rows: list[Row]
    older: int | None = None


async def look(
    connection: AsyncConnection, team: str, filter: Filter, *, before: int | None = None, limit: int = 100
) -> Page:
    """The facts asked for, newest first, older than the fact `before`: one page of what people read.

    Where what is asked is rare, and no index leads to it alone, a page may have fewer, or none, and go on `older`.
    """
    rows, edge = await _walk(connection, team, filter, before, limit + 1, down=True, most=LOOKED)
    return Page(rows[:limit], rows[limit - 1].seq) if len(rows) > limit else Page(rows, edge)


async def find(
    connection: AsyncConnection, team: str, filter: Filter, *, before: int | None = None, limit: int = 100
) -> list[Row]:
    """So many of the facts asked for, newest first, older than the fact `before`, however far back they stand."""
    return (await _walk(connection, team, filter, before, limit, down=True))[0]


async def onward(
    connection: AsyncConnection, team: str, filter: Filter, *, after: int = 0, limit: int = PAGE
) -> list[Row]:
    """The facts asked for in order, from the one after `after` on: one page of a file."""
    return (await _walk(connection, team, filter, after, limit, down=False))[0]


async def select(connection: AsyncConnection, team: str, filter: Filter) -> AsyncIterator[Row]:
    """All the facts asked for in order, read page by page."""
    seq = 0
    while found := await onward(connection, team, filter, after=seq):
        for row in found:
            yield row
        seq = found[-1].seq


async def _walk(
    connection: AsyncConnection,
    team: str,
    filter: Filter,
    beyond: int | None,
    limit: int,
    *,
    down: bool,
    most: int | None = None,
) -> tuple[list[Row], int | None]:
    """So many facts beyond that number, and the number to go on from where it gave up looking after `most`."""
    low, high = await bounds(connection, team, filter.since, filter.until)
    if beyond is not None:
        low, high = (low, min(high, beyond - 1)) if down else (max(low, beyond + 1), high)
    way = Way(team, low, high, down)
    lead = await rarest(connection, way, filter)
    order = history.c.seq.desc() if down else history.c.seq
    rows, looked, some = list[Row](), 0, limit
    while way.low <= way.high:
        leading = lead(connection, way, some) if lead else way.numbers(some)
        here = asked(team, filter).where(leading.has(history.c.seq)).order_by(order).limit(limit - len(rows))
        rows += [Row(*row) for row in await connection.execute(here)]
        if len(rows) == limit:
            break
        many, last = await leading.end(connection, down)
        if last is None or many < some:
            break
        way, looked, some = way.beyond(last), looked + many, AT_ONCE
        if most and looked >= most:
            return rows, last
    return rows, None

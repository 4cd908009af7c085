"""Is a history whole? Read from its first fact to its last, page by page, and held against checkpoints."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import GENESIS, REDACTED, Broken, How, Row, verify
from factboard.domain.checkpoint import Checkpoint
from factboard.storage.history import head
from factboard.storage.tables import history

PAGE = 5_000  # rows read at a time
_COLUMNS = tuple(history.c[name] for name in Row.__slots__)

Place = tuple[int, str]  # a fact's number and its hash
Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A team's history is whole up to fact `seq`, which has `hash`; `broken` is what is wrong after it.

    `agreed` is the newest of the checkpoints asked about that the history agrees with.
    """

    team: str
    seq: int
    hash: str
    broken: Broken | None = None
    agreed: Checkpoint | None = None


async def verdict(
    connection: AsyncConnection,
    team: str,
    checkpoints: Sequence[Checkpoint] = (),
    *,
    after: Place = (0, GENESIS),
    watch: Watch = lambda _seq, _of: None,
) -> Verdict:
    """The first thing that is wrong with a team's history, read in one look, or that nothing is. `checkpoints` are
    this team's, signed by whom the caller believes. `after` is a fact from which on it is read, where those before are
    not in question. `watch` is told how far it has come, and of how many. Raises LookupError for no such team.
    """
    end = await head(connection, team)
    if end is None:
        raise LookupError(team)
    asked = sorted((one for one in checkpoints if one.seq >= after[0]), key=lambda one: one.seq)
    redacted, agreed = await _redacted(connection, team), None
    seq, hash = after
    while True:
        while asked and asked[0].seq == seq:
            if asked[0].hash != hash:
                return Verdict(team, seq, hash, Broken(seq, How.CHECKPOINT), agreed)
            agreed = asked.pop(0)
        page = min(PAGE, asked[0].seq - seq) if asked else PAGE
        try:
            rows = await _page(connection, team, seq, page)
        except DBAPIError:
            return Verdict(team, seq, hash, Broken(await _unreadable(connection, team, seq), How.UNREADABLE), agreed)
        if not rows:
            break
        broken = await asyncio.to_thread(verify, rows, after=(seq, hash), redacted=redacted)
        if broken:
            return Verdict(team, broken.seq - 1, "", broken, agreed)
        seq, hash = rows[-1][1], rows[-1][-1]
        watch(seq, end[0])
    broken = verify((), end, after=(seq, hash)) or (Broken(seq + 1, How.MISSING) if asked else None)
    return Verdict(team, seq, hash, broken, agreed)


async def _page(connection: AsyncConnection, team: str, seq: int, limit: int) -> Sequence[Any]:
    query = select(*_COLUMNS).where(history.c.team == team, history.c.seq > seq).order_by(history.c.seq).limit(limit)
    return (await connection.execute(query)).all()


async def _unreadable(connection: AsyncConnection, team: str, seq: int) -> int:
    """The first row after `seq` that the engine itself cannot read: SQLite lets anything stand where text should."""
    try:
        while await _page(connection, team, seq, 1):
            seq += 1
    except DBAPIError:
        pass
    return seq + 1


async def _redacted(connection: AsyncConnection, team: str) -> dict[int, str]:
    """The rows that the chain's facts say were redacted, with their client. That these facts are the chain's own is
    found as any row's is.
    """
    c, found = history.c, dict[int, str]()
    query = select(c.client, c.payload).where(c.team == team, c.kind == REDACTED, c.payload.is_not(None))
    with suppress(DBAPIError):
        for client, payload in await connection.execute(query):
            with suppress(ValueError, TypeError, KeyError):  # not as anybody here wrote it: its own row is found
                found |= dict.fromkeys(json.loads(payload)["rows"], client)
    return found


async def leads_to(connection: AsyncConnection, team: str, after: Place, checkpoint: Checkpoint) -> bool:
    """Do the facts after this one, each hanging on the one before, lead to what the checkpoint signed?"""
    redacted, (seq, hash) = await _redacted(connection, team), after
    while seq < checkpoint.seq:
        rows = await _page(connection, team, seq, min(PAGE, checkpoint.seq - seq))
        broken = await asyncio.to_thread(verify, rows, after=(seq, hash), redacted=redacted)
        if broken or not rows:
            return False
        seq, hash = rows[-1].seq, rows[-1].hash
    return hash == checkpoint.hash

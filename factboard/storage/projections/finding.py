"""What facts are found by, as the recorder writes it and a redaction takes it away."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.finding import Marked
from factboard.domain.projection import Outcome
from factboard.storage.history import mark_columns
from factboard.storage.tables import mark, said

AT_ONCE = 500  # rows in one statement


async def add_marks(connection: AsyncConnection, team: str, outcomes: Sequence[tuple[int, Outcome]]) -> None:
    """The marks of new facts, by their numbers, and the words that people wrote in them."""
    if marks := [mark for _, outcome in outcomes for mark in outcome.marks]:
        await connection.execute(insert(mark), mark_columns(team, marks))
    if words := [{"team": team, "seq": seq, "text": outcome.said} for seq, outcome in outcomes if outcome.said]:
        await connection.execute(insert(said), words)


async def forget_marks(connection: AsyncConnection, team: str, seqs: Collection[int]) -> None:
    """These facts were redacted: they are found by nothing that stood in them. Their days, which still stand in the
    history, stay: a period is looked for by them.
    """
    known = sorted(seqs)
    for start in range(0, len(known), AT_ONCE):
        some = known[start : start + AT_ONCE]
        here = (mark.c.team == team, mark.c.seq.in_(some), mark.c.name != Marked.DAY)
        await connection.execute(delete(mark).where(*here))
        await connection.execute(delete(said).where(said.c.team == team, said.c.seq.in_(some)))

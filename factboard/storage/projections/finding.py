"""What facts are found by, as the recorder writes it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.projection import Outcome
from factboard.storage.engine import words_settled
from factboard.storage.history import mark_columns
from factboard.storage.tables import mark, said


async def add_marks(connection: AsyncConnection, team: str, outcomes: Sequence[tuple[int, Outcome]]) -> None:
    """The marks of new facts, by their numbers, and the words that people wrote in them."""
    if marks := [mark for _, outcome in outcomes for mark in outcome.marks]:
        await connection.execute(insert(mark), mark_columns(team, marks))
    if words := [{"team": team, "seq": seq, "text": outcome.said} for seq, outcome in outcomes if outcome.said]:
        await connection.execute(insert(said), words)


async def settle_words(connection: AsyncConnection) -> None:
    """What has left `said` leaves the index of its words for good: it would else keep them until it tidies itself."""
    for statement in words_settled(connection.dialect.name):
        await connection.execute(text(statement))

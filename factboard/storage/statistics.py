"""What the statistics of a period are made of, read from the read tables: what the period needs, and no history."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.state import Team
from factboard.domain.statistics import Material, Period, Words


async def material(connection: AsyncConnection, team: Team, period: Period, now: datetime, words: Words) -> Material:
    """For `domain.statistics.figures`. `now` is UTC; `words` are the team's ready reasons and warning signs."""
    codes = tuple(one.code for one in sorted(team.categories.values(), key=lambda one: (one.order, one.code)))
    return Material(team.settings, codes, period, now, words=words, known_since=team.began)

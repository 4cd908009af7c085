"""A period's figures and those of the one before, as a reader may see them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from factboard.domain.statistics import DEFINITIONS, Figure, Key, Material, Period, Words, figures, masked
from factboard.storage import statistics
from factboard.web.words import words_for

Figures = Mapping[Key, Figure]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """`now` and `before` have the same keys, in the order of the definitions."""

    period: Period
    now: Figures
    before: Figures


async def reckon(request: Request, period: Period, *, hide: bool) -> Reckoned:
    """Read and count both; `hide`: small numbers, for whoever is not of the team."""
    team, now = request.state.who.here, request.app.state.clock()
    own = words_for(team.settings, team.settings.language)
    words = Words(own.phrases(team.settings), own.warning_signs(team.settings))
    async with request.app.state.store.reading() as connection:
        read = [await statistics.material(connection, team, one, now, words) for one in (period, period.previous)]
    return await asyncio.to_thread(_counted, period, read, hide)  # others' clicks are answered meanwhile


def _counted(period: Period, read: list[Material], hide: bool) -> Reckoned:
    now, before = ({key: masked(one) if hide else one for key, one in figures(of).items()} for of in read)
    return Reckoned(period, *({key: one[key] for key in DEFINITIONS if key in one} for one in (now, before)))

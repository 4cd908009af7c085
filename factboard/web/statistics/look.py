"""`/statistics`: all figures of a period, and one figure with the times on the board behind it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.people import Label
from factboard.domain.statistics import DEFINITIONS, Behind, Figure, Head, Key, Kind, Period, Table
from factboard.storage import projections
from factboard.web.labels import labels_of
from factboard.web.pages import page
from factboard.web.sight import eyes
from factboard.web.statistics.choosing import Wish, asked, query_of
from factboard.web.statistics.reckoned import reckon
from factboard.web.statistics.saying import Numbers
from factboard.web.statistics.shown import groups, shown

MOST_BEHIND = 1_000  # rows on a page


async def page_of_statistics(request: Request) -> Response:
    """The whole period: no client is in it."""
    who, wish = request.state.who, asked(request)
    numbers = Numbers.of(request.state.language, who.here)
    found = None
    if wish.period:
        reckoned = await reckon(request, wish.period, hide=who.outside)
        found = await asyncio.to_thread(groups, numbers, reckoned)
    return page(request, "statistics/page.html", status=200 if found else 422, groups=found, **_around(numbers, wish))


async def page_of_figure(request: Request) -> Response:
    """One figure, and what is behind it. 404 for a figure that there is not."""
    who, wish = request.state.who, asked(request)
    numbers = Numbers.of(request.state.language, who.here)
    key = next((key for key in Key if key.value == request.path_params["figure"]), None)
    if key is None:
        raise HTTPException(404)
    if wish.period is None:
        return page(request, "statistics/page.html", status=422, groups=None, **_around(numbers, wish))
    reckoned = await reckon(request, wish.period, hide=who.outside)
    figure = reckoned.now.get(key)
    if figure is None:
        raise HTTPException(404)
    told = await asyncio.to_thread(shown, numbers, reckoned, key)
    there = [one for one in figure.behind if one.kind is not Kind.IN_TEAM]
    listed = there[:MOST_BEHIND]
    about = {one.client for one in listed if one.client}
    async with request.app.state.store.reading() as connection:
        clients = eyes(request).of(await projections.clients(connection, who.team, about))
        labels = await labels_of(connection, who.team, clients)
    request.app.state.access.saw(who, "statistics", labels, detail=f"{key.value} {wish.query}")
    return page(
        request,
        "statistics/figure.html",
        figure=told,
        masked=figure.masked,
        behind=[row(numbers, figure, one, labels, wish.period) for one in listed],
        left_out=len(there) - len(listed),
        staff=len(figure.behind) - len(there),
        **_around(numbers, wish),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One episode or client behind a figure; `value` is what it adds."""

    kind: Kind
    id: str
    client: str
    label: Label | None
    what: str
    began: datetime | None
    ended: datetime | None
    value: str
    counts: bool


def row(numbers: Numbers, figure: Figure, one: Behind, labels: dict[str, Label], period: Period) -> Row:
    unit, value = DEFINITIONS[figure.key].unit, ""
    if isinstance(one.value, Fraction | int):
        value = numbers.value(Fraction(one.value), unit)
    elif isinstance(one.value, str):
        head = figure.value.head if isinstance(figure.value, Table) else Head.STAYS
        value = one.value if head is Head.STAYS else numbers.line(one.value, head, period)
    return Row(
        one.kind,
        one.id,
        one.client,
        labels.get(one.client),
        numbers.kind(one.kind),
        one.began,
        one.ended,
        value,
        one.counts,
    )


def _around(numbers: Numbers, wish: Wish) -> dict[str, Any]:
    """What stands around the figures: which period, and how to choose another."""
    return {
        "typed": wish.typed,
        "period": numbers.period(wish.period) if wish.period else "",
        "previous": numbers.period(wish.period.previous) if wish.period else "",
        "begins": numbers.began(wish.period) if wish.period else "",
        "previous_begins": numbers.began(wish.period.previous) if wish.period else "",
        "query": wish.query,
        "offers": [(numbers.gettext(one.name), query_of(one.period), one.period == wish.period) for one in wish.offers],
    }

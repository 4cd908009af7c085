"""The caseloads of a team side by side, and one of them: up to thirty clients on one screen, week by week."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, caseload, roster
from factboard.domain.caseload import Load, Rhythm
from factboard.domain.caseload.models import default
from factboard.domain.caseload.weighing import FULL_TIME, carriers, part_time, share_of
from factboard.domain.events import Part
from factboard.domain.people import Label
from factboard.domain.planned_care import schedule
from factboard.domain.refusal import Unknown
from factboard.domain.state import Client, Team
from factboard.web.caseload import drawing
from factboard.web.labels import labels_of
from factboard.web.language import in_order
from factboard.web.pages import page
from factboard.web.sight import eyes

NOBODY = "nobody"  # stands in an address for the clients without a case manager


@dataclass(frozen=True, slots=True)
class Loaded:
    """One line of the caseloads: what somebody carries, and as shapes. `days` they work a week, None for full time."""

    load: Load
    meter: list[drawing.Shape]
    days: int | None
    left: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody to hand over to, and how many clients they have now, as a share of a full caseload."""

    user: str
    clients: int
    share: Fraction

    @property
    def percent(self) -> int:
        return round(self.share * 100)


@dataclass(frozen=True, slots=True)
class Row:
    """One client of a caseload."""

    client: Client
    label: Label
    rhythm: Rhythm
    strip: list[drawing.Shape]
    model: str  # its code; empty for the team's default

    @property
    def people(self) -> set[str]:
        """Who meets them by the standing schedule."""
        return {line.who for line in schedule(self.client)}


async def page_of_caseloads(request: Request) -> Response:
    """What each carries, the fullest first. It shows numbers alone, nobody's name but the staff's.

    Reckoned in a thread: of a whole team it takes longer than others should wait.
    """
    here, now = request.state.who.here, request.app.state.clock()
    found = await asyncio.to_thread(caseload.loads, here, await in_care(request), now)
    lines = [loaded(here, one, now) for one in found]
    return page(request, "caseload/page.html", loads=lines, models=caseload.models(here), full=drawing.FULL)


async def page_of_caseload(request: Request) -> Response:
    """One person's clients, each with how often they are met; those that nobody carries under `nobody`."""
    who, user = request.state.who, whose(request)
    context = await one_caseload(request, user)
    request.app.state.access.saw(who, "caseload", [row.client.id for row in context["rows"]])
    return page(request, "caseload/one.html", ticked=(), errors={}, to="", **context)


def whose(request: Request) -> str | None:
    """Whose caseload the address asks for; None: nobody's. Raises `Unknown`."""
    user = request.path_params["user"]
    if user == NOBODY:
        return None
    if user not in request.state.who.here.members:
        raise Unknown("unknown_page")
    return str(user)


async def in_care(request: Request) -> list[Client]:
    """Everybody in the care of the reader's team whose board they may see."""
    async with request.app.state.store.reading() as connection:
        everybody: list[Client] = await request.app.state.caseload.of(connection, request.state.who.team)
    return eyes(request).only(everybody, Part.BOARD)


async def one_caseload(request: Request, user: str | None) -> dict[str, Any]:
    """What the page of one caseload shows: its clients, most often met first, and to whom they could be handed."""
    who, now = request.state.who, request.app.state.clock()
    here, everybody = who.here, await in_care(request)
    theirs = [one for one in everybody if one.details.case_manager == user]
    async with request.app.state.store.reading() as connection:
        named = await labels_of(connection, who.team, theirs)
    carried = caseload.load(here, user, theirs, now)
    rows = [_row(here, one, named, caseload.rhythm(here, one, now)) for one in theirs]
    weeks = rows[0].rhythm.weeks if rows else ()
    return {
        "user": user,
        "line": loaded(here, carried, now),
        "rows": sorted(rows, key=lambda row: _often_first(row, here.settings.language)),
        "models": caseload.models(here),
        "ticks": drawing.ticks(weeks),
        "drawn": {"wide": drawing.WIDE, "tall": drawing.TALL + 2, "now": drawing.now(), "full": drawing.FULL},
        "today": calendar.local_day(now, here.settings),
        "takers": takers(here, everybody, but=user),
    }


def takers(team: Team, everybody: Sequence[Client], *, but: str | None) -> list[Taker]:
    """Who could take somebody over: of those who have clients now, the one with most room first; then the others."""
    carried: dict[str, list[Client]] = {one.user: [] for one in carriers(team) if one.user != but}
    for client in everybody:
        if (manager := client.details.case_manager) in carried:
            carried[manager].append(client)
    found = [Taker(user, len(theirs), share_of(team, user, theirs)[0]) for user, theirs in carried.items()]
    return sorted(found, key=lambda one: (one.clients == 0, one.share, one.user))


def loaded(team: Team, load: Load, now: datetime) -> Loaded:
    member, today = team.members.get(load.user or ""), calendar.local_day(now, team.settings)
    days = part_time(team, load.user) * FULL_TIME
    return Loaded(
        load,
        drawing.meter(load),
        int(days) if days < FULL_TIME else None,
        left=member is not None and member.left,
        away=member is not None and roster.absent(team, member.user, today),
    )


def chosen(rows: Sequence[Row], ids: Collection[str]) -> list[Row]:
    return [row for row in rows if row.client.id in ids]


def _row(team: Team, client: Client, named: Mapping[str, Label], seen: Rhythm) -> Row:
    model = caseload.model_of(team, client).code
    usual = default(team).code
    return Row(client, named[client.id], seen, drawing.strip(seen.weeks), "" if model == usual else model)


def _often_first(row: Row, language: str) -> tuple[object, ...]:
    """On the board, then by the standing schedule from often to seldom, then those without one; by name."""
    short = row.rhythm.short
    name = row.label.name or row.label.second
    return row.client.stay is None, short.every_days if short else 999, in_order(name, language)

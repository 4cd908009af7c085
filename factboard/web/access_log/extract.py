"""The extract of the access log that a client may ask for: a page to print, and a file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import groupby

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from factboard.domain import calendar
from factboard.domain.access import STREAMS, Look, Row
from factboard.domain.access.extract import Line, Numbered, lines
from factboard.domain.state import Client
from factboard.exporting import MARK, NotLogged, csv_text, logged
from factboard.storage import access
from factboard.web.access_log.naming import teller_of
from factboard.web.access_log.said import Said
from factboard.web.forms import Day, Form, Typed, parse
from factboard.web.labels import this_client
from factboard.web.language import N_, catalogue
from factboard.web.pages import page
from factboard.web.times import Times

VIEW = "access_extract"
AT_FIRST = timedelta(days=90)  # back, where no days are chosen
ROWS = 20_000  # read for a page at most; the file has no end
HEADS = (N_("Day"), N_("Time"), N_("Unit"), N_("Person no."), N_("Profession, employer"), N_("What was done"))


class Days(Form):
    """Local days, both in it."""

    first: Day | None = None
    last: Day | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A line as the client reads it."""

    line: Line
    office: str
    done: str


async def extract(request: Request) -> Response:
    """The days asked for, of one client. Where a day cannot be meant, why stands beside it."""
    client, who = await this_client(request), request.state.who
    typed, wanted = _days(request, client)
    rows: list[Row] = []
    async with request.app.state.store.reading() as connection:
        teller = await teller_of(request, connection, [client.id])
        if wanted:
            rows = await access.oldest(connection, who.team, wanted, ROWS + 1)
    request.app.state.access.saw(who, VIEW, [client.id])
    said = Said(request.state.language, who.here, to_client=True)
    found = lines(rows[:ROWS], lambda at: calendar.local_day(at, who.here.settings))
    told = [Told(line, said.office(line.actor), said.done(_look(line))) for line in found]
    days = [(day, list(of)) for day, of in groupby(told, key=lambda one: one.line.day)]
    return page(
        request,
        "access/extract.html",
        status=200 if wanted else 422,
        client=client,
        name=teller.client(client.id),
        born=None if who.masked or client.details.protected else client.details.birth_date,
        days=days,
        typed=typed,
        whole=len(rows) <= ROWS,
        means=said.meant_by(dict.fromkeys(line.view for line in found)),
    )


async def extract_file(request: Request) -> Response:
    """The same as CSV, a row for each look: taken out, and logged before it leaves."""
    client, who = await this_client(request), request.state.who
    _, wanted = _days(request, client)
    if wanted is None:
        return await extract(request)
    store, said = request.app.state.store, Said(request.state.language, who.here, to_client=True)
    request.app.state.access.saw(who, VIEW, [client.id], action="export")
    try:
        await logged(request.app.state.access)
    except NotLogged:
        raise HTTPException(503) from None
    read = catalogue(request.state.language).gettext

    async def content() -> AsyncIterator[bytes]:
        yield (MARK + csv_text([[read(head) for head in HEADS]], request.state.language)).encode()
        number, times = Numbered(), Times(request.state.language, who.here.settings.time_zone)
        async with store.reading() as connection:
            async for row in access.through(connection, who.team, wanted):
                local = row.at.astimezone(times.zone)
                office, done = said.office(row.actor), said.done(_look(row))
                unit = who.here.settings.name
                cells = [local.date().isoformat(), times.clock(row.at), unit, str(number(row.actor)), office, done]
                yield csv_text([cells], request.state.language).encode()

    headers = {"Content-Disposition": f'attachment; filename="access-{client.id}.csv"'}
    return StreamingResponse(content(), media_type="text/csv; charset=utf-8", headers=headers)


def _days(request: Request, client: Client) -> tuple[Typed[Days], access.Filter | None]:
    """The days of the address, else the newest ones, as a filter on this client; None where they cannot be meant."""
    settings = request.state.who.here.settings
    typed = parse(FormData([*request.query_params.multi_items()]), Days)
    if typed.form is None:
        return typed, None
    today = calendar.local_day(request.app.state.clock(), settings)
    first, last = typed.form.first, typed.form.last or today
    if first is None:
        first = max(last, date.min + AT_FIRST) - AT_FIRST
    typed.values |= {"first": first.isoformat(), "last": last.isoformat()}
    if last < first:
        typed.errors["last"] = "ends_before_it_begins", {}
        return typed, None
    since, until = calendar.instant(first, time(0), settings), calendar.midnight_after(last, settings)
    return typed, access.Filter(since, until, clients=client.records, but=tuple(sorted(STREAMS)))


def _look(line: Line | Row) -> Look:
    """As much of a look as can be said of it to the one who was looked at."""
    at = line.times[0] if isinstance(line, Line) else line.at
    return Look(0, at, line.actor, line.action, line.view)

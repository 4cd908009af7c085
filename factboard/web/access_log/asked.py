"""What a reader of the log asks for, as the address carries it: days, person, client by code, what and how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request

from factboard.domain import calendar
from factboard.domain.people import alias
from factboard.storage import access, projections
from factboard.web.access_log.said import CHOICES, VIEWS, Said, alike, meant
from factboard.web.forms import Day, Form, Ticked, Typed, parse

LONGEST = 64  # a client's code or id


class Asked(Form):
    """`first` and `last` are local days, both asked for; `client` is a code as the pages show it, or an id.

    Without `own` or a person, the reader's own looks at the log are left out: each page of it would begin with them.
    """

    first: Day | None = None
    last: Day | None = None
    person: str = ""
    client: str = ""
    view: str = ""
    action: str = ""
    own: Ticked = False


@dataclass(frozen=True, slots=True)
class Wish:
    """The filter, what was typed, and the client that it names where it names one."""

    typed: Typed[Asked]
    filter: access.Filter | None
    client: str | None = None

    @property
    def address(self) -> dict[str, str]:
        """What the next page's address repeats."""
        return {name: value for name, value in self.typed.values.items() if value}


async def asked(request: Request, connection: AsyncConnection) -> Wish:
    """Read the address. `filter` is None where something in it cannot be meant: why stands beside the field."""
    who = request.state.who
    typed = parse(FormData([*request.query_params.multi_items()]), Asked)
    form, wrong = typed.form, typed.errors
    if form is None:
        return Wish(typed, None)
    settings = who.here.settings
    if form.first and form.last and form.last < form.first:
        wrong["last"] = "ends_before_it_begins", {}
    people = {user for user, _ in Said(request.state.language, who.here).people()}
    for field, value, known in (
        ("person", form.person, people),
        ("view", form.view, VIEWS),
        ("action", form.action, CHOICES),
    ):
        if value and value not in known:
            wrong[field] = "unknown_choice", {}
    clients = await _clients(connection, who.team, form.client)
    if form.client and not clients:
        wrong["client"] = "unknown_client_code", {}
    if wrong:
        return Wish(typed, None)
    only = clients[0] if len(clients) == 1 else None
    if only:
        typed.values["client"] = alias(only)
    found = access.Filter(
        since=calendar.instant(form.first, time(0), settings) if form.first else None,
        until=calendar.midnight_after(form.last, settings) if form.last else None,
        actor=form.person,
        clients=clients,
        views=alike(form.view),
        without="" if form.own or form.person else who.user,
        **meant(form.action),
    )
    return Wish(typed, found, only)


async def _clients(connection: AsyncConnection, team: str, text: str) -> tuple[str, ...]:
    """Whose code or id it is; several where a short code is not one person's alone."""
    wanted = text.strip()
    if not wanted or len(wanted) > LONGEST:
        return ()
    known = await projections.client(connection, team, wanted)
    ids = [known.id] if known else await projections.coded(connection, team, wanted)
    people = [await projections.person(connection, team, id) for id in ids]
    return tuple(dict.fromkeys(record for one in people if one for record in one.records))

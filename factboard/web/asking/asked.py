"""What a reader asks of the history, as the address carries it: for the list, for the files made of it.

Whatever in it cannot be meant is said beside its field, and nothing is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request

from factboard.domain import calendar
from factboard.domain.consent import EVERYTHING
from factboard.domain.finding import words
from factboard.domain.people import alias
from factboard.domain.state import Client, Team
from factboard.domain.text import LINE
from factboard.storage import projections
from factboard.storage.history import Filter
from factboard.web.forms import Day, Form, Typed, parse
from factboard.web.labels import LONGEST_ID
from factboard.web.sight import withheld
from factboard.web.words.kinds import GROUPS, KINDS
from factboard.web.words.terms import ACTORS


class By(StrEnum):
    """Who made a fact: somebody, or the clock."""

    HAND = "hand"
    ITSELF = "itself"


class Asked(Form):
    """`first` and `last` are local days, both in it; `client` a code as the pages show it, or an id; `kind` one kind of
    fact or a group of them.
    """

    first: Day | None = None
    last: Day | None = None
    client: str = ""
    person: str = ""
    kind: str = ""
    category: str = ""
    by: By | None = None
    meeting: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed, and what it means; no filter where something in it cannot be meant. `client` is whom it names."""

    typed: Typed[Asked]
    filter: Filter | None
    client: Client | None = None

    @property
    def asked(self) -> Mapping[str, str]:
        """What was asked, field by field, as an address repeats it."""
        said = {name: str(value).strip() for name, value in self.typed.values.items() if str(value).strip()}
        return said | ({"client": self.client.id} if self.client else {})

    def address(self, path: str, *, but: str = "", **more: object) -> str:
        """The address that asks the same; `but` one field, and with something more."""
        query = {name: value for name, value in self.asked.items() if name != but} | more
        return f"{path}?{urlencode(query)}" if query else path


async def asked(request: Request, connection: AsyncConnection) -> Wish:
    """Read the address."""
    team: Team = request.state.who.here
    typed = parse(FormData([*request.query_params.multi_items()]), Asked)
    form = typed.form
    if form is None:
        return Wish(typed, None)
    hidden = await withheld(request, connection, *EVERYTHING)
    client = await _client(connection, team.id, form.client.strip(), typed)
    if client and client.id in hidden:
        typed.errors["client"], client = ("unknown_client_code", {}), None
    meeting = form.meeting if form.meeting.isprintable() and len(form.meeting) <= LONGEST_ID else ""
    known = await projections.meeting_times(connection, team.id, only=meeting) if meeting else []
    _check(form, typed, team)
    if form.meeting and not known:
        typed.errors["meeting"] = "unknown_meeting", {}
    if client:
        typed.values["client"] = alias(client.id)
    if typed.errors:
        return Wish(typed, None, client)
    settings = team.settings
    kinds = GROUPS[form.kind].kinds if form.kind in GROUPS else (form.kind,) if form.kind else ()
    found = Filter(
        since=calendar.instant(form.first, time(0), settings) if form.first else None,
        until=calendar.midnight_after(form.last, settings) if form.last else None,
        clients=client.records if client else (),
        actor=form.person or None,
        kinds=tuple(kinds),
        category=form.category or None,
        automatic=form.by is By.ITSELF if form.by else None,
        meeting=form.meeting or None,
        words=form.words,
        but=hidden,
    )
    return Wish(typed, found, client)


def _check(form: Asked, typed: Typed[Asked], team: Team) -> None:
    """Say beside its field what is not one of the choices, or says nothing."""
    if form.first and form.last and form.last < form.first:
        typed.errors["last"] = "ends_before_it_begins", {}
    offered = {
        "person": team.members.keys() | ACTORS.keys(),
        "kind": KINDS.keys() | GROUPS.keys(),
        "category": team.categories.keys(),
    }
    for field, known in offered.items():
        if (value := getattr(form, field)) and value not in known:
            typed.errors[field] = "unknown_choice", {}
    if len(form.words) > LINE:
        typed.errors["words"] = "too_long", {"limit": LINE, "length": len(form.words)}
    elif form.words.strip() and not words(form.words):
        typed.errors["words"] = "no_words", {}


async def _client(connection: AsyncConnection, team: str, typed_code: str, typed: Typed[Asked]) -> Client | None:
    """Whose code or id it is; the code of several people has to be typed further."""
    if not typed_code:
        return None
    client = await projections.person(connection, team, typed_code) if len(typed_code) <= LONGEST_ID else None
    if client is None and len(typed_code) <= LONGEST_ID:
        ids = await projections.coded(connection, team, typed_code)
        if len(ids) > 1:
            typed.errors["client"] = "code_of_several", {}
            return None
        client = await projections.person(connection, team, ids[0]) if ids else None
    if client is None:
        typed.errors["client"] = "unknown_client_code", {}
    return client

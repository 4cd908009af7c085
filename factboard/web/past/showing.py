"""A page as it was at a moment: the team of then, as the reader may know its clients, nothing to press.

The look is written to the access log with its moment. A moment that cannot be shown is answered beside its field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain.chain import Row
from factboard.domain.consent import EVERYTHING
from factboard.domain.masking import coded
from factboard.domain.people import Label, full_name, labels
from factboard.domain.refusal import Invalid
from factboard.domain.state import Client, Meeting, Team
from factboard.domain.text import folded
from factboard.storage import accounts, history
from factboard.storage import past as storage
from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.projections import MANY_NAMES
from factboard.web.forms import Typed
from factboard.web.pages import page
from factboard.web.past.asking import Moment, moment
from factboard.web.past.steps import steps
from factboard.web.sentences import Teller, clients_in
from factboard.web.sight import withheld
from factboard.web.words import words_for


@dataclass(frozen=True, slots=True)
class Then:
    """The team at a moment of the past. `seq` is the newest fact of then. Of a masked reader's `clients` only codes are
    known; else everyone in the team's care is there as they were, and whom the open meeting has in focus. `gone` of
    them have been redacted since; `unreadable` facts somebody has changed in the database.
    """

    at: datetime
    seq: int
    team: Team
    clients: tuple[Client, ...]
    meeting: Meeting | None
    gone: int = 0
    unreadable: int = 0

    def labels(self, shown: Iterable[Client]) -> dict[str, Label]:
        """A label for each of these, against all namesakes in the team's care then."""
        here = {client.id: client for client in shown}
        names = {folded(full_name(client.details)) for client in here.values()}
        many = len(names) > MANY_NAMES
        others = [one for one in self.clients if one.enrolled and (many or folded(full_name(one.details)) in names)]
        named = labels((one.id, one.details) for one in ({one.id: one for one in others} | here).values())
        return {id: named[id] for id in here}


Picture = Callable[[Then, str], tuple[str, Iterable[str], dict[str, Any]]]
"""From the team of then and a language: the view, whom it shows, and what else its page is told."""


async def of_the_past(request: Request, view: str, picture: Picture) -> Response:
    """The page `view` as it was at the moment that its address asks for."""
    who, now, text = request.state.who, request.app.state.clock(), request.query_params.get("at", "")
    template, words = f"{view}/past.html", words_for(who.here.settings, request.state.language)
    try:
        asked = moment(text, who.here.settings, now)
        async with request.app.state.store.reading() as connection:
            hidden = await withheld(request, connection, *EVERYTHING)  # as it is now, whatever was seen then
            then, newest = await _then(connection, who.team, asked, masked=who.masked, hidden=hidden)
            near = await steps(connection, who.here, asked, then.seq, then.at, now)
            told = await _told(connection, request.state.language, then, newest, masked=who.masked)
    except Invalid as refusal:
        typed = Typed[Any]({"at": text})
        typed.refuse(refusal)
        problem = words.errors(typed.errors)["at"]
        return page(request, template, status=422, asked=text, problem=problem, then=None)
    html, clients, more = picture(then, request.state.language)
    seen = {*clients, *clients_in([newest])}
    detail = f"{instant_to_text(then.at)} no. {then.seq}"
    request.app.state.access.saw(who, view, seen, action="replay", detail=detail)
    context: Mapping[str, Any] = {
        "asked": then.at.astimezone(ZoneInfo(who.here.settings.time_zone)).strftime("%Y-%m-%dT%H:%M:%S"),
        "problem": "",
        "then": then,
        "newest": instant_from_text(newest.at),
        "told": told,
        "steps": near,
        "view": Markup(html),
    }
    return page(request, template, **context, **more)


async def _then(
    connection: AsyncConnection, team: str, asked: Moment, *, masked: bool, hidden: frozenset[str]
) -> tuple[Then, Row]:
    """The team at that moment, without those who are `hidden`, and its newest fact. Raises `Invalid` where there was
    nothing yet.
    """
    seq = asked.seq or 0 if asked.at is None else await storage.last_before(connection, team, asked.at)
    newest = await history.row(connection, team, seq)
    if newest is None:
        raise Invalid("no_such_fact" if asked.at is None else "before_the_history", "at")
    was = await storage.past(connection, team, seq)
    if was.team is None:
        raise Invalid("before_the_history", "at")
    known = tuple(client for client in was.clients if client.id not in hidden)
    clients = coded(known) if masked else known
    return Then(
        asked.at or instant_from_text(newest.at), seq, was.team, clients, was.meeting, was.gone, was.unreadable
    ), newest


async def _told(connection: AsyncConnection, language: str, then: Then, newest: Row, *, masked: bool) -> str:
    """The newest fact of then, as a sentence."""
    about = clients_in([newest])
    named = {} if masked else then.labels(one for one in then.clients if one.id in about)
    strangers = {newest.actor} - then.team.members.keys()
    return Teller(language, then.team, named, await accounts.names(connection, strangers)).tell_row(newest)

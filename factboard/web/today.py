"""`/` and `/today`: one person's day on their phone, live. An audience is a person: their screens share a frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain import today
from factboard.domain.events import ContactKind, Rating, Role
from factboard.domain.people import Right
from factboard.domain.state import Client
from factboard.live.frame import Frame
from factboard.storage import history, projections
from factboard.storage.engine import Store
from factboard.web.labels import labels_of
from factboard.web.pages import page, render

RATINGS = [one for one in Rating if one is not Rating.NOT_ASSESSED]
KINDS = (ContactKind.HOME, ContactKind.PHONE, ContactKind.TRIED)  # of a contact, by one touch


class TodayView:
    """Renders a person's day for the hub, and for the page's first sight of it."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._known: dict[str, dict[str, Client]] = {}  # of each team: who was in its care at the last look

    async def frame(self, team: str, language: str, audience: str) -> Frame:
        """The day of the person whose user id `audience` is. LookupError for nobody of this team."""
        async with self._store.reading() as connection:
            seq = (await history.heads(connection, [team])).get(team, 0)
            state = await projections.team(connection, team)
            person = state.members.get(audience) if state else None
            if state is None or person is None:
                raise LookupError(audience)
            clients = await projections.in_care(connection, team, self._known.get(team, {}))
            self._known[team] = {client.id: client for client in clients}
            now = self._clock()
            shown = today.today(state, clients, person, now)
            labels = await labels_of(connection, team, shown.clients)
        context = {"today": shown, "labels": labels, "ratings": RATINGS, "kinds": KINDS, "now": now}
        html = render("today/view.html", language, team=state, **context)
        return Frame(html, seq, shown.valid_until, frozenset(client.id for client in shown.clients))


async def start(request: Request) -> Response:
    """`/`: everyone's own first page. A clinician's day stands there itself: on a phone each way to the server counts."""
    who = request.state.who
    if who.role is Role.CLINICIAN:
        return await _day_of(request, None)
    for right, target in ((Right.CARE, "/board"), (Right.AUDIT, "/history"), (Right.ADMIN, "/admin")):
        if who.may(right):
            return RedirectResponse(target, 303)
    return page(request, "account/no_team.html", status=403)


async def page_of_today(request: Request) -> Response:
    """The reader's own day, or a colleague's. 404 for nobody of this team."""
    return await _day_of(request, request.query_params.get("person"))


async def _day_of(request: Request, asked: str | None) -> Response:
    """The day of the person asked for, without one the reader's own; the stream keeps it true."""
    who, view = request.state.who, request.app.state.today
    person = today.whose(who.here, who.user, asked)
    if person is None:
        raise HTTPException(404)
    frame = await view.frame(who.team, request.state.language, person.user)
    request.app.state.access.saw(who, "today", frame.clients)
    others = sorted(
        (one for one in who.here.members.values() if today.whose(who.here, one.user, None)),
        key=lambda one: (one.user != who.user, one.name),
    )
    return page(request, "today/page.html", view=Markup(frame.marked), person=person, others=others)

"""`/visits`: the grid of a week, shared and live. An audience is a week: its Monday, or nothing for this one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from factboard.domain import calendar, week
from factboard.domain.consent import Eyes, lens_of, with_lens
from factboard.domain.events import Part
from factboard.live.frame import Frame
from factboard.storage import history, projections
from factboard.storage.caseload import Caseload
from factboard.storage.engine import Store
from factboard.web.labels import labels_of
from factboard.web.pages import page, render

STEP = timedelta(days=7)


class WeekView:
    """Renders a team's week for the hub, and for the page's first sight of it."""

    def __init__(self, store: Store, clock: Callable[[], datetime], caseload: Caseload) -> None:
        self._store, self._clock, self._caseload = store, clock, caseload

    async def frame(self, team: str, language: str, audience: str = "") -> Frame:
        """The week of this audience as it is planned now. LookupError for a team that is not there."""
        async with self._store.reading() as connection:
            seq = (await history.heads(connection, [team])).get(team, 0)
            state = await projections.team(connection, team)
            if state is None:
                raise LookupError(team)
            now = self._clock()
            asked, lens = lens_of(audience)
            eyes = Eyes.of_the_lens(state, lens, calendar.local_day(now, state.settings))
            clients = eyes.only(await self._caseload.of(connection, team), Part.BOARD)
            shown = week.week(state, clients, now, week.monday(asked))
            labels = await labels_of(connection, team, shown.clients)
        html = render("visits/view.html", language, team=state, week=shown, labels=labels, now=now)
        return Frame(html, seq, shown.valid_until, frozenset(client.id for client in shown.clients))


async def page_of_visits(request: Request) -> Response:
    """A week as it is planned; the stream keeps it so. Another one than this is asked for by any of its days."""
    who, view = request.state.who, request.app.state.visits
    first = week.monday(request.query_params.get("week"))
    audience = first.isoformat() if first else ""
    frame = await view.frame(who.team, request.state.language, with_lens(audience, who.lens))
    request.app.state.access.saw(who, "visits", frame.clients)
    today = week.of_today(request.app.state.clock(), who.here.settings)
    begins = first or today
    return page(
        request,
        "visits/page.html",
        view=Markup(frame.marked),
        asked=audience,
        first=begins,
        earlier=begins - STEP,
        later=begins + STEP,
        is_this=begins == today,
    )

"""The live stream: `GET /live/{view}`. The only place that opens one.

Rights are checked here when it opens; the hub's sweep checks them again while it is open. A stream writes the
access log when it opens, when a client newly appears on it, again each day (UTC) and after it has shown nobody, and
when it closes.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sse_starlette.sse import EventSourceResponse, SendTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from factboard.domain import today, week
from factboard.domain.consent import with_lens
from factboard.domain.people import Right, may
from factboard.live import metrics
from factboard.live.hub import UnavailableError
from factboard.live.watch import Watch
from factboard.web.sessions import Who, wall_audience


@dataclass(frozen=True, slots=True)
class View:
    """What a view asks of its reader, and whose it is: all of one audience see the same of it.

    `asked` is for views of which the address can ask for another audience: what it asks for, None for nothing there is.
    """

    right: Right
    audience: Callable[[Who], str] = lambda _: "team"
    asked: Callable[[Who, Mapping[str, str]], str | None] | None = None


def _week(_: Who, query: Mapping[str, str]) -> str:
    first = week.monday(query.get("week"))
    return first.isoformat() if first else ""


def _person(who: Who, query: Mapping[str, str]) -> str | None:
    person = today.whose(who.here, who.user, query.get("person"))
    return today.audience(who.user, person.user) if person else None


VIEWS: Mapping[str, View] = {
    "board": View(Right.CARE),
    "meeting": View(Right.CARE),
    "today": View(Right.CARE, asked=_person),
    "visits": View(Right.CARE, asked=_week),
    "wall": View(Right.WALL, wall_audience),
}

SEND_TIMEOUT = 9.0  # seconds of a blocked write after which a screen is dropped
FAREWELL_GRACE = 1.0  # seconds for the last words, before sse-starlette cuts what is still open at shutdown

# At debug level it logs whole frames, names and all.
logging.getLogger("sse_starlette").setLevel(logging.INFO)


async def live(request: Request) -> ASGIApp:
    """The stream of one view of the reader's team; 404 for an unknown view, 403 without its right."""
    view = request.path_params["view"]
    if view not in VIEWS:
        raise HTTPException(404)
    who = request.state.who
    if not may(who.role, VIEWS[view].right):
        raise HTTPException(403)
    asked = VIEWS[view].asked
    audience = asked(who, request.query_params) if asked else VIEWS[view].audience(who)
    if audience is None:
        raise HTTPException(404)
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    if view != "wall":  # which shows the same to whoever passes by
        audience = with_lens(audience, who.lens)
    shown = request.headers.get("last-event-id", "")  # by the page's watchdog: what stands on the screen
    watch = request.app.state.hub.watch(view, who.team, request.state.language, audience, who.session, shown)
    return LiveStream(watch, request.app.state.access, who)


class LiveStream:
    """Answers with the stream for as long as the watch lasts, or with 503 where there is nothing to show."""

    def __init__(
        self, watch: Watch, access: Any, who: Any, today: Callable[[], date] = lambda: datetime.now(UTC).date()
    ) -> None:
        self._watch = watch
        self._access = access
        self._who = who
        self._today = today

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        view = self._watch.key.view
        try:
            async with self._watch:
                self._access.stream_opened(self._who, view, self._watch.frame.clients)
                try:
                    await self._response()(scope, receive, send)
                finally:
                    self._access.stream_closed(self._who, view)
        except UnavailableError:
            await PlainTextResponse("unavailable", 503, headers={"Retry-After": "2"})(scope, receive, send)
        except SendTimeoutError:
            metrics.SLOW_READERS_DROPPED.labels(view).inc()

    def _response(self) -> EventSourceResponse:
        return EventSourceResponse(
            self._chunks(),
            headers={"Cache-Control": "no-store, no-transform"},
            sep="\n",
            ping=0,  # the beat is the ping, and the page can hear it
            send_timeout=SEND_TIMEOUT,
            shutdown_grace_period=FAREWELL_GRACE,
        )

    async def _chunks(self) -> AsyncIterator[bytes]:
        logged, day = self._watch.frame.clients, self._today()
        async for chunk in self._watch:
            if not self._watch.frame.clients or day != self._today():
                logged, day = frozenset(), self._today()  # shown again is shown anew: a wall's stream lasts for weeks
            newly_shown = self._watch.frame.clients - logged
            if newly_shown:
                self._access.stream_shows(self._who, self._watch.key.view, newly_shown)
                logged |= newly_shown
            yield chunk

"""The wiring: what stands behind the pages. Every address stands in `addresses`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from factboard import __version__
from factboard.access import AccessLog
from factboard.addresses import DEMO_ROUTES, ROUTES, Address, Handler
from factboard.assets import asset_dir
from factboard.checkpoints import Checkpoints
from factboard.domain.consent import lens
from factboard.domain.events import Role
from factboard.domain.people import Right, may
from factboard.domain.refusal import Forbidden, Refused
from factboard.live.channel import Seat
from factboard.live.hub import Hub
from factboard.pushing import Pusher
from factboard.recorder import Clock, Recorder
from factboard.retention import Retention
from factboard.scheduler import Scheduler
from factboard.settings import Settings
from factboard.sheets import Sheets
from factboard.shortening import Shortening
from factboard.storage import accounts, devices, history, projections
from factboard.storage.caseload import Caseload
from factboard.storage.engine import Store
from factboard.watchman import Watchman, since_boot
from factboard.web import account, board, imports, language, live, queued, sight, wall
from factboard.web import demo as demo_pages
from factboard.web import meeting as meeting_pages
from factboard.web import today as today_pages
from factboard.web import visits as visit_pages
from factboard.web.compressed import Compressed, Static
from factboard.web.errors import failed, hung_up, refused_page, unavailable
from factboard.web.security import Guard, signed_out
from factboard.web.sessions import settle

LARGEST_FORM, LARGEST_UPLOAD = 2 * 1024**2, 256 * 1024**2  # bytes


def route(address: Address) -> Route:
    """The address with its guard. A file says itself that it is too large; forms have an end before memory has."""
    most = LARGEST_UPLOAD if address.path == "/import" else LARGEST_FORM
    return Route(address.path, guarded(address), methods=[address.method], max_body_size=most)


def guarded(address: Address) -> Handler:
    """The handler behind its right: who is asking and their language are settled before it runs."""

    async def handle(request: Request) -> ASGIApp:
        past = address.past if "at" in request.query_params else None
        passive = (address.passive and not past) or request.method == "HEAD"  # asked by scripts, not by people
        right = past or address.right
        await settle(request, right=right, passive=passive)
        if right is not Right.PUBLIC:
            if request.state.who is None:
                return signed_out(request)
            if not request.state.who.may(right):  # a paired screen is somebody too, who may see the wall only
                raise Forbidden("not_in_that_team") if queued.meant_for(request) else HTTPException(403)
        await sight.admit(request, address.path, past=past is not None)
        response = await address.handler(request)
        wish = request.query_params.get("lang")
        if wish in language.LANGUAGES and isinstance(response, Response):
            response.set_cookie(
                language.COOKIE,
                wish,
                max_age=365 * 24 * 3600,
                samesite="lax",
                secure=request.app.state.settings.secure_cookies,
            )
        return response

    return handle


async def _lenses(connection: AsyncConnection, people: Collection[accounts.SignedIn]) -> dict[tuple[str, str], str]:
    """Through which lens each session sees its team now; those who share the team's own are left out."""
    found: dict[tuple[str, str], str] = {}
    for id in {one.team for one in people if one.team}:
        team = await projections.team(connection, id)
        if team and team.employer:
            locked = await projections.locked(connection, id)
            found |= {(one.session, id): lens(team, one.user, locked) for one in people if one.team == id}
    return found


def create_app(
    settings: Settings,
    *,
    clock: Clock = lambda: datetime.now(UTC),
    store: Store | None = None,
    demo: demo_pages.Demo | None = None,
    boot: Callable[[], float] = since_boot,
) -> Starlette:
    """The whole service. `clock` is the time of rules and facts; sessions and limits use real time. `boot` gives the
    seconds since the machine started. With `demo`, the demo's own addresses and bar are there.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hub: Hub = app.state.hub
        app.state.access.start()
        hub.start()
        if demo:  # its clock stood still while nobody served it: that is neither a jump nor a time of being down
            await app.state.scheduler.watchman.leave_sign()
        app.state.scheduler.start()
        app.state.pusher.start()
        try:
            yield
        finally:
            await app.state.scheduler.stop()
            await app.state.pusher.stop()
            await hub.stop()
            await app.state.access.stop()
            await app.state.store.close()

    hosts = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
    app = Starlette(
        routes=[
            *(route(one) for one in (*(DEMO_ROUTES if demo else ()), *ROUTES)),
            Mount("/static", Static(directory=asset_dir("static")), name="static"),
        ],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts or ["*"]),
            Middleware(Compressed),
        ],
        exception_handlers={
            HTTPException: refused_page,
            Refused: refused_page,
            DBAPIError: unavailable,
            PoolTimeout: unavailable,
            ClientDisconnect: hung_up,
            Exception: failed,
        },
        lifespan=lifespan,
    )
    store = store or Store(settings.database_url)
    limits = accounts.Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))

    async def heads(teams: Collection[str]) -> dict[str, int]:
        async with store.reading() as connection:
            return await history.heads(connection, list(teams))

    async def admitted(seats: Collection[Seat]) -> set[Seat]:
        keys = [seat.session for seat in seats]
        async with store.reading() as connection:
            people = await accounts.signed_in(connection, keys, datetime.now(UTC), limits)
            screens = await devices.paired(connection, keys)
            lenses = await _lenses(connection, people)
        roles = {(one.session, one.team): one.role for one in people} | dict.fromkeys(screens, Role.WALL)
        may_look = [one for one in seats if may(roles.get((one.session, one.team)), live.VIEWS[one.view].right)]
        return {
            seat._replace(lens="" if seat.view == "wall" else lenses.get((seat.session, seat.team), ""))
            for seat in may_look
        }

    hub = Hub(clock, heads, admitted, epoch=__version__)
    view = board.BoardView(store, clock)
    hub.register("board", view.frame)
    wall_view = wall.WallView(store, clock)
    hub.register("wall", wall_view.frame)
    meeting_view = meeting_pages.MeetingView(store, clock)
    hub.register("meeting", meeting_view.frame)
    caseload = Caseload()
    week_view = visit_pages.WeekView(store, clock, caseload)
    today_view = today_pages.TodayView(store, clock, caseload)
    hub.register("visits", week_view.frame)
    hub.register("today", today_view.frame)
    app.state.settings, app.state.store, app.state.clock, app.state.hub = settings, store, clock, hub
    app.state.pusher = Pusher(store, settings)
    app.state.recorder = Recorder(store, clock, hub.changed, to_push=app.state.pusher.wake)
    app.state.access = AccessLog(store, clock)
    sheets = Sheets(app.state.recorder, store, app.state.access, Path(settings.sheets)) if settings.sheets else None
    watchman = Watchman(app.state.recorder, store, boot)
    app.state.checkpoints = Checkpoints(store, clock, settings)
    app.state.scheduler = Scheduler(
        app.state.recorder,
        store,
        sheets.write if sheets else None,
        watchman,
        (
            Retention(app.state.recorder, store),
            Shortening(app.state.recorder, store, settings.access_log_years),
            app.state.checkpoints,
        ),
    )
    app.state.uploads, app.state.codes = imports.Uploads(), wall.Codes()
    app.state.board, app.state.failures, app.state.demo = view, account.Failures(), demo
    app.state.wall = wall_view
    app.state.meeting = meeting_view
    app.state.visits, app.state.today = week_view, today_view
    app.state.caseload = caseload
    return app

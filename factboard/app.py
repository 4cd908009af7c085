"""The wiring: what stands behind the pages, and every address with the right it needs, in one table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from factboard import __version__
from factboard.access import AccessLog
from factboard.assets import asset_dir
from factboard.domain.events import Role
from factboard.domain.people import Right, may
from factboard.domain.refusal import Refused
from factboard.live.channel import Seat
from factboard.live.hub import Hub
from factboard.recorder import Clock, Recorder
from factboard.scheduler import Scheduler
from factboard.settings import Settings
from factboard.sheets import Sheets
from factboard.storage import accounts, devices, history
from factboard.storage.engine import Store
from factboard.web import account, act, admin, board, client, flag, health, imports, language, live, notices, team, wall
from factboard.web import demo as demo_pages
from factboard.web import history as history_pages
from factboard.web import meeting as meeting_pages
from factboard.web import notes as notes_pages
from factboard.web import sheets as sheet_pages
from factboard.web import today as today_pages
from factboard.web import visits as visit_pages
from factboard.web.errors import failed, refused_page, unavailable
from factboard.web.security import Guard, signed_out
from factboard.web.sessions import settle


class FactNumber(IntegerConvertor):
    """The number of a fact in an address; longer ones no history reaches, and Python refuses to read the longest."""

    regex = "[0-9]{1,10}"


register_url_convertor("seq", FactNumber())

LARGEST_FORM, LARGEST_UPLOAD = 2 * 1024**2, 256 * 1024**2  # bytes

Handler = Callable[[Request], Awaitable[ASGIApp]]  # a Response is one; so is a stream


@dataclass(frozen=True, slots=True)
class Address:
    """One row of the table. `passive` addresses are asked by open pages, and keep nobody signed in."""

    path: str
    method: str
    handler: Handler
    right: Right
    passive: bool = False


def at(path: str, method: str, handler: Handler, right: Right, *, passive: bool = False) -> Address:
    return Address(path, method, handler, right, passive)


ROUTES = (
    at("/",                                          "GET",  board.start,               Right.SIGNED_IN),
    at("/login",                                     "GET",  account.sign_in_page,      Right.PUBLIC),
    at("/login",                                     "POST", account.sign_in,           Right.PUBLIC),
    at("/logout",                                    "POST", account.sign_out,          Right.PUBLIC),
    at("/language",                                  "POST", account.save_language,     Right.SIGNED_IN),
    at("/password",                                  "GET",  account.password_form,     Right.SIGNED_IN),
    at("/password",                                  "POST", account.change_password,   Right.SIGNED_IN),
    at("/team",                                      "GET",  account.teams,             Right.SIGNED_IN),
    at("/team",                                      "POST", account.change_team,       Right.SIGNED_IN),
    at("/board",                                     "GET",  board.page_of_board,       Right.CARE),
    at("/live/{view}",                               "GET",  live.live,                 Right.WALL, passive=True),
    at("/flag",                                      "GET",  flag.form,                 Right.CARE),
    at("/flag",                                      "POST", flag.submit,               Right.CARE),
    at("/flag/clients",                              "POST", flag.search,               Right.CARE),
    at("/flag/{seq:seq}",                            "GET",  flag.receipt,              Right.CARE),
    at("/flag/{seq:seq}/taken",                      "GET",  flag.taken,                Right.CARE, passive=True),
    at("/clients",                                   "GET",  client.listing,            Right.CARE),
    at("/clients",                                   "POST", client.search,             Right.CARE),
    at("/clients/new",                               "GET",  client.new,                Right.CARE),
    at("/clients/new",                               "POST", client.enrol,              Right.CARE),
    at("/clients/{client}",                          "GET",  client.page_of_client,     Right.CARE),
    at("/clients/{client}/name",                     "GET",  client.page_of_client,     Right.CARE),
    at("/clients/{client}/name",                     "POST", client.reveal,             Right.CARE),
    at("/clients/{client}/correct",                  "GET",  client.correct_form,       Right.CARE),
    at("/clients/{client}/correct",                  "POST", client.correct,            Right.CARE),
    at("/clients/{client}/end",                      "GET",  client.end_form,           Right.CARE),
    at("/clients/{client}/end",                      "POST", client.end,                Right.CARE),
    at("/clients/{client}/actions/{action}/done",    "POST", act.tick,                  Right.CARE),
    at("/clients/{client}/undo/{seq:seq}",           "POST", act.take_back,             Right.CARE),
    at("/clients/{client}/go",                       "POST", visit_pages.go,            Right.CARE),
    at("/clients/{client}/visits/{visit:seq}",       "GET",  visit_pages.change_form,   Right.CARE),
    at("/clients/{client}/visits/{visit:seq}",       "POST", visit_pages.change,        Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/move",  "POST", visit_pages.move,          Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/done",  "POST", visit_pages.done,          Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/cancel", "GET", visit_pages.cancel_form,   Right.CARE),
    at("/clients/{client}/visits/{visit:seq}/cancel", "POST", visit_pages.cancel,       Right.CARE),
    at("/clients/{client}/{act}",                    "GET",  act.form,                  Right.CARE),
    at("/clients/{client}/{act}",                    "POST", act.submit,                Right.CARE),
    at("/visits",                                    "GET",  visit_pages.page_of_visits, Right.CARE),
    at("/today",                                     "GET",  today_pages.page_of_today, Right.CARE),
    at("/meeting",                                   "GET",  meeting_pages.page_of_meeting, Right.CARE),
    at("/meeting",                                   "POST", meeting_pages.open_,       Right.CARE),
    at("/meeting/{meeting}/people",                  "GET",  meeting_pages.people_form, Right.CARE),
    at("/meeting/{meeting}/attendance",              "POST", meeting_pages.attendance,  Right.CARE),
    at("/meeting/{meeting}/chair",                   "POST", meeting_pages.chair,       Right.CARE),
    at("/meeting/{meeting}/recorder",                "POST", meeting_pages.recorder,    Right.CARE),
    at("/meeting/{meeting}/focus",                   "POST", meeting_pages.focus,       Right.CARE),
    at("/meeting/{meeting}/no-change",               "POST", meeting_pages.no_change,   Right.CARE),
    at("/meeting/{meeting}/note",                    "POST", meeting_pages.note,        Right.CARE),
    at("/meeting/{meeting}/close",                   "GET",  meeting_pages.close_form,  Right.CARE),
    at("/meeting/{meeting}/close",                   "POST", meeting_pages.close,       Right.CARE),
    at("/meetings",                                  "GET",  notes_pages.listing, Right.CARE),
    at("/meetings/{meeting}",                        "GET",  notes_pages.whole, Right.CARE),
    at("/meetings/{meeting}/clients/{client}",       "GET",  notes_pages.of_client, Right.CARE),
    at("/meetings/{meeting}/clients/{client}/copied", "POST", notes_pages.copied, Right.CARE),
    at("/meetings/{meeting}/lines/{seq:seq}",        "GET",  notes_pages.correct_form, Right.CARE),
    at("/meetings/{meeting}/lines/{seq:seq}",        "POST", notes_pages.correct, Right.CARE),
    at("/sheets/{sheet}",                            "GET",  sheet_pages.show,          Right.CARE),
    at("/notices",                                   "GET",  notices.listing,           Right.CARE),
    at("/notices/count",                             "GET",  notices.count,             Right.CARE, passive=True),
    at("/notices/{seq:seq}/read",                    "POST", notices.mark_read,         Right.CARE),
    at("/wall",                                      "GET",  wall.page_of_wall,         Right.PUBLIC, passive=True),
    at("/wall/here",                                 "GET",  wall.here,                 Right.WALL),
    at("/wall/shell",                                "GET",  wall.shell,                Right.PUBLIC, passive=True),
    at("/wall/worker.js",                            "GET",  wall.worker,               Right.PUBLIC, passive=True),
    at("/wall/paired",                               "GET",  wall.paired,               Right.PUBLIC, passive=True),
    at("/wall/blank",                                "POST", wall.blank,                Right.WALL),
    at("/wall/show",                                 "POST", wall.show,                 Right.CARE),
    at("/pair",                                      "GET",  wall.pair_form,            Right.LEAD),
    at("/pair",                                      "POST", wall.pair,                 Right.LEAD),
    at("/import",                                    "GET",  imports.form,              Right.LEAD),
    at("/import",                                    "POST", imports.submit,            Right.LEAD),
    at("/roster",                                    "GET",  team.page_of_roster,       Right.CARE),
    at("/roster/absences",                           "POST", team.save_absence,         Right.CARE),
    at("/roster/absences/{absence}/remove",          "POST", team.take_absence_back,    Right.CARE),
    at("/roster/duty",                               "POST", team.save_duty,            Right.CARE),
    at("/settings",                                  "GET",  team.page_of_team,         Right.LEAD),
    at("/settings",                                  "POST", team.save,                 Right.LEAD),
    at("/settings/categories",                       "POST", team.save_category,        Right.LEAD),
    at("/settings/categories/{code}",                "GET",  team.category_form,        Right.LEAD),
    at("/settings/members",                          "POST", team.save_member,          Right.LEAD),
    at("/settings/members/{user}",                   "GET",  team.member_form,          Right.LEAD),
    at("/settings/members/{user}/remove",            "POST", team.remove_member,        Right.LEAD),
    at("/settings/screens/{screen}",                 "GET",  wall.screen_form,          Right.LEAD),
    at("/settings/screens/{screen}",                 "POST", wall.change,               Right.LEAD),
    at("/settings/screens/{screen}/revoke",          "POST", wall.revoke,               Right.LEAD),
    at("/history",                                   "GET",  history_pages.listing,     Right.AUDIT),
    at("/history.jsonl",                             "GET",  history_pages.json_lines,  Right.AUDIT),
    at("/admin",                                     "GET",  admin.page_of_admin,       Right.ADMIN),
    at("/admin/teams",                               "POST", admin.add_team,            Right.ADMIN),
    at("/admin/teams/new",                           "GET",  admin.team_form,           Right.ADMIN),
    at("/admin/users",                               "POST", admin.add_user,            Right.ADMIN),
    at("/admin/users/{user}",                        "GET",  admin.user_form,           Right.ADMIN),
    at("/admin/users/{user}/password",               "POST", admin.set_password,        Right.ADMIN),
    at("/admin/users/{user}/close",                  "POST", admin.close_user,          Right.ADMIN),
    at("/admin/users/{user}/reopen",                 "POST", admin.reopen_user,         Right.ADMIN),
    at("/admin/users/{user}/team",                   "POST", admin.set_membership,      Right.ADMIN),
    at("/healthz",                                   "GET",  health.healthz,            Right.PUBLIC),
    at("/readyz",                                    "GET",  health.readyz,             Right.PUBLIC),
    at("/metrics",                                   "GET",  health.metrics,            Right.PUBLIC),
)  # fmt: skip

DEMO_ROUTES = (
    at("/demo/sign-in",      "POST", demo_pages.sign_in_as,   Right.PUBLIC),
    at("/demo/next-morning", "POST", demo_pages.next_morning, Right.PUBLIC),
)  # fmt: skip


def route(address: Address) -> Route:
    """The address with its guard. A file says itself that it is too large; forms have an end before memory has."""
    most = LARGEST_UPLOAD if address.path == "/import" else LARGEST_FORM
    return Route(address.path, guarded(address), methods=[address.method], max_body_size=most)


def guarded(address: Address) -> Handler:
    """The handler behind its right: who is asking and their language are settled before it runs."""

    async def handle(request: Request) -> ASGIApp:
        passive = address.passive or request.method == "HEAD"  # asked by scripts, not by people
        await settle(request, right=address.right, passive=passive)
        if address.right is not Right.PUBLIC:
            if request.state.who is None:
                return signed_out(request)
            if not request.state.who.may(address.right):  # a paired screen is somebody too, who may see the wall only
                raise HTTPException(403)
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


def create_app(
    settings: Settings,
    *,
    clock: Clock = lambda: datetime.now(UTC),
    store: Store | None = None,
    demo: demo_pages.Demo | None = None,
) -> Starlette:
    """The whole service. `clock` is the time of rules and facts; sessions and limits use real time. With `demo`, the
    demo's own addresses and bar are there.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        hub: Hub = app.state.hub
        app.state.access.start()
        hub.start()
        app.state.scheduler.start()
        try:
            yield
        finally:
            await app.state.scheduler.stop()
            await hub.stop()
            await app.state.access.stop()
            await app.state.store.close()

    hosts = [host.strip() for host in settings.trusted_hosts.split(",") if host.strip()]
    app = Starlette(
        routes=[
            *(route(one) for one in (*(DEMO_ROUTES if demo else ()), *ROUTES)),
            Mount("/static", StaticFiles(directory=asset_dir("static")), name="static"),
        ],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts or ["*"]),
        ],
        exception_handlers={
            HTTPException: refused_page,
            Refused: refused_page,
            DBAPIError: unavailable,
            PoolTimeout: unavailable,
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
        roles = {(one.session, one.team): one.role for one in people} | dict.fromkeys(screens, Role.WALL)
        return {seat for seat in seats if may(roles.get((seat.session, seat.team)), live.VIEWS[seat.view].right)}

    hub = Hub(clock, heads, admitted, epoch=__version__)
    view = board.BoardView(store, clock)
    hub.register("board", view.frame)
    wall_view = wall.WallView(store, clock)
    hub.register("wall", wall_view.frame)
    meeting_view = meeting_pages.MeetingView(store, clock)
    hub.register("meeting", meeting_view.frame)
    week_view, today_view = visit_pages.WeekView(store, clock), today_pages.TodayView(store, clock)
    hub.register("visits", week_view.frame)
    hub.register("today", today_view.frame)
    app.state.settings, app.state.store, app.state.clock, app.state.hub = settings, store, clock, hub
    app.state.recorder = Recorder(store, clock, hub.changed)
    app.state.access = AccessLog(store, clock)
    sheets = Sheets(app.state.recorder, store, app.state.access, Path(settings.sheets)) if settings.sheets else None
    app.state.scheduler = Scheduler(app.state.recorder, store, sheets.write if sheets else None)
    app.state.uploads, app.state.codes = imports.Uploads(), wall.Codes()
    app.state.board, app.state.failures, app.state.demo = view, account.Failures(), demo
    app.state.wall = wall_view
    app.state.meeting = meeting_view
    app.state.visits, app.state.today = week_view, today_view
    return app

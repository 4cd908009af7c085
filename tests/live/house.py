"""A small house around the live stream: one team's board of cards, its page, and who may look.

Used by the tests of the hub, the wire and the watchdog. `python -m tests.live.house PORT` serves it in a process of
its own, which a test may kill.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import sys
import time
from collections.abc import AsyncIterator, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from factboard import server
from factboard.domain.events import Role
from factboard.live.frame import Frame
from factboard.live.hub import Hub, Seat
from factboard.web.compressed import Static
from factboard.web.live import live

START = datetime(2026, 3, 2, 8, 40, tzinfo=UTC)
STATIC = Path(__file__).resolve().parents[2] / "static"
PAGE = Path(__file__).with_name("page.html").read_text(encoding="utf-8")
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'"


@dataclass
class House:
    """One team, `north`, with its facts, its clock, its sessions and what can go wrong."""

    now: datetime = START
    epoch: str = "first"
    cards: list[str] = field(default_factory=lambda: ["Synthetic One", "Synthetic Two"])
    seq: int = 1
    valid_until: datetime | None = None
    sessions: set[str] = field(default_factory=lambda: {"anna", "lars"})
    broken: bool = False  # the renderer raises
    unreachable: bool = False  # the database does not answer
    padding: int = 0  # bytes that make a frame large
    renders: list[tuple[str, str]] = field(default_factory=list)
    login_takes: float = 0  # seconds until the sign-in page comes
    gate: asyncio.Event | None = None  # a rendering waits for it
    access: list[tuple[str, str, frozenset[str]]] = field(default_factory=list)

    def hub(self, **options: float) -> Hub:
        hub = Hub(lambda: self.now, self.heads, self.admitted, epoch=self.epoch, **options)  # type: ignore[arg-type]
        hub.register("board", self.render)
        return hub

    def commit(self, card: str) -> int:
        self.cards.append(card)
        self.seq += 1
        return self.seq

    async def heads(self, teams: Set[str]) -> dict[str, int]:
        if self.unreachable:
            raise OSError("the database does not answer")
        return {"north": self.seq} if "north" in teams else {}

    async def admitted(self, seats: Set[Seat]) -> Set[Seat]:
        return {seat for seat in seats if seat.session in self.sessions}

    async def render(self, team: str, language: str, audience: str) -> Frame:
        self.renders.append((team, language))
        seq, cards, days = self.seq, list(self.cards), (self.now - START).days
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise ValueError("the renderer is broken")
        rows = "\n".join(
            f'<li id="card-{n}"\n  class="card">{html.escape(card)} <details><summary>more</summary>more</details>'
            f'<input name="note-{n}" aria-label="note {n}"></li>'
            for n, card in enumerate(cards)
        )
        inside = f'<p id="days">{days}</p><ul id="cards">{rows}</ul><p hidden>{"x" * self.padding}</p>'
        return Frame(inside, seq, self.valid_until, frozenset(cards))

    # The access log.

    def stream_opened(self, who: SimpleNamespace, view: str, clients: frozenset[str]) -> None:
        self.access.append(("opened", who.user, clients))

    def stream_shows(self, who: SimpleNamespace, view: str, clients: frozenset[str]) -> None:
        self.access.append(("shows", who.user, clients))

    def stream_closed(self, who: SimpleNamespace, view: str) -> None:
        self.access.append(("closed", who.user, frozenset()))


class Doorkeeper:
    """Who asks, by the cookie `who`; nobody's stream is refused with 401."""

    def __init__(self, app: ASGIApp, house: House) -> None:
        self.app = app
        self.house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            request = Request(scope)
            name = request.cookies.get("who", "anna")
            if name not in self.house.sessions and request.url.path.startswith("/live/"):
                await PlainTextResponse("signed out", 401)(scope, receive, send)
                return
            role = Role.ADMIN if name == "admin" else Role.CLINICIAN
            request.state.who = SimpleNamespace(session=name, user=name, team="north", role=role, lens="")
            request.state.language = "en"
        await self.app(scope, receive, send)


def build(house: House, **options: float) -> Starlette:
    hub = house.hub(**options)

    async def page(request: Request) -> HTMLResponse:
        frame = await house.render("north", "en", "team")
        text = PAGE.replace("{frame}", frame.marked).replace("{at}", house.now.isoformat())
        return HTMLResponse(text, headers={"Content-Security-Policy": POLICY})

    async def put(request: Request) -> PlainTextResponse:
        sent = await hub.changed("north", house.commit(request.query_params["card"]))
        return PlainTextResponse(str(sent))

    async def block(request: Request) -> PlainTextResponse:
        time.sleep(float(request.query_params["seconds"]))  # noqa: ASYNC251  that is what is tested
        return PlainTextResponse("done")

    async def sign_out(request: Request) -> PlainTextResponse:
        house.sessions.discard(request.query_params["who"])
        return PlainTextResponse("done")

    async def login(request: Request) -> HTMLResponse:
        await asyncio.sleep(house.login_takes)
        return HTMLResponse("<h1>Sign in</h1>")

    async def favicon(request: Request) -> PlainTextResponse:
        raise HTTPException(204)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        ticking = asyncio.create_task(tick())
        hub.start()
        yield
        await hub.stop()
        ticking.cancel()

    async def tick() -> None:
        while True:
            await asyncio.sleep(1)
            house.now += timedelta(seconds=1)

    app = Starlette(
        routes=[
            Route("/", page),
            Route("/live/{view}", live),
            Route("/put", put, methods=["POST"]),
            Route("/block", block, methods=["POST"]),
            Route("/sign-out", sign_out, methods=["POST"]),
            Route("/login", login),
            Route("/favicon.ico", favicon),
            Mount("/static", Static(directory=STATIC)),
        ],
        lifespan=lifespan,
    )
    app.state.hub = hub
    app.state.access = house
    app.add_middleware(Doorkeeper, house=house)
    return app


if __name__ == "__main__":
    server.serve(build(House()), "127.0.0.1", int(sys.argv[1]))

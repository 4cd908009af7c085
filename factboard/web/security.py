"""Who is asking, and may they: sessions, rights, cross-site refusal, headers.

Shared frames carry no token of one reader, so forgery is refused by where a request comes from (`Sec-Fetch-Site`,
`Origin`) and by SameSite cookies. Whether an address belongs to another team or to nobody, the answer is 404.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from factboard.domain.events import Role
from factboard.domain.people import Right, may
from factboard.domain.state import Team
from factboard.storage import accounts, projections

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOUCH_EVERY = timedelta(minutes=1)  # how often a session's "last seen" is written

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Who:
    """The person behind a request, and what they are in the team they work in now."""

    user: str
    username: str
    name: str
    language: str | None
    team: str
    role: Role | None
    session: str
    team_state: Team | None

    def may(self, right: Right) -> bool:
        return may(self.role, right) or right is Right.SIGNED_IN

    @property
    def here(self) -> Team:
        """The team, for handlers whose right only a member of a team can have."""
        assert self.team_state is not None
        return self.team_state


def cookie_name(request: Request) -> str:
    return "__Host-factboard" if request.app.state.settings.secure_cookies else "factboard"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def session_id(request: Request, token: str) -> str:
    """What the database knows a session by: keyed, so that its rows alone open nothing."""
    key = request.app.state.settings.secret_key.get_secret_value().encode()
    return hmac.new(key, token.encode(), hashlib.sha256).hexdigest()


def limits(request: Request) -> accounts.Limits:
    settings = request.app.state.settings
    return accounts.Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


async def whoever(request: Request, *, passive: bool = False) -> Who | None:
    """The person whose session the cookie names; `passive` requests keep nobody signed in."""
    token = request.cookies.get(cookie_name(request))
    if not token:
        return None
    store, now = request.app.state.store, datetime.now(UTC)
    async with store.reading() as connection:
        found = await accounts.signed_in(connection, [session_id(request, token)], now, limits(request))
        if not found:
            return None
        person = found[0]
        team = await projections.team(connection, person.team) if person.team else None
    if not passive and now - datetime.fromisoformat(person.seen) > TOUCH_EVERY:
        async with store.writing() as connection:
            await accounts.touch(connection, person.session, now)
    return Who(
        user=person.user,
        username=person.username,
        name=person.name,
        language=person.language,
        team=person.team or "",
        role=person.role,
        session=person.session,
        team_state=team,
    )


def signed_out(request: Request) -> Response:
    """401 for streams, fragments and programs; for a page the way to the sign-in page, and back."""
    if request.method not in SAFE or wants_json(request) or is_fragment(request) or is_stream(request):
        return PlainTextResponse("signed out", 401, headers={"Cache-Control": "no-store"})
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(here)}", 303)


def local_path(target: str | None) -> str:
    """`target` when it is an address of this site, else the start page: a sign-in never leads elsewhere."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target) else target


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def is_fragment(request: Request) -> bool:
    return "hx-request" in request.headers


def is_stream(request: Request) -> bool:
    return request.url.path.startswith("/live/")


class Guard:
    """Outermost: refuses what comes from other sites, sets the headers that every answer carries."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "public, max-age=3600")
                else:
                    headers.setdefault("Cache-Control", "no-store")
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
            await send(message)

        if scope["method"] not in SAFE and not same_site(Headers(scope=scope)):
            await PlainTextResponse("refused: the request comes from another site", 403)(
                scope, receive, send_with_headers
            )
            return
        await self.app(scope, receive, send_with_headers)


def same_site(headers: Headers) -> bool:
    """Does a changing request come from this site, or from a program that is no browser?"""
    fetch_site = headers.get("sec-fetch-site")
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")

"""What every answer carries, and what is refused before anybody looks at it.

Shared frames carry no token of one reader, so forgery is refused by where a request comes from (`Sec-Fetch-Site`,
`Origin`) and by SameSite cookies. Whether an address belongs to another team or to nobody, the answer is 404.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Factboard": "yes",  # by this the app on a phone knows our answers from those of a proxy or a guest network
}


def signed_out(request: Request) -> Response:
    """For a page the way to the sign-in page, and back; 401 for all else: nothing was changed, and that is said."""
    if request.method not in SAFE or wants_json(request) or is_fragment(request) or is_stream(request):
        raise HTTPException(401)
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


# The rest is for documents; on a stream, which no browser opens as one, it is weight on a phone's line.
OF_A_STREAM = {name: HEADERS[name] for name in ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Factboard")}


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
                for name, value in (OF_A_STREAM if scope["path"].startswith("/live/") else HEADERS).items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/static/"):
                    named = scope["query_string"] != b""  # by its content: see pages.static_url
                    lasting = "public, max-age=31536000, immutable" if named else "public, max-age=3600"
                    headers.setdefault("Cache-Control", lasting)
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
    origin, host = headers.get("origin"), headers.get("host")
    return origin is None or origin in (f"http://{host}", f"https://{host}")

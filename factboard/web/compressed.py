"""What travels compressed: pages each time, static files once. Never a stream, which is sent as it happens.

A compressed length tells something of what is in it, to whoever sees it pass and can make a reader's browser ask again
and again with guesses in the address (BREACH). Bodies hold no token, but they hold names, and some repeat the address.
So a page is compressed only where the browser says that this site, or its reader, asked for it. Cookies are SameSite:
of what another site makes a browser ask for, only a visit that the reader can see carries them, and that one travels as
it is. For the pages that the app's worker answers it is the worker that asks, whoever sent the reader there: those
repeat nothing of the address in its own letters, so that no guess meets a name (`pages._switch`).
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from factboard.assets import TOGETHER, joined, static_parts
from factboard.web.security import SAFE

SMALL = 1_000  # bytes; below it a page fits one network packet either way
LEVEL = 9  # of zlib; docs/measurements.md
OWN = frozenset({"same-origin", "none"})  # `Sec-Fetch-Site` of this site's pages, and of what a person typed or kept


class Compressed:
    """Compresses pages that this site or its reader asked for. Streams do not even pass through it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.compressing = GZipMiddleware(app, minimum_size=SMALL, compresslevel=LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = scope["type"] == "http" and Headers(scope=scope).get("sec-fetch-site") in OWN
        stream = own and scope["path"].startswith("/live/")
        await (self.compressing if own and not stream else self.app)(scope, receive, send)


@dataclass(frozen=True, slots=True)
class Kept:
    """A static file in memory; `squeezed` is empty where that would not be shorter."""

    plain: bytes
    squeezed: bytes
    media_type: str
    digest: str


@lru_cache(maxsize=256)
def _kept(parts: tuple[Path, ...], _changed: tuple[int, ...]) -> Kept:
    plain = joined(parts)
    squeezed = gzip.compress(plain, 9, mtime=0)
    if len(squeezed) > 0.9 * len(plain):  # a picture
        squeezed = b""
    media_type = mimetypes.guess_type(parts[0])[0] or "application/octet-stream"
    return Kept(plain, squeezed, media_type, hashlib.sha256(plain).hexdigest()[:20])


class Static(StaticFiles):
    """The static files, and those that are asked for as one: read and compressed once, and again when they change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if path in TOGETHER and scope["method"] in SAFE:
            return self._answer(static_parts(path), scope)
        return await super().get_response(path, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        return self._answer((Path(full_path),), scope)

    def _answer(self, parts: tuple[Path, ...], scope: Scope) -> Response:
        asked = Headers(scope=scope)
        file = _kept(parts, tuple(part.stat().st_mtime_ns for part in parts))
        squeezed = bool(file.squeezed) and "gzip" in asked.get("accept-encoding", "")
        headers = {"ETag": f'"{file.digest}{"-gzip" if squeezed else ""}"', "Vary": "Accept-Encoding"}
        if squeezed:
            headers["Content-Encoding"] = "gzip"
        body = file.squeezed if squeezed else file.plain
        response = Response(body, headers=headers, media_type=file.media_type)
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, asked) else response

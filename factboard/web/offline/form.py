"""`/offline`: the flag form without anybody in it, which the service worker shows where no server answers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.web.pages import shell


async def form(request: Request) -> Response:
    return shell(request, "offline/form.html")

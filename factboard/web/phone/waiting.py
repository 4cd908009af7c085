"""`/waiting`: what was written on this phone and is not sent yet. The phone fills it in; the page knows nobody."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from factboard.web.pages import shell


async def waiting(request: Request) -> Response:
    return shell(request, "phone/waiting.html")

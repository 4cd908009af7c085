"""`/offline`: the flag form without anybody in it, which the service worker shows where no server answers."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from factboard.web.forms import Typed
from factboard.web.pages import shell


async def form(request: Request) -> Response:
    """Without an id: each time that it is opened it is a new one, which static/flag.js gives an id of its own."""
    nobody: dict[str, Any] = {"chosen": None, "known": None, "found": (), "near": (), "more": (), "q": "", "most": 1}
    return shell(request, "offline/form.html", typed=Typed[Any]({}), refusal=None, meanwhile=(), **nobody)

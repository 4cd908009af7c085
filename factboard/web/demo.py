"""The demo's bar: sign in as any of the synthetic people, and jump to the next meeting morning.

These addresses exist only in the demo, which refuses any database that it did not make.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from factboard.domain.refusal import Unknown
from factboard.storage import accounts
from factboard.web.forms import Form, read
from factboard.web.sessions import begin


@dataclass
class Demo:
    """What the bar offers: `people` are (username, name); `play` plays a team to its next morning."""

    people: Sequence[tuple[str, str]]
    team: str
    play: Callable[[str], Awaitable[None]]
    playing: asyncio.Lock = field(default_factory=asyncio.Lock)


class SignInAs(Form):
    username: str


async def sign_in_as(request: Request) -> Response:
    """Be one of the demo's people, without a password."""
    typed = await read(request, SignInAs)
    demo: Demo = request.app.state.demo
    if typed.form is None or typed.form.username not in dict(demo.people):
        raise Unknown("unknown_page")
    async with request.app.state.store.reading() as connection:
        known = await accounts.by_username(connection, typed.form.username)
    if known is None:
        raise Unknown("unknown_page")
    return await begin(request, known.id, "/")


async def next_morning(request: Request) -> Response:
    """Play the rest of the day through the recorder, and go on at the next meeting morning."""
    demo: Demo = request.app.state.demo
    async with demo.playing:
        await demo.play(request.state.who.team if request.state.who and request.state.who.team else demo.team)
    return RedirectResponse("/", 303)

"""The servers that `bench.fanout` compares, each in a process of its own: `python -m bench.fanout_servers KIND`.

It prints its port, then answers each line on standard input with one number: `change` (publish, and say when, in
monotonic nanoseconds), `cpu` (seconds used), `memory` (resident bytes).
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Set
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import jinja2
import uvicorn
import uvloop
from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from factboard.domain.events import Role
from factboard.live.frame import Frame
from factboard.live.hub import Hub, Seat
from factboard.live.wire import beat_event, frame_event
from factboard.server import freeze_garbage, listening_socket
from factboard.web.live import live

BOARD = jinja2.Environment(autoescape=True).from_string(
    """<h1>{{ seq }}</h1><ul>{% for card in cards %}
    <li id="card-{{ card.n }}" class="card{% if card.new %} is-new{% endif %}"><h3>{{ card.name }}</h3>
      <p>{{ card.reason }}</p><p>{{ card.days }} days, next: {{ card.next }}</p></li>{% endfor %}</ul>"""
)
CARDS = [
    {"n": n, "name": f"Synthetic {n}", "new": n < 3, "days": n, "next": "Anna Test",
     "reason": "Sleeps little since the weekend and does not open the door"}
    for n in range(40)
]  # fmt: skip
Change = Callable[[], Awaitable[int]]  # publishes; when that began


def board(seq: int) -> str:
    return BOARD.render(seq=seq, cards=CARDS)


def event(seq: int) -> bytes:
    frame = Frame(board(seq), seq, None, frozenset())
    return frame_event(frame.marked, frame.version) + beat_event(frame.version, seq, datetime.now(UTC), "bench")


async def bare() -> tuple[int, Change]:
    """What Python can do at best: no HTTP, no tasks, the same bytes written to each transport."""
    screens: set[asyncio.WriteTransport] = set()
    first = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + event(0)
    seq = 0

    class Screen(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = cast(asyncio.WriteTransport, transport)
            self.transport.write(first)
            screens.add(self.transport)

        def connection_lost(self, exc: Exception | None) -> None:
            screens.discard(self.transport)

    async def change() -> int:
        nonlocal seq
        seq += 1
        data = event(seq)
        started = time.monotonic_ns()
        for screen in screens:
            screen.write(data)
        return started

    listener = listening_socket("127.0.0.1", 0)
    await asyncio.get_running_loop().create_server(Screen, sock=listener)
    return listener.getsockname()[1], change


async def hub() -> tuple[int, Change]:
    """factboard's own hub and stream."""
    seq = 0

    async def heads(teams: Set[str]) -> dict[str, int]:
        return {"bench": seq}

    async def admitted(seats: Set[Seat]) -> Set[Seat]:
        return seats

    async def render(team: str, language: str, audience: str) -> Frame:
        return Frame(board(seq), seq, None, frozenset())

    async def change() -> int:
        nonlocal seq
        seq += 1
        started = time.monotonic_ns()
        await screens.changed("bench", seq)
        return started

    screens = Hub(lambda: datetime.now(UTC), heads, admitted)
    screens.register("board", render)
    screens.start()

    def member(app: ASGIApp) -> ASGIApp:
        async def inner(scope: Scope, receive: Receive, send: Send) -> None:
            scope["state"] = {
                "who": SimpleNamespace(session="s", user="u", team="bench", role=Role.CLINICIAN), "language": "sv"
            }  # fmt: skip
            await app(scope, receive, send)

        return inner

    app = Starlette(routes=[Route("/live/{view}", live)])
    app.state.hub = screens
    app.state.access = SimpleNamespace(stream_opened=unlogged, stream_shows=unlogged, stream_closed=unlogged)
    app.add_middleware(member)
    return await served(app), change


async def naive() -> tuple[int, Change]:
    """The usual way: a queue for each subscriber, and each renders its own."""
    queues: set[asyncio.Queue[int]] = set()
    seq = 0

    async def stream(request: Request) -> EventSourceResponse:
        async def events() -> AsyncIterator[dict[str, str]]:
            queue: asyncio.Queue[int] = asyncio.Queue()
            queues.add(queue)
            queue.put_nowait(seq)
            try:
                while True:
                    number = await queue.get()
                    yield {"id": f"{number}-{number}", "data": board(number).replace("\n", " ")}
            finally:
                queues.discard(queue)

        return EventSourceResponse(events(), sep="\n")

    async def change() -> int:
        nonlocal seq
        seq += 1
        started = time.monotonic_ns()
        for queue in queues:
            queue.put_nowait(seq)
        return started

    return await served(Starlette(routes=[Route("/live/{view}", stream)])), change


async def served(app: Starlette) -> int:
    listener = listening_socket("127.0.0.1", 0)
    config = uvicorn.Config(app, http="httptools", log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment]
    running.append(asyncio.create_task(server.serve(sockets=[listener])))
    while not server.started:
        await asyncio.sleep(0.01)
    port: int = listener.getsockname()[1]
    return port


def unlogged(*_: object) -> None:
    """The access log is measured elsewhere."""


running: list[asyncio.Task[None]] = []


async def main(kind: str) -> None:
    loop = asyncio.get_running_loop()
    port, change = await {"bare": bare, "hub": hub, "naive": naive}[kind]()
    if kind != "naive":
        freeze_garbage()
    questions: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(questions.put_nowait, line.strip())

    threading.Thread(target=listen, daemon=True).start()
    print(port, flush=True)
    while True:
        question = await questions.get()
        if question == "change":
            print(await change(), flush=True)
        elif question == "cpu":
            print(time.process_time(), flush=True)
        else:
            gc.collect()
            with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: ASYNC230
                print(int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE"), flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    uvloop.run(main(sys.argv[1]))

"""Serve an application for real, on a free port of 127.0.0.1, and read its streams as htmx does."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import json
import re
import signal
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import httpx2
import uvicorn
from sse_starlette.sse import AppStatus
from starlette.applications import Starlette

from factboard.server import Server, listening_socket

PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # for plain HTTP: to read the machine's certificates takes 25 ms


class LiveServer(Server):
    def capture_signals(self) -> contextlib.AbstractContextManager[None]:  # the test run keeps its own
        return contextlib.nullcontext()

    def stop(self) -> None:
        self.handle_exit(signal.SIGTERM, None)


@contextlib.asynccontextmanager
async def serving(app: Starlette, port: int = 0) -> AsyncIterator[tuple[str, LiveServer]]:
    listener = listening_socket("127.0.0.1", port)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=3)
    server = LiveServer(config, before_exit=lambda: app.state.hub.say_goodbye())
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not task.done():
        await asyncio.sleep(0.01)
    try:
        yield url, server
    finally:
        server.stop()
        await task
        AppStatus.should_exit = False  # sse-starlette leaves it set for the rest of the process


@dataclass(frozen=True)
class Message:
    event: str
    data: str
    id: str

    @property
    def beat(self) -> dict[str, Any]:
        assert self.event == "beat"
        return json.loads(self.data)  # type: ignore[no-any-return]


def parsed(chunks: Iterable[bytes]) -> Iterator[Message]:
    """What htmx's hx-sse makes of these network chunks: its parser, line by line."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    buffer, data, event, last_id = "", list[str](), "", ""
    for chunk in chunks:
        *lines, buffer = re.split(r"\r\n|\r|\n", buffer + decode(chunk))
        for line in lines:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if not line:
                if data or event:
                    yield Message(event, "\n".join(data), last_id)
                data, event = [], ""
            elif name == "data":
                data.append(value)
            elif name == "event":
                event = value
            elif name == "id":
                last_id = value


class Screen:
    """An open stream, read in the background; `messages` is what has come so far."""

    def __init__(self, url: str, who: str = "anna", view: str = "board") -> None:
        self._url, self._who, self._view = url, who, view
        self.raw = b""
        self.ended = False

    async def __aenter__(self) -> Self:
        self._client = httpx2.AsyncClient(verify=PLAIN, cookies={"who": self._who}, timeout=httpx2.Timeout(5, read=60))
        self._stream = self._client.stream("GET", f"{self._url}/live/{self._view}")
        self.response = await self._stream.__aenter__()
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reading
        await self._stream.__aexit__(None, None, None)
        await self._client.aclose()

    async def _read(self) -> None:
        async for chunk in self.response.aiter_bytes():
            self.raw += chunk
        self.ended = True

    @property
    def messages(self) -> list[Message]:
        return list(parsed([self.raw]))

    @property
    def frames(self) -> list[Message]:
        return [message for message in self.messages if not message.event]

    @property
    def beats(self) -> list[dict[str, Any]]:
        return [message.beat for message in self.messages if message.event == "beat"]

    async def until(self, condition: Callable[[], object], seconds: float = 5) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.01)

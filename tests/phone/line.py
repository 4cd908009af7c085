"""The line between a phone and the server: a proxy on loopback that fails in the ways in which coverage fails."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What becomes of a request."""

    NONE = "none"
    REFUSED = "refused"  # the connection is reset before anything is read
    BLACK_HOLE = "black hole"  # taken, and never answered
    CUT_GOING = "cut going"  # torn off half-way to the server
    CUT_COMING = "cut coming"  # delivered, carried out, and the answer never comes back
    CUT_IN_ANSWER = "cut in answer"  # delivered, carried out, and the answer ends in its middle
    BAD_GATEWAY = "bad gateway"  # 502 with somebody's HTML
    UNAVAILABLE = "unavailable"  # 503 with somebody's HTML
    GUEST_NETWORK = "guest network"  # 200 with somebody's HTML
    PORTAL = "portal"  # 302 to somebody's page
    LIMITED = "limited"  # 429


_HTML = b"<!doctype html><title>Welcome</title><p>Welcome to our free network. Saved."
_ANSWERS = {
    Fault.BAD_GATEWAY: b"502 Bad Gateway",
    Fault.UNAVAILABLE: b"503 Service Unavailable",
    Fault.GUEST_NETWORK: b"200 OK",
    Fault.PORTAL: b"302 Found\r\nLocation: http://127.0.0.1:1/portal",
    Fault.LIMITED: b"429 Too Many Requests",
}


def _everything(method: str, path: str) -> bool:
    return True


def posts(method: str, path: str) -> bool:
    return method == "POST"


class Line:
    """Stands before the server on port `upstream`. Each request goes on a connection of its own.

    `fault` is what becomes of requests for which `when(method, path)` holds; `delay` (seconds) is added to every one.
    `asked` are the requests that came, `delivered` those that the server has answered, whatever the phone heard of it.
    """

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self.delay = 0.0
        self.when: Callable[[str, str], bool] = _everything
        self.asked: list[tuple[str, str]] = []
        self.delivered: list[tuple[str, str]] = []
        self._fault = Fault.NONE
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def fault(self) -> Fault:
        return self._fault

    @fault.setter
    def fault(self, value: Fault) -> None:
        """From now on; what hangs on the line, streams as well, is cut."""
        self._fault = value
        self.hang_up()

    def hang_up(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await self._one(reader, writer)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            writer.transport.abort()
        finally:
            self._open.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, *_ = head.decode("latin-1").split(" ", 2)
        path = urlsplit(target).path
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        body = await reader.readexactly(length)
        self.asked.append((method, path))
        await asyncio.sleep(self.delay)
        fault = self.fault if self.when(method, path) else Fault.NONE
        if fault is Fault.REFUSED:
            writer.transport.abort()
        elif fault is Fault.BLACK_HOLE:
            await reader.read()  # until the phone gives up
        elif status := _ANSWERS.get(fault):
            more = b"Content-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(_HTML)
            writer.write(b"HTTP/1.1 " + status + b"\r\n" + more + _HTML)
            await writer.drain()
        else:
            await self._carry(_closing(head), body, writer, fault)
            if fault is not Fault.CUT_GOING:
                self.delivered.append((method, path))

    async def _carry(self, head: bytes, body: bytes, writer: asyncio.StreamWriter, fault: Fault) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            to_server.write(head + (body[: len(body) // 2] if fault is Fault.CUT_GOING else body))
            await to_server.drain()
            if fault is Fault.CUT_GOING:
                writer.transport.abort()
            elif fault in (Fault.CUT_COMING, Fault.CUT_IN_ANSWER):
                answer = await from_server.read()
                if fault is Fault.CUT_IN_ANSWER:
                    writer.write(answer[:-5])
                    await writer.drain()
                writer.transport.abort() if fault is Fault.CUT_COMING else writer.close()
            else:
                while data := await from_server.read(65536):
                    writer.write(data)
                    await writer.drain()
        finally:
            to_server.close()


def _closing(head: bytes) -> bytes:
    """The request's head, asking for a connection that ends with its answer."""
    first, *lines = head.split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([first, b"Connection: close", *kept])


@contextlib.asynccontextmanager
async def on_the_line(url: str) -> AsyncIterator[Line]:
    """A line to the server at this address."""
    line = Line(int(urlsplit(url).port or 80))
    server = await asyncio.start_server(line.handle, "127.0.0.1", 0, limit=1024**2)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        line.hang_up()

"""A small TCP proxy that fails the ways networks fail: refusing, answering 502 with HTML, going silent."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

BAD_GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 32\r\nConnection: close\r\n\r\n"
    b"<main><h1>Bad gateway</h1></main"
)


class Proxy:
    """Stands before `upstream` (a port). `silent`: bytes stop in both directions, and nothing closes."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.port = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    @property
    def silent(self) -> bool:
        return not self._flowing.is_set()

    @silent.setter
    def silent(self, value: bool) -> None:
        if value:
            self._flowing.clear()
        else:
            self._flowing.set()

    def cut(self) -> None:
        """Close every connection that is open now."""
        for writer in self._open:
            writer.transport.abort()

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            await self._flowing.wait()
            try:
                from_server, to_server = await asyncio.open_connection("127.0.0.1", self.upstream)
            except OSError:
                await reader.read(65536)
                writer.write(BAD_GATEWAY)
                return
            there = asyncio.create_task(self._carry(reader, to_server))
            await self._carry(from_server, writer)
            there.cancel()
        finally:
            self._open.discard(writer)
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def proxied(upstream: int) -> AsyncIterator[Proxy]:
    proxy = Proxy(upstream)
    server = await asyncio.start_server(proxy.handle, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        proxy.silent = False
        server.close()

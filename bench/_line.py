"""A phone's line: 400 kbit/s and 400 ms there and back, shared by all that the phone asks for at once.

The browser's own throttling does not reach its service workers; this line does, and counts every byte that goes through
it, headers and all. As there, opening a connection costs nothing of its own: a real one takes a round, with TLS two,
where the phone has none open.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

RATE = 50_000  # bytes a second, each way
ROUND = 0.4  # seconds there and back


class Way:
    """One of the two ways: what is sent arrives in order, half a round later, as fast as the line has room."""

    def __init__(self) -> None:
        self.carried = 0  # bytes that have arrived
        self._free = 0.0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop, arriving = asyncio.get_running_loop(), asyncio.Queue[tuple[float, bytes]](64)
        delivering = asyncio.create_task(self._deliver(arriving, writer))
        with contextlib.suppress(OSError):
            while data := await reader.read(4_096):
                self._free = max(loop.time(), self._free) + len(data) / RATE
                await arriving.put((self._free + ROUND / 2, data))
        await arriving.put((loop.time() + ROUND / 2, b""))
        await delivering

    async def _deliver(self, arriving: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
        loop, data = asyncio.get_running_loop(), b"."
        while data:
            when, data = await arriving.get()
            await asyncio.sleep(when - loop.time())
            self.carried += len(data)
            with contextlib.suppress(OSError):
                if data:
                    writer.write(data)
                    await writer.drain()
        writer.close()


class Line:
    """Stands before a server. `down` and `up` count what has gone through it."""

    def __init__(self, port: int) -> None:
        self.down, self.up, self.port = Way(), Way(), 0
        self._server_port = port

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            answers, asking = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self.up.carry(reader, asking), self.down.carry(answers, writer))

    async def quiet(self, seconds: float = 1.0) -> None:
        """Wait until nothing but a beat now and then has come down for so long."""
        last, since = self.down.carried, 0.0
        while since < seconds:
            await asyncio.sleep(0.1)
            since = since + 0.1 if self.down.carried - last < 300 else 0.0
            last = self.down.carried if since == 0.0 else last


@contextlib.asynccontextmanager
async def a_line(port: int) -> AsyncIterator[Line]:
    """A line to the server on this port, on a port of its own (`line.port`)."""
    line = Line(port)
    connected: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]] = line._connected
    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()

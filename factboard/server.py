"""The serving process: its socket, its garbage collector, and how it stops.

Tuned for many open streams: a small send buffer so that no stale boards queue in the kernel for a screen that does
not read, a limit on how long a vanished screen goes unnoticed, and a collector that leaves the start-up objects be.
"""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.applications import Starlette

# Bytes; Linux doubles it for its own bookkeeping. It must hold a whole frame (about 2 KB a card): with less, the end
# of each frame waits for the reader's delayed acknowledgement, 40 ms and more on one machine.
SEND_BUFFER = 131_072
UNACKNOWLEDGED_MS = 15_000
GRACEFUL_SECONDS = 3


def listening_socket(host: str, port: int) -> socket.socket:
    """A bound socket whose connections inherit the tuning. Raises OSError where the address cannot be had."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.create_server(address, family=family, backlog=2048)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    # asyncio sets it only on sockets that say which protocol they are of, and those accepted from this one do not.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS)
    return listener


def freeze_garbage() -> None:
    """Spare what lives as long as the process from every collection: those pauses hit all screens at once."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


class Server(uvicorn.Server):
    """uvicorn, which calls `before_exit` in its event loop at the stop signal: lifespan shutdown is too late,
    it comes only after the streams have been cut."""

    def __init__(self, config: uvicorn.Config, before_exit: Callable[[], None]) -> None:
        super().__init__(config)
        self._before_exit = before_exit
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        freeze_garbage()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self.started and self._loop is not None:
            self._loop.call_soon_threadsafe(self._before_exit)
        super().handle_exit(sig, frame)


def serve(app: Starlette, host: str, port: int, *, forwarded_allow_ips: str = "127.0.0.1") -> None:
    """Serve `app` until a stop signal; its hub is `app.state.hub`. Raises OSError where the address is taken."""
    listener = listening_socket(host, port)
    config = uvicorn.Config(
        app,
        http="httptools",
        lifespan="on",
        access_log=False,  # addresses carry clients' ids
        log_config=None,
        server_header=False,
        forwarded_allow_ips=forwarded_allow_ips,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    Server(config, before_exit=lambda: app.state.hub.say_goodbye()).run(sockets=[listener])

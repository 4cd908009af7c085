"""One change to many screens: factboard's stream beside a bare writer of the same bytes and the naive way.

`python -m bench.fanout [--quick]`: raw subscribers over real sockets in this process, each server in one of its own.
Measured for each: time from the change to the last screen, server CPU a delivery, memory a connection. Linux only.
"""

from __future__ import annotations

import contextlib
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

HERE = "bench.fanout_servers"
SERVERS = {"bare": "bare asyncio + uvloop writer", "hub": "factboard", "naive": "queue + rendering each"}
REQUEST = b"GET /live/board HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"


@dataclass(frozen=True)
class Measured:
    last_ms: float
    p99_ms: float
    cpu_us: float
    memory_kb: float


class Server:
    """A server in a process of its own, asked over its standard streams."""

    def __init__(self, kind: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", HERE, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.port = int(self.answer())

    def tell(self, question: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(question + "\n")

    def answer(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the server ended early")
        return line

    def ask(self, question: str) -> float:
        self.tell(question)
        return float(self.answer())

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


class Screens:
    """Many raw subscribers, watched with epoll."""

    def __init__(self, port: int, count: int) -> None:
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        self._got: dict[int, bytes] = {}
        for _ in range(count):
            screen = socket.create_connection(("127.0.0.1", port))
            screen.sendall(REQUEST)
            screen.setblocking(False)
            self._sockets[screen.fileno()] = screen
            self._poll.register(screen.fileno(), select.EPOLLIN)

    def until_all_have(self, mark: bytes, seconds: float = 30) -> int:
        """Read until every screen has the whole event that starts with `mark`; when the last one had it (ns)."""
        waiting = set(self._sockets)
        deadline = time.monotonic() + seconds
        while waiting:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{len(waiting)} screens did not get {mark!r} within {seconds} s")
            for fd, _ in self._poll.poll(1):
                data = self._got.get(fd, b"") + self._sockets[fd].recv(262_144)
                at = data.find(mark)
                if at >= 0 and data.find(b"\n\n", at) >= 0:
                    waiting.discard(fd)
                    data = b""
                self._got[fd] = data[-65_536:]
        return time.monotonic_ns()

    def close(self) -> None:
        for screen in self._sockets.values():
            screen.close()
        self._poll.close()


@contextlib.contextmanager
def serving(kind: str) -> Iterator[Server]:
    server = Server(kind)
    try:
        yield server
    finally:
        server.end()


def measure(kind: str, count: int, rounds: int) -> Measured:
    with serving(kind) as server:
        warm = Screens(server.port, 1)
        warm.until_all_have(b'"seq":0,')
        empty = server.ask("memory")
        screens = Screens(server.port, count)
        screens.until_all_have(b'"seq":0,')
        full = server.ask("memory")
        took: list[float] = []
        used = 0.0
        for number in range(1, rounds + 6):
            before = server.ask("cpu")
            server.tell("change")  # its answer is read later, so as not to read the screens late
            last = screens.until_all_have(b'"seq":%d,' % number)
            took.append((last - int(server.answer())) / 1e6)
            used += (server.ask("cpu") - before) if number > 5 else 0.0  # the first five warm it up
            warm.until_all_have(b'"seq":%d,' % number)
            time.sleep(0.01)
        screens.close()
        warm.close()
    took = sorted(took[5:])
    return Measured(
        median(took), took[min(len(took) - 1, int(len(took) * 0.99))],
        used / rounds / (count + 1) * 1e6, (full - empty) / count / 1024,
    )  # fmt: skip


def main(quick: bool) -> None:
    rounds = 20 if quick else 100
    for count in (13, 200) if quick else (13, 200, 1_000):
        print(f"\n{count} screens, {rounds} changes")
        print(f"{'':32}{'last screen':>12}{'p99':>10}{'CPU each':>12}{'memory each':>14}{'x bare: time':>15}{'CPU':>8}")
        bare: Measured | None = None
        for kind, name in SERVERS.items():
            got = measure(kind, count, rounds)
            bare = bare or got
            print(
                f"{name:32}{got.last_ms:9.2f} ms{got.p99_ms:7.2f} ms{got.cpu_us:9.1f} us"
                f"{got.memory_kb:11.1f} KB{got.last_ms / bare.last_ms:15.1f}{got.cpu_us / bare.cpu_us:8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main("--quick" in sys.argv[1:])

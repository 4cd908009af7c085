"""A process to be killed: eight people write flags through the recorder until it is.

It says what it started and what was acknowledged as it goes, so that whoever killed it knows what must be there.
Started by a fork server that has everything imported, as a run must be short.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from factboard.domain import enrolment, placement, team
from factboard.domain import events as e
from factboard.recorder import Receipt, Recorder
from factboard.storage.engine import Store
from tests.conftest import TEAM, Clock

WRITERS = 8
CLIENTS = tuple(f"client{number}" for number in range(5))
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


async def a_caseload(store: Store) -> None:
    """A small team, whose clients have known ids."""
    recorder = Recorder(store, Clock(), ids=iter(CLIENTS).__next__)
    await recorder.found_team("command_line", TEAM, e.Settings("Team Kusten"))
    for user in ("anna", "lars"):
        member = e.Member(user, user, user.title(), e.Role.CLINICIAN)
        await recorder.change(TEAM, "command_line", team.set_member, member=member)
    for number, _ in enumerate(CLIENTS):
        known = e.Details("Exempel", f"Stina{number}", case_manager="lars")
        await recorder.change(TEAM, "lars", enrolment.enrol, details=known)


async def flag(recorder: Recorder, request: str) -> Receipt:
    """The one change that `request` ("writer-number") asks for, the same each time it is asked."""
    writer, number = map(int, request.split("-"))
    client = CLIENTS[(writer + number) % len(CLIENTS)]
    category = ("admitted", "short_intensive")[number % 2]
    what = {"category": category, "reason": f"Begäran {request}"}
    return await recorder.change(TEAM, "anna", placement.put_on_board, client=client, request_id=request, **what)


def storm(url: str, says: Connection) -> None:
    """Write until killed."""

    async def write() -> None:
        recorder = Recorder(Store(url), Clock())

        async def writer(number: int) -> None:
            for turn in range(1_000_000):
                request = f"{number}-{turn}"
                says.send(("started", request))
                receipt = await flag(recorder, request)
                says.send((request, receipt.seq, receipt.kinds))

        await asyncio.gather(*map(writer, range(WRITERS)))

    asyncio.run(write())


@dataclass
class Told:
    """What the process said before it died."""

    started: set[str] = field(default_factory=set)
    acknowledged: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def unknown(self) -> set[str]:
        return self.started - set(self.acknowledged)

    def hear(self, said: tuple[str, ...]) -> None:
        if said[0] == "started":
            self.started.add(said[1])
        else:
            self.acknowledged[said[0]] = (int(said[1]), tuple(said[2]))


@contextmanager
def child(target: object, *args: object) -> Iterator[tuple[multiprocessing.Process, Connection]]:
    """A process and what it says; gone when the block ends."""
    listening, speaking = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=target, args=(*args, speaking))  # type: ignore[arg-type]
    process.start()
    speaking.close()
    try:
        yield process, listening
    finally:
        process.kill()
        process.join()
        listening.close()


def killed_after(url: str, acknowledgements: int) -> Told:
    """Let the storm run until so many were acknowledged, kill -9, and hear it out."""
    told = Told()
    with child(storm, url) as (process, listening):
        while len(told.acknowledged) < acknowledgements:
            if not listening.poll(20):
                raise AssertionError("nothing was acknowledged for 20 seconds")
            told.hear(listening.recv())
        process.kill()
        try:
            while True:
                told.hear(listening.recv())
        except EOFError:
            return told


def files_of(path: Path) -> tuple[bytes, bytes]:
    """The database and its write-ahead log as they lie on the disk."""
    return path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()

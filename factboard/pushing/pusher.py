"""The task that sends what waits to be pushed: woken by a commit, and by itself every few seconds.

Before each message it looks again: whether the phone is still its person's, they are still in the team, the notice
unread, the matter as it was, and whether they want quiet. What fails is counted and tried again for as long as it is of
use; it stops nothing else.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING

import structlog

from factboard.domain.events import News
from factboard.domain.state import Team
from factboard.metrics import PUSH_FAILURES, PUSH_OLDEST, PUSH_WAITING, PUSHES
from factboard.pushing import endpoints, outcomes, worth
from factboard.pushing.keys import own_key
from factboard.pushing.words import TEST, payload, topic
from factboard.settings import Settings
from factboard.storage import phones, pushes
from factboard.storage.engine import Store
from factboard.storage.phones import Reader
from factboard.storage.pushes import Push

if TYPE_CHECKING:
    from factboard.pushing.sending import Sender

EVERY = 5.0  # seconds between two looks, where no commit wakes it
LEASE = timedelta(minutes=1)  # in which one process sends what it has taken; more than a push service is waited for
AT_ONCE = 50  # messages on their way
TIDY_EVERY = timedelta(hours=1)
PATIENCE = 2.0  # seconds in which a stopping service lets messages arrive

log = structlog.get_logger()


@dataclass(slots=True)
class Written:
    """What became of messages, until it is written down: many at once, so that a flag waits for none of it."""

    done: set[int] = field(default_factory=set)
    later: dict[int, datetime] = field(default_factory=dict)
    resting: dict[int, datetime] = field(default_factory=dict)
    reached: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


class Pusher:
    """`clock` is real time, whatever the rules' clock says."""

    def __init__(
        self, store: Store, settings: Settings, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.store, self.settings, self.clock = store, settings, clock
        self.own = endpoints.origins(settings.push_services)
        self._awake, self._writing = asyncio.Event(), asyncio.Lock()
        self._sending: set[asyncio.Task[None]] = set()
        self._written = Written()
        self._tidied: datetime | None = None
        self._sender: Sender | None = None
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something was committed that is to be pushed."""
        self._awake.set()

    def start(self) -> None:
        self._task = asyncio.create_task(self._for_ever())

    async def stop(self) -> None:
        """Messages on their way get a moment; what waits is sent after the next start."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._sending:
            _, left = await asyncio.wait(self._sending, timeout=PATIENCE)
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)
        with suppress(Exception):  # what is not written down now is pushed a second time
            await asyncio.wait_for(self._write(), PATIENCE)
        if self._sender:
            await self._sender.close()

    async def run(self) -> None:
        """Send what is due now, and wait for what became of it."""
        await self._look()
        while self._sending:
            await asyncio.wait(set(self._sending))
            await self._look()

    async def _for_ever(self) -> None:
        while True:
            try:
                await own_key(self.store)  # made at the first start
                await self._look()
            except Exception:
                PUSH_FAILURES.inc()
                log.exception("cannot look for what is to be pushed")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._awake.wait(), EVERY)
            self._awake.clear()

    async def _look(self) -> None:
        """Take what is due, as much as there is room for, and send it off."""
        now = self.clock()
        if self._tidied is None or now - self._tidied > TIDY_EVERY:
            self._tidied = now
            await self._tidy(now)
        await self._write()
        while (room := AT_ONCE - len(self._sending)) > 0 and await self._any_due(now):
            async with self.store.writing() as connection:
                taken = await pushes.claim(connection, now, LEASE, room)
            await self._send_off(taken, now)
        async with self.store.reading() as connection:
            waiting, oldest = await pushes.waiting(connection, now)
        PUSH_WAITING.set(waiting)
        PUSH_OLDEST.set(oldest)

    async def _tidy(self, now: datetime) -> None:
        async with self.store.reading() as connection:
            self._written.gone |= set(await phones.unused(connection, now))
            any_phone = await phones.any_phone(connection)
        if any_phone:
            await _sending()  # ready before the first flag

    async def _any_due(self, now: datetime) -> bool:
        async with self.store.reading() as connection:
            return await pushes.any_due(connection, now)

    async def _send_off(self, taken: list[Push], now: datetime) -> None:
        async with self.store.reading() as connection:
            known = await worth.known(connection, taken, now)
        for one in taken:
            found = worth.weigh(one, known, now)
            if found.rests:
                self._written.resting[one.id] = found.rests
            elif found.why:
                PUSHES.labels(found.why).inc()
                self._written.done.add(one.id)
            else:
                task = asyncio.create_task(self._send(one, known.readers[one.subscription], known.teams[one.team]))
                self._sending.add(task)
                task.add_done_callback(self._sent)
        await self._write()

    def _sent(self, task: asyncio.Task[None]) -> None:
        if len(self._sending) == AT_ONCE:
            self.wake()  # there is room again
        self._sending.discard(task)

    # --- sending ----------------------------------------------------------------------------------------------

    async def _send(self, one: Push, reader: Reader, team: Team) -> None:
        sending = await _sending()
        status, retry_after = None, None
        try:
            answer = await (await self._by()).send(
                reader.subscription,
                payload(one.kind, team, reader.language),
                ttl=max(int((one.until - self.clock()).total_seconds()), 0),
                urgent=one.kind in (News.FLAG, News.UNTAKEN, TEST),
                topic=topic(one.kind, one.team),
            )
            status, retry_after = answer.status, answer.retry_after
        except sending.Unusable:
            status = 410
        except sending.UNREACHED:
            pass
        except Exception as error:
            log.error("cannot be pushed", kind=one.kind, error=type(error).__name__)
        now = self.clock()
        self._note(one, outcomes.after(status, retry_after, one.tries, now, one.until))
        try:
            await self._write()
        except Exception:
            log.exception("what became of a message is not written down")  # yet: the next look does it

    async def _by(self) -> Sender:
        if self._sender is None:
            private = (await own_key(self.store))["private"]
            if self._sender is None:  # nobody else was quicker meanwhile
                from factboard.pushing.sending import Sender

                known = self.settings
                self._sender = Sender(private, known.push_contact, self.own, known.push_proxy)
        return self._sender

    # --- what became of it ------------------------------------------------------------------------------------

    def _note(self, one: Push, then: outcomes.Next) -> None:
        PUSHES.labels(then.outcome).inc()
        if then.outcome == outcomes.REFUSED:
            log.error("a push service refuses this service's key or contact: see FACTBOARD_PUSH_CONTACT")
        if then.outcome == outcomes.SENT:
            self._written.reached.add(one.subscription)
        elif then.gone:
            self._written.gone.add(one.subscription)
        elif then.again is None:
            PUSHES.labels(outcomes.GIVEN_UP).inc()
        if then.again:
            self._written.later[one.id] = then.again
        else:
            self._written.done.add(one.id)

    async def _write(self) -> None:
        async with self._writing:
            written, self._written = self._written, Written()
            if written == Written():
                return
            try:
                async with self.store.writing() as connection:
                    await phones.reached(connection, written.reached, self.clock())
                    await phones.forget(connection, written.gone)
                    await pushes.settle(connection, written.done, written.later, written.resting)
            except BaseException:  # a stop too: what was sent has been sent
                for name in ("done", "later", "resting", "reached", "gone"):
                    getattr(written, name).update(getattr(self._written, name))
                self._written = written
                raise


async def _sending() -> ModuleType:
    return await asyncio.to_thread(importlib.import_module, "factboard.pushing.sending")

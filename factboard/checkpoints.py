"""Checkpoints made: every local day of a team, at the end of a meeting and on demand, and copied to a second place.

Nothing is signed that is not whole: the facts since the newest checkpoint are verified first, and that the history
still agrees with that checkpoint and with the newest copy elsewhere. So a history that was cut, put back or rewritten
is found on the next day by itself, and no signature ever covers it up.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar
from factboard.domain.chain import GENESIS, Broken
from factboard.domain.checkpoint import Checkpoint, read, said
from factboard.domain.events import Settings as TeamSettings
from factboard.settings import Settings
from factboard.signing import NoKey, Signer, signed, signer
from factboard.storage import checkpoints, history, projections
from factboard.storage.codec import instant_from_text, instant_to_text
from factboard.storage.engine import Store
from factboard.storage.verifying import verdict

EVERY = 60.0  # seconds between two looks for teams whose day is over
A_DAY = timedelta(hours=25)  # the longest one
RECENT = timedelta(hours=20)  # a checkpoint younger than this is of today, or near enough: not even asked about
NAMED = re.compile(r"(?P<team>.+)-(?P<seq>\d{10})\.txt")

log = structlog.get_logger()


class NotWhole(Exception):
    """A history that nothing may be signed of: `broken` is what is wrong with it."""

    def __init__(self, team: str, broken: Broken) -> None:
        super().__init__(f"The history of {team} is broken at no. {broken.seq} ({broken.how}).")
        self.team, self.broken = team, broken


class NoCopy(OSError):
    """The copy cannot be written to the second place: so there is no checkpoint."""


class Checkpoints:
    """Makes them. `clock` is UTC. Without a key (only tests have none) no day makes one."""

    def __init__(self, store: Store, clock: Callable[[], datetime], settings: Settings) -> None:
        self.store, self.clock = store, clock
        self.folder = Path(settings.checkpoints) if settings.checkpoints else None
        self.failed = ""  # why one could not be made, by the error's kind
        self._settings = settings
        self._known: Signer | None = None
        self._looked = float("-inf")
        self._not_before: dict[str, datetime] = {}

    @property
    def signer(self) -> Signer:
        """This service's own. Raises `NoKey`."""
        self._known = self._known or signer(self._settings)
        return self._known

    @property
    def able(self) -> bool:
        """Is there anything to sign with? Not with a key file that is gone, or is none."""
        try:
            return bool(self.signer)
        except NoKey:
            return False

    @property
    def _meant(self) -> bool:
        """Is there to be something to sign with? If it cannot be used, that is a fault."""
        return bool(self._settings.signing_key or self._settings.secret_key.get_secret_value())

    async def make(self, team: str) -> Checkpoint:
        """The end of the team's history as it is now, signed and copied; the one there is, where nothing has happened
        since. Raises `NotWhole`, `NoKey`, LookupError for no such team, `NoCopy`.
        """
        async with self.store.reading() as connection:
            newest = next(iter(await checkpoints.newest(connection, team)), None)
            known = [one for one in (newest, *await self.copies(team, newest=True)) if one and self.ours(one)]
            oldest = min(known, key=lambda one: one.seq, default=None)
            after = (oldest.seq, oldest.hash) if oldest and await self._stands(connection, oldest) else (0, GENESIS)
            found = await verdict(connection, team, known, after=after)
        if found.broken:
            raise NotWhole(team, found.broken)
        if newest and newest.seq == found.seq:
            return newest
        at, own = instant_to_text(self.clock()), self.signer
        signature = own.sign(said(team, found.seq, found.hash, at, own.public))
        new = Checkpoint(team, found.seq, found.hash, at, own.public, signature)
        async with self.store.writing() as connection:
            await history.hold(connection, team)  # of several processes one makes it
            other = await checkpoints.covering(connection, team, new.seq)
            if other is None:
                await checkpoints.add(connection, new)
                await self._copy(new)
        return other or new

    async def after(self, team: str) -> None:
        """Make one after what is worth one, off anybody's path. Failing is logged, and the day's comes anyway."""
        if not self._meant:
            return
        try:
            await self.make(team)
        except Exception as error:
            self.failed = type(error).__name__
            log.error("no checkpoint", team=team, error=self.failed)

    async def daily(self) -> int:
        """Make one for every team whose local day has turned since its newest, and whose history has gone on; how many.

        What fails is logged and tried again with the next look, a minute later; it stops no other team's.
        """
        if monotonic() - self._looked < EVERY or not self._meant:
            return 0
        self._looked, self.failed, made = monotonic(), "", 0
        now = self.clock()
        async with self.store.reading() as connection:
            waiting = await checkpoints.waiting(connection, instant_to_text(now - RECENT), instant_to_text(now))
        for team, last in waiting:
            if now < self._not_before.get(team, now) <= now + A_DAY:  # a later one is of a clock that was set back
                continue
            try:
                made += await self._day_of(team, last, now)
            except Exception as error:
                self.failed = type(error).__name__
                log.error("no checkpoint", team=team, error=self.failed)
        return made

    def ours(self, one: Checkpoint) -> bool:
        """Is its signature this service's own? Nothing is that of one without a key."""
        return self.able and one.key == self.signer.public and signed(one.key, one.text, one.signature)

    async def copies(self, team: str, *, newest: bool = False) -> list[Checkpoint]:
        """The copies of a team's checkpoints in the second place, the oldest first; only the newest, where asked."""
        return await asyncio.to_thread(_copies, self.folder, team, newest) if self.folder else []

    async def copied(self) -> set[str]:
        """The teams of which the second place has a copy that this service signed."""
        files = await asyncio.to_thread(lambda: [*self.folder.glob("*.txt")] if self.folder else [])
        names = {match["team"] for file in files if (match := NAMED.fullmatch(file.name))}
        return {name for name in names for one in await self.copies(name, newest=True) if self.ours(one)}

    async def _copy(self, one: Checkpoint) -> None:
        if self.folder:
            try:
                await asyncio.to_thread(write, self.folder / file_name(one), one.file)
            except OSError as error:
                raise NoCopy(error.errno, error.strerror, error.filename) from error

    async def _stands(self, connection: AsyncConnection, one: Checkpoint) -> bool:
        row = await history.row(connection, one.team, one.seq)
        return row is not None and row.hash == one.hash

    async def _day_of(self, team: str, last: str | None, now: datetime) -> int:
        async with self.store.reading() as connection:
            here = await projections.team(connection, team)
        settings = here.settings if here else TeamSettings(team)  # the system's own history has a day too
        if last and calendar.local_day(instant_from_text(last), settings) == calendar.local_day(now, settings):
            self._not_before[team] = calendar.next_midnight(now, settings)
            return 0
        await self.make(team)
        return 1


def file_name(one: Checkpoint) -> str:
    return f"{one.team}-{one.seq:010d}.txt"


def _copies(folder: Path, team: str, newest: bool) -> list[Checkpoint]:
    """Those that can be read as checkpoints of this team; whose they are is another question."""
    names = [file for file in folder.glob("*.txt") if (match := NAMED.fullmatch(file.name)) and match["team"] == team]
    found: list[Checkpoint] = []
    for file in sorted(names, reverse=newest):
        with suppress(ValueError):
            one = read(file.read_text())
            found += [one] if one.team == team else []
        if newest and found:
            break
    return found


def write(place: Path, text: str) -> None:
    """The file, whole and safely on disk. One that stands is never replaced: it may be all that is true."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError), place.open("x") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except OSError:  # half a file would stand there for good, in place of the whole one
            place.unlink()
            raise


def read_all(places: Iterable[Path]) -> list[Checkpoint]:
    """The checkpoints in these files and folders. Raises OSError, ValueError naming the file that holds none."""
    found = []
    for place in places:
        for file in sorted(place.glob("*.txt")) if place.is_dir() else [place]:
            try:
                found.append(read(file.read_text()))
            except ValueError:
                raise ValueError(f"{file} holds no checkpoint.") from None
    return found

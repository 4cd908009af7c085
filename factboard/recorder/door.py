"""The door itself: opens the transaction, lets a desk decide, tells the screens after the commit."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from time import perf_counter
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import events as e
from factboard.domain.refusal import Invalid, Unknown
from factboard.domain.team import found
from factboard.metrics import COMMIT_SECONDS, FACTS
from factboard.recorder.answers import answered, remember
from factboard.recorder.desk import Clock, Desk, Receipt, Rule
from factboard.storage import history
from factboard.storage.engine import Store

Changed = Callable[[str, int], Awaitable[int]]
Waits = Callable[[], None]
Unless = Callable[[AsyncConnection], Awaitable[None]]

log = structlog.get_logger()


def new_id() -> str:
    """An id that says nothing of whom it stands for, and cannot be guessed."""
    return secrets.token_hex(8)


async def nobody_watches(_team: str, _seq: int) -> int:
    return 0


class Recorder:
    """Lets changes in, one team at a time in order of `seq`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        changed: Changed = nobody_watches,
        ids: Callable[[], str] = new_id,
        to_push: Waits = lambda: None,
    ) -> None:
        self.store, self.clock, self.changed, self.ids, self.to_push = store, clock, changed, ids, to_push

    async def change(
        self,
        team: str,
        actor: str,
        rule: Rule,
        *,
        client: str | None = None,
        request_id: str | None = None,
        seen: int | None = None,
        unless: Unless | None = None,
        of_meeting: str | None = None,
        of_document: str | None = None,
        with_all: bool = False,
        made: datetime | None = None,
        anyway: bool = False,
        beside: str | None = None,
        mandate: bool | None = None,
        **what: Any,
    ) -> Receipt:
        """Let `rule` decide about this client (or the team, the meeting `of_meeting`, the
        client's document `of_document`) and write what it says.

        `seen` is the seq of the client's newest fact when the person looked. `unless` is asked first, in the same
        transaction, about what the rule cannot see. Raises `Refused`; a `Conflict` carries in `meanwhile` what
        happened to the client since. Nothing is written then.

        `made` (UTC), `anyway` and `mandate` are of one try: the same request tried again, at another age, is the same.
        """
        of = {"of_meeting": of_meeting, "of_document": of_document, "beside": beside}
        asked = what | {name: one for name, one in of.items() if one}
        async with self.together(team, actor) as desk:
            receipt = await answered(desk, request_id, rule, client, asked)
            if receipt is None:
                if unless:
                    await unless(desk.connection)
                receipt = await desk.decide(
                    rule,
                    client=client,
                    seen=seen,
                    of_meeting=of_meeting,
                    of_document=of_document,
                    with_all=with_all,
                    made=made,
                    anyway=anyway,
                    beside=beside,
                    mandate=mandate,
                    **what,
                )
                await remember(desk, request_id, rule, client, asked, receipt)
            elif receipt.kinds:
                desk.last = receipt.seq
        return replace(receipt, screens=desk.screens, request_id=request_id)

    async def answered(
        self, team: str, actor: str, request_id: str | None, rule: Rule, *, client: str | None = None, **what: Any
    ) -> Receipt | None:
        """The answer that this very request has had already: asked where what it was about is gone by then."""
        async with self.together(team, actor) as desk:
            return await answered(desk, request_id, rule, client, what)

    @asynccontextmanager
    async def together(self, team: str, actor: str) -> AsyncIterator[Desk]:
        """Several decisions in one transaction: all of them are written, or none."""
        async with self._at_desks([team], actor) as (desk,):
            yield desk

    @asynccontextmanager
    async def both(self, team: str, other: str, actor: str) -> AsyncIterator[tuple[Desk, Desk]]:
        """Decisions in two teams in one transaction: all of them are written, or none."""
        async with self._at_desks([team, other], actor) as (here, there):
            yield here, there

    @asynccontextmanager
    async def _at_desks(self, teams: Sequence[str], actor: str) -> AsyncIterator[list[Desk]]:
        began = perf_counter()
        async with self.store.writing() as connection:
            for team in sorted(teams):  # whoever holds two takes them in this order: nobody waits for each other
                if await history.hold(connection, team) is None:
                    raise Unknown("unknown_team")
            desks = [Desk(connection, team, actor, self.clock, self.ids) for team in teams]
            yield desks
            for desk in desks:
                await desk.save()
        COMMIT_SECONDS.observe(perf_counter() - began)
        for desk in desks:
            FACTS.inc(desk.written)
            if desk.to_push:
                self.to_push()
            await self._tell(desk)

    async def found_team(self, actor: str, id: str, settings: e.Settings) -> Receipt:
        """Start a team: its history, its settings, the standard categories."""
        async with self.store.writing() as connection:
            if await history.head(connection, id):
                raise Invalid("team_exists", "team")
            now = self.clock()
            await self._system(connection, actor, now, e.TeamAdded(id, settings.name))
            desk = Desk(connection, id, actor, self.clock, self.ids)
            await desk.begin(settings.name)
            receipt = await desk.decide(found, settings=settings)
            await desk.save()
        return receipt

    @asynccontextmanager
    async def system(self, actor: str, fact: e.Fact) -> AsyncIterator[AsyncConnection]:
        """A fact that belongs to no team, and what it changes beside the history, in one transaction."""
        async with self.store.writing() as connection:
            await self._system(connection, actor, self.clock(), fact)
            yield connection

    async def _system(self, connection: AsyncConnection, actor: str, at: datetime, fact: e.Fact) -> None:
        if await history.hold(connection, history.SYSTEM) is None:
            await history.begin(connection, history.SYSTEM, actor, at, history.SYSTEM)
        await history.append(connection, history.SYSTEM, actor, at, [e.Entry(fact)])

    async def _tell(self, desk: Desk) -> None:
        if not desk.last:
            return
        try:
            desk.screens = await self.changed(desk.team, desk.last)
        except Exception:  # the fact is safe; the screens repair themselves from the committed seq
            log.exception("screens not told", team=desk.team, seq=desk.last)

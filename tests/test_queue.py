"""A phone's queue against the one door: tried in any order, answers lost, sent twice, with the team at work meanwhile.

Each thing that was written is in the history exactly once, when it was saved; what was not saved is not; and nobody is
off the board of whom somebody wrote, before they returned, that they belong on it. Eight seeded days in `make test`,
2,000 with --full, on SQLite, and fewer on a real PostgreSQL.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from factboard.domain import events as e
from factboard.domain import placement, stepdown, undo
from factboard.domain.case import Case
from factboard.domain.people import SYSTEM
from factboard.domain.refusal import Conflict, Overtaken, Refused
from factboard.domain.state import Client
from factboard.recorder import Receipt, Recorder
from factboard.storage import projections
from factboard.storage.codec import recorded
from factboard.storage.engine import Store
from tests.conftest import Clock, a_client, a_postgres_store, a_team
from tests.whole import check_whole

STEPS = 60
UNSURE = timedelta(milliseconds=900)  # how long a try is on its way: what was written seems so much younger
CATEGORIES = ("short_intensive", "crisis_prevention", "admitted")
FLAG, WORSE, MET_WORSE, KEEP = "flag", "worse", "met worse", "keep"


def swept(case: Case) -> list[e.Entry]:
    """Somebody returns by itself, as the scheduler does it: nobody asks who has seen what."""
    stay = case.on_board()
    return [case.about(e.Returned("", case.now, e.Grounds(1, 1, "0.4")))] if stay else []


@dataclass
class Waiting:
    """One thing on a phone, and what has become of it."""

    id: str
    user: str
    what: str
    client: str
    made: datetime
    typed: dict[str, Any]
    receipt: Receipt | None = None  # the first answer that said saved, whether it arrived or not
    told: Receipt | None = None  # the one that did arrive
    asked: bool = False  # it was answered with a question that "anyway" answers
    given_up: bool = False  # by its person, after a question

    @property
    def rule(self) -> Callable[..., list[e.Entry]]:
        return {
            FLAG: placement.put_on_board,
            WORSE: placement.rate,
            MET_WORSE: placement.log_contact,
            KEEP: stepdown.keep_on,
        }[self.what]


@dataclass
class Day:
    """A team at work, three phones, and luck."""

    id: str
    recorder: Recorder
    clock: Clock
    luck: random.Random
    clients: list[str]
    queue: list[Waiting] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)  # what the day came to

    async def client(self, id: str) -> Client:
        async with self.recorder.store.reading() as connection:
            known = await projections.client(connection, self.id, id)
        assert known
        return known

    def write(self) -> None:
        """Somebody writes something on their phone, without coverage."""
        number, what = len(self.queue), self.luck.choice((FLAG, FLAG, WORSE, MET_WORSE, KEEP))
        text = f"{what} {number}"
        typed: dict[str, dict[str, Any]] = {
            FLAG: {"category": self.luck.choice(CATEGORIES), "reason": text},
            WORSE: {"rating": e.Rating.WORSE, "basis": e.Basis.SEEN},
            MET_WORSE: {"contact": e.ContactKind.HOME, "rating": e.Rating.WORSE, "note": text},
            KEEP: {"reason": text},
        }
        user, client = self.luck.choice(("anna", "lars")), self.luck.choice(self.clients)
        self.queue.append(Waiting(f"{self.id}-{number}", user, what, client, self.clock(), typed[what]))

    async def team(self) -> None:
        """Somebody else does something with a client, and is sometimes too late with it."""
        client, who = self.luck.choice(self.clients), self.luck.choice(("anna", "lars"))
        rule, what = self.luck.choice(
            [
                (placement.put_on_board, {"category": self.luck.choice(CATEGORIES), "reason": "Ringde"}),
                (placement.return_to_planned_care, {"reason": "Mår bra"}),
                (swept, {}),
                (swept, {}),
                (placement.enter_in_error, {"reason": "Fel person"}),
                (placement.recategorise, {"category": self.luck.choice(CATEGORIES)}),
                (placement.take, {"over": True}),
            ]
        )
        actor = SYSTEM if rule is swept else who
        try:
            receipt = await self.recorder.change(self.id, actor, rule, client=client, **what)
        except Refused:
            return
        if self.luck.random() < 0.2:  # and takes it back at once
            undoing = {"client": client, "seen": receipt.seq - 1, "seq": receipt.seq}
            with suppress(Refused):
                await self.recorder.change(self.id, actor, undo.undo, **undoing)

    async def send(self, one: Waiting) -> None:
        """One try, perhaps two at once; the answer may be lost, and then the phone knows nothing."""
        if one.asked and not one.given_up and self.luck.random() < 0.15:
            one.given_up = True
        if one.given_up or (one.told and self.luck.random() < 0.7):
            return
        before = await self.client(one.client)
        anyway = one.asked and self.luck.random() < 0.7
        tries = [self._try(one, anyway) for _ in range(self.luck.choice((1, 1, 2)))]
        answers = await asyncio.gather(*tries, return_exceptions=True)
        for answer in sorted(answers, key=lambda known: isinstance(known, Receipt) and known.repeated):
            if isinstance(answer, Receipt):
                await self._saved(one, answer, before)
            else:
                await self._refused(one, answer, before, anyway=anyway)

    async def _try(self, one: Waiting, anyway: bool) -> Receipt:
        return await self.recorder.change(
            self.id,
            one.user,
            one.rule,
            client=one.client,
            request_id=one.id,
            made=one.made + self.luck.random() * UNSURE,
            anyway=anyway,
            **one.typed,
        )

    async def _saved(self, one: Waiting, answer: Receipt, before: Client) -> None:
        if one.receipt:
            assert answer.repeated
            self.met["repeated"] += 1
            assert (answer.seq, answer.kinds, answer.placement) == (
                one.receipt.seq,
                one.receipt.kinds,
                one.receipt.placement,
            )
        elif not answer.repeated:
            one.receipt = answer
            assert (await self.client(one.client)).stay, f"{one} was saved, and its client is not on the board"
            self.met["back up by " + one.what if before.left_board and before.left_board > one.made else "saved"] += 1
        if self.luck.random() < 0.5:
            one.told = answer

    async def _refused(self, one: Waiting, answer: BaseException, before: Client, *, anyway: bool) -> None:
        assert one.receipt is None, f"{one} was saved once, and then refused"
        assert isinstance(answer, Conflict), answer
        if isinstance(answer, Overtaken):
            assert not anyway
            assert before.stay, "what is shown as overtaken is on the board"
            one.asked = True
            self.met[answer.key] += 1
        else:
            self.met["not on the board"] += 1
            assert one.what is not FLAG
            assert answer.key == "not_on_board"
            left = before.left_board
            assert left is None or left < one.made, "they returned after it was written, and stay off"
            one.given_up = True

    async def settle(self) -> None:
        """Coverage is back: all is sent until each is saved, or its person has given it up."""
        for one in self.queue:
            while not (one.told or one.given_up):
                self.clock.forward(seconds=self.luck.randint(1, 90))
                await self.send(one)
                if one.asked and not one.told:
                    one.given_up = one.given_up or self.luck.random() < 0.1


async def a_day(store: Store, seed: int) -> Day:
    luck, clock = random.Random(seed), Clock()
    recorder, id = Recorder(store, clock), f"team{seed}"
    await a_team(recorder, id)
    clients = [await a_client(recorder, surname, team=id) for surname in ("Exempel", "Provström")]
    day = Day(id, recorder, clock, luck, clients)
    for _ in range(STEPS):
        clock.forward(seconds=luck.choice((1, 5, 31, 600, 7_200)))
        kind = luck.random()
        if kind < 0.25:
            day.write()
        elif kind < 0.6:
            await day.team()
        elif day.queue:
            await day.send(luck.choice(day.queue))
    await day.settle()
    return day


async def check(day: Day) -> None:
    """What the history says of each: once, when it was saved; never, when it was not. What is shown is what it says."""
    rows = [recorded(row) for row in await check_whole(day.recorder.store, day.id)]
    for one in day.queue:
        times = sum(_is(one, row) for row in rows)
        assert times == (one.receipt is not None), f"{one} stands {times} times in the history"


def _is(one: Waiting, row: e.Recorded) -> bool:
    if row.client != one.client or row.actor != one.user:
        return False
    match row.fact:
        case e.PutOnBoard(reason=reason, back=False) | e.FlaggedAgain(reason=reason) if one.what is FLAG:
            return reason == one.typed["reason"]
        case e.ReturnHeld(reason=reason) if one.what is KEEP:
            return reason == one.typed["reason"]
        case e.ContactLogged(note=note) if one.what is MET_WORSE:
            return note == one.typed["note"]
        case e.Rated(happened_at=at) if one.what is WORSE:
            return one.made <= at <= one.made + UNSURE
    return False


@pytest.fixture
def run(database: str) -> Iterator[Callable[[Callable[[Store], Awaitable[None]]], None]]:
    loop = asyncio.new_event_loop()
    postgres = a_postgres_store(database) if database.startswith("postgresql") else None
    store = loop.run_until_complete(anext(postgres)) if postgres else Store(database)
    yield lambda job: loop.run_until_complete(job(store))
    loop.run_until_complete(postgres.aclose() if postgres else store.close())
    loop.close()


def test_each_once_and_nobody_left_off_the_board(
    run: Callable[[Callable[[Store], Awaitable[None]]], None], database: str, full: bool
) -> None:
    met: Counter[str] = Counter()
    many, few = (2_000, 8) if database.startswith("sqlite") else (50, 3)

    async def days(store: Store) -> None:
        for seed in range(many if full else few):
            day = await a_day(store, seed)
            await check(day)
            met.update(day.met)

    run(days)
    if database.startswith("sqlite"):  # days on which nothing of this happens prove nothing
        back_up = {f"back up by {what}" for what in (FLAG, WORSE, MET_WORSE, KEEP)}
        assert set(met) >= back_up | {
            "saved",
            "repeated",
            "changed_since_written",
            "put_on_since_written",
            "not on the board",
        }

"""The past is what was shown: on random histories, board and wall folded for a moment are the frames rendered then.

A few histories in make test, 1,000 with --full.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import given
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import events as e
from factboard.domain import placement, signs, undo
from factboard.domain.board import board
from factboard.domain.keyframes import OF_A_CLIENT
from factboard.recorder import Recorder
from factboard.storage import past, projections, tables
from factboard.storage.engine import Store
from factboard.web.board import BoardView, html_of_board, html_of_card
from factboard.web.pages import render
from factboard.web.past import Then
from factboard.web.wall.past import wall_of
from factboard.web.wall.view import WallView
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.test_rebuild import Run, examples, run  # noqa: F401
from tests.walk import AT_A_MEETING, OF_A_DAY, ON_THE_BOARD, Step, Walk, a_long_one, a_way_back, walks

SCREENS = ("short.board", "initials.counts", "screen.s0")


@dataclass
class Camera:
    """Keeps what was shown: the frames of the moments at which it looked."""

    store: Store
    clock: Clock
    team: str
    taken: dict[datetime, tuple[int, str, tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.board, self.wall = BoardView(self.store, self.clock), WallView(self.store, self.clock)

    async def look(self) -> None:
        shown = await self.board.frame(self.team, "en")
        walls = tuple([(await self.wall.frame(self.team, "en", screen)).html for screen in SCREENS])
        self.taken[self.clock.now] = shown.seq, shown.html, walls

    async def compare(self) -> None:
        """Each moment, folded from what was kept, is what was shown then."""
        async with self.store.reading() as connection:
            for at, (seq, html, walls) in self.taken.items():
                assert await past.last_before(connection, self.team, at) == seq
                then = await then_at(connection, self.team, seq, at)
                assert board_of(then) == html, (at, seq)
                for screen, shown in zip(SCREENS, walls, strict=True):
                    made = render("wall/view.html", "en", team=then.team, wall=wall_of(then, screen), now=at)
                    assert made == shown, (at, seq, screen)


async def then_at(connection: AsyncConnection, team: str, seq: int, at: datetime) -> Then:
    was = await past.past(connection, team, seq)
    assert was.team
    return Then(at, seq, was.team, was.clients, was.meeting)


def board_of(then: Then) -> str:
    """The board of then as the live view writes it: with all that can be pressed on it."""
    clients = [one for one in then.clients if one.stay or signs.in_sight_after_return(one, then.at)]
    shown = board(then.team, clients, then.at, then.labels(clients))
    cards = {card.client.id: html_of_card(then.team, card, "en", then.at) for card in shown.cards}
    return html_of_board(then.team, shown, cards, "en", then.at)


async def walk(store: Store, taken: list[Step], number: int) -> int:
    """One history, looked at now and then; how many moments were compared."""
    clock, pick = Clock(), random.Random(number)
    walker = Walk(Recorder(store, clock), clock, f"team{number}")
    camera = Camera(store, clock, walker.team)
    await walker.begin()
    often = min(0.3, 12 / len(taken))
    for step in taken:
        await walker.play(step)
        if clock.now in camera.taken or pick.random() < often:
            await camera.look()
        if pick.random() < often / 3:  # time passes while nobody does anything
            clock.forward(hours=pick.choice((1, 5, 20, 100)))
            await camera.look()
    await camera.compare()
    return len(camera.taken)


def test_the_past_is_what_was_shown(run: Run, database: str, full: bool) -> None:  # noqa: F811
    numbers, looked = count(1), []

    def check(taken: list[Step]) -> None:
        async def one(store: Store) -> None:
            looked.append(await walk(store, taken, next(numbers)))

        run(one)

    seeds = 20 if full else 1
    for seed in range(seeds):
        check(a_long_one(ON_THE_BOARD, seed)[: None if full else 70])
        check(a_long_one(AT_A_MEETING, seed)[: None if full else 50])
        if full or database.startswith("sqlite"):
            check(a_way_back(seed)[: None if full else 80])
            check(a_long_one(OF_A_DAY, seed)[: None if full else 60])
    assert sum(looked) > 25 * seeds
    if full:
        examples(full, database)(given(walks(25, 60))(check))()


def met(clock: Clock) -> dict[str, Any]:
    return {"contact": e.ContactKind.HOME, "by": "anna", "happened_at": clock.now}


async def test_what_was_undone_is_there_before_the_undo_and_gone_after_it(
    recorder: Recorder, store: Store, clock: Clock
) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    what = {"category": "short_intensive", "reason": "Sover inte"}
    put = await recorder.change(TEAM, "anna", placement.put_on_board, client=client, **what)
    clock.forward(seconds=20)
    gone = await recorder.change(TEAM, "anna", undo.undo, client=client, seq=put.seq, seen=put.seq - 1)
    for _ in range(OF_A_CLIENT + 5):  # so that the state of then is kept, and a later one too
        await recorder.change(TEAM, "anna", placement.log_contact, client=client, **met(clock))
    async with store.reading() as connection:
        before, after = [await past.past(connection, TEAM, seq) for seq in (gone.seq - 1, gone.seq)]
        newest = await past.past(connection, TEAM, gone.seq + OF_A_CLIENT + 5)
        assert newest.clients == (await projections.client(connection, TEAM, client),)
    assert [one.stay.reason for one in before.clients if one.stay] == ["Sover inte"]
    assert [one.stay for one in after.clients] == [None]


async def test_a_client_is_folded_from_a_state_that_was_kept_of_late(sqlite_store: Store, clock: Clock) -> None:
    recorder, store = Recorder(sqlite_store, clock), sqlite_store
    await a_team(recorder)
    client = await a_client(recorder)
    for _ in range(2 * OF_A_CLIENT):
        await recorder.change(TEAM, "anna", placement.log_contact, client=client, **met(clock))
    async with store.reading() as connection:
        k = tables.keyframe.c
        query = select(k.seq).where(k.subject == client).order_by(k.seq)
        kept = [*await connection.scalars(query)]
    assert [later - kept[0] for later in kept] == [0, OF_A_CLIENT - 1, 2 * OF_A_CLIENT - 1]


async def test_where_the_clock_was_set_back_what_was_written_after_it_is_there(
    sqlite_store: Store, clock: Clock
) -> None:
    recorder = Recorder(sqlite_store, clock)
    await a_team(recorder)
    ahead = clock.forward(hours=2)
    await a_client(recorder)
    clock.forward(hours=-1)
    client = await a_client(recorder, "Provström")
    async with sqlite_store.reading() as connection:
        known = await projections.client(connection, TEAM, client)
        assert known
        for at in (clock.now, ahead, ahead + timedelta(days=400)):
            assert await past.last_before(connection, TEAM, at) == known.seq
        assert await past.last_before(connection, TEAM, clock.now - timedelta(minutes=1)) == known.seq - 2
        assert await past.last_before(connection, TEAM, clock.now - timedelta(days=400)) == 0

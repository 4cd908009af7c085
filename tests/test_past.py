"""The past is what was shown: on random histories, board and wall folded for a moment are the frames rendered then.

A few histories in make test, 1,000 with --full.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factboard.domain import events as e
from factboard.domain import placement, signs, undo
from factboard.domain.board import board
from factboard.domain.keyframes import OF_A_CLIENT
from factboard.recorder import Recorder
from factboard.storage import history, past, projections
from factboard.storage.engine import Store
from factboard.web.board import BoardView, html_of_board, html_of_card
from factboard.web.pages import render
from factboard.web.past import Then
from factboard.web.wall.past import wall_of
from factboard.web.wall.view import WallView
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.test_rebuild import Run, examples, run  # noqa: F401
from tests.walk import AT_A_MEETING, ON_THE_BOARD, THE_WAY_BACK, Step, Walk, a_long_one, a_way_back, walks

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


async def then_at(connection, team: str, seq: int, at: datetime) -> Then:
    was = await past.past(connection, team, seq)
    assert was.team
    return Then(at, seq, was.team, was.clients, was.meeting)


def board_of(then: Then) -> str:
    """The board of then as the live view writes it: with all that can be pressed on it."""
    clients = [one for one in then.clients if one.stay or signs.in_sight_after_return(one, then.at)]
    shown = board(then.team, clients, then.at, then.labels(clients))
    cards = {card.client.id: html_of_card(then.team, card, "en", then.at) for card in shown.cards}
    return html_of_board(then.team, shown, cards, "en", then.at)


def test_the_past_is_what_was_shown(run: Run, database: str, full: bool) -> None:  # noqa: F811
    numbers, looked = count(1), []

    async def walk(store: Store, taken: list[Step]) -> None:
        number = next(numbers)
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
        looked.append(len(camera.taken))

    @examples(full, database)
    @given(walks(25, 60))
    def check(taken: list[Step]) -> None:
        run(lambda store: walk(store, taken))

    if full:
        check()
    seeds = 20 if full else 1
    for seed in range(seeds):
        for verbs in (ON_THE_BOARD, AT_A_MEETING, THE_WAY_BACK):
            run(lambda store, verbs=verbs, seed=seed: walk(store, a_long_one(verbs, seed)))  # type: ignore[misc]
        run(lambda store, seed=seed: walk(store, a_way_back(seed)))  # type: ignore[misc]
    assert sum(looked) > 30 * seeds

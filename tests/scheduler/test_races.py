"""Whoever stops a return at its very moment against the sweep that carries it out: real transactions, one outcome.

On SQLite by several tasks, on PostgreSQL by engines of their own, as separate processes have them. 480 races in
make test, ten thousand with --full.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest_asyncio

from factboard.domain import care, placement, stepdown
from factboard.domain import events as e
from factboard.domain.refusal import Refused
from factboard.recorder import Recorder
from factboard.storage.engine import Store
from tests.scheduler.given import EASY, Hands, House
from tests.whole import check_whole

TEAMS, MINUTES, AT_ONCE = 13, 10, 4  # fewer than five of a team at once: it is no pause that stops them
ACTS: tuple[tuple[Callable[..., Any], dict[str, Any]], ...] = (
    (stepdown.keep_on, {"reason": "Vill prata med sin bror först"}),
    (placement.rate, {"rating": e.Rating.WORSE, "basis": e.Basis.SEEN}),
    (placement.put_on_board, {"category": EASY.code, "reason": "Ringde i natt"}),
    (care.admit, {"ward": "Avd 22"}),
    (placement.recategorise, {"category": EASY.code}),
)
NEVER_LATE = (placement.put_on_board, care.admit)
STOPS = (e.ReturnHeld, e.Rated, e.FlaggedAgain, e.Admitted, e.Recategorised)


@pytest_asyncio.fixture
async def desks(store: Store, hands: Hands) -> AsyncIterator[list[Recorder]]:
    """Four ways into the same database: two that sweep, two by which people act."""
    if store.sqlite:  # one process serves it
        yield [Recorder(store, hands) for _ in range(4)]
        return
    stores = [Store(store.url.render_as_string(hide_password=False)) for _ in range(4)]
    yield [Recorder(one, hands) for one in stores]
    for one in stores:
        await one.close()


async def a_house(store: Store, hands: Hands, id: str) -> tuple[House, list[list[str]]]:
    """A team, and by the minute who returns then: everybody is up, on a category of their minute."""
    house = House(store, hands, id)
    codes = [f"m{minute:02d}" for minute in range(MINUTES)]
    at = [house.settings.return_time.replace(minute=minute) for minute in range(MINUTES)]
    policies = [replace(EASY.policy, return_time=one) for one in at]
    both = zip(codes, policies, strict=True)
    await house.team(EASY, *(replace(EASY, code=code, name=code, policy=policy) for code, policy in both))
    ids = await house.upheld(MINUTES * AT_ONCE, categories=codes)
    return house, [ids[minute::MINUTES] for minute in range(MINUTES)]


async def stop(recorder: Recorder, house: House, client: str, pick: random.Random, within: float) -> str:
    """Somebody does something that stops a return, at some moment; the refusal, where they come too late.

    A new flag and an admission are never too late: they are of somebody in planned care then.
    """
    rule, what = pick.choice(ACTS)
    await asyncio.sleep(pick.random() * within)
    try:
        await recorder.change(house.id, pick.choice(("anna", "lars")), rule, client=client, **what)
    except Refused as refusal:
        return refusal.key
    return "in time" if rule not in NEVER_LATE else ""


async def outcomes(house: House) -> Counter[str]:
    """What became of each client of the team, from the history alone. Fails where a return was wrong or was two."""
    stories: dict[str, list[e.Recorded]] = {}
    wanted = ("return_upheld", "returned", "announcement_withdrawn", *(kind.kind for kind in STOPS))
    for row in await house.rows(*wanted):
        stories.setdefault(str(row.client), []).append(row)
    found: Counter[str] = Counter()
    for client, story in stories.items():
        begun = next(place for place, row in enumerate(story) if isinstance(row.fact, e.ReturnUpheld))
        after = story[begun + 1 :]
        ended = [row for row in after if isinstance(row.fact, e.Returned | e.AnnouncementWithdrawn)]
        assert len(ended) == 1, (client, after)
        before = after[: after.index(ended[0])]
        if isinstance(ended[0].fact, e.AnnouncementWithdrawn):
            assert isinstance(before[-1].fact, STOPS), (client, after)
            assert ended[0].seq == before[-1].seq + 1, "in the transaction of the fact that did it"
            assert ended[0].fact.cause == before[-1].seq
            found["stopped"] += 1
        else:
            assert not any(isinstance(row.fact, STOPS) for row in before), (client, after)
            found["returned"] += 1
    return found


async def test_every_race_has_one_outcome_and_no_return_is_wrong(
    store: Store, desks: list[Recorder], hands: Hands, full: bool
) -> None:
    pick, found, refused = random.Random(5), Counter[str](), Counter[str]()
    within = 0.5  # seconds in which people act, found by trying so that each side wins about as often
    batches, teams = (10, TEAMS) if full else (1, TEAMS // 2)
    for batch in range(batches):
        houses = [await a_house(store, hands, f"team{batch}-{number}") for number in range(teams)]
        sweeps = [houses[0][0].scheduler(desk) for desk in desks[:2]]
        for minute in range(MINUTES):
            house = houses[0][0]
            hands.until(house.at(hands.now.date(), house.settings.return_time.replace(minute=minute)))
            await sweeps[0].watchman.leave_sign()
            before = refused["in time"] - refused["not_on_board"]
            acts = [
                stop(pick.choice(desks[2:]), house, client, random.Random(pick.random()), within)
                for house, by_minute in houses
                for client in by_minute[minute]
            ]
            told = await asyncio.gather(*(one.run_all() for one in sweeps), *acts)
            refused.update(one for one in told if isinstance(one, str))
            within *= 1.4 if refused["in time"] - refused["not_on_board"] > before else 0.7
        assert [one.failed for one in sweeps] == ["", ""]
        for house, _ in houses:
            found += await outcomes(house)
            await check_whole(store, house.id)
        hands.until((hands.now + timedelta(days=7)).replace(hour=7, minute=40))
    races = batches * teams * MINUTES * AT_ONCE
    assert found.total() == races
    assert min(found.values()) > races / 20, f"a race that one side always wins is none: {found}"
    assert refused.keys() == {"", "in time", "not_on_board"}

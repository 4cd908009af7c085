"""Facts found: what a filter gives is what a plain look at every fact gives, on both engines, page by page."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from factboard.domain.chain import Row
from factboard.domain.finding import WRITTEN, Mark, Marked
from factboard.domain.people import SYSTEM
from factboard.domain.text import folded
from factboard.recorder import Recorder
from factboard.storage import history, rebuilding
from factboard.storage.codec import instant_from_text
from factboard.storage.history import Filter, finding, leading
from tests.conftest import TEAM, Clock
from tests.walk import VERBS, Step, Walk

TYPED = ("Skäl", "skal 7", "ring", "ri", "SOMN oro", "oro", "oror", "7 skäl", "vägg", "kusten", "ward", "👍", "Säger")


async def a_walk(recorder: Recorder, clock: Clock, steps: int) -> Walk:
    """A team some weeks old, in which much has happened, and whose clock went back twice."""
    dice, walk = random.Random(steps), Walk(recorder, clock)
    await walk.begin(3)
    for number in range(steps):
        if number in (steps // 3, steps // 2):
            clock.forward(days=-3)
        verb, who, client, a, b = (dice.randrange(most) for most in (len(VERBS), 3, 4, 12, 12))
        await walk.play(Step(verb, who, client, a, b, blind=False, seconds=dice.choice((1, 70, 3_000, 30_000))))
    return walk


def filters(rows: Sequence[Row], marks: Sequence[Mark], many: int) -> Iterator[Filter]:
    """What somebody may ask: of things that there are, one or several at once."""
    dice = random.Random(len(rows))

    def one(of: Iterable[Any], often: float) -> Any:
        return dice.choice(sorted(set(of))) if dice.random() < often else None

    values = {name: [mark.value for mark in marks if mark.name is name] for name in Marked}
    ats, kinds = [instant_from_text(row.at) for row in rows], [row.kind for row in rows]
    for number in range(many):
        often = (0.12, 0.2, 0.4)[number % 3]
        since, until = one(ats, often), one(ats, often)
        yield Filter(
            since=since,
            until=until + timedelta(microseconds=number % 2) if until else None,
            clients=tuple(filter(None, [one((row.client for row in rows if row.client), often)])),
            actor=one((row.actor for row in rows), often),
            kinds=tuple(dice.sample(kinds, dice.randrange(1, 4))) if dice.random() < often else (),
            category=one(values[Marked.CATEGORY], often),
            automatic=dice.choice((None, None, None, None, True, False)),
            meeting=one(values[Marked.MEETING], often),
            words=one(TYPED, often) or "",
        )


def plainly(rows: Sequence[Row], marks: Sequence[Mark], asked: Filter) -> list[int]:
    """The numbers of the facts asked for, newest first, by a look at each of them."""
    marked = {(mark.name, mark.value, mark.seq) for mark in marks}

    def wanted(row: Row) -> bool:
        at = instant_from_text(row.at)
        return (
            (asked.since is None or at >= asked.since)
            and (asked.until is None or at < asked.until)
            and (not asked.clients or row.client in asked.clients)
            and asked.actor in (None, row.actor)
            and (not asked.kinds or row.kind in asked.kinds)
            and asked.automatic in (None, row.actor == SYSTEM)
            and (asked.category is None or (Marked.CATEGORY, asked.category, row.seq) in marked)
            and (asked.meeting is None or (Marked.MEETING, asked.meeting, row.seq) in marked)
            and (not asked.words or says(row, asked.words))
        )

    return [row.seq for row in reversed(rows) if wanted(row)]


def says(row: Row, typed: str) -> bool:
    """Has somebody written these words in it? Only what is under a name of free text counts."""

    def texts(value: Any, name: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from texts(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner, name)
        elif isinstance(value, str) and name in WRITTEN:
            yield value

    def split(text: str) -> list[str]:
        return "".join(sign if sign.isalnum() else " " for sign in folded(text)).split()

    written = {word for text in texts(json.loads(row.payload or "{}")) for word in split(text)}
    *whole, last = split(typed) or [""]
    return written >= set(whole) and any(word.startswith(last) for word in written or {""})


async def everything(recorder: Recorder) -> tuple[list[Row], list[Mark]]:
    async with recorder.store.reading() as connection:
        rows = [row async for row in history.rows(connection, TEAM)]
        return rows, (await rebuilding.rebuilt(connection, TEAM)).marks


async def test_what_is_found_is_what_a_plain_look_at_every_fact_finds(
    recorder: Recorder, clock: Clock, monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    monkeypatch.setattr(finding, "PAGE", 16)
    monkeypatch.setattr(finding, "AT_ONCE", 20)
    monkeypatch.setattr(finding, "LOOKED", 60)
    monkeypatch.setattr(leading, "RARE", 4)
    await a_walk(recorder, clock, 600 if full else 200)
    rows, marks = await everything(recorder)
    found_some = 0
    async with recorder.store.reading() as connection:
        for asked in filters(rows, marks, 1_000 if full else 100):
            expected = plainly(rows, marks, asked)
            found_some += bool(expected)
            found = await history.find(connection, TEAM, asked, limit=len(rows))
            assert [row.seq for row in found] == expected, asked
            read, before = list[int](), None
            while True:
                page = await history.look(connection, TEAM, asked, before=before, limit=7)
                assert len(page.rows) <= 7
                read += [row.seq for row in page.rows]
                if (before := page.older) is None:
                    break
            assert read == expected, asked
            assert [row.seq async for row in history.select(connection, TEAM, asked)] == expected[::-1], asked
    assert found_some > (500 if full else 50)  # what finds nothing shows little


async def test_another_teams_facts_are_never_found(recorder: Recorder, clock: Clock) -> None:
    await a_walk(recorder, clock, 10)
    other = Walk(recorder, clock, f"{TEAM}-a")  # a name that begins alike
    await other.begin()
    async with recorder.store.reading() as connection:
        for asked in (Filter(), Filter(words="exempel"), Filter(actor="command_line"), Filter(words="team")):
            for team in (TEAM, f"{TEAM}-a"):
                assert {row.team for row in await history.find(connection, team, asked)} <= {team}
        assert await history.find(connection, "nobodys", Filter(words="team")) == []

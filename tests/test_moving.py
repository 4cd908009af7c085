"""A client's move between two teams of one database: both chains, linked; never on the board of both, or of none."""

from __future__ import annotations

import asyncio
import contextlib
import random

import pytest

from factboard import moving
from factboard.domain import documents, enrolment, merging, placement
from factboard.domain import events as e
from factboard.domain.events.contents import Kind
from factboard.domain.refusal import Refused
from factboard.domain.team import set_member
from factboard.recorder import Recorder
from factboard.storage import documents as stored
from factboard.storage import history, projections
from factboard.storage.codec import readable
from factboard.storage.engine import Store
from tests.conftest import Clock
from tests.filled import written
from tests.moved import asked, somebody, taken_over
from tests.whole import check_whole

HERE, THERE = "kusten", "skogen"


async def two_teams(store: Store, clock: Clock) -> Recorder:
    recorder = Recorder(store, clock)
    for id in (HERE, THERE):
        await recorder.found_team("command_line", id, e.Settings(f"Team {id.title()}"))
        for user, role in (("lars", e.Role.LEAD), ("anna", e.Role.CLINICIAN)):
            member = e.Member(f"{user}-{id}", user, user.title(), role)
            await recorder.change(id, "command_line", set_member, member=member)
    return recorder


async def facts(store: Store, team: str) -> list[e.Recorded]:
    async with store.reading() as connection:
        return readable([row async for row in history.rows(connection, team)])


async def test_each_history_names_what_it_answers_in_the_other(store: Store, clock: Clock) -> None:
    recorder = await two_teams(store, clock)
    client = await somebody(recorder, HERE, "lars-kusten")
    put_on = {"category": "short_intensive", "reason": "Sover inte"}
    await recorder.change(HERE, "lars-kusten", placement.put_on_board, client=client, **put_on)
    await recorder.change(HERE, "lars-kusten", documents.write, client=client, **written(Kind.ABOUT))
    receipt = await taken_over(
        recorder, HERE, "lars-kusten", client, THERE, "lars-skogen", category="crisis_prevention"
    )
    assert receipt.client
    async with store.reading() as connection:
        rows = {team: {row.seq: row async for row in history.rows(connection, team)} for team in (HERE, THERE)}
        about = await stored.newest(connection, THERE, receipt.client, "about")
    [question] = [row for row in await facts(store, HERE) if isinstance(row.fact, e.MoveAsked)]
    [here] = [row.fact for row in await facts(store, THERE) if isinstance(row.fact, e.MovedHere)]
    [away] = [row.fact for row in await facts(store, HERE) if isinstance(row.fact, e.MovedAway)]
    assert (here.theirs, here.seq, here.hash) == (client, question.seq, rows[HERE][question.seq].hash)
    assert (away.theirs, away.hash) == (receipt.client, rows[THERE][away.seq].hash)
    assert rows[THERE][away.seq].kind == "moved_here"
    assert about
    assert about.number == 1
    for team in (HERE, THERE):
        await check_whole(store, team)
    assert await on_boards(store, client, receipt.client) == (False, True)


async def test_what_is_written_there_says_where_it_came_from_and_who_comes_back_has_their_own_record(
    store: Store, clock: Clock
) -> None:
    recorder = await two_teams(store, clock)
    client = await somebody(recorder, HERE, "lars-kusten")
    there = (await taken_over(recorder, HERE, "lars-kusten", client, THERE, "lars-skogen")).client
    assert there
    back = await taken_over(recorder, THERE, "lars-skogen", there, HERE, "lars-kusten", into=client)
    assert back.client == client
    async with store.reading() as connection:
        known = await projections.client(connection, HERE, client)
    assert known
    assert known.enrolled
    assert known.moves.came
    assert (known.moves.came.theirs, known.moves.went) == (there, None)
    for team in (HERE, THERE):
        await check_whole(store, team)


async def test_the_same_answer_twice_is_one_move_and_two_answers_are_one_too(store: Store, clock: Clock) -> None:
    recorder = await two_teams(store, clock)
    client = await somebody(recorder, HERE, "lars-kusten")
    move = await asked(recorder, HERE, "lars-kusten", client, THERE, request_id="ask-1")
    assert await asked(recorder, HERE, "lars-kusten", client, THERE, request_id="ask-1") == move
    first = await moving.accept(recorder, THERE, "lars-skogen", move, request_id="yes-1")
    with pytest.raises(Refused):
        await moving.accept(recorder, THERE, "lars-skogen", move, request_id="yes-2")
    with pytest.raises(Refused):
        await moving.decline(recorder, THERE, "lars-skogen", move, "Fullt")
    with pytest.raises(Refused):
        await moving.withdraw(recorder, HERE, "lars-kusten", client, "Ångrat sig")
    assert first.client
    async with store.reading() as connection:
        assert len(await projections.caseload(connection, THERE)) == 1


async def test_taken_back_and_declined_are_in_both_histories_and_nothing_else_changes(
    store: Store, clock: Clock
) -> None:
    recorder = await two_teams(store, clock)
    client = await somebody(recorder, HERE, "lars-kusten")
    await asked(recorder, HERE, "lars-kusten", client, THERE)
    await moving.withdraw(recorder, HERE, "lars-kusten", client, "Ångrat sig")
    move = await asked(recorder, HERE, "lars-kusten", client, THERE)
    await moving.decline(recorder, THERE, "lars-skogen", move, "Fullt")
    here, there = [[row.fact for row in await facts(store, team)] for team in (HERE, THERE)]
    assert [getattr(one, "reason", None) for one in here[-3:]] == ["Ångrat sig", None, "Fullt"]
    assert [one.kind for one in there[-4:]] == ["move_offered", "move_withdrawn", "move_offered", "move_declined"]
    assert [getattr(one, "reason", "") for one in there[-4:]] == ["", "", "", ""]
    async with store.reading() as connection:
        assert await projections.caseload(connection, THERE) == []
        team = await projections.team(connection, THERE)
    assert team
    assert team.offers == {}


async def on_boards(store: Store, *clients: str | None) -> tuple[bool, ...]:
    found = []
    async with store.reading() as connection:
        for team, client in zip((HERE, THERE), clients, strict=True):
            known = await projections.client(connection, team, client) if client else None
            found.append(bool(known and known.enrolled and known.stay))
    return tuple(found)


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_comes_meanwhile_nobody_is_on_both_boards_or_falls_off_between_them(
    sqlite_store: Store, clock: Clock, seed: int, full: bool
) -> None:
    """Flags, returns, ends, questions and answers at random and at once, to and fro between the two teams."""
    recorder, pick = await two_teams(sqlite_store, clock), random.Random(seed)
    client: dict[str, str | None] = {HERE: await somebody(recorder, HERE, "lars-kusten"), THERE: None}
    moves: list[tuple[str, str]] = []
    moved = 0

    async def act(team: str, what: str) -> None:
        other, lead, id = THERE if team == HERE else HERE, f"lars-{team}", client[team]
        flag = {"category": "short_intensive", "reason": f"Skäl {pick.random()}"}
        if what == "flag" and id:
            await recorder.change(team, lead, placement.put_on_board, client=id, **flag)
        elif what == "return" and id:
            await recorder.change(team, lead, placement.return_to_planned_care, client=id, reason="Mår bra")
        elif what == "ask" and id:
            moves.append((other, await asked(recorder, team, lead, id, other)))
        elif what == "withdraw" and id:
            await moving.withdraw(recorder, team, lead, id, "Ångrat sig")
        elif moves and what in ("accept", "decline"):
            to, move = pick.choice(moves[-2:])
            if what == "decline":
                await moving.decline(recorder, to, f"lars-{to}", move, "Fullt")
                return
            choice = {"category": "short_intensive"} if pick.random() < 0.8 else {}
            receipt = await moving.accept(recorder, to, f"lars-{to}", move, into=client[to], **choice)
            client[to] = receipt.client
            nonlocal moved
            moved += 1

    async def safely(team: str, what: str) -> None:
        with contextlib.suppress(Refused):
            await act(team, what)

    weights = ("flag", "flag", "return", "ask", "ask", "accept", "accept", "accept", "withdraw", "decline")
    for _ in range(200 if full else 25):
        clock.forward(seconds=60)
        before = await on_boards(sqlite_store, client[HERE], client[THERE])
        chosen = [(pick.choice((HERE, THERE)), pick.choice(weights)) for _ in range(2)]
        await asyncio.gather(*(safely(*one) for one in chosen))
        after = await on_boards(sqlite_store, client[HERE], client[THERE])
        assert after != (True, True)
        if any(before) and not any(after):
            assert any(what == "return" for _, what in chosen)
    assert moved
    for team in (HERE, THERE):
        await check_whole(sqlite_store, team)


async def test_one_who_waits_to_move_is_not_merged(sqlite_store: Store, clock: Clock) -> None:
    recorder = await two_teams(sqlite_store, clock)
    client, twin = [await somebody(recorder, HERE, "lars-kusten", first_name=name) for name in ("Maj", "Maja")]
    await asked(recorder, HERE, "lars-kusten", client, THERE)
    with pytest.raises(Refused, match="move_waits"):
        await recorder.change(HERE, "lars-kusten", merging.merge, client=client, beside=twin, looked=1, reason="x")
    await recorder.change(HERE, "lars-kusten", enrolment.end_enrolment, client=client, reason=e.EndReason.MOVED)
    async with sqlite_store.reading() as connection:
        there = await projections.team(connection, THERE)
    assert there
    [offer] = there.offers.values()
    assert (await moving.offered(sqlite_store, THERE, offer.move)).client is None
    await moving.decline(recorder, THERE, "lars-skogen", offer.move, "-")

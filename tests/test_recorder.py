"""The one door for change: one transaction, one fact a request, and what happens when two come at once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from factboard.domain import enrolment, meeting, notices, placement, undo
from factboard.domain.case import Case
from factboard.domain.events import Details, Entry, NotePart
from factboard.domain.refusal import Conflict, Forbidden, Invalid, Unknown
from factboard.domain.state import Meeting
from factboard.recorder import Recorder
from factboard.storage import history, projections
from tests.conftest import TEAM, Clock, a_client, a_team
from tests.whole import check_whole


async def on_board(recorder: Recorder, client: str) -> bool:
    async with recorder.store.reading() as connection:
        state = await projections.client(connection, TEAM, client)
        return state is not None and state.stay is not None


async def facts(recorder: Recorder, team: str = TEAM) -> list[str]:
    async with recorder.store.reading() as connection:
        return [row.kind async for row in history.rows(connection, team)]


async def flag(recorder: Recorder, client: str, actor: str = "anna", **more: object):
    return await recorder.change(
        TEAM,
        actor,
        placement.put_on_board,
        client=client,
        **{"category": "short_intensive", "reason": "Sover inte"} | more,
    )


async def test_a_flag_is_a_fact_and_puts_the_client_on_the_board(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    receipt = await flag(recorder, client)
    assert receipt.kinds == ("put_on_board", "action_added")  # nobody has written a crisis plan
    assert receipt.placement
    assert receipt.at == recorder.clock()
    assert await on_board(recorder, client)
    async with recorder.store.reading() as connection:
        row = await history.row(connection, TEAM, receipt.seq)
    assert row is not None
    assert (row.actor, row.client, row.placement) == ("anna", client, receipt.placement)


async def test_the_same_request_twice_is_one_fact_and_one_answer(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    first = await flag(recorder, client, request_id="tap-1")
    again = await flag(recorder, client, request_id="tap-1")
    assert (again.seq, again.at, again.placement, again.repeated) == (first.seq, first.at, first.placement, True)
    assert (await facts(recorder)).count("put_on_board") == 1


async def test_the_same_request_many_times_at_once_is_one_fact(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    receipts = await asyncio.gather(*(flag(recorder, client, request_id="tap") for _ in range(8)))
    assert len({receipt.seq for receipt in receipts}) == 1
    assert (await facts(recorder)).count("put_on_board") == 1


async def test_a_request_id_used_for_something_else_is_refused(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    await flag(recorder, client, request_id="tap")
    with pytest.raises(Invalid, match="request_id_used"):
        await flag(recorder, client, request_id="tap", reason="Någonting annat")


async def test_a_refusal_writes_nothing(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    before = await facts(recorder)
    with pytest.raises(Invalid):
        await flag(recorder, client, reason="  ")
    with pytest.raises(Unknown):
        await flag(recorder, "nobody")
    assert await facts(recorder) == before


async def test_an_error_halfway_writes_nothing(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    before = await facts(recorder)

    async def half() -> None:
        async with recorder.together(TEAM, "anna") as desk:
            await desk.decide(placement.put_on_board, client=client, category="admitted", reason="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half()
    assert await facts(recorder) == before
    assert not await on_board(recorder, client)


async def test_twenty_people_at_once_lose_nothing(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    await flag(recorder, client)
    await asyncio.gather(
        *(recorder.change(TEAM, "anna", placement.add_action, client=client, text=f"Sak {n}") for n in range(20))
    )
    async with recorder.store.reading() as connection:
        state = await projections.client(connection, TEAM, client)
    assert state
    assert state.stay
    assert sorted(action.text for action in state.stay.actions if not action.task) == sorted(
        f"Sak {n}" for n in range(20)
    )


async def test_two_take_at_once_and_one_is_told_who_has_it(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    seen = (await flag(recorder, client)).seq + 1  # with the task to write a crisis plan
    answers = await asyncio.gather(
        *(recorder.change(TEAM, who, placement.take, client=client, seen=seen) for who in ("anna", "lars")),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(refused) == 1
    assert refused[0].key == "already_taken"
    assert [row.fact.kind for row in refused[0].meanwhile] == ["taken"]


async def test_a_return_decided_before_a_new_flag_is_refused(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    seen = (await flag(recorder, client)).seq
    await flag(recorder, client, actor="lars", reason="Ringde i natt")
    with pytest.raises(Conflict, match="flagged_meanwhile"):
        await recorder.change(
            TEAM, "anna", placement.return_to_planned_care, client=client, seen=seen, reason="Mår bra"
        )
    assert await on_board(recorder, client)


async def test_a_second_flag_is_the_same_time_on_the_board_to_be_taken_anew(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    first = await flag(recorder, client)
    await recorder.change(TEAM, "lars", placement.take, client=client)
    again = await flag(recorder, client, category="crisis_prevention", reason="Sämre i dag")
    assert again.kinds == ("flagged_again", "recategorised")
    assert again.placement == first.placement
    async with recorder.store.reading() as connection:
        state = await projections.client(connection, TEAM, client)
    assert state
    assert state.stay
    assert (state.stay.taken_by, state.stay.category, state.stay.reason) == (None, "crisis_prevention", "Sämre i dag")


class TestUndo:
    async def test_within_a_minute_by_the_same_person(self, recorder: Recorder, clock: Clock) -> None:
        await a_team(recorder)
        client = await a_client(recorder)
        receipt = await flag(recorder, client)
        clock.forward(seconds=59)
        await recorder.change(TEAM, "anna", undo.undo, client=client, seen=receipt.seq - 1, seq=receipt.seq)
        assert not await on_board(recorder, client)
        assert (await facts(recorder))[-3:] == ["put_on_board", "action_added", "undone"]

    async def test_not_later_not_by_others_and_not_when_something_rests_on_it(
        self, recorder: Recorder, clock: Clock
    ) -> None:
        await a_team(recorder)
        client = await a_client(recorder)
        flagged = await flag(recorder, client)

        async def try_undo(actor: str) -> None:
            await recorder.change(TEAM, actor, undo.undo, client=client, seen=flagged.seq - 1, seq=flagged.seq)

        with pytest.raises(Forbidden, match="undo_own_only"):
            await try_undo("lars")
        await recorder.change(TEAM, "lars", placement.take, client=client)
        with pytest.raises(Conflict, match="something_rests_on_it"):
            await try_undo("anna")
        clock.forward(seconds=61)
        with pytest.raises(Conflict, match="undo_too_late"):
            await try_undo("anna")
        assert await on_board(recorder, client)


async def test_the_case_manager_is_told_when_somebody_else_flags(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder, case_manager="lars")
    receipt = await flag(recorder, client)
    async with recorder.store.reading() as connection:
        assert [known.seq for known in await projections.unread(connection, TEAM, "lars")] == [receipt.seq]
        assert await projections.unread(connection, TEAM, "anna") == []
    await recorder.change(TEAM, "lars", notices.read_notice, client=client, notice=receipt.seq)
    async with recorder.store.reading() as connection:
        assert await projections.count_unread(connection, TEAM, "lars") == 0


async def test_the_screens_are_told_after_the_commit_and_their_failure_is_no_error(recorder: Recorder) -> None:
    await a_team(recorder)
    client = await a_client(recorder)
    told: list[tuple[str, bool]] = []

    async def changed(team: str, seq: int) -> int:
        told.append((team, await on_board(recorder, client)))
        raise RuntimeError("no screen")

    recorder.changed = changed
    receipt = await flag(recorder, client)
    assert told == [(TEAM, True)]
    assert receipt.screens == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE history SET actor = 'x'", "DELETE FROM history", "UPDATE access_log SET actor = 'x'"],
)
async def test_the_database_itself_refuses_to_change_what_has_happened(recorder: Recorder, statement: str) -> None:
    await a_team(recorder)
    async with recorder.store.writing() as connection:
        await connection.execute(text("INSERT INTO access_log (at, action, view) VALUES ('x', 'x', 'x')"))
    with pytest.raises(DBAPIError, match="append-only"):
        async with recorder.store.writing() as connection:
            await connection.execute(text(statement))


class TestMeetings:
    async def opened(self, recorder: Recorder, **asked: object) -> str:
        await recorder.change(TEAM, "lars", meeting.open_meeting, with_all=True, present=["anna"], **asked)
        async with recorder.store.reading() as connection:
            state = await projections.team(connection, TEAM)
        assert state
        assert state.meeting
        return state.meeting

    async def state(self, recorder: Recorder, met: str) -> Meeting:
        async with recorder.store.reading() as connection:
            state = await projections.meeting(connection, TEAM, met)
        assert state
        return state

    async def test_a_rule_that_asks_for_everybody_sees_the_board_and_nobody_else(self, recorder: Recorder) -> None:
        await a_team(recorder)
        on = [await a_client(recorder) for _ in range(3)]
        for client in on:
            await flag(recorder, client)
        await a_client(recorder, "Planerad")
        met = await self.state(recorder, await self.opened(recorder))
        assert {item.client for item in met.agenda} == set(on)

    async def test_who_has_left_the_board_is_still_seen_by_a_meeting_that_was_to_think_of_them(
        self, recorder: Recorder
    ) -> None:
        await a_team(recorder)
        gone, there = await a_client(recorder), await a_client(recorder)
        for client in (gone, there):
            await flag(recorder, client)
        met = await self.opened(recorder)
        await recorder.change(TEAM, "anna", placement.return_to_planned_care, client=gone, reason="Mår bra")
        seen: list[tuple[str, ...]] = []

        def look(case: Case) -> list[Entry]:
            seen.append(tuple(one.id for one in case.others))
            assert case.meeting
            assert case.meeting.id == met
            return []

        await recorder.change(TEAM, "anna", look, of_meeting=met, with_all=True)
        await recorder.change(TEAM, "anna", look, of_meeting=met)
        async with recorder.together(TEAM, "anna") as desk:  # what was written in this transaction is seen, too
            new = (await desk.decide(enrolment.enrol, details=Details("Ny", "Kim"))).client
            await desk.decide(placement.put_on_board, client=new, category="admitted", reason="x")
            await desk.decide(look, of_meeting=met, with_all=True)
        assert seen == [tuple(sorted([gone, there])), (), tuple(sorted([gone, there, str(new)]))]

    async def test_one_decision_may_be_about_several_clients_and_the_meeting(
        self, recorder: Recorder, clock: Clock
    ) -> None:
        await a_team(recorder)
        on = [await a_client(recorder) for _ in range(3)]
        for client in on:
            await flag(recorder, client)
        clock.forward(minutes=1)
        met = await self.opened(recorder)
        closed = await recorder.change(
            TEAM, "lars", meeting.close, of_meeting=met, with_all=True, reason="Brandlarm", request_id="close"
        )
        assert closed.kinds == ("not_discussed", "not_discussed", "not_discussed", "meeting_closed")
        async with recorder.store.reading() as connection:
            passed = [one for one in await projections.on_board(connection, TEAM) if one.passed_over == closed.at]
            team = await projections.team(connection, TEAM)
        assert {one.id for one in passed} == set(on)
        assert (team.meeting, team.held.meeting) == (None, met)
        state = await self.state(recorder, met)
        assert (state.held, state.reason, state.last_seq) == (True, "Brandlarm", closed.seq + 3)
        again = await recorder.change(
            TEAM, "lars", meeting.close, of_meeting=met, with_all=True, reason="Brandlarm", request_id="close"
        )
        assert (again.seq, again.repeated) == (closed.seq, True)
        await check_whole(recorder.store, TEAM)

    async def test_a_refusal_in_a_meeting_writes_nothing(self, recorder: Recorder) -> None:
        await a_team(recorder)
        client = await a_client(recorder)
        await flag(recorder, client)
        met = await self.opened(recorder)
        before = await self.state(recorder, met)
        with pytest.raises(Forbidden, match="not_in_the_chair"):
            await recorder.change(TEAM, "anna", meeting.no_change, of_meeting=met, with_all=True, of=client)
        with pytest.raises(Unknown, match="unknown_meeting"):
            await recorder.change(TEAM, "lars", meeting.no_change, of_meeting="none", with_all=True, of=client)
        assert await self.state(recorder, met) == before

    async def test_a_request_id_is_for_one_meeting(self, recorder: Recorder) -> None:
        await a_team(recorder)
        first = await self.opened(recorder, request_id="open")
        fika = {"part": NotePart.DECISION, "text": "Fika", "request_id": "tap"}
        await recorder.change(TEAM, "anna", meeting.note, of_meeting=first, **fika)
        await recorder.change(TEAM, "lars", meeting.close, of_meeting=first, with_all=True)
        second = await self.opened(recorder)
        with pytest.raises(Invalid, match="request_id_used"):
            await recorder.change(TEAM, "anna", meeting.note, of_meeting=second, **fika)

    async def test_all_in_the_room_note_at_once_and_no_line_is_lost(self, recorder: Recorder) -> None:
        await a_team(recorder)
        met = await self.opened(recorder)
        lines = [f"Rad {number}" for number in range(12)]
        await asyncio.gather(
            *(
                recorder.change(TEAM, who, meeting.note, of_meeting=met, part=NotePart.SITUATION, text=line)
                for who, line in zip(("anna", "lars", "maria") * 4, lines, strict=True)
            )
        )
        state = await self.state(recorder, met)
        assert sorted(line.text for line in state.general) == sorted(lines)

    async def test_two_open_it_at_once_and_there_is_one(self, recorder: Recorder) -> None:
        await a_team(recorder)
        answers = await asyncio.gather(
            *(recorder.change(TEAM, who, meeting.open_meeting, with_all=True) for who in ("anna", "lars")),
            return_exceptions=True,
        )
        assert [answer.key for answer in answers if isinstance(answer, Conflict)] == ["meeting_is_open"]

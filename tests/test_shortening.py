"""The access log is shortened by facts alone: whole months, so many years old, counted; all else is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from factboard.domain import events as e
from factboard.domain import retention
from factboard.domain.access.shortening import kept_until, month_after
from factboard.recorder import Recorder
from factboard.shortening import Shortening
from factboard.storage import access, history
from factboard.storage.access import Filter, Look
from factboard.storage.codec import instant_to_text
from tests.conftest import NOW, TEAM, Clock, a_client, a_team
from tests.whole import check_whole

OLD = datetime(2016, 9, 30, 21, 59, tzinfo=UTC)  # 23:59 in Stockholm, the last minute of a month
FIRST_KEPT = datetime(2016, 10, 31, 23, tzinfo=UTC)  # midnight: ten years later it is the first of this month


def a_look(at: datetime, client: str | None = "c1", team: str | None = TEAM) -> Look:
    return Look(instant_to_text(at), team, "anna", "read", "board", client)


async def log(recorder: Recorder, *looks: Look) -> None:
    async with recorder.store.writing() as connection:
        await access.append(connection, looks)


async def kept(recorder: Recorder, team: str = TEAM) -> list[datetime]:
    async with recorder.store.reading() as connection:
        return [row.at async for row in access.through(connection, team, Filter())]


async def facts(recorder: Recorder) -> list[e.AccessLogShortened]:
    async with recorder.store.reading() as connection:
        rows = await history.of_kind(connection, TEAM, e.AccessLogShortened.kind)
    return [row.fact for row in reversed(rows) if isinstance(row.fact, e.AccessLogShortened)]


async def shorten(recorder: Recorder, years: int = 10) -> int:
    return await Shortening(recorder, recorder.store, years).daily()


async def test_whole_months_go_each_by_a_fact_that_says_how_many_and_which(recorder: Recorder) -> None:
    await a_team(recorder)
    await a_team(recorder, "skogen", "Team Skogen")
    moment = timedelta(microseconds=1)
    times = [OLD - timedelta(days=29), OLD, OLD + timedelta(minutes=1), FIRST_KEPT - moment, FIRST_KEPT, NOW]
    await log(recorder, *map(a_look, times), a_look(OLD, team="skogen"), a_look(OLD, None, None))
    assert await shorten(recorder) == 3, "two months of the one team, one of the other"
    assert await kept(recorder) == [FIRST_KEPT, NOW]
    assert await kept(recorder, "skogen") == []
    september, october = await facts(recorder)
    assert (september.rows, september.first, september.last) == (2, times[0], OLD)
    assert (october.rows, october.first, october.last) == (2, times[2], FIRST_KEPT - moment)
    assert october.before == FIRST_KEPT
    assert await shorten(recorder) == 0
    await check_whole(recorder.store, TEAM)
    async with recorder.store.reading() as connection:
        assert len(await access.read(connection, None)) == 1, "that the log had a gap is nobody's, and stays"


async def test_rows_about_somebody_under_a_legal_hold_stay_until_it_is_lifted(recorder: Recorder) -> None:
    await a_team(recorder)
    held, other = await a_client(recorder), await a_client(recorder, "Prov")
    await recorder.change(TEAM, "lars", retention.place_hold, client=held, reason="Utredning")
    await log(recorder, a_look(OLD, held), a_look(OLD, other), a_look(OLD, None))
    assert await shorten(recorder) == 1
    assert await kept(recorder) == [OLD]
    [fact] = await facts(recorder)
    assert (fact.rows, fact.held_back) == (2, (held,))
    await recorder.change(TEAM, "lars", retention.lift_hold, client=held, reason="Avslutad")
    assert await shorten(recorder) == 1
    assert await kept(recorder) == []


async def test_nothing_goes_before_five_years_whatever_is_asked(recorder: Recorder) -> None:
    await a_team(recorder)
    await log(recorder, a_look(NOW - timedelta(days=4 * 365)))
    assert await shorten(recorder, years=1) == 0
    assert len(await kept(recorder)) == 1


async def test_the_database_lets_no_row_go_without_its_fact(recorder: Recorder) -> None:
    """Neither before one, nor after it, nor what it does not cover, nor by changing a row."""
    await a_team(recorder)
    await log(recorder, a_look(OLD), a_look(NOW))

    async def refused(statement: str) -> None:
        with pytest.raises(DBAPIError, match="append-only"):
            async with recorder.store.writing() as connection:
                await connection.execute(text(statement))

    await refused("DELETE FROM access_log")
    await refused("UPDATE access_log SET actor = 'eva'")
    assert await shorten(recorder) == 1
    await log(recorder, a_look(OLD))  # it came late: the fact that is there does not cover it
    await refused("DELETE FROM access_log WHERE at < '2017'")
    await refused("DELETE FROM access_log")
    assert await kept(recorder) == [OLD, NOW]
    if not recorder.store.sqlite:
        await refused("TRUNCATE access_log")


async def test_a_fact_that_is_rolled_back_lets_nothing_go(recorder: Recorder) -> None:
    await a_team(recorder)
    await log(recorder, a_look(OLD))
    fact = e.AccessLogShortened(FIRST_KEPT, OLD, OLD, 1)

    async def half_done() -> None:
        async with recorder.store.writing() as connection:
            await history.append(connection, TEAM, "factboard", NOW, [e.Entry(fact)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await half_done()
    assert await kept(recorder) == [OLD]
    assert await facts(recorder) == []


def test_a_month_is_the_teams_own() -> None:
    stockholm = e.Settings("Kusten")
    assert kept_until(NOW, 10, stockholm) == FIRST_KEPT
    assert month_after(OLD, stockholm) == datetime(2016, 9, 30, 22, tzinfo=UTC)
    assert month_after(OLD + timedelta(minutes=1), stockholm) == FIRST_KEPT
    assert month_after(datetime(2016, 12, 31, 23, 30, tzinfo=UTC), stockholm) == datetime(2017, 1, 31, 23, tzinfo=UTC)


async def test_a_clock_that_is_moved_on_lets_go_with_the_next_month(recorder: Recorder, clock: Clock) -> None:
    await a_team(recorder)
    await log(recorder, a_look(FIRST_KEPT))
    assert await shorten(recorder) == 0
    clock.forward(days=8)
    assert await shorten(recorder) == 1

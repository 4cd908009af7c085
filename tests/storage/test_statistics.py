"""What the statistics read: the same figures as from the whole history, on both engines, quickly."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import text

from factboard.domain.projection import rebuild
from factboard.domain.statistics import Period, figures
from factboard.storage import projections, rebuilding, statistics
from factboard.storage.engine import Store
from tests.domain.statistics.paper import AUTUMN, NOW, TEAM, WINTER, WORDS, history
from tests.domain.statistics.test_eight_weeks import material


async def test_what_is_read_for_a_period_gives_the_same_figures_as_the_whole_history(store: Store) -> None:
    async with store.writing() as connection:
        await rebuilding.rewrite(connection, TEAM, rebuild(TEAM, history()))
    async with store.reading() as connection:
        team = await projections.team(connection, TEAM)
        assert team is not None
        for period in (AUTUMN, WINTER, Period(AUTUMN.first, WINTER.end)):
            read = figures(await statistics.material(connection, team, period, NOW, WORDS))
            whole = figures(material(period))
            for key, figure in whole.items():
                assert replace(read[key], behind=()) == replace(figure, behind=()), key
                assert {*read[key].behind} == {*figure.behind}, key


async def test_what_goes_on_is_found_without_reading_what_has_ended(sqlite_store: Store) -> None:
    """A team's thousands of meetings are not read when the next one is opened."""
    async with sqlite_store.reading() as connection:
        plan = "EXPLAIN QUERY PLAN SELECT state FROM episode WHERE team = 't' AND client = '' AND ended IS NULL"
        steps = [row[3] for row in await connection.execute(text(plan))]
    assert steps == ["SEARCH episode USING INDEX ix_episode_client (team=? AND client=? AND ended=?)"]

"""The access log is not kept for ever: what is older than the setting says goes, month by month, each by a fact.

Where the fact is written the database takes the rows away itself, in the same statement (`storage/triggers`).
"""

from __future__ import annotations

from time import monotonic

import structlog

from factboard.domain.access import shortening as rule
from factboard.domain.people import SYSTEM
from factboard.domain.state import Team
from factboard.recorder import Recorder
from factboard.storage import access, projections
from factboard.storage.engine import Store

EVERY = 3600.0  # seconds between two looks

log = structlog.get_logger()


class Shortening:
    """Looks, team by team, for months that are over for so many `years`."""

    def __init__(self, recorder: Recorder, store: Store, years: int) -> None:
        self.recorder, self.store, self.years = recorder, store, years
        self.failed = ""  # why it could not be done, by the error's kind
        self._looked = float("-inf")

    async def daily(self) -> int:
        """Let go of what may go by now; of how many months. What fails is tried again with the next look."""
        if monotonic() - self._looked < EVERY:
            return 0
        self._looked, self.failed, done = monotonic(), "", 0
        async with self.store.reading() as connection:
            teams = await projections.teams(connection)
        for team in teams:
            try:
                while await self._a_month(team):
                    done += 1
            except Exception as error:
                self.failed = type(error).__name__
                log.error("access log not shortened", team=team.id, error=self.failed)
        return done

    async def _a_month(self, team: Team) -> bool:
        """The oldest month of the team's log, if it may go. Its rows are counted where they go, in one transaction."""
        until = rule.kept_until(self.recorder.clock(), self.years, team.settings)
        async with self.store.reading() as connection:
            everyone = [one async for one in projections.everyone(connection, team.id) if one.legal_hold]
            held = {record for one in everyone for record in one.records}
            oldest = await access.older(connection, team.id, until, held)
        if oldest is None:
            return False
        before = min(until, rule.month_after(oldest.first, team.settings))
        async with self.recorder.together(team.id, SYSTEM) as desk:
            found = await access.older(desk.connection, team.id, before, held)
            if found is None:
                return False  # another process was quicker
            receipt = await desk.decide(
                rule.shorten,
                years=self.years,
                before=before,
                first=found.first,
                last=found.last,
                rows=found.rows,
                held_back=held,
            )
        return bool(receipt.kinds)

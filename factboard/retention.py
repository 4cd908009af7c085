"""What a team does not keep for ever is taken away when it is due: through the recorder, a team's in one transaction.

It makes the team's read tables anew, which takes some seconds for a team of many years, and nobody can write meanwhile:
so it is done when nobody is at work.
"""

from __future__ import annotations

from datetime import timedelta
from time import monotonic

import structlog

from factboard.domain import calendar
from factboard.domain import retention as rule
from factboard.domain.people import SYSTEM
from factboard.recorder import Recorder
from factboard.storage import projections, retention
from factboard.storage.engine import Store

EVERY = 600.0  # seconds between two looks
YEAR = timedelta(days=365)  # no year is shorter

log = structlog.get_logger()


class Retention:
    """Looks for what is due, and takes it away."""

    def __init__(self, recorder: Recorder, store: Store) -> None:
        self.recorder, self.store = recorder, store
        self.failed = ""  # why something could not be taken away, by the error's kind
        self._looked = float("-inf")

    async def daily(self) -> int:
        """Take away what is due by now; of how many clients. What fails is tried again with the next look."""
        if monotonic() - self._looked < EVERY:
            return 0
        self._looked, self.failed, done = monotonic(), "", 0
        for team, clients in await self._due():
            try:
                async with self.recorder.together(team, SYSTEM) as desk:
                    receipts = [await desk.decide(rule.redact, client=client, seen=0) for client in clients]
                done += sum(bool(receipt.kinds) for receipt in receipts)
            except Exception as error:
                self.failed = type(error).__name__
                log.error("not redacted", team=team, error=self.failed)
        return done

    async def _due(self) -> list[tuple[str, list[str]]]:
        """Whose content is due, team by team."""
        now, found = self.recorder.clock(), []
        async with self.store.reading() as connection:
            for team, years in await retention.rules(connection):
                here = await projections.team(connection, team)
                if here is None or calendar.is_working_hour(now, here.settings):
                    continue
                left = await retention.ended(connection, team, now - years * YEAR)
                due = ((one, rule.redaction_due(here, one)) for one in left)
                found.append((team, [one.id for one, at in due if at and at <= now]))
        return [(team, clients) for team, clients in found if clients]

"""What falls due while the demo's days are played: asked of the same rules as the scheduler asks, at its own instant.

The scheduler reads stored instants; here they are kept in a heap, and looked at again where a state has changed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from factboard.demo.clock import Hands
from factboard.domain import due, stepdown
from factboard.domain.people import SYSTEM
from factboard.domain.state import Meeting, Team
from factboard.domain.stepdown import Dues
from factboard.recorder import Desk, Receipt
from factboard.storage import projections

RETURNS = "returns"  # the clock for which the rule looks at all the board
NOTHING = Dues()


class Falling:
    """The dues of one team, while its days are played. `met` are the meetings that were opened meanwhile."""

    def __init__(self, desk: Desk, hands: Hands) -> None:
        self.desk, self.hands = desk, hands
        self.met: list[Meeting] = []
        self._dues: dict[str, Dues] = {}
        self._heap: list[tuple[datetime, str, str]] = []
        self._team: Team | None = None  # as it was when `_next` was asked of it
        self._next: datetime | None = None

    async def watch(self, clients: Iterable[str]) -> None:
        """Begin with these."""
        for client in clients:
            await self._look(client)

    async def reach(self, to: datetime) -> None:
        """Go on to this instant (UTC), and write down what falls due on the way."""
        while await self._fall(max(to, self.hands.now)):
            pass
        self.hands.now = max(to, self.hands.now)

    async def _fall(self, until: datetime) -> bool:
        """Do the one thing that has been due for longest, if anything is by then."""
        for client in self.desk.moved():
            await self._look(client)
        team = await self.desk.state()
        if team is not self._team:
            self._team, self._next = team, due.next_due(team)
        first = self._first()
        if self._next and self._next <= until and (first is None or self._next <= first[0]):
            await self._of_team(team, self._next)
        elif first and first[0] <= until:
            await self._of_client(*first)
        else:
            return False
        return True

    async def _look(self, client: str) -> None:
        known = await self.desk.client(client)
        dues = stepdown.dues(await self.desk.state(), known) if known else NOTHING
        if dues != self._dues.get(client, NOTHING):
            for clock, at in stepdown.all_of(dues):
                heapq.heappush(self._heap, (at, client, clock))
            self._dues[client] = dues

    def _first(self) -> tuple[datetime, str, str] | None:
        """The first that is still so; what a later fact has moved is forgotten here."""
        while self._heap:
            at, client, clock = self._heap[0]
            if getattr(self._dues[client], clock) == at:
                return self._heap[0]
            heapq.heappop(self._heap)
        return None

    async def _of_client(self, at: datetime, client: str, clock: str) -> None:
        heapq.heappop(self._heap)
        self.hands.now = max(at, self.hands.now)
        receipt = await self.desk.decide(
            stepdown.fall_due, client=client, actor=SYSTEM, with_all=clock == RETURNS, clock=clock
        )
        if not receipt.kinds:  # not so after all: asked again when something changes
            self._dues[client] = replace(self._dues[client], **{clock: None})

    async def _of_team(self, team: Team, at: datetime) -> None:
        self.hands.now = max(at, self.hands.now)
        waiting = due.due(team, self.hands.now, team.began or self.hands.now, sheets=False)
        receipt = await self._do(waiting[0]) if waiting else None
        if receipt is None or not receipt.kinds:
            self._next = None

    async def _do(self, one: due.Due) -> Receipt | None:
        match one:
            case due.LeftOpen(meeting=id):
                return await self.desk.decide(due.close_left_open, actor=SYSTEM, of_meeting=id, with_all=True)
            case due.Unheld(planned=planned):
                of = await self._opened_for(planned)
                return await self.desk.decide(due.not_held, actor=SYSTEM, of_meeting=of, planned=planned)
        return None

    async def _opened_for(self, planned: datetime) -> str | None:
        before = await projections.meetings(self.desk.connection, self.desk.team, limit=1)
        return next((one.id for one in (*self.met, *before) if one.planned == planned), None)

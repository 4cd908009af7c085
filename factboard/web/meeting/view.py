"""The frame that every screen in the meeting shares: who leads, who is up, the agenda, the lines. Who may see less or
more of somebody than the team's own employer's staff has a frame of their own.

Nothing in it belongs to one reader: the chair's controls stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar, consent
from factboard.domain.consent import Eyes, lens_of
from factboard.domain.events import Part
from factboard.domain.events.contents import Kind
from factboard.domain.meeting.picture import picture
from factboard.domain.people import alias
from factboard.domain.state import Client, Meeting, Team
from factboard.live.frame import Frame
from factboard.storage import history, projections
from factboard.storage.engine import Store
from factboard.web.labels import labels_of
from factboard.web.pages import render


class MeetingView:
    """Renders a team's open meeting; between meetings, that there is none."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._present: dict[str, dict[str, Client]] = {}  # of each team: who was on the board at the last look

    async def frame(self, team: str, language: str, audience: str = "") -> Frame:
        """The meeting of a team as it is now, as this audience may see it. LookupError for a team that is not there."""
        async with self._store.reading() as connection:
            seq = (await history.heads(connection, [team])).get(team, 0)
            state = await projections.team(connection, team)
            if state is None:
                raise LookupError(team)
            meeting = await projections.meeting(connection, team, state.meeting) if state.meeting else None
            if meeting is None:
                return await self._between(connection, state, language, seq)
            now = self._clock()
            eyes = Eyes.of_the_lens(state, lens_of(audience)[1], calendar.local_day(now, state.settings))
            there = await self._clients(connection, state, meeting)
            clients = eyes.only(there, Part.BOARD)
            without_plan = {client.id for client in there if Kind.CRISIS_PLAN not in eyes.parts(client)}
            labels = await labels_of(connection, team, clients)
        hidden = {client.id: alias(client.id) for client in there} if len(clients) < len(there) else {}
        hidden = {id: code for id, code in hidden.items() if id not in labels}
        shown = picture(state, meeting, clients, labels, now)
        html = render(
            "meeting/view.html",
            language,
            team=state,
            meeting=meeting,
            shown=shown,
            labels=labels,
            now=now,
            last=None,
            hidden=hidden,
            without_plan=without_plan,
            general=not any(consent.of_others(one.employer, state) for one in eyes.readers),
        )
        return Frame(html, seq, shown.valid_until, frozenset(shown.clients))

    async def _between(self, connection: AsyncConnection, team: Team, language: str, seq: int) -> Frame:
        last = next(iter(await projections.meetings(connection, team.id, limit=1)), None)
        now = self._clock()
        html = render("meeting/view.html", language, team=team, meeting=None, last=last, now=now)
        return Frame(html, seq, calendar.next_midnight(now, team.settings), frozenset())

    async def _clients(self, connection: AsyncConnection, team: Team, meeting: Meeting) -> list[Client]:
        """On the board or the agenda; in the round after it, everybody in the team's care."""
        present = await projections.on_board(connection, team.id, self._present.get(team.id, {}))
        known = {client.id: client for client in present}
        self._present[team.id] = dict(known)
        gone = {item.client for item in meeting.agenda} - known.keys()
        left = await projections.clients(connection, team.id, gone) if gone else []
        off = await projections.caseload(connection, team.id) if meeting.focus is None else []
        return [*{client.id: client for client in (*off, *left, *present)}.values()]

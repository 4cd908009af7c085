"""What a wall screen shows, for the hub and for the page's first sight of it: one frame for all screens set alike.

An audience is a screen, which is set as its team says now, or a setting in two words ("short.board"). A revoked
screen's frame is blank, before its stream has ended.

Whoever passes by reads a wall: it shows what somebody of any employer in the team may see, and of all others on the
board a code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar, signs
from factboard.domain.consent import Eyes
from factboard.domain.events import Naming, OutsideMeeting, Part
from factboard.domain.people import alias
from factboard.domain.state import Client, Meeting, Team
from factboard.domain.wall import Mode, Wall, blank, wall
from factboard.domain.wall import mode as mode_of
from factboard.live.frame import Frame
from factboard.storage import history, projections
from factboard.storage.engine import Store
from factboard.web.pages import render

SCREEN = "screen."


class WallView:
    """Renders a team's wall."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._present: dict[str, dict[str, Client]] = {}  # of each team: whom the wall knew at the last look

    async def frame(self, team: str, language: str, audience: str = "short.board") -> Frame:
        """The wall of a team as it is now, as this audience sees it. LookupError for a team that is not there."""
        async with self._store.reading() as connection:
            seq = (await history.heads(connection, [team])).get(team, 0)
            state = await projections.team(connection, team)
            if state is None:
                raise LookupError(team)
            naming, outside = setting(state, audience)
            now = self._clock()
            shown = blank(state, now)
            if outside is not None and mode_of(state, now, outside) is not Mode.BLANK:
                shown = await self._filled(connection, state, now, naming, outside)
        html = render("wall/view.html", language, team=state, wall=shown, now=now)
        return Frame(html, seq, shown.valid_until, shown.clients)

    async def _filled(
        self, connection: AsyncConnection, team: Team, now: datetime, naming: Naming, outside: OutsideMeeting
    ) -> Wall:
        known = self._present.get(team.id, {})
        present = await projections.on_wall(connection, team.id, now - signs.RECENT, known)
        self._present[team.id] = {client.id: client for client in present}
        eyes = Eyes.of_everybody(team, calendar.local_day(now, team.settings))
        clients, hidden = eyes.only(present, Part.BOARD), eyes.hidden_on_board(present)
        meeting = await projections.meeting(connection, team.id, team.meeting) if team.meeting else None
        asked = await _asked(connection, team.id, meeting, self._present[team.id])
        return wall(
            team,
            clients,
            now,
            naming=naming,
            outside=outside,
            meeting=meeting,
            caseload=eyes.only(asked, Part.BOARD),
            hidden=[alias(client.id) for client in hidden],
        )


async def _asked(
    connection: AsyncConnection, team: str, meeting: Meeting | None, known: dict[str, Client]
) -> list[Client]:
    """Whom the meeting asks for beside those the wall knows: a client in focus who has left the board, or everybody."""
    if meeting is None or meeting.focus in known:
        return []
    if meeting.focus:
        return await projections.clients(connection, team, [meeting.focus])
    return await projections.caseload(connection, team)


def setting(team: Team, audience: str) -> tuple[Naming, OutsideMeeting | None]:
    """How a screen names clients and what it shows outside the meeting; None: nothing at any hour."""
    if audience.startswith(SCREEN):
        screen = team.screens.get(audience.removeprefix(SCREEN))
        if screen is None or screen.revoked:
            return Naming.INITIALS, None
        return screen.naming, screen.outside
    naming, _, outside = audience.partition(".")
    return Naming(naming), OutsideMeeting(outside)

"""What a person's day shows, for the hub and for the page's first sight of it.

An audience is a person, whose screens share a frame, or all others who look at that person's day: they see no notices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import calendar, today
from factboard.domain.chain import Row
from factboard.domain.consent import Eyes, lens_of
from factboard.domain.events import ContactKind, Part, Rating
from factboard.domain.state import Client
from factboard.live.frame import Frame
from factboard.storage import history, projections
from factboard.storage.caseload import Caseload
from factboard.storage.codec import instant_from_text, recorded
from factboard.storage.engine import Store
from factboard.web.anchoring import in_words
from factboard.web.labels import labels_of
from factboard.web.pages import render
from factboard.web.sentences import Teller
from factboard.web.sight import noticed

RATINGS = [one for one in Rating if one is not Rating.NOT_ASSESSED]
KINDS = (ContactKind.HOME, ContactKind.PHONE, ContactKind.TRIED)  # of a contact, by one touch
NEWEST = 2  # notices in words


@dataclass(frozen=True, slots=True)
class News:
    """A person's unread notices: how many, the newest rows of the history that they are about, and whom those name."""

    unread: int
    rows: tuple[Row, ...] = ()
    clients: tuple[Client, ...] = ()


class TodayView:
    """Renders a person's day for the hub, and for the page's first sight of it."""

    def __init__(self, store: Store, clock: Callable[[], datetime], caseload: Caseload) -> None:
        self._store, self._clock, self._caseload = store, clock, caseload

    async def frame(self, team: str, language: str, audience: str) -> Frame:
        """The day as this audience sees it. LookupError for nobody of this team."""
        asked, lens = lens_of(audience)
        user, own = today.of_audience(asked)
        async with self._store.reading() as connection:
            seq = (await history.heads(connection, [team])).get(team, 0)
            state = await projections.team(connection, team)
            person = state.members.get(user) if state else None
            if state is None or person is None:
                raise LookupError(audience)
            now = self._clock()
            eyes = Eyes.of_the_lens(state, lens, calendar.local_day(now, state.settings))
            clients = eyes.only(await self._caseload.of(connection, team), Part.BOARD)
            shown = today.today(state, clients, person, now)
            news = await _news(connection, team, user, eyes) if own else News(0)
            named = {client.id: client for client in (*shown.clients, *news.clients)}
            labels = await labels_of(connection, team, [*named.values()])
            teller = Teller(language, state, labels)
            planned = await in_words(connection, team, [one.of for one in shown.asked], teller)
        context = {
            "today": shown,
            "labels": labels,
            "planned": planned,
            "ratings": RATINGS,
            "kinds": KINDS,
            "now": now,
            "own": own,
            "unread": news.unread,
            "news": [(instant_from_text(row.at), _said(teller, row)) for row in news.rows],
        }
        html = render("today/view.html", language, team=state, **context)
        return Frame(html, seq, shown.valid_until, frozenset(named))


async def _news(connection: AsyncConnection, team: str, user: str, eyes: Eyes) -> News:
    unread = await projections.unread(connection, team, user)
    newest = unread[:NEWEST]
    rows = [await history.row(connection, team, notice.seq) for notice in newest]
    known = await projections.clients(connection, team, {notice.client for notice in newest})
    clients = eyes.only(known, Part.BOARD)
    parts = {client.id: eyes.parts(client) for client in clients}
    told = tuple(row for row in rows if row and row.client in parts and noticed(row, parts[row.client]))
    return News(len(unread), told, tuple(clients))


def _said(teller: Teller, row: Row) -> str:
    return teller.tell_row(row) if row.payload is None else teller.notice(recorded(row))[0]

"""Facts as the lines of a file: read page by page, told in the reader's language, each with what sorts it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain.chain import Row
from factboard.domain.consent import Eyes
from factboard.domain.people import SYSTEM, Label
from factboard.domain.state import Team
from factboard.storage import accounts, projections
from factboard.storage.codec import instant_from_text
from factboard.storage.engine import Store
from factboard.web.labels import labels_of
from factboard.web.language import N_, catalogue
from factboard.web.sentences import Teller, clients_in
from factboard.web.words import initial, words_for

COLUMNS = (  # what stands over each column, in the order of `Line`; `%(client)s` is the team's word
    N_("No."),
    N_("Day"),
    N_("Time"),
    N_("What happened"),
    "%(client)s",
    N_("Who"),
    N_("By itself"),
    N_("Kind"),
    N_("Id"),
    N_("Time on the board"),
    N_("UTC"),
    N_("Hash"),
)

Page = Callable[[AsyncConnection, int], Awaitable[list[Row]]]
"""The next rows after a fact's number, in order; none: that was all."""


@dataclass(frozen=True, slots=True)
class Line:
    """A fact in a file for people. `day` and `time` are the team's own, `utc` as it is stored; `client` is how they are
    told from others, `id` and `placement` what they and their time on the board are in every file.
    """

    seq: int
    day: str
    time: str
    sentence: str
    client: str
    who: str
    by_itself: str
    kind: str
    id: str
    placement: str
    utc: str
    hash: str

    def cells(self) -> tuple[int | str, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)


async def pages(store: Store, page: Page) -> AsyncIterator[list[Row]]:
    """All of it, a connection a page: a slow reader must not keep one, nor hold back the database's own tidying."""
    seq = 0
    while True:
        async with store.reading() as connection:
            rows = await page(connection, seq)
        if not rows:
            return
        yield rows
        seq = rows[-1].seq


class Lines:
    """Tells facts to one reader; whom it has named once is not asked for again. `masked`: clients by their codes.
    `eyes`: who of them the reader may know; None: everybody.
    """

    def __init__(self, store: Store, team: Team, language: str, *, masked: bool, eyes: Eyes | None = None) -> None:
        self._eyes = eyes
        self._store, self.team, self.language, self.masked = store, team, language, masked
        self._labels: dict[str, Label] = {}
        self._names: dict[str, str] = {}
        self._known: set[str] = set(team.members)
        self._zone = ZoneInfo(team.settings.time_zone)
        self._yes_no = {True: catalogue(language).gettext("yes"), False: catalogue(language).gettext("no")}

    def header(self) -> list[str]:
        """What stands over the columns, in the reader's language."""
        words, gettext = words_for(self.team.settings, self.language), catalogue(self.language).gettext
        return [initial(gettext(column) % {"client": words.client.one}) for column in COLUMNS]

    async def teller(self, rows: list[Row]) -> Teller:
        """Who can tell these rows."""
        about = set() if self.masked else clients_in(rows) - self._labels.keys()
        strangers = {row.actor for row in rows} - self._known
        if about or strangers:
            async with self._store.reading() as connection:
                known = await projections.clients(connection, self.team.id, about)
                clients = self._eyes.of(known) if self._eyes else known
                self._labels |= await labels_of(connection, self.team.id, clients)
                self._names |= await accounts.names(connection, strangers)
            self._known |= strangers
        return Teller(self.language, self.team, self._labels, self._names)

    def line(self, teller: Teller, row: Row) -> Line:
        at = instant_from_text(row.at).astimezone(self._zone)
        return Line(
            row.seq,
            at.date().isoformat(),
            _clock(at),
            teller.tell_row(row),
            teller.client(row.client),
            teller.person(row.actor),
            self._yes_no[row.actor == SYSTEM],
            row.kind,
            row.client or "",
            row.placement or "",
            row.at,
            row.hash,
        )


def _clock(at: datetime) -> str:
    return at.time().isoformat(timespec="seconds")

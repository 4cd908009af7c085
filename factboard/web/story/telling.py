"""A client's facts, and how they are told to this reader: each sentence made once, said in picture and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from factboard.domain import calendar
from factboard.domain.chain import Row
from factboard.domain.course import Course
from factboard.domain.events import NoticeRead, Recorded, Settings, Undone
from factboard.domain.state import Client
from factboard.storage import accounts, history
from factboard.storage.codec import instant_from_text, readable
from factboard.web.labels import as_one, labels_for
from factboard.web.sentences import Teller
from factboard.web.sight import rows_seen, still_seen
from factboard.web.story.picture import Picture, draw
from factboard.web.story.saying import Drawn
from factboard.web.words import words_for

WIDTHS = {"wide": 1120.0, "narrow": 348.0}  # a desk's screen or A4 across; a phone


@dataclass(frozen=True, slots=True)
class Said:
    """One fact in words; `undone`: it counts no longer. `at` is UTC."""

    seq: int
    at: datetime
    sentence: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """All rows about a client, those that can still be read as `facts`, and who tells them to this reader."""

    client: Client
    rows: Sequence[Row]
    facts: Sequence[Recorded]
    teller: Teller
    _told: dict[int, str] = field(default_factory=dict)

    def tell(self, fact: Recorded) -> str:
        """Its sentence."""
        if fact.seq not in self._told:
            self._told[fact.seq] = self.teller.tell(fact)
        return self._told[fact.seq]

    def in_words(self, rows: Sequence[Row], settings: Settings) -> list[tuple[date, list[Said]]]:
        """These rows by the team's days."""
        facts = {fact.seq: fact for fact in self.facts}
        undone = {fact.fact.seq for fact in self.facts if isinstance(fact.fact, Undone)}
        said = []
        for row in rows:
            told = self.tell(facts[row.seq]) if row.seq in facts else self.teller.tell_row(row)
            said.append(Said(row.seq, instant_from_text(row.at), told, row.seq in undone))
        return [(day, list(of_day)) for day, of_day in groupby(said, lambda one: calendar.local_day(one.at, settings))]

    def pictures(
        self, request: Request, known: Course, since: datetime, until: datetime, *, closely: bool
    ) -> list[tuple[str, Picture]]:
        """The same picture for each width: the page shows the one for which there is room."""
        team = request.state.who.here
        first, last = (calendar.local_day(at, team.settings) for at in (since, until))
        words = words_for(team.settings, request.state.language)
        drawn = Drawn(self.tell, team, words, request.app.state.clock())
        given = drawn.given(known, first, last, closely=closely)
        return [(name, draw(given, width, closely=closely)) for name, width in WIDTHS.items()]


async def story_of(connection: AsyncConnection, request: Request, client: Client) -> Story:
    who = request.state.who
    known = rows_seen(await history.about(connection, who.team, *client.records), await still_seen(request, client.id))
    rows = [row for row in known if row.kind != NoticeRead.kind]
    strangers = {row.actor for row in rows} - who.here.members.keys()
    labels = await labels_for(who, connection, [client])
    teller = Teller(
        request.state.language,
        who.here,
        as_one(client, labels[client.id]) if labels else {},
        await accounts.names(connection, strangers),
    )
    return Story(client, rows, readable(rows), teller)

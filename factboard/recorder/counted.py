"""What the statistics count, kept while facts are written in one transaction: episodes and contacts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard.domain import events as e
from factboard.domain.projection import Outcome
from factboard.domain.statistics.course import TOUCHES, Course
from factboard.domain.statistics.episodes import Contact, Episode
from factboard.storage import episodes


class Counted:
    """The courses that this transaction's facts are part of: read when one is, written by `save`."""

    def __init__(self, connection: AsyncConnection, team: str) -> None:
        self.connection, self.team = connection, team
        self._courses: dict[str, Course] = {}  # by client; the team's own under ""
        self._contacts: dict[int, Contact | None] = {}  # by the fact's number; None: it was undone
        self._theirs: list[tuple[str, Sequence[str]]] = []  # whose contacts are whose from here on

    async def look(self, row: e.Recorded, *, unheard: bool) -> None:
        """Read what goes on for whom the fact is about; of an `unheard` client there is nothing to read."""
        about = row.client or ""
        if isinstance(row.fact, TOUCHES) and about not in self._courses:
            known = [] if unheard else await episodes.going_on(self.connection, self.team, about)
            self._courses[about] = Course(known)

    def going_on(self, row: e.Recorded) -> Sequence[Episode]:
        course = self._courses.get(row.client or "")
        return course.going_on if course else ()

    def add(self, row: e.Recorded, outcome: Outcome) -> None:
        """What the fact did."""
        if outcome.episodes or outcome.anew:
            course = self._courses.setdefault(row.client or "", Course())
            course.becomes(outcome.episodes, anew=outcome.anew)
        if isinstance(row.fact, e.Merged) and row.fact.other in self._courses:
            self._courses[row.fact.other].gives_away()
        if outcome.theirs:
            self._theirs.append((row.client or "", outcome.theirs))
        if outcome.contact:
            self._contacts[row.seq] = outcome.contact
        if outcome.withdrawn:
            self._contacts[outcome.withdrawn] = None

    async def save(self) -> None:
        gone = [client for client, course in self._courses.items() if course.anew]
        changed = [one for course in self._courses.values() for one in course.changed.values()]
        await episodes.save(self.connection, self.team, changed, anew=gone)
        await episodes.save_contacts(self.connection, self.team, self._contacts)
        for client, records in self._theirs:
            await episodes.give_contacts(self.connection, self.team, client, records)

"""One team's history inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from factboard import __version__
from factboard.domain import crisis_plan, stepdown, telling
from factboard.domain import events as e
from factboard.domain.case import Case
from factboard.domain.mandate import with_mandate
from factboard.domain.people import SYSTEM
from factboard.domain.projection import Outcome, meeting_of, project, records
from factboard.domain.refusal import Conflict, Unknown
from factboard.domain.state import Client, Team
from factboard.recorder.counted import Counted
from factboard.recorder.states import States
from factboard.storage import documents, drafts, history, projections, pushes, rebuilding

Rule = Callable[..., list[e.Entry]]
Clock = Callable[[], datetime]

MOVES_DUES = ("settings", "categories", "members", "absences", "paused")  # of a team: what its clients' clocks go by


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written: `seq` is the first new fact's number (the client's newest, where nothing changed).

    `at` is UTC. `screens` is to how many connected screens it was sent, not how many people saw it.
    """

    team: str
    seq: int
    at: datetime
    client: str | None = None
    placement: str | None = None
    kinds: tuple[str, ...] = ()
    screens: int = 0
    repeated: bool = False
    request_id: str | None = None


class Desk(States):
    """One team's history inside one transaction: decides, writes, and keeps the states until `save`."""

    def __init__(
        self, connection: AsyncConnection, team: str, actor: str, clock: Clock, ids: Callable[[], str]
    ) -> None:
        super().__init__(connection, team)
        self.actor, self.clock, self.ids = actor, clock, ids
        self.written = self.last = self.screens = self.to_push = 0
        self._end: history.End | None = None
        self._counted = Counted(connection, team)
        self._dirty: set[str] = set()
        self._moved: set[str] = set()
        self._held: set[str] = set()  # the meetings to save
        self._keyframes: list[Client | Team] = []
        self._outcomes: list[tuple[int, Outcome]] = []
        self._team_dirty = self._dues_moved = False
        self._redacted: set[str] = set()
        self._merged: dict[str, str] = {}  # which record goes on in which

    def moved(self) -> set[str]:
        """The clients whose clocks may have moved since this was last asked."""
        moved, self._moved = self._moved, set()
        return moved

    async def begin(self, name: str) -> None:
        """The first fact of a new team."""
        self._apply(await history.begin(self.connection, self.team, self.actor, self.clock(), name), ())

    async def decide(
        self,
        rule: Rule,
        *,
        client: str | None = None,
        seen: int | None = None,
        actor: str = "",
        of_meeting: str | None = None,
        of_document: str | None = None,
        with_all: bool = False,
        made: datetime | None = None,
        anyway: bool = False,
        beside: str | None = None,
        mandate: bool | None = None,
        **what: object,
    ) -> Receipt:
        """One question to the rules, and its facts written. `actor` stands in for the desk's own.

        Of a client whose record was merged into another, that one is asked about. `beside` is another client that the
        rule looks at, `of_meeting` the meeting asked about, `of_document` the document of the client's; `with_all`,
        that the rule looks at everybody on the board; `mandate`: see `domain.mandate`.
        """
        known = await self.person(client) if client else None
        if client and known is None:
            raise Unknown("unknown_client", "client")
        other = await self.client(beside) if beside else None
        theirs = await documents.of_client(self.connection, self.team, beside) if beside else ()
        since: tuple[e.Recorded, ...] = ()
        if known and seen is not None and known.seq > seen:
            since = tuple(await self._story(*known.records, after=seen))
        elif known and seen is None and made:
            since = tuple(row for row in await self._story(*known.records) if row.at > made)
        now = self.clock()
        who = actor or self.actor
        meeting = await self.meeting(of_meeting) if of_meeting else None
        document = await self.document(known.id, of_document) if known and of_document else None
        others = await self.everyone(meeting) if with_all else ()
        team = await self.state()
        case = Case(
            team, known, who, now, self.ids, since, meeting, others, __version__, made, anyway, document,
            other, tuple(theirs),
        )  # fmt: skip
        try:
            entries = with_mandate(case, rule(case, **what), mandate)
        except Conflict as conflict:
            conflict.meanwhile = since
            raise
        if not entries:
            return Receipt(self.team, known.seq if known else case.team.seq, now, known.id if known else None)
        rows = await self._write(who, now, entries)
        brought = await self._follow(rows, now)
        first = rows[0]
        kinds = tuple(row.fact.kind for row in (*rows, *brought))
        return Receipt(self.team, first.seq, now, first.client, first.placement, kinds)

    async def _write(self, who: str, now: datetime, entries: list[e.Entry]) -> list[e.Recorded]:
        """The facts at the end of the chain, and what they change."""
        if self._end is None:
            self._end = await history.end(self.connection, self.team)
        rows = self._end.link(who, now, entries)
        for row in rows:
            if row.client:
                await self.client(row.client)
            if isinstance(row.fact, e.Merged):
                await self.client(row.fact.other)
                self._merged[row.fact.other] = row.client or ""
            if held := meeting_of(row.fact):
                await self.meeting(held)
            await self._counted.look(row, unheard=bool(row.client) and self._clients.get(row.client or "") is None)
            if isinstance(row.fact, e.Redacted):
                self._redacted.add(row.client or "")
            story = await self._whole(row) if row.client and isinstance(row.fact, e.Undone | e.Merged) else ()
            await self._notices(row, self._apply(row, story))
        return rows

    async def _follow(self, rows: list[e.Recorded], now: datetime) -> list[e.Recorded]:
        """What the facts bring with them in the same transaction: an announcement that no longer holds is called off,
        a flag without a crisis plan makes the task to write one.

        A change of the team's policies, calendar or people can touch every client's.
        """
        touched = {row.client: self._clients.get(row.client) for row in rows if row.client}
        if self._dues_moved:
            everyone = await self.everyone()
            self._dirty |= {one.id for one in everyone}
            self._moved |= {one.id for one in everyone}
            touched |= {one.id: one for one in everyone}
            self._dues_moved = False
        here, clients = await self.state(), [*filter(None, touched.values())]
        entries = stepdown.follows(here, clients, now, __version__, rows)
        entries += crisis_plan.follows(here, clients, rows, now, self.ids)
        return await self._write(SYSTEM, now, entries) if entries else []

    async def hash_of(self, seq: int) -> str:
        """By what a fact that stands in the chain by now is proved."""
        if self._end:
            await self._end.write(self.connection)
        row = await history.row(self.connection, self.team, seq)
        assert row
        return row.hash

    async def save(self) -> None:
        """Write the facts, and the states that they have made."""
        if self._end:
            await self._end.write(self.connection)
        await projections.add_marks(self.connection, self.team, self._outcomes)
        if self._team_dirty and self._team:
            await projections.save_team(self.connection, self._team)
        for meeting in filter(None, map(self._meetings.get, self._held)):
            await projections.save_meeting(self.connection, self.team, meeting)
        states = {id: self._clients[id] for id in self._dirty}
        await projections.forget_clients(self.connection, self.team, [id for id, s in states.items() if s is None])
        if self._dirty:
            await projections.save_clients(self.connection, await self.state(), [s for s in states.values() if s])
        await documents.save(self.connection, self.team, [outcome for _, outcome in self._outcomes])
        await projections.add_keyframes(self.connection, self.team, self._keyframes)
        await self._counted.save()
        for record, into in self._merged.items():
            await drafts.give(self.connection, self.team, record, into)
        await drafts.forget_of(self.connection, self.team, self._redacted)
        if self._redacted:  # seldom, and it is all through the read tables: meetings, notices, what is counted
            await rebuilding.rewrite(self.connection, self.team, await rebuilding.rebuilt(self.connection, self.team))
            await projections.settle_words(self.connection)

    async def _story(self, *clients: str, after: int = 0) -> list[e.Recorded]:
        if self._end:
            await self._end.write(self.connection)
        return await history.story(self.connection, self.team, *clients, after=after)

    async def _whole(self, row: e.Recorded) -> list[e.Recorded]:
        """All facts up to this one about its client, in whichever record of theirs."""
        return [one for one in await self._story(*records(row, self._clients.get)) if one.seq <= row.seq]

    def _apply(self, row: e.Recorded, story: Sequence[e.Recorded]) -> Outcome:
        before = self._clients.get(row.client) if row.client else None
        held = self._meetings.get(meeting_of(row.fact) or "")
        outcome = project(self.team, row, self._team, before, lambda: story, held, self._counted.going_on(row))
        self._counted.add(row, outcome)
        self._outcomes.append((row.seq, outcome))
        if outcome.keyframe:
            self._keyframes.append(outcome.keyframe)
        if outcome.document:
            self._documents[outcome.document.client, outcome.document.ref] = outcome.document
        if outcome.taken_away:
            self._documents[row.client or "", outcome.taken_away] = None
        if outcome.meeting:
            self._meetings[outcome.meeting.id] = outcome.meeting
            self._held.add(outcome.meeting.id)
        if row.client:
            self._clients[row.client] = outcome.client
            self._dirty.add(row.client)
            self._moved.add(row.client)
        else:
            self._team_dirty = self._team_dirty or outcome.team != self._team
            self._dues_moved = self._dues_moved or _moves_dues(self._team, outcome.team)
            self._team = outcome.team
        self.written += 1
        self.last = row.seq
        return outcome

    async def _notices(self, row: e.Recorded, outcome: Outcome) -> None:
        """Who is told, in the app and, at once, on their phone: in real time, whatever the rules' clock says."""
        await projections.add_notices(self.connection, self.team, outcome.told)
        if outcome.read:
            await projections.mark_read(self.connection, self.team, outcome.read)
        if outcome.withdrawn:
            await projections.withdraw_notices(self.connection, self.team, outcome.withdrawn)
            await pushes.withdraw(self.connection, self.team, outcome.withdrawn)
        what = telling.news(row.fact)
        users = telling.told(outcome.team, outcome.client, row) if outcome.team and outcome.client and what else []
        if what and users:
            now, of_use = datetime.now(UTC), telling.OF_USE[what]
            self.to_push += await pushes.put(
                self.connection, users, what, now, of_use, team=self.team, seq=row.seq, client=row.client
            )


def _moves_dues(before: Team | None, after: Team | None) -> bool:
    if before is None or after is None:
        return False
    return any(getattr(before, part) is not getattr(after, part) for part in MOVES_DUES)
